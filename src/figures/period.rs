//! A period, and the day from which it is looked at.
//!
//! Deliberately absent: the clock.

use chrono::NaiveDate;

/// The period that is asked about, and the day that counts as today.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// Its first day. `None` if it has none.
    pub from: Option<NaiveDate>,
    /// Its last day. `None` if it has none.
    pub to: Option<NaiveDate>,
    /// The day that counts as today.
    pub today: NaiveDate,
}

impl Period {
    /// Whether a day is in the period, both ends included.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
