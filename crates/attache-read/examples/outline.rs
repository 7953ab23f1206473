//! Shows how files are read: `cargo run -p attache-read --example outline -- FILE…`

use attache_read::{MAX_BYTES, Options, list, read_bytes};
use std::io::{self, Write};
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut out = io::stdout().lock();
    for input in list(&paths) {
        let read =
            input.and_then(|input| read_bytes(&input.load(MAX_BYTES)?, &input.name(), &Options::default()));
        let report = match read {
            Ok(report) => report,
            Err(error) => {
                writeln!(out, "error: {error}\n")?;
                continue;
            }
        };
        writeln!(
            out,
            "id         {}\ntitle      {:?}\nbyline     {:?}",
            report.id, report.title, report.byline
        )?;
        writeln!(out, "publisher  {:?}\nurl        {:?}", report.publisher, report.url)?;
        writeln!(out, "published  {:?}\ncharset    {:?}", report.published, report.charset)?;
        for note in &report.notes {
            writeln!(out, "note       {note}")?;
        }
        for block in &report.blocks {
            let words: String = block.span.of(&report.text).chars().take(90).collect();
            writeln!(
                out,
                "{:<11} {:>6} {}",
                format!("{:?}", block.kind),
                block.span.start,
                words.replace('\n', "/")
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
