//! When a report was published, and what settled it.

use attache_read::{DateOrder, Options, read_bytes};
use attache_text::{Published, PublishedBy, Report};
use jiff::civil::{Date, date};

const BODY: &str = "The envoys of both islands met for a whole day and agreed to share the fish.";

fn read(text: &str, options: &Options) -> Report {
    read_bytes(text.as_bytes(), "x", options).expect("a report")
}

/// Date, ambiguity and what settled it, for a plain text with this line under its title.
fn of(line: &str, options: &Options) -> Option<(Date, bool, PublishedBy)> {
    let report = read(&format!("Envoys agree on fish\n\n{line}\n\n{BODY}\n"), options);
    if let Some(Published { ambiguous: true, raw, .. }) = &report.published {
        assert!(report.notes.iter().any(|note| note.contains(raw.as_str())), "not told: {:?}", report.notes);
    }
    report.published.map(|p| (p.date, p.ambiguous, p.by))
}

fn plain(line: &str) -> Option<(Date, bool, PublishedBy)> {
    of(line, &Options::default())
}

#[test]
fn one_reading() {
    for line in [
        "March 5, 2024",
        "Published: 5 March 2024",
        "Posted on Tuesday, March 5th, 2024, 10:15 am",
        "2024-03-05",
        "Publicado el 5 de marzo de 2024",
        "Ana Soto | March 5, 2024",
        "Date: 2024-03-05",
        "Fecha: 5/mar/2024",
    ] {
        assert_eq!(plain(line), Some((date(2024, 3, 5), false, PublishedBy::Text)), "{line}");
    }
    assert_eq!(plain("Written on 25/03/2024"), Some((date(2024, 3, 25), false, PublishedBy::Text)));
    assert_eq!(plain("Written on 03/25/2024"), Some((date(2024, 3, 25), false, PublishedBy::Text)));
    assert_eq!(plain("Written on 04/04/2024"), Some((date(2024, 4, 4), false, PublishedBy::Text)));
    assert_eq!(plain("Nothing about days here"), None);
    assert_eq!(plain("Written on 04/04/1824"), None);
}

#[test]
fn updated_is_weaker() {
    assert_eq!(plain("Updated March 9, 2024 | Published March 5, 2024").map(|p| p.0), Some(date(2024, 3, 5)));
    assert_eq!(plain("Last updated: March 9, 2024").map(|p| p.0), Some(date(2024, 3, 9)));
}

#[test]
fn two_readings() {
    let line = "Written on 03/04/2024";
    assert_eq!(plain(line), Some((date(2024, 3, 4), true, PublishedBy::Convention)));
    let order = |order| Options { date_order: Some(order), ..Options::default() };
    assert_eq!(of(line, &order(DateOrder::Dmy)), Some((date(2024, 4, 3), true, PublishedBy::DateOrder)));
    assert_eq!(of(line, &order(DateOrder::Mdy)), Some((date(2024, 3, 4), true, PublishedBy::DateOrder)));
    let given = Options { published: Some(date(2024, 4, 3)), ..Options::default() };
    assert_eq!(of(line, &given), Some((date(2024, 4, 3), true, PublishedBy::Given)));
    let given = Options { published: Some(date(2023, 1, 1)), ..Options::default() };
    assert_eq!(of(line, &given), Some((date(2023, 1, 1), false, PublishedBy::Given)));
}

#[test]
fn the_text_settles() {
    // 3 April 2024 was a Wednesday, 4 March 2024 a Monday.
    assert_eq!(plain("Wednesday, 03/04/2024"), Some((date(2024, 4, 3), true, PublishedBy::Text)));
    assert_eq!(plain("Monday 03/04/2024"), Some((date(2024, 3, 4), true, PublishedBy::Text)));
    let with = |body: &str| {
        let text = format!("Envoys agree on fish\n\nWritten on 03/04/2024\n\n{body}\n\n{BODY}\n");
        read(&text, &Options::default()).published.map(|p| (p.date, p.by))
    };
    assert_eq!(with("The ferry sails from 28/05/2024 again."), Some((date(2024, 4, 3), PublishedBy::Text)));
    assert_eq!(with("LIMA, April 3 (EFE) - The envoys met."), Some((date(2024, 4, 3), PublishedBy::Text)));
}

#[test]
fn the_publisher_settles_last() {
    let of = |head: &str| {
        let text = format!("Envoys agree on fish\n{head}\nWritten on 03/04/2024\n\n{BODY}\n");
        read(&text, &Options::default()).published.map(|p| (p.date, p.by))
    };
    assert_eq!(of("URL: https://www.example.co.uk/fish"), Some((date(2024, 4, 3), PublishedBy::Convention)));
    assert_eq!(of("URL: https://www.example.us/fish"), Some((date(2024, 3, 4), PublishedBy::Convention)));
    assert_eq!(of("Publisher: BBC News"), Some((date(2024, 4, 3), PublishedBy::Convention)));
    let spanish = "Los enviados llegan a Lima\n\nPublicado el 03/04/2024\n\nLos enviados de las dos islas se reunieron en la capital.\n";
    assert_eq!(read(spanish, &Options::default()).published.unwrap().date, date(2024, 4, 3));
}

#[test]
fn metadata_goes_before_the_text() {
    let page = |stamp: &str| {
        format!(
            "<html><head><meta property='article:published_time' content='{stamp}'></head><body><h1>Envoys agree</h1>\
             <p>Written on 03/04/2024</p><p>{BODY}</p></body></html>"
        )
    };
    let report = read(&page("2024-04-03T08:00:00Z"), &Options::default());
    let published = report.published.unwrap();
    assert_eq!(
        (published.date, published.ambiguous, published.by),
        (date(2024, 4, 3), true, PublishedBy::Metadata)
    );
    assert_eq!(published.raw, "03/04/2024");
    assert_eq!(report.notes.len(), 1);
    let published = read(&page("2024-04-07"), &Options::default()).published.unwrap();
    assert_eq!(
        (published.date, published.ambiguous, published.raw.as_str()),
        (date(2024, 4, 7), false, "2024-04-07")
    );
}
