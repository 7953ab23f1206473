//! An event: the report's text with the words it rests on, why it was coded so, every telling, every
//! revision.

use super::frame::Frame;
use super::{Page, answer};
use crate::app::App;
use crate::history::{Revision, revisions};
use crate::problem::Problem;
use askama::Template;
use attache_code::record::Actor;
use attache_report::ask::state;
use attache_report::charts::escape;
use attache_report::marks::{Mark, Role, marks, pieces};
use attache_report::write::link;
use attache_store::query::{self, Archived, StoredReport};
use attache_text::{BlockKind, Span, clean};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use std::sync::Arc;

/// Blocks of a report that are shown; the rest is summed up.
const BLOCKS: usize = 400;

/// A paragraph of the report as safe markup.
struct Paragraph {
    kind: &'static str,
    text: String,
}

/// One who takes part.
struct Who {
    name: String,
    standing: String,
    page: String,
}

/// One telling of the event.
struct Told<'a> {
    mention: &'a query::Mention,
    sentence: String,
    title: String,
    url: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage<'a> {
    frame: &'a Frame,
    archived: &'a Archived,
    title: String,
    status: String,
    actors: Vec<Who>,
    recipients: Vec<Who>,
    paragraphs: Vec<Paragraph>,
    kept: bool,
    url: Option<&'a str>,
    told: Vec<Told<'a>>,
    revisions: Vec<Revision>,
    relation: Option<String>,
    date: String,
}

/// `/event/{id}`
pub async fn event(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Page {
    let path = format!("/event/{}", form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>());
    answer(query, &headers, &path, |_, frame| async move {
        let shown: String = id.chars().take(60).collect();
        let found = app
            .read(move |_, archive| {
                let Some(archived) = query::event(archive, &id)? else { return Ok(None) };
                let report = query::report(archive, &archived.event.report.id)?;
                let history = revisions(archive, &archived.event.id)?.unwrap_or_default();
                Ok(Some((archived, report, history, state(archive)?)))
            })
            .await?;
        let (archived, report, history, state) =
            found.ok_or_else(|| Problem::Missing(format!("event {shown}")))?;
        render(frame, &archived, report.as_ref(), history, state)
    })
    .await
}

fn render(
    frame: Frame,
    archived: &Archived,
    report: Option<&StoredReport>,
    revisions: Vec<Revision>,
    state: i64,
) -> Result<String, Problem> {
    let event = &archived.event;
    let names = |actors: &[Actor]| {
        actors.iter().map(|one| clean(&one.name).into_owned()).collect::<Vec<_>>().join(", ")
    };
    let title = match event.recipient.is_empty() {
        true => format!("{}: {}", event.kind.as_str(), names(&event.actor)),
        false => format!("{}: {} → {}", event.kind.as_str(), names(&event.actor), names(&event.recipient)),
    };
    let frame = frame.of(&title, state);
    let text = report.and_then(|report| report.text.as_deref());
    let paragraphs = match (report, text) {
        (Some(report), Some(text)) => paragraphs(event, report, text),
        // Only the evidence was kept of the report's words.
        _ => vec![Paragraph {
            kind: "body",
            text: markup(
                &event.evidence.sentence,
                Span::new(0, event.evidence.sentence.len()),
                &attache_report::marks::in_sentence(event),
            ),
        }],
    };
    let country = |actors: &[Actor]| actors.iter().find_map(|one| one.country.clone());
    let relation = match (country(&event.actor), country(&event.recipient)) {
        (Some(a), Some(b)) if a != b => Some(frame.relation(&a, &b)),
        _ => None,
    };
    let status = serde_json::to_value(event.status).ok().and_then(|word| word.as_str().map(str::to_owned));
    let page = EventPage {
        title,
        status: status.unwrap_or_default(),
        actors: who(&event.actor, &frame),
        recipients: who(&event.recipient, &frame),
        kept: text.is_some(),
        paragraphs,
        url: event.report.url.as_deref().and_then(link),
        told: archived.mentions.iter().take(200).map(told).collect(),
        revisions,
        relation,
        date: event.date.map(|date| date.to_string()).unwrap_or_default(),
        frame: &frame,
        archived,
    };
    Ok(page.render()?)
}

fn who(actors: &[Actor], frame: &Frame) -> Vec<Who> {
    let one = |actor: &Actor| {
        let code = [actor.country.as_deref(), actor.sector.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(":");
        let role = actor.role.as_deref().unwrap_or("");
        let standing =
            [code.as_str(), role].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Who {
            name: clean(&actor.name).into_owned(),
            standing: clean(&standing).into_owned(),
            page: frame.entity(actor.id.as_deref().unwrap_or(&actor.name)),
        }
    };
    actors.iter().map(one).collect()
}

fn told(mention: &query::Mention) -> Told<'_> {
    let trigger = mention.trigger;
    let start = mention.span.start;
    let inside =
        (trigger.start >= start).then(|| Span::new(trigger.start - start, trigger.end.saturating_sub(start)));
    let marks: Vec<Mark> = inside.map(|span| Mark { role: Role::Trigger, span }).into_iter().collect();
    Told {
        mention,
        sentence: markup(&mention.sentence, Span::new(0, mention.sentence.len()), &marks),
        title: clean(mention.title.as_deref().unwrap_or("")).into_owned(),
        url: mention.url.as_deref().and_then(link),
    }
}

/// The blocks of the report with the event's words marked.
fn paragraphs(event: &attache_code::Event, report: &StoredReport, text: &str) -> Vec<Paragraph> {
    let marks = marks(event, text);
    let kind = |kind: BlockKind| match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Body => "body",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        BlockKind::Boilerplate => "boilerplate",
    };
    let blocks = report.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate).take(BLOCKS);
    let told: Vec<Paragraph> = blocks
        .map(|block| Paragraph { kind: kind(block.kind), text: markup(text, block.span, &marks) })
        .collect();
    match told.is_empty() {
        true => vec![Paragraph { kind: "body", text: markup(text, Span::new(0, text.len()), &marks) }],
        false => told,
    }
}

/// A part of a text as safe markup: the sentence of the event in `<span class="sentence">`, words in `<mark>`.
fn markup(text: &str, within: Span, marks: &[Mark]) -> String {
    let mut told = String::new();
    for piece in pieces(text, within, marks) {
        let words = escape(piece.text);
        let roles: Vec<Role> = piece.roles.iter().copied().filter(|role| *role != Role::Sentence).collect();
        let in_sentence = piece.roles.contains(&Role::Sentence);
        match (roles.is_empty(), in_sentence) {
            (true, false) => told.push_str(&words),
            (true, true) => told.push_str(&format!("<span class=\"sentence\">{words}</span>")),
            (false, _) => {
                let classes = roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ");
                told.push_str(&format!("<mark class=\"{classes}\" title=\"{classes}\">{words}</mark>"));
            }
        }
    }
    told
}
