//! An archive as it was: what was kept later is left out of the answer.

use crate::input::Archived;
use crate::side::Side;
use attache_code::Event;
use attache_store::{Archive, StoreError, query};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What was written after a state.
pub struct Later {
    reports: BTreeSet<String>,
    seen: Vec<(Option<Date>, String)>,
    /// Reports kept by then and coded anew since; they can only be shown as they are coded now.
    pub recoded: u64,
}

impl Later {
    /// What was written after the state `pin`.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn than(archive: &Archive, pin: i64) -> Result<Later, StoreError> {
        let connection = archive.connection();
        let mut later = Later { reports: BTreeSet::new(), seen: Vec::new(), recoded: 0 };
        let mut select = connection.prepare_cached(
            "SELECT r.key, r.published, r.countries FROM codings c JOIN reports r ON r.id = c.report
             WHERE c.id > ?1 AND c.revision = 1",
        )?;
        let mut rows = select.query([pin])?;
        while let Some(row) = rows.next()? {
            later.reports.insert(row.get(0)?);
            later.seen.push((row.get::<_, String>(1)?.parse().ok(), row.get(2)?));
        }
        let recoded: i64 = connection
            .prepare_cached(
                "SELECT count(DISTINCT c.report) FROM codings c JOIN codings f ON f.report = c.report AND f.revision = 1
                 WHERE c.id > ?1 AND c.revision > 1 AND f.id <= ?1",
            )?
            .query_row([pin], |row| row.get(0))?;
        later.recoded = recoded.unsigned_abs();
        Ok(later)
    }

    /// Takes the later tellings from the events, and the events that nobody had told.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn leave_out(&self, archive: &Archive, events: Vec<Archived>) -> Result<Vec<Archived>, StoreError> {
        let mut kept = Vec::new();
        for mut one in events {
            one.mentions.retain(|mention| !self.reports.contains(&mention.report));
            let Some(first) = one.mentions.first() else { continue };
            if self.reports.contains(&one.event.report.id) {
                // The clearest telling is a later one: the first of those left stands for it.
                let Some(event) = query::record(archive, &first.event_id)? else { continue };
                one.event = Event { id: one.event.id, version: one.event.version, ..event };
            }
            kept.push(one);
        }
        Ok(kept)
    }

    /// Takes the later reports from the coverage of whole countries.
    pub fn uncover(&self, days: &mut BTreeMap<Date, u64>, sides: &[&Side]) {
        let countries: Vec<&str> = sides
            .iter()
            .filter(|side| side.sector.is_none())
            .flat_map(|side| side.countries.iter().map(String::as_str))
            .collect();
        for (day, named) in &self.seen {
            let named: Vec<&str> = named.split(' ').collect();
            let count = countries.iter().filter(|code| named.contains(code)).count() as u64;
            if let Some(reports) = day.as_ref().and_then(|day| days.get_mut(day)) {
                *reports = reports.saturating_sub(count);
            }
        }
        days.retain(|_, reports| *reports > 0);
    }
}
