//! Event files of PETRARCH-2 and UniversalPetrarch: 7 to 13 tab-separated columns without header.

use super::actor_code;
use super::base::{self, fact};
use super::cells::{Row, rows, write_row};
use super::codes::Codes;
use super::format::{Events, Writer};
use super::pairs::{join, pairs};
use super::phoenix::party;
use super::problem::{Cause, Problem, WriteError};
use attache_code::Event;
use attache_code::record::Actor;
use std::io::{self, BufRead, Write};

/// The columns of the longest form. A row has the first six, the address if the story had one, the source,
/// then what the coder was told to add.
pub(crate) const COLUMNS: [&str; 13] = [
    "date",
    "source",
    "target",
    "code",
    "issues",
    "ids",
    "url",
    "StorySource",
    "actor text source",
    "actor text target",
    "event text",
    "actor root source",
    "actor root target",
];
const MISSING: &str = "---";

/// The events of a PETRARCH file.
pub(crate) fn read<'a>(input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    let rows = rows(input, &COLUMNS, |count| (7..=13).contains(&count));
    Box::new(join(rows.map(move |row| event(&row?, codes))))
}

fn event(row: &Row, codes: &Codes) -> Result<Event, Problem> {
    let date = row.needed_day(0)?;
    let tail = Tail::of(row);
    // Rows of one event differ in their parties only.
    let alike = [row.text(0), row.text(3), row.text(4), row.text(5)];
    let id = base::hash(alike.into_iter().chain(tail.event_text.map(|at| row.text(at))));
    let code = row.text(3);
    let mut event = base::cameo_event(id, "petrarch", code, date, codes).map_err(|reason| match reason {
        Some(reason) => row.damaged(3, &reason),
        None => row.problem(Cause::NoEvent, format!("CAMEO {code} is a plain statement")),
    })?;
    let issues = row.text(4).split(';').filter_map(|issue| issue.split(',').next());
    let known = issues.filter_map(|name| codes.ontology().context(&name.trim().to_lowercase()));
    event.contexts = known.map(|context| context.name.clone()).collect();
    event.report.id = row.text(5).split(';').next().unwrap_or_default().to_owned();
    event.report.url = tail.url.and_then(|at| row.owned(at));
    event.report.publisher = row.owned(tail.source);
    let side = |code: usize, text: Option<usize>, root: Option<usize>| -> Option<Actor> {
        let mut actor = party(row.text(code), codes)?;
        if let Some(name) = root.and_then(|at| row.given(at)) {
            name.clone_into(&mut actor.name);
        }
        actor.text = text.and_then(|at| row.owned(at)).unwrap_or_default();
        Some(actor)
    };
    event.actor.extend(side(1, tail.texts, tail.roots));
    event.recipient.extend(side(2, tail.texts.map(|at| at + 1), tail.roots.map(|at| at + 1)));
    event.evidence.sentence = tail.event_text.and_then(|at| row.owned(at)).unwrap_or_default();
    Ok(event)
}

/// Where the optional cells of a row stand.
struct Tail {
    url: Option<usize>,
    source: usize,
    texts: Option<usize>,
    event_text: Option<usize>,
    roots: Option<usize>,
}

impl Tail {
    fn of(row: &Row) -> Tail {
        let count = row.cells.len();
        let seventh = row.text(6);
        let has_url = count == 13
            || (count > 7 && (seventh.contains("://") || seventh.is_empty() || seventh == MISSING));
        let source = if has_url { 7 } else { 6 };
        let first = source + 1;
        // Actor texts come first, event text next, roots last.
        let (texts, event_text, roots) = match count.saturating_sub(first) {
            0 => (None, None, None),
            1 => (None, Some(first), None),
            2 => (Some(first), None, None),
            3 => (Some(first), Some(first + 2), None),
            4 => (Some(first), None, Some(first + 2)),
            _ => (Some(first), Some(first + 2), Some(first + 3)),
        };
        Tail { url: has_url.then_some(6), source, texts, event_text, roots }
    }
}

/// Writes PETRARCH rows of all 13 columns, so that every row of a file has as many.
pub(crate) struct Petrarch<'a, W> {
    out: W,
    codes: &'a Codes,
}

impl<'a, W: Write> Petrarch<'a, W> {
    pub fn new(out: W, codes: &'a Codes) -> Self {
        Petrarch { out, codes }
    }
}

impl<W: Write> Writer for Petrarch<'_, W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let date = fact(event)?;
        let issues: Vec<String> =
            event.contexts.iter().map(|name| format!("{},1", name.to_uppercase())).collect();
        for (source, target) in pairs(event) {
            let text = |actor: Option<&Actor>| actor.map(|actor| actor.text.clone()).unwrap_or_default();
            let name = |actor: Option<&Actor>| actor.map(|actor| actor.name.clone()).unwrap_or_default();
            let mut cells = [
                date.strftime("%Y%m%d").to_string(),
                actor_code::write(source, self.codes),
                actor_code::write(target, self.codes),
                base::full_cameo(event, self.codes),
                issues.join(";"),
                event.report.id.replace(';', ","),
                event.report.url.clone().unwrap_or_default(),
                event.report.publisher.clone().unwrap_or_default(),
                text(source),
                text(target),
                event.evidence.sentence.clone(),
                name(source),
                name(target),
            ];
            for cell in cells.iter_mut().skip(4).filter(|cell| cell.trim().is_empty()) {
                MISSING.clone_into(cell);
            }
            write_row(&mut self.out, &cells)?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
