//! The tables of a brief as CSV (RFC 4180), one header row each.

use crate::brief::{Brief, Entry, Party, Person};
use crate::index::Point;
use std::fmt::Display;

/// A table of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row a period and direction.
    Series,
    /// One row an event.
    Events,
    /// One row a turning point.
    Turns,
    /// One row a context and period with events.
    Agenda,
    /// One row a person, office or body.
    People,
    /// One row a place.
    Places,
    /// One row a publisher.
    Publishers,
}

impl Table {
    /// All tables, with their names.
    pub const ALL: [(Table, &'static str); 7] = [
        (Table::Series, "series"),
        (Table::Events, "events"),
        (Table::Turns, "turns"),
        (Table::Agenda, "agenda"),
        (Table::People, "people"),
        (Table::Places, "places"),
        (Table::Publishers, "publishers"),
    ];

    /// The table of a name.
    pub fn parse(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|(_, one)| *one == name).map(|(table, _)| table)
    }
}

/// The table as CSV. With `guard`, a text cell that a spreadsheet would take for a formula gets a single
/// quote before it; numbers are never touched.
pub fn csv(brief: &Brief, table: Table, guard: bool) -> String {
    let mut rows = Rows { text: String::new(), cells: 0, guard };
    match table {
        Table::Series => series(&mut rows, brief),
        Table::Events => events(&mut rows, &brief.events),
        Table::Turns => turns(&mut rows, brief),
        Table::Agenda => agenda(&mut rows, brief),
        Table::People => people(&mut rows, brief),
        Table::Places => {
            rows.head(&["name", "country", "lat", "lon", "events", "mean", "last"]);
            for row in &brief.places {
                rows.text(&row.name).option(row.country.as_deref()).number(row.lat).number(row.lon);
                rows.value(row.events).value(row.mean).value(row.last).end();
            }
        }
        Table::Publishers => {
            rows.head(&["publisher", "events", "tellings", "mean", "conflict", "first", "languages"]);
            for row in &brief.publishers {
                rows.text(&row.name).value(row.events).value(row.tellings).value(row.mean);
                rows.value(row.conflict).value(row.first).text(&row.languages.join(" ")).end();
            }
        }
    }
    rows.text
}

fn series(rows: &mut Rows, brief: &Brief) {
    rows.head(&[
        "direction",
        "start",
        "end",
        "reports",
        "events",
        "tellings",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "sum",
        "mean",
        "raw",
        "index",
        "low",
        "high",
    ]);
    let mut write = |direction: &str, points: &[Point]| {
        for point in points {
            rows.text(direction).value(point.start).value(point.end).value(point.reports).value(point.events);
            rows.value(point.tellings);
            point.quads.iter().for_each(|count| {
                rows.value(count);
            });
            rows.value(point.sum).number(point.mean).value(point.raw).value(point.index);
            rows.value(point.low).value(point.high).end();
        }
    };
    write("joint", &brief.joint);
    write("out", &brief.out);
    write("back", &brief.back);
}

fn events(rows: &mut Rows, events: &[Entry]) {
    rows.head(&[
        "id",
        "date",
        "type",
        "mode",
        "contexts",
        "quad",
        "score",
        "status",
        "direction",
        "counted",
        "actors",
        "recipients",
        "place",
        "tellings",
        "publishers",
        "story",
        "report",
        "published",
        "title",
        "url",
        "sentence",
        "confidence",
    ]);
    for event in events {
        rows.text(&event.id).value(event.date).text(event.kind.as_str()).text(&event.mode.join(";"));
        rows.text(&event.contexts.join(";")).value(u8::from(event.quad)).value(event.score);
        rows.text(&word(&event.status)).text(event.direction.as_str()).value(event.counted);
        rows.text(&parties(&event.actors)).text(&parties(&event.recipients)).option(event.place.as_deref());
        rows.value(event.tellings).text(&event.publishers.join(";")).value(event.story).text(&event.report);
        rows.number(event.published).option(event.title.as_deref()).option(event.url.as_deref());
        rows.text(&event.sentence).value(event.confidence).end();
    }
}

fn turns(rows: &mut Rows, brief: &Brief) {
    rows.head(&["date", "toward", "before", "after", "rate_before", "rate_after", "leading"]);
    for turn in &brief.turns {
        let leading: Vec<&str> = turn.leading.iter().map(|event| event.id.as_str()).collect();
        rows.value(turn.date).text(turn.toward.as_str()).value(turn.before).value(turn.after);
        rows.value(turn.rate_before).value(turn.rate_after).text(&leading.join(";")).end();
    }
}

fn agenda(rows: &mut Rows, brief: &Brief) {
    rows.head(&["context", "start", "events"]);
    for topic in &brief.agenda {
        for (point, count) in brief.joint.iter().zip(&topic.series).filter(|(_, count)| **count > 0) {
            rows.text(&topic.context).value(point.start).value(count).end();
        }
    }
}

fn people(rows: &mut Rows, brief: &Brief) {
    rows.head(&[
        "side", "name", "id", "role", "country", "sector", "acts", "receives", "mean", "first", "last",
    ]);
    let mut write = |side: &str, people: &[Person]| {
        for one in people {
            rows.text(side).text(&one.name).option(one.id.as_deref()).option(one.role.as_deref());
            rows.option(one.country.as_deref())
                .option(one.sector.as_deref())
                .value(one.acts)
                .value(one.receives);
            rows.value(one.mean).value(one.first).value(one.last).end();
        }
    };
    write("a", &brief.people_a);
    write("b", &brief.people_b);
}

fn parties(parties: &[Party]) -> String {
    let one = |party: &Party| match party.code.is_empty() {
        true => party.name.clone(),
        false => format!("{} ({})", party.name, party.code),
    };
    parties.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A status as JSON writes it.
fn word(status: &attache_code::Status) -> String {
    serde_json::to_value(status).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Rows under way.
struct Rows {
    text: String,
    cells: usize,
    guard: bool,
}

impl Rows {
    fn head(&mut self, names: &[&str]) {
        self.text.push_str(&names.join(","));
        self.text.push_str("\r\n");
    }

    fn text(&mut self, words: &str) -> &mut Rows {
        let formula = self.guard && words.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
        let words = if formula { format!("'{words}") } else { words.to_owned() };
        self.gap();
        if words.contains([',', '"', '\n', '\r']) {
            self.text.push('"');
            self.text.push_str(&words.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(&words);
        }
        self
    }

    fn option(&mut self, words: Option<&str>) -> &mut Rows {
        self.text(words.unwrap_or(""))
    }

    fn value(&mut self, value: impl Display) -> &mut Rows {
        self.gap();
        self.text.push_str(&value.to_string());
        self
    }

    fn number(&mut self, value: Option<impl Display>) -> &mut Rows {
        match value {
            Some(value) => self.value(value),
            None => self.value(""),
        }
    }

    fn gap(&mut self) {
        if self.cells > 0 {
            self.text.push(',');
        }
        self.cells += 1;
    }

    fn end(&mut self) {
        self.text.push_str("\r\n");
        self.cells = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_guarded() {
        let write = |guard| {
            let mut rows = Rows { text: String::new(), cells: 0, guard };
            rows.text("=1+1").text("a \"b\", c\nd").value(-2.5).number(None::<f64>).end();
            rows.text
        };
        assert_eq!(write(false), "=1+1,\"a \"\"b\"\", c\nd\",-2.5,\r\n");
        assert_eq!(write(true), "'=1+1,\"a \"\"b\"\", c\nd\",-2.5,\r\n");
    }
}
