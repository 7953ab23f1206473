//! The demo: its archive, and what its reports must be.

use attache::demo::{self, REPORTS};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// The demo has at least so many reports.
const REPORTS_LEAST: usize = 300;
/// On at least so many relations.
const RELATIONS_LEAST: usize = 6;
/// The papers, all of them invented.
const PAPERS: [&str; 4] = ["Demo Wire", "Demo Morning Post", "Demo Observer", "Demo Gazette"];

/// A report as its line has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    published: String,
    publisher: String,
    lang: String,
    title: String,
    text: String,
    checked: String,
}

/// Codes the demo into an archive.
///
/// # Errors
/// Where it cannot be written.
#[allow(clippy::print_stdout)] // where the archive lies is the answer
pub fn run(path: &Path) -> anyhow::Result<()> {
    demo::code(path, false)?;
    println!("{}", path.display());
    Ok(())
}

/// What is wrong with the demo's reports, a line each.
pub fn check() -> Vec<String> {
    let mut findings = Vec::new();
    let mut ids = BTreeSet::new();
    for (file, text) in REPORTS {
        let relation = file.trim_end_matches(".jsonl");
        let mut last = String::new();
        for (number, line) in text.lines().enumerate() {
            let mut find = |what: String| findings.push(format!("demo/{file}, line {}: {what}", number + 1));
            let line: Line = match serde_json::from_str(line) {
                Ok(line) => line,
                Err(error) => {
                    find(error.to_string());
                    continue;
                }
            };
            if !line.id.starts_with(&format!("demo-{relation}-")) {
                find(format!("{} is no id of this relation", line.id));
            }
            if line.published.parse::<jiff::civil::Date>().is_err() {
                find(format!("“{}” is no day", line.published));
            }
            if line.published < last {
                find(format!("{} comes after {last}", line.published));
            }
            if !PAPERS.contains(&line.publisher.as_str()) || line.lang != "en" {
                find(format!("{} ({}) is no paper of the demo", line.publisher, line.lang));
            }
            if line.title.trim().is_empty() || line.text.split_whitespace().count() < 30 {
                find("it has no title or hardly any text".into());
            }
            if line.checked.trim().is_empty() {
                find("`checked` does not say where its facts were looked up".into());
            }
            if !ids.insert(line.id.clone()) {
                find(format!("{} is there twice", line.id));
            }
            last = line.published;
        }
    }
    let relations = REPORTS.iter().filter(|(_, text)| !text.trim().is_empty()).count();
    if ids.len() < REPORTS_LEAST || relations < RELATIONS_LEAST {
        findings.push(format!(
            "demo: {} reports on {relations} relations; it is to have {REPORTS_LEAST} on {RELATIONS_LEAST}",
            ids.len()
        ));
    }
    findings
}
