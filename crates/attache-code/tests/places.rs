//! Runs every case of `cases/places.tsv` with the real tables: a sentence, one of its place names, and the
//! place that means. The sentences are split into tokens only, so this is the gazetteer without the tagger.

use attache_code::place::{Gazetteer, Hints, PlaceError, Tables, locate};
use attache_text::{Sentence, Span, tokenize};

fn gazetteer() -> Gazetteer {
    Gazetteer::new(
        include_bytes!("../../../data/places/places.bin").into(),
        &Tables {
            facilities: include_str!("../../../data/places/facilities.tsv"),
            countries: include_str!("../../../data/entities/countries.tsv"),
            points: include_str!("../../../data/places/countries.tsv"),
        },
    )
    .expect("tables that load")
}

fn sentence(text: &str) -> Sentence {
    let span = Span::new(0, text.len());
    Sentence { span, tokens: tokenize::tokens(text, span), mentions: Vec::new() }
}

#[test]
fn every_case_gives_its_place() {
    let table = include_str!("../../../cases/places.tsv");
    let gazetteer = gazetteer();
    let cases: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let [text, phrase, name, country, reason] = case
            .split('\t')
            .collect::<Vec<_>>()
            .try_into()
            .unwrap_or_else(|_| panic!("five columns: {case}"));
        let found = locate(text, &[sentence(text)], &gazetteer, Hints::default());
        let right = match phrase {
            "-" => found.is_empty(),
            _ => found.iter().any(|t| {
                let place = &t.place;
                place.text == phrase
                    && place.name == name
                    && place.country.as_deref().unwrap_or("") == country
            }),
        };
        if !right {
            let found: Vec<String> = found
                .iter()
                .map(|t| format!("{:?} {} {:?}", t.place.text, t.place.name, t.place.country))
                .collect();
            wrong.push(format!("{text} [{phrase}; {reason}]\n    found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// A region behind the comma gives the town its region, and the record all it knows.
#[test]
fn a_place_carries_its_region_and_coordinates() {
    let text = "Workers walked out in Springfield, Illinois.";
    let found = locate(text, &[sentence(text)], &gazetteer(), Hints::default());
    let place = &found[0].place;
    assert_eq!(place.admin1.as_deref(), Some("Illinois"));
    assert!((place.lat.unwrap() - 39.8).abs() < 0.1 && (place.lon.unwrap() + 89.6).abs() < 0.1);
    assert_eq!(place.span.of(text), "Springfield");
}

/// The countries of the report decide between towns of one name.
#[test]
fn the_country_of_the_report_decides() {
    let text = "Deputies gathered in Córdoba.";
    for country in ["ESP", "ARG"] {
        let other = "Spanish deputies met. Spain and Madrid were named. Seville too.";
        let other =
            if country == "ARG" { "Argentina and Buenos Aires were named. Rosario too." } else { other };
        let report = format!("{text} {other}");
        let first =
            Sentence { tokens: tokenize::tokens(&report, Span::new(0, text.len())), ..Sentence::default() };
        let rest = Span::new(text.len() + 1, report.len());
        let second = Sentence { span: rest, tokens: tokenize::tokens(&report, rest), ..Sentence::default() };
        let found = locate(
            &report,
            &[first, second],
            &gazetteer(),
            Hints { countries: &[country.to_owned()], ..Hints::default() },
        );
        assert_eq!(found[0].place.country.as_deref(), Some(country));
    }
}

#[test]
fn a_broken_table_is_named_with_its_line() {
    let header = "geonameid\tname\talternates\tcountry\tadmin1\tlat\tlon\tpopulation\tfeature\n";
    let places = format!("{header}1\tNowhere\t\tUSA\tOhio\tnorth\t-80\t9\tPPL\n");
    let regions = "name\tcountry\tlat\tlon\n";
    let error = Gazetteer::pack(&places, regions, regions).unwrap_err();
    assert_eq!(error, PlaceError::Row { table: "places.tsv", line: 2, what: "no coordinates" });
    let error = Gazetteer::pack("name\n", "", "").unwrap_err();
    assert_eq!(error.to_string(), "places.tsv has no column `geonameid`");
    assert_eq!(Gazetteer::new(Vec::new().into(), &Tables::default()).unwrap_err(), PlaceError::Packed);
}

/// The packed places are made from the tables people read: `cargo xtask pack-places` renews them.
#[test]
fn the_packed_places_are_those_of_the_tables() {
    let packed = Gazetteer::pack(
        include_str!("../../../data/places/places.tsv"),
        include_str!("../../../data/places/admin1.tsv"),
        include_str!("../../../data/places/admin2.tsv"),
    );
    assert!(
        packed.unwrap() == include_bytes!("../../../data/places/places.bin"),
        "places.bin is not current"
    );
    assert!(gazetteer().len() > 60_000);
}
