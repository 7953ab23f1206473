//! Whether two records tell one event. A pure function of both and of how near they stand;
//! `docs/archive.md` tells the rule in words.

use crate::terms;
use attache_code::record::{Actor, Place, Precision};
use attache_code::{Event, Status};

/// How near two tellings stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearness {
    /// Their reports belong to one story.
    pub story: bool,
    /// Days between what they say happened; none where one has no day.
    pub days: Option<i64>,
}

/// Points from which two tellings are of one event.
const ENOUGH: f64 = 2.5;
/// Days between two tellings within one story, and across stories.
const STORY_DAYS: i64 = 3;
const DAYS: i64 = 1;
/// Cities farther apart are two places.
const FAR_KM: f64 = 100.0;

/// How sure it is, 0…1, that both tell one event, and why; none where they do not.
pub fn same(a: &Event, b: &Event, near: Nearness) -> Option<(f64, String)> {
    if a.kind != b.kind || reality(a.status) != reality(b.status) {
        return None;
    }
    let mut points = Points::default();
    if near.story {
        points.add(1.5, "same story");
    }
    days(a, b, near, &mut points)?;
    let straight = sides(&a.actor, &b.actor, &a.recipient, &b.recipient, near.story);
    let crossed = a
        .kind
        .is_mutual()
        .then(|| sides(&a.actor, &b.recipient, &a.recipient, &b.actor, near.story))
        .flatten();
    let people = match (straight, crossed) {
        (Some(one), Some(other)) => one.max(other),
        (one, other) => one.or(other)?,
    };
    if people > 0 {
        points.add(people.min(2) as f64, "same persons or bodies");
    }
    if is_foreign(a) && is_foreign(b) {
        points.add(1.0, "between the same countries");
    }
    places(a.place.as_ref(), b.place.as_ref(), &mut points)?;
    magnitudes(a, b, near.story, &mut points)?;
    if a.mode.iter().any(|mode| b.mode.contains(mode)) || (a.mode.is_empty() && b.mode.is_empty()) {
        points.0 += 0.5;
    } else if !a.mode.is_empty() && !b.mode.is_empty() {
        points.0 -= 1.0;
    }
    let terms = |event: &Event| terms::telling("", &event.evidence.sentence);
    let (overlap, _) = terms::overlap(&terms(a), &terms(b));
    if overlap >= 0.5 {
        points.add(1.0, "same words");
    } else if overlap < 0.15 {
        points.0 -= if near.story { 0.5 } else { 1.0 };
    }
    // From 2.5 points (0.75) on, each point halves the doubt.
    (points.0 >= ENOUGH).then(|| (1.0 - 0.25 * 0.5_f64.powf(points.0 - ENOUGH), points.1.join(", ")))
}

#[derive(Default)]
struct Points(f64, Vec<&'static str>);

impl Points {
    fn add(&mut self, points: f64, why: &'static str) {
        self.0 += points;
        self.1.push(why);
    }
}

/// Statuses that can be told of one event. A planned meeting and the meeting are two events.
fn reality(status: Status) -> u8 {
    match status {
        Status::Actual | Status::Ongoing | Status::Historical => 0,
        Status::Future => 1,
        Status::Hypothetical => 2,
        Status::Negated => 3,
    }
}

fn days(a: &Event, b: &Event, near: Nearness, points: &mut Points) -> Option<()> {
    let day = |event: &Event| event.date_precision.is_none_or(|precision| precision == Precision::Day);
    let apart = near.days.map(i64::abs);
    if !(day(a) && day(b)) {
        // "Last month" meets a day of that month only inside a story.
        return near.story.then(|| points.0 += 0.5);
    }
    match apart {
        Some(0) => points.add(1.0, "same day"),
        Some(apart) if apart <= DAYS => points.add(0.5, "a day apart"),
        Some(apart) if apart <= STORY_DAYS && near.story => {}
        None if near.story => {}
        _ => return None,
    }
    Some(())
}

/// How many persons and bodies both have on the same sides; none where the sides contradict.
fn sides(a: &[Actor], b: &[Actor], a2: &[Actor], b2: &[Actor], story: bool) -> Option<usize> {
    Some(side(a, b, story)? + side(a2, b2, story)?)
}

fn side(a: &[Actor], b: &[Actor], story: bool) -> Option<usize> {
    if a.is_empty() || b.is_empty() {
        return (story || a.is_empty() == b.is_empty()).then_some(0);
    }
    let ids = |side: &[Actor], mark: &str| -> Vec<String> {
        side.iter().filter_map(|actor| actor.id.clone()).filter(|id| id.starts_with(mark)).collect()
    };
    let shared = |mark: &str| {
        let others = ids(b, mark);
        ids(a, mark).iter().filter(|id| others.contains(id)).count()
    };
    let both = |mark: &str| !ids(a, mark).is_empty() && !ids(b, mark).is_empty();
    if both("p.") && shared("p.") == 0 {
        return None;
    }
    let known = shared("p.") + shared("o.");
    if known > 0 {
        return Some(known);
    }
    a.iter().any(|a| b.iter().any(|b| fits(a, b))).then_some(0)
}

/// Two parties that can be one: of one country (or name, where none has a country), and of no two
/// different sectors.
fn fits(a: &Actor, b: &Actor) -> bool {
    let same = match (&a.country, &b.country) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.name.eq_ignore_ascii_case(&b.name),
        _ => false,
    };
    let sectors = match (&a.sector, &b.sector) {
        (Some(a), Some(b)) => a == b,
        (Some(one), None) | (None, Some(one)) => one == "GOV",
        (None, None) => true,
    };
    same && sectors
}

/// Between two countries, not within one.
fn is_foreign(event: &Event) -> bool {
    let country = |side: &[Actor]| side.iter().find_map(|actor| actor.country.clone());
    matches!((country(&event.actor), country(&event.recipient)), (Some(a), Some(b)) if a != b)
}

fn places(a: Option<&Place>, b: Option<&Place>, points: &mut Points) -> Option<()> {
    let (Some(a), Some(b)) = (a, b) else { return Some(()) };
    if matches!((&a.country, &b.country), (Some(a), Some(b)) if a != b) {
        return None;
    }
    let is_city = |place: &Place| place.city.is_some();
    if is_city(a) && is_city(b) {
        if a.city == b.city {
            points.add(1.0, "same place");
        } else if distance(a, b).is_none_or(|km| km > FAR_KM) {
            return None;
        }
    }
    Some(())
}

/// Kilometres on the sphere.
fn distance(a: &Place, b: &Place) -> Option<f64> {
    let (lat1, lat2) = (a.lat?.to_radians(), b.lat?.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.lon? - a.lon?).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    Some(12_742.0 * h.sqrt().min(1.0).asin())
}

/// Sums of money do not change from report to report; counts of the dead do.
fn magnitudes(a: &Event, b: &Event, story: bool, points: &mut Points) -> Option<()> {
    let (Some(a), Some(b)) = (&a.magnitude, &b.magnitude) else { return Some(()) };
    if let (Some(a), Some(b)) = (&a.money, &b.money) {
        if a.unit == b.unit && (a.value - b.value).abs() < 0.01 * a.value.abs() {
            points.add(1.0, "same sum");
        } else if a.unit == b.unit && !story {
            return None;
        }
    }
    let counts = [(a.dead, b.dead), (a.injured, b.injured), (a.arrested, b.arrested), (a.size, b.size)];
    let differ = counts.iter().filter(|(a, b)| matches!((a, b), (Some(a), Some(b)) if a != b)).count();
    let agree = counts.iter().filter(|(a, b)| matches!((a, b), (Some(a), Some(b)) if a == b)).count();
    if agree > differ {
        points.add(1.0, "same counts");
    } else if differ > 0 {
        points.0 -= if story { 0.5 } else { 1.5 };
    }
    Some(())
}
