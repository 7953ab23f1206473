//! Where a series of counts changes for good: PELT (Killick, Fearnhead and Eckley 2012, "Optimal
//! Detection of Changepoints With a Linear Computational Cost") with a quasi-Poisson cost.
//!
//! The counts are the weekly events of the four quad classes; what is published is their exposure, so
//! that more newspapers alone are no turning point. The cost of a stretch is minus twice its Poisson
//! log-likelihood, divided by how much more the counts scatter than Poisson numbers would.

/// A stretch is at least so many periods long.
pub const SHORTEST: usize = 3;

/// Counts of one period: one number a class.
pub type Counts = [u64; 4];

/// The first periods of new stretches, in order; empty where nothing changes or there is too little to
/// tell. `exposure` has one positive number a period.
pub fn changes(counts: &[Counts], exposure: &[f64]) -> Vec<usize> {
    let periods = counts.len().min(exposure.len());
    if periods < 2 * SHORTEST {
        return Vec::new();
    }
    let cost = Cost::new(&counts[..periods], &exposure[..periods]);
    // One penalty for each of the four rates and one for the place (Schwarz's criterion).
    let penalty = 5.0 * (periods as f64).ln();

    let mut best = vec![f64::INFINITY; periods + 1];
    let mut last = vec![0; periods + 1];
    best[0] = -penalty;
    // Ends of earlier stretches still in question, each with the period from which on it is out.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for end in SHORTEST..=periods {
        let begin = end - SHORTEST;
        if best[begin].is_finite() {
            open.push((begin, usize::MAX));
        }
        open.retain(|(_, until)| *until > end);
        for (from, _) in &open {
            let total = best[*from] + cost.of(*from, end) + penalty;
            if total < best[end] {
                best[end] = total;
                last[end] = *from;
            }
        }
        for (from, until) in &mut open {
            // `end` beats `from` for every later end that leaves room for a stretch between.
            if *until == usize::MAX && best[*from] + cost.of(*from, end) >= best[end] {
                *until = end + SHORTEST;
            }
        }
    }
    let mut found = Vec::new();
    let mut end = periods;
    while last[end] > 0 {
        end = last[end];
        found.push(end);
    }
    found.reverse();
    found
}

/// The cost of any stretch, from running sums.
struct Cost {
    counts: Vec<[f64; 4]>,
    exposure: Vec<f64>,
    dispersion: f64,
}

impl Cost {
    fn new(counts: &[Counts], exposure: &[f64]) -> Cost {
        let mut sums = vec![[0.0; 4]];
        let mut seen = vec![0.0];
        for (one, part) in counts.iter().zip(exposure) {
            let mut next = *sums.last().unwrap_or(&[0.0; 4]);
            next.iter_mut().zip(one).for_each(|(sum, count)| *sum += *count as f64);
            seen.push(seen.last().unwrap_or(&0.0) + part.max(1e-9));
            sums.push(next);
        }
        Cost { counts: sums, exposure: seen, dispersion: dispersion(counts) }
    }

    /// Minus twice the log-likelihood of the periods `from` to `end` (excluded) at their own rates, up to
    /// a part that is the same for every division.
    fn of(&self, from: usize, end: usize) -> f64 {
        let exposure = self.exposure[end] - self.exposure[from];
        let parts = (0..4).map(|class| {
            let count = self.counts[end][class] - self.counts[from][class];
            if count > 0.0 { count * (count / exposure).ln() } else { 0.0 }
        });
        -2.0 * parts.sum::<f64>() / self.dispersion
    }
}

/// How much more neighbours differ than Poisson numbers do; at least 1. Neighbours, because they share a
/// level wherever the levels change.
fn dispersion(counts: &[Counts]) -> f64 {
    let square = |one: &Counts, two: &Counts| -> f64 {
        one.iter().zip(two).map(|(x, y)| (*x as f64 - *y as f64).powi(2)).sum()
    };
    let differ: f64 = counts.windows(2).map(|pair| square(&pair[0], &pair[1])).sum();
    let total: f64 = counts.iter().flatten().map(|count| *count as f64).sum();
    if total > 0.0 { (differ / (2.0 * total)).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::weight;

    /// Poisson numbers of a small mean: as many draws of mean one, thinned by count.
    fn poisson(mean: u64, seed: i64) -> u64 {
        (0..mean).map(|part| u64::from(weight(seed * 1000 + part as i64, 7))).sum()
    }

    #[test]
    fn a_step_is_found_where_it_is() {
        let mut near = 0;
        for seed in 0..40 {
            let counts: Vec<Counts> = (0..80)
                .map(|week| {
                    let conflict = if week < 50 { 1 } else { 4 };
                    let draw = |class: i64, mean| poisson(mean, seed * 10_000 + week * 10 + class);
                    [draw(0, 2), draw(1, 1), draw(2, conflict), 0]
                })
                .collect();
            let found = changes(&counts, &[1.0; 80]);
            near += usize::from(found.len() == 1 && found[0].abs_diff(50) <= 3);
        }
        assert!(near >= 36, "{near} of 40");
    }

    #[test]
    fn a_level_series_has_no_turning_point() {
        let mut wrong = 0;
        for seed in 0..100 {
            let counts: Vec<Counts> = (0..100)
                .map(|week| {
                    [poisson(2, seed * 10_000 + week), 0, poisson(1, seed * 10_000 + week + 5_000), 0]
                })
                .collect();
            wrong += usize::from(!changes(&counts, &[1.0; 100]).is_empty());
        }
        assert!(wrong <= 2, "{wrong} of 100");
    }

    #[test]
    fn more_coverage_is_no_turning_point() {
        let counts: Vec<Counts> =
            (0..60).map(|week| if week < 30 { [2, 0, 1, 0] } else { [8, 0, 4, 0] }).collect();
        let exposure: Vec<f64> = (0..60).map(|week| if week < 30 { 10.0 } else { 40.0 }).collect();
        assert!(changes(&counts, &exposure).is_empty());
        assert_eq!(changes(&counts, &[10.0; 60]), [30]);
    }

    #[test]
    fn pruning_loses_nothing() {
        // The same answer as trying every division.
        for seed in 0..10 {
            let counts: Vec<Counts> = (0..40)
                .map(|week| [poisson(1 + (week / 13) as u64 * 2, seed * 777 + week), 0, 0, 0])
                .collect();
            assert_eq!(changes(&counts, &[1.0; 40]), every_division(&counts), "seed {seed}");
        }
    }

    fn every_division(counts: &[Counts]) -> Vec<usize> {
        let cost = Cost::new(counts, &vec![1.0; counts.len()]);
        let penalty = 5.0 * (counts.len() as f64).ln();
        let mut best: Vec<(f64, Vec<usize>)> = vec![(f64::INFINITY, Vec::new()); counts.len() + 1];
        best[0] = (-penalty, Vec::new());
        for end in SHORTEST..=counts.len() {
            for from in 0..=end - SHORTEST {
                let total = best[from].0 + cost.of(from, end) + penalty;
                if total < best[end].0 {
                    let mut path = best[from].1.clone();
                    path.extend((from > 0).then_some(from));
                    best[end] = (total, path);
                }
            }
        }
        best[counts.len()].1.clone()
    }

    #[test]
    fn too_little_tells_nothing() {
        assert!(changes(&[], &[]).is_empty());
        assert!(changes(&[[9, 9, 9, 9]; 5], &[1.0; 5]).is_empty());
        assert!(changes(&[[0; 4]; 50], &[0.0; 50]).is_empty());
    }
}
