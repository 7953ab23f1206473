//! Chores of the project, run as `cargo xtask CHORE`.

mod browser;
mod check_data;
mod check_entities;
mod dead_frames;
mod demo;
mod pack_places;
mod rows;
mod store_test;
mod vendor;

use std::path::Path;

/// Where the page keeps files of others.
const VENDOR: &str = "crates/attache-serve/front/vendor";

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["browser-test"] => browser::run(&root, None),
        ["browser-test", program] => browser::run(&root, Some(program)),
        ["check-data"] => check_data::run(&root.join("data")),
        ["dead-frames"] => dead_frames::run(&root.join("data")),
        ["demo"] => demo::run(&root.join("target/demo.attache")),
        ["demo", file] => demo::run(Path::new(file)),
        ["vendor"] => vendor::fetch(&root.join(VENDOR)),
        ["vendor", "--check"] => vendor::check(&root.join(VENDOR)),
        ["kill-test"] => store_test::kills(),
        ["pack-places"] => pack_places::run(&root.join("data/places")),
        ["stories"] => store_test::stories(),
        _ => anyhow::bail!(
            "usage: cargo xtask browser-test [PROGRAM] | check-data | dead-frames | demo [FILE] | kill-test | pack-places | stories | vendor [--check]"
        ),
    }
}
