//! The command line as typed. What the words mean together is decided by each verb.

use attache_read::{DateOrder, FieldMap, Options};
use attache_store::exchange;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Reads news reports and codes who did what to whom, with the words that say so.
#[derive(Debug, Parser)]
#[command(name = "attache", version, arg_required_else_help = true, max_term_width = 100)]
#[command(
    after_help = "Inputs are files, folders, patterns, addresses or - (standard input); the format is known by content:\n\
    text, HTML, feeds, WARC, JSON, CSV, PETRARCH XML; plain or in gzip, zstd, zip (docs/inputs.md).\n\
    Exit codes: 0 done, 1 some inputs failed (each is named, the rest is done), 2 wrong use.\n\n\
    Example: attache read samples/"
)]
pub struct Command {
    /// How many threads work side by side; the answer is the same for any number [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub threads: Option<u16>,
    /// Leave out the notes on how each input was read
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Code reports: each event with the words that say so
    #[command(after_help = "Example: attache read --to jsonl reports/ > events.jsonl")]
    Read(Read),
    /// Code reports into an archive; doing it again is harmless and goes on where it ended
    #[command(
        after_help = "Reports the archive has are skipped, so an interrupted run is continued by the same words.\n\
        Copies, updates and retellings are gathered into stories, tellings of one event into one event.\n\n\
        Example: attache keep reports/ --archive news.attache"
    )]
    Keep(Keep),
    /// Tell what was kept when, and what a new version coded otherwise
    #[command(after_help = "Example: attache log --archive news.attache")]
    Log(Log),
    /// Show sentences as CoNLL-U, with mentions in MISC
    #[command(after_help = "Example: attache parse report.txt")]
    Parse(Parse),
    /// Tell what the registry knows of a name, and where each row came from
    #[command(after_help = "Example: attache who 'foreign minister of Peru' --on 2024-05-01")]
    Who(Who),
    /// Code bare texts: JSONL in, each text's events out, a line for a line
    #[command(
        after_help = "In:  {\"id\": 1, \"text\": \"…\", \"date\": \"2025-06-10\", \"lang\": \"en\"}   (date, lang optional)\n\
        Out: {\"id\": 1, \"events\": […]}\n\n\
        Example: attache extract texts.jsonl > coded.jsonl"
    )]
    Extract(Extract),
    /// Tell what joins two given spans of a text: JSONL in, a line out for a line
    #[command(
        after_help = "In:  {\"id\": 1, \"text\": \"…\", \"actor\": [0, 4], \"recipient\": [18, 23]}   (byte offsets)\n\
        Out: {\"id\": 1, \"type\": \"…\", \"mode\": \"…\", \"quad\": 1, \"probabilities\": {…}}\n\n\
        Example: attache relate pairs.jsonl"
    )]
    Relate(Relate),
    /// Find every place name of bare texts: JSONL in, a line out for a line
    #[command(after_help = "In:  {\"id\": 1, \"text\": \"…\"}\n\
        Out: {\"id\": 1, \"toponyms\": [{\"start\": 9, \"end\": 13, \"text\": \"Lima\", …}]}   (byte offsets)\n\n\
        Example: attache locate texts.jsonl")]
    Locate(Texts),
    /// Tell why the events of a report were coded so: frames tried, held and refused
    #[command(after_help = "Example: attache explain report.txt --event 0f3c9a")]
    Explain(Explain),
    /// Tell a relation from an archive: standing, timeline, turning points, agenda, people, evidence
    #[command(
        after_help = "Sides are a country (COL, Colombia), a sector of it (COL:MIL), a group (EU), a person or body.\n\n\
        Example: attache report COL USA --archive news.attache --from 2025-01-01 --to html > relation.html"
    )]
    Report(Report),
    /// Say what moved in a relation, by rules in plain words
    #[command(after_help = "Rules: change over 20; fall over 10 in 52 weeks; first SANCTION in 40 weeks;\n\
        first event in 30 weeks; new actor; any ASSAULT; more than 10 events; told by more than 3\n\n\
        Example: attache watch COL USA --rule 'first SANCTION in 40 weeks' --archive news.attache")]
    Watch(Watch),
    /// Show an archive as web pages and HTTP API, on this machine unless told otherwise
    #[cfg(feature = "serve")]
    #[command(after_help = "Example: attache serve --archive news.attache\n\
        To look around: attache serve --demo")]
    Serve(Serve),
    /// Turn a file of events into another format
    #[command(
        after_help = "Formats: jsonl, csv, csv-spreadsheet (to look at only), parquet, polecat, icews, phoenix,\n\
        gdelt (2.0), gdelt1, gdelt-mentions (written only), petrarch, plover. What each of them cannot\n\
        hold is listed in docs/formats.md. Damaged records are named and the rest is kept.\n\n\
        Example: attache convert events.jsonl events.txt --to polecat"
    )]
    Convert(crate::exchange::Convert),
    /// Write the events of an archive to a file
    #[command(after_help = "Formats as for `attache convert`.\n\n\
        Example: attache export --archive news.attache events.csv")]
    Export(crate::exchange::Export),
    /// Keep the events of a file in an archive
    #[command(
        after_help = "Formats as for `attache convert`. Events that name one report, one behind the other, are kept \
        together; of\nthe report's words only the evidence is known.\n\n\
        Example: attache import --archive news.attache events.jsonl"
    )]
    Import(crate::exchange::Import),
    /// Score a gold file: the program's own answers, or a file of predictions
    #[command(after_help = "Example: attache evaluate gold.jsonl --bootstrap 1000")]
    Evaluate(crate::evaluate::Args),
}

/// Dictionaries of the user.
#[derive(Debug, Clone, Default, Args)]
pub struct Dictionaries {
    /// A dictionary of actors or agents (PETRARCH's format, or a table or TOML of your own), over the
    /// built-in registry; may be given again
    #[arg(long = "dictionary", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// `attache read`
#[derive(Debug, Args)]
pub struct Read {
    /// Files, folders, patterns, http(s) addresses, or - for standard input
    #[arg(required = true)]
    pub input: Vec<PathBuf>,
    /// digest (readable), jsonl (one event a line), csv, csv-spreadsheet, parquet, polecat, icews, phoenix,
    /// gdelt, gdelt1, gdelt-mentions, petrarch or plover [default: digest on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub to: Option<Format>,
    /// What the user knows of the reports
    #[command(flatten)]
    pub reading: Reading,
    /// Dictionaries of the user
    #[command(flatten)]
    pub dictionaries: Dictionaries,
}

/// What the user knows of the reports.
#[derive(Debug, Clone, Args)]
pub struct Reading {
    /// How dates such as 02/03/2026 are meant, where the report does not tell
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<Order>,
    /// When the reports were published (YYYY-MM-DD), over what they say themselves
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// Which field of JSON, CSV or Parquet holds what, over the usual names: text, title, published, url,
    /// publisher, byline, language, id
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub map: Option<FieldMap>,
    /// Fetch also from this machine and its network
    #[arg(long)]
    pub allow_private: bool,
}

impl Reading {
    /// The same for the reader.
    pub fn options(&self) -> Options {
        let date_order = self.date_order.map(|order| match order {
            Order::Dmy => DateOrder::Dmy,
            Order::Mdy => DateOrder::Mdy,
        });
        Options {
            date_order,
            published: self.published,
            map: self.map.clone().unwrap_or_default(),
            allow_private: self.allow_private,
            ..Options::default()
        }
    }
}

/// The order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Day first
    Dmy,
    /// Month first
    Mdy,
}

/// What `read` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Digest,
    /// For programs.
    Events(exchange::Format),
}

fn format(word: &str) -> Result<Format, String> {
    match word {
        "digest" => Ok(Format::Digest),
        word => word.parse().map(Format::Events).map_err(|formats: String| format!("{formats}, and digest")),
    }
}

/// `attache keep`
#[derive(Debug, Args)]
pub struct Keep {
    /// Files, folders, patterns, http(s) addresses, or - for standard input; none to bring an older archive up
    /// to date
    pub input: Vec<PathBuf>,
    /// The archive: one file, made where there is none
    #[arg(long, value_name = "FILE")]
    pub archive: PathBuf,
    /// Keep of the texts only the sentences that tell events
    #[arg(long)]
    pub no_text: bool,
    /// Look again every so many seconds for files that have changed and for what is new at addresses, until
    /// stopped; servers are asked politely
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..), requires = "input")]
    pub watch: Option<u64>,
    /// What the user knows of the reports
    #[command(flatten)]
    pub reading: Reading,
}

/// `attache log`
#[derive(Debug, Args)]
pub struct Log {
    /// The archive
    #[arg(long, value_name = "FILE")]
    pub archive: PathBuf,
    /// Only what came after the run of this number
    #[arg(long, value_name = "RUN", default_value_t = 0)]
    pub after: i64,
    /// text or json (a run or a change a line)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: WhoFormat,
}

/// `attache parse`
#[derive(Debug, Args)]
pub struct Parse {
    /// Files, folders, patterns, http(s) addresses, or - for standard input
    #[arg(required = true)]
    pub input: Vec<PathBuf>,
    /// What the user knows of the reports
    #[command(flatten)]
    pub reading: Reading,
}

/// `attache who`
#[derive(Debug, Args)]
pub struct Who {
    /// A name ("Kofi Annan"), or an office and its country ("foreign minister of Peru")
    #[arg(required = true, num_args = 1..)]
    pub name: Vec<String>,
    /// Only what held on this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// text or json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: WhoFormat,
    /// Dictionaries of the user
    #[command(flatten)]
    pub dictionaries: Dictionaries,
}

/// What `who` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WhoFormat {
    /// For people
    Text,
    /// One row a line
    Json,
}

/// `attache extract`
#[derive(Debug, Args)]
pub struct Extract {
    /// The texts
    #[command(flatten)]
    pub texts: Texts,
    /// Dictionaries of the user
    #[command(flatten)]
    pub dictionaries: Dictionaries,
}

/// `attache relate`
#[derive(Debug, Args)]
pub struct Relate {
    /// The texts.
    #[command(flatten)]
    pub texts: Texts,
    /// Whose types: `roots` of CAMEO's codes, as the published marked sentences have them (a verdict is
    /// ACCUSE), or those of PLOVER's `codebook`, as `read` has them (SANCTION)
    #[arg(long, value_enum, value_name = "CUT", default_value = "roots")]
    pub types: Cut,
}

/// Whose cut of the types.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Cut {
    /// The roots of CAMEO's codes.
    Roots,
    /// PLOVER 2.0.
    Codebook,
}

/// `attache extract`, `relate`, `locate`
#[derive(Debug, Args)]
pub struct Texts {
    /// A JSONL file, or - for standard input
    #[arg(default_value = "-")]
    pub input: PathBuf,
}

/// `attache explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// A report: a file, an address, or - for standard input; of several reports in it the first
    pub input: PathBuf,
    /// Only the event whose id begins so (the digest shows ids)
    #[arg(long, value_name = "ID")]
    pub event: Option<String>,
    /// What the user knows of the reports
    #[command(flatten)]
    pub reading: Reading,
}

/// Which archive is looked at.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// The archive
    #[arg(long, value_name = "FILE")]
    pub archive: Option<PathBuf>,
    /// The demo: some 330 reports on six relations, written for it; coded at its first use
    #[arg(long)]
    pub demo: bool,
}

impl Which {
    /// Where it lies; the demo is made where it is not there yet.
    ///
    /// # Errors
    /// Where the demo cannot be made.
    pub fn path(&self, quiet: bool) -> anyhow::Result<PathBuf> {
        match &self.archive {
            Some(path) => Ok(path.clone()),
            None => crate::demo::archive(quiet),
        }
    }
}

/// What `report` and `watch` ask an archive.
#[derive(Debug, Args)]
pub struct Ask {
    /// The first side: a country, a sector of it, a group, a person or body
    pub a: String,
    /// The second side; everyone else where left out
    pub b: Option<String>,
    /// Which archive
    #[command(flatten)]
    pub archive: Which,
    /// First day of the period (YYYY-MM-DD) [default: the first the archive tells of]
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Last day of the period (YYYY-MM-DD) [default: the last the archive tells of]
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Period of the series
    #[arg(long, value_name = "STEP", default_value = "week")]
    pub step: Step,
}

/// The period of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// One day
    Day,
    /// Monday to Sunday
    Week,
    /// A calendar month
    Month,
}

impl From<Step> for attache_report::Step {
    fn from(step: Step) -> attache_report::Step {
        match step {
            Step::Day => attache_report::Step::Day,
            Step::Week => attache_report::Step::Week,
            Step::Month => attache_report::Step::Month,
        }
    }
}

/// `attache report`
#[derive(Debug, Args)]
pub struct Report {
    /// Who, from where, over which period.
    #[command(flatten)]
    pub ask: Ask,
    /// text, html, json or csv; a date is taken as --until [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = to)]
    pub to: Vec<To>,
    /// Which table, for csv: series, events, turns, agenda, people, places, publishers
    #[arg(long, value_name = "TABLE", default_value = "series")]
    pub table: String,
    /// How many events to show as evidence in text and html
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Language of the html page: en or es
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub language: String,
    /// Guard text cells of csv that a spreadsheet would run as formulas
    #[arg(long)]
    pub spreadsheet: bool,
}

impl Report {
    /// The format asked for last.
    pub fn format(&self) -> ReportFormat {
        let mut formats =
            self.to.iter().filter_map(|to| if let To::Format(format) = to { Some(*format) } else { None });
        formats.next_back().unwrap_or(ReportFormat::Text)
    }

    /// The last day, where `--to` gave one.
    pub fn until(&self) -> Option<Date> {
        self.to.iter().filter_map(|to| if let To::Day(day) = to { Some(*day) } else { None }).next_back()
    }
}

/// What `--to` of `report` may be: both "to that format" and "to that day" are natural.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// A format.
    Format(ReportFormat),
    /// A last day.
    Day(Date),
}

/// What `report` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a terminal, 80 columns
    Text,
    /// One page that holds all it needs
    Html,
    /// All numbers and events
    Json,
    /// One table
    Csv,
}

fn to(word: &str) -> Result<To, String> {
    if let Ok(day) = word.parse() {
        return Ok(To::Day(day));
    }
    ReportFormat::from_str(word, true)
        .map(To::Format)
        .map_err(|_| "it is text, html, json, csv, or a last day".into())
}

/// `attache watch`
#[derive(Debug, Args)]
pub struct Watch {
    /// Who, from where, over which period.
    #[command(flatten)]
    pub ask: Ask,
    /// What to look for, in plain words; may be given several times
    #[arg(long, value_name = "WORDS", required = true)]
    pub rule: Vec<String>,
    /// First day alerts are told of [default: the last week]
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// text, json (one alert a line) or atom (a feed)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: WatchFormat,
}

/// What `watch` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WatchFormat {
    /// For people
    Text,
    /// One alert a line
    Json,
    /// A feed
    Atom,
}

/// `attache serve`
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub struct Serve {
    /// Which archive
    #[command(flatten)]
    pub archive: Which,
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// Requests that read the archive side by side
    #[arg(long, value_name = "N", default_value = "8", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub readers: u16,
    /// Seconds a request may take
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub patience: u16,
}
