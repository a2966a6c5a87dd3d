//! Which column of a sheet holds what.
//!
//! In: the cells of the first rows, and what the person said with `--map`. Out: the row of headings and the field of each
//! column, to be shown before anything is made.

use std::collections::BTreeMap;

use super::fields::{Field, Sureness, folded};
use crate::diag::{Diagnostic, Hint, Report, codes};

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
            let error = error.suggest_ours(id.trim(), ids.iter().copied());
            let all = Hint::listing("the fields are {}; `-` leaves a column alone", [ids.join(", ")]);
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
        match self.said.get(&folded(heading)) {
            Some((_, field)) => field.map(|field| (field, Sureness::Said)),
            None => Field::of_heading(heading),
        }
    }
}

/// The columns of one sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The row of headings, as the spreadsheet counts, from 1.
    pub row: u32,
    /// Every heading, with its field if it has one. Of two columns for one field the surer counts, and of two that are as
    /// sure the first.
    pub all: Vec<(String, Option<Field>)>,
    /// Headings that may mean something else, to be asked about.
    pub doubts: Vec<Doubt>,
}

/// A heading that may mean something else than what it is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// The column, from 0.
    pub column: usize,
    /// What it is, or might be, taken for.
    pub field: Field,
    /// The column that is taken for it instead; nothing where it is this one, by the last words of its heading only.
    pub instead: Option<usize>,
}

impl Columns {
    /// Finds the headings among the first rows of a sheet: the row in which most cells are understood, and two at least.
    pub fn find<'r>(rows: impl Iterator<Item = (u32, &'r [String])>, mapping: &Mapping) -> Option<Self> {
        let read = |(row, cells): (u32, &[String])| {
            let headings: Vec<String> = cells.iter().map(|cell| crate::model::text::one_line(cell)).collect();
            Self::of_headings(row, headings, mapping)
        };
        // Of two that are understood as well the first is the row of headings.
        let better = |best: Self, next: Self| if next.understood() > best.understood() { next } else { best };
        rows.map(read).reduce(better).filter(|columns| columns.understood() >= 2)
    }

    /// Gives every field to the column that is surest of it, wherever it stands: `Previous postcode` does not take what
    /// `Postcode` is for.
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
            // What somebody said needs no asking; nor does a mere ending beside a heading that says it outright.
            let doubtful = match instead {
                None => sure == Sureness::Ending,
                Some(_) => sure == surest || (surest != Sureness::Said && sure != Sureness::Ending),
            };
            doubtful.then_some(Doubt { column, field, instead })
        };
        let doubts = claims.iter().enumerate().filter_map(doubt).collect();
        let field = |column: usize| claims[column].map(|(f, _)| f).filter(|f| best[f].1 == column);
        let all = headings.into_iter().enumerate().map(|(n, heading)| (heading, field(n))).collect();
        Self { row, all, doubts }
    }

    /// Whether a cell might be a heading.
    pub(super) fn understands(cell: &str, mapping: &Mapping) -> bool {
        mapping.field(&crate::model::text::one_line(cell)).is_some()
    }

    /// How many columns there are up to the last that has a heading.
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
