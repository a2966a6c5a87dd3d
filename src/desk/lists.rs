//! Lists of people that somebody pasted or chose, until they are added or put away.
//!
//! In: bytes, and what was said of their columns. Out: the list as its reader has it. Nothing of it is on the disk before its people
//! are in the conference file.
//!
//! Deliberately absent: what columns mean, and what makes a row right.

use std::sync::Arc;

use crate::diag::{Place, Report};
use crate::input::list::{List, Mapping, as_table};
use crate::model::Category;

/// The name by which messages call a text that was pasted.
const PASTED: &str = "What you pasted";

/// A list of people that is not added yet.
#[derive(Clone)]
pub struct HeldList {
    /// Its name.
    pub name: String,
    data: Arc<[u8]>,
    /// What somebody said of columns: heading and field.
    pub said: Vec<(String, String)>,
    /// What people are for whom neither the list nor their organisation says it.
    pub category: Option<Category>,
    /// The only sheet that is read.
    pub sheet: Option<String>,
}

impl HeldList {
    /// A text that somebody copied from a spreadsheet, or recipients from a message.
    pub fn pasted(text: &str) -> Self {
        let table = as_table(text);
        Self::chosen(PASTED, Arc::from(table.as_deref().unwrap_or(text).as_bytes()))
    }

    /// A file that somebody chose.
    pub fn chosen(name: &str, data: Arc<[u8]>) -> Self {
        Self { name: name.to_owned(), data, said: Vec::new(), category: None, sheet: None }
    }

    /// The list.
    ///
    /// # Errors
    /// If it is none, or has no row of headings.
    pub fn open(&self) -> Result<List, Report> {
        let mut mapping = Mapping::of_invitees();
        for (heading, field) in &self.said {
            mapping.set(heading, field, &Place::file(&*self.name))?;
        }
        List::of(&self.name, Arc::clone(&self.data), &mapping, self.sheet.as_deref())
    }
}
