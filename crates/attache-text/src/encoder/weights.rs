//! The weights file: safetensors with int8 rows and one f32 scale a row, labels and vocabulary in its
//! metadata. `train/export.py` writes it.

use super::ModelError;
use super::kernel::Kernel;
use super::matrix::{Linear, Norm};
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;
use std::collections::HashMap;

/// The form of file this program reads.
const FORMAT: &str = "attache-encoder 3";

/// Sizes, as the file's `config` gives them.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    /// Which form of file this is.
    pub format: String,
    /// Transformer layers of the shared encoder.
    pub layers: usize,
    /// Numbers in a state.
    pub width: usize,
    /// Attention heads.
    pub heads: usize,
    /// Numbers in a layer's inner state.
    pub inner: usize,
    /// Positions, the sentence's start and end included.
    pub positions: usize,
    /// Further layers of the relation tower; 0 where the file has none.
    #[serde(default)]
    pub tower_layers: usize,
    /// After how many shared layers the tower starts.
    #[serde(default)]
    pub tower_from: usize,
}

/// What the columns of the heads stand for.
#[derive(Debug, Clone, Deserialize)]
pub struct Labels {
    /// Universal part-of-speech tags.
    pub upos: Vec<String>,
    /// Bundles of features.
    pub feats: Vec<String>,
    /// Edit scripts.
    pub lemma: Vec<String>,
    /// Relations, subtype included.
    pub deprel: Vec<String>,
    /// BIOES tags of mentions.
    pub mention: Vec<String>,
}

/// Rows of int8 numbers, each with its scale: a table to look rows up in.
#[derive(Debug)]
pub struct Table {
    width: usize,
    numbers: Vec<i8>,
    scales: Vec<f32>,
}

impl Table {
    /// Adds row `n` to `out`; nothing where there is no such row.
    pub fn add(&self, n: usize, out: &mut [f32]) {
        let row = self.numbers.get(n * self.width..(n + 1) * self.width);
        if let (Some(row), Some(scale)) = (row, self.scales.get(n)) {
            for (o, &v) in out.iter_mut().zip(row) {
                *o += f32::from(v) * scale;
            }
        }
    }
}

/// An open weights file.
pub struct Weights<'a> {
    tensors: SafeTensors<'a>,
    metadata: HashMap<String, String>,
    kernel: Kernel,
}

impl<'a> Weights<'a> {
    /// Opens the file; the tensors are read one by one afterwards, and what is read computes with `kernel`.
    pub fn open(bytes: &'a [u8], kernel: Kernel) -> Result<Weights<'a>, ModelError> {
        let (_, header) = SafeTensors::read_metadata(bytes)?;
        let metadata = header.metadata().clone().unwrap_or_default();
        Ok(Weights { tensors: SafeTensors::deserialize(bytes)?, metadata, kernel })
    }

    /// What the file's maps compute with.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// One text of the metadata.
    pub fn text(&self, key: &'static str) -> Result<&str, ModelError> {
        self.metadata.get(key).map(String::as_str).ok_or(ModelError::Missing(key.into()))
    }

    /// The sizes, within bounds that keep every later product small.
    pub fn config(&self) -> Result<Config, ModelError> {
        let config: Config = serde_json::from_str(self.text("config")?)?;
        if config.format != FORMAT {
            return Err(ModelError::Format(config.format));
        }
        let sane = (1..=24).contains(&config.layers)
            && (1..=4096).contains(&config.width)
            && (1..=16384).contains(&config.inner)
            && (8..=4096).contains(&config.positions)
            && config.heads > 0
            && config.width.is_multiple_of(config.heads)
            && config.tower_layers <= 24
            && config.tower_from <= config.layers;
        if sane { Ok(config) } else { Err(ModelError::Shape("config".into())) }
    }

    fn tensor(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&[u8], ModelError> {
        let view = self.tensors.tensor(name).map_err(|_| ModelError::Missing(name.into()))?;
        if view.dtype() != dtype || view.shape() != shape {
            return Err(ModelError::Shape(name.into()));
        }
        Ok(view.data())
    }

    /// A vector of f32.
    pub fn vector(&self, name: &str, len: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.tensor(name, Dtype::F32, &[len])?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// A matrix, or a stack of them, as its file keeps it.
    pub fn table(&self, name: &str, shape: &[usize]) -> Result<Table, ModelError> {
        let width = shape.last().copied().unwrap_or(0).max(1);
        let rows = shape.iter().product::<usize>() / width;
        let bytes = self.tensor(name, Dtype::I8, shape)?;
        let numbers = bytes.iter().map(|&b| i8::from_le_bytes([b])).collect();
        Ok(Table { width, numbers, scales: self.vector(&format!("{name}.scale"), rows)? })
    }

    /// The same as plain numbers, row after row.
    pub fn matrix(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let table = self.table(name, shape)?;
        let rows = table.numbers.chunks_exact(table.width).zip(&table.scales);
        Ok(rows.flat_map(|(row, scale)| row.iter().map(move |&v| f32::from(v) * scale)).collect())
    }

    /// Several affine maps of the same input as one, their outputs side by side.
    pub fn linear(&self, inputs: usize, parts: &[(&str, usize)]) -> Result<Linear, ModelError> {
        let (mut numbers, mut scales, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for &(name, outputs) in parts {
            let table = self.table(&format!("{name}.weight"), &[outputs, inputs])?;
            numbers.extend(table.numbers);
            scales.extend(table.scales);
            bias.extend(self.vector(&format!("{name}.bias"), outputs)?);
        }
        Ok(Linear::new(self.kernel, inputs, &numbers, &scales, &bias))
    }

    /// An affine map of a matrix, or of a stack of them, whose last column is what is added.
    pub fn bordered(&self, name: &str, shape: &[usize]) -> Result<Linear, ModelError> {
        let table = self.table(name, shape)?;
        let inputs = table.width - 1;
        let split = table.numbers.chunks_exact(table.width).map(|row| row.split_at(inputs));
        let numbers: Vec<i8> = split.clone().flat_map(|(row, _)| row).copied().collect();
        let bias = split.zip(&table.scales).map(|((_, last), scale)| f32::from(last[0]) * scale);
        Ok(Linear::new(self.kernel, inputs, &numbers, &table.scales, &bias.collect::<Vec<_>>()))
    }

    /// A linear map: nothing is added.
    pub fn product(&self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
        let table = self.table(name, &[outputs, inputs])?;
        Ok(Linear::new(self.kernel, inputs, &table.numbers, &table.scales, &vec![0.0; outputs]))
    }

    /// A normalisation.
    pub fn norm(&self, name: &str, width: usize) -> Result<Norm, ModelError> {
        Ok(Norm {
            weight: self.vector(&format!("{name}.weight"), width)?,
            bias: self.vector(&format!("{name}.bias"), width)?,
        })
    }
}
