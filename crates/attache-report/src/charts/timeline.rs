//! The directed index over time, with its intervals and turning points.

use super::svg::{Frame, Picture, at, escape, short};
use crate::brief::Brief;
use crate::index::Point;
use crate::tongue::Tongue;

/// Colour and dash of the two directions: told apart by more than colour.
const OUT: (&str, &str) = ("#1f6fb2", "");
const BACK: (&str, &str) = ("#b5521b", " stroke-dasharray=\"6 3\"");

/// So many points of a line are drawn.
const DRAWN: usize = 500;

/// Both directions as lines in their intervals; a numbered flag at every turning point.
pub fn timeline(brief: &Brief, tongue: Tongue) -> String {
    let other = brief.b.as_ref().map_or_else(|| tongue.say("others").to_owned(), |b| b.name.clone());
    let (a, b) = (short(&brief.a.name).into_owned(), short(&other).into_owned());
    let title = format!("{}: {a} – {b}", tongue.say("index"));
    let description = format!(
        "{a} → {b}: {}. {b} → {a}: {}. {}: {}.",
        span(&brief.out),
        span(&brief.back),
        tongue.say("turning_points"),
        brief.turns.len()
    );
    let mut picture = Picture::new("timeline", 760.0, 280.0, &title, &description);
    let all = || brief.out.iter().chain(&brief.back);
    let low = all().map(|point| point.low).fold(0.0, f64::min);
    let high = all().map(|point| point.high).fold(0.0, f64::max);
    let frame = Frame::new(&picture, brief.joint.len(), low, high);
    frame.axes(&mut picture, &brief.joint);
    for (number, turn) in brief.turns.iter().enumerate() {
        let period = brief.joint.partition_point(|point| point.start <= turn.date).saturating_sub(1);
        let x = frame.x(period) - frame.column() / 2.0;
        picture.line("turn", (x, frame.top), (x, frame.bottom), "#666");
        picture.words("turn", (x + 3.0, frame.top + 9.0), "start", &(number + 1).to_string());
    }
    for (class, points, (colour, dash)) in [("out", &brief.out, OUT), ("back", &brief.back, BACK)] {
        let high = thin(points).map(|(period, point)| (period, point.high));
        let low = thin(points).rev().map(|(period, point)| (period, point.low));
        let band = joined(&frame, high.chain(low));
        let line = joined(&frame, thin(points).map(|(period, point)| (period, point.index)));
        picture.raw(&format!(
            "<path class=\"band {class}\" d=\"{band}Z\" fill=\"{colour}\" fill-opacity=\"0.16\"/>\
             <path class=\"line {class}\" d=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>"
        ));
    }
    legend(&mut picture, &frame, &format!("{a} → {b}"), &format!("{b} → {a}"));
    picture.end()
}

/// The periods that are drawn: all of a short series, evenly chosen ones of a long one, the last always.
fn thin(points: &[Point]) -> impl DoubleEndedIterator<Item = (usize, &Point)> {
    let apart = points.len().div_ceil(DRAWN).max(1);
    let last = points.len().saturating_sub(1);
    points.iter().enumerate().filter(move |(period, _)| (last - period).is_multiple_of(apart))
}

fn span(points: &[Point]) -> String {
    match (points.first(), points.last()) {
        (Some(first), Some(last)) => {
            format!("{:+.1} ({}) – {:+.1} ({})", first.index, first.start, last.index, last.end)
        }
        _ => "–".into(),
    }
}

/// A path through these values of these periods.
fn joined(frame: &Frame, values: impl Iterator<Item = (usize, f64)>) -> String {
    let places = values.map(|(period, value)| format!("{} {}", at(frame.x(period)), at(frame.y(value))));
    format!("M{}", places.collect::<Vec<_>>().join("L"))
}

fn legend(picture: &mut Picture, frame: &Frame, out: &str, back: &str) {
    let half = (frame.right - frame.left) / 2.0;
    for (class, x, (colour, dash), words) in
        [("out", frame.left, OUT, out), ("back", frame.left + half, BACK, back)]
    {
        picture.raw(&format!(
            "<line class=\"line {class}\" x1=\"{}\" y1=\"10\" x2=\"{}\" y2=\"10\" stroke=\"{colour}\" \
             stroke-width=\"2\"{dash}/><text class=\"legend\" x=\"{}\" y=\"14\" fill=\"#444\">{}</text>",
            at(x),
            at(x + 26.0),
            at(x + 32.0),
            escape(&words.chars().take(48).collect::<String>())
        ));
    }
}
