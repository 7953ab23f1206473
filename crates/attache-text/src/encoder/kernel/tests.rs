//! Every kernel gives the bits of the plain one, which gives those of the schoolbook.

use super::*;
use proptest::prelude::*;

/// Floats of a plain series: as good as any, and the same each time.
fn series(seed: u32, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 22) as f32 - 2.0
    };
    (0..count).map(|_| next()).collect()
}

fn lanes(numbers: &[f32]) -> Vec<[f32; COLUMNS]> {
    let mut numbers = numbers.to_vec();
    numbers.resize(numbers.len().next_multiple_of(COLUMNS), 0.0);
    numbers.as_chunks().0.to_vec()
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|v| v.to_bits()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_kernel_maps_like_the_plain_one(
        rows in 1..30_usize, inputs in 1..70_usize, outputs in 1..40_usize,
        seed: u32, gelu: bool, extreme: bool,
    ) {
        let weights: Vec<i8> = series(seed, inputs * outputs)
            .iter()
            .map(|v| if extreme { if *v > 0.0 { 127 } else { -128 } } else { (v * 60.0) as i8 })
            .collect();
        let (scales, bias) = (lanes(&series(seed ^ 1, outputs)), lanes(&series(seed ^ 2, outputs)));
        let mut x = series(seed ^ 3, rows * inputs);
        if extreme {
            x.iter_mut().for_each(|v| *v = v.signum());
        }
        let packed = Packed::new(inputs, &weights);
        let map = Affine { packed: &packed, scales: &scales, bias: &bias };
        let answer = |kernel: Kernel| {
            let mut out = vec![f32::NAN; 7];
            kernel.affine(&map, gelu, &x, &mut out, &mut Scratch::default());
            out
        };
        let plain = answer(Kernel(Kind::Plain));
        prop_assert_eq!(plain.len(), rows * outputs);
        for kernel in Kernel::all() {
            prop_assert_eq!(bits(&answer(kernel)), bits(&plain), "{}", kernel.name());
        }
        // The schoolbook: each row in 127 steps of its largest number.
        for (row, out) in x.chunks_exact(inputs).zip(plain.chunks_exact(outputs)) {
            let largest = row.iter().fold(0.0_f32, |m, v| m.max(v.abs()));
            let whole = |v: &f32| (v * (127.0 / largest)).round_ties_even() as i32;
            for (o, v) in out.iter().enumerate() {
                let own = &weights[o * inputs..(o + 1) * inputs];
                let sum: i32 = row.iter().zip(own).map(|(v, &w)| whole(v) * i32::from(w)).sum();
                let wanted = sum as f32 * (largest / 127.0) * scales.as_flattened()[o] + bias.as_flattened()[o];
                let mut wanted = [wanted];
                if gelu {
                    super::gelu(&mut wanted);
                }
                prop_assert_eq!(v.to_bits(), wanted[0].to_bits());
            }
        }
    }

    #[test]
    fn every_kernel_attends_and_compares_like_the_plain_one(
        rows in 1..40_usize, heads in 1..4_usize, head in 1..40_usize, seed: u32,
    ) {
        let width = heads * head;
        let x = series(seed, rows * width * 3);
        let (weight, bias) = (series(seed ^ 1, width), series(seed ^ 2, width));
        let view = |data| View { data, rows, columns: width, step: 3 * width };
        let answer = |kernel: Kernel| {
            let (mut out, mut scratch, mut pairs) = (Vec::new(), Scratch::default(), vec![0.0; rows * rows]);
            kernel.attend(&x, width, heads, &mut out, &mut scratch);
            kernel.add_norm(&mut out, &x[..rows * width], &weight, &bias);
            kernel.compare(view(&x), view(&x[width..]), &mut pairs, &mut scratch);
            out.extend(pairs);
            out
        };
        let plain = answer(Kernel(Kind::Plain));
        prop_assert!(plain.iter().all(|v| v.is_finite()));
        for kernel in Kernel::all() {
            prop_assert_eq!(bits(&answer(kernel)), bits(&plain), "{}", kernel.name());
        }
        let row = |n: usize, at: usize| &x[n * 3 * width + at..][..width];
        let (first, last) = (row(rows - 1, 0), row(0, width));
        let wanted: f64 = first.iter().zip(last).map(|(a, b)| f64::from(a * b)).sum();
        let found = f64::from(plain[rows * width + (rows - 1) * rows]);
        prop_assert!((found - wanted).abs() < 1e-3);
    }
}

#[test]
fn attention_is_a_weighted_mean() {
    // One head of two numbers. The first query fits the second key best by ln 3: a quarter and three quarters.
    let fit = 3.0_f32.ln() * 2.0_f32.sqrt();
    let projected = [
        [fit, 0.0, 0.0, 0.0, 4.0, 0.0], // query, key, value
        [0.0, 0.0, 1.0, 0.0, 0.0, 8.0],
    ];
    for kernel in Kernel::all() {
        let mut out = Vec::new();
        kernel.attend(&projected.concat(), 2, 1, &mut out, &mut Scratch::default());
        for (found, wanted) in out.iter().zip([1.0, 6.0, 2.0, 4.0]) {
            assert!((found - wanted).abs() < 1e-5, "{out:?}");
        }
    }
}

#[test]
fn rows_of_zeros_and_odd_numbers_do_no_harm() {
    let packed = Packed::new(3, &[1, 2, 3]);
    let (scales, bias) = ([[1.0; COLUMNS]], [[0.5; COLUMNS]]);
    let map = Affine { packed: &packed, scales: &scales, bias: &bias };
    for kernel in Kernel::all() {
        let mut out = Vec::new();
        kernel.affine(&map, false, &[0.0; 3], &mut out, &mut Scratch::default());
        assert_eq!(out, [0.5]);
        for odd in [f32::NAN, f32::INFINITY, f32::MIN_POSITIVE / 4.0, f32::MAX] {
            kernel.affine(&map, true, &[odd, 1.0, -1.0], &mut out, &mut Scratch::default());
            assert_eq!(out.len(), 1);
        }
        kernel.affine(&map, false, &[], &mut out, &mut Scratch::default());
        assert!(out.is_empty());
    }
}

#[test]
fn the_error_function_and_the_exponential_are_right() {
    for (x, y) in
        [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (-2.0, -0.995_322_3), (3.5, 0.999_999_3)]
    {
        assert!((rows::erf(x) - y).abs() < 1e-6, "erf({x}) = {}", rows::erf(x));
    }
    assert!((rows::erf(9.0) - 1.0).abs() < 1e-5);
    for n in 0..8700 {
        let x = -(n as f32) / 100.0;
        let wanted = f64::from(x).exp();
        assert!((f64::from(rows::exp(x)) - wanted).abs() <= 2e-7 * wanted, "exp({x})");
    }
    assert!(rows::exp(f32::NEG_INFINITY) < 1e-37);
}
