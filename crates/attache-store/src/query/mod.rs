//! Questions to an archive.

mod coverage;
mod events;
mod filter;
mod reports;
mod series;
mod side;

pub use coverage::coverage;
pub use events::{Archived, Mention, count, event, events};
pub use filter::Filter;
pub use reports::{Story, StoredReport, Telling, report, story};
pub use series::{Dyad, Month, dyads, months};
pub use side::Side;
