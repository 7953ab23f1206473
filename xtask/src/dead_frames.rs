//! `cargo xtask dead-frames`: codes every frame's own example and lists the frames that do not win it, with
//! what won instead. Such a frame is dead, or its example does not show it.

use anyhow::Context;
use attache::data;
use attache_code::Coder;
use attache_code::event::frame::Frame;
use attache_code::event::lexicon::{Lexicon, Table, Tables};
use attache_code::event::matching::{Outcome, Tried};
use attache_text::language::Language;
use attache_text::{Block, BlockKind, Report, Span};
use rayon::prelude::*;
use std::fs;
use std::path::Path;

/// Codes the examples with the lexicon as it lies under `data`, not as it is compiled in.
///
/// # Errors
/// Where the lexicon or another data file does not load. Dead frames are listed on standard output and are no
/// error: the parser decides with the lexicon, so a new model moves the list.
#[allow(clippy::print_stdout)] // a chore's findings are its data
pub fn run(data: &Path) -> anyhow::Result<()> {
    let lexicon = lexicon(&data.join("lexicon/en"))?;
    let frames = lexicon.frames().to_vec();
    let coder =
        Coder::from_parts(data::model()?, lexicon, data::registry()?, data::gazetteer()?, data::ontology()?);
    let fates: Vec<_> = frames.par_iter().map(|frame| why_dead(&coder, frame)).collect();
    let mut dead = 0;
    for (frame, fate) in frames.iter().zip(fates) {
        if let Some(fate) = fate {
            dead += 1;
            println!("{}\t{fate}\t{}", frame.id, frame.example);
        }
    }
    println!("{} frames; {dead} do not win their example", frames.len());
    Ok(())
}

fn lexicon(folder: &Path) -> anyhow::Result<Lexicon> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).with_context(|| name.to_owned());
    let mut frames = Vec::new();
    for entry in fs::read_dir(folder.join("frames")).context("frames")? {
        let name = format!("frames/{}", entry?.file_name().display());
        frames.push((read(&name)?, name));
    }
    frames.sort_by(|one, other| one.1.cmp(&other.1));
    let table = |name: &'static str| read(name).map(|text| (name, text));
    let sets = table("sets.tsv")?;
    let reporting = table("reporting.tsv")?;
    let auxiliaries = table("auxiliaries.tsv")?;
    let contexts = table("contexts.tsv")?;
    let tables = Tables {
        frames: frames.iter().map(|(text, name)| Table { name, text }).collect(),
        sets: Table { name: sets.0, text: &sets.1 },
        reporting: Table { name: reporting.0, text: &reporting.1 },
        auxiliaries: Table { name: auxiliaries.0, text: &auxiliaries.1 },
        contexts: Table { name: contexts.0, text: &contexts.1 },
    };
    Ok(Lexicon::from_tables(&tables)?)
}

/// Why a frame does not code its own example; none where it does.
fn why_dead(coder: &Coder, frame: &Frame) -> Option<String> {
    let text = frame.example.clone();
    let blocks = vec![Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }];
    let report = Report { text, blocks, ..Report::default() };
    let coded = coder.code_in(&report, Language::given("en"));
    let own: Vec<&Tried> = coded.trace.iter().filter(|tried| tried.frame == frame.id).collect();
    if own.iter().any(|tried| matches!(tried.outcome, Outcome::Coded | Outcome::LookAlike)) {
        return None;
    }
    let Some(tried) = own.iter().min_by_key(|tried| distance(&tried.outcome)) else {
        return Some(format!("trigger not seen; coded: {}", winners(&coded.trace)));
    };
    Some(match &tried.outcome {
        Outcome::ConditionFails => format!("a condition fails; coded: {}", winners(&coded.trace)),
        Outcome::RoleUnfilled => format!("a role stays unfilled; coded: {}", winners(&coded.trace)),
        Outcome::Outweighed { by } => format!("outweighed by {by}"),
        Outcome::PartOf { by } => format!("part of {by}"),
        Outcome::NoParties => "no parties".to_owned(),
        other => format!("{other:?}"),
    })
}

/// How far an outcome is from coding: the nearest explains best.
fn distance(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::NoParties => 0,
        Outcome::PartOf { .. } => 1,
        Outcome::Outweighed { .. } => 2,
        Outcome::RoleUnfilled => 3,
        _ => 4,
    }
}

/// The frames that code something in a sentence.
fn winners(trace: &[Tried]) -> String {
    let won = trace.iter().filter(|tried| matches!(tried.outcome, Outcome::Coded | Outcome::LookAlike));
    let names: Vec<&str> = won.map(|tried| tried.frame.as_str()).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}
