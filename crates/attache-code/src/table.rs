//! What all tab-separated data files have in common.

/// The lines that say something, each with its number from 1: no blank lines, no `#` comments. The first
/// is the header.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_what_is_left_out() {
        let read: Vec<_> = lines("# note\na\tb\n\n \n1\t2\r\n").collect();
        assert_eq!(read, [(2, "a\tb"), (5, "1\t2")]);
    }
}
