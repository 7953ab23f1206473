//! What happened: frames on dependency trees.
//!
//! [`lexicon`] holds the [`frame`]s; [`matching`] holds them against a [`tree`]; [`status`] and
//! [`attribution`] read the words around; [`gather`] makes one event of its tellings.

pub mod asked;
pub mod attribution;
pub mod context;
pub mod frame;
pub mod gather;
pub mod learned;
pub mod lexicon;
pub mod magnitude;
pub mod matching;
pub mod opinion;
pub mod party;
pub mod side;
pub mod status;
pub mod telling;
pub mod tree;
