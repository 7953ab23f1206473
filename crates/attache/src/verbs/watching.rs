//! `attache keep --watch`: files, folders and addresses looked at again and again. Files are read when they
//! have changed, addresses asked for what is new, at the pace their servers want; a line a round.

#[cfg(feature = "fetch")]
use super::feeds::Feeds;
use super::keep::{Keeping, Sum};
use crate::Outcome;
use crate::talk::Talk;
use anyhow::bail;
use attache_read::Input;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Failures remembered so that each is told once; beyond so many, all are forgotten.
const FAILURES: usize = 10_000;

/// Watches until it is stopped.
pub fn run(keeping: &mut Keeping<'_>, input: &[PathBuf], pause: Duration, quiet: bool) -> Outcome {
    if input.iter().any(|path| path.as_os_str() == "-") {
        bail!("--watch looks at files, folders and addresses again and again; standard input ends");
    }
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        input.iter().cloned().partition(|path| cfg!(feature = "fetch") && attache_read::is_address(path));
    let mut files = Files { paths, seen: HashMap::new() };
    let mut feeds = Feeds::new(&addresses, keeping)?;
    let mut told: HashSet<String> = HashSet::new();
    loop {
        let (mut sum, mut talk) = (Sum::default(), Talk::new("reports", quiet));
        let mut fail = |talk: &mut Talk, reason: &str| {
            if told.len() >= FAILURES {
                told.clear();
            }
            if told.insert(reason.to_owned()) {
                talk.fail(reason);
            }
        };
        let changed = files.changed(|reason| fail(&mut talk, reason));
        if !changed.is_empty() {
            let documents = attache_read::documents(&changed, &keeping.options);
            keeping.take(documents, &mut sum, &mut talk, &mut fail)?;
        }
        let asked = feeds.round(keeping, &mut sum, &mut talk, &mut fail)?;
        talk.say(&format!("{:.0} {sum}{asked}", jiff::Timestamp::now()));
        talk.end();
        std::thread::sleep(pause);
    }
}

/// Files and what they were like when they were read last.
struct Files {
    paths: Vec<PathBuf>,
    seen: HashMap<PathBuf, Option<(SystemTime, u64)>>,
}

impl Files {
    /// The files that are new or have changed since they were asked for last.
    fn changed(&mut self, mut fail: impl FnMut(&str)) -> Vec<PathBuf> {
        let mut changed = Vec::new();
        for path in &self.paths {
            for found in attache_read::files(path.clone()) {
                match found {
                    Ok(Input::File(file)) => {
                        let state = state(&file);
                        // What tells no time of change is read each time.
                        if state.is_none() || self.seen.get(&file) != Some(&state) {
                            self.seen.insert(file.clone(), state);
                            changed.push(file);
                        }
                    }
                    Ok(Input::Stdin) => {}
                    Err(problem) => fail(&problem.to_string()),
                }
            }
        }
        changed
    }
}

/// When a file was changed last, and its length.
fn state(file: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(file).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Without fetching an address is an input like any other, and fails as one.
#[cfg(not(feature = "fetch"))]
struct Feeds;

#[cfg(not(feature = "fetch"))]
impl Feeds {
    fn new(_: &[PathBuf], _: &Keeping<'_>) -> anyhow::Result<Feeds> {
        Ok(Feeds)
    }

    fn round(
        &mut self,
        _: &mut Keeping<'_>,
        _: &mut Sum,
        _: &mut Talk,
        _: impl FnMut(&mut Talk, &str),
    ) -> anyhow::Result<String> {
        Ok(String::new())
    }
}
