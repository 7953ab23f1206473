//! From what the words say to the days they mean.

use super::calendar::Unit;
use super::easter::easter;
use super::tense::Toward;
use crate::record::Precision;
use jiff::Span;
use jiff::civil::Date;

/// A stretch of whole days, both ends included, and how exact its naming was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How exact.
    pub precision: Precision,
}

/// Which of several: "last March", "next Friday", or just "March".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Bare,
    Last,
    This,
    Next,
    /// The first to come, be it of this week or the next.
    Coming,
}

/// A part of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Early,
    Mid,
    Late,
    /// The `n`th of so many equal ones: halves, quarters.
    Of(i64, i64),
    /// What has passed of it on the published day: "earlier this year".
    Passed,
    /// What is to come of it: "later this month".
    Ahead,
    /// The `n`th week of a month, from its first day; 0 for the last seven days.
    Week(i8),
}

/// What a time expression says, before the published date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Days from the published one.
    Day(i64),
    /// Days from the last day named in the sentence.
    Shift(i64),
    /// A weekday, Monday 1.
    Weekday(i8, Which),
    /// A weekday of the week so many weeks from this one.
    WeekdayIn(i8, i64),
    /// First and last day in a month, in a year or the year that fits.
    Days { month: i8, first: i8, last: i8, year: Option<i16> },
    /// A month of the year that fits.
    Month(i8, Which, Part),
    /// A month of the year so many years from this one.
    MonthIn(i8, i64, Part),
    /// A month of a year.
    MonthOf(i8, i16, Part),
    /// A year, or years up to and including `last`.
    Years { first: i16, last: i16, part: Part },
    /// The calendar week, month, year so many from this one.
    Unit(Unit, i64, Part),
    /// A stretch of so many units before or after the published date.
    Stretch(Unit, i64, i64),
    /// Saturday and Sunday.
    Weekend(Which),
    /// The three months from this one.
    Season(i8, Which, Option<i16>),
    /// The day the sentence named last ("that day"); none where it named none.
    Same,
    /// So many units ahead, in a clause that looks there ("will be held in two weeks").
    InUnits(Unit, i64),
    /// The day so many units before the published one ("a year ago today").
    DayAgo(Unit, i64),
    /// The week that a day of a month lies in.
    WeekOf { month: i8, day: i8, year: Option<i16> },
    /// A day of the month so many months from this one.
    DayIn(i8, i64),
    /// So many days from Easter, of a year or the one that fits.
    Easter(i64, Option<i16>),
}

impl When {
    /// The days meant by words written on `published` in a clause that looks `toward`; `anchor` is
    /// the last day the sentence named. None for what no calendar holds (31 February, year 20000).
    pub fn resolve(self, published: Date, anchor: Date, toward: Toward) -> Option<Period> {
        match self {
            When::Day(days) => day(plus(published, Unit::Day, days)?),
            When::Shift(days) => day(plus(anchor, Unit::Day, days)?),
            When::Weekday(weekday, which) => day(weekday_near(published, weekday, which, toward)?),
            When::WeekdayIn(weekday, weeks) => {
                let monday = plus(monday(published)?, Unit::Week, weeks)?;
                day(plus(monday, Unit::Day, i64::from(weekday) - 1)?)
            }
            When::Days { month, first, last, year } => days(published, month, first, last, year, toward),
            When::Month(month, which, part) => month_near(published, month, which, part, toward),
            When::MonthIn(month, years, part) => month_of(year_plus(published, years)?, month, part),
            When::MonthOf(month, year, part) => month_of(year, month, part),
            When::Years { first, last, part } => years(first, last, part),
            When::Unit(unit, offset, part) => whole(published, unit, offset, part),
            When::Stretch(unit, from, to) => stretch(published, unit, from, to),
            When::Weekend(which) => weekend(published, which, toward),
            When::Season(month, which, year) => season(published, month, which, year, toward),
            When::Same => day(anchor),
            When::InUnits(unit, n) => match toward {
                Toward::Future => whole(published, unit, n, Part::Whole),
                Toward::Past => None,
            },
            When::DayAgo(unit, n) => day(plus(published, unit, -n)?),
            When::WeekOf { month, day, year } => {
                week_of(days(published, month, day, day, year, toward)?.start, Part::Whole)
            }
            When::DayIn(number, months) => {
                let there = plus(published.first_of_month(), Unit::Month, months)?;
                day(Date::new(there.year(), there.month(), number).ok()?)
            }
            When::Easter(offset, year) => easter_near(published, offset, year, toward),
        }
    }

    /// True for what names its days without a published date ("3 February 2025", "the 1990s").
    pub fn is_absolute(self) -> bool {
        match self {
            When::Days { year, .. } | When::WeekOf { year, .. } | When::Easter(_, year) => year.is_some(),
            When::Season(_, _, year) => year.is_some(),
            When::MonthOf(..) | When::Years { .. } => true,
            _ => false,
        }
    }

    /// The same of the year that `later`, the other end of a range, gives: "January to March 2020".
    pub fn in_year_of(self, later: When) -> Option<When> {
        let (at, month, year) = match later {
            When::MonthOf(month, year, _) => (0, month, year),
            When::Days { month, first, year: Some(year), .. } => (first, month, year),
            _ => return None,
        };
        match self {
            When::Month(own, Which::Bare, part) => {
                Some(When::MonthOf(own, year - i16::from(own > month), part))
            }
            When::Days { month: own, first, last, year: None } => {
                let year = year - i16::from((own, first) > (month, at.max(1)));
                Some(When::Days { month: own, first, last, year: Some(year) })
            }
            _ => None,
        }
    }

    /// True for what is counted from a day the sentence has named.
    pub fn is_counted(self) -> bool {
        matches!(self, When::Shift(_) | When::Same)
    }
}

impl Period {
    fn new(start: Date, end: Date, precision: Precision) -> Option<Period> {
        (start <= end).then_some(Period { start, end, precision })
    }

    /// The finest precision that is true of so long a stretch.
    pub(super) fn precision_of(start: Date, end: Date) -> Precision {
        match (end - start).get_days() {
            ..=0 => Precision::Day,
            1..=7 => Precision::Week,
            8..=31 => Precision::Month,
            _ => Precision::Year,
        }
    }
}

fn day(date: Date) -> Option<Period> {
    Period::new(date, date, Precision::Day)
}

/// `date` and so many units later (or earlier); none beyond the calendar's ends.
fn plus(date: Date, unit: Unit, count: i64) -> Option<Date> {
    let span = match unit {
        Unit::Hour => Span::new(),
        Unit::Day => Span::new().try_days(count).ok()?,
        Unit::Week => Span::new().try_weeks(count).ok()?,
        Unit::Fortnight => Span::new().try_weeks(count.checked_mul(2)?).ok()?,
        Unit::Month => Span::new().try_months(count).ok()?,
        Unit::Year => Span::new().try_years(count).ok()?,
        Unit::Decade => Span::new().try_years(count.checked_mul(10)?).ok()?,
    };
    date.checked_add(span).ok()
}

fn year_plus(date: Date, years: i64) -> Option<i16> {
    i16::try_from(i64::from(date.year()).checked_add(years)?).ok()
}

fn monday(date: Date) -> Option<Date> {
    plus(date, Unit::Day, 1 - i64::from(date.weekday().to_monday_one_offset()))
}

/// "Friday" is the latest one up to the published day, or the first from it on; "last Friday" the
/// latest before it; "next Friday" that of the next calendar week; "this Friday" that of this week.
fn weekday_near(published: Date, weekday: i8, which: Which, toward: Toward) -> Option<Date> {
    let back = i64::from((published.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    let ahead = (7 - back) % 7;
    let offset = match (which, toward) {
        (Which::Bare, Toward::Past) => -back,
        (Which::Bare, Toward::Future) => ahead,
        (Which::Last, _) if back == 0 => -7,
        (Which::Last, _) => -back,
        (Which::Coming, _) if ahead == 0 => 7,
        (Which::Coming, _) => ahead,
        (Which::Next, _) => {
            let next = plus(monday(published)?, Unit::Week, 1)?;
            return plus(next, Unit::Day, i64::from(weekday) - 1);
        }
        (Which::This, Toward::Future) => ahead,
        (Which::This, Toward::Past) => {
            return plus(monday(published)?, Unit::Day, i64::from(weekday) - 1);
        }
    };
    plus(published, Unit::Day, offset)
}

fn days(
    published: Date,
    month: i8,
    first: i8,
    last: i8,
    year: Option<i16>,
    toward: Toward,
) -> Option<Period> {
    let in_year = |year: i16| {
        let (start, end) = (Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?);
        Period::new(start, end, Period::precision_of(start, end))
    };
    if let Some(year) = year {
        return in_year(year);
    }
    // 29 February is not in every year: look as far as the one that has it.
    let years = (0..=8).map(|n| if toward == Toward::Past { -n } else { n });
    years.filter_map(|n| in_year(year_plus(published, n)?)).find(|period| match toward {
        Toward::Past => period.start <= published,
        Toward::Future => period.end >= published,
    })
}

fn month_near(published: Date, month: i8, which: Which, part: Part, toward: Toward) -> Option<Period> {
    let (this, now) = (published.year(), published.month());
    let year = match (which, toward) {
        (Which::This, _) => this,
        (Which::Last, _) => this - i16::from(month >= now),
        (Which::Next | Which::Coming, _) => this + i16::from(month <= now),
        (Which::Bare, Toward::Past) => this - i16::from(month > now),
        (Which::Bare, Toward::Future) => this + i16::from(month < now),
    };
    month_of(year, month, part)
}

/// A month; early is up to the 10th, mid the 11th to the 20th, late from the 21st.
fn month_of(year: i16, month: i8, part: Part) -> Option<Period> {
    let first = Date::new(year, month, 1).ok()?;
    let end = first.last_of_month();
    let (from, to) = match part {
        Part::Early => (1, 10),
        Part::Mid => (11, 20),
        Part::Late => (21, end.day()),
        Part::Of(1, 2) => (1, 15),
        Part::Of(2, 2) => (16, end.day()),
        Part::Week(0) => (end.day() - 6, end.day()),
        Part::Week(n @ 1..=4) => (n * 7 - 6, n * 7),
        Part::Week(_) => return None,
        _ => (1, end.day()),
    };
    let (start, end) = (Date::new(year, month, from).ok()?, Date::new(year, month, to).ok()?);
    let precision = if matches!(part, Part::Week(_)) { Precision::Week } else { Precision::Month };
    Period::new(start, end, precision)
}

/// Years; early, mid and late are their thirds.
fn years(first: i16, last: i16, part: Part) -> Option<Period> {
    let months = i64::from(last.checked_sub(first)?.checked_add(1)?) * 12;
    let (from, to) = match part {
        Part::Whole | Part::Passed | Part::Ahead => (0, months),
        Part::Early => (0, months / 3),
        Part::Mid => (months / 3, months * 2 / 3),
        Part::Late => (months * 2 / 3, months),
        Part::Of(n, of) if (1..=of).contains(&n) => (months * (n - 1) / of, months * n / of),
        Part::Of(..) | Part::Week(_) => return None,
    };
    let january = Date::new(first, 1, 1).ok()?;
    let end = plus(january, Unit::Month, to - 1)?.last_of_month();
    Period::new(plus(january, Unit::Month, from)?, end, Precision::Year)
}

/// The calendar week, month, year or decade so many from the published one.
fn whole(published: Date, unit: Unit, offset: i64, part: Part) -> Option<Period> {
    let there = plus(published, unit, offset)?;
    let period = match unit {
        Unit::Hour | Unit::Day => day(there)?,
        Unit::Week | Unit::Fortnight => week_of(there, part)?,
        Unit::Month => month_of(there.year(), there.month(), part)?,
        Unit::Year => years(there.year(), there.year(), part)?,
        Unit::Decade => {
            let first = there.year() - there.year().rem_euclid(10);
            years(first, first.checked_add(9)?, part)?
        }
    };
    let today = published.clamp(period.start, period.end);
    match part {
        Part::Passed => Period::new(period.start, today, period.precision),
        Part::Ahead => Period::new(today, period.end, period.precision),
        _ => Some(period),
    }
}

/// The week of a day, Monday to Sunday; early is up to Tuesday, late from Thursday.
fn week_of(there: Date, part: Part) -> Option<Period> {
    let monday = monday(there)?;
    let (from, to) = match part {
        Part::Early => (0, 1),
        Part::Mid => (1, 3),
        Part::Late => (3, 6),
        _ => (0, 6),
    };
    Period::new(plus(monday, Unit::Day, from)?, plus(monday, Unit::Day, to)?, Precision::Week)
}

/// From so many units from the published day to so many: "a few days ago", "the past three weeks".
fn stretch(published: Date, unit: Unit, from: i64, to: i64) -> Option<Period> {
    let (start, end) = (plus(published, unit, from)?, plus(published, unit, to)?);
    Period::new(start, end, Period::precision_of(start, end))
}

/// The weekend that began last, or the one to come. On a Saturday or Sunday "the weekend" is this one.
fn weekend(published: Date, which: Which, toward: Toward) -> Option<Period> {
    let saturday = plus(monday(published)?, Unit::Day, 5)?;
    let begun = saturday <= published;
    let weeks = match (which, toward) {
        (Which::Bare, Toward::Past) if !begun => -1,
        (Which::Last, _) => -1,
        (Which::Next, _) => 1,
        (Which::Coming, _) => i64::from(begun),
        _ => 0,
    };
    let start = plus(saturday, Unit::Week, weeks)?;
    Period::new(start, plus(start, Unit::Day, 1)?, Precision::Week)
}

/// Three months. A winter has the year of its December.
fn season(published: Date, month: i8, which: Which, year: Option<i16>, toward: Toward) -> Option<Period> {
    let in_year = |year: i16| {
        let start = Date::new(year, month, 1).ok()?;
        Period::new(start, plus(start, Unit::Month, 2)?.last_of_month(), Precision::Year)
    };
    if let Some(year) = year {
        return in_year(year);
    }
    let mut near = (-2..=2).filter_map(|n| in_year(year_plus(published, n)?));
    match (which, toward) {
        (Which::Last, _) => near.rfind(|p| p.end < published),
        (Which::Next | Which::Coming, _) => near.find(|p| p.start > published),
        (Which::This, _) | (Which::Bare, Toward::Future) => near.find(|p| p.end >= published),
        (Which::Bare, Toward::Past) => near.rfind(|p| p.start <= published),
    }
}

/// The day so many from Easter of the year that fits.
fn easter_near(published: Date, offset: i64, year: Option<i16>, toward: Toward) -> Option<Period> {
    let in_year = |year: i16| plus(easter(year)?, Unit::Day, offset);
    if let Some(year) = year {
        return day(in_year(year)?);
    }
    let mut near = (-1..=1).filter_map(|n| in_year(year_plus(published, n)?));
    let found = match toward {
        Toward::Past => near.rfind(|date| *date <= published),
        Toward::Future => near.find(|date| *date >= published),
    };
    day(found?)
}
