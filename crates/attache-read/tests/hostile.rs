//! Pages and texts made to hurt: each must end soon, without a panic or an overflowing stack.

use attache_read::{MAX_HTML_BYTES, Options, ReadError, read_bytes};
use attache_text::Report;
use std::time::{Duration, Instant};

/// Reads in a thread with the small stack a worker has, and checks that it ends within a bound no honest
/// machine needs.
fn read(bytes: Vec<u8>) -> Result<Report, ReadError> {
    let start = Instant::now();
    let worker = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    let result = worker
        .spawn(move || read_bytes(&bytes, "hostile", &Options::default()))
        .expect("a thread")
        .join()
        .expect("no panic");
    assert!(start.elapsed() < Duration::from_secs(240), "took {:?}", start.elapsed());
    result
}

const WORDS: &str = "<p>The envoys of both islands met in Lima on Monday and agreed to share the fish.</p>";

#[test]
fn nested_elements() {
    for tag in [
        "div",
        "span",
        "b",
        "a",
        "table><tr><td",
        "ul><li",
        "blockquote",
        "font",
        "svg",
        "section><p",
        "button",
        "x-y",
    ] {
        let page = format!("<html><body>{}{WORDS}", format!("<{tag}>").repeat(100_000));
        match read(page.into_bytes()) {
            Ok(report) => assert!(report.text.len() < 10_000, "{tag}"),
            Err(error) => assert!(matches!(error, ReadError::NoText { .. }), "{tag}: {error}"),
        }
    }
}

#[test]
fn words_survive_nesting() {
    let page = format!("<html><body>{}{WORDS}{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let report = read(page.into_bytes()).unwrap();
    assert!(report.text.contains("agreed to share the fish"));
    assert_eq!(report.notes.iter().filter(|note| note.contains("deeper than")).count(), 1);
}

#[test]
fn end_tags_that_close_nothing() {
    let page = format!("<html><body>{}{WORDS}", "<div><table><td></div></span></p>".repeat(30_000));
    assert!(read(page.into_bytes()).is_ok());
}

#[test]
fn long_attributes_and_open_ends() {
    let long = "x".repeat(1_000_000);
    for page in [
        format!("<html><div title=\"{long}\">{WORDS}</div>"),
        format!("<html>{WORDS}<div title=\"{long}"),
        format!("<html>{WORDS}<script>{long}"),
        format!("<html>{WORDS}<!--{long}"),
        format!("<html>{WORDS}{}", "<a ".repeat(300_000)),
        format!("<html>{WORDS}{}", "<a x='>'".repeat(120_000)),
        format!("<html>{WORDS}{}", "<svg><iframe>".repeat(50_000)),
        format!("<html>{WORDS}{}", "</div".repeat(200_000)),
        format!("<html>{WORDS}{}", "<!--".repeat(200_000)),
    ] {
        let report = read(page.into_bytes()).unwrap();
        assert!(report.text.contains("agreed to share the fish"));
    }
}

#[test]
fn floods() {
    for flood in [
        "&amp;",
        "&#x202e;",
        "&bogus;",
        "<p>",
        "<p>x",
        "<br>",
        "<a href=x>y</a>",
        "<h2>T</h2>",
        "<li>",
        "<p class=caption>z",
    ] {
        let page = format!("<html><body>{WORDS}{}", flood.repeat(20_000));
        assert!(read(page.into_bytes()).is_ok(), "{flood}");
    }
}

#[test]
fn hidden_words_are_not_text() {
    let page = "<html><body><p>The envoys met in Lima.</p><p hidden>Peru bombed Chile.</p><div aria-hidden='true'>Chile bombed \
                Peru.</div><p style='Display : NONE'>Bolivia invaded Peru.</p><template><p>Peru invaded.</p></template>\
                <noscript>War began.</noscript></body></html>";
    let report = read(page.into()).unwrap();
    assert_eq!(report.text, "The envoys met in Lima.");
}

#[test]
fn text_without_end() {
    let mut text = "the envoys of both islands went on and on about the fish and the salt and the ferry "
        .repeat(600_000);
    text.truncate(50_000_000);
    let report = read(text.into_bytes()).unwrap();
    assert_eq!(report.blocks.len(), 1);
    let lines = read("a line without an end\n".repeat(400_000).into_bytes()).unwrap();
    assert!(lines.blocks.len() > 1000);
}

#[test]
fn pages_have_a_limit_of_their_own() {
    let page = format!("<html><p>{}", "x".repeat(MAX_HTML_BYTES as usize));
    let error = read(page.into_bytes()).unwrap_err().to_string();
    assert!(
        error.starts_with("hostile: ") && error.ends_with("more than the 20971520 bytes a report may have"),
        "{error}"
    );
}
