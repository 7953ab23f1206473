//! When a report was published, what says so, and what else it could mean.
//!
//! A date such as 02/03/2026 allows two readings. What settles it, the strongest first: the caller's own
//! date; the page's metadata; the caller's order; a weekday beside the date; other dates of the text; the
//! publisher's country and language. Which of them it was, and the other reading, always goes into the
//! report's notes.

use crate::convention;
use crate::date_form::{self, Found, Reading};
use crate::{DateOrder, Options};
use attache_text::{Published, PublishedBy, Report, Span};
use jiff::civil::Date;

/// How many paragraphs, and how much of each, are searched for other dates that tell the order.
const PARAGRAPHS: usize = 200;
const PARAGRAPH: usize = 4000;
/// How many of them may tell by naming the day in words; farther down, other days are spoken of.
const LEAD: usize = 6;

/// What was found while reading, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Clues {
    /// Dates in the page's metadata, the strongest first.
    pub metadata: Vec<String>,
    /// Date lines and datelines of the text: the line that holds the date.
    pub lines: Vec<String>,
    /// When a crawler fetched the page: no published date, but seldom far from it.
    pub fetched: Option<String>,
}

/// A date line of the text and the date in it.
struct Line<'a> {
    words: &'a str,
    found: Found,
    /// Says "updated": weaker than a line that does not.
    updated: bool,
}

/// True for words that are a date.
pub(crate) fn is_date(words: &str) -> bool {
    date_form::machine(words).is_some()
}

/// Fills in `report.published` and tells in the notes how, where there is something to tell.
pub(crate) fn settle(report: &mut Report, clues: &Clues, options: &Options) {
    let line = best_line(&clues.lines);
    let metadata = clues.metadata.iter().find_map(|raw| Some((raw, date_form::machine(raw)?)));
    let published = if let Some(given) = options.published {
        Some(known(given, PublishedBy::Given, given.to_string(), line.as_ref(), &mut report.notes))
    } else if let Some((raw, Reading::Day(date))) = metadata {
        Some(known(date, PublishedBy::Metadata, raw.clone(), line.as_ref(), &mut report.notes))
    } else if let Some(line) = line {
        of_line(&line, report, options)
    } else if let Some((raw, Reading::Either { dmy, mdy })) = metadata {
        Some(two_readings(raw, raw, dmy, mdy, report, options))
    } else if let Some((raw, Reading::Day(date))) =
        clues.fetched.as_ref().and_then(|raw| Some((raw, date_form::machine(raw)?)))
    {
        report
            .notes
            .push(format!("no published date was found; the day it was fetched, {date}, stands for it"));
        Some(Published { date, raw: raw.clone(), ambiguous: false, by: PublishedBy::Metadata })
    } else {
        report
            .notes
            .push("no published date was found; give one so that days such as “Friday” can be placed".into());
        None
    };
    report.published = published;
}

/// A date that is known from outside the text. Where the text has a line that allows it as one of two
/// readings, that line is what a reader sees, and is flagged.
fn known(
    date: Date,
    by: PublishedBy,
    raw: String,
    line: Option<&Line<'_>>,
    notes: &mut Vec<String>,
) -> Published {
    let source = if by == PublishedBy::Given { "the date given" } else { "the page's metadata" };
    match line.map(|line| (line, line.found.reading)) {
        Some((line, Reading::Either { dmy, mdy })) if date == dmy || date == mdy => {
            let raw = line.found.span.of(line.words).to_string();
            let other = if date == dmy { mdy } else { dmy };
            notes.push(format!(
                "the date “{raw}” is read as {date} after {source}; by itself it could also be {other}"
            ));
            Published { date, raw, ambiguous: true, by }
        }
        Some((line, reading))
            if by == PublishedBy::Given && !line.updated && reading != Reading::Day(date) =>
        {
            notes.push(format!("the text says “{}”, but {date} was given", line.found.span.of(line.words)));
            Published { date, raw, ambiguous: false, by }
        }
        _ => Published { date, raw, ambiguous: false, by },
    }
}

fn of_line(line: &Line<'_>, report: &mut Report, options: &Options) -> Option<Published> {
    let raw = line.found.span.of(line.words);
    if line.updated {
        report.notes.push(format!(
            "only a date of the last change was found, “{raw}”; it stands for the published date"
        ));
    }
    match line.found.reading {
        Reading::Either { dmy, mdy } => Some(two_readings(raw, line.words, dmy, mdy, report, options)),
        Reading::Day(date) => {
            Some(Published { date, raw: raw.into(), ambiguous: false, by: PublishedBy::Text })
        }
        Reading::MonthDay { .. } => None,
    }
}

/// Settles a date of two readings and writes the note.
fn two_readings(
    raw: &str,
    words: &str,
    dmy: Date,
    mdy: Date,
    report: &mut Report,
    options: &Options,
) -> Published {
    let (order, by, reason) = if let Some(order) = options.date_order {
        (order, PublishedBy::DateOrder, format!("the order given is {}", convention::said(order)))
    } else if let Some(order) = by_weekday(words, dmy, mdy) {
        (order, PublishedBy::Text, "that is the weekday beside it".into())
    } else if let Some((order, reason)) = by_other_dates(report, dmy, mdy) {
        (order, PublishedBy::Text, reason)
    } else {
        let (order, reason) = convention::order(report);
        (order, PublishedBy::Convention, reason)
    };
    let (date, other) = if order == DateOrder::Dmy { (dmy, mdy) } else { (mdy, dmy) };
    report
        .notes
        .push(format!("the date “{raw}” could be {date} or {other}; it is read as {date} because {reason}"));
    Published { date, raw: raw.into(), ambiguous: true, by }
}

/// The first line with a full date; one that says "updated" only where there is no other.
fn best_line(lines: &[String]) -> Option<Line<'_>> {
    let found: Vec<Line<'_>> = lines.iter().flat_map(|words| dated(words)).collect();
    let at = found.iter().position(|line| !line.updated).unwrap_or(0);
    found.into_iter().nth(at)
}

/// The full dates of a line, each with what is said before it.
fn dated(words: &str) -> Vec<Line<'_>> {
    let mut before = 0;
    date_form::find(words)
        .into_iter()
        .filter(|found| !matches!(found.reading, Reading::MonthDay { .. }))
        .map(|found| {
            let lead = Span::new(before, found.span.start).of(words).to_lowercase();
            before = found.span.end;
            let updated = ["updat", "modif", "actualiz", "last change", "revised"]
                .iter()
                .any(|word| lead.contains(word));
            Line { words, found, updated }
        })
        .collect()
}

/// The order that agrees with a weekday in the same line, where only one does.
fn by_weekday(words: &str, dmy: Date, mdy: Date) -> Option<DateOrder> {
    let day = words.split(|c: char| !c.is_alphabetic()).find_map(date_form::weekday)?;
    only(dmy.weekday() == day, mdy.weekday() == day)
}

/// The order other dates of the text speak for: numeric dates that allow one order only, or a day
/// written out ("March 2") that is one of the two readings. Where they disagree they settle nothing.
fn by_other_dates(report: &Report, dmy: Date, mdy: Date) -> Option<(DateOrder, String)> {
    let paragraphs = report.blocks.iter().take(PARAGRAPHS).map(|block| block.span.of(&report.text));
    let (mut day_first, mut month_first) = (None, None);
    let (mut written_dmy, mut written_mdy) = (None, None);
    for (at, paragraph) in paragraphs.enumerate().filter(|(_, paragraph)| paragraph.len() <= PARAGRAPH) {
        for found in date_form::find(paragraph) {
            let raw = || Some(found.span.of(paragraph).to_string());
            let is = |date: Date| match found.reading {
                Reading::Day(day) => day == date && !found.numeric,
                Reading::MonthDay { month, day } => (month, day) == (date.month(), date.day()),
                Reading::Either { .. } => false,
            };
            match found.day_first {
                Some(true) => day_first = day_first.or_else(raw),
                Some(false) => month_first = month_first.or_else(raw),
                None if at < LEAD && is(dmy) => written_dmy = written_dmy.or_else(raw),
                None if at < LEAD && is(mdy) => written_mdy = written_mdy.or_else(raw),
                None => {}
            }
        }
    }
    let told = |order, raw: Option<String>, what| Some((order, format!("the text {what} “{}”", raw?)));
    match (written_dmy, written_mdy, day_first, month_first) {
        (raw @ Some(_), None, ..) => told(DateOrder::Dmy, raw, "also names the day"),
        (None, raw @ Some(_), ..) => told(DateOrder::Mdy, raw, "also names the day"),
        (_, _, raw @ Some(_), None) => told(DateOrder::Dmy, raw, "writes the day first in"),
        (_, _, None, raw @ Some(_)) => told(DateOrder::Mdy, raw, "writes the month first in"),
        _ => None,
    }
}

fn only(dmy: bool, mdy: bool) -> Option<DateOrder> {
    match (dmy, mdy) {
        (true, false) => Some(DateOrder::Dmy),
        (false, true) => Some(DateOrder::Mdy),
        _ => None,
    }
}
