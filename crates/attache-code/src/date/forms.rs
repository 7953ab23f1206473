//! Rarer forms of time expressions; the frequent ones are in [`super::grammar`].

use super::calendar::Unit;
use super::grammar::{Read, Words};
use super::period::{When, Which};

impl Words<'_> {
    /// True for what happens again and again: "every Friday", "each March".
    pub(super) fn is_habit(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or("", |before| self.at(before));
        matches!(before, "every" | "each")
    }

    /// "Easter", "Good Friday", "Ash Wednesday 2025".
    pub(super) fn moving(&self, i: usize) -> Read {
        if !self.capital(i) {
            return None;
        }
        let two = format!("{} {}", self.at(i), self.at(i + 1));
        let easter = &self.calendar.easter;
        let (after, days) = match (easter.get(&two), easter.get(self.at(i))) {
            (Some(days), _) => (i + 2, *days),
            (None, Some(days)) => (i + 1, *days),
            (None, None) => return None,
        };
        let (end, year) = self.year_after(after).map_or((after, None), |(end, year)| (end, Some(year)));
        Some((end, When::Easter(days, year)))
    }

    /// "the week of March 3", "the week of 3 March 2025".
    pub(super) fn week_of(&self, i: usize) -> Read {
        let at = i + usize::from(self.at(i) == "the");
        if self.at(at) != "week" || self.at(at + 1) != "of" {
            return None;
        }
        match self.month_day(at + 2).or_else(|| self.day_month(at + 2))? {
            (end, When::Days { month, first, year, .. }) => {
                Some((end, When::WeekOf { month, day: first, year }))
            }
            _ => None,
        }
    }

    /// "the 15th of last month", "the 3rd of this month".
    pub(super) fn day_in(&self, i: usize) -> Read {
        let at = i + usize::from(self.at(i) == "the");
        let day = self.day_at(at).filter(|_| self.at(at + 1) == "of")?;
        let (end, which) = self.which(at + 2)?;
        let months = match which {
            Which::Bare | Which::This => 0,
            Which::Last => -1,
            Which::Next | Which::Coming => 1,
        };
        (self.unit_at(end) == Some(Unit::Month)).then_some((end + 1, When::DayIn(day, months)))
    }

    /// "that day", "the same night", "earlier in the day": the day that was named before.
    pub(super) fn same(&self, i: usize) -> Read {
        let day = |at: usize| matches!(self.at(at), "day" | "night" | "morning" | "afternoon" | "evening");
        match (self.at(i), self.at(i + 1), self.at(i + 2), self.at(i + 3)) {
            ("that", "same", ..) | ("the", "same", ..) if day(i + 2) => Some((i + 3, When::Same)),
            ("that", ..) if day(i + 1) => Some((i + 2, When::Same)),
            ("earlier" | "later", "in", "the", "day") => Some((i + 4, When::Shift(0))),
            ("earlier" | "later", "that", ..) if day(i + 2) => Some((i + 3, When::Same)),
            _ => None,
        }
    }

    /// "in two weeks", of what will be.
    pub(super) fn in_units(&self, i: usize) -> Read {
        let (at, n) = self.number(i + 1).filter(|_| self.at(i) == "in")?;
        let unit = self.unit_at(at).filter(|unit| !matches!(unit, Unit::Hour))?;
        // "In two weeks of fighting" is how long it took.
        (self.at(at + 1) != "of").then_some((
            at + 1,
            match unit {
                Unit::Fortnight => When::InUnits(Unit::Week, n * 2),
                Unit::Decade => When::InUnits(Unit::Year, n * 10),
                unit => When::InUnits(unit, n),
            },
        ))
    }

    /// "a year ago today", "two years ago this week", "this time last year".
    pub(super) fn day_ago(&self, i: usize) -> Read {
        if self.at(i) == "this" && self.at(i + 1) == "time" && self.at(i + 2) == "last" {
            let unit = self.unit_at(i + 3)?;
            return Some((i + 4, When::DayAgo(unit, 1)));
        }
        let (at, n) = self.number(i)?;
        let unit = self.unit_at(at)?;
        let today = self.is("ago", at + 1) && self.at(at + 2) == "today";
        today.then_some((at + 3, When::DayAgo(unit, n)))
    }

    /// "the past 24 hours", "48 hours ago": hours that make days.
    pub(super) fn hours(&self, i: usize) -> Read {
        const DAY: i64 = 24;
        let hours = |at: usize| {
            self.number(at)
                .filter(|(end, n)| self.at(*end) == "hours" && *n >= DAY)
                .map(|(end, n)| (end + 1, n / DAY))
        };
        if let Some((end, days)) = hours(i) {
            return self.is("ago", end).then_some((end + 1, When::Day(-days)));
        }
        let (at, which) = self.which(i)?;
        let (end, days) = hours(at)?;
        let (from, to) = if which == Which::Last { (-days, 0) } else { (0, days) };
        (which != Which::This).then_some((end, When::Stretch(Unit::Day, from, to)))
    }
}
