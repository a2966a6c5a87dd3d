//! Maps the columns of a sheet to fields.
//!
//! In: the cells of the first rows, and the mapping given with `--map`. Out: the row of headings and the field of each
//! column, to be shown before anything is made.

use std::collections::BTreeMap;

use super::fields::{Field, Sureness, folded};
use crate::diag::{Diagnostic, Hint, Report, codes};

/// No heading has more bytes. A text that long is compared with no name of a field.
const LONGEST: usize = 400;

/// The mapping given by a person: folded headings to fields; `None` for a column to ignore.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    said: BTreeMap<String, (String, Option<Field>)>,
    /// Whether the list is one of invitees, which may have columns for their answers.
    of_invitees: bool,
}

impl Mapping {
    /// Adds `heading=field`, as written after `--map`. The field `-` means to ignore the column.
    ///
    /// # Errors
    /// If there is no `=` or no such field.
    pub fn add(&mut self, pair: &str) -> Result<(), Report> {
        let Some((heading, id)) = pair.rsplit_once('=') else {
            let error = Diagnostic::error(codes::BAD_MAPPING, format!("`{pair}` is not of the form `heading=field`"));
            return Err(error.hint("for example `--map \"Post code=postcode\"`").into());
        };
        self.set(heading, id)
    }

    /// An empty mapping for a list of invitees.
    pub fn of_invitees() -> Self {
        Self { of_invitees: true, ..Self::default() }
    }

    fn fields(&self) -> impl Iterator<Item = Field> {
        Field::all().chain(Field::all_of_invitees().filter(|_| self.of_invitees))
    }

    /// Maps one heading to the field of this name.
    ///
    /// # Errors
    /// If there is no such field.
    pub fn set(&mut self, heading: &str, id: &str) -> Result<(), Report> {
        let field = self.fields().find(|field| folded(field.id()) == folded(id));
        if field.is_none() && id.trim() != "-" {
            let ids: Vec<&str> = self.fields().map(Field::id).collect();
            let error = Diagnostic::error(codes::BAD_MAPPING, format!("there is no field called `{}`", id.trim()));
            let error = error.suggest_ours(id.trim(), ids.iter().copied());
            let all = Hint::listing("the fields are {}; `-` ignores a column", [ids.join(", ")]);
            return Err(if error.hint.is_some() { error } else { error.hint(all) }.into());
        }
        self.said.insert(folded(heading), (heading.trim().to_owned(), field));
        Ok(())
    }

    /// Every heading with the name of its field, in a fixed order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.said.values().map(|(heading, field)| (heading.as_str(), field.map_or("-", Field::id)))
    }

    fn field(&self, heading: &str) -> Option<(Field, Sureness)> {
        if heading.len() > LONGEST {
            return None;
        }
        match self.said.get(&folded(heading)) {
            Some((_, field)) => field.map(|field| (field, Sureness::Said)),
            None if self.of_invitees => Field::of_heading_of_invitees(heading),
            None => Field::of_heading(heading),
        }
    }
}

/// The columns of one sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The row of headings, as the spreadsheet counts, from 1.
    pub row: u32,
    /// Every heading, with its field if it has one. Of two columns for one field the more certain one counts, and if
    /// both are equally certain the first.
    pub all: Vec<(String, Option<Field>)>,
    /// Headings that may mean something else, for the person to confirm.
    pub doubts: Vec<Doubt>,
    /// Columns whose field somebody named, from 0.
    said: Vec<usize>,
}

/// A heading that may mean something other than the field it was matched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// The column, from 0.
    pub column: usize,
    /// The field that it was or might be matched with.
    pub field: Field,
    /// The column that was matched instead; `None` if it was this one, but only by the last words of its heading.
    pub instead: Option<usize>,
}

impl Columns {
    /// Finds the headings among the first rows of a sheet: the row with the most recognised cells, and at least two.
    pub fn find<'r>(rows: impl Iterator<Item = (u32, &'r [String])>, mapping: &Mapping) -> Option<Self> {
        let read = |(row, cells): (u32, &[String])| {
            let headings: Vec<String> = cells.iter().map(|cell| crate::model::text::one_line(cell)).collect();
            Self::of_headings(row, headings, mapping)
        };
        // Of two rows with as many recognised cells, the first is the row of headings.
        let better = |best: Self, next: Self| if next.understood() > best.understood() { next } else { best };
        rows.map(read).reduce(better).filter(|columns| columns.understood() >= 2)
    }

    /// Gives every field to the column that matches it most certainly, wherever it is: `Previous postcode` does not
    /// take the field of `Postcode`.
    fn of_headings(row: u32, headings: Vec<String>, mapping: &Mapping) -> Self {
        let claims: Vec<_> = headings.iter().map(|heading| mapping.field(heading)).collect();
        let mut best: BTreeMap<Field, (Sureness, usize)> = BTreeMap::new();
        for (column, (field, sure)) in claims.iter().enumerate().filter_map(|(n, claim)| Some((n, (*claim)?))) {
            let first = best.entry(field).or_insert((sure, column));
            *first = (*first).min((sure, column));
        }
        let doubt = |(column, claim): (usize, &Option<(Field, Sureness)>)| {
            let (field, sure) = (*claim)?;
            let (surest, taken) = best[&field];
            let instead = (taken != column).then_some(taken);
            // An explicit mapping needs no confirmation; nor does a mere ending beside a heading that says it outright.
            let doubtful = match instead {
                None => sure == Sureness::Ending,
                Some(_) => sure == surest || (surest != Sureness::Said && sure != Sureness::Ending),
            };
            doubtful.then_some(Doubt { column, field, instead })
        };
        let is_said = |claim: &Option<(Field, Sureness)>| claim.is_some_and(|(_, sure)| sure == Sureness::Said);
        let said = (0..).zip(&claims).filter(|(_, claim)| is_said(claim)).map(|(column, _)| column).collect();
        let doubts = claims.iter().enumerate().filter_map(doubt).collect();
        let field = |column: usize| claims[column].map(|(f, _)| f).filter(|f| best[f].1 == column);
        let all = headings.into_iter().enumerate().map(|(n, heading)| (heading, field(n))).collect();
        Self { row, all, doubts, said }
    }

    /// Whether somebody said what a column holds, so that nobody needs to see it.
    pub(super) fn is_said(&self, column: usize) -> bool {
        self.said.contains(&column)
    }

    /// Whether a cell might be a heading.
    pub(super) fn understands(cell: &str, mapping: &Mapping) -> bool {
        mapping.field(&crate::model::text::one_line(cell)).is_some()
    }

    /// The number of columns up to the last one with a heading.
    pub(super) fn width(&self) -> usize {
        self.all.iter().rposition(|(heading, _)| !heading.is_empty()).map_or(0, |last| last + 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headings: &[&str]) -> Columns {
        Columns::of_headings(1, headings.iter().map(|h| (*h).to_owned()).collect(), &Mapping::default())
    }

    #[test]
    fn a_heading_that_says_it_outright_goes_before_one_that_ends_so() {
        let columns = of(&[
            "Name",
            "Previous address line 1",
            "Previous postcode",
            "Social worker email",
            "Address line 1",
            "Postcode",
            "E-mail",
        ]);
        let found = [Field::Line(1), Field::Postcode, Field::Email].map(|f| columns.of(f));
        assert_eq!((found, columns.doubts.len()), ([Some(4), Some(5), Some(6)], 0));
    }

    #[test]
    fn a_mere_ending_and_a_field_of_two_columns_are_asked_about() {
        let columns = of(&["Name", "Social worker email", "Consent to email", "Phone", "Mobile"]);
        let doubts = [
            Doubt { column: 1, field: Field::Email, instead: None },
            Doubt { column: 4, field: Field::Phone, instead: Some(3) },
        ];
        assert_eq!((columns.of(Field::Consent), columns.doubts.as_slice()), (Some(2), doubts.as_slice()));
        assert_eq!(of(&["Name", "Post code", "E-mail", "Addr 1", "Surname", "Home phone"]).doubts, []);
    }

    #[test]
    fn what_a_person_says_about_a_heading_goes_before_what_we_know() {
        let mut mapping = Mapping::default();
        mapping.add("Name of shop = organisation").expect("it is a field");
        mapping.add("Role=-").expect("it is left alone");
        let rows = [
            vec!["People of March".to_owned()],
            ["Name", "Name of shop", "Role", "Postcode"].map(str::to_owned).to_vec(),
        ];
        let columns = Columns::find((1..).zip(rows.iter().map(Vec::as_slice)), &mapping).expect("there are headings");
        assert_eq!((columns.row, columns.of(Field::Organisation), columns.of(Field::Role)), (2, Some(1), None));
        assert!(mapping.add("Post code").is_err() && mapping.add("x=postcodes").is_err());
    }
}
