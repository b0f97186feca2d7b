//! JSONL rows: a JSON object a line.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Deserializer;

use super::lines::Lines;
use super::{Failure, Row, Value};
use crate::error::Error;

/// The next row, blank lines skipped; `None` at the end of the file.
pub(super) fn read(lines: &mut Lines) -> Result<Option<Row>, Failure> {
    while let Some(line) = lines.next(0).map_err(Failure::Table)? {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let fields = std::str::from_utf8(line)
            .map_err(|error| Fault {
                column: error.valid_up_to() + 1,
                what: "not valid UTF-8".to_owned(),
                remedy: "save the table as UTF-8",
            })
            .and_then(|line| Object { line, at: 0 }.fields());
        return match fields {
            Ok(fields) => Ok(Some(Row {
                line: lines.number(),
                fields,
            })),
            Err(fault) => Err(Failure::Row(fault.on(lines))),
        };
    }
    Ok(None)
}

/// What is wrong with a line; columns are bytes, from 1.
struct Fault {
    column: usize,
    what: String,
    remedy: &'static str,
}

impl Fault {
    fn on(self, lines: &Lines) -> Error {
        lines
            .error(self.what)
            .in_column(self.column as u64)
            .remedy(self.remedy)
    }
}

/// A JSON object that is read field by field, because values that are no text are kept as spelt:
/// `serde_json` alone would round 0.10 and long numbers, and sort the keys.
struct Object<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Object<'l> {
    fn fields(mut self) -> Result<Vec<(String, Value)>, Fault> {
        let mut fields = Vec::new();
        if !self.takes(b'{') {
            return Err(self.fault("not a JSON object"));
        }
        if !self.takes(b'}') {
            loop {
                let name = self.value::<String>()?;
                if !self.takes(b':') {
                    return Err(self.fault("invalid JSON: no `:` after the name of a field"));
                }
                fields.push((name, self.field_value()?));
                if self.takes(b'}') {
                    break;
                }
                if !self.takes(b',') {
                    return Err(self.fault("invalid JSON: neither `,` nor `}` after a field"));
                }
            }
        }
        match self.rest() {
            "" => Ok(fields),
            _ => Err(self.fault("more than one JSON object")),
        }
    }

    fn field_value(&mut self) -> Result<Value, Fault> {
        if self.rest().starts_with('"') {
            return Ok(Value::Text(self.value()?));
        }
        let start = self.at;
        self.value::<IgnoredAny>()?;
        Ok(Value::Json(self.line[start..self.at].to_owned()))
    }

    /// Reads one JSON value.
    fn value<T: Deserialize<'l>>(&mut self) -> Result<T, Fault> {
        let mut values = Deserializer::from_str(self.rest()).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            Some(Err(error)) => {
                self.at += error.column().saturating_sub(1);
                // The error's own place counts from the value's start.
                let what = error.to_string();
                let what = what.split(" at line ").next().unwrap_or_default();
                Err(self.fault(&format!("invalid JSON: {what}")))
            }
            None => Err(self.fault("invalid JSON: the line ends within the object")),
        }
    }

    /// Steps over `byte` if it comes next.
    fn takes(&mut self, byte: u8) -> bool {
        let found = self.rest().as_bytes().first() == Some(&byte);
        self.at += usize::from(found);
        found
    }

    /// What is left of the line, after white space.
    fn rest(&mut self) -> &'l str {
        let rest = &self.line[self.at..];
        let rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.at = self.line.len() - rest.len();
        rest
    }

    fn fault(&self, what: &str) -> Fault {
        Fault {
            column: self.at + 1,
            what: what.to_owned(),
            remedy: "write one JSON object a line, such as {\"text\": \"…\", \"author\": \"…\"}",
        }
    }
}
