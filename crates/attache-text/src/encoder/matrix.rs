//! Matrix products, and the few functions on rows a transformer needs.

/// A read-only view of numbers as a matrix: element (r, c) is `data[r * row_step + c * column_step]`.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    data: &'a [f32],
    rows: usize,
    columns: usize,
    row_step: usize,
    column_step: usize,
}

impl<'a> View<'a> {
    /// Row after row of `columns` numbers, `step` apart.
    pub fn rows(data: &'a [f32], rows: usize, columns: usize, step: usize) -> View<'a> {
        View { data, rows, columns, row_step: step, column_step: 1 }
    }

    /// The same numbers with rows and columns exchanged.
    pub fn transposed(self) -> View<'a> {
        View {
            data: self.data,
            rows: self.columns,
            columns: self.rows,
            row_step: self.column_step,
            column_step: self.row_step,
        }
    }
}

/// Last index a matrix touches fits into `len` numbers.
fn fits(len: usize, rows: usize, columns: usize, row_step: usize, column_step: usize) -> bool {
    rows == 0 || columns == 0 || (rows - 1) * row_step + (columns - 1) * column_step < len
}

/// `out = scale * a * b + keep * out`, where `out` is `a.rows` rows of `b.columns` numbers, `step` apart.
///
/// The shapes come from the model, checked when it was loaded; shapes that do not fit are a programming
/// error and stop the program rather than read outside a slice.
pub fn multiply(scale: f32, a: View<'_>, b: View<'_>, keep: f32, out: &mut [f32], step: usize) {
    assert_eq!(a.columns, b.rows, "inner sizes differ");
    assert!(fits(a.data.len(), a.rows, a.columns, a.row_step, a.column_step), "left matrix outside its data");
    assert!(
        fits(b.data.len(), b.rows, b.columns, b.row_step, b.column_step),
        "right matrix outside its data"
    );
    assert!(step >= b.columns && fits(out.len(), a.rows, b.columns, step, 1), "result outside its data");
    // SAFETY: the three assertions above are the whole contract of `sgemm`: every index it reads or
    // writes lies in the slice, and `out` rows do not overlap. A safe product would be several times slower.
    #[allow(unsafe_code)]
    unsafe {
        matrixmultiply::sgemm(
            a.rows,
            a.columns,
            b.columns,
            scale,
            a.data.as_ptr(),
            a.row_step as isize,
            a.column_step as isize,
            b.data.as_ptr(),
            b.row_step as isize,
            b.column_step as isize,
            keep,
            out.as_mut_ptr(),
            step as isize,
            1,
        );
    }
}

/// A learned affine map.
#[derive(Debug)]
pub struct Linear {
    /// Numbers a row goes in with.
    pub inputs: usize,
    /// Numbers a row comes out with.
    pub outputs: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// `weight` has a row an output, as PyTorch keeps it; it is turned once, here.
    pub fn new(inputs: usize, weight: &[f32], bias: Vec<f32>) -> Linear {
        let outputs = bias.len();
        let mut turned = vec![0.0; inputs * outputs];
        for (o, row) in weight.chunks_exact(inputs.max(1)).enumerate().take(outputs) {
            for (i, &value) in row.iter().enumerate() {
                turned[i * outputs + o] = value;
            }
        }
        Linear { inputs, outputs, weight: turned, bias }
    }

    /// Maps every row of `x`.
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.inputs;
        let mut out = self.bias.repeat(rows);
        let a = View::rows(x, rows, self.inputs, self.inputs);
        let b = View::rows(&self.weight, self.inputs, self.outputs, self.outputs);
        multiply(1.0, a, b, 1.0, &mut out, self.outputs);
        out
    }
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
    /// Normalises every row in place.
    pub fn apply(&self, x: &mut [f32]) {
        let width = self.weight.len();
        for row in x.chunks_exact_mut(width) {
            let mean = row.iter().sum::<f32>() / width as f32;
            let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / width as f32;
            let factor = 1.0 / (variance + 1e-12).sqrt();
            for ((v, w), b) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
                *v = (*v - mean) * factor * w + b;
            }
        }
    }
}

/// Gaussian error linear unit, the exact one, in place.
pub fn gelu(x: &mut [f32]) {
    for v in x {
        *v = 0.5 * *v * (1.0 + erf(*v * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// The error function as a ratio of polynomials (the one of Eigen), right to 4e-7: it has no branch and no
/// exponential, so the compiler makes vector code of the loop around it.
fn erf(x: f32) -> f32 {
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

/// Turns every row of `width` scores into probabilities, in place.
pub fn softmax(x: &mut [f32], width: usize) {
    for row in x.chunks_exact_mut(width.max(1)) {
        let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut total = 0.0;
        for v in row.iter_mut() {
            *v = (*v - highest).exp();
            total += *v;
        }
        for v in row.iter_mut() {
            *v /= total;
        }
    }
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
    fn products_follow_the_steps() {
        let (a, b) = ([1.0, 2.0, 9.0, 3.0, 4.0, 9.0], [1.0, 0.0, 2.0, 1.0]);
        let mut out = [0.0; 4];
        multiply(1.0, View::rows(&a, 2, 2, 3), View::rows(&b, 2, 2, 2), 0.0, &mut out, 2);
        assert_eq!(out, [5.0, 2.0, 11.0, 4.0]);
        multiply(1.0, View::rows(&a, 2, 2, 3), View::rows(&b, 2, 2, 2).transposed(), 0.0, &mut out, 2);
        assert_eq!(out, [1.0, 4.0, 3.0, 10.0]);
    }

    #[test]
    fn the_error_function_is_right() {
        for (x, y) in
            [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (-2.0, -0.995_322_3), (3.5, 0.999_999_3)]
        {
            assert!((erf(x) - y).abs() < 1e-6, "erf({x}) = {}", erf(x));
        }
        assert!((erf(9.0) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn a_linear_map_keeps_torch_order() {
        let map = Linear::new(2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![0.0, 0.5, 0.0]);
        assert_eq!(map.apply(&[1.0, 1.0]), [3.0, 7.5, 11.0]);
    }
}
