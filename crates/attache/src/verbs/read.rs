//! `attache read`: reports in, their events out, as a digest or in a format of events.

use super::texts::BUG;
use crate::args::{Format, Read};
use crate::digest::{Ink, Setting, WIDEST, digest};
use crate::exchange::summarise;
use crate::ordered::in_order;
use crate::talk::Talk;
use crate::{Outcome, data, dictionaries};
use anyhow::Context;
use attache_code::{Coded, Coder, Event};
use attache_read::{Document, Options, Problem};
use attache_store::exchange::{self, Codes, Tally, Writer};
use attache_text::Report;
use std::io::{self, BufWriter, IsTerminal, Write};

/// One input's answer: what to write and what to note, or why it failed.
type Answer = Result<(Told, Vec<String>), String>;

/// What to write of one input.
enum Told {
    /// As it is.
    Text(String),
    /// In the format asked for.
    Events(Vec<Event>),
}

/// Codes every report behind the inputs.
pub fn run(args: &Read, quiet: bool) -> Outcome {
    let coder = data::coder_of(|| dictionaries::registry(&args.dictionaries, quiet))?;
    let options = args.reading.options();
    let terminal = io::stdout().is_terminal();
    let lines = Format::Events(exchange::Format::Jsonl);
    let format = args.to.unwrap_or(if terminal { Format::Digest } else { lines });
    let setting = setting(terminal);
    let codes = data::codes()?;
    let mut writer = writer(format, terminal, &codes)?;
    let mut tally = Tally::default();
    let work = |document| answer(&coder, document, &options, format, setting);

    let mut talk = Talk::new("reports", quiet);
    let mut out = BufWriter::new(io::stdout());
    let mut first = true;
    in_order(attache_read::documents(&args.input, &options), work, |answered| {
        talk.step();
        match answered.unwrap_or_else(|| Err(BUG.to_owned())) {
            Err(reason) => {
                talk.fail(&reason);
                Ok(())
            }
            Ok((told, notes)) => {
                notes.iter().for_each(|note| talk.note(note));
                let text = match (told, &mut writer) {
                    (Told::Text(text), _) => text,
                    (Told::Events(events), Some((_, writer))) => {
                        return events.iter().try_for_each(|event| tally.write(event, writer.as_mut()));
                    }
                    (Told::Events(_), None) => return Ok(()),
                };
                let gap = if format == Format::Digest && !std::mem::take(&mut first) { "\n\n" } else { "" };
                talk.aside(|| {
                    write!(out, "{gap}{text}")?;
                    out.flush()
                })
            }
        }
    })
    .context("standard output")?;
    if let Some((format, writer)) = writer {
        writer.end().context("standard output")?;
        summarise(&tally, format, &talk);
    }
    Ok(talk.end())
}

/// The writer of a format that is more than lines of text.
fn writer(
    format: Format,
    terminal: bool,
    codes: &Codes,
) -> anyhow::Result<Option<(exchange::Format, Box<dyn Writer + '_>)>> {
    match format {
        Format::Digest | Format::Events(exchange::Format::Jsonl) => Ok(None),
        Format::Events(exchange::Format::Parquet) if terminal => {
            anyhow::bail!("Parquet is not for terminals: send the output to a file")
        }
        Format::Events(format) => Ok(Some((format, format.writer(BufWriter::new(io::stdout()), codes)?))),
    }
}

fn answer(
    coder: &Coder,
    document: Result<Document, Problem>,
    options: &Options,
    format: Format,
    setting: Setting,
) -> Answer {
    let (mut report, name) = report(document, options).map_err(|error| error.to_string())?;
    let coded = coder.code(&report).map_err(|error| format!("{name}: {error}"))?;
    match format {
        Format::Digest => {
            report.notes.extend(coded.notes.iter().cloned());
            let text = digest(&report, &coded.events, coded_sentences(&coded), setting);
            Ok((Told::Text(text), Vec::new()))
        }
        Format::Events(format) => {
            let notes = report.notes.iter().chain(&coded.notes).map(|note| format!("{name}: {note}"));
            let notes = notes.collect();
            if format != exchange::Format::Jsonl {
                return Ok((Told::Events(coded.events), notes));
            }
            let mut text = String::new();
            for event in &coded.events {
                text += &serde_json::to_string(event).map_err(|error| format!("{name}: {error}"))?;
                text.push('\n');
            }
            Ok((Told::Text(text), notes))
        }
    }
}

/// The report of a document, and the document's name.
///
/// # Errors
/// Why there is none; the message names file, record and byte.
pub(super) fn report(
    document: Result<Document, Problem>,
    options: &Options,
) -> Result<(Report, String), Problem> {
    let document = document?;
    let name = document.name();
    Ok((document.report(options)?, name))
}

fn coded_sentences(coded: &Coded) -> usize {
    coded.kinds.iter().filter(|kind| kind.is_coded()).count()
}

/// Colours where a person looks and does not ask for none (<https://no-color.org>); the terminal's
/// width where there is one.
fn setting(terminal: bool) -> Setting {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
    let ink = if terminal && !plain { Ink::Colour } else { Ink::Letters };
    let columns = console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    Setting { width: columns.filter(|_| terminal).unwrap_or(WIDEST), ink }
}
