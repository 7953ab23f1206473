//! A whole relation, told: the brief, its text, page, tables.

#![allow(clippy::unwrap_used)] // helpers of tests stand outside test functions

mod support;

use attache_code::{EventType, Status};
use attache_report::alert::Rule;
use attache_report::brief::{Novelty, State, Toward};
use attache_report::write::{self, Table};
use attache_report::{Archived, Brief, Material, Question, Step, Text, Tongue, tell};
use jiff::civil::date;
use std::collections::BTreeMap;
use support::{coverage, event, side, year};

fn names() -> BTreeMap<String, String> {
    [("ARL", "Arland"), ("BRL", "Borland"), ("CRL", "Carland")].map(|(a, b)| (a.into(), b.into())).into()
}

fn told(events: &[Archived], step: Step, texts: &[Text<'_>]) -> Brief {
    let question = Question {
        a: side("ARL", "Arland"),
        b: Some(side("BRL", "Borland")),
        from: None,
        to: None,
        step,
        pin: None,
    };
    let coverage = coverage();
    tell(&question, &Material { events, coverage: &coverage, texts, names: &names(), archive: "test" })
}

#[test]
fn the_numbers_are_those_of_the_events() {
    let events = year();
    for step in [Step::Day, Step::Week, Step::Month] {
        let brief = told(&events, step, &[]);
        let ours: Vec<&Archived> =
            events.iter().filter(|one| one.event.actor[0].id.as_deref() != Some("p.CRL.carl-cox")).collect();
        assert_eq!(brief.totals.counted, ours.len() as u64, "{step:?}");
        let sum: f64 = ours.iter().map(|one| one.event.score).sum();
        assert_eq!(brief.standing.joint.sum, sum);
        assert_eq!(brief.joint.iter().map(|point| point.sum).sum::<f64>(), sum);
        assert_eq!(
            brief.out.iter().chain(&brief.back).map(|point| point.events).sum::<u64>(),
            ours.len() as u64
        );
        assert_eq!(brief.joint.iter().map(|point| point.reports).sum::<u64>(), 364 * 3);
        assert!(brief.joint.iter().all(|point| point.low <= point.index && point.index <= point.high));
    }
}

#[test]
fn the_turns_are_found_and_named() {
    let brief = told(&year(), Step::Week, &[]);
    let turns: Vec<_> = brief.turns.iter().map(|turn| (turn.date, turn.toward)).collect();
    assert_eq!(turns, [(date(2025, 4, 7), Toward::Conflict), (date(2025, 9, 29), Toward::Cooperation)]);
    assert!(brief.turns[0].leading.iter().all(|event| event.score < 0.0 && !event.sentence.is_empty()));
    assert_eq!(brief.standing.out.state, State::Cooperative);
    assert!(brief.standing.joint.change_52.clear);
    // General Bono first acts in April, thirteen weeks into the archive: too early to call new.
    assert!(brief.firsts.iter().all(|first| first.what == Novelty::Type), "{:?}", brief.firsts);
    assert!(brief.firsts.iter().any(|first| first.name == "COOPERATE" && first.weeks == Some(26)));
}

#[test]
fn what_has_not_happened_is_listed_but_not_counted() {
    let mut events = year();
    let mut planned = event(9_000, date(2025, 6, 2), 2, EventType::Agree, 2.5, 3, 1);
    planned.event.status = Status::Future;
    events.push(planned);
    let (with, without) = (told(&events, Step::Week, &[]), told(&year(), Step::Week, &[]));
    assert_eq!(with.joint, without.joint);
    assert_eq!(with.totals.events, without.totals.events + 1);
    assert!(with.events.iter().any(|event| !event.counted && event.kind == EventType::Agree));
}

#[test]
fn a_period_shows_what_the_whole_shows() {
    let events = year();
    let coverage = coverage();
    let question = |from| Question {
        a: side("ARL", "Arland"),
        b: Some(side("BRL", "Borland")),
        from,
        to: None,
        step: Step::Week,
        pin: None,
    };
    let names = names();
    let material =
        Material { events: &events, coverage: &coverage, texts: &[], names: &names, archive: "test" };
    let (all, part) = (tell(&question(None), &material), tell(&question(Some(date(2025, 8, 4))), &material));
    assert_eq!(part.from, date(2025, 8, 4));
    assert_eq!(all.joint[all.joint.len() - part.joint.len()..], part.joint);
    assert_eq!(part.turns, all.turns[1..]);
}

#[test]
fn one_side_alone_has_partners() {
    let events = year();
    let coverage = coverage();
    let names = names();
    let material =
        Material { events: &events, coverage: &coverage, texts: &[], names: &names, archive: "test" };
    let question =
        Question { a: side("BRL", "Borland"), b: None, from: None, to: None, step: Step::Week, pin: None };
    let brief = tell(&question, &material);
    let partners: Vec<_> = brief.partners.iter().map(|row| (row.code.as_str(), row.back > 0)).collect();
    assert_eq!(partners, [("ARL", true), ("CRL", true)]);
    assert_eq!(brief.totals.counted, events.len() as u64);
}

#[test]
fn the_text_reads_well() {
    let text = "Arland and Borland trade goods worth US$30 billion a year. The rest is silence.";
    let brief = told(&year(), Step::Week, &[Text { report: "x", published: Some(date(2025, 3, 3)), text }]);
    let page = write::text(&brief, 2);
    assert!(page.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{page}");
    insta::assert_snapshot!(page);
}

#[test]
fn an_empty_relation_is_told_too() {
    let brief = told(&[], Step::Week, &[]);
    assert!(write::text(&brief, 10).contains("No event of this relation"));
    assert!(write::html(&brief, Tongue::Es, 10).unwrap().contains("Nada en este periodo."));
    assert_eq!(brief.standing.joint.state, State::Quiet);
    for (table, _) in Table::ALL {
        assert!(write::csv(&brief, table, false).ends_with("\r\n"));
    }
}

#[test]
fn the_page_holds_itself() {
    let brief = told(&year(), Step::Week, &[]);
    let page = write::html(&brief, Tongue::En, 30).unwrap();
    assert_eq!(page, write::html(&brief, Tongue::En, 30).unwrap());
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("@import"));
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    assert!(page.contains("<mark class=\"trigger\" title=\"trigger\">"));
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("https://example.org/")));
}

#[test]
fn hostile_words_stay_words() {
    let bad = "<script>alert(1)</script>\u{202e}\"'&\u{200b}";
    let mut events = year();
    for one in &mut events {
        let (event, long) = (&mut one.event, format!("{bad}{}", "x".repeat(10_000)));
        event.actor[0].name = long.clone();
        event.report.title = Some(long.clone());
        event.report.url = Some(format!("javascript:{bad}"));
        event.evidence.sentence = long.clone();
        event.contexts = vec![bad.into()];
        event.place.as_mut().unwrap().name = long;
        event.score = f64::NAN;
        one.mentions[0].publisher = Some(bad.into());
    }
    let mut brief = told(&events, Step::Week, &[]);
    brief.a.name = bad.into();
    for page in [write::html(&brief, Tongue::En, 50).unwrap(), write::text(&brief, 50)] {
        assert!(
            !page.contains("\u{202e}") && !page.contains("\u{200b}") && !page.contains("href=\"javascript")
        );
    }
    let page = write::html(&brief, Tongue::En, 50).unwrap();
    assert!(!page.contains("<script"), "{:?}", page.find("<script"));
    assert!(write::text(&brief, 5).lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80));
    assert!(write::csv(&brief, Table::Events, true).starts_with("id,"));
}

#[test]
fn the_json_reads_back() {
    let brief = told(&year(), Step::Month, &[]);
    let again: Brief = serde_json::from_str(&write::json(&brief).unwrap()).unwrap();
    assert_eq!(again, brief);
}

#[test]
fn rules_find_what_they_say() {
    let brief = told(&year(), Step::Week, &[]);
    let find = |words: &str, since| Rule::parse(words).unwrap().alerts(&brief, since);
    let spring = date(2025, 4, 1);
    assert_eq!(find("first MOBILIZE in 10 weeks", spring)[0].date, date(2025, 4, 21));
    assert!(find("first MOBILIZE in 20 weeks", spring).is_empty());
    assert_eq!(find("any MOBILIZE", spring).len(), 8);
    assert_eq!(find("rise over 5 in 52 weeks", spring).len(), 1);
    assert!(find("fall over 5 in 52 weeks", spring).is_empty());
    assert!(find("new actor", spring).is_empty());
    assert_eq!(find("told by more than 2", spring).len(), 8);
    let feed = write::feed("Arland – Borland", "tag:test", &find("any MOBILIZE", spring));
    assert_eq!(feed.matches("<entry>").count(), 8);
    assert!(feed.contains("<link href=\"https://example.org/"));
}
