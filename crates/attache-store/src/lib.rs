//! The archive of Attaché: reports, the stories they tell, events over reports, and every version of
//! what was coded. One SQLite file, one writer, many readers.
//!
//! The way of the data through this crate:
//! [`CodedReport`] → [`Prepared`] (pure, done side by side) → [`Writer::keep`] (kin and `stories` →
//! `revisions` → `gather` → `rollup`) → [`query`].

mod archive;
mod entities;
mod error;
mod filing;
mod fingerprint;
mod gather;
mod hash;
mod keep;
mod known;
mod lock;
mod prepare;
pub mod query;
mod record;
mod reports;
mod revisions;
mod rollup;
mod same;
mod schema;
mod sketch;
mod stories;
pub mod synthetic;
mod terms;
mod url;

pub use archive::{Archive, Writer};
pub use error::StoreError;
pub use keep::Kept;
pub use known::Known;
pub use prepare::{CodedReport, Prepared};
pub use stories::Kin;
