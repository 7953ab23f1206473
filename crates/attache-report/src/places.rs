//! Where a relation happens.

use crate::brief::PlaceRow;
use crate::index::round;
use crate::relation::Act;
use crate::tell::{item, tidy};
use std::collections::BTreeMap;

/// No list of places is longer.
const LONGEST: usize = 100;

/// The places of the events, the busiest first.
pub fn places(acts: &[&Act<'_>]) -> Vec<PlaceRow> {
    let mut found: BTreeMap<(String, Option<String>), (PlaceRow, f64)> = BTreeMap::new();
    for act in acts {
        let Some(place) = &act.event().place else { continue };
        let fresh = || PlaceRow {
            name: tidy(&place.name),
            country: place.country.clone(),
            lat: place.lat.filter(|lat| lat.is_finite() && lat.abs() <= 90.0),
            lon: place.lon.filter(|lon| lon.is_finite() && lon.abs() <= 180.0),
            events: 0,
            mean: 0.0,
            last: act.day,
        };
        let key = (place.name.clone(), place.country.clone());
        let (row, sum) = found.entry(key).or_insert_with(|| (fresh(), 0.0));
        row.events += 1;
        row.last = act.day;
        *sum += item(act).score;
    }
    let mut rows: Vec<PlaceRow> = found
        .into_values()
        .map(|(row, sum)| PlaceRow { mean: round(sum / row.events as f64), ..row })
        .collect();
    rows.sort_by(|one, two| two.events.cmp(&one.events).then_with(|| one.name.cmp(&two.name)));
    rows.truncate(LONGEST);
    rows
}
