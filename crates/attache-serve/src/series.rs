//! The index of a relation as columns: what a chart needs, at a tenth of a brief's size.

use attache_report::Brief;
use attache_report::index::Point;
use jiff::civil::Date;
use serde::Serialize;

/// One number a period in each column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// First days of the periods.
    pub start: Vec<Date>,
    /// Last day of the last of them.
    pub to: Date,
    /// Counted events of both directions.
    pub events: Vec<u64>,
    /// What the first side does to the second.
    pub out: Band,
    /// What the second side does to the first.
    pub back: Band,
    /// Days of the turning points.
    pub turns: Vec<Date>,
}

/// An index in its interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// The index.
    pub index: Vec<f64>,
    /// Lower ends.
    pub low: Vec<f64>,
    /// Upper ends.
    pub high: Vec<f64>,
}

impl Series {
    /// The series of a brief.
    pub fn of(brief: &Brief) -> Series {
        Series {
            start: brief.joint.iter().map(|point| point.start).collect(),
            to: brief.joint.last().map_or(brief.to, |point| point.end),
            events: brief.joint.iter().map(|point| point.events).collect(),
            out: Band::of(&brief.out),
            back: Band::of(&brief.back),
            turns: brief.turns.iter().map(|turn| turn.date).collect(),
        }
    }
}

impl Band {
    fn of(points: &[Point]) -> Band {
        Band {
            index: points.iter().map(|point| point.index).collect(),
            low: points.iter().map(|point| point.low).collect(),
            high: points.iter().map(|point| point.high).collect(),
        }
    }
}
