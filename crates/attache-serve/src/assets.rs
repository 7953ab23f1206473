//! Files of the front end, compiled in.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file: its name, type and bytes.
type Asset = (&'static str, &'static str, &'static [u8]);

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JSON: &str = "application/json";

/// All files. Vendored ones are listed with version, licence and checksum in `front/vendor/VENDOR.toml`.
pub const ALL: [Asset; 11] = [
    ("app.css", CSS, include_bytes!("../front/app.css")),
    ("app.js", JS, include_bytes!("../front/app.js")),
    ("chart.js", JS, include_bytes!("../front/chart.js")),
    ("map.js", JS, include_bytes!("../front/map.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../front/icon.svg")),
    ("uplot.js", JS, include_bytes!("../front/vendor/uplot/uPlot.iife.min.js")),
    ("uplot.css", CSS, include_bytes!("../front/vendor/uplot/uPlot.min.css")),
    ("topojson-client.js", JS, include_bytes!("../front/vendor/topojson-client/topojson-client.min.js")),
    ("countries.json", JSON, include_bytes!("../front/vendor/world-atlas/countries-110m.json")),
    ("codes.json", JSON, include_bytes!("../front/vendor/i18n-iso-countries/codes.json")),
    ("openapi.json", JSON, include_bytes!("../openapi.json")),
];

/// A file by its name.
pub async fn asset(Path(name): Path<String>) -> Response {
    let Some((_, kind, bytes)) = ALL.iter().find(|(one, _, _)| *one == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=3600")], *bytes).into_response()
}
