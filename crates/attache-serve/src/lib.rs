//! The archive as pages and an HTTP API.
//!
//! The way of a request: [`serve()`] → [`guard`] (methods, length, time, headers) → a handler of [`pages`]
//! or [`api`] reads its [`params`], asks the archive through [`app::App::read`] on a thread of its own, and
//! answers. Nothing is ever written; nothing is loaded from elsewhere.

pub mod api;
pub mod app;
pub mod assets;
pub mod guard;
pub mod history;
pub mod pages;
pub mod params;
pub mod problem;
pub mod router;
pub mod series;

pub use app::{App, Limits};
pub use router::router;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// Serves an archive until the process is asked to end. `ready` is called with the address once it listens.
///
/// # Errors
/// Where the address cannot be listened on.
pub fn serve(app: App, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        ready(listener.local_addr()?);
        let stop = async {
            // Without a signal handler the process simply runs until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(Arc::new(app))).with_graceful_shutdown(stop).await
    })
}
