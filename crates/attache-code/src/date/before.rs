//! "After a year of sanctions": the stretch of time right before the published date.

use super::EventDate;
use crate::record::Precision;
use jiff::ToSpan;
use jiff::civil::Date;

/// The period of one `unit` ("year", "month", "week") that ends with the published date; none for a word
/// that is no such unit, or without a published date.
pub fn period_before(unit: &str, published: Option<Date>) -> Option<EventDate> {
    let published = published?;
    let (back, precision) = match unit {
        "week" => (1.week(), Precision::Week),
        "month" => (1.month(), Precision::Month),
        "year" => (1.year(), Precision::Year),
        _ => return None,
    };
    let date = published.checked_sub(back).ok()?;
    Some(EventDate { date, end: published, precision, raw: None, span: None, told: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_of_trouble_ends_today() {
        let period = period_before("year", Some(date(2025, 6, 12))).unwrap();
        assert_eq!((period.date, period.end), (date(2024, 6, 12), date(2025, 6, 12)));
        assert_eq!(period_before("quarrel", Some(date(2025, 6, 12))), None);
    }
}
