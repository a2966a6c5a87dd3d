//! What `convenor invite` makes, by the words on the command line.

use clap::ValueEnum;

use crate::batch::Product;

/// What `convenor invite` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Make {
    /// A PDF for each person.
    Letters,
    /// A message for each person who agreed to be emailed, with letter and calendar file.
    Emails,
    /// The meeting as a calendar file.
    Calendar,
    /// All letters in files for a printer, with a cover each.
    Print,
    /// Address labels for the same letters: A4, 21 of 63.5 by 38.1 mm a sheet.
    Labels,
    /// Letters and a table for GOV.UK Notify.
    Notify,
    /// All letters of an audience in one archive.
    Zip,
    /// All of these.
    All,
}

impl Make {
    /// The library's values.
    pub fn products(self) -> Vec<Product> {
        match self {
            Make::Letters => vec![Product::Letters],
            Make::Emails => vec![Product::Emails],
            Make::Calendar => vec![Product::Calendar],
            Make::Print => vec![Product::Print],
            Make::Labels => vec![Product::Labels],
            Make::Notify => vec![Product::Notify],
            Make::Zip => vec![Product::Zip],
            Make::All => Product::ALL.into_iter().filter(|product| product.format().is_none()).collect(),
        }
    }
}

/// A format of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LetterFormat {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// One page of HTML, with all that it needs in it.
    Html,
    /// A document for Word.
    Docx,
    /// An Open Document text (ODT).
    Odt,
}

impl LetterFormat {
    /// The library's value.
    pub fn product(self) -> Product {
        match self {
            LetterFormat::Pdf => Product::Letters,
            LetterFormat::Html => Product::Html,
            LetterFormat::Docx => Product::Docx,
            LetterFormat::Odt => Product::Odt,
        }
    }
}
