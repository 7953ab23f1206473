//! The command line of Attaché, as a library so that its parts can be tested.
//!
//! [`run`] takes the words of the command line apart ([`args`](Command)), loads what the verb needs from
//! the built-in knowledge ([`data`]), works on the inputs side by side but answers in their order, and
//! ends with an exit code: 0 done, 1 some inputs failed, 2 wrong use.

mod args;
pub mod data;
pub mod demo;
mod dictionaries;
pub mod digest;
pub mod evaluate;
pub mod exchange;
mod lines;
mod ordered;
mod talk;
mod verbs;

pub use args::Command;

use clap::Parser;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

/// What a verb leaves: how many of its inputs failed, each of them named already.
pub type Outcome = anyhow::Result<usize>;

/// Runs the program as these words ask it to, the first of them its own name.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match Command::try_parse_from(words) {
        Ok(command) => command,
        Err(error) => {
            // Asking for help ends with 0, wrong use with 2. Nobody is left to tell where this fails.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match verbs::run(command) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        // Whoever read our output has enough of it ("attache … | head"): a good end.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            talk::complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
