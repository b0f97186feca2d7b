//! The script of a page, which alone may run there.

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// A module script that stands in the page itself.
pub(in crate::report) struct Script {
    pub(in crate::report) text: String,
    /// What the page's content security policy lets run, and nothing else: `sha256-…` of the text
    /// (Content Security Policy Level 3, 2.3.1).
    pub(in crate::report) hash: String,
}

impl Script {
    /// The sources, one after another, as one module; they are ours, not a reader's.
    pub(in crate::report) fn new(sources: &[&str]) -> Self {
        let text = sources.concat();
        let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(&text)));
        Self { text, hash }
    }
}
