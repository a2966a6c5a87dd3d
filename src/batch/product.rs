//! The kinds of output that a batch makes.
//!
//! Deliberately absent: making them.

use crate::model::artefact::Format;

/// A kind of output that a batch makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Product {
    /// A PDF for each person.
    Letters,
    /// A message for each person who agreed to be emailed.
    Emails,
    /// The meeting as a calendar file.
    Calendar,
    /// All letters for the post in files for a printer.
    Print,
    /// Address labels for the same letters, in the same order.
    Labels,
    /// Letters and a table for GOV.UK Notify.
    Notify,
    /// All letters of an audience in one archive.
    Zip,
    /// Each letter as a page of HTML, beside the others.
    Html,
    /// Each letter for Word.
    Docx,
    /// Each letter as an Open Document text.
    Odt,
}

impl Product {
    /// Every product.
    pub const ALL: [Product; 10] = [
        Product::Letters,
        Product::Emails,
        Product::Calendar,
        Product::Print,
        Product::Labels,
        Product::Notify,
        Product::Zip,
        Product::Html,
        Product::Docx,
        Product::Odt,
    ];

    /// The name on the command line and in the record.
    pub fn id(self) -> &'static str {
        match self {
            Product::Letters => "letters",
            Product::Emails => "emails",
            Product::Calendar => "calendar",
            Product::Print => "print",
            Product::Labels => "labels",
            Product::Notify => "notify",
            Product::Zip => "zip",
            Product::Html => "html",
            Product::Docx => "docx",
            Product::Odt => "odt",
        }
    }

    /// The format of a letter's own file, besides PDF. `None` for any other product.
    pub fn format(self) -> Option<Format> {
        match self {
            Product::Html => Some(Format::Html),
            Product::Docx => Some(Format::Docx),
            Product::Odt => Some(Format::Odt),
            Product::Letters
            | Product::Emails
            | Product::Calendar
            | Product::Print
            | Product::Labels
            | Product::Notify
            | Product::Zip => None,
        }
    }
}
