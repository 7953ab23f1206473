//! Ten damaged inputs for each format: each is named by record and byte, and the rest is kept.

mod common;

use attache_store::exchange::{Cause, Codes, Format, read_mentions};
use common::{codes, events, read, write};

/// How a sound file is damaged: where, and what the message must say.
struct Damage {
    /// Changes the file's lines; the damaged record is the second.
    harm: fn(&mut Vec<Vec<u8>>),
    says: &'static str,
}

const fn damage(harm: fn(&mut Vec<Vec<u8>>), says: &'static str) -> Damage {
    Damage { harm, says }
}

/// Writes three events, damages the second of them, and looks at what is read.
fn check(format: Format, header: usize, damages: &[Damage]) {
    let codes = codes();
    assert!(damages.len() >= 10, "{format:?}");
    // One row each: of one actor and one recipient at most.
    let sound: Vec<_> = [0, 3, 5].map(|index| events()[index].clone()).into();
    let (bytes, _) = write(format, &sound, &codes);
    let whole = read(format, &bytes, &codes);
    assert!(whole.iter().all(Result::is_ok), "{format:?}: {whole:?}");
    for (index, damage) in damages.iter().enumerate() {
        let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        lines.pop();
        let from = header + 1;
        let mut harmed = vec![lines[from].clone()];
        (damage.harm)(&mut harmed);
        let start: usize = lines[..from].iter().map(|line| line.len() + 1).sum();
        let end = start + harmed.iter().map(|line| line.len() + 1).sum::<usize>();
        lines.splice(from..=from, harmed);
        let mut file = lines.join(&b'\n');
        file.push(b'\n');
        let seen = read(format, &file, &codes);
        let name = format!("{format:?} {index} ({})", damage.says);
        let problems: Vec<_> = seen.iter().filter_map(|seen| seen.as_ref().err()).collect();
        assert!(!problems.is_empty(), "{name}: nothing was found wrong: {seen:?}");
        let first = problems[0];
        assert_eq!(first.record, 2, "{name}: {first}");
        assert!((start as u64..end as u64).contains(&first.byte), "{name}: {first} is not in {start}..{end}");
        assert!(first.what.contains(damage.says), "{name}: {first}");
        assert_eq!(first.cause, Cause::Damaged, "{name}");
        let kept: Vec<_> = seen.iter().filter_map(|seen| seen.as_ref().ok()).collect();
        assert_eq!(kept.len(), 2, "{name}: the rest is kept: {seen:?}");
        let expected =
            [whole[0].as_ref().expect("the test has it"), whole[2].as_ref().expect("the test has it")];
        assert_eq!(kept, expected, "{name}");
    }
}

/// Puts a text in the place of a cell of the first line.
fn set(lines: &mut [Vec<u8>], column: usize, text: &str) {
    let mut cells: Vec<Vec<u8>> = lines[0].split(|byte| *byte == b'\t').map(<[u8]>::to_vec).collect();
    cells[column] = text.as_bytes().to_vec();
    lines[0] = cells.join(&b'\t');
}

/// Drops everything from the middle of the first line.
fn cut(lines: &mut [Vec<u8>]) {
    let half = lines[0].len() / 2;
    lines[0].truncate(half);
}

fn long(lines: &mut [Vec<u8>]) {
    lines[0] = vec![b'x'; 11 * 1024 * 1024];
}

#[test]
fn polecat() {
    check(
        Format::Polecat,
        1,
        &[
            damage(|l| cut(l), "columns where 40 are wanted"),
            damage(|l| l[0].extend(b"\tmore\tcells"), "42 columns where 40 are wanted"),
            damage(|l| set(l, 0, "None"), "Event ID"),
            damage(|l| set(l, 1, "2024-13-01"), "Event Date `2024-13-01` is not a day"),
            damage(|l| set(l, 1, "None"), "Event Date"),
            damage(|l| set(l, 2, "QUARREL"), "Event Type `QUARREL` is not an event type"),
            damage(|l| set(l, 4, "strong"), "Intensity `strong` is not a number"),
            damage(|l| set(l, 4, "NaN"), "Intensity"),
            damage(|l| set(l, 5, "7"), "Quad Code `7` is not a quad class"),
            damage(|l| set(l, 28, "91.5"), "Latitude `91.5` is not between -90 and 90"),
            damage(|l| set(l, 30, "-3"), "GeoNames ID `-3` is not a whole number"),
            damage(|l| set(l, 34, "yesterday"), "Publication Date"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

#[test]
fn icews() {
    check(
        Format::Icews,
        1,
        &[
            damage(|l| cut(l), "columns where 20 are wanted"),
            damage(|l| l[0].extend(b"\tmore"), "21 columns where 20 are wanted"),
            damage(|l| set(l, 0, "NA"), "Event ID"),
            damage(|l| set(l, 1, "2024-02-30"), "Event Date"),
            damage(|l| set(l, 1, "31/12/2024"), "Event Date"),
            damage(|l| set(l, 6, "999"), "CAMEO Code `999` is not a CAMEO code"),
            damage(|l| set(l, 6, "NA"), "CAMEO Code"),
            damage(|l| set(l, 6, "10"), "CAMEO Code `10` may be 100 or, without its zero, 010"),
            damage(|l| set(l, 7, "-99"), "Intensity `-99` is not between -10 and 10"),
            damage(|l| set(l, 7, "1,9"), "Intensity `1,9` is not a number"),
            damage(|l| set(l, 18, "inf"), "Latitude"),
            damage(|l| set(l, 19, "181"), "Longitude"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

#[test]
fn phoenix() {
    check(
        Format::Phoenix,
        0,
        &[
            damage(|l| cut(l), "columns where 26 are wanted"),
            damage(|l| l[0].extend(b"\tmore"), "27 columns where 26 are wanted"),
            damage(|l| set(l, 0, ""), "EventID"),
            damage(|l| set(l, 1, "20241301"), "Date `20241301` is not a day"),
            damage(|l| set(l, 1, "2024"), "Date"),
            damage(|l| set(l, 13, "4242"), "EventCode `4242` is not a CAMEO code"),
            damage(|l| set(l, 13, ""), "EventCode"),
            damage(|l| set(l, 16, "high"), "GoldsteinScore `high` is not a number"),
            damage(|l| set(l, 18, "-90.1"), "Lat `-90.1`"),
            damage(|l| set(l, 19, "east"), "Lon `east`"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

/// The two versions of the event table.
fn gdelt(format: Format, wanted: &'static str, lat: fn(&mut Vec<Vec<u8>>), added: fn(&mut Vec<Vec<u8>>)) {
    check(
        format,
        0,
        &[
            damage(|l| cut(l), wanted),
            damage(|l| l[0].extend(b"\tmore\tand more"), wanted),
            damage(|l| set(l, 0, "id"), "GLOBALEVENTID `id` is not a whole number"),
            damage(|l| set(l, 0, ""), "GLOBALEVENTID"),
            damage(|l| set(l, 1, "20230229"), "SQLDATE `20230229` is not a day"),
            damage(|l| set(l, 1, "00000000"), "SQLDATE"),
            damage(|l| set(l, 26, "X"), "EventCode `X` is not a CAMEO code"),
            damage(|l| set(l, 26, "---"), "EventCode"),
            damage(|l| set(l, 30, "11"), "GoldsteinScale `11` is not between"),
            damage(|l| set(l, 31, "many"), "NumMentions `many` is not a whole number"),
            damage(lat, "ActionGeo_Lat"),
            damage(added, "DATEADDED"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

#[test]
fn gdelt_1() {
    gdelt(Format::Gdelt1, "columns where 58", |l| set(l, 53, "north"), |l| set(l, 56, "never"));
}

#[test]
fn gdelt_2() {
    gdelt(Format::Gdelt2, "columns where 61", |l| set(l, 56, "100"), |l| set(l, 59, "2024"));
}

#[test]
fn petrarch() {
    check(
        Format::Petrarch,
        0,
        &[
            damage(|l| l[0].truncate(20), "columns where 13 are wanted"),
            damage(|l| l[0].extend(b"\tmore"), "14 columns where 13 are wanted"),
            damage(|l| set(l, 0, ""), "date"),
            damage(|l| set(l, 0, "990101"), "date `990101` is not a day"),
            damage(|l| set(l, 0, "20240431"), "date `20240431` is not a day"),
            damage(|l| set(l, 0, "---"), "date"),
            damage(|l| set(l, 3, ""), "code"),
            damage(|l| set(l, 3, "---"), "code"),
            damage(|l| set(l, 3, "99"), "code `99` is not a CAMEO code"),
            damage(|l| set(l, 3, "12345"), "code `12345` is not a CAMEO code"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

/// Puts one text for another in the first line.
fn swap(lines: &mut [Vec<u8>], from: &str, to: &str) {
    let text = String::from_utf8(lines[0].clone()).expect("the test has it");
    assert!(text.contains(from), "{from} is not in {text}");
    lines[0] = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn jsonl() {
    check(
        Format::Jsonl,
        0,
        &[
            damage(|l| cut(l), "EOF while parsing"),
            damage(|l| l[0].insert(0, b'x'), "expected value"),
            damage(|l| l[0].extend(b" {}"), "trailing characters"),
            damage(|l| swap(l, "\"AID\"", "\"QUARREL\""), "unknown variant `QUARREL`"),
            damage(|l| swap(l, "\"actual\"", "\"perhaps\""), "unknown variant `perhaps`"),
            damage(|l| swap(l, "\"quad\":2", "\"quad\":9"), "quad class 9"),
            damage(|l| swap(l, "2026-04-20", "2026-04-31"), "day"),
            damage(|l| swap(l, "\"id\":\"00000000000000bb\",", ""), "missing field `id`"),
            damage(|l| swap(l, "\"score\":6.0", "\"score\":60"), "score 60 is not between"),
            damage(|l| swap(l, "\"confidence\":0.82", "\"confidence\":\"sure\""), "invalid type"),
            damage(|l| swap(l, "\"mentions\":1", "\"mentions\":-1"), "invalid value"),
            damage(|l| l[0] = b"{\"a\":".repeat(200), "EOF while parsing"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

#[test]
fn plover() {
    check(
        Format::Plover,
        0,
        &[
            damage(|l| cut(l), "EOF while parsing"),
            damage(|l| l[0].insert(0, b'x'), "expected value"),
            damage(|l| l[0] = b"[1, 2]".to_vec(), "invalid type"),
            damage(|l| swap(l, "\"AID\"", "\"QUARREL\""), "event `QUARREL` is not an event type"),
            damage(|l| swap(l, "\"event\"", "\"evnt\""), "there is no event"),
            damage(|l| swap(l, "2026-04-20", "2026-04-31"), "date `2026-04-31` is not a day"),
            damage(|l| swap(l, "\"date\"", "\"dat\""), "there is no date"),
            damage(|l| swap(l, "\"id\":\"00000000000000bb\"", "\"id\":null"), "there is no id"),
            damage(|l| swap(l, "\"quad_code\":2", "\"quad_code\":5"), "quad class 5"),
            damage(|l| swap(l, "\"event_scale\":6.0", "\"event_scale\":60"), "event_scale 60 is not between"),
            damage(|l| l[0] = b"{\"a\":".repeat(200), "recursion limit"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

#[test]
fn csv() {
    check(
        Format::Csv,
        1,
        &[
            damage(|l| l[0].truncate(30), "columns where 64 are wanted"),
            damage(|l| l[0].extend(b",more"), "65 columns where 64 are wanted"),
            damage(|l| l[0].insert(0, b'"'), "columns where 64 are wanted"),
            damage(|l| swap(l, "00000000000000bb", ""), "id"),
            damage(|l| swap(l, ",AID,", ",QUARREL,"), "type `QUARREL` is not an event type"),
            damage(|l| swap(l, ",2,6,", ",8,6,"), "quad `8` is not a quad class"),
            damage(|l| swap(l, ",2,6,", ",2,many,"), "score `many` is not a number"),
            damage(|l| swap(l, ",actual,", ",perhaps,"), "status `perhaps` is not a status"),
            damage(|l| swap(l, ",2026-04-20,", ",2026-04-31,"), "date `2026-04-31` is not a day"),
            damage(|l| swap(l, ",day,", ",hour,"), "date_precision `hour` is not a precision"),
            damage(|l| swap(l, ",0-73,", ",73-0,"), "sentence_span `73-0` is not a span"),
            damage(|l| swap(l, ",0.82,", ",8.2,"), "confidence `8.2` is not between 0 and 1"),
            damage(|l| long(l), "longer than"),
        ],
    );
}

#[test]
fn mentions() {
    let codes: Codes = codes();
    let sound: Vec<_> = [0, 3, 5].map(|index| events()[index].clone()).into();
    let (bytes, _) = write(Format::GdeltMentions, &sound, &codes);
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let whole: Vec<_> = read_mentions(&bytes[..]).map(Result::unwrap).collect();
    assert_eq!(whole.len(), 3);
    type Damage = fn(&mut Vec<Vec<u8>>);
    let damages: [(Damage, &str); 10] = [
        (|l| cut(l), "columns where 16"),
        (|l| l[0].extend(b"\tmore"), "17 columns"),
        (|l| set(l, 0, "x"), "GLOBALEVENTID"),
        (|l| set(l, 0, ""), "GLOBALEVENTID"),
        (|l| set(l, 1, "20240000000000"), "EventTimeDate"),
        (|l| set(l, 2, ""), "MentionTimeDate"),
        (|l| set(l, 3, "9"), "MentionType"),
        (|l| set(l, 6, "first"), "SentenceID"),
        (|l| set(l, 11, "101"), "Confidence"),
        (|l| long(l), "longer than"),
    ];
    for (harm, says) in damages {
        let mut harmed = vec![lines[1].to_vec()];
        harm(&mut harmed);
        let file = [lines[0], &harmed[0], lines[2]].join(&b'\n');
        let seen: Vec<_> = read_mentions(&file[..]).collect();
        let problem = seen[1].as_ref().unwrap_err();
        assert!(problem.record == 2 && problem.what.contains(says), "{says}: {problem}");
        assert!(problem.byte > lines[0].len() as u64, "{problem}");
        assert_eq!((seen[0].as_ref(), seen[2].as_ref()), (Ok(&whole[0]), Ok(&whole[2])));
    }
}
