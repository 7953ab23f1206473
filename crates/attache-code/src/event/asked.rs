//! Questions to the learned head and what became of its answers, for `attache explain`.

use crate::EventType;
use attache_text::Span;

/// A question the head answered, and what became of its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// The actor's bytes; none where the question was who does something to the recipient.
    pub actor: Option<Span>,
    /// The recipient's bytes; none where the question was what the actor does.
    pub recipient: Option<Span>,
    /// The two likeliest types, the likelier first.
    pub types: Vec<(EventType, f32)>,
    /// Probability that nothing joins the two.
    pub nothing: f32,
    /// Token index of the word that tells it, and how likely it does.
    pub word: Option<(usize, f32)>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of the head's answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    /// A frame's event stands as it was; it would fall at this probability of nothing, and take another
    /// type at this probability.
    Stands {
        /// Probability of nothing at which it falls.
        falls: f32,
        /// Probability of another type, given an event, at which it changes.
        changes: f32,
    },
    /// A frame's event takes the head's type.
    Retyped {
        /// The frame's type.
        from: EventType,
    },
    /// A frame's event is dropped: nothing joins its sides.
    Refused,
    /// It fills an empty role of an event already found.
    Fills,
    /// It makes an event of its own.
    Added,
    /// It would make an event if it were this likely.
    Unsure(Bar),
    /// Its word only says so.
    Says,
    /// What it tells is told by another event of the sentence.
    Told,
}

/// When the head's type makes an event of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The type's probability.
    pub likely: f32,
    /// How likely a word tells it.
    pub told: f32,
}
