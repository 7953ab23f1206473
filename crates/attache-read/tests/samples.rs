//! The reports of `samples/` as the reader sees them. A changed outline is a changed reading: look at the
//! difference, then accept it with `cargo insta review` or `INSTA_UPDATE=always`.

use attache_read::{Options, read_bytes};
use attache_text::Report;
use std::fmt::Write;
use std::path::Path;

fn outline(report: &Report) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "{name:<10} {value}");
    };
    field("title", report.title.as_deref().unwrap_or("-"));
    field("byline", report.byline.as_deref().unwrap_or("-"));
    field("publisher", report.publisher.as_deref().unwrap_or("-"));
    field("url", report.url.as_deref().unwrap_or("-"));
    field("language", report.declared_language.as_deref().unwrap_or("-"));
    match &report.published {
        Some(p) => field(
            "published",
            &format!("{} from “{}”, ambiguous {}, by {:?}", p.date, p.raw, p.ambiguous, p.by),
        ),
        None => field("published", "-"),
    }
    for note in &report.notes {
        field("note", note);
    }
    for block in &report.blocks {
        let words = block.span.of(&report.text).replace('\n', "/");
        let (head, tail): (String, String) = match words.chars().count() {
            0..=70 => (words, String::new()),
            count => (words.chars().take(50).collect(), words.chars().skip(count - 17).collect()),
        };
        let gap = if tail.is_empty() { "" } else { " … " };
        let _ = writeln!(out, "{:<11} {head}{gap}{tail}", format!("{:?}", block.kind).to_lowercase());
    }
    out
}

#[test]
fn samples_are_read_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut names: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names {
        let name = name.to_string_lossy();
        if name.ends_with(".md") {
            continue;
        }
        let bytes = std::fs::read(folder.join(&*name)).unwrap();
        let report = read_bytes(&bytes, &name, &Options::default()).unwrap();
        insta::assert_snapshot!(&*name, outline(&report));
    }
}
