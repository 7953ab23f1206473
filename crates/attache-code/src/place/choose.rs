//! Which of the places of one name is meant.
//!
//! A score of plain terms: how known the place is, whether the words behind the name say where it lies
//! ("Springfield, Illinois"), whether the report speaks of its country, and how near it is to the other
//! places of the report. A name means one place throughout a report.

use super::find::Name;
use super::gazetteer::{Gazetteer, Site, Sort};
use super::key::Key;
use std::collections::{BTreeMap, HashMap};

/// A name's place in the report and the names that say where it lies.
pub(super) struct Told<'a, 'g> {
    pub name: &'a Name<'g>,
    /// The name behind its comma, where there is one.
    pub container: Option<&'a Name<'g>>,
}

/// The place of each name, by key; `countries` are codes the report speaks of, as often as it does.
pub(super) fn choose<'g>(
    gazetteer: &Gazetteer,
    told: &[Told<'_, 'g>],
    evidence: &[&Name<'g>],
    countries: &[String],
) -> HashMap<Key, &'g Site> {
    // Ordered, so that sums come out the same on every machine.
    let mut keys: BTreeMap<Key, Vec<&Told<'_, 'g>>> = BTreeMap::new();
    for one in told {
        keys.entry(one.name.key).or_default().push(one);
    }
    let spoken = Spoken::of(evidence, countries);
    let first: BTreeMap<Key, (&'g Site, f64)> = keys
        .iter()
        .filter_map(|(key, told)| {
            let scored = places(told).map(|site| (site, score(gazetteer, site, told, *key, &spoken)));
            best(scored).map(|best| (*key, best))
        })
        .collect();
    keys.iter()
        .filter_map(|(key, told)| {
            let near = |site: &Site| -> f64 {
                let others =
                    first.iter().filter(|(other, (place, _))| *other != key && place.sort != Sort::Country);
                let sum: f64 = others.map(|(_, (place, _))| (-site.distance(place) / 150.0).exp()).sum();
                (2.0 * sum).min(3.0)
            };
            let scored = places(told).map(|s| {
                let near = if s.sort == Sort::Country { 0.0 } else { near(s) };
                (s, score(gazetteer, s, told, *key, &spoken) + near)
            });
            best(scored).map(|(site, _)| (*key, site))
        })
        .collect()
}

fn places<'g>(told: &[&Told<'_, 'g>]) -> impl Iterator<Item = &'g Site> {
    let sites: Vec<&'g Site> = told.first().map(|one| one.name.sites.clone()).unwrap_or_default();
    sites.into_iter().filter(|site| site.sort != Sort::Demonym)
}

fn best<'g>(scored: impl Iterator<Item = (&'g Site, f64)>) -> Option<(&'g Site, f64)> {
    // The first of equals wins: tables are sorted, so that is the same everywhere.
    scored.fold(None, |best, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    })
}

fn score(gazetteer: &Gazetteer, site: &Site, told: &[&Told<'_, '_>], key: Key, spoken: &Spoken<'_>) -> f64 {
    let size = (f64::from(site.population) + 1.0).log10();
    let known = match site.sort {
        Sort::Country => 9.0,
        Sort::Region => 3.0 + size / 2.0,
        Sort::Facility => 7.5,
        Sort::Capital => size + 1.0,
        Sort::City | Sort::Demonym => size,
    };
    let contained = told.iter().filter_map(|one| one.container).any(|container| {
        container.sites.iter().any(|outer| match outer.sort {
            Sort::Region => site.sort != Sort::Region && gazetteer.same_region(site, outer),
            Sort::Country => site.sort != Sort::Country && site.same_country(outer),
            // "Washington, D.C."
            Sort::Capital => std::ptr::eq(site, *outer),
            _ => false,
        })
    });
    known + if contained { 10.0 } else { 0.0 } + spoken.weight(gazetteer, site, key)
}

/// How often the report speaks of each country and region.
struct Spoken<'g> {
    regions: Vec<(Key, &'g Site)>,
    by_key: Vec<(Key, String)>,
    given: Vec<String>,
}

impl<'g> Spoken<'g> {
    /// Names of one country only tell of it; ambiguous ones wait to be told.
    fn of(evidence: &[&Name<'g>], countries: &[String]) -> Spoken<'g> {
        let by_key = evidence.iter().filter_map(|name| {
            let site = name.sites.first()?;
            let one = name.sites.iter().all(|other| other.same_country(site));
            one.then(|| (name.key, site.country()))
        });
        let sites = evidence.iter().flat_map(|name| name.sites.iter().map(|site| (name.key, *site)));
        let regions = sites.filter(|(_, site)| site.sort == Sort::Region);
        Spoken { regions: regions.collect(), by_key: by_key.collect(), given: countries.to_vec() }
    }

    /// What the report's other words add for a site.
    fn weight(&self, gazetteer: &Gazetteer, site: &Site, key: Key) -> f64 {
        let within = |(other, region): &(Key, &Site)| {
            *other != key && site.sort != Sort::Region && gazetteer.same_region(site, region)
        };
        let region = if self.regions.iter().any(within) { 2.0 } else { 0.0 };
        let told = self.by_key.iter().filter(|(other, country)| *other != key && site.is_in(country)).count();
        let given = usize::from(self.given.iter().any(|country| site.is_in(country)));
        let count = u32::try_from(told + given).unwrap_or(u32::MAX);
        (1.3 * (f64::from(count) + 1.0).ln()).min(3.5) + region
    }
}
