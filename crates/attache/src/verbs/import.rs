//! `attache import`: events of other programs and formats into an archive.

use crate::Outcome;
use crate::exchange::{self, Import};
use attache_code::Event;
use attache_store::{CodedReport, Prepared, Writer};
use attache_text::{Block, BlockKind, Published, PublishedBy, Report, Span};

/// Reports after which what was kept is made to last.
const BATCH: usize = 256;

/// Keeps the events of every input. Events that follow each other and name one report are kept together, those
/// that come later are added to it; of its words only the evidence is known.
pub fn run(args: &Import, quiet: bool) -> Outcome {
    let mut writer = Writer::open(&args.archive)?;
    let mut held: Vec<Event> = Vec::new();
    let failed = exchange::import(args, quiet, |event| {
        if held.first().is_some_and(|first| first.report != event.report || first.version != event.version) {
            keep(&mut writer, std::mem::take(&mut held))?;
        }
        held.push(event);
        Ok(())
    })?;
    if !held.is_empty() {
        keep(&mut writer, held)?;
    }
    writer.commit()?;
    Ok(failed)
}

fn keep(writer: &mut Writer, events: Vec<Event>) -> anyhow::Result<()> {
    writer.keep_piece(&Prepared::new(report_of(events), false))?;
    if writer.pending() >= BATCH {
        writer.commit()?;
    }
    Ok(())
}

/// The report the events stand in, as far as they tell it.
fn report_of(events: Vec<Event>) -> CodedReport {
    let Some(first) = events.first() else { return CodedReport::default() };
    let (told, version) = (first.report.clone(), first.version.clone());
    // Formats that name no report (GDELT) name its address, or only the event.
    let names = [Some(&told.id), told.url.as_ref(), Some(&first.id)];
    let id = names.into_iter().flatten().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    let mut sentences: Vec<&str> = events.iter().map(|event| event.evidence.sentence.as_str()).collect();
    sentences.dedup();
    let text = sentences.join(" ");
    let sides = events.iter().flat_map(|event| event.actor.iter().chain(&event.recipient));
    let mut countries: Vec<String> = sides.filter_map(|side| side.country.clone()).collect();
    countries.sort_unstable();
    countries.dedup();
    let published = told.published.map(|date| Published {
        date,
        raw: date.to_string(),
        ambiguous: false,
        by: PublishedBy::Metadata,
    });
    let blocks = vec![Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }];
    let report = Report {
        id,
        given_id: told.given_id,
        text,
        blocks,
        title: told.title,
        publisher: told.publisher,
        url: told.url,
        published,
        ..Report::default()
    };
    CodedReport { report, language: None, countries, version, events }
}
