//! The product by one block of weights, and everything around it, for processors with AVX2 and AVX-512 VNNI.
//!
//! The only unsafe code of the workspace: loads of whole vectors from slices whose length was checked, and
//! the calls into functions compiled for a processor ([`super::Kernel`] makes sure it is that one).

#![allow(unsafe_code)] // vector loads and calls for one processor cannot be written without

use super::packed::{COLUMNS, DEPTH, Group, Rows};
use super::rows::{self, Affine, Scratch, View};
use std::arch::x86_64::*;

/// Calls `$tile::<N>` for all rows, at most `$most` at once and about as many each time.
macro_rules! tiles {
    ($tile:ident, $rows:expr, $groups:expr, $own:expr, $out:expr, $most:literal: $($n:literal)*) => {
        let (count, depth) = ($out.len(), $groups.len());
        assert!($rows.len() >= count * depth);
        let parts = count.div_ceil($most);
        for part in 0..parts {
            let (first, last) = (count * part / parts, count * (part + 1) / parts);
            let (rows, out) = (&$rows[first * depth..last * depth], &mut $out[first..last]);
            match last - first {
                $($n => $tile::<$n>(rows, $groups, $own, out),)*
                _ => {}
            }
        }
    };
}

/// The functions of [`rows`] compiled for a processor.
macro_rules! compiled {
    ($features:literal, $unsigned:literal) => {
        /// See [`rows::affine`].
        #[target_feature(enable = $features)]
        pub fn affine(map: &Affine<'_>, gelu: bool, x: &[f32], out: &mut Vec<f32>, scratch: &mut Scratch) {
            match gelu {
                true => rows::affine::<true>(map, x, out, scratch, $unsigned, |r, g, o, s| block(r, g, o, s)),
                false => {
                    rows::affine::<false>(map, x, out, scratch, $unsigned, |r, g, o, s| block(r, g, o, s))
                }
            }
        }

        /// See [`rows::attend`].
        #[target_feature(enable = $features)]
        pub fn attend(
            projected: &[f32],
            width: usize,
            heads: usize,
            out: &mut Vec<f32>,
            scratch: &mut Scratch,
        ) {
            rows::attend(projected, width, heads, out, scratch);
        }

        /// See [`rows::add_norm`].
        #[target_feature(enable = $features)]
        pub fn add_norm(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
            rows::add_norm(x, y, weight, bias);
        }

        /// See [`rows::compare`].
        #[target_feature(enable = $features)]
        pub fn compare(a: View<'_>, b: View<'_>, out: &mut [f32], scratch: &mut Scratch) {
            rows::compare(a, b, out, scratch);
        }
    };
}

/// AVX-512 VNNI.
pub mod vnni {
    use super::*;

    compiled!("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni", true);

    /// Writes the sums of products of every row with the block's sixteen outputs.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub fn block(rows: &Rows, groups: &[Group], offsets: &[i32; COLUMNS], out: &mut [[i32; COLUMNS]]) {
        tiles!(tile, rows.bytes, groups, offsets, out, 12: 1 2 3 4 5 6 7 8 9 10 11 12);
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    fn tile<const N: usize>(
        rows: &[[u8; DEPTH]],
        groups: &[Group],
        offsets: &[i32; COLUMNS],
        out: &mut [[i32; COLUMNS]],
    ) {
        assert!(rows.len() == N * groups.len() && out.len() == N);
        // SAFETY: an array of sixteen i32 is read whole.
        let offsets = unsafe { _mm512_loadu_si512(offsets.as_ptr().cast()) };
        // The bytes have 128 added, so each sum is 128 times the weights too high.
        let start = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_slli_epi32::<7>(offsets));
        let mut sums = [start; N];
        for (k, group) in groups.iter().enumerate() {
            // SAFETY: a group is 64 bytes, aligned to 64.
            let weights = unsafe { _mm512_load_si512((&raw const group.0).cast()) };
            for (n, sum) in sums.iter_mut().enumerate() {
                // SAFETY: `n < N` and `k < groups.len()`, and `rows` has as many as their product.
                let four = unsafe { *rows.get_unchecked(n * groups.len() + k) };
                *sum = _mm512_dpbusd_epi32(*sum, _mm512_set1_epi32(i32::from_le_bytes(four)), weights);
            }
        }
        for (out, sum) in out.iter_mut().zip(sums) {
            // SAFETY: an array of sixteen i32 is written whole.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), sum) };
        }
    }
}

/// AVX2.
pub mod avx2 {
    use super::*;

    compiled!("avx2", false);

    /// Writes the sums of products of every row with the block's sixteen outputs.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub fn block(rows: &Rows, groups: &[Group], _offsets: &[i32; COLUMNS], out: &mut [[i32; COLUMNS]]) {
        tiles!(tile, rows.words, groups, 0, out, 6: 1 2 3 4 5 6);
        tiles!(tile, rows.words, groups, 1, out, 6: 1 2 3 4 5 6);
    }

    /// Half a block: the first eight outputs or the last.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn tile<const N: usize>(
        rows: &[[i16; DEPTH]],
        groups: &[Group],
        half: usize,
        out: &mut [[i32; COLUMNS]],
    ) {
        assert!(rows.len() == N * groups.len() && out.len() == N && half < 2);
        let mut sums = [[_mm256_setzero_si256(); 2]; N];
        for (k, group) in groups.iter().enumerate() {
            // SAFETY: a group is 64 bytes; each half of it has two times 16.
            let weights = unsafe {
                let start = group.0.as_ptr().add(half * 32).cast::<__m128i>();
                [_mm_load_si128(start), _mm_load_si128(start.add(1))]
            };
            let weights = [_mm256_cvtepi8_epi16(weights[0]), _mm256_cvtepi8_epi16(weights[1])];
            for (n, sum) in sums.iter_mut().enumerate() {
                // SAFETY: `n < N` and `k < groups.len()`, and `rows` has as many as their product.
                let four = unsafe { rows.as_ptr().add(n * groups.len() + k).cast::<i64>().read_unaligned() };
                let four = _mm256_set1_epi64x(four);
                for (sum, weights) in sum.iter_mut().zip(weights) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(four, weights));
                }
            }
        }
        for (out, sum) in out.iter_mut().zip(sums) {
            // Each output has two sums side by side; adding them leaves the outputs in the order 0 1 4 5 2 3 6 7.
            let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(sum[0], sum[1]));
            // SAFETY: `half < 2`, so eight of the sixteen i32 are written.
            unsafe { _mm256_storeu_si256(out.as_mut_ptr().add(half * 8).cast(), sum) };
        }
    }
}
