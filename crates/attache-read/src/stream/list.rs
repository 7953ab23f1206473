//! From what the user typed to open streams.

use super::open::{Context, Records, open};
use super::problem::Problem;
use super::window::{Plain, Window};
use super::{Document, Options};
use crate::input::{Input, list};
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The documents behind paths, patterns and addresses, one at a time, in order.
pub struct Documents {
    paths: VecDeque<PathBuf>,
    /// The files of the path being read.
    files: Option<Box<dyn Iterator<Item = Result<Input, Problem>> + Send>>,
    /// The documents of the file being read.
    records: Option<Records>,
    options: Arc<Options>,
    #[cfg(feature = "fetch")]
    fetcher: Option<crate::fetch::Fetcher>,
}

/// The documents behind what the user typed.
///
/// A path is a file, a folder (see [`list`] for what of it is read) or `-`, standard input, which no paths at
/// all mean as well. What is no file and has `*`, `?` or `[` in it is a pattern. What begins with `http://` or
/// `https://` is fetched, where the crate is built with the feature `fetch`.
pub fn documents(paths: &[PathBuf], options: &Options) -> Documents {
    let stdin = paths.is_empty().then(|| PathBuf::from("-"));
    Documents {
        paths: paths.iter().cloned().chain(stdin).collect(),
        files: None,
        records: None,
        options: Arc::new(options.clone()),
        #[cfg(feature = "fetch")]
        fetcher: None,
    }
}

impl Iterator for Documents {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.records.as_mut().and_then(Iterator::next) {
                return Some(found);
            }
            self.records = None;
            if let Some(input) = self.files.as_mut().and_then(Iterator::next) {
                match input {
                    Ok(input) => self.records = Some(opened(&input, &self.options)),
                    Err(problem) => return Some(Err(problem)),
                }
                continue;
            }
            self.files = None;
            let path = self.paths.pop_front()?;
            match address(&path) {
                Some(url) => self.records = Some(self.fetched(url)),
                None => self.files = Some(files(path)),
            }
        }
    }
}

/// The address a path is.
fn address(path: &Path) -> Option<&str> {
    let words = path.to_str()?;
    let scheme = words.split_once("://")?.0;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(words)
}

/// True where a path is an address of the web.
pub fn is_address(path: &Path) -> bool {
    address(path).is_some()
}

/// The files a path or pattern stands for, as [`documents`] finds them.
pub fn files(path: PathBuf) -> Box<dyn Iterator<Item = Result<Input, Problem>> + Send> {
    let listed = |path: PathBuf| list(&[path]).map(|input| input.map_err(Problem::from));
    let pattern = path.to_str().filter(|words| words.contains(['*', '?', '[']) && !path.exists());
    let Some(pattern) = pattern else { return Box::new(listed(path)) };
    let failed = |reason: String| {
        let file = path.display().to_string();
        Box::new(std::iter::once(Err(Problem { file, record: None, byte: None, reason })))
    };
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found = match glob::glob_with(pattern, options) {
        Ok(found) => found,
        Err(error) => return failed(format!("not a pattern: {error}")),
    };
    // Sorted by glob already; a pattern that meets nothing is an error like a file that is not there.
    let mut found = found.peekable();
    if found.peek().is_none() {
        return failed("no file matches the pattern".into());
    }
    let found: Vec<PathBuf> = found.filter_map(Result::ok).collect();
    Box::new(found.into_iter().flat_map(listed))
}

fn opened(input: &Input, options: &Arc<Options>) -> Records {
    match window(input, options) {
        Ok((window, context)) => open(window, context),
        Err(problem) => Box::new(std::iter::once(Err(problem))),
    }
}

/// The bytes of an input, and what is known of them.
pub(super) fn window(input: &Input, options: &Arc<Options>) -> Result<(Window, Context), Problem> {
    let mut context = Context::new(&input.name(), options);
    let Input::File(path) = input else { return Ok((Window::new(Plain(io::stdin())), context)) };
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (about, file) = opened.map_err(|error| context.problem(None, None, error.to_string()))?;
    if about.is_dir() {
        return Err(context.problem(None, None, "a folder"));
    }
    context.seekable = about.is_file().then(|| path.clone());
    Ok((Window::new(Plain(file)), context))
}

/// The documents in what a server answered; `name` is what problems call it.
#[cfg(feature = "fetch")]
pub(crate) fn answered(answer: crate::fetch::Fetched, name: &str, options: &Arc<Options>) -> Records {
    let mut context = Context::new(name, options);
    context.hints.charset = answer.charset();
    context.hints.url = Some(answer.url);
    open(Window::of_bytes(answer.body), context)
}

impl Documents {
    #[cfg(feature = "fetch")]
    fn fetched(&mut self, url: &str) -> Records {
        let options = &self.options;
        let fetcher = self
            .fetcher
            .get_or_insert_with(|| crate::fetch::Fetcher::new(options.limits, options.allow_private));
        match fetcher.get(url, &crate::fetch::Known::default()) {
            Ok(answer) => answered(answer, url, options),
            Err(error) => {
                let problem = Context::new(url, options).problem(None, None, error.to_string());
                Box::new(std::iter::once(Err(problem)))
            }
        }
    }

    #[cfg(not(feature = "fetch"))]
    #[allow(clippy::unused_self)] // the same signature for both builds
    fn fetched(&mut self, url: &str) -> Records {
        let context = Context::new(url, &self.options);
        let reason = "this program was built without fetching (feature `fetch`)";
        Box::new(std::iter::once(Err(context.problem(None, None, reason))))
    }
}
