//! Rows and columns of a sheet that its owner does not see: decided here for both formats.
//!
//! In: what the elements of a sheet say about a row or column. Out: whether it is seen, and runs of those that are not.

/// Hidden rows or columns of one sheet, from 0: first and last of each run, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden(Vec<(u32, u32)>);

impl Hidden {
    /// Whether this row or column is hidden.
    pub fn holds(&self, at: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= at);
        after > 0 && at <= self.0[after - 1].1
    }

    /// Adds a run. Those that come out of order are known once all are settled.
    pub fn add(&mut self, first: u32, count: u32) {
        let last = first.saturating_add(count.max(1) - 1);
        match self.0.last_mut() {
            Some((_, end)) if end.saturating_add(1) == first => *end = last,
            _ => self.0.push((first, last)),
        }
    }

    /// Puts the runs in order, once all of them are there.
    pub fn settle(&mut self) {
        self.0.sort_unstable();
        // A run inside another would end the search too early.
        self.0.dedup_by(|next, kept| {
            let within = next.0 <= kept.1.saturating_add(1);
            if within {
                kept.1 = kept.1.max(next.1);
            }
            within
        });
    }
}

/// What a file says about one row or column.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shown {
    /// Hidden by hand or filter, or inside a closed group.
    pub hidden: bool,
    /// Its own height or width in points, if it has one.
    pub extent: Option<f64>,
    /// Whether rows without a height of their own are hidden in this sheet.
    pub hidden_by_default: bool,
}

/// Less than this many points cannot be told from nothing.
const LEAST: f64 = 1.0;

impl Shown {
    /// Whether its owner sees it.
    pub fn is_seen(self) -> bool {
        !self.hidden && self.extent.map_or(!self.hidden_by_default, |extent| extent >= LEAST)
    }
}

/// A length of ODF in points (ODF 1.3 part 3 §18.3.18).
pub fn points(length: &str) -> Option<f64> {
    let unit = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at(unit);
    let of_unit = match unit.trim() {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().map(|number| number * of_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_known_in_whichever_order_they_come() {
        let mut hidden = Hidden::default();
        for (first, count) in [(10, 5), (2, 1), (3, 2), (12, 1), (30, 1)] {
            hidden.add(first, count);
        }
        hidden.settle();
        let held: Vec<u32> = (0..40).filter(|row| hidden.holds(*row)).collect();
        assert_eq!(held, [2, 3, 4, 10, 11, 12, 13, 14, 30]);
    }

    #[test]
    fn a_row_is_seen_if_it_is_neither_hidden_nor_without_height() {
        let seen = |hidden, extent, hidden_by_default| Shown { hidden, extent, hidden_by_default }.is_seen();
        assert!(seen(false, None, false) && seen(false, Some(15.0), true));
        assert!(!seen(true, Some(15.0), false) && !seen(false, Some(0.0), false) && !seen(false, None, true));
        assert!(!seen(false, points("0.001in"), false) && seen(false, points("0.45cm"), false));
        assert_eq!((points("1in"), points("2.54cm"), points("wide")), (Some(72.0), Some(72.0), None));
    }
}
