//! Reading rows of gold and predictions: plain JSON values, with what is absent read as null.

use serde_json::Value;
use std::collections::HashMap;

/// Predictions by the id of their gold row.
pub type Predictions = HashMap<String, Value>;

/// What stands for a row without prediction, and for any absent value.
pub const ABSENT: &Value = &Value::Null;

/// The value under `key`, where there is one.
pub fn at<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(ABSENT)
}

/// The prediction for a gold row.
pub fn of<'a>(row: &Value, predictions: &'a Predictions) -> &'a Value {
    predictions.get(&id(row)).unwrap_or(ABSENT)
}

/// The id of a row, as text.
pub fn id(row: &Value) -> String {
    word(at(row, "id"))
}

/// A value as text: strings without quotes.
pub fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A string; empty for anything else.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// The items of an array; none for anything else.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The strings of an array.
pub fn strings(value: &Value) -> Vec<String> {
    items(value).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The pairs of an array, such as spans.
pub fn pairs(value: &Value) -> Vec<(i64, i64)> {
    items(value)
        .iter()
        .filter_map(|pair| match items(pair) {
            [start, end] => Some((start.as_i64()?, end.as_i64()?)),
            _ => None,
        })
        .collect()
}

/// A number written as a number or in quotes.
pub fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// True where a value says something: not null, false, zero or empty.
pub fn is_said(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}
