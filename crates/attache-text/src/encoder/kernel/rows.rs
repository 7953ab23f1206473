//! What a transformer does to rows of floats, as plain loops the compiler makes vector code of.
//!
//! Each function is inlined into one caller for each kernel, so that it is compiled for that processor. Sums
//! are taken in sixteen lanes and never fused, so every processor gives the same bits.

use super::packed::{COLUMNS, Group, Packed, Rows};

/// Sixteen floats that are computed side by side.
type Lanes = [f32; COLUMNS];

/// An affine map of every row of `x`, of int8 weights with a scale an output.
pub struct Affine<'a> {
    /// The weights.
    pub packed: &'a Packed,
    /// What each output's weights are to be multiplied by.
    pub scales: &'a [Lanes],
    /// What is added to each output.
    pub bias: &'a [Lanes],
}

/// Rows of floats as a matrix: row `r` starts at `r * step`.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The numbers.
    pub data: &'a [f32],
    /// How many rows.
    pub rows: usize,
    /// Numbers of a row.
    pub columns: usize,
    /// From one row's start to the next one's.
    pub step: usize,
}

/// What the steps of a pass write into, kept so that they need not allocate.
#[derive(Debug, Default)]
pub struct Scratch {
    rows: Rows,
    sums: Vec<[i32; COLUMNS]>,
    panel: Vec<Lanes>,
    fit: Vec<f32>,
}

/// Maps every row of `x`; `block` multiplies it by one block of weights.
#[inline(always)]
pub fn affine<const GELU: bool>(
    map: &Affine<'_>,
    x: &[f32],
    out: &mut Vec<f32>,
    scratch: &mut Scratch,
    unsigned: bool,
    block: impl Fn(&Rows, &[Group], &[i32; COLUMNS], &mut [[i32; COLUMNS]]),
) {
    let (inputs, outputs) = (map.packed.inputs, map.packed.outputs);
    let Scratch { rows, sums, .. } = scratch;
    rows.quantise(x, inputs, unsigned);
    sums.resize(rows.scales.len(), [0; COLUMNS]);
    out.resize(rows.scales.len() * outputs, 0.0);
    let blocks = map.packed.blocks().zip(map.scales.iter().zip(map.bias));
    for (n, ((groups, offsets), (scales, bias))) in blocks.enumerate() {
        block(rows, groups, offsets, sums);
        let first = n * COLUMNS;
        let count = COLUMNS.min(outputs - first);
        for (r, (sum, scale)) in sums.iter().zip(&rows.scales).enumerate() {
            let mut done = [0.0; COLUMNS];
            for c in 0..COLUMNS {
                let v = sum[c] as f32 * scale * scales[c] + bias[c];
                done[c] = if GELU { gelu_of(v) } else { v };
            }
            let own = &mut out[r * outputs + first..][..count];
            match own.first_chunk_mut::<COLUMNS>() {
                Some(own) => *own = done,
                None => own.copy_from_slice(&done[..count]),
            }
        }
    }
}

/// `out = a * b`, or `a` times the transpose of `b`; rows of `out` are `step` apart.
#[inline(always)]
pub fn product<const TURNED: bool>(
    a: View<'_>,
    b: View<'_>,
    out: &mut [f32],
    step: usize,
    panel: &mut Vec<Lanes>,
) {
    const TILE: usize = 4;
    let (depth, columns) = if TURNED { (b.columns, b.rows) } else { (b.rows, b.columns) };
    panel.resize(depth, [0.0; COLUMNS]);
    for first in (0..columns).step_by(COLUMNS) {
        let count = COLUMNS.min(columns - first);
        if TURNED {
            if count < COLUMNS {
                panel.fill([0.0; COLUMNS]);
            }
            for c in 0..count {
                let row = &b.data[(first + c) * b.step..][..depth];
                panel.iter_mut().zip(row).for_each(|(lanes, &v)| lanes[c] = v);
            }
        } else {
            for (k, lanes) in panel.iter_mut().enumerate() {
                let row = &b.data[k * b.step + first..][..count];
                match row.first_chunk::<COLUMNS>() {
                    Some(row) => *lanes = *row,
                    None => {
                        *lanes = [0.0; COLUMNS];
                        lanes[..count].copy_from_slice(row);
                    }
                }
            }
        }
        for top in (0..a.rows).step_by(TILE) {
            let at = |n: usize| &a.data[(top + n).min(a.rows - 1) * a.step..][..depth];
            let tile = [at(0), at(1), at(2), at(3)];
            let mut sums = [[0.0; COLUMNS]; TILE];
            for (k, lanes) in panel.iter().enumerate() {
                for (sum, row) in sums.iter_mut().zip(&tile) {
                    let v = row[k];
                    for c in 0..COLUMNS {
                        sum[c] += v * lanes[c];
                    }
                }
            }
            for (r, sum) in sums.iter().enumerate().take(a.rows - top) {
                let own = &mut out[(top + r) * step + first..][..count];
                match own.first_chunk_mut::<COLUMNS>() {
                    Some(own) => *own = *sum,
                    None => own.copy_from_slice(&sum[..count]),
                }
            }
        }
    }
}

/// The product of every row of `a` with every row of `b`: `out` has a row for each row of `a`.
#[inline(always)]
pub fn compare(a: View<'_>, b: View<'_>, out: &mut [f32], scratch: &mut Scratch) {
    product::<true>(a, b, out, b.rows, &mut scratch.panel);
}

/// Every state as the mean of all values, weighted by how well its query fits their keys. `projected` has
/// queries, keys and values side by side, `width` of each.
#[inline(always)]
pub fn attend(projected: &[f32], width: usize, heads: usize, out: &mut Vec<f32>, scratch: &mut Scratch) {
    let (step, head) = (3 * width, width / heads);
    let n = projected.len() / step;
    let Scratch { panel, fit, .. } = scratch;
    let scale = 1.0 / (head as f32).sqrt();
    fit.resize(n * n, 0.0);
    out.resize(n * width, 0.0);
    for start in (0..width).step_by(head) {
        let part = |column: usize| View { data: &projected[column + start..], rows: n, columns: head, step };
        product::<true>(part(0), part(width), fit, n, panel);
        softmax(fit, n, scale);
        let fit = View { data: fit, rows: n, columns: n, step: n };
        product::<false>(fit, part(2 * width), &mut out[start..], width, panel);
    }
}

/// Adds `y`, then normalises every row to mean 0 and deviation 1, times `weight`, plus `bias`.
#[inline(always)]
pub fn add_norm(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for (row, y) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
        row.iter_mut().zip(y).for_each(|(v, y)| *v += y);
        let mean = sum(row, |v| v) / width as f32;
        let variance = sum(row, |v| (v - mean) * (v - mean)) / width as f32;
        let factor = 1.0 / (variance + 1e-12).sqrt();
        for ((v, w), b) in row.iter_mut().zip(weight).zip(bias) {
            *v = (*v - mean) * factor * w + b;
        }
    }
}

/// Turns every row of `width` scores, times `scale`, into probabilities.
#[inline(always)]
pub fn softmax(x: &mut [f32], width: usize, scale: f32) {
    for row in x.chunks_exact_mut(width.max(1)) {
        let (lanes, rest) = row.as_chunks::<COLUMNS>();
        let higher = |m: f32, v: f32| if v > m { v } else { m };
        let mut most = [f32::NEG_INFINITY; COLUMNS];
        for lane in lanes {
            most.iter_mut().zip(lane).for_each(|(m, &v)| *m = higher(*m, v));
        }
        let highest = most.iter().chain(rest).fold(f32::NEG_INFINITY, |m, &v| higher(m, v));
        row.iter_mut().for_each(|v| *v = exp((*v - highest) * scale));
        let factor = 1.0 / sum(row, |v| v);
        row.iter_mut().for_each(|v| *v *= factor);
    }
}

/// Gaussian error linear unit, the exact one.
#[inline(always)]
pub fn gelu(x: &mut [f32]) {
    let (lanes, rest) = x.as_chunks_mut::<COLUMNS>();
    lanes.as_flattened_mut().iter_mut().chain(rest).for_each(|v| *v = gelu_of(*v));
}

#[inline(always)]
fn gelu_of(v: f32) -> f32 {
    0.5 * v * (1.0 + erf(v * std::f32::consts::FRAC_1_SQRT_2))
}

/// Sum of what `f` makes of the numbers, in lanes.
#[inline(always)]
fn sum(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let (lanes, rest) = row.as_chunks::<COLUMNS>();
    let mut sums = [0.0; COLUMNS];
    for lane in lanes {
        for (s, &v) in sums.iter_mut().zip(lane) {
            *s += f(v);
        }
    }
    let mut half = COLUMNS / 2;
    while half > 0 {
        for c in 0..half {
            sums[c] += sums[c + half];
        }
        half /= 2;
    }
    rest.iter().fold(sums[0], |s, &v| s + f(v))
}

/// The error function as a ratio of polynomials (the one of Eigen), right to 4e-7: it has no branch and no
/// exponential, so the compiler makes vector code of the loop around it.
#[inline(always)]
pub fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let s = x * x;
    let mut p = -2.726_142_3e-10_f32;
    for c in [2.770_681_4e-8, -2.101_024e-6, -5.692_506_4e-5, -7.349_906e-4, -2.954_6e-3, -1.609_603_3e-2] {
        p = p * s + c;
    }
    let mut q = -1.456_607_2e-5_f32;
    for c in [-2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2] {
        q = q * s + c;
    }
    x * p / q
}

/// The exponential of a number that is at most 0, right to 2e-7 of itself; the system's own differs from
/// system to system. Below -87 it is that of -87: a probability of nothing.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // leaves the nearest whole number in the lowest bits
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    // ln 2 in two parts, the first one short enough for an exact product
    let r = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4_f32;
    for c in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        p = p * r + c;
    }
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
    (p * r * r + r + 1.0) * power
}
