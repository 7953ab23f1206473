//! Formats of events on the command line: `convert`, `read --to`, and the functions behind `export` and
//! `import`.

use attache::exchange::{Export, Import, export, import};
use attache_code::Event;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../attache-store/tests/fixtures").join(name)
}

fn attache(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn run(words: &[&str]) -> Output {
    attache(words).output().expect("the program runs")
}

#[test]
fn every_fixture_is_known_by_its_content() {
    for name in [
        "events.jsonl",
        "events.csv",
        "polecat.txt",
        "icews.tab",
        "phoenix.txt",
        "gdelt1.CSV",
        "gdelt2.CSV",
        "evts.petrarch",
        "plover.jsonl",
    ] {
        let ran = run(&["convert", fixture(name).to_str().expect("a path"), "-", "--to", "jsonl"]);
        assert_eq!(ran.status.code(), Some(0), "{name}: {}", text(&ran.stderr));
        let count = text(&ran.stdout).lines().count();
        assert_eq!(count, if name.starts_with("events") { 6 } else { 5 }, "{name}");
    }
    let ran = run(&["convert", fixture("gdelt.mentions.CSV").to_str().expect("a path"), "--to", "jsonl"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("mentions point to events and hold none"), "{}", text(&ran.stderr));
}

#[test]
fn what_is_no_fact_is_left_out_with_a_note() {
    let ran = run(&["convert", fixture("events.jsonl").to_str().expect("a path"), "--to", "polecat"]);
    assert_eq!(ran.status.code(), Some(0));
    assert_eq!(text(&ran.stdout), fs::read_to_string(fixture("polecat.txt")).expect("the fixture"));
    assert!(
        text(&ran.stderr).contains("1 events are not in the polecat output: only supposed"),
        "{}",
        text(&ran.stderr)
    );
}

#[test]
fn damage_is_named_and_the_rest_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("a.tab"), folder.path().join("b.csv"));
    let icews = fs::read_to_string(fixture("icews.tab")).expect("the fixture");
    fs::write(&input, icews.replacen("2026-02-03", "2026-02-33", 1)).expect("written");
    let ran = run(&["convert", input.to_str().expect("a path"), output.to_str().expect("a path")]);
    assert_eq!(ran.status.code(), Some(1));
    let told = text(&ran.stderr);
    assert!(told.contains("a.tab: record 1, byte") && told.contains("`2026-02-33` is not a day"), "{told}");
    assert_eq!(fs::read_to_string(&output).expect("written").lines().count(), 5);
    assert!(!folder.path().join("b.csv.partial").exists());
}

#[test]
fn a_failed_conversion_leaves_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("b.csv");
    fs::write(&output, "mine").expect("written");
    let ran = run(&["convert", "no-such-file", output.to_str().expect("a path")]);
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&output).expect("there"), "mine");
    let prose = folder.path().join("prose.txt");
    fs::write(&prose, "Once upon a time.\n").expect("written");
    let ran = run(&["convert", prose.to_str().expect("a path"), "--to", "csv"]);
    assert!(text(&ran.stderr).contains("name it with --from"), "{}", text(&ran.stderr));
    let ran = run(&["convert", prose.to_str().expect("a path"), "out.xyz"]);
    assert!(text(&ran.stderr).contains("--to"), "{}", text(&ran.stderr));
}

#[test]
fn pipes_go_both_ways() {
    let mut child =
        attache(&["convert", "-", "-", "--to", "gdelt1"]).stdin(Stdio::piped()).spawn().expect("it runs");
    let events = fs::read(fixture("events.jsonl")).expect("the fixture");
    child.stdin.take().expect("a pipe").write_all(&events).expect("written");
    let ran = child.wait_with_output().expect("it ends");
    assert_eq!(text(&ran.stdout), fs::read_to_string(fixture("gdelt1.CSV")).expect("the fixture"));
}

#[test]
fn reports_are_read_into_the_formats_of_the_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.txt");
    let words = "Minister in Oslo for talks\n\nJune 11, 2025\n\nThe foreign minister of Ghana visited Norway on Tuesday.\n";
    fs::write(&report, words).expect("written");
    let report = report.to_str().expect("a path");
    let ran = run(&["read", "--to", "icews", report]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let out = text(&ran.stdout);
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!((rows[0][0], rows[0].len()), ("Event ID", 20));
    assert!(
        rows[1..].iter().any(|row| row[4] == "Ghana" && row[10] == "Norway" && row[6].starts_with("04")),
        "{out}"
    );
}

#[test]
fn events_are_exported_and_imported_without_knowing_the_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out.jsonl");
    let mut kept: Vec<Event> = Vec::new();
    let archive = PathBuf::from("unused");
    let args = Import {
        input: vec![fixture("events.csv"), "no-such-file".into()],
        archive: archive.clone(),
        from: None,
    };
    let failed = import(&args, true, |event| {
        kept.push(event);
        Ok(())
    });
    assert_eq!((failed.expect("kept"), kept.len()), (1, 6));
    let args = Export { output: output.clone(), archive, to: None };
    assert_eq!(export(kept.into_iter().map(Ok), &args, true).expect("written"), 0);
    let (written, fixture) = (fs::read_to_string(&output), fs::read_to_string(fixture("events.jsonl")));
    let events = |text: String| -> Vec<Event> {
        text.lines().map(|line| serde_json::from_str(line).expect("an event")).collect()
    };
    assert_eq!(events(written.expect("written")), events(fixture.expect("there")));
}
