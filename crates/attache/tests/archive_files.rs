//! `import`, `export` and `convert` as a stranger uses them: in and out of an archive in every format, packed
//! files, and files in which more is damaged than sound.

mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use program::run;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FIXTURES: [(&str, &str); 9] = [
    ("jsonl", "events.jsonl"),
    ("csv", "events.csv"),
    ("polecat", "polecat.txt"),
    ("icews", "icews.tab"),
    ("phoenix", "phoenix.txt"),
    ("gdelt1", "gdelt1.CSV"),
    ("gdelt", "gdelt2.CSV"),
    ("petrarch", "evts.petrarch"),
    ("plover", "plover.jsonl"),
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../attache-store/tests/fixtures").join(name)
}

/// A path as a word of the command line.
fn word(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let archive = folder.path().join("events.attache");
    (folder, archive)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in entries {
        file.start_file(*name, stored).expect("an entry");
        file.write_all(bytes).expect("written");
    }
    file.finish().expect("a directory").into_inner()
}

/// An archive of the fixture's six events.
fn imported(archive: &Path) {
    let ran = run(&["import", word(&fixture("events.jsonl")), "--archive", word(archive)]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn what_goes_into_an_archive_comes_out_in_every_format() {
    let (folder, archive) = folder();
    imported(&archive);
    for (format, name) in FIXTURES {
        let output = folder.path().join(name);
        let ran = run(&["export", word(&output), "--archive", word(&archive), "--to", format]);
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.err);
        let lines = |path: &Path| fs::read_to_string(path).expect("written").lines().count();
        assert_eq!(lines(&output), lines(&fixture(name)), "{format}");
        // And in again: a format of the field gives an archive of its own.
        let other = folder.path().join(format!("{format}.attache"));
        let ran = run(&["import", word(&output), "--archive", word(&other), "--from", format]);
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.err);
        let ran = run(&["export", "-", "--archive", word(&other), "--to", "jsonl"]);
        let own = matches!(format, "jsonl" | "csv");
        assert_eq!(ran.out.lines().count(), if own { 6 } else { 5 }, "{format}: {}", ran.out);
    }
}

#[test]
fn importing_twice_is_importing_once() {
    let (_folder, archive) = folder();
    imported(&archive);
    let before = run(&["export", "-", "--archive", word(&archive), "--to", "jsonl"]).out;
    imported(&archive);
    assert_eq!(run(&["export", "-", "--archive", word(&archive), "--to", "jsonl"]).out, before);
    assert_eq!(before.lines().count(), 6);
}

#[test]
fn packed_files_are_read_as_what_is_in_them() {
    let (folder, archive) = folder();
    let polecat = fs::read(fixture("polecat.txt")).expect("the fixture");
    let gdelt = fs::read(fixture("gdelt2.CSV")).expect("the fixture");
    let plain = run(&["convert", word(&fixture("polecat.txt")), "--to", "jsonl"]).out;
    let path = folder.path().join("events.any");
    let packings = [
        gzip(&polecat),
        zstd(&polecat),
        zip(&[("ngecEventsDV-2026-Feb.txt", &polecat)]),
        gzip(&zip(&[("year.txt.gz", &gzip(&polecat))])),
    ];
    for packed in packings {
        fs::write(&path, packed).expect("written");
        let ran = run(&["convert", word(&path), "--to", "jsonl"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), plain.as_str()), "{}", ran.err);
    }

    // Several files of several formats, and one that is none.
    fs::write(&path, zip(&[("README", b"Read me."), ("a.txt", &polecat), ("20260204.export.CSV", &gdelt)]))
        .expect("written");
    let ran = run(&["import", word(&path), "--archive", word(&archive)]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("events.any/README: no format of events"), "{}", ran.err);
    let ran = run(&["export", "-", "--archive", word(&archive), "--to", "jsonl"]);
    // Both files tell the same five acts: GDELT's rows are tellings of the events, or events beside them.
    assert!(ran.out.lines().count() >= 5 && ran.out.contains("plover 2.0"), "{}", ran.out);
    let ran = run(&["convert", word(&path), "--to", "jsonl"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 10), "{}", ran.err);
}

#[test]
fn damaged_packings_are_named_and_what_came_before_is_kept() {
    let (folder, _) = folder();
    let path = folder.path().join("events.gz");
    let many = fs::read_to_string(fixture("events.jsonl")).expect("the fixture").repeat(200);
    let whole = gzip(many.as_bytes());
    for cut in [0, 1, 2, 5, 9, 10, 30, 200, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..cut]).expect("written");
        let ran = run(&["convert", word(&path), "--to", "jsonl", "--from", "jsonl"]);
        // Nothing at all is a file without events.
        assert_eq!(ran.code, Some(i32::from(cut > 0)), "{cut}: {}", ran.err);
        assert!(cut == 0 || ran.err.contains("events.gz"), "{cut}: {}", ran.err);
    }
    let sound = run(&["convert", word(&path), "--to", "jsonl"]).out.lines().count();
    assert!(sound > 1000, "all but the checksum is there: {sound}");
    let fake = folder.path().join("fake.zip");
    fs::write(&fake, b"PK\x03\x04 and no more").expect("written");
    let ran = run(&["convert", word(&fake), "--to", "jsonl"]);
    assert!(ran.code == Some(1) && ran.err.contains("damaged zip file"), "{}", ran.err);
    fs::write(&fake, zip(&[])).expect("written");
    let ran = run(&["convert", word(&fake), "--to", "jsonl"]);
    assert!(ran.code == Some(1) && ran.err.contains("holds no files"), "{}", ran.err);
}

/// Records that are none in any format, made of a sound one.
fn damages(sound: &str) -> Vec<Vec<u8>> {
    let start = |count: usize| sound.chars().take(count).collect::<String>().into_bytes();
    vec![
        b"garbage".to_vec(),
        b"x\ty".to_vec(),
        b"{".to_vec(),
        b"[1, 2]".to_vec(),
        b"null".to_vec(),
        start(10),
        start(20),
        format!("{sound}{}", "\tmore".repeat(40)).into_bytes(),
        format!("{sound}\t{sound}").into_bytes(),
        b"\x00\x01\xff\xfe".to_vec(),
        vec![b'x'; 11 * 1024 * 1024],
    ]
}

/// Eleven damaged records in a file of each format: each is named by record and byte, and all sound ones are
/// kept.
#[test]
fn an_import_outlives_ten_damaged_records() {
    for (format, name) in FIXTURES {
        let (folder, archive) = folder();
        let text = fs::read_to_string(fixture(name)).expect("the fixture");
        let lines: Vec<&str> = text.lines().collect();
        // Behind the first event, which has one row in every format.
        let first = usize::from(matches!(format, "csv" | "polecat" | "icews"));
        let damages = damages(lines[first]);
        let mut bytes: Vec<u8> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            bytes.extend(line.as_bytes());
            bytes.push(b'\n');
            if number == first {
                for damaged in &damages {
                    places.push(bytes.len());
                    bytes.extend(damaged);
                    bytes.push(b'\n');
                }
            }
        }
        let path = folder.path().join("damaged");
        fs::write(&path, bytes).expect("written");
        let ran = run(&["import", word(&path), "--archive", word(&archive), "--from", format]);
        assert_eq!(ran.code, Some(1), "{format}");
        let told: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("attache: ")).collect();
        assert_eq!(told.len(), damages.len(), "{format}: {}", ran.err);
        for (index, (told, place)) in told.iter().zip(places).enumerate() {
            let byte =
                told.split_once(&format!("damaged: record {}, byte ", index + 2)).map(|(_, rest)| rest);
            let byte = byte.and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
            let end = place + damages[index].len();
            assert!(
                byte.is_some_and(|byte| (place..=end).contains(&byte)),
                "{format}: {told}, not {place}..{end}"
            );
        }
        let kept = run(&["export", "-", "--archive", word(&archive), "--to", "jsonl"]).out;
        let own = matches!(format, "jsonl" | "csv");
        assert_eq!(kept.lines().count(), if own { 6 } else { 5 }, "{format}: {kept}");
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let (folder, archive) = folder();
    let none = folder.path().join("none.jsonl");
    let ran = run(&["import", word(&none), "--archive", word(&archive)]);
    assert!(ran.code == Some(1) && ran.err.contains("none.jsonl"), "{}", ran.err);
    let ran = run(&["import", word(folder.path()), "--archive", word(&archive)]);
    assert!(ran.code == Some(1) && ran.err.contains("a folder"), "{}", ran.err);
    let ran = run(&["export", "-", "--archive", word(&none)]);
    assert_eq!(ran.code, Some(1));
    imported(&archive);
    let ran = run(&["export", "-", "--archive", word(&archive)]);
    assert!(ran.code == Some(1) && ran.err.contains("--to"), "{}", ran.err);
    let ran = run(&["export", "-", "--archive", word(&archive), "--to", "stata"]);
    assert!(ran.code == Some(2) && ran.err.contains("the formats are"), "{}", ran.err);
}
