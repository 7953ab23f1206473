//! How the int8 product's two sides lie in memory: the same for every kernel.

/// Outputs of one block of weights.
pub const COLUMNS: usize = 16;
/// Inputs that are multiplied and added at once.
pub const DEPTH: usize = 4;

/// Weights of sixteen outputs for four inputs: one cache line, output after output.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Group(pub [i8; COLUMNS * DEPTH]);

/// A matrix of int8 weights: blocks of sixteen outputs, each a run of [`Group`]s from the first inputs to the
/// last; what is missing at either end is zero.
#[derive(Debug)]
pub struct Packed {
    /// Numbers of an input row.
    pub inputs: usize,
    /// Numbers of an output row.
    pub outputs: usize,
    groups: Vec<Group>,
    /// Sum of each output's weights, which a kernel for unsigned inputs needs to take its offset back.
    sums: Vec<[i32; COLUMNS]>,
}

impl Packed {
    /// Packs `weights`, a row of `inputs` numbers for each output.
    pub fn new(inputs: usize, weights: &[i8]) -> Packed {
        let inputs = inputs.max(1);
        let (outputs, depth) = (weights.len() / inputs, inputs.div_ceil(DEPTH));
        let blocks = outputs.div_ceil(COLUMNS);
        let mut groups = vec![Group([0; COLUMNS * DEPTH]); blocks * depth];
        let mut sums = vec![[0; COLUMNS]; blocks];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let (block, column) = (output / COLUMNS, output % COLUMNS);
            let run = &mut groups[block * depth..(block + 1) * depth];
            for (group, four) in run.iter_mut().zip(row.chunks(DEPTH)) {
                group.0[column * DEPTH..][..four.len()].copy_from_slice(four);
            }
            sums[block][column] = row.iter().map(|&weight| i32::from(weight)).sum();
        }
        Packed { inputs, outputs, groups, sums }
    }

    /// Groups of one output.
    pub fn depth(&self) -> usize {
        self.inputs.div_ceil(DEPTH)
    }

    /// Every block of outputs: its groups and its sums.
    pub fn blocks(&self) -> impl Iterator<Item = (&[Group], &[i32; COLUMNS])> {
        self.groups.chunks_exact(self.depth()).zip(&self.sums)
    }
}

/// Rows of numbers from -127 to 127, in fours; each row was divided by its scale.
///
/// Kernels differ in the form they multiply: words, or bytes with 128 added. Only one of both is filled.
#[derive(Debug, Default)]
pub struct Rows {
    /// Numbers as they are.
    pub words: Vec<[i16; DEPTH]>,
    /// Numbers with 128 added.
    pub bytes: Vec<[u8; DEPTH]>,
    /// What each row's numbers are to be multiplied by.
    pub scales: Vec<f32>,
}

/// Added to a float below 2^22, it leaves the nearest whole number in the lowest bits.
const ROUND: f32 = 12_582_912.0;

impl Rows {
    /// Rounds rows of `inputs` numbers; each row's largest becomes 127 or -127.
    #[inline(always)]
    pub fn quantise(&mut self, x: &[f32], inputs: usize, unsigned: bool) {
        let depth = inputs.div_ceil(DEPTH);
        self.scales.clear();
        self.words.clear();
        self.bytes.clear();
        let count = x.len() / inputs * depth;
        if unsigned {
            self.bytes.resize(count, [128; DEPTH]);
        } else {
            self.words.resize(count, [0; DEPTH]);
        }
        for (n, row) in x.chunks_exact(inputs).enumerate() {
            let largest = largest(row);
            let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            self.scales.push(largest / 127.0);
            let whole =
                |v: f32| ((v * factor + ROUND).to_bits() as i32 - ROUND.to_bits() as i32).clamp(-127, 127);
            let own = n * depth..(n + 1) * depth;
            if unsigned {
                let out = self.bytes[own].as_flattened_mut();
                out.iter_mut().zip(row).for_each(|(q, &v)| *q = (whole(v) + 128) as u8);
            } else {
                let out = self.words[own].as_flattened_mut();
                out.iter_mut().zip(row).for_each(|(q, &v)| *q = whole(v) as i16);
            }
        }
    }
}

/// The largest size of a number.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let (lanes, rest) = row.as_chunks::<COLUMNS>();
    let mut most = [0.0_f32; COLUMNS];
    for lane in lanes {
        for (m, v) in most.iter_mut().zip(lane) {
            *m = if v.abs() > *m { v.abs() } else { *m };
        }
    }
    most.iter().chain(rest).fold(0.0, |m, v| if v.abs() > m { v.abs() } else { m })
}
