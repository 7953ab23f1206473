//! What was written when, and what a new coding changed.

use crate::{Archive, StoreError};
use rusqlite::params;
use serde::Serialize;

/// One sitting that wrote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Its number in this archive.
    pub id: i64,
    /// Program, model and data version.
    pub version: String,
    /// When it began (UTC).
    pub started: String,
    /// Reports it kept for the first time.
    pub new: u64,
    /// Reports it coded anew.
    pub recoded: u64,
}

/// What a new coding of a report changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The run that coded anew.
    pub run: i64,
    /// The report's id.
    pub report: String,
    /// Its title.
    pub title: Option<String>,
    /// The id of the telling.
    pub event: String,
    /// `added`, `dropped` or `changed`.
    pub what: String,
    /// The event, or each field that differs: "date 2026-02-03 → 2026-02-04".
    pub detail: String,
    /// The two versions.
    pub why: String,
}

/// All runs, the first one first.
///
/// # Errors
/// Where the archive cannot be read.
pub fn runs(archive: &Archive) -> Result<Vec<Run>, StoreError> {
    let runs = archive
        .connection
        .prepare_cached(
            "SELECT r.id, r.version, r.started, sum(c.revision = 1), sum(c.revision > 1) FROM runs r
             JOIN codings c ON c.run = r.id GROUP BY r.id ORDER BY r.id",
        )?
        .query_map([], |row| {
            Ok(Run {
                id: row.get(0)?,
                version: row.get(1)?,
                started: row.get(2)?,
                new: row.get::<_, i64>(3)?.unsigned_abs(),
                recoded: row.get::<_, i64>(4)?.unsigned_abs(),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(runs)
}

/// What runs changed, those with a number over `after`, in the order it happened.
///
/// # Errors
/// Where the archive cannot be read.
pub fn changes(archive: &Archive, after: i64) -> Result<Vec<Change>, StoreError> {
    let changes = archive
        .connection
        .prepare_cached(
            "SELECT h.run, r.key, r.title, h.event, h.what, h.detail, h.why FROM changes h
             JOIN reports r ON r.id = h.report WHERE h.run > ?1 ORDER BY h.id",
        )?
        .query_map(params![after], |row| {
            Ok(Change {
                run: row.get(0)?,
                report: row.get(1)?,
                title: row.get(2)?,
                event: row.get(3)?,
                what: row.get(4)?,
                detail: row.get(5)?,
                why: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(changes)
}
