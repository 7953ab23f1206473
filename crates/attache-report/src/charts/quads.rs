//! Counted events by quad class and period: cooperation upwards, conflict downwards.

use super::svg::{Frame, Picture, at, escape};
use crate::brief::Brief;
use crate::index::Point;
use crate::tongue::Tongue;

/// The four classes, material ones next to the axis: their colours and the keys of their names.
pub const CLASSES: [(usize, &str, &str); 4] = [
    (1, "#1d7d6d", "material_cooperation"),
    (0, "#8fc9bd", "verbal_cooperation"),
    (3, "#a3312c", "material_conflict"),
    (2, "#e4a794", "verbal_conflict"),
];

/// So many columns are drawn: longer series are put together.
const COLUMNS: usize = 260;

/// The stack of both directions together.
pub fn quads(brief: &Brief, tongue: Tongue) -> String {
    let totals = brief.standing.joint.quads;
    let told: Vec<String> =
        CLASSES.iter().map(|(class, _, key)| format!("{}: {}", tongue.say(key), totals[*class])).collect();
    let mut picture =
        Picture::new("quads", 760.0, 200.0, tongue.say("events_by_class"), &format!("{}.", told.join("; ")));
    let bundle = brief.joint.len().div_ceil(COLUMNS).max(1);
    let bundled: Vec<Point> = brief.joint.chunks(bundle).filter_map(together).collect();
    let up = bundled.iter().map(|point| point.quads[0] + point.quads[1]).max().unwrap_or(0);
    let down = bundled.iter().map(|point| point.quads[2] + point.quads[3]).max().unwrap_or(0);
    let frame = Frame::new(&picture, bundled.len(), -(down.max(2) as f64), up.max(2) as f64);
    frame.axes(&mut picture, &bundled);
    let gap = if frame.column() > 4.0 { 1.0 } else { 0.0 };
    for (period, point) in bundled.iter().enumerate() {
        let (mut above, mut below) = (0.0, 0.0);
        for (class, colour, _) in CLASSES {
            let count = point.quads[class] as f64;
            if count == 0.0 {
                continue;
            }
            let (top, bottom) = if class < 2 { (above + count, above) } else { (-below, -below - count) };
            let corner = (frame.x(period) - frame.column() / 2.0 + gap / 2.0, frame.y(top));
            let size = ((frame.column() - gap).max(0.5), frame.y(bottom) - frame.y(top));
            picture.bar(&format!("q{}", class + 1), corner, size, colour);
            if class < 2 { above += count } else { below += count }
        }
    }
    for (number, (class, colour, key)) in CLASSES.iter().enumerate() {
        let x = frame.left + number as f64 * (frame.right - frame.left) / 4.0;
        picture.raw(&format!(
            "<rect class=\"q{}\" x=\"{}\" y=\"5\" width=\"10\" height=\"10\" fill=\"{colour}\"/>\
             <text class=\"legend\" x=\"{}\" y=\"14\" fill=\"#444\">{}</text>",
            class + 1,
            at(x),
            at(x + 14.0),
            escape(tongue.say(key))
        ));
    }
    picture.end()
}

/// Neighbouring periods as one, as far as counts go.
fn together(points: &[Point]) -> Option<Point> {
    let (first, last) = (points.first()?, points.last()?);
    let mut one = Point { end: last.end, ..first.clone() };
    for point in &points[1..] {
        one.quads.iter_mut().zip(point.quads).for_each(|(sum, count)| *sum += count);
        one.events += point.events;
    }
    Some(one)
}
