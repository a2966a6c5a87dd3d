//! One person: what they may read and why, what they were sent, and what the file says of them.
//!
//! Deliberately absent: what others were sent.

use maud::{Markup, html};

use super::people::{One, came, letter, letters};
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::{Opened, Titles};
use crate::desk::door::is_behind;
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Tone, back, button_form, may, note, tag};
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::model::people::{Format, Invitee};
use crate::records::{FileRow, Listing, RunFile};

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| draw(ask, opened))
}

fn draw(ask: &Ask<'_>, opened: &Opened) -> Result<Reply, Report> {
    let Some(position) = ask.number("n").and_then(|number| opened.position(number)) else {
        return Ok(Reply::Refused(Refusal::Nowhere));
    };
    let one = One::of(opened, position);
    let listing = opened.listing()?;
    let main = html! {
        (back(&ask.part(Part::People), "People"))
        div.top-line {
            div.stack-s {
                h1 { (one.name) }
                p.row { (letter(&letters(&listing, one.number), &one)) (may(one.audience)) }
            }
            div.row { @if one.is_gone {
                (button_form(ask, &ask.part(Part::Rejoin(one.number)), "btn second", "They take part again"))
            } @else {
                a.btn href=(ask.part(Part::Edit(one.number))) { (if one.listed.is_some() { "Where to change it" } else { "Change" }) }
                a.btn.second href=(ask.part(Part::Letters(one.number))) { "See their letter" }
                @if !listing.files.is_empty() { a.btn.second href=(ask.part(Part::Withdraw(one.number))) { "They no longer take part" } }
            } }
        }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Letters(one.number))) { "See their letter" } " or " a href=(ask.part(Part::Undo)) { "undo" } } })) }
        @if one.is_gone { (note(Tone::Plain, "They no longer take part", &html! { p { "Nothing is made for them. What they were sent stays in the record." } })) }
        div.grid.halves {
            div.stack {
                section.panel aria-labelledby="reads" {
                    h2 id="reads" { "What they may read" }
                    (reading(opened, &one))
                }
                section.panel aria-labelledby="what" {
                    h2 id="what" { "What the file says" }
                    (facts(opened, &one, position))
                }
            }
            section.panel aria-labelledby="had" {
                h2 id="had" { "What is made for them" }
                (papers(ask, &listing, &opened.titles()?, one.number))
            }
        }
    };
    Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::People, one.name), &main)))
}

fn reading(opened: &Opened, one: &One<'_>) -> Markup {
    let checked = &opened.checked;
    let part = checked.part_of(one.invitee);
    let agenda: Vec<String> = part.iter().flatten().map(ToString::to_string).collect();
    html! {
        dl.sum {
            dt { "They read as" } dd { (may(one.audience)) }
            dt { "Because" } dd { (one.why) "." }
            dt { "Minutes" } dd {
                @if checked.may_have_the_record(one.invitee) { "They may have them." }
                @else { "Only once they have signed an undertaking." }
            }
            dt { "Points" } dd {
                @if part.is_none() { "All that they may hear." }
                @else { "Only " (agenda.join(", ")) "." }
            }
        }
    }
}

fn facts(opened: &Opened, one: &One<'_>, position: usize) -> Markup {
    let invitee = one.invitee;
    let person = opened.checked.person(invitee);
    let address = &opened.checked.conference.invitees[position].address;
    html! {
        dl.sum {
            @if let Some(role) = &person.role { dt { "Job" } dd { (role) } }
            @if let Some(organisation) = one.organisation { dt { "Organisation" } dd { (organisation) } }
            dt { "Category" } dd { (words::category(one.category)) }
            dt { "Letter begins" } dd { "Dear " (person.salutation.as_deref().unwrap_or(&person.name)) }
            @if !address.is_empty() { dt { "Address" } dd {
                @for line in address { (line) br; }
                @if opened.lends_address(position).is_some() { span.sub { "That of their organisation" } }
            } }
            @if let Some(email) = &person.email { dt { "E-mail" } dd { (email) @if invitee.email_consent == Some(true) { " (agreed to be e-mailed)" } } }
            @if let Some(listed) = &one.listed { dt { "Stands in" } dd { (listed) } }
            dt { "Reply" } dd { (words::reply(invitee.reply)) @if let Some(delegate) = &invitee.delegate { "; " (delegate) " comes in their place" } }
            dt { "Came" } dd { (came(invitee, opened.checked.has_met())) (times(invitee)) }
            dt { "Undertaking" } dd { @match invitee.undertaking { Some(signed) => { "Signed " (words::plain(signed.signed)) } None => { "Not signed" } } }
            @if let Some(needs) = &invitee.access { dt { "They need" } dd { (needs.text) } }
            @if let Some(bring) = &invitee.bring { dt { "To bring" } dd { (bring.text) } }
            @if let Some(language) = &invitee.language { dt { "Interpreter" } dd { (language) } }
            @if let Some(reads) = invitee.reads { dt { "Letters in" } dd { (reads.name()) } }
            @if invitee.format != Format::Standard { dt { "Print" } dd { (print(invitee.format)) } }
        }
    }
}

/// How somebody reads, in words.
pub fn print(format: Format) -> String {
    match format {
        Format::Standard => "Standard".to_owned(),
        Format::LargePrint => "Large".to_owned(),
        Format::Points(points) => format!("{points} point"),
        Format::EasyRead => "Easy read".to_owned(),
    }
}

fn times(invitee: &Invitee) -> String {
    let arrived = invitee.arrived.map(|time| format!(", from {}", words::clock(time)));
    let left = invitee.left.map(|time| format!(", until {}", words::clock(time)));
    arrived.unwrap_or_default() + &left.unwrap_or_default()
}

fn papers(ask: &Ask<'_>, listing: &Listing, titles: &Titles, number: u32) -> Markup {
    let own = format!("i{number}");
    let is_shown = |row: &&FileRow| {
        row.is_sent && !is_behind(row) && row.part.as_ref().is_none_or(|part| part.kind == RunFile::Letter)
    };
    let all: Vec<&FileRow> = listing.files.iter().filter(|row| row.to.contains(&own)).filter(is_shown).collect();
    html! {
        @if all.is_empty() { p.quiet { "Nothing yet." } }
        ul.plain-list {
            @for row in all {
                li {
                    a href=(ask.part(Part::File(&row.key()))) { (titles.of(&row.paper)) ", version " (row.version) } " "
                    (status(row))
                    @for sent in &row.sent { span.sub { (words::channel(sent.how)) " " (words::plain(sent.on)) } }
                    @for checked in &row.checked { span.sub { "Checked by " (checked.by) ", " (words::plain(checked.on)) } }
                }
            }
        }
    }
}

/// How a file stands, as a tag.
pub fn status(row: &FileRow) -> Markup {
    use crate::records::PaperStatus;
    match row.status {
        PaperStatus::Draft => tag(Tone::Plain, Icon::Pen, words::status(row.status)),
        PaperStatus::Released if row.has_draft_mark => tag(Tone::Look, Icon::Warn, "Checked, not approved yet"),
        PaperStatus::Released => tag(Tone::Well, Icon::Tick, words::status(row.status)),
        _ => tag(Tone::Off, Icon::Swap, words::status(row.status)),
    }
}
