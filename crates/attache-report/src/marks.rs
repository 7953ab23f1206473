//! Which words of a text an event rests on: trigger, actor, recipient, place, date.

use attache_code::Event;
use attache_text::Span;
use serde::{Deserialize, Serialize};

/// What words are in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The sentence an event rests on.
    Sentence,
    /// The word that tells the event.
    Trigger,
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// Where.
    Place,
    /// When.
    Date,
}

impl Role {
    /// The name, as classes of the page have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Sentence => "sentence",
            Role::Trigger => "trigger",
            Role::Actor => "actor",
            Role::Recipient => "recipient",
            Role::Place => "place",
            Role::Date => "date",
        }
    }
}

/// A stretch of words and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is.
    pub role: Role,
    /// Where it stands, in bytes.
    pub span: Span,
}

/// A stretch of a text in which nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// All they are, in the order of [`Role`]; empty for plain words.
    pub roles: Vec<Role>,
}

impl Piece<'_> {
    /// The roles as words parted by a space: the class of the mark.
    pub fn classes(&self) -> String {
        self.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The marks of an event in the text of its report. A mark whose words do not stand there is left out:
/// nothing else may be shown as evidence.
pub fn marks(event: &Event, text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |role, span: Span, words: Option<&str>| {
        let there = text.get(span.start..span.end);
        if !span.is_empty() && there.is_some_and(|there| words.is_none_or(|words| words == there)) {
            marks.push(Mark { role, span });
        }
    };
    add(Role::Sentence, event.evidence.span, Some(&event.evidence.sentence));
    add(Role::Trigger, event.evidence.trigger, None);
    event.actor.iter().for_each(|one| add(Role::Actor, one.span, Some(&one.text)));
    event.recipient.iter().for_each(|one| add(Role::Recipient, one.span, Some(&one.text)));
    if let Some(place) = &event.place {
        add(Role::Place, place.span, Some(&place.text));
    }
    // A record gives the date's words, not where they stand: they are looked for in the sentence.
    let sentence = event.evidence.span;
    if let (Some(raw), Some(words)) = (&event.date_raw, text.get(sentence.start..sentence.end))
        && let Some(at) = words.find(raw.as_str()).filter(|_| !raw.is_empty())
    {
        add(Role::Date, Span::new(sentence.start + at, sentence.start + at + raw.len()), Some(raw));
    }
    marks
}

/// The marks of an event inside its evidence sentence, as spans of the sentence.
pub fn in_sentence(event: &Event) -> Vec<Mark> {
    // The sentence is put where it stands in a text that is blank before it, so that one rule serves both.
    let sentence = event.evidence.span;
    let words = &event.evidence.sentence;
    let inside = |span: Span| -> Option<Span> {
        let moved = Span::new(span.start.checked_sub(sentence.start)?, span.end.checked_sub(sentence.start)?);
        (moved.end <= words.len()).then_some(moved)
    };
    let mut moved = event.clone();
    moved.evidence.span = Span::new(0, words.len());
    moved.evidence.trigger = inside(event.evidence.trigger).unwrap_or_default();
    for one in moved.actor.iter_mut().chain(&mut moved.recipient) {
        one.span = inside(one.span).unwrap_or_default();
    }
    if let Some(place) = &mut moved.place {
        place.span = inside(place.span).unwrap_or_default();
    }
    let mut found = marks(&moved, words);
    found.retain(|mark| mark.role != Role::Sentence);
    found
}

/// The part `within` of a text, cut where a mark begins or ends. The pieces follow one another without a
/// gap; marks that leave the text or cut a letter are ignored.
pub fn pieces<'a>(text: &'a str, within: Span, marks: &[Mark]) -> Vec<Piece<'a>> {
    let fits = |at: usize| at >= within.start && at <= within.end && text.is_char_boundary(at);
    if !fits(within.start) || !fits(within.end) || within.end > text.len() {
        return Vec::new();
    }
    let mut cuts = vec![within.start, within.end];
    for mark in marks {
        cuts.extend([mark.span.start, mark.span.end].into_iter().filter(|at| fits(*at)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |pair: &[usize]| {
        let span = Span::new(pair[0], pair[1]);
        let mut roles: Vec<Role> =
            marks.iter().filter(|mark| mark.span.contains(span)).map(|mark| mark.role).collect();
        roles.sort_unstable();
        roles.dedup();
        Piece { text: span.of(text), roles }
    };
    cuts.windows(2).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pieces_carry_every_role() {
        let text = "Petro met Trump.";
        let mark = |role, start, end| Mark { role, span: Span::new(start, end) };
        let marks = [mark(Role::Actor, 0, 5), mark(Role::Trigger, 6, 9), mark(Role::Recipient, 0, 5)];
        let told: Vec<_> = pieces(text, Span::new(0, text.len()), &marks)
            .iter()
            .map(|piece| format!("{}[{}]", piece.text, piece.classes()))
            .collect();
        assert_eq!(told, ["Petro[actor recipient]", " []", "met[trigger]", " Trump.[]"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn pieces_join_to_the_text(text in "\\PC{0,40}", spans in prop::collection::vec((0usize..60, 0usize..60), 0..6)) {
            let marks: Vec<Mark> =
                spans.iter().map(|(start, end)| Mark { role: Role::Actor, span: Span::new(*start, *end) }).collect();
            let whole: String =
                pieces(&text, Span::new(0, text.len()), &marks).iter().map(|piece| piece.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
