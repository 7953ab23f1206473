//! Learned maps of rows, and the few functions on rows a transformer needs.

use super::kernel::{self, Affine, COLUMNS, Kernel, Packed, Scratch};

pub use super::kernel::View;

/// A learned affine map. Its weights are int8, with a scale for each output.
#[derive(Debug)]
pub struct Linear {
    /// Numbers a row goes in with.
    pub inputs: usize,
    /// Numbers a row comes out with.
    pub outputs: usize,
    kernel: Kernel,
    packed: Packed,
    scales: Vec<[f32; COLUMNS]>,
    bias: Vec<[f32; COLUMNS]>,
}

impl Linear {
    /// `weight` has a row an output, as PyTorch keeps it, and `scales` what each row is to be multiplied by;
    /// it is packed once, here.
    pub fn new(kernel: Kernel, inputs: usize, weight: &[i8], scales: &[f32], bias: &[f32]) -> Linear {
        let packed = Packed::new(inputs, weight);
        Linear { inputs, outputs: packed.outputs, kernel, packed, scales: lanes(scales), bias: lanes(bias) }
    }

    /// Maps every row of `x`.
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        self.apply_into(x, false, &mut out, &mut Scratch::default());
        out
    }

    /// Maps every row of `x` into `out`, with [`gelu`] after it where `unit` says so.
    pub fn apply_into(&self, x: &[f32], unit: bool, out: &mut Vec<f32>, scratch: &mut Scratch) {
        let map = Affine { packed: &self.packed, scales: &self.scales, bias: &self.bias };
        self.kernel.affine(&map, unit, x, out, scratch);
    }

    /// How it computes.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }
}

/// Numbers in sixteens, filled up with zeros.
fn lanes(numbers: &[f32]) -> Vec<[f32; COLUMNS]> {
    let mut lanes = vec![[0.0; COLUMNS]; numbers.len().div_ceil(COLUMNS)];
    lanes.as_flattened_mut().iter_mut().zip(numbers).for_each(|(lane, v)| *lane = *v);
    lanes
}

/// A learned normalisation of rows to mean 0 and deviation 1.
#[derive(Debug)]
pub struct Norm {
    /// Factor of each column.
    pub weight: Vec<f32>,
    /// What is added to each column.
    pub bias: Vec<f32>,
}

impl Norm {
    /// Adds `y` and normalises every row in place.
    pub fn apply(&self, kernel: Kernel, x: &mut [f32], y: &[f32]) {
        kernel.add_norm(x, y, &self.weight, &self.bias);
    }
}

/// Gaussian error linear unit, the exact one, in place.
pub fn gelu(x: &mut [f32]) {
    kernel::gelu(x);
}

/// Turns every row of `width` scores into probabilities, in place.
pub fn softmax(x: &mut [f32], width: usize) {
    kernel::softmax(x, width, 1.0);
}

/// Index of the highest score; the first one of equals, 0 of none.
pub fn best(scores: &[f32]) -> usize {
    let mut at = 0;
    for (i, v) in scores.iter().enumerate() {
        if *v > scores[at] {
            at = i;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_map_keeps_torch_order() {
        for kernel in Kernel::all() {
            let map = Linear::new(kernel, 2, &[1, 2, 3, 4, 5, 6], &[1.0, 1.0, 2.0], &[0.0, 0.5, 0.0]);
            for (found, wanted) in map.apply(&[1.0, 1.0]).iter().zip([3.0, 7.5, 22.0]) {
                assert!((found - wanted).abs() < 1e-5);
            }
        }
    }
}
