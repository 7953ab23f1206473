//! When: time expressions resolved against the published date, and the date of an event.

use crate::record::Precision;
use attache_text::Span;
use jiff::civil::Date;

/// A time expression of a sentence and the period it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// First token (index in the sentence).
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// Its bytes in the report.
    pub span: Span,
    /// First day of the period.
    pub start: Date,
    /// Last day of the period.
    pub end: Date,
    /// How exact the period is.
    pub precision: Precision,
}
