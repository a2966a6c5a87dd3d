//! New versions of what was released: of which papers, and why.
//!
//! Letters have their version, its day and its reason in the file; a new version of all other papers is made where they differ.
//!
//! Deliberately absent: whether anything differs, which only making them shows; and changing what was released.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, html};

use super::make::begun;
use super::with::with;
use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::edits::{Came, Edits, SEEN, editing, save, seen, stale};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, back, date_input, note, text_input, tick, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::runs::{self, Again};
use crate::diag::Report;
use crate::jobs;
use crate::model::artefact::JOINED;
use crate::model::edition::MAX_REASON;
use crate::model::text::one_line;
use crate::records::{PaperStatus, RunFile};

/// What was released of a kind of paper.
struct Released {
    title: String,
    /// The highest version.
    version: u32,
    copies: usize,
    /// Whether they are letters to invitees, of which each has one.
    are_letters: bool,
}

fn released(opened: &Opened) -> Result<BTreeMap<String, Released>, Report> {
    let titles = opened.titles()?;
    let mut all: BTreeMap<String, Released> = BTreeMap::new();
    for row in opened.listing()?.files {
        let are_letters = row.part.as_ref().is_some_and(|part| part.kind == RunFile::Letter);
        let is_paper = row.part.is_none() || are_letters;
        if row.status != PaperStatus::Released || !row.is_sent || !is_paper || is_behind(&row) {
            continue;
        }
        let title = titles.of(&row.paper).to_owned();
        let of = all.entry(row.paper.clone()).or_insert(Released { title, version: 0, copies: 0, are_letters });
        (of.version, of.copies) = (of.version.max(row.version), of.copies + 1);
    }
    // What was made one by one is a letter all the same, and is made as one from now on.
    let kinds: Vec<String> = all.keys().filter(|kind| *kind != JOINED).cloned().collect();
    for paper in jobs::due_papers(&opened.checked, &kinds).unwrap_or_default() {
        if let Some(one) = all.get_mut(&paper.kind) {
            one.are_letters |= paper.is_letter;
        }
    }
    Ok(all)
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = with_day(Form::default(), "dated", ask.today).with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, &released(opened)?, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, all: &BTreeMap<String, Released>, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "New versions";
    let main = html! {
        (back(&ask.part(Part::Papers), "Papers"))
        (faults.summary())
        div.measure.stack {
            h1 { (title) }
            p.lead { "For what has changed since papers were released. The old ones stay in the record; the new ones are drafts, and are checked and sent again." }
            @if all.is_empty() {
                (note(Tone::Plain, "Nothing is released yet", &html! { p { "As long as papers are drafts, make the drafts again." } }))
            } @else {
                (editing(ask, opened, &ask.part(Part::Again), filled, &[("Versions of the letters", "papers".to_owned())], &html! {
                    (kinds(all, &of))
                    (text_input(&because(), &of))
                    @if all.values().any(|one| one.are_letters) {
                        (date_input("dated", "Day on the new letters", Some("Papers that are no letters keep their day."), &of))
                    }
                    div.actions { button.btn type="submit" { "Make new versions" } a href=(ask.part(Part::Papers)) { "Cancel" } }
                }))
            }
        }
    };
    page(ask, &Frame::of(opened, Tab::Papers, title).wrong(!faults.is_empty()), &main)
}

/// The input for the reason.
fn because() -> Input<'static> {
    Input::new("because", "Why?")
        .hint("Every reader of the new version reads it, after “because”: “the day has changed”. No names of children.")
}

fn kinds(all: &BTreeMap<String, Released>, of: &Filled<'_>) -> Markup {
    let fault = of.faults.of("reissue");
    html! {
        fieldset.field.bad[fault.is_some()] id="reissue" tabindex="-1" aria-describedby=[fault.map(|_| "reissue-fault")] {
            legend.s { "Of which papers?" }
            @if let Some(fault) = fault { p.err id="reissue-fault" { span.vh { "Error: " } (fault) } }
            @for (kind, one) in all {
                @let copies = if one.copies == 1 { "1 copy".to_owned() } else { format!("{} copies", one.copies) };
                @let says = if one.are_letters { "each of them is made anew" } else { "each that differs is made anew" };
                (tick(&format!("again-{kind}"), "reissue", kind, html! {
                    (one.title) span.sub { "Version " (one.version) ", " (copies) "; " (says) }
                }, of.form.all("reissue").any(|one| one == kind)))
            }
        }
    }
}

/// They are made.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let all = released(opened)?;
        let edits = edits(&all, form);
        let here = ask.part(Part::Again);
        match save(ask, opened, form, edits)? {
            Came::Saved => {}
            Came::Wrong(faults) => return Ok(Reply::Again(draw(ask, opened, &all, form, &faults))),
            Came::Stale(conflict) => return Ok(stale(ask, opened, Tab::Papers, form, &conflict, &here, &here)),
        }
        let kinds = form.all("reissue").map(str::to_owned).collect();
        let again = Again { kinds, because: Some(one_line(form.get("because"))), ..Again::default() };
        let (desk, key, name) = (Arc::clone(ask.desk), opened.key.clone(), ask.name().to_owned());
        let work = move |job: &_| runs::drafts(&desk, &key, &name, &again, job);
        let started = ask.desk.work.start(&opened.key, "Making new versions", work);
        Ok(begun(ask, opened, &started))
    })
}

fn edits(all: &BTreeMap<String, Released>, form: &Form) -> Edits {
    let mut edits = Edits::default();
    edits.need(form, "because", "Enter why");
    let because = one_line(form.get("because"));
    if because.chars().count() > MAX_REASON {
        edits.faults.add("because", format!("Enter at most {MAX_REASON} characters"));
    }
    let wanted: Vec<(&str, &Released)> =
        form.all("reissue").filter_map(|kind| all.get_key_value(kind)).map(|(kind, one)| (&**kind, one)).collect();
    if wanted.is_empty() {
        edits.faults.add("reissue", "Tick the papers of which there are new versions");
    }
    let letters: Vec<_> = wanted.into_iter().filter(|(_, one)| one.are_letters).collect();
    let day = match typed_day(form, "dated") {
        _ if letters.is_empty() => None,
        Ok(day) => day,
        Err(says) => {
            edits.faults.add("dated", says);
            None
        }
    };
    for (kind, one) in letters {
        let path = |field: &str| format!("papers.{kind}.{field}");
        edits.all.push(Edit::set(path("version"), (one.version + 1).to_string()));
        edits.all.push(Edit::set(path("because"), &*because));
        edits.all.extend(day.map(|day| Edit::set(path("issued"), day.to_string())));
        edits.at(path("issued"), "dated");
        edits.at(path("because"), "because");
        edits.at(path("version"), "reissue");
    }
    edits
}
