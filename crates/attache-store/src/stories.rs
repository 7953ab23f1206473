//! Which reports tell the same thing, and how they are kin.

use crate::Prepared;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

/// How a report is kin to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kin {
    /// Nothing of the kind was kept before.
    First,
    /// The same words at another address or under another headline.
    Copy,
    /// Another text at the same address, or a text grown from the earlier one.
    Update,
}

impl Kin {
    /// As the archive writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kin::First => "first",
            Kin::Copy => "copy",
            Kin::Update => "update",
        }
    }
}

impl ToSql for Kin {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for Kin {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Kin> {
        match value.as_str()? {
            "copy" => Ok(Kin::Copy),
            "update" => Ok(Kin::Update),
            _ => Ok(Kin::First),
        }
    }
}

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
    let found = by_text(connection, report)?.or(by_url(connection, report)?);
    match found {
        Some(kinship) => {
            connection
                .prepare_cached(
                    "UPDATE stories SET reports = reports + 1, first = min(first, ?2), last = max(last, ?2) WHERE id = ?1",
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
