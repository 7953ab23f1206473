//! Which way an event runs between two sides, on which day, and whether the index counts it.

use crate::calendar::Step;
use crate::input::Archived;
use crate::side::Side;
use attache_code::record::Precision;
use attache_code::{Event, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which way an event runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the first side to the second.
    Out,
    /// From the second side to the first.
    Back,
    /// Both ways: an act the two do together.
    Both,
    /// Inside the first side, or without a counterpart.
    Within,
}

impl Direction {
    /// True where the event counts from the first side to the second.
    pub fn is_out(self) -> bool {
        matches!(self, Direction::Out | Direction::Both)
    }

    /// True where the event counts from the second side to the first.
    pub fn is_back(self) -> bool {
        matches!(self, Direction::Back | Direction::Both)
    }

    /// `out`, `back`, `both`, `within`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Out => "out",
            Direction::Back => "back",
            Direction::Both => "both",
            Direction::Within => "within",
        }
    }
}

/// An event of the relation.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// The event with its tellings.
    pub archived: &'a Archived,
    /// Which way it runs.
    pub direction: Direction,
    /// Its day: its own date, else the first day it was told on.
    pub day: Date,
}

impl Act<'_> {
    /// The event.
    pub fn event(&self) -> &Event {
        &self.archived.event
    }

    /// How often it was told: at least once.
    pub fn told(&self) -> usize {
        self.archived.mentions.len().max(1)
    }

    /// True where the index counts it: it happened and is the news, and its date is exact enough for the
    /// step (a day or a week; for months a month too). Background, and what is announced, feared or denied,
    /// is listed but not counted.
    pub fn is_counted(&self, step: Step) -> bool {
        let happened = matches!(self.event().status, Status::Actual | Status::Ongoing);
        let exact = match self.event().date_precision {
            None | Some(Precision::Day | Precision::Week) => true,
            Some(Precision::Month) => step == Step::Month,
            Some(Precision::Year) => false,
        };
        happened && exact && self.direction != Direction::Within
    }
}

/// The events that belong to the relation, by day, then by id. Events without any day are left out.
/// With one side only, the other is everyone else.
pub fn acts<'a>(events: &'a [Archived], a: &Side, b: Option<&Side>) -> Vec<Act<'a>> {
    let mut acts: Vec<Act<'a>> = events
        .iter()
        .filter_map(|archived| {
            let direction = direction(&archived.event, a, b)?;
            Some(Act { archived, direction, day: day(archived)? })
        })
        .collect();
    acts.sort_by(|one, two| (one.day, &one.event().id).cmp(&(two.day, &two.event().id)));
    acts
}

/// Which way an event runs; none where it does not belong to the relation.
pub fn direction(event: &Event, a: &Side, b: Option<&Side>) -> Option<Direction> {
    let Some(b) = b else { return alone(event, a) };
    let out = a.matches_any(&event.actor) && b.matches_any(&event.recipient);
    let back = b.matches_any(&event.actor) && a.matches_any(&event.recipient);
    let together = event.recipient.is_empty()
        && event.kind.is_mutual()
        && a.matches_any(&event.actor)
        && b.matches_any(&event.actor);
    match (out, back) {
        (true, true) => Some(Direction::Both),
        (true, false) => Some(Direction::Out),
        (false, true) => Some(Direction::Back),
        (false, false) => together.then_some(Direction::Both),
    }
}

fn alone(event: &Event, a: &Side) -> Option<Direction> {
    let acts = a.matches_any(&event.actor);
    let receives = a.matches_any(&event.recipient);
    let to_others = event.recipient.iter().any(|one| !a.matches(one));
    let by_others = event.actor.iter().any(|one| !a.matches(one));
    match (acts && to_others, receives && by_others) {
        (true, true) => Some(Direction::Both),
        (true, false) => Some(Direction::Out),
        (false, true) => Some(Direction::Back),
        (false, false) => (acts || receives).then_some(Direction::Within),
    }
}

/// The day of an event: its own date, else the first day it was told on.
pub fn day(archived: &Archived) -> Option<Date> {
    let told = archived.mentions.iter().filter_map(|mention| mention.published).min();
    archived.event.date.or(told).or(archived.event.report.published)
}
