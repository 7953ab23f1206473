//! A report's words as a few hundred bytes: enough to tell copies, cuts, updates and retellings from
//! other reports without reading any text again.
//!
//! Three parts. A MinHash over all shingles of three words (how much of two texts is the same), one over
//! the first words (a cut or grown text begins like the other), and the terms a report turns on: names,
//! numbers, telling words.

use crate::hash;
use crate::terms::{self, Term};

/// Smallest hashes kept for the whole text, and for its beginning.
const WHOLE: usize = 48;
const LEAD: usize = 16;
/// Words a shingle, and words of the beginning.
const SHINGLE: usize = 3;
const LEAD_WORDS: usize = 60;
/// Hashes a band: reports that share a band are looked at. Of the whole text only the first hashes are used:
/// eight bands miss one copy in seventy, and with those of the beginning one in five hundred.
const ROWS: usize = 4;
const BANDED: usize = 32;
/// Shingles looked at; what lies behind does not change which text it is.
const MOST_SHINGLES: usize = 4_000;

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sketch {
    /// How many different shingles the text has.
    pub shingles: u32,
    whole: Vec<u32>,
    lead: Vec<u32>,
    /// The terms, the most telling first.
    pub terms: Vec<Term>,
}

impl Sketch {
    /// The sketch of a title and the running text.
    pub fn of(title: &str, body: &str) -> Sketch {
        let words: Vec<u64> =
            terms::words(body).map(|word| hash::bytes(word.to_lowercase().as_bytes())).collect();
        let mut shingles = shingles(&words);
        let lead = minima(&self::shingles(&words[..words.len().min(LEAD_WORDS)]), LEAD);
        shingles.truncate(MOST_SHINGLES);
        let whole = minima(&shingles, WHOLE);
        shingles.sort_unstable();
        shingles.dedup();
        let count = u32::try_from(shingles.len()).unwrap_or(u32::MAX);
        Sketch { shingles: count, whole, lead, terms: terms::telling(title, body) }
    }

    /// The bands under which the report is filed: two that share one are worth comparing.
    pub fn bands(&self) -> Vec<u64> {
        let bands = |minima: &[u32], part: u64| {
            minima
                .chunks_exact(ROWS)
                .enumerate()
                .map(|(index, band)| {
                    let start = hash::join(part, index as u64);
                    band.iter().fold(start, |hash, &row| hash::join(hash, u64::from(row)))
                })
                .collect::<Vec<u64>>()
        };
        if self.shingles == 0 {
            return Vec::new();
        }
        let mut all = bands(self.whole.get(..BANDED).unwrap_or(&self.whole), 1);
        all.extend(bands(&self.lead, 2));
        all
    }

    /// How much of the two texts together is in both, 0…1 (Jaccard over shingles, estimated).
    pub fn alike(&self, other: &Sketch) -> f64 {
        share(&self.whole, &other.whole)
    }

    /// The same of their beginnings.
    pub fn begin_alike(&self, other: &Sketch) -> f64 {
        share(&self.lead, &other.lead)
    }

    /// How much of the shorter text is in the longer, 0…1, estimated.
    pub fn contained(&self, other: &Sketch) -> f64 {
        let (a, b) = (f64::from(self.shingles), f64::from(other.shingles));
        let alike = self.alike(other);
        if a.min(b) < 1.0 { 0.0 } else { (alike * (a + b) / ((1.0 + alike) * a.min(b))).min(1.0) }
    }

    /// As the archive keeps it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.shingles.to_le_bytes().to_vec();
        for list in [&self.whole, &self.lead] {
            bytes.push(u8::try_from(list.len()).unwrap_or(u8::MAX));
            bytes.extend(list.iter().flat_map(|hash| hash.to_le_bytes()));
        }
        for term in &self.terms {
            bytes.extend(term.hash.to_le_bytes());
            bytes.push(term.weight);
        }
        bytes
    }

    /// What [`Sketch::to_bytes`] wrote; none where the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (shingles, mut rest) = bytes.split_first_chunk::<4>()?;
        let mut lists = [Vec::new(), Vec::new()];
        for list in &mut lists {
            let (&count, after) = rest.split_first()?;
            let hashes = after.get(..usize::from(count) * 4)?;
            *list = hashes
                .chunks_exact(4)
                .filter_map(|hash| Some(u32::from_le_bytes(hash.try_into().ok()?)))
                .collect();
            rest = after.get(usize::from(count) * 4..)?;
        }
        let terms = rest.chunks_exact(5).filter_map(|term| {
            let (hash, weight) = term.split_first_chunk::<4>()?;
            Some(Term { hash: u32::from_le_bytes(*hash), weight: *weight.first()? })
        });
        let terms = terms.collect();
        let [whole, lead] = lists;
        Some(Sketch { shingles: u32::from_le_bytes(*shingles), whole, lead, terms })
    }
}

/// Hashes of every run of [`SHINGLE`] words; of all words together where there are fewer.
fn shingles(words: &[u64]) -> Vec<u64> {
    let run = |words: &[u64]| words.iter().fold(7, |hash, &word| hash::join(hash, word));
    if words.is_empty() {
        Vec::new()
    } else if words.len() < SHINGLE {
        vec![run(words)]
    } else {
        words.windows(SHINGLE).map(run).collect()
    }
}

/// The smallest value under each of `count` orders of the shingles.
fn minima(shingles: &[u64], count: usize) -> Vec<u32> {
    let mut minima = vec![u32::MAX; count];
    for &shingle in shingles {
        // Two 32-bit halves give a family of orders by a multiply and an add (Kirsch and Mitzenmacher).
        let (a, b) = (shingle as u32, (shingle >> 32) as u32 | 1);
        for (order, smallest) in minima.iter_mut().enumerate() {
            let x = a.wrapping_add((order as u32).wrapping_mul(b));
            let x = (x ^ (x >> 16)).wrapping_mul(0x85eb_ca6b);
            let x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
            *smallest = (*smallest).min(x ^ (x >> 16));
        }
    }
    minima
}

fn share(a: &[u32], b: &[u32]) -> f64 {
    let same = a.iter().zip(b).filter(|(x, y)| x == y && **x != u32::MAX).count();
    same as f64 / a.len().max(b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(words: std::ops::Range<usize>) -> String {
        words.map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn estimates_are_near_the_truth() {
        let whole = Sketch::of("", &text(0..400));
        assert!((whole.alike(&Sketch::of("", &text(200..600))) - 1.0 / 3.0).abs() < 0.2);
        let cut = Sketch::of("", &text(0..140));
        assert!(whole.contained(&cut) > 0.6 && whole.begin_alike(&cut) == 1.0);
        assert_eq!(whole.alike(&Sketch::of("", &text(1000..1400))), 0.0);
        assert!(whole.bands().iter().any(|band| cut.bands().contains(band)), "a cut text is found");
        assert!(Sketch::of("", "").bands().is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bytes_give_the_sketch_back(title in ".{0,60}", body in ".{0,400}") {
            let sketch = Sketch::of(&title, &body);
            prop_assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = Sketch::from_bytes(&bytes);
        }
    }
}
