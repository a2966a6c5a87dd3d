//! One row of a list of people: a person to invite.
//!
//! Everything that a letter says about its reader (name, address, salutation) comes from one of these, through
//! [`Listed::invitee`] and nothing else, so no letter can contain the name of one row and the address of another.

use std::fmt;

use super::language::Language;
use super::people::{Format, Invitee, Person, Reply};
use super::reference::PersonRef;
use super::{Category, Clearance, Prose, Shared};

pub use super::channel::{Channel, Postage};

/// One person, or one household or organisation whose rows were merged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The number of the row among the people of the list, from 1 and across its sheets. It names letter and files.
    pub number: u32,
    /// The sheet, by its position from 0.
    pub sheet: usize,
    /// The row as the spreadsheet counts it, from 1.
    pub row: u32,
    /// The council's own reference of the person, if the list has one. It goes to the register and to no letter.
    pub reference: String,
    /// The full name, with a title if there is one.
    pub name: String,
    /// The words after "Dear".
    pub salutation: String,
    /// Job or part.
    pub role: String,
    /// The name of their organisation.
    pub organisation: String,
    /// Their category, if the row gives one.
    pub category: Option<Category>,
    /// Postal lines, without the name, the postcode last.
    pub address: Vec<String>,
    /// Email address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// The channel by which they are reached.
    pub channel: Channel,
    /// Whether they agreed to be emailed. No answer means no.
    pub consent: bool,
    /// Their print size.
    pub format: Format,
    /// The language that they read, if the row says so.
    pub reads: Option<Language>,
    /// The language of the interpreter they need.
    pub language: String,
    /// Their needs in order to take part.
    pub access: String,
    /// Things they are asked to bring.
    pub bring: String,
    /// A paragraph for their letter, as plain text.
    pub note: String,
    /// A key that rows of one household share, if the list has one.
    pub household: String,
    /// The postage class of the letter.
    pub postage: Option<Postage>,
    /// The position among the invitees of the conference, from 0, if the person is one of these. Their letter is then the one
    /// that a build makes.
    pub position: Option<usize>,
}

// Fingerprints of lists and letters are made from this text, so a field that separate lists do not have is left out:
// the fingerprints stay as they were.
impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = f.debug_struct("Listed");
        all.field("number", &self.number).field("sheet", &self.sheet).field("row", &self.row);
        all.field("reference", &self.reference).field("name", &self.name).field("salutation", &self.salutation);
        all.field("role", &self.role).field("organisation", &self.organisation).field("category", &self.category);
        all.field("address", &self.address).field("email", &self.email).field("phone", &self.phone);
        all.field("channel", &self.channel).field("consent", &self.consent).field("format", &self.format);
        all.field("language", &self.language).field("access", &self.access).field("bring", &self.bring);
        all.field("note", &self.note).field("household", &self.household).field("postage", &self.postage);
        if let Some(reads) = &self.reads {
            all.field("reads", reads);
        }
        if let Some(position) = &self.position {
            all.field("position", position);
        }
        all.finish()
    }
}

impl Listed {
    /// Whether a letter goes by post.
    pub fn is_posted(&self) -> bool {
        self.channel != Channel::Email
    }

    /// Whether a message is made: there is an address and they agreed to it.
    pub fn is_emailed(&self) -> bool {
        self.consent && !self.email.is_empty() && self.channel != Channel::Post
    }

    /// Escapes a cell, which is plain text, so that no character has a meaning in Markdown (`CommonMark` §2.4).
    pub fn escaped(text: &str) -> String {
        escaped(text)
    }

    /// The person of this row.
    pub fn person(&self) -> Person {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        Person {
            name: self.name.clone(),
            salutation: some(&self.salutation),
            role: some(&self.role),
            organisation: None,
            email: some(&self.email),
            phone: some(&self.phone),
        }
    }

    /// The invitee that this row stands for. `organisation` is the id of their organisation in the conference, if it is
    /// one of those. `category` comes from their row or from elsewhere.
    pub fn invitee(&self, organisation: Option<String>, category: Category) -> Invitee {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        Invitee {
            person: PersonRef::Inline(self.person()),
            id: None,
            number: None,
            organisation,
            category: Some(category),
            address: self.address.clone(),
            invited: true,
            invited_on: None,
            reply: Reply::None,
            replied_on: None,
            attended: None,
            online: false,
            observer: false,
            delegate: None,
            bring: some(&self.bring).map(theirs),
            items: None,
            excluded: None,
            format: self.format,
            reads: self.reads,
            print_copies: Vec::new(),
            language: some(&self.language),
            access: some(&self.access).map(theirs),
            note: some(&self.note).map(|text| theirs(Prose(escaped(&text)))),
            undertaking: None,
            channel: Channel::Usual,
            email_consent: None,
            postage: None,
            exclusion: None,
            reply_by: None,
            withdrawn: None,
            arrived: None,
            left: None,
        }
    }
}

/// A text from a row, which its person may read, whatever their audience.
fn theirs<T>(text: T) -> Shared<T> {
    Shared { text, mark: Some(Clearance::Community), reason: None }
}

/// Escapes a cell, which is plain text, so that no character has a meaning in Markdown (`CommonMark` §2.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_written_for_its_fingerprint_as_it_always_was() {
        let row = Listed { number: 1, row: 2, name: "Ms A".to_owned(), ..Listed::default() };
        let said = "Listed { number: 1, sheet: 0, row: 2, reference: \"\", name: \"Ms A\", salutation: \"\", role: \"\", \
            organisation: \"\", category: None, address: [], email: \"\", phone: \"\", channel: Usual, consent: false, \
            format: Standard, language: \"\", access: \"\", bring: \"\", note: \"\", household: \"\", postage: None }";
        assert_eq!(format!("{row:?}"), said);
    }
}
