//! The pages in a real browser: the tests of `crates/attache-serve/browser`.

use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Chromium is looked for, where `CHROMIUM` does not say.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Runs the tests with the program given, else with one built for it.
///
/// # Errors
/// Where npm or Chromium is missing, or a test fails.
pub fn run(root: &Path, program: Option<&str>) -> anyhow::Result<()> {
    let browser = std::env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| BROWSERS.iter().find_map(find));
    let browser = browser.context("there is no Chromium: install it, or name one in CHROMIUM")?;
    find(&"npm").context("there is no npm: install Node.js 20 or newer")?;
    let program = match program {
        Some(path) => PathBuf::from(path),
        None => {
            done(Command::new(env!("CARGO")).args(["build", "--package", "attache"]).current_dir(root))?;
            root.join("target/debug/attache")
        }
    };
    let program = program.canonicalize().with_context(|| program.display().to_string())?;
    let root = root.canonicalize()?;
    let folder = root.join("crates/attache-serve/browser");
    done(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&folder))?;
    done(
        Command::new("npm")
            .args(["test", "--silent"])
            .current_dir(&folder)
            .env("ATTACHE", program)
            .env("CHROMIUM", browser)
            .env("SHOTS", root.join("target/browser")),
    )
}

/// A program in the path.
fn find(name: &&str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn done(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}
