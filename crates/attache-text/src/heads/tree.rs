//! The best dependency tree of arc scores: Chu-Liu/Edmonds, with exactly one root.

/// Scores of arcs between `n` nodes, node 0 the root: `score(dependent, head)`.
#[derive(Debug, Clone)]
pub struct ArcScores {
    n: usize,
    scores: Vec<f64>,
}

/// Where an arc of the shrunken graph comes from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    dependent: usize,
    head: usize,
}

/// A cycle taken together as one node.
struct Contraction {
    /// Its nodes, each with the head it had in the cycle.
    arcs: Vec<(usize, usize)>,
    /// The words each of its nodes stands for.
    members: Vec<Vec<usize>>,
}

impl ArcScores {
    /// `scores` are `n` rows of `n` numbers: row the dependent, column the head. A score that is no finite
    /// number counts as very low.
    pub fn new(n: usize, scores: &[f32]) -> ArcScores {
        let finite = |&s: &f32| if s.is_finite() { f64::from(s) } else { -1e6 };
        let mut scores: Vec<f64> = scores.iter().map(finite).collect();
        scores.resize(n * n, -1e6);
        ArcScores { n, scores }
    }

    fn get(&self, dependent: usize, head: usize) -> f64 {
        self.scores[dependent * self.n + head]
    }

    /// Head of each node but the root (entry 0 is 0): a tree in which one node only hangs on the root.
    ///
    /// Each arc from the root first pays more than all other arcs together can differ, so the best tree
    /// takes as few of them as it can, which is one. Time n³ at worst, memory n².
    pub fn tree(mut self) -> Vec<usize> {
        let n = self.n;
        let (low, high) = self.scores.iter().fold((0.0_f64, 0.0_f64), |(l, h), &s| (l.min(s), h.max(s)));
        let penalty = (high - low + 1.0) * n as f64;
        for dependent in 1..n {
            self.scores[dependent * n] -= penalty;
        }
        let mut origin: Vec<Origin> =
            (0..n * n).map(|i| Origin { dependent: i / n.max(1), head: i % n.max(1) }).collect();
        let mut active: Vec<usize> = (0..n).collect();
        let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
        let mut parent = vec![0; n];
        let mut contractions: Vec<(Contraction, Vec<Origin>)> = Vec::new();
        loop {
            for &d in active.iter().filter(|&&d| d != 0) {
                let others = active.iter().copied().filter(|&h| h != d);
                parent[d] = others.fold(0, |b, h| if self.get(d, h) > self.get(d, b) { h } else { b });
            }
            let Some(cycle) = find_cycle(&active, &parent) else { break };
            let arcs: Vec<(usize, usize)> = cycle.iter().map(|&d| (d, parent[d])).collect();
            let origins = arcs.iter().map(|&(d, h)| origin[d * n + h]).collect();
            self.contract(&arcs, &mut active, &mut origin);
            let parts = cycle.iter().map(|&d| members[d].clone()).collect();
            for &d in &cycle[1..] {
                let own = std::mem::take(&mut members[d]);
                members[cycle[0]].extend(own);
            }
            contractions.push((Contraction { arcs, members: parts }, origins));
        }
        let mut heads: Vec<Option<usize>> = vec![None; n];
        for &d in active.iter().filter(|&&d| d != 0) {
            let arc = origin[d * n + parent[d]];
            heads[arc.dependent] = Some(arc.head);
        }
        // Opened again from the outermost: the node that already has a head is where the tree enters the
        // cycle; all others keep the head they had in it.
        for (contraction, origins) in contractions.iter().rev() {
            let entered =
                contraction.members.iter().position(|words| words.iter().any(|&w| heads[w].is_some()));
            for (k, arc) in origins.iter().enumerate().take(contraction.arcs.len()) {
                if Some(k) != entered {
                    heads[arc.dependent] = Some(arc.head);
                }
            }
        }
        heads.into_iter().map(|head| head.unwrap_or(0)).collect()
    }

    /// Makes the first node of the cycle stand for all of it.
    fn contract(&mut self, arcs: &[(usize, usize)], active: &mut Vec<usize>, origin: &mut [Origin]) {
        let n = self.n;
        let whole: f64 = arcs.iter().map(|&(d, h)| self.get(d, h)).sum();
        let stands = arcs[0].0;
        active.retain(|node| !arcs.iter().any(|(d, _)| d == node));
        for &other in active.iter() {
            // Into the cycle: the arc in the cycle that the new one replaces is given back.
            let into = |&(d, h): &(usize, usize)| (self.get(d, other) - self.get(d, h), d);
            let (gain, enters) = highest(arcs.iter().map(into));
            let (score, leaves) = highest(arcs.iter().map(|&(d, _)| (self.get(other, d), d)));
            self.scores[stands * n + other] = whole + gain;
            origin[stands * n + other] = origin[enters * n + other];
            if other != 0 {
                self.scores[other * n + stands] = score;
                origin[other * n + stands] = origin[other * n + leaves];
            }
        }
        active.push(stands);
        active.sort_unstable();
    }
}

fn highest(scored: impl Iterator<Item = (f64, usize)>) -> (f64, usize) {
    scored.fold((f64::NEG_INFINITY, 0), |best, now| if now.0 > best.0 { now } else { best })
}

/// Nodes that hang on each other in a ring, if there are such.
fn find_cycle(active: &[usize], parent: &[usize]) -> Option<Vec<usize>> {
    let mut visited = vec![0_usize; parent.len()];
    for (round, &start) in active.iter().enumerate().filter(|&(_, &d)| d != 0) {
        let mark = round + 1;
        let mut node = start;
        while node != 0 && visited[node] == 0 {
            visited[node] = mark;
            node = parent[node];
        }
        if node != 0 && visited[node] == mark {
            let mut cycle = vec![node];
            let mut next = parent[node];
            while next != node {
                cycle.push(next);
                next = parent[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every node reaches the root, and one node only hangs on it.
    fn is_tree(heads: &[usize]) -> bool {
        let reaches = |mut node: usize| {
            (0..heads.len()).any(|_| {
                node = heads[node];
                node == 0
            })
        };
        (1..heads.len()).all(reaches) && heads.iter().skip(1).filter(|&&h| h == 0).count() == 1
    }

    fn total(n: usize, scores: &[f32], heads: &[usize]) -> f32 {
        (1..n).map(|d| scores[d * n + heads[d]]).sum()
    }

    /// The best tree by trying all of them.
    fn by_trial(n: usize, scores: &[f32]) -> f32 {
        let mut heads = vec![0; n];
        let mut best = f32::NEG_INFINITY;
        for code in 0..n.pow(n as u32 - 1) {
            let mut rest = code;
            for head in heads.iter_mut().skip(1) {
                *head = rest % n;
                rest /= n;
            }
            if is_tree(&heads) {
                best = best.max(total(n, scores, &heads));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_tree_is_the_best_one(scores in proptest::collection::vec(-5.0_f32..5.0, 25)) {
            let heads = ArcScores::new(5, &scores).tree();
            prop_assert!(is_tree(&heads));
            prop_assert!((total(5, &scores, &heads) - by_trial(5, &scores)).abs() < 1e-3);
        }

        #[test]
        fn any_scores_give_a_tree(n in 2_usize..40, seed in any::<u64>()) {
            let mut state = seed | 1;
            let scores: Vec<f32> = (0..n * n).map(|i| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                if i % 17 == 3 { f32::NAN } else { (state >> 40) as f32 / 1e6 }
            }).collect();
            prop_assert!(is_tree(&ArcScores::new(n, &scores).tree()));
        }
    }

    #[test]
    fn small_graphs() {
        assert_eq!(ArcScores::new(0, &[]).tree(), Vec::<usize>::new());
        assert_eq!(ArcScores::new(1, &[0.0]).tree(), [0]);
        assert_eq!(ArcScores::new(2, &[0.0; 4]).tree(), [0, 0]);
    }
}
