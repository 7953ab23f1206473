//! Which reports tell the same thing, and how they are kin. `docs/archive.md` tells the rule.

mod acts;
mod find;
mod kin;

pub use find::{day_number, days_between};
pub use kin::Kin;

use crate::Prepared;
use crate::sketch::Sketch;
use rusqlite::{Connection, OptionalExtension, params};

/// A report's place among the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinship {
    pub kin: Kin,
    /// Row of the report it is kin to.
    pub of: Option<i64>,
    pub story: i64,
    pub sure: f64,
    pub why: String,
}

/// Finds the story a new report belongs to, or opens one.
pub fn place(connection: &Connection, report: &Prepared) -> rusqlite::Result<Kinship> {
    let found = match by_text(connection, report)? {
        Some(kinship) => Some(kinship),
        None => match by_url(connection, report)? {
            Some(kinship) => Some(kinship),
            None => by_sketch(connection, report)?,
        },
    };
    match found {
        Some(kinship) => {
            connection
                .prepare_cached(
                    "UPDATE stories SET reports = reports + 1, last = max(last, ?2),
                     first = CASE WHEN first = '' OR ?2 = '' THEN max(first, ?2) ELSE min(first, ?2) END WHERE id = ?1",
                )?
                .execute(params![kinship.story, report.day])?;
            Ok(kinship)
        }
        None => {
            let story = connection
                .prepare_cached("INSERT INTO stories (title, first, last, reports) VALUES (?1, ?2, ?2, 1)")?
                .insert(params![report.report.title, report.day])?;
            Ok(Kinship { kin: Kin::First, of: None, story, sure: 1.0, why: "nothing like it before".into() })
        }
    }
}

/// Files a report for those to come.
pub fn file(connection: &Connection, row: i64, report: &Prepared) -> rusqlite::Result<()> {
    find::file(connection, row, &report.day, &report.sketch)
}

/// Files all reports of an archive that has none filed, as far as their text was kept.
pub fn file_all(connection: &Connection) -> rusqlite::Result<()> {
    let mut select = connection
        .prepare("SELECT id, published, title, text, blocks FROM reports WHERE text IS NOT NULL")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (title, blocks): (Option<String>, Option<String>) = (row.get(2)?, row.get(4)?);
        let text: String = row.get(3)?;
        let blocks = blocks.and_then(|blocks| serde_json::from_str(&blocks).ok()).unwrap_or_default();
        let report = attache_text::Report { text, blocks, title, ..Default::default() };
        let day: String = row.get(1)?;
        find::file(connection, row.get(0)?, &day, &sketch(&report))?;
    }
    Ok(())
}

/// The sketch of a report.
pub fn sketch(report: &attache_text::Report) -> Sketch {
    Sketch::of(report.title.as_deref().unwrap_or(""), &crate::prepare::body(report))
}

fn by_text(connection: &Connection, report: &Prepared) -> rusqlite::Result<Option<Kinship>> {
    connection
        .prepare_cached("SELECT id, story FROM reports WHERE text_key = ?1 ORDER BY id LIMIT 1")?
        .query_row([report.text_key], |row| {
            let why = "the same words".to_owned();
            Ok(Kinship { kin: Kin::Copy, of: row.get(0)?, story: row.get(1)?, sure: 1.0, why })
        })
        .optional()
}

fn by_url(connection: &Connection, report: &Prepared) -> rusqlite::Result<Option<Kinship>> {
    let Some(key) = &report.url_key else { return Ok(None) };
    connection
        .prepare_cached("SELECT id, story FROM reports WHERE url_key = ?1 ORDER BY id DESC LIMIT 1")?
        .query_row([key], |row| {
            let why = "other words at the same address".to_owned();
            Ok(Kinship { kin: Kin::Update, of: row.get(0)?, story: row.get(1)?, sure: 0.95, why })
        })
        .optional()
}

fn by_sketch(connection: &Connection, report: &Prepared) -> rusqlite::Result<Option<Kinship>> {
    let found = find::closest(connection, report)?;
    Ok(found.map(|found| Kinship {
        kin: found.likeness.kin,
        of: Some(found.row),
        story: found.story,
        sure: found.likeness.sure,
        why: found.likeness.why,
    }))
}
