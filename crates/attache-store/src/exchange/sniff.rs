//! Formats by their first bytes.

use super::cells::day;
use super::format::Format;
use serde_json::Value;

/// How many bytes [`sniff`] is best given.
pub const HEAD: usize = 1 << 16;

/// The format of an input that begins so; none where it is no format of events.
pub fn sniff(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if head.starts_with(b"PAR1") {
        return Some(Format::Parquet);
    }
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    match first.trim_start().chars().next()? {
        '[' => return Some(Format::Plover),
        '{' => return Some(json(first)),
        _ => {}
    }
    titled(first).or_else(|| std::iter::once(first).chain(lines).take(20).find_map(untitled))
}

/// Our record, or PLOVER's, by the fields only one of them has.
fn json(line: &str) -> Format {
    let ours = match serde_json::from_str::<Value>(line) {
        Ok(value) => value.get("evidence").is_some() || value.get("quad").is_some(),
        // Damaged, or longer than the head.
        Err(_) => ["\"evidence\"", "\"quad\":", "\"type\""].iter().any(|field| line.contains(field)),
    };
    if ours { Format::Jsonl } else { Format::Plover }
}

fn titled(line: &str) -> Option<Format> {
    let plain = line.to_lowercase().replace(['_', '"'], " ");
    let has = |name: &str| plain.contains(name);
    if line.contains('\t') {
        return match (has("event date"), has("event type"), has("cameo code")) {
            (true, true, _) => Some(Format::Polecat),
            (true, _, true) => Some(Format::Icews),
            _ => None,
        };
    }
    let names: Vec<&str> = plain.split(',').map(str::trim).collect();
    (names.contains(&"id") && names.contains(&"type")).then_some(Format::Csv)
}

/// Files without header, by the number of columns and what the first of them hold.
fn untitled(line: &str) -> Option<Format> {
    let cells: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
    let number = |at: usize| cells.get(at).is_some_and(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
    let date = |at: usize| cells.get(at).is_some_and(|cell| day(cell).is_some());
    match cells.len() {
        57 | 58 if number(0) && date(1) => Some(Format::Gdelt1),
        61 if number(0) && date(1) => Some(Format::Gdelt2),
        40 if date(1) => Some(Format::Polecat),
        26 if date(1) => Some(Format::Phoenix),
        20 if date(1) => Some(Format::Icews),
        16 if number(0) && date(1) && date(2) => Some(Format::GdeltMentions),
        7..=13 if date(0) && number(3) => Some(Format::Petrarch),
        _ => None,
    }
}
