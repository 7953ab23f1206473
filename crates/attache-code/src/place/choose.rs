//! Which of the places of one name is meant.
//!
//! A score of plain terms: how known the place is, whether the words behind the name say where it lies
//! ("Springfield, Illinois"), how often the report speaks of its country and region, and how near it is to
//! the other places of the report. The last two depend on what the other names mean, so every name keeps
//! all its places with a weight, and the weights are told anew a few times. A name means one place
//! throughout a report.

use super::find::Name;
use super::key::Key;
use super::site::{Site, Sort, code};
use std::collections::{BTreeMap, HashMap};

/// Places of one name that are weighed, the best before their neighbours are looked at.
const MOST_PLACES: usize = 24;
/// Names that others are held against, so that a long report costs no more than its length.
const MOST_ANCHORS: usize = 64;
/// Places of an anchor that count.
const ANCHOR_PLACES: usize = 5;
/// How often the weights are told anew.
const ROUNDS: usize = 3;
/// People of a city that its region's name means first.
const LARGE: u32 = 500_000;
/// Kilometres over which nearness falls to a third.
const NEAR: f64 = 100.0;

/// A name's place in the report and the names that say where it lies.
pub(super) struct Told<'a, 'g> {
    pub name: &'a Name<'g>,
    /// The name behind its comma, where there is one.
    pub container: Option<&'a Name<'g>>,
}

/// One reading of a name.
struct Reading<'g> {
    site: Site<'g>,
    /// What its size, sort and container give.
    base: f64,
    /// Its share of the name, from 0 to 1.
    weight: f64,
}

/// The place of each name, by key. `evidence`: all names, demonyms too; `countries` are codes the report
/// speaks of.
pub(super) fn choose<'g>(
    told: &[Told<'_, 'g>],
    evidence: &[&Name<'g>],
    countries: &[String],
) -> HashMap<Key, Site<'g>> {
    let mut order: Vec<Key> = Vec::new();
    // Ordered, so that sums come out the same on every machine.
    let mut keys: BTreeMap<Key, Vec<&Told<'_, 'g>>> = BTreeMap::new();
    for one in told {
        let mentions = keys.entry(one.name.key).or_default();
        if mentions.is_empty() {
            order.push(one.name.key);
        }
        mentions.push(one);
    }
    let mut readings: BTreeMap<Key, Vec<Reading<'g>>> =
        keys.iter().map(|(key, told)| (*key, self::readings(*key, told))).collect();
    readings.values_mut().for_each(|readings| weigh(readings, |reading| reading.base));
    let spoken = Spoken::of(evidence, countries, &keys);
    let anchors: Vec<Key> = order.into_iter().take(MOST_ANCHORS).collect();
    for _ in 0..ROUNDS {
        let scene = Scene::of(&readings, &spoken);
        let near = Neighbours::of(&readings, &anchors);
        for (key, readings) in &mut readings {
            let scores: Vec<f64> = readings
                .iter()
                .map(|one| one.base + scene.score(one) + near.score(*key, &one.site))
                .collect();
            let mut scores = scores.into_iter();
            weigh(readings, |_| scores.next().unwrap_or(f64::MIN));
        }
    }
    readings.iter().filter_map(|(key, readings)| Some((*key, heaviest(readings)?))).collect()
}

/// The readings of a name, heaviest base first.
fn readings<'g>(key: Key, told: &[&Told<'_, 'g>]) -> Vec<Reading<'g>> {
    let sites = told.first().map(|one| one.name.sites.as_slice()).unwrap_or_default();
    let places = sites.iter().filter(|site| site.sort != Sort::Demonym);
    let shadowed = |site: &Site<'g>| {
        sites.iter().any(|other| match other.sort {
            Sort::Country => other.country == site.country && Key::of(other.name) == key,
            sort => sort < Sort::County && other.population >= LARGE,
        })
    };
    let reading = |site: &Site<'g>| Reading {
        site: *site,
        base: base(site, key, site.sort == Sort::Region && shadowed(site), told),
        weight: 0.0,
    };
    let mut readings: Vec<Reading<'g>> = places.map(reading).collect();
    // "England" is the region, not another name of its country.
    let region = |one: &Reading<'g>, country: [u8; 3]| {
        one.site.sort == Sort::Region && one.site.country == country && Key::of(one.site.name) == key
    };
    let regions: Vec<[u8; 3]> =
        readings.iter().filter(|one| region(one, one.site.country)).map(|one| one.site.country).collect();
    let alias = |site: &Site<'g>| site.sort == Sort::Country && Key::of(site.name) != key;
    readings.retain(|one| !(alias(&one.site) && regions.contains(&one.site.country)));
    // A stable sort: of equals the first of the table stays first.
    readings.sort_by(|a, b| b.base.total_cmp(&a.base));
    readings.truncate(MOST_PLACES);
    readings
}

/// What a site's own size and sort and the words behind its name say for it. `shadowed`: the name is that of
/// its country or a large city too, which is then meant rather than the region.
fn base(site: &Site<'_>, key: Key, shadowed: bool, told: &[&Told<'_, '_>]) -> f64 {
    let size = (f64::from(site.population) + 1.0).log10();
    let known = match site.sort {
        Sort::Country => 10.2,
        Sort::Wide => 8.0,
        Sort::Region => 3.0 + size - if shadowed { 4.0 } else { 0.0 },
        // By its full name, or else rather a town of that name.
        Sort::County => size * 0.3 - if Key::of(site.name) == key { 0.0 } else { 1.5 },
        Sort::Facility => 7.0,
        Sort::Capital => size + 1.0,
        Sort::City | Sort::Demonym => size,
    };
    let within = |outer: &Site<'_>| match outer.sort {
        Sort::Region => site.sort != Sort::Region && site.same_region(outer),
        Sort::County => site.admin2 == outer.admin2 && site.same_region(outer),
        Sort::Country => site.sort != Sort::Country && site.same_country(outer),
        // "Washington, D.C."
        Sort::Capital => site == outer,
        _ => false,
    };
    let contained = told.iter().filter_map(|one| one.container).any(|outer| outer.sites.iter().any(within));
    known + if contained { 8.0 } else { 0.0 }
}

/// Shares of a name by scores.
fn weigh<'g>(readings: &mut [Reading<'g>], mut score: impl FnMut(&Reading<'g>) -> f64) {
    let scores: Vec<f64> = readings.iter().map(&mut score).collect();
    let best = scores.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = scores.iter().map(|score| (score - best).exp()).sum();
    for (reading, score) in readings.iter_mut().zip(scores) {
        reading.weight = (score - best).exp() / sum;
    }
}

/// The first of the heaviest: tables are sorted, so that is the same everywhere.
fn heaviest<'g>(readings: &[Reading<'g>]) -> Option<Site<'g>> {
    let best = readings.iter().fold(None::<&Reading<'g>>, |best, next| match best {
        Some(best) if best.weight >= next.weight => Some(best),
        _ => Some(next),
    });
    best.map(|reading| reading.site)
}

/// How often the report speaks of each country by other words than place names.
struct Spoken(BTreeMap<[u8; 3], f64>);

impl Spoken {
    fn of<V>(evidence: &[&Name<'_>], countries: &[String], told: &BTreeMap<Key, V>) -> Spoken {
        let mut spoken: BTreeMap<[u8; 3], f64> = BTreeMap::new();
        for country in countries {
            *spoken.entry(code(country)).or_default() += 1.0;
        }
        let mut seen = Vec::new();
        for name in evidence.iter().filter(|name| !told.contains_key(&name.key)) {
            let Some(site) = name.sites.first() else { continue };
            if name.sites.iter().all(|other| other.same_country(site)) && !seen.contains(&name.key) {
                seen.push(name.key);
                *spoken.entry(site.country).or_default() += 1.0;
            }
        }
        Spoken(spoken)
    }
}

/// How much of the report lies in each country and region, by the present weights.
struct Scene<'g> {
    countries: BTreeMap<[u8; 3], f64>,
    regions: BTreeMap<([u8; 3], &'g str), f64>,
}

impl<'g> Scene<'g> {
    fn of(readings: &BTreeMap<Key, Vec<Reading<'g>>>, spoken: &Spoken) -> Scene<'g> {
        let mut scene = Scene { countries: spoken.0.clone(), regions: BTreeMap::new() };
        for reading in readings.values().flatten() {
            let site = &reading.site;
            *scene.countries.entry(site.country).or_default() += reading.weight;
            if !site.admin1.is_empty() {
                *scene.regions.entry((site.country, site.admin1)).or_default() += reading.weight;
            }
        }
        scene
    }

    /// What the scene adds for a reading; its own share does not speak for it.
    fn score(&self, reading: &Reading<'g>) -> f64 {
        let site = &reading.site;
        if site.sort == Sort::Wide {
            return 0.0;
        }
        let mass = |all: Option<&f64>| (all.copied().unwrap_or(0.0) - reading.weight).max(0.0);
        let country = mass(self.countries.get(&site.country));
        let region = match site.sort {
            Sort::Country => 0.0,
            _ => mass(self.regions.get(&(site.country, site.admin1))),
        };
        (1.3 * country.ln_1p()).min(3.5) + (1.5 * region.ln_1p()).min(3.0)
    }
}

/// The places others are held against.
struct Neighbours<'g>(Vec<(Key, Site<'g>, f64)>);

impl<'g> Neighbours<'g> {
    fn of(readings: &BTreeMap<Key, Vec<Reading<'g>>>, anchors: &[Key]) -> Neighbours<'g> {
        let mut near = Vec::new();
        for key in anchors {
            let Some(readings) = readings.get(key) else { continue };
            let places = readings.iter().filter(|one| one.site.sort <= Sort::County && one.weight > 0.05);
            near.extend(places.take(ANCHOR_PLACES).map(|one| (*key, one.site, one.weight)));
        }
        Neighbours(near)
    }

    fn score(&self, key: Key, site: &Site<'_>) -> f64 {
        if site.sort > Sort::County {
            return 0.0;
        }
        let others = self.0.iter().filter(|(other, ..)| *other != key);
        let sum: f64 = others.map(|(_, place, weight)| weight * (-site.distance(place) / NEAR).exp()).sum();
        (2.0 * sum).min(4.0)
    }
}
