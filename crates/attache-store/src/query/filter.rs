//! Which events, and the SQL that finds them.

use super::{Side, words};
use attache_code::{EventType, Quad, Status};
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::types::Value;

/// Which events: all conditions joined by and. Without any, all events.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Who does it.
    pub actor: Option<Side>,
    /// To whom.
    pub recipient: Option<Side>,
    /// One side to the other, either way.
    pub between: Option<(Side, Side)>,
    /// Either role.
    pub involving: Option<Side>,
    /// One of these types; all where empty.
    pub kinds: Vec<EventType>,
    /// One of these quad classes; all where empty.
    pub quads: Vec<Quad>,
    /// One of these statuses; all where empty.
    pub statuses: Vec<Status>,
    /// One of these contexts; all where empty.
    pub contexts: Vec<String>,
    /// Told by this publisher.
    pub publisher: Option<String>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or earlier.
    pub to: Option<Date>,
    /// Words of the evidence, all of them; "a phrase" in quotes, a beginning with `*`.
    pub text: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Leaving out so many first.
    pub offset: usize,
}

/// A condition on `events e` with its values.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Conditions {
    /// The conditions of a filter.
    pub fn of(filter: &Filter, connection: &Connection) -> rusqlite::Result<Conditions> {
        let mut all = Conditions { sql: "e.mentions > 0".into(), values: Vec::new() };
        let days = Days {
            from: filter.from.map(|day| day.to_string()).unwrap_or_default(),
            to: filter.to.map_or_else(|| "~".to_owned(), |day| day.to_string()),
        };
        let settle = |side: &Side| side.settle(connection);
        if let Some(side) = &filter.actor {
            all.and(&[&party("actor", &settle(side)?, &days)]);
        }
        if let Some(side) = &filter.recipient {
            all.and(&[&party("recipient", &settle(side)?, &days)]);
        }
        if let Some(side) = &filter.involving {
            let side = settle(side)?;
            all.and(&[&party("actor", &side, &days), &party("recipient", &side, &days)]);
        }
        if let Some((one, other)) = &filter.between {
            let (one, other) = (settle(one)?, settle(other)?);
            all.and(&[&dyad(&one, &other, &days), &dyad(&other, &one, &days)]);
        }
        if filter.from.is_some() || filter.to.is_some() {
            all.push(" AND e.day BETWEEN ? AND ?", [days.from, days.to]);
        }
        all.one_of("e.type", filter.kinds.iter().map(|kind| kind.as_str().to_owned().into()));
        all.one_of("e.quad", filter.quads.iter().map(|&quad| i64::from(u8::from(quad)).into()));
        all.one_of("e.status", filter.statuses.iter().map(|status| status_name(*status).into()));
        if !filter.contexts.is_empty() {
            let each = vec!["instr(' ' || e.contexts || ' ', ' ' || ? || ' ') > 0"; filter.contexts.len()];
            all.push(&format!(" AND ({})", each.join(" OR ")), filter.contexts.iter().cloned());
        }
        if let Some(publisher) = &filter.publisher {
            let sql = " AND EXISTS (SELECT 1 FROM mentions m JOIN reports r ON r.id = m.report
                       WHERE m.event = e.id AND m.current AND r.publisher = ? COLLATE NOCASE)";
            all.push(sql, [publisher.clone()]);
        }
        if let Some(words) = filter.text.as_deref().and_then(words::query) {
            let is_frequent = filter.limit.is_some() && is_frequent(connection, &words)?;
            all.push(with_words(is_frequent), [words]);
        }
        Ok(all)
    }

    fn push(&mut self, sql: &str, values: impl IntoIterator<Item = String>) {
        self.sql.push_str(sql);
        self.values.extend(values.into_iter().map(Value::from));
    }

    fn one_of(&mut self, column: &str, values: impl ExactSizeIterator<Item = Value>) {
        if values.len() > 0 {
            self.sql.push_str(&format!(" AND {column} IN ({})", vec!["?"; values.len()].join(", ")));
            self.values.extend(values);
        }
    }

    /// Events in one of these sets.
    fn and(&mut self, sets: &[&Conditions]) {
        let sql: Vec<&str> = sets.iter().map(|set| set.sql.as_str()).collect();
        self.sql.push_str(&format!(" AND e.id IN ({})", sql.join(" UNION ")));
        self.values.extend(sets.iter().flat_map(|set| set.values.iter().cloned()));
    }
}

/// Sentences from which on words are frequent.
const FREQUENT: i64 = 30_000;

/// The condition that an event has words. The first events that have frequent ones are soon found by looking
/// at event after event; all that have rare ones by the index.
fn with_words(is_frequent: bool) -> &'static str {
    if is_frequent {
        " AND EXISTS (SELECT 1 FROM mentions m CROSS JOIN words w ON w.rowid = m.id
          WHERE m.event = e.id AND m.current AND w.words MATCH ?)"
    } else {
        " AND e.id IN (SELECT m.event FROM words w JOIN mentions m ON m.id = w.rowid
          WHERE w.words MATCH ? AND m.current)"
    }
}

/// True where many sentences have the words.
fn is_frequent(connection: &Connection, words: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)";
    let count: i64 = connection.prepare_cached(sql)?.query_row((words, FREQUENT), |row| row.get(0))?;
    Ok(count == FREQUENT)
}

/// The days asked for, as text; the last sorts behind any day.
struct Days {
    from: String,
    to: String,
}

/// A select of the events with this side in this role.
fn party(role: &str, side: &Side, days: &Days) -> Conditions {
    let mut select = Conditions::default();
    let span = [days.from.clone(), days.to.clone()];
    if let Some(country) = side.country() {
        select.push(&format!("SELECT event FROM dyads WHERE {role} = ?"), [country.to_owned()]);
        select.push(" AND day BETWEEN ? AND ?", span);
        return select;
    }
    let entities = match side {
        Side::Country { .. } => "country = ? AND (sector = ? OR ? IS NULL)",
        Side::Named(_) => "name = ? COLLATE NOCASE OR key = ?",
    };
    select.push(
        &format!("SELECT event FROM parties WHERE entity IN (SELECT id FROM entities WHERE {entities}) AND side = '{role}'"),
        match side {
            Side::Country { code, sector } => {
                let sector = sector.clone().unwrap_or_default();
                vec![code.clone(), sector.clone(), sector]
            }
            Side::Named(name) => vec![name.clone(), name.clone()],
        },
    );
    select.push(" AND day BETWEEN ? AND ?", span);
    select
}

/// A select of the events with the one side as actor and the other as recipient.
fn dyad(actor: &Side, recipient: &Side, days: &Days) -> Conditions {
    let mut select = Conditions::default();
    let span = [days.from.clone(), days.to.clone()];
    if let (Some(actor), Some(recipient)) = (actor.country(), recipient.country()) {
        select.push(
            "SELECT event FROM dyads WHERE actor = ? AND recipient = ?",
            [actor.to_owned(), recipient.to_owned()],
        );
        select.push(" AND day BETWEEN ? AND ?", span);
        return select;
    }
    let (first, second) = (party("actor", actor, days), party("recipient", recipient, days));
    // Parentheses around both: UNION and INTERSECT bind alike in SQLite.
    select.sql = format!("SELECT event FROM ({} INTERSECT {})", first.sql, second.sql);
    select.values = first.values.into_iter().chain(second.values).collect();
    select
}

/// A status as the archive writes it.
pub(crate) fn status_name(status: Status) -> String {
    format!("{status:?}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::{self, Shape};
    use crate::{Prepared, Writer};

    #[test]
    fn both_ways_to_words_lead_to_the_same_events() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut writer = Writer::open(&folder.path().join("words.attache")).unwrap();
        for number in 0..120 {
            writer.keep(&Prepared::new(synthetic::report(number, &Shape::default()), false)).unwrap();
        }
        writer.commit().unwrap();
        for words in ["\"minister\"", "\"copper\"", "\"copper\" \"minister\"", "\"nowhere\""] {
            let found = |is_frequent| -> Vec<i64> {
                let sql = format!(
                    "SELECT e.id FROM events e WHERE TRUE{} ORDER BY e.day, e.id",
                    with_words(is_frequent)
                );
                let mut select = writer.archive().connection().prepare(&sql).unwrap();
                select.query_map([words], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            };
            assert_eq!(found(true), found(false), "{words}");
            assert_eq!(found(true).is_empty(), words.contains("nowhere"));
        }
    }
}
