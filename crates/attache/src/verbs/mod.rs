//! The verbs, one a module, and what they share.

mod evaluate;
mod explain;
mod export;
mod extract;
#[cfg(feature = "fetch")]
mod feeds;
mod import;
pub(crate) mod keep;
mod locate;
mod log;
mod parse;
mod read;
mod relate;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod texts;
mod watching;
mod who;

use crate::Outcome;
use crate::args::{Command, Verb};
use crate::exchange;
use anyhow::Context;

/// Does what the command asks for.
pub fn run(command: Command) -> Outcome {
    if let Some(threads) = command.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.into())
            .build_global()
            .context("the threads could not be started")?;
    }
    match command.verb {
        Verb::Read(args) => read::run(&args, command.quiet),
        Verb::Keep(args) => keep::run(&args, command.quiet),
        Verb::Log(args) => log::run(&args),
        Verb::Parse(args) => parse::run(&args, command.quiet),
        Verb::Who(args) => who::run(&args, command.quiet),
        Verb::Extract(args) => extract::run(&args, command.quiet),
        Verb::Relate(args) => relate::run(&args),
        Verb::Locate(args) => locate::run(&args),
        Verb::Explain(args) => explain::run(&args),
        Verb::Report(args) => report::report(&args, command.quiet),
        Verb::Watch(args) => report::watch(&args, command.quiet),
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(&args, command.quiet),
        Verb::Convert(args) => exchange::convert(&args, command.quiet),
        Verb::Export(args) => export::run(&args, command.quiet),
        Verb::Import(args) => import::run(&args, command.quiet),
        Verb::Evaluate(args) => evaluate::run(&args),
    }
}
