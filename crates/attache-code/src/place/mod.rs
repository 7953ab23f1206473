//! Where: the gazetteer, the place names of a text, and the place of an event.

use crate::record::Place;

/// A place name of a report and the place it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// First token (index in the sentence).
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// The place, with its words and their span.
    pub place: Place,
}
