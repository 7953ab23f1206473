//! Sums over dyads and months, from the roll-up tables.

use crate::{Archive, StoreError};
use jiff::civil::Date;
use rusqlite::params;
use serde::Serialize;

/// What passed from one country to another in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dyad {
    /// Country of the actor.
    pub actor: String,
    /// Country of the recipient.
    pub recipient: String,
    /// Events, actual and ongoing ones.
    pub events: u64,
    /// Their tellings over reports.
    pub mentions: u64,
    /// Sum of their PLOVER scores.
    pub score: f64,
}

/// One month of one ordered dyad.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month {
    /// "2026-02".
    pub month: String,
    /// Country of the actor.
    pub actor: String,
    /// Country of the recipient.
    pub recipient: String,
    /// Event type, as PLOVER writes it.
    pub kind: String,
    /// Events, actual and ongoing ones.
    pub events: u64,
    /// Their tellings over reports.
    pub mentions: u64,
    /// Sum of their PLOVER scores.
    pub score: f64,
}

/// Statuses that count as having happened now. Background, plans, suppositions and denials do not.
const COUNTED: &str = "status IN ('actual', 'ongoing')";

/// Who moves with whom: every ordered pair of countries with events in the months of this period, the
/// most events first. A pair within one country is left out, and so is a side without a country.
///
/// # Errors
/// Where the archive cannot be read.
pub fn dyads(archive: &Archive, from: Option<Date>, to: Option<Date>) -> Result<Vec<Dyad>, StoreError> {
    let sql = format!(
        "SELECT actor, recipient, sum(events), sum(mentions), sum(score) FROM dyad_months
         WHERE {COUNTED} AND actor <> recipient AND actor <> '' AND recipient <> '' AND month BETWEEN ?1 AND ?2
         GROUP BY actor, recipient HAVING sum(events) > 0 ORDER BY sum(events) DESC, actor, recipient"
    );
    let rows = archive
        .connection
        .prepare_cached(&sql)?
        .query_map(params![first(from), last(to)], |row| {
            Ok(Dyad {
                actor: row.get(0)?,
                recipient: row.get(1)?,
                events: row.get::<_, i64>(2)?.unsigned_abs(),
                mentions: row.get::<_, i64>(3)?.unsigned_abs(),
                score: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The months of a relation between two countries, both directions, by month, direction and type.
///
/// # Errors
/// Where the archive cannot be read.
pub fn months(
    archive: &Archive,
    one: &str,
    other: &str,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Vec<Month>, StoreError> {
    // Pairs as row values would make SQLite look at every dyad there is.
    let sql = format!(
        "SELECT month, actor, recipient, type, sum(events), sum(mentions), sum(score) FROM dyad_months
         WHERE {COUNTED} AND (actor = ?1 AND recipient = ?2 OR actor = ?2 AND recipient = ?1)
         AND month BETWEEN ?3 AND ?4
         GROUP BY month, actor, recipient, type HAVING sum(events) > 0 ORDER BY month, actor, recipient, type"
    );
    let rows = archive
        .connection
        .prepare_cached(&sql)?
        .query_map(params![one, other, first(from), last(to)], |row| {
            Ok(Month {
                month: row.get(0)?,
                actor: row.get(1)?,
                recipient: row.get(2)?,
                kind: row.get(3)?,
                events: row.get::<_, i64>(4)?.unsigned_abs(),
                mentions: row.get::<_, i64>(5)?.unsigned_abs(),
                score: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn first(from: Option<Date>) -> String {
    from.map_or_else(|| "0".to_owned(), |day| day.strftime("%Y-%m").to_string())
}

fn last(to: Option<Date>) -> String {
    to.map_or_else(|| "~".to_owned(), |day| day.strftime("%Y-%m").to_string())
}
