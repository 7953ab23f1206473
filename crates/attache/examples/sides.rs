//! Who in a text may be a side of an event: the pairs that `train/negatives.py` draws from.
//!
//! In: JSON lines `{"id", "text"}` on standard input. Out: `{"id", "sides": [[[start, end, named], …], …]}` (byte
//! offsets; whether the resolver knows the phrase), sentence by sentence.

use attache_code::event::party::Parties;
use attache_code::event::side;
use attache_code::event::tree::Tree;
use attache_text::language::Language;
use attache_text::{Block, BlockKind, Report, Span};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> anyhow::Result<()> {
    let coder = attache::data::coder()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let text = asked["text"].as_str().unwrap_or_default().to_owned();
        let blocks = vec![Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }];
        let report = Report { text, blocks, ..Report::default() };
        let coded = coder.code_in(&report, Language::given("en"));
        let mut sides = Vec::new();
        for (index, sentence) in coded.sentences.iter().enumerate() {
            let tree = Tree::new(sentence);
            let parties = Parties { tree: &tree, index, resolution: &coded.resolution, text: &report.text };
            let here = side::sides(&parties).into_iter();
            sides.push(
                here.map(|side| json!([side.span.start, side.span.end, side.named])).collect::<Vec<_>>(),
            );
        }
        writeln!(out, "{}", json!({"id": asked["id"], "sides": sides}))?;
    }
    Ok(())
}
