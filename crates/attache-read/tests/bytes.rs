//! No bytes make the reader panic, run on without end, or give an answer that hangs on chance.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod make;

use attache_read::{Limits, Options};
use make::{Zip, found, gzip, warc, words, zstd};
use proptest::prelude::*;

fn options() -> Options {
    let limits = Limits { record: 20_000, slack: 100_000, ..Limits::default() };
    Options { limits, ..Options::default() }
}

/// Reads everything, twice; how many documents there are is bounded by the bytes.
fn read(bytes: &[u8]) {
    let told = || -> Vec<String> {
        found(bytes, &options())
            .into_iter()
            .map(|found| match found.map(|document| (document.name(), document.report(&options()))) {
                Ok((name, Ok(report))) => format!("{name}: {}", report.id),
                Ok((_, Err(problem))) | Err(problem) => problem.to_string(),
            })
            .collect()
    };
    let first = told();
    assert!(first.len() <= bytes.len() * 4 + 4, "{} answers", first.len());
    assert_eq!(first, told());
}

/// One sound file of each format.
fn sound() -> Vec<Vec<u8>> {
    let records = warc(1..4);
    let lines: String = (1..4).map(|n| format!("{{\"id\": {n}, \"text\": \"{}\"}}\n", words(n))).collect();
    let item = |n: usize| {
        format!(
            "<item><title>T</title><link href='x'/><description><![CDATA[<p>{}</p>]]></description></item>",
            words(n)
        )
    };
    let sentence = |n: usize| {
        format!("<Sentence date=\"20240305\" id=\"S_{n}\"><Text>{} &amp;</Text></Sentence>", words(n))
    };
    let table: String = (1..4).map(|n| format!("{n};2024-03-05;\"{}\"\n", words(n))).collect();
    vec![
        records.concat(),
        records.iter().flat_map(|record| gzip(record)).collect(),
        gzip(&records.concat()),
        lines.clone().into_bytes(),
        zstd(lines.as_bytes()),
        format!("{{\"items\": [{}]}}", lines.trim().replace('\n', ",")).into_bytes(),
        format!("<rss><channel>{}{}</channel></rss>", item(1), item(2)).into_bytes(),
        format!("<Sentences>{}{}</Sentences>", sentence(1), sentence(2)).into_bytes(),
        format!("id;date;text\n{table}").into_bytes(),
        Zip::of(&[("a", words(1).into_bytes()), ("b.gz", gzip(lines.as_bytes()))]).bytes(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Sound files with bytes changed, cut out and put in.
    #[test]
    fn damaged_files(
        which in 0usize..10,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..4, 0usize..60), 1..6),
    ) {
        let mut bytes = sound().swap_remove(which);
        for (at, byte, what, count) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + count).min(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => bytes.truncate(at),
                _ => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
            }
        }
        read(&bytes);
    }

    /// Random bytes behind the beginnings of every format.
    #[test]
    fn any_bytes(
        start in prop::sample::select(vec![
            &b""[..], b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PAR1", b"WARC/1.0\r\n", b"<rss><item>", b"<feed><entry>",
            b"<Sentences><Sentence date='20240305'>", b"{\"text\": \"", b"[{", b"[{\"text\": \"a\"},", b"text,date\n", b"{\"items\": [{", b"\xff\xfe{\0\"\0",
            b"PK\x05\x06",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        read(&[start, &bytes].concat());
    }

    /// Pieces of markup and JSON in any order.
    #[test]
    fn any_pieces(pieces in prop::collection::vec(prop::sample::select(vec![
        "<rss>", "<item>", "</item>", "<entry>", "</entry>", "<![CDATA[", "]]>", "<!--", "-->", "<title>", "</title>", "&amp;", "&x;", "&#0;", "</rss>",
        "<Sentences>", "<Sentence date='20240305' id='a_1'>", "<Text>", "</Text>", "</Sentence>", "{", "}", "[", "]", "\"", "\\", ",", ":", "\"text\"",
        "\"items\"", "\n", "\r\n", "text,date,url\n", "\t", ";", "WARC/1.0\r\n", "Content-Length: 3\r\n", "Content-Length: 99999999999999999999\r\n",
        "WARC-Type: response\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked\r\n", "fffffffffffffff\r\n", "words", "é", "\0",
    ]), 0..60)) {
        read(pieces.concat().as_bytes());
    }
}

/// Files made so that each byte asks for as much work as it can.
#[test]
fn files_that_ask_for_much_work_end_soon() {
    let start = std::time::Instant::now();
    for piece in [
        "<rss><item><![CDATA[",
        "<rss><!--",
        "<rss><item>",
        "{\"text\": \"\n",
        "[{\"text\": \"x, {",
        "text,date\n\"",
        "WARC/1.0\r\nContent-Length: 19000\r\n\r\n",
        "<rss><item><a ",
        "[[{",
        "<Sentences><Sentence ",
        "WARC/1.0\r\n",
    ] {
        let (first, rest) = piece.split_once('>').filter(|_| piece.starts_with('<')).unwrap_or(("", piece));
        let first = if first.is_empty() { String::new() } else { format!("{first}>") };
        let begun = std::time::Instant::now();
        read(format!("{first}{}", rest.repeat(20_000)).as_bytes());
        assert!(begun.elapsed().as_secs() < 30, "{piece:?} took {:?}", begun.elapsed());
    }
    let fake: Vec<u8> = [
        &gzip(&warc(1..2).concat())[..40],
        &b"\x1f\x8b\x08\0\0\0\0\0\0\0\x01\x05\0\xfa\xffWARC/".repeat(40_000),
    ]
    .concat();
    read(&fake);
    assert!(start.elapsed().as_secs() < 180, "took {:?}", start.elapsed());
}
