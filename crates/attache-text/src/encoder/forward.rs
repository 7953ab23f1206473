//! The forward pass: pieces in, one state a piece out.

use super::ModelError;
use super::matrix::{Linear, Norm, View, gelu, multiply, softmax};
use super::weights::{Config, Table, Weights};
use super::wordpiece::Shape;

/// One transformer layer, normalised after each half, as BERT has it.
#[derive(Debug)]
pub struct Layer {
    heads: usize,
    /// Queries, keys and values side by side.
    project: Linear,
    attended: Linear,
    norm1: Norm,
    inner: Linear,
    outer: Linear,
    norm2: Norm,
}

impl Layer {
    /// Reads the layer whose tensors begin with `prefix`.
    pub fn read(weights: &Weights<'_>, config: &Config, prefix: &str) -> Result<Layer, ModelError> {
        let width = config.width;
        let name = |part: &str| format!("{prefix}.{part}");
        let (query, key, value) = (name("query"), name("key"), name("value"));
        Ok(Layer {
            heads: config.heads,
            project: weights.linear(width, &[(&query, width), (&key, width), (&value, width)])?,
            attended: weights.linear(width, &[(&name("attended"), width)])?,
            norm1: weights.norm(&name("norm1"), width)?,
            inner: weights.linear(width, &[(&name("inner"), config.inner)])?,
            outer: weights.linear(config.inner, &[(&name("outer"), width)])?,
            norm2: weights.norm(&name("norm2"), width)?,
        })
    }

    /// States after this layer.
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let mut mixed = self.attended.apply(&self.attend(x));
        add(&mut mixed, x);
        self.norm1.apply(&mut mixed);
        let mut inner = self.inner.apply(&mixed);
        gelu(&mut inner);
        let mut out = self.outer.apply(&inner);
        add(&mut out, &mixed);
        self.norm2.apply(&mut out);
        out
    }

    /// Every state as the mean of all values, weighted by how well its query fits their keys.
    fn attend(&self, x: &[f32]) -> Vec<f32> {
        let width = self.project.inputs;
        let (n, head) = (x.len() / width, width / self.heads);
        let step = 3 * width;
        let projected = self.project.apply(x);
        let scale = 1.0 / (head as f32).sqrt();
        let (mut fit, mut out) = (vec![0.0; n * n], vec![0.0; n * width]);
        for start in (0..width).step_by(head) {
            let part = |column: usize| View::rows(&projected[column + start..], n, head, step);
            multiply(scale, part(0), part(width).transposed(), 0.0, &mut fit, n);
            softmax(&mut fit, n);
            multiply(1.0, View::rows(&fit, n, n, n), part(2 * width), 0.0, &mut out[start..], width);
        }
        out
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    for (a, b) in x.iter_mut().zip(y) {
        *a += b;
    }
}

/// Embeddings and the shared layers.
#[derive(Debug)]
pub struct Encoder {
    width: usize,
    pieces: Table,
    positions: Table,
    shapes: Table,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    /// Reads the encoder out of the weights file.
    pub fn read(weights: &Weights<'_>, config: &Config, vocabulary: usize) -> Result<Encoder, ModelError> {
        let width = config.width;
        Ok(Encoder {
            width,
            pieces: weights.table("encoder.pieces.weight", &[vocabulary, width])?,
            positions: weights.table("encoder.positions.weight", &[config.positions, width])?,
            shapes: weights.table("encoder.shapes.weight", &[Shape::COUNT, width])?,
            norm: weights.norm("encoder.norm", width)?,
            layers: (0..config.layers)
                .map(|n| Layer::read(weights, config, &format!("encoder.layers.{n}")))
                .collect::<Result<_, _>>()?,
        })
    }

    /// States after the last layer, and those after layer `early` for the relation tower.
    pub fn apply(&self, pieces: &[(u32, Shape)], early: usize) -> (Vec<f32>, Vec<f32>) {
        let mut x = vec![0.0; pieces.len() * self.width];
        for (at, (row, &(piece, shape))) in x.chunks_exact_mut(self.width).zip(pieces).enumerate() {
            self.pieces.add(piece as usize, row);
            self.positions.add(at, row);
            self.shapes.add(shape as usize, row);
        }
        self.norm.apply(&mut x);
        let mut kept = if early == 0 { x.clone() } else { Vec::new() };
        for (n, layer) in self.layers.iter().enumerate() {
            x = layer.apply(&x);
            if n + 1 == early {
                kept.clone_from(&x);
            }
        }
        (x, kept)
    }
}
