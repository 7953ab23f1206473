//! The archive under `kill -9`: nothing lost, nothing doubled, nothing half.
//!
//! `cargo xtask kill-test` runs it at full size: 200 kills while 20,000 reports are kept. CI runs a small
//! number. ATTACHE_KILLS and ATTACHE_KILL_REPORTS set both.

use attache_store::synthetic::{self, Numbers, Shape};
use attache_store::{Archive, Prepared, Writer};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SHAPE: Shape = Shape { events: 2, words: 60, days: 60, copies: 10, version: "kill 1" };
/// Reports a transaction.
const BATCH: usize = 32;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// Keeps all reports from a little before where the archive ends, as a user's second try would.
fn keep_all(path: &Path, reports: u64) {
    let mut writer = Writer::open(path).expect("no other writer");
    let kept = count(writer.archive(), "reports");
    for number in kept.saturating_sub(20)..reports {
        writer.keep(&Prepared::new(synthetic::report(number, &SHAPE), true)).expect("kept");
        if writer.pending() >= BATCH {
            writer.commit().expect("committed");
        }
    }
    writer.commit().expect("committed");
}

fn count(archive: &Archive, table: &str) -> u64 {
    let sql = format!("SELECT count(*) FROM {table}");
    archive.connection().query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("counted").unsigned_abs()
}

/// Not a test of its own: the process that [`survives_kills`] kills.
#[test]
fn child() {
    if let Some(path) = std::env::var_os("ATTACHE_KILL_ARCHIVE") {
        keep_all(&PathBuf::from(path), number("ATTACHE_KILL_REPORTS", 0));
    }
}

fn spawn(path: &Path, reports: u64) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "child", "--quiet"])
        .env("ATTACHE_KILL_ARCHIVE", path)
        .env("ATTACHE_KILL_REPORTS", reports.to_string())
        .stdout(Stdio::null())
        .spawn()
        .expect("a child")
}

/// What holds after every kill. Gives the number of reports kept.
fn check(path: &Path, before: u64) -> u64 {
    if !path.exists() {
        return 0;
    }
    // Opened as the next writer opens it: a kill may have come before the tables were made.
    let writer = Writer::open(path).expect("the lock ended with its process");
    let archive = writer.archive();
    assert_eq!(archive.faults().expect("checked"), Vec::<String>::new());
    let words = "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)";
    archive.connection().execute(words, []).expect("the full text is that of the mentions");
    let kept = count(archive, "reports");
    assert!(kept >= before, "{before} reports were committed, {kept} are there");
    assert_eq!(count(archive, "mentions"), 2 * kept, "each report with both of its events");
    assert_eq!(count(archive, "codings"), kept);
    assert_eq!(count(archive, "sketches"), kept);
    let last = if kept == 0 { String::new() } else { synthetic::report(kept - 1, &SHAPE).report.id };
    let newest: String = archive
        .connection()
        .query_row("SELECT coalesce((SELECT key FROM reports ORDER BY id DESC LIMIT 1), '')", [], |row| {
            row.get(0)
        })
        .expect("asked");
    assert_eq!(newest, last, "kept in order, none left out");
    kept
}

#[test]
fn survives_kills() {
    let (kills, reports) = (number("ATTACHE_KILLS", 6), number("ATTACHE_KILL_REPORTS", 600));
    let folder = TempDir::new().expect("a folder");
    let whole = folder.path().join("whole.attache");
    let started = Instant::now();
    keep_all(&whole, reports);
    let time = started.elapsed();
    let expected = Archive::open(&whole).expect("kept").fingerprint().expect("hashed");

    let mut numbers = Numbers::new(kills ^ reports);
    // Lives are so short on average that the kills spread over the whole of the keeping.
    let most = 2 * time.as_micros() as usize / kills.max(1) as usize + 40_000;
    let (mut done, mut rounds) = (0, 0);
    while done < kills {
        rounds += 1;
        let path = folder.path().join(format!("killed-{rounds}.attache"));
        let mut kept = 0;
        while done < kills && kept < reports {
            let mut child = spawn(&path, reports);
            std::thread::sleep(Duration::from_micros(numbers.below(most) as u64));
            child.kill().expect("killed");
            child.wait().expect("gone");
            done += 1;
            kept = check(&path, kept);
        }
        keep_all(&path, reports);
        check(&path, reports);
        let found = Archive::open(&path).expect("kept").fingerprint().expect("hashed");
        assert_eq!(found, expected, "the same as if nobody had been killed");
    }
    println!("{kills} kills over {rounds} archives of {reports} reports: each equals the undisturbed one");
}
