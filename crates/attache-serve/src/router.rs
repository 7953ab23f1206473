//! Which address leads where.

use crate::app::App;
use crate::{api, assets, guard, pages};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::sync::Arc;

/// The addresses of the API, as `openapi.json` describes them.
pub const API: [&str; 14] = [
    "/api/status",
    "/api/relations",
    "/api/relation",
    "/api/events",
    "/api/events/{id}",
    "/api/events/{id}/revisions",
    "/api/entities",
    "/api/entities/{id}",
    "/api/stories/{id}",
    "/api/reports/{id}",
    "/api/search",
    "/api/export",
    "/api/picture",
    "/api/series",
];

/// All addresses.
pub fn router(app: Arc<App>) -> Router {
    let told = Router::new()
        .route("/", get(pages::world))
        .route("/relation", get(pages::relation))
        .route("/compare", get(pages::compare))
        .route("/event/{id}", get(pages::event))
        .route("/story/{id}", get(pages::story))
        .route("/entity", get(pages::entity))
        .route("/search", get(pages::search))
        .route(API[0], get(api::status))
        .route(API[1], get(api::relations))
        .route(API[2], get(api::relation))
        .route(API[3], get(api::events))
        .route(API[4], get(api::event))
        .route(API[5], get(api::revisions))
        .route(API[6], get(api::entities))
        .route(API[7], get(api::entity))
        .route(API[8], get(api::story))
        .route(API[9], get(api::report))
        .route(API[10], get(api::search))
        .route(API[11], get(api::export))
        .route(API[12], get(api::picture))
        .route(API[13], get(api::series))
        .layer(from_fn_with_state(Arc::clone(&app), guard::fresh));
    Router::new()
        .merge(told)
        .route("/api/openapi.json", get(|| assets::asset(axum::extract::Path("openapi.json".into()))))
        .route("/static/{name}", get(assets::asset))
        .fallback(pages::nowhere)
        .layer(from_fn(guard::headers))
        .with_state(app)
}
