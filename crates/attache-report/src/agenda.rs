//! What a relation is about: contexts over time, and amounts of money.

use crate::brief::{Sum, Topic};
use crate::index::{Point, round};
use crate::money;
use crate::relation::Act;
use crate::tell::{Text, item, tidy};
use attache_text::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// No list of amounts is longer.
const LONGEST: usize = 40;
/// So many bytes of words are kept around an amount where its sentence is longer.
const AROUND: usize = 200;

/// The contexts of the counted events, the most frequent first, with their number in each period.
pub fn topics(acts: &[&Act<'_>], points: &[Point]) -> Vec<Topic> {
    let mut found: BTreeMap<&str, (Vec<u64>, f64)> = BTreeMap::new();
    for act in acts {
        let period = points.partition_point(|point| point.start <= act.day).saturating_sub(1);
        let contexts: BTreeSet<&str> = act.archived.event.contexts.iter().map(String::as_str).collect();
        for context in contexts {
            let (series, sum) = found.entry(context).or_insert_with(|| (vec![0; points.len()], 0.0));
            if let Some(count) = series.get_mut(period) {
                *count += 1;
                *sum += item(act).score;
            }
        }
    }
    let mut topics: Vec<Topic> = found
        .into_iter()
        .map(|(context, (series, sum))| {
            let events: u64 = series.iter().sum();
            Topic { context: tidy(context), events, mean: round(sum / events.max(1) as f64), series }
        })
        .collect();
    topics.sort_by(|one, two| two.events.cmp(&one.events).then_with(|| one.context.cmp(&two.context)));
    topics
}

/// The amounts of money that the relation's evidence and reports tell, those of most reports first, then
/// the largest.
pub fn amounts(acts: &[&Act<'_>], texts: &[Text<'_>]) -> Vec<Sum> {
    let mut found: BTreeMap<(String, u64), (BTreeSet<String>, Sum)> = BTreeMap::new();
    let mut add = |report: &str, published: Option<Date>, text: &str| {
        for one in money::amounts(text) {
            let fresh = Sum {
                value: one.value,
                unit: one.unit.into(),
                reports: 0,
                sentence: tidy(sentence(text, one.span)),
                published,
                report: report.into(),
            };
            let (reports, sum) = found
                .entry((one.unit.into(), one.value.to_bits()))
                .or_insert_with(|| (BTreeSet::new(), fresh.clone()));
            reports.insert(report.into());
            if published > sum.published {
                *sum = fresh;
            }
        }
    };
    let read: BTreeSet<&str> = texts.iter().map(|text| text.report).collect();
    texts.iter().for_each(|text| add(text.report, text.published, text.text));
    for act in acts {
        let event = act.event();
        if !read.contains(event.report.id.as_str()) {
            add(&event.report.id, event.report.published, &event.evidence.sentence);
        }
    }
    let mut sums: Vec<Sum> =
        found.into_values().map(|(reports, sum)| Sum { reports: reports.len() as u64, ..sum }).collect();
    sums.sort_by(|one, two| {
        let by_size = two.value.total_cmp(&one.value).then_with(|| one.unit.cmp(&two.unit));
        two.reports.cmp(&one.reports).then(by_size)
    });
    sums.truncate(LONGEST);
    sums
}

/// The sentence around an amount, roughly: up to the marks that end sentences, and not too long.
fn sentence(text: &str, span: Span) -> &str {
    let before = &text[..span.start];
    let ends = [". ", "? ", "! ", ".\n", "\n"];
    let start = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
    let after = &text[span.end..];
    let stop = ends.iter().filter_map(|end| after.find(end).map(|at| at + usize::from(end.len() > 1))).min();
    let mut start = start.max(span.start.saturating_sub(AROUND));
    let mut end = (span.end + stop.unwrap_or(after.len())).min(span.end + AROUND);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[start..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_its_sentence() {
        let text = "They met. Trade flows exceed US$30 billion annually. Both left.";
        let texts = [Text { report: "r", published: None, text }];
        let sums = amounts(&[], &texts);
        assert_eq!(sums[0].sentence, "Trade flows exceed US$30 billion annually.");
        assert_eq!((sums[0].value, sums[0].unit.as_str(), sums[0].reports), (30e9, "USD", 1));
    }
}
