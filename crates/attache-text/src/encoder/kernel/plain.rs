//! The product by one block of weights on any processor: what the other kernels must equal.

use super::packed::{COLUMNS, DEPTH, Group, Rows};
use super::rows::{self, Affine, Scratch};
pub use super::rows::{add_norm, attend, compare};

/// See [`rows::affine`].
pub fn affine(map: &Affine<'_>, gelu: bool, x: &[f32], out: &mut Vec<f32>, scratch: &mut Scratch) {
    match gelu {
        true => rows::affine::<true>(map, x, out, scratch, false, block),
        false => rows::affine::<false>(map, x, out, scratch, false, block),
    }
}

/// Groups multiplied as floats at once: their sums stay below 2^24, where floats are whole numbers and exact,
/// and every processor has vectors of floats.
const RUN: usize = 64;
/// Rows multiplied at once.
const TILE: usize = 2;

/// Writes the sums of products of every row with the block's sixteen outputs.
pub fn block(rows: &Rows, groups: &[Group], _offsets: &[i32; COLUMNS], out: &mut [[i32; COLUMNS]]) {
    let depth = groups.len();
    let mut weights = [[[0.0_f32; COLUMNS]; DEPTH]; RUN];
    out.fill([0; COLUMNS]);
    for (first, run) in groups.chunks(RUN).enumerate().map(|(n, run)| (n * RUN, run)) {
        for (group, turned) in run.iter().zip(&mut weights) {
            for (c, four) in group.0.as_chunks::<DEPTH>().0.iter().enumerate() {
                for d in 0..DEPTH {
                    turned[d][c] = f32::from(four[d]);
                }
            }
        }
        for (n, out) in out.chunks_mut(TILE).enumerate() {
            let row = |r: usize| {
                let start = (n * TILE + r.min(out.len() - 1)) * depth + first;
                &rows.words[start..start + run.len()]
            };
            let tile = [row(0), row(1)];
            let mut sums = [[0.0_f32; COLUMNS]; TILE];
            for (k, turned) in weights.iter().enumerate().take(run.len()) {
                for (d, lanes) in turned.iter().enumerate() {
                    for (sum, row) in sums.iter_mut().zip(&tile) {
                        let v = f32::from(row[k][d]);
                        for c in 0..COLUMNS {
                            sum[c] += v * lanes[c];
                        }
                    }
                }
            }
            for (out, sum) in out.iter_mut().zip(&sums) {
                out.iter_mut().zip(sum).for_each(|(out, sum)| *out += *sum as i32);
            }
        }
    }
}
