//! Maps the columns of a sheet to fields.
//!
//! In: the cells of the first rows, and the mapping given with `--map`. Out: the row of headings and the field of each
//! column, to be shown before anything is made.

use std::collections::BTreeMap;

use super::fields::{Field, folded};
use super::headings::{AddressGroup, Sureness, is_only_theirs, of_gazetteer};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::sheets::Spoiled;

/// No heading has more bytes. A text that long is compared with no name of a field.
const LONGEST: usize = 400;

/// The place of what was given on the command line.
fn given() -> Place {
    Place::file("--map")
}

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
            return Err(error.place(given()).hint("for example `--map \"Post code=postcode\"`").into());
        };
        self.set(heading, id, &given())
    }

    /// An empty mapping for a list of invitees.
    pub fn of_invitees() -> Self {
        Self { of_invitees: true, ..Self::default() }
    }

    fn fields(&self) -> impl Iterator<Item = Field> {
        Field::all().chain(Field::all_of_invitees().filter(|_| self.of_invitees))
    }

    /// Maps one heading to the field of this name, as stands at a place.
    ///
    /// # Errors
    /// If there is no such field.
    pub fn set(&mut self, heading: &str, id: &str, place: &Place) -> Result<(), Report> {
        let field = self.fields().find(|field| folded(field.id()) == folded(id));
        if field.is_none() && id.trim() != "-" {
            let ids: Vec<&str> = self.fields().map(Field::id).collect();
            let error = Diagnostic::error(codes::BAD_MAPPING, format!("there is no field called `{}`", id.trim()));
            let error = error.suggest_ours(id.trim(), ids.iter().copied()).place(place.clone());
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

    /// The field that a heading means outright: by its own name, a usual one, or one with a slip.
    pub fn field_of(&self, heading: &str) -> Option<Field> {
        self.field(heading).filter(|(_, sure)| *sure <= Sureness::Slip).map(|(field, _)| field)
    }

    /// Whether somebody said that this column is to be left alone.
    fn ignores(&self, heading: &str) -> bool {
        matches!(self.said.get(&folded(heading)), Some((_, None)))
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
    /// Every heading, with its field if it is read.
    pub all: Vec<(String, Option<Field>)>,
    /// Headings that may mean something else, for the person to confirm.
    pub doubts: Vec<Doubt>,
    /// Columns whose field somebody named, from 0.
    said: Vec<usize>,
    /// Whether the names are read from the first line of the address, as in a list made for GOV.UK Notify.
    pub names_are_lines: bool,
    /// Whether the address is that of the people's homes.
    pub is_home: bool,
    /// The columns of each field. If it has several, the most certain one is first, and one that is empty is read from
    /// the next.
    of: BTreeMap<Field, Vec<usize>>,
}

/// A heading that may mean something other than the field it was matched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// The column, from 0.
    pub column: usize,
    /// The field that it was or might be matched with.
    pub field: Field,
    /// The reason.
    pub why: Why,
}

/// The reason for a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Only the last words of the heading are a name of the field, which it was matched with.
    Ending,
    /// The same, and it was left alone.
    Unread,
    /// This other column was matched with the field, and this one is left alone.
    Instead(usize),
    /// This other column is matched with the field, too.
    Beside(usize),
    /// It begins another address than this other column.
    Address(usize),
    /// It belongs to another address than this other column, and is left alone.
    OtherAddress(usize),
    /// It is a part of an address as the gazetteer of a council has it, and is left alone.
    Gazetteer,
}

/// A column that may be matched with a field.
#[derive(Debug, Clone, Copy)]
struct Claim {
    column: usize,
    field: Field,
    sure: Sureness,
    group: AddressGroup,
}

/// A heading as its owner sees it: over a cell that is merged with one above it there is nothing.
fn heading(cell: &str) -> String {
    if Spoiled::of(cell) == Some(Spoiled::Merged) { String::new() } else { super::cell::text(cell) }
}

/// A heading, or the beginning of one that is longer than any is.
fn shortened(heading: String) -> String {
    if heading.len() > LONGEST { super::cell::beginning(&heading) } else { heading }
}

impl Columns {
    /// Finds the headings among the first rows of a sheet: the row with the most recognised cells, and at least two.
    pub fn find<'r>(rows: impl Iterator<Item = (u32, &'r [String])>, mapping: &Mapping) -> Option<Self> {
        let read = |(row, cells): (u32, &[String])| {
            let headings: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
            Self::of_headings(row, headings, mapping)
        };
        // Of two rows with as many recognised cells, the first is the row of headings.
        let better = |best: Self, next: Self| if next.understood() > best.understood() { next } else { best };
        rows.map(read).reduce(better).filter(|columns| columns.understood() >= 2)
    }

    /// Gives every field to the column that matches it most certainly, wherever it is: `Previous postcode` does not
    /// take the field of `Postcode`. Only one of several addresses is read.
    fn of_headings(row: u32, headings: Vec<String>, mapping: &Mapping) -> Self {
        let claim = |(column, heading): (usize, &String)| {
            let (field, sure) = mapping.field(heading)?;
            Some(Claim { column, field, sure, group: AddressGroup::of(heading) })
        };
        let mut claims: Vec<Claim> = headings.iter().enumerate().filter_map(claim).collect();
        let names_are_lines = Self::take_lines_for_names(&mut claims);
        let mut columns = Self { row, names_are_lines, ..Self::default() };
        let mut claims = columns.one_address(claims);
        let is_named = |c: &Claim| matches!(c.field, Field::FirstName | Field::LastName) && c.sure <= Sureness::Slip;
        if let Some(named) = claims.iter().find(|c| is_named(c)).copied() {
            let weak = |c: &Claim| c.field == Field::Name && c.sure == Sureness::Weak;
            columns.doubt_all(claims.extract_if(.., |c| weak(c)), Why::Instead(named.column));
        }
        columns.one_street(&mut claims);
        columns.said = claims.iter().filter(|c| c.sure == Sureness::Said).map(|c| c.column).collect();
        columns.assign(&claims);
        columns.doubt_all_of_gazetteers(&headings, mapping);
        columns.doubts.sort_by_key(|doubt| doubt.column);
        columns.all = headings.into_iter().map(|heading| (shortened(heading), None)).collect();
        for (field, of) in &columns.of {
            for column in of {
                columns.all[*column].1 = Some(*field);
            }
        }
        columns
    }

    fn doubt_all(&mut self, claims: impl Iterator<Item = Claim>, why: Why) {
        self.doubts.extend(claims.map(|c| Doubt { column: c.column, field: c.field, why }));
    }

    /// A gazetteer of a council has the number and the name of a house in several columns, which nobody can put together
    /// without knowing them.
    fn doubt_all_of_gazetteers(&mut self, headings: &[String], mapping: &Mapping) {
        for (column, heading) in headings.iter().enumerate() {
            let is_read = self.of.values().flatten().any(|read| *read == column);
            if let Some(field) = of_gazetteer(heading).filter(|_| !is_read && !mapping.ignores(heading)) {
                self.doubts.push(Doubt { column, field, why: Why::Gazetteer });
            }
        }
    }

    /// In a list made for GOV.UK Notify, the first of up to seven lines is the name.
    fn take_lines_for_names(claims: &mut [Claim]) -> bool {
        let has = |claims: &[Claim], field: Field| claims.iter().any(|c| c.field == field && c.sure <= Sureness::Weak);
        let named = [Field::Name, Field::FirstName, Field::LastName].into_iter().any(|f| has(claims, f));
        let lines = (1..=3).all(|n| has(claims, Field::Line(n)));
        if named || !lines || !(has(claims, Field::Line(6)) || has(claims, Field::Line(7))) {
            return false;
        }
        for claim in claims.iter_mut().filter(|c| c.field == Field::Line(1)) {
            claim.field = Field::Name;
        }
        true
    }

    /// Leaves out the claims of all addresses but one, since a street of one and a postcode of another are nobody's
    /// address. An address without a name may have parts from one with a name that has no street of its own.
    fn one_address(&mut self, mut claims: Vec<Claim>) -> Vec<Claim> {
        let is_part = |c: &Claim| c.field.is_of_address() && c.sure <= Sureness::Slip;
        let said: Vec<AddressGroup> =
            claims.iter().filter(|c| is_part(c) && c.sure == Sureness::Said).map(|c| c.group).collect();
        let begins: Vec<Claim> = claims.iter().filter(|c| is_part(c) && c.field.begins_address()).copied().collect();
        let chosen = |c: &Claim| said.contains(&c.group);
        let unnamed = |c: &Claim| c.group == AddressGroup::Unnamed;
        // Where people work, or have goods sent to, is nobody's home; bills and goods go to where they are.
        let elsewhere = |c: &Claim| {
            matches!(c.group, AddressGroup::Work | AddressGroup::Billing | AddressGroup::Delivery | AddressGroup::Other)
        };
        let meant = begins.iter().find(|c| chosen(c)).or_else(|| begins.iter().find(|c| unnamed(c)));
        let Some(first) = meant.or(begins.first()).copied() else { return claims };
        self.is_home = first.group == AddressGroup::Home;
        let others: Vec<AddressGroup> = begins.iter().map(|c| c.group).filter(|group| *group != first.group).collect();
        let joins = |c: &Claim| (unnamed(c) || unnamed(&first) && !elsewhere(c)) && !others.contains(&c.group);
        let is_read = |c: &Claim| !is_part(c) || chosen(c) || c.group == first.group || joins(c);
        let mut told: Vec<AddressGroup> = Vec::new();
        for c in claims.extract_if(.., |c| !is_read(c)) {
            // One word on each of the addresses is enough.
            if !told.contains(&c.group) {
                told.push(c.group);
                let is_asked = meant.is_none() && others.contains(&c.group);
                let why = if is_asked { Why::Address(first.column) } else { Why::OtherAddress(first.column) };
                self.doubts.push(Doubt { column: c.column, field: c.field, why });
            }
        }
        claims
    }

    /// Leaves out the street and the house where another column has the line that they would be.
    fn one_street(&mut self, claims: &mut Vec<Claim>) {
        let is_line = |c: &&Claim| matches!(c.field, Field::Line(1) | Field::Address) && c.sure <= Sureness::Slip;
        let Some(line) = claims.iter().find(is_line).copied() else { return };
        let is_again = |c: &Claim| {
            let parts = [Field::Street, Field::DependentStreet, Field::House];
            parts.contains(&c.field) && !matches!(c.sure, Sureness::Said | Sureness::Ending)
        };
        let again = claims.extract_if(.., |c| is_again(c)).map(|c| Claim { field: line.field, ..c });
        self.doubt_all(again, Why::Instead(line.column));
    }

    /// Gives each field its columns.
    fn assign(&mut self, claims: &[Claim]) {
        let mut fields: BTreeMap<Field, Vec<Claim>> = BTreeMap::new();
        for claim in claims {
            fields.entry(claim.field).or_default().push(*claim);
        }
        for (field, mut claims) in fields {
            claims.sort_by_key(|c| (c.sure, c.column));
            let first = claims[0];
            if first.sure == Sureness::Ending && is_only_theirs(field) {
                // What is not printed is not missed, nor is a whole address beside one in parts.
                if matches!(field, Field::Town | Field::Street | Field::County) {
                    self.doubt_all(claims.into_iter(), Why::Unread);
                }
                continue;
            }
            let outright = |c: &Claim| c.sure == first.sure || c.sure <= Sureness::Usual;
            let mut of = vec![first.column];
            for c in &claims[1..] {
                let why = if field.decides() && first.sure > Sureness::Said && outright(c) {
                    of.push(c.column);
                    Why::Beside(first.column)
                } else {
                    Why::Instead(first.column)
                };
                // Nothing is asked about what a mapping answers; nor about a mere ending beside a heading that says it
                // outright.
                if c.sure == first.sure || (first.sure != Sureness::Said && c.sure != Sureness::Ending) {
                    self.doubts.push(Doubt { column: c.column, field, why });
                }
            }
            if first.sure == Sureness::Ending {
                self.doubts.push(Doubt { column: first.column, field, why: Why::Ending });
            }
            self.of.insert(field, of);
        }
    }

    /// Whether somebody said what a column holds, so that nobody needs to see it.
    pub(super) fn is_said(&self, column: usize) -> bool {
        self.said.contains(&column)
    }

    /// Whether a cell might be a heading.
    pub(super) fn understands(cell: &str, mapping: &Mapping) -> bool {
        mapping.field(&super::cell::text(cell)).is_some()
    }

    /// The number of columns up to the last one with a heading.
    pub(super) fn width(&self) -> usize {
        self.all.iter().rposition(|(heading, _)| !heading.is_empty()).map_or(0, |last| last + 1)
    }

    fn understood(&self) -> usize {
        self.all.iter().filter(|(_, field)| field.is_some()).count()
    }

    /// The column of a field, from 0; the first one if it has several.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.of.get(&field).map(|columns| columns[0])
    }

    /// All columns of a field, the most certain one first.
    pub fn all_of(&self, field: Field) -> &[usize] {
        self.of.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The fields that several columns have, with these columns.
    pub fn shared(&self) -> impl Iterator<Item = (Field, &[usize])> {
        self.of.iter().filter(|(_, columns)| columns.len() > 1).map(|(field, columns)| (*field, columns.as_slice()))
    }

    /// Whether it is still to be said which of several addresses is meant.
    pub fn ask_for_address(&self) -> bool {
        self.doubts.iter().any(|doubt| matches!(doubt.why, Why::Address(_)))
    }

    /// Whether some column begins an address.
    pub fn have_address(&self) -> bool {
        self.of.keys().any(|field| field.begins_address() || *field == Field::Line(2))
    }

    /// Whether some column may have the postcode: in an address of many lines it is the last.
    pub fn have_postcode(&self) -> bool {
        self.of.keys().any(|field| matches!(field, Field::Postcode | Field::Address | Field::Line(3..)))
    }

    /// Whether some column has names.
    pub fn have_name(&self) -> bool {
        self.of.keys().any(|field| matches!(field, Field::Name | Field::LastName))
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
            Doubt { column: 1, field: Field::Email, why: Why::Ending },
            Doubt { column: 4, field: Field::Phone, why: Why::Instead(3) },
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
