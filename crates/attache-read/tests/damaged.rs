//! Damaged inputs, ten and more of each format: each is named with its record and byte, and what stands
//! around it is read.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod make;

use attache_read::{Limits, Options};
use make::{Zip, gzip, islands, problems, read_with, record, warc, words, zstd};

/// A damaged input, and what must come of it.
struct Case {
    what: &'static str,
    bytes: Vec<u8>,
    /// The reports that are kept.
    kept: &'static [usize],
    /// For each problem: its record, its byte, and a word of its reason.
    problems: Vec<(Option<u64>, Option<usize>, &'static str)>,
}

fn case(
    what: &'static str,
    bytes: impl Into<Vec<u8>>,
    kept: &'static [usize],
    problems: Vec<(Option<u64>, Option<usize>, &'static str)>,
) -> Case {
    Case { what, bytes: bytes.into(), kept, problems }
}

/// Small limits, so that files over them need not be large.
fn options() -> Options {
    let limits = Limits { record: 200_000, slack: 1_000_000, ..Limits::default() };
    Options { limits, ..Options::default() }
}

fn check(cases: &[Case]) {
    assert!(cases.len() >= 10, "{} cases", cases.len());
    for Case { what, bytes, kept, problems: expected } in cases {
        let read = read_with(bytes, &options());
        let found = problems(&read);
        assert_eq!(islands(&read), *kept, "{what}: {found:?}");
        assert_eq!(found.len(), expected.len(), "{what}: {found:?}");
        for (problem, (record, byte, word)) in found.iter().zip(expected) {
            assert!(problem.reason.contains(word), "{what}: {problem} should say {word}");
            assert_eq!(problem.record, *record, "{what}: {problem}");
            assert_eq!(problem.byte, byte.map(|byte| byte as u64), "{what}: {problem}");
            assert!(problem.to_string().starts_with("file"), "{what}: {problem}");
        }
    }
}

/// Records 1 to 4 (the first is the file's own head), and where each begins.
fn records(pack: fn(&[u8]) -> Vec<u8>) -> (Vec<Vec<u8>>, Vec<usize>) {
    let records: Vec<Vec<u8>> = warc(1..4).iter().map(|record| pack(record)).collect();
    let starts = records.iter().scan(0, |at, record| Some(std::mem::replace(at, *at + record.len())));
    let starts = starts.collect();
    (records, starts)
}

/// The records with one of them changed.
fn with(records: &[Vec<u8>], at: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut records = records.to_vec();
    change(&mut records[at]);
    records.concat()
}

fn replaced(from: &'static str, to: &'static str) -> impl FnOnce(&mut Vec<u8>) {
    move |record| *record = String::from_utf8(record.clone()).unwrap().replacen(from, to, 1).into_bytes()
}

#[test]
fn warc_files() {
    let (records, at) = records(<[u8]>::to_vec);
    let length = |record: &[u8]| {
        let text = String::from_utf8_lossy(record);
        let rest = text.split("\r\nContent-Length: ").nth(1).unwrap();
        rest.split('\r').next().unwrap().parse::<usize>().unwrap()
    };
    let set_length = |record: &mut Vec<u8>, to: String| {
        let text = String::from_utf8(record.clone()).unwrap();
        *record = text
            .replacen(&format!("Content-Length: {}", length(record)), &format!("Content-Length: {to}"), 1)
            .into_bytes();
    };
    let shift = |by: isize| {
        move |record: &mut Vec<u8>| set_length(record, (length(record) as isize + by).to_string())
    };
    check(&[
        case(
            "the length is too short",
            with(&records, 2, shift(-20)),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "length")],
        ),
        case(
            "the length is too long",
            with(&records, 2, shift(50)),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "length")],
        ),
        case(
            "the length reaches past the end",
            with(&records, 2, shift(5000)),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "cut off")],
        ),
        case(
            "the length is over the limit",
            with(&records, 2, |r| set_length(r, "99999999999".into())),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "more than")],
        ),
        case(
            "the length is no number",
            with(&records, 2, |r| set_length(r, "-7".into())),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "Content-Length")],
        ),
        case(
            "the length stands twice",
            with(&records, 2, replaced("Content-Length: ", "Content-Length: 3\r\nContent-Length: ")),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "Content-Length")],
        ),
        case(
            "no length",
            with(&records, 2, replaced("Content-Length", "Content-Strength")),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "Content-Length")],
        ),
        case(
            "garbage between records",
            with(&records, 1, |r| r.extend(b"\0\x01garbage\nmore of it\n")),
            &[1, 2, 3],
            vec![(Some(3), Some(at[2]), "passed over")],
        ),
        case(
            "garbage first",
            [b"WARC/1.0\r\n\r\nWARC nothing".to_vec(), records.concat()].concat(),
            &[1, 2, 3],
            vec![(Some(1), Some(0), "Content-Length")],
        ),
        case(
            "cut off in the content",
            records.concat()[..at[3] + 400].to_vec(),
            &[1, 2],
            vec![(Some(4), Some(at[3]), "cut off")],
        ),
        case(
            "cut off in the head",
            records.concat()[..at[3] + 40].to_vec(),
            &[1, 2],
            vec![(Some(4), Some(at[3]), "head")],
        ),
        case(
            "a head without end",
            with(&records, 2, |r| {
                *r = [b"WARC/1.0\r\nX: ".to_vec(), vec![b'x'; 100_000], b"\r\n".to_vec()].concat();
            }),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "head")],
        ),
        case(
            "an answer without head",
            with(&records, 2, replaced("HTTP/1.1 200 OK", "XTTP/1.1 200 OK")),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "status line")],
        ),
        case(
            "a packed page cut off",
            with(&records, 2, |r| {
                let packed = gzip(words(2).as_bytes());
                let mut content =
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
                content.extend(&packed[..packed.len() - 10]);
                *r = record("response", "https://a.example/2", "application/http", &content);
            }),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "packed body")],
        ),
    ]);
}

#[test]
fn gzipped_warc_files() {
    let (records, at) = records(gzip);
    let bomb =
        gzip(&[b"WARC/1.0\r\nContent-Length: 90000000\r\n\r\n".to_vec(), vec![b'x'; 30_000_000]].concat());
    check(&[
        case(
            "a member cut off",
            with(&records, 2, |r| r.truncate(r.len() - 30)),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "gzip member")],
        ),
        case(
            "a member without its checksum",
            with(&records, 2, |r| r.truncate(r.len() - 8)),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "gzip member")],
        ),
        case(
            "a wrong checksum",
            with(&records, 2, |r| {
                let at = r.len() - 6;
                r[at] ^= 0x55;
            }),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "checksum")],
        ),
        case(
            "a byte changed",
            with(&records, 2, |r| {
                let at = r.len() / 2;
                r[at] ^= 0x55;
            }),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "gzip member")],
        ),
        case(
            "zeros in a member",
            with(&records, 2, |r| {
                let at = r.len() / 2;
                r[at..at + 40].fill(0);
            }),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "gzip member")],
        ),
        case(
            "garbage between members",
            with(&records, 1, |r| r.extend(b"garbage \x1f\x8b\x08 that is no member")),
            &[1, 2, 3],
            vec![(Some(3), Some(at[2]), "no gzip header")],
        ),
        case(
            "the last member cut off",
            records.concat()[..at[3] + 60].to_vec(),
            &[1, 2],
            vec![(Some(4), Some(at[3]), "cut off")],
        ),
        case(
            "the last header cut off",
            records.concat()[..at[3] + 5].to_vec(),
            &[1, 2],
            vec![(Some(4), Some(at[3]), "no gzip header")],
        ),
        case("zeros at the end", [records.concat(), vec![0; 5000]].concat(), &[1, 2, 3], vec![]),
        case(
            "garbage at the end",
            [records.concat(), b"tail".to_vec()].concat(),
            &[1, 2, 3],
            vec![(Some(5), Some(at[3] + records[3].len()), "no gzip header")],
        ),
        case(
            "a reserved flag",
            with(&records, 2, |r| r[3] = 0xe0),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "no gzip header")],
        ),
        case(
            "a bomb",
            with(&records, 2, |r| *r = bomb.clone()),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "unpacks to more")],
        ),
        case(
            "the first member cut off",
            with(&records, 0, |r| r.truncate(20)),
            &[1, 2, 3],
            vec![(None, Some(0), "gzip member")],
        ),
        case(
            "the length is wrong inside",
            with(&records, 2, |r| {
                *r = gzip(
                    &[
                        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n".to_vec(),
                        b"HTTP/1.1 200 OK\r\n\r\nx\r\n\r\n".to_vec(),
                    ]
                    .concat(),
                );
            }),
            &[1, 3],
            vec![(Some(3), Some(at[2]), "length")],
        ),
    ]);
}

/// A feed of three items, one of them changed, and where each begins.
fn feed(items: &[String; 3]) -> (String, [usize; 3]) {
    let head = "<?xml version=\"1.0\"?><rss><channel><title>Gazette</title>";
    let at = [head.len(), head.len() + items[0].len(), head.len() + items[0].len() + items[1].len()];
    (format!("{head}{}</channel></rss>", items.concat()), at)
}

fn item(number: usize) -> String {
    format!("<item><title>Envoys</title><description>{}</description></item>", words(number))
}

#[test]
fn feeds() {
    let second = |what: &'static str, second: String, problem: &'static str| {
        let (feed, at) = feed(&[item(1), second, item(3)]);
        case(what, feed, &[1, 3], vec![(Some(2), Some(at[1]), problem)])
    };
    let (sound, at) = feed(&[item(1), item(2), item(3)]);
    let cut = |at: usize| sound[..at].to_owned();
    check(&[
        second("an item that is not closed", item(2).replace("</item>", ""), "not closed"),
        second("tags that cross", item(2).replace("</description>", "</title>"), "not well-formed"),
        second("an entity of the file's own", item(2).replace("fish", "&boom;"), "&boom;"),
        second("an entity of the system", item(2).replace("fish", "&xxe;"), "&xxe;"),
        second("a bare ampersand", item(2).replace("fish", "fish & salt"), "not well-formed"),
        second("an attribute without quotes", item(2).replace("<title>", "<link href=x>"), "not well-formed"),
        second("a child that is not closed", item(2).replace("</description>", ""), "not well-formed"),
        second("a character no text has", item(2).replace("fish", "&#x110000;"), "not well-formed"),
        second("nested too deep", format!("<item>{}</item>", "<a>".repeat(500)), "deeper"),
        second("an empty item", "<item><guid>1</guid></item>".into(), "neither title nor text"),
        second(
            "an item over the limit",
            format!("<item><description>{}</description></item>", "x".repeat(300_000)),
            "not closed",
        ),
        second(
            "a CDATA section without end",
            item(2).replace("<description>", "<description><![CDATA["),
            "not closed",
        ),
        case(
            "cut off in an item",
            cut(at[2] + 60),
            &[1, 2],
            vec![(Some(3), Some(at[2]), "not closed"), (Some(3), Some(at[2] + 60), "cut off")],
        ),
        case("cut off between items", cut(at[2]), &[1, 2], vec![(Some(2), Some(at[2]), "cut off")]),
        case("cut off before the first", cut(at[0]), &[], vec![(Some(1), Some(at[0]), "cut off")]),
    ]);
}

#[test]
fn entities_are_never_expanded() {
    let laughs = (1..10).fold("<!ENTITY l0 \"ha\">".to_owned(), |all, n| {
        format!("{all}<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))
    });
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [{laughs}<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss><channel>{}{}</channel></rss>",
        item(1).replace("fish", "&l9; &f;"),
        item(2)
    );
    let read = read_with(feed.as_bytes(), &options());
    assert_eq!(islands(&read), [2]);
    assert!(problems(&read)[0].reason.contains("&l9;"));
}

#[test]
fn petrarch_files() {
    let sentence = |number: usize| {
        format!(
            "<Sentence date=\"20240305\" id=\"S{number}_1\" source=\"X\" sentence=\"True\"><Text>{}</Text></Sentence>",
            words(number)
        )
    };
    let file = |second: String| format!("<Sentences>{}{second}{}</Sentences>", sentence(1), sentence(3));
    let at = "<Sentences>".len() + sentence(1).len();
    let second =
        |what, second: String, problem| case(what, file(second), &[1, 3], vec![(Some(2), Some(at), problem)]);
    let sound = file(sentence(2));
    let third = at + sentence(2).len();
    check(&[
        second("no date", sentence(2).replace("date=\"20240305\"", ""), "no date"),
        second("an empty date", sentence(2).replace("20240305", " "), "no date"),
        second("a date of no calendar", sentence(2).replace("20240305", "20240231"), "could not be read"),
        second("a date of another age", sentence(2).replace("20240305", "00000000"), "could not be read"),
        second("no text", sentence(2).replace("<Text>", "<Words>").replace("</Text>", "</Words>"), "no text"),
        second("an empty text", "<Sentence date=\"20240305\"><Text> </Text></Sentence>".into(), "no text"),
        second("an entity", sentence(2).replace("fish", "&xxe;"), "&xxe;"),
        second("tags that cross", sentence(2).replace("</Text>", "</Parse>"), "not well-formed"),
        second("not closed", sentence(2).replace("</Sentence>", ""), "not closed"),
        second("an attribute twice", sentence(2).replace("source=\"X\"", "id=\"a\""), "not well-formed"),
        case(
            "cut off",
            &sound.as_bytes()[..third + 50],
            &[1, 2],
            vec![(Some(3), Some(third), "not closed"), (Some(3), Some(third + 50), "cut off")],
        ),
    ]);
}

#[test]
fn json_lines() {
    let line = |number: usize| format!("{{\"id\": {number}, \"text\": \"{}\"}}\n", words(number));
    let at = line(1).len();
    let second = |what, second: Vec<u8>, problem| {
        case(
            what,
            [line(1).into_bytes(), second, line(3).into_bytes()].concat(),
            &[1, 3],
            vec![(Some(2), Some(at), problem)],
        )
    };
    let long = format!("{{\"text\": \"{}\"}}\n", "x".repeat(10_000_000));
    check(&[
        second("no JSON", b"not json\n".to_vec(), "not JSON"),
        second("cut off", b"{\"id\": 2, \"text\": \"The envoys\n".to_vec(), "not JSON"),
        second("a list", b"[1, 2]\n".to_vec(), "not JSON"),
        second("a comma too much", b"{\"text\": \"x\",}\n".to_vec(), "not JSON"),
        second("two objects in a line", b"{\"text\": \"x\"}{\"text\": \"y\"}\n".to_vec(), "not JSON"),
        second("no number", b"{\"text\": \"x\", \"value\": NaN}\n".to_vec(), "not JSON"),
        second("no text", b"{\"id\": 2, \"words\": \"x\"}\n".to_vec(), "id, words"),
        second("an empty text", b"{\"text\": \"  \"}\n".to_vec(), "no field known"),
        second("a text that is null", b"{\"text\": null}\n".to_vec(), "no field known"),
        second("10 MB in a line", long.into_bytes(), "more than the 200000 bytes"),
        second(
            "nested without measure",
            format!("{{\"text\": {}\n", "[".repeat(100_000)).into_bytes(),
            "not JSON",
        ),
        second("half a character", b"{\"text\": \"\\ud800\"}\n".to_vec(), "not JSON"),
        second("bytes of no charset", b"\xff\xfe\xfd\0\x01\n".to_vec(), "not JSON"),
        second("marks only", b"{\"text\": \"\\u0000\\u0007\"}\n".to_vec(), "no running text"),
    ]);
}

#[test]
fn json_arrays() {
    let one = |number: usize| format!("{{\"id\": {number}, \"text\": \"{}\"}}", words(number));
    let file = |second: &str| format!("[\n{},\n{second},\n{}\n]\n", one(1), one(3));
    let at = 2 + one(1).len() + 2;
    let second =
        |what, second: &str, problem| case(what, file(second), &[1, 3], vec![(Some(2), Some(at), problem)]);
    let sound = file(&one(2));
    let third = at + one(2).len() + 2;
    check(&[
        second("a comma too much", "{\"text\": \"x\",}", "not JSON"),
        second("a number", "17", "not JSON"),
        second("null", "null", "not JSON"),
        second("no text", "{\"words\": 1}", "words"),
        second("single quotes", "{'text': 1}", "not JSON"),
        second("a list", "[{\"text\": \"x\"}]", "not JSON"),
        second("no colon", "{\"text\" \"x\"}", "not JSON"),
        second("a word", "undefined", "not JSON"),
        second("NaN", "{\"text\": NaN}", "not JSON"),
        second(
            "an object over the limit",
            &format!("{{\"text\": \"{}\"}}", "x".repeat(300_000)),
            "does not end",
        ),
        case(
            "cut off in an object",
            &sound.as_bytes()[..third + 20],
            &[1, 2],
            vec![(Some(3), Some(third), "does not end"), (Some(4), Some(third + 20), "cut off")],
        ),
        case(
            "cut off between objects",
            &sound.as_bytes()[..third],
            &[1, 2],
            vec![(Some(3), Some(third), "cut off")],
        ),
    ]);
}

#[test]
fn tables() {
    let row = |number: usize| format!("{number},2024-03-05,{}\n", words(number));
    let head = "id,date,text\n";
    let at = head.len() + row(1).len();
    let second = |what, second: Vec<u8>, problem| {
        let bytes = [head.as_bytes(), row(1).as_bytes(), &second, row(3).as_bytes()].concat();
        case(what, bytes, &[1, 3], vec![(Some(2), Some(at), problem)])
    };
    let open = format!("2,2024-03-05,\"an open quote\n{}", row(4));
    let open = [head, &row(1), &open, &row(3)].concat();
    let long = format!("2,2024-03-05,\"{}\"\n", "x".repeat(300_000));
    check(&[
        second("a cell too few", b"2,2024-03-05\n".to_vec(), "2 cells"),
        second("a cell too many", b"2,2024-03-05,a,b\n".to_vec(), "4 cells"),
        second("one word", b"garbage\n".to_vec(), "1 cells"),
        second("no text", b"2,2024-03-05,\n".to_vec(), "no text"),
        second("a text that is NA", b"2,2024-03-05,NA\n".to_vec(), "no text"),
        second("white space", b"2,2024-03-05,\"  \"\n".to_vec(), "no text"),
        second("a row over the limit", long.into_bytes(), "does not end"),
        second("thousands of cells", [b"x,".repeat(9000), b"\n".to_vec()].concat(), "does not end"),
        second("zeros", b"\0\0\0\n".to_vec(), "1 cells"),
        second("marks only", b"2,2024-03-05,\x01\x02\n".to_vec(), "no running text"),
        case(
            "a quote left open",
            [open.as_bytes(), b"5,2024-03-05,x \"y\" z,more\n"].concat(),
            &[1, 4, 3],
            vec![(Some(2), Some(at), "cells"), (Some(5), Some(open.len()), "4 cells")],
        ),
    ]);
}

#[test]
fn zip_files() {
    let zip = || {
        Zip::of(&[("1", words(1).into_bytes()), ("2", words(2).into_bytes()), ("3", words(3).into_bytes())])
    };
    let sound = zip().bytes();
    let find = |needle: &[u8], from: usize| {
        from + sound[from..].windows(needle.len()).position(|at| at == needle).unwrap()
    };
    let at = find(b"PK\x03\x04", 4);
    let named = |name: &str| {
        let mut zip = zip();
        zip.entries[1].0 = name.into();
        zip.bytes()
    };
    let second =
        |what, bytes: Vec<u8>, problem| case(what, bytes, &[1, 3], vec![(Some(2), Some(at), problem)]);
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = sound.clone();
        change(&mut bytes);
        bytes
    };
    let whole = |what, bytes: Vec<u8>, problem| case(what, bytes, &[], vec![(None, None, problem)]);
    let file = |what, bytes: Vec<u8>, problem| case(what, bytes, &[1, 3], vec![(None, Some(0), problem)]);
    let bomb =
        Zip::of(&[("1", words(1).into_bytes()), ("x", vec![b'x'; 30_000_000]), ("3", words(3).into_bytes())]);
    check(&[
        second("a name that leads out", named("../../etc/passwd"), "leads out"),
        second("a name from the root", named("/etc/passwd"), "leads out"),
        second("a name with a zero", named("a\0b"), "leads out"),
        case(
            "encrypted",
            Zip { flags: 1, ..zip() }.bytes(),
            &[],
            vec![
                (Some(1), Some(0), "encrypted"),
                (Some(2), Some(at), "encrypted"),
                (Some(3), Some(find(b"PK\x03\x04", at + 4)), "encrypted"),
            ],
        ),
        file("a byte changed", changed(&|bytes| bytes[at + 31 + 30] ^= 0x55), "damaged zip entry"),
        second("a header overwritten", changed(&|bytes| bytes[at..at + 4].fill(0)), "damaged zip entry"),
        whole("cut off", sound[..sound.len() - 30].to_vec(), "damaged zip file"),
        whole("only the beginning", sound[..40].to_vec(), "damaged zip file"),
        case(
            "longer than it says",
            Zip { size: Some(10), ..zip() }.bytes(),
            &[],
            vec![(None, Some(0), "longer"), (None, Some(0), "longer"), (None, Some(0), "longer")],
        ),
        case(
            "shorter than it says",
            Zip { size: Some(1000), ..zip() }.bytes(),
            &[],
            vec![(None, Some(0), "cut off"), (None, Some(0), "cut off"), (None, Some(0), "cut off")],
        ),
        case("a bomb", bomb.bytes(), &[1], vec![(Some(2), Some(at), "unpacks to more")]),
        case(
            "a method not read",
            Zip { method: 12, ..Zip::of(&[("1", words(1).into_bytes())]) }.bytes(),
            &[],
            vec![(Some(1), Some(0), "method")],
        ),
    ]);
}

#[test]
fn packed_text() {
    let lines = |numbers: std::ops::Range<usize>| -> Vec<u8> {
        numbers.flat_map(|number| format!("{{\"text\": \"{}\"}}\n", words(number)).into_bytes()).collect()
    };
    let (one, two) = (lines(1..2), lines(2..3));
    let gz = [gzip(&one), gzip(&two)].concat();
    let zs = [zstd(&one), zstd(&two)].concat();
    let (half_gz, half_zs) = (gzip(&one).len(), zstd(&one).len());
    let nested = (0..5).fold(words(1).into_bytes(), |bytes, _| gzip(&bytes));
    let changed = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 0x55;
        bytes
    };
    check(&[
        case("gzip cut off", &gz[..gz.len() - 20], &[1], vec![(Some(2), Some(half_gz), "cut off")]),
        case("gzip cut off at once", &gz[..15], &[], vec![(None, Some(0), "cut off")]),
        case(
            "gzip without checksum",
            &gz[..gz.len() - 3],
            &[1, 2],
            vec![(Some(3), Some(half_gz), "cut off")],
        ),
        case(
            "a wrong checksum",
            changed(&gz, gz.len() - 7),
            &[1, 2],
            vec![(Some(3), Some(half_gz), "checksum")],
        ),
        case(
            "garbage behind gzip",
            [&gz[..], b"garbage"].concat(),
            &[1, 2],
            vec![(Some(3), Some(gz.len()), "no gzip header")],
        ),
        case("packed too often", nested, &[], vec![(None, None, "packed more than 3 times")]),
        case("a gzip bomb", gzip(&vec![b' '; 30_000_000]), &[], vec![(None, Some(0), "unpacks to more")]),
        case("a zstd bomb", zstd(&vec![b'x'; 30_000_000]), &[], vec![(None, Some(0), "unpacks to more")]),
        case("zstd cut off", &zs[..zs.len() - 10], &[1], vec![(Some(2), Some(half_zs), "zstd")]),
        case(
            "zstd with a bad head",
            [&zs[..half_zs], b"\x28\xb5\x2f\xfd\xff\xff"].concat(),
            &[1],
            vec![(Some(2), Some(half_zs), "zstd")],
        ),
        case(
            "garbage behind zstd",
            [&zs[..], b"garbage"].concat(),
            &[1, 2],
            vec![(Some(3), Some(zs.len()), "zstd")],
        ),
    ]);
}
