//! Hostile text in, whole rows out: tabs, line ends of every kind, quotes, NUL, direction marks, formulas.

mod common;

use attache_code::Event;
use attache_store::exchange::{Codes, Format, sniff};
use common::{codes, events, read, write};
use proptest::prelude::*;
use std::sync::OnceLock;

fn shared() -> &'static Codes {
    static CODES: OnceLock<Codes> = OnceLock::new();
    CODES.get_or_init(codes)
}

const TABULAR: [(Format, usize, usize); 7] = [
    (Format::Polecat, 40, 1),
    (Format::Icews, 20, 1),
    (Format::Phoenix, 26, 0),
    (Format::Gdelt1, 58, 0),
    (Format::Gdelt2, 61, 0),
    (Format::GdeltMentions, 16, 0),
    (Format::Petrarch, 13, 0),
];

/// Text of the letters that break rows, among others.
fn hostile() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        "'",
        "\0",
        "\u{202E}",
        "\u{2066}",
        "\u{2028}",
        "\u{85}",
        "\u{B}",
        "\\",
        "|",
        ";",
        ",",
        "=1+1",
        "@SUM(A1)",
        "-2",
        "+3",
        "None",
        "NA",
        "---",
        "_",
        "\u{FEFF}",
        "é",
        "中",
        "\u{1b}[31m",
    ]);
    let part = prop_oneof![3 => nasty.prop_map(str::to_owned), 1 => "[a-z]{0,4}"];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// An invented event, its texts replaced.
fn event() -> impl Strategy<Value = Event> {
    (0..6_usize, prop::collection::vec(hostile(), 12)).prop_map(|(index, texts)| {
        let mut event = events()[index].clone();
        let mut next = texts.into_iter();
        let mut text = || next.next().unwrap_or_default();
        event.report.publisher = Some(text()).filter(|text| !text.is_empty());
        event.report.title = Some(text()).filter(|text| !text.is_empty());
        event.report.url = Some(text()).filter(|text| !text.is_empty());
        event.report.id = text();
        event.evidence.sentence = text();
        event.date_raw = Some(text()).filter(|text| !text.is_empty());
        for actor in event.actor.iter_mut().chain(&mut event.recipient) {
            actor.name = text();
            actor.text = text();
            actor.role = Some(text()).filter(|text| !text.is_empty());
        }
        if let Some(place) = &mut event.place {
            place.name = text();
            place.admin1 = Some(text()).filter(|text| !text.is_empty());
        }
        event
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rows_stay_whole(event in event()) {
        for (format, columns, header) in TABULAR {
            let (bytes, left) = write(format, std::slice::from_ref(&event), shared());
            let text = String::from_utf8(bytes.clone()).unwrap();
            let breaking = text.contains(['\0', '\r', '\u{202E}', '\u{2066}', '\u{2028}', '\u{85}', '\u{B}']);
            prop_assert!(!breaking, "{:?}", text);
            let rows: Vec<&str> = text.split('\n').collect();
            prop_assert_eq!(rows.last(), Some(&""));
            for row in &rows[..rows.len() - 1] {
                prop_assert_eq!(row.split('\t').count(), columns, "{:?}: {:?}", format, row);
                // No reader takes a cell for quoted that is not closed.
                for cell in row.split('\t').filter(|cell| cell.starts_with('"')) {
                    prop_assert!(format == Format::Polecat && cell.len() > 1 && cell.ends_with('"'));
                    prop_assert_eq!(cell.matches('"').count() % 2, 0);
                }
            }
            prop_assert_eq!(rows.len() - 1 > header, left.is_empty());
            if format != Format::GdeltMentions && left.is_empty() {
                let back = read(format, &bytes, shared());
                prop_assert!(back.iter().all(Result::is_ok), "{:?}: {:?}", format, back);
                prop_assert_eq!(back.len(), 1, "{:?}", format);
            }
        }
    }

    #[test]
    fn csv_gives_everything_back(event in event()) {
        let (bytes, _) = write(Format::Csv, std::slice::from_ref(&event), shared());
        let text = String::from_utf8(bytes.clone()).unwrap();
        let control = text.contains(['\0', '\u{1b}']);
        prop_assert!(!control, "{:?}", text);
        let back: Vec<Event> = read(Format::Csv, &bytes, shared()).into_iter().map(Result::unwrap).collect();
        let plain = |event: &Event| {
            let text = serde_json::to_string(event).unwrap();
            text.replace("\\u0000", " ").replace("\\u000b", " ").replace("\\u001b", " ")
        };
        prop_assert_eq!(back.len(), 1);
        prop_assert_eq!(plain(&back[0]), plain(&event));
    }

    #[test]
    fn json_gives_everything_back(event in event()) {
        let (bytes, _) = write(Format::Jsonl, std::slice::from_ref(&event), shared());
        let back: Vec<Event> = read(Format::Jsonl, &bytes, shared()).into_iter().map(Result::unwrap).collect();
        prop_assert_eq!(back, vec![event]);
    }

    #[test]
    fn spreadsheets_meet_no_formula(event in event()) {
        let (bytes, _) = write(Format::SpreadsheetCsv, std::slice::from_ref(&event), shared());
        let text = String::from_utf8(bytes).unwrap();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let header = rows.headers().unwrap().clone();
        for row in rows.records() {
            for (name, cell) in header.iter().zip(&row.unwrap()) {
                let number = cell.parse::<f64>().is_ok();
                let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\0']);
                prop_assert!(!formula || number, "{}: {:?}", name, cell);
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), lines in hostile()) {
        let mut input = bytes;
        input.extend(lines.as_bytes());
        let _ = sniff(&input);
        for (format, _) in Format::ALL {
            if !matches!(format, Format::Parquet | Format::GdeltMentions | Format::SpreadsheetCsv) {
                let _ = read(format, &input, shared());
            }
        }
    }
}
