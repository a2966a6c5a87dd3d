//! The place of every field of a file, for rules that know only its path.
//!
//! In: what reading found. Out: [`Index`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::cells::Cells;
use super::de::Amends;
use super::tree::Value;
use crate::diag::{Cell, Place};

/// The stand-in for a date that cannot be read.
pub(super) const SOME_DAY: &str = "2000-01-01";
/// The stand-in for a time of day that cannot be read.
pub(super) const SOME_TIME: &str = "00:00";

/// What stands in the cells of a list, by field path: its file and cell.
pub type Sheets = BTreeMap<String, (String, Cell)>;

/// The place of every field path in a file.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The file's name as the user gave it.
    pub file: String,
    pub(super) spots: HashMap<String, Range<usize>>,
    pub(super) texts: Vec<(String, String)>,
    /// The keys of every map, by the map's path: a key may contain a dot, so a path alone is ambiguous.
    pub(super) keys: BTreeMap<String, BTreeSet<String>>,
    pub(super) amends: Amends,
    /// What stands in the cells of a list instead: its file and cell, by field path.
    pub(super) cells: Sheets,
    /// Where everything stands, if the file is a workbook.
    pub(super) workbook: Cells,
}

impl Index {
    /// The place of a field, or of the nearest value around it.
    pub fn place(&self, path: &str) -> Place {
        if let Some(place) = self.workbook.place(path).filter(|_| !self.cells.contains_key(path)) {
            return place;
        }
        let mut near = path;
        let span = loop {
            if let Some((file, cell)) = self.cells.get(near) {
                let (file, cell) = (Some(file.clone()), Some(cell.clone()));
                return Place { file, cell, ..Place::at(path) };
            }
            if let Some(span) = self.spots.get(near).filter(|_| !self.workbook.are_known()) {
                break Some(span.clone());
            }
            match near.rfind(['.', '[']) {
                Some(end) => near = &near[..end],
                None => break None,
            }
        };
        Place { file: Some(self.file.clone()), path: Some(path.to_owned()), span, ..Place::default() }
    }

    /// Whether the file is a workbook.
    pub fn is_workbook(&self) -> bool {
        self.workbook.are_known()
    }

    /// Forgets the texts at a path and below it, which are read as if they were not there.
    pub fn forget(&mut self, path: &str) {
        let is_below =
            |at: &str| at.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        self.texts.retain(|(at, _)| !is_below(at));
        self.spots.retain(|at, _| !is_below(at));
    }

    /// Every text of the file with its field path, in the order of the file.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Whether the file has a value at this path.
    pub fn has(&self, path: &str) -> bool {
        self.spots.contains_key(path)
    }

    /// Whether the value at this path stands in a cell of a spreadsheet, and not in the file itself.
    pub fn is_in_a_cell(&self, path: &str) -> bool {
        self.cells.contains_key(path)
    }

    /// Whether the map at a path has this key, even if its value could not be read.
    pub fn has_key(&self, map: &str, key: &str) -> bool {
        self.keys.get(map).is_some_and(|keys| keys.contains(key))
    }

    /// Whether the value at this path is a stand-in, because the file's own could not be read.
    pub fn is_amended(&self, path: &str) -> bool {
        self.amends.touch(path)
    }

    /// Whether everything was read as the file has it.
    pub fn is_sound(&self) -> bool {
        self.amends.stand_ins.is_empty() && self.amends.skip.is_empty()
    }

    /// Whether every date and every time of day was read as the file has it.
    pub fn has_sound_dates(&self) -> bool {
        let texts = self.amends.stand_ins.values().map(|node| &node.value);
        !texts.into_iter().any(|v| matches!(v, Value::Scalar { text, .. } if text == SOME_DAY || text == SOME_TIME))
    }
}
