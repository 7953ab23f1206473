//! A relation told from an archive: the same numbers as plain SQL.

#![allow(clippy::unwrap_used)] // helpers of tests stand outside test functions

use attache_code::entity::{Registry, Tables};
use attache_report::write::{Table, csv, json};
use attache_report::{Brief, Question, Side, Sides, Step, ask};
use attache_store::synthetic::{self, Shape};
use attache_store::{Archive, Prepared, Writer};
use rusqlite::types::Value;
use tempfile::TempDir;

const COUNTRIES: &str = "id\tname\tnames_es\nCOL\tColombia\tColombia\nUSA\tUnited States\tEstados Unidos\nPER\tPeru\tPerú\nECU\tEcuador\tEcuador\n";
const ORGANISATIONS: &str =
    "id\tname\tnames\tcountry\tmembers\no.INT.pair\tThe Pair\tThe Pair|TP\tIGO\tCOL;PER\n";

fn archive(folder: &TempDir) -> Archive {
    let path = folder.path().join("news.attache");
    let shape = Shape { events: 3, words: 60, days: 40, copies: 7, version: "test 1" };
    let mut writer = Writer::open(&path).unwrap();
    for number in 0..1500_u64 {
        // Spread over forty days: the made-up reports come 400 a day.
        let coded = synthetic::report(number * 11, &shape);
        writer.keep(&Prepared::new(coded, true)).unwrap();
    }
    writer.commit().unwrap();
    Archive::open(&path).unwrap()
}

fn sides() -> Sides {
    let registry = Registry::from_tables(&Tables { countries: COUNTRIES, ..Tables::default() }).unwrap();
    Sides::new(registry, COUNTRIES, ORGANISATIONS, &[("MIL", "military")])
}

fn question(a: Side, b: Option<Side>, step: Step) -> Question {
    Question { a, b, from: None, to: None, step, pin: None }
}

fn numbers(archive: &Archive, sql: &str) -> Vec<f64> {
    let mut select = archive.connection().prepare(sql).unwrap();
    let columns = select.column_count();
    select
        .query_row([], |row| {
            (0..columns)
                .map(|column| {
                    Ok(match row.get::<_, Value>(column)? {
                        Value::Integer(number) => number as f64,
                        Value::Real(number) => number,
                        _ => 0.0,
                    })
                })
                .collect()
        })
        .unwrap()
}

#[test]
fn the_brief_equals_plain_sql() {
    let folder = TempDir::new().unwrap();
    let (archive, sides) = (archive(&folder), sides());
    let (a, b) = (sides.parse("COL").unwrap(), sides.parse("USA").unwrap());
    for step in [Step::Day, Step::Week, Step::Month] {
        let brief = ask(&archive, &sides, &question(a.clone(), Some(b.clone()), step)).unwrap();
        assert!(brief.totals.counted > 5);
        let counted = "e.status IN ('actual', 'ongoing') AND e.precision IN ('', 'day', 'week')";
        for (points, actor, recipient) in [(&brief.out, "COL", "USA"), (&brief.back, "USA", "COL")] {
            for point in points.iter() {
                let sql = format!(
                    "SELECT count(*), coalesce(sum(score), 0), coalesce(sum(mentions), 0), coalesce(sum(quad = 1), 0),
                     coalesce(sum(quad = 4), 0) FROM events e WHERE {counted} AND e.day BETWEEN '{}' AND '{}' AND e.id IN
                     (SELECT event FROM dyads WHERE actor = '{actor}' AND recipient = '{recipient}')",
                    point.start, point.end
                );
                let told = [
                    point.events as f64,
                    point.sum,
                    point.tellings as f64,
                    point.quads[0] as f64,
                    point.quads[3] as f64,
                ];
                assert_eq!(numbers(&archive, &sql), told, "{actor} {recipient} {}", point.start);
            }
        }
        for point in &brief.joint {
            let sql = format!(
                "SELECT coalesce(sum(reports), 0) FROM coverage WHERE country IN ('COL', 'USA') AND day BETWEEN '{}' AND '{}'",
                point.start, point.end
            );
            assert_eq!(numbers(&archive, &sql), [point.reports as f64]);
        }
    }
}

#[test]
fn every_kind_of_side_finds_its_events() {
    let folder = TempDir::new().unwrap();
    let (archive, sides) = (archive(&folder), sides());
    let count = |a: &str, b: Option<&str>| {
        let b = b.map(|b| sides.parse(b).unwrap());
        ask(&archive, &sides, &question(sides.parse(a).unwrap(), b, Step::Week)).unwrap().totals.counted
    };
    let pair = count("TP", Some("USA"));
    assert_eq!(pair, count("COL", Some("USA")) + count("PER", Some("USA")));
    let military = count("COL:MIL", Some("USA"));
    assert!(0 < military && military < count("COL", Some("USA")));
    assert!(count("COL", None) > count("COL", Some("USA")));
    let minister: String = archive
        .connection()
        .query_row(
            "SELECT name FROM entities WHERE country = 'COL' AND name LIKE 'Minister%' LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(count(&minister, None) > 0 && count(&minister, None) < count("COL", None));
    assert_eq!(count("Nobody at all", None), 0);
}

#[test]
fn json_page_and_table_have_the_same_numbers() {
    let folder = TempDir::new().unwrap();
    let (archive, sides) = (archive(&folder), sides());
    let brief =
        ask(&archive, &sides, &question(Side::country("COL"), Some(Side::country("USA")), Step::Week))
            .unwrap();
    let read: Brief = serde_json::from_str(&json(&brief).unwrap()).unwrap();
    let table = csv(&brief, Table::Series, false);
    let sum: f64 = table
        .lines()
        .skip(1)
        .filter(|line| line.starts_with("joint"))
        .map(|line| line.split(',').nth(10).unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sum - read.standing.joint.sum).abs() < 1e-6);
    assert_eq!(table.lines().filter(|line| line.starts_with("joint")).count(), read.joint.len());
}

#[test]
fn a_pinned_question_keeps_its_answer() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.attache");
    let shape = Shape { events: 3, words: 60, days: 40, copies: 3, version: "test 1" };
    let mut writer = Writer::open(&path).unwrap();
    let keep = |writer: &mut Writer, from: u64, to: u64| {
        for number in from..to {
            writer.keep(&Prepared::new(synthetic::report(number, &shape), true)).unwrap();
        }
        writer.commit().unwrap();
    };
    keep(&mut writer, 0, 900);
    let (archive, sides) = (Archive::open(&path).unwrap(), sides());
    let question = question(Side::country("COL"), Some(Side::country("USA")), Step::Day);
    let before = ask(&archive, &sides, &question).unwrap();
    let state = attache_report::ask::state(&archive).unwrap();
    keep(&mut writer, 900, 1500);
    let after = ask(&archive, &sides, &question).unwrap();
    let pinned = ask(&archive, &sides, &Question { pin: Some(state), ..question }).unwrap();
    assert!(after.totals.counted > before.totals.counted);
    assert_eq!(pinned, before);
}
