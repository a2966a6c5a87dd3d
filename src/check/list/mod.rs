//! The rules of a list of people: every problem that would keep a letter from being made, posted or emailed.
//!
//! In: [`List`] and, where there is one, the conference. Out: [`Problem`]s one by one, each with its cell, and no value
//! in any message. Rows are checked one at a time, and duplicates in a second pass over the file, so that a list of any
//! length needs the same memory.

mod twice;
mod whole;

use std::collections::BTreeMap;

pub use twice::Seen;
pub use whole::list;

use chrono::NaiveDate;

use super::glyphs::code_points;
use super::named::Hidden;
use super::names::{self, Name};
use super::{freetext, identity, person, post};
use crate::check::Checked;
use crate::diag::{Code, Severity, codes};
use crate::fields::{self, Sort};
use crate::fold::Folded;
use crate::fonts;
use crate::input::list::{CellFault, Columns, Doubt, Field, List, NOT_TEXT, folded, letters};
use crate::input::{InviteeList, Loaded};
use crate::model::clearance::Reads;
use crate::model::listed::{Channel, Listed};
use crate::model::text::one_line;
use crate::model::{Audience, Category};

/// A problem of a list, a row or a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// An error keeps the letter from being made; a warning does not.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row as the spreadsheet counts it; `None` if it is the sheet as a whole.
    pub row: Option<u32>,
    /// The number of the row's person among the people of the list, from 1, if it is a row.
    pub number: Option<u32>,
    /// The column, from 0, if it is one cell.
    pub column: Option<usize>,
    /// The field of the column.
    pub field: Option<Field>,
    /// The message, without any value.
    pub message: String,
    /// The hint.
    pub hint: &'static str,
    /// The value of the cell, for callers that may show it.
    pub value: Option<String>,
}

/// Facts about a list's people from outside the list.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Organisations of the conference: by folded id or name, the id, the category and whether an agreement is in
    /// force.
    organisations: BTreeMap<String, (String, Category, bool)>,
    /// The category of rows without one.
    usual: Option<Category>,
    /// The papers that each category reads.
    reads: BTreeMap<Category, Reads>,
    /// The date of the letters.
    issued: Option<NaiveDate>,
    /// Telephone numbers that the council publishes.
    given_out: Vec<String>,
    /// Whether there is a conference, without which a row's organisation is unknown.
    conference: bool,
    /// Invitees of the conference: their names, by something else that identifies a person, folded.
    invited: BTreeMap<Identifier, Vec<String>>,
    /// Names that no text may contain, each as messages call it.
    protected: Vec<(String, Name)>,
    /// People whom no text that others read may name.
    named: Hidden,
}

/// Names of at least this length do not resemble each other by coincidence.
const LIKE: usize = 6;

/// Something that identifies a person besides the name: the kind (postcode, email address, organisation) and the value.
type Identifier = (&'static str, String);

/// The identifiers of a person, without any that are unknown.
fn identifiers(postcode: Option<&str>, email: Option<&str>, organisation: Option<&str>) -> Vec<Identifier> {
    let all = [("postcode", postcode), ("email", email), ("organisation", organisation)];
    let known = all.into_iter().filter_map(|(what, text)| Some((what, folded(text?))));
    known.filter(|(_, text)| !text.is_empty()).collect()
}

impl Known {
    /// Only the category of rows without one.
    pub fn alone(usual: Option<Category>) -> Self {
        Self { usual, ..Self::default() }
    }

    /// Also the organisations and the invitees of a conference.
    pub fn from(checked: &Checked, usual: Option<Category>) -> Self {
        Self::of(checked, usual, &|_| true)
    }

    /// The same for a list whose rows are invitees themselves. Other invitees are those in the conference file.
    pub(crate) fn of_invitees(loaded: &Loaded, list: &InviteeList) -> Self {
        let is_row = |path: &str| loaded.places.conference.place(path).cell.is_some();
        Self::of(loaded, list.category, &|position| !is_row(&format!("invitees[{position}].person")))
    }

    fn of(loaded: &Loaded, usual: Option<Category>, counts: &dyn Fn(usize) -> bool) -> Self {
        let mut organisations = BTreeMap::new();
        for (id, organisation) in &loaded.conference.organisations {
            let entry = (id.clone(), organisation.category, super::access::agreement_in_force(loaded, organisation));
            organisations.insert(folded(&organisation.name), entry.clone());
            organisations.insert(folded(id), entry);
        }
        let mut invited: BTreeMap<Identifier, Vec<String>> = BTreeMap::new();
        for (_, invitee) in loaded.conference.invitees.iter().enumerate().filter(|(i, _)| counts(*i)) {
            let Some(person) = super::access::person(loaded, invitee) else { continue };
            let of = super::access::organisation_of(loaded, invitee).map(|(id, _)| id);
            let postcode = invitee.address.last().map(String::as_str);
            for identifier in identifiers(postcode, person.email.as_deref(), of) {
                invited.entry(identifier).or_default().push(person.name.clone());
            }
        }
        let reads = loaded.settings.audiences.clone();
        let issued = Some(loaded.conference.issued);
        let given_out = identity::given_out(&loaded.borough, &loaded.conference);
        let (protected, named) = (names::guarded(loaded), Hidden::of(loaded));
        Self { organisations, usual, reads, issued, given_out, conference: true, invited, protected, named }
    }

    /// The protected names and references that a text contains, as messages call them.
    fn guarded(&self, text: &str) -> Vec<String> {
        if self.protected.is_empty() {
            return Vec::new();
        }
        let folded = Folded::of(text);
        self.protected.iter().filter(|(_, name)| name.stands_in(&folded)).map(|(label, _)| label.clone()).collect()
    }

    /// Whether the row's person is an invitee of the conference. The name alone may be another person's, so another
    /// identifier has to match too.
    fn is_invited(&self, listed: &Listed) -> bool {
        if self.invited.is_empty() {
            return false;
        }
        let postcode = listed.address.last().map(String::as_str);
        let own = identifiers(postcode, Some(&listed.email), self.organisation(listed));
        let alike = own.iter().filter_map(|identifier| self.invited.get(identifier)).flatten();
        alike.into_iter().any(|name| person::is_same(name, &listed.name))
    }

    /// The id of the row's organisation, if the conference has it.
    pub fn organisation(&self, listed: &Listed) -> Option<&str> {
        self.organisations.get(&folded(&listed.organisation)).map(|(id, ..)| id.as_str())
    }

    /// The category of the row's person.
    pub fn category(&self, listed: &Listed) -> Option<Category> {
        let theirs = self.organisations.get(&folded(&listed.organisation)).map(|(_, category, _)| *category);
        listed.category.or(theirs).or(self.usual)
    }

    /// The audience of the row's person.
    pub fn audience(&self, listed: &Listed) -> Option<Audience> {
        let agreed = self.organisations.get(&folded(&listed.organisation)).is_some_and(|(.., agreed)| *agreed);
        self.category(listed).map(|category| self.reads(category).audience(agreed))
    }

    fn reads(&self, category: Category) -> Reads {
        self.reads.get(&category).copied().unwrap_or(Reads::Community)
    }

    /// The severity of a category that would let the row's person read more than the conference lets their organisation
    /// read: an error if it is that organisation, a warning if only the name resembles it (`Golden Oven Bakery Ltd`),
    /// otherwise `None`.
    fn widening(&self, listed: &Listed) -> Option<Severity> {
        let (said, name) = (listed.category?, folded(&listed.organisation));
        let wider = |(_, theirs, agreed): &(String, Category, bool)| {
            let clearance = |category| self.reads(category).audience(*agreed).clearance();
            clearance(said) > clearance(*theirs)
        };
        if let Some(known) = self.organisations.get(&name) {
            return wider(known).then_some(Severity::Error);
        }
        let like =
            |other: &str| name.len() >= LIKE && other.len() >= LIKE && (name.contains(other) || other.contains(&name));
        let alike = self.organisations.iter().any(|(other, known)| like(other) && wider(known));
        alike.then_some(Severity::Warning)
    }
}

/// Every problem of a sheet as a whole.
pub fn sheets(list: &List, known: &Known) -> Vec<Problem> {
    let mut problems = file_name(list, known);
    for (n, sheet) in list.sheets.iter().enumerate() {
        let Some(columns) = &sheet.columns else { continue };
        problems.extend(columns.doubts.iter().map(|found| doubt(n, columns.row, *found)));
        let has = |fields: &[Field]| fields.iter().any(|f| columns.of(*f).is_some());
        let mut lacks = |severity: Severity, what: &str, hint: &'static str| {
            problems.push(Problem {
                severity,
                code: codes::MISSING_COLUMN,
                sheet: n,
                row: None,
                number: None,
                column: None,
                field: None,
                message: format!("no column has {what}"),
                hint,
                value: None,
            });
        };
        if !has(&[Field::Name, Field::LastName]) {
            lacks(Severity::Error, "a name", "add a column `Name`, or say which it is with `--map \"Heading=name\"`");
        }
        if !has(&[Field::Address, Field::Line(1)]) {
            lacks(
                Severity::Error,
                "an address",
                "add `Address` or `Address line 1`, or use `--map \"Heading=address_line_1\"`",
            );
        }
        if !has(&[Field::Postcode, Field::Address]) {
            lacks(Severity::Error, "a postcode", "add a column `Postcode`, or use `--map \"Heading=postcode\"`");
        }
        if !has(&[Field::Category]) && known.usual.is_none() && !known.conference {
            lacks(
                Severity::Warning,
                "a category",
                "`invite` takes it from the organisation where the conference names it, and from `--category` otherwise",
            );
        }
        if has(&[Field::Email]) && !has(&[Field::Consent]) {
            lacks(Severity::Warning, "a consent to email", "add `Consent to email`: without it nobody is emailed");
        }
    }
    problems
}

/// The identifiers and protected names in the name of the file, which lies in folders and messages for others to see.
fn file_name(list: &List, known: &Known) -> Vec<Problem> {
    let name = list.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let readings = identity::readings(Sort::Reference, vec![freetext::folded(&name)]);
    let identifiers = identity::seems(&readings, known.issued, &known.given_out);
    let identifiers = identifiers.filter(|what| identity::looks_for(Sort::Reference, what));
    let identifiers =
        identifiers.map(|what| (codes::LOOKS_LIKE_IDENTITY, format!("the name of this file looks like {what}")));
    let protected = known.guarded(&name).into_iter();
    let protected = protected.map(|label| (codes::PROTECTED_NAME, format!("the name of this file contains {label}")));
    let problem = |(code, message)| Problem {
        severity: Severity::Error,
        code,
        sheet: 0,
        row: None,
        number: None,
        column: None,
        field: None,
        message,
        hint: "rename the file: everybody who sees the folder reads its name",
        value: None,
    };
    identifiers.chain(protected).map(problem).collect()
}

/// The problem of a heading that may mean something else. If it decides who gets a letter, nothing is made until
/// somebody confirms it.
fn doubt(sheet: usize, row: u32, found: Doubt) -> Problem {
    let field = found.field.id();
    let (severity, message) = match found.instead {
        None if found.field.decides() => {
            (Severity::Error, format!("only the last words of this heading say `{field}`: it may be somebody else’s"))
        }
        None => (Severity::Warning, format!("only the last words of this heading say `{field}`")),
        Some(column) => (
            Severity::Warning,
            format!("column {} is already taken as `{field}`, and this one is not read", letters(column)),
        ),
    };
    Problem {
        severity,
        code: codes::DOUBTFUL_COLUMN,
        sheet,
        row: Some(row),
        number: None,
        column: Some(found.column),
        field: Some(found.field),
        message,
        hint: "say what the column is with `--map \"Heading=field\"`; `--map \"Heading=-\"` ignores it",
        value: None,
    }
}

/// The faults of a row's cells, as problems.
pub fn faults(listed: &Listed, faults: &[CellFault], cells: &[String], columns: &Columns) -> Vec<Problem> {
    let mut found = Row { listed, cells, columns, problems: Vec::new() };
    for fault in faults {
        found.add(Severity::Error, fault.code, fault.field, fault.message.to_owned(), fault.hint);
    }
    found.problems
}

/// Every problem of one row.
pub fn row(listed: &Listed, faults: &[CellFault], cells: &[String], columns: &Columns, known: &Known) -> Vec<Problem> {
    let mut found = Row { listed, cells, columns, problems: self::faults(listed, faults, cells, columns) };
    if !listed.name.chars().any(char::is_alphanumeric) {
        let field = [Field::Name, Field::LastName].into_iter().find(|f| columns.of(*f).is_some());
        found.add(
            Severity::Error,
            codes::MISSING_NAME,
            field,
            "there is no name".to_owned(),
            "every letter needs a name",
        );
    }
    characters(&mut found);
    contact(&mut found);
    identities(&mut found, known);
    if known.is_invited(listed) {
        let field = [Field::Name, Field::LastName].into_iter().find(|f| columns.of(*f).is_some());
        let message = "this person is already an invitee of the conference, and would get two letters".to_owned();
        let hint = "remove the row from the list, or the invitee from the conference file";
        found.add(Severity::Warning, codes::INVITED_ALREADY, field, message, hint);
    }
    if let Some(severity) = known.widening(listed) {
        let organisation = if severity == Severity::Error { "their organisation" } else { "one of nearly this name" };
        let message = format!("this category lets its person read more than the conference lets {organisation}");
        let hint = "correct it; or the organisation's category or agreement in the conference file; or clear the organisation if the person does not come for it";
        found.add(severity, codes::WIDER_CATEGORY, Some(Field::Category), message, hint);
    }
    // An unknown category has been reported already.
    let reported = faults.iter().any(|fault| fault.field == Some(Field::Category));
    if known.conference && !reported && known.category(listed).is_none() {
        let field = [Field::Category, Field::Organisation].into_iter().find(|f| columns.of(*f).is_some());
        let message = "this row has neither a category nor an organisation of the conference".to_owned();
        let hint = "fill in the category, or give one for all such rows with `--category`";
        found.add(Severity::Error, codes::MISSING_CATEGORY, field, message, hint);
    }
    found.problems
}

/// A row's text is printed in a letter or names its file, so it must not contain the identifiers that a conference file
/// may only contain under `restricted`, nor a protected name.
fn identities(found: &mut Row<'_>, known: &Known) {
    let (cells, columns) = (found.cells, found.columns);
    for (cell, (_, field)) in cells.iter().zip(&columns.all) {
        let Some((field, decided)) = field.and_then(|f| Some((f, fields::of_column(f.id())?))) else { continue };
        let text = one_line(cell);
        if text.is_empty() || decided.sort == Sort::Key {
            continue;
        }
        let readings = if identity::may_hold_any(&text) { vec![freetext::folded(&text)] } else { Vec::new() };
        for what in identity::seems(&readings, known.issued, &known.given_out) {
            if !identity::looks_for(decided.sort, what) {
                continue;
            }
            // A telephone number may be the person's own.
            let is_telephone = what == identity::TELEPHONE;
            let severity = if is_telephone { Severity::Warning } else { Severity::Error };
            let hint = "say it without: this text is printed in the letter";
            found.add(severity, codes::LOOKS_LIKE_IDENTITY, Some(field), format!("this looks like {what}"), hint);
        }
        for label in known.guarded(&text) {
            let hint = "rewrite it without: this text would be in a letter";
            found.add(Severity::Error, codes::PROTECTED_NAME, Some(field), format!("this text contains {label}"), hint);
        }
        let is_said = matches!(decided.sort, Sort::Text | Sort::Prose | Sort::Word);
        for what in is_said.then(|| known.named.names(&text)).into_iter().flatten() {
            let hint = "say it without the name: others read this text";
            found.add(Severity::Error, codes::NAMED_IN_TEXT, Some(field), format!("this text gives {what}"), hint);
        }
    }
}

/// Whether a letter can be made for a row with these problems.
pub fn is_sound(problems: &[Problem]) -> bool {
    problems.iter().all(|p| p.severity == Severity::Warning)
}

struct Row<'r> {
    listed: &'r Listed,
    cells: &'r [String],
    columns: &'r Columns,
    problems: Vec<Problem>,
}

impl Row<'_> {
    fn add(&mut self, severity: Severity, code: Code, field: Option<Field>, message: String, hint: &'static str) {
        let column = field.and_then(|f| self.columns.of(f));
        self.problems.push(Problem {
            severity,
            code,
            sheet: self.listed.sheet,
            row: Some(self.listed.row),
            number: Some(self.listed.number),
            column,
            field,
            message,
            hint,
            value: column.and_then(|c| self.cells.get(c)).cloned(),
        });
    }

    /// The field that a line of the address came from.
    fn origin(&self, line: &str) -> Option<Field> {
        let of_address = |f: &Field| matches!(f, Field::Line(_) | Field::Town | Field::Organisation | Field::Postcode);
        let holds = |c: usize| self.cells.get(c).is_some_and(|cell| folded(cell) == folded(line));
        let mut all = self.columns.all.iter().enumerate();
        let found = all.find_map(|(c, (_, f))| f.filter(|f| of_address(f) && holds(c)));
        found.or_else(|| [Field::Address, Field::Line(1)].into_iter().find(|f| self.columns.of(*f).is_some()))
    }
}

fn characters(found: &mut Row<'_>) {
    let (cells, columns) = (found.cells, found.columns);
    for (cell, (_, field)) in cells.iter().zip(&columns.all) {
        let Some(field) = *field else { continue };
        let text = one_line(cell);
        if text.contains(NOT_TEXT) {
            let message = "the spreadsheet holds a date or an error here".to_owned();
            let hint = "format the cell as text and type it again";
            found.add(Severity::Error, codes::NOT_A_TEXT_CELL, Some(field), message, hint);
        } else if text.contains('?') && matches!(field, Field::Name | Field::FirstName | Field::LastName) {
            let message = "the name contains a question mark, as if a spreadsheet could not save a letter".to_owned();
            let hint = "type the name again, and save the list as XLSX or as CSV UTF-8";
            found.add(Severity::Error, codes::LOST_LETTER, Some(field), message, hint);
        } else if let Some(c) = text.chars().find(|c| is_lost_or_invisible(*c)) {
            let message = match c {
                char::REPLACEMENT_CHARACTER => "a letter was lost when the list was saved (U+FFFD)".to_owned(),
                _ => format!("the text contains the invisible character U+{:04X}", u32::from(c)),
            };
            found.add(Severity::Error, codes::CONTROL_CHARACTER, Some(field), message, "type it again");
        } else if let Some(c) = fonts::missing(&text) {
            let message = format!("no font has the character U+{:04X}", u32::from(c));
            let hint = "spell it with other letters, or ask for a font that has it";
            found.add(Severity::Error, codes::NO_GLYPH, Some(field), message, hint);
        } else if let Some(letter) = fonts::in_pieces(&text) {
            let message = format!("no font sets a letter with the marks {} in one piece", code_points(&letter));
            let hint = "spell it with fewer marks: set like this, a screen reader would say it twice";
            found.add(Severity::Error, codes::NO_GLYPH, Some(field), message, hint);
        } else if let Some(c) = text.chars().find(|c| fonts::is_fragile_mark(*c)) {
            let message =
                format!("the vowel mark U+{:04X} prints well, but a screen reader may read it twice", u32::from(c));
            let hint = "ask the person whether their name may be written without vowel marks";
            found.add(Severity::Warning, codes::FRAGILE_MARK, Some(field), message, hint);
        }
    }
}

/// Whether a character is a control, a replacement for one that could not be read, or a mark that changes the order of
/// letters (UAX #9 §2), so that a text shows other words than it contains.
fn is_lost_or_invisible(c: char) -> bool {
    c.is_control() || c == char::REPLACEMENT_CHARACTER || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn contact(found: &mut Row<'_>) {
    let listed = found.listed;
    let by_email = matches!(listed.channel, Channel::Email | Channel::Both);
    let only = if listed.channel == Channel::Email { Severity::Error } else { Severity::Warning };
    if !listed.email.is_empty() && !post::is_email(&listed.email) {
        let severity = if by_email || listed.is_emailed() { Severity::Error } else { Severity::Warning };
        let hint = "write it as `name@place.example`, one address in a cell";
        found.add(severity, codes::BAD_EMAIL, Some(Field::Email), "this is not an email address".to_owned(), hint);
    }
    if by_email && listed.email.is_empty() {
        let message = "they are to be emailed, and there is no address".to_owned();
        found.add(only, codes::BAD_EMAIL, Some(Field::Email), message, "fill it in, or send the letter by post");
    } else if by_email && !listed.consent {
        let field = if found.columns.of(Field::Consent).is_some() { Field::Consent } else { Field::Channel };
        let message = "they are to be emailed, and have not agreed to it".to_owned();
        let hint = "ask them, and write yes under `Consent to email`; or send the letter by post";
        found.add(only, codes::MISSING_CONSENT, Some(field), message, hint);
    }
    if listed.is_posted() {
        for fault in post::address(&listed.address, 1) {
            let line = fault.line.and_then(|i| listed.address.get(i));
            let field = match line {
                Some(_) if fault.code == codes::BAD_POSTCODE && found.columns.of(Field::Postcode).is_some() => {
                    Some(Field::Postcode)
                }
                Some(line) => found.origin(line),
                None => found.origin(""),
            };
            let cell = field.and_then(|f| found.columns.of(f)).and_then(|c| found.cells.get(c));
            let empty = field == Some(Field::Postcode) && cell.is_none_or(|cell| cell.trim().is_empty());
            let message = if empty { "there is no postcode".to_owned() } else { fault.message };
            found.add(Severity::Error, fault.code, field, message, fault.hint);
        }
        // The name is the first line in the address window, so the rules for lines apply to it too.
        if post::starts_with_symbol(&listed.name) {
            let field = [Field::Name, Field::Title, Field::FirstName, Field::LastName];
            let field = field.into_iter().find(|f| found.columns.of(*f).is_some());
            let hint = "the post sorts by the first characters: start with a letter or digit";
            found.add(Severity::Error, codes::BAD_ADDRESS, field, "the name starts with a symbol".to_owned(), hint);
        }
    }
}
