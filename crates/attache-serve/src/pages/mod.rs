//! The pages: each asks the archive once and fills its template. Without scripts every number, table and
//! picture is there; scripts add zooming, maps and keys.

mod compare;
mod entity;
mod event;
mod frame;
mod relation;
mod search;
mod shown;
mod story;
mod world;

pub use compare::compare;
pub use entity::entity;
pub use event::event;
pub use relation::{filtered, relation};
pub use search::search;
pub use story::story;
pub use world::world;

use crate::params::Params;
use crate::problem::Problem;
use askama::Template;
use attache_report::{Question, Sides, Tongue};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use frame::Frame;

/// What a page handler gives: a page, or a page that says why there is none.
pub type Page = Result<Response, Oops>;

/// Why there is no page, in the asker's language.
pub struct Oops {
    problem: Problem,
    frame: Box<Frame>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: &'a Frame,
    status: u16,
    detail: String,
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let status = self.problem.status();
        let page =
            ProblemPage { frame: &self.frame, status: status.as_u16(), detail: self.problem.to_string() };
        match page.render() {
            Ok(page) => (status, Html(page)).into_response(),
            Err(_) => self.problem.json(),
        }
    }
}

/// An address that leads nowhere.
pub async fn nowhere(uri: Uri, headers: HeaderMap) -> Response {
    let problem = Problem::Missing("such page".into());
    if uri.path().starts_with("/api/") || uri.path().starts_with("/static/") {
        return problem.json();
    }
    let params = Params::parse(uri.query()).unwrap_or_default();
    Oops { problem, frame: Box::new(Frame::new(&params, &headers, "/")) }.into_response()
}

/// The question with whole countries called as the page's language calls them.
fn localised(mut question: Question, sides: &Sides, tongue: Tongue) -> Question {
    if tongue == Tongue::Es {
        for side in std::iter::once(&mut question.a).chain(&mut question.b) {
            if let Some(name) = sides.country_name(&side.code) {
                side.name.clone_from(&name.es);
            }
        }
    }
    question
}

/// Reads the parameters and runs the rest, so that every problem becomes a page in the right language.
async fn answer<F, R>(query: Option<String>, headers: &HeaderMap, path: &str, rest: F) -> Page
where
    F: FnOnce(Params, Frame) -> R,
    R: Future<Output = Result<String, Problem>>,
{
    let parsed = Params::parse(query.as_deref());
    let params = parsed.as_ref().map_or_else(|_| Params::default(), Clone::clone);
    let frame = Frame::new(&params, headers, path);
    let told = match parsed {
        Ok(params) => rest(params, frame.clone()).await,
        Err(problem) => Err(problem),
    };
    match told {
        Ok(page) => {
            Ok((StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
        }
        Err(problem) => Err(Oops { problem, frame: Box::new(frame) }),
    }
}
