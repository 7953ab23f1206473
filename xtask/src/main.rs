//! Chores of the project, run as `cargo xtask CHORE`.

fn main() -> anyhow::Result<()> {
    anyhow::bail!("no chore named; see CONTRIBUTING.md")
}
