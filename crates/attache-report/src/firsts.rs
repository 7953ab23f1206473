//! Events that are the first of their kind for long: a type in a direction, or someone new.

use crate::brief::{First, Novelty};
use crate::calendar::{Step, between};
use crate::relation::{Act, Direction};
use crate::side::Side;
use crate::tell::{entry, tidy};
use attache_code::record::Actor;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// So many weeks of silence make an event of a type new.
pub const QUIET_TYPE: i64 = 26;
/// So many weeks of archive must lie before an actor that is called new.
pub const QUIET_ACTOR: i64 = 26;

/// What is first of its kind from `from` to `to`, in order of days; `begin` is the first day the archive
/// tells of, since before it nothing can be known to be missing.
pub fn firsts(acts: &[Act<'_>], begin: Date, from: Date, to: Date, a: &Side, b: Option<&Side>) -> Vec<First> {
    let mut types: BTreeMap<(bool, &str), Date> = BTreeMap::new();
    let mut seen: BTreeMap<String, Date> = BTreeMap::new();
    let mut found = Vec::new();
    for act in acts.iter().filter(|act| act.is_counted(Step::Week) && act.day <= to) {
        let kind = act.event().kind.as_str();
        let ways = [(true, act.direction.is_out()), (false, act.direction.is_back())];
        let mut told = false;
        for (way, _) in ways.iter().filter(|(_, runs)| *runs) {
            let before = types.insert((*way, kind), act.day);
            let weeks = between(before.unwrap_or(begin), act.day) / 7;
            if weeks >= QUIET_TYPE && act.day >= from && !told {
                told = true; // an act of both is told once
                let weeks = before.map(|_| weeks);
                found.push(First {
                    what: Novelty::Type,
                    name: kind.into(),
                    weeks,
                    event: entry(act, Step::Week),
                });
            }
        }
        let old = between(begin, act.day) / 7 >= QUIET_ACTOR;
        for actor in act.event().actor.iter().filter(|one| stands(one, a, b, act.direction)) {
            let Some(key) = key(actor) else { continue };
            let before = seen.insert(key, act.day);
            if before.is_none() && old && act.day >= from {
                found.push(First {
                    what: Novelty::Actor,
                    name: tidy(&actor.name),
                    weeks: None,
                    event: entry(act, Step::Week),
                });
            }
        }
    }
    found
}

/// New actors are people and bodies of the registry: a country is none, "gunmen" are never the same.
fn key(actor: &Actor) -> Option<String> {
    let id = actor.id.as_ref()?;
    (actor.country.as_ref() != Some(id)).then(|| id.clone())
}

fn stands(actor: &Actor, a: &Side, b: Option<&Side>, direction: Direction) -> bool {
    (direction.is_out() && a.matches(actor)) || (direction.is_back() && b.is_none_or(|b| b.matches(actor)))
}
