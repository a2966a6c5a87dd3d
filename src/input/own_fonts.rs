//! The council's own fonts: whether they are fonts, and whether their makers allow papers to embed them.
//!
//! In: the names in `borough.yaml`. Out: the files.
//!
//! Deliberately absent: the look of a font.

use super::beside::Beside;
use super::places::{BOROUGH, Places};
use crate::diag::{Diagnostic, Report, codes};
use crate::fonts::{Embedding, examine};
use crate::model::Borough;

/// Reads the font files. Their faults go to the report.
pub fn read(borough: &Borough, beside: Beside<'_>, places: &Places, report: &mut Report) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let mut bold = false;
    for (i, name) in borough.brand.fonts.iter().enumerate() {
        let fault = |message: String, hint: &'static str| {
            places
                .locate(Diagnostic::error(codes::BAD_FONT, message).at(format!("{BOROUGH}brand.fonts[{i}]")).hint(hint))
        };
        let data = match beside.file(name) {
            Ok(data) => data,
            Err(why) => {
                let hint = "name a TTF or OTF file in the folder of `borough.yaml`";
                report.push(fault(format!("the font `{name}` {why}"), hint));
                continue;
            }
        };
        let Some(face) = examine(&data) else {
            report.push(fault(
                format!("`{name}` is not a font"),
                "name a TTF or OTF file; a web font (WOFF) cannot be used",
            ));
            continue;
        };
        match face.embedding {
            Embedding::Allowed => {}
            Embedding::Forbidden => {
                let hint =
                    "ask its maker for a licence to embed it in PDFs, and for the font file that says so (fsType 0)";
                report.push(fault(format!("the maker of `{name}` does not allow papers to embed it"), hint));
                continue;
            }
        }
        if let Some(missing) = face.missing {
            let message = format!("`{name}` has no `{missing}`");
            report.push(fault(
                message,
                "a font for papers needs at least the letters, figures and punctuation of English",
            ));
            continue;
        }
        bold |= face.bold;
        files.push(data);
    }
    if !files.is_empty() && !bold {
        let warning = Diagnostic::warning(codes::BAD_FONT, "none of the fonts is bold, so headings will not stand out");
        let hint = "add the bold face of the family";
        report.push(places.locate(warning.at(format!("{BOROUGH}brand.fonts")).hint(hint)));
    }
    files
}
