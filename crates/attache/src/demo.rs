//! The demo: reports written for it, compiled in as text, and the archive they are coded into when it is
//! first asked for. So the program stays one file, needs no network, and what it shows is its own coding.

use crate::data;
use crate::talk::Talk;
use crate::verbs::keep::with_events;
use anyhow::Context;
use attache_read::{Options, documents_in};
use attache_store::{Prepared, Writer};
use attache_text::Report;
use rayon::prelude::*;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// A file of the demo: its name and its reports, a line each.
macro_rules! reports {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../data/demo/", $name)))
    };
}

/// The reports, a file a relation.
pub const REPORTS: [(&str, &str); 6] = [
    reports!("aus-chn.jsonl"),
    reports!("col-usa.jsonl"),
    reports!("ecu-mex.jsonl"),
    reports!("eri-eth.jsonl"),
    reports!("fra-mli.jsonl"),
    reports!("irn-sau.jsonl"),
];

/// The demo's archive in the user's cache, coded now where this program has not done so yet. Where there is no
/// cache to write to, it is made for this once among the temporary files.
///
/// # Errors
/// Where it can be written nowhere.
pub fn archive(quiet: bool) -> anyhow::Result<PathBuf> {
    let name = format!("demo-{:016x}.attache", key());
    if let Some(made) = cache().map(|folder| folder.join(&name)).filter(|path| path.is_file()) {
        return Ok(made);
    }
    let room = cache().and_then(|folder| {
        fs::create_dir_all(&folder).ok()?;
        Some((tempfile::tempdir_in(&folder).ok()?, folder))
    });
    let Some((room, folder)) = room else {
        let path = tempfile::tempdir().context("the demo has no place")?.keep().join(name);
        code(&path, quiet)?;
        return Ok(path);
    };
    // Made beside its place and moved there whole: who stops this, or starts it twice, leaves no half archive.
    let draft = room.path().join(&name);
    code(&draft, quiet)?;
    let path = folder.join(name);
    fs::rename(&draft, &path).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// Codes the demo's reports into an archive, in the order of their days; those it has are left alone.
///
/// # Errors
/// Where a report cannot be read or the archive cannot be written.
pub fn code(path: &Path, quiet: bool) -> anyhow::Result<()> {
    let mut writer = Writer::open(path)?;
    let coder = data::coder()?;
    let mut reports = reports()?;
    reports.sort_by_key(|report| report.published.as_ref().map(|published| published.date));
    let talk = Talk::new("reports", quiet);
    talk.say(&format!("coding the {} reports of the demo, this once", reports.len()));
    talk.expect(reports.len() as u64);
    let prepared: Vec<Prepared> = reports
        .into_par_iter()
        .map(|report| {
            let coded = coder.code(&report).context("a report of the demo")?;
            talk.step();
            Ok(Prepared::new(with_events(report, coded, &coder), true))
        })
        .collect::<anyhow::Result<_>>()?;
    for report in &prepared {
        writer.keep(report)?;
    }
    writer.commit()?;
    talk.end();
    Ok(())
}

/// The reports, read.
fn reports() -> anyhow::Result<Vec<Report>> {
    let options = Options::default();
    let documents = REPORTS.iter().flat_map(|(name, text)| documents_in(text.as_bytes(), name, &options));
    documents.map(|document| Ok(document?.report(&options)?)).collect()
}

/// A number for this very program: another build may code otherwise.
fn key() -> u64 {
    let mut hash = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), REPORTS).hash(&mut hash);
    if let Some(file) = env::current_exe().ok().and_then(|path| fs::metadata(path).ok()) {
        (file.len(), file.modified().ok()).hash(&mut hash);
    }
    hash.finish()
}

/// Where programs of this user put what they can make again.
fn cache() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    let caches = if cfg!(windows) { folder("LOCALAPPDATA") } else { folder("XDG_CACHE_HOME") };
    let caches = caches.or_else(|| Some(folder("HOME")?.join(home)))?;
    Some(caches.join("attache"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_is_read_with_its_day_and_paper() {
        let reports = reports().unwrap();
        let lines: usize = REPORTS.iter().map(|(_, text)| text.lines().count()).sum();
        assert_eq!(reports.len(), lines);
        for report in reports {
            assert!(report.published.is_some() && report.title.is_some(), "{report:?}");
            assert!(report.publisher.is_some_and(|paper| paper.starts_with("Demo ")));
        }
    }
}
