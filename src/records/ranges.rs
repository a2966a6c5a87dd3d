//! Numbers of people in ascending order, written as ranges.

use serde::{Deserialize, Serialize};

/// Numbers in ascending order, written as ranges: `1-40, 42`. In a share of a list, a range contains only those of its
/// numbers that belong to the share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Ranges of ascending numbers in a share of a list; `step` is the number of shares.
    pub fn of(numbers: impl Iterator<Item = u32>, step: u32) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for number in numbers {
            match ranges.last_mut() {
                Some((_, last)) if number <= *last => {}
                Some((_, last)) if number - *last == step => *last = number,
                _ => ranges.push((number, number)),
            }
        }
        Self(ranges)
    }

    /// All of them.
    pub fn all(&self, step: u32) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(move |(first, last)| (*first..=*last).step_by(step.max(1) as usize))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a number of the share is among them.
    pub fn holds(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after > 0 && number <= self.0[after - 1].1
    }
}

impl From<Ranges> for String {
    fn from(ranges: Ranges) -> Self {
        let range = |&(first, last): &(u32, u32)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        ranges.0.iter().map(range).collect::<Vec<_>>().join(", ")
    }
}

impl TryFrom<String> for Ranges {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let range = |range: &str| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            Ok((first.parse()?, last.parse()?))
        };
        text.split(", ").filter(|range| !range.is_empty()).map(range).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_ranges_and_read_again() {
        let all = [3, 11, 19, 35, 43, 91];
        let numbers = Ranges::of(all.into_iter(), 8);
        assert_eq!(String::from(numbers.clone()), "3-19, 35-43, 91");
        assert_eq!(Ranges::try_from("3-19, 35-43, 91".to_owned()), Ok(numbers.clone()));
        assert!((3..200).step_by(8).all(|n| numbers.holds(n) == all.contains(&n)));
        assert_eq!(Ranges::try_from(String::new()), Ok(Ranges::default()));
        assert!(Ranges::try_from("1-x".to_owned()).is_err());
    }
}
