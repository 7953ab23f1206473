//! What an archive costs: keeping ready events, a dyad's months, full text, bytes an event.
//!
//! `cargo bench -p attache-store`. ATTACHE_BENCH_EVENTS sets how many synthetic events the archive that is
//! asked has (default 1,000,000: some minutes to make; it is kept under `target/` for the next time).

use attache_store::query::{self, Filter, Side};
use attache_store::synthetic::{self, Shape};
use attache_store::{Archive, Prepared, Writer};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Reports a transaction.
const BATCH: usize = 256;

fn keep(writer: &mut Writer, reports: &[Prepared]) {
    for report in reports {
        writer.keep(report).expect("kept");
        if writer.pending() >= BATCH {
            writer.commit().expect("committed");
        }
    }
    writer.commit().expect("committed");
}

fn prepared(range: std::ops::Range<u64>, shape: &Shape) -> Vec<Prepared> {
    range.map(|number| Prepared::new(synthetic::report(number, shape), true)).collect()
}

/// Reports with one ready event each into a new archive; preparing is measured on its own.
fn ingest(c: &mut Criterion) {
    let shape = Shape { events: 1, ..Shape::default() };
    let reports = prepared(0..5_000, &shape);
    let mut group = c.benchmark_group("keep");
    group.sample_size(10).throughput(Throughput::Elements(reports.len() as u64));
    group.bench_function("5,000 reports of one event", |b| {
        b.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                let folder = tempfile::TempDir::new().expect("a folder");
                let mut writer = Writer::open(&folder.path().join("bench.attache")).expect("an archive");
                let start = Instant::now();
                keep(&mut writer, &reports);
                spent += start.elapsed();
            }
            spent
        });
    });
    group.throughput(Throughput::Elements(1));
    let coded = synthetic::report(7, &shape);
    group.bench_function("prepare one report", |b| b.iter(|| Prepared::new(black_box(coded.clone()), true)));
    group.finish();
}

/// The archive that is asked, made where it is not there yet.
fn large() -> Archive {
    let events: u64 =
        std::env::var("ATTACHE_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{events}.attache"));
    if !path.exists() {
        let part = path.with_extension("part");
        let _ = std::fs::remove_file(&part); // of a run that was stopped
        let shape = Shape { events: 2, words: 120, days: 3_650, copies: 0, ..Shape::default() };
        let mut writer = Writer::open(&part).expect("an archive");
        let start = Instant::now();
        for first in (0..events / 2).step_by(10_000) {
            keep(&mut writer, &prepared(first..(first + 10_000).min(events / 2), &shape));
            if first % 100_000 == 0 {
                eprintln!("{first} reports after {:.0?}", start.elapsed());
            }
        }
        drop(writer);
        std::fs::rename(&part, &path).expect("renamed");
    }
    drop(Writer::open(&path).expect("one of an older format is brought up to date"));
    let archive = Archive::open(&path).expect("made above");
    let size = std::fs::metadata(&path).expect("there").len();
    let ask =
        |sql: &str| archive.connection().query_row(sql, [], |row| row.get::<_, i64>(0)).expect("counted");
    let (kept, text) = (ask("SELECT count(*) FROM events"), ask("SELECT sum(length(text)) FROM reports"));
    eprintln!(
        "{kept} events, {size} bytes: {} an event, {} without the texts",
        size as i64 / kept,
        (size as i64 - text) / kept
    );
    archive
}

fn questions(c: &mut Criterion) {
    let archive = large();
    let mut group = c.benchmark_group("ask");
    group.sample_size(20);
    group.bench_function("monthly series of a dyad", |b| {
        b.iter(|| query::months(&archive, "COL", "USA", None, None).expect("asked"));
    });
    group.bench_function("all dyads of ten years", |b| {
        b.iter(|| query::dyads(&archive, None, None).expect("asked"));
    });
    group.bench_function("coverage of a country, a year", |b| {
        b.iter(|| {
            query::coverage(&archive, &Side::parse("COL"), date(2021, 1, 1), date(2021, 12, 31))
                .expect("asked")
        });
    });
    let events = |filter: Filter| query::events(&archive, &filter).expect("asked");
    let page = Filter { limit: Some(50), ..Filter::default() };
    let dyad = Some((Side::parse("COL"), Side::parse("USA")));
    group.bench_function("50 events of a dyad", |b| {
        b.iter(|| events(Filter { between: dyad.clone(), ..page.clone() }));
    });
    for (name, words) in
        [("a rare word", "4711"), ("two words", "copper canal"), ("a word of every event", "minister")]
    {
        group.bench_function(format!("full text, {name}, 50 events"), |b| {
            b.iter(|| events(Filter { text: Some(words.into()), ..page.clone() }));
        });
    }
    group.bench_function("full text in a dyad, 50 events", |b| {
        b.iter(|| events(Filter { text: Some("copper".into()), between: dyad.clone(), ..page.clone() }));
    });
    group.finish();
}

criterion_group!(benches, ingest, questions);
criterion_main!(benches);
