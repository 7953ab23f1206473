//! The project's own two forms of a dictionary: a table with a header line, and TOML.

use super::{DatedCode, Dictionary, Registry, UserActor, UserAgent, lines};
use jiff::civil::Date;
use serde::Deserialize;

/// True where a line is the header of a table.
pub(super) fn is_header(line: &str) -> bool {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    columns.len() > 1 && (columns.contains(&"name") || columns.contains(&"noun"))
}

/// An entry as any of the forms gives it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    noun: String,
    #[serde(default)]
    plural: Vec<String>,
    #[serde(default)]
    country: String,
    #[serde(default)]
    sectors: Vec<String>,
    #[serde(default)]
    start: String,
    #[serde(default)]
    end: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    actor: Vec<toml::Spanned<Entry>>,
    #[serde(default)]
    agent: Vec<toml::Spanned<Entry>>,
}

/// A table with the columns name or noun, names, plural, country, sectors, start, end; lists with `|` or `;`.
pub(super) fn table(registry: &Registry, text: &str, dictionary: &mut Dictionary) {
    let mut header: Option<Vec<&str>> = None;
    for (number, line) in lines(text, dictionary) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let Some(columns) = &header else {
            const KNOWN: [&str; 9] =
                ["name", "names", "noun", "plural", "country", "sector", "sectors", "start", "end"];
            for column in cells.iter().filter(|column| !KNOWN.contains(column)) {
                dictionary.note(number, format!("column \"{column}\" is not read"));
            }
            header = Some(cells);
            continue;
        };
        if cells.len() > columns.len() {
            dictionary.note(number, format!("{} cells under {} headings", cells.len(), columns.len()));
        }
        if dictionary.is_full(number) {
            break;
        }
        let cell = |name: &str| {
            columns
                .iter()
                .position(|column| *column == name)
                .and_then(|at| cells.get(at))
                .copied()
                .unwrap_or("")
        };
        let list = |name: &str| -> Vec<String> {
            cell(name)
                .split(['|', ';'])
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect()
        };
        let entry = Entry {
            name: cell("name").to_owned(),
            names: list("names"),
            noun: cell("noun").to_owned(),
            plural: list("plural"),
            country: cell("country").to_owned(),
            sectors: list("sector").into_iter().chain(list("sectors")).collect(),
            start: cell("start").to_owned(),
            end: cell("end").to_owned(),
        };
        add(registry, entry, number, dictionary);
    }
}

/// `[[actor]]` and `[[agent]]` tables with the same keys.
pub(super) fn toml(registry: &Registry, text: &str, dictionary: &mut Dictionary) {
    let line_of = |byte: usize| text.get(..byte).map_or(1, |before| before.matches('\n').count() + 1);
    match toml::from_str::<File>(text) {
        Ok(file) => {
            for entry in file.actor.into_iter().chain(file.agent) {
                let number = line_of(entry.span().start);
                if dictionary.is_full(number) {
                    break;
                }
                add(registry, entry.into_inner(), number, dictionary);
            }
        }
        Err(error) => {
            let number = error.span().map_or(1, |span| line_of(span.start));
            dictionary.note(number, format!("nothing of this file is read: {}", error.message()));
        }
    }
}

fn add(registry: &Registry, entry: Entry, number: usize, dictionary: &mut Dictionary) {
    const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];
    let sectors: Vec<String> = entry.sectors.iter().map(|sector| sector.to_ascii_uppercase()).collect();
    if let Some(wrong) = sectors.iter().find(|sector| sector.len() != 3) {
        return dictionary.note(number, format!("\"{wrong}\" is no sector: left out"));
    }
    if !entry.noun.is_empty() {
        if sectors.is_empty() {
            return dictionary.note(number, format!("\"{}\" has no sector: left out", entry.noun));
        }
        let agent = UserAgent { noun: entry.noun.to_lowercase(), plurals: entry.plural, sectors };
        return dictionary.agents.push(agent);
    }
    if entry.name.is_empty() {
        return dictionary.note(number, "neither a name nor a noun: left out");
    }
    let country = entry.country.to_ascii_uppercase();
    let known = registry.country(&country).is_some() || INTERNATIONAL.contains(&country.as_str());
    if !country.is_empty() && !known {
        return dictionary.note(number, format!("\"{country}\" is no country: left out"));
    }
    if country.is_empty() && sectors.is_empty() {
        return dictionary
            .note(number, format!("\"{}\" has neither country nor sector: left out", entry.name));
    }
    let (start, end) = (bound(&entry.start, false), bound(&entry.end, true));
    let (Ok(start), Ok(end)) = (start, end) else {
        return dictionary
            .note(number, format!("\"{}\" to \"{}\" are no days: left out", entry.start, entry.end));
    };
    let code = DatedCode { country: (!country.is_empty()).then_some(country), sectors, start, end };
    // A further row of the same name is a further code of the same actor.
    match dictionary.actors.last_mut().filter(|actor| actor.name == entry.name) {
        Some(actor) => {
            actor.names.extend(entry.names);
            actor.codes.push(code);
        }
        None => {
            dictionary.actors.push(UserActor { name: entry.name, names: entry.names, codes: vec![code] });
        }
    }
}

fn bound(cell: &str, last: bool) -> Result<Option<Date>, ()> {
    match cell {
        "" => Ok(None),
        cell => super::super::table::partial_date(cell, last).map(Some).ok_or(()),
    }
}
