//! A story: all publishers' versions of it, and the events it tells.

use super::frame::Frame;
use super::shown::{Shown, entries, shown};
use super::{Page, answer};
use crate::app::App;
use crate::problem::Problem;
use askama::Template;
use attache_report::ask::state;
use attache_report::write::link;
use attache_store::query::{self, Story, Telling};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use std::sync::Arc;

/// Versions whose texts are shown.
const TEXTS: usize = 20;
/// Letters of a text that are shown.
const LONGEST: usize = 6_000;

struct Version<'a> {
    telling: &'a Telling,
    title: String,
    url: Option<&'a str>,
    kin: String,
    text: Vec<String>,
    cut: bool,
}

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage<'a> {
    frame: &'a Frame,
    title: String,
    from: String,
    to: String,
    versions: Vec<Version<'a>>,
    events: Vec<Shown<'a>>,
}

/// `/story/{id}`
pub async fn story(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Page {
    let number: Option<i64> = id.parse().ok();
    answer(query, &headers, &format!("/story/{}", number.unwrap_or(0)), |_, frame| async move {
        let missing = || Problem::Missing("such story".into());
        let number = number.ok_or_else(missing)?;
        let found = app
            .read(move |_, archive| {
                let Some(story) = query::story(archive, number)? else { return Ok(None) };
                let mut texts = Vec::new();
                for telling in story.reports.iter().take(TEXTS) {
                    texts.push(query::report(archive, &telling.report)?.and_then(|report| report.text));
                }
                Ok(Some((story, texts, state(archive)?)))
            })
            .await?;
        let (story, texts, state) = found.ok_or_else(missing)?;
        let title = attache_text::clean(story.title.as_deref().unwrap_or(frame.say("story"))).into_owned();
        let frame = frame.of(&title, state);
        let entries = entries(&story.events);
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let page = StoryPage {
            title,
            from: day(story.first),
            to: day(story.last),
            versions: versions(&story, texts),
            events: shown(entries.iter(), &frame),
            frame: &frame,
        };
        Ok(page.render()?)
    })
    .await
}

fn versions(story: &Story, texts: Vec<Option<String>>) -> Vec<Version<'_>> {
    let texts = texts.into_iter().chain(std::iter::repeat(None));
    let version = |(telling, text): (&'_ Telling, Option<String>)| -> (String, Vec<String>, bool) {
        let text = text.unwrap_or_default();
        let cut = text.chars().count() > LONGEST;
        let shown: String = text.chars().take(LONGEST).collect();
        let paragraphs = shown
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| attache_text::clean(line).into_owned());
        let kin = serde_json::to_value(telling.kin).ok().and_then(|kin| kin.as_str().map(str::to_owned));
        (kin.unwrap_or_default(), paragraphs.collect(), cut)
    };
    story
        .reports
        .iter()
        .zip(texts)
        .map(|(telling, text)| {
            let (kin, text, cut) = version((telling, text));
            let title = attache_text::clean(telling.title.as_deref().unwrap_or("–")).into_owned();
            Version { telling, title, url: telling.url.as_deref().and_then(link), kin, text, cut }
        })
        .collect()
}
