//! The cells of one row by their fields, as far as a text can be taken for nothing or for a value without knowing what the
//! field is for.

use super::cell;
use super::columns::Columns;
use super::fields::Field;
use super::stand_in::{is_nothing, may_be_nothing};
use crate::diag::{Code, Severity, codes};

/// A fault of one cell, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The kind of problem.
    pub code: Code,
    /// The cell of the row; `None` if it is the row as a whole.
    pub field: Option<Field>,
    /// The message, without the value.
    pub message: &'static str,
    /// The hint.
    pub hint: &'static str,
}

impl CellFault {
    /// Whether it keeps the letter from being made. What was read in the only way that it can be meant is a warning.
    pub fn severity(&self) -> Severity {
        let told = [codes::READ_AS_EMPTY, codes::NO_PERSON, codes::OWN_GREETING, codes::DOUBTFUL_NAME];
        if told.contains(&self.code) { Severity::Warning } else { Severity::Error }
    }
}

/// Fields that may be empty, so that a word for nothing is read as nothing. County and country are not printed anyway.
const OPTIONAL: &[Field] = &[
    Field::Reference,
    Field::Title,
    Field::Salutation,
    Field::Role,
    Field::Organisation,
    Field::Category,
    Field::Email,
    Field::Phone,
    Field::Channel,
    Field::Consent,
    Field::Format,
    Field::Reads,
    Field::Language,
    Field::Access,
    Field::Bring,
    Field::Note,
    Field::Household,
    Field::Postage,
    Field::Reply,
    Field::Attended,
    Field::Undertaking,
    Field::LetterNumber,
];

/// Fields about what a person needs, of which a tick box that is not ticked says that there is nothing.
const NEEDS: &[Field] = &[Field::Language, Field::Access, Field::Bring, Field::Note];

/// Whether a text is a tick box of a field of needs that is not ticked.
pub fn is_unticked(text: &str, field: Field) -> bool {
    NEEDS.contains(&field) && text.eq_ignore_ascii_case("false")
}

/// The cells of a row by their fields.
pub(super) struct Cells<'r> {
    columns: &'r Columns,
    typed: &'r [String],
    /// Optional fields with a word for nothing.
    empty: Vec<Field>,
}

impl<'r> Cells<'r> {
    /// The cells of a row. `is_reply` says whether a text is an answer of an invitee.
    pub(super) fn new(columns: &'r Columns, cells: &'r [String], is_reply: &dyn Fn(&str) -> bool) -> Self {
        let mut found = Self { columns, typed: cells, empty: Vec::new() };
        found.empty = OPTIONAL.iter().copied().filter(|field| found.says_nothing(*field, is_reply)).collect();
        found
    }

    fn says_nothing(&self, field: Field, is_reply: &dyn Fn(&str) -> bool) -> bool {
        let raw = self.raw(field);
        // Forms name so whoever filled them in without an account.
        let may_be_anonymous = field == Field::Email && !raw.is_empty();
        if is_unticked(raw.trim(), field) {
            return true;
        }
        if raw.len() > 40 || !(may_be_nothing(raw) || may_be_anonymous) {
            return false;
        }
        let text = cell::text(raw);
        let is_anonymous = may_be_anonymous && text.eq_ignore_ascii_case("anonymous");
        (is_nothing(&text) || is_anonymous) && !(field == Field::Reply && is_reply(&text))
    }

    /// A field as typed: the first of its columns that is not empty.
    pub(super) fn raw(&self, field: Field) -> &'r str {
        let cells = self.columns.all_of(field).iter().filter_map(|column| self.typed.get(*column));
        cells.map(String::as_str).find(|cell| !cell.trim().is_empty()).unwrap_or_default()
    }

    /// A field as one line, without what cannot be seen at its ends.
    pub(super) fn text(&self, field: Field) -> String {
        if self.empty.contains(&field) { String::new() } else { cell::text(self.raw(field)) }
    }

    /// Whether the address is that of the people's homes.
    pub(super) fn is_home(&self) -> bool {
        self.columns.is_home
    }

    /// The warnings of fields that say in a word that they are empty.
    pub(super) fn emptied(&self) -> impl Iterator<Item = CellFault> {
        self.empty.iter().map(|field| CellFault {
            code: codes::READ_AS_EMPTY,
            field: Some(*field),
            message: "this is a word for nothing, and is read as an empty cell",
            hint: "clear the cell, or write what is meant",
        })
    }
}
