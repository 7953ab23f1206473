//! `attache keep` and `attache log`, as people run them.

use attache_store::query::{self, Filter, Side};
use attache_store::{Archive, Writer};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const VISIT: &str = "Minister in Oslo for talks\n\nJune 11, 2025\n\nThe foreign minister of Ghana visited Norway on \
                     Tuesday. He met the Norwegian prime minister in Oslo. They spoke of cocoa, of fishing rights and of \
                     the students from Accra who study in Bergen, a spokesman said.\n";
const COPY: &str = "World in brief\n\nJune 11, 2025\n\nThe foreign minister of Ghana visited Norway on Tuesday. He met \
                    the Norwegian prime minister in Oslo. They spoke of cocoa, of fishing rights and of the students from \
                    Accra who study in Bergen, a spokesman said.\n";
const SPANISH: &str = "El canciller de Ghana visitó Noruega el martes y se reunió con el primer ministro en Oslo. \
                       Los dos gobiernos hablaron de la pesca y del comercio entre ambos países, según un \
                       comunicado de la cancillería, y acordaron verse otra vez antes de fin de año.\n";

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(words: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_attache"))
        .args(words)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("talk is UTF-8"),
    }
}

/// A folder with a folder `in` of these files, and where an archive may go.
fn folder(files: &[(&str, &str)]) -> (TempDir, PathBuf, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let (input, archive) = (folder.path().join("in"), folder.path().join("news.attache"));
    fs::create_dir(&input).expect("a folder in it");
    for (name, text) in files {
        fs::write(input.join(name), text).expect("a file");
    }
    (folder, input, archive)
}

fn keep(input: &Path, archive: &Path, more: &[&str]) -> Ran {
    let (input, archive) = (input.display().to_string(), archive.display().to_string());
    run(&[&["keep", &input, "--archive", &archive], more].concat())
}

#[test]
fn reports_are_kept_once_and_copies_are_tellings() {
    let (_folder, input, path) =
        folder(&[("a.txt", VISIT), ("b.txt", COPY), ("c.txt", SPANISH), ("d.txt", "")]);
    let first = keep(&input, &path, &[]);
    assert_eq!(first.code, Some(1), "the empty file failed: {}", first.err);
    assert!(first.out.is_empty() && first.err.contains("d.txt"), "{}", first.err);
    assert!(first.err.contains("kept 3 new reports (1 of them copies"), "{}", first.err);
    assert!(first.err.contains("cannot code Spanish yet"), "{}", first.err);

    let archive = Archive::open(&path).expect("an archive");
    let relation = Filter { between: Some((Side::parse("GHA"), Side::parse("NOR"))), ..Filter::default() };
    let events = query::events(&archive, &relation).expect("events");
    assert!(!events.is_empty());
    assert!(
        events.iter().all(|event| event.mentions.len() == 2),
        "told by the report and its copy: {events:#?}"
    );
    let before = archive.fingerprint().expect("hashed");
    drop(archive);

    let second = keep(&input, &path, &[]);
    assert!(
        second.err.contains("kept 0 new reports") && second.err.contains("3 were there"),
        "{}",
        second.err
    );
    assert_eq!(Archive::open(&path).expect("an archive").fingerprint().expect("hashed"), before);

    let log = run(&["log", "--archive", &path.display().to_string()]);
    assert_eq!(
        (log.code, log.out.lines().count()),
        (Some(0), 1),
        "a run that wrote nothing leaves no trace: {}",
        log.out
    );
    assert!(log.out.contains("3 new reports, 0 coded anew"), "{}", log.out);
}

#[test]
fn without_texts_the_evidence_stays() {
    let (_folder, input, path) = folder(&[("a.txt", VISIT)]);
    assert_eq!(keep(&input, &path, &["--no-text"]).code, Some(0));
    let archive = Archive::open(&path).expect("an archive");
    let events =
        query::events(&archive, &Filter { text: Some("Oslo".into()), ..Filter::default() }).expect("events");
    let evidence = &events.first().expect("found by its words").event.evidence.sentence;
    assert!(VISIT.contains(evidence.as_str()), "{evidence}");
    let report = query::report(&archive, &events[0].mentions[0].report).expect("asked").expect("kept");
    assert_eq!((report.text, report.blocks.len()), (None, 0));
    let mut bytes = fs::read(&path).expect("the file");
    bytes.extend(fs::read(path.with_extension("attache-wal")).unwrap_or_default());
    let holds = |words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(!holds("fishing rights"), "no other words of the text are in the file");
}

#[test]
fn the_second_writer_hears_who_the_first_is() {
    let (_folder, input, path) = folder(&[("a.txt", VISIT)]);
    let writer = Writer::open(&path).expect("an archive");
    let second = keep(&input, &path, &[]);
    assert_eq!(second.code, Some(1));
    assert!(second.err.contains(&format!("process {}", std::process::id())), "{}", second.err);
    drop(writer);
    assert_eq!(keep(&input, &path, &[]).code, Some(0));
}

#[test]
fn a_file_that_is_no_archive_is_left_alone() {
    let (folder, input, _) = folder(&[("a.txt", VISIT)]);
    let path = folder.path().join("notes.txt");
    fs::write(&path, "my notes").expect("a file");
    let ran = keep(&input, &path, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("not an archive of attache"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&path).expect("there"), "my notes");
    assert!(!folder.path().join("notes.txt.lock").exists(), "nothing is left beside it");
    assert_eq!(run(&["log", "--archive", "none.attache"]).code, Some(1));
}
