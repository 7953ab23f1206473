//! `attache serve`: the archive as web pages and HTTP API.

use crate::args::Serve;
use crate::{Outcome, data};
use anyhow::Context;
use attache_serve::{App, Limits};
use std::time::Duration;

/// Serves until the user ends it.
pub fn run(args: &Serve, quiet: bool) -> Outcome {
    let limits = Limits {
        readers: args.readers.into(),
        time: Duration::from_secs(args.patience.into()),
        ..Limits::default()
    };
    let path = args.archive.path(quiet)?;
    let demo = args.archive.demo;
    let mut app = App::new(&path, data::sides()?, limits)?;
    app.demo = demo;
    attache_serve::serve(app, args.listen, |address| {
        let what = if demo { "the demo, reports written for it, in " } else { "" };
        eprintln!("attache: http://{address}/ shows {what}{} (Ctrl-C ends)", path.display());
    })
    .with_context(|| format!("cannot listen on {}", args.listen))?;
    Ok(0)
}
