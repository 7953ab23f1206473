//! `attache evaluate`: the program, or a file of predictions, against a gold file.
//!
//! A gold file is JSON lines of `{"id", "lang", "task", "text", "gold", "meta"}`; each task has the
//! metric of the paper its sets come from, a module each. A `.conllu` file is scored as a treebank.

mod actors;
mod answers;
mod bootstrap;
mod class;
mod events;
mod labels;
mod measure;
mod muc;
mod ner;
mod parsing;
mod relation;
mod rows;
#[cfg(test)]
mod tests;
mod toponyms;

pub use answers::{Answerer, Question};

use anyhow::{Context, bail};
use attache_text::{Sentence, conllu, segment, tokenize};
use rayon::prelude::*;
use rows::{Predictions, at};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// `attache evaluate`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A gold file: JSON lines, or a treebank (.conllu)
    pub gold: PathBuf,
    /// Score these predictions (JSON lines, joined on "id"; or .conllu) instead of the program's own
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
    /// One line of JSON
    #[arg(long)]
    pub json: bool,
    /// Only gold rows with this value, such as meta.codebook=false; may be given again
    #[arg(long = "where", value_name = "KEY=VALUE")]
    pub only: Vec<String>,
    /// Add 95 % intervals of the headline figures from N resamplings of the gold rows
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub bootstrap: usize,
    /// Add the headline figures of each of N parts of the gold rows
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub folds: usize,
    /// Relations: find the actors too, instead of taking those marked in the gold
    #[arg(long)]
    pub unmarked: bool,
    /// Treebanks: take sentences and words from the gold, instead of from raw text
    #[arg(long)]
    pub gold_tokens: bool,
}

/// Scores and gives what to print.
///
/// # Errors
/// A file that cannot be read, a line that is no row, a task without metric or without answer.
pub fn run(args: &Args, answerer: &Answerer<'_>) -> anyhow::Result<String> {
    let result = if is_treebank(&args.gold) { treebank(args, answerer)? } else { gold_rows(args, answerer)? };
    let text =
        if args.json { serde_json::to_string(&result)? } else { serde_json::to_string_pretty(&result)? };
    Ok(text + "\n")
}

fn is_treebank(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "conllu")
}

/// The score of one task.
///
/// # Errors
/// Where `task` has no metric here.
pub fn score(task: &str, gold: &[Value], predictions: &Predictions) -> anyhow::Result<Value> {
    Ok(match task {
        "relation" => relation::score(gold, predictions),
        "class" => class::score(gold, predictions),
        "multilabel" => class::score_many(gold, predictions),
        "ner" => ner::score(gold, predictions),
        "events" => events::score(gold, predictions),
        "toponyms" => toponyms::score(gold, predictions),
        "muc" => muc::score(gold, predictions),
        other => bail!("there is no metric for the task {other:?}"),
    })
}

/// The figures people quote of a task's score.
fn headline(task: &str, score: &Value) -> Map<String, Value> {
    let figures: &[(&str, &str)] = match task {
        "relation" => &[
            ("binary", "/binary/macro_f1"),
            ("quad", "/quad/macro_f1"),
            ("root", "/root/macro_f1"),
            ("event+pair", "/end_to_end/event+pair"),
        ],
        "class" => &[
            ("macro_f1", "/all/macro_f1"),
            ("weighted_f1", "/all/weighted_f1"),
            ("accuracy", "/all/accuracy"),
        ],
        "multilabel" => &[("example_f1", "/example_f1"), ("micro_f1", "/micro_f1")],
        "ner" => &[
            ("exact_macro_f1", "/exact_seqeval/macro_f1"),
            ("exact_micro_f1", "/exact_seqeval/micro_f1"),
            ("overlap_micro_f1", "/overlap/micro_f1"),
        ],
        "events" => &[
            ("event", "/event/f1"),
            ("event+source", "/event+source/f1"),
            ("event+both", "/event+both/f1"),
            ("event+codes", "/event+codes/f1"),
        ],
        "muc" => &[("gtt_f1", "/GTT_template_filling/f1"), ("ceaf_ree_f1", "/CEAF_REE_doc_entities/f1")],
        _ => &[
            ("overlap_recall", "/recognition/overlap_recall"),
            ("acc161_end_to_end", "/end_to_end/acc@161km_all_gold"),
        ],
    };
    let found = |(name, path): &(&str, &str)| Some(((*name).to_owned(), score.pointer(path)?.clone()));
    figures.iter().filter_map(found).collect()
}

fn gold_rows(args: &Args, answerer: &Answerer<'_>) -> anyhow::Result<Value> {
    let mut gold = read_rows(&args.gold)?;
    for condition in &args.only {
        let (path, value) = condition.split_once('=').context("--where takes KEY=VALUE")?;
        gold.retain(|row| is_where(row, path, value));
    }
    let Some(first) = gold.first() else { bail!("{}: no gold rows", args.gold.display()) };
    let task = rows::text(at(first, "task")).to_owned();
    let (predictions, refused) = match &args.predictions {
        Some(path) => (read_rows(path)?.into_iter().map(|row| (rows::id(&row), row)).collect(), None),
        None => {
            let answered = answers::answer(&task, &gold, args.unmarked, answerer)?;
            (answered.predictions, Some(answered.refused))
        }
    };
    let mut result = score(&task, &gold, &predictions)?;
    let ids: HashSet<String> = gold.iter().map(rows::id).collect();
    let joined = gold.iter().filter(|row| predictions.contains_key(&rows::id(row))).count();
    let unknown = predictions.keys().filter(|id| !ids.contains(*id)).count();
    result["_"] = json!({
        "task": task,
        "gold_rows": gold.len(),
        "pred_rows_joined": joined,
        "pred_rows_unknown_id": unknown,
    });
    if let Some(refused) = refused {
        result["_"]["refused"] = json!(refused);
    }
    if args.bootstrap > 0 {
        result["bootstrap95"] = intervals(&task, &gold, &predictions, args.bootstrap)?;
    }
    if args.folds > 0 {
        let parts = (0..args.folds.min(gold.len())).map(|fold| -> anyhow::Result<Value> {
            let part: Vec<Value> = gold.iter().skip(fold).step_by(args.folds).cloned().collect();
            Ok(Value::Object(headline(&task, &score(&task, &part, &predictions)?)))
        });
        result["folds"] = parts.collect::<anyhow::Result<Vec<Value>>>()?.into();
    }
    result["headline"] = Value::Object(headline(&task, &result));
    Ok(result)
}

/// The rows of a JSON lines file.
fn read_rows(path: &Path) -> anyhow::Result<Vec<Value>> {
    let input = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let row = |(at, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), at + 1))
    };
    input.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
}

/// True where the value at `path` (dotted) is `value`, in any case.
fn is_where(row: &Value, path: &str, value: &str) -> bool {
    let found = path.split('.').fold(row, at);
    rows::word(found).to_lowercase() == value.to_lowercase()
}

/// The 2.5 % and 97.5 % points of each headline figure over resampled gold rows.
fn intervals(task: &str, gold: &[Value], predictions: &Predictions, times: usize) -> anyhow::Result<Value> {
    let mut twister = bootstrap::Twister::new(1);
    // Drawn in order first: the draws do not depend on how the scoring is spread.
    let draws: Vec<Vec<usize>> =
        (0..times).map(|_| (0..gold.len()).map(|_| twister.below(gold.len())).collect()).collect();
    let headlines: Vec<Map<String, Value>> = draws
        .par_iter()
        .map(|draw| {
            let sample: Vec<Value> = draw.iter().map(|&row| gold[row].clone()).collect();
            Ok(headline(task, &score(task, &sample, predictions)?))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut figures: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (name, value) in headlines.into_iter().flatten() {
        figures.entry(name).or_default().extend(value.as_f64());
    }
    let interval = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let point = |share: f64| {
            let at = (share * values.len() as f64) as usize;
            values.get(at.min(values.len().saturating_sub(1))).copied()
        };
        json!([point(0.025), point(0.975)])
    };
    Ok(figures.into_iter().map(|(name, values)| (name, interval(values))).collect::<Map<_, _>>().into())
}

/// The score of a treebank: end to end from its raw text, or on its own sentences and words.
fn treebank(args: &Args, answerer: &Answerer<'_>) -> anyhow::Result<Value> {
    let read = |path: &Path| -> anyhow::Result<conllu::Treebank> {
        let input = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        conllu::read(&input).with_context(|| path.display().to_string())
    };
    let gold = read(&args.gold)?;
    if let Some(path) = &args.predictions {
        let found = read(path)?;
        return Ok(parsing::score(&gold.text, &gold.sentences, &found.text, &found.sentences));
    }
    let bare: Vec<Sentence> = if args.gold_tokens {
        gold.sentences.iter().map(unanalysed).collect()
    } else {
        let spans = segment::sentences(&gold.report());
        let sentence =
            |span| Sentence { span, tokens: tokenize::tokens(&gold.text, span), mentions: Vec::new() };
        spans.into_iter().map(sentence).collect()
    };
    let analyse = |mut sentence: Sentence| {
        (answerer.analyse)(&gold.text, &mut sentence);
        sentence
    };
    let found: Vec<Sentence> = bare.into_par_iter().map(analyse).collect();
    Ok(parsing::score(&gold.text, &gold.sentences, &gold.text, &found))
}

/// A sentence with its words only.
fn unanalysed(sentence: &Sentence) -> Sentence {
    let bare = |token: &attache_text::Token| attache_text::Token {
        span: token.span,
        text: token.text.clone(),
        joined: token.joined,
        ..attache_text::Token::default()
    };
    let tokens = sentence.tokens.iter().map(bare).collect();
    Sentence { span: sentence.span, tokens, mentions: Vec::new() }
}
