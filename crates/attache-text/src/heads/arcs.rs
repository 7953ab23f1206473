//! Dependency arcs and their relations: a deep biaffine scorer (Dozat and Manning 2017) and the best tree.

use super::tree::ArcScores;
use crate::encoder::ModelError;
use crate::encoder::kernel::Scratch;
use crate::encoder::matrix::{Linear, View, best};
use crate::encoder::weights::{Config, Labels, Weights};

/// Numbers an arc is scored from, and those its relation is scored from (`ARC`, `LABEL` of `train/model.py`).
const ARC: usize = 256;
const LABEL: usize = 96;

/// The arc and relation heads.
#[derive(Debug)]
pub struct Arcs {
    /// To a word as dependent and as head of an arc, then of a relation, side by side.
    roles: Linear,
    /// From the head to what its dependent is multiplied with, and one number for the head alone.
    arc: Linear,
    /// The same for each relation.
    label: Linear,
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
        let root = labels.deprel.iter().position(|name| name == "root");
        Ok(Arcs {
            roles: weights.linear(config.width, &parts)?,
            arc: weights.product("heads.arc", ARC, ARC + 1)?,
            label: weights.bordered("heads.label", &[count, side, side])?,
            labels: count,
            root: root.ok_or_else(|| ModelError::Missing("relation `root`".into()))?,
        })
    }

    /// The best tree over the word vectors; row 0 is the root's.
    pub fn apply(&self, vectors: &[f32]) -> Vec<Arc> {
        let n = vectors.len() / self.roles.inputs;
        let (mut roles, mut scratch) = (Vec::new(), Scratch::default());
        self.roles.apply_into(vectors, true, &mut roles, &mut scratch);
        let heads = ArcScores::new(n, &self.scores(&roles, n, &mut scratch)).tree();
        let mut arcs = vec![Arc { head: None, label: self.root }; n.saturating_sub(1)];
        self.relate(&roles, &heads, &mut arcs, &mut scratch);
        arcs
    }

    /// The best relation of a word that does not hang on the root.
    fn best_inner(&self, mut scores: Vec<f32>) -> usize {
        scores[self.root] = f32::NEG_INFINITY;
        best(&scores)
    }

    /// Score of each arc, `n` rows of dependents with `n` heads.
    fn scores(&self, roles: &[f32], n: usize, scratch: &mut Scratch) -> Vec<f32> {
        let step = self.roles.outputs;
        let heads: Vec<f32> = roles.chunks_exact(step).flat_map(|row| &row[ARC..2 * ARC]).copied().collect();
        let (mut mixed, mut scores) = (Vec::new(), vec![0.0; n * n]);
        self.arc.apply_into(&heads, false, &mut mixed, scratch);
        let dependents = View { data: roles, rows: n, columns: ARC, step };
        let heads = View { data: &mixed, rows: n, columns: ARC, step: ARC + 1 };
        self.arc.kernel().compare(dependents, heads, &mut scores, scratch);
        for row in scores.chunks_exact_mut(n) {
            for (score, head) in row.iter_mut().zip(mixed.chunks_exact(ARC + 1)) {
                *score += head[ARC];
            }
        }
        scores
    }

    /// Writes head and relation of each word that does not hang on the root.
    fn relate(&self, roles: &[f32], heads: &[usize], arcs: &mut [Arc], scratch: &mut Scratch) {
        let (step, side) = (self.roles.outputs, LABEL + 1);
        let mut order: Vec<usize> = (1..heads.len()).filter(|&word| heads[word] != 0).collect();
        order.sort_by_key(|&word| heads[word]);
        let groups: Vec<&[usize]> = order.chunk_by(|a, b| heads[*a] == heads[*b]).collect();
        let role = |word: usize, column: usize| &roles[word * step + column..][..LABEL];
        let own: Vec<f32> =
            groups.iter().flat_map(|words| role(heads[words[0]], 2 * ARC + LABEL)).copied().collect();
        let (mut mixed, mut fits) = (Vec::new(), Vec::new());
        self.label.apply_into(&own, false, &mut mixed, scratch);
        for (words, mixed) in groups.iter().zip(mixed.chunks_exact(self.label.outputs)) {
            let dependents: Vec<f32> = words.iter().flat_map(|&word| role(word, 2 * ARC)).copied().collect();
            let relations = View { data: mixed, rows: self.labels, columns: LABEL, step: side };
            let dependents = View { data: &dependents, rows: words.len(), columns: LABEL, step: LABEL };
            fits.resize(self.labels * words.len(), 0.0);
            self.label.kernel().compare(relations, dependents, &mut fits, scratch);
            for (n, &word) in words.iter().enumerate() {
                let fits = fits.iter().skip(n).step_by(words.len()).zip(mixed.chunks_exact(side));
                let scores: Vec<f32> = fits.map(|(fit, relation)| fit + relation[LABEL]).collect();
                arcs[word - 1] = Arc { head: Some(heads[word] - 1), label: self.best_inner(scores) };
            }
        }
    }
}
