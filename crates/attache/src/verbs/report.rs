//! `attache report` and `attache watch`: a relation told from an archive, and what rules find in it.

use crate::args::{Ask, Report, ReportFormat, Watch, WatchFormat};
use crate::{Outcome, data, talk};
use anyhow::{Context, anyhow};
use attache_report::alert::{Alert, Rule};
use attache_report::calendar::add;
use attache_report::write::{self, Table};
use attache_report::{Brief, Question, Sides, Tongue};
use attache_store::Archive;
use jiff::civil::Date;
use std::io::{self, Write};

/// Events a text shows, where the user does not say.
const IN_TEXT: usize = 12;
/// Events a page shows.
const IN_PAGE: usize = 200;

/// Tells a relation.
pub fn report(args: &Report, quiet: bool) -> Outcome {
    let brief = brief(&args.ask, args.until().or(args.ask.until), quiet)?;
    if brief.events.is_empty() {
        talk::complain(&nothing(&brief));
    }
    let tongue =
        Tongue::parse(&args.language).ok_or_else(|| anyhow!("“{}” is not en or es", args.language))?;
    let told = match args.format() {
        ReportFormat::Text => write::text(&brief, args.limit.unwrap_or(IN_TEXT)),
        ReportFormat::Html => write::html(&brief, tongue, args.limit.unwrap_or(IN_PAGE))?,
        ReportFormat::Json => write::json(&brief)?,
        ReportFormat::Csv => {
            let names = || Table::ALL.map(|(_, name)| name).join(", ");
            let table = Table::parse(&args.table)
                .ok_or_else(|| anyhow!("“{}” is no table; there are {}", args.table, names()))?;
            write::csv(&brief, table, args.spreadsheet)
        }
    };
    out(&told)
}

/// Says what the rules find.
pub fn watch(args: &Watch, quiet: bool) -> Outcome {
    let rules: Vec<Rule> = args.rule.iter().map(|words| Rule::parse(words)).collect::<Result<_, _>>()?;
    let brief = brief(&args.ask, args.ask.until, quiet)?;
    let since = args.since.unwrap_or_else(|| add(brief.to, -6));
    let mut alerts: Vec<Alert> = rules.iter().flat_map(|rule| rule.alerts(&brief, since)).collect();
    alerts.sort_by(|one, two| (one.date, &one.rule).cmp(&(two.date, &two.rule)));
    let title = match &brief.b {
        Some(b) => format!("{} – {}", brief.a.name, b.name),
        None => brief.a.name.clone(),
    };
    let told = match args.to {
        WatchFormat::Text => text(&alerts),
        WatchFormat::Json => {
            let lines: Result<Vec<String>, _> = alerts.iter().map(serde_json::to_string).collect();
            lines?.iter().map(|line| format!("{line}\n")).collect()
        }
        WatchFormat::Atom => {
            let b = brief.b.as_ref().map_or("", |b| b.code.as_str());
            write::feed(&title, &format!("urn:attache:watch:{}:{b}", brief.a.code).replace(' ', "-"), &alerts)
        }
    };
    out(&told)
}

/// One line an alert, its evidence and address below.
fn text(alerts: &[Alert]) -> String {
    let mut told = String::new();
    for alert in alerts {
        told += &crate::digest::paragraph(
            &format!("{}  {}: {}", alert.date, alert.rule, alert.text),
            80,
            "",
            "    ",
        );
        if let Some(event) = &alert.event {
            told += &crate::digest::paragraph(&event.sentence, 80, "    | ", "    | ");
            if let Some(url) = &event.url {
                told += &crate::digest::paragraph(url, 80, "    ", "    ");
            }
        }
    }
    told
}

fn brief(ask: &Ask, to: Option<Date>, quiet: bool) -> anyhow::Result<Brief> {
    let sides = data::sides()?;
    let question = question(ask, &sides, to)?;
    let archive = Archive::open(&ask.archive.path(quiet)?)?;
    Ok(attache_report::ask(&archive, &sides, &question)?)
}

fn question(ask: &Ask, sides: &Sides, to: Option<Date>) -> anyhow::Result<Question> {
    if let (Some(from), Some(to)) = (ask.from, to) {
        anyhow::ensure!(from <= to, "the period from {from} to {to} ends before it begins");
    }
    let b = ask.b.as_ref().map(|b| sides.parse(b)).transpose()?;
    Ok(Question { a: sides.parse(&ask.a)?, b, from: ask.from, to, step: ask.step.into(), pin: None })
}

fn nothing(brief: &Brief) -> String {
    let b = brief.b.as_ref().map_or("anyone", |b| b.name.as_str());
    format!("the archive tells no event between {} and {b} from {} to {}", brief.a.name, brief.from, brief.to)
}

fn out(told: &str) -> Outcome {
    let mut out = io::stdout().lock();
    out.write_all(told.as_bytes()).and_then(|()| out.flush()).context("standard output")?;
    Ok(0)
}
