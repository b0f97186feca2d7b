//! Whether the full stop after a word belongs to the word.

use super::lexicon::{Abbreviation, LEXICON};

/// The class of `core`, a word without its last stop, if it is an abbreviation or an initial.
pub(super) fn classify(core: &str) -> Option<Abbreviation> {
    let listed = || LEXICON.abbreviation(core);
    let last_part = || LEXICON.abbreviation(core.rsplit_once(['-', '/'])?.1);
    listed().or_else(last_part).or_else(|| initials(core))
}

/// "J", "J.D", "U.S": letters with stops between them.
fn initials(core: &str) -> Option<Abbreviation> {
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    core.split(['.', '-'])
        .all(is_letter)
        .then_some(Abbreviation::Clipped)
}
