//! Tellings of one report gathered into events: one event, however often it is told.

use super::matching::HEAD;
use super::party::same;
use super::telling::Telling;
use crate::record::{Actor, Precision};
use crate::{EventType, Status};
use attache_text::BlockKind;
use jiff::civil::Date;

/// Days by which two tellings' dates may differ and still be one event's.
const DAYS_APART: i32 = 2;
/// Probability at which the head makes an event of two sides without country or office.
const BETWEEN_STRANGERS: f32 = 0.92;
/// Days after which an event told with an exact day counts as background.
const NEWS_DAYS: i32 = 7;

/// The tellings of one event, in text order, and which of them tells it best.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// All tellings.
    pub tellings: Vec<Telling>,
    /// Index of the clearest.
    pub best: usize,
}

/// Gathers tellings into events, in the order of their first telling. The second list holds the
/// tellings that name no one and take up no event.
pub fn gather(mut tellings: Vec<Telling>) -> (Vec<Gathered>, Vec<Telling>) {
    inherit(&mut tellings);
    // Full tellings found events; partial ones then join or found; bare ones only join.
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by_key(|&index| (2 - tellings[index].roles(), title_last(&tellings[index]), index));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut dropped = Vec::new();
    for index in order {
        let telling = &tellings[index];
        let home = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| joins(telling, group, &tellings))
            .max_by_key(|(_, group)| closeness(telling, group, &tellings))
            .map(|(number, _)| number);
        match home {
            Some(number) => groups[number].push(index),
            None if stands_alone(telling) => groups.push(vec![index]),
            None => dropped.push(index),
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by_key(|group| group[0]);
    let take = |index: &usize| tellings[*index].clone();
    let gathered = groups
        .iter()
        .map(|group| {
            let tellings: Vec<Telling> = group.iter().map(take).collect();
            let best = (0..tellings.len()).rev().max_by_key(|&i| clarity(&tellings[i])).unwrap_or(0);
            Gathered { tellings, best }
        })
        .collect();
    (gathered, dropped.iter().map(take).collect())
}

/// Within a sentence, a noun that names no actor or recipient of its own takes them from an earlier
/// telling of the same type: "U.S. sanctions against Cuba — the embargo, the revocation of visas".
fn inherit(tellings: &mut [Telling]) {
    for index in 1..tellings.len() {
        let (before, rest) = tellings.split_at_mut(index);
        let telling = &mut rest[0];
        if !telling.nominal || telling.roles() == 2 {
            continue;
        }
        let source = before.iter().rev().find(|other| {
            other.sentence == telling.sentence && other.kind == telling.kind && other.roles() > 0
        });
        let Some(source) = source else { continue };
        let free = |taken: &[Actor], offered: &[Actor]| -> Vec<Actor> {
            offered.iter().filter(|actor| !taken.iter().any(|t| same(t, actor))).cloned().collect()
        };
        let mut took = false;
        if telling.actor.is_empty() {
            // "his American visa": whose visa it was, and who gave it; the giver takes it back.
            let others = free(&source.actor, &telling.recipient);
            if !others.is_empty() {
                telling.recipient = others;
            }
            telling.actor = free(&telling.recipient, &source.actor);
            took |= !telling.actor.is_empty();
        }
        if telling.recipient.is_empty() {
            telling.recipient = free(&telling.actor, &source.recipient);
            took |= !telling.recipient.is_empty();
        }
        if took {
            telling.date = telling.date.clone().filter(|date| date.told).or_else(|| source.date.clone());
            telling.why.push(format!("rule: roles shared with \"{}\" in the same sentence", source.lemma));
        }
    }
}

fn title_last(telling: &Telling) -> u8 {
    u8::from(telling.block != BlockKind::Body)
}

/// True where a telling may be one more of a group's event.
fn joins(telling: &Telling, group: &[usize], all: &[Telling]) -> bool {
    let first = &all[group[0]];
    if first.kind != telling.kind {
        return false;
    }
    let consult = telling.kind == EventType::Consult;
    let same_sentence = group.iter().any(|&other| all[other].sentence == telling.sentence);
    if same_sentence && !consult {
        return false;
    }
    if (telling.status == Status::Negated) != (first.status == Status::Negated) {
        return false;
    }
    if telling.roles() == 0 {
        return telling.nominal
            && (telling.definite || telling.block != BlockKind::Body)
            && (consult || group.iter().any(|&other| kindred(&all[other], telling)));
    }
    let supposed = |t: &Telling| matches!(t.status, Status::Hypothetical | Status::Future);
    // "met to discuss the border" tells one meeting, though its aim is only an aim.
    if supposed(telling) != supposed(first) && !telling.nominal && !same_sentence {
        return false;
    }
    let named = || group.iter().map(|&other| &all[other]).filter(|other| other.roles() > 0);
    named().all(|other| compatible(other, telling))
        && named().any(|other| (consult || kindred(other, telling)) && share_a_side(other, telling))
}

/// True where nothing the two say of sides and dates excludes that they tell one event.
fn compatible(one: &Telling, other: &Telling) -> bool {
    let straight = sides_agree(&one.actor, &other.actor) && sides_agree(&one.recipient, &other.recipient);
    let turned = one.kind.is_mutual()
        && sides_agree(&one.actor, &other.recipient)
        && sides_agree(&one.recipient, &other.actor);
    dates_agree(one, other) && (straight || turned)
}

/// True where both name an akin entity on one side.
fn share_a_side(one: &Telling, other: &Telling) -> bool {
    let straight = akin_any(&one.actor, &other.actor) || akin_any(&one.recipient, &other.recipient);
    let turned = one.kind.is_mutual()
        && (akin_any(&one.actor, &other.recipient) || akin_any(&one.recipient, &other.actor));
    straight || turned
}

/// True where two tellings use the same word or way: "arrested … the arrest", or the same mode.
fn kindred(one: &Telling, other: &Telling) -> bool {
    let stem = |word: &str| word.chars().take(5).collect::<String>();
    stem(&one.lemma) == stem(&other.lemma)
        || (one.mode.is_some() && one.mode == other.mode && one.cameo == other.cameo)
        || (one.frame == other.frame && one.frame != HEAD)
}

/// True where one side is not told, or both name akin entities.
fn sides_agree(one: &[Actor], other: &[Actor]) -> bool {
    one.is_empty() || other.is_empty() || akin_any(one, other)
}

fn akin_any(one: &[Actor], other: &[Actor]) -> bool {
    one.iter().any(|a| other.iter().any(|b| akin(a, b)))
}

/// True where two actors may be one in two tellings: the same, or of one country with a sector in
/// common, or one of them the bare country.
fn akin(one: &Actor, other: &Actor) -> bool {
    if same(one, other) {
        return true;
    }
    if one.country.is_none() || one.country != other.country {
        return one.country.is_none() && other.country.is_none() && one.name == other.name;
    }
    if is_person(one) && is_person(other) {
        return false;
    }
    match (&one.sector, &other.sector) {
        (Some(a), Some(b)) => a == b || one.sectors.contains(b) || other.sectors.contains(a),
        _ => true,
    }
}

fn dates_agree(one: &Telling, other: &Telling) -> bool {
    let (Some(a), Some(b)) = (&one.date, &other.date) else { return true };
    let slack = if a.told && b.told { DAYS_APART } else { NEWS_DAYS };
    let reach = |precision: Precision| match precision {
        Precision::Day => 0,
        Precision::Week => 7,
        Precision::Month => 31,
        Precision::Year => 366,
    };
    days_between(a.date, b.date) <= slack + reach(a.precision).max(reach(b.precision))
}

fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

/// How well a telling fits a group: shared entities first, then nearness in the text.
fn closeness(
    telling: &Telling,
    group: &[usize],
    all: &[Telling],
) -> (usize, usize, std::cmp::Reverse<usize>) {
    let shared = group
        .iter()
        .map(|&other| {
            let other = &all[other];
            telling
                .actor
                .iter()
                .chain(&telling.recipient)
                .filter(|a| other.actor.iter().chain(&other.recipient).any(|b| same(a, b)))
                .count()
        })
        .max()
        .unwrap_or(0);
    let distance =
        group.iter().map(|&other| all[other].sentence.abs_diff(telling.sentence)).min().unwrap_or(0);
    (shared, group.len(), std::cmp::Reverse(distance))
}

/// True where a telling says enough to be an event by itself.
fn stands_alone(telling: &Telling) -> bool {
    let (actor, recipient) = (!telling.actor.is_empty(), !telling.recipient.is_empty());
    let political = telling.actor.iter().chain(&telling.recipient).any(|party| {
        party.country.is_some()
            || party.sector.as_deref().is_some_and(|s| {
                !matches!(s, "CVL" | "BUS" | "UNK" | "JRN") || telling.kind == EventType::Protest
            })
    });
    // Villagers and a school, gunmen and a bus: two sides without country or office make an event where the
    // head is all but sure of one.
    let sure = telling.opinion.as_ref().is_some_and(|opinion| opinion.of(telling.kind) >= BETWEEN_STRANGERS);
    if !political && !sure {
        return false;
    }
    if actor && recipient {
        return true;
    }
    if telling.status == Status::Hypothetical {
        return false;
    }
    match telling.kind {
        EventType::Consult | EventType::Cooperate | EventType::Aid | EventType::Sanction => false,
        EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Mobilize => {
            actor || recipient
        }
        EventType::Retreat => actor || recipient && !telling.nominal,
        _ => actor && !telling.nominal,
    }
}

/// How clearly a telling tells its event; the largest is shown as evidence.
fn clarity(telling: &Telling) -> (usize, u8, usize, u8, u32) {
    let named = telling.actor.iter().chain(&telling.recipient).filter(|actor| actor.id.is_some()).count();
    let real = match telling.status {
        Status::Ongoing => 3,
        Status::Actual => 2,
        Status::Historical | Status::Future | Status::Negated => 1,
        Status::Hypothetical => 0,
    };
    let body = u8::from(telling.block == BlockKind::Body);
    (telling.roles(), body + real, named.min(4), body, telling.frame_weight)
}

/// The two sides of an event, each as the telling names it that names it most fully: "the visit to
/// Washington" becomes the visit to the president whom another telling names.
pub fn sides(gathered: &Gathered) -> (Vec<Actor>, Vec<Actor>) {
    let best = &gathered.tellings[gathered.best];
    let (mut actor, mut recipient) = (best.actor.clone(), best.recipient.clone());
    for telling in &gathered.tellings {
        let turned = telling.kind.is_mutual() && akin_any(&telling.actor, &best.recipient);
        let (from, to) = match turned {
            true => (&telling.recipient, &telling.actor),
            false => (&telling.actor, &telling.recipient),
        };
        for (side, other) in [(&mut actor, from), (&mut recipient, to)] {
            if !names_person(side) && names_person(other) && akin_any(side, other) {
                side.clone_from(other);
            }
        }
    }
    recipient.retain(|one| !actor.iter().any(|other| same(one, other)));
    (actor, recipient)
}

fn names_person(side: &[Actor]) -> bool {
    side.iter().any(is_person)
}

/// True for people of the registry, whose ids begin with `p.`.
fn is_person(actor: &Actor) -> bool {
    actor.id.as_deref().is_some_and(|id| id.starts_with("p."))
}

/// The status of an event over its tellings, given its date: told as happening now it is ongoing; told
/// with a period wholly past, or a day more than a week back, it is background.
pub fn status(gathered: &Gathered, published: Option<Date>) -> Status {
    let best = &gathered.tellings[gathered.best];
    let mut status = best.status;
    if status == Status::Actual && gathered.tellings.iter().any(|t| t.status == Status::Ongoing) {
        status = Status::Ongoing;
    }
    let told = gathered.tellings.iter().filter_map(|t| t.date.as_ref()).find(|date| date.told);
    if let (Status::Actual, Some(date), Some(published)) = (status, told, published) {
        let past = match date.precision {
            Precision::Day => days_between(date.date, published) > NEWS_DAYS && date.date < published,
            _ => date.date < published,
        };
        if past {
            status = Status::Historical;
        }
    }
    status
}
