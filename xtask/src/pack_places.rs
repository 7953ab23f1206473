//! `cargo xtask pack-places`: writes `data/places/places.bin` from the tables beside it.

use anyhow::Context;
use attache_code::place::Gazetteer;
use std::fs;
use std::path::Path;

/// Packs the tables of this folder.
///
/// # Errors
/// Where a table cannot be read or has a faulty row, or the file not be written.
#[allow(clippy::print_stdout)] // a chore's findings are its data
pub fn run(places: &Path) -> anyhow::Result<()> {
    let table = |name: &str| fs::read_to_string(places.join(name)).with_context(|| name.to_owned());
    let packed = Gazetteer::pack(&table("places.tsv")?, &table("admin1.tsv")?, &table("admin2.tsv")?)?;
    fs::write(places.join("places.bin"), &packed).context("places.bin")?;
    println!("places.bin: {} bytes", packed.len());
    Ok(())
}
