//! The record of a telling as JSON: the event without its id, version, report and sentence, which have
//! columns of their own.

use crate::StoreError;
use attache_code::Event;
use serde_json::{Value, json};

/// An event's JSON for the `record` column.
pub fn json(event: &Event) -> String {
    let mut value = serde_json::to_value(event).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        for field in ["id", "version", "report"] {
            fields.remove(field);
        }
        if let Some(Value::Object(evidence)) = fields.get_mut("evidence") {
            evidence.remove("sentence");
        }
    }
    value.to_string()
}

/// The event of a `record` column, with empty id, version, report and sentence.
pub fn event(mention: i64, json: &str) -> Result<Event, StoreError> {
    let damaged = |what: String| StoreError::Damaged { table: "mentions", row: mention, what };
    let mut value: Value = serde_json::from_str(json).map_err(|error| damaged(error.to_string()))?;
    let Value::Object(fields) = &mut value else {
        return Err(damaged("the record is no JSON object".into()));
    };
    fields.insert("id".into(), json!(""));
    fields.insert("version".into(), json!(""));
    fields.insert("report".into(), json!({"id": ""}));
    if let Some(Value::Object(evidence)) = fields.get_mut("evidence") {
        evidence.insert("sentence".into(), json!(""));
    }
    serde_json::from_value(value).map_err(|error| damaged(error.to_string()))
}
