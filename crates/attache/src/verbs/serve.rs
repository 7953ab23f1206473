//! `attache serve`: the archive as web pages and HTTP API.

use crate::args::Serve;
use crate::{Outcome, data};
use anyhow::Context;
use attache_serve::{App, Limits};
use std::time::Duration;

/// Serves until the user ends it.
pub fn run(args: &Serve) -> Outcome {
    let limits = Limits {
        readers: args.readers.into(),
        time: Duration::from_secs(args.patience.into()),
        ..Limits::default()
    };
    let app = App::new(&args.archive, data::sides()?, limits)?;
    attache_serve::serve(app, args.listen, |address| {
        eprintln!("attache: http://{address}/ shows {} (Ctrl-C ends)", args.archive.display());
    })
    .with_context(|| format!("cannot listen on {}", args.listen))?;
    Ok(0)
}
