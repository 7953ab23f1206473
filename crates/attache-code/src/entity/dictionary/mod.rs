//! Dictionaries of users: actors and agents in PETRARCH's format or in the project's own two, added to the
//! registry before anything is read. What a user says of a name goes before what the registry says of it.
//!
//! A file is read line by line to its end whatever it holds: what is not understood is left out and told
//! with its line ([`Finding`]), since the dictionaries in the wild all have such lines.

mod code;
mod own;
mod petrarch;

use super::Entity;
use super::registry::{Agent, AgentKind, Noun, Registry, Sense};
use jiff::civil::Date;

/// Entries a dictionary may have; further ones are left out with a finding.
const MOST_ENTRIES: usize = 500_000;
/// Bytes a line may have.
const LONGEST_LINE: usize = 20_000;

/// What a file of a user says, and what of it was not understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// Named actors, in file order.
    pub actors: Vec<UserActor>,
    /// Common nouns that give a sector.
    pub agents: Vec<UserAgent>,
    /// What was not understood, in file order.
    pub findings: Vec<Finding>,
}

/// A named actor of a dictionary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserActor {
    /// The name to show.
    pub name: String,
    /// Further names.
    pub names: Vec<String>,
    /// What the actor is, and when.
    pub codes: Vec<DatedCode>,
}

/// Whose an actor is and in what sector, on some days or always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatedCode {
    /// ISO 3166 alpha-3 or an international code; none for an actor of no country.
    pub country: Option<String>,
    /// Sectors, the primary one first.
    pub sectors: Vec<String>,
    /// First day; none for no limit.
    pub start: Option<Date>,
    /// Last day; none for no limit.
    pub end: Option<Date>,
}

/// A common noun of a dictionary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserAgent {
    /// The noun in the singular, lower case.
    pub noun: String,
    /// Its plurals.
    pub plurals: Vec<String>,
    /// Sectors, the primary one first.
    pub sectors: Vec<String>,
}

/// A line of a dictionary that was not, or not wholly, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Line number from 1.
    pub line: usize,
    /// What is wrong there and what became of it.
    pub problem: String,
}

impl UserActor {
    /// What the actor is on a day: the first code whose days hold it, dated ones before the undated; after
    /// the last of an actor with dated codes only, an elite of the country; before the first, no sector.
    pub(crate) fn entity(&self, on: Option<Date>) -> Entity {
        let dated = |code: &&DatedCode| code.start.is_some() || code.end.is_some();
        let holds = |code: &&DatedCode| {
            on.is_none_or(|on| {
                code.start.is_none_or(|start| start <= on) && code.end.is_none_or(|end| on <= end)
            })
        };
        let held = self.codes.iter().filter(dated).filter(holds).max_by_key(|code| code.start);
        let always = self.codes.iter().find(|code| !dated(code));
        let told = if on.is_some() { held.or(always) } else { always.or(held) };
        let (country, sectors) = match told {
            Some(code) => (code.country.clone(), code.sectors.clone()),
            None => {
                let over = |code: &DatedCode| on.is_some_and(|on| code.end.is_some_and(|end| end < on));
                let last = self.codes.iter().max_by_key(|code| code.end);
                let sectors = if last.is_some_and(over) { vec!["ELI".to_owned()] } else { Vec::new() };
                (last.and_then(|code| code.country.clone()), sectors)
            }
        };
        Entity {
            id: Some(format!("u.{}", super::slug(&self.name))),
            name: self.name.clone(),
            country,
            sector: sectors.first().cloned(),
            sectors,
            role: None,
        }
    }
}

impl Registry {
    /// Reads a user's dictionary; its format is known by its content. See `docs/dictionaries.md`.
    pub fn read_dictionary(&self, text: &str) -> Dictionary {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut dictionary = Dictionary::default();
        let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        match first {
            Some(line) if line.starts_with("[[") => own::toml(self, text, &mut dictionary),
            Some(line) if own::is_header(line) => own::table(self, text, &mut dictionary),
            _ => petrarch::read(self, text, &mut dictionary),
        }
        dictionary.findings.sort_by_key(|finding| finding.line);
        dictionary
    }

    /// Adds a user's dictionary: its names and nouns no longer mean what the registry, or a dictionary
    /// added before, says of them.
    pub fn add_dictionary(&mut self, dictionary: Dictionary) {
        for actor in dictionary.actors {
            let at = self.users.len();
            for name in std::iter::once(&actor.name).chain(&actor.names) {
                self.names.replace(name, Sense::User(at));
            }
            self.users.push(actor);
        }
        for agent in dictionary.agents {
            let at = self.agents.len();
            for noun in std::iter::once(&agent.noun).chain(&agent.plurals) {
                self.replace_noun(noun, Noun::Agent(at));
            }
            self.agents.push(Agent { noun: agent.noun, sectors: agent.sectors, kind: AgentKind::Person });
        }
    }
}

impl Dictionary {
    fn note(&mut self, line: usize, problem: impl Into<String>) {
        self.findings.push(Finding { line, problem: problem.into() });
    }

    fn is_full(&mut self, line: usize) -> bool {
        let full = self.actors.len() + self.agents.len() >= MOST_ENTRIES;
        if full {
            self.note(line, format!("over {MOST_ENTRIES} entries: the rest is left out"));
        }
        full
    }
}

/// The lines of a file with their numbers; one too long is noted and left out.
fn lines<'t>(text: &'t str, dictionary: &mut Dictionary) -> Vec<(usize, &'t str)> {
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.len() > LONGEST_LINE {
            dictionary.note(index + 1, format!("a line of {} bytes: left out", line.len()));
        } else {
            lines.push((index + 1, line.trim_end_matches('\r')));
        }
    }
    lines
}

#[cfg(test)]
mod tests;
