//! The malformed and older files in use, with rows of our own invention: read all the same.

mod common;

use attache_code::{EventType, Quad};
use attache_store::exchange::{Cause, Codes, Format, sniff};
use common::{codes, events, read, read_all, write};
use jiff::civil::date;

const POLECAT: &str = include_str!("fixtures/polecat.txt");
const ICEWS: &str = include_str!("fixtures/icews.tab");

#[test]
fn polecat_with_a_header_of_excess_names() {
    let codes = codes();
    let clean = read_all(Format::Polecat, POLECAT.as_bytes(), &codes);
    // The names are there, the cells are not.
    let header = POLECAT.replacen("\tVersion\n", "\tVersion\tHeadline\n", 1);
    assert_eq!(read_all(Format::Polecat, header.as_bytes(), &codes), clean);
    // The cells are there too, and stand in the middle.
    let both: String = POLECAT
        .lines()
        .enumerate()
        .map(|(index, line)| {
            let mut cells: Vec<&str> = line.split('\t').collect();
            cells.insert(35, if index == 0 { "Headline" } else { "A headline" });
            cells.join("\t") + "\n"
        })
        .collect();
    assert_eq!(read_all(Format::Polecat, both.as_bytes(), &codes), clean);
    assert_eq!(sniff(both.as_bytes()), Some(Format::Polecat));
}

#[test]
fn polecat_with_extra_tabs_other_names_and_no_header() {
    let codes = codes();
    let clean = read_all(Format::Polecat, POLECAT.as_bytes(), &codes);
    let tabs = POLECAT.replace('\n', "\t\t\t\t\n");
    assert_eq!(read_all(Format::Polecat, tabs.as_bytes(), &codes), clean);
    let renamed = POLECAT.replacen("\tIntensity\t", "\tEvent Intensity\t", 1).replace('\n', "\r\n");
    assert_eq!(read_all(Format::Polecat, renamed.as_bytes(), &codes), clean);
    let (_, bare) = POLECAT.split_once('\n').unwrap();
    assert_eq!(read_all(Format::Polecat, bare.as_bytes(), &codes), clean);
    assert_eq!(sniff(bare.as_bytes()), Some(Format::Polecat));
}

#[test]
fn polecat_in_latin_1_with_utf_8_among_it() {
    let codes = codes();
    let clean = read_all(Format::Polecat, POLECAT.as_bytes(), &codes);
    let mut bytes = POLECAT.as_bytes().to_vec();
    let at = bytes.windows(5).position(|window| window == "Inés".as_bytes()).unwrap();
    // The name is in Latin-1, its raw form stays in UTF-8.
    bytes.splice(at..at + 5, *b"In\xE9s");
    let at = bytes.windows(8).position(|window| window == "Márquez".as_bytes()).unwrap();
    bytes.splice(at..at + 8, *b"M\xE1rquez");
    assert_eq!(read_all(Format::Polecat, &bytes, &codes), clean);
}

#[test]
fn older_labels_are_read_and_never_written() {
    let codes = codes();
    let cells = |label: &str, mode: &str| {
        let mut cells = vec!["None"; 40];
        cells[..7].copy_from_slice(&[
            "s1_x",
            "2019-05-04",
            label,
            mode,
            "-1.5",
            "MATERIAL CONFLICT",
            "pro-democracy",
        ]);
        cells.join("\t") + "\n"
    };
    let header = POLECAT.split_once('\n').unwrap().0;
    let labels = [
        ("DEMAND", "assist", EventType::Request, Some("assist")),
        ("YIELD", "None", EventType::Retreat, None),
        ("DISAPPROVE", "None", EventType::Accuse, Some("disapprove")),
        ("FIGHT", "assassinate", EventType::Assault, Some("targeted")),
    ];
    for (label, mode, kind, expected) in labels {
        let file = format!("{header}\n{}", cells(label, mode));
        let event = read_all(Format::Polecat, file.as_bytes(), &codes).remove(0);
        assert_eq!((event.kind, event.mode.first().map(String::as_str)), (kind, expected), "{label}");
        assert_eq!(
            (event.quad, event.contexts.as_slice()),
            (Quad::MaterialConflict, &["pro_democracy".to_owned()][..])
        );
        for (format, _) in Format::ALL.into_iter().filter(|(format, _)| *format != Format::Parquet) {
            let (bytes, _) = write(format, std::slice::from_ref(&event), &codes);
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains(label), "{label} in {text}");
        }
    }
    let mut line: serde_json::Value = serde_json::to_value(&events()[1]).unwrap();
    line["type"] = "FIGHT".into();
    let event = read_all(Format::Jsonl, line.to_string().as_bytes(), &codes).remove(0);
    assert_eq!(event.kind, EventType::Assault);
}

#[test]
fn icews_of_other_years_and_of_the_r_package() {
    let codes = codes();
    let clean = read_all(Format::Icews, ICEWS.as_bytes(), &codes);
    let american = ICEWS.replace("2026-02-03", "2/3/2026").replace("\tNA", "\t");
    assert_eq!(read_all(Format::Icews, american.as_bytes(), &codes), clean);
    let (header, rows) = ICEWS.split_once('\n').unwrap();
    let header = header.to_lowercase().replace(' ', "_") + "\tyear\tyearmonth\tsource_file";
    let rows: String = rows.lines().map(|row| format!("{row}\t2026\t202602\tx.tab\n")).collect();
    assert_eq!(read_all(Format::Icews, format!("{header}\n{rows}").as_bytes(), &codes), clean);
    // The same id twice, far apart: two events.
    let twice = format!("{ICEWS}{}\n", ICEWS.lines().nth(1).unwrap());
    assert_eq!(read_all(Format::Icews, twice.as_bytes(), &codes).len(), clean.len() + 1);
}

#[test]
fn plain_statements_are_no_damage() {
    let codes = codes();
    let statement = ICEWS.replacen("\t042\t", "\t010\t", 1);
    let seen = read(Format::Icews, statement.as_bytes(), &codes);
    let problem = seen[0].as_ref().unwrap_err();
    assert_eq!((problem.record, problem.cause), (1, Cause::NoEvent));
    assert!(seen[1..].iter().all(Result::is_ok));
    // Number columns lose the zero in front.
    let stripped = ICEWS.replacen("\t042\t", "\t42\t", 1);
    assert_eq!(read_all(Format::Icews, stripped.as_bytes(), &codes)[0].cameo, "042");
}

#[test]
fn a_header_without_needed_columns_is_said_once() {
    let codes = codes();
    let file = ICEWS.replacen("CAMEO Code", "Code", 1);
    let seen = read(Format::Icews, file.as_bytes(), &codes);
    assert_eq!(seen.len(), 1);
    let problem = seen[0].as_ref().unwrap_err();
    assert!(problem.what.contains("CAMEO Code") && problem.cause == Cause::Broken, "{problem}");
}

#[test]
fn gdelt_before_addresses_has_57_columns() {
    let codes = codes();
    let text = include_str!("fixtures/gdelt1.CSV");
    let clean = read_all(Format::Gdelt1, text.as_bytes(), &codes);
    let old: String = text.lines().map(|line| line.rsplit_once('\t').unwrap().0.to_owned() + "\n").collect();
    let mut expected = clean;
    expected.iter_mut().for_each(|event| event.report.url = None);
    assert_eq!(read_all(Format::Gdelt1, old.as_bytes(), &codes), expected);
    assert_eq!(sniff(old.as_bytes()), Some(Format::Gdelt1));
}

#[test]
fn gdelt_places_are_in_fips() {
    let codes = codes();
    for (fips, iso) in
        [("CH", "CHN"), ("UK", "GBR"), ("RS", "RUS"), ("RI", "SRB"), ("GZ", "PSE"), ("KV", "KOS")]
    {
        assert_eq!(codes.country_of_fips(fips), Some(iso));
    }
    assert_eq!((codes.cameo_country("ROU"), codes.country_of_cameo("ROM")), ("ROM", Some("ROU")));
    assert_eq!((codes.cow("USA"), codes.country_of_cow("2")), ("2", Some("USA")));
}

#[test]
fn petrarch_tails_of_every_length() {
    let codes = codes();
    let head = "20260203\tPERGOV\tECU\t042\tDIPLOMATIC,1\tr1_1;r1_2";
    for (tail, url, text, sentence, name) in [
        ("\tAFP", false, "", "", "PERGOV"),
        ("\thttp://news.example/1\tAFP", true, "", "", "PERGOV"),
        ("\tAFP\tthe minister\tEcuador", false, "the minister", "", "PERGOV"),
        ("\thttp://news.example/1\tAFP\tthe minister\t---", true, "the minister", "", "PERGOV"),
        ("\tAFP\tvisited", false, "", "visited", "PERGOV"),
        ("\tAFP\tthe minister\tEcuador\tvisited", false, "the minister", "visited", "PERGOV"),
        (
            "\tAFP\tthe minister\tEcuador\tvisited\tPERU_MIN\tECUADOR",
            false,
            "the minister",
            "visited",
            "PERU_MIN",
        ),
        (
            "\thttp://n.example\tAFP\tthe minister\tEcuador\tvisited\tPERU_MIN\tECUADOR",
            true,
            "the minister",
            "visited",
            "PERU_MIN",
        ),
    ] {
        let line = format!("{head}{tail}\n");
        assert_eq!(sniff(line.as_bytes()), Some(Format::Petrarch), "{line}");
        let event = read_all(Format::Petrarch, line.as_bytes(), &codes).remove(0);
        assert_eq!(event.date, Some(date(2026, 2, 3)));
        assert_eq!(event.report.publisher.as_deref(), Some("AFP"), "{line}");
        assert_eq!((event.report.url.is_some(), event.report.id.as_str()), (url, "r1_1"), "{line}");
        let actor = &event.actor[0];
        assert_eq!((actor.text.as_str(), actor.name.as_str()), (text, name), "{line}");
        assert_eq!(event.evidence.sentence, sentence, "{line}");
    }
}

#[test]
fn plover_records_of_2016_in_one_array() {
    let codes = codes();
    let array = r#"[
      {"id": "G-1", "date": "2016-05-04", "event": "YIELD", "mode": "return",
       "source": [{"actorText": "the junta", "code": "FJI", "sector": "MIL"}],
       "target": {"actorText": "Tongan fishers", "code": "TON", "sector": ["LAB", "CVL"]},
       "eventText": "released", "eventLoc": {"lat": -18.1, "lon": 178.4, "country": "Fiji"},
       "text": "A text with } and ] in it.", "dead": 2, "size": {"injured": 1}},
      {"id": "G-2", "date": "2016-05-05", "event": ["DEMAND"], "actor": [{"raw_text": "unions", "country_name": "Fiji",
       "sector_code": "LAB", "other_sector_codes": ["SOC"]}]},
      {"id": "G-3", "date": "soon", "event": "AID"}
    ]"#;
    assert_eq!(sniff(array.as_bytes()), Some(Format::Plover));
    let seen = read(Format::Plover, array.as_bytes(), &codes);
    let first = seen[0].as_ref().unwrap();
    assert_eq!((first.kind, first.mode.as_slice()), (EventType::Retreat, &["release".to_owned()][..]));
    assert_eq!(first.actor[0].country.as_deref(), Some("FJI"));
    assert_eq!(first.recipient[0].sectors, ["LAB", "CVL"]);
    let magnitude = first.magnitude.as_ref().unwrap();
    assert_eq!((magnitude.dead, magnitude.injured), (Some(2), Some(1)));
    assert_eq!(first.place.as_ref().unwrap().country.as_deref(), Some("FJI"));
    let second = seen[1].as_ref().unwrap();
    assert_eq!(
        (second.kind, second.actor[0].sectors.as_slice()),
        (EventType::Request, &["LAB".into(), "SOC".into()][..])
    );
    let third = seen[2].as_ref().unwrap_err();
    assert_eq!((third.record, third.byte as usize), (3, array.find("{\"id\": \"G-3\"").unwrap()));
}

#[test]
fn a_quotation_mark_left_open_costs_one_csv_record() {
    let codes = codes();
    let (bytes, _) = write(Format::Csv, &events(), &codes);
    let text = String::from_utf8(bytes).unwrap();
    let broken = text.replacen("00000000000000aa,", "\"00000000000000aa,", 1);
    let seen = read(Format::Csv, broken.as_bytes(), &codes);
    assert_eq!(seen.iter().filter(|seen| seen.is_ok()).count(), 5);
    assert_eq!(seen.iter().find_map(|seen| seen.as_ref().err()).unwrap().record, 3);
    // A few columns, in any order, are enough.
    let few = "type,actor_country,id,date\nDEMAND,FJI,7,2020-01-02\n";
    let event = read_all(Format::Csv, few.as_bytes(), &codes).remove(0);
    assert_eq!((event.kind, event.actor[0].country.as_deref()), (EventType::Request, Some("FJI")));
}

#[test]
fn the_crosswalk_goes_both_ways() {
    let codes: Codes = codes();
    let ontology = codes.ontology();
    let mut kept = 0;
    for kind in EventType::ALL {
        let modes = ontology.entry(kind).unwrap().modes.iter().map(|mode| Some(mode.name.as_str()));
        for mode in std::iter::once(None).chain(modes) {
            let cameo = codes.cameo_of(kind, mode);
            let (back, back_mode) = codes.plover_of(cameo).flatten().unwrap();
            // CAMEO has one root, yield, for what PLOVER parts into giving way in words and in deed.
            assert!(
                back == kind || (kind == EventType::Concede && cameo == "08"),
                "{kind:?} {mode:?} {cameo}"
            );
            kept += usize::from(back == kind && back_mode == mode);
        }
    }
    assert_eq!(kept, 67);
    assert_eq!(codes.plover_of("010"), Some(None));
    assert_eq!(codes.plover_of("999"), None);
}

#[test]
fn the_crosswalk_table_says_what_comes_back() {
    let codes = codes();
    let table = include_str!("../../../data/ontology/crosswalk.tsv");
    for row in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let kind = EventType::parse(cells[0]).unwrap();
        let mode = Some(cells[1]).filter(|mode| *mode != "-");
        assert!(mode.is_none_or(|mode| codes.ontology().is_mode(kind, mode)), "{row}");
        let (back, back_mode) = codes.plover_of(cells[2]).flatten().unwrap();
        let says = match (back == kind, back_mode == mode) {
            (true, true) => "yes",
            (true, false) => "type",
            _ => "no",
        };
        assert_eq!(cells[3], says, "{row}");
    }
}
