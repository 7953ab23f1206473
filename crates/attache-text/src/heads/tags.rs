//! The heads that score each word on its own: part of speech, features, lemma script, mention tag.

use crate::encoder::ModelError;
use crate::encoder::matrix::{Linear, best};
use crate::encoder::weights::{Config, Labels, Weights};

/// All four heads as one affine map.
#[derive(Debug)]
pub struct Tags {
    map: Linear,
    upos: usize,
    feats: usize,
    lemma: usize,
}

/// What the heads say of one word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordTags {
    /// Index of the part of speech.
    pub upos: usize,
    /// Index of the bundle of features.
    pub feats: usize,
    /// Score of each lemma script.
    pub lemma: Vec<f32>,
    /// Score of each mention tag.
    pub mention: Vec<f32>,
}

impl Tags {
    /// Reads the heads out of the weights file.
    pub fn read(weights: &Weights<'_>, config: &Config, labels: &Labels) -> Result<Tags, ModelError> {
        let parts = [
            ("heads.tags.upos", labels.upos.len()),
            ("heads.tags.feats", labels.feats.len()),
            ("heads.tags.lemma", labels.lemma.len()),
            ("heads.tags.mention", labels.mention.len()),
        ];
        Ok(Tags {
            map: weights.linear(config.width, &parts)?,
            upos: labels.upos.len(),
            feats: labels.feats.len(),
            lemma: labels.lemma.len(),
        })
    }

    /// The tags of every word vector.
    pub fn apply(&self, words: &[f32]) -> Vec<WordTags> {
        let scores = self.map.apply(words);
        scores
            .chunks_exact(self.map.outputs)
            .map(|row| {
                let (upos, row) = row.split_at(self.upos);
                let (feats, row) = row.split_at(self.feats);
                let (lemma, mention) = row.split_at(self.lemma);
                WordTags {
                    upos: best(upos),
                    feats: best(feats),
                    lemma: lemma.to_vec(),
                    mention: mention.to_vec(),
                }
            })
            .collect()
    }
}
