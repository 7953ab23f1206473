//! The ontology file as written: TOML tables, read strictly so that a misspelt key is an error.

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
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextEntry {
    pub name: String,
    pub definition: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectorEntry {
    pub code: String,
    pub name: String,
    pub group: super::SectorGroup,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusEntry {
    pub name: crate::Status,
    pub definition: String,
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
