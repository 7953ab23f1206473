//! Events between files: what `convert`, `export` and `import` share. [`export`] and [`import`] know no
//! archive, only events that come from one or go to one.

use crate::talk::Talk;
use crate::{Outcome, data};
use anyhow::{Context, anyhow, bail};
use attache_code::Event;
use attache_store::exchange::{Cause, Codes, Events, Format, HEAD, Input, Tally, Writer, sniff};
use clap::Args;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, IsTerminal, Read, Seek, Write};
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
    let events = open(&args.input, args.from, &codes)?;
    let name = shown(&args.input);
    let mut talk = Talk::new("events", quiet);
    let tally = written(&args.output, to, &codes, |mut writer| {
        let mut tally = Tally::default();
        for event in events {
            talk.step();
            match event {
                Ok(event) => tally.write(&event, writer.as_mut())?,
                Err(problem) if problem.cause == Cause::NoEvent => tally.no_event += 1,
                Err(problem) => talk.fail(&format!("{name}: {problem}")),
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
    for input in &args.input {
        let name = shown(input);
        let events = match open(input, args.from, &codes) {
            Ok(events) => events,
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

/// The events of a file or of standard input, its format known by its first bytes.
fn open<'a>(path: &Path, from: Option<Format>, codes: &'a Codes) -> anyhow::Result<Events<'a>> {
    let name = shown(path);
    let mut head = Vec::new();
    let (format, input) = if path.as_os_str() == "-" {
        let mut stream = io::stdin();
        stream.by_ref().take(HEAD as u64).read_to_end(&mut head).context("standard input")?;
        let format = from.or_else(|| sniff(&head));
        (format, Input::Stream(Box::new(BufReader::with_capacity(HEAD, io::Cursor::new(head).chain(stream)))))
    } else {
        let mut file = File::open(path).with_context(|| name.clone())?;
        if file.metadata().with_context(|| name.clone())?.is_dir() {
            bail!("{name}: is a folder; name its files");
        }
        Read::by_ref(&mut file).take(HEAD as u64).read_to_end(&mut head).with_context(|| name.clone())?;
        let format = from.or_else(|| sniff(&head));
        // A pipe cannot go back: what was taken from it is put in front again.
        match file.rewind() {
            Ok(()) => (format, Input::File(file)),
            Err(_) => (format, Input::Stream(Box::new(BufReader::new(io::Cursor::new(head).chain(file))))),
        }
    };
    let format = format.ok_or_else(|| {
        anyhow!("{name}: no format of events is known by this content; name it with --from")
    })?;
    format.read(input, codes).with_context(|| name)
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
