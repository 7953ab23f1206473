//! The relation tower: what one marked actor does to one marked recipient.
//!
//! It stands on the shared encoder's states, so a sentence is read once however many pairs are asked for.
//! Each piece's state is told whether it belongs to the actor or the recipient, goes through further layers,
//! and the means of both, with the sentence's start, give the scores. `train/relation.py` is the same.

use crate::encoder::ModelError;
use crate::encoder::forward::Layer;
use crate::encoder::matrix::{Linear, gelu, softmax};
use crate::encoder::weights::{Config, Weights};

/// The tower.
#[derive(Debug)]
pub struct Tower {
    width: usize,
    /// What is added to the states of no role, of the actor, of the recipient.
    roles: Vec<f32>,
    layers: Vec<Layer>,
    hidden: Linear,
    out: Linear,
    roots: Vec<String>,
}

impl Tower {
    /// Reads the tower out of the weights file.
    pub fn read(weights: &Weights<'_>, config: &Config) -> Result<Tower, ModelError> {
        let roots: Vec<String> = serde_json::from_str(weights.text("roots")?)?;
        let width = config.width;
        Ok(Tower {
            width,
            roles: weights.matrix("tower.roles.weight", &[3, width])?,
            layers: (0..config.tower_layers)
                .map(|n| Layer::read(weights, config, &format!("tower.layers.{n}")))
                .collect::<Result<_, _>>()?,
            hidden: weights.linear(3 * width, &[("tower.hidden", width)])?,
            out: weights.linear(width, &[("tower.out", roots.len())])?,
            roots,
        })
    }

    /// Probability of each root, likeliest first. `marks` says of each piece whether it belongs to the
    /// actor and to the recipient; a role no piece has is read off the sentence's start.
    pub fn relate(&self, states: &[f32], marks: &[(bool, bool)]) -> Vec<(String, f32)> {
        let mut x = states.to_vec();
        for (row, &(actor, recipient)) in x.chunks_exact_mut(self.width).zip(marks) {
            let role = usize::from(recipient) * 2 + usize::from(actor && !recipient);
            for (v, r) in row.iter_mut().zip(&self.roles[role * self.width..]) {
                *v += r;
            }
        }
        for layer in &self.layers {
            x = layer.apply(&x);
        }
        let mut joined = self.mean(&x, marks.iter().map(|m| m.0));
        joined.extend(self.mean(&x, marks.iter().map(|m| m.1)));
        joined.extend(x.iter().take(self.width));
        let mut hidden = self.hidden.apply(&joined);
        gelu(&mut hidden);
        let mut scores = self.out.apply(&hidden);
        softmax(&mut scores, self.roots.len());
        let mut out: Vec<(String, f32)> = self.roots.iter().cloned().zip(scores).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }

    /// Mean of the marked rows; row 0 where none is marked.
    fn mean(&self, x: &[f32], marked: impl Iterator<Item = bool>) -> Vec<f32> {
        let rows: Vec<&[f32]> =
            x.chunks_exact(self.width).zip(marked).filter(|(_, m)| *m).map(|(r, _)| r).collect();
        if rows.is_empty() {
            return x.iter().copied().take(self.width).collect();
        }
        let mut mean = vec![0.0; self.width];
        for row in &rows {
            for (m, v) in mean.iter_mut().zip(*row) {
                *m += v / rows.len() as f32;
            }
        }
        mean
    }
}
