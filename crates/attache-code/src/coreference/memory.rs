//! The memory of a report: every mention so far with where it stood and what part it played.

use super::{Gender, Kind, Referent};

/// How far back a pronoun reaches, in sentences.
const PRONOUN_REACH: usize = 3;
/// How far back a nominal such as "the minister" reaches, in sentences.
const NOMINAL_REACH: usize = 12;
/// What a mention still weighs one sentence later.
const FADING: f64 = 0.75;

/// The part a mention plays in its clause; subjects are taken up first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Subject,
    Object,
    Oblique,
    /// An owner, nationality or other modifier inside another phrase.
    Modifier,
}

impl Part {
    fn weight(self) -> f64 {
        match self {
            Part::Subject => 1.0,
            Part::Object => 0.7,
            Part::Oblique => 0.6,
            Part::Modifier => 0.4,
        }
    }
}

/// Where in the report something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) sentence: usize,
    pub(crate) token: usize,
}

/// One mention as remembered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) place: Place,
    pub(crate) part: Part,
    /// The verb or noun that governs it, for "he" that cannot be the subject of its own clause.
    pub(crate) governor: Option<usize>,
    /// First conjunct of its coordination.
    pub(crate) coordination: usize,
    pub(crate) referents: Vec<Referent>,
}

/// What a pronoun or nominal asks of its antecedent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) kinds: &'a [Kind],
    pub(crate) plural: Option<bool>,
    pub(crate) gender: Option<Gender>,
    pub(crate) office: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    /// Not a subject or object of this governor in the same sentence.
    pub(crate) not_under: Option<usize>,
    /// Prefer the first conjunct of this coordination.
    pub(crate) coordination: Option<usize>,
}

/// Everything named so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    /// By sentence, so that looking back costs no more in a long report.
    items: Vec<Vec<Item>>,
}

impl Memory {
    pub(crate) fn add(&mut self, item: Item) {
        let sentence = item.place.sentence;
        if self.items.len() <= sentence {
            self.items.resize_with(sentence + 1, Vec::new);
        }
        if let Some(items) = self.items.get_mut(sentence) {
            items.push(item);
        }
    }

    fn before(&self, place: Place, reach: usize) -> impl Iterator<Item = &Item> {
        let earliest = place.sentence.saturating_sub(reach);
        let near = self.items.iter().skip(earliest).take(place.sentence + 1 - earliest).flatten();
        near.filter(move |item| item.place < place)
    }

    /// The likeliest antecedent of a pronoun.
    pub(crate) fn pronoun(&self, place: Place, wanted: Wanted<'_>) -> Option<Referent> {
        self.likeliest(place, PRONOUN_REACH, wanted)
    }

    /// The likeliest antecedent of a nominal.
    pub(crate) fn nominal(&self, place: Place, wanted: Wanted<'_>) -> Option<Referent> {
        self.likeliest(place, NOMINAL_REACH, wanted)
    }

    fn likeliest(&self, place: Place, reach: usize, wanted: Wanted<'_>) -> Option<Referent> {
        let mut best: Option<(f64, &Referent)> = None;
        for item in self.before(place, reach) {
            let [referent] = item.referents.as_slice() else { continue };
            let under = item.place.sentence == place.sentence && item.governor.is_some();
            if !fits(referent, wanted)
                || under && item.governor == wanted.not_under && wanted.not_under.is_some()
            {
                continue;
            }
            let mut weight = salience(item, place) + 0.1 * self.told(referent, place).min(5.0);
            if item.place.sentence == place.sentence && wanted.coordination == Some(item.coordination) {
                weight += 1.0;
            }
            if wanted.gender.is_some() && referent.gender == wanted.gender {
                weight += 0.5;
            }
            if best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, referent));
            }
        }
        best.map(|(_, referent)| referent.clone())
    }

    /// How many mentions before the place mean the same one.
    fn told(&self, referent: &Referent, place: Place) -> f64 {
        let same = |item: &&Item| item.referents.iter().any(|known| known.same(referent));
        self.before(place, NOMINAL_REACH).filter(same).take(8).count() as f64
    }

    /// The `number` most prominent different ones that fit, in the order they were first named.
    /// `name_of` says what makes two of them the same; those without a name are left out.
    pub(crate) fn prominent(
        &self,
        place: Place,
        number: usize,
        name_of: impl Fn(&Referent) -> Option<String>,
    ) -> Vec<Referent> {
        let mut seen: Vec<(String, f64, &Referent)> = Vec::new();
        for item in self.before(place, NOMINAL_REACH) {
            for referent in &item.referents {
                let Some(name) = name_of(referent) else { continue };
                let weight = salience(item, place);
                match seen.iter_mut().find(|(known, _, _)| *known == name) {
                    Some((_, sum, latest)) => {
                        *sum += weight;
                        *latest = referent;
                    }
                    None => seen.push((name, weight, referent)),
                }
            }
        }
        let mut ranked: Vec<usize> = (0..seen.len()).collect();
        ranked.sort_by(|&a, &b| seen[b].1.total_cmp(&seen[a].1));
        ranked.truncate(number);
        ranked.sort_unstable();
        ranked.into_iter().map(|index| seen[index].2.clone()).collect()
    }

    /// The foremost one that fits: the nearest in the most prominent part, told before where two are
    /// alike. Unlike [`Memory::prominent`], a name repeated long before does not outweigh a near one.
    pub(crate) fn foremost(
        &self,
        place: Place,
        name_of: impl Fn(&Referent) -> Option<String>,
    ) -> Option<Referent> {
        let mut best: Option<(f64, &Referent)> = None;
        for item in self.before(place, NOMINAL_REACH) {
            for referent in item.referents.iter().filter(|referent| name_of(referent).is_some()) {
                let weight = salience(item, place) + 0.05 * self.told(referent, place).min(4.0);
                if best.is_none_or(|(known, _)| weight > known) {
                    best = Some((weight, referent));
                }
            }
        }
        best.map(|(_, referent)| referent.clone())
    }

    /// The members of the last coordination or plural mention that fits ("they").
    pub(crate) fn coordinated(&self, place: Place, fits: impl Fn(&Referent) -> bool) -> Vec<Referent> {
        let mut best: Vec<Referent> = Vec::new();
        let mut found: Option<(usize, usize)> = None;
        for item in self.before(place, PRONOUN_REACH).filter(|item| item.part == Part::Subject) {
            let group = (item.place.sentence, item.coordination);
            if found != Some(group) {
                if !item.referents.iter().all(&fits) {
                    continue;
                }
                best.clear();
                found = Some(group);
            }
            best.extend(item.referents.iter().filter(|referent| fits(referent)).cloned());
        }
        best
    }
}

fn fits(referent: &Referent, wanted: Wanted<'_>) -> bool {
    let gender = match (referent.gender, wanted.gender) {
        (Some(known), Some(asked)) => known == asked,
        _ => true,
    };
    (wanted.kinds.is_empty() || wanted.kinds.contains(&referent.kind))
        && wanted.plural.is_none_or(|plural| plural == referent.plural)
        && wanted.office.is_none_or(|office| referent.office.as_deref() == Some(office))
        && wanted.country.is_none_or(|country| referent.entity.country.as_deref() == Some(country))
        && gender
}

/// How present a mention still is at a later place.
fn salience(item: &Item, place: Place) -> f64 {
    let sentences = place.sentence - item.place.sentence;
    let words = if sentences == 0 { place.token.saturating_sub(item.place.token) as f64 } else { 0.0 };
    (1.0 + item.part.weight()) * FADING.powi(i32::try_from(sentences).unwrap_or(i32::MAX))
        - 0.01 * words.min(40.0)
}
