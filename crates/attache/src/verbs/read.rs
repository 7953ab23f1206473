//! `attache read`: reports in, their events out, as a digest or as JSON lines.

use super::texts::BUG;
use crate::args::{Format, Read};
use crate::digest::{Ink, Setting, WIDEST, digest};
use crate::ordered::in_order;
use crate::talk::Talk;
use crate::{Outcome, data, dictionaries};
use anyhow::Context;
use attache_code::{Coded, Coder};
use attache_read::{Input, Options, ReadError, read_bytes};
use attache_text::Report;
use std::io::{self, BufWriter, IsTerminal, Write};

/// One input's answer: what to write and what to note, or why it failed.
type Answer = Result<(String, Vec<String>), String>;

/// Codes every report behind the inputs.
pub fn run(args: &Read, quiet: bool) -> Outcome {
    let coder = data::coder_of(|| dictionaries::registry(&args.dictionaries, quiet))?;
    let options = args.reading.options();
    let terminal = io::stdout().is_terminal();
    let format = args.to.unwrap_or(if terminal { Format::Digest } else { Format::Jsonl });
    let setting = setting(terminal);
    let work = |input| answer(&coder, input, &options, format, setting);

    let mut talk = Talk::new("reports", quiet);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut first = true;
    in_order(attache_read::list(&args.input), work, |answered| {
        talk.step();
        match answered.unwrap_or_else(|| Err(BUG.to_owned())) {
            Err(reason) => {
                talk.fail(&reason);
                Ok(())
            }
            Ok((text, notes)) => {
                notes.iter().for_each(|note| talk.note(note));
                let gap = if format == Format::Digest && !std::mem::take(&mut first) { "\n\n" } else { "" };
                talk.aside(|| {
                    write!(out, "{gap}{text}")?;
                    out.flush()
                })
            }
        }
    })
    .context("standard output")?;
    Ok(talk.end())
}

fn answer(
    coder: &Coder,
    input: Result<Input, ReadError>,
    options: &Options,
    format: Format,
    setting: Setting,
) -> Answer {
    let (mut report, name) = report(input, options).map_err(|error| error.to_string())?;
    let coded = coder.code(&report).map_err(|error| format!("{name}: {error}"))?;
    match format {
        Format::Digest => {
            report.notes.extend(coded.notes.iter().cloned());
            Ok((digest(&report, &coded.events, coded_sentences(&coded), setting), Vec::new()))
        }
        Format::Jsonl => {
            let mut text = String::new();
            for event in &coded.events {
                text += &serde_json::to_string(event).map_err(|error| format!("{name}: {error}"))?;
                text.push('\n');
            }
            let notes = report.notes.iter().chain(&coded.notes).map(|note| format!("{name}: {note}"));
            Ok((text, notes.collect()))
        }
    }
}

/// The report of an input, and the input's name.
///
/// # Errors
/// Why there is none; the message names the input.
pub(super) fn report(
    input: Result<Input, ReadError>,
    options: &Options,
) -> Result<(Report, String), ReadError> {
    let input = input?;
    let name = input.name();
    let report = read_bytes(&input.load(options.max_bytes)?, &name, options)?;
    Ok((report, name))
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
