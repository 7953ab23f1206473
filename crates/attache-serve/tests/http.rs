//! The server without a socket: every address, the numbers against plain SQL, hostile words, limits.

#![allow(clippy::unwrap_used)] // helpers of tests stand outside test functions

use attache_code::entity::{Registry, Tables};
use attache_report::{Brief, Sides};
use attache_serve::{App, Limits, router};
use attache_store::synthetic::{self, Shape};
use attache_store::{Archive, Prepared, Writer};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const COUNTRIES: &str =
    "id\tname\tnames_es\nCOL\tColombia\tColombia\nUSA\tUnited States\tEstados Unidos\nPER\tPeru\tPerú\n";
const HOSTILE: &str = "<script>alert(1)</script>\u{202e}\"'&";

struct Site {
    router: Router,
    archive: Archive,
    _folder: TempDir,
}

/// A site of made-up reports; one of them hostile in every field.
fn site() -> Site {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.attache");
    let shape = Shape { events: 3, words: 60, days: 60, copies: 7, version: "test 1" };
    let mut writer = Writer::open(&path).unwrap();
    for number in 0..800_u64 {
        let mut coded = synthetic::report(number * 20, &shape);
        if number == 5 {
            let long = format!("{HOSTILE}{}", "x".repeat(10_000));
            coded.report.title = Some(long.clone());
            coded.report.url = Some(format!("javascript:{HOSTILE}"));
            coded.report.publisher = Some(HOSTILE.into());
            for event in &mut coded.events {
                event.actor[0].name = long.clone();
                event.actor[0].country = Some("COL".into());
                event.recipient[0].country = Some("USA".into());
                event.why = vec![HOSTILE.into()];
                event.contexts = vec![HOSTILE.into()];
            }
        }
        writer.keep(&Prepared::new(coded, number % 3 != 0)).unwrap();
    }
    writer.commit().unwrap();
    let registry = Registry::from_tables(&Tables { countries: COUNTRIES, ..Tables::default() }).unwrap();
    let sides = Sides::new(registry, COUNTRIES, "id\tname\n", &[("MIL", "military")]);
    let app = App::new(&path, sides, Limits::default()).unwrap();
    Site { router: router(Arc::new(app)), archive: Archive::open(&path).unwrap(), _folder: folder }
}

async fn ask(site: &Site, uri: &str) -> (StatusCode, String) {
    let request = Request::get(uri).body(Body::empty()).unwrap();
    let response = site.router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let csp = response.headers().get("content-security-policy").unwrap().to_str().unwrap();
    assert!(csp.contains("script-src 'self'") && !csp.contains("unsafe"), "{csp}");
    let bytes = to_bytes(response.into_body(), 100_000_000).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn json(site: &Site, uri: &str) -> Value {
    let (status, body) = ask(site, uri).await;
    assert_eq!(status, StatusCode::OK, "{uri}: {body}");
    serde_json::from_str(&body).unwrap()
}

fn number(site: &Site, sql: &str) -> f64 {
    let value: rusqlite::types::Value =
        site.archive.connection().query_row(sql, [], |row| row.get(0)).unwrap();
    match value {
        rusqlite::types::Value::Integer(number) => number as f64,
        rusqlite::types::Value::Real(number) => number,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn page_api_and_sql_say_the_same() {
    let site = site();
    let counted = "FROM events e WHERE e.status IN ('actual', 'ongoing') AND e.precision IN ('', 'day', 'week')
        AND e.id IN (SELECT event FROM dyads WHERE (actor, recipient) IN (VALUES ('COL', 'USA'), ('USA', 'COL')))";
    let count = number(&site, &format!("SELECT count(*) {counted}"));
    let sum = number(&site, &format!("SELECT sum(score) {counted}"));
    let brief: Brief = serde_json::from_value(json(&site, "/api/relation?a=COL&b=USA").await).unwrap();
    assert_eq!((brief.standing.joint.events as f64, brief.standing.joint.sum), (count, sum));
    let (_, page) = ask(&site, "/relation?a=COL&b=USA").await;
    assert!(page.contains(&format!("<span id=\"counted\">{count}</span>")));
    for point in &brief.joint {
        let row = format!(
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
            point.start, point.reports, point.events, point.sum
        );
        assert!(page.contains(&row), "{row}");
    }
    let (_, table) = ask(&site, "/api/export?a=COL&b=USA&table=series").await;
    let told: f64 = table
        .lines()
        .filter(|line| line.starts_with("joint"))
        .map(|line| line.split(',').nth(4).unwrap().parse::<f64>().unwrap())
        .sum();
    assert_eq!(told, count);
}

#[tokio::test]
async fn a_download_is_what_is_on_screen() {
    let site = site();
    let filters = "a=COL&b=USA&quad=1";
    let (_, page) = ask(&site, &format!("/relation?{filters}")).await;
    let (_, table) = ask(&site, &format!("/api/export?{filters}&table=events")).await;
    let rows = table.split("\r\n").skip(1).filter(|line| !line.is_empty()).count();
    let all = json(&site, "/api/relation?a=COL&b=USA").await["events"].as_array().unwrap().len();
    assert!(0 < rows && rows < all, "{rows} of {all}");
    assert!(page.contains(&format!("–{rows} / {rows}<")), "{rows}: all on one page");
    let shown: Vec<&str> =
        page.split("<a href=\"/event/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for row in table.split("\r\n").skip(1).filter(|row| !row.is_empty()) {
        let id = row.split(',').next().unwrap();
        assert!(shown.contains(&id), "{id}");
    }
}

#[tokio::test]
async fn every_page_answers_in_both_languages() {
    let site = site();
    let events = json(&site, "/api/events?a=COL&b=USA&limit=1").await;
    let id = events["events"][0]["event"]["id"].as_str().unwrap().to_owned();
    let story = events["events"][0]["story"].as_i64().unwrap();
    for (path, words) in [
        ("/?".to_owned(), "Panorama mundial"),
        ("/relation?a=COL&b=USA&step=month".into(), "Situación"),
        ("/relation?a=COL".into(), "Contrapartes"),
        (format!("/event/{id}?"), "Por qué se codificó así"),
        (format!("/story/{story}?"), "Las versiones de todos los medios"),
        ("/entity?id=COL".into(), "Contrapartes"),
        ("/search?q=minister".into(), "Buscar"),
        ("/compare?a=COL&b=USA&c=COL&d=PER".into(), "Comparar dos relaciones"),
    ] {
        let (status, page) = ask(&site, &format!("{path}&lang=es")).await;
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        assert!(page.contains(words) && page.contains("<html lang=\"es\">"), "{path}");
        assert!(page.len() < 300_000, "{path}: {} bytes", page.len());
        let (_, english) = ask(&site, &path).await;
        assert!(english.contains("<html lang=\"en\">"));
        for attribute in ["src=\"", "href=\"", "action=\""] {
            for rest in page.split(attribute).skip(1) {
                let address = rest.split('"').next().unwrap();
                let own = address.starts_with('/')
                    || address.starts_with('#')
                    || address.starts_with("https://example.org/");
                assert!(own, "{path}: {address}");
            }
        }
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="));
    }
}

#[tokio::test]
async fn countries_are_called_as_the_language_calls_them() {
    let site = site();
    for (lang, title) in [("en", "Colombia – United States"), ("es", "Colombia – Estados Unidos")] {
        let (_, page) = ask(&site, &format!("/relation?a=COL&b=USA&lang={lang}")).await;
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{lang}");
    }
}

#[tokio::test]
async fn a_chart_has_the_columns_of_the_brief() {
    let site = site();
    let brief: Brief = serde_json::from_value(json(&site, "/api/relation?a=COL&b=USA").await).unwrap();
    let series = json(&site, "/api/series?a=COL&b=USA").await;
    let column = |band: &str, name: &str| -> Vec<f64> {
        series[band][name].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect()
    };
    let index =
        |points: &[attache_report::index::Point]| points.iter().map(|point| point.index).collect::<Vec<_>>();
    assert_eq!((column("out", "index"), column("back", "index")), (index(&brief.out), index(&brief.back)));
    let starts = series["start"].as_array().unwrap();
    assert_eq!(
        (starts.len(), &series["to"]),
        (brief.joint.len(), &serde_json::json!(brief.joint.last().unwrap().end))
    );
    assert_eq!(column("out", "low").len(), column("back", "high").len());
}

#[tokio::test]
async fn hostile_words_stay_words() {
    let site = site();
    let id: String = site
        .archive
        .connection()
        .query_row("SELECT e.key FROM events e JOIN mentions m ON m.id = e.best JOIN reports r ON r.id = m.report WHERE r.url LIKE 'javascript%' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let story = json(&site, &format!("/api/events/{id}")).await["story"].as_i64().unwrap();
    let pages = [
        format!("/event/{id}"),
        format!("/story/{story}"),
        "/relation?a=COL&b=USA".into(),
        "/search?q=%3Cscript%3Ealert(1)%22%27%26".into(),
        "/relation?a=%3Cscript%3Ealert(1)&b=%22%3E%3Cscript%3E".into(),
        "/entity?id=%3Cscript%3E".into(),
    ];
    for path in pages {
        let (status, page) = ask(&site, &path).await;
        assert!(status.as_u16() < 500, "{path}");
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, page.matches("<script src=\"/static/").count(), "{path}");
        assert!(!page.contains('\u{202e}') && !page.contains("href=\"javascript"), "{path}");
    }
}

#[tokio::test]
async fn wrong_use_is_told_and_never_a_fault() {
    let site = site();
    for (path, status) in [
        ("/api/relation", 400),
        ("/api/relation?a=COL:XXX", 400),
        ("/api/relation?a=COL&from=2026-13-01", 400),
        ("/api/relation?a=COL&from=2026-02-01&to=2026-01-01", 400),
        ("/api/relation?a=COL&step=year", 400),
        ("/api/events?limit=100000", 400),
        ("/api/events?type=DANCE", 400),
        ("/api/events?b=USA", 400),
        ("/api/events/nothing", 404),
        ("/api/events/nothing/revisions", 404),
        ("/api/events/%00%ff", 400),
        ("/api/stories/x", 404),
        ("/api/stories/99999999", 404),
        ("/api/reports/x", 404),
        ("/api/entities/x", 404),
        ("/api/search", 400),
        ("/api/export?a=COL&table=secrets", 400),
        ("/api/picture?a=COL&kind=x", 400),
        ("/api/nothing", 404),
        ("/static/../Cargo.toml", 404),
        ("/nothing", 404),
        ("/relation", 400),
        ("/entity?id=Nobody+At+All", 404),
    ] {
        let (found, body) = ask(&site, path).await;
        assert_eq!(found.as_u16(), status, "{path}: {body}");
    }
    for q in [
        "%22",
        "*",
        "a%20AND%20(",
        "NEAR(",
        "%27%3B%20DROP%20TABLE%20events%3B--",
        "-",
        "%F0%9F%92%A9",
        "col:x",
    ] {
        let (status, body) = ask(&site, &format!("/api/search?q={q}")).await;
        assert!(status.as_u16() < 500, "{q}: {body}");
        let (status, _) = ask(&site, &format!("/search?q={q}")).await;
        assert!(status.as_u16() < 500, "{q}");
    }
    let (status, _) = ask(&site, &format!("/api/events?q={}", "x".repeat(20_000))).await;
    assert_eq!(status, StatusCode::URI_TOO_LONG);
    let post = Request::post("/api/events").body(Body::empty()).unwrap();
    assert_eq!(site.router.clone().oneshot(post).await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn an_answer_is_sent_once() {
    let site = site();
    let get = |tag: Option<String>| {
        let mut request = Request::get("/api/relation?a=COL&b=USA");
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        site.router.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    let first = get(None).await.unwrap();
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(get(Some(tag)).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    assert_eq!(get(Some("W/\"x\"".into())).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn pages_of_rows_join_to_all() {
    let site = site();
    let mut ids = Vec::new();
    let mut offset = Some(0);
    while let Some(at) = offset {
        let page = json(&site, &format!("/api/events?involving=PER&limit=40&offset={at}")).await;
        ids.extend(
            page["events"]
                .as_array()
                .unwrap()
                .iter()
                .map(|event| event["event"]["id"].as_str().unwrap().to_owned()),
        );
        offset = page["next"].as_i64();
        assert!(ids.len() <= page["total"].as_u64().unwrap() as usize);
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert_eq!(
        all as f64,
        number(&site, "SELECT count(DISTINCT event) FROM dyads WHERE 'PER' IN (actor, recipient)")
    );
}

#[test]
fn the_description_names_every_address() {
    let text = include_str!("../openapi.json");
    let described: Value = serde_json::from_str(text).unwrap();
    let mut paths: Vec<&str> = described["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut routed = attache_serve::router::API.to_vec();
    paths.sort_unstable();
    routed.sort_unstable();
    assert_eq!(paths, routed);
}

#[test]
fn every_word_of_the_pages_is_translated() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for rest in text.split("say(\"").skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(attache_report::Tongue::knows(key), "{key}");
        }
    }
}
