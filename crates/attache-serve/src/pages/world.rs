//! The world: who moves with whom.

use super::frame::Frame;
use super::{Page, answer};
use crate::api::Holdings;
use crate::app::App;
use crate::problem::Problem;
use askama::Template;
use attache_report::calendar::add;
use attache_store::query;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Countries on an edge of the matrix.
const EDGE: usize = 12;
/// Pairs in the list.
const PAIRS: usize = 40;

/// Both directions of a pair of countries.
pub struct Pair {
    a: String,
    b: String,
    names: (String, String),
    out: u64,
    back: u64,
    mean: f64,
    page: String,
}

/// A cell of the matrix.
struct Cell {
    events: u64,
    mean: String,
    class: &'static str,
    page: String,
    label: String,
}

#[derive(Template)]
#[template(path = "world.html")]
struct WorldPage<'a> {
    frame: &'a Frame,
    holdings: &'a Holdings,
    demo: bool,
    from: String,
    to: String,
    pairs: Vec<Pair>,
    edge: Vec<(String, String, String)>,
    matrix: Vec<Vec<Option<Cell>>>,
    countries: Vec<(String, String)>,
}

/// `/`
pub async fn world(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Page {
    answer(query, &headers, "/", |params, frame| async move {
        let (from, to) = params.period()?;
        let (holdings, dyads, from, to) = app
            .read(move |app, archive| {
                let holdings = app.holdings(archive)?;
                let last = to.or_else(|| holdings.to.as_deref().and_then(|day| day.parse().ok()));
                // The last year; all of the demo, whose relations end at different times.
                let begin = || holdings.from.as_deref().and_then(|day| day.parse().ok());
                let year = || last.map(|last| add(last, -364));
                let first = from.or_else(|| if app.demo { begin() } else { year() });
                let dyads = query::dyads(archive, first, last)?;
                Ok((holdings, dyads, first, last))
            })
            .await?;
        let title = frame.say("world").to_owned();
        let frame = frame.of(&title, holdings.archive);
        let page = render(&app, &frame, &holdings, &dyads);
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Ok(WorldPage { from: day(from), to: day(to), ..page? }.render()?)
    })
    .await
}

fn render<'a>(
    app: &App,
    frame: &'a Frame,
    holdings: &'a Holdings,
    dyads: &[query::Dyad],
) -> Result<WorldPage<'a>, Problem> {
    let name = |code: &str| match app.sides().country_name(code) {
        Some(name) if frame.tongue == attache_report::Tongue::Es => name.es.clone(),
        Some(name) => name.en.clone(),
        None => code.to_owned(),
    };
    let mut joined: BTreeMap<(&str, &str), (u64, u64, f64)> = BTreeMap::new();
    let mut busy: BTreeMap<&str, u64> = BTreeMap::new();
    for dyad in dyads {
        let (one, two) = (dyad.actor.as_str(), dyad.recipient.as_str());
        let pair = joined.entry(if one < two { (one, two) } else { (two, one) }).or_default();
        if one < two {
            pair.0 += dyad.events;
        } else {
            pair.1 += dyad.events;
        }
        pair.2 += dyad.score;
        *busy.entry(one).or_default() += dyad.events;
        *busy.entry(two).or_default() += dyad.events;
    }
    let mut pairs: Vec<Pair> = joined
        .iter()
        .map(|((a, b), (out, back, score))| Pair {
            a: (*a).to_owned(),
            b: (*b).to_owned(),
            names: (name(a), name(b)),
            out: *out,
            back: *back,
            mean: score / (*out + *back).max(1) as f64,
            page: frame.relation(a, b),
        })
        .collect();
    pairs.sort_by(|one, two| {
        (two.out + two.back).cmp(&(one.out + one.back)).then_with(|| (&one.a, &one.b).cmp(&(&two.a, &two.b)))
    });
    pairs.truncate(PAIRS);
    let mut edge: Vec<(&str, u64)> = busy.into_iter().collect();
    edge.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
    edge.truncate(EDGE);
    let cells: BTreeMap<(&str, &str), &query::Dyad> =
        dyads.iter().map(|dyad| ((dyad.actor.as_str(), dyad.recipient.as_str()), dyad)).collect();
    let cell = |actor: &str, recipient: &str| {
        let dyad = cells.get(&(actor, recipient))?;
        let mean = dyad.score / dyad.events.max(1) as f64;
        let class = match mean {
            mean if mean >= 2.0 => "warm2",
            mean if mean > 0.0 => "warm1",
            mean if mean <= -2.0 => "cold2",
            mean if mean < 0.0 => "cold1",
            _ => "even",
        };
        let label = format!(
            "{} → {}: {} {}, {mean:+.1}",
            name(actor),
            name(recipient),
            dyad.events,
            frame.say("n_events")
        );
        Some(Cell {
            events: dyad.events,
            mean: format!("{mean:+.1}"),
            class,
            page: frame.relation(actor, recipient),
            label,
        })
    };
    let matrix = edge
        .iter()
        .map(|(actor, _)| edge.iter().map(|(recipient, _)| cell(actor, recipient)).collect())
        .collect();
    Ok(WorldPage {
        frame,
        holdings,
        demo: app.demo,
        from: String::new(),
        to: String::new(),
        pairs,
        edge: edge.iter().map(|(code, _)| ((*code).to_owned(), name(code), frame.entity(code))).collect(),
        matrix,
        countries: app.sides().countries().map(|(code, _)| (code.to_owned(), name(code))).collect(),
    })
}
