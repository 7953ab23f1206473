//! One telling of an event: a match, with what the words around it say of status, time and place.

use crate::date::EventDate;
use crate::record::{Actor, Magnitude, Place};
use crate::{EventType, Status};
use attache_text::{BlockKind, Span};

/// One telling of an event, before tellings are gathered.
#[derive(Debug, Clone)]
pub struct Telling {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// The kind of block it stands in.
    pub block: BlockKind,
    /// The sentence's bytes.
    pub sentence_span: Span,
    /// Token index of the trigger.
    pub trigger: usize,
    /// The trigger's bytes.
    pub trigger_span: Span,
    /// The trigger's lemma.
    pub lemma: String,
    /// True for a noun trigger that takes up something told ("the meeting", "today's meeting").
    pub definite: bool,
    /// True for a noun trigger.
    pub nominal: bool,
    /// The frame that made it.
    pub frame: String,
    /// How much the frame's conditions tell.
    pub frame_weight: u32,
    /// Event type.
    pub kind: EventType,
    /// Mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Contexts of the frame and of the sentence's words.
    pub contexts: Vec<String>,
    /// Actors.
    pub actor: Vec<Actor>,
    /// Recipients.
    pub recipient: Vec<Actor>,
    /// Speakers it is attributed to.
    pub said_by: Vec<Actor>,
    /// Status.
    pub status: Status,
    /// Date, from words or assumed.
    pub date: Option<EventDate>,
    /// Place.
    pub place: Option<Place>,
    /// Magnitude.
    pub magnitude: Option<Magnitude>,
    /// Rules that had a say, in plain words.
    pub why: Vec<String>,
}

impl Telling {
    /// How many of the two roles are filled.
    pub fn roles(&self) -> usize {
        usize::from(!self.actor.is_empty()) + usize::from(!self.recipient.is_empty())
    }
}
