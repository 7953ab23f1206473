//! Rows for whoever acts or is acted upon.

use attache_code::record::Actor;
use rusqlite::{Connection, OptionalExtension, params};

/// The row of an entity as it acts here, made where there is none.
pub fn row(connection: &Connection, actor: &Actor) -> rusqlite::Result<i64> {
    let key = actor.id.as_deref().unwrap_or("");
    let country = actor.country.as_deref().unwrap_or("");
    let sector = actor.sector.as_deref().unwrap_or("");
    let known = connection
        .prepare_cached(
            "SELECT id FROM entities WHERE key = ?1 AND name = ?2 AND country = ?3 AND sector = ?4",
        )?
        .query_row(params![key, actor.name, country, sector], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    connection
        .prepare_cached("INSERT INTO entities (key, name, country, sector) VALUES (?1, ?2, ?3, ?4)")?
        .insert(params![key, actor.name, country, sector])
}
