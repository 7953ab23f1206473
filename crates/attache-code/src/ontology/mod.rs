//! PLOVER 2.0: types, modes, contexts, sectors, statuses, and the CAMEO codes beside them.
//!
//! The ontology is a versioned data file, because published sets and earlier drafts differ in their
//! labels: those are read through its aliases and never written.

mod cameo;
mod event_type;
mod file;

pub use cameo::CameoCode;
pub use event_type::{EventType, Quad, Status};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The ontology as loaded.
#[derive(Debug, Clone)]
pub struct Ontology {
    version: String,
    types: BTreeMap<EventType, TypeEntry>,
    contexts: Vec<Context>,
    sectors: Vec<Sector>,
    statuses: Vec<StatusEntry>,
    aliases: BTreeMap<String, Alias>,
    mode_aliases: BTreeMap<(EventType, String), String>,
    context_aliases: BTreeMap<String, String>,
    cameo: BTreeMap<String, CameoCode>,
}

/// One event type: what it means, where it ends, what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeEntry {
    /// The type.
    pub kind: EventType,
    /// PLOVER score where no mode, or a mode without one, is coded.
    pub score: f64,
    /// CAMEO root code, two digits.
    pub cameo: String,
    /// True where PLOVER wants a recipient.
    pub recipient_required: bool,
    /// What it means.
    pub definition: String,
    /// Where it holds and where it does not.
    pub cases: Cases,
    /// Its modes, in the manual's order.
    pub modes: Vec<Mode>,
}

/// What an entry of the codebook teaches beside its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// Where the entry ends and its neighbour begins.
    pub rules: Vec<String>,
    /// Sentences (for a sector: phrases) it holds for.
    pub positive: Vec<String>,
    /// Ones near it that it does not hold for, each with what they are.
    pub negative: Vec<String>,
}

/// How an event of a type was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    /// The name as PLOVER writes it.
    pub name: String,
    /// PLOVER score; none where the manual gives none.
    pub score: Option<f64>,
    /// What it means.
    pub definition: String,
    /// Where it holds and where it does not.
    pub cases: Cases,
}

/// What an event may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The name as PLOVER writes it.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// Where it holds and where it does not.
    pub cases: Cases,
}

/// What an actor may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    /// Three letters.
    pub code: String,
    /// What it means.
    pub name: String,
    /// Its part of the list.
    pub group: SectorGroup,
    /// Where it holds and where it does not.
    pub cases: Cases,
}

/// How real an event may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// The status.
    pub status: Status,
    /// What it means.
    pub definition: String,
    /// Where it holds and where it does not.
    pub cases: Cases,
}

/// The three parts of the sector list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectorGroup {
    /// Frequent sectors of a country's actors.
    Main,
    /// Further sectors of a country's actors.
    Further,
    /// International actors: the code stands in the country's place.
    International,
}

/// What an older label means now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The type.
    pub kind: EventType,
    /// The mode the older label implies.
    pub mode: Option<String>,
}

/// What is wrong with an ontology file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OntologyError {
    /// The TOML file does not parse or has a wrong key or value.
    #[error("ontology file: {0}")]
    Toml(#[from] toml::de::Error),
    /// A name is no event type.
    #[error("ontology file: `{0}` is not an event type")]
    UnknownType(String),
    /// A type has no entry.
    #[error("ontology file: {0} has no entry")]
    MissingType(&'static str),
    /// The file's quad class of a type is not the program's.
    #[error("ontology file: quad class {quad} of {kind} is not the one coded")]
    Quad {
        /// The type.
        kind: &'static str,
        /// What the file says.
        quad: u8,
    },
    /// An alias points to a mode or context that does not exist.
    #[error("ontology file: the alias `{0}` points to nothing")]
    Alias(String),
    /// A row of the CAMEO table cannot be read.
    #[error("CAMEO table, line {line}: {what}")]
    Cameo {
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

impl Ontology {
    /// Reads the ontology file (TOML) and the CAMEO table (tab-separated).
    ///
    /// # Errors
    /// The first thing in either that cannot be used, with its place or name.
    pub fn from_toml(plover: &str, cameo: &str) -> Result<Ontology, OntologyError> {
        let file: file::File = toml::from_str(plover)?;
        let types = types(file.types)?;
        let has_mode = |kind: EventType, mode: &str| {
            types.get(&kind).is_some_and(|entry: &TypeEntry| entry.modes.iter().any(|m| m.name == mode))
        };
        let mut aliases = BTreeMap::new();
        for entry in file.aliases {
            let kind = named(&entry.kind)?;
            if entry.mode.as_ref().is_some_and(|mode| !has_mode(kind, mode)) {
                return Err(OntologyError::Alias(entry.label));
            }
            aliases.insert(entry.label.to_uppercase(), Alias { kind, mode: entry.mode });
        }
        let mut mode_aliases = BTreeMap::new();
        for entry in file.mode_aliases {
            let kind = named(&entry.kind)?;
            if !has_mode(kind, &entry.mode) {
                return Err(OntologyError::Alias(entry.label));
            }
            mode_aliases.insert((kind, entry.label), entry.mode);
        }
        let mut context_aliases = BTreeMap::new();
        for entry in file.context_aliases {
            if !file.contexts.iter().any(|context| context.name == entry.context) {
                return Err(OntologyError::Alias(entry.label));
            }
            context_aliases.insert(entry.label, entry.context);
        }
        Ok(Ontology {
            version: file.version,
            types,
            contexts: file.contexts.into_iter().map(Context::from).collect(),
            sectors: file.sectors.into_iter().map(Sector::from).collect(),
            statuses: file.statuses.into_iter().map(StatusEntry::from).collect(),
            aliases,
            mode_aliases,
            context_aliases,
            cameo: cameo::parse(cameo)?,
        })
    }

    /// The ontology's version, "2.0".
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The entry of a type; loading has made sure that every type has one.
    pub fn entry(&self, kind: EventType) -> Option<&TypeEntry> {
        self.types.get(&kind)
    }

    /// PLOVER score, −10…+10: the mode's where it has one, else the type's.
    pub fn score(&self, kind: EventType, mode: Option<&str>) -> f64 {
        let Some(entry) = self.entry(kind) else { return 0.0 };
        let mode = mode.and_then(|name| entry.modes.iter().find(|mode| mode.name == name));
        mode.and_then(|mode| mode.score).unwrap_or(entry.score)
    }

    /// True where the type has a mode of this name.
    pub fn is_mode(&self, kind: EventType, mode: &str) -> bool {
        self.entry(kind).is_some_and(|entry| entry.modes.iter().any(|m| m.name == mode))
    }

    /// The mode of a type by its name, or by one it had in an earlier list.
    pub fn mode<'a>(&'a self, kind: EventType, name: &'a str) -> Option<&'a str> {
        if self.is_mode(kind, name) {
            return Some(name);
        }
        self.mode_aliases.get(&(kind, name.to_owned())).map(String::as_str)
    }

    /// The type of a name of PLOVER 2.0 or of an older label, in any case.
    pub fn alias(&self, label: &str) -> Option<EventType> {
        self.older(label).map(|alias| alias.kind).or_else(|| EventType::parse(label.trim()))
    }

    /// What an older label means, with the mode it implies.
    pub fn older(&self, label: &str) -> Option<&Alias> {
        self.aliases.get(&label.trim().to_uppercase())
    }

    /// All contexts.
    pub fn contexts(&self) -> &[Context] {
        &self.contexts
    }

    /// A context by its name or by another spelling of it.
    pub fn context(&self, name: &str) -> Option<&Context> {
        let name = self.context_aliases.get(name).map_or(name, String::as_str);
        self.contexts.iter().find(|context| context.name == name)
    }

    /// All sectors.
    pub fn sectors(&self) -> &[Sector] {
        &self.sectors
    }

    /// All statuses with what they mean.
    pub fn statuses(&self) -> &[StatusEntry] {
        &self.statuses
    }

    /// CAMEO root code of a type, two digits.
    pub fn cameo_root(&self, kind: EventType) -> &str {
        self.entry(kind).map_or("", |entry| &entry.cameo)
    }

    /// A CAMEO code.
    pub fn cameo(&self, code: &str) -> Option<&CameoCode> {
        self.cameo.get(code)
    }

    /// Goldstein value of a CAMEO code: its own, else that of the code it refines.
    pub fn goldstein(&self, code: &str) -> Option<f64> {
        (2..=code.len())
            .rev()
            .filter_map(|length| code.get(..length))
            .find_map(|part| self.cameo.get(part).and_then(|code| code.goldstein))
    }
}

fn named(name: &str) -> Result<EventType, OntologyError> {
    EventType::parse(name).ok_or_else(|| OntologyError::UnknownType(name.to_owned()))
}

fn types(entries: Vec<file::TypeEntry>) -> Result<BTreeMap<EventType, TypeEntry>, OntologyError> {
    let mut types = BTreeMap::new();
    for entry in entries {
        let kind = named(&entry.name)?;
        if u8::from(kind.quad()) != entry.quad {
            return Err(OntologyError::Quad { kind: kind.as_str(), quad: entry.quad });
        }
        let entry = TypeEntry {
            kind,
            score: entry.score,
            cameo: entry.cameo,
            recipient_required: entry.recipient_required,
            definition: entry.definition,
            cases: Cases { rules: entry.rules, positive: entry.positive, negative: entry.negative },
            modes: entry.modes.into_iter().map(Mode::from).collect(),
        };
        types.insert(kind, entry);
    }
    match EventType::ALL.into_iter().find(|kind| !types.contains_key(kind)) {
        Some(missing) => Err(OntologyError::MissingType(missing.as_str())),
        None => Ok(types),
    }
}

#[cfg(test)]
mod tests;
