//! The ontology file as written: TOML tables, read strictly so that a misspelt key is an error.

use super::{Cases, Context, Mode, Sector, StatusEntry as Status};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub version: String,
    #[serde(rename = "type")]
    pub types: Vec<TypeEntry>,
    #[serde(rename = "context")]
    pub contexts: Vec<ContextEntry>,
    #[serde(rename = "sector")]
    pub sectors: Vec<SectorEntry>,
    #[serde(rename = "status")]
    pub statuses: Vec<StatusEntry>,
    #[serde(rename = "alias", default)]
    pub aliases: Vec<AliasEntry>,
    #[serde(rename = "mode_alias", default)]
    pub mode_aliases: Vec<ModeAliasEntry>,
    #[serde(rename = "context_alias", default)]
    pub context_aliases: Vec<ContextAliasEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypeEntry {
    pub name: String,
    pub quad: u8,
    pub score: f64,
    pub cameo: String,
    pub recipient_required: bool,
    pub definition: String,
    pub rules: Vec<String>,
    pub positive: Vec<String>,
    pub negative: Vec<String>,
    #[serde(rename = "mode", default)]
    pub modes: Vec<ModeEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModeEntry {
    pub name: String,
    pub score: Option<f64>,
    pub definition: String,
    pub rules: Vec<String>,
    pub positive: Vec<String>,
    pub negative: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextEntry {
    pub name: String,
    pub definition: String,
    pub rules: Vec<String>,
    pub positive: Vec<String>,
    pub negative: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectorEntry {
    pub code: String,
    pub name: String,
    pub group: super::SectorGroup,
    pub rules: Vec<String>,
    pub positive: Vec<String>,
    pub negative: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusEntry {
    pub name: crate::Status,
    pub definition: String,
    pub rules: Vec<String>,
    pub positive: Vec<String>,
    pub negative: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AliasEntry {
    pub label: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub mode: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModeAliasEntry {
    #[serde(rename = "type")]
    pub kind: String,
    pub label: String,
    pub mode: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextAliasEntry {
    pub label: String,
    pub context: String,
}

impl From<ModeEntry> for Mode {
    fn from(ModeEntry { name, score, definition, rules, positive, negative }: ModeEntry) -> Mode {
        Mode { name, score, definition, cases: Cases { rules, positive, negative } }
    }
}

impl From<ContextEntry> for Context {
    fn from(ContextEntry { name, definition, rules, positive, negative }: ContextEntry) -> Context {
        Context { name, definition, cases: Cases { rules, positive, negative } }
    }
}

impl From<SectorEntry> for Sector {
    fn from(SectorEntry { code, name, group, rules, positive, negative }: SectorEntry) -> Sector {
        Sector { code, name, group, cases: Cases { rules, positive, negative } }
    }
}

impl From<StatusEntry> for Status {
    fn from(StatusEntry { name, definition, rules, positive, negative }: StatusEntry) -> Status {
        Status { status: name, definition, cases: Cases { rules, positive, negative } }
    }
}
