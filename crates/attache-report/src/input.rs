//! What the archive gives: events with their tellings.

pub use attache_store::query::{Archived, Mention};
