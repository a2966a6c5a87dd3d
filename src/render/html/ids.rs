//! Ids within a page, each given once. An id is a number with the kind of what has it: a name in it would be one more place
//! that says something.

use crate::render::outline;

/// The ids that were given so far.
#[derive(Default)]
pub struct Ids {
    headings: usize,
    others: usize,
}

impl Ids {
    /// The id of the next heading.
    pub fn next_heading(&mut self) -> String {
        self.headings += 1;
        outline::id(self.headings)
    }

    /// The id of the heading that the text stands under.
    pub fn heading(&self) -> Option<String> {
        (self.headings > 0).then(|| outline::id(self.headings))
    }

    /// An id that nothing else has.
    pub fn next(&mut self, kind: &str) -> String {
        self.others += 1;
        format!("{kind}-{}", self.others)
    }
}
