//! From the bytes of a file to its text: UTF-8, UTF-16 with a byte order mark, Windows-1252.
//!
//! A guess is made only where it cannot hurt: bytes that are nearly UTF-8 are a damaged file and
//! are refused, never read as Windows-1252.

use crate::error::{Error, Result};

/// The text of a file. A byte order mark stays as the first character, so that in a UTF-8 file
/// the offsets of the text are the offsets of the file.
///
/// # Errors
/// If the bytes are no text (`source`, line and remedy are named): binary data, UTF-8 with
/// damaged places, a character cut off at the end of the file, an encoding not known here.
///
/// ```
/// use stance::article::decode;
/// assert_eq!(decode(b"caf\xe9".to_vec(), "a.txt").unwrap(), "café");
/// assert!(decode(b"\x00\x01".to_vec(), "a.bin").is_err());
/// ```
pub fn decode(bytes: Vec<u8>, source: &str) -> Result<String> {
    if bytes.starts_with(&[0xFF, 0xFE]) && !bytes.starts_with(&[0xFF, 0xFE, 0, 0]) {
        return utf_16(&bytes, encoding_rs::UTF_16LE, source);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return utf_16(&bytes, encoding_rs::UTF_16BE, source);
    }
    if let Some(at) = binary_from(&bytes) {
        let error = Error::input("this is binary data, not text");
        return Err(error
            .at(source)
            .on_line(line_of(&bytes, at))
            .remedy("give a text, Markdown, HTML or PDF file with its usual ending, or save the document as UTF-8 text"));
    }
    String::from_utf8(bytes).or_else(|error| legacy(error.as_bytes(), source))
}

fn utf_16(bytes: &[u8], encoding: &'static encoding_rs::Encoding, source: &str) -> Result<String> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let line = text
            .split('\u{fffd}')
            .next()
            .map_or(1, |sound| line_of(sound.as_bytes(), sound.len()));
        return Err(Error::input("this UTF-16 text is damaged")
            .at(source)
            .on_line(line)
            .remedy("export the document again, as UTF-8"));
    }
    Ok(text.into_owned())
}

/// Where binary data shows: at the first NUL, or at the first control byte where there are many.
fn binary_from(bytes: &[u8]) -> Option<usize> {
    if let Some(nul) = memchr::memchr(0, bytes) {
        return Some(nul);
    }
    let is_control =
        |byte: &u8| (*byte < 0x20 && !b"\t\n\x0b\x0c\r\x1b".contains(byte)) || *byte == 0x7F;
    let controls = bytes.iter().filter(|byte| is_control(byte)).count();
    if controls > 4 && controls * 100 > bytes.len() {
        return bytes.iter().position(is_control);
    }
    None
}

/// Bytes that are not UTF-8: either damaged UTF-8, which is an error, or Windows-1252.
fn legacy(bytes: &[u8], source: &str) -> Result<String> {
    let mut characters = 0;
    let mut faults = 0;
    let mut first_fault = None;
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        offset += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            faults += 1;
            first_fault.get_or_insert((offset, chunk.invalid().len()));
            offset += chunk.invalid().len();
        }
    }
    let (at, length) = first_fault.unwrap_or((0, 0));
    let cut_off = at + length == bytes.len() && cuts_a_character(&bytes[at..]);
    if cut_off && (characters > 0 || length > 1) {
        return Err(Error::input("the file ends in the middle of a character")
            .at(source)
            .on_line(line_of(bytes, at))
            .remedy("the file was cut off: copy or download it again"));
    }
    if characters > 0 && characters >= faults {
        return Err(
            Error::input("a byte here is not UTF-8, though the rest of the file is")
                .at(source)
                .on_line(line_of(bytes, at))
                .remedy("mend the character on this line and save the file as UTF-8"),
        );
    }
    windows_1252(bytes, at, source)
}

/// Whether `bytes` are the beginning of a UTF-8 character that would go on.
fn cuts_a_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Western text has few letters beyond ASCII; where there are many it is another encoding.
fn windows_1252(bytes: &[u8], at: usize, source: &str) -> Result<String> {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let undefined = bytes
        .iter()
        .any(|byte| [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte));
    if undefined || (high > 8 && high * 3 > bytes.len()) {
        return Err(Error::input("this is neither UTF-8 nor Windows-1252 text")
            .at(source)
            .on_line(line_of(bytes, at))
            .remedy("save the document as UTF-8"));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(text.into_owned())
}

/// The line of the byte at `at`, from 1.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    1 + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64
}
