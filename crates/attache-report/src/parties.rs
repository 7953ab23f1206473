//! Who takes part: people and offices of a side, delegations, partners, third parties.

use crate::brief::{Delegation, Partner, Person, Third};
use crate::calendar::between;
use crate::index::round;
use crate::relation::Act;
use crate::side::Side;
use crate::tell::{item, tidy};
use attache_code::EventType;
use attache_code::record::Actor;
use std::collections::{BTreeMap, BTreeSet};

/// No list of people, partners or third parties is longer.
pub const LONGEST: usize = 60;

/// A mean under way.
#[derive(Default)]
struct Mean {
    count: u64,
    sum: f64,
}

impl Mean {
    fn add(&mut self, score: f64) {
        self.count += 1;
        self.sum += score;
    }

    fn value(&self) -> f64 {
        if self.count == 0 { 0.0 } else { round(self.sum / self.count as f64) }
    }
}

/// People, offices and bodies that stand on the side, the busiest first. The bare country is none of them.
pub fn people(acts: &[&Act<'_>], side: &Side) -> Vec<Person> {
    let mut found: BTreeMap<String, (Person, Mean)> = BTreeMap::new();
    for act in acts {
        let mut met = BTreeSet::new();
        for (actor, acting) in parts(act) {
            if !side.matches(actor) || is_country(actor) {
                continue;
            }
            let key = actor.id.clone().unwrap_or_else(|| {
                format!("{}|{}", actor.name.to_lowercase(), actor.country.as_deref().unwrap_or(""))
            });
            let (person, mean) =
                found.entry(key.clone()).or_insert_with(|| (person(actor, act), Mean::default()));
            // Acts come by day: the latest office stays.
            person.role = actor.role.as_deref().map(tidy).or_else(|| person.role.take());
            person.sector = actor.sector.clone().or_else(|| person.sector.take());
            person.last = act.day;
            if acting {
                person.acts += 1;
            } else {
                person.receives += 1;
            }
            if met.insert(key) {
                mean.add(item(act).score);
            }
        }
    }
    let mut people: Vec<Person> =
        found.into_values().map(|(person, mean)| Person { mean: mean.value(), ..person }).collect();
    people.sort_by(|one, two| {
        (two.acts + two.receives).cmp(&(one.acts + one.receives)).then_with(|| one.name.cmp(&two.name))
    });
    people.truncate(LONGEST);
    people
}

fn person(actor: &Actor, act: &Act<'_>) -> Person {
    Person {
        name: tidy(&actor.name),
        id: actor.id.clone(),
        role: None,
        country: actor.country.clone(),
        sector: None,
        acts: 0,
        receives: 0,
        mean: 0.0,
        first: act.day,
        last: act.day,
    }
}

/// Actors, then recipients.
fn parts<'a>(act: &Act<'a>) -> impl Iterator<Item = (&'a Actor, bool)> + use<'a> {
    let event = &act.archived.event;
    event.actor.iter().map(|one| (one, true)).chain(event.recipient.iter().map(|one| (one, false)))
}

/// A bare country: its name stands for nobody in particular.
fn is_country(actor: &Actor) -> bool {
    actor.sector.is_none() && (actor.id.is_none() || actor.id == actor.country)
}

/// "Ministers", "officials": nobody knows whose.
fn is_nobody(actor: &Actor) -> bool {
    actor.id.is_none() && actor.country.is_none() && actor.name.chars().all(|letter| !letter.is_uppercase())
}

/// Who sat at which table: for every story that tells a meeting, the people of both sides it names within
/// three days of it; told where one side has two or more; the bare name of a side of which nobody is named. Latest first.
pub fn delegations(acts: &[&Act<'_>], a: &Side, b: Option<&Side>) -> Vec<Delegation> {
    let mut stories: BTreeMap<i64, Vec<&Act<'_>>> = BTreeMap::new();
    acts.iter().for_each(|act| stories.entry(act.archived.story).or_default().push(act));
    let mut found = Vec::new();
    for (story, acts) in stories {
        let Some(meeting) = acts.iter().find(|act| act.event().kind == EventType::Consult) else { continue };
        let near: Vec<&&Act<'_>> =
            acts.iter().filter(|act| between(meeting.day, act.day).abs() <= 3).collect();
        let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
        for (actor, _) in near.iter().flat_map(|act| parts(act)) {
            let Some(id) = actor.id.as_ref().filter(|id| id.starts_with("p.")) else { continue };
            let told = match &actor.role {
                Some(role) => tidy(&format!("{} ({role})", actor.name)),
                None => tidy(&actor.name),
            };
            if a.matches(actor) {
                ours.insert(id.clone(), told);
            } else if b.is_none_or(|b| b.matches(actor)) {
                theirs.insert(id.clone(), told);
            }
        }
        if ours.len() >= 2 || theirs.len() >= 2 {
            let table = |people: BTreeMap<String, String>, side: Option<&Side>| match side {
                Some(side) if people.is_empty() => vec![tidy(&side.name)],
                _ => people.into_values().collect(),
            };
            found.push(Delegation {
                date: meeting.day,
                event: meeting.event().id.clone(),
                story,
                place: meeting.event().place.as_ref().map(|place| tidy(&place.name)),
                a: table(ours, Some(a)),
                b: table(theirs, b),
            });
        }
    }
    found.sort_by(|one, two| two.date.cmp(&one.date).then(one.story.cmp(&two.story)));
    found.truncate(LONGEST);
    found
}

/// The countries the side deals with, the busiest first.
pub fn partners(acts: &[&Act<'_>], a: &Side, names: &BTreeMap<String, String>) -> Vec<Partner> {
    let mut found: BTreeMap<&str, (u64, u64, Mean)> = BTreeMap::new();
    for act in acts {
        let event = act.event();
        let others = |actors: &'_ [Actor]| -> BTreeSet<String> {
            actors.iter().filter(|one| !a.matches(one)).filter_map(|one| one.country.clone()).collect()
        };
        let (to, by) = (others(&event.recipient), others(&event.actor));
        for country in to.union(&by) {
            let Some((code, _)) = names.get_key_value(country) else { continue };
            let (out, back, mean) = found.entry(code).or_default();
            *out += u64::from(act.direction.is_out() && to.contains(country));
            *back += u64::from(act.direction.is_back() && by.contains(country));
            mean.add(item(act).score);
        }
    }
    let mut partners: Vec<Partner> = found
        .into_iter()
        .map(|(code, (out, back, mean))| Partner {
            code: code.into(),
            name: names.get(code).cloned().unwrap_or_else(|| code.into()),
            out,
            back,
            mean: mean.value(),
        })
        .collect();
    partners.sort_by(|one, two| {
        (two.out + two.back).cmp(&(one.out + one.back)).then_with(|| one.code.cmp(&two.code))
    });
    partners.truncate(LONGEST);
    partners
}

/// Who takes part or is quoted and stands on neither side, the busiest first; countries by code, others by
/// name.
pub fn third(acts: &[&Act<'_>], a: &Side, b: &Side, names: &BTreeMap<String, String>) -> Vec<Third> {
    let mut found: BTreeMap<String, (String, Mean)> = BTreeMap::new();
    for act in acts {
        let event = act.event();
        let all = event.actor.iter().chain(&event.recipient).chain(&event.said_by);
        let mut met = BTreeSet::new();
        for actor in all.filter(|one| !a.matches(one) && !b.matches(one) && !is_nobody(one)) {
            let country = actor.country.as_ref().and_then(|code| names.get_key_value(code));
            let (code, name) = match country {
                Some((code, name)) => (code.clone(), name.clone()),
                None => (tidy(&actor.name), tidy(&actor.name)),
            };
            if met.insert(code.clone()) {
                found.entry(code).or_insert_with(|| (name, Mean::default())).1.add(item(act).score);
            }
        }
    }
    let mut third: Vec<Third> = found
        .into_iter()
        .map(|(code, (name, mean))| Third { name, code, events: mean.count, mean: mean.value() })
        .collect();
    third.sort_by(|one, two| two.events.cmp(&one.events).then_with(|| one.name.cmp(&two.name)));
    third.truncate(LONGEST);
    third
}
