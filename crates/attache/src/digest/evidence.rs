//! The evidence sentence with its trigger, actors, recipients and place marked.

use super::clean;
use super::ink::{Ink, Run, Tone};
use super::wrap::NO_BREAK;
use attache_code::Event;
use attache_text::Span;

/// A longer sentence is cut down to what stands around its marks (bytes).
const LONGEST: usize = 900;

/// How much is kept before the first and after the last mark of a sentence that is cut (bytes).
const AROUND: usize = 240;

/// A stretch of the sentence and what it is in the event.
struct Mark {
    span: Span,
    labels: Vec<&'static str>,
    tone: Tone,
}

/// The sentence of the event as runs, marked in its ink: tones for colour, `[actor: …]` for letters.
/// Marks may nest; one that crosses another is left out.
pub fn runs(event: &Event, ink: Ink) -> Vec<Run> {
    let sentence = event.evidence.sentence.as_str();
    let mut marks = marks(event);
    let shown = excerpt(sentence, &marks);
    marks.retain(|mark| shown.contains(mark.span));

    let mut runs = Vec::new();
    if shown.start > 0 {
        runs.push(Run::new("… ", Tone::Faint));
    }
    let mut open: Vec<Mark> = Vec::new();
    let mut from = shown.start;
    for mark in marks {
        close(&mut open, mark.span.start, &mut from, sentence, ink, &mut runs);
        if open.last().is_some_and(|outer| !outer.span.contains(mark.span)) {
            continue;
        }
        say(sentence, from, mark.span.start, open.last(), &mut runs);
        from = mark.span.start;
        if ink == Ink::Letters {
            runs.push(Run::new(format!("[{}:{NO_BREAK}", mark.labels.join(" and ")), Tone::Plain));
        }
        open.push(mark);
    }
    close(&mut open, usize::MAX, &mut from, sentence, ink, &mut runs);
    say(sentence, from, shown.end, None, &mut runs);
    if shown.end < sentence.len() {
        runs.push(Run::new(" …", Tone::Faint));
    }
    runs
}

/// Ends the marks that end at or before `until`, innermost first.
fn close(
    open: &mut Vec<Mark>,
    until: usize,
    from: &mut usize,
    sentence: &str,
    ink: Ink,
    runs: &mut Vec<Run>,
) {
    while let Some(mark) = open.pop_if(|mark| mark.span.end <= until) {
        say(sentence, *from, mark.span.end, Some(&mark), runs);
        *from = mark.span.end;
        if ink == Ink::Letters {
            runs.push(Run::new("]", Tone::Plain));
        }
    }
}

/// The words from `from` to `to`, in the tone of the innermost mark they stand in.
fn say(sentence: &str, from: usize, to: usize, within: Option<&Mark>, runs: &mut Vec<Run>) {
    let words = Span::new(from, to).of(sentence);
    if !words.is_empty() {
        runs.push(Run::new(clean(words), within.map_or(Tone::Plain, |mark| mark.tone)));
    }
}

/// The marks that lie in the sentence, in order, outer before inner; one mark a span.
fn marks(event: &Event) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut add = |span: Span, words: Option<&str>, label: &'static str, tone: Tone| {
        let Some(span) = inside(event, span, words) else { return };
        match marks.iter_mut().find(|mark| mark.span == span) {
            Some(mark) if mark.labels.contains(&label) => {}
            Some(mark) => mark.labels.push(label),
            None => marks.push(Mark { span, labels: vec![label], tone }),
        }
    };
    add(event.evidence.trigger, None, "trigger", Tone::Trigger);
    for actor in &event.actor {
        add(actor.span, Some(&actor.text), "actor", Tone::Actor);
    }
    for recipient in &event.recipient {
        add(recipient.span, Some(&recipient.text), "recipient", Tone::Recipient);
    }
    if let Some(place) = &event.place {
        add(place.span, Some(&place.text), "place", Tone::Place);
    }
    marks.sort_by_key(|mark| (mark.span.start, usize::MAX - mark.span.end));
    marks
}

/// A span of the report as a span of the evidence sentence; none where it does not lie in it or other
/// words stand there.
fn inside(event: &Event, span: Span, words: Option<&str>) -> Option<Span> {
    let sentence = event.evidence.span;
    if span.is_empty() || !sentence.contains(span) {
        return None;
    }
    let span = Span::new(span.start - sentence.start, span.end - sentence.start);
    let there = event.evidence.sentence.get(span.start..span.end)?;
    words.is_none_or(|words| words == there).then_some(span)
}

/// The part of the sentence to show: all of it, or what stands around its marks.
fn excerpt(sentence: &str, marks: &[Mark]) -> Span {
    if sentence.len() <= LONGEST {
        return Span::new(0, sentence.len());
    }
    let first = marks.first().map_or(0, |mark| mark.span.start);
    let last = marks.iter().map(|mark| mark.span.end).max().unwrap_or(0);
    let start = match sentence.floor_char_boundary(first.saturating_sub(AROUND)) {
        0 => 0,
        cut => sentence[cut..first].find(' ').map_or(cut, |space| cut + space + 1),
    };
    let end = sentence.floor_char_boundary((last + AROUND).min(start + LONGEST));
    let end = match sentence[start..end].rfind(' ') {
        Some(space) if end < sentence.len() && start + space >= last => start + space,
        _ => end,
    };
    Span::new(start, end)
}
