//! When: time expressions resolved against the published date, and the date of an event.
//!
//! Words become dates in three steps, each of which can be read alone: [`grammar`] reads what the words
//! say ("last Friday"), [`tense`] whether their clause looks back or ahead, [`period`] which days that
//! is. [`situate`] then gives an event the expression that governs its trigger.

mod before;
mod calendar;
mod easter;
mod forms;
mod grammar;
mod period;
mod situate;
mod tense;

pub use before::period_before;
pub use period::Period;
pub use situate::{EventDate, situate};

use crate::record::Precision;
use attache_text::{Sentence, Span};
use calendar::Calendar;
use grammar::Words;
use jiff::civil::Date;
use period::When;

/// A time expression of a sentence and the period it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// First token (index in the sentence).
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// Its bytes in the report.
    pub span: Span,
    /// First day of the period.
    pub start: Date,
    /// Last day of the period.
    pub end: Date,
    /// How exact the period is.
    pub precision: Precision,
}

/// Every time expression of the sentence, in text order, resolved against the published date.
///
/// What names no year is read as news means it: the most recent such day or month, the published one
/// included, or the coming one where its clause looks ahead ("will meet on Friday"). Weeks run from
/// Monday to Sunday. Clock times and durations ("for two days") are no expressions. Works on bare
/// tokens; tags and arcs, where there are any, settle the tense better. Without a published date only
/// what gives its own year is an expression, and what is counted from it ("a day later").
pub fn expressions(
    text: &str,
    sentence: &Sentence,
    published: impl Into<Option<Date>>,
) -> Vec<TimeExpression> {
    let published: Option<Date> = published.into();
    let calendar = Calendar::english();
    let words = Words::new(&sentence.tokens, calendar);
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut told: Option<When> = None;
    let mut at = 0;
    while at < sentence.tokens.len() {
        let Some((last, when)) = words.longest(at) else {
            at += 1;
            continue;
        };
        let named = found.iter().rev().find(|e| e.precision == Precision::Day).map(|e| e.start);
        let toward = tense::toward(sentence, calendar, at, last);
        let known = published.is_some() || when.is_absolute() || when.is_counted() && named.is_some();
        let same = when != When::Same || named.is_some();
        let today = published.or(named).unwrap_or(Date::ZERO);
        let period = (known && same).then(|| when.resolve(today, named.unwrap_or(today), toward)).flatten();
        if let Some(period) = period {
            let span = sentence.tokens[at].span.join(sentence.tokens[last - 1].span);
            let Period { start, end, precision } = period;
            let expression = TimeExpression { first: at, last, span, start, end, precision };
            let dated = told.and_then(|told: When| told.in_year_of(when)?.resolve(today, today, toward));
            if let (Some(dated), Some(before)) = (dated, found.last_mut()) {
                let whole = TimeExpression { start: dated.start, end: dated.end, ..before.clone() };
                if makes_range(text, &words, &whole, &expression) {
                    *before = whole;
                }
            }
            told = Some(when);
            match found.last_mut().filter(|before| makes_range(text, &words, before, &expression)) {
                Some(before) => *before = ranged(before, &expression),
                None => found.push(expression),
            }
        }
        at = last;
    }
    found
}

/// True where the two expressions are the ends of one range: "from Monday to Friday", "2019–2021".
fn makes_range(text: &str, words: &Words<'_>, from: &TimeExpression, to: &TimeExpression) -> bool {
    let opening = from.first.checked_sub(1).map_or("", |before| words.at(before));
    let link = Span::new(from.span.end, to.span.start).of(text).trim();
    let linked = match link {
        "to" | "through" | "until" | "till" => opening == "from" || link == "through",
        "and" => opening == "between",
        "-" | "–" | "—" => from.precision == to.precision,
        _ => false,
    };
    linked && from.start <= to.end
}

fn ranged(from: &TimeExpression, to: &TimeExpression) -> TimeExpression {
    let (start, end) = (from.start.min(to.start), from.end.max(to.end));
    let precision = Period::precision_of(start, end).max(from.precision.min(to.precision));
    TimeExpression { first: from.first, last: to.last, span: from.span.join(to.span), start, end, precision }
}
