//! The written forms of a date, in English and Spanish, and what each form allows to read.
//!
//! Years before 1900 and after 2100 are no dates here: what looks like one is a number of another kind.

use attache_text::Span;
use jiff::civil::{Date, Weekday, date};

const MONTHS: &[(&[&str], i8)] = &[
    (&["january", "jan", "enero", "ene"], 1),
    (&["february", "feb", "febrero"], 2),
    (&["march", "mar", "marzo"], 3),
    (&["april", "apr", "abril", "abr"], 4),
    (&["may", "mayo"], 5),
    (&["june", "jun", "junio"], 6),
    (&["july", "jul", "julio"], 7),
    (&["august", "aug", "agosto", "ago"], 8),
    (&["september", "sept", "sep", "septiembre", "setiembre"], 9),
    (&["october", "oct", "octubre"], 10),
    (&["november", "nov", "noviembre"], 11),
    (&["december", "dec", "diciembre", "dic"], 12),
];

const WEEKDAYS: &[(&[&str], Weekday)] = &[
    (&["monday", "mon", "lunes"], Weekday::Monday),
    (&["tuesday", "tue", "tues", "martes"], Weekday::Tuesday),
    (&["wednesday", "wed", "miércoles", "miercoles"], Weekday::Wednesday),
    (&["thursday", "thu", "thur", "thurs", "jueves"], Weekday::Thursday),
    (&["friday", "fri", "viernes"], Weekday::Friday),
    (&["saturday", "sat", "sábado", "sabado"], Weekday::Saturday),
    (&["sunday", "sun", "domingo"], Weekday::Sunday),
];

/// What a written date can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// One day.
    Day(Date),
    /// Two days, by the order of day and month.
    Either { dmy: Date, mdy: Date },
    /// A day and a month of some year.
    MonthDay { month: i8, day: i8 },
}

/// A date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where, in bytes of the stretch that was searched.
    pub span: Span,
    pub reading: Reading,
    /// For a numeric day-month or month-day date that allows one order only: true where the day is first.
    pub day_first: Option<bool>,
    /// True for digits and separators only.
    pub numeric: bool,
}

/// All dates of a stretch, in order. Time and memory grow with the stretch: pass a line or a paragraph.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let tokens = tokens(text);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or(&[]);
        match numeric(rest).or_else(|| month_first(rest)).or_else(|| day_first(rest)) {
            Some((taken, reading, day_first, numeric)) => {
                let (first, last) = (rest.first(), rest.get(taken - 1));
                if let (Some(first), Some(last)) = (first, last) {
                    found.push(Found { span: first.span.join(last.span), reading, day_first, numeric });
                }
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

/// The weekday a word names.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    lookup(WEEKDAYS, word)
}

/// A date of a machine's making: `2026-02-03T09:15:00Z`, `20260203`, or any written form.
pub(crate) fn machine(text: &str) -> Option<Reading> {
    let head: String = text.trim().chars().take(64).collect();
    let digits: String = head.chars().take_while(char::is_ascii_digit).collect();
    if digits.len() == 8 || digits.len() == 14 {
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse().ok());
        return day(part(0, 4)?, part(4, 6)?, part(6, 8)?).map(Reading::Day);
    }
    find(&head)
        .into_iter()
        .map(|found| found.reading)
        .find(|reading| !matches!(reading, Reading::MonthDay { .. }))
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    span: Span,
}

impl Token<'_> {
    fn is(&self, mark: &str) -> bool {
        self.text.eq_ignore_ascii_case(mark)
    }

    /// The number the token is, where it has between `least` and `most` digits.
    fn number(&self, least: usize, most: usize) -> Option<i16> {
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (least..=most).contains(&self.text.len())).then(|| self.text.parse().ok())?
    }

    fn month(&self) -> Option<i8> {
        lookup(MONTHS, self.text)
    }

    /// A day of the month, "3", "03", "3rd".
    fn day(&self) -> Option<i8> {
        let digits = ["st", "nd", "rd", "th", "º", "°"]
            .iter()
            .find_map(|end| self.text.strip_suffix(end))
            .unwrap_or(self.text);
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        (plain).then(|| digits.parse().ok())?.filter(|day| (1..=31).contains(day))
    }
}

/// Runs of letters and digits, and single marks; white space falls away.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut glue = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let letter = c.is_alphanumeric() || c == '°';
        match tokens.last_mut() {
            Some(last) if glue && letter => {
                last.span.end = end;
                last.text = last.span.of(text);
            }
            _ if !c.is_whitespace() => {
                tokens.push(Token { text: text.get(at..end).unwrap_or(""), span: Span::new(at, end) });
            }
            _ => {}
        }
        glue = letter;
    }
    tokens
}

type Match = (usize, Reading, Option<bool>, bool);

/// 2026-02-03, 2026/2/3, 02/03/2026, 3.2.2026, 03-02-26; "2026-02-03T09" comes as one token.
fn numeric(tokens: &[Token<'_>]) -> Option<Match> {
    let [a, mark, b, again, c, ..] = tokens else { return None };
    let close = [a, mark, b, again]
        .iter()
        .zip([mark, b, again, c])
        .all(|(left, right)| left.span.end == right.span.start);
    if !close || !["/", "-", "."].contains(&mark.text) || mark.text != again.text {
        return None;
    }
    if let (Some(year), Some(month)) = (a.number(4, 4), b.number(1, 2)) {
        let digits = c.text.split(['T', 't']).next().unwrap_or("");
        return Some((5, Reading::Day(day(year, month, digits.parse().ok()?)?), None, true));
    }
    let (first, second) = (a.number(1, 2)?, b.number(1, 2)?);
    let year = match c.text.len() {
        4 => c.number(4, 4)?,
        2 if mark.is("/") => 2000 + c.number(2, 2)?,
        _ => return None,
    };
    let (dmy, mdy) = (day(year, second, first), day(year, first, second));
    let (reading, day_first) = match (dmy, mdy) {
        (Some(dmy), Some(mdy)) if dmy != mdy => (Reading::Either { dmy, mdy }, None),
        (Some(both), Some(_)) => (Reading::Day(both), None),
        (Some(dmy), None) => (Reading::Day(dmy), Some(true)),
        (None, Some(mdy)) => (Reading::Day(mdy), Some(false)),
        (None, None) => return None,
    };
    Some((5, reading, day_first, true))
}

/// "February 3, 2026", "Feb. 3 2026", "Feb 3".
fn month_first(tokens: &[Token<'_>]) -> Option<Match> {
    let month = tokens.first()?.month()?;
    let mut at = 1;
    at += usize::from(tokens.get(at).is_some_and(|token| token.is(".")));
    let number = tokens.get(at)?.day()?;
    at += 1;
    let comma = usize::from(tokens.get(at).is_some_and(|token| token.is(",")));
    Some(
        match tokens
            .get(at + comma)
            .and_then(|token| token.number(4, 4))
            .and_then(|year| day(year, month.into(), number.into()))
        {
            Some(date) => (at + comma + 1, Reading::Day(date), None, false),
            None => (at, Reading::MonthDay { month, day: number }, None, false),
        },
    )
}

/// "3 February 2026", "3rd of February, 2026", "3 de febrero de 2026", "3-Feb-2026", "3 Feb".
fn day_first(tokens: &[Token<'_>]) -> Option<Match> {
    let number = tokens.first()?.day()?;
    let mut at = 1;
    let skip = |at: usize, marks: &[&str]| {
        usize::from(tokens.get(at).is_some_and(|token| marks.iter().any(|mark| token.is(mark))))
    };
    at += skip(at, &["of", "de", "-", "/"]);
    let month = tokens.get(at)?.month()?;
    at += 1;
    let mut year = at + skip(at, &[",", ".", "-", "/"]);
    year += skip(year, &["de", "del", ","]);
    Some(
        match tokens
            .get(year)
            .and_then(|token| token.number(4, 4))
            .and_then(|year| day(year, month.into(), number.into()))
        {
            Some(date) => (year + 1, Reading::Day(date), None, false),
            None => (at, Reading::MonthDay { month, day: number }, None, false),
        },
    )
}

/// A date of the calendar between 1900 and 2100.
fn day(year: i16, month: i16, number: i16) -> Option<Date> {
    let known = date(1900, 1, 1)..=date(2100, 12, 31);
    Date::new(year, month.try_into().ok()?, number.try_into().ok()?).ok().filter(|date| known.contains(date))
}

fn lookup<T: Copy>(table: &[(&[&str], T)], word: &str) -> Option<T> {
    if word.len() > 12 {
        return None;
    }
    let small = word.to_lowercase();
    table.iter().find(|(names, _)| names.contains(&small.as_str())).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(&str, Reading)> {
        find(text).first().map(|found| (found.span.of(text), found.reading))
    }

    #[test]
    fn written_forms() {
        let day = Reading::Day(date(2024, 3, 5));
        for text in [
            "2024-03-05",
            "2024/3/5",
            "March 5, 2024",
            "MARCH 5 2024",
            "Mar. 5, 2024",
            "5 March 2024",
            "5th of March, 2024",
            "5 de marzo de 2024",
            "5 de marzo del 2024",
            "5-Mar-2024",
            "Mar 5th, 2024",
            "2024-03-05T10:20:30Z",
        ] {
            assert_eq!(first(text).map(|found| found.1), Some(day), "{text}");
        }
        assert_eq!(first("on Tuesday, March 5, 2024 at noon").map(|found| found.0), Some("March 5, 2024"));
    }

    #[test]
    fn two_readings() {
        let either = Reading::Either { dmy: date(2024, 4, 3), mdy: date(2024, 3, 4) };
        assert_eq!(first("Posted 03/04/2024 09:15"), Some(("03/04/2024", either)));
        assert_eq!(first("03.04.2024").map(|found| found.1), Some(either));
        assert_eq!(first("13/04/2024").map(|found| found.1), Some(Reading::Day(date(2024, 4, 13))));
        assert_eq!(find("13/04/2024")[0].day_first, Some(true));
        assert_eq!(find("04/13/2024")[0].day_first, Some(false));
        assert_eq!(first("04/04/2024").map(|found| found.1), Some(Reading::Day(date(2024, 4, 4))));
    }

    #[test]
    fn no_dates() {
        for text in
            ["0000-01-01", "31/02/2024", "12/12/2200", "version 3.4.2024b", "24/7/365", "3 mayors", "1/2"]
        {
            assert_eq!(first(text), None, "{text}");
        }
        assert_eq!(
            first("LIMA, March 5 (EFE)").map(|found| found.1),
            Some(Reading::MonthDay { month: 3, day: 5 })
        );
    }

    #[test]
    fn machines_dates() {
        assert_eq!(machine("20240305"), Some(Reading::Day(date(2024, 3, 5))));
        assert_eq!(machine("2024-03-05T23:59:59-05:00"), Some(Reading::Day(date(2024, 3, 5))));
        assert_eq!(machine("yesterday"), None);
    }
}
