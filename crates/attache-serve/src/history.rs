//! How an event came to be coded as it is: every telling in every coding of its report.

use crate::problem::Problem;
use attache_store::Archive;
use rusqlite::OptionalExtension;
use serde::Serialize;
use serde_json::Value;

/// One telling of an event in one coding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Revision {
    /// The report's id.
    pub report: String,
    /// Which coding of that report, from 1.
    pub revision: u32,
    /// Program, model and data that coded it.
    pub version: String,
    /// When that sitting began.
    pub started: String,
    /// True where it is the report's newest coding.
    pub current: bool,
    /// The event type then.
    #[serde(rename = "type")]
    pub kind: String,
    /// The score then.
    pub score: f64,
    /// The status then.
    pub status: String,
    /// The day then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Why it was gathered into this event.
    pub why: String,
}

/// The revisions of an event, oldest first; none where there is no such event.
///
/// # Errors
/// Where the archive cannot be read.
pub fn revisions(archive: &Archive, id: &str) -> Result<Option<Vec<Revision>>, Problem> {
    let connection = archive.connection();
    let event: Option<i64> = connection
        .prepare_cached(
            "SELECT id FROM events WHERE key = ?1 UNION ALL SELECT event FROM mentions WHERE key = ?1 LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(event) = event else { return Ok(None) };
    let mut select = connection.prepare_cached(
        "SELECT r.key, c.revision, c.version, u.started, m.current, m.record, m.why FROM mentions m
         JOIN codings c ON c.id = m.coding JOIN reports r ON r.id = m.report JOIN runs u ON u.id = c.run
         WHERE m.event = ?1 ORDER BY c.id, m.id LIMIT 1000",
    )?;
    let rows = select.query_map([event], |row| {
        let record: Value = serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default();
        let word = |name: &str| record[name].as_str().map(str::to_owned);
        Ok(Revision {
            report: row.get(0)?,
            revision: row.get(1)?,
            version: row.get(2)?,
            started: row.get(3)?,
            current: row.get(4)?,
            kind: word("type").unwrap_or_default(),
            score: record["score"].as_f64().unwrap_or(0.0),
            status: word("status").unwrap_or_default(),
            date: word("date"),
            why: row.get(6)?,
        })
    })?;
    Ok(Some(rows.collect::<Result<_, _>>()?))
}
