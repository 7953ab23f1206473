//! Place names of bare texts without the model: JSONL `{"id","text"}` in, `{"id","toponyms"}` out.
//!
//! `cargo run --example locate -- DATA < texts.jsonl`, DATA being the repository's `data` folder. Offsets are
//! characters, as the gold sets have them.

use attache_code::place::{Gazetteer, Hints, Tables, locate};
use attache_text::{Block, BlockKind, Report, Sentence, Span, segment, tokenize};
use std::error::Error;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    let data = PathBuf::from(env::args().nth(1).ok_or("usage: locate DATA < TEXTS")?);
    let table = |path: &str| fs::read_to_string(data.join(path));
    let gazetteer = Gazetteer::new(
        fs::read(data.join("places/places.bin"))?.into(),
        &Tables {
            facilities: &table("places/facilities.tsv")?,
            countries: &table("entities/countries.tsv")?,
            points: &table("places/countries.tsv")?,
        },
    )?;
    for line in io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let blocks = vec![Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }];
        let report = Report { text, blocks, ..Report::default() };
        let sentences: Vec<Sentence> = segment::sentences(&report)
            .into_iter()
            .map(|span| Sentence { span, tokens: tokenize::tokens(&report.text, span), mentions: Vec::new() })
            .collect();
        let chars = |byte: usize| report.text.get(..byte).map_or(0, |before| before.chars().count());
        let toponyms: Vec<serde_json::Value> = locate(&report.text, &sentences, &gazetteer, Hints::default())
            .into_iter()
            .map(|t| {
                let place = t.place;
                serde_json::json!({"start": chars(place.span.start), "end": chars(place.span.end), "text": place.text,
                    "name": place.name, "geonameid": place.geonameid, "lat": place.lat, "lon": place.lon, "country": place.country})
            })
            .collect();
        writeln!(io::stdout(), "{}", serde_json::json!({"id": row["id"], "toponyms": toponyms}))?;
    }
    Ok(())
}
