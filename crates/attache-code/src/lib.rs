//! The politics of Attaché: who the words mean, what they did, when and where, and which words say so.
//!
//! The way of the data through this crate:
//! sentences → [`entity`] (with [`coreference`]) → [`event`] → [`date`], [`place`] → [`record::Event`].

pub mod coder;
pub mod coreference;
pub mod date;
pub mod entity;
pub mod event;
pub mod ontology;
pub mod place;
pub mod record;
pub mod relate;
mod table;

pub use coder::{CodeError, Coded, Coder};
pub use ontology::{EventType, Quad, Status};
pub use record::Event;
pub use relate::{Cut, Relation};
