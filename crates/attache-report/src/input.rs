//! What the archive gives: events with their tellings.

use attache_code::Event;
use attache_text::Span;
use jiff::civil::Date;

/// One event of the archive with every telling of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Archived {
    /// The event as its clearest telling gives it.
    pub event: Event,
    /// The story it belongs to.
    pub story: i64,
    /// Which revision of the coding this is.
    pub revision: u32,
    /// Its tellings, over reports and publishers.
    pub mentions: Vec<Mention>,
}

/// One telling: which report, by whom, when, in which words.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Mention {
    pub report: String,
    pub event_id: String,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub published: Option<Date>,
    pub language: Option<String>,
    pub sentence: String,
    pub span: Span,
    pub trigger: Span,
}
