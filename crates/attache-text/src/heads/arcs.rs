//! Dependency arcs and their relations: a deep biaffine scorer (Dozat and Manning 2017) and the best tree.

use super::tree::ArcScores;
use crate::encoder::ModelError;
use crate::encoder::matrix::{Linear, View, best, gelu, multiply};
use crate::encoder::weights::{Config, Labels, Weights};

/// Numbers an arc is scored from, and those its relation is scored from (`ARC`, `LABEL` of `train/model.py`).
const ARC: usize = 256;
const LABEL: usize = 96;

/// The arc and relation heads.
#[derive(Debug)]
pub struct Arcs {
    /// To a word as dependent and as head of an arc, then of a relation, side by side.
    roles: Linear,
    /// Rows of the dependent, then one row for the head alone; columns of the head.
    arc: Vec<f32>,
    /// Rows of the dependent and one more; columns (relation, head and one more).
    label: Vec<f32>,
    labels: usize,
    /// Which relation is `root`.
    root: usize,
}

/// The arc of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Governing word; none for the root.
    pub head: Option<usize>,
    /// Index of the relation.
    pub label: usize,
}

impl Arcs {
    /// Reads the heads out of the weights file.
    pub fn read(weights: &Weights<'_>, config: &Config, labels: &Labels) -> Result<Arcs, ModelError> {
        let parts = [
            ("heads.arc_dependent", ARC),
            ("heads.arc_head", ARC),
            ("heads.label_dependent", LABEL),
            ("heads.label_head", LABEL),
        ];
        let (count, side) = (labels.deprel.len(), LABEL + 1);
        let stacked = weights.matrix("heads.label", &[count, side, side])?;
        let mut label = vec![0.0; stacked.len()];
        for (at, &value) in stacked.iter().enumerate() {
            let (relation, i, j) = (at / (side * side), at / side % side, at % side);
            label[(i * count + relation) * side + j] = value;
        }
        let root = labels.deprel.iter().position(|name| name == "root");
        Ok(Arcs {
            roles: weights.linear(config.width, &parts)?,
            arc: weights.matrix("heads.arc", &[ARC + 1, ARC])?,
            label,
            labels: count,
            root: root.ok_or_else(|| ModelError::Missing("relation `root`".into()))?,
        })
    }

    /// The best tree over the word vectors; row 0 is the root's.
    pub fn apply(&self, vectors: &[f32]) -> Vec<Arc> {
        let n = vectors.len() / self.roles.inputs;
        let mut roles = self.roles.apply(vectors);
        gelu(&mut roles);
        let heads = ArcScores::new(n, &self.scores(&roles, n)).tree();
        let relations = self.relations(&roles, &heads);
        (1..n)
            .map(|d| {
                let scores = &relations[d * self.labels..(d + 1) * self.labels];
                match heads[d] {
                    0 => Arc { head: None, label: self.root },
                    head => Arc { head: Some(head - 1), label: self.best_inner(scores) },
                }
            })
            .collect()
    }

    /// The best relation of a word that does not hang on the root.
    fn best_inner(&self, scores: &[f32]) -> usize {
        let mut scores = scores.to_vec();
        scores[self.root] = f32::NEG_INFINITY;
        best(&scores)
    }

    /// Score of each arc, `n` rows of dependents with `n` heads.
    fn scores(&self, roles: &[f32], n: usize) -> Vec<f32> {
        let step = self.roles.outputs;
        let bias = &self.arc[ARC * ARC..];
        let mut mixed = bias.repeat(n);
        let dependents = View::rows(roles, n, ARC, step);
        multiply(1.0, dependents, View::rows(&self.arc, ARC, ARC, ARC), 1.0, &mut mixed, ARC);
        let mut scores = vec![0.0; n * n];
        let heads = View::rows(&roles[ARC..], n, ARC, step).transposed();
        multiply(1.0, View::rows(&mixed, n, ARC, ARC), heads, 0.0, &mut scores, n);
        scores
    }

    /// Score of each relation of each word to its head.
    fn relations(&self, roles: &[f32], heads: &[usize]) -> Vec<f32> {
        let (n, step, side) = (heads.len(), self.roles.outputs, LABEL + 1);
        let columns = self.labels * side;
        let mut mixed = self.label[LABEL * columns..].repeat(n);
        let dependents = View::rows(&roles[2 * ARC..], n, LABEL, step);
        multiply(1.0, dependents, View::rows(&self.label, LABEL, columns, columns), 1.0, &mut mixed, columns);
        let mut out = Vec::with_capacity(n * self.labels);
        for (row, &head) in mixed.chunks_exact(columns).zip(heads) {
            let at = head * step + 2 * ARC + LABEL;
            let head = &roles[at..at + LABEL];
            out.extend(row.chunks_exact(side).map(|own| {
                let (own, bias) = own.split_at(LABEL);
                bias[0] + own.iter().zip(head).map(|(a, b)| a * b).sum::<f32>()
            }));
        }
        out
    }
}
