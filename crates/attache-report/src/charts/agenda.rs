//! The agenda over time: a row for each context, darker where more happens.

use super::svg::{Picture, at};
use crate::brief::Brief;
use crate::tongue::Tongue;

/// So many contexts are drawn.
const ROWS: usize = 10;
/// So many columns at most: longer series are put together.
const COLUMNS: usize = 80;

/// The strips of the most frequent contexts.
pub fn agenda(brief: &Brief, tongue: Tongue) -> String {
    let topics = &brief.agenda[..brief.agenda.len().min(ROWS)];
    let told: Vec<String> =
        topics.iter().map(|topic| format!("{}: {}", tongue.context(&topic.context), topic.events)).collect();
    let height = 18.0 * topics.len() as f64 + 24.0;
    let mut picture =
        Picture::new("agenda", 760.0, height, tongue.say("agenda"), &format!("{}.", told.join("; ")));
    let (left, right) = (170.0, 720.0);
    let bundle = brief.joint.len().div_ceil(COLUMNS).max(1);
    let columns = brief.joint.len().div_ceil(bundle).max(1);
    let width = (right - left) / columns as f64;
    let bundled: Vec<Vec<u64>> = topics
        .iter()
        .map(|topic| topic.series.chunks(bundle).map(|part| part.iter().sum()).collect())
        .collect();
    let most = bundled.iter().flatten().copied().max().unwrap_or(1).max(1) as f64;
    for (row, (topic, counts)) in topics.iter().zip(&bundled).enumerate() {
        let y = 18.0 * row as f64;
        picture.words("tick", (left - 8.0, y + 13.0), "end", &tongue.context(&topic.context));
        picture.bar("empty", (left, y + 1.0), (right - left, 16.0), "#f1f1f1");
        for (column, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            // The root makes single events visible beside crowded weeks.
            let strength = 0.2 + 0.8 * (*count as f64 / most).sqrt();
            picture.raw(&format!(
                "<rect class=\"cell\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" fill=\"#5b4a99\" fill-opacity=\"{strength:.2}\"/>",
                at(left + width * column as f64),
                at(y + 1.0),
                at((width - 0.5).max(0.5))
            ));
        }
        picture.words("tick", (right + 6.0, y + 13.0), "start", &topic.events.to_string());
    }
    if let (Some(first), Some(last)) = (brief.joint.first(), brief.joint.last()) {
        picture.words("tick", (left, height - 6.0), "start", &first.start.to_string());
        picture.words("tick", (right, height - 6.0), "end", &last.end.to_string());
    }
    picture.end()
}
