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

/// One act: its type, and its day where the report names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    kind: EventType,
    day: Option<i64>,
}

impl Act {
    /// The act of an event.
    pub fn of(event: &Event) -> Act {
        let date = event.date.filter(|_| event.date_precision == Some(Precision::Day));
        let day = date.and_then(|date| day_number(&date.to_string()));
        Act { kind: event.kind, day }
    }
}

/// The acts an archived report tells.
pub fn told(connection: &Connection, report: i64) -> rusqlite::Result<Vec<Act>> {
    connection
        .prepare_cached(
            "SELECT e.type, e.day, e.precision FROM mentions m JOIN events e ON e.id = m.event
             WHERE m.report = ?1 AND m.current",
        )?
        .query_map([report], |row| {
            let (kind, day, precision): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let day = if precision == "day" { day_number(&day) } else { None };
            Ok(EventType::parse(&kind).map(|kind| Act { kind, day }))
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
    }
}
