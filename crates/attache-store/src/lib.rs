//! The archive of Attaché: reports, the stories they tell, events over reports, and every version of
//! what was coded. One SQLite file, one writer, many readers.
//!
//! The way of the data through this crate:
//! [`CodedReport`] → [`Prepared`] (pure, done side by side) → [`Writer::keep`] (kin and `stories` →
//! `revisions` → `gather` → `rollup`) → [`query`].

mod archive;
mod entities;
mod error;
mod gather;
mod hash;
mod keep;
mod lock;
mod prepare;
pub mod query;
mod record;
mod reports;
mod revisions;
mod rollup;
mod schema;
mod stories;
pub mod synthetic;
mod url;

pub use archive::{Archive, Writer};
pub use error::StoreError;
pub use keep::Kept;
pub use prepare::{CodedReport, Prepared};
pub use stories::Kin;
