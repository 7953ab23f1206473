//! A series as one line of blocks.

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The values as at most `columns` blocks between `low` and `high`; more values than columns are averaged
/// in groups of nearly the same size.
pub fn spark(values: &[f64], columns: usize, low: f64, high: f64) -> String {
    let columns = columns.min(values.len()).max(1);
    let range = if high > low { high - low } else { 1.0 };
    (0..columns)
        .filter_map(|column| {
            let part = &values[column * values.len() / columns..(column + 1) * values.len() / columns];
            let mean = part.iter().sum::<f64>() / part.len().max(1) as f64;
            let step = ((mean - low) / range * 8.0).floor().clamp(0.0, 7.0);
            (!part.is_empty()).then(|| BLOCKS[step as usize])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_rise_with_the_values() {
        assert_eq!(spark(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], 20, 0.0, 8.0), "▁▂▃▄▅▆▇█");
        assert_eq!(spark(&[-4.0, -4.0, 4.0, 4.0], 2, -4.0, 4.0), "▁█");
        assert_eq!(spark(&[], 10, 0.0, 1.0), "");
        assert_eq!(spark(&[0.0, 0.0], 10, 0.0, 0.0), "▁▁");
    }
}
