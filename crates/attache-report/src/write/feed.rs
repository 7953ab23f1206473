//! Alerts as an Atom feed (RFC 4287).

use crate::alert::Alert;
use crate::charts::escape;
use std::fmt::Write;

/// The alerts as a feed. `title` and `id` name it; entries carry the evidence and, where the report has
/// one, its address.
pub fn feed(title: &str, id: &str, alerts: &[Alert]) -> String {
    let updated = alerts.iter().map(|alert| alert.date).max();
    let stamp = |date: Option<jiff::civil::Date>| date.map_or("1970-01-01".into(), |date| date.to_string());
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>{}</title>\n<id>{}</id>\n<updated>{}T00:00:00Z</updated>\n<author><name>attache</name></author>\n",
        escape(title),
        escape(id),
        stamp(updated)
    );
    for alert in alerts {
        let event = alert.event.as_ref();
        let key = event.map_or_else(|| stamp(Some(alert.date)), |event| event.id.clone());
        let _ = write!(
            text,
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<updated>{}T00:00:00Z</updated>\n<category term=\"{}\"/>\n",
            escape(&alert.text),
            escape(&format!("{id}/{}/{key}", alert.rule.replace(' ', "-"))),
            alert.date,
            escape(&alert.rule)
        );
        if let Some(url) = event.and_then(|event| event.url.as_deref()).and_then(super::link) {
            let _ = writeln!(text, "<link href=\"{}\"/>", escape(url));
        }
        if let Some(event) = event {
            let _ = writeln!(text, "<summary>{}</summary>", escape(&event.sentence));
        }
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    text
}
