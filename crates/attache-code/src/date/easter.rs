//! When Easter is.

use jiff::civil::Date;

/// Easter Sunday of the western churches (the anonymous Gregorian algorithm).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_moves() {
        for sunday in
            [date(1990, 4, 15), date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2026, 4, 5)]
        {
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
    }
}
