//! Tables for a terminal: cells in columns of a fixed width, each wrapped between its words.

/// A row of cells as lines, each cell wrapped to the width of its column.
pub fn lines(cells: &[String], widths: &[usize]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
    let line = |n: usize| {
        let cells = wrapped.iter().zip(widths).map(|(cell, width)| {
            let text = cell.get(n).map_or("", String::as_str);
            format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// A text in lines of at most this many characters, split between words if possible.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        let last = lines.last_mut().expect("there is always one");
        let space = usize::from(!last.is_empty());
        if last.chars().count() + space + rest.len() <= width {
            if space == 1 {
                last.push(' ');
            }
            last.extend(rest);
            continue;
        }
        if last.is_empty() {
            lines.pop();
        }
        while !rest.is_empty() {
            let next = rest.split_off(rest.len().min(width));
            lines.push(rest.into_iter().collect());
            rest = next;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_wrapped_between_words_and_a_long_word_within() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
        let cells = ["one two", "three"].map(str::to_owned);
        assert_eq!(lines(&cells, &[3, 5]), ["one  three", "two"]);
    }
}
