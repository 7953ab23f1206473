//! The brief for a terminal: at most 80 columns, plain text.

use super::spark::spark;
use super::wrap::{cell, wrap};
use crate::alert::headline;
use crate::brief::{Brief, Entry, Level, Novelty, Person};
use crate::calendar::Step;
use crate::index::{Change, Point};
use crate::marks::{Role, pieces};
use attache_code::record::Precision;
use attache_text::{Span, clean};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Columns of a line.
const WIDTH: usize = 80;
/// Columns of a sparkline.
const SPARK: usize = 44;
/// Rows of a list.
const ROWS: usize = 8;

/// The brief as text, with at most `most` events as evidence.
pub fn text(brief: &Brief, most: usize) -> String {
    let mut page = String::new();
    let sides = sides(brief);
    let period = format!("{} to {}", brief.from, brief.to);
    page.push_str(&wrap(&format!("{} – {}", sides.0, sides.1), WIDTH, "", ""));
    let totals = &brief.totals;
    page.push_str(&wrap(
        &format!(
            "{period}, by {}. {} of {}, told {} by {}, in {}; {} about either side.",
            brief.step.as_str(),
            plural(totals.counted, "counted event"),
            totals.events,
            times(totals.tellings),
            plural(totals.publishers, "publisher"),
            count(totals.stories, "story", "stories"),
            plural(totals.reports, "report"),
        ),
        WIDTH,
        "",
        "",
    ));
    if brief.events.is_empty() {
        page.push_str("\nNo event of this relation in the period.\n");
        return page;
    }
    standing(&mut page, brief, &sides);
    timeline(&mut page, brief, &sides);
    turns(&mut page, brief);
    firsts(&mut page, brief);
    tables(&mut page, brief, &sides);
    evidence(&mut page, brief, most);
    page.push('\n');
    page.push_str(&wrap(
        "Index: score per hundred reports about either side, smoothed with a half-life of four weeks; in \
         brackets the 90 % interval over stories. Counted are events that happened, dated to the week or better.",
        WIDTH,
        "",
        "",
    ));
    page
}

fn sides(brief: &Brief) -> (String, String) {
    let other = brief.b.as_ref().map_or("everyone else", |b| b.name.as_str());
    (clean(&brief.a.name).into_owned(), clean(other).into_owned())
}

fn heading(page: &mut String, words: &str) {
    let _ = write!(page, "\n{}\n", words.to_uppercase());
}

fn standing(page: &mut String, brief: &Brief, sides: &(String, String)) {
    heading(page, "Standing");
    let rows = [
        ("both directions".to_owned(), &brief.standing.joint),
        (format!("{} → {}", sides.0, sides.1), &brief.standing.out),
        (format!("{} → {}", sides.1, sides.0), &brief.standing.back),
    ];
    for (name, level) in rows {
        page.push_str(&wrap(&name, WIDTH, "  ", "    "));
        page.push_str(&wrap(&level_words(level), WIDTH, "    ", "    "));
        for (change, against) in [(&level.change_4, "the 4 before"), (&level.change_52, "the 52 before")] {
            page.push_str(&wrap(&change_words(change, against), WIDTH, "    ", "      "));
        }
    }
}

fn level_words(level: &Level) -> String {
    let mean = level.mean.map_or(String::new(), |mean| format!(", mean score {mean:+.2}"));
    let [vc, mc, vx, mx] = level.quads;
    format!(
        "{}: index {:+.1} [{:+.1}, {:+.1}]{mean}, {} (cooperation {vc} verbal {mc} material, conflict {vx} verbal {mx} material)",
        level.state.as_str(),
        level.index,
        level.low,
        level.high,
        plural(level.events, "event"),
    )
}

fn change_words(change: &Change, against: &str) -> String {
    format!(
        "last 4 weeks against {against}: {:+.1} [{:+.1}, {:+.1}]{}, {} against {}",
        change.change,
        change.low,
        change.high,
        if change.clear { ", clear" } else { "" },
        plural(change.events, "event"),
        change.events_before
    )
}

fn timeline(page: &mut String, brief: &Brief, sides: &(String, String)) {
    heading(page, "Timeline");
    let index = |points: &[Point]| points.iter().map(|point| point.index).collect::<Vec<_>>();
    let (out, back) = (index(&brief.out), index(&brief.back));
    let all = || out.iter().chain(&back).copied();
    let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    let name = |from: &str, to: &str| cell(&format!("{from} → {to}"), 26);
    let _ = writeln!(page, "  {}{}", name(&sides.0, &sides.1), spark(&out, SPARK, low, high));
    let _ = writeln!(page, "  {}{}", name(&sides.1, &sides.0), spark(&back, SPARK, low, high));
    let events: Vec<f64> = brief.joint.iter().map(|point| point.events as f64).collect();
    let most = events.iter().copied().fold(0.0, f64::max);
    let _ = writeln!(page, "  {}{}", cell("events", 26), spark(&events, SPARK, 0.0, most));
    let columns = SPARK.min(brief.joint.len());
    let (first, last) = (brief.from.to_string(), brief.to.to_string());
    let gap = columns.saturating_sub(first.width() + last.width()).max(1);
    let _ = writeln!(page, "  {}{first}{}{last}", " ".repeat(26), " ".repeat(gap));
    page.push_str(&wrap(
        &format!("index from {low:+.1} to {high:+.1}, at most {most:.0} events a {}", brief.step.as_str()),
        WIDTH,
        "  ",
        "  ",
    ));
}

fn turns(page: &mut String, brief: &Brief) {
    if brief.turns.is_empty() {
        return;
    }
    heading(page, "Turning points");
    for (number, turn) in brief.turns.iter().enumerate() {
        let words = format!(
            "{}  toward {}: {:+.1} to {:+.1} a hundred reports, {:.1} to {:.1} events a week",
            turn.date,
            turn.toward.as_str(),
            turn.before,
            turn.after,
            turn.rate_before,
            turn.rate_after
        );
        page.push_str(&wrap(&words, WIDTH, &format!("  {}. ", number + 1), "     "));
        for event in &turn.leading {
            page.push_str(&wrap(&format!("{} {}", event.date, headline(event)), WIDTH, "     - ", "       "));
        }
    }
}

fn firsts(page: &mut String, brief: &Brief) {
    if brief.firsts.is_empty() {
        return;
    }
    heading(page, "First for long");
    for first in brief.firsts.iter().rev().take(ROWS) {
        let words = match (first.what, first.weeks) {
            (Novelty::Type, Some(weeks)) => format!("first {} in {weeks} weeks", first.name),
            (Novelty::Type, None) => format!("first {} in this archive", first.name),
            (Novelty::Actor, _) => format!("new actor {}", first.name),
        };
        let words = format!("{}  {words}: {}", first.event.date, headline(&first.event));
        page.push_str(&wrap(&words, WIDTH, "  ", "    "));
    }
}

fn tables(page: &mut String, brief: &Brief, sides: &(String, String)) {
    if !brief.partners.is_empty() {
        heading(page, "Partners");
        for row in brief.partners.iter().take(ROWS) {
            let _ = writeln!(
                page,
                "  {}{:>5} out{:>6} back   mean {:+.1}",
                cell(&row.name, 34),
                row.out,
                row.back,
                row.mean
            );
        }
    }
    if !brief.agenda.is_empty() {
        heading(page, "Agenda");
        for topic in brief.agenda.iter().take(ROWS) {
            let series: Vec<f64> = topic.series.iter().map(|count| *count as f64).collect();
            let most = series.iter().copied().fold(0.0, f64::max);
            let name = cell(&topic.context.replace('_', " "), 22);
            let _ = writeln!(
                page,
                "  {name}{:>4}  {:+5.1}  {}",
                topic.events,
                topic.mean,
                spark(&series, SPARK - 2, 0.0, most)
            );
        }
    }
    if !brief.amounts.is_empty() {
        heading(page, "Amounts of money");
        for sum in brief.amounts.iter().take(ROWS) {
            let words = format!(
                "{}, in {}: “{}”",
                money(sum.value, &sum.unit),
                plural(sum.reports, "report"),
                sum.sentence
            );
            page.push_str(&wrap(&words, WIDTH, "  ", "    "));
        }
    }
    people(page, &sides.0, &brief.people_a);
    people(page, &sides.1, &brief.people_b);
    if !brief.delegations.is_empty() {
        heading(page, "Delegations");
        for row in brief.delegations.iter().take(ROWS) {
            let place = row.place.as_ref().map_or(String::new(), |place| format!(", {place}"));
            let words = format!("{}{place}: {} – {}", row.date, row.a.join(", "), row.b.join(", "));
            page.push_str(&wrap(&words, WIDTH, "  ", "    "));
        }
    }
    if !brief.third.is_empty() {
        heading(page, "Third parties");
        let told: Vec<String> =
            brief.third.iter().take(12).map(|row| format!("{} {}", row.name, row.events)).collect();
        page.push_str(&wrap(&told.join(", "), WIDTH, "  ", "  "));
    }
    if !brief.places.is_empty() {
        heading(page, "Places");
        let told: Vec<String> = brief
            .places
            .iter()
            .take(12)
            .map(|row| match &row.country {
                Some(country) => format!("{} ({country}) {}", row.name, row.events),
                None => format!("{} {}", row.name, row.events),
            })
            .collect();
        page.push_str(&wrap(&told.join(", "), WIDTH, "  ", "  "));
    }
    if !brief.publishers.is_empty() {
        heading(page, "Publishers compared");
        for row in brief.publishers.iter().take(ROWS) {
            let _ = writeln!(
                page,
                "  {}{:>5} events  mean {:+5.1}  conflict {:>3.0} %  first {:>3}",
                cell(&row.name, 26),
                row.events,
                row.mean,
                100.0 * row.conflict,
                row.first
            );
        }
    }
}

fn people(page: &mut String, side: &str, people: &[Person]) {
    if people.is_empty() {
        return;
    }
    heading(page, &format!("People and offices: {side}"));
    for person in people.iter().take(ROWS) {
        let role = person
            .role
            .as_deref()
            .filter(|role| *role != person.name)
            .or(person.sector.as_deref())
            .unwrap_or("");
        let _ = writeln!(
            page,
            "  {}{}{:>4} acts{:>4} received  mean {:+.1}",
            cell(&person.name, 26),
            cell(role, 18),
            person.acts,
            person.receives,
            person.mean
        );
    }
}

fn evidence(page: &mut String, brief: &Brief, most: usize) {
    heading(page, "Evidence");
    for event in brief.events.iter().take(most) {
        let counted = if event.counted { "" } else { ", not counted" };
        let words =
            format!("{}  {} {:+.1}{}{counted}", day(event), headline(event), event.score, mode(event));
        page.push_str(&wrap(&words, WIDTH, "  ", "    "));
        page.push_str(&wrap(&marked(event), WIDTH, "    | ", "    | "));
        page.push_str(&wrap(&source(event), WIDTH, "    ", "      "));
    }
    if brief.events.len() > most {
        let _ = writeln!(page, "  … and {} more; --to json or csv has all.", brief.events.len() - most);
    }
}

fn day(event: &Entry) -> String {
    match event.date_precision {
        Some(Precision::Week) => format!("week of {}", Step::Week.start(event.date)),
        Some(Precision::Month) => event.date.strftime("%Y-%m").to_string(),
        Some(Precision::Year) => event.date.strftime("%Y").to_string(),
        Some(Precision::Day) | None => event.date.to_string(),
    }
}

fn mode(event: &Entry) -> String {
    if event.mode.is_empty() {
        String::new()
    } else {
        format!(", {}", event.mode.join(", ").replace('_', " "))
    }
}

/// The sentence with its marks in brackets; a place or date inside an actor's words is not marked for itself.
fn marked(event: &Entry) -> String {
    let whole = Span::new(0, event.sentence.len());
    let label = |roles: &[Role]| {
        let party = roles.iter().any(|role| matches!(role, Role::Actor | Role::Recipient));
        let told = roles.iter().filter(|role| !(party && matches!(role, Role::Place | Role::Date)));
        told.map(|role| role.as_str()).collect::<Vec<_>>().join(" and ")
    };
    let mut parts: Vec<(String, String)> = Vec::new();
    for piece in pieces(&event.sentence, whole, &event.marks) {
        let label = label(&piece.roles);
        match parts.last_mut() {
            Some((last, words)) if *last == label => words.push_str(piece.text),
            _ => parts.push((label, piece.text.to_owned())),
        }
    }
    let part = |(label, words): &(String, String)| match label.is_empty() {
        true => words.clone(),
        false => format!("[{label}: {words}]"),
    };
    parts.iter().map(part).collect()
}

fn source(event: &Entry) -> String {
    let published = event.published.map_or(String::new(), |date| format!(" {date}"));
    let who = match event.publishers.split_first() {
        Some((first, [])) => first.clone(),
        Some((first, others)) => format!("{first} and {} more", others.len()),
        None => event.title.clone().unwrap_or_else(|| format!("report {}", event.report)),
    };
    let url = event
        .url
        .as_deref()
        .map_or(String::new(), |url| format!("  {}", url.chars().take(200).collect::<String>()));
    format!("{who}{published}, told {}, story {}{url}", times(event.tellings), event.story)
}

/// An amount with its scale in words.
pub fn money(value: f64, unit: &str) -> String {
    let (scaled, scale) = match value.abs() {
        size if size >= 1e12 => (value / 1e12, " trillion"),
        size if size >= 1e9 => (value / 1e9, " billion"),
        size if size >= 1e6 => (value / 1e6, " million"),
        _ => (value, ""),
    };
    format!("{unit} {}{scale}", (scaled * 100.0).round() / 100.0)
}

fn plural(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

fn count(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn times(count: u64) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}
