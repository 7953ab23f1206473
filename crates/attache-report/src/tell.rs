//! From events to a brief.

use crate::agenda::{amounts, topics};
use crate::brief::{Brief, Entry, Level, Party, Standing, State, Totals};
use crate::calendar::{Calendar, Step, add};
use crate::firsts::firsts;
use crate::index::{Coverage, Item, Point, change, series};
use crate::input::Archived;
use crate::marks::in_sentence;
use crate::parties::{delegations, partners, people, third};
use crate::places::places;
use crate::publishers::publishers;
use crate::relation::{Act, Direction, acts, day};
use crate::side::Side;
use crate::turns::turns;
use attache_code::record::Actor;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Events so many days before the first report still belong to the period that begins with it.
const EARLY: i64 = 31;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The first side.
    pub a: Side,
    /// The second side; everyone else where none.
    pub b: Option<Side>,
    /// First day of the period; the first published day of the material where none.
    pub from: Option<Date>,
    /// Last day of the period; the last published day of the material where none.
    pub to: Option<Date>,
    /// Period of the series.
    pub step: Step,
    /// The state of the archive to tell from; its newest where none. Only [`ask`](crate::ask()) minds it.
    pub pin: Option<i64>,
}

/// What there is to answer from: pure data, in any order.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Events that involve the sides, those before the period too: what is new, and what changed, shows
    /// against them.
    pub events: &'a [Archived],
    /// Reports published about either side, by day.
    pub coverage: &'a [(Date, u64)],
    /// Texts of the relation's reports, for amounts of money; may be empty.
    pub texts: &'a [Text<'a>],
    /// Names of countries by code.
    pub names: &'a BTreeMap<String, String>,
    /// Which state of the archive this is.
    pub archive: &'a str,
}

/// The text of a report.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The report's id.
    pub report: &'a str,
    /// When it was published.
    pub published: Option<Date>,
    /// Its words.
    pub text: &'a str,
}

/// The program's name and version, as briefs carry it.
pub const VERSION: &str = concat!("attache ", env!("CARGO_PKG_VERSION"));

/// Tells the relation.
pub fn tell(question: &Question, material: &Material<'_>) -> Brief {
    let (a, b) = (&question.a, question.b.as_ref());
    let mut coverage = Coverage::new();
    material.coverage.iter().for_each(|(day, reports)| *coverage.entry(*day).or_default() += reports);
    let told = || material.events.iter().flat_map(|one| one.mentions.iter().filter_map(|m| m.published));
    // The relation begins with the first report that tells of it: an archive may be about others for years.
    let first_told = told().min().or(coverage.keys().next().copied());
    let last_told = told().max().into_iter().chain(coverage.keys().next_back().copied()).max();
    let last_day = last_told.or_else(|| material.events.iter().filter_map(day).max());
    let to = question.to.or(last_day).or(question.from).unwrap_or(Date::constant(1970, 1, 1));
    let first_told = first_told.unwrap_or(to).min(to);
    // The first reports tell of days a little before them.
    let early = add(first_told, -EARLY);
    let first_day = material.events.iter().filter_map(day).filter(|day| *day >= early).min();
    let begin = first_day.map_or(first_told, |day| day.min(first_told));
    let from = question.from.unwrap_or(begin).min(to);

    let all = acts(material.events, a, b);
    // The index warms up before the period, so that its first value is no beginner's.
    let calendar = Calendar::new(question.step, from.min(begin), to);
    let counted: Vec<&Act<'_>> =
        all.iter().filter(|act| act.is_counted(question.step) && act.day <= to).collect();
    let items = |keep: &dyn Fn(Direction) -> bool| -> Vec<Item> {
        counted.iter().filter(|act| keep(act.direction)).map(|act| item(act)).collect()
    };
    let (joint, out, back) = (items(&|_| true), items(&Direction::is_out), items(&Direction::is_back));
    let first_period = calendar.index(from).unwrap_or(0);
    let told_series = |items: &[Item]| series(&calendar, items, &coverage).split_off(first_period);
    let (joint_series, out_series, back_series) =
        (told_series(&joint), told_series(&out), told_series(&back));

    let start = joint_series.first().map_or(from, |point| point.start);
    let shown: Vec<&Act<'_>> = all.iter().filter(|act| act.day >= start && act.day <= to).collect();
    let used: Vec<&Act<'_>> = shown.iter().copied().filter(|act| act.is_counted(question.step)).collect();
    let level = |items: &[Item], points: &[Point]| level(items, points, &coverage, start, to);

    Brief {
        version: VERSION.into(),
        archive: material.archive.into(),
        a: a.clone(),
        b: b.cloned(),
        from: start,
        to,
        step: question.step,
        totals: totals(&shown, &used, &joint_series),
        standing: Standing {
            joint: level(&joint, &joint_series),
            out: level(&out, &out_series),
            back: level(&back, &back_series),
        },
        turns: turns(&counted, &coverage, begin, start, to),
        firsts: firsts(&all, begin, start, to, a, b),
        partners: if b.is_none() { partners(&used, a, material.names) } else { Vec::new() },
        agenda: topics(&used, &joint_series),
        amounts: amounts(&shown, material.texts),
        people_a: people(&used, a),
        people_b: b.map_or_else(Vec::new, |b| people(&used, b)),
        delegations: delegations(&shown, a, b),
        third: b.map_or_else(Vec::new, |b| third(&used, a, b, material.names)),
        places: places(&used),
        publishers: publishers(&used),
        events: shown.iter().rev().map(|act| entry(act, question.step)).collect(),
        joint: joint_series,
        out: out_series,
        back: back_series,
    }
}

/// No name or title of a brief is longer, in letters.
const LONGEST: usize = 300;

/// A name or title as a brief carries it: nothing that hides or reorders text, and of bounded length. The
/// archive keeps the words as they were.
pub(crate) fn tidy(words: &str) -> String {
    let words = attache_text::clean(words);
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.into_owned(),
    }
}

/// An act as the index sees it.
pub(crate) fn item(act: &Act<'_>) -> Item {
    let event = act.event();
    let score = if event.score.is_finite() { event.score.clamp(-10.0, 10.0) } else { 0.0 };
    Item { day: act.day, story: act.archived.story, score, quad: event.quad, told: act.told() }
}

fn totals(shown: &[&Act<'_>], used: &[&Act<'_>], joint: &[Point]) -> Totals {
    let stories: BTreeSet<i64> = shown.iter().map(|act| act.archived.story).collect();
    let publishers: BTreeSet<&str> = shown.iter().flat_map(|act| publishers_of(act)).collect();
    Totals {
        reports: joint.iter().map(|point| point.reports).sum(),
        events: shown.len() as u64,
        counted: used.len() as u64,
        tellings: shown.iter().map(|act| act.told() as u64).sum(),
        stories: stories.len() as u64,
        publishers: publishers.len() as u64,
        within: shown.iter().filter(|act| act.direction == Direction::Within).count() as u64,
    }
}

fn publishers_of<'a>(act: &Act<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    act.archived.mentions.iter().filter_map(|mention| mention.publisher.as_deref())
}

fn level(items: &[Item], points: &[Point], coverage: &Coverage, from: Date, to: Date) -> Level {
    let last = points.last();
    let mut quads = [0; 4];
    let (mut events, mut sum) = (0, 0.0);
    for point in points {
        quads.iter_mut().zip(point.quads).for_each(|(all, one)| *all += one);
        events += point.events;
    }
    for item in items.iter().filter(|item| item.day >= from && item.day <= to) {
        sum += item.score;
    }
    let year = add(to, -364);
    let quiet = !items.iter().any(|item| item.day > year && item.day <= to);
    let (index, low, high) = last.map_or((0.0, 0.0, 0.0), |point| (point.index, point.low, point.high));
    let state = match () {
        () if quiet => State::Quiet,
        () if low > 0.0 => State::Cooperative,
        () if high < 0.0 => State::Conflictual,
        () => State::Mixed,
    };
    Level {
        index,
        low,
        high,
        state,
        events,
        sum: crate::index::round(sum),
        mean: (events > 0).then(|| crate::index::round(sum / events as f64)),
        quads,
        change_4: change(items, coverage, to, 4),
        change_52: change(items, coverage, to, 52),
    }
}

/// An act as it is listed.
pub fn entry(act: &Act<'_>, step: Step) -> Entry {
    let event = act.event();
    let mut publishers: Vec<String> = publishers_of(act).map(tidy).collect();
    publishers.sort();
    publishers.dedup();
    Entry {
        id: event.id.clone(),
        date: act.day,
        date_precision: event.date_precision,
        kind: event.kind,
        mode: event.mode.iter().map(|one| tidy(one)).collect(),
        contexts: event.contexts.iter().map(|one| tidy(one)).collect(),
        quad: event.quad,
        score: event.score,
        status: event.status,
        direction: act.direction,
        counted: act.is_counted(step),
        actors: event.actor.iter().map(party).collect(),
        recipients: event.recipient.iter().map(party).collect(),
        place: event.place.as_ref().map(|place| tidy(&place.name)),
        sentence: event.evidence.sentence.clone(),
        marks: in_sentence(event),
        story: act.archived.story,
        tellings: act.told() as u64,
        publishers,
        report: event.report.id.clone(),
        title: event.report.title.as_deref().map(tidy),
        url: event.report.url.clone(),
        published: event.report.published,
        confidence: event.confidence,
    }
}

/// Someone who takes part, as shown.
pub fn party(actor: &Actor) -> Party {
    let code = match (&actor.country, &actor.sector) {
        (Some(country), Some(sector)) => format!("{country}:{sector}"),
        (Some(country), None) => country.clone(),
        (None, Some(sector)) => format!(":{sector}"),
        (None, None) => String::new(),
    };
    Party {
        name: tidy(&actor.name),
        code: tidy(&code),
        role: actor.role.as_deref().map(tidy),
        id: actor.id.clone(),
    }
}
