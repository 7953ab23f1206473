//! Turning points of a relation, each with the events that lead it.

use crate::brief::{Toward, Turn};
use crate::calendar::{Calendar, Step, add};
use crate::index::{Coverage, per_hundred, round};
use crate::relation::Act;
use crate::tell::{entry, item};
use crate::turning::{Counts, changes};
use jiff::civil::Date;

/// So many events label a turning point.
const LEADING: usize = 3;

/// Turning points from `from` to `to`, found on the weeks since `begin`, whatever the step of the series.
pub fn turns(acts: &[&Act<'_>], coverage: &Coverage, begin: Date, from: Date, to: Date) -> Vec<Turn> {
    let weeks = Calendar::new(Step::Week, begin, to);
    let weekly: Vec<(usize, &Act<'_>)> = acts
        .iter()
        .filter(|act| act.is_counted(Step::Week))
        .filter_map(|act| Some((weeks.index(act.day)?, *act)))
        .collect();
    let mut counts: Vec<Counts> = vec![[0; 4]; weeks.len()];
    let mut sums = vec![0.0; weeks.len()];
    for (week, act) in &weekly {
        counts[*week][usize::from(u8::from(act.event().quad)) - 1] += 1;
        sums[*week] += item(act).score;
    }
    let mut reports = vec![0.0; weeks.len()];
    for (day, count) in coverage {
        if let Some(week) = weeks.index(*day) {
            reports[week] += *count as f64;
        }
    }
    let found = changes(&counts, &exposure(&reports));
    let mut bounds = vec![0];
    bounds.extend(&found);
    bounds.push(weeks.len());
    let mut turns = Vec::new();
    for stretch in bounds.windows(3) {
        let (before, after) = (stretch[0]..stretch[1], stretch[1]..stretch[2]);
        let date = weeks.starts()[after.start];
        if date < from {
            continue;
        }
        let level = |weeks: &std::ops::Range<usize>| {
            per_hundred(sums[weeks.clone()].iter().sum(), reports[weeks.clone()].iter().sum())
        };
        let rate = |weeks: &std::ops::Range<usize>| {
            counts[weeks.clone()].iter().flatten().sum::<u64>() as f64 / weeks.len().max(1) as f64
        };
        let (low, high, less, more) = (level(&before), level(&after), rate(&before), rate(&after));
        turns.push(Turn {
            date,
            before: round(low),
            after: round(high),
            rate_before: round(less),
            rate_after: round(more),
            toward: toward(low, high, less, more),
            leading: leading(&weekly, &weeks, after.start, high - low),
        });
    }
    turns
}

/// How much could have been told: reports of the five weeks around, since an event is told a little before
/// or after its day, and one more, so that no week is impossible.
fn exposure(reports: &[f64]) -> Vec<f64> {
    let around = |week: usize| {
        let near = &reports[week.saturating_sub(2)..(week + 3).min(reports.len())];
        near.iter().sum::<f64>() / near.len() as f64 + 1.0
    };
    (0..reports.len()).map(around).collect()
}

/// The level decides if it moves by a quarter of the larger; else how much happens.
fn toward(before: f64, after: f64, less: f64, more: f64) -> Toward {
    let moved = after - before;
    let size = before.abs().max(after.abs());
    if more < 0.5 * less && after.abs() <= before.abs() {
        return Toward::Quiet;
    }
    match () {
        () if size > 0.0 && moved >= 0.25 * size => Toward::Cooperation,
        () if size > 0.0 && moved <= -0.25 * size => Toward::Conflict,
        () if more >= less => Toward::Activity,
        () => Toward::Quiet,
    }
}

/// The weightiest events of the first three weeks: those of the sign the level moved to first, then by
/// score and by how often they were told.
fn leading(
    weekly: &[(usize, &Act<'_>)],
    weeks: &Calendar,
    start: usize,
    moved: f64,
) -> Vec<crate::brief::Entry> {
    let until = add(weeks.starts()[start], 20);
    let mut near: Vec<&Act<'_>> = weekly
        .iter()
        .map(|(_, act)| *act)
        .filter(|act| act.day >= weeks.starts()[start] && act.day <= until)
        .collect();
    let weight = |act: &Act<'_>| {
        let score = item(act).score;
        let agrees = if score * moved > 0.0 { 100.0 } else { 0.0 };
        agrees + score.abs() * (1.0 + (act.told() as f64).ln())
    };
    near.sort_by(|one, two| {
        weight(two)
            .total_cmp(&weight(one))
            .then_with(|| (one.day, &one.event().id).cmp(&(two.day, &two.event().id)))
    });
    near.iter().take(LEADING).map(|act| entry(act, Step::Week)).collect()
}
