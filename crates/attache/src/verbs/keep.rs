//! `attache keep`: reports into an archive, each once.

use super::read::report;
use super::texts::BUG;
use super::watching;
use crate::args::Keep;
use crate::ordered::in_order;
use crate::talk::Talk;
use crate::{Outcome, data};
use anyhow::Context;
use attache_code::{CodeError, Coded, Coder};
use attache_read::{Document, Options, Problem};
use attache_store::{CodedReport, Kept, Kin, Known, Prepared, Writer};
use attache_text::Report;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Reports and time after which what was kept is made to last.
const BATCH: usize = 64;
const SECONDS: Duration = Duration::from_secs(2);

/// One input's answer, or why it failed.
type Answer = Result<Done, String>;

/// What became of an input before the archive is written to.
enum Done {
    /// The archive has it as this version codes it.
    Known,
    /// It is to be written.
    Ready(Box<Prepared>, Vec<String>),
}

/// Keeps every report behind the inputs; with `--watch`, again and again.
pub fn run(args: &Keep, quiet: bool) -> Outcome {
    // The lock first: who cannot write should not wait for the model.
    let mut writer = Writer::open(&args.archive)?;
    if args.input.is_empty() {
        return Ok(0);
    }
    let coder = data::coder()?;
    let known = writer.archive().known(coder.version())?;
    let options = args.reading.options();
    let mut keeping = Keeping { coder, options, known, keep_text: !args.no_text, writer: &mut writer };
    match args.watch {
        Some(seconds) => watching::run(&mut keeping, &args.input, Duration::from_secs(seconds), quiet),
        None => once(&mut keeping, &args.input, quiet),
    }
    .with_context(|| format!("{}", args.archive.display()))
}

/// Once over all inputs.
fn once(keeping: &mut Keeping<'_>, input: &[PathBuf], quiet: bool) -> Outcome {
    let mut talk = Talk::new("reports", quiet);
    if !input.iter().any(|path| path.as_os_str() == "-") {
        // One file may hold a million reports: only a count of several files is a fair guess.
        let files = attache_read::list(input).count() as u64;
        if files > 1 {
            talk.expect(files);
        }
    }
    let documents = attache_read::documents(input, &keeping.options);
    let mut sum = Sum::default();
    keeping.take(documents, &mut sum, &mut talk, Talk::fail)?;
    talk.say(&sum.to_string());
    Ok(talk.end())
}

/// What it takes to keep reports.
pub(super) struct Keeping<'a> {
    coder: Coder,
    pub(super) options: Options,
    known: Known,
    keep_text: bool,
    pub(super) writer: &'a mut Writer,
}

impl Keeping<'_> {
    /// Keeps the documents and makes them last; each failure goes to `fail`.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub(super) fn take(
        &mut self,
        documents: impl Iterator<Item = Result<Document, Problem>>,
        sum: &mut Sum,
        talk: &mut Talk,
        mut fail: impl FnMut(&mut Talk, &str),
    ) -> anyhow::Result<()> {
        let Keeping { coder, options, known, keep_text, writer } = self;
        let mut committed = Instant::now();
        let mut kept: Vec<String> = Vec::new();
        let work = |document| answer(coder, document, options, known, *keep_text);
        in_order(documents, work, |answered| {
            talk.step();
            match answered.unwrap_or_else(|| Err(BUG.to_owned())) {
                Err(reason) => fail(talk, &reason),
                Ok(Done::Known) => sum.known += 1,
                Ok(Done::Ready(prepared, notes)) => {
                    notes.iter().for_each(|note| talk.note(note));
                    sum.add(writer.keep(&prepared).map_err(io::Error::other)?);
                    kept.push(prepared.id().to_owned());
                }
            }
            if writer.pending() >= BATCH || committed.elapsed() >= SECONDS {
                writer.commit().map_err(io::Error::other)?;
                committed = Instant::now();
            }
            Ok(())
        })?;
        writer.commit()?;
        kept.iter().for_each(|id| known.add(id));
        Ok(())
    }
}

fn answer(
    coder: &Coder,
    document: Result<Document, Problem>,
    options: &Options,
    known: &Known,
    keep_text: bool,
) -> Answer {
    let (report, name) = report(document, options).map_err(|error| error.to_string())?;
    if known.has(&report.id) {
        return Ok(Done::Known);
    }
    let mut notes: Vec<String> = report.notes.iter().map(|note| format!("{name}: {note}")).collect();
    let coded = match coder.code(&report) {
        Ok(coded) => {
            notes.extend(coded.notes.iter().map(|note| format!("{name}: {note}")));
            with_events(report, coded, coder)
        }
        // Kept all the same: it belongs to its story, and a later version may code it.
        Err(CodeError::Language { code, name: language }) => {
            notes.push(format!("{name}: kept without events: attache cannot code {language} yet"));
            CodedReport {
                report,
                language: Some(code),
                version: coder.version().to_owned(),
                ..CodedReport::default()
            }
        }
        Err(error) => return Err(format!("{name}: {error}")),
    };
    Ok(Done::Ready(Box::new(Prepared::new(coded, keep_text)), notes))
}

/// A coded report as the archive takes it.
pub(crate) fn with_events(report: Report, coded: Coded, coder: &Coder) -> CodedReport {
    let entities = coded.resolution.mentions.iter().flat_map(|mention| &mention.entities);
    let mut countries: Vec<String> = entities.filter_map(|entity| entity.country.clone()).collect();
    countries.sort_unstable();
    countries.dedup();
    CodedReport {
        report,
        language: Some(coded.language.code),
        countries,
        version: coder.version().to_owned(),
        events: coded.events,
    }
}

/// What it came to.
#[derive(Debug, Default)]
pub(super) struct Sum {
    known: usize,
    new: usize,
    kin: usize,
    recoded: usize,
    events: usize,
    mentions: usize,
}

impl Sum {
    fn add(&mut self, kept: Kept) {
        match kept {
            Kept::New { kin, events, mentions } => {
                self.new += 1;
                self.kin += usize::from(kin != Kin::First);
                self.events += events;
                self.mentions += mentions;
            }
            Kept::Revised { mentions } => {
                self.recoded += 1;
                self.mentions += mentions;
            }
            // A report that is coded is whole: it never comes in pieces.
            Kept::Known | Kept::Completed { .. } => self.known += 1,
        }
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "kept {} new reports ({} of them copies, updates or retellings)", self.new, self.kin)?;
        if self.recoded > 0 {
            write!(f, ", coded {} anew", self.recoded)?;
        }
        write!(f, ", {} were there; {} new events, {} tellings", self.known, self.events, self.mentions)
    }
}
