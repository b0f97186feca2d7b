//! Captions and credits of pictures, maps and tables.

use super::phrases::Phrases;

/// What opens a credit.
static OPENINGS: Phrases = Phrases::new(
    "photo: | photos: | photo by | photo credit | photo courtesy | photograph: | photograph by | \
    picture: | picture by | picture credit | image: | image by | image credit | image source | \
    image courtesy | images: | credit: | credits: | illustration: | illustration by | courtesy: | caption: | map: | chart: | cover image | cover photo | featured image | \
    file photo | source:",
);

/// Whoever sells or gives pictures.
static SUPPLIERS: Phrases = Phrases::new(
    "reuters | afp | ap | getty | epa | flickr | wikimedia | wikicommons | shutterstock | istock | \
    unsplash | alamy | aap | kyodo | xinhua | tass | sputnik | creative commons",
);

/// Whether a unit describes or credits a picture. `text` has its white space folded.
pub(super) fn is_caption(text: &str) -> bool {
    let words = text.split(' ').count();
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opened = OPENINGS.open(bare);
    is_shortcode(&lower)
        || (opened && words <= 40)
        || (words <= 80 && ends_in_credit(&lower))
        || (words <= 40 && is_numbered(bare))
}

/// `[caption width="300"]…[/caption]`, as WordPress stores a picture.
fn is_shortcode(lower: &str) -> bool {
    let inside = lower
        .strip_prefix("[caption")
        .and_then(|rest| rest.strip_suffix("[/caption]"));
    inside.is_some_and(|inside| !inside.contains("[/caption]"))
}

/// Whether a unit is a credit alone, which belongs to the picture described above it.
pub(super) fn is_credit(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.split(' ').count() <= 15 && OPENINGS.open(lower.trim_start_matches(['(', '[']))
}

/// `… in Sochi (Photo: AAP).`, `… in Sochi. (Reuters/Jane Doe)`, `… in Sochi. © Getty Images`.
fn ends_in_credit(lower: &str) -> bool {
    let text = lower.trim_end_matches(['.', ' ', '*', '_']);
    if let Some((before, bracket)) = text
        .strip_suffix([')', ']'])
        .and_then(|inner| inner.rsplit_once(['(', '[']))
    {
        return bracket.split(' ').count() <= 14 && is_bracketed_credit(before, bracket);
    }
    let last = text.rsplit(". ").next().unwrap_or(text);
    let short = last.len() < text.len() && last.split(' ').count() <= 8;
    let courtesy = last.starts_with("courtesy of ");
    short
        && (OPENINGS.open(last)
            || courtesy
            || (last.starts_with('©') || last.contains("getty images")))
}

/// `(Photo: AAP)`, `(AP Photo/Ada Finch)`; an agency alone credits a picture only below one or
/// two sentences, and `(Kyodo, 2 May 2016)` is the reference of a scholar.
fn is_bracketed_credit(before: &str, bracket: &str) -> bool {
    let kinds = [
        "photo",
        "image",
        "picture",
        "credit",
        "illustration",
        "photograph",
    ];
    let signs = [":", "/", " by ", " credit", " courtesy", " via "];
    let labelled = kinds.iter().any(|kind| bracket.contains(kind))
        && signs.iter().any(|sign| bracket.contains(sign));
    let mut sources = bracket.split(['/', ',']).map(str::trim);
    let agency = sources.any(|source| SUPPLIERS.open(source) || source.starts_with("via "));
    let scholarly = bracket.contains(|c: char| c.is_ascii_digit());
    OPENINGS.open(bracket)
        || labelled
        || bracket == "photo"
        || (agency && !scholarly && before.matches(". ").count() < 2)
}

/// `Figure 2. Trade by year`, `Table 1: …`, `Map 3 – …`.
fn is_numbered(lower: &str) -> bool {
    ["figure ", "fig. ", "table ", "map ", "chart ", "graph "]
        .iter()
        .any(|kind| {
            lower.strip_prefix(kind).is_some_and(|rest| {
                let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                after.len() < rest.len()
                    && (after.is_empty()
                        || after.starts_with(['.', ':', ')'])
                        || after.starts_with(" –")
                        || after.starts_with(" -"))
            })
        })
}
