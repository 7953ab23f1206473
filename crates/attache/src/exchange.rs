//! Events between files: what `convert`, `export` and `import` share. [`export`] and [`import`] know no
//! archive, only events that come from one or go to one.

use crate::talk::Talk;
use crate::{Outcome, data};
use anyhow::{Context, anyhow, bail};
use attache_code::Event;
use attache_read::{Input as Source, Limits};
use attache_store::exchange::{Cause, Codes, Events, Format, HEAD, Input, Tally, Writer, sniff};
use clap::Args;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// `attache convert`
#[derive(Debug, Args)]
pub struct Convert {
    /// A file of events, or - for standard input
    pub input: PathBuf,
    /// The file to write, or - for standard output
    #[arg(default_value = "-")]
    pub output: PathBuf,
    /// The input's format [default: known by content]
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<Format>,
    /// The output's format [default: by the ending .jsonl, .csv or .parquet]
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<Format>,
}

/// `attache export`, for an archive
#[derive(Debug, Args)]
pub struct Export {
    /// The file to write, or - for standard output
    #[arg(default_value = "-")]
    pub output: PathBuf,
    /// The archive
    #[arg(long, value_name = "FILE")]
    pub archive: PathBuf,
    /// The output's format [default: by the ending .jsonl, .csv or .parquet]
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<Format>,
}

/// `attache import`, for an archive
#[derive(Debug, Args)]
pub struct Import {
    /// Files of events, or - for standard input
    #[arg(required = true)]
    pub input: Vec<PathBuf>,
    /// The archive
    #[arg(long, value_name = "FILE")]
    pub archive: PathBuf,
    /// The inputs' format [default: known by content]
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<Format>,
}

/// Reads events of one format and writes them in another.
pub fn convert(args: &Convert, quiet: bool) -> Outcome {
    let codes = data::codes()?;
    let to = format_of(&args.output, args.to)?;
    let mut talk = Talk::new("events", quiet);
    let mut streams = open(&args.input, args.from, &codes).peekable();
    // Nothing is written, nor anything replaced, before there is something to write.
    let mut failed = None;
    while let Some(error) = streams.next_if(Result::is_err).and_then(Result::err) {
        if let Some(error) = failed.replace(error) {
            talk.fail(&format!("{error:#}"));
        }
    }
    match (failed, streams.peek()) {
        (Some(error), None) => return Err(error),
        (Some(error), Some(_)) => talk.fail(&format!("{error:#}")),
        (None, None) => bail!("{}: holds no files", shown(&args.input)),
        (None, Some(_)) => {}
    }
    let tally = written(&args.output, to, &codes, |mut writer| {
        let mut tally = Tally::default();
        for stream in streams {
            let (name, events) = match stream {
                Ok(stream) => stream,
                Err(error) => {
                    talk.fail(&format!("{error:#}"));
                    continue;
                }
            };
            for event in events {
                talk.step();
                match event {
                    Ok(event) => tally.write(&event, writer.as_mut())?,
                    Err(problem) if problem.cause == Cause::NoEvent => tally.no_event += 1,
                    Err(problem) => talk.fail(&format!("{name}: {problem}")),
                }
            }
        }
        writer.end()?;
        Ok(tally)
    })?;
    summarise(&tally, to, &talk);
    Ok(talk.end())
}

/// Writes events, as an archive hands them out, in the format asked for.
///
/// # Errors
/// Where the events end with an error or the output fails; nothing is left of the output then.
pub fn export(
    mut events: impl Iterator<Item = anyhow::Result<Event>>,
    args: &Export,
    quiet: bool,
) -> Outcome {
    let codes = data::codes()?;
    let to = format_of(&args.output, args.to)?;
    let talk = Talk::new("events", quiet);
    let tally = written(&args.output, to, &codes, |mut writer| {
        let mut tally = Tally::default();
        for event in &mut events {
            tally.write(&event?, writer.as_mut())?;
            talk.step();
        }
        writer.end()?;
        Ok(tally)
    })?;
    summarise(&tally, to, &talk);
    Ok(talk.end())
}

/// Reads the events of every input and hands each to `keep`.
///
/// # Errors
/// Where `keep` fails. Inputs and records that cannot be read are named and counted.
pub fn import(args: &Import, quiet: bool, mut keep: impl FnMut(Event) -> anyhow::Result<()>) -> Outcome {
    let codes = data::codes()?;
    let mut talk = Talk::new("events", quiet);
    let mut no_event = 0_u64;
    for stream in args.input.iter().flat_map(|input| open(input, args.from, &codes)) {
        let (name, events) = match stream {
            Ok(stream) => stream,
            Err(error) => {
                talk.fail(&format!("{error:#}"));
                continue;
            }
        };
        for event in events {
            talk.step();
            match event {
                Ok(event) => keep(event)?,
                Err(problem) if problem.cause == Cause::NoEvent => no_event += 1,
                Err(problem) => talk.fail(&format!("{name}: {problem}")),
            }
        }
    }
    summarise(&Tally { no_event, ..Tally::default() }, Format::Jsonl, &talk);
    Ok(talk.end())
}

/// Events with what they are called in messages.
type Named<'a> = (String, Events<'a>);

/// The events of a file or of standard input, their format known by the first bytes; of a zip file those of
/// each entry.
fn open<'a>(
    path: &Path,
    from: Option<Format>,
    codes: &'a Codes,
) -> impl Iterator<Item = anyhow::Result<Named<'a>>> + use<'a> {
    let is_stdin = path.as_os_str() == "-";
    let input = if is_stdin { Source::Stdin } else { Source::File(path.to_owned()) };
    attache_read::streams(&input, Limits::default()).map(move |stream| {
        let mut stream = stream?;
        let name = stream.name().to_owned();
        let mut head = Vec::new();
        stream.by_ref().take(HEAD as u64).read_to_end(&mut head).with_context(|| name.clone())?;
        let format = from.or_else(|| sniff(&head)).ok_or_else(|| {
            anyhow!("{name}: no format of events is known by this content; name it with --from")
        })?;
        let input = match &input {
            // Parquet is read from its end.
            Source::File(path) if format == Format::Parquet && !stream.is_packed() => {
                Input::File(File::open(path).with_context(|| name.clone())?)
            }
            _ => Input::Stream(Box::new(BufReader::with_capacity(HEAD, io::Cursor::new(head).chain(stream)))),
        };
        let events = format.read(input, codes).with_context(|| name.clone())?;
        Ok((name, events))
    })
}

/// What the output is written in.
fn format_of(output: &Path, to: Option<Format>) -> anyhow::Result<Format> {
    let by_ending = || match output.extension()?.to_str()? {
        "jsonl" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        "parquet" => Some(Format::Parquet),
        _ => None,
    };
    let format = to.or_else(by_ending);
    let format = format.ok_or_else(|| anyhow!("say with --to what {} is to be written in", shown(output)))?;
    if format == Format::Parquet && output.as_os_str() == "-" && io::stdout().is_terminal() {
        bail!("Parquet is not for terminals: name a file");
    }
    Ok(format)
}

/// Writes a file by `fill`. It is there when it is whole: until then it is called `NAME.partial`.
fn written<T>(
    output: &Path,
    format: Format,
    codes: &Codes,
    fill: impl FnOnce(Box<dyn Writer + '_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    if output.as_os_str() == "-" {
        return fill(format.writer(BufWriter::new(io::stdout()), codes)?).context("standard output");
    }
    let name = shown(output);
    // A pipe or device that is there already is written to, not replaced.
    let replaced = fs::metadata(output).map_or(true, |there| there.is_file());
    let mut partial = OsString::from(output);
    partial.push(".partial");
    let partial = if replaced { PathBuf::from(partial) } else { output.to_owned() };
    let file = File::create(&partial).with_context(|| format!("{}", partial.display()))?;
    let filled = (|| -> anyhow::Result<T> {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let told = fill(format.writer(&mut out, codes)?)?;
        out.flush()?;
        if replaced {
            fs::rename(&partial, output)?;
        }
        Ok(told)
    })();
    if filled.is_err() && replaced {
        let _ = fs::remove_file(&partial);
    }
    filled.with_context(|| name)
}

/// Says what was left out, and why.
pub(crate) fn summarise(tally: &Tally, to: Format, talk: &Talk) {
    for (reason, count) in &tally.unfit {
        talk.note(&format!("{count} events are not in the {} output: {reason}", to.name()));
    }
    if tally.no_event > 0 {
        talk.note(&format!("{} records are plain statements, which PLOVER does not code", tally.no_event));
    }
}

fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input or output".into() } else { path.display().to_string() }
}
