//! Runs every case of `cases/en`: a short text, and the events it must give. One test a case.
//!
//! The format is told in `cases/README.md`. A case whose name begins with `!` is a known failure: the
//! run notices when it starts to pass.

mod case;

use attache_code::Coder;
use attache_read::Options;
use case::{Case, check, parse};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/en");
    let mut trials = Vec::new();
    let coder = Arc::new(attache::data::coder().expect("the built-in data loads"));
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("cases/en is there").flatten().collect();
    files.sort_by_key(|file| file.file_name());
    for file in files {
        let path = file.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let theme = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a case file is UTF-8");
        match parse(&text) {
            Ok(cases) => trials.extend(cases.into_iter().map(|case| trial(&theme, case, &coder))),
            Err(reason) => {
                let name = format!("{theme}::format");
                trials.push(Trial::test(name, move || Err(Failed::from(reason))));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(theme: &str, case: Case, coder: &Arc<Coder>) -> Trial {
    let coder = Arc::clone(coder);
    Trial::test(format!("{theme}::{}", case.name), move || {
        let options = Options { published: case.published, ..Options::default() };
        let report = attache_read::read_bytes(case.text.as_bytes(), &case.name, &options)?;
        let language = attache_text::language::Language::given("en");
        let coded = coder.code_in(&report, language);
        match (check(&case, &coded.events), case.known_failure) {
            (Ok(()), false) | (Err(_), true) => Ok(()),
            (Err(difference), false) => Err(Failed::from(difference)),
            (Ok(()), true) => Err(Failed::from("passes now: take the `!` from its name")),
        }
    })
}
