//! Reports and stories.

use super::events::{Archived, day, load};
use crate::{Archive, Kin, StoreError};
use attache_text::Block;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;

/// A report as the archive holds it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The news outlet.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Its text; none where only the evidence was kept.
    pub text: Option<String>,
    /// The stretches of the text and what each is.
    pub blocks: Vec<Block>,
    /// The story it belongs to.
    pub story: i64,
    /// How it is kin to an earlier report.
    pub kin: Kin,
    /// The id of that report.
    pub kin_of: Option<String>,
    /// How sure that is, 0…1.
    pub sure: f64,
    /// Why.
    pub why: String,
}

/// A report of a story, without its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// The report's id.
    pub report: String,
    /// Its title.
    pub title: Option<String>,
    /// The news outlet.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// How it is kin to an earlier report.
    pub kin: Kin,
    /// How sure that is, 0…1.
    pub sure: f64,
    /// Why.
    pub why: String,
}

/// Reports that tell the same thing, and the events first told in them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// Its number in this archive.
    pub id: i64,
    /// The title of its first report.
    pub title: Option<String>,
    /// When its first report was published.
    pub first: Option<Date>,
    /// When its last report was published.
    pub last: Option<Date>,
    /// Its reports, the earliest kept first.
    pub reports: Vec<Telling>,
    /// Its events.
    pub events: Vec<Archived>,
}

/// The report of this id.
///
/// # Errors
/// Where the archive cannot be read.
pub fn report(archive: &Archive, id: &str) -> Result<Option<StoredReport>, StoreError> {
    let found = archive
        .connection
        .prepare_cached(
            "SELECT r.id, r.key, r.title, r.byline, r.publisher, r.url, r.published, r.language, r.text, r.blocks,
             r.story, r.kin, o.key, r.kin_sure, r.kin_why FROM reports r LEFT JOIN reports o ON o.id = r.kin_of
             WHERE r.key = ?1",
        )?
        .query_row([id], |row| Ok((stored(row)?, row.get::<_, i64>(0)?, row.get::<_, Option<String>>(9)?)))
        .optional()?;
    let Some((mut report, row, blocks)) = found else { return Ok(None) };
    if let Some(blocks) = blocks {
        report.blocks = serde_json::from_str(&blocks).map_err(|error| StoreError::Damaged {
            table: "reports",
            row,
            what: format!("blocks: {error}"),
        })?;
    }
    Ok(Some(report))
}

/// The story of this number.
///
/// # Errors
/// Where the archive cannot be read.
pub fn story(archive: &Archive, id: i64) -> Result<Option<Story>, StoreError> {
    let connection = &archive.connection;
    let head = connection
        .prepare_cached("SELECT title, first, last FROM stories WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))
        .optional()?;
    let Some((title, first, last)) = head else { return Ok(None) };
    let reports = connection
        .prepare_cached(
            "SELECT key, title, publisher, url, published, language, kin, kin_sure, kin_why FROM reports
             WHERE story = ?1 ORDER BY id",
        )?
        .query_map([id], telling)?
        .collect::<Result<_, _>>()?;
    let rows: Vec<i64> = connection
        .prepare_cached("SELECT id FROM events WHERE story = ?1 AND mentions > 0 ORDER BY day, id")?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let events = load(archive, &rows)?;
    Ok(Some(Story { id, title, first: day(&first), last: day(&last), reports, events }))
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    Ok(StoredReport {
        id: row.get(1)?,
        title: row.get(2)?,
        byline: row.get(3)?,
        publisher: row.get(4)?,
        url: row.get(5)?,
        published: day(&row.get::<_, String>(6)?),
        language: row.get(7)?,
        text: row.get(8)?,
        blocks: Vec::new(),
        story: row.get(10)?,
        kin: row.get(11)?,
        kin_of: row.get(12)?,
        sure: row.get(13)?,
        why: row.get(14)?,
    })
}

fn telling(row: &Row<'_>) -> rusqlite::Result<Telling> {
    Ok(Telling {
        report: row.get(0)?,
        title: row.get(1)?,
        publisher: row.get(2)?,
        url: row.get(3)?,
        published: day(&row.get::<_, String>(4)?),
        language: row.get(5)?,
        kin: row.get(6)?,
        sure: row.get(7)?,
        why: row.get(8)?,
    })
}
