//! Sound streams of every format: what of them becomes reports.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod make;

use attache_read::{Options, documents, reports};
use attache_text::Report;
use jiff::civil::date;
use make::{Zip, answer, gzip, islands, page, problems, read, read_with, record, warc, words, zstd};
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

fn mapped(map: &str) -> Options {
    Options { map: map.parse().unwrap(), ..Options::default() }
}

/// The only report in some bytes.
fn only(bytes: &[u8]) -> Report {
    let mut read = read(bytes);
    assert_eq!(read.len(), 1, "{read:?}");
    read.remove(0).unwrap()
}

#[test]
fn warc_plain_and_gzipped() {
    let records = warc(1..4);
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let one_member = gzip(&records.concat());
    for bytes in [records.concat(), members, one_member, zstd(&records.concat())] {
        let read = read(&bytes);
        assert_eq!(islands(&read), [1, 2, 3]);
        assert!(problems(&read).is_empty());
        let first = read[0].as_ref().unwrap();
        assert_eq!(first.url.as_deref(), Some("https://news.example/1"));
        assert_eq!(first.title.as_deref(), Some("Envoys 1"));
        // The day it was fetched stands in for a published date, and says so.
        assert_eq!(first.published.as_ref().unwrap().date, date(2024, 3, 5));
        assert!(first.notes.iter().any(|note| note.contains("fetched")), "{:?}", first.notes);
    }
}

#[test]
fn warc_names_records_by_member() {
    let records = warc(1..3);
    let first = gzip(&records[0]);
    let bytes: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let found = make::found(&bytes, &Options::default());
    assert_eq!(found[0].as_ref().unwrap().name(), format!("file, record 2, byte {}", first.len()));
}

#[test]
fn warc_leaves_out_what_is_no_page() {
    let mut bytes = record("request", "https://a.example/", "application/http", b"GET / HTTP/1.1\r\n\r\n");
    let other = |status: &str, media: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\nx").into_bytes()
    };
    for content in
        [other("404 Not Found", "text/html"), other("200 OK", "image/png"), other("301 Moved", "text/html")]
    {
        bytes.extend(record("response", "https://a.example/", "application/http", &content));
    }
    bytes.extend(record("revisit", "https://a.example/", "application/http", b"HTTP/1.1 200 OK\r\n\r\n"));
    bytes.extend(record("conversion", "https://a.example/", "text/plain", words(7).as_bytes()));
    let read = read(&bytes);
    assert_eq!(islands(&read), [7]);
    assert_eq!(read.len(), 1);
}

#[test]
fn warc_believes_charsets_no_more_than_pages() {
    let spanish =
        "El señor Núñez llegó a Bogotá el miércoles, según la Cancillería, y pronto saldrá hacia la capital.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(spanish);
    for label in ["windows-1252", "big5", "utf-8", "no-such-charset"] {
        let mut content =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={label}\r\n\r\n<html><p>")
                .into_bytes();
        content.extend_from_slice(&bytes);
        let report = only(&record("response", "https://a.example/", "application/http", &content));
        assert_eq!(report.text, spanish, "{label}");
        assert_eq!(report.charset.by, if label == "windows-1252" { "http" } else { "detected" });
    }
}

const RSS: &str = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY bomb \"boom\">]><rss version=\"2.0\"><channel><title>The Strait Gazette</title>\
    <language>en-GB</language><item><title>Envoys &amp; fish</title><link>https://gazette.example/1</link>\
    <pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><guid>g1</guid><description>&lt;p&gt;W1&lt;/p&gt;</description></item>\
    <item><title>More</title><dc:creator>Ana Soto</dc:creator><description>short</description><content:encoded><![CDATA[<p>W2</p></item>]]></content:encoded>\
    <dc:date>2024-03-06</dc:date></item></channel></rss>";

#[test]
fn rss() {
    let feed = RSS.replace("W1", &words(1)).replace("W2", &words(2));
    let read = read(feed.as_bytes());
    assert_eq!(islands(&read), [1, 2], "{read:?}");
    let (first, second) = (read[0].as_ref().unwrap(), read[1].as_ref().unwrap());
    assert_eq!(first.title.as_deref(), Some("Envoys & fish"));
    assert_eq!(first.url.as_deref(), Some("https://gazette.example/1"));
    assert_eq!(first.publisher.as_deref(), Some("The Strait Gazette"));
    assert_eq!(first.declared_language.as_deref(), Some("en"));
    assert_eq!(first.given_id.as_deref(), Some("g1"));
    assert_eq!(first.published.as_ref().unwrap().date, date(2024, 3, 5));
    assert_eq!(second.byline.as_deref(), Some("Ana Soto"));
    assert_eq!(second.published.as_ref().unwrap().date, date(2024, 3, 6));
}

#[test]
fn atom() {
    let feed = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Gazette</title><entry><id>https://g.example/1</id>\
         <title>Envoys</title><link rel=\"self\" href=\"https://g.example/self\"/><link href=\"https://g.example/a?b&amp;c\"/>\
         <author><name>Ana Soto</name></author><updated>2024-03-07T00:00:00Z</updated><published>2024-03-05T00:00:00Z</published>\
         <content type=\"xhtml\"><div><p>{}</p><p>Nobody signed.</p></div></content></entry></feed>",
        words(3)
    );
    let report = only(feed.as_bytes());
    assert_eq!(report.url.as_deref(), Some("https://g.example/a?b&c"));
    assert_eq!(report.byline.as_deref(), Some("Ana Soto"));
    assert_eq!(report.published.as_ref().unwrap().date, date(2024, 3, 5));
    assert!(report.text.contains(&format!("{}\n\nNobody signed.", words(3))), "{}", report.text);
}

#[test]
fn feeds_in_other_charsets() {
    let spanish = "El señor Núñez llegó a Bogotá el miércoles y añadió que habrá reunión mañana.";
    let feed = format!(
        "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><title>Señales</title><description>{spanish}</description></item></channel></rss>"
    );
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&feed);
    assert!(only(&latin).text.ends_with(spanish));
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(feed.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(only(&wide).text.ends_with(spanish));
}

#[test]
fn json_feed_and_answers_of_news_apis() {
    let feed = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Gazette\", \"items\": [\n{{\"id\": \"1\", \"url\": \"https://g.example/1\",\
         \"content_html\": \"<p>{}</p>\", \"date_published\": \"2024-03-05T10:00:00Z\"}},{{\"id\": 2, \"content_text\": \"{}\"}}]}}",
        words(1),
        words(2)
    );
    let read_feed = read(feed.as_bytes());
    assert_eq!(islands(&read_feed), [1, 2], "{read_feed:?}");
    assert_eq!(read_feed[1].as_ref().unwrap().publisher.as_deref(), Some("Gazette"));
    let api = format!(
        "{{\"status\":\"ok\",\"articles\":[{{\"source\":{{\"id\":null,\"name\":\"Gazette\"}},\"title\":\"Envoys\",\"publishedAt\":\"2024-03-05T10:00:00Z\",\"content\":\"{}\"}}]}}",
        words(1)
    );
    assert_eq!(only(api.as_bytes()).publisher.as_deref(), Some("Gazette"));
}

#[test]
fn json_of_news_please_and_ngec() {
    let pretty = format!(
        "{{\n    \"authors\": [\"Ana Soto\"],\n    \"date_publish\": \"2024-03-05 10:00:00\",\n    \"description\": \"A lead.\",\n    \
         \"language\": \"en\",\n    \"maintext\": \"{}\",\n    \"source_domain\": \"gazette.example\",\n    \"title\": \"Envoys agree\",\n    \
         \"url\": \"https://gazette.example/1\"\n}}\n",
        words(1)
    );
    let report = only(pretty.as_bytes());
    assert_eq!(report.text, format!("Envoys agree\n\n{}", words(1)));
    assert_eq!(
        (report.byline.as_deref(), report.publisher.as_deref()),
        (Some("Ana Soto"), Some("gazette.example"))
    );
    assert_eq!(report.published.unwrap().date, date(2024, 3, 5));
    let ngec = format!(
        "{{\"id\": \"20240305-7\", \"date\": \"2024-03-04\", \"pub_date\": \"2024-03-05\", \"event_text\": \"{}\", \"headline\": \"Envoys\", \"publisher\": \"Gazette\"}}\n",
        words(2)
    );
    let report = only(ngec.as_bytes());
    assert_eq!((report.given_id.as_deref(), report.title.as_deref()), (Some("20240305-7"), Some("Envoys")));
    assert_eq!(report.published.unwrap().date, date(2024, 3, 5));
}

#[test]
fn json_lines_with_a_map_and_doubled_keys() {
    let lines =
        format!("\u{feff}{{\"pub_date\": \"2024-03-05\", \"body\": \"x\", \"body\": \"{}\"}}\n\n", words(1));
    let read = read_with(lines.as_bytes(), &mapped("text=body,published=pub_date"));
    let report = read[0].as_ref().unwrap();
    assert_eq!((islands(&read), report.published.as_ref().unwrap().date), (vec![1], date(2024, 3, 5)));
    assert!(report.notes.iter().any(|note| note.contains("“body” stands twice")), "{:?}", report.notes);
    let nested = format!("[{{\"a\": {{\"b\": \"{}\"}}}}, {{\"a\": {{\"b\": \"{}\"}}}}]", words(1), words(2));
    assert_eq!(islands(&read_with(nested.as_bytes(), &mapped("text=a.b"))), [1, 2]);
}

#[test]
fn tables() {
    for (delimiter, map) in [(",", ""), (";", ""), ("\t", "")] {
        let table = ["id", "date", "text", "source"].join(delimiter)
            + "\r\n"
            + &[
                "7",
                "2024-03-05",
                &format!("\"{} \"\"Fish\"\" is all,\nnothing; else.\"", words(1)),
                "Gazette",
            ]
            .join(delimiter)
            + "\r\n\r\n"
            + &["8", "2024-03-06", &words(2), "NA"].join(delimiter);
        let read = read_with(table.as_bytes(), &mapped(map));
        assert_eq!(islands(&read), [1, 2], "{delimiter:?} {read:?}");
        let first = read[0].as_ref().unwrap();
        assert!(first.text.ends_with("\"Fish\" is all,\nnothing; else."), "{}", first.text);
        assert_eq!((first.given_id.as_deref(), first.publisher.as_deref()), (Some("7"), Some("Gazette")));
        assert_eq!(read[1].as_ref().unwrap().publisher, None);
    }
    let table = format!("when,what\n2024-03-05,{}\n", words(3));
    assert_eq!(islands(&read_with(table.as_bytes(), &mapped("text=what,published=when"))), [3]);
}

#[test]
fn petrarch_sentences_of_a_story_are_one_report() {
    let sentence = |id: &str, words: &str| {
        format!(
            "<Sentence date=\"20240305\" id=\"{id}\" source=\"AFP\" sentence=\"True\">\n<Text>\n{words}\n</Text>\n<Parse>(ROOT (S))</Parse>\n</Sentence>\n"
        )
    };
    let file = format!(
        "<Sentences>\n{}{}{}</Sentences>",
        sentence("STORY_1", &words(1)),
        sentence("STORY_2", "Nobody &amp; nothing else."),
        sentence("OTHER_1", &words(2))
    );
    let read = read(file.as_bytes());
    assert_eq!(islands(&read), [1, 2]);
    let first = read[0].as_ref().unwrap();
    assert_eq!(first.text, format!("{}\n\nNobody & nothing else.", words(1)));
    assert_eq!((first.given_id.as_deref(), first.publisher.as_deref()), (Some("STORY"), Some("AFP")));
    assert_eq!(first.published.as_ref().unwrap().date, date(2024, 3, 5));
}

#[test]
fn containers_in_containers() {
    let lines = format!("{{\"text\": \"{}\"}}\n", words(3));
    let zip = Zip::of(&[
        ("a/one.txt", words(1).into_bytes()),
        ("a/", Vec::new()),
        ("README.md", b"about".to_vec()),
        ("two.html.gz", gzip(page(2).as_bytes())),
        ("three.data", zstd(lines.as_bytes())),
    ]);
    let read = read(&zip.bytes());
    assert_eq!(islands(&read), [1, 2, 3], "{read:?}");
    assert_eq!(
        make::found(&zip.bytes(), &Options::default())[1].as_ref().unwrap().name(),
        "file/two.html.gz"
    );
    assert_eq!(islands(&make::read(&[zstd(words(1).as_bytes()), zstd(b" And more.")].concat())), [1]);
    let stored = Zip { method: 0, ..Zip::of(&[("x", words(4).into_bytes())]) };
    assert_eq!(islands(&make::read(&gzip(&stored.bytes()))), [4]);
}

#[test]
fn text_that_looks_like_data_stays_text() {
    for text in [
        "[Photo] The envoys of island 5 met, and { nothing } else.\n",
        "Text, date and place were known. The envoys of island 5 met, said the text.\n",
        "<3 of the envoys of island 5 met.\n",
        "{ The envoys of island 5 met }\n",
    ] {
        assert_eq!(islands(&read(text.as_bytes())), [5], "{text}");
    }
}

#[test]
fn folders_patterns_and_files_at_once() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("streams");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("in")).unwrap();
    fs::write(folder.join("in/a.txt"), words(1)).unwrap();
    fs::write(folder.join("in/b.bin"), gzip(&answer(2))).unwrap();
    fs::write(folder.join("c1.zip"), Zip::of(&[("x.txt", words(3).into_bytes())]).bytes()).unwrap();
    fs::write(folder.join("c2.jsonl"), format!("{{\"text\": \"{}\"}}\n", words(4))).unwrap();
    let paths = [folder.join("in"), folder.join("c*"), folder.join("none*"), folder.join("missing")];
    let read: Vec<_> = reports(&paths, &Options::default()).collect();
    assert_eq!(islands(&read), [1, 2, 3, 4]);
    let reasons: Vec<String> = problems(&read).iter().map(ToString::to_string).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert!(reasons[0].contains("none*: no file matches") && reasons[1].contains("missing: "), "{reasons:?}");
}

/// JSON lines without end, as a stream; counts how much of it was asked for.
struct Endless(usize, Vec<u8>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.is_empty() {
            self.0 += 1;
            self.1 = format!("{{\"text\": \"{}\"}}\n", words(self.0)).into_bytes();
        }
        let count = buffer.len().min(self.1.len());
        buffer[..count].copy_from_slice(&self.1[..count]);
        self.1.drain(..count);
        Ok(count)
    }
}

#[test]
fn streams_are_lazy() {
    let options = Options::default();
    let endless = attache_read::documents_in(Endless(0, Vec::new()), "endless", &options);
    let read: Vec<_> = endless.take(5000).collect();
    assert_eq!(read.len(), 5000);
    assert_eq!(read[4999].as_ref().unwrap().record(), Some(5000));
    // Nothing is opened before it is asked for.
    assert!(
        documents(&[PathBuf::from("missing-1"), PathBuf::from("missing-2")], &options)
            .next()
            .unwrap()
            .is_err()
    );
}
