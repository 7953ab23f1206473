//! The parts all pictures share: numbers, escapes, scales, axes.

use crate::index::Point;
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt::Write;

/// Words made safe inside SVG and HTML, in text and in quoted attributes. What reorders or hides text is
/// dropped.
pub fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in attache_text::clean(words).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A coordinate: one decimal, none where it is a whole number.
pub fn at(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == rounded.trunc() { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

/// A picture under way.
pub struct Picture {
    text: String,
    width: f64,
    height: f64,
}

impl Picture {
    /// A picture of a size, with its title and description.
    pub fn new(kind: &str, width: f64, height: f64, title: &str, description: &str) -> Picture {
        let mut text = String::new();
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {kind}\" role=\"img\" viewBox=\"0 0 {} {}\" \
             font-family=\"system-ui, sans-serif\" font-size=\"11\"><title>{}</title><desc>{}</desc>",
            at(width),
            at(height),
            escape(title),
            escape(description)
        );
        Picture { text, width, height }
    }

    /// Appends markup that is safe already.
    pub fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64), colour: &str) {
        let _ = write!(
            self.text,
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{colour}\"/>",
            at(from.0),
            at(from.1),
            at(to.0),
            at(to.1)
        );
    }

    /// A filled box.
    pub fn bar(&mut self, class: &str, corner: (f64, f64), size: (f64, f64), colour: &str) {
        let _ = write!(
            self.text,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"/>",
            at(corner.0),
            at(corner.1),
            at(size.0),
            at(size.1)
        );
    }

    /// Words at a point; `anchor` is `start`, `middle` or `end`.
    pub fn words(&mut self, class: &str, point: (f64, f64), anchor: &str, words: &str) {
        let _ = write!(
            self.text,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"#444\">{}</text>",
            at(point.0),
            at(point.1),
            escape(words)
        );
    }

    /// The picture's text.
    pub fn end(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    /// Its size.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }
}

/// Where values lie on a picture.
pub struct Frame {
    /// Left edge of the plot.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Top edge.
    pub top: f64,
    /// Bottom edge.
    pub bottom: f64,
    low: f64,
    high: f64,
    periods: usize,
}

impl Frame {
    /// A frame for so many periods and the values from `low` to `high`, widened to round numbers.
    pub fn new(picture: &Picture, periods: usize, low: f64, high: f64) -> Frame {
        let (width, height) = picture.size();
        let step = tick_step(high - low);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        let high = if high > low { high } else { low + step };
        Frame { left: 46.0, right: width - 12.0, top: 24.0, bottom: height - 24.0, low, high, periods }
    }

    /// The middle of a period.
    pub fn x(&self, period: usize) -> f64 {
        self.left + self.column() * (period as f64 + 0.5)
    }

    /// How wide a period is.
    pub fn column(&self) -> f64 {
        (self.right - self.left) / self.periods.max(1) as f64
    }

    /// Where a value lies.
    pub fn y(&self, value: f64) -> f64 {
        let part = (value - self.low) / (self.high - self.low);
        self.bottom - part * (self.bottom - self.top)
    }

    /// Draws grid, values and dates.
    pub fn axes(&self, picture: &mut Picture, points: &[Point]) {
        let step = tick_step(self.high - self.low);
        let ticks = ((self.high - self.low) / step).round() as i64;
        for tick in 0..=ticks {
            let value = self.low + step * tick as f64;
            let class = if value.abs() < step / 1e6 { "zero" } else { "grid" };
            let colour = if class == "zero" { "#888" } else { "#ddd" };
            picture.line(class, (self.left, self.y(value)), (self.right, self.y(value)), colour);
            picture.words("tick", (self.left - 6.0, self.y(value) + 4.0), "end", &number(value));
        }
        for (period, label) in date_labels(points) {
            picture.words("tick", (self.x(period), self.bottom + 16.0), "middle", &label);
        }
    }
}

/// A number for people: a typographic minus, no needless decimals.
pub fn number(value: f64) -> String {
    let told =
        if (value - value.round()).abs() < 1e-9 { format!("{:.0}", value) } else { format!("{value:.1}") };
    match told.strip_prefix('-') {
        Some("0" | "0.0") => "0".into(),
        Some(rest) => format!("−{rest}"),
        None => told,
    }
}

/// A step of 1, 2 or 5 times a power of ten that parts a range into about five.
fn tick_step(range: f64) -> f64 {
    let rough = if range.is_finite() && range > 0.0 { range / 5.0 } else { 1.0 };
    let power = 10_f64.powf(rough.log10().floor());
    let times = match rough / power {
        part if part <= 1.0 => 1.0,
        part if part <= 2.0 => 2.0,
        part if part <= 5.0 => 5.0,
        _ => 10.0,
    };
    times * power
}

/// At most eight dates, evenly apart: the year where it begins, the month elsewhere, days for short series.
fn date_labels(points: &[Point]) -> Vec<(usize, String)> {
    let apart = points.len().div_ceil(8).max(1);
    let long = points.len() > 1
        && points
            .first()
            .zip(points.last())
            .is_some_and(|(a, b)| crate::calendar::between(a.start, b.end) > 120);
    let label = |date: Date| if long { date.strftime("%Y-%m").to_string() } else { date.to_string() };
    let offset = apart / 2;
    let labelled = points.iter().enumerate().skip(offset).step_by(apart);
    labelled.map(|(period, point)| (period, label(point.start))).collect()
}

/// The words of a picture's description, bounded.
pub fn short(words: &str) -> Cow<'_, str> {
    match words.char_indices().nth(200) {
        Some((end, _)) => Cow::Owned(format!("{}…", &words[..end])),
        None => Cow::Borrowed(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_input_is_markup() {
        assert_eq!(escape("<script>\"a\" & 'b'\u{202e}"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!((at(1.0), at(1.25), at(-0.04)), ("1".into(), "1.3".into(), "-0".into()));
        assert_eq!((number(-2.0), number(0.5), number(-0.0)), ("−2".into(), "0.5".into(), "0".into()));
        assert_eq!(
            (tick_step(10.0), tick_step(0.0), tick_step(f64::NAN), tick_step(37.0)),
            (2.0, 1.0, 1.0, 10.0)
        );
    }
}
