//! What is kept of events, and how they are exchanged with the formats of the field.

pub mod exchange;
