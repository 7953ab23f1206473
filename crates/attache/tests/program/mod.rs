//! The program as people run it, for the tests of the command line.
#![allow(dead_code, reason = "each test file uses its part")]

use serde_json::Value;
use std::process::{Command, Output, Stdio};

/// What one run left.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("talk is UTF-8"),
        }
    }
}

impl Ran {
    /// The output's JSON lines.
    pub fn rows(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

/// The program with these words, nothing on its standard input.
pub fn attache(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.args(words).stdin(Stdio::null()).env_remove("NO_COLOR");
    command
}

/// Runs it to its end.
pub fn run(words: &[&str]) -> Ran {
    attache(words).output().expect("the program runs").into()
}
