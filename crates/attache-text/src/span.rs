//! Where something stands in a text.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open **byte** range `[start, end)` of [`Report::text`](crate::Report::text).
///
/// Both ends lie on character boundaries of the text the span was made for. In JSON a span is the
/// pair `[start, end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
pub struct Span {
    /// First byte of the range.
    pub start: usize,
    /// First byte after the range.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, not including, `end`. An `end` before `start` makes an empty span.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True where the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True where `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` under the span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

impl From<[usize; 2]> for Span {
    fn from([start, end]: [usize; 2]) -> Span {
        Span::new(start, end)
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> [usize; 2] {
        [span.start, span.end]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_meet_and_join() {
        let (a, b, c) = (Span::new(0, 4), Span::new(3, 8), Span::new(4, 5));
        assert!(a.overlaps(b) && !a.overlaps(c) && b.contains(c));
        assert_eq!(a.join(c), Span::new(0, 5));
        assert_eq!(Span::new(2, 4).of("péts"), "");
        assert_eq!(Span::new(1, 3).of("péts"), "é");
    }
}
