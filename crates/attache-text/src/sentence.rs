//! A sentence, its tokens, and what the encoder says of them. Names are those of CoNLL-U.

use crate::Span;
use serde::{Deserialize, Serialize};

/// One sentence of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// Where it stands in the report.
    pub span: Span,
    /// Its syntactic words, in order.
    pub tokens: Vec<Token>,
    /// Stretches that can name an entity, a place, a time or an amount; no two overlap.
    pub mentions: Vec<Mention>,
}

/// A syntactic word in the sense of Universal Dependencies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Token {
    /// Where it stands in the report. Parts of a contraction ("do" + "n't") have each their own span.
    pub span: Span,
    /// The word as written.
    pub text: String,
    /// True where this word is written together with the next one as one contraction (a CoNLL-U
    /// multiword token: "do" before "n't", "Spain" before "'s").
    pub joined: bool,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Universal features as CoNLL-U writes them (`Number=Sing|Person=3`); empty for none.
    pub feats: String,
    /// Index (from 0) of the governing token in the sentence; none for the root.
    pub head: Option<usize>,
    /// Universal dependency relation, subtype included (`nsubj:pass`).
    pub deprel: String,
}

impl Token {
    /// The value of one feature, such as `Tense`.
    pub fn feat(&self, name: &str) -> Option<&str> {
        self.feats
            .split('|')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }

    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or("")
    }
}

/// Universal part-of-speech tags, <https://universaldependencies.org/u/pos/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)] // the tags are named as the standard names them
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// All tags, in alphabetical order.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The tag as CoNLL-U writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }

    /// The tag of a CoNLL-U name; none for a name that is no tag.
    pub fn parse(name: &str) -> Option<Upos> {
        Upos::ALL.into_iter().find(|tag| tag.as_str() == name)
    }
}

/// A stretch of a sentence that can name something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// First token of the stretch (index in the sentence).
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// What it names.
    pub kind: MentionKind,
}

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MentionKind {
    /// A person.
    Per,
    /// An organisation.
    Org,
    /// A country, city or other place with a government.
    Gpe,
    /// A place without one: river, region, sea.
    Loc,
    /// A building, airport, bridge.
    Fac,
    /// A nationality, religious or political group.
    Norp,
    /// A date or time.
    Date,
    /// An amount of money.
    Money,
}
