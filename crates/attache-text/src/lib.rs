//! The linguistics of Attaché: what a report is, where its sentences and tokens lie, and what the
//! encoder says of each. Nothing here knows of politics.
//!
//! The way of the data through this crate:
//! [`Report`] → [`segment`] → [`tokenize`] → [`encoder`] with its [`heads`] → [`Sentence`].

pub mod casing;
pub mod clean;
pub mod conllu;
pub mod encoder;
pub mod heads;
pub mod language;
pub mod report;
pub mod segment;
pub mod sentence;
pub mod span;
pub mod tokenize;

pub use casing::Casing;
pub use clean::clean;
pub use report::{Block, BlockKind, Charset, Published, PublishedBy, Report};
pub use sentence::{Mention, MentionKind, Sentence, Token, Upos};
pub use span::Span;
