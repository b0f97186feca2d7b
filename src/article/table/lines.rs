//! The lines of a table, counted and bounded.

use std::io::{BufRead, BufReader, Read};

use memchr::memchr;

use crate::error::{Error, Result};

/// The capacity at which a row's buffer is given back after use.
const KEPT_CAPACITY: usize = 1 << 20;

/// Reads lines into one buffer, up to a limit.
pub(super) struct Lines {
    source: String,
    reader: BufReader<Box<dyn Read + Send>>,
    limit: usize,
    /// The lines read so far; the number of the last one.
    number: u64,
    buffer: Vec<u8>,
}

impl Lines {
    pub(super) fn new(source: &str, reader: Box<dyn Read + Send>, limit: usize) -> Self {
        Self {
            source: source.to_owned(),
            reader: BufReader::with_capacity(1 << 16, reader),
            limit,
            number: 0,
            buffer: Vec::new(),
        }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line with its line end, or `None` at the end of the file.
    ///
    /// `used` bytes of the limit are taken already, by earlier lines of the same row.
    pub(super) fn next(&mut self, used: usize) -> Result<Option<&[u8]>> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT_CAPACITY);
        self.number += 1;
        let limit = self.limit.saturating_sub(used);
        while self.buffer.last() != Some(&b'\n') {
            let ready = self.reader.fill_buf();
            let ready = ready.map_err(|error| {
                Error::io("cannot read", error)
                    .at(&self.source)
                    .on_line(self.number)
            })?;
            if ready.is_empty() {
                break;
            }
            let length = memchr(b'\n', ready).map_or(ready.len(), |end| end + 1);
            if self.buffer.len() + length > limit {
                return Err(self.too_long());
            }
            self.buffer.extend_from_slice(&ready[..length]);
            self.reader.consume(length);
        }
        if self.number == 1 {
            self.skip_byte_order_mark()?;
        }
        if memchr(0, &self.buffer).is_some() {
            return Err(self
                .error("a NUL byte: this is no text in UTF-8")
                .remedy("save the table as UTF-8"));
        }
        Ok((!self.buffer.is_empty()).then_some(&self.buffer))
    }

    /// An error on the line last read.
    pub(super) fn error(&self, what: impl Into<String>) -> Error {
        Error::input(what).at(&self.source).on_line(self.number)
    }

    fn too_long(&self) -> Error {
        self.error(format!("a row of more than {} bytes", self.limit))
            .remedy(
                "give every article a row of its own, and look for a quote that is never closed",
            )
    }

    fn skip_byte_order_mark(&mut self) -> Result<()> {
        if self.buffer.starts_with(b"\xff\xfe") || self.buffer.starts_with(b"\xfe\xff") {
            return Err(self
                .error("the table is in UTF-16")
                .remedy("save it as UTF-8"));
        }
        if self.buffer.starts_with(b"\xef\xbb\xbf") {
            self.buffer.drain(..3);
        }
        Ok(())
    }
}
