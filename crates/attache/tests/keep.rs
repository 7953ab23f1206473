//! `attache keep` and `attache log`, as people run them.

mod program;

use attache_store::query::{self, Filter, Side};
use attache_store::{Archive, Writer};
use program::{Ran, run};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;
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

/// A program that runs until the test is over, and what it says, line by line.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(inputs: &[&str], archive: &Path) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
            .arg("keep")
            .args(inputs)
            .args(["--watch", "1", "--allow-private", "--archive"])
            .arg(archive)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let talk = BufReader::new(child.stderr.take().expect("a pipe"));
        let (say, lines) = channel();
        thread::spawn(move || talk.lines().map_while(Result::ok).try_for_each(|line| say.send(line)));
        Watching { child, lines }
    }

    /// The next line of talk.
    fn line(&self) -> String {
        self.lines.recv_timeout(Duration::from_secs(120)).expect("a line a round")
    }

    /// The first line with these words, and how many others came before.
    fn until(&self, words: &str) -> (String, usize) {
        let mut before = 0;
        loop {
            let line = self.line();
            if line.contains(words) {
                return (line, before);
            }
            before += 1;
            assert!(before < 60, "{words:?} never came; last: {line}");
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A feed with these items, as its server sends it.
fn feed(items: &[&str]) -> String {
    let items: String = items
        .iter()
        .enumerate()
        .map(|(number, text)| {
            format!(
                "<item><title>Item {number}</title><link>http://news.example/{number}</link>\
                 <pubDate>Wed, 11 Jun 2025 08:00:00 GMT</pubDate><description>{text}</description></item>"
            )
        })
        .collect();
    format!("<rss><channel><title>News</title>{items}</channel></rss>")
}

/// Serves `/feed` with an entity tag until the third asking, and then another feed; `/robots.txt` shuts `/shut`.
/// What was asked, and whether only for what is new, is sent on.
fn server() -> (String, Receiver<(String, bool)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("a port"));
    let (say, asked) = channel();
    let talks = "The foreign minister of Ghana visited Norway on Tuesday. He met the Norwegian prime minister in Oslo.";
    let more = "Peru sent doctors to Bolivia on Monday after floods in the lowlands, the health minister said in Lima.";
    thread::spawn(move || {
        let mut polls = 0;
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let head: Vec<String> = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or("").to_owned();
            let tag = head.iter().find_map(|line| {
                line.to_lowercase().strip_prefix("if-none-match: ").map(|tag| tag.trim().to_owned())
            });
            let (status, tag_now, body) = match path.as_str() {
                "/robots.txt" => ("200 OK", "", "User-agent: *\nDisallow: /shut\n".to_owned()),
                "/feed" => {
                    polls += 1;
                    let (tag_now, items) =
                        if polls < 3 { ("\"a\"", vec![talks]) } else { ("\"b\"", vec![talks, more]) };
                    if tag.as_deref() == Some(tag_now) {
                        ("304 Not Modified", tag_now, String::new())
                    } else {
                        ("200 OK", tag_now, feed(&items))
                    }
                }
                _ => ("404 Not Found", "", String::new()),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\nETag: {tag_now}\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
            if say.send((path, tag.is_some())).is_err() {
                return;
            }
        }
    });
    (address, asked)
}

#[test]
fn watched_feeds_are_asked_for_what_is_new() {
    let (_folder, input, path) = folder(&[("a.txt", VISIT), ("d.txt", "")]);
    let (address, asked) = server();
    let (good, shut) = (format!("{address}/feed"), format!("{address}/shut"));
    let folder = input.display().to_string();
    let inputs = [folder.as_str(), &good, &shut];
    let watching = Watching::start(&inputs, &path);
    let (first, _) = watching.until("kept 2 new reports");
    assert!(first.contains("addresses: 1 new, 1 failed"), "{first}");
    let second = watching.line();
    assert!(
        second.contains("kept 0 new reports") && second.contains("addresses: 1 unchanged, 1 failed"),
        "{second}"
    );
    let third = watching.line();
    assert!(third.contains("kept 1 new reports") && third.contains("1 were there"), "{third}");
    // A file that comes is read; one that was read is not read again.
    fs::write(input.join("e.txt"), SPANISH).expect("a file");
    let (fourth, before) = watching.until("kept 1 new reports");
    assert!(fourth.contains(", 0 were there") && before <= 3, "{fourth}");
    drop(watching);
    thread::sleep(Duration::from_millis(300)); // what was on its way
    let polls: Vec<(String, bool)> = asked.try_iter().collect();
    assert_eq!(polls[0], ("/robots.txt".to_owned(), false));
    assert_eq!(polls[1..4], [("/feed".into(), false), ("/feed".into(), true), ("/feed".into(), true)]);
    assert!(polls.iter().all(|(path, _)| path != "/shut"), "{polls:?}");

    // Another run goes on with what the servers said to the first.
    let again = Watching::start(&inputs, &path);
    let (line, _) = again.until("kept 0 new reports");
    assert!(line.contains("addresses: 1 unchanged, 1 failed"), "{line}");
    let robots = asked.recv_timeout(Duration::from_secs(10)).expect("asked");
    assert_eq!(robots.0, "/robots.txt");
    assert_eq!(asked.recv_timeout(Duration::from_secs(10)).expect("asked"), ("/feed".to_owned(), true));
}

#[test]
fn standard_input_is_not_watched() {
    let (_folder, _, path) = folder(&[]);
    let ran = run(&["keep", "-", "--watch", "1", "--archive", &path.display().to_string()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("standard input ends"), "{}", ran.err);
}
