//! How one person reads: their language, their print size or easy read, and which papers that everybody has they want so.
//!
//! In: an invitee. Out: a part of a form, what it is filled with, and the edits that it means.
//!
//! Deliberately absent: anything that is not a choice of theirs.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::person::print;
use crate::desk::conference::Opened;
use crate::desk::edits::Edits;
use crate::desk::parts::{Filled, Input, select, tick};
use crate::desk::post::Form;
use crate::diag::Report;
use crate::jobs;
use crate::model::language::Language;
use crate::model::people::{Format, Invitee};

/// The papers that everybody in somebody's audience has, by their kinds, each with its title.
pub type Shared = BTreeMap<String, String>;

/// The papers of which somebody can have a copy of their own.
///
/// # Errors
/// Faults of the templates.
pub fn shared(opened: &Opened, invitee: &Invitee) -> Result<Shared, Report> {
    let mut all = jobs::shared_papers(&opened.checked, opened.checked.audience(invitee))?;
    // What the file names is shown, whoever it is for.
    let named = invitee.print_copies.iter().filter(|kind| !all.contains_key(*kind)).cloned().collect::<Vec<_>>();
    all.extend(named.into_iter().map(|kind| (kind.clone(), kind)));
    Ok(all)
}

/// Fills the part.
pub fn filled(form: Form, invitee: &Invitee) -> Form {
    let form = form
        .with("reads", invitee.reads.map(Language::tag).unwrap_or_default())
        .with("format", invitee.format.to_string())
        .with(SHOWN, "yes");
    invitee.print_copies.iter().fold(form, |form, kind| form.and(COPY, kind.as_str()))
}

/// The boxes of the papers, and the field that says that they were on the page.
const COPY: &str = "copy";
const SHOWN: &str = "copies-shown";

/// Draws the part.
pub fn panel(opened: &Opened, invitee: &Invitee, shared: &Shared, of: &Filled<'_>) -> Markup {
    let wanted: BTreeSet<&str> = of.form.all(COPY).collect();
    html! {
        section.panel aria-labelledby="how-they-read" {
            h2 id="how-they-read" { "How they read" }
            (select(&Input::new("reads", "The language that they read").hint("Where there are no words in it yet, their letter is in English and says so."), &languages(opened, invitee), of))
            (select(&Input::new("format", "Print").hint("Easy read is short sentences beside pictures. Where the council has no such words, it is large print."), &formats(), of))
            @if !shared.is_empty() {
                fieldset.field aria-describedby="copy-hint" {
                    legend.s { "Papers that everybody has" }
                    p.hint id="copy-hint" { "Tick those that they want in this print, or in this language, too. Their own letters always are." }
                    input type="hidden" name=(SHOWN) value="yes";
                    @for (kind, title) in shared {
                        (tick(&format!("copy-{kind}"), COPY, kind, title, wanted.contains(kind.as_str())))
                    }
                }
            }
        }
    }
}

/// The edits that the part means.
pub fn edits(edits: &mut Edits, form: &Form, own: &dyn Fn(&str) -> String, invitee: &Invitee) {
    edits.word(form, "reads", &own("reads"), invitee.reads.map(Language::tag).unwrap_or_default(), "");
    edits.word(form, "format", &own("format"), &invitee.format.to_string(), Format::Standard.id());
    if form.given(SHOWN).is_some() {
        // Those that stay keep their order.
        let typed: BTreeSet<&str> = form.all(COPY).collect();
        let now = &invitee.print_copies;
        let stay = now.iter().filter(|kind| typed.contains(kind.as_str())).cloned();
        let more = typed.iter().filter(|kind| !now.iter().any(|one| one == *kind)).map(|kind| (*kind).to_owned());
        let wanted: Vec<String> = stay.chain(more).collect();
        edits.list(COPY, &own("print_copies"), wanted, &invitee.print_copies);
    }
}

/// The languages that there are words for, and that which somebody reads.
fn languages(opened: &Opened, invitee: &Invitee) -> Vec<(String, String)> {
    let all: BTreeSet<Language> =
        opened.checked.tongues.keys().copied().chain([Language::ENGLISH]).chain(invitee.reads).collect();
    let named = all.into_iter().map(|one| (one.tag().to_owned(), one.name().to_owned()));
    std::iter::once((String::new(), "As the council’s papers".to_owned())).chain(named).collect()
}

/// The ways to read, as a file has them and in words.
fn formats() -> Vec<(String, String)> {
    let (least, most) = Format::SIZES;
    let sizes = (least + 1..=most).map(Format::Points);
    let all = [Format::Standard, Format::LargePrint, Format::EasyRead].into_iter().chain(sizes);
    all.map(|format| (format.to_string(), print(format))).collect()
}
