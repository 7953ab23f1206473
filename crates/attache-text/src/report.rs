//! One news document, as the reader hands it on.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One news document: its text, and what is known about it.
///
/// `text` is normalised (NFC, `\n` line ends, no control or bidi-override characters) and never
/// edited afterwards: every span of every later layer points into it. `blocks` are in order, do not
/// overlap, and cover what was kept; anything outside them is white space.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Stable id: first 16 hex digits of the SHA-256 of the url (where there is one) and the text.
    pub id: String,
    /// The id the input gave it, for joining what comes out with what went in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_id: Option<String>,
    /// The normalised text, UTF-8.
    pub text: String,
    /// The stretches of the text and what each is.
    pub blocks: Vec<Block>,
    /// The title, as words of its own (it is a block too).
    pub title: Option<String>,
    /// Who wrote it; never an actor.
    pub byline: Option<String>,
    /// The news outlet.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// ISO 639-1 code as the document declares it (`lang` attribute and the like), not yet detected.
    pub declared_language: Option<String>,
    /// How the bytes were read as text.
    pub charset: Charset,
    /// Things a person should know about how this was read, in plain sentences.
    pub notes: Vec<String>,
}

/// A stretch of a report with a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What the stretch is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The report's title.
    Title,
    /// A heading inside the report.
    Heading,
    /// Running text, one paragraph a block.
    Body,
    /// Words under a picture.
    Caption,
    /// Who made a picture or wrote the text; a byline or date line counts as credit.
    Credit,
    /// Navigation, adverts, reading tips: kept for the record, never coded.
    Boilerplate,
}

impl BlockKind {
    /// True for blocks whose sentences are read for events.
    pub fn is_coded(self) -> bool {
        !matches!(self, BlockKind::Credit | BlockKind::Boilerplate)
    }
}

/// The published date and how it was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The date.
    pub date: Date,
    /// The words it was read from.
    pub raw: String,
    /// True where `raw` alone allows both day-month and month-day.
    pub ambiguous: bool,
    /// What settled it.
    pub by: PublishedBy,
}

/// What settled a published date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedBy {
    /// `--published DATE`.
    Given,
    /// `--date-order dmy|mdy`.
    DateOrder,
    /// The page's metadata or the input's own field.
    Metadata,
    /// The words of the text, which allow one reading only.
    Text,
    /// The publisher's country and the language, over two possible readings.
    Convention,
}

/// How bytes became text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charset {
    /// The encoding's name, as the Encoding Standard spells it.
    pub name: String,
    /// What decided it: `bom`, `valid-utf8`, `http`, `meta`, `detected`.
    pub by: String,
    /// How many sequences were not valid and became U+FFFD.
    pub replaced: usize,
}

impl Default for Charset {
    fn default() -> Charset {
        Charset { name: "UTF-8".into(), by: "valid-utf8".into(), replaced: 0 }
    }
}
