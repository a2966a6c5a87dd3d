//! Kinds of files that people give and that are not read here, with what to tell them: one sentence for each, wherever
//! the file was named.

use crate::diag::{Diagnostic, codes};

/// A kind of file that is not read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// The file that shows that a workbook is open in Excel or `LibreOffice`.
    Lock,
    /// A workbook with a password.
    Protected,
    /// A workbook of Excel before 2007.
    Xls,
    /// A binary workbook.
    Xlsb,
    /// A document of Numbers, Pages or Keynote.
    Iwork,
    /// An `OpenDocument` workbook in one XML file.
    Fods,
    /// A workbook of Excel 2003 in one XML file.
    SpreadsheetMl,
    /// A web page.
    Html,
    /// A web page with its pictures in one file.
    Mhtml,
    /// A spreadsheet in SYLK or DIF.
    Interchange,
    /// Another XML file.
    Xml,
    /// A link to a sheet that is kept on the web.
    Link,
    /// A PDF.
    Pdf,
    /// A text document of Word, `LibreOffice` or another program.
    Document,
    /// Slides.
    Slides,
    /// Contacts as cards.
    Cards,
    /// A message.
    Message,
    /// A picture.
    Picture,
    /// A database.
    Database,
    /// An archive of other files.
    Archive,
}

impl Stranger {
    /// The error for a file of this kind, without its place: the same wherever the file was named.
    pub fn diagnostic(self) -> Diagnostic {
        let (message, hint) = self.words();
        Diagnostic::error(codes::WRONG_KIND, message).hint(hint)
    }

    fn words(self) -> (&'static str, &'static str) {
        const SAVE: &str = "open it in a spreadsheet, and save it as XLSX, ODS or CSV";
        const NAME: &str = "give the list as XLSX, ODS or CSV, or the conference file as YAML or JSON";
        match self {
            Self::Lock => (
                "this is the lock file of a workbook that is open in a spreadsheet",
                "close the workbook, and give the file whose name goes on after `~$`",
            ),
            Self::Protected => {
                ("this workbook has a password", "open it, save it without the password, and give it again")
            }
            Self::Xls => ("this workbook is in the format of before 2007 (XLS)", SAVE),
            Self::Xlsb => ("this is a binary workbook (XLSB)", SAVE),
            Self::Iwork => {
                ("this is a document of Numbers, Pages or Keynote", "in Numbers choose Export To, and Excel or CSV")
            }
            Self::Fods => ("this is a flat OpenDocument workbook (FODS)", SAVE),
            Self::SpreadsheetMl => ("this is an XML spreadsheet of Excel 2003", SAVE),
            Self::Html => ("this is a web page (HTML), whatever its name says", SAVE),
            Self::Mhtml => ("this is a web archive (MHTML), whatever its name says", SAVE),
            Self::Interchange => ("this is a spreadsheet in an old format of exchange (SYLK or DIF)", SAVE),
            Self::Xml => ("this is an XML file", NAME),
            Self::Link => (
                "this is a link to a sheet on the web, not the sheet",
                "open the sheet, and download it as XLSX, ODS or CSV",
            ),
            Self::Pdf => ("this is a PDF", NAME),
            Self::Document => {
                ("this is a text document", "copy its table into a spreadsheet, and save it as XLSX, ODS or CSV")
            }
            Self::Slides => ("these are slides", NAME),
            Self::Cards => ("these are contact cards (vCard)", "export the contacts as CSV"),
            Self::Message => ("this is a message", "save the list that is attached to it, and give that file"),
            Self::Picture => ("this is a picture", NAME),
            Self::Database => ("this is a database", "export the list from it as XLSX, ODS or CSV"),
            Self::Archive => ("this is an archive (ZIP) of other files", "unpack it, and give the list inside it"),
        }
    }
}
