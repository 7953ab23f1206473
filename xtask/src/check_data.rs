//! `cargo xtask check-data`: loads every data file as the program does, then looks for what loads but is
//! wrong: names the ontology does not have, rows twice, frames nobody could choose between.

use crate::rows::Rows;
use crate::{check_entities, demo};
use anyhow::{Context, bail};
use attache::data;
use attache_code::event::frame::Frame;
use attache_code::ontology::{Ontology, SectorGroup};
use attache_code::place::Gazetteer;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The largest the weights may be: what a clone and a release can bear.
const LARGEST_MODEL: u64 = 30_000_000;

/// Checks everything under `data`.
///
/// # Errors
/// Where a file does not load, or anything was found; each finding is on standard output.
#[allow(clippy::print_stdout)] // a chore's findings are its data
pub fn run(data: &Path) -> anyhow::Result<()> {
    let ontology = data::ontology()?;
    let lexicon = data::lexicon()?;
    data::registry()?;
    data::gazetteer()?;
    data::codes()?;
    data::model()?;

    let mut findings = model_size(data)?;
    findings.extend(frames(lexicon.frames(), &ontology));
    findings.extend(context_words(data, &ontology)?);
    findings.extend(codes(data, &ontology)?);
    for (file, key) in [
        ("entities/agents.tsv", "noun"),
        ("entities/offices.tsv", "office"),
        ("entities/organisations.tsv", "id"),
        ("entities/countries.tsv", "id"),
        ("entities/codes.tsv", "id"),
        ("places/places.tsv", "geonameid"),
        ("places/countries.tsv", "id"),
    ] {
        findings.extend(twice(&Rows::read(data, file)?, key));
    }

    let entities = check_entities::check(data)?;
    findings.extend(entities.findings);
    findings.extend(packed_places(data)?);
    findings.extend(demo::check());
    for (kind, notes) in &entities.notes {
        println!("note: {} {kind}, such as {}", notes.len(), notes.first().map_or("", String::as_str));
    }

    for finding in &findings {
        println!("{finding}");
    }
    println!("{} frames; {} findings", lexicon.frames().len(), findings.len());
    if findings.is_empty() { Ok(()) } else { bail!("the data files have faults") }
}

/// The packed places are those of the tables people read and review.
fn packed_places(data: &Path) -> anyhow::Result<Vec<String>> {
    let text =
        |name: &str| fs::read_to_string(data.join("places").join(name)).with_context(|| name.to_owned());
    let packed = Gazetteer::pack(&text("places.tsv")?, &text("admin1.tsv")?, &text("admin2.tsv")?)?;
    let current = packed == fs::read(data.join("places/places.bin")).context("places.bin")?;
    let stale = || "places/places.bin is not what the tables give: cargo xtask pack-places".to_owned();
    Ok(if current { Vec::new() } else { vec![stale()] })
}

fn model_size(data: &Path) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    for entry in fs::read_dir(data.join("models")).context("data/models")? {
        let entry = entry?;
        let size = entry.metadata()?.len();
        if size > LARGEST_MODEL {
            findings.push(format!(
                "data/models/{}: {size} bytes, over {LARGEST_MODEL}",
                entry.file_name().display()
            ));
        }
    }
    Ok(findings)
}

/// Ids twice; modes, contexts and CAMEO codes the ontology does not have; frames with the same trigger,
/// conditions and roles, between which nothing decides.
fn frames(frames: &[Frame], ontology: &Ontology) -> Vec<String> {
    let mut findings = Vec::new();
    let mut ids = BTreeSet::new();
    let mut alike: BTreeMap<String, &str> = BTreeMap::new();
    for frame in frames {
        let id = frame.id.as_str();
        if !ids.insert(id) {
            findings.push(format!("frame {id}: the id is given twice"));
        }
        if let (Some(kind), Some(mode)) = (frame.kind, &frame.mode)
            && !ontology.is_mode(kind, mode)
        {
            findings.push(format!("frame {id}: {} has no mode {mode}", kind.as_str()));
        }
        for context in frame.contexts.iter().filter(|name| ontology.context(name).is_none()) {
            findings.push(format!("frame {id}: there is no context {context}"));
        }
        if !frame.cameo.is_empty() && ontology.cameo(&frame.cameo).is_none() {
            findings.push(format!("frame {id}: there is no CAMEO code {}", frame.cameo));
        }
        if frame.example.is_empty() {
            findings.push(format!("frame {id}: no example"));
        }
        let mut requires: Vec<String> = frame.requires.iter().map(|one| format!("{one:?}")).collect();
        requires.sort();
        let shape =
            format!("{} {:?} {requires:?} {:?} {:?}", frame.lemma, frame.pos, frame.actor, frame.recipient);
        if let Some(other) = alike.insert(shape, id) {
            findings.push(format!("frame {id}: same trigger, conditions and roles as {other}"));
        }
    }
    findings
}

fn context_words(data: &Path, ontology: &Ontology) -> anyhow::Result<Vec<String>> {
    let rows = Rows::read(data, "lexicon/en/contexts.tsv")?;
    let unknown = rows.iter().filter(|row| ontology.context(row.get("context")).is_none());
    Ok(unknown
        .map(|row| format!("{}, line {}: there is no context {}", rows.name, row.line, row.get("context")))
        .collect())
}

/// Sectors and countries that neither the ontology nor the table of countries has.
fn codes(data: &Path, ontology: &Ontology) -> anyhow::Result<Vec<String>> {
    let countries = Rows::read(data, "entities/countries.tsv")?;
    let international = ontology.sectors().iter().filter(|sector| sector.group == SectorGroup::International);
    let mut places: BTreeSet<&str> = countries.iter().map(|row| row.get("id")).collect();
    places.extend(international.map(|sector| sector.code.as_str()));
    let sectors: BTreeSet<&str> = ontology.sectors().iter().map(|sector| sector.code.as_str()).collect();

    let mut findings = Vec::new();
    for name in [
        "entities/agents.tsv",
        "entities/offices.tsv",
        "entities/people.tsv",
        "entities/organisations.tsv",
        "entities/unrecognised.tsv",
        "entities/dependencies.tsv",
        "entities/former.tsv",
        "places/places.tsv",
        "places/facilities.tsv",
        "places/admin1.tsv",
        "places/admin2.tsv",
        "places/countries.tsv",
    ] {
        let rows = Rows::read(data, name)?;
        for row in rows.iter() {
            for column in ["sector", "sectors"] {
                for sector in list(row.get(column)).filter(|code| !sectors.contains(code)) {
                    findings.push(format!("{name}, line {}: there is no sector {sector}", row.line));
                }
            }
            for column in ["country", "owner", "sovereign", "successor", "posting"] {
                for country in list(row.get(column)).filter(|code| !places.contains(code)) {
                    findings.push(format!("{name}, line {}: there is no country {country}", row.line));
                }
            }
        }
    }
    Ok(findings)
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|']).map(str::trim).filter(|part| !part.is_empty())
}

/// Rows with a key that an earlier row has.
fn twice(rows: &Rows, key: &str) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for row in rows.iter().filter(|row| !row.get(key).is_empty()) {
        if let Some(first) = seen.insert(row.get(key), row.line) {
            findings.push(format!(
                "{}, line {}: {} is in line {first} already",
                rows.name,
                row.line,
                row.get(key)
            ));
        }
    }
    findings
}
