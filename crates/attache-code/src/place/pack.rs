//! Places by name in one block of bytes that is read where it lies: nothing is parsed when the program
//! starts, so that a hundred thousand places cost no time until they are asked for.
//!
//! Numbers are little-endian. The block holds a magic word, three counts (`u32`: sites, names, bytes of
//! words), then
//!
//! * sites of 39 bytes: offsets into the words of name, city, admin1, admin2 (`u32` each); latitude and
//!   longitude in hundred-thousandths of a degree (`i32`, the least for none); population and GeoNames id
//!   (`u32`, 0 for none); country (3 letters); then sort and filling (4 bytes);
//! * the keys of the names, sorted (`u64`), beside them the index of the site (`u32`), whose highest bit
//!   tells an abbreviation;
//! * the words, each a length (`u16`) and its bytes, each once.

use super::key::Key;
use super::site::{Site, Sort};
use std::borrow::Cow;
use std::collections::HashMap;

const MAGIC: [u8; 8] = *b"attgaz01";
const HEAD: usize = 8 + 3 * 4;
const SITE: usize = 39;
/// The bit of a name's index that marks an abbreviation.
const SHORT: u32 = 1 << 31;
/// Degrees are kept as whole numbers of this part.
const PART: f64 = 100_000.0;

/// A block of places; see the module's text for its form.
#[derive(Debug, Clone)]
pub(super) struct Pack {
    bytes: Cow<'static, [u8]>,
    sites: usize,
    names: usize,
}

impl Pack {
    /// The block in these bytes; none where they are no such block.
    pub fn new(bytes: Cow<'static, [u8]>) -> Option<Pack> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let [sites, names, words] = [8, 12, 16]
            .map(|at| number(&bytes, at).and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX));
        let length = HEAD
            .checked_add(sites.checked_mul(SITE)?)?
            .checked_add(names.checked_mul(12)?)?
            .checked_add(words)?;
        (length == bytes.len()).then_some(Pack { bytes, sites, names })
    }

    /// How many places it holds.
    pub fn len(&self) -> usize {
        self.sites
    }

    /// The sites of a name. `capitals`: the words are written in capitals, as abbreviations are.
    pub fn find(&self, key: Key, capitals: bool) -> impl Iterator<Item = Site<'_>> {
        let first = partition(self.names, |at| self.key(at).is_some_and(|known| known < key));
        (first..self.names)
            .take_while(move |&at| self.key(at) == Some(key))
            .filter_map(|at| number(&self.bytes, HEAD + self.sites * SITE + self.names * 8 + at * 4))
            .filter(move |index| capitals || index & SHORT == 0)
            .filter_map(|index| self.site(usize::try_from(index & !SHORT).ok()?))
    }

    fn key(&self, at: usize) -> Option<Key> {
        let start = HEAD + self.sites * SITE + at * 8;
        let bytes = self.bytes.get(start..start + 8)?;
        Some(Key::from_number(u64::from_le_bytes(bytes.try_into().ok()?)))
    }

    fn site(&self, index: usize) -> Option<Site<'_>> {
        let start = HEAD + index * SITE;
        let row = self.bytes.get(start..start + SITE)?;
        let number = |at: usize| number(row, at).unwrap_or(0);
        let degrees = |at: usize| match number(at).cast_signed() {
            i32::MIN => f64::NAN,
            whole => f64::from(whole) / PART,
        };
        Some(Site {
            name: self.word(number(0)),
            city: self.word(number(4)),
            admin1: self.word(number(8)),
            admin2: self.word(number(12)),
            lat: degrees(16),
            lon: degrees(20),
            population: number(24),
            geonameid: Some(number(28)).filter(|id| *id > 0),
            country: row.get(32..35)?.try_into().ok()?,
            sort: Sort::of_code(*row.get(35)?),
        })
    }

    fn word(&self, at: u32) -> &str {
        let start =
            HEAD + self.sites * SITE + self.names * 12 + usize::try_from(at).unwrap_or(usize::MAX / 2);
        let length = self.bytes.get(start..start + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes);
        let word = self.bytes.get(start + 2..start + 2 + usize::from(length.unwrap_or(0)));
        word.and_then(|word| std::str::from_utf8(word).ok()).unwrap_or("")
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The first of `length` numbers for which `before` does not hold.
fn partition(length: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// Collects places and writes the block.
#[derive(Debug, Default)]
pub(super) struct Packer {
    sites: Vec<u8>,
    count: u32,
    names: Vec<(Key, u32)>,
    words: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Packer {
    /// Adds a place under each of its names; empty names are passed over.
    pub fn add<'n>(&mut self, site: &Site<'_>, names: impl Iterator<Item = &'n str>) {
        for name in names.filter(|name| !name.is_empty()) {
            let letters = || name.chars().filter(|c| c.is_alphabetic());
            let short = letters().count() <= 4 && letters().all(char::is_uppercase);
            self.names.push((Key::of(name), if short { self.count | SHORT } else { self.count }));
        }
        for word in [site.name, site.city, site.admin1, site.admin2] {
            let at = self.keep(word);
            self.sites.extend(at.to_le_bytes());
        }
        for degrees in [site.lat, site.lon] {
            let whole = if degrees.is_finite() { (degrees * PART).round() as i32 } else { i32::MIN };
            self.sites.extend(whole.to_le_bytes());
        }
        self.sites.extend(site.population.to_le_bytes());
        self.sites.extend(site.geonameid.unwrap_or(0).to_le_bytes());
        self.sites.extend(site.country);
        self.sites.extend([site.sort.code(), 0, 0, 0]);
        self.count += 1;
    }

    fn keep(&mut self, word: &str) -> u32 {
        if let Some(at) = self.known.get(word) {
            return *at;
        }
        let at = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let mut length = word.len().min(usize::from(u16::MAX));
        while !word.is_char_boundary(length) {
            length -= 1;
        }
        self.words.extend(u16::try_from(length).unwrap_or(0).to_le_bytes());
        self.words.extend(&word.as_bytes()[..length]);
        self.known.insert(word.to_owned(), at);
        at
    }

    /// The finished block.
    pub fn finish(mut self) -> Vec<u8> {
        self.names.sort_unstable();
        self.names.dedup();
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.count.to_le_bytes());
        bytes.extend(count(self.names.len()));
        bytes.extend(count(self.words.len()));
        bytes.extend(&self.sites);
        self.names.iter().for_each(|(key, _)| bytes.extend(key.number().to_le_bytes()));
        self.names.iter().for_each(|(_, index)| bytes.extend(index.to_le_bytes()));
        bytes.extend(&self.words);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::site::code;

    fn ulm() -> Site<'static> {
        Site {
            sort: Sort::City,
            name: "Ulm",
            city: "",
            admin1: "Baden-Württemberg",
            admin2: "",
            country: code("DEU"),
            lat: 48.398_41,
            lon: 9.991_55,
            population: 120_000,
            geonameid: Some(2_820_256),
        }
    }

    #[test]
    fn what_is_packed_is_found() {
        let mut packer = Packer::default();
        packer
            .add(&Site { lat: f64::NAN, geonameid: None, name: "Nowhere", ..ulm() }, ["Nowhere"].into_iter());
        packer.add(&ulm(), ["Ulm", "ULM", ""].into_iter());
        let pack = Pack::new(packer.finish().into()).unwrap();
        assert_eq!(pack.len(), 2);
        assert_eq!(pack.find(Key::of("ulm"), false).collect::<Vec<_>>(), [ulm()]);
        assert_eq!(pack.find(Key::of("ulm"), true).count(), 2);
        let nowhere = pack.find(Key::of("Nowhere"), false).next().unwrap();
        assert!(nowhere.lat.is_nan() && nowhere.geonameid.is_none());
        assert_eq!(pack.find(Key::of("Elsewhere"), true).count(), 0);
    }

    #[test]
    fn other_bytes_are_no_block() {
        let mut packer = Packer::default();
        packer.add(&ulm(), ["Ulm"].into_iter());
        let bytes = packer.finish();
        assert!(Pack::new(bytes[..bytes.len() - 1].to_vec().into()).is_none());
        assert!(Pack::new(Vec::new().into()).is_none());
        // Counts that lie, and words that are none, give no place and no panic.
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 0xff;
            if let Some(pack) = Pack::new(broken.into()) {
                let _ = pack.find(Key::of("Ulm"), true).count();
            }
        }
    }
}
