//! The command line of Attaché, as a library so that its parts can be tested.

pub mod digest;
