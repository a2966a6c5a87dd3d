//! The pictures of a council, tried once: whether they can be drawn, and what is written in them.
//!
//! In: its look. Out: the faults of its logo at the line that names it, and those of pictures of easy read at their files, so that
//! they are not told of each paper at a line of the theme.
//!
//! Deliberately absent: what a picture may cost, which was counted before.

use super::parallel;
use crate::check::Checked;
use crate::check::names::forbidden_in;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input::BOROUGH;
use crate::render::brand::{AnyPicture, Look};
use crate::render::pdf::picture_fault;

/// What came of trying the pictures.
pub(super) struct Tried {
    logo: Option<TriedPicture>,
    /// By the names that words give them.
    pictures: Vec<(String, TriedPicture)>,
}

struct TriedPicture {
    /// What the layout engine says against it.
    fault: Option<String>,
    /// What is written in it.
    text: String,
}

impl Tried {
    /// Tries each of them.
    pub fn of(look: &Look) -> Self {
        let tried = |picture: AnyPicture<'_>| {
            let mut fault = None;
            // Typst would start a thread for every core, to draw one picture.
            parallel::alone(|| fault = picture_fault(picture, &look.font_files));
            TriedPicture { fault, text: picture.text() }
        };
        let pictures = look.pictures.iter().map(|(name, file)| (name.clone(), tried(file.picture())));
        Self { logo: look.logo.as_ref().map(|logo| tried(logo.picture())), pictures: pictures.collect() }
    }

    /// Checks that all can be drawn, and that none says what no paper may contain.
    ///
    /// # Errors
    /// Each that cannot be drawn, and each whose text contains a protected name.
    pub fn ensure_all_can_be_drawn(&self, checked: &Checked) -> Result<(), Report> {
        let mut report = Report::default();
        if let Some((logo, tried)) = checked.borough.logo.as_ref().zip(self.logo.as_ref()) {
            let at = |error: Diagnostic| checked.places.locate(error.at(format!("{BOROUGH}logo.file")));
            if let Some(why) = &tried.fault {
                let error = Diagnostic::error(codes::NO_LOGO, format!("the logo `{}` cannot be drawn", logo.file));
                report.push(at(error.note(why.as_str()).hint(SAVE_AGAIN)));
            }
            // Every paper with the logo says what is written in it.
            for label in forbidden_in(checked, &tried.text) {
                let error = Diagnostic::error(codes::PROTECTED_NAME, format!("the text of the logo contains {label}"));
                report.push(at(error.hint("use a logo without it; no paper may contain it")));
            }
        }
        let files = checked.layers.pictures();
        for (name, tried) in &self.pictures {
            let place = || Place::file(files.get(name.as_str()).map_or_else(|| name.clone(), |file| file.path(name)));
            if let Some(why) = &tried.fault {
                let error = Diagnostic::error(codes::NO_PICTURE, format!("the picture `{name}` cannot be drawn"));
                report.push(error.place(place()).note(why.as_str()).hint(SAVE_AGAIN));
            }
            for label in forbidden_in(checked, &tried.text) {
                let message = format!("the text of the picture `{name}` contains {label}");
                let error = Diagnostic::error(codes::PROTECTED_NAME, message);
                report.push(error.place(place()).hint("use a picture without it; no paper may contain it"));
            }
        }
        report.take_sources(&checked.report);
        if report.has_errors() { Err(report) } else { Ok(()) }
    }
}

const SAVE_AGAIN: &str = "open it in a drawing program, and save it again as SVG or PNG";
