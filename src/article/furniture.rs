//! What a site adds to an article: buttons, navigation, appeals, legal lines. Judged line by line.
//!
//! Only short lines are judged, and by phrases that running prose does not begin with.

use super::date;
use super::phrases::Phrases;

/// What a line of furniture means for the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// A button, a strip, an appeal: nothing follows from it.
    Plain,
    /// Titles of other articles may follow.
    List,
    /// Lines about the author follow.
    AboutAuthor,
    /// The article is over.
    Closing,
}

/// Lines that are furniture as a whole.
static WHOLE: Phrases = Phrases::new(
    "share | tweet | pin | print | email | e-mail | save | bookmark | copy link | in brief | menu \
    | search | home | skip to content | skip to main content | sign in | log in | login | \
    register | subscribe | subscribe now | donate | donate now | support us | join us | \
    newsletter | newsletters | advertisement | advert | ad | sponsored | promoted | back to top \
    | next | previous | next article | previous article | reply | report | like | listen | \
    listen to this article | play | download | download pdf | pdf | view pdf | print this \
    article | print article | print page | loading | close | open | more | see more | show more \
    | load more | view more | view all | see all | all posts | contents | table of contents | \
    about | about us | contact | contact us | privacy | privacy policy | terms | terms of use | \
    terms of service | cookies | cookie policy | facebook | twitter | linkedin | whatsapp | \
    reddit | telegram | instagram | youtube | pocket | flipboard | comment | log in to reply | \
    free newsletter | breaking news | latest news | opinion | commentary | analysis | editorial \
    | news | feature | features | letters | letters to the editor | op-ed | essay | blog | the | \
    end | ends | since you're here",
);

/// Lines after which titles of other articles may come.
static LISTS: Phrases = Phrases::new(
    "tags | related | related articles | related posts | related stories | related content | related \
    topics | related reading | recent features | recent posts | recent articles | read more | \
    read next | further reading | more stories | most read | most popular | popular | popular \
    posts | trending | trending now | recommended | recommended for you | recommended reading | \
    you may also like | you might also like | editor's picks | editors' picks | don't miss | \
    also on this site | latest | continue reading",
);

/// Lines above what is said of the author.
static ABOUT: Phrases = Phrases::new(
    "about the author | about the authors | author | authors | guest author | author bio | \
    author information | the author | the authors | contributor | contributors",
);

/// Beginnings of short lines of furniture.
static OPENINGS: Phrases = Phrases::new(
    "reading time | read time | estimated reading | time to read | share this | share on | share \
    via | share article | tweet this | follow us | follow @ | like us on | find us on | join us \
    on | tags: | tag: | tagged | filed under | posted in | category: | categories: | topics: | \
    topic: | keywords: | subscribe to | subscribe for | subscribe today | sign up | get our | \
    get the latest | get email | get first | subscribe newsletter | weekly newsletter | become a \
    | already a subscriber | support quality | support our | support independent | please \
    support | please consider | donate to | make a donation | if you enjoyed | enjoyed this \
    article | enjoying this article | enjoy this article | did you like this | like this article \
    | liked this article | click here | click to | view all posts | view comments | all posts by \
    | read also | also read | see also: | related: | read more: | read more about | read the \
    full | continue reading | url to article | permalink | this site uses cookies | we use \
    cookies",
);

/// Beginnings of lines that come after an article.
static CLOSINGS: Phrases = Phrases::new(
    "copyright © | copyright (c) | copyright 1 | copyright 2 | © | (c) 19 | (c) 20 | all rights \
    reserved | article printed from | printed from | this article was originally published | \
    this article originally appeared | this article was first published | this article first \
    appeared | this piece was originally | this piece first appeared | this piece originally \
    appeared | this essay first appeared | originally published | first published in | an \
    earlier version of | a version of this | a longer version of | a shorter version of | an \
    extended version of | this article is part of | this article is based on | this essay is \
    based on | this article is an edited | this is an edited | this post first appeared | this \
    post is part of | this article is a digest | this article is adapted | this essay is adapted \
    | reprinted with permission | republished with permission",
);

/// What shows a notice wherever it stands in a unit of moderate length.
static NOTICES: Phrases = Phrases::new(
    "all rights reserved | views expressed in this | views expressed here | views expressed are | \
    views expressed by the author | opinions expressed in this | opinions expressed here | \
    opinions expressed are | opinions expressed by the author | represent the views of the \
    respective | acknowledges the traditional | acknowledge the traditional | acknowledges the \
    first | acknowledge the first | licensed under a creative | under a creative commons | sign \
    up for our | subscribe to our | small favour to ask | small favor to ask",
);

/// What a line of furniture is, if it is one. `text` has its white space folded.
pub(super) fn furniture(text: &str) -> Option<Furniture> {
    if !has_word(text) {
        return (!date::is_dateline(text)).then_some(Furniture::Plain);
    }
    let words = text.split(' ').count();
    if words > 90 {
        return None;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let bare =
        lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '@' && c != '(');
    if ABOUT.have(bare) {
        return Some(Furniture::AboutAuthor);
    }
    if LISTS.have(bare)
        || (words < 8
            && (bare.starts_with("more from ") || bare.starts_with("read more from "))
            && !lower.ends_with('.'))
    {
        return Some(Furniture::List);
    }
    if CLOSINGS.open(bare) && words <= 60 {
        return Some(Furniture::Closing);
    }
    let plain = WHOLE.have(bare)
        || (words <= 30 && OPENINGS.open(bare))
        || (words > 2 && (NOTICES.occur_in(&lower) || is_disclaimer(&lower)))
        || is_reading_time(bare)
        || is_meter(&lower)
        || is_trail(text)
        || is_share_strip(bare)
        || is_contact(text, words)
        || is_footnote(&lower)
        || is_salutation(&lower)
        || is_sign_off(bare);
    plain.then_some(Furniture::Plain)
}

/// Whether there is a run of two letters or more: `• A`, `* * *` and `12` have none.
fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|run| run.chars().nth(1).is_some() || run.chars().any(|c| c > '\u{2e7f}'))
}

/// `5 min read`, `7-minute read`, `Reading time: …` is an opening.
fn is_reading_time(lower: &str) -> bool {
    let number = lower.trim_start_matches(|c: char| c.is_ascii_digit());
    let unit = number.trim_start_matches([' ', '-']);
    number.len() < lower.len()
        && [
            "min read",
            "mins read",
            "minute read",
            "minutes read",
            "min. read",
            "minute reading",
        ]
        .iter()
        .any(|words| unit.starts_with(words))
}

/// `You have read 3 of 5 free articles this month.`
fn is_meter(lower: &str) -> bool {
    lower.contains(" free article") && lower.contains(|c: char| c.is_ascii_digit())
}

/// A way through the sections of a site: `Home > Opinion > World`, `Opinion | World`.
fn is_trail(text: &str) -> bool {
    let trail = |signs: &[char]| {
        let steps: Vec<&str> = text.split(signs).map(str::trim).collect();
        let short = |step: &&str| !step.is_empty() && step.split(' ').count() <= 3;
        let section = WHOLE.have(&steps[0].to_lowercase());
        steps.len() > 1
            && steps.iter().all(short)
            && (section || (steps.len() > 2 && signs[0] == '>'))
    };
    !text.contains(|c: char| c.is_ascii_digit()) && (trail(&['>', '»', '›']) || trail(&['|']))
}

/// Whether every word is the name of a network or of a button.
fn is_share_strip(lower: &str) -> bool {
    static STRIP: Phrases = Phrases::new(
        "facebook | twitter | linkedin | email | print | whatsapp | reddit | share | tweet | pin | \
    pinterest | telegram | flipboard | copy | link | more | x | google | plus | on | via | \
    messenger | mastodon | bluesky | pocket | save | shares | line | weibo",
    );
    let mut words = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let known = words.clone().filter(|word| STRIP.have(word)).count();
    known >= 2 && words.all(|word| STRIP.have(word))
}

/// An address to reach somebody: `www.…`, `Tel: …`, without a sentence around it.
fn is_contact(text: &str, words: usize) -> bool {
    let lower = text.to_lowercase();
    let address = ["http://", "https://", "www."]
        .iter()
        .any(|start| lower.starts_with(start))
        && words <= 3;
    let label = |word: &str| {
        matches!(
            word,
            "tel:" | "tel.:" | "phone:" | "telephone:" | "fax:" | "email:" | "e-mail:"
        )
    };
    let telephone = words <= 40 && lower.split(' ').any(label);
    let mail = words == 1 && text.contains('@');
    address || mail || (telephone && text.contains(|c: char| c.is_ascii_digit() || c == '@'))
}

/// `12 See Doe, Eleven Maps, p. 3.`
fn is_footnote(lower: &str) -> bool {
    const CUES: [&str; 11] = [
        " p. ", " pp. ", "http", "ibid", " see ", "accessed", "(ed", " vol. ", "doi", " no. ",
        " op. cit",
    ];
    let rest = lower
        .trim_start_matches('[')
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < lower.len() && rest.trim_start_matches(']').starts_with(' ');
    numbered && CUES.iter().any(|cue| rest.contains(cue))
}

/// Whose views these are not.
fn is_disclaimer(lower: &str) -> bool {
    let denies = [
        "necessarily reflect",
        "necessarily represent",
        "necessarily those of",
    ];
    let whose = [
        "author",
        "article",
        "publication",
        "publisher",
        "editor",
        "employer",
        "organi",
        "institut",
    ];
    denies.iter().any(|words| lower.contains(words))
        && whose.iter().any(|word| lower.contains(word))
}

/// The beginning of a letter.
fn is_salutation(lower: &str) -> bool {
    let addressed = lower.starts_with("dear ")
        || lower.starts_with("to the editor")
        || lower.starts_with("ladies and gentlemen")
        || matches!(lower, "sir," | "sirs," | "madam,");
    addressed && lower.split(' ').count() <= 6 && lower.ends_with([',', ':', '—', '-'])
}

/// The end of a letter.
fn is_sign_off(lower: &str) -> bool {
    matches!(
        lower,
        "yours"
            | "yours faithfully"
            | "yours sincerely"
            | "yours truly"
            | "yours, etc"
            | "yours etc"
            | "sincerely"
            | "sincerely yours"
            | "best regards"
            | "kind regards"
            | "regards"
            | "respectfully"
    )
}
