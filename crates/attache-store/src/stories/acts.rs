//! Whether two reports tell the same act, by their events. Who acts does not tell two stories apart: the same
//! ministers meet on Monday and quarrel on Wednesday. What they did and when does.

use super::find::day_number;
use attache_code::record::Precision;
use attache_code::{Event, EventType};
use rusqlite::Connection;

/// Days between two tellings of one act: "on Monday" and "yesterday" may be a day apart by the hour of night.
const DAYS: u64 = 1;

/// What the events of two reports say of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// One act at least is told by both.
    Same,
    /// Both tell acts, and none of them could be told by the other.
    Other,
    /// Nothing either way.
    Unknown,
}

/// One act: its type, and its day where the report names it. A day behind that of the report is a plan's or a
/// mistake ("on Monday" read as the next), and tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    kind: EventType,
    day: Option<i64>,
}

impl Act {
    /// The act of an event in a report published on this day.
    pub fn of(event: &Event, published: &str) -> Act {
        let date = event.date.filter(|_| event.date_precision == Some(Precision::Day));
        Act::new(event.kind, date.map(|date| date.to_string()).as_deref(), published)
    }

    fn new(kind: EventType, day: Option<&str>, published: &str) -> Act {
        Act { kind, day: day.filter(|day| *day <= published).and_then(day_number) }
    }
}

/// The acts an archived report tells.
pub fn told(connection: &Connection, report: i64) -> rusqlite::Result<Vec<Act>> {
    connection
        .prepare_cached(
            "SELECT e.type, iif(e.precision = 'day', e.day, NULL), r.published FROM mentions m
             JOIN events e ON e.id = m.event JOIN reports r ON r.id = m.report WHERE m.report = ?1 AND m.current",
        )?
        .query_map([report], |row| {
            let (kind, day, published): (String, Option<String>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(EventType::parse(&kind).map(|kind| Act::new(kind, day.as_deref(), &published)))
        })?
        .filter_map(Result::transpose)
        .collect()
}

/// What the acts of two reports say.
pub fn compare(a: &[Act], b: &[Act]) -> Acts {
    let mut answer = if a.is_empty() || b.is_empty() { Acts::Unknown } else { Acts::Other };
    for (a, b) in a.iter().flat_map(|a| b.iter().map(move |b| (a, b))).filter(|(a, b)| a.kind == b.kind) {
        match (a.day, b.day) {
            (Some(a), Some(b)) if a.abs_diff(b) <= DAYS => return Acts::Same,
            (Some(_), Some(_)) => {}
            _ => answer = Acts::Unknown,
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_and_day_tell_acts_apart() {
        let act = |kind, day| Act { kind, day };
        let met = [act(EventType::Consult, Some(10))];
        assert_eq!(
            compare(&met, &[act(EventType::Accuse, Some(10)), act(EventType::Consult, Some(11))]),
            Acts::Same
        );
        assert_eq!(compare(&met, &[act(EventType::Consult, Some(12))]), Acts::Other, "they met again");
        assert_eq!(compare(&met, &[act(EventType::Accuse, Some(10))]), Acts::Other);
        assert_eq!(compare(&met, &[act(EventType::Consult, None)]), Acts::Unknown);
        assert_eq!(compare(&met, &[]), Acts::Unknown);
        let day = |day| Act::new(EventType::Consult, Some(day), "2026-05-05").day;
        assert!(
            day("2026-05-04").is_some() && day("2026-05-11").is_none(),
            "no report tells what is to come"
        );
    }
}
