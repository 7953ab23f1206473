//! A relation: standing, directed timeline, classes, agenda, people, places, events.

use super::frame::Frame;
use super::shown::{Shown, shown};
use super::{Page, answer, localised};
use crate::app::App;
use crate::params::{Params, kind, quad, status};
use crate::problem::Problem;
use askama::Template;
use attache_code::EventType;
use attache_report::ask::state;
use attache_report::brief::{Brief, Entry, Level, Person};
use attache_report::charts;
use attache_report::index::Point;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use std::sync::Arc;

/// Events on a page.
const ROWS: usize = 25;
/// Periods in the table of the series, the latest ones.
const PERIODS: usize = 400;

#[derive(Template)]
#[template(path = "relation.html")]
struct RelationPage<'a> {
    frame: &'a Frame,
    brief: &'a Brief,
    a: &'a str,
    b: &'a str,
    levels: Vec<(String, &'a Level)>,
    people: Vec<(&'a str, &'a [Person])>,
    timeline: String,
    quads: String,
    agenda: String,
    map: Option<String>,
    events: Vec<Shown<'a>>,
    found: usize,
    first: usize,
    previous: Option<String>,
    next: Option<String>,
    contexts: Vec<String>,
    kinds: [EventType; 16],
    series: String,
    rows: Vec<(&'a Point, &'a Point, &'a Point)>,
}

/// `/relation`
pub async fn relation(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Page {
    answer(query, &headers, "/relation", |params, frame| async move {
        let question = params.question(app.sides(), "a", "b")?;
        let question = localised(question, app.sides(), frame.tongue);
        let (brief, state) =
            app.read(move |app, archive| Ok((app.brief(archive, &question)?, state(archive)?))).await?;
        render(&params, frame, &brief, state)
    })
    .await
}

fn render(params: &Params, frame: Frame, brief: &Brief, state: i64) -> Result<String, Problem> {
    let a = attache_text::clean(&brief.a.name).into_owned();
    let b = brief
        .b
        .as_ref()
        .map_or_else(|| frame.say("others").to_owned(), |b| attache_text::clean(&b.name).into_owned());
    let frame = frame.of(&format!("{a} – {b}"), state);
    let keep = filter(params)?;
    let found: Vec<&Entry> = brief.events.iter().filter(|event| keep(event)).collect();
    let pages = found.len().div_ceil(ROWS).max(1);
    let number = params.number("page", 1, 1, 1_000_000)?.min(pages);
    let turn = |page: usize| frame.here(&[("page", &page.to_string())]) + "#events";
    let tongue = frame.tongue;
    let page = RelationPage {
        levels: vec![
            (frame.say("joint").to_owned(), &brief.standing.joint),
            (format!("{a} → {b}"), &brief.standing.out),
            (format!("{b} → {a}"), &brief.standing.back),
        ],
        people: [(a.as_str(), brief.people_a.as_slice()), (b.as_str(), brief.people_b.as_slice())]
            .into_iter()
            .filter(|(_, people)| !people.is_empty())
            .collect(),
        timeline: charts::timeline(brief, tongue),
        quads: charts::quads(brief, tongue),
        agenda: charts::agenda(brief, tongue),
        map: charts::places(brief, tongue),
        events: shown(found.iter().skip((number - 1) * ROWS).take(ROWS).copied(), &frame),
        found: found.len(),
        first: (number - 1) * ROWS + 1,
        previous: (number > 1).then(|| turn(number - 1)),
        next: (number < pages).then(|| turn(number + 1)),
        contexts: brief.agenda.iter().map(|topic| topic.context.clone()).collect(),
        kinds: EventType::ALL,
        series: frame.there("/api/series", &[("lang", ""), ("page", "")]),
        rows: rows(brief),
        frame: &frame,
        brief,
        a: &a,
        b: &b,
    };
    Ok(page.render()?)
}

/// The series as rows: both directions, out, back.
fn rows(brief: &Brief) -> Vec<(&Point, &Point, &Point)> {
    let skip = brief.joint.len().saturating_sub(PERIODS);
    let pairs = brief.joint.iter().zip(&brief.out).zip(&brief.back).skip(skip);
    pairs.map(|((joint, out), back)| (joint, out, back)).collect()
}

/// The brief with the events that the filters of the page leave: exactly what is on screen.
///
/// # Errors
/// Filters that cannot be used.
pub fn filtered(brief: &Brief, params: &Params) -> Result<Brief, Problem> {
    let keep = filter(params)?;
    let mut shown = brief.clone();
    shown.events.retain(|event| keep(event));
    Ok(shown)
}

/// The filters of the events table.
fn filter(params: &Params) -> Result<impl Fn(&Entry) -> bool + use<>, Problem> {
    let kinds = params.list("type", kind)?;
    let quads = params.list("quad", quad)?;
    let statuses = params.list("status", status)?;
    let context = params.get("context").map(str::to_owned);
    let publisher = params.get("publisher").map(str::to_owned);
    let words = params.get("q").map(str::to_lowercase);
    let way = params.get("direction").map(str::to_owned);
    Ok(move |event: &Entry| {
        (kinds.is_empty() || kinds.contains(&event.kind))
            && (quads.is_empty() || quads.contains(&event.quad))
            && (statuses.is_empty() || statuses.contains(&event.status))
            && context.as_ref().is_none_or(|context| event.contexts.contains(context))
            && publisher.as_ref().is_none_or(|publisher| event.publishers.contains(publisher))
            && way
                .as_ref()
                .is_none_or(|way| event.direction.as_str() == way || event.direction.as_str() == "both")
            && words.as_ref().is_none_or(|words| event.sentence.to_lowercase().contains(words.as_str()))
    })
}
