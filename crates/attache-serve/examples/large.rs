//! Makes an archive of made-up reports, to look at a large one:
//! `cargo run --release -p attache-serve --example large -- large.attache 1000000` (events; two a report).

use attache_store::synthetic::{self, Shape};
use attache_store::{Prepared, StoreError, Writer};
use std::path::Path;

fn main() -> Result<(), StoreError> {
    let mut words = std::env::args().skip(1);
    let file = words.next().unwrap_or_else(|| "large.attache".into());
    let events: u64 = words.next().and_then(|number| number.parse().ok()).unwrap_or(1_000_000);
    let shape = Shape { events: 2, words: 120, days: 3_650, copies: 10, ..Shape::default() };
    let mut writer = Writer::open(Path::new(&file))?;
    for number in 0..events / 2 {
        writer.keep(&Prepared::new(synthetic::report(number, &shape), true))?;
        if writer.pending() >= 1_000 {
            writer.commit()?;
        }
    }
    writer.commit()
}
