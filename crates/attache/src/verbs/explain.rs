//! `attache explain`: each event with what decided it, and every frame that was tried, sentence by
//! sentence, with what became of it.

use super::read::report;
use crate::args::Explain;
use crate::digest::{clean, paragraph};
use crate::{Outcome, data, talk};
use anyhow::bail;
use attache_code::event::asked::{Asked, Fate};
use attache_code::event::matching::{self, Tried};
use attache_code::{Coded, Event};
use attache_text::{Report, Sentence, Span};
use std::fmt::Write as _;
use std::io::{self, Write as _};

const WIDTH: usize = 80;

/// Explains one report, or one event of it.
pub fn run(args: &Explain) -> Outcome {
    let options = args.reading.options();
    let Some(document) = attache_read::documents(std::slice::from_ref(&args.input), &options).next() else {
        return Ok(0);
    };
    let (report, name) = match report(document, &options) {
        Ok(read) => read,
        Err(error) => {
            talk::complain(&error.to_string());
            return Ok(1);
        }
    };
    let coded = match data::coder()?.code(&report) {
        Ok(coded) => coded,
        Err(error) => {
            talk::complain(&format!("{name}: {error}"));
            return Ok(1);
        }
    };
    let events: Vec<&Event> = match &args.event {
        None => coded.events.iter().collect(),
        Some(id) => coded.events.iter().filter(|event| event.id.starts_with(id.as_str())).collect(),
    };
    if let (Some(id), true) = (&args.event, events.is_empty()) {
        bail!("{name}: no event whose id begins with {id}");
    }
    let mut told = String::new();
    for event in &events {
        told += &event_words(event);
    }
    told += &sentences_words(&report, &coded, &events, args.event.is_some());
    let mut out = io::stdout().lock();
    out.write_all(told.as_bytes())?;
    out.flush()?;
    Ok(0)
}

/// An event in a line, what decided it in the next.
fn event_words(event: &Event) -> String {
    let names = |actors: &[attache_code::record::Actor]| {
        let names: Vec<_> = actors.iter().map(|actor| actor.name.as_str()).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let mode = event.mode.iter().fold(String::new(), |told, mode| format!("{told} {mode}"));
    let line = format!(
        "{} {}{mode}: {} → {}",
        event.id,
        event.kind.as_str(),
        names(&event.actor),
        names(&event.recipient)
    );
    let why = format!("because of {}; confidence {:.2}", event.why.join(", "), event.confidence);
    paragraph(&line, WIDTH, "", "  ") + &paragraph(&why, WIDTH, "  ", "  ")
}

/// The sentences where a frame was tried or the head was asked, and what became of each answer.
fn sentences_words(report: &Report, coded: &Coded, events: &[&Event], only_theirs: bool) -> String {
    let mut told = String::new();
    for (index, sentence) in coded.sentences.iter().enumerate() {
        let theirs = events
            .iter()
            .any(|event| event.evidence.span == sentence.span || event.told.contains(&sentence.span));
        let tried: Vec<&Tried> = coded.trace.iter().filter(|tried| tried.sentence == index).collect();
        let asked: Vec<&Asked> = coded.asked.iter().filter(|asked| asked.sentence == index).collect();
        if (tried.is_empty() && asked.is_empty()) || (only_theirs && !theirs) {
            continue;
        }
        let number = format!("\nsentence {}: ", index + 1);
        told += &paragraph(sentence.span.of(&report.text), WIDTH, &number, "  ");
        for tried in tried {
            let trigger = sentence.tokens.get(tried.trigger).map_or("", |token| token.text.as_str());
            let _ =
                writeln!(told, "    {:<16} {:<20} {}", clean(trigger), tried.frame, outcome(&tried.outcome));
        }
        for asked in asked {
            told += &question(report, sentence, asked);
        }
    }
    told
}

/// What the head said of two sides, and how far it was from another outcome.
fn question(report: &Report, sentence: &Sentence, asked: &Asked) -> String {
    let side = |span: Option<Span>| span.map_or("–".into(), |span| clean(span.of(&report.text)));
    let types = asked.types.iter().filter(|(_, p)| *p >= 0.005);
    let types: Vec<String> = types.map(|(kind, p)| format!("{} {p:.2}", kind.as_str())).collect();
    let word = asked.word.and_then(|(word, told)| Some((sentence.tokens.get(word)?, told)));
    let word =
        word.map_or(String::new(), |(token, told)| format!(", by \"{}\" {told:.2}", clean(&token.text)));
    let line = format!(
        "head: {} → {}: {}, nothing {:.2}{word}: {}",
        side(asked.actor),
        side(asked.recipient),
        types.join(", "),
        asked.nothing,
        fate(asked.fate)
    );
    paragraph(&line, WIDTH, "    ", "      ")
}

fn fate(fate: Fate) -> String {
    match fate {
        Fate::Stands { falls, changes } => {
            format!("the event stands; nothing {falls:.2} would drop it, another type {changes:.2} change it")
        }
        Fate::Retyped { from } => format!("coded so, not {} as the frame has it", from.as_str()),
        Fate::Refused => "the frame's event is dropped".into(),
        Fate::Fills => "fills the empty side of an event".into(),
        Fate::Added => "coded".into(),
        Fate::Unsure(bar) => format!("not coded; {:.2} by {:.2} would be", bar.likely, bar.told),
        Fate::Says => "not coded: the word only says so".into(),
        Fate::Told => "told by another event".into(),
    }
}

fn outcome(outcome: &matching::Outcome) -> String {
    use matching::Outcome;
    match outcome {
        Outcome::Coded => "coded".into(),
        Outcome::ConditionFails => "refused: a condition does not hold".into(),
        Outcome::RoleUnfilled => "refused: a side it needs is not named".into(),
        Outcome::Outweighed { by } => format!("refused: {by} tells more"),
        Outcome::LookAlike => "a look-alike: nothing here is an event".into(),
        Outcome::PartOf { by } => format!("refused: part of what {by} tells"),
        Outcome::NoParties => "refused: neither side is named, and no other telling to join".into(),
    }
}
