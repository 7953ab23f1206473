//! Who reports a relation, and how their pictures of it differ.

use crate::brief::Publisher;
use crate::index::round;
use crate::relation::Act;
use crate::tell::{item, tidy};
use std::collections::{BTreeMap, BTreeSet};

/// No list of publishers is longer.
const LONGEST: usize = 100;

#[derive(Default)]
struct Tally {
    events: u64,
    tellings: u64,
    sum: f64,
    conflict: u64,
    first: u64,
    languages: BTreeSet<String>,
}

/// The publishers of the events, the busiest first.
pub fn publishers(acts: &[&Act<'_>]) -> Vec<Publisher> {
    let mut found: BTreeMap<&str, Tally> = BTreeMap::new();
    for act in acts {
        let mentions = &act.archived.mentions;
        let earliest = mentions.iter().filter_map(|mention| mention.published).min();
        let mut met = BTreeSet::new();
        for mention in mentions {
            let Some(name) = mention.publisher.as_deref() else { continue };
            let tally = found.entry(name).or_default();
            tally.tellings += 1;
            tally.languages.extend(mention.language.clone());
            if met.insert(name) {
                let score = item(act).score;
                tally.events += 1;
                tally.sum += score;
                tally.conflict += u64::from(u8::from(act.event().quad) >= 3);
            }
        }
        // First is who told it on the first day, if no other publisher did.
        let on_first: BTreeSet<&str> = mentions
            .iter()
            .filter(|mention| earliest.is_some() && mention.published == earliest)
            .filter_map(|mention| mention.publisher.as_deref())
            .collect();
        if let (1, Some(name)) = (on_first.len(), on_first.first()) {
            found.entry(name).or_default().first += 1;
        }
    }
    let mut rows: Vec<Publisher> = found
        .into_iter()
        .map(|(name, tally)| Publisher {
            name: tidy(name),
            events: tally.events,
            tellings: tally.tellings,
            mean: round(tally.sum / tally.events.max(1) as f64),
            conflict: round(tally.conflict as f64 / tally.events.max(1) as f64),
            first: tally.first,
            languages: tally.languages.into_iter().collect(),
        })
        .collect();
    rows.sort_by(|one, two| two.events.cmp(&one.events).then_with(|| one.name.cmp(&two.name)));
    rows.truncate(LONGEST);
    rows
}
