//! Tones, and how each is shown: colours on a terminal, nothing elsewhere.

/// Words of one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Their tone.
    pub tone: Tone,
}

impl Run {
    /// Words in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Run {
        Run { text: text.into(), tone }
    }
}

/// One line of the digest, without its line end.
pub type Line = Vec<Run>;

/// What words are, as far as their look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    Plain,
    /// A title, an event type.
    Strong,
    /// What a reader may skip.
    Faint,
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// The word that tells the event.
    Trigger,
    /// Where.
    Place,
    /// Cooperation.
    Warm,
    /// Conflict.
    Cold,
}

impl Tone {
    /// The parameters of the terminal's "select graphic rendition" sequence (ECMA-48, 8.3.117).
    fn rendition(self) -> Option<&'static str> {
        match self {
            Tone::Plain => None,
            Tone::Strong => Some("1"),
            Tone::Faint => Some("2"),
            Tone::Actor => Some("36"),
            Tone::Recipient => Some("35"),
            Tone::Trigger => Some("1;4"),
            Tone::Place => Some("4"),
            Tone::Warm => Some("32"),
            Tone::Cold => Some("31"),
        }
    }
}

/// How tones are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// No escape sequences; evidence is marked with words in brackets.
    Letters,
    /// Colour, bold and underline.
    Colour,
}

impl Ink {
    /// Appends the line to `page`.
    pub fn paint(self, line: &[Run], page: &mut String) {
        for run in line {
            match run.tone.rendition().filter(|_| self == Ink::Colour) {
                Some(rendition) => {
                    page.push_str("\x1b[");
                    page.push_str(rendition);
                    page.push('m');
                    page.push_str(&run.text);
                    page.push_str("\x1b[0m");
                }
                None => page.push_str(&run.text),
            }
        }
    }
}
