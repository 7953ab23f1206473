//! Dictionaries of the user: read, added to the registry, and what was not understood told line by line.

use crate::args::Dictionaries;
use crate::{data, talk};
use anyhow::{Context, bail};
use attache_code::entity::{Dictionary, Registry};
use std::fs;
use std::path::Path;

/// Bytes a dictionary may have.
const LARGEST: u64 = 200_000_000;
/// Lines not understood that are named one by one.
const MOST_TOLD: usize = 100;

/// The built-in registry with the user's dictionaries, the last one given first in precedence.
///
/// # Errors
/// Where a file cannot be read; lines that are not understood are told on standard error and left out.
pub fn registry(dictionaries: &Dictionaries, quiet: bool) -> anyhow::Result<Registry> {
    let mut registry = data::registry()?;
    for file in &dictionaries.files {
        let dictionary = registry.read_dictionary(&text(file)?);
        if !quiet {
            tell(file, &dictionary);
        }
        registry.add_dictionary(dictionary);
    }
    Ok(registry)
}

/// A file's text: UTF-8, or else Latin-1, which the older dictionaries are in.
fn text(file: &Path) -> anyhow::Result<String> {
    let name = || format!("--dictionary {}", file.display());
    let size = fs::metadata(file).with_context(name)?.len();
    if size > LARGEST {
        bail!("{}: {size} bytes, over {LARGEST}", name());
    }
    let bytes = fs::read(file).with_context(name)?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|wrong| wrong.as_bytes().iter().map(|byte| char::from(*byte)).collect()))
}

fn tell(file: &Path, dictionary: &Dictionary) {
    let file = file.display();
    for finding in dictionary.findings.iter().take(MOST_TOLD) {
        talk::note(&format!("{file}, line {}: {}", finding.line, finding.problem));
    }
    let more = dictionary.findings.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        talk::note(&format!("{file}: {more} more lines were not understood"));
    }
    let names: usize = dictionary.actors.iter().map(|actor| 1 + actor.names.len()).sum();
    talk::note(&format!(
        "{file}: {} actors with {names} names, {} agents; {} findings",
        dictionary.actors.len(),
        dictionary.agents.len(),
        dictionary.findings.len()
    ));
}
