//! `attache log`: what was kept when, and what a new version coded otherwise.

use crate::Outcome;
use crate::args::{Log, WhoFormat};
use anyhow::Context;
use attache_store::Archive;
use attache_store::query::{self, Change, Run};
use std::io::{self, BufWriter, Write};

/// Tells the log of an archive.
pub fn run(args: &Log) -> Outcome {
    let archive = Archive::open(&args.archive)?;
    let runs = query::runs(&archive)?.into_iter().filter(|run| run.id > args.after).collect::<Vec<Run>>();
    let changes = query::changes(&archive, args.after)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.to {
        WhoFormat::Text => text(&mut out, &runs, &changes),
        WhoFormat::Json => json(&mut out, &runs, &changes),
    }
    .and_then(|()| out.flush())
    .context("standard output")?;
    Ok(0)
}

fn text(out: &mut impl Write, runs: &[Run], changes: &[Change]) -> io::Result<()> {
    for run in runs {
        writeln!(
            out,
            "run {}, {}, {}: {} new reports, {} coded anew",
            run.id, run.started, run.version, run.new, run.recoded
        )?;
        let mut report = "";
        for change in changes.iter().filter(|change| change.run == run.id) {
            if change.report != report {
                report = &change.report;
                writeln!(out, "  report {} {}", change.report, change.title.as_deref().unwrap_or(""))?;
                writeln!(out, "    {}", change.why)?;
            }
            writeln!(out, "    {} {}: {}", change.what, change.event, change.detail)?;
        }
    }
    Ok(())
}

fn json(out: &mut impl Write, runs: &[Run], changes: &[Change]) -> io::Result<()> {
    for run in runs {
        writeln!(out, "{}", serde_json::to_string(run)?)?;
    }
    for change in changes {
        writeln!(out, "{}", serde_json::to_string(change)?)?;
    }
    Ok(())
}
