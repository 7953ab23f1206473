//! A person, body or country: what the registry knows, with whom it deals, its latest events.

use super::frame::Frame;
use super::shown::{Shown, shown};
use super::{Page, answer};
use crate::app::App;
use crate::problem::Problem;
use askama::Template;
use attache_code::entity::Known;
use attache_report::ask::state;
use attache_report::brief::Brief;
use attache_report::{Question, Sides, Step, charts};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use std::sync::Arc;

/// Events on the page.
const ROWS: usize = 25;

#[derive(Template)]
#[template(path = "entity.html")]
struct EntityPage<'a> {
    frame: &'a Frame,
    name: &'a str,
    known: Vec<Known>,
    brief: &'a Brief,
    timeline: String,
    quads: String,
    partners: Vec<(String, &'a attache_report::brief::Partner)>,
    events: Vec<Shown<'a>>,
    relation: String,
}

/// `/entity?id=`
pub async fn entity(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Page {
    answer(query, &headers, "/entity", |params, frame| async move {
        let id = params.need("id")?.to_owned();
        let (from, to) = params.period()?;
        let (brief, state) = app
            .read(move |app, archive| {
                let a = side(app.sides(), archive, &id)?;
                let question = Question { a, b: None, from, to, step: Step::Week, pin: None };
                Ok((app.brief(archive, &question)?, state(archive)?))
            })
            .await?;
        let name = attache_text::clean(&brief.a.name).into_owned();
        let frame = frame.of(&name, state);
        let known = known(app.sides(), &brief.a.name);
        if brief.events.is_empty() && known.is_empty() {
            return Err(Problem::Missing(format!(
                "“{}” in this archive",
                name.chars().take(60).collect::<String>()
            )));
        }
        let page = EntityPage {
            frame: &frame,
            name: &name,
            known,
            timeline: charts::timeline(&brief, frame.tongue),
            quads: charts::quads(&brief, frame.tongue),
            partners: brief
                .partners
                .iter()
                .map(|row| (frame.relation(&brief.a.code, &row.code), row))
                .collect(),
            events: shown(brief.events.iter().take(ROWS), &frame),
            relation: frame.relation(&brief.a.code, ""),
            brief: &brief,
        };
        Ok(page.render()?)
    })
    .await
}

/// The side of a registry id or a name. An id is looked up among those the archive has met, since people are
/// known to the registry by name.
fn side(sides: &Sides, archive: &attache_store::Archive, id: &str) -> Result<attache_report::Side, Problem> {
    use rusqlite::OptionalExtension;
    let name: Option<String> = archive
        .connection()
        .prepare_cached("SELECT name FROM entities WHERE key = ?1 AND key <> country ORDER BY id LIMIT 1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    match name {
        Some(name) => Ok(attache_report::Side {
            code: id.to_owned(),
            names: Vec::new(),
            ids: vec![id.to_owned()],
            name,
            ..attache_report::Side::default()
        }),
        None => Ok(sides.parse(id)?),
    }
}

fn known(sides: &Sides, name: &str) -> Vec<Known> {
    let mut known = sides.registry().who(name, None);
    known.truncate(5);
    known
}
