//! What holds for every request and answer: bounded queries, an ETag, headers that keep a page to itself.

use crate::app::App;
use crate::problem::Problem;
use attache_report::ask::state;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Nothing runs or loads but what this server sends itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Refuses long queries, and answers "not modified" where the asker has what the archive still says. The
/// tag is made of the program, the archive's state, the address and the language: no answer depends on
/// anything else.
pub async fn fresh(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let uri = request.uri().to_string();
    if uri.len() > app.limits.query {
        return (StatusCode::URI_TOO_LONG, "the address is too long").into_response();
    }
    let state = match app.read(|_, archive| state(archive).map_err(Problem::from)).await {
        Ok(state) => state,
        Err(problem) => return problem.into_response(),
    };
    let language =
        request.headers().get(header::ACCEPT_LANGUAGE).map(HeaderValue::as_bytes).unwrap_or_default();
    let tag = tag(state, &uri, language);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        mark(&mut response, &tag);
        return response;
    }
    let mut response = next.run(request).await;
    if response.status().is_success() {
        mark(&mut response, &tag);
    }
    response
}

fn mark(response: &mut Response, tag: &str) {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
}

fn tag(state: i64, uri: &str, language: &[u8]) -> String {
    let mut hash = Sha256::new();
    for part in [attache_report::tell::VERSION.as_bytes(), &state.to_le_bytes(), uri.as_bytes(), language] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let hex: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}
