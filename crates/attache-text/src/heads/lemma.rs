//! Lemmas as edit scripts: what to cut and add at both ends of the lower-cased word, and how to write it.
//!
//! A script reads `CASE|front cut|front added|back cut|back added`, or `CASE|=lemma`; CASE is `l` (lower),
//! `t` (Title), `u` (UPPER) or `k` (as the word is written). `train/lemma.py` makes them.

/// How many scripts are tried before the word itself is taken.
const TRIED: usize = 8;

/// How the lemma is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Title,
    Upper,
    Kept,
}

/// What makes the lemma of the word.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Edit {
    Whole(String),
    Ends { front: usize, prefix: String, back: usize, suffix: String },
}

/// One way from a word to its lemma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    case: Case,
    edit: Edit,
}

impl Script {
    /// Reads a script; none where it is not written as one.
    pub fn parse(text: &str) -> Option<Script> {
        let (case, rest) = text.split_once('|')?;
        let case = match case {
            "l" => Case::Lower,
            "t" => Case::Title,
            "u" => Case::Upper,
            "k" => Case::Kept,
            _ => return None,
        };
        // A whole lemma may hold the separator itself.
        if let Some(whole) = rest.strip_prefix('=') {
            return Some(Script { case, edit: Edit::Whole(whole.into()) });
        }
        let edit = match rest.split('|').collect::<Vec<_>>().as_slice() {
            [front, prefix, back, suffix] => Edit::Ends {
                front: front.parse().ok()?,
                prefix: (*prefix).into(),
                back: back.parse().ok()?,
                suffix: (*suffix).into(),
            },
            _ => return None,
        };
        Some(Script { case, edit })
    }

    /// The lemma; none where the script cuts more than the word has.
    pub fn apply(&self, word: &str) -> Option<String> {
        let text = match &self.edit {
            Edit::Whole(lemma) => lemma.clone(),
            Edit::Ends { front, prefix, back, suffix } => {
                let base: Vec<char> = match self.case {
                    Case::Kept => word.chars().collect(),
                    _ => word.to_lowercase().chars().collect(),
                };
                let kept: String = base.get(*front..base.len().checked_sub(*back)?)?.iter().collect();
                format!("{prefix}{kept}{suffix}")
            }
        };
        let lemma = match self.case {
            Case::Lower | Case::Kept => text,
            Case::Upper => text.to_uppercase(),
            Case::Title => {
                let mut chars = text.chars();
                chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
            }
        };
        Some(lemma).filter(|lemma| !lemma.is_empty())
    }
}

/// The lemma by the best-scored script that fits the word; the word itself where none of the best does.
pub fn lemma(word: &str, scripts: &[Script], scores: &[f32]) -> String {
    let mut worst = f32::INFINITY;
    for _ in 0..TRIED {
        let next = scripts.iter().zip(scores).filter(|(_, score)| **score < worst);
        let Some((script, score)) = next.max_by(|a, b| a.1.total_cmp(b.1)) else { break };
        if let Some(lemma) = script.apply(word) {
            return lemma;
        }
        worst = *score;
    }
    word.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_make_lemmas() {
        for (script, word, lemma) in [
            ("l|0||0|", "Talks", Some("talks")),
            ("l|0||3|y", "Armies", Some("army")),
            ("t|0||0|", "PARIS", Some("Paris")),
            ("u|0||0|", "un", Some("UN")),
            ("k|0||1|", "McDonalds", Some("McDonald")),
            ("l|=be", "were", Some("be")),
            ("l|0||4|", "as", None),
            ("l|1||1|", "as", None),
        ] {
            assert_eq!(Script::parse(script).unwrap().apply(word).as_deref(), lemma, "{script} on {word}");
        }
        assert_eq!(Script::parse("x|0||0|"), None);
        assert_eq!(Script::parse("l|0||0"), None);
    }

    #[test]
    fn a_script_that_does_not_fit_gives_way_to_the_next() {
        let scripts: Vec<Script> =
            ["l|0||3|", "l|0||1|", "l|0||0|"].iter().map(|s| Script::parse(s).unwrap()).collect();
        assert_eq!(lemma("go", &scripts, &[3.0, 1.0, 2.0]), "go");
        assert_eq!(lemma("goes", &scripts, &[3.0, 1.0, 2.0]), "g");
        assert_eq!(lemma("Ab", &[], &[]), "Ab");
    }
}
