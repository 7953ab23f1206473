//! The store's own tests at full size, or with their figures shown.

use anyhow::ensure;
use std::process::Command;

/// The archive under `kill -9`: 200 kills while 20,000 reports are kept.
pub fn kills() -> anyhow::Result<()> {
    let size = [("ATTACHE_KILLS", "200"), ("ATTACHE_KILL_REPORTS", "20000")];
    test("kill", "survives_kills", &size)
}

/// Precision and recall of stories and events on `cases/stories/`, and each wrong join.
pub fn stories() -> anyhow::Result<()> {
    test("stories", "stories_and_events_are_gathered", &[("ATTACHE_SHOW", "1")])
}

fn test(file: &str, name: &str, variables: &[(&str, &str)]) -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["test", "--package", "attache-store", "--test", file, "--", "--nocapture", "--exact", name])
        .envs(variables.iter().copied())
        .status()?;
    ensure!(status.success(), "the test {name} failed");
    Ok(())
}
