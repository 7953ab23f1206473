//! A file of our own invented events in every format, held against what the writers make of them now, and
//! shown column by column. `UPDATE_FIXTURES=1 cargo test -p attache-store --test columns` renews the files.

mod common;

use attache_store::exchange::{Format, sniff};
use common::{codes, events, write};
use std::fs;
use std::path::PathBuf;

/// The formats, what their file is called, and their columns as the programs in use have them.
fn formats() -> Vec<(Format, &'static str, Vec<&'static str>)> {
    let mut one: Vec<&str> = GDELT_HEAD.split_whitespace().collect();
    let mut two = one.clone();
    for side in ["Actor1Geo", "Actor2Geo", "ActionGeo"] {
        for (version, columns) in [(1, &mut one), (2, &mut two)] {
            for part in
                ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
            {
                if version == 2 || part != "ADM2Code" {
                    columns.push(Box::leak(format!("{side}_{part}").into_boxed_str()));
                }
            }
        }
    }
    one.extend(["DATEADDED", "SOURCEURL"]);
    two.extend(["DATEADDED", "SOURCEURL"]);
    vec![
        (Format::Polecat, "polecat.txt", POLECAT.split(", ").collect()),
        (Format::Icews, "icews.tab", ICEWS.split(", ").collect()),
        (Format::Phoenix, "phoenix.txt", PHOENIX.split(", ").collect()),
        (Format::Gdelt1, "gdelt1.CSV", one),
        (Format::Gdelt2, "gdelt2.CSV", two),
        (Format::GdeltMentions, "gdelt.mentions.CSV", MENTIONS.split(", ").collect()),
        (Format::Petrarch, "evts.petrarch", PETRARCH.split(", ").collect()),
    ]
}

const POLECAT: &str = "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language, Version";
const ICEWS: &str = "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude";
const PHOENIX: &str = "EventID, Date, Year, Month, Day, SourceActorFull, SourceActorEntity, SourceActorRole, SourceActorAttribute, TargetActorFull, TargetActorEntity, TargetActorRole, TargetActorAttribute, EventCode, EventRootCode, QuadClass, GoldsteinScore, Issues, Lat, Lon, LocationName, StateName, CountryCode, SentenceID, URLs, NewsSources";
const MENTIONS: &str = "GLOBALEVENTID, EventTimeDate, MentionTimeDate, MentionType, MentionSourceName, MentionIdentifier, SentenceID, Actor1CharOffset, Actor2CharOffset, ActionCharOffset, InRawText, Confidence, MentionDocLen, MentionDocTone, MentionDocTranslationInfo, Extras";
const PETRARCH: &str = "date, source, target, eventcode, issues, ids, url, StorySource, actor text source, actor text target, event text, actor root source, actor root target";
const GDELT_HEAD: &str = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate
    Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code
    Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code
    Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code
    Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code
    IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources
    NumArticles AvgTone";

#[test]
fn the_columns_are_those_of_the_field() {
    let counts: Vec<usize> = formats().iter().map(|(_, _, columns)| columns.len()).collect();
    assert_eq!(counts, [40, 20, 26, 58, 61, 16, 13]);
    let codes = codes();
    for (format, name, columns) in formats() {
        let (bytes, _) = write(format, &events(), &codes);
        let text = String::from_utf8(bytes).unwrap();
        let mut lines = text.lines();
        if matches!(format, Format::Polecat | Format::Icews) {
            assert_eq!(lines.next().unwrap().split('\t').collect::<Vec<_>>(), columns);
        }
        let mut shown = String::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), columns.len(), "{name}");
            for (column, cell) in columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                shown.push_str(&format!("{column}: {cell}\n"));
            }
            shown.push('\n');
        }
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn the_files_are_what_the_writers_write() {
    let codes = codes();
    let others = [
        (Format::Csv, "events.csv"),
        (Format::SpreadsheetCsv, "spreadsheet.csv"),
        (Format::Plover, "plover.jsonl"),
    ];
    let all = formats().into_iter().map(|(format, name, _)| (format, name)).chain(others);
    for (format, name) in all.chain([(Format::Jsonl, "events.jsonl")]) {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        let (bytes, _) = write(format, &events(), &codes);
        if std::env::var_os("UPDATE_FIXTURES").is_some() && format != Format::Jsonl {
            fs::write(&path, &bytes).unwrap();
        }
        let kept = fs::read(&path).unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&kept), String::from_utf8_lossy(&bytes), "{name}");
        let known = if format == Format::SpreadsheetCsv { Format::Csv } else { format };
        assert_eq!(sniff(&bytes), Some(known), "{name} is known by its content");
    }
}
