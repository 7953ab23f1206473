//! The program as people run it: what goes to which stream, in what order, with which exit code.

mod program;

use program::{Ran, attache, run};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const VISIT: &str = "Minister in Oslo for talks\n\nJune 11, 2025\n\nThe foreign minister of Ghana visited Norway on \
                     Tuesday. He met the Norwegian prime minister in Oslo.\n";
const PROTEST: &str = "Port towns march\n\nJune 12, 2025\n\nThousands of fishermen protested against the government \
                       of Senegal on Wednesday.\n";
const SPANISH: &str = "El canciller de Ghana visitó Noruega el martes y se reunió con el primer ministro en Oslo. \
                       Los dos gobiernos hablaron de la pesca y del comercio entre ambos países, según un \
                       comunicado de la cancillería, y acordaron verse otra vez antes de fin de año.\n";

/// Runs with these words on standard input.
fn run_on(words: &[&str], input: &str) -> Ran {
    let mut child = attache(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends").expect("the program reads all its input");
    output.into()
}

/// A folder with these files; it is removed when dropped.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file in it");
    }
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn a_report_gives_its_events() {
    let files = folder(&[("visit.txt", VISIT.as_bytes())]);
    let ran = run(&["read", "--to", "jsonl", &path(&files, "visit.txt")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let rows = ran.rows();
    let visit = rows.iter().find(|row| row["type"] == "CONSULT").expect("the visit is coded");
    assert_eq!(visit["actor"][0]["country"], "GHA");
    assert_eq!(visit["recipient"][0]["country"], "NOR");
    assert_eq!(visit["date"], "2025-06-10");
    assert_eq!(visit["quad"], 1);
    // Spans are bytes of the report's text, optional fields are left out rather than null.
    let span = |value: &Value| (value[0].as_u64(), value[1].as_u64());
    let (sentence, trigger) = (span(&visit["evidence"]["span"]), span(&visit["evidence"]["trigger"]));
    assert!(sentence.0 <= trigger.0 && trigger.1 <= sentence.1 && trigger.0 < trigger.1);
    assert!(
        rows.iter().all(|row| row.as_object().expect("an object").values().all(|value| !value.is_null()))
    );
}

#[test]
fn bad_inputs_are_named_and_the_rest_is_done() {
    let files = folder(&[
        ("a-empty.txt", b""),
        ("b-visit.txt", VISIT.as_bytes()),
        ("c-binary.bin", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00"),
        ("d-spanish.txt", SPANISH.as_bytes()),
        ("e-protest.txt", PROTEST.as_bytes()),
        ("f-blank.txt", b" \n\t\n"),
    ]);
    fs::create_dir(files.path().join("none")).expect("an empty folder");
    let all = files.path().display().to_string();
    let ran = run(&["read", "--to", "jsonl", &all, &path(&files, "none"), &path(&files, "missing.txt")]);
    assert_eq!(ran.code, Some(1));
    let types: Vec<_> = ran.rows().iter().map(|row| row["type"].clone()).collect();
    assert!(types.iter().any(|kind| kind == "CONSULT"), "{types:?}");
    assert_eq!(types.last().expect("events"), "PROTEST", "{types:?}");

    let complaints: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("attache: ")).collect();
    assert_eq!(complaints.len(), 6, "{}", ran.err);
    for (complaint, (name, reason)) in complaints.iter().zip([
        ("a-empty.txt", "empty"),
        ("c-binary.bin", ""),
        ("d-spanish.txt", "Spanish"),
        ("f-blank.txt", ""),
        ("none", "no reports"),
        ("missing.txt", ""),
    ]) {
        assert!(
            complaint.contains(name) && complaint.contains(reason),
            "{complaint} should name {name}: {reason}"
        );
    }
}

#[test]
fn inputs_of_every_kind_are_read_at_once() {
    let json = |text: &str, number: u32| {
        format!("{}\n", serde_json::json!({"uid": number, "words": text, "day": "2025-06-12"}))
    };
    let lines = json(VISIT, 1) + "{\"words\": \n" + &json(PROTEST, 3);
    let feed = format!(
        "<rss><channel><item><title>Port towns march</title><description>{PROTEST}</description></item></channel></rss>"
    );
    let files =
        folder(&[("a.txt", VISIT.as_bytes()), ("b.data", lines.as_bytes()), ("c.xml", feed.as_bytes())]);
    let inputs = [path(&files, "a.txt"), path(&files, "[bc].*"), path(&files, "x*")];
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let ran = run(&[
        &["read", "--to", "jsonl", "--quiet", "--map", "text=words,published=day,id=uid"][..],
        &inputs,
    ]
    .concat());
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let rows = ran.rows();
    let of = |id: Value| -> Vec<Value> {
        let theirs = rows.iter().filter(|row| row["report"]["given_id"] == id);
        theirs.map(|row| row["type"].clone()).collect()
    };
    assert!(of("1".into()).contains(&"CONSULT".into()), "{rows:?}");
    assert!(of("3".into()).contains(&"PROTEST".into()), "{rows:?}");
    assert_eq!(of(Value::Null), ["CONSULT", "PROTEST"].map(Value::from), "the text, then the feed");
    let complaints: Vec<&str> = ran.err.lines().collect();
    assert_eq!(complaints.len(), 2, "{}", ran.err);
    assert!(
        complaints[0].contains("b.data, record 2, byte ") && complaints[0].contains("not JSON"),
        "{}",
        ran.err
    );
    assert!(complaints[1].contains("no file matches"), "{}", ran.err);
}

#[test]
fn addresses_of_this_machine_are_refused() {
    let ran = run(&["read", "http://127.0.0.1:9/feed", "ftp.txt"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("http://127.0.0.1:9/feed: ") && ran.err.contains("--allow-private"),
        "{}",
        ran.err
    );
}

#[test]
fn a_folder_without_reports_is_an_error() {
    let files = folder(&[]);
    let ran = run(&["read", &files.path().display().to_string()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("no reports"), "{}", ran.err);
}

#[test]
fn invalid_utf8_is_read_and_said() {
    let mut bytes = VISIT.as_bytes().to_vec();
    let at = VISIT.find("Tuesday").expect("the word stands in the text");
    bytes.splice(at..at, *b"\xff\xfe\x80");
    let files = folder(&[("broken.txt", &bytes)]);
    let ran = run(&["read", "--to", "digest", &path(&files, "broken.txt")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    // As another charset, or as UTF-8 with replacements: the reader is told.
    assert!(ran.out.contains("read as windows-") || ran.out.contains("note:"), "{}", ran.out);
    assert!(ran.out.contains("CONSULT"), "{}", ran.out);
}

#[test]
fn fifty_megabytes_without_a_full_stop_end_well() {
    let files = folder(&[]);
    let words = "the minister of the port spoke with the harbour union and ".repeat(1000);
    let mut file = fs::File::create(files.path().join("long.txt")).expect("a file");
    for _ in 0..50_000_000 / words.len() + 1 {
        file.write_all(words.as_bytes()).expect("room on the disk");
    }
    drop(file);
    let long = path(&files, "long.txt");
    // 1.5 GB of address space hold the program, its threads' stacks and a small multiple of the text.
    let program = env!("CARGO_BIN_EXE_attache");
    let limited = format!("ulimit -v 1500000; exec '{program}' --threads 2 read --to digest '{long}'");
    let ran: Ran = Command::new("sh").args(["-c", &limited]).output().expect("the program runs").into();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("sentences"), "{}", ran.out);
    assert!(ran.out.contains("note:"), "what was left out must be said: {}", ran.out);
}

#[test]
fn wrong_use_is_told_from_failed_inputs() {
    for words in [
        &["red", "x.txt"][..],
        &[],
        &["read"],
        &["read", "--to", "prose", "x"],
        &["--threads", "0", "read", "x"],
    ] {
        let ran = run(words);
        assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.err);
        assert_eq!(ran.out, "");
    }
    assert!(run(&["read", "--to", "prose", "x"]).err.contains("the formats are jsonl, csv"));
    let help = run(&["read", "--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("Example: attache read"), "{}", help.out);
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let files = folder(&[]);
    for number in 0..40 {
        fs::write(files.path().join(format!("{number}.txt")), VISIT).expect("a file");
    }
    let mut child = attache(&["read", "--to", "digest", &files.path().display().to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let ran: Ran = child.wait_with_output().expect("the program ends").into();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn a_digest_that_no_terminal_shows_has_no_escapes() {
    let files = folder(&[("visit.txt", VISIT.as_bytes())]);
    for no_color in ["", "1"] {
        let ran: Ran = attache(&["read", "--to", "digest", &path(&files, "visit.txt")])
            .env("NO_COLOR", no_color)
            .output()
            .expect("the program runs")
            .into();
        assert!(!ran.out.contains('\x1b'));
        assert!(ran.out.starts_with("Minister in Oslo for talks\n"), "{}", ran.out);
        assert!(ran.out.contains("[trigger: "), "{}", ran.out);
        assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files =
        folder(&[("a.txt", VISIT.as_bytes()), ("b.txt", PROTEST.as_bytes()), ("c.txt", VISIT.as_bytes())]);
    let all = files.path().display().to_string();
    let one = run(&["--threads", "1", "read", "--to", "jsonl", &all]);
    let four = run(&["read", "--threads", "4", "--to", "jsonl", &all]);
    assert_eq!((one.code, one.out), (four.code, four.out));
}

#[test]
fn a_date_of_two_readings_is_never_settled_silently() {
    let text = VISIT.replace("June 11, 2025", "06/11/2025");
    let files = folder(&[("visit.txt", text.as_bytes())]);
    let file = path(&files, "visit.txt");
    let published = |words: &[&str]| {
        let ran = run(&[&["read", "--to", "jsonl", &file][..], words].concat());
        (ran.rows()[0]["report"]["published"].clone(), ran.err)
    };
    assert!(published(&[]).1.contains("06/11/2025"));
    assert_eq!(published(&["--date-order", "dmy"]).0, "2025-11-06");
    assert_eq!(published(&["--date-order", "mdy"]).0, "2025-06-11");
    assert_eq!(published(&["--published", "2025-06-13"]).0, "2025-06-13");
}

#[test]
fn extract_answers_each_line_with_a_line() {
    let input = concat!(
        r#"{"id": "a", "text": "Peru's president met his Ecuadorian counterpart in Lima.", "date": "2025-06-12"}"#,
        "\n",
        r#"{"id": 2, "text": "The rain stopped."}"#,
        "\n\n",
        "{not json\n",
        r#"{"id": "no text"}"#,
        "\n",
        r#"{"id": "es", "text": "El ministro viajó a Lima.", "lang": "es"}"#,
        "\n",
    );
    let ran = run_on(&["extract"], input);
    assert_eq!(ran.code, Some(1));
    let rows = ran.rows();
    assert_eq!(
        rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>(),
        ["a".into(), 2.into(), Value::Null, "no text".into(), "es".into()]
    );
    assert_eq!(rows[0]["events"][0]["type"], "CONSULT");
    assert_eq!(rows[1]["events"], Value::Array(Vec::new()));
    assert_eq!(rows[2]["line"], 4);
    assert!(rows[3]["error"].as_str().expect("a reason").contains("text"));
    assert!(rows[4]["error"].as_str().expect("a reason").contains("es"));
    for number in [4, 5, 6] {
        assert!(ran.err.contains(&format!("standard input, line {number}: ")), "{}", ran.err);
    }
}

#[test]
fn relate_tells_what_joins_two_spans() {
    let text = "Peru praised Chile.";
    let input = format!(
        "{}\n{}\n",
        serde_json::json!({"id": 1, "text": text, "actor": [0, 4], "recipient": [13, 18]}),
        serde_json::json!({"id": 2, "text": text, "actor": [0, 400]})
    );
    let ran = run_on(&["relate", "-"], &input);
    assert_eq!(ran.code, Some(1));
    let rows = ran.rows();
    let kind = rows[0]["type"].as_str().expect("a type");
    let sum: f64 =
        rows[0]["probabilities"].as_object().expect("an object").values().filter_map(Value::as_f64).sum();
    assert!(rows[0]["probabilities"][kind].as_f64().is_some_and(|p| p > 0.0) && (sum - 1.0).abs() < 1e-3);
    assert!(rows[1]["error"].as_str().expect("a reason").contains("[0, 400]"));
}

#[test]
fn locate_gives_byte_offsets_and_coordinates() {
    let text = "Señor Ríos flew from Lima to Bogotá.";
    let ran = run_on(&["locate"], &format!("{}\n", serde_json::json!({"id": 1, "text": text, "lang": "en"})));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let toponyms = ran.rows()[0]["toponyms"].as_array().expect("a list").clone();
    let names: Vec<_> = toponyms.iter().map(|toponym| toponym["text"].clone()).collect();
    assert_eq!(names, ["Lima", "Bogotá"]);
    for toponym in &toponyms {
        let at = |end: &str| usize::try_from(toponym[end].as_u64().expect("an offset")).expect("it fits");
        assert_eq!(&text[at("start")..at("end")], toponym["text"]);
    }
    assert!((toponyms[0]["lat"].as_f64().expect("degrees") + 12.0).abs() < 0.5);
}

#[test]
fn parse_writes_conllu() {
    let files = folder(&[("visit.txt", VISIT.as_bytes())]);
    let ran = run(&["parse", &path(&files, "visit.txt")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let rows: Vec<Vec<&str>> =
        ran.out.lines().filter(|line| line.contains('\t')).map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 10));
    let visited = rows.iter().find(|row| row[1] == "visited").expect("a row for each word");
    assert_eq!((visited[2], visited[3]), ("visit", "VERB"));
    assert!(rows.iter().any(|row| row[9].contains("Entity=B-GPE")));
}

#[test]
fn who_tells_rows_and_where_they_came_from() {
    let ran = run(&["who", "Norway"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("Norway (country, NOR"), "{}", ran.out);
    let ran = run(&["who", "Kofi Annan", "--to", "json"]);
    let row = &ran.rows()[0];
    assert_eq!(row["name"], "Kofi Annan");
    assert!(row["terms"][0]["source"].as_str().is_some_and(|source| !source.is_empty()));
    let ran = run(&["who", "Nobody Wrotethisname"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("Nobody Wrotethisname"));
}

#[test]
fn explain_names_frames_tried_and_refused() {
    let files = folder(&[("visit.txt", VISIT.as_bytes())]);
    let file = path(&files, "visit.txt");
    let ran = run(&["explain", &file]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("because of frame ") && ran.out.contains("coded"), "{}", ran.out);
    let id = ran.out.split(' ').next().expect("an id");
    let one = run(&["explain", &file, "--event", id]);
    assert_eq!(one.code, Some(0));
    assert!(one.out.starts_with(id) && one.out.len() <= ran.out.len());
    assert_eq!(run(&["explain", &file, "--event", "zz"]).code, Some(1));
}

/// The samples of the project; each is its own text.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

#[test]
fn the_samples_are_coded_but_for_the_spanish_one() {
    let ran = run(&["read", "--to", "digest", &samples().display().to_string()]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("Spanish"), "{}", ran.err);
}

/// A dictionary of the user goes before the registry, and what it does not understand is told by line.
#[test]
fn a_dictionary_goes_before_the_registry() {
    let lines = "ADA_VIRTA_\n\t[FINGOV 20200101-20210630]\n\t[FINELI >20210630]\nPERU_ [CHLGOV]\nNOBODY_\n";
    let files = folder(&[("actors.txt", lines.as_bytes())]);
    let file = path(&files, "actors.txt");
    let who =
        |name: &str, on: &str| run(&["who", name, "--on", on, "--to", "json", "--dictionary", file.as_str()]);
    let then = who("Ada Virta", "2021-01-01");
    assert_eq!(then.code, Some(0), "{}", then.err);
    assert_eq!(then.rows()[0]["sector"], "GOV");
    assert!(then.err.contains("actors.txt, line 5: \"Nobody\" has no code"), "{}", then.err);
    assert_eq!(who("Ada Virta", "2024-01-01").rows()[0]["sector"], "ELI");
    let peru = who("Peru", "2024-01-01");
    assert_eq!((peru.rows().len(), &peru.rows()[0]["country"]), (1, &Value::from("CHL")));
    let text = r#"{"id": 1, "text": "Ada Virta condemned the attack in Mali.", "date": "2021-01-01"}"#;
    let coded = run_on(&["extract", "--quiet", "--dictionary", &file], &format!("{text}\n"));
    assert_eq!(coded.code, Some(0), "{}", coded.err);
    assert_eq!(coded.rows()[0]["events"][0]["actor"][0]["id"], "u.ada-virta", "{}", coded.out);
    let none = run(&["who", "Peru", "--dictionary", "no such file"]);
    assert!(none.code == Some(1) && none.err.contains("no such file"), "{}", none.err);
}

/// An office whose holder is not known on a day: said so, with what is known before and after.
#[test]
fn who_says_what_it_does_not_know() {
    let asked = run(&["who", "president of Colombia", "--on", "1950-01-01"]);
    assert_eq!((asked.code, asked.out.as_str()), (Some(1), ""));
    let told = "does not know who was president of Colombia on 1950-01-01";
    assert!(asked.err.contains(told) && asked.err.contains("after it knows"), "{}", asked.err);
}
