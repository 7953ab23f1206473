//! Search: events by words of their evidence, people and bodies by name, countries.

use super::frame::Frame;
use super::shown::{Shown, entries, shown};
use super::{Page, answer};
use crate::api::{Entity, find, named};
use crate::app::App;
use askama::Template;
use attache_report::ask::state;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use std::sync::Arc;

/// Events on a page.
const ROWS: usize = 25;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    frame: &'a Frame,
    words: &'a str,
    events: Vec<Shown<'a>>,
    total: u64,
    entities: Vec<(String, Entity)>,
    side: Option<(String, String)>,
    previous: Option<String>,
    next: Option<String>,
}

/// `/search?q=`
pub async fn search(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Page {
    answer(query, &headers, "/search", |params, frame| async move {
        let words = params.get("q").unwrap_or("").to_owned();
        let page = params.number("page", 1, 1, 1_000_000)?;
        let mut filter = params.filter(ROWS)?;
        (filter.limit, filter.offset) = (Some(ROWS), (page - 1) * ROWS);
        let asked = words.clone();
        let (events, total, entities, state) = app
            .read(move |_, archive| {
                let state = state(archive)?;
                if asked.is_empty() {
                    return Ok((Vec::new(), 0, Vec::new(), state));
                }
                let (events, total) = find(archive, &filter)?;
                let (entities, _) = named(archive, &asked, 20, 0)?;
                Ok((events, total, entities, state))
            })
            .await?;
        let title = frame.say("search").to_owned();
        let frame = frame.of(&title, state);
        let entries = entries(&events);
        let turn = |page: usize| frame.here(&[("page", &page.to_string())]);
        let side = if words.is_empty() { None } else { app.sides().parse(&words).ok() };
        let page = SearchPage {
            words: &words,
            events: shown(entries.iter(), &frame),
            total,
            entities: entities.into_iter().map(|one| (frame.entity(&one.id), one)).collect(),
            side: side
                .filter(|side| !side.countries.is_empty())
                .map(|side| (frame.relation(&side.code, ""), side.name)),
            previous: (page > 1).then(|| turn(page - 1)),
            next: (page as u64 * ROWS as u64).lt(&total).then(|| turn(page + 1)),
            frame: &frame,
        };
        Ok(page.render()?)
    })
    .await
}
