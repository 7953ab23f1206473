//! What the tests of exchange share: codes from the data folder, and our own invented events.
#![allow(dead_code)] // each test takes what it needs

use attache_code::Event;
use attache_code::ontology::Ontology;
use attache_store::exchange::{Codes, Format, Input, Problem, Tables, WriteError};
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

macro_rules! data {
    ($path:literal) => {
        include_str!(concat!("../../../../data/", $path))
    };
}

pub fn codes() -> Codes {
    let ontology = Ontology::from_toml(data!("ontology/plover-2.0.toml"), data!("ontology/cameo.tsv"))
        .expect("the test has it");
    let tables = Tables {
        countries: data!("entities/countries.tsv"),
        dependencies: data!("entities/dependencies.tsv"),
        codes: data!("entities/codes.tsv"),
        sectors: data!("ontology/sectors.tsv"),
        crosswalk: data!("ontology/crosswalk.tsv"),
    };
    Codes::from_tables(&tables, ontology).expect("the test has it")
}

/// The events of `fixtures/events.jsonl`.
pub fn events() -> Vec<Event> {
    let text = include_str!("../fixtures/events.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("the test has it")).collect()
}

/// Bytes that stay when their writer has gone.
#[derive(Clone, Default)]
pub struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the test has it").write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a format makes of events, and which of them it leaves out.
pub fn write(format: Format, events: &[Event], codes: &Codes) -> (Vec<u8>, Vec<usize>) {
    let bytes = Bytes::default();
    let mut left = Vec::new();
    let mut writer = format.writer(bytes.clone(), codes).expect("the test has it");
    for (index, event) in events.iter().enumerate() {
        match writer.write(event) {
            Ok(()) => {}
            Err(WriteError::Unfit(_)) => left.push(index),
            Err(error) => panic!("{error}"),
        }
    }
    writer.end().expect("the test has it");
    let bytes = bytes.0.lock().expect("the test has it").clone();
    (bytes, left)
}

pub fn read(format: Format, bytes: &[u8], codes: &Codes) -> Vec<Result<Event, Problem>> {
    format.read(Input::Stream(Box::new(Cursor::new(bytes))), codes).expect("the test has it").collect()
}

pub fn read_all(format: Format, bytes: &[u8], codes: &Codes) -> Vec<Event> {
    read(format, bytes, codes).into_iter().map(Result::unwrap).collect()
}
