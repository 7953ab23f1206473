//! The index of a relation: what was done, in proportion to what was published, smoothed, with an
//! interval. `docs/index.md` gives the formula and its reasons.

use crate::calendar::{Calendar, add};
use attache_code::Quad;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Reports that are supposed to have told nothing of the relation, added to every period's, so that a
/// handful of reports cannot make an extreme value.
pub const PRIOR: f64 = 10.0;
/// After so many days an event weighs half.
pub const HALF_LIFE: f64 = 28.0;
/// How often the stories are drawn anew for an interval.
pub const REPLICATES: u64 = 200;
/// The part of the replicates an interval leaves out on each side.
pub const TAIL: f64 = 0.05;

/// One counted event, as the index sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// When.
    pub day: Date,
    /// Which story tells it.
    pub story: i64,
    /// PLOVER score.
    pub score: f64,
    /// Quad class.
    pub quad: Quad,
    /// How often it was told.
    pub told: usize,
}

/// One period of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Reports published about either side.
    pub reports: u64,
    /// Counted events.
    pub events: u64,
    /// Their tellings.
    pub tellings: u64,
    /// Counted events by quad class 1 to 4.
    pub quads: [u64; 4],
    /// Sum of their scores.
    pub sum: f64,
    /// Mean of their scores; none without events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Score per hundred reports of this period alone.
    pub raw: f64,
    /// The index: score per hundred reports, smoothed.
    pub index: f64,
    /// Lower end of the interval of the index.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Reports about either side, by day.
pub type Coverage = BTreeMap<Date, u64>;

/// The series over the calendar's periods.
pub fn series(calendar: &Calendar, items: &[Item], coverage: &Coverage) -> Vec<Point> {
    let reports = by_period(calendar, coverage);
    let mut points: Vec<Point> = (0..calendar.len())
        .map(|index| Point {
            start: calendar.starts()[index],
            end: calendar.last_day(index),
            reports: reports[index],
            events: 0,
            tellings: 0,
            quads: [0; 4],
            sum: 0.0,
            mean: None,
            raw: 0.0,
            index: 0.0,
            low: 0.0,
            high: 0.0,
        })
        .collect();
    let placed: Vec<(usize, Item)> =
        items.iter().filter_map(|item| Some((calendar.index(item.day)?, *item))).collect();
    for (period, item) in &placed {
        let point = &mut points[*period];
        point.events += 1;
        point.tellings += item.told as u64;
        point.quads[usize::from(u8::from(item.quad)) - 1] += 1;
        point.sum += item.score;
    }
    let sums: Vec<f64> = points.iter().map(|point| point.sum).collect();
    let index = smooth(&sums, &reports, calendar.step.days());
    let bounds = intervals(&placed, &reports, calendar.step.days());
    for (at, point) in points.iter_mut().enumerate() {
        point.mean = (point.events > 0).then(|| round(point.sum / point.events as f64));
        point.raw = round(per_hundred(point.sum, point.reports as f64));
        point.sum = round(point.sum);
        point.index = round(index[at]);
        (point.low, point.high) = (round(bounds[at].0), round(bounds[at].1));
    }
    points
}

/// Score per hundred reports, with the prior.
pub fn per_hundred(sum: f64, reports: f64) -> f64 {
    100.0 * sum / (reports + PRIOR)
}

/// Four decimals: what is written, shown and compared.
pub fn round(value: f64) -> f64 {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded == 0.0 { 0.0 } else { rounded } // no negative zero
}

fn by_period(calendar: &Calendar, coverage: &Coverage) -> Vec<u64> {
    let mut reports = vec![0; calendar.len()];
    for (day, count) in coverage {
        if let Some(period) = calendar.index(*day) {
            reports[period] += count;
        }
    }
    reports
}

/// The ratio of two sums that forget alike: each period weighs half as much [`HALF_LIFE`] days later.
fn smooth(sums: &[f64], reports: &[u64], days: f64) -> Vec<f64> {
    let keep = 0.5_f64.powf(days / HALF_LIFE);
    let (mut score, mut seen) = (0.0, 0.0);
    let one = |(sum, reports): (&f64, &u64)| {
        score = keep * score + sum;
        seen = keep * seen + *reports as f64;
        per_hundred(score, seen)
    };
    sums.iter().zip(reports).map(one).collect()
}

/// The interval of every period: the stories drawn anew [`REPLICATES`] times.
fn intervals(placed: &[(usize, Item)], reports: &[u64], days: f64) -> Vec<(f64, f64)> {
    if placed.is_empty() {
        return vec![(0.0, 0.0); reports.len()];
    }
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(REPLICATES as usize); reports.len()];
    let mut sums = vec![0.0; reports.len()];
    for replicate in 0..REPLICATES {
        sums.fill(0.0);
        for (period, item) in placed {
            sums[*period] += f64::from(weight(item.story, replicate)) * item.score;
        }
        for (values, value) in drawn.iter_mut().zip(smooth(&sums, reports, days)) {
            values.push(value);
        }
    }
    drawn.iter_mut().map(|values| bounds(values)).collect()
}

/// The ends of the interval of some replicates.
pub fn bounds(values: &mut [f64]) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1) as f64;
    let at = |part: f64| values.get((part * last).round() as usize).copied().unwrap_or(0.0);
    (at(TAIL), at(1.0 - TAIL))
}

/// How often a story is drawn in a replicate: a Poisson number of mean one, which depends on nothing but
/// the two, so that the same archive gives the same interval everywhere.
pub fn weight(story: i64, replicate: u64) -> u32 {
    let seed =
        (story as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ replicate.wrapping_mul(0xd134_2543_de82_ef95);
    let draw = (mix(seed) >> 11) as f64 / (1_u64 << 53) as f64;
    let (mut count, mut part, mut sum) = (0, (-1.0_f64).exp(), (-1.0_f64).exp());
    while draw >= sum && count < 12 {
        count += 1;
        part /= f64::from(count);
        sum += part;
    }
    count
}

/// The finaliser of SplitMix64.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How the last four weeks compare with a time before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// How many weeks before the last four are compared with.
    pub weeks: i64,
    /// Score per hundred reports of the last four weeks.
    pub now: f64,
    /// The same of the time before.
    pub before: f64,
    /// The difference.
    pub change: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Events of the last four weeks.
    pub events: u64,
    /// Events of the time before.
    pub events_before: u64,
    /// True where the interval leaves out zero.
    pub clear: bool,
}

/// The last four weeks up to `to` against the `weeks` before them.
pub fn change(items: &[Item], coverage: &Coverage, to: Date, weeks: i64) -> Change {
    let begin = add(to, -27);
    let earlier = add(begin, -7 * weeks);
    let seen =
        |from: Date, until: Date| coverage.range(from..=until).map(|(_, count)| *count as f64).sum::<f64>();
    let (seen_now, seen_before) = (seen(begin, to), seen(earlier, add(begin, -1)));
    let recent: Vec<&Item> = items.iter().filter(|item| item.day >= begin && item.day <= to).collect();
    let past: Vec<&Item> = items.iter().filter(|item| item.day >= earlier && item.day < begin).collect();
    let sum = |items: &[&Item], weigh: &dyn Fn(i64) -> f64| -> f64 {
        items.iter().map(|item| weigh(item.story) * item.score).sum()
    };
    let level = |weigh: &dyn Fn(i64) -> f64| {
        (per_hundred(sum(&recent, weigh), seen_now), per_hundred(sum(&past, weigh), seen_before))
    };
    let (now, before) = level(&|_| 1.0);
    let mut drawn: Vec<f64> = (0..REPLICATES)
        .map(|replicate| level(&|story| f64::from(weight(story, replicate))))
        .map(|(now, before)| now - before)
        .collect();
    let (low, high) = bounds(&mut drawn);
    Change {
        weeks,
        now: round(now),
        before: round(before),
        change: round(now - before),
        low: round(low),
        high: round(high),
        events: recent.len() as u64,
        events_before: past.len() as u64,
        clear: round(low) > 0.0 || round(high) < 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Step;
    use jiff::civil::date;

    fn item(day: Date, story: i64, score: f64) -> Item {
        let quad = if score < 0.0 { Quad::VerbalConflict } else { Quad::VerbalCooperation };
        Item { day, story, score, quad, told: 2 }
    }

    #[test]
    fn a_series_by_hand() {
        let weeks = Calendar::new(Step::Week, date(2026, 1, 5), date(2026, 1, 18));
        let coverage = Coverage::from([(date(2026, 1, 6), 30), (date(2026, 1, 13), 10)]);
        let items = [
            item(date(2026, 1, 6), 1, 4.0),
            item(date(2026, 1, 7), 1, -6.0),
            item(date(2026, 1, 14), 2, 5.0),
        ];
        let points = series(&weeks, &items, &coverage);
        assert_eq!((points[0].events, points[0].tellings, points[0].quads), (2, 4, [1, 0, 1, 0]));
        assert_eq!((points[0].sum, points[0].mean, points[0].raw), (-2.0, Some(-1.0), -5.0));
        assert_eq!(points[0].index, -5.0); // 100 · −2 / (30 + 10)
        let keep = 0.5_f64.powf(0.25);
        assert_eq!(points[1].index, round(100.0 * (5.0 - 2.0 * keep) / (10.0 + 30.0 * keep + 10.0)));
        assert!(points[1].low <= points[1].index && points[1].index <= points[1].high);
        assert!(points[0].low < points[0].high);
    }

    #[test]
    fn stories_are_drawn_once_on_average() {
        let draws: Vec<u32> = (0..400).flat_map(|story| (0..50).map(move |r| weight(story, r))).collect();
        let mean = draws.iter().sum::<u32>() as f64 / draws.len() as f64;
        let none = draws.iter().filter(|count| **count == 0).count() as f64 / draws.len() as f64;
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
        assert!((none - 0.3679).abs() < 0.01, "{none}");
    }

    #[test]
    fn twice_the_coverage_halves_the_index() {
        // The prior aside, an index must not move because more is published of everything.
        let weeks = Calendar::new(Step::Week, date(2026, 1, 5), date(2026, 1, 11));
        let index = |reports, times| {
            let items: Vec<Item> = (0..times).map(|story| item(date(2026, 1, 6), story, 2.0)).collect();
            series(&weeks, &items, &Coverage::from([(date(2026, 1, 6), reports)]))[0].index
        };
        assert!((index(100_000, 400) - index(200_000, 800)).abs() < 1e-3);
        assert!(index(200_000, 400) < index(100_000, 400));
    }

    #[test]
    fn a_change_is_clear_only_with_many_stories() {
        let to = date(2026, 3, 1);
        let coverage: Coverage = (0..400).map(|back| (add(to, -back), 10)).collect();
        let one = [item(add(to, -3), 1, -8.0)];
        assert!(!change(&one, &coverage, to, 4).clear);
        let many: Vec<Item> = (0..20).map(|story| item(add(to, -story), story, -8.0)).collect();
        let told = change(&many, &coverage, to, 52);
        assert!(told.clear && told.change < 0.0 && told.events == 20 && told.events_before == 0);
        assert_eq!(told.now, round(-16_000.0 / 290.0));
    }
}
