//! The sheet of labels and values.
//!
//! A row is known by its label, wherever it stands. No hidden name for each cell: names stay where they were when rows are
//! sorted, and would then read the wrong cell.

use std::collections::BTreeMap;

use super::find::{Table, plain};
use super::scalar;
use super::telling::Telling;
use crate::diag::codes;
use crate::sheets::Sheet;
use crate::workbook::nodes;
use crate::workbook::plan::{Kind, LABELS, Label, MEETING, Need, RESTRICTED};
use crate::workbook::record;
use crate::workbook::terms::{SHARE, YES_NO};
use crate::yaml::{At, Node};

/// What the sheet says, by the path of the field.
#[derive(Debug, Default)]
pub struct Meeting {
    /// Values.
    pub values: BTreeMap<&'static str, String>,
    marks: BTreeMap<&'static str, String>,
    reasons: BTreeMap<&'static str, String>,
    to_check: Vec<&'static str>,
}

/// Reads the sheet.
pub fn read(table: &Table, sheet: &Sheet, file: &str, telling: &mut Telling) -> Meeting {
    let number = telling.cells.sheet(file, &sheet.name, table.sheet);
    let mut meeting = Meeting::default();
    let head = At { sheet: number, row: Some(table.row.max(1)), column: None, heading: None };
    for column in MEETING.iter().filter(|column| column.need != Need::No && !table.columns.contains_key(column.key)) {
        let message = format!("there is no column `{}`", column.heading);
        telling.error(&head, codes::MISSING_COLUMN, message, "add it, even if it stays empty");
    }
    let mut met: BTreeMap<&'static str, u32> = BTreeMap::new();
    sheet.each(&mut |row, cells| {
        let raw = |key: &str| table.columns.get(key).and_then(|at| cells.get(*at)).map_or("", String::as_str);
        let at = |key: &str, label: &str| At {
            sheet: number,
            row: Some(row),
            column: table.columns.get(key).copied(),
            heading: Some(label.to_owned()),
        };
        let typed = raw("what");
        if row <= table.row || typed.trim().is_empty() {
            return true;
        }
        let Some(label) = label(typed) else {
            if !raw("value").trim().is_empty() {
                telling.warning(
                    &at("what", ""),
                    codes::NOT_READ,
                    "this row is not read: its label is not known",
                    "write the label as it was, or leave the row if it is for yourself",
                );
            }
            return true;
        };
        if met.insert(label.path, row).is_some() {
            telling.error(
                &at("what", label.name),
                codes::DUPLICATE_KEY,
                "a row before this one has the same label",
                "keep one of them",
            );
            return true;
        }
        let is_full = ["value", "share", "reason"].iter().any(|key| !raw(key).trim().is_empty());
        if sheet.hides(row) && is_full {
            telling.error(
                &at("what", label.name),
                codes::HIDDEN_ROW,
                "this row is hidden, so nobody can see whether it is meant",
                "clear the filter, or show the row",
            );
        }
        meeting.row(label, &raw, &at, telling);
        true
    });
    for label in LABELS.iter().filter(|label| label.is_needed && !met.contains_key(label.path)) {
        let at = At { heading: Some(label.name.to_owned()), ..head.clone() };
        let message = format!("the row `{}` is missing", label.name);
        telling.error(&at, codes::MISSING_FIELD, message, "add a row with this label and its value");
        telling.told.extend(paths(label.path));
    }
    meeting
}

/// The row that a label means.
fn label(typed: &str) -> Option<&'static Label> {
    let typed = plain(typed);
    let exact = LABELS.iter().find(|label| plain(label.name) == typed);
    exact.or_else(|| {
        let near =
            |label: &&Label| label.name.len() >= 6 && strsim::damerau_levenshtein(&plain(label.name), &typed) == 1;
        LABELS.iter().find(near)
    })
}

/// The fields that a value becomes.
fn paths(path: &str) -> Vec<String> {
    match path.strip_suffix(".address") {
        Some(venue) => vec![format!("{venue}.lines"), format!("{venue}.postcode")],
        None => vec![path.to_owned()],
    }
}

impl Meeting {
    /// The name of the workbook that has the restricted sheets, if they are in one of their own.
    pub fn restricted(&self) -> Option<&str> {
        self.values.get(RESTRICTED).map(String::as_str)
    }

    fn row<'r>(
        &mut self,
        label: &'static Label,
        raw: &dyn Fn(&str) -> &'r str,
        at: &dyn Fn(&str, &str) -> At,
        telling: &mut Telling,
    ) {
        let place = at("value", label.name);
        for path in paths(label.path) {
            telling.cells.one(path, place.clone());
        }
        let found = match scalar::read(label.kind, raw("value"), false, &[]) {
            Ok(found) => found,
            Err(unread) => {
                let is_faulty = !unread.is_warning;
                telling.unread(&place, unread);
                if is_faulty {
                    telling.told.extend(paths(label.path));
                    return;
                }
                None
            }
        };
        match found {
            Some(text) => drop(self.values.insert(label.path, text)),
            None if label.is_needed => {
                telling.missing(&place);
                telling.told.extend(paths(label.path));
                // What holds it may be missing with it, and is no cell of its own.
                telling.told.extend(label.path.strip_suffix(".name").map(str::to_owned));
            }
            None => {}
        }
        if label.marked.is_some() {
            let mark = raw("share").trim();
            let place = at("share", "Who may read it");
            match scalar::read(Kind::Word(&SHARE), mark, true, &[]) {
                // A line that says that nothing belongs here, copied along.
                _ if mark == "–" => {}
                Ok(found) => self.marks.extend(found.map(|mark| (label.path, mark))),
                Err(unread) => {
                    telling.unread(&place, unread);
                    telling.told.insert(label.path.to_owned());
                }
            }
            telling.cells.one(format!("{}.share", label.path), place);
            let reason = raw("reason").trim();
            if !reason.is_empty() && reason != "–" {
                self.reasons.insert(label.path, reason.to_owned());
            }
        }
        match scalar::read(Kind::Word(&YES_NO), raw("open"), true, &[]) {
            Ok(Some(word)) if word == "true" => self.to_check.push(label.path),
            Ok(_) => {}
            Err(unread) => telling.unread(&at("open", "Still to check"), unread),
        }
    }

    /// Puts everything into a tree. `person` and `organisation` give ids for names.
    pub fn put(&self, root: &mut Node, person: &dyn Fn(&str) -> String, organisation: &dyn Fn(&str) -> String) {
        for label in LABELS {
            let Some(text) = self.values.get(label.path).filter(|_| label.path != RESTRICTED) else { continue };
            let text = match label.kind {
                Kind::Person => person(text),
                Kind::Organisation => organisation(text),
                _ => text.clone(),
            };
            let (mark, reason) = (self.marks.get(label.path), self.reasons.get(label.path));
            record::put(root, label.path, label.kind, &text, mark.is_some() || reason.is_some());
            for (name, beside) in [("share", mark), ("reason", reason)] {
                if let Some(beside) = beside {
                    nodes::put(root, &format!("{}.{name}", label.path), nodes::text(beside));
                }
            }
        }
        // What these lack is told as missing in them.
        for group in ["context", "assessment", "meeting"] {
            if nodes::field(root, group).is_none() {
                nodes::put(root, group, nodes::map());
            }
        }
        if !self.to_check.is_empty() {
            nodes::put(root, "to_fill_in", nodes::list(self.to_check.iter().map(|path| nodes::text(*path)).collect()));
        }
    }
}
