//! Reported speech and its holder.

/// A sentence as the voice room sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utterance<'t> {
    /// The sentence.
    pub text: &'t str,
    /// The paragraph it stands in; utterances of one paragraph follow one another.
    pub paragraph: usize,
}

/// What the wording of a sentence says about whose voice it gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Whether the rules hold the sentence for somebody else's words or views.
    pub reported: bool,
    /// Who is speaking, as the text names them; [`UNNAMED`] for hearsay. Present wherever the
    /// rules find somebody to whom the sentence *could* be attributed, even if `reported` is false.
    pub holder: Option<String>,
    /// What the rules saw, as names for the linear model (`quote`, `says-that`, `continues-quote` …).
    pub cues: Vec<&'static str>,
}

/// The holder of rumours and of "it was reported".
pub const UNNAMED: &str = "unnamed";
