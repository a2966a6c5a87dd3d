//! Which column of a sheet holds what.
//!
//! In: the cells of the first rows, and what the person said with `--map`. Out: the row of headings and the field of each
//! column, to be shown before anything is made.

use std::collections::BTreeMap;

use super::fields::{Field, folded};
use crate::diag::{Diagnostic, Report, codes};

/// What the person said about headings: heading, folded, to field; nothing for a column to leave alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    said: BTreeMap<String, (String, Option<Field>)>,
}

impl Mapping {
    /// Takes in `heading=field`, as it stands after `--map`. A field called `-` leaves the column alone.
    ///
    /// # Errors
    /// If there is no `=` or no such field.
    pub fn say(&mut self, pair: &str) -> Result<(), Report> {
        let Some((heading, id)) = pair.rsplit_once('=') else {
            let error = Diagnostic::error(codes::BAD_MAPPING, format!("`{pair}` is not of the form `heading=field`"));
            return Err(error.hint("for example `--map \"Post code=postcode\"`").into());
        };
        self.set(heading, id)
    }

    /// Takes in one heading and the name of its field.
    pub(super) fn set(&mut self, heading: &str, id: &str) -> Result<(), Report> {
        let field = Field::named(id);
        if field.is_none() && id.trim() != "-" {
            let ids: Vec<&str> = Field::all().map(Field::id).collect();
            let error = Diagnostic::error(codes::BAD_MAPPING, format!("there is no field called `{}`", id.trim()));
            let error = error.suggest(id.trim(), ids.iter().copied());
            let all = format!("the fields are {}; `-` leaves a column alone", ids.join(", "));
            return Err(if error.hint.is_some() { error } else { error.hint(all) }.into());
        }
        self.said.insert(folded(heading), (heading.trim().to_owned(), field));
        Ok(())
    }

    /// Every heading with the name of its field, in a fixed order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.said.values().map(|(heading, field)| (heading.as_str(), field.map_or("-", Field::id)))
    }

    fn field(&self, heading: &str) -> Option<Field> {
        match self.said.get(&folded(heading)) {
            Some((_, field)) => *field,
            None => Field::of_heading(heading),
        }
    }
}

/// The columns of one sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The row of headings, as the spreadsheet counts, from 1.
    pub row: u32,
    /// Every heading, with its field if it has one. Of two columns for one field the first counts.
    pub all: Vec<(String, Option<Field>)>,
}

impl Columns {
    /// Finds the headings among the first rows of a sheet: the row in which most cells are understood, and two at least.
    pub fn find<'r>(rows: impl Iterator<Item = (u32, &'r [String])>, mapping: &Mapping) -> Option<Self> {
        let read = |(row, cells): (u32, &[String])| {
            let mut all: Vec<(String, Option<Field>)> = Vec::new();
            for cell in cells {
                let heading = crate::model::text::one_line(cell);
                let field = mapping.field(&heading).filter(|f| !all.iter().any(|(_, taken)| *taken == Some(*f)));
                all.push((heading, field));
            }
            Self { row, all }
        };
        // Of two that are understood as well the first is the row of headings.
        let better = |best: Self, next: Self| if next.understood() > best.understood() { next } else { best };
        rows.map(read).reduce(better).filter(|columns| columns.understood() >= 2)
    }

    fn understood(&self) -> usize {
        self.all.iter().filter(|(_, field)| field.is_some()).count()
    }

    /// The column of a field, from 0.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.all.iter().position(|(_, f)| *f == Some(field))
    }

    /// The heading of a column.
    pub fn heading(&self, column: usize) -> &str {
        self.all.get(column).map_or("", |(heading, _)| heading)
    }
}

/// The letters of a column, as a spreadsheet shows them: 0 is `A`, 26 is `AA`.
pub fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn what_a_person_says_about_a_heading_goes_before_what_we_know() {
        let mut mapping = Mapping::default();
        mapping.say("Name of shop = organisation").expect("it is a field");
        mapping.say("Role=-").expect("it is left alone");
        let rows = [
            vec!["People of March".to_owned()],
            ["Name", "Name of shop", "Role", "Postcode"].map(str::to_owned).to_vec(),
        ];
        let columns = Columns::find((1..).zip(rows.iter().map(Vec::as_slice)), &mapping).expect("there are headings");
        assert_eq!((columns.row, columns.of(Field::Organisation), columns.of(Field::Role)), (2, Some(1), None));
        assert!(mapping.say("Post code").is_err() && mapping.say("x=postcodes").is_err());
    }
}
