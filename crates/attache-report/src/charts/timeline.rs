//! The directed index over time, with its intervals and turning points.

use super::svg::{Frame, Picture, at, escape, short};
use crate::brief::Brief;
use crate::index::Point;
use crate::tongue::Tongue;
use std::fmt::Write;

/// Colour and dash of the two directions: told apart by more than colour.
const OUT: (&str, &str) = ("#1f6fb2", "");
const BACK: (&str, &str) = ("#b5521b", "6 3");

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
        let _ = band(&mut picture, &frame, class, points, colour);
        let _ = path(&mut picture, &frame, class, points, colour, dash);
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

fn band(
    picture: &mut Picture,
    frame: &Frame,
    class: &str,
    points: &[Point],
    colour: &str,
) -> std::fmt::Result {
    let mut d = String::new();
    for (period, point) in thin(points) {
        write!(
            d,
            "{}{} {}",
            if d.is_empty() { "M" } else { "L" },
            at(frame.x(period)),
            at(frame.y(point.high))
        )?;
    }
    for (period, point) in thin(points).rev() {
        write!(d, "L{} {}", at(frame.x(period)), at(frame.y(point.low)))?;
    }
    picture
        .raw(&format!("<path class=\"band {class}\" d=\"{d}Z\" fill=\"{colour}\" fill-opacity=\"0.16\"/>"));
    Ok(())
}

fn path(
    picture: &mut Picture,
    frame: &Frame,
    class: &str,
    points: &[Point],
    colour: &str,
    dash: &str,
) -> std::fmt::Result {
    let mut d = String::new();
    for (period, point) in thin(points) {
        write!(
            d,
            "{}{} {}",
            if d.is_empty() { "M" } else { "L" },
            at(frame.x(period)),
            at(frame.y(point.index))
        )?;
    }
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
    picture.raw(&format!(
        "<path class=\"line {class}\" d=\"{d}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>"
    ));
    Ok(())
}

fn legend(picture: &mut Picture, frame: &Frame, out: &str, back: &str) {
    let half = (frame.right - frame.left) / 2.0;
    for (class, x, (colour, dash), words) in
        [("out", frame.left, OUT, out), ("back", frame.left + half, BACK, back)]
    {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
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
