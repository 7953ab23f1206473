//! The full test of the archive under `kill -9`: 200 kills while 20,000 reports are kept.

use anyhow::ensure;
use std::process::Command;

/// Runs the store's own test at full size.
pub fn run() -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["test", "--package", "attache-store", "--test", "kill", "--", "--nocapture", "survives_kills"])
        .env("ATTACHE_KILLS", "200")
        .env("ATTACHE_KILL_REPORTS", "20000")
        .status()?;
    ensure!(status.success(), "the archive did not survive");
    Ok(())
}
