//! What the words of a time expression say, before the published date is known.
//!
//! One function a form; [`Words::longest`] takes the form that covers most words. English word order.

use super::calendar::{Calendar, Unit};
use super::period::{Part, When, Which};
use attache_text::{Token, Upos};

/// The words of a sentence, lower-cased, without a final stop or 's.
pub(super) struct Words<'a> {
    words: Vec<String>,
    tokens: &'a [Token],
    pub(super) calendar: &'a Calendar,
    /// Nothing is written with a capital: months and weekdays are not either.
    small: bool,
}

/// A form that was read: the first word after it, and what it says.
pub(super) type Read = Option<(usize, When)>;

impl<'a> Words<'a> {
    pub fn new(tokens: &'a [Token], calendar: &'a Calendar) -> Words<'a> {
        let words = tokens.iter().map(|token| normal(&token.text)).collect();
        let small = !tokens.iter().any(|token| token.text.contains(char::is_uppercase));
        Words { words, tokens, calendar, small }
    }

    /// The word at `i`; empty beyond the sentence.
    pub fn at(&self, i: usize) -> &str {
        self.words.get(i).map_or("", String::as_str)
    }

    /// The longest time expression that begins at word `i`.
    pub fn longest(&self, i: usize) -> Option<(usize, When)> {
        if self.is_name(i) || self.is_habit(i) {
            return None;
        }
        let forms = [
            Self::moving,
            Self::week_of,
            Self::day_in,
            Self::same,
            Self::in_units,
            Self::day_ago,
            Self::hours,
            Self::named,
            Self::day,
            Self::weekday,
            Self::month_day,
            Self::day_month,
            Self::month,
            Self::ago,
            Self::unit,
            Self::part_of,
            Self::weekend,
            Self::season,
            Self::year,
            Self::decade,
            Self::shift,
        ];
        // Of equally long ones the first form named wins.
        let read =
            forms.iter().filter_map(|form| form(self, i)).filter(|(last, _)| *last <= self.words.len());
        read.fold(None, |best: Read, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
    }

    pub(super) fn is(&self, list: &str, i: usize) -> bool {
        self.calendar.is(list, self.at(i))
    }

    /// True where word `i` lies in a name that only sounds like a date.
    fn is_name(&self, i: usize) -> bool {
        self.calendar.list("not").iter().any(|name| {
            let words = || name.split(' ').enumerate();
            (0..words().count())
                .filter_map(|back| i.checked_sub(back))
                .any(|start| words().all(|(n, word)| self.at(start + n) == word))
        })
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).and_then(|t| t.text.chars().next()).is_some_and(char::is_uppercase)
    }

    fn month_at(&self, i: usize) -> Option<i8> {
        (self.small || self.capital(i)).then(|| self.calendar.months.get(self.at(i)).copied()).flatten()
    }

    fn weekday_at(&self, i: usize) -> Option<i8> {
        (self.small || self.capital(i)).then(|| self.calendar.weekdays.get(self.at(i)).copied()).flatten()
    }

    pub(super) fn unit_at(&self, i: usize) -> Option<Unit> {
        self.calendar.units.get(self.at(i)).copied()
    }

    /// A day of the month: "3", "3rd".
    pub(super) fn day_at(&self, i: usize) -> Option<i8> {
        let word = self.at(i);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
    }

    fn year_at(&self, i: usize) -> Option<i16> {
        year(self.at(i))
    }

    /// A year after a date: "2026", ", 2026", "of 2026".
    pub(super) fn year_after(&self, i: usize) -> Option<(usize, i16)> {
        let skip = usize::from(matches!(self.at(i), "," | "of"));
        self.year_at(i + skip).map(|year| (i + skip + 1, year))
    }

    /// A number: digits, a number word, "a couple of".
    pub(super) fn number(&self, i: usize) -> Option<(usize, i64)> {
        let (at, couple) = match (self.at(i), self.at(i + 1), self.at(i + 2)) {
            ("a", "couple", "of") => (i + 3, true),
            ("a", "couple", _) => (i + 2, true),
            _ => (i, false),
        };
        if couple {
            return Some((at, 2));
        }
        if self.at(i + 1) == "dozen" && matches!(self.at(i), "a" | "one") {
            return Some((i + 2, 12));
        }
        let word = self.at(i);
        let spelt = self.calendar.numbers.get(word).copied();
        let number = spelt.or_else(|| word.parse().ok()).filter(|n| (1..=3000).contains(n))?;
        // "twenty-five", as one token or three.
        let tens = spelt.filter(|n| (20..100).contains(n) && self.at(i + 1) == "-");
        match tens.and_then(|_| self.calendar.numbers.get(self.at(i + 2))) {
            Some(ones) => Some((i + 3, number + ones)),
            None => Some((i + 1, number)),
        }
    }

    /// "a few", "several".
    fn few(&self, i: usize) -> Option<usize> {
        let skip = usize::from(matches!(self.at(i), "a" | "the"));
        let of = usize::from(self.at(i + skip + 1) == "of");
        self.is("few", i + skip).then_some(i + skip + 1 + of)
    }

    pub(super) fn which(&self, i: usize) -> Option<(usize, Which)> {
        let word = self.at(i);
        let second = self.at(i + 1);
        match word {
            "this" | "the" if matches!(second, "past" | "previous") => Some((i + 2, Which::Last)),
            "this" | "the" if matches!(second, "coming" | "upcoming") => Some((i + 2, Which::Coming)),
            "the" if self.is("last", i + 1) => Some((i + 2, Which::Last)),
            "the" if self.is("next", i + 1) => Some((i + 2, Which::Next)),
            "the" if self.is("this", i + 1) && second != "this" => Some((i + 2, Which::This)),
            "coming" | "upcoming" => Some((i + 1, Which::Coming)),
            _ if self.is("last", i) => Some((i + 1, Which::Last)),
            _ if self.is("next", i) => Some((i + 1, Which::Next)),
            _ if self.is("this", i) => Some((i + 1, Which::This)),
            _ => None,
        }
    }

    /// "early", "mid-", "late in", "at the end of": the first word after it and the part.
    fn part(&self, i: usize) -> (usize, Part) {
        let the = usize::from(self.at(i) == "the");
        let word = i + the;
        if let Some((after, part)) = self.fraction(word) {
            return (after, part);
        }
        let (part, noun) = match self.at(word) {
            "earlier" => (Part::Passed, false),
            "later" => (Part::Ahead, false),
            "early" => (Part::Early, false),
            "late" => (Part::Late, false),
            "mid" => (Part::Mid, false),
            _ if self.is("early", word) => (Part::Early, true),
            _ if self.is("mid", word) => (Part::Mid, true),
            _ if self.is("late", word) => (Part::Late, true),
            _ => return (i, Part::Whole),
        };
        match self.at(word + 1) {
            "of" if noun => (word + 2, part),
            _ if noun => (i, Part::Whole),
            "-" | "in" => (word + 2, part),
            _ => (word + 1, part),
        }
    }

    /// "first half of", "third quarter of", "last week of".
    fn fraction(&self, i: usize) -> Option<(usize, Part)> {
        let n = *self.calendar.ordinals.get(self.at(i))?;
        let (n, of) = match self.at(i + 1) {
            "half" => (n.min(2), 2),
            "quarter" => (n, 4),
            "week" if self.at(i + 2) == "of" => {
                let week = if matches!(self.at(i), "last" | "final") { 0 } else { i8::try_from(n).ok()? };
                return Some((i + 3, Part::Week(week)));
            }
            _ => return None,
        };
        let after = i + 2 + usize::from(matches!(self.at(i + 2), "of" | "in"));
        Some((after, Part::Of(n, of)))
    }

    /// "9/11", "2026-02-03", "Christmas Eve".
    fn named(&self, i: usize) -> Read {
        let fixed = |date: jiff::civil::Date, after| {
            let (year, month, day) = (Some(date.year()), date.month(), date.day());
            Some((after, When::Days { month, first: day, last: day, year }))
        };
        if let Some(date) = self.calendar.named.get(self.at(i)) {
            return fixed(*date, i + 1);
        }
        if let Some(date) = numeric(self.at(i)) {
            return fixed(date, i + 1);
        }
        if !self.capital(i) {
            return None;
        }
        let mut name = String::new();
        let mut read = None;
        let mut at = i;
        for _ in 0..3 {
            let space = if name.is_empty() { "" } else { " " };
            name = format!("{name}{space}{}", self.at(at));
            at += 1 + usize::from(is_possessive(self.at(at + 1)));
            if let Some([month, day]) = self.calendar.holidays.get(&name) {
                let (end, year) = self.year_after(at).map_or((at, None), |(end, year)| (end, Some(year)));
                let end = if is_possessive(self.at(end.wrapping_sub(1))) { end - 1 } else { end };
                read = Some((end, When::Days { month: *month, first: *day, last: *day, year }));
            }
        }
        read
    }

    /// "today", "late yesterday", "last night", "this morning", "the day before yesterday".
    fn day(&self, i: usize) -> Read {
        let early = self.is("early", i) || self.is("late", i);
        let at = i + usize::from(early);
        if let Some(days) = self.calendar.days.get(self.at(at)) {
            let after = at + 1 + usize::from(self.is("dayparts", at + 1));
            return Some((after, When::Day(*days)));
        }
        match (self.at(i), self.at(i + 1), self.at(i + 2), self.at(i + 3)) {
            ("the", "day", "before", "yesterday") => return Some((i + 4, When::Day(-2))),
            ("the", "day", "after", "tomorrow") => return Some((i + 4, When::Day(2))),
            ("this" | "that", "very", "hour", _) => return Some((i + 3, When::Day(0))),
            ("this", "hour" | "day", ..) => return Some((i + 2, When::Day(0))),
            _ => {}
        }
        let part = self.is("dayparts", at + 1);
        match self.at(at) {
            "last" if self.at(at + 1) == "night" || self.at(at + 1) == "evening" => {
                Some((at + 2, When::Day(-1)))
            }
            "this" if part => Some((at + 2, When::Day(0))),
            _ => None,
        }
    }

    /// "Friday", "last Friday", "late on Tuesday", "Monday night", "Friday of last week", and the date
    /// that may follow it: "Monday, March 3".
    fn weekday(&self, i: usize) -> Read {
        let early = usize::from(matches!(self.at(i), "early" | "earlier" | "late" | "later"));
        let on = usize::from(early == 1 && self.at(i + 1) == "on");
        let (at, which) = self.which(i + early + on).unwrap_or((i + early + on, Which::Bare));
        let weekday = self.weekday_at(at)?;
        // "Sun" and "Mon" with another name behind them are names.
        let mut after = at + 1;
        after += usize::from(self.is("dayparts", after));
        for skip in 0..=1 {
            let gap = skip == 0 || matches!(self.at(after), "," | "(");
            let date = self.month_day(after + skip).or_else(|| self.day_month(after + skip));
            if let Some((end, when)) = date.filter(|_| gap) {
                let close = usize::from(self.at(after) == "(" && self.at(end) == ")");
                return Some((end + close, when));
            }
        }
        let of = after + usize::from(self.at(after) == "of");
        if let Some((end, which)) = self.which(of).filter(|(end, _)| self.unit_at(*end) == Some(Unit::Week)) {
            return Some((end + 1, When::WeekdayIn(weekday, which.offset())));
        }
        Some((after, When::Weekday(weekday, which)))
    }

    /// "March 3", "Feb. 3rd, 2026", "May 3-5", "May 3 to 5".
    pub(super) fn month_day(&self, i: usize) -> Read {
        let month = self.month_at(i)?;
        let at = i + 1 + usize::from(self.at(i + 1) == "the");
        let (mut after, first, last) = self.day_range(at)?;
        let year = self.year_after(after).map(|(end, year)| {
            after = end;
            year
        });
        Some((after, When::Days { month, first, last, year }))
    }

    /// "3 March", "the 3rd of March 2026", "3-5 May", "3 to 5 May".
    pub(super) fn day_month(&self, i: usize) -> Read {
        let at = i + usize::from(self.at(i) == "the");
        let spelt = self.calendar.spelt.get(self.at(at)).filter(|_| self.at(at + 1) == "of");
        let range = spelt.map(|day| (at + 1, *day, *day));
        let (after, first, last) = range.or_else(|| self.day_range(at))?;
        let at = after + usize::from(self.at(after) == "of");
        let month = self.month_at(at)?;
        let (end, year) = self.year_after(at + 1).map_or((at + 1, None), |(end, year)| (end, Some(year)));
        Some((end, When::Days { month, first, last, year }))
    }

    /// "3", "3-5", "3 to 5", "3 and 4".
    fn day_range(&self, i: usize) -> Option<(usize, i8, i8)> {
        if let Some(first) = self.day_at(i) {
            let linked = matches!(self.at(i + 1), "-" | "–" | "to" | "and" | "through" | "until");
            let last = self.day_at(i + 2).filter(|last| linked && *last > first);
            return Some(last.map_or((i + 1, first, first), |last| (i + 3, first, last)));
        }
        let (first, last) = self.at(i).split_once(['-', '–'])?;
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (1 <= first && first < last && last <= 31).then_some((i + 1, first, last))
    }

    /// "March", "late March", "last March", "March 2025", "March of last year", "the end of March".
    fn month(&self, i: usize) -> Read {
        let (after_part, part) = self.part(i);
        let (at, which) = self.which(after_part).unwrap_or((after_part, Which::Bare));
        let month = self.month_at(at).or_else(|| self.glued_month(at))?;
        let part = if self.at(at).starts_with("mid-") { Part::Mid } else { part };
        let after = at + 1;
        if let Some((end, year)) = self.year_after(after) {
            return Some((end, When::MonthOf(month, year, part)));
        }
        let of = after + usize::from(self.at(after) == "of");
        if let Some((end, which)) = self.which(of).filter(|(end, _)| self.unit_at(*end) == Some(Unit::Year)) {
            return Some((end + 1, When::MonthIn(month, which.offset(), part)));
        }
        let introduced =
            at > i || self.is("introducing", i.wrapping_sub(1)) || self.at(at).starts_with("mid-");
        let named = self.capital(after) && self.tokens.get(after).is_some_and(|t| t.upos == Upos::Propn);
        if self.is("doubtful", at) && (!introduced || named)
            || self.capital(i.wrapping_sub(1)) && self.is("doubtful", at)
        {
            return None;
        }
        Some((after, When::Month(month, which, part)))
    }

    /// "mid-March" as one token.
    fn glued_month(&self, i: usize) -> Option<i8> {
        self.at(i).strip_prefix("mid-").and_then(|month| self.calendar.months.get(month)).copied()
    }

    /// "two weeks ago", "a few days ago", "three months earlier", "in two weeks", "two years from now".
    fn ago(&self, i: usize) -> Read {
        let (start, ahead) = if self.at(i) == "in" { (i + 1, true) } else { (i, false) };
        let (at, count) = match self.few(start) {
            Some(at) => (at, None),
            None => self.number(start).map(|(at, n)| (at, Some(n)))?,
        };
        let unit = self.unit_at(at)?;
        let after = at + 1;
        let now = self.at(after) == "from" && matches!(self.at(after + 1), "now" | "today");
        if now || ahead && matches!(self.at(after), "'" | "’") && self.at(after + 1) == "time" {
            return Some((after + 2, in_units(unit, count, 1)));
        }
        if ahead && is_possessive(self.at(after)) && self.at(after + 1) == "time" {
            return Some((after + 2, in_units(unit, count, 1)));
        }
        if ahead {
            return None;
        }
        if self.is("ago", after) {
            return Some((after + 1, in_units(unit, count, -1)));
        }
        let complete = !matches!(self.at(after), "before" | "prior");
        let ends = complete
            || !matches!(self.at(after + 1), "the" | "a" | "an" | "than" | "his" | "her" | "its" | "their");
        let sign = match () {
            () if self.is("before", after) && ends => -1,
            () if self.is("after", after) && ends => 1,
            () => return None,
        };
        match (unit, count) {
            (Unit::Day, Some(n)) => Some((after + 1, When::Shift(sign * n))),
            _ if sign < 0 => Some((after + 1, in_units(unit, count, -1))),
            _ => None,
        }
    }

    /// "this week", "last month", "earlier this year", "the past three weeks", "recent days".
    fn unit(&self, i: usize) -> Read {
        let (at, part) = self.part(i);
        let (at, recent) = match (self.at(at), self.at(at + 1)) {
            ("recent", _) => (at + 1, true),
            ("the", "recent") => (at + 2, true),
            _ => (at, false),
        };
        if recent {
            let unit = self.unit_at(at).filter(|unit| *unit != Unit::Hour && self.at(at).ends_with('s'))?;
            return Some((at + 1, When::Stretch(unit, -7.min(few_of(unit).1), 0)));
        }
        let (at, which) = self.which(at)?;
        let backward = matches!(which, Which::Last);
        if let Some(unit) = self.unit_at(at) {
            let plural = self.at(at).ends_with('s') && unit != Unit::Hour;
            let past = self.at(at - 1) == "past"
                || self.at(at - 1) == "last" && self.at(at.wrapping_sub(2)) == "the";
            return match (unit, plural) {
                (Unit::Hour, _) => (which == Which::This).then_some((at + 1, When::Day(0))),
                (Unit::Day, false) => {
                    matches!(self.at(at - 1), "previous" | "preceding" | "following" | "next")
                        .then_some((at + 1, When::Shift(if backward { -1 } else { 1 })))
                }
                (_, true) => Some((at + 1, few_units(unit, if backward { -1 } else { 1 }, true))),
                (_, false) if past && part == Part::Whole => Some((at + 1, When::Stretch(unit, -1, 0))),
                (_, false) => Some((at + 1, When::Unit(unit, which.offset(), part))),
            };
        }
        let sign = if backward { -1 } else { 1 };
        if let Some(end) = self.few(at) {
            let unit = self.unit_at(end)?;
            return Some((end + 1, few_units(unit, sign, true)));
        }
        let (end, n) = self.number(at)?;
        let unit = self.unit_at(end)?;
        let (from, to) = if backward { (-n, 0) } else { (0, n) };
        (which != Which::This).then_some((end + 1, When::Stretch(unit, from, to)))
    }

    /// "the end of the year", "the start of the week": parts of this one.
    fn part_of(&self, i: usize) -> Read {
        let (at, part) = self.part(i);
        let unit = self.unit_at(at + 1).filter(|_| part != Part::Whole && self.at(at) == "the")?;
        matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade)
            .then_some((at + 2, When::Unit(unit, 0, part)))
    }

    /// "the weekend", "over the weekend", "last weekend".
    fn weekend(&self, i: usize) -> Read {
        let (at, which) = self.which(i).unwrap_or((i + usize::from(self.at(i) == "the"), Which::Bare));
        (self.at(at) == "weekend" && at > i).then_some((at + 1, When::Weekend(which)))
    }

    /// "last summer", "the summer of 2019", "spring 2024".
    fn season(&self, i: usize) -> Read {
        let (at, which) = self.which(i).unwrap_or((i + usize::from(self.at(i) == "the"), Which::Bare));
        let month = *self.calendar.seasons.get(self.at(at))?;
        if let Some((end, year)) = self.year_after(at + 1) {
            return Some((end, When::Season(month, Which::Bare, Some(year))));
        }
        let introduced =
            at > i && (which != Which::Bare || matches!(self.at(i.wrapping_sub(1)), "in" | "during"));
        introduced.then_some((at + 1, When::Season(month, which, None)))
    }

    /// "2019", "early 2024", "the end of 2023", "the year 2019".
    fn year(&self, i: usize) -> Read {
        let (at, part) = self.part(i);
        let at = at + if self.at(at) == "the" && self.at(at + 1) == "year" { 2 } else { 0 };
        let (first, last) = match self.at(at).split_once(['-', '–']) {
            Some(("mid" | "late" | "early", only)) if only.len() == 4 => {
                let part = match self.at(at).as_bytes().first() {
                    Some(b'm') => Part::Mid,
                    Some(b'l') => Part::Late,
                    _ => Part::Early,
                };
                return year(only).map(|y| (at + 1, When::Years { first: y, last: y, part }));
            }
            Some((first, last)) if last.len() == 2 => {
                let (from, to): (i16, i16) = (year(first)?, last.parse().ok()?);
                let last = from / 100 * 100 + to;
                return (last > from).then_some((at + 1, When::Years { first: from, last, part }));
            }
            Some(("", only)) => {
                return year(only).map(|y| (at + 1, When::Years { first: y, last: y, part: Part::Mid }));
            }
            Some((first, last)) => (year(first)?, year(last)?),
            None => {
                let first = self.year_at(at)?;
                // "1979–89" as three tokens.
                let dash = matches!(self.at(at + 1), "-" | "–");
                let short =
                    self.at(at + 2).parse::<i16>().ok().filter(|_| dash && self.at(at + 2).len() == 2);
                if let Some(last) = short.map(|to| first / 100 * 100 + to).filter(|last| *last > first) {
                    return Some((at + 3, When::Years { first, last, part }));
                }
                (first, first)
            }
        };
        (at > i || self.reads_as_year(at)).then_some((at + 1, When::Years { first, last, part }))
    }

    /// False for a bare number that counts or measures: "2000 soldiers", "$1999".
    fn reads_as_year(&self, i: usize) -> bool {
        let before = self.at(i.wrapping_sub(1));
        let counted = self.tokens.get(i + 1).is_some_and(|next| {
            let noun = next.upos == Upos::Noun && next.feat("Number") == Some("Plur");
            noun || next.upos == Upos::X && next.text.len() > 3 && next.text.ends_with('s')
                || next.text == "people"
        });
        let dated = matches!(
            before,
            "in" | "since" | "until" | "till" | "from" | "during" | "year" | "the" | "of" | "through"
        );
        let money = matches!(
            before,
            "$" | "€" | "£" | "us$" | "#" | "no" | "number" | "room" | "flight" | "resolution" | "decree"
        );
        let measured = matches!(
            self.at(i + 1),
            "%" | "percent" | "km" | "miles" | "meters" | "metres" | "feet" | "tons" | "GMT"
        );
        // "At 1600 on 5 February" is a time of day.
        let hour = before == "at" || matches!(self.at(i + 1), "hours" | "hrs" | "local");
        !money && !measured && !hour && (dated && !self.at(i).ends_with("000") || !counted)
    }

    /// "the 1990s", "the late '80s", "the 19th century".
    fn decade(&self, i: usize) -> Read {
        let (at, part) = self.part(i);
        let at = at + usize::from(self.at(at) == "the");
        let (at, part) = if part == Part::Whole { self.part(at) } else { (at, part) };
        let at = at + usize::from(matches!(self.at(at), "'" | "’"));
        if matches!(self.at(at + 1), "century") {
            let n = i16::from(self.day_at(at).filter(|n| (15..=21).contains(n))?);
            return Some((at + 2, When::Years { first: (n - 1) * 100 + 1, last: n * 100, part }));
        }
        let (word, part) = match self.at(at).split_once('-') {
            Some(("mid", word)) => (word, Part::Mid),
            Some(("late", word)) => (word, Part::Late),
            Some(("early", word)) => (word, Part::Early),
            _ => (self.at(at), part),
        };
        let digits = word.trim_start_matches(['\'', '’']).strip_suffix('s')?;
        let first = match digits.len() {
            4 => year(digits)?,
            2 => 1900 + digits.parse::<i16>().ok().filter(|n| *n >= 20)?,
            _ => return None,
        };
        (first % 10 == 0).then_some((at + 1, When::Years { first, last: first + 9, part }))
    }

    /// "the day before", "a day earlier", "the following day", "the previous day", "the next day".
    fn shift(&self, i: usize) -> Read {
        let ends = matches!(self.at(i + 3), "" | "." | "," | ";" | ":" | ")" | "when" | "in" | "at" | "and");
        match (self.at(i), self.at(i + 1), self.at(i + 2)) {
            ("the", "day" | "night" | "evening", "before") if ends => Some((i + 3, When::Shift(-1))),
            ("the", "day", "after") if ends => Some((i + 3, When::Shift(1))),
            ("the", "previous" | "preceding", "day" | "night" | "evening") => Some((i + 3, When::Shift(-1))),
            ("the", "next" | "following", "day" | "night" | "morning") => Some((i + 3, When::Shift(1))),
            _ => None,
        }
    }
}

impl Which {
    /// How many units from the present one.
    fn offset(self) -> i64 {
        match self {
            Which::Bare | Which::This => 0,
            Which::Last => -1,
            Which::Next | Which::Coming => 1,
        }
    }
}

/// "two weeks ago" is that calendar week, "a few days ago" two to seven days back.
fn in_units(unit: Unit, count: Option<i64>, sign: i64) -> When {
    match count {
        Some(n) if unit == Unit::Decade => When::Unit(Unit::Year, sign * n * 10, Part::Whole),
        Some(n) if unit == Unit::Fortnight => When::Unit(Unit::Week, sign * n * 2, Part::Whole),
        Some(n) => When::Unit(unit, sign * n, Part::Whole),
        None => few_units(unit, sign, false),
    }
}

/// Few of a unit: how many at least and at most.
fn few_of(unit: Unit) -> (i64, i64) {
    match unit {
        Unit::Day => (2, 7),
        Unit::Week | Unit::Fortnight => (2, 4),
        Unit::Month => (2, 6),
        Unit::Hour | Unit::Year | Unit::Decade => (2, 5),
    }
}

/// A few units back or ahead; up to the published day where the stretch touches it ("the past few days").
fn few_units(unit: Unit, sign: i64, touching: bool) -> When {
    let (least, most) = few_of(unit);
    let near = if touching { 0 } else { least * sign };
    let far = most * sign;
    When::Stretch(unit, near.min(far), near.max(far))
}

fn normal(word: &str) -> String {
    let low = word.to_lowercase();
    let bare =
        low.strip_suffix("'s").or_else(|| low.strip_suffix("’s")).filter(|w| !w.is_empty()).unwrap_or(&low);
    bare.strip_suffix('.').filter(|w| !w.is_empty() && !w.contains('.')).unwrap_or(bare).to_owned()
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s")
}

fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| digits && (1500..=2100).contains(year))
}

/// A date in digits that allows one reading only: "2026-02-03", "23/02/2026", "3.2.2026".
fn numeric(word: &str) -> Option<jiff::civil::Date> {
    let separator = ['-', '/', '.'].into_iter().find(|c| word.matches(*c).count() == 2)?;
    let mut parts = word.split(separator);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let small = |part: &str| part.parse::<i8>().ok().filter(|n| *n > 0);
    if let (Some(year), Some(month), Some(day)) = (year(a), small(b), small(c)) {
        return jiff::civil::Date::new(year, month, day).ok();
    }
    let (first, second, year) = (small(a)?, small(b)?, year(c)?);
    match (first, second) {
        _ if separator == '.' || first > 12 || first == second => {
            jiff::civil::Date::new(year, second, first).ok()
        }
        (_, 13..) => jiff::civil::Date::new(year, first, second).ok(),
        _ => None,
    }
}
