//! The tables of an archive and how older ones become today's. `docs/archive.md` tells what they mean.

use crate::stories;
use rusqlite::{Connection, Transaction};

/// What SQLite's header calls a file of ours: "Atta".
pub const APPLICATION: i32 = 0x4174_7461;

/// One step a format, in order: step `n` makes format `n + 1` of format `n`.
const STEPS: [fn(&Transaction<'_>) -> rusqlite::Result<()>; 3] =
    [|tx| tx.execute_batch(include_str!("v1.sql")), second, |tx| tx.execute_batch(include_str!("v3.sql"))];

/// Full text, sketches and the log. What an older archive holds is filed under them.
fn second(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(include_str!("v2.sql"))?;
    tx.execute("INSERT INTO words (words) VALUES ('rebuild')", [])?;
    stories::file_all(tx)
}

/// The format this program writes.
pub const FORMAT: u32 = STEPS.len() as u32;

/// The format of an archive; 0 for an empty file.
pub fn format(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings an archive to today's format, in one transaction.
pub fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let from = format(&tx)?;
    for step in STEPS.iter().skip(from as usize) {
        step(&tx)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.pragma_update(None, "user_version", FORMAT)?;
    tx.commit()
}
