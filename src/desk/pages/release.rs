//! The sign-off: a second person says who they are, and the drafts of a kind are released.
//!
//! Deliberately absent: doing it for somebody. The name is typed each time.

use std::sync::Arc;

use maud::{Markup, html};

use super::check::{LOOKED_AT, all_ticked};
use super::make::begun;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::drafts::{Drafts, by_kind};
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, back, date_input, form, note, text_input, tick, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::runs::{self, Signing};
use crate::desk::work::Job;
use crate::diag::Report;
use crate::jobs;
use crate::records::{self, Listing, SignOff};

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = with_day(Form::default(), "on", ask.today);
        let page = draw(ask, opened, &form, &Faults::default())?;
        Ok(page.map_or_else(|| Reply::SeeOther(ask.part(Part::Check)), Reply::Page))
    })
}

fn drafts<'l>(ask: &Ask<'_>, opened: &Opened, listing: &'l Listing) -> Option<Drafts<'l>> {
    let mut kinds = by_kind(listing, ask.desk.door(&opened.key).is_some());
    kinds.remove(ask.param("kind")).filter(|drafts| drafts.number() > 0)
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Result<Option<Markup>, Report> {
    let listing = opened.listing()?;
    let Some(drafts) = drafts(ask, opened, &listing) else { return Ok(None) };
    let kind = ask.param("kind");
    let title = jobs::titles(&opened.checked)?.remove(kind).unwrap_or_else(|| kind.to_owned());
    let number = drafts.number();
    let of = Filled { form: filled, faults };
    let makers = drafts.makers().join(" and ");
    let name = Input::new("checker", "Who has checked them? First name and surname")
        .hint("The whole name, for the record.")
        .width("w16");
    let main = html! {
        (back(&ask.part(Part::CheckKind(kind)), "All to look at"))
        (faults.summary())
        div.measure.stack {
            h1 { "Sign off: " (title) }
            p.lead { (makers) " made " (if number == 1 { "this paper".to_owned() } else { format!("these {number} papers") }) ". Whoever signs here has looked at what was to be looked at." }
            (form(ask, &ask.part(Part::Release(kind)), &html! {
                fieldset.field.bad[faults.of("k-when").is_some()] aria-describedby=[faults.of("k-when").map(|_| "k-fault")] {
                    legend.s { "Tick each thing that you have looked at" }
                    @if let Some(fault) = faults.of("k-when") { p.err id="k-fault" { (icon(Icon::Stop)) span { span.vh { "Error: " } (fault) } } }
                    @for (id, label) in LOOKED_AT { (tick(&format!("k-{id}"), "k", id, label, filled.all("k").any(|one| one == id))) }
                }
                (text_input(&name, &of))
                (date_input("on", "On which day?", None, &of))
                (note(Tone::Plain, "This cannot be undone", &html! { p { "What is released stays as it is. A later change makes a new version, and the old one stays in the record." } }))
                div.actions {
                    button.btn type="submit" { "Release " (if number == 1 { "the paper".to_owned() } else { format!("the {number} papers") }) }
                    a href=(ask.part(Part::CheckKind(kind))) { "Cancel" }
                }
            }))
        }
    };
    Ok(Some(page(ask, &Frame::of(opened, Tab::Check, &format!("Sign off: {title}")).wrong(!faults.is_empty()), &main)))
}

/// They are released, beside the pages.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let Some(drafts) = drafts(ask, opened, &listing) else { return Ok(Reply::SeeOther(ask.part(Part::Check))) };
        let mut faults = all_ticked(form);
        let on = typed_day(form, "on").unwrap_or_else(|says| {
            faults.add("on", says);
            None
        });
        let on = on.unwrap_or(ask.today);
        if faults.is_empty() {
            refused(ask, opened, form, on, &drafts, &mut faults);
        }
        if !faults.is_empty() {
            let page = draw(ask, opened, form, &faults)?;
            return Ok(page.map_or_else(|| Reply::SeeOther(ask.part(Part::Check)), Reply::Again));
        }
        let signing = Signing { kind: ask.param("kind").to_owned(), checker: form.get("checker").to_owned(), on };
        let key = opened.key.clone();
        let desk = Arc::clone(ask.desk);
        let released = move |job: &Job| runs::release(&desk, &key, &signing, job);
        let started = ask.desk.work.start(&opened.key, "Releasing what was checked", released);
        Ok(begun(ask, opened, &started))
    })
}

/// Asks beforehand what the release would refuse of the sign-off, so that it is said at the field.
fn refused(
    ask: &Ask<'_>,
    opened: &Opened,
    form: &Form,
    on: chrono::NaiveDate,
    drafts: &Drafts<'_>,
    faults: &mut Faults,
) {
    let sign_off = SignOff { checker: form.get("checker").to_owned(), on };
    let days = records::Days { today: ask.today, last: None, issued: drafts.to_look_at().map(|row| row.issued).max() };
    let makers = drafts.makers();
    let makers = makers.into_iter().chain([opened.checked.maker()]);
    if let Err(report) = records::ensure_second_person(&opened.checked, &sign_off, makers, days) {
        faults.add_report(&report, |one| match one.place.file.as_deref() {
            Some("--checked-by") => Some("checker"),
            Some("--on") => Some("on"),
            _ => None,
        });
    }
}
