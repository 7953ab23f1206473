//! Where a relation happens: places as circles on a plain grid of degrees. The served page draws the same
//! over the shapes of countries; a single file keeps to the places.

use super::svg::{Picture, at, escape};
use crate::brief::Brief;
use crate::tongue::Tongue;

/// The places that have coordinates, over the part of the world that holds them; none where there are none.
pub fn places(brief: &Brief, tongue: Tongue) -> Option<String> {
    let rows: Vec<(f64, f64, &crate::brief::PlaceRow)> =
        brief.places.iter().filter_map(|row| Some((row.lon?, row.lat?, row))).take(40).collect();
    let most = rows.iter().map(|(_, _, row)| row.events).max()? as f64;
    let bound = |values: &dyn Fn(&(f64, f64, &crate::brief::PlaceRow)) -> f64, room: f64, edge: f64| {
        let low = rows.iter().map(values).fold(f64::INFINITY, f64::min);
        let high = rows.iter().map(values).fold(f64::NEG_INFINITY, f64::max);
        ((((low - room) / 10.0).floor() * 10.0).max(-edge), (((high + room) / 10.0).ceil() * 10.0).min(edge))
    };
    let (west, east) = bound(&|row| row.0, 8.0, 180.0);
    let (south, north) = bound(&|row| row.1, 6.0, 90.0);
    let scale = (736.0 / (east - west)).min(400.0 / (north - south));
    let (width, height) = ((east - west) * scale + 24.0, (north - south) * scale + 24.0);
    let told: Vec<String> =
        rows.iter().take(10).map(|(_, _, row)| format!("{}: {}", row.name, row.events)).collect();
    let mut picture =
        Picture::new("places", width, height, tongue.say("places"), &format!("{}.", told.join("; ")));
    let x = |lon: f64| 12.0 + (lon - west) * scale;
    let y = |lat: f64| 12.0 + (north - lat) * scale;
    for step in 0..=((east - west) / 10.0) as i64 {
        let lon = west + 10.0 * step as f64;
        picture.line("grid", (x(lon), y(north)), (x(lon), y(south)), "#e4e4e4");
    }
    for step in 0..=((north - south) / 10.0) as i64 {
        let lat = south + 10.0 * step as f64;
        picture.line(
            if lat == 0.0 { "zero" } else { "grid" },
            (x(west), y(lat)),
            (x(east), y(lat)),
            "#e4e4e4",
        );
    }
    for (number, (lon, lat, row)) in rows.iter().enumerate() {
        let colour = if row.mean < 0.0 { "#a3312c" } else { "#1d7d6d" };
        picture.raw(&format!(
            "<circle class=\"place\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{colour}\" fill-opacity=\"0.6\"><title>{}: {}</title></circle>",
            at(x(*lon)),
            at(y(*lat)),
            at(3.0 + 9.0 * (row.events as f64 / most).sqrt()),
            escape(&row.name),
            row.events
        ));
        if number < 8 {
            let right = x(*lon) < width / 2.0;
            let (shift, anchor) = if right { (10.0, "start") } else { (-10.0, "end") };
            picture.words("tick", (x(*lon) + shift, y(*lat) + 4.0), anchor, &row.name);
        }
    }
    Some(picture.end())
}
