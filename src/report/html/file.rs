//! A file that travels in a page, to be saved from it.

use base64::prelude::{BASE64_STANDARD, Engine};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// A file in a page: compressed, and in letters that no text can break out of.
pub(in crate::report) struct File {
    /// What it is saved as; also its name in the page.
    pub(in crate::report) name: &'static str,
    /// The content, by gzip and base64.
    pub(in crate::report) packed: String,
}

impl File {
    pub(in crate::report) fn new(name: &'static str, content: &[u8]) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        let written = gzip.write_all(content).and_then(|()| gzip.finish());
        let packed = BASE64_STANDARD.encode(written.expect("memory takes everything"));
        Self { name, packed }
    }

    /// What its button says: `Save JSON`.
    pub(in crate::report) fn kind(&self) -> String {
        let ending = self.name.rsplit('.').next().unwrap_or_default();
        ending.to_uppercase()
    }
}
