//! Answers to false alarms: a cell, the words in it, and why they are all right.
//!
//! The words are looked for where the answer says, and else in the whole sheet: so it is found again when rows move, and lapses
//! when the words change.

use super::putting::Whole;
use super::rows::{Row, Rows};
use crate::diag::codes;
use crate::sheets;
use crate::workbook::nodes;
use crate::workbook::plan::Sheet;
use crate::workbook::terms::folded;

impl Whole<'_> {
    /// Puts the answers into the tree.
    pub fn alarms(&mut self, rows: &Rows, all: &[sheets::Sheet]) {
        for row in &rows.all {
            let at = format!("allow[{}]", nodes::entries(nodes::field_mut(&mut self.root, "allow")).len());
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.needed(Sheet::Alarms, rows, row, &at);
            self.told(row, &at, |key| if key == "where" { "path" } else { key });
            let mut node = nodes::map();
            match (row.get("where"), self.answered(row, all)) {
                (_, Some(path)) => nodes::put(&mut node, "path", nodes::text(path)),
                (Some(_), None) if row.get("words").is_some() => {
                    let message = "these words are in no cell of that sheet, or in several, so that the answer lapses";
                    let hint = "write the cell as the check names it, such as Said!D7, and copy what stands in it";
                    self.telling.error(&rows.at(row, "where"), codes::UNKNOWN_PATH, message, hint);
                    self.telling.told.insert(format!("{at}.path"));
                }
                _ => drop(self.telling.told.insert(format!("{at}.path"))),
            }
            for key in ["paper", "reason"] {
                if let Some(text) = row.get(key) {
                    nodes::put(&mut node, key, nodes::text(text));
                }
            }
            nodes::push(&mut self.root, "allow", node);
        }
    }

    /// The field that an answer is about.
    fn answered(&self, row: &Row, all: &[sheets::Sheet]) -> Option<String> {
        let (sheet, cell) = row.get("where")?.rsplit_once('!')?;
        let sheet = sheet.trim().trim_matches('\'').replace("''", "'");
        let known = self.telling.cells.sheet_named(&sheet)?;
        let here = all.iter().find(|one| one.name.to_lowercase() == sheet.to_lowercase())?;
        let asked = place(cell)?;
        let words = folded(row.get("words")?);
        let hits = cells_with(here, &words);
        let hit = if hits.contains(&asked) {
            asked
        } else {
            match hits.as_slice() {
                [only] => *only,
                _ => return None,
            }
        };
        self.telling.cells.field(known, hit.0, hit.1)
    }
}

/// Row, from 1, and column, from 0, of a cell such as `D7` or `$D$7`.
fn place(cell: &str) -> Option<(u32, usize)> {
    let cell = cell.trim().replace('$', "");
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let column = cell[..digits].bytes().try_fold(0_usize, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let letter = letter.is_ascii_uppercase().then(|| usize::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(letter)
    })?;
    Some((cell[digits..].parse().ok()?, column.checked_sub(1)?))
}

fn cells_with(sheet: &sheets::Sheet, words: &str) -> Vec<(u32, usize)> {
    let mut hits = Vec::new();
    sheet.each(&mut |row, cells| {
        hits.extend(
            cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty() && folded(cell) == words)
                .map(|(c, _)| (row, c)),
        );
        true
    });
    hits
}
