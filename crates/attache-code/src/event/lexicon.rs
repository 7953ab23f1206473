//! The lexicon as loaded: frames by trigger, reporting verbs, auxiliaries, context words.

use super::frame::{Condition, Frame, Role, TriggerPos};
use crate::table::lines;
use crate::{EventType, Status};
use std::collections::{HashMap, HashSet};

/// One text file of the lexicon.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The file's name, for errors.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// The text files a lexicon is made of.
#[derive(Debug, Clone)]
pub struct Tables<'a> {
    /// Frames, one file or several.
    pub frames: Vec<Table<'a>>,
    /// Named word lists.
    pub sets: Table<'a>,
    /// Reporting verbs.
    pub reporting: Table<'a>,
    /// Verbs and adjectives that give their complement a status.
    pub auxiliaries: Table<'a>,
    /// Words that tell a context.
    pub contexts: Table<'a>,
}

/// What the coder knows of one language's ways to tell events.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    frames: Vec<Frame>,
    by_trigger: HashMap<(String, TriggerPos), Vec<usize>>,
    reporting: HashSet<String>,
    auxiliaries: HashMap<(String, TriggerPos), Status>,
    contexts: ContextWords,
}

/// Words and phrases that tell a context, by their first word.
#[derive(Debug, Clone, Default)]
pub struct ContextWords {
    by_first: HashMap<String, Vec<ContextPhrase>>,
}

/// A phrase that tells a context.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextPhrase {
    /// Its lower-case words; each may match a token's form or lemma.
    pub words: Vec<String>,
    /// The context.
    pub context: String,
    /// How strongly it tells it.
    pub weight: f32,
}

/// A line of the lexicon that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("{file}, line {line}: {what}")]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl Lexicon {
    /// Reads the files.
    ///
    /// # Errors
    /// The first line that does not follow the format, by file and number.
    pub fn from_tables(tables: &Tables<'_>) -> Result<Lexicon, LexiconError> {
        let mut sets: HashMap<String, Vec<String>> = HashMap::new();
        for (line, cells) in rows(tables.sets) {
            let [name, words, ..] = cells.as_slice() else {
                return Err(error(tables.sets, line, "a word list needs a name and its words".into()));
            };
            let words = words.split(',').map(|word| word.trim().to_lowercase()).filter(|w| !w.is_empty());
            sets.entry((*name).trim_start_matches('@').to_owned()).or_default().extend(words);
        }
        let mut lexicon = Lexicon::default();
        for table in &tables.frames {
            for (line, cells) in rows(*table) {
                let frame = frame(&cells, &sets).map_err(|what| error(*table, line, what))?;
                let index = lexicon.frames.len();
                lexicon.by_trigger.entry((frame.lemma.clone(), frame.pos)).or_default().push(index);
                lexicon.frames.push(frame);
            }
        }
        for (_, cells) in rows(tables.reporting) {
            lexicon.reporting.insert(cells[0].split('/').next().unwrap_or_default().to_lowercase());
        }
        for (line, cells) in rows(tables.auxiliaries) {
            let (key, status) = auxiliary(&cells).map_err(|what| error(tables.auxiliaries, line, what))?;
            lexicon.auxiliaries.insert(key, status);
        }
        for (line, cells) in rows(tables.contexts) {
            let phrase = context_phrase(&cells).map_err(|what| error(tables.contexts, line, what))?;
            lexicon.contexts.by_first.entry(phrase.words[0].clone()).or_default().push(phrase);
        }
        Ok(lexicon)
    }

    /// All frames, in file order.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The frames of a trigger, in file order.
    pub fn of(&self, lemma: &str, pos: TriggerPos) -> impl Iterator<Item = &Frame> {
        let indexes = self.by_trigger.get(&(lemma.to_lowercase(), pos)).map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|&index| &self.frames[index])
    }

    /// True for verbs that only report what their complement says.
    pub fn is_reporting(&self, lemma: &str) -> bool {
        self.reporting.contains(lemma)
    }

    /// The status a verb, noun or adjective gives to its complement ("plan to", "fail to").
    pub fn auxiliary(&self, lemma: &str, pos: TriggerPos) -> Option<Status> {
        self.auxiliaries.get(&(lemma.to_owned(), pos)).copied()
    }

    /// The words that tell contexts.
    pub fn contexts(&self) -> &ContextWords {
        &self.contexts
    }
}

impl ContextWords {
    /// The phrases that begin with a word.
    pub fn beginning(&self, word: &str) -> &[ContextPhrase] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }
}

/// The rows of a tab-separated file: its line number and cells, without header, comments, blank lines.
fn rows(table: Table<'_>) -> impl Iterator<Item = (usize, Vec<&str>)> {
    lines(table.text).skip(1).map(|(line, text)| (line, text.split('\t').map(str::trim).collect()))
}

fn error(table: Table<'_>, line: usize, what: String) -> LexiconError {
    LexiconError { file: table.name.to_owned(), line, what }
}

fn frame(cells: &[&str], sets: &HashMap<String, Vec<String>>) -> Result<Frame, String> {
    let [id, trigger, requires, actor, recipient, kind, mode, cameo, contexts, example] = cells else {
        return Err(format!("a frame has 10 columns, this line has {}", cells.len()));
    };
    let (lemma, pos) = trigger.rsplit_once('/').ok_or("a trigger is written lemma/POS")?;
    let pos = TriggerPos::parse(pos).ok_or_else(|| format!("`{pos}` is not VERB, NOUN or ADJ"))?;
    let set = |name: &str| sets.get(name).cloned();
    let requires = requires
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "-")
        .map(|part| Condition::parse(part, &set))
        .collect::<Result<_, _>>()?;
    let kind = match *kind {
        "NONE" => None,
        name => Some(EventType::parse(name).ok_or_else(|| format!("`{name}` is not an event type"))?),
    };
    let filled = |cell: &str| (cell != "-" && !cell.is_empty()).then(|| cell.to_owned());
    Ok(Frame {
        id: (*id).to_owned(),
        lemma: lemma.to_lowercase(),
        pos,
        requires,
        actor: Role::parse(actor)?,
        recipient: Role::parse(recipient)?,
        kind,
        mode: filled(mode),
        cameo: filled(cameo).unwrap_or_default(),
        contexts: filled(contexts)
            .map(|list| list.split(',').map(|c| c.trim().to_owned()).collect())
            .unwrap_or_default(),
        example: (*example).to_owned(),
    })
}

fn auxiliary(cells: &[&str]) -> Result<((String, TriggerPos), Status), String> {
    let [word, effect, ..] = cells else { return Err("an auxiliary needs a word and an effect".into()) };
    let (lemma, pos) = word.rsplit_once('/').unwrap_or((word, "VERB"));
    // Modal auxiliaries are found by their tag; listed here they are harmless.
    let pos = TriggerPos::parse(pos).unwrap_or(TriggerPos::Verb);
    let status = match *effect {
        "future" => Status::Future,
        "hypothetical" => Status::Hypothetical,
        "negated" => Status::Negated,
        "ongoing" => Status::Ongoing,
        "actual" => Status::Actual,
        other => return Err(format!("`{other}` is not an effect")),
    };
    Ok(((lemma.to_lowercase(), pos), status))
}

fn context_phrase(cells: &[&str]) -> Result<ContextPhrase, String> {
    let [context, phrase, rest @ ..] = cells else {
        return Err("a context line needs a context and a phrase".into());
    };
    let words: Vec<String> = phrase.to_lowercase().split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Err("the phrase is empty".into());
    }
    let weight = match rest.first() {
        Some(cell) if !cell.is_empty() => cell.parse().map_err(|_| format!("`{cell}` is not a weight"))?,
        _ => 1.0,
    };
    Ok(ContextPhrase { words, context: (*context).to_owned(), weight })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables<'a>(frames: &'a str) -> Tables<'a> {
        let empty = Table { name: "empty", text: "" };
        Tables {
            frames: vec![Table { name: "frames.tsv", text: frames }],
            sets: Table { name: "sets.tsv", text: "name\twords\ntalk\ttalk,summit" },
            reporting: Table { name: "reporting.tsv", text: "lemma\tnote\nsay\t" },
            auxiliaries: Table { name: "aux.tsv", text: "word\teffect\nplan/VERB\tfuture" },
            contexts: empty,
        }
    }

    const HEAD: &str = "id\ttrigger\trequires\tactor\trecipient\ttype\tmode\tcameo\tcontexts\texample\n";

    #[test]
    fn a_frame_is_found_by_its_trigger() {
        let text = format!(
            "{HEAD}hold.1\thold/VERB\tobj=@talk\tsubj\twith|obj.with\tCONSULT\t-\t040\tdiplomatic\tA held talks with B."
        );
        let lexicon = Lexicon::from_tables(&tables(&text)).unwrap();
        let frame = lexicon.of("hold", TriggerPos::Verb).next().unwrap();
        assert_eq!((frame.id.as_str(), frame.kind), ("hold.1", Some(EventType::Consult)));
        assert!(lexicon.is_reporting("say") && !lexicon.is_reporting("hold"));
        assert_eq!(lexicon.auxiliary("plan", TriggerPos::Verb), Some(Status::Future));
    }

    #[test]
    fn a_bad_line_is_named() {
        let text = format!("{HEAD}# a note\nx.1\tx/VERB\t-\tsubj\tobj\tQUARREL\t-\t-\t-\t");
        let error = Lexicon::from_tables(&tables(&text)).unwrap_err();
        assert_eq!(error.to_string(), "frames.tsv, line 3: `QUARREL` is not an event type");
    }
}
