//! The HTTP API: JSON in the shapes of the library, described by `openapi.json`.

use crate::app::App;
use crate::history;
use crate::params::Params;
use crate::problem::Problem;
use crate::series::Series;
use attache_report::ask::state;
use attache_report::brief::Brief;
use attache_report::write::{self, Table};
use attache_report::{Tongue, charts};
use attache_store::Archive;
use attache_store::query::{self, Filter};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rusqlite::params;
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

type Answer = Result<Response, Problem>;
type Shared = State<Arc<App>>;

/// `/api/status`: what the archive holds.
pub async fn status(State(app): Shared) -> Answer {
    reply(&app.read(|app, archive| app.holdings(archive)).await?)
}

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holdings {
    /// The program.
    pub version: String,
    /// The archive's state.
    pub archive: i64,
    /// Reports.
    pub reports: i64,
    /// Events.
    pub events: i64,
    /// First day of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What the archive holds.
///
/// # Errors
/// Where it cannot be read.
pub fn holdings(archive: &Archive) -> Result<Holdings, Problem> {
    let connection = archive.connection();
    let count = |sql: &str| connection.prepare_cached(sql)?.query_row([], |row| row.get(0));
    let day = |sql: &str| -> rusqlite::Result<Option<String>> {
        connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
    };
    Ok(Holdings {
        version: attache_report::tell::VERSION.into(),
        archive: state(archive)?,
        reports: count("SELECT count(*) FROM reports")?,
        events: count("SELECT count(*) FROM events WHERE mentions > 0")?,
        from: day("SELECT min(published) FROM reports WHERE published <> ''")?,
        to: day("SELECT max(published) FROM reports WHERE published <> ''")?,
    })
}

/// `/api/relations`: who moves with whom, from the months' sums.
pub async fn relations(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    let params = Params::parse(query.as_deref())?;
    let (from, to) = params.period()?;
    let limit = params.number("limit", 100, 1, app.limits.rows)?;
    let offset = params.number("offset", 0, 0, 10_000_000)?;
    let all = app.read(move |_, archive| Ok(query::dyads(archive, from, to)?)).await?;
    let rows: Vec<_> = all.iter().skip(offset).take(limit).collect();
    reply(&page("relations", &rows, all.len() as u64, limit, offset))
}

/// `/api/relation`: the brief of a relation, the same as `attache report --to json`; with `events`, only so
/// many of its events.
pub async fn relation(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    let params = Params::parse(query.as_deref())?;
    let most = params.number("events", usize::MAX, 0, 1_000_000)?;
    let brief = brief(&app, query.as_deref()).await?;
    if brief.events.len() <= most {
        return Ok(json_text(write::json(&brief)?));
    }
    let events = brief.events.iter().take(most).cloned().collect();
    let short = Brief { events, ..Brief::clone(&brief) };
    Ok(json_text(write::json(&short)?))
}

/// `/api/series`: the index of a relation as columns, for charts.
pub async fn series(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    reply(&Series::of(&*brief(&app, query.as_deref()).await?))
}

async fn brief(app: &Arc<App>, query: Option<&str>) -> Result<Arc<Brief>, Problem> {
    let params = Params::parse(query)?;
    let question = params.question(app.sides(), "a", "b")?;
    app.read(move |app, archive| app.brief(archive, &question)).await
}

/// `/api/events`: events of a filter, with all their tellings.
pub async fn events(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    let filter = Params::parse(query.as_deref())?.filter(app.limits.rows)?;
    let (limit, offset) = (filter.limit.unwrap_or(50), filter.offset);
    let (events, total) = app.read(move |_, archive| find(archive, &filter)).await?;
    reply(&page("events", &events, total, limit, offset))
}

/// The events of a filter and how many there are in all.
///
/// # Errors
/// Where the archive cannot be read.
pub fn find(archive: &Archive, filter: &Filter) -> Result<(Vec<query::Archived>, u64), Problem> {
    Ok((query::events(archive, filter)?, query::count(archive, filter)?))
}

/// `/api/search`: the same over words of the evidence, which must be given.
pub async fn search(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    Params::parse(query.as_deref())?.need("q")?;
    events(State(app), RawQuery(query)).await
}

/// `/api/events/{id}`
pub async fn event(State(app): Shared, Path(id): Path<String>) -> Answer {
    let wanted = id.clone();
    let found = app.read(move |_, archive| Ok(query::event(archive, &wanted)?)).await?;
    reply(&found.ok_or_else(|| Problem::Missing(format!("event {}", short(&id))))?)
}

/// `/api/events/{id}/revisions`
pub async fn revisions(State(app): Shared, Path(id): Path<String>) -> Answer {
    let wanted = id.clone();
    let found = app.read(move |_, archive| history::revisions(archive, &wanted)).await?;
    let rows = found.ok_or_else(|| Problem::Missing(format!("event {}", short(&id))))?;
    reply(&json!({"event": id, "revisions": rows}))
}

/// Somebody the archive has met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// The registry's id; the name where it has none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Alpha-3 country.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Sector.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sector: String,
}

/// `/api/entities`: who has `q` in the name.
pub async fn entities(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    let params = Params::parse(query.as_deref())?;
    let words = params.get("q").unwrap_or("").to_owned();
    let limit = params.number("limit", 50, 1, app.limits.rows)?;
    let offset = params.number("offset", 0, 0, 10_000_000)?;
    let (rows, total) = app.read(move |_, archive| named(archive, &words, limit, offset)).await?;
    reply(&page("entities", &rows, total, limit, offset))
}

/// Entities with the words in their name, by name, and how many there are in all.
///
/// # Errors
/// Where the archive cannot be read.
pub fn named(
    archive: &Archive,
    words: &str,
    limit: usize,
    offset: usize,
) -> Result<(Vec<Entity>, u64), Problem> {
    let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let connection = archive.connection();
    let found = "FROM entities WHERE name LIKE ?1 ESCAPE '\\'";
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 {found} GROUP BY key, name, country)"))?
        .query_row([&like], |row| row.get(0))?;
    let mut select = connection.prepare_cached(&format!(
        "SELECT key, name, country, min(sector) {found} GROUP BY key, name, country ORDER BY name, key, country LIMIT ?2 OFFSET ?3"
    ))?;
    let (limit, offset) =
        (i64::try_from(limit).unwrap_or(i64::MAX), i64::try_from(offset).unwrap_or(i64::MAX));
    let rows = select.query_map(params![like, limit, offset], |row| {
        let (key, name): (String, String) = (row.get(0)?, row.get(1)?);
        let id = if key.is_empty() { name.clone() } else { key };
        Ok(Entity { id, name, country: row.get(2)?, sector: row.get(3)? })
    })?;
    Ok((rows.collect::<Result<_, _>>()?, total.unsigned_abs()))
}

/// `/api/entities/{id}`: who that is, by the registry, and what the archive calls it.
pub async fn entity(State(app): Shared, Path(id): Path<String>) -> Answer {
    let wanted = id.clone();
    let rows = app
        .read(move |_, archive| {
            let mut select = archive.connection().prepare_cached(
                "SELECT key, name, country, sector FROM entities WHERE key = ?1 OR name = ?1 COLLATE NOCASE ORDER BY id LIMIT 100",
            )?;
            let rows = select.query_map([&wanted], |row| {
                Ok(Entity { id: row.get(0)?, name: row.get(1)?, country: row.get(2)?, sector: row.get(3)? })
            })?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })
        .await?;
    if rows.is_empty() {
        return Err(Problem::Missing(format!("entity {}", short(&id))));
    }
    reply(&json!({"id": id, "forms": rows}))
}

/// `/api/stories/{id}`
pub async fn story(State(app): Shared, Path(id): Path<String>) -> Answer {
    let number: i64 = id.parse().map_err(|_| Problem::Missing(format!("story {}", short(&id))))?;
    let found = app.read(move |_, archive| Ok(query::story(archive, number)?)).await?;
    reply(&found.ok_or_else(|| Problem::Missing(format!("story {number}")))?)
}

/// `/api/reports/{id}`
pub async fn report(State(app): Shared, Path(id): Path<String>) -> Answer {
    let wanted = id.clone();
    let found = app.read(move |_, archive| Ok(query::report(archive, &wanted)?)).await?;
    reply(&found.ok_or_else(|| Problem::Missing(format!("report {}", short(&id))))?)
}

/// `/api/export`: a table of a relation, or the whole of it, as a file.
pub async fn export(State(app): Shared, RawQuery(query): RawQuery) -> Answer {
    let params = Params::parse(query.as_deref())?;
    let brief = brief(&app, query.as_deref()).await?;
    let wanted = params.get("table").unwrap_or("series");
    let table = Table::parse(wanted).ok_or_else(|| {
        let names = Table::ALL.map(|(_, name)| name).join(", ");
        Problem::Bad(format!("`table` is “{}”; there are {names}", short(wanted)))
    })?;
    let shown = crate::pages::filtered(&brief, &params)?;
    let name = format!(
        "{}-{}-{wanted}",
        file_name(&brief.a.code),
        brief.b.as_ref().map_or("all".into(), |b| file_name(&b.code))
    );
    match params.get("format").unwrap_or("csv") {
        "csv" => Ok(file(
            write::csv(&shown, table, params.get("spreadsheet").is_some()),
            "text/csv; charset=utf-8",
            &format!("{name}.csv"),
        )),
        "json" => Ok(file(write::json(&shown)?, "application/json", &format!("{name}.json"))),
        "html" => {
            let tongue = params.tongue(None);
            Ok(file(write::html(&shown, tongue, 500)?, "text/html; charset=utf-8", &format!("{name}.html")))
        }
        other => Err(Problem::Bad(format!("`format` is “{}”; there are csv, json, html", short(other)))),
    }
}

/// `/api/picture`: a picture of a relation as SVG.
pub async fn picture(State(app): Shared, RawQuery(query): RawQuery, headers: HeaderMap) -> Answer {
    let params = Params::parse(query.as_deref())?;
    let tongue: Tongue =
        params.tongue(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()));
    let brief = brief(&app, query.as_deref()).await?;
    let picture = match params.get("kind").unwrap_or("timeline") {
        "timeline" => charts::timeline(&brief, tongue),
        "quads" => charts::quads(&brief, tongue),
        "agenda" => charts::agenda(&brief, tongue),
        other => {
            return Err(Problem::Bad(format!(
                "`kind` is “{}”; there are timeline, quads, agenda",
                short(other)
            )));
        }
    };
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}

/// A page of rows with what there is before and after it.
fn page<T: Serialize>(name: &str, rows: &[T], total: u64, limit: usize, offset: usize) -> serde_json::Value {
    let mut page = json!({"total": total, "limit": limit, "offset": offset, name: rows});
    if (offset + rows.len()) < usize::try_from(total).unwrap_or(usize::MAX) && !rows.is_empty() {
        page["next"] = json!(offset + rows.len());
    }
    page
}

fn reply<T: Serialize>(value: &T) -> Answer {
    Ok(json_text(serde_json::to_string(value)?))
}

fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

fn file(text: String, kind: &'static str, name: &str) -> Response {
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A code as part of a file's name: letters, digits and hyphens.
fn file_name(code: &str) -> String {
    code.chars().take(40).map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
}

/// Words of the asker in a message, bounded.
fn short(words: &str) -> String {
    words.chars().take(60).collect()
}
