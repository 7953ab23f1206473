//! Relations as people ask for them: `report`, `watch` and `serve` on an archive of a few reports.

#![allow(clippy::unwrap_used)] // helpers of tests stand outside test functions

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

const REPORTS: [(&str, &str); 3] = [
    (
        "visit.txt",
        "Minister in Oslo for talks\n\nJune 11, 2025\n\nThe foreign minister of Ghana visited Norway on Tuesday. He \
         met the Norwegian prime minister in Oslo. Trade between the two is worth US$30 million a year.\n",
    ),
    (
        "fish.txt",
        "Norway accuses Ghana over fish\n\nJune 25, 2025\n\nNorway accused Ghana of ignoring quotas on Tuesday.\n",
    ),
    (
        "peru.txt",
        "Peru and Chile sign\n\nJune 26, 2025\n\nPeru and Chile signed a treaty on trade on Wednesday.\n",
    ),
];

fn attache(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.args(words).stdin(Stdio::null());
    command
}

/// The archive, kept once for all tests.
fn archive() -> &'static str {
    static ARCHIVE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = ARCHIVE.get_or_init(|| {
        let folder = TempDir::new().expect("a folder");
        let reports = folder.path().join("reports");
        fs::create_dir(&reports).expect("a folder");
        for (name, text) in REPORTS {
            fs::write(reports.join(name), text).expect("a report");
        }
        let path = folder.path().join("news.attache");
        let words = ["keep", "-q", reports.to_str().unwrap(), "--archive", path.to_str().unwrap()];
        let output = attache(&words).output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (folder, path)
    });
    path.to_str().unwrap()
}

fn run(words: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        attache(&[words, &["--archive", archive()]].concat()).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn report_tells_a_relation() {
    let (code, text, talk) = run(&["report", "Ghana", "Norway"]);
    assert_eq!((code, talk.as_str()), (0, ""));
    assert!(text.starts_with("Ghana – Norway\n"), "{text}");
    for words in ["STANDING", "TIMELINE", "EVIDENCE", "[trigger: met]", "USD 30 million"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn formats_tell_the_same() {
    let (_, json, _) = run(&["report", "GHA", "NOR", "--to", "json", "--step", "day"]);
    let brief: Value = serde_json::from_str(&json).expect("JSON");
    let counted = brief["totals"]["counted"].as_u64().unwrap();
    assert!(counted >= 2, "{json}");
    let (_, csv, _) = run(&["report", "GHA", "NOR", "--to", "csv", "--step", "day"]);
    let told: u64 = csv
        .lines()
        .filter(|line| line.starts_with("joint"))
        .map(|line| line.split(',').nth(4).unwrap().parse::<u64>().unwrap())
        .sum();
    assert_eq!(told, counted);
    let (_, html, _) = run(&["report", "GHA", "NOR", "--to", "html", "--language", "es"]);
    assert!(html.contains("<html lang=\"es\">") && html.contains("<svg") && !html.contains("<script"));
    let (_, until, _) = run(&["report", "GHA", "NOR", "--to", "json", "--to", "2025-06-15"]);
    let until: Value = serde_json::from_str(&until).expect("JSON");
    assert_eq!(until["to"], "2025-06-15");
}

#[test]
fn wrong_use_is_told() {
    assert_eq!(run(&["report", "GHA", "NOR", "--to", "pdf"]).0, 2);
    let (code, _, talk) = run(&["report", "GHA:XYZ"]);
    assert_eq!(code, 1);
    assert!(talk.contains("no sector"), "{talk}");
    let (code, _, talk) = run(&["watch", "GHA", "NOR", "--rule", "when it rains"]);
    assert_eq!(code, 1);
    assert!(talk.contains("first SANCTION in 40 weeks"), "{talk}");
    let (code, text, talk) = run(&["report", "GHA", "PER"]);
    assert_eq!(code, 0);
    assert!(text.contains("No event") && talk.contains("no event between Ghana and Peru"), "{text}{talk}");
}

#[test]
fn watch_says_what_moved() {
    let (code, text, _) = run(&["watch", "Norway", "Ghana", "--rule", "any ACCUSE", "--rule", "any ASSAULT"]);
    assert_eq!(code, 0);
    assert!(
        text.contains("any ACCUSE") && text.contains("ignoring quotas") && !text.contains("ASSAULT"),
        "{text}"
    );
    let (_, feed, _) = run(&["watch", "NOR", "GHA", "--rule", "any ACCUSE", "--to", "atom"]);
    assert!(feed.starts_with("<?xml") && feed.contains("<entry>"), "{feed}");
}

#[test]
fn the_demo_is_there_in_one_command_and_coded_once() {
    let cache = TempDir::new().unwrap();
    let demo = |words: &[&str]| {
        let output = attache(words).env("XDG_CACHE_HOME", cache.path()).env("HOME", cache.path()).output();
        let output = output.expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let brief: Value =
        serde_json::from_str(&demo(&["report", "Colombia", "USA", "--demo", "--to", "json"])).unwrap();
    assert!(brief["standing"]["joint"]["events"].as_u64() > Some(30), "{}", brief["standing"]);
    assert_eq!(brief["events"][0]["publishers"][0].as_str().map(|paper| &paper[..5]), Some("Demo "));
    let kept = || -> Vec<PathBuf> {
        let folder = fs::read_dir(cache.path().join("attache")).unwrap();
        folder
            .map(|file| file.unwrap().path())
            .filter(|path| path.is_dir() || path.extension().is_some_and(|end| end == "attache"))
            .collect()
    };
    let first = kept();
    assert_eq!(first.len(), 1, "{first:?}: one archive, no draft of it");
    let made = fs::metadata(&first[0]).unwrap().modified().unwrap();
    let text = demo(&["report", "Ecuador", "Mexico", "--demo"]);
    assert!(text.contains("Ecuador – Mexico") && text.contains("EVIDENCE"), "{text}");
    assert_eq!((kept(), fs::metadata(&first[0]).unwrap().modified().unwrap()), (first, made));
}

#[test]
fn an_archive_or_the_demo_is_named() {
    assert_eq!(
        Command::new(env!("CARGO_BIN_EXE_attache")).args(["report", "GHA"]).output().unwrap().status.code(),
        Some(2)
    );
    let (code, _, talk) = run(&["report", "GHA", "NOR", "--demo"]); // `run` names an archive too
    assert!(code == 2 && talk.contains("--demo"), "{talk}");
}

#[cfg(feature = "serve")]
#[test]
fn serve_answers_until_it_is_ended() {
    let mut server = attache(&["serve", "--listen", "127.0.0.1:0", "--archive", archive()])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    BufReader::new(server.stderr.take().unwrap()).read_line(&mut line).expect("talk");
    let address =
        line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
    let mut stream = TcpStream::connect(&address).expect("it listens");
    write!(stream, "GET /api/relation?a=GHA&b=NOR HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    server.kill().expect("it ends");
    server.wait().expect("it ended");
    let (_, json, _) = run(&["report", "GHA", "NOR", "--to", "json"]);
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert_eq!(answer.split_once("\r\n\r\n").map(|(_, body)| body), Some(json.as_str()));
}
