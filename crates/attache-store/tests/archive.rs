//! Keeping and asking: what goes in comes out, once, in every order a user may try.

use attache_code::record::Actor;
use attache_store::query::{self, Filter, Side};
use attache_store::synthetic::{self, Shape};
use attache_store::{Archive, CodedReport, Kept, Kin, Prepared, StoreError, Writer};
use tempfile::TempDir;

const SHAPE: Shape = Shape { events: 2, words: 80, days: 30, copies: 5, version: "test 1" };

fn keep(writer: &mut Writer, reports: impl IntoIterator<Item = CodedReport>) -> Vec<Kept> {
    let kept =
        reports.into_iter().map(|report| writer.keep(&Prepared::new(report, true)).expect("kept")).collect();
    writer.commit().expect("committed");
    kept
}

/// A kept report as its input was, without events.
fn stored(archive: &Archive, key: &str) -> CodedReport {
    let stored = query::report(archive, key).expect("asked").expect("kept");
    let mut like = synthetic::report(0, &SHAPE);
    like.events.clear();
    like.report.id = stored.id;
    like.report.title = stored.title;
    like.report.url = stored.url;
    like.report.text = stored.text.expect("the text was kept");
    like.report.blocks = stored.blocks;
    if let Some(published) = &mut like.report.published {
        published.date = stored.published.expect("dated");
    }
    like
}

/// An archive that format 1 wrote, of 20 reports, is brought up to date and answers like a new one.
#[test]
fn an_old_archive_is_brought_up_to_date() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("old.attache");
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/archive-v1.attache");
    std::fs::copy(fixture, &path).expect("the fixture");
    assert!(matches!(Archive::open(&path), Err(StoreError::Older { found: 1, .. })));
    let mut writer = Writer::open(&path).expect("brought up to date");
    assert_eq!(writer.archive().faults().expect("checked"), Vec::<String>::new());
    let words = Filter { text: Some("minister over".into()), ..Filter::default() };
    assert_eq!(query::count(writer.archive(), &words).expect("counted"), 34);
    let keys: Vec<String> = query::events(writer.archive(), &Filter::default())
        .expect("events")
        .into_iter()
        .flat_map(|event| event.mentions)
        .map(|mention| mention.report)
        .collect();
    assert_eq!(keys.len(), 40);
    let again: Vec<CodedReport> = keys.iter().map(|key| stored(writer.archive(), key)).collect();
    assert!(keep(&mut writer, again.clone()).iter().all(|kept| *kept == Kept::Known));

    // A near copy of an old report is known as one: its sketch was made from the kept text.
    let mut near = again[14].clone();
    near.report.id = "near".into();
    near.report.url = None;
    near.report.text.push_str(" Ends.");
    if let Some(block) = near.report.blocks.last_mut() {
        block.span.end = near.report.text.len();
    }
    near.events.clear();
    assert_eq!(keep(&mut writer, [near]), [Kept::New { kin: Kin::Copy, events: 0, mentions: 0 }]);
}

fn reports(count: u64) -> impl Iterator<Item = CodedReport> {
    (0..count).map(|number| synthetic::report(number, &SHAPE))
}

#[test]
fn what_is_kept_is_found_again() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.attache");
    let mut writer = Writer::open(&path).expect("an archive");
    let all: Vec<CodedReport> = reports(20).collect();
    let kept = keep(&mut writer, all.clone());
    assert_eq!(kept[0], Kept::New { kin: Kin::First, events: 2, mentions: 2 });
    assert_eq!(kept[5], Kept::New { kin: Kin::Copy, events: 0, mentions: 2 });
    let archive = Archive::open(&path).expect("a reader beside the writer");
    let events = query::events(&archive, &Filter::default()).expect("events");
    assert_eq!(events.len(), 2 * 17, "three of twenty are copies");
    assert_eq!(events.iter().map(|event| event.mentions.len()).sum::<usize>(), 40);

    let first = &all[0].events[0];
    let found = query::event(&archive, &first.id).expect("asked").expect("found");
    assert_eq!(&found.event, first);
    let report = query::report(&archive, &all[0].report.id).expect("asked").expect("found");
    assert_eq!(report.text.as_deref(), Some(all[0].report.text.as_str()));
    assert_eq!(report.blocks, all[0].report.blocks);
    let copy = query::report(&archive, &all[5].report.id).expect("asked").expect("found");
    assert_eq!((copy.kin, copy.kin_of, copy.story), (Kin::Copy, Some(all[4].report.id.clone()), copy.story));
    let story = query::story(&archive, copy.story).expect("asked").expect("found");
    assert_eq!(story.reports.len(), 2);
    assert_eq!(archive.faults().expect("checked"), Vec::<String>::new());
}

#[test]
fn filters_agree_with_looking_at_every_event() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(&folder.path().join("a.attache")).expect("an archive");
    keep(&mut writer, reports(300));
    let archive = writer.archive();
    let all = query::events(archive, &Filter::default()).expect("events");
    let is = |actors: &[Actor], country: &str, sector: Option<&str>| {
        actors.iter().any(|a| {
            a.country.as_deref() == Some(country) && (sector.is_none() || a.sector.as_deref() == sector)
        })
    };
    let check = |filter: Filter, holds: &dyn Fn(&query::Archived) -> bool| {
        let found = query::events(archive, &filter).expect("events");
        let expected: Vec<_> = all.iter().filter(|event| holds(event)).cloned().collect();
        assert!(!expected.is_empty(), "the filter tests something: {filter:?}");
        assert_eq!(found, expected, "{filter:?}");
        assert_eq!(query::count(archive, &filter).expect("counted"), expected.len() as u64);
    };
    let side = |words: &str| Some(Side::parse(words));
    check(Filter { actor: side("COL"), ..Filter::default() }, &|e| is(&e.event.actor, "COL", None));
    check(Filter { recipient: side("USA/MIL"), ..Filter::default() }, &|e| {
        is(&e.event.recipient, "USA", Some("MIL"))
    });
    let name = all[0].event.actor[0].name.clone();
    check(Filter { involving: side(&name.to_lowercase()), ..Filter::default() }, &|e| {
        e.event.actor.iter().chain(&e.event.recipient).any(|a| a.name == name)
    });
    check(Filter { between: Some((Side::parse("COL"), Side::parse("USA"))), ..Filter::default() }, &|e| {
        let one_way = |a, b| is(&e.event.actor, a, None) && is(&e.event.recipient, b, None);
        one_way("COL", "USA") || one_way("USA", "COL")
    });
    check(
        Filter { between: Some((Side::parse("PER:GOV"), Side::parse("CHN"))), ..Filter::default() },
        &|e| {
            (is(&e.event.actor, "PER", Some("GOV")) && is(&e.event.recipient, "CHN", None))
                || (is(&e.event.actor, "CHN", None) && is(&e.event.recipient, "PER", Some("GOV")))
        },
    );
    let publisher = "El Faro";
    check(Filter { publisher: Some("el faro".into()), ..Filter::default() }, &|e| {
        e.mentions.iter().any(|mention| mention.publisher.as_deref() == Some(publisher))
    });
    let quad = attache_code::Quad::MaterialConflict;
    check(Filter { quads: vec![quad], ..Filter::default() }, &|e| e.event.quad == quad);
    check(Filter { text: Some("copper".into()), ..Filter::default() }, &|e| {
        e.event.evidence.sentence.contains("copper")
    });
    let page = Filter { limit: Some(7), offset: 3, ..Filter::default() };
    assert_eq!(query::events(archive, &page).expect("events"), all[3..10]);
}

#[test]
fn sums_agree_with_the_events() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(&folder.path().join("a.attache")).expect("an archive");
    keep(&mut writer, reports(300));
    let archive = writer.archive();
    for dyad in query::dyads(archive, None, None).expect("dyads") {
        let actor = Some(Side::parse(&dyad.actor));
        let recipient = Some(Side::parse(&dyad.recipient));
        let events =
            query::events(archive, &Filter { actor, recipient, ..Filter::default() }).expect("events");
        let mentions: usize = events.iter().map(|event| event.mentions.len()).sum();
        let score: f64 = events.iter().map(|event| event.event.score).sum();
        assert_eq!((dyad.events, dyad.mentions), (events.len() as u64, mentions as u64));
        assert!((dyad.score - score).abs() < 1e-9);
    }
    let (from, to) = (jiff::civil::date(2020, 1, 1), jiff::civil::date(2020, 12, 31));
    let coverage = query::coverage(archive, &Side::parse("COL"), from, to).expect("coverage");
    let counted: u64 = coverage.iter().map(|(_, count)| count).sum();
    let mention = |report: &CodedReport| report.countries.iter().any(|country| country == "COL");
    assert_eq!(counted, reports(300).filter(mention).count() as u64);
}

#[test]
fn a_second_time_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(&folder.path().join("a.attache")).expect("an archive");
    keep(&mut writer, reports(50));
    let before =
        (writer.archive().connection().total_changes(), writer.archive().fingerprint().expect("hashed"));
    assert!(keep(&mut writer, reports(50)).iter().all(|kept| *kept == Kept::Known));
    let after =
        (writer.archive().connection().total_changes(), writer.archive().fingerprint().expect("hashed"));
    assert_eq!(after, before);
}

#[test]
fn a_new_version_keeps_the_old_coding() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(&folder.path().join("a.attache")).expect("an archive");
    keep(&mut writer, reports(1));
    let mut again = synthetic::report(0, &Shape { version: "test 2", ..SHAPE });
    again.events.remove(0);
    assert_eq!(keep(&mut writer, [again]), [Kept::Revised { mentions: 1 }]);
    let archive = writer.archive();
    let events = query::events(archive, &Filter::default()).expect("events");
    assert_eq!((events.len(), events[0].revision, events[0].event.version.as_str()), (1, 2, "test 2"));
    let kept: i64 = archive
        .connection()
        .query_row("SELECT count(*) FROM mentions", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(kept, 3, "two of the first coding, one of the second");
    let counted: u64 = query::dyads(archive, None, None).expect("dyads").iter().map(|dyad| dyad.events).sum();
    assert_eq!(counted, 1);
    let changes = query::changes(archive, 0).expect("the log");
    let told: Vec<(&str, &str)> =
        changes.iter().map(|change| (change.what.as_str(), change.why.as_str())).collect();
    assert_eq!(told, [("dropped", "test 1 → test 2")]);
    let runs = query::runs(archive).expect("the runs");
    assert_eq!((runs.len(), runs[0].new, runs[0].recoded), (1, 1, 1));
}

#[test]
fn one_writes_and_the_second_hears_who() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.attache");
    let first = Writer::open(&path).expect("an archive");
    let second = Writer::open(&path).expect_err("held");
    assert!(second.to_string().contains(&format!("process {}", std::process::id())), "{second}");
    drop(first);
    Writer::open(&path).expect("free again");
}

#[test]
fn other_files_are_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("notes.txt");
    std::fs::write(
        &path,
        "Not an archive at all, but long enough to be read as a header of a database file. ".repeat(20),
    )
    .expect("a file");
    let before = std::fs::read(&path).expect("read");
    assert!(matches!(Archive::open(&path), Err(StoreError::Foreign { .. })));
    assert!(matches!(Writer::open(&path), Err(StoreError::Foreign { .. })));
    assert_eq!(std::fs::read(&path).expect("read"), before);
    assert!(matches!(Archive::open(&folder.path().join("none")), Err(StoreError::Missing { .. })));
}
