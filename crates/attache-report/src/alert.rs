//! Rules in plain words, and what they find in a brief.

use crate::brief::{Brief, Entry, Novelty};
use crate::calendar::add;
use crate::index::Change;
use attache_code::EventType;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What to watch for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// The index of the last four weeks moved by more than this against so many weeks before.
    Change {
        /// Score per hundred reports.
        over: f64,
        /// Which way.
        way: Way,
        /// 4 or 52.
        weeks: i64,
    },
    /// The first event of a type, or of any, in so many weeks.
    First {
        /// The type.
        kind: Option<EventType>,
        /// How long there was none.
        weeks: i64,
    },
    /// Somebody acts who never did.
    NewActor,
    /// Any event of a type.
    Any(EventType),
    /// More counted events in the last week than this.
    Busy(u64),
    /// An event told by more publishers than this.
    Told(u64),
}

/// Which way an index moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// Up or down.
    Either,
    /// Up.
    Rise,
    /// Down.
    Fall,
}

/// Words that are no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no rule. Rules read like: change over 20; fall over 10 in 52 weeks; first SANCTION in 40 weeks; \
     first event in 30 weeks; new actor; any ASSAULT; more than 10 events; told by more than 3"
)]
pub struct RuleError(String);

/// Something a rule found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// When.
    pub date: Date,
    /// The rule, in its words.
    pub rule: String,
    /// What it found, in one line.
    pub text: String,
    /// The event behind it; none for a movement of the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Entry>,
}

impl Rule {
    /// The rule that the words mean.
    ///
    /// # Errors
    /// Words that are none; the message shows what is understood.
    pub fn parse(words: &str) -> Result<Rule, RuleError> {
        let lower = words.to_lowercase();
        let said: Vec<&str> = lower.split_whitespace().collect();
        let wrong = || RuleError(words.trim().chars().take(80).collect());
        let kind = |word: &str| EventType::parse(word).ok_or_else(wrong);
        let number =
            |word: &str| word.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0).ok_or_else(wrong);
        let count = |word: &str| word.parse::<u64>().map_err(|_| wrong());
        let weeks = |word: &str| count(word).and_then(|n| i64::try_from(n).map_err(|_| wrong()));
        match said[..] {
            [way @ ("change" | "rise" | "fall"), "over", over] => {
                Ok(Rule::Change { over: number(over)?, way: Way::of(way), weeks: 4 })
            }
            [way @ ("change" | "rise" | "fall"), "over", over, "in", span @ ("4" | "52"), "weeks"] => {
                Ok(Rule::Change { over: number(over)?, way: Way::of(way), weeks: weeks(span)? })
            }
            ["first", "event", "in", span, "week" | "weeks"] => {
                Ok(Rule::First { kind: None, weeks: weeks(span)? })
            }
            ["first", name, "in", span, "week" | "weeks"] => {
                Ok(Rule::First { kind: Some(kind(name)?), weeks: weeks(span)? })
            }
            ["first", name] => Ok(Rule::First { kind: Some(kind(name)?), weeks: crate::firsts::QUIET_TYPE }),
            ["new", "actor"] => Ok(Rule::NewActor),
            ["any", name] => Ok(Rule::Any(kind(name)?)),
            ["more", "than", events, "event" | "events"] => Ok(Rule::Busy(count(events)?)),
            ["told", "by", "more", "than", publishers] => Ok(Rule::Told(count(publishers)?)),
            _ => Err(wrong()),
        }
    }

    /// What the rule finds in the brief since a day, in order of days.
    pub fn alerts(&self, brief: &Brief, since: Date) -> Vec<Alert> {
        let alert = |event: &Entry, text: String| Alert {
            date: event.date,
            rule: self.to_string(),
            text,
            event: Some(event.clone()),
        };
        let events = || brief.events.iter().rev().filter(|event| event.counted && event.date >= since);
        match self {
            Rule::Change { over, way, weeks } => {
                let told = if *weeks == 52 {
                    &brief.standing.joint.change_52
                } else {
                    &brief.standing.joint.change_4
                };
                let moved = match way {
                    Way::Either => told.change.abs() > *over,
                    Way::Rise => told.change > *over,
                    Way::Fall => -told.change > *over,
                };
                let text = moved.then(|| movement(told));
                text.map(|text| Alert { date: brief.to, rule: self.to_string(), text, event: None })
                    .into_iter()
                    .collect()
            }
            Rule::First { kind, weeks } => firsts(brief, *kind, *weeks)
                .filter(|(event, _)| event.date >= since)
                .map(|(event, text)| alert(event, text))
                .collect(),
            Rule::NewActor => brief
                .firsts
                .iter()
                .filter(|first| first.what == Novelty::Actor && first.event.date >= since)
                .map(|first| alert(&first.event, format!("{} acts for the first time", first.name)))
                .collect(),
            Rule::Any(kind) => events()
                .filter(|event| event.kind == *kind)
                .map(|event| alert(event, headline(event)))
                .collect(),
            Rule::Busy(most) => {
                let week = add(brief.to, -6).max(since);
                let count = events().filter(|event| event.date >= week).count() as u64;
                let text = format!("{count} events since {week}");
                let busy = Alert { date: brief.to, rule: self.to_string(), text, event: None };
                (count > *most).then_some(busy).into_iter().collect()
            }
            Rule::Told(most) => events()
                .filter(|event| event.publishers.len() as u64 > *most)
                .map(|event| {
                    alert(event, format!("{} publishers tell: {}", event.publishers.len(), headline(event)))
                })
                .collect(),
        }
    }
}

/// The events that are the first of the type, or of any, in so many weeks; the brief must reach further
/// back than that.
fn firsts(brief: &Brief, kind: Option<EventType>, weeks: i64) -> impl Iterator<Item = (&Entry, String)> {
    let mut last = brief.from;
    let mut known = false;
    brief
        .events
        .iter()
        .rev()
        .filter(move |event| event.counted && kind.is_none_or(|kind| event.kind == kind))
        .filter_map(move |event| {
            let silent = crate::calendar::between(last, event.date) / 7;
            let since =
                if known { format!("in {silent} weeks") } else { format!("since {} at least", brief.from) };
            (last, known) = (event.date, true);
            (silent >= weeks).then(|| {
                let what = kind.map_or("event", EventType::as_str);
                (event, format!("first {what} {since}: {}", headline(event)))
            })
        })
}

/// An event in a line: `SANCTION: United States → Colombia`.
pub fn headline(event: &Entry) -> String {
    let names = |parties: &[crate::brief::Party]| {
        parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    match (event.actors.is_empty(), event.recipients.is_empty()) {
        (_, true) => format!("{}: {}", event.kind.as_str(), names(&event.actors)),
        (true, false) => format!("{} of {}", event.kind.as_str(), names(&event.recipients)),
        (false, false) => {
            format!("{}: {} → {}", event.kind.as_str(), names(&event.actors), names(&event.recipients))
        }
    }
}

fn movement(told: &Change) -> String {
    let sure = if told.clear { "clear of chance" } else { "within what single stories make" };
    format!(
        "the index moved by {:+.1} ({:+.1} to {:+.1}, {sure}) against the {} weeks before",
        told.change, told.low, told.high, told.weeks
    )
}

impl Way {
    fn of(word: &str) -> Way {
        match word {
            "rise" => Way::Rise,
            "fall" => Way::Fall,
            _ => Way::Either,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Change { over, way, weeks } => {
                let way = match way {
                    Way::Either => "change",
                    Way::Rise => "rise",
                    Way::Fall => "fall",
                };
                write!(to, "{way} over {over} in {weeks} weeks")
            }
            Rule::First { kind: None, weeks } => write!(to, "first event in {weeks} weeks"),
            Rule::First { kind: Some(kind), weeks } => write!(to, "first {} in {weeks} weeks", kind.as_str()),
            Rule::NewActor => write!(to, "new actor"),
            Rule::Any(kind) => write!(to, "any {}", kind.as_str()),
            Rule::Busy(most) => write!(to, "more than {most} events"),
            Rule::Told(most) => write!(to, "told by more than {most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_and_said_alike() {
        for words in [
            "change over 20 in 4 weeks",
            "fall over 7.5 in 52 weeks",
            "first SANCTION in 40 weeks",
            "first event in 30 weeks",
            "new actor",
            "any ASSAULT",
            "more than 10 events",
            "told by more than 3",
        ] {
            assert_eq!(Rule::parse(words).unwrap().to_string(), words);
        }
        assert_eq!(Rule::parse("First sanction").unwrap().to_string(), "first SANCTION in 26 weeks");
    }

    #[test]
    fn other_words_are_refused_with_help() {
        for words in
            ["", "change over x", "first DANCE in 4 weeks", "change over NaN", "any", "more than -3 events"]
        {
            let error = Rule::parse(words).unwrap_err().to_string();
            assert!(error.contains("first SANCTION in 40 weeks"), "{error}");
        }
    }
}
