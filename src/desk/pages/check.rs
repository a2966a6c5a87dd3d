//! What a second person looks at: kind by kind, and paper by paper.
//!
//! Deliberately absent: who may check. The verbs refuse whoever made them.

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::drafts::{Drafts, by_kind};
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page as whole};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, Input, MOST_ROWS, Tone, back, form, may, note, rest, tag, text_input, tick as box_to_tick,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::jobs;
use crate::records::{self, CheckOff, FileRow, RunFile, SignOff};

/// The four things that are looked at in every paper.
pub const LOOKED_AT: [(&str, &str); 4] = [
    ("when", "When and where are right"),
    ("who", "The names, the address and the “Dear …” are right"),
    ("child", "Nobody could tell who a child is"),
    ("words", "The words do not blame anyone"),
];

/// Every kind with drafts.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let kinds = by_kind(&listing, ask.desk.door(&opened.key).is_some());
        let titles = jobs::titles(&opened.checked)?;
        let main = html! {
            div.stack {
                h1 { "Check" }
                p.lead { "Nothing leaves before somebody who did not make it has looked at it." }
                @if kinds.is_empty() {
                    (note(Tone::Plain, "There is nothing to check", &html! { p { "Drafts come here once they are made. " a href=(ask.part(Part::Make)) { "Make the drafts" } } }))
                } @else {
                    div.panel.flush { table.cards {
                        caption.vh { "Drafts by kind" }
                        thead { tr { th scope="col" { "Paper" } th scope="col" { "Copies" } th scope="col" { "Made by" } th scope="col" { "Looked at" } } }
                        tbody { @for (kind, drafts) in &kinds { (line(ask, kind, titles.get(*kind).map_or(*kind, String::as_str), drafts)) } }
                    } }
                }
            }
        };
        Ok(Reply::Page(whole(ask, &Frame::of(opened, Tab::Check, "Check"), &main)))
    })
}

fn line(ask: &Ask<'_>, kind: &str, title: &str, drafts: &Drafts<'_>) -> Markup {
    let all = drafts.to_look_at().count();
    let done = drafts.to_look_at().filter(|row| !row.checked.is_empty()).count();
    let is_hidden = drafts.number() == 0;
    html! {
        tr {
            th scope="row" {
                @if is_hidden { (title) span.sub { (icon(Icon::Lock)) " " a href=(ask.part(Part::Door)) { "For few eyes" } } }
                @else { a href=(ask.part(Part::CheckKind(kind))) { (title) } }
            }
            td data-l="Copies" { (drafts.number().max(drafts.for_few)) }
            td data-l="Made by" { @if is_hidden { "–" } @else { (drafts.makers().join(", ")) } }
            td data-l="Looked at" {
                @if is_hidden { "–" } @else { (done) " of " (all) }
            }
        }
    }
}

/// The drafts of a kind, if there are any that may be seen now.
fn of_kind<'l>(listing: &'l records::Listing, ask: &Ask<'_>, opened: &Opened) -> Option<Drafts<'l>> {
    let mut kinds = by_kind(listing, ask.desk.door(&opened.key).is_some());
    kinds.remove(ask.param("kind")).filter(|drafts| drafts.number() > 0)
}

fn title_of(ask: &Ask<'_>, opened: &Opened) -> Result<String, Report> {
    let kind = ask.param("kind");
    Ok(jobs::titles(&opened.checked)?.remove(kind).unwrap_or_else(|| kind.to_owned()))
}

/// One kind: what there is to look at, and what the program has looked at.
pub fn kind(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let Some(drafts) = of_kind(&listing, ask, opened) else { return Ok(Reply::SeeOther(ask.part(Part::Check))) };
        let title = title_of(ask, opened)?;
        let makers = drafts.makers().join(" and ");
        let main = html! {
            (back(&ask.part(Part::Check), "Check"))
            div.grid.main-side {
                div.stack {
                    h1 { "Check: " (title) }
                    p.lead { (makers) " made " (count_of(drafts.number())) ". Somebody else has to check " (if drafts.number() == 1 { "it." } else { "them." }) }
                    (done(ask.word("done")))
                    (to_look_at(ask, opened, &drafts))
                    @if !drafts.letters.is_empty() { (all_letters(ask, opened, &drafts)) }
                }
                div.stack { (sign(ask, &drafts)) (checked_by_program()) }
            }
        };
        Ok(Reply::Page(whole(ask, &Frame::of(opened, Tab::Check, &format!("Check: {title}")), &main)))
    })
}

fn count_of(number: usize) -> String {
    if number == 1 { "this one".to_owned() } else { format!("these {number}") }
}

fn done(word: &str) -> Markup {
    html! { @if word == "checked" { (note(Tone::Well, "It is noted in the record", &html! { p { "The paper stays a draft until all of its kind are released." } })) } }
}

fn to_look_at(ask: &Ask<'_>, opened: &Opened, drafts: &Drafts<'_>) -> Markup {
    let is_of_letters = !drafts.letters.is_empty();
    html! {
        section.panel aria-labelledby="what" {
            h2 id="what" { "What to look at" }
            @if is_of_letters { p.quiet { "These stand for all: the first, the longest, one by chance, the last." } }
            ol.next {
                @for (n, row) in drafts.to_look_at().enumerate() {
                    @let is_done = !row.checked.is_empty();
                    li {
                        span.k.now[!is_done] { @if is_done { (icon(Icon::Tick)) } @else { (n + 1) } }
                        div {
                            h3 { (heading(opened, row)) }
                            @if let Some(audience) = words::audience(&row.audience) { p { (may(audience)) } }
                            @for checked in &row.checked { p.quiet { "Looked at by " (checked.by) ", " (words::plain(checked.on)) } }
                        }
                        @if row.part.is_none() {
                            a.btn.second.slim href=(ask.part(Part::CheckPaper(ask.param("kind"), &row.key()))) {
                                (if is_done { "Look again" } else { "Check it" }) span.vh { ": " (heading(opened, row)) }
                            }
                        } @else {
                            a.btn.second.slim href=(ask.part(Part::File(&row.key()))) target="_blank" rel="noopener" {
                                "Open it" span.vh { ": " (heading(opened, row)) ", in a new tab" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a draft is called here: by its reader, or by why it was chosen.
fn heading(opened: &Opened, row: &FileRow) -> String {
    let is_proof = row.part.as_ref().is_some_and(|part| part.kind == RunFile::Proof);
    if is_proof {
        let stem = row.file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        return match stem {
            "first" => "The first letter".to_owned(),
            "longest" => "The longest letter".to_owned(),
            "random" => "A letter by chance".to_owned(),
            "last" => "The last letter".to_owned(),
            "added-first" => "The first letter that is new".to_owned(),
            "added-longest" => "The longest letter that is new".to_owned(),
            other => words::sentence(&other.replace('-', " ")).trim_end_matches('.').to_owned(),
        };
    }
    let readers = opened.readers(&row.to);
    if readers.is_empty() { "For everybody who reads it".to_owned() } else { format!("For {readers}") }
}

fn all_letters(ask: &Ask<'_>, opened: &Opened, drafts: &Drafts<'_>) -> Markup {
    html! {
        details.panel {
            summary { "All " (drafts.letters.len()) " letters: who gets one" }
            ul.plain-list {
                @for row in drafts.letters.iter().take(MOST_ROWS) {
                    li { a href=(ask.part(Part::File(&row.key()))) target="_blank" rel="noopener" { (opened.readers(&row.to)) span.vh { ": open in a new tab" } } }
                }
            }
            (rest(drafts.letters.len(), "The proofs above stand for all of them."))
        }
    }
}

fn sign(ask: &Ask<'_>, drafts: &Drafts<'_>) -> Markup {
    let open = drafts.papers.iter().filter(|row| row.checked.is_empty()).count();
    html! {
        section.panel aria-labelledby="sign" {
            h2 id="sign" { "What release means" }
            ul {
                li { "The word DRAFT goes from every page." }
                li { "What is released does not change any more. A new date means a new version." }
                li { "The name of whoever checked stands in the record." }
            }
            @if open == 0 {
                div.actions { a.btn href=(ask.part(Part::Release(ask.param("kind")))) { "Sign off " (count_of(drafts.number())) } }
            } @else {
                p.row { (tag(Tone::Off, Icon::Lock, format!("After {}", count(open, "more look")))) }
            }
        }
    }
}

fn checked_by_program() -> Markup {
    html! {
        section.panel aria-labelledby="program" {
            h2 id="program" { "What the program has checked" }
            ul {
                li { "Each finished file was read back, and has nothing that its readers may not read." }
                li { "No protected name, and nothing that looks like a child’s." }
                li { "Each name, address and “Dear …” come from one entry." }
            }
            p.quiet { "It cannot tell whether the words are right. That is for you." }
        }
    }
}

/// One paper, beside the four things to look at.
pub fn paper(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        draw(ask, opened, &Form::default(), &Faults::default())
            .map(|page| page.map_or(Reply::Refused(Refusal::Nowhere), Reply::Page))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Result<Option<Markup>, Report> {
    let listing = opened.listing()?;
    let Some(row) = draft(ask, opened, &listing) else { return Ok(None) };
    let kind = ask.param("kind");
    let title = title_of(ask, opened)?;
    let of = Filled { form: filled, faults };
    let name = Input::new("checker", "Who looks at it? First name and surname").hint("Somebody who did not make it.");
    let main = html! {
        (back(&ask.part(Part::CheckKind(kind)), "All to look at"))
        (faults.summary())
        div.grid.form-page {
            div.stack {
                p.row { (tag(Tone::Plain, Icon::Pen, "Draft")) @if let Some(audience) = words::audience(&row.audience) { (may(audience)) } }
                h1 { (title) }
                p.lead { (heading(opened, row)) }
                p { a.btn.second href=(ask.part(Part::File(&row.key()))) target="_blank" rel="noopener" { "Open the pages" span.vh { " in a new tab" } } }
                (super::preview::of(ask, opened, std::slice::from_ref(row))?)
            }
            section.panel aria-labelledby="right" {
                h2 id="right" { "Is it right?" }
                (form(ask, &ask.part(Part::CheckPaper(kind, &row.key())), &html! {
                    fieldset.field.bad[faults.of("k-when").is_some()] aria-describedby=[faults.of("k-when").map(|_| "k-fault")] {
                        legend.s { "Tick each thing that you have looked at" }
                        @if let Some(fault) = faults.of("k-when") { p.err id="k-fault" { (icon(Icon::Stop)) span { span.vh { "Error: " } (fault) } } }
                        @for (id, label) in LOOKED_AT { (box_to_tick(&format!("k-{id}"), "k", id, label, filled.all("k").any(|one| one == id))) }
                    }
                    (text_input(&name, &of))
                    div.actions { button.btn type="submit" { "I have checked this paper" } }
                }))
                p.quiet.below { "Something is wrong? Put it right in the file and make the drafts again. Nothing is released before that." }
            }
        }
    };
    Ok(Some(whole(ask, &Frame::of(opened, Tab::Check, &format!("Check: {title}")).wrong(!faults.is_empty()), &main)))
}

fn draft<'l>(ask: &Ask<'_>, opened: &Opened, listing: &'l records::Listing) -> Option<&'l FileRow> {
    let is_open = ask.desk.door(&opened.key).is_some();
    let is_meant = |row: &&FileRow| {
        row.key() == ask.param("key")
            && row.paper == ask.param("kind")
            && row.part.is_none()
            && (is_open || !is_behind(row))
    };
    listing.files.iter().filter(|row| row.status == records::PaperStatus::Draft).find(is_meant)
}

/// It is noted that somebody has checked it.
pub fn tick(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let Some(row) = draft(ask, opened, &listing) else {
            return Ok(Reply::SeeOther(ask.part(Part::CheckKind(ask.param("kind")))));
        };
        let mut faults = all_ticked(form);
        if faults.is_empty() {
            let sign_off = SignOff { checker: form.get("checker").to_owned(), on: ask.today };
            let request = CheckOff { paper: row.file.clone(), sign_off, today: ask.today };
            match records::check_off(&opened.folder, Some(&opened.file), &request) {
                Ok(_) => return Ok(Reply::SeeOther(ask.part(Part::CheckKind(ask.param("kind"))).done("checked"))),
                Err(report) => faults.add_report(&report, |one| {
                    (one.place.file.as_deref() == Some("--checked-by")).then_some("checker")
                }),
            }
        }
        draw(ask, opened, form, &faults).map(|page| page.map_or(Reply::Refused(Refusal::Nowhere), Reply::Again))
    })
}

/// What is wrong if not everything was looked at, or nobody says who has.
pub fn all_ticked(form: &Form) -> Faults {
    let mut faults = Faults::default();
    if !LOOKED_AT.iter().all(|(id, _)| form.all("k").any(|one| one == *id)) {
        faults.add("k-when", "Tick all four. If one is not right, put it right first");
    }
    if !form.has("checker") {
        faults.add("checker", "Enter the first name and surname of whoever looked at it");
    }
    faults
}
