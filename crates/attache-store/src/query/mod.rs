//! Questions to an archive.

mod coverage;
mod events;
mod filter;
mod log;
mod reports;
mod series;
mod side;
mod words;

pub use coverage::coverage;
pub use events::{Archived, Mention, count, event, events, record};
pub use filter::Filter;
pub use log::{Change, Run, changes, runs};
pub use reports::{StoredReport, Story, Telling, report, story};
pub use series::{Dyad, Month, dyads, months};
pub use side::Side;
