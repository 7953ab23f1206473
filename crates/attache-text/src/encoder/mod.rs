//! The small transformer: words in, one vector a word out, and the heads' answers written into the sentence.
//!
//! [`Model::analyse`] reads a sentence once; what the relation head needs later is kept in [`Encoded`].
//! The answer for a sentence depends on nothing but its words and the weights file.

pub mod forward;
pub mod kernel;
pub mod matrix;
pub mod weights;
pub mod wordpiece;

use crate::heads::lemma::{Script, lemma};
use crate::heads::relation::{Columns, Judgement, Side, Tower};
use crate::heads::{arcs::Arcs, inflection, mentions, tags::Tags};
use crate::{Sentence, Upos};
use forward::Encoder;
use kernel::Kernel;
use sha2::{Digest, Sha256};
use std::ops::Range;
use weights::{Labels, Weights};
use wordpiece::{Shape, Vocabulary, shape};

/// Words looked at as one sentence; a longer one is read in parts of this many.
const MAX_WORDS: usize = 400;

/// What can be wrong with a weights file.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is no safetensors file.
    #[error("the model is not a safetensors file: {0}")]
    File(#[from] safetensors::SafeTensorError),
    /// The sizes or labels in its metadata cannot be read.
    #[error("the model's metadata cannot be read: {0}")]
    Metadata(#[from] serde_json::Error),
    /// It was written for another program or version.
    #[error("the model has the form {0:?}, which this program does not read")]
    Format(String),
    /// A tensor or text is not there.
    #[error("the model has no {0}")]
    Missing(String),
    /// A tensor is not as large as the sizes say, or a label means nothing.
    #[error("the model's {0} does not fit the rest of it")]
    Shape(String),
}

/// The encoder with its heads. Immutable: one serves all threads.
#[derive(Debug)]
pub struct Model {
    id: String,
    vocabulary: Vocabulary,
    encoder: Encoder,
    width: usize,
    /// Most pieces of one window, without the sentence's start and end.
    room: usize,
    tower_from: usize,
    tags: Tags,
    arcs: Arcs,
    upos: Vec<Upos>,
    feats: Vec<String>,
    scripts: Vec<Script>,
    deprels: Vec<String>,
    mention_tags: Vec<mentions::Tag>,
    tower: Option<Tower>,
}

/// What was read of a sentence, kept for [`Model::relate`].
#[derive(Debug, Clone, Default)]
pub struct Encoded {
    windows: Vec<Window>,
}

/// A run of words short enough to be read at once.
#[derive(Debug, Clone)]
struct Window {
    /// Which words of the sentence.
    words: Range<usize>,
    /// The word of each piece, counted from the window's first; none for the start and the end.
    word_of: Vec<Option<usize>>,
    /// States after the layer the relation tower stands on, one row a piece.
    states: Vec<f32>,
}

impl Encoded {
    /// The window that holds a side, or the first.
    fn window(&self, actor: &[usize], recipient: &[usize]) -> Option<&Window> {
        let known = |window: &&Window| actor.iter().chain(recipient).any(|word| window.words.contains(word));
        self.windows.iter().find(known).or(self.windows.first())
    }
}

impl Window {
    /// Which pieces belong to these words of the sentence.
    fn side(&self, words: &[usize]) -> Side {
        let is = |word: &Option<usize>| word.is_some_and(|word| words.contains(&(word + self.words.start)));
        self.word_of.iter().map(is).collect()
    }
}

impl Model {
    /// Reads a weights file as `train/export.py` writes it.
    ///
    /// # Errors
    /// [`ModelError`] where the bytes are no such file, or its tensors and labels do not fit each other.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        Model::with_kernel(bytes, Kernel::fastest())
    }

    /// The same for one way to compute, to test and measure it: the answers do not differ.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn with_kernel(bytes: &[u8], kernel: Kernel) -> Result<Model, ModelError> {
        let weights = Weights::open(bytes, kernel)?;
        let config = weights.config()?;
        let labels: Labels = serde_json::from_str(weights.text("labels")?)?;
        let vocabulary = Vocabulary::parse(weights.text("vocabulary")?)
            .ok_or_else(|| ModelError::Missing("special piece in the vocabulary".into()))?;
        let encoder = Encoder::read(&weights, &config, vocabulary.len())?;
        let tower = match config.tower_layers {
            0 => None,
            _ => Some(Tower::read(&weights, &config)?),
        };
        let unfit = |what: &str| ModelError::Shape(what.into());
        let parsed = |upos: &String| Upos::parse(upos).ok_or_else(|| unfit("UPOS labels"));
        let script = |text: &String| Script::parse(text).ok_or_else(|| unfit("lemma scripts"));
        let tag = |text: &String| mentions::Tag::parse(text).ok_or_else(|| unfit("mention tags"));
        if labels.deprel.is_empty() || labels.feats.is_empty() || labels.mention.is_empty() {
            return Err(unfit("labels"));
        }
        Ok(Model {
            id: Sha256::digest(bytes).iter().take(4).map(|b| format!("{b:02x}")).collect(),
            encoder,
            width: config.width,
            room: config.positions - 2,
            tower_from: config.tower_from,
            tags: Tags::read(&weights, &config, &labels)?,
            arcs: Arcs::read(&weights, &config, &labels)?,
            upos: labels.upos.iter().map(parsed).collect::<Result<_, _>>()?,
            scripts: labels.lemma.iter().map(script).collect::<Result<_, _>>()?,
            mention_tags: labels.mention.iter().map(tag).collect::<Result<_, _>>()?,
            feats: labels.feats,
            deprels: labels.deprel,
            vocabulary,
            tower,
        })
    }

    /// First eight hex digits of the file's SHA-256: tells two models apart.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Fills lemma, tags, head and relation of each token, and the sentence's mentions.
    ///
    /// `text` is the text the tokens' spans point into. Every sentence gets a well-formed tree with one
    /// root, however long or odd it is; one of more than 400 tokens is read in parts, and one of more
    /// pieces than the encoder has positions in windows.
    pub fn analyse(&self, text: &str, sentence: &mut Sentence) -> Encoded {
        let words: Vec<String> = sentence
            .tokens
            .iter()
            .map(|t| if t.text.is_empty() { t.span.of(text).to_string() } else { t.text.clone() })
            .collect();
        sentence.mentions.clear();
        let mut encoded = Encoded::default();
        for first in (0..words.len()).step_by(MAX_WORDS) {
            let part = first..words.len().min(first + MAX_WORDS);
            let vectors = self.vectors(&words, part.clone(), &mut encoded);
            self.write(&words, part, &vectors, sentence);
        }
        encoded
    }

    /// What the columns of a [`Judgement`] stand for; none where the file has no relation tower.
    pub fn relations(&self) -> Option<&Columns> {
        self.tower.as_ref().map(Tower::columns)
    }

    /// What joins the words `actor` and `recipient` (indexes of tokens; either may be empty), the sentence
    /// read with this pair in mind. None where the file has no relation tower or nothing was encoded.
    pub fn relate(&self, encoded: &Encoded, actor: &[usize], recipient: &[usize]) -> Option<Judgement> {
        let (tower, window) = (self.tower.as_ref()?, encoded.window(actor, recipient)?);
        let (actor, recipient) = (window.side(actor), window.side(recipient));
        let states = tower.states(&window.states, Some((&actor, &recipient)));
        Some(tower.judge(&states, &actor, &recipient))
    }

    /// The sentence read once for all its pairs, for [`Model::judge`].
    pub fn reread(&self, encoded: &Encoded) -> Encoded {
        let Some(tower) = &self.tower else { return Encoded::default() };
        let read = |window: &Window| Window { states: tower.states(&window.states, None), ..window.clone() };
        Encoded { windows: encoded.windows.iter().map(read).collect() }
    }

    /// The same as [`Model::relate`] for a sentence that [`Model::reread`] has read: cheap, pair by pair.
    pub fn judge(&self, read: &Encoded, actor: &[usize], recipient: &[usize]) -> Option<Judgement> {
        let (tower, window) = (self.tower.as_ref()?, read.window(actor, recipient)?);
        Some(tower.judge(&window.states, &window.side(actor), &window.side(recipient)))
    }

    /// The word that tells the judged pair's event best, and how likely it does.
    pub fn trigger(
        &self,
        read: &Encoded,
        actor: &[usize],
        recipient: &[usize],
        judgement: &Judgement,
    ) -> Option<(usize, f32)> {
        let (tower, window) = (self.tower.as_ref()?, read.window(actor, recipient)?);
        let scores = tower.triggers(&window.states, judgement);
        let words = scores.iter().zip(&window.word_of);
        let words = words.filter_map(|(&score, word)| word.map(|word| (word + window.words.start, score)));
        words.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }

    /// A vector for the root (row 0) and one for each word of the part.
    fn vectors(&self, words: &[String], part: Range<usize>, encoded: &mut Encoded) -> Vec<f32> {
        let mut vectors = vec![0.0; (part.len() + 1) * self.width];
        let pieces: Vec<Vec<u32>> = words[part.clone()].iter().map(|w| self.vocabulary.word(w)).collect();
        let mut first = 0;
        while first < pieces.len() {
            let mut room = self.room;
            let fitting = pieces[first..].iter().take_while(|own| {
                let fits = own.len() <= room;
                room = room.saturating_sub(own.len());
                fits
            });
            let last = first + fitting.count().max(1);
            let (mut row, mut word_of) = (vec![(self.vocabulary.start, Shape::Special)], vec![None]);
            for (n, own) in pieces[first..last].iter().enumerate() {
                let at = part.start + first + n;
                let shape = shape(&words[at], at == 0);
                row.extend(own.iter().map(|&piece| (piece, shape)));
                word_of.extend(own.iter().map(|_| Some(n)));
            }
            row.push((self.vocabulary.end, Shape::Special));
            word_of.push(None);
            let (states, kept) = self.encoder.apply(&row, self.tower_from);
            if first == 0 {
                vectors[..self.width].copy_from_slice(&states[..self.width]);
            }
            for (state, word) in states.chunks_exact(self.width).zip(&word_of) {
                if let Some(n) = word {
                    let (at, share) = ((first + n + 1) * self.width, pieces[first + n].len() as f32);
                    for (v, s) in vectors[at..at + self.width].iter_mut().zip(state) {
                        *v += s / share;
                    }
                }
            }
            let words = part.start + first..part.start + last;
            encoded.windows.push(Window { words, word_of, states: kept });
            first = last;
        }
        vectors
    }

    /// Reads the heads and writes what they say into the tokens of the part.
    fn write(&self, words: &[String], part: Range<usize>, vectors: &[f32], sentence: &mut Sentence) {
        let tags = self.tags.apply(&vectors[self.width..]);
        let tree = self.arcs.apply(vectors);
        let root = sentence.tokens.iter().position(|t| t.head.is_none() && !t.deprel.is_empty());
        for (n, tag) in tags.iter().enumerate() {
            let token = &mut sentence.tokens[part.start + n];
            token.upos = self.upos.get(tag.upos).copied().unwrap_or_default();
            token.feats = self.feats.get(tag.feats).cloned().unwrap_or_default();
            let word = &words[part.start + n];
            let guess = lemma(word, &self.scripts, &tag.lemma);
            token.lemma = inflection::settle(word, token.upos, guess);
            let arc = &tree[n];
            token.head = arc.head.map(|head| part.start + head);
            token.deprel = self.deprels.get(arc.label).cloned().unwrap_or_default();
        }
        // The roots of later parts hang on the root of the first one.
        if let Some(root) = root.filter(|_| part.start > 0) {
            for token in sentence.tokens[part.clone()].iter_mut().filter(|t| t.head.is_none()) {
                token.head = Some(root);
                token.deprel = "parataxis".into();
            }
        }
        let scores: Vec<&[f32]> = tags.iter().map(|tag| tag.mention.as_slice()).collect();
        for mut mention in mentions::decode(&scores, &self.mention_tags) {
            mention.first += part.start;
            mention.last += part.start;
            sentence.mentions.push(mention);
        }
    }
}

#[cfg(test)]
mod tests;
