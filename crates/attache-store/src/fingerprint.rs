//! One hash over everything an archive says, whatever its pages look like and whenever it was written.

use crate::{Archive, StoreError};
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// What is hashed, by keys rather than by row numbers. Runs and the time of writing are left out: the
/// same reports kept in one sitting or in ten make the same archive.
const PARTS: [&str; 8] = [
    "SELECT r.key, r.url, r.title, r.byline, r.publisher, r.published, r.language, r.text, r.blocks, r.countries, r.kin,
     o.key, r.kin_why, (SELECT min(s.key) FROM reports s WHERE s.story = r.story)
     FROM reports r LEFT JOIN reports o ON o.id = r.kin_of ORDER BY r.key",
    "SELECT r.key, c.revision, c.version, c.current FROM codings c JOIN reports r ON r.id = c.report ORDER BY 1, 2",
    "SELECT r.key, c.revision, m.key, e.key, m.current, m.sure, m.why, m.sentence, m.record FROM mentions m
     JOIN codings c ON c.id = m.coding JOIN reports r ON r.id = m.report JOIN events e ON e.id = m.event ORDER BY 1, 2, 3",
    "SELECT key, type, mode, quad, score, status, day, precision, contexts, place, dyads, mentions, reports FROM events
     ORDER BY key",
    "SELECT t.key, t.name, t.country, t.sector, p.side, p.day, e.key FROM parties p JOIN entities t ON t.id = p.entity
     JOIN events e ON e.id = p.event ORDER BY 1, 2, 3, 4, 5, 7",
    "SELECT actor, recipient, month, type, status, events, mentions, round(score, 6) FROM dyad_months WHERE events > 0
     ORDER BY 1, 2, 3, 4, 5",
    "SELECT country, day, reports FROM coverage WHERE reports > 0 ORDER BY 1, 2",
    "SELECT r.key, h.event, h.what, h.detail, h.why FROM changes h JOIN reports r ON r.id = h.report ORDER BY 1, 2, 3, 4, 5",
];

impl Archive {
    /// SHA-256 over the content, in hex digits.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn fingerprint(&self) -> Result<String, StoreError> {
        let mut hash = Sha256::new();
        for sql in PARTS {
            let mut select = self.connection.prepare(sql)?;
            let columns = select.column_count();
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    update(&mut hash, row.get_ref(column)?);
                }
            }
            hash.update([0xff]);
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn update(hash: &mut Sha256, value: ValueRef<'_>) {
    // A mark for the kind and the length keep two rows from running into one.
    match value {
        ValueRef::Null => hash.update([0]),
        ValueRef::Integer(number) => {
            hash.update([1]);
            hash.update(number.to_le_bytes());
        }
        ValueRef::Real(number) => {
            hash.update([2]);
            hash.update(number.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            hash.update([3]);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
}
