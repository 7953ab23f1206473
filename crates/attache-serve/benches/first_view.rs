//! The first view of each page: a server that has told nothing yet, on an archive of a million events.
//!
//!     cargo run --release -p attache-serve --example large -- target/large.attache 1000000
//!     cargo bench -p attache-serve
//!
//! ATTACHE_BENCH_ARCHIVE names another archive.

use attache_code::entity::{Registry, Tables};
use attache_report::Sides;
use attache_serve::{App, Limits, router};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

const COUNTRIES: &str = "id\tname\tnames_es\nCOL\tColombia\tColombia\nUSA\tUnited States\tEstados Unidos\n";
const PAGES: [(&str, &str); 4] = [
    ("world", "/"),
    ("relation", "/relation?a=COL&b=USA"),
    ("one side alone", "/relation?a=COL"),
    ("search", "/search?q=treaty"),
];

fn app(path: &Path) -> App {
    let registry = Registry::from_tables(&Tables { countries: COUNTRIES, ..Tables::default() });
    let sides = Sides::new(registry.expect("a registry"), COUNTRIES, "id\tname\n", &[]);
    // Time enough: what is measured is not to be cut off.
    let limits = Limits { time: Duration::from_secs(600), ..Limits::default() };
    App::new(path, sides, limits).expect("an archive: see the head of benches/first_view.rs")
}

fn first_views(c: &mut Criterion) {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/large.attache");
    let path = std::env::var_os("ATTACHE_BENCH_ARCHIVE").map_or_else(default, PathBuf::from);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut group = c.benchmark_group("first view");
    group.sample_size(10);
    for (name, address) in PAGES {
        let view = |app: App| {
            runtime.block_on(async {
                let request = Request::get(address).body(Body::empty()).expect("a request");
                let answer = router(Arc::new(app)).oneshot(request).await.expect("an answer");
                assert_eq!(answer.status(), StatusCode::OK);
                to_bytes(answer.into_body(), usize::MAX).await.expect("a page").len()
            })
        };
        group.bench_function(name, |b| b.iter_batched(|| app(&path), view, BatchSize::PerIteration));
    }
    group.finish();
}

criterion_group!(benches, first_views);
criterion_main!(benches);
