//! The charset of a page.

use encoding_rs::{Encoding, WINDOWS_1252};

/// How far into a page its charset may be declared; the HTML standard has 1024.
const DECLARED_WITHIN: usize = 4_096;

/// The text of a page; what its charset does not have becomes U+FFFD.
///
/// Valid UTF-8 is taken before the declared charset: a page saved from a browser is UTF-8, and
/// often still declares what it was before.
pub(super) fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match std::str::from_utf8(bytes) {
            Ok(text) if !text.is_ascii() => return text.to_owned(),
            _ => declared(bytes).unwrap_or(WINDOWS_1252),
        },
    };
    encoding.decode(bytes).0.into_owned()
}

/// The charset named in `<meta charset=…>` or `<meta … content="…; charset=…">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let label = memchr::memmem::find_iter(head, b"charset").find_map(|at| {
        let value = head[at + b"charset".len()..].trim_ascii_start();
        let value = value.strip_prefix(b"=")?.trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or(value.strip_prefix(b"'"))
            .unwrap_or(value);
        let ends = |byte: &u8| b"\"'>;/".contains(byte) || byte.is_ascii_whitespace();
        Encoding::for_label(&value[..value.iter().position(ends)?])
    })?;
    // A declaration that can be read as ASCII cannot be in UTF-16, whatever it says.
    Some(label.output_encoding())
}
