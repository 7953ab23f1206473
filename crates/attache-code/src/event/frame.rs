//! What a frame is: a trigger, the conditions around it, and where actor and recipient stand.
//!
//! The notation is that of the lexicon files (`data/lexicon/en/README.md`); here it becomes data.

use crate::EventType;

/// A way to tell an event: one line of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Name within the lexicon, such as `meet.1`.
    pub id: String,
    /// Lemma of the trigger.
    pub lemma: String,
    /// Part of speech of the trigger.
    pub pos: TriggerPos,
    /// All of these must hold.
    pub requires: Vec<Condition>,
    /// Where the actor stands.
    pub actor: Role,
    /// Where the recipient stands.
    pub recipient: Role,
    /// The event type; none for a look-alike, which stops the other frames of its trigger.
    pub kind: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code, two to four digits; empty where the line gives none.
    pub cameo: String,
    /// Contexts the words themselves imply.
    pub contexts: Vec<String>,
    /// A sentence in which the frame holds.
    pub example: String,
}

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerPos {
    /// A verb.
    Verb,
    /// A common noun (or one written as a name).
    Noun,
    /// An adjective.
    Adj,
}

/// Where a role stands: the first path that leads to an actor wins.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Role {
    /// Paths in order of preference.
    pub paths: Vec<Path>,
    /// True where the frame holds only if the role is filled.
    pub required: bool,
}

/// A way through the tree from the trigger, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Step>);

/// One step down (or, for deep slots, across) the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Deep subject: who does it, also behind "by".
    Subj,
    /// Deep object: to whom it is done, also as subject of a passive.
    Obj,
    /// Indirect object.
    Iobj,
    /// Whoever stands before a noun as its owner: "Colombia's", "his", "U.S.", "Israeli".
    Poss,
    /// Particle of a verb.
    Prt,
    /// Open complement ("agree to meet").
    Xcomp,
    /// Clausal complement ("said that").
    Ccomp,
    /// Adverbial clause ("in order to").
    Advcl,
    /// A UD relation by its own name.
    Relation(String),
    /// A phrase with this preposition.
    Prep(String),
}

/// Something that must hold around the trigger.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The slot is filled, by one of the lemmas where any are named.
    Filled {
        /// The slot.
        path: Path,
        /// Lemmas, lower case; empty for any.
        lemmas: Vec<String>,
    },
    /// The slot is empty.
    Empty(Path),
    /// The slot is empty or filled by another lemma than these.
    Not {
        /// The slot.
        path: Path,
        /// Lemmas, lower case.
        lemmas: Vec<String>,
    },
    /// The slot is filled by a political actor, of one of the sectors where any are named.
    Actor {
        /// The slot.
        path: Path,
        /// Sectors; empty for any actor.
        sectors: Vec<String>,
    },
    /// The trigger is (`true`) or is not (`false`) negated.
    Negated(bool),
    /// The trigger is (`true`) or is not (`false`) passive.
    Passive(bool),
}

impl Frame {
    /// How much the frame's conditions tell: of two that hold, the heavier is preferred.
    pub fn weight(&self) -> u32 {
        self.requires.iter().map(Condition::weight).sum()
    }
}

impl Path {
    /// Reads `obj.with`, `subj`, `out_of`, `xcomp.obj` and the like.
    pub fn parse(text: &str) -> Option<Path> {
        let steps: Vec<Step> = text.trim().split('.').map(Step::parse).collect::<Option<_>>()?;
        (!steps.is_empty()).then_some(Path(steps))
    }
}

impl Step {
    fn parse(text: &str) -> Option<Step> {
        Some(match text.trim() {
            "" => return None,
            "subj" => Step::Subj,
            "obj" => Step::Obj,
            "iobj" => Step::Iobj,
            "poss" => Step::Poss,
            "prt" => Step::Prt,
            "xcomp" => Step::Xcomp,
            "ccomp" => Step::Ccomp,
            "advcl" => Step::Advcl,
            name @ ("amod" | "compound" | "det" | "advmod" | "nummod" | "acl" | "appos" | "mark") => {
                Step::Relation(name.to_owned())
            }
            preposition => {
                let fine = preposition.chars().all(|c| c.is_alphabetic() || c == '_');
                if !fine {
                    return None;
                }
                Step::Prep(preposition.replace('_', " "))
            }
        })
    }
}

impl Condition {
    /// Reads one condition of the `requires` column; `set` looks up a named word list.
    pub fn parse(text: &str, set: &dyn Fn(&str) -> Option<Vec<String>>) -> Result<Condition, String> {
        let text = text.trim();
        match text {
            "neg" => return Ok(Condition::Negated(true)),
            "!neg" => return Ok(Condition::Negated(false)),
            "passive" => return Ok(Condition::Passive(true)),
            "!passive" => return Ok(Condition::Passive(false)),
            _ => {}
        }
        let path = |slot: &str| Path::parse(slot).ok_or_else(|| format!("`{slot}` is not a slot"));
        if let Some((slot, words)) = text.split_once("!=") {
            return Ok(Condition::Not { path: path(slot)?, lemmas: word_list(words, set)? });
        }
        if let Some((slot, words)) = text.split_once('=') {
            return Ok(Condition::Filled { path: path(slot)?, lemmas: word_list(words, set)? });
        }
        if let Some((slot, what)) = text.split_once(':') {
            let sectors = match what.trim() {
                "actor" => Vec::new(),
                named => named.split(',').map(|s| s.trim().to_owned()).collect(),
            };
            return Ok(Condition::Actor { path: path(slot)?, sectors });
        }
        match text.strip_prefix('!') {
            Some(slot) => Ok(Condition::Empty(path(slot)?)),
            None => Ok(Condition::Filled { path: path(text)?, lemmas: Vec::new() }),
        }
    }

    /// How much a condition tells: a frame with more of it is preferred.
    pub fn weight(&self) -> u32 {
        match self {
            Condition::Filled { lemmas, .. } if !lemmas.is_empty() => 3,
            Condition::Actor { sectors, .. } if !sectors.is_empty() => 2,
            Condition::Negated(true) | Condition::Passive(true) | Condition::Filled { .. } => 2,
            _ => 1,
        }
    }
}

fn word_list(words: &str, set: &dyn Fn(&str) -> Option<Vec<String>>) -> Result<Vec<String>, String> {
    let mut list = Vec::new();
    for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match word.strip_prefix('@') {
            Some(name) => list.extend(set(name).ok_or_else(|| format!("no word list is named `@{name}`"))?),
            None => list.push(word.to_lowercase()),
        }
    }
    if list.is_empty() { Err("a condition with `=` names no words".to_owned()) } else { Ok(list) }
}

impl Role {
    /// Reads `obj|with`, `subj!`, `-`.
    pub fn parse(text: &str) -> Result<Role, String> {
        let text = text.trim();
        if text == "-" || text.is_empty() {
            return Ok(Role::default());
        }
        let required = text.ends_with('!');
        let paths = text
            .trim_end_matches('!')
            .split('|')
            .map(|path| Path::parse(path).ok_or_else(|| format!("`{path}` is not a slot")))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Role { paths, required })
    }
}

impl TriggerPos {
    /// Reads `VERB`, `NOUN`, `ADJ`.
    pub fn parse(text: &str) -> Option<TriggerPos> {
        match text {
            "VERB" => Some(TriggerPos::Verb),
            "NOUN" | "PROPN" => Some(TriggerPos::Noun),
            "ADJ" => Some(TriggerPos::Adj),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_becomes_data() {
        let set = |name: &str| (name == "talk").then(|| vec!["talk".to_owned(), "summit".to_owned()]);
        assert_eq!(
            Condition::parse("obj=@talk, meeting", &set),
            Ok(Condition::Filled {
                path: Path(vec![Step::Obj]),
                lemmas: vec!["talk".into(), "summit".into(), "meeting".into()]
            })
        );
        assert_eq!(Condition::parse("!xcomp", &set), Ok(Condition::Empty(Path(vec![Step::Xcomp]))));
        assert_eq!(
            Condition::parse("subj:MIL,REB", &set),
            Ok(Condition::Actor { path: Path(vec![Step::Subj]), sectors: vec!["MIL".into(), "REB".into()] })
        );
        assert!(Condition::parse("obj=@nothing", &set).is_err());
        assert!(Condition::parse("obj=", &set).is_err());
    }

    #[test]
    fn roles_keep_their_order_and_need() {
        let role = Role::parse("obj.with|out_of!").unwrap();
        assert!(role.required);
        assert_eq!(role.paths[0].0, vec![Step::Obj, Step::Prep("with".into())]);
        assert_eq!(role.paths[1].0, vec![Step::Prep("out of".into())]);
        assert!(Role::parse("-").unwrap().paths.is_empty());
        assert!(Role::parse("a..b").is_err());
    }
}
