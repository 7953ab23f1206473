//! Two relations beside each other, over the same days.

use super::frame::Frame;
use super::{Page, answer, localised};
use crate::app::App;
use crate::params::Params;
use askama::Template;
use attache_report::ask::state;
use attache_report::brief::{Brief, Level};
use attache_report::charts;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use std::sync::Arc;

struct Half<'a> {
    name: String,
    brief: &'a Brief,
    levels: Vec<(String, &'a Level)>,
    timeline: String,
    quads: String,
    page: String,
    series: String,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage<'a> {
    frame: &'a Frame,
    halves: Vec<Half<'a>>,
}

/// `/compare?a=&b=&c=&d=`
pub async fn compare(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Page {
    answer(query, &headers, "/compare", |params, frame| async move {
        let questions = match (params.get("a"), params.get("c")) {
            (Some(_), Some(_)) => {
                let one = params.question(app.sides(), "a", "b")?;
                let other = params.question(app.sides(), "c", "d")?;
                [one, other].map(|question| localised(question, app.sides(), frame.tongue)).to_vec()
            }
            _ => Vec::new(), // the form alone
        };
        let (briefs, state) = app
            .read(move |app, archive| {
                // Both over the same days: those of the first, where none are asked for.
                let mut briefs: Vec<Arc<Brief>> = Vec::new();
                for mut question in questions {
                    if let Some(first) = briefs.first() {
                        (question.from, question.to) = (Some(first.from), Some(first.to));
                    }
                    briefs.push(app.brief(archive, &question)?);
                }
                Ok((briefs, state(archive)?))
            })
            .await?;
        let title = frame.say("compare_relations").to_owned();
        let frame = frame.of(&title, state);
        let halves = briefs.iter().map(|brief| half(brief, &frame, &params)).collect();
        Ok(ComparePage { frame: &frame, halves }.render()?)
    })
    .await
}

fn half<'a>(brief: &'a Brief, frame: &Frame, params: &Params) -> Half<'a> {
    let a = attache_text::clean(&brief.a.name).into_owned();
    let b = brief
        .b
        .as_ref()
        .map_or_else(|| frame.say("others").to_owned(), |b| attache_text::clean(&b.name).into_owned());
    let code = brief.b.as_ref().map_or("", |b| b.code.as_str());
    let (from, to) = (brief.from.to_string(), brief.to.to_string());
    let step = params.get("step").unwrap_or("");
    let pairs = [("a", brief.a.code.as_str()), ("b", code), ("from", &from), ("to", &to), ("step", step)];
    Half {
        name: format!("{a} – {b}"),
        levels: vec![
            (frame.say("joint").to_owned(), &brief.standing.joint),
            (format!("{a} → {b}"), &brief.standing.out),
            (format!("{b} → {a}"), &brief.standing.back),
        ],
        timeline: charts::timeline(brief, frame.tongue),
        quads: charts::quads(brief, frame.tongue),
        page: frame.link("/relation", &pairs),
        series: frame.link("/api/series", &pairs),
        brief,
    }
}
