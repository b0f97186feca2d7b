use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_json::EncoderOptions;
use arrow_json::writer::make_encoder;
use arrow_schema::{ArrowError, DataType, FieldRef};

use super::super::Value;

/// What a cell holds: a text as it is; a number, a date or the like as CSV spells it, dates in ISO
/// 8601 and bytes as hexadecimal digits; a list, struct or map as JSON; an empty text where it is
/// null.
pub(super) fn value(field: &FieldRef, column: &dyn Array, row: usize) -> Result<Value, ArrowError> {
    let kind = column.data_type();
    if column.is_null(row) || *kind == DataType::Null {
        return Ok(Value::Text(String::new()));
    }
    if *kind == DataType::Utf8View {
        let text = column.as_string_view().value(row);
        return Ok(Value::Text(text.to_owned()));
    }
    let options = EncoderOptions::default().with_explicit_nulls(true);
    let mut json = Vec::new();
    make_encoder(field, column, &options)?.encode(row, &mut json);
    let json = String::from_utf8_lossy(&json);
    Ok(match kind.is_nested() {
        true => Value::Json(json.into_owned()),
        false => Value::Text(json.trim_matches('"').to_owned()),
    })
}
