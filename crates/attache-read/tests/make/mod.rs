//! Files of every format, made here; no text of others.
#![allow(dead_code, reason = "each test file uses its part")]

use attache_read::{Document, Options, Problem, documents_in};
use attache_text::Report;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use std::io::{Cursor, Write};

/// The text of report `number`.
pub fn words(number: usize) -> String {
    format!("The envoys of island {number} met in Lima on Monday and agreed to share the fish of the strait.")
}

pub fn page(number: usize) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Envoys {number}</title></head><body><h1>Envoys {number}</h1><p>{}</p></body></html>",
        words(number)
    )
}

/// A WARC record of any kind.
pub fn record(kind: &str, uri: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:{uri}>\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend(content);
    record.extend(b"\r\n\r\n");
    record
}

/// The answer of a server, as CC-NEWS keeps it.
pub fn answer(number: usize) -> Vec<u8> {
    let page = page(number);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        page.len()
    );
    let content = format!("{head}{page}").into_bytes();
    record(
        "response",
        &format!("https://news.example/{number}"),
        "application/http; msgtype=response",
        &content,
    )
}

/// Records as a WARC file has them: its own head, then an answer and its request for each number.
pub fn warc(numbers: std::ops::Range<usize>) -> Vec<Vec<u8>> {
    let mut records = vec![record("warcinfo", "x", "application/warc-fields", b"software: test\r\n")];
    records.extend(numbers.map(answer));
    records
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A zip file of these entries, by hand so that it can be a bad one.
pub struct Zip {
    pub entries: Vec<(String, Vec<u8>)>,
    /// Bit flags of every entry; 1 is "encrypted".
    pub flags: u16,
    /// Packing method: 0 stored, 8 deflate.
    pub method: u16,
    /// What the directory says each entry unpacks to, over the truth.
    pub size: Option<u32>,
}

impl Zip {
    pub fn of(entries: &[(&str, Vec<u8>)]) -> Zip {
        let entries = entries.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
        Zip { entries, flags: 0, method: 8, size: None }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let (mut file, mut directory) = (Vec::new(), Vec::new());
        for (name, content) in &self.entries {
            let mut crc = flate2::Crc::new();
            crc.update(content);
            let packed = if self.method == 8 {
                let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
                packed.write_all(content).unwrap();
                packed.finish().unwrap()
            } else {
                content.clone()
            };
            let start = file.len() as u32;
            let mut about = Vec::new();
            for number in [self.flags, self.method, 0, 0x21] {
                about.extend(number.to_le_bytes());
            }
            for number in [crc.sum(), packed.len() as u32, self.size.unwrap_or(content.len() as u32)] {
                about.extend(number.to_le_bytes());
            }
            about.extend((name.len() as u16).to_le_bytes());
            about.extend(0u16.to_le_bytes());
            file.extend(b"PK\x03\x04\x14\0");
            file.extend(&about);
            file.extend(name.as_bytes());
            file.extend(&packed);
            directory.extend(b"PK\x01\x02\x14\0\x14\0");
            directory.extend(&about);
            directory.extend([0; 10]);
            directory.extend(start.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let (at, count) = (file.len() as u32, self.entries.len() as u16);
        file.extend(&directory);
        file.extend(b"PK\x05\x06\0\0\0\0");
        file.extend(count.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend((directory.len() as u32).to_le_bytes());
        file.extend(at.to_le_bytes());
        file.extend(0u16.to_le_bytes());
        file
    }
}

pub fn read(bytes: &[u8]) -> Vec<Result<Report, Problem>> {
    read_with(bytes, &Options::default())
}

pub fn read_with(bytes: &[u8], options: &Options) -> Vec<Result<Report, Problem>> {
    found(bytes, options)
        .into_iter()
        .map(|found| found.and_then(|document| document.report(options)))
        .collect()
}

pub fn found(bytes: &[u8], options: &Options) -> Vec<Result<Document, Problem>> {
    documents_in(Cursor::new(bytes.to_vec()), "file", options).collect()
}

/// The numbers of the reports read, by the island in their text.
pub fn islands(read: &[Result<Report, Problem>]) -> Vec<usize> {
    let island = |report: &Report| {
        let (_, rest) = report.text.split_once("of island ")?;
        rest.split(' ').next()?.parse().ok()
    };
    read.iter().filter_map(|read| read.as_ref().ok()).filter_map(island).collect()
}

pub fn problems(read: &[Result<Report, Problem>]) -> Vec<Problem> {
    read.iter().filter_map(|read| read.as_ref().err().cloned()).collect()
}
