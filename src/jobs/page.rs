//! A page that is no paper of one conference, in the look of a council and for anybody to read.
//!
//! In: blocks, and what stands around them. Out: a sealed PDF, read back by the gate like any paper for the public.
//!
//! Deliberately absent: the words of the page, and where it goes.

use chrono::NaiveDate;

use super::press::Press;
use crate::check::Checked;
use crate::diag::{Diagnostic, Report, codes};
use crate::doc::{Block, Document, Layout, Meta, Size};
use crate::gate::{Candidate, FileKind, Own, Sealed};
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::language::Language;
use crate::view::{self, Recipient, Stage};
use crate::words::Words;

/// A page for anybody.
#[derive(Debug, Clone)]
pub struct Page {
    /// The name of its file, without the ending.
    pub name: &'static str,
    /// What stands at the foot of every page.
    pub foot: String,
    /// The day of the file.
    pub issued: NaiveDate,
    /// The text, with one heading of level 1.
    pub blocks: Vec<Block>,
}

/// A page as PDF, in the look of the council of a conference.
///
/// # Errors
/// Faults of templates and theme, or anything of that conference that the public may not read.
pub fn page(checked: &Checked, page: Page) -> Result<Sealed, Report> {
    let press = Press { stage: Stage::Released, ..Press::new(checked)? };
    let named = press.words.artefacts().next();
    let named = named.ok_or_else(|| Diagnostic::error(codes::NOTHING_TO_MAKE, "there are no templates"))?;
    let view = view::view(checked, named, Audience::Public, Recipient::Everybody, press.stage);
    let running = press.words.running(&Words::context(&view))?;
    let mut document = Document {
        meta: Meta {
            layout: Layout::Report,
            language: Language::ENGLISH,
            size: Size::Standard,
            title: String::new(),
            author: checked.borough.name.clone(),
            reference: page.name.to_owned(),
            issued: page.issued,
            marking: view::marking(checked, Audience::Public).to_owned(),
            draft: None,
            foot: press.foot(page.foot),
            page: running.page,
            contents: running.contents,
            address: Vec::new(),
            pen: None,
        },
        blocks: page.blocks,
    };
    document.meta.title = document.title().unwrap_or_else(|| page.name.to_owned());
    let data = press.pdf(&document)?;
    let path = format!("{}.pdf", page.name);
    let reader = Reader { audience: Audience::Public, recipient: Recipient::Everybody };
    let candidate = Candidate { artefact: page.name, path: &path, kind: FileKind::Pdf, data: &[], reader };
    press.gate.seal(&candidate, &Own::default(), data)
}
