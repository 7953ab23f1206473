//! The relation tower: what one actor does to one recipient.
//!
//! It stands on the shared encoder's early states and has layers of its own. A pair is either *marked* (each
//! piece's state is told whether it belongs to the actor or the recipient before the layers: one reading a
//! pair) or *pointed at* (the layers read the sentence once for all pairs, and the pair enters where the
//! sides are averaged). Training mixes both; `train/tower.py` is the same.

use crate::encoder::ModelError;
use crate::encoder::forward::Layer;
use crate::encoder::matrix::{Linear, gelu, softmax};
use crate::encoder::weights::{Config, Weights};
use serde::Deserialize;

/// Numbers the trigger head compares a word and a pair by.
const TRIGGER: usize = 96;

/// What the tower's columns stand for, and how sure its scores are.
#[derive(Debug, Clone, Deserialize)]
pub struct Columns {
    /// PLOVER types, and NONE last: nothing between these two.
    pub roots: Vec<String>,
    /// `TYPE mode`.
    pub modes: Vec<String>,
    /// Statuses.
    pub statuses: Vec<String>,
    /// What the scores of types are divided by, so that probabilities are as good as they say
    /// (fitted on sentences the tower had not seen).
    pub temperature: f32,
}

/// What the tower says of one pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Probability of each type, and of NONE, in the columns' order, as PLOVER 2.0 cuts the types.
    pub types: Vec<f32>,
    /// The same as the roots of CAMEO's codes cut them (a verdict is ACCUSE, a town taken ASSAULT): the way of
    /// the published PLV records.
    pub cameo: Vec<f32>,
    /// Probability of each mode of each type, were it that type.
    pub modes: Vec<f32>,
    /// Probability of each status.
    pub statuses: Vec<f32>,
    /// The pair's vector, for [`Tower::triggers`].
    pair: Vec<f32>,
}

/// Which pieces are one side's.
pub type Side = Vec<bool>;

/// The tower.
#[derive(Debug)]
pub struct Tower {
    width: usize,
    columns: Columns,
    /// What is added to the states of no role, of the actor, of the recipient.
    roles: Vec<f32>,
    layers: Vec<Layer>,
    hidden: Linear,
    types: Linear,
    cameo: Linear,
    modes: Linear,
    statuses: Linear,
    trigger_word: Linear,
    trigger_pair: Linear,
    trigger: Linear,
}

impl Tower {
    /// Reads the tower out of the weights file.
    pub fn read(weights: &Weights<'_>, config: &Config) -> Result<Tower, ModelError> {
        let columns: Columns = serde_json::from_str(weights.text("relation")?)?;
        let sound = columns.temperature.is_finite() && columns.temperature > 0.0;
        if columns.roots.len() < 2 || !sound {
            return Err(ModelError::Shape("relation".into()));
        }
        let width = config.width;
        let linear = |inputs, name: &str, outputs| weights.linear(inputs, &[(name, outputs)]);
        Ok(Tower {
            width,
            roles: weights.matrix("tower.roles.weight", &[3, width])?,
            layers: (0..config.tower_layers)
                .map(|n| Layer::read(weights, config, &format!("tower.layers.{n}")))
                .collect::<Result<_, _>>()?,
            hidden: linear(5 * width, "tower.hidden", width)?,
            types: linear(width, "tower.out", columns.roots.len())?,
            cameo: linear(width, "tower.cameo", columns.roots.len())?,
            modes: linear(width, "tower.mode", columns.modes.len())?,
            statuses: linear(width, "tower.status", columns.statuses.len())?,
            trigger_word: linear(width, "tower.trigger_word", TRIGGER)?,
            trigger_pair: linear(width, "tower.trigger_pair", TRIGGER)?,
            trigger: linear(TRIGGER, "tower.trigger", 1)?,
            columns,
        })
    }

    /// What the columns of a [`Judgement`] stand for.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// States after the tower's layers, with one pair marked or none.
    pub fn states(&self, states: &[f32], marked: Option<(&Side, &Side)>) -> Vec<f32> {
        let mut x = states.to_vec();
        for (n, row) in x.chunks_exact_mut(self.width).enumerate() {
            let role = match marked {
                Some((_, recipient)) if recipient[n] => 2,
                Some((actor, _)) if actor[n] => 1,
                _ => 0,
            };
            for (v, r) in row.iter_mut().zip(&self.roles[role * self.width..]) {
                *v += r;
            }
        }
        for layer in &self.layers {
            x = layer.apply(&x);
        }
        x
    }

    /// What joins the two sides, by states of [`Tower::states`]. A side no piece has counts as zero.
    pub fn judge(&self, x: &[f32], actor: &Side, recipient: &Side) -> Judgement {
        let (a, r) = (self.mean(x, actor), self.mean(x, recipient));
        let product = a.iter().zip(&r).map(|(a, r)| a * r);
        let distance = a.iter().zip(&r).map(|(a, r)| (a - r).abs());
        let joined: Vec<f32> = a
            .iter()
            .chain(&r)
            .copied()
            .chain(product)
            .chain(distance)
            .chain(x.iter().take(self.width).copied())
            .collect();
        let mut pair = self.hidden.apply(&joined);
        gelu(&mut pair);
        let shares = |head: &Linear| {
            let mut scores = head.apply(&pair);
            scores.iter_mut().for_each(|score| *score /= self.columns.temperature);
            softmax(&mut scores, self.columns.roots.len());
            scores
        };
        let (types, cameo) = (shares(&self.types), shares(&self.cameo));
        let mut statuses = self.statuses.apply(&pair);
        softmax(&mut statuses, self.columns.statuses.len());
        let mut modes = self.modes.apply(&pair);
        modes.iter_mut().for_each(|score| *score = sigmoid(*score));
        Judgement { types, cameo, modes, statuses, pair }
    }

    /// Of each piece, how likely it is a word that tells what this pair's event is.
    pub fn triggers(&self, x: &[f32], judgement: &Judgement) -> Vec<f32> {
        let pair = self.trigger_pair.apply(&judgement.pair);
        let mut words = self.trigger_word.apply(x);
        for row in words.chunks_exact_mut(TRIGGER) {
            for (v, p) in row.iter_mut().zip(&pair) {
                *v = (*v + p).tanh();
            }
        }
        let mut scores = self.trigger.apply(&words);
        scores.iter_mut().for_each(|score| *score = sigmoid(*score));
        scores
    }

    /// Mean of a side's rows; zeros where it has none.
    fn mean(&self, x: &[f32], side: &Side) -> Vec<f32> {
        let count = side.iter().filter(|own| **own).count().max(1) as f32;
        let mut mean = vec![0.0; self.width];
        for (row, _) in x.chunks_exact(self.width).zip(side).filter(|(_, own)| **own) {
            for (m, v) in mean.iter_mut().zip(row) {
                *m += v / count;
            }
        }
        mean
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
