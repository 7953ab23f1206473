//! The program `attache`.

use std::process::ExitCode;

fn main() -> ExitCode {
    attache::run(std::env::args_os())
}
