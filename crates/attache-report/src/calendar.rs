//! Periods: the days, weeks or months a series is told in.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most periods a series may have; an earlier beginning is moved up.
pub const MOST_PERIODS: usize = 5_000;

/// A later day is taken as this one: behind it a period may have no end.
const LAST_DAY: Date = Date::constant(9998, 12, 31);

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// One day.
    Day,
    /// Monday to Sunday.
    #[default]
    Week,
    /// A calendar month.
    Month,
}

impl Step {
    /// The step of a word, in any case.
    pub fn parse(word: &str) -> Option<Step> {
        [Step::Day, Step::Week, Step::Month].into_iter().find(|step| step.as_str().eq_ignore_ascii_case(word))
    }

    /// `day`, `week` or `month`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
        }
    }

    /// The first day of the period that holds the day.
    pub fn start(self, day: Date) -> Date {
        let back = match self {
            Step::Day => 0,
            Step::Week => i64::from(day.weekday().to_monday_zero_offset()),
            Step::Month => i64::from(day.day()) - 1,
        };
        add(day, -back)
    }

    /// The first day of the period after the one that begins on `start`.
    pub fn next(self, start: Date) -> Date {
        match self {
            Step::Day => add(start, 1),
            Step::Week => add(start, 7),
            Step::Month => start.saturating_add(1.month()),
        }
    }

    /// How many days a period has, on average.
    pub fn days(self) -> f64 {
        match self {
            Step::Day => 1.0,
            Step::Week => 7.0,
            Step::Month => 365.25 / 12.0,
        }
    }
}

/// The day so many days later (earlier where negative), within the calendar's range.
pub fn add(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// How many days from one day to another.
pub fn between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// A run of periods without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// How long each is.
    pub step: Step,
    starts: Vec<Date>,
    end: Date,
}

impl Calendar {
    /// The periods that hold the days `from` to `to`, both included; at most [`MOST_PERIODS`], the
    /// latest ones.
    pub fn new(step: Step, from: Date, to: Date) -> Calendar {
        let to = to.min(LAST_DAY);
        let longest = (MOST_PERIODS as f64 * step.days()) as i64 - 62;
        let mut start = step.start(from.max(add(to, -longest)).min(to));
        let mut starts = Vec::new();
        while start <= to && starts.len() < MOST_PERIODS {
            starts.push(start);
            let next = step.next(start);
            if next <= start {
                break; // the end of the calendar
            }
            start = next;
        }
        Calendar { step, starts, end: start }
    }

    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// True where there is no period.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The first days, in order.
    pub fn starts(&self) -> &[Date] {
        &self.starts
    }

    /// The last day of a period.
    pub fn last_day(&self, index: usize) -> Date {
        add(self.starts.get(index + 1).copied().unwrap_or(self.end), -1)
    }

    /// Which period holds the day.
    pub fn index(&self, day: Date) -> Option<usize> {
        if day >= self.end {
            return None;
        }
        self.starts.partition_point(|start| *start <= day).checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let day = date(2026, 2, 3); // a Tuesday
        assert_eq!(Step::Week.start(day), date(2026, 2, 2));
        assert_eq!(Step::Month.next(Step::Month.start(day)), date(2026, 3, 1));
        let weeks = Calendar::new(Step::Week, date(2026, 1, 1), day);
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks.starts()[0], date(2025, 12, 29));
        assert_eq!(weeks.last_day(5), date(2026, 2, 8));
        assert_eq!(weeks.index(date(2026, 2, 8)), Some(5));
        assert_eq!(weeks.index(date(2026, 2, 9)), None);
        assert_eq!(weeks.index(date(2025, 12, 28)), None);
    }

    #[test]
    fn the_calendar_is_bounded() {
        let days = Calendar::new(Step::Day, date(1, 1, 1), date(9999, 12, 31));
        assert!(days.len() <= MOST_PERIODS);
        assert!(days.index(date(9998, 12, 31)).is_some());
        assert_eq!(Calendar::new(Step::Week, date(2026, 5, 1), date(2026, 1, 1)).len(), 1);
        assert_eq!(between(date(2025, 12, 31), date(2026, 3, 1)), 60);
    }
}
