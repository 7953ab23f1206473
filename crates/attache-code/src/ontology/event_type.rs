//! The sixteen event types, the quad classes and the statuses.

use serde::{Deserialize, Serialize};

/// What happened, PLOVER 2.0 section "Event types".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // each type is defined, with examples, in data/ontology
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All types, from most cooperative to most hostile, as the manual lists them.
    pub const ALL: [EventType; 16] = [
        EventType::Agree,
        EventType::Consult,
        EventType::Support,
        EventType::Concede,
        EventType::Cooperate,
        EventType::Aid,
        EventType::Retreat,
        EventType::Request,
        EventType::Accuse,
        EventType::Reject,
        EventType::Threaten,
        EventType::Protest,
        EventType::Sanction,
        EventType::Mobilize,
        EventType::Coerce,
        EventType::Assault,
    ];

    /// The name as PLOVER writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            EventType::Agree => "AGREE",
            EventType::Consult => "CONSULT",
            EventType::Support => "SUPPORT",
            EventType::Concede => "CONCEDE",
            EventType::Cooperate => "COOPERATE",
            EventType::Aid => "AID",
            EventType::Retreat => "RETREAT",
            EventType::Request => "REQUEST",
            EventType::Accuse => "ACCUSE",
            EventType::Reject => "REJECT",
            EventType::Threaten => "THREATEN",
            EventType::Protest => "PROTEST",
            EventType::Sanction => "SANCTION",
            EventType::Mobilize => "MOBILIZE",
            EventType::Coerce => "COERCE",
            EventType::Assault => "ASSAULT",
        }
    }

    /// The type of a PLOVER 2.0 name, in any case. Older labels are the ontology file's aliases.
    pub fn parse(name: &str) -> Option<EventType> {
        EventType::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }

    /// True for acts two sides do together, told of either: "X and Y met", "X met Y".
    pub fn is_mutual(self) -> bool {
        matches!(self, EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Support)
    }

    /// The quad class. SANCTION is material conflict, as in its own section of the manual.
    pub fn quad(self) -> Quad {
        match self {
            EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => {
                Quad::VerbalCooperation
            }
            EventType::Cooperate | EventType::Aid | EventType::Retreat => Quad::MaterialCooperation,
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => {
                Quad::VerbalConflict
            }
            EventType::Protest
            | EventType::Sanction
            | EventType::Mobilize
            | EventType::Coerce
            | EventType::Assault => Quad::MaterialConflict,
        }
    }
}

/// PLOVER's four classes; in JSON the numbers 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Quad {
    /// 1
    VerbalCooperation,
    /// 2
    MaterialCooperation,
    /// 3
    VerbalConflict,
    /// 4
    MaterialConflict,
}

impl From<Quad> for u8 {
    fn from(quad: Quad) -> u8 {
        quad as u8 + 1
    }
}

impl TryFrom<u8> for Quad {
    type Error = String;
    fn try_from(number: u8) -> Result<Quad, String> {
        match number {
            1 => Ok(Quad::VerbalCooperation),
            2 => Ok(Quad::MaterialCooperation),
            3 => Ok(Quad::VerbalConflict),
            4 => Ok(Quad::MaterialConflict),
            other => Err(format!("quad class {other} is not one of 1, 2, 3, 4")),
        }
    }
}

/// How real an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It happened, and is the news.
    Actual,
    /// It is happening as the report is written.
    Ongoing,
    /// It happened before, and is told as background.
    Historical,
    /// It is announced or expected.
    Future,
    /// It is possible, wished for, feared or supposed.
    Hypothetical,
    /// It is said not to have happened.
    Negated,
}

impl Status {
    /// All statuses.
    pub const ALL: [Status; 6] = [
        Status::Actual,
        Status::Ongoing,
        Status::Historical,
        Status::Future,
        Status::Hypothetical,
        Status::Negated,
    ];

    /// The name as the record writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Actual => "actual",
            Status::Ongoing => "ongoing",
            Status::Historical => "historical",
            Status::Future => "future",
            Status::Hypothetical => "hypothetical",
            Status::Negated => "negated",
        }
    }

    /// The status of a name.
    pub fn parse(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.as_str() == name)
    }
}
