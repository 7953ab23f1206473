//! Rows for reports.

use crate::Prepared;
use crate::stories::Kinship;
use rusqlite::{Connection, OptionalExtension, params};

/// What the archive holds of a report that came before: its row, its newest coding's version and number.
pub struct Before {
    pub row: i64,
    pub version: String,
    pub revision: u32,
    pub story: i64,
    pub countries: String,
    pub day: String,
}

/// The report of this id, if it is kept.
pub fn before(connection: &Connection, key: &str) -> rusqlite::Result<Option<Before>> {
    connection
        .prepare_cached(
            "SELECT r.id, c.version, c.revision, r.story, r.countries, r.published
             FROM reports r JOIN codings c ON c.report = r.id AND c.current WHERE r.key = ?1",
        )?
        .query_row([key], |row| {
            Ok(Before {
                row: row.get(0)?,
                version: row.get(1)?,
                revision: row.get(2)?,
                story: row.get(3)?,
                countries: row.get(4)?,
                day: row.get(5)?,
            })
        })
        .optional()
}

/// Writes the row of a new report.
pub fn insert(connection: &Connection, prepared: &Prepared, kinship: &Kinship) -> rusqlite::Result<i64> {
    let report = &prepared.report;
    connection
        .prepare_cached(
            "INSERT INTO reports (key, url, url_key, text_key, title, byline, publisher, published, language, text,
             blocks, countries, story, kin, kin_of, kin_sure, kin_why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .insert(params![
            report.id,
            report.url,
            prepared.url_key,
            prepared.text_key,
            report.title,
            report.byline,
            report.publisher,
            prepared.day,
            prepared.language,
            prepared.blocks.is_some().then_some(&report.text),
            prepared.blocks,
            prepared.countries,
            kinship.story,
            kinship.kin,
            kinship.of,
            kinship.sure,
            kinship.why,
        ])
}
