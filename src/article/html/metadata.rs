//! Title, authors and date, as a page states them.

use dom_smoothie::Readability;
use jiff::civil::Date;

use super::super::furniture::furniture;
use super::super::{Article, BlockKind, byline, date};
use super::json_ld::ArticleObject;

const TITLES: &[&str] = &[
    "citation_title",
    "og:title",
    "parsely-title",
    "dc.title",
    "twitter:title",
];

const AUTHORS: &[&str] = &[
    "parsely-author",
    "article:author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "author",
    "byl",
];

const DATES: &[&str] = &[
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "date",
];

const SITES: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "citation_publisher",
    "citation_journal_title",
];

const AUTHOR_ELEMENTS: &[&str] = &[
    "[itemprop~=author] [itemprop~=name]",
    "[itemprop~=author]",
    "article [rel~=author]",
    "[rel~=author]",
];

const DATE_ELEMENTS: &[&str] = &[
    "time[itemprop~=datePublished]",
    "time[pubdate]",
    "article time[datetime]",
    "main time[datetime]",
    "time[datetime]",
];

/// What parts a title from the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • "];

/// The most characters a name can have; what is longer is a sentence.
const MAX_NAME: usize = 100;

/// What a page states of its article. JSON-LD is asked first, then meta tags, then the elements
/// of the page; the first that answers is believed.
#[derive(Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<Date>,
    /// The names of the site, which is never an author.
    sites: Vec<String>,
    /// The headings of the first rank, of which one may be the headline.
    headings: Vec<String>,
}

impl Metadata {
    /// To be read before `Readability::parse`, which takes the page apart.
    pub(super) fn of(page: &Readability) -> Self {
        let tags = MetaTags::of(page);
        let mut metadata = Self {
            sites: tags.all(SITES).map(str::to_owned).collect(),
            headings: headings(page),
            ..Self::default()
        };
        for script in page
            .doc
            .select("script[type='application/ld+json']")
            .nodes()
        {
            if let Ok(document) = serde_json::from_str(script.text().trim()) {
                metadata.add_json_ld(&document);
            }
        }
        metadata.add_title(tags.all(TITLES));
        let cited: Vec<String> = tags
            .all(&["citation_author"])
            .map(given_name_first)
            .collect();
        metadata.add_authors(cited.iter().map(String::as_str));
        for name in AUTHORS {
            metadata.add_authors(tags.all(&[name]));
        }
        metadata.add_date(tags.all(DATES));
        metadata.add_elements(page);
        metadata
    }

    /// Fills what is still missing with what the finder of the article saw.
    pub(super) fn complete(&mut self, title: &str, printed_byline: Option<&str>) {
        self.add_title([title].into_iter());
        self.title = self.headline().or(self.title.take());
        self.add_date(printed_byline.into_iter());
        if self.authors.is_empty() {
            let names = byline::authors(printed_byline.unwrap_or_default());
            self.authors = names
                .into_iter()
                .filter(|name| self.may_be_author(name))
                .collect();
        }
    }

    /// Says of the article what the page states, which is more certain than what its lines say.
    pub(super) fn overrule(self, article: &mut Article) {
        article.authors.retain(|name| self.may_be_author(name));
        if !self.authors.is_empty() {
            article.authors = self.authors;
        }
        article.date = self.date.or(article.date);
        article.title = self.title.or(article.title.take());
        let title = article.title.as_deref().unwrap_or_default();
        for block in &mut article.blocks {
            if block.kind == BlockKind::Title && folded(block.span.of(&article.text)) != title {
                block.kind = BlockKind::Heading;
            }
        }
    }

    /// The heading that the title begins with (`Islands: a deal | The Daily Example` under
    /// `Islands: a deal`), or the first where there is no title.
    fn headline(&self) -> Option<String> {
        let may_be = |heading: &&String| !self.is_site(heading) && furniture(heading).is_none();
        let mut headings = self.headings.iter().filter(may_be);
        let fits = |heading: &&String| match &self.title {
            None => true,
            Some(title) => title.strip_prefix(heading.as_str()).is_some_and(|rest| {
                SEPARATORS
                    .iter()
                    .any(|separator| rest.starts_with(separator))
            }),
        };
        headings.find(fits).cloned()
    }

    fn add_json_ld(&mut self, document: &serde_json::Value) {
        let Some(article) = ArticleObject::find(document) else {
            return;
        };
        self.sites
            .extend(article.publishers().into_iter().map(unescaped));
        let title = article.title().map(unescaped);
        self.add_title(title.as_deref().into_iter());
        let authors: Vec<String> = article.authors().into_iter().map(unescaped).collect();
        self.add_authors(authors.iter().map(String::as_str));
        self.add_date(article.date().into_iter());
    }

    fn add_elements(&mut self, page: &Readability) {
        for selector in AUTHOR_ELEMENTS {
            let elements = page.doc.select(selector);
            let texts: Vec<_> = elements
                .nodes()
                .iter()
                .map(|element| element.text())
                .collect();
            self.add_authors(texts.iter().map(AsRef::as_ref));
        }
        for selector in DATE_ELEMENTS {
            let printed = page.doc.select(selector).attr("datetime");
            self.add_date(printed.as_deref().into_iter());
        }
    }

    fn add_title<'t>(&mut self, mut titles: impl Iterator<Item = &'t str>) {
        if self.title.is_none() {
            self.title = titles.find_map(|title| self.without_site(title));
        }
    }

    /// "No date for a treaty | The Herald" without the Herald; `None` if nothing is left.
    fn without_site(&self, title: &str) -> Option<String> {
        let title = folded(title);
        let parts = SEPARATORS
            .iter()
            .filter_map(|separator| title.rsplit_once(separator));
        let bare = parts
            .filter(|(_, end)| self.is_site(end))
            .map(|(start, _)| start.trim().to_owned())
            .next();
        bare.or(Some(title)).filter(|title| !title.is_empty())
    }

    fn add_authors<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        if !self.authors.is_empty() {
            return;
        }
        for name in texts.flat_map(names_in) {
            if self.may_be_author(&name) && !self.authors.contains(&name) {
                self.authors.push(name);
            }
        }
    }

    fn add_date<'t>(&mut self, mut texts: impl Iterator<Item = &'t str>) {
        if self.date.is_none() {
            self.date = texts.find_map(parsed_date);
        }
    }

    fn may_be_author(&self, name: &str) -> bool {
        let is_address = name.contains("://")
            || name.contains('@')
            || name.starts_with("www.")
            || name.starts_with('/');
        !is_address
            && !self.is_site(name)
            && name.chars().any(char::is_alphabetic)
            && name.chars().count() <= MAX_NAME
    }

    fn is_site(&self, name: &str) -> bool {
        let plain = |name: &str| {
            let name = folded(name).to_lowercase();
            name.strip_prefix("the ").unwrap_or(&name).to_owned()
        };
        self.sites.iter().any(|site| plain(site) == plain(name))
    }
}

/// The names in a text that is known to name authors: the whole of it, if no byline is recognised.
fn names_in(text: &str) -> Vec<String> {
    let text = folded(text);
    let names = byline::authors(&text);
    if names.is_empty() && !text.is_empty() {
        vec![text]
    } else {
        names
    }
}

/// "Solen, Mira" as "Mira Solen": citations put the family name first.
fn given_name_first(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given)) if !given.contains(',') => format!("{given} {family}"),
        _ => name.to_owned(),
    }
}

/// A date with or without a time, as printed: no time zone moves it to another day.
fn parsed_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text
        .get(..10)
        .and_then(|day| day.replace('/', "-").parse().ok());
    day.or_else(|| date::parse(text))
}

/// The headings of the first rank of a page, as text.
fn headings(page: &Readability) -> Vec<String> {
    let headings = page.doc.select("h1");
    let texts = headings
        .nodes()
        .iter()
        .map(|heading| folded(&heading.text()));
    texts.filter(|text| !text.is_empty()).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without character references, which JSON-LD should not have and often has.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let fragment = Readability::from(text.replace('<', "&lt;"));
    fragment.doc.text().to_string()
}

/// The meta tags of a page that have a name and a content.
struct MetaTags(Vec<(String, String)>);

impl MetaTags {
    fn of(page: &Readability) -> Self {
        let mut tags = Vec::new();
        for tag in page.doc.select("meta[content]").nodes() {
            let name = ["property", "name", "itemprop"]
                .into_iter()
                .find_map(|kind| tag.attr(kind));
            let content = folded(&tag.attr_or("content", ""));
            if let Some(name) = name
                && !content.is_empty()
            {
                tags.push((name.trim().to_ascii_lowercase(), content));
            }
        }
        Self(tags)
    }

    /// The contents under these names, in the order of the names.
    fn all<'t>(&'t self, names: &'t [&str]) -> impl Iterator<Item = &'t str> {
        let under = |name: &'t &str| self.0.iter().filter(move |(own, _)| own == name);
        names
            .iter()
            .flat_map(under)
            .map(|(_, content)| content.as_str())
    }
}
