//! The record of a telling as JSON: the event without its id, version, report and sentence, which have
//! columns of their own. Of the report only the id its input gave stays.

use crate::StoreError;
use attache_code::Event;
use attache_text::Span;
use serde::Deserialize;
use serde_json::{Value, json};

/// An event's JSON for the `record` column.
pub fn json(event: &Event) -> String {
    let mut value = serde_json::to_value(event).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        for field in ["id", "version", "report"] {
            fields.remove(field);
        }
        if let Some(given) = &event.report.given_id {
            fields.insert("report".into(), json!({"id": "", "given_id": given}));
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
    fields.entry("report").or_insert_with(|| json!({"id": ""}));
    if let Some(Value::Object(evidence)) = fields.get_mut("evidence") {
        evidence.insert("sentence".into(), json!(""));
    }
    serde_json::from_value(value).map_err(|error| damaged(error.to_string()))
}

/// Where a telling stands in its report.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Spans {
    /// Its sentence.
    pub span: Span,
    /// Its trigger.
    pub trigger: Span,
}

/// The evidence's spans of a `record` column; the rest of it is only skipped over.
pub fn spans(mention: i64, json: &str) -> Result<Spans, StoreError> {
    #[derive(Deserialize)]
    struct Record {
        evidence: Spans,
    }
    let damaged = |error: serde_json::Error| StoreError::Damaged {
        table: "mentions",
        row: mention,
        what: error.to_string(),
    };
    Ok(serde_json::from_str::<Record>(json).map_err(damaged)?.evidence)
}
