//! A JSON array of objects as JSONL.

use serde::de::IgnoredAny;
use serde_json::Deserializer;

use crate::error::{Error, Result};

/// The elements of a JSON array, one a line: each on the line it begins on in `text`, or below the
/// one before where that line is taken.
///
/// # Errors
/// If `text` is no JSON array; the line is named.
pub(in super::super) fn lines_of_array(text: &str) -> Result<Vec<u8>> {
    let mut array = Array {
        rest: text.trim_start_matches('\u{feff}'),
        line: 1,
    };
    let mut lines = Vec::with_capacity(text.len());
    let mut number = 1;
    array.expect('[')?;
    while !array.takes(']') {
        if number > 1 {
            array.expect(',')?;
        }
        let (begins, element) = array.element()?;
        let missing = begins.saturating_sub(number);
        lines.extend(std::iter::repeat_n(b'\n', missing));
        // Within JSON a line end is white space only: in a string it would be escaped.
        let bytes = element.bytes();
        lines.extend(bytes.map(|byte| if byte == b'\n' { b' ' } else { byte }));
        lines.push(b'\n');
        number += missing + 1;
    }
    match array.rest.trim_start() {
        "" => Ok(lines),
        _ => Err(array.fault("something stands below the end of the JSON array")),
    }
}

/// What is left of an array, and the line it begins on.
struct Array<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Array<'t> {
    /// The next element, and the line it begins on.
    fn element(&mut self) -> Result<(usize, &'t str)> {
        self.skip_white_space();
        let mut values = Deserializer::from_str(self.rest).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => {
                let begins = self.line;
                Ok((begins, self.advance(values.byte_offset())))
            }
            Some(Err(error)) => {
                self.line += error.line() - 1;
                Err(self.fault("this JSON array is damaged"))
            }
            None => Err(self.fault("this JSON array is never closed")),
        }
    }

    fn expect(&mut self, sign: char) -> Result<()> {
        match self.takes(sign) {
            true => Ok(()),
            false => Err(self.fault(&format!("no `{sign}` in this JSON array where one is due"))),
        }
    }

    /// Steps over `sign` if it comes next.
    fn takes(&mut self, sign: char) -> bool {
        self.skip_white_space();
        let found = self.rest.starts_with(sign);
        self.advance(if found { sign.len_utf8() } else { 0 });
        found
    }

    fn skip_white_space(&mut self) {
        let json_space = [' ', '\t', '\r', '\n'];
        self.advance(self.rest.len() - self.rest.trim_start_matches(json_space).len());
    }

    /// Steps over so many bytes, and gives them.
    fn advance(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.matches('\n').count();
        self.rest = rest;
        passed
    }

    fn fault(&self, what: &str) -> Error {
        Error::input(what).on_line(self.line as u64).remedy(
            "write one object a line, as `jq -c '.[]'` does, into a file that ends in .jsonl",
        )
    }
}
