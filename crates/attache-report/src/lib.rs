//! Relations told: what two sides do to each other, how that moves, what turned it, over what, by whom,
//! and in whose words.
//!
//! The way of the data through this crate: events of the archive → [`relation`] (which way each runs) →
//! [`index`], [`turns`], [`firsts`], [`agenda`], [`parties`], [`places`], [`publishers`] → [`tell()`] puts
//! them into one [`Brief`] → [`write`] and [`charts`] show it. Everything is a pure function: the same
//! archive gives the same brief, byte for byte.

pub mod agenda;
pub mod alert;
pub mod ask;
pub mod brief;
pub mod calendar;
pub mod charts;
pub mod firsts;
pub mod index;
pub mod input;
pub mod marks;
pub mod money;
pub mod parties;
pub mod places;
pub mod publishers;
pub mod relation;
pub mod side;
pub mod tell;
pub mod tongue;
pub mod turning;
pub mod turns;
pub mod write;

pub use ask::ask;
pub use brief::Brief;
pub use calendar::Step;
pub use input::{Archived, Mention};
pub use side::{Side, SideError, Sides};
pub use tell::{Material, Question, Text, tell};
pub use tongue::Tongue;
