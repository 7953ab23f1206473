//! The arithmetic of a forward pass, in the fastest form the processor has.
//!
//! Weights are int8, and so are the rows they are multiplied with: each row is rounded to 127 steps of its
//! largest number. Whole numbers add up to the same sum in any order, and the floats around them are computed
//! in one order on all processors; so an answer does not depend on the machine.

mod packed;
mod plain;
mod rows;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use packed::{COLUMNS, Packed};
pub use rows::{Affine, Scratch, View, gelu, softmax};

/// A way to compute that this processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernel(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

/// Calls a function in its form for the kernel.
macro_rules! call {
    ($kernel:expr, $name:ident($($arg:expr),*)) => {
        match $kernel.0 {
            Kind::Plain => plain::$name($($arg),*),
            // SAFETY: a `Kernel` of these kinds is made only where the processor has them.
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code)]
            Kind::Avx2 => unsafe { x86::avx2::$name($($arg),*) },
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code)]
            Kind::Vnni => unsafe { x86::vnni::$name($($arg),*) },
        }
    };
}

impl Kernel {
    /// Every kernel this processor has, the fastest first; the last one is plain code for any processor.
    pub fn all() -> Vec<Kernel> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq");
            if wide && is_x86_feature_detected!("avx512vnni") {
                all.push(Kernel(Kind::Vnni));
            }
            if is_x86_feature_detected!("avx2") {
                all.push(Kernel(Kind::Avx2));
            }
        }
        all.push(Kernel(Kind::Plain));
        all
    }

    /// The fastest kernel this processor has.
    pub fn fastest() -> Kernel {
        Kernel::all()[0]
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Vnni => "avx512-vnni",
        }
    }

    /// Maps every row of `x` into `out`, the Gaussian error linear unit after it where `gelu` says so.
    pub fn affine(self, map: &Affine<'_>, gelu: bool, x: &[f32], out: &mut Vec<f32>, scratch: &mut Scratch) {
        call!(self, affine(map, gelu, x, out, scratch));
    }

    /// Every state as the mean of all values, weighted by how well its query fits their keys. `projected`
    /// has queries, keys and values side by side, `width` of each.
    pub fn attend(
        self,
        projected: &[f32],
        width: usize,
        heads: usize,
        out: &mut Vec<f32>,
        scratch: &mut Scratch,
    ) {
        call!(self, attend(projected, width, heads, out, scratch));
    }

    /// Adds `y`, then normalises every row to mean 0 and deviation 1, times `weight`, plus `bias`.
    pub fn add_norm(self, x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
        call!(self, add_norm(x, y, weight, bias));
    }

    /// The product of every row of `a` with every row of `b`: `out` has a row for each row of `a`.
    pub fn compare(self, a: View<'_>, b: View<'_>, out: &mut [f32], scratch: &mut Scratch) {
        call!(self, compare(a, b, out, scratch));
    }
}
