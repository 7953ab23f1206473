//! All formats under one roof.

use super::codes::Codes;
use super::problem::{Problem, WriteError};
use super::{csv, gdelt, icews, jsonl, mentions, petrarch, phoenix, plover, polecat};
use attache_code::Event;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::str::FromStr;

/// The events of an input, in its order, damaged records among them.
pub type Events<'a> = Box<dyn Iterator<Item = Result<Event, Problem>> + 'a>;

/// Writes events one at a time.
pub trait Writer {
    /// Writes one event; nothing is written of one the format would tell falsely.
    ///
    /// # Errors
    /// [`WriteError::Unfit`] for an event left out, after which writing may go on; else the output failed.
    fn write(&mut self, event: &Event) -> Result<(), WriteError>;

    /// Writes what is still held.
    ///
    /// # Errors
    /// Where the output fails.
    fn end(self: Box<Self>) -> io::Result<()>;
}

/// A format of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Our record, one JSON object a line: `docs/record.md`.
    Jsonl,
    /// Our record in comma-separated columns, losing nothing.
    Csv,
    /// The same with text that a spreadsheet would take for a formula made harmless; to look at, not to
    /// read back.
    SpreadsheetCsv,
    /// Our record in a Parquet file.
    Parquet,
    /// POLECAT, 40 columns.
    Polecat,
    /// ICEWS coded events, 20 columns.
    Icews,
    /// Phoenix, 26 columns.
    Phoenix,
    /// GDELT 1.0 events, 58 columns.
    Gdelt1,
    /// GDELT 2.0 events, 61 columns.
    Gdelt2,
    /// GDELT 2.0 mentions, 16 columns; written only.
    GdeltMentions,
    /// PETRARCH-2 and UniversalPetrarch event files.
    Petrarch,
    /// PLOVER JSON.
    Plover,
}

/// Where events come from.
pub enum Input<'a> {
    /// Anything that is read from front to back.
    Stream(Box<dyn BufRead + 'a>),
    /// A file, which Parquet needs.
    File(File),
}

/// Why a format cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The input or output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// GDELT's mentions have no events in them.
    #[error("GDELT mentions point to events and hold none: read the events table they belong to")]
    NoEvents,
    /// A format that is only written.
    #[error("{0} is made to be looked at and is not read back")]
    WriteOnly(&'static str),
    /// Parquet begins at its end.
    #[error("Parquet must be read from a file, not from a stream")]
    NeedsFile,
    /// This build leaves Parquet out.
    #[error("this program was built without Parquet; build it with `--features parquet`")]
    NoParquet,
    /// The Parquet file cannot be used.
    #[error("{0}")]
    Parquet(String),
}

impl Format {
    /// All formats with the names they are asked for by.
    pub const ALL: [(Format, &'static str); 12] = [
        (Format::Jsonl, "jsonl"),
        (Format::Csv, "csv"),
        (Format::SpreadsheetCsv, "csv-spreadsheet"),
        (Format::Parquet, "parquet"),
        (Format::Polecat, "polecat"),
        (Format::Icews, "icews"),
        (Format::Phoenix, "phoenix"),
        (Format::Gdelt2, "gdelt"),
        (Format::Gdelt1, "gdelt1"),
        (Format::GdeltMentions, "gdelt-mentions"),
        (Format::Petrarch, "petrarch"),
        (Format::Plover, "plover"),
    ];

    /// The name it is asked for by.
    pub fn name(self) -> &'static str {
        Format::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }

    /// The events of an input in this format, read as they are asked for.
    ///
    /// # Errors
    /// Where the format is not one events can be read from, or a Parquet file cannot be used at all.
    pub fn read<'a>(self, input: Input<'a>, codes: &'a Codes) -> Result<Events<'a>, OpenError> {
        let input = match (self, input) {
            (Format::Parquet, Input::File(file)) => return read_parquet(file, codes),
            (Format::Parquet, Input::Stream(_)) => return Err(OpenError::NeedsFile),
            (_, Input::Stream(stream)) => stream,
            (_, Input::File(file)) => Box::new(io::BufReader::with_capacity(1 << 16, file)),
        };
        Ok(match self {
            Format::Jsonl => jsonl::read(input, codes),
            Format::Csv => csv::read(input, codes),
            Format::Polecat => polecat::read(input, codes),
            Format::Icews => icews::read(input, codes),
            Format::Phoenix => phoenix::read(input, codes),
            Format::Gdelt1 => gdelt::read(input, gdelt::Version::One, codes),
            Format::Gdelt2 => gdelt::read(input, gdelt::Version::Two, codes),
            Format::Petrarch => petrarch::read(input, codes),
            Format::Plover => plover::read(input, codes),
            Format::GdeltMentions => return Err(OpenError::NoEvents),
            Format::SpreadsheetCsv => return Err(OpenError::WriteOnly("csv-spreadsheet")),
            Format::Parquet => return Err(OpenError::NeedsFile),
        })
    }

    /// A writer of this format; headers are written at once.
    ///
    /// # Errors
    /// Where the output fails or the build leaves the format out.
    pub fn writer<'a>(
        self,
        out: impl Write + Send + 'a,
        codes: &'a Codes,
    ) -> Result<Box<dyn Writer + 'a>, OpenError> {
        Ok(match self {
            Format::Jsonl => Box::new(jsonl::Jsonl::new(out)),
            Format::Csv => Box::new(csv::Csv::new(out, false)?),
            Format::SpreadsheetCsv => Box::new(csv::Csv::new(out, true)?),
            Format::Parquet => return write_parquet(out),
            Format::Polecat => Box::new(polecat::Polecat::new(out, codes)?),
            Format::Icews => Box::new(icews::Icews::new(out, codes)?),
            Format::Phoenix => Box::new(phoenix::Phoenix::new(out, codes)),
            Format::Gdelt1 => Box::new(gdelt::Gdelt::new(out, gdelt::Version::One, codes)),
            Format::Gdelt2 => Box::new(gdelt::Gdelt::new(out, gdelt::Version::Two, codes)),
            Format::GdeltMentions => Box::new(mentions::Mentions::new(out)),
            Format::Petrarch => Box::new(petrarch::Petrarch::new(out, codes)),
            Format::Plover => Box::new(plover::Plover::new(out, codes)),
        })
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(word: &str) -> Result<Format, String> {
        let named = Format::ALL.iter().find(|(_, name)| *name == word).map(|(format, _)| *format);
        named.or((word == "gdelt2").then_some(Format::Gdelt2)).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|(_, name)| *name).collect();
            format!("the formats are {}", names.join(", "))
        })
    }
}

#[cfg(feature = "parquet")]
fn read_parquet(file: File, codes: &Codes) -> Result<Events<'_>, OpenError> {
    super::parquet::read(file, codes)
}

#[cfg(not(feature = "parquet"))]
fn read_parquet(_: File, _: &Codes) -> Result<Events<'_>, OpenError> {
    Err(OpenError::NoParquet)
}

#[cfg(feature = "parquet")]
fn write_parquet<'a>(out: impl Write + Send + 'a) -> Result<Box<dyn Writer + 'a>, OpenError> {
    Ok(Box::new(super::parquet::Parquet::new(out)?))
}

#[cfg(not(feature = "parquet"))]
fn write_parquet<'a>(_: impl Write + Send + 'a) -> Result<Box<dyn Writer + 'a>, OpenError> {
    Err(OpenError::NoParquet)
}
