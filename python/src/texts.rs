//! What stands in Arrow arrays and Python sequences, as texts.

use crate::bad_rows::Reason;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType};
use std::borrow::Cow;

/// One text, or why there is none.
pub type Cell<'a> = Result<&'a str, Reason>;

/// A dictionary-encoded array as its values; any other as it is.
pub fn decoded(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Dictionary(_, values) => cast(array, values),
        _ => Ok(array.clone()),
    }
}

/// The texts of a [`decoded`] array.
pub fn cells(array: &dyn Array) -> Vec<Cell<'_>> {
    fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> Vec<Cell<'a>> {
        texts.map(|text| text.ok_or(Reason::Null)).collect()
    }
    fn bytes<'a>(bytes: impl Iterator<Item = Option<&'a [u8]>>) -> Vec<Cell<'a>> {
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| Reason::NotUtf8);
        bytes
            .map(|bytes| bytes.ok_or(Reason::Null).and_then(text))
            .collect()
    }
    match array.data_type() {
        DataType::Utf8 => texts(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => texts(array.as_string::<i64>().iter()),
        DataType::Utf8View => texts(array.as_string_view().iter()),
        DataType::Binary => bytes(array.as_binary::<i32>().iter()),
        DataType::LargeBinary => bytes(array.as_binary::<i64>().iter()),
        DataType::BinaryView => bytes(array.as_binary_view().iter()),
        _ => (0..array.len())
            .map(
                |row| match array.is_null(row) || array.data_type().is_null() {
                    true => Err(Reason::Null),
                    false => Err(Reason::NotText),
                },
            )
            .collect(),
    }
}

/// The values of a [`decoded`] array as a table in a file would spell them; nothing for null.
pub fn printed(array: &dyn Array) -> Result<Vec<Cow<'_, str>>, ArrowError> {
    if array.data_type().is_string() {
        let texts = cells(array).into_iter();
        return Ok(texts.map(|text| Cow::from(text.unwrap_or(""))).collect());
    }
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array, &options)?;
    let print = |row| Ok(Cow::from(formatter.value(row).try_to_string()?));
    (0..array.len()).map(print).collect()
}
