//! Events in and out of the formats of the field.
//!
//! Every format has a module with a reader, an iterator of events in which a damaged record is a
//! [`Problem`] and the rest goes on, and a writer that takes one event at a time; both hold a record in
//! memory, not a file. What each format cannot hold is listed in `docs/formats.md`.
//!
//! [`sniff`] knows a format by its first bytes, [`Format::read`] and [`Format::writer`] reach them all.

mod actor_code;
mod base;
mod cells;
mod codes;
mod csv;
mod csv_record;
mod format;
mod gdelt;
mod icews;
mod json_array;
mod jsonl;
mod lines;
mod mentions;
mod pairs;
#[cfg(feature = "parquet")]
mod parquet;
mod petrarch;
mod phoenix;
mod plover;
mod polecat;
mod problem;
mod sniff;
mod tally;
mod titled;

pub use codes::{Codes, CodesError, Tables};
pub use format::{Events, Format, Input, OpenError, Writer};
pub use mentions::{GdeltMention, read as read_mentions};
pub use problem::{Cause, Problem, WriteError};
pub use sniff::{HEAD, sniff};
pub use tally::Tally;
