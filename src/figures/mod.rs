//! What conferences come to in a period, for a yearly report: how many were held, who came, what was done on time.
//!
//! In: the facts of each conference, and a period. Out: tables of counts for each council and for all of them. Whatever counts
//! people is held back where it is small, and where a total would give a small number away.
//!
//! Deliberately absent: names, the clock, how a table is drawn, and whatever neither the data nor the record says.

mod facts;
mod page;
mod period;
mod reviews;
mod small;
mod tables;

pub use facts::{ConferenceFacts, facts};
pub use page::{HELD_BACK, page};
pub use period::Period;
pub use tables::{Column, FigureRow, Table};

use facts::MeetingState;
use reviews::ReviewState;
use tables::Sums;

/// The figures of one council, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouncilFigures {
    /// The id of the council. `None` for all of them together.
    pub id: Option<String>,
    /// The name it goes by.
    pub name: String,
    /// The tables, without those that have no rows.
    pub tables: Vec<Table>,
}

/// The figures of all councils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Each council that has any, by name; after them, if there are several, all of them together.
    pub councils: Vec<CouncilFigures>,
    /// A count of people below this is held back, unless it is nought.
    pub small_count: u32,
}

/// The figures of conferences in a period. Each conference may be among them once.
pub fn figures(all: &[ConferenceFacts], period: &Period) -> Figures {
    let mut councils: Vec<(&str, &str)> =
        all.iter().map(|one| (one.council_name.as_str(), one.council.as_str())).collect();
    councils.sort_unstable();
    councils.dedup_by_key(|(_, id)| *id);
    let small_count = all.iter().map(|one| one.small_count).max().unwrap_or_default();
    let sums: Vec<Sums> = councils.iter().map(|(_, id)| sums(all, id, period)).collect();
    let people = tables::people(&sums, small_count);
    let mut found: Vec<CouncilFigures> = Vec::new();
    for (((name, id), sums), people) in councils.iter().zip(&sums).zip(&people) {
        found.push(CouncilFigures {
            id: Some((*id).to_owned()),
            name: (*name).to_owned(),
            tables: sums.tables(people),
        });
    }
    found.retain(|council| !council.tables.is_empty());
    if found.len() > 1 {
        let mut together = Sums::default();
        for one in &sums {
            together.add(one);
        }
        let tables = people.last().map(|people| together.tables(people)).unwrap_or_default();
        found.push(CouncilFigures { id: None, name: "All councils".to_owned(), tables });
    }
    Figures { councils: found, small_count }
}

/// What the conferences of one council come to.
fn sums(all: &[ConferenceFacts], council: &str, period: &Period) -> Sums {
    let own: Vec<&ConferenceFacts> = all.iter().filter(|one| one.council == council).collect();
    let mut sums = Sums::default();
    let in_period: Vec<&&ConferenceFacts> =
        own.iter().filter(|one| one.date.is_some_and(|day| period.has(day))).collect();
    for one in &in_period {
        let mut held = in_period.iter().filter(|other| other.meeting == MeetingState::Held);
        let followed = held.any(|other| other.previous.as_ref() == Some(&one.reference));
        sums.take(one, followed, period.today);
    }
    for state in own.iter().filter_map(|one| ReviewState::of(one, &own, period)) {
        sums.take_review(state);
    }
    sums
}
