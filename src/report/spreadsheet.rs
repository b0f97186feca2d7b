//! Cells that a spreadsheet will not run.

use std::borrow::Cow;

/// Text from outside as a CSV cell: what a spreadsheet would take for a formula gets a leading
/// apostrophe (OWASP, "CSV Injection"); a plain number, negative or not, stays one.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && text.parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
