//! Counts of people with their totals, of which the small ones are held back.
//!
//! In: counts along three axes, each with a total if it has several places. Out: the same, some of them held back: whatever is
//! small; and so much more that no line of the table (places, and their total) gives a small one away. The smallest go first.
//!
//! A nought is shown: nobody is behind it. Deliberately absent: what a second table of other people says; whoever publishes two
//! periods that overlap compares them first.

/// Counts along three axes.
#[derive(Debug, Clone)]
pub struct Counts {
    /// How many places each axis has.
    places: [usize; 3],
    exact: Vec<usize>,
    held_back: Vec<bool>,
}

impl Counts {
    /// Counts by their places. `limit` is the smallest count that is not small.
    pub fn new(places: [usize; 3], limit: usize, count: impl Fn([usize; 3]) -> usize) -> Self {
        let size = places.iter().map(|places| places + 1).product();
        let mut all = Self { places, exact: vec![0; size], held_back: vec![false; size] };
        for at in all.cells(|place, places| place < places) {
            let index = all.index(at);
            all.exact[index] = count(at);
        }
        for axis in 0..3 {
            for line in all.lines(axis) {
                let (total, parts) = line.split_last().expect("a line has its total");
                all.exact[*total] = parts.iter().map(|part| all.exact[*part]).sum();
            }
        }
        all.hold_back(limit);
        all
    }

    /// A count; of an axis, the place behind the last one is the total. `None` if it is held back.
    pub fn shown(&self, at: [usize; 3]) -> Option<usize> {
        let index = self.index(at);
        (!self.held_back[index]).then(|| self.exact[index])
    }

    /// Whether a count is nought, which is never held back.
    pub fn is_nought(&self, at: [usize; 3]) -> bool {
        self.exact[self.index(at)] == 0
    }

    fn hold_back(&mut self, limit: usize) {
        for (count, held_back) in self.exact.iter().zip(&mut self.held_back) {
            *held_back = (1..limit).contains(count);
        }
        let lines: Vec<Vec<usize>> = (0..3).flat_map(|axis| self.lines(axis)).collect();
        // Each round holds back at least one more, so there is an end.
        while let Some(more) = lines.iter().find_map(|line| self.gives_away(line, limit)) {
            self.held_back[more] = true;
        }
    }

    /// The next count of a line to hold back, if the line gives a small one away.
    fn gives_away(&self, line: &[usize], limit: usize) -> Option<usize> {
        let (total, parts) = line.split_last()?;
        let hidden: Vec<usize> = parts.iter().copied().filter(|part| self.held_back[*part]).collect();
        let is_safe = if self.held_back[*total] {
            // The total is the sum of its parts.
            !hidden.is_empty()
        } else {
            // Each of the others is at least 1, so this is the most that a small one can be taken for.
            let sum: usize = hidden.iter().map(|part| self.exact[*part]).sum();
            hidden.is_empty() || hidden.len() > 1 && sum - (hidden.len() - 1) >= limit
        };
        if is_safe {
            return None;
        }
        let shown = parts.iter().copied().filter(|part| !self.held_back[*part] && self.exact[*part] > 0);
        Some(shown.min_by_key(|part| self.exact[*part]).unwrap_or(*total))
    }

    fn index(&self, at: [usize; 3]) -> usize {
        let [_, second, third] = self.places;
        (at[0] * (second + 1) + at[1]) * (third + 1) + at[2]
    }

    /// The places that fit, in their order.
    fn cells(&self, fits: impl Fn(usize, usize) -> bool) -> Vec<[usize; 3]> {
        let [first, second, third] = self.places.map(|places| (0..=places).collect::<Vec<_>>());
        let mut found = Vec::new();
        for a in first {
            for b in &second {
                found.extend(third.iter().map(|c| [a, *b, *c]));
            }
        }
        found.retain(|at| at.iter().zip(self.places).all(|(place, places)| fits(*place, places)));
        found
    }

    /// The lines along an axis: its places, then its total.
    fn lines(&self, axis: usize) -> Vec<Vec<usize>> {
        let starts = self.cells(|_, _| true).into_iter().filter(|at| at[axis] == 0);
        let line = |mut at: [usize; 3]| {
            let along = |place| {
                at[axis] = place;
                self.index(at)
            };
            (0..=self.places[axis]).map(along).collect()
        };
        starts.map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A table of one council, as it is printed: rows, then their total.
    fn table(rows: &[&[usize]]) -> Vec<String> {
        let counts = Counts::new([1, rows.len(), rows[0].len()], 5, |[_, row, column]| rows[row][column]);
        let cell = |at| counts.shown(at).map_or_else(|| "*".to_owned(), |count| count.to_string());
        let line = |row| (0..=rows[0].len()).map(|column| cell([0, row, column])).collect::<Vec<_>>().join(" ");
        (0..=rows.len()).map(line).collect()
    }

    #[test]
    fn a_small_count_is_held_back_and_so_is_whatever_would_give_it_away() {
        // Nothing is small, and a nought is nobody.
        assert_eq!(table(&[&[6, 0], &[7, 8]]), ["6 0 6", "7 8 15", "13 8 21"]);
        // One small count takes a second of its row and of its column along, and so a fourth.
        assert_eq!(table(&[&[9, 2, 6], &[8, 7, 9]]), ["9 * * 17", "8 * * 24", "17 9 15 41"]);
        // Two ones that come to two would be told by their sum.
        assert_eq!(table(&[&[9, 1, 1]]), ["* * * 11", "* * * 11"]);
        // A total that is small itself.
        assert_eq!(table(&[&[1, 1, 0], &[20, 30, 40]]), ["* * 0 *", "* * 40 *", "21 31 40 92"]);
        // Four is small and five is not.
        assert_eq!(table(&[&[5, 5], &[5, 5]]), ["5 5 10", "5 5 10", "10 10 20"]);
        assert_eq!(table(&[&[4]]), ["* *", "* *"]);
    }

    proptest! {
        #[test]
        fn no_line_gives_a_small_count_away(
            places in [1..4_usize, 1..5_usize, 1..5_usize],
            counts in proptest::collection::vec(prop_oneof![Just(0_usize), 1..5_usize, 5..40_usize], 64),
        ) {
            let cube = Counts::new(places, 5, |[a, b, c]| counts[(a * 4 + b) * 4 + c]);
            for at in cube.cells(|_, _| true) {
                let count = cube.exact[cube.index(at)];
                prop_assert!(cube.shown(at).is_none_or(|shown| shown == count && !(1..5).contains(&shown)));
            }
            for line in (0..3).flat_map(|axis| cube.lines(axis)) {
                let (total, parts) = line.split_last().expect("a total");
                let hidden: Vec<usize> = parts.iter().copied().filter(|part| cube.held_back[*part]).collect();
                if cube.held_back[*total] {
                    prop_assert!(!hidden.is_empty());
                    continue;
                }
                let sum: usize = hidden.iter().map(|part| cube.exact[*part]).sum();
                for part in hidden.iter().filter(|part| cube.exact[**part] < 5) {
                    // A reader who subtracts cannot rule out that it is no small one.
                    prop_assert!(sum - (hidden.len() - 1) >= 5, "{} in {sum}", cube.exact[*part]);
                }
            }
        }
    }
}
