//! The forward pass: pieces in, one state a piece out.

use super::ModelError;
use super::kernel::{Kernel, Scratch};
use super::matrix::{Linear, Norm};
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
        let mut x = x.to_vec();
        self.advance(&mut x, &mut Buffers::default());
        x
    }

    /// Replaces states by those after this layer.
    fn advance(&self, x: &mut Vec<f32>, buffers: &mut Buffers) {
        let Buffers { wide, attended, mixed, scratch } = buffers;
        let kernel = self.project.kernel();
        self.project.apply_into(x, false, wide, scratch);
        kernel.attend(wide, self.project.inputs, self.heads, attended, scratch);
        self.attended.apply_into(attended, false, mixed, scratch);
        self.norm1.apply(kernel, mixed, x);
        self.inner.apply_into(mixed, true, wide, scratch);
        self.outer.apply_into(wide, false, x, scratch);
        self.norm2.apply(kernel, x, mixed);
    }
}

/// What a layer writes on its way, kept for the next one.
#[derive(Debug, Default)]
struct Buffers {
    /// Queries, keys and values, then the inner states.
    wide: Vec<f32>,
    attended: Vec<f32>,
    mixed: Vec<f32>,
    scratch: Scratch,
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
    kernel: Kernel,
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
            kernel: weights.kernel(),
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
        let nothing = vec![0.0; x.len()];
        self.norm.apply(self.kernel, &mut x, &nothing);
        let mut kept = if early == 0 { x.clone() } else { Vec::new() };
        let mut buffers = Buffers::default();
        for (n, layer) in self.layers.iter().enumerate() {
            layer.advance(&mut x, &mut buffers);
            if n + 1 == early {
                kept.clone_from(&x);
            }
        }
        (x, kept)
    }
}
