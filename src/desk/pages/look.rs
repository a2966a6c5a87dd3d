//! The council's look and words: its colours, logo and letters; whose words each paper has, and which of ours have moved on; the
//! law that its officer has settled.
//!
//! Deliberately absent: changing any of it. The page says where that is done. Any other style: the sheet of the desk has it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::with::with;
use crate::check::law::PartOfLaw;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Tone, back, note, tag};
use crate::desk::problems::quoted;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::jobs;
use crate::layers::BASE;
use crate::templates::{self, PartState, PartStatus};

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let moved = behind(opened)?;
        let law = opened.checked.parts_of_law(ask.today);
        let title = "Look and wording";
        let main = html! {
            (back(&ask.part(Part::Papers), "Papers"))
            div.stack-s { h1 { (title) } p.lead { "For every conference of " (opened.checked.borough.name) ". Released papers do not change." } }
            div.stack-l.below {
                @if !moved.is_empty() { (note(Tone::Look, format!("Our words have moved since yours were made from them: {}", count(moved.len(), "place")), &html! {
                    p { "Yours are still used. Look whether you want what is new." }
                    ul { @for one in &moved { li { (place(ask, opened, one)?) } } }
                })) }
                div.grid.halves { (look(ask, opened)) (papers(ask, opened)?) }
                (legal(opened, &law))
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Papers, title), &main)))
    })
}

/// The places where our words have moved since the council's were made from them.
pub fn behind(opened: &Opened) -> Result<Vec<PartStatus>, Report> {
    let all = templates::status(&opened.checked.layers)?;
    Ok(all.into_iter().filter(|one| one.state == PartState::Behind).collect())
}

/// Whose a layer is.
pub fn whose(opened: &Opened, layer: &str) -> Markup {
    html! {
        @if layer == BASE { (tag(Tone::Plain, Icon::Fact, "As delivered")) }
        @else if layer == opened.checked.borough.id { (tag(Tone::Well, Icon::Pen, "Yours")) }
        @else { (tag(Tone::Well, Icon::Pen, "The region’s")) }
    }
}

/// The papers by their names, with their titles.
fn titles(opened: &Opened) -> Result<BTreeMap<String, String>, Report> {
    jobs::titles(&opened.checked)
}

fn place(ask: &Ask<'_>, opened: &Opened, one: &PartStatus) -> Result<Markup, Report> {
    let kind = one.file.trim_end_matches(".md");
    let block = match &one.part {
        templates::TemplatePart::Whole => "all of it".to_owned(),
        templates::TemplatePart::Block(name) => words::field(name),
    };
    let titles = titles(opened)?;
    Ok(html! {
        @match titles.get(kind) { Some(title) => { a href=(ask.part(Part::Wording(kind))) { (title) } } None => { (one.file) } }
        ": " (block)
    })
}

fn look(ask: &Ask<'_>, opened: &Opened) -> Markup {
    let checked = &opened.checked;
    let brand = &checked.borough.brand;
    let colour = |says: &Option<String>, usual: &str| says.clone().unwrap_or_else(|| usual.to_owned());
    html! {
        section.panel aria-labelledby="brand" {
            h2 id="brand" { "The council’s look" }
            dl.sum {
                dt { "Colour" } dd { span.swatch aria-hidden="true" {} " " (colour(&brand.colour, "Ours, a dark slate")) }
                dt { "Tint of notices" } dd { (colour(&brand.tint, "8 % of the colour")) }
                dt { "Second colour" } dd { (colour(&brand.accent, "The same")) }
                dt { "Text" } dd { (colour(&brand.text, "Nearly black")) }
                dt { "Logo" } dd {
                    @match (&checked.logo, &checked.borough.logo) {
                        (Some(_), Some(logo)) => { img.logo src=(ask.part(Part::Logo)) alt=(logo.alt); span.sub { "Said to people who hear it: “" (logo.alt) "”" } }
                        _ => { "None" }
                    }
                }
                dt { "Typeface" } dd { @if brand.fonts.is_empty() { "Ours" } @else { (brand.fonts.join(", ")) } }
                dt { "Large print" } dd { (brand.large_print.unwrap_or(16)) " points" }
                dt { "At the foot" } dd { (brand.footer.as_deref().unwrap_or("Nothing of your own")) }
                dt { "Signs letters" } dd { @match &checked.borough.signatory { Some(one) => { (one.name) ", " (one.role) } None => { "The chair of each conference" } } }
            }
            p.small.quiet.below { "It can all be read: the check has found enough contrast. It is changed in the file borough.yaml of the council, under “brand” and “logo”; “convenor watch” shows papers again with each change." }
        }
    }
}

fn papers(ask: &Ask<'_>, opened: &Opened) -> Result<Markup, Report> {
    let layers = &opened.checked.layers;
    let all = templates::list(layers).into_iter().filter(|one| one.artefact.is_some());
    let rows: Vec<_> = all.map(|one| (one.name.trim_end_matches(".md").to_owned(), one)).collect();
    let titles = titles(opened)?;
    let parts = templates::list(layers)
        .into_iter()
        .filter(|one| one.artefact.is_none() && one.changes.iter().any(|(layer, _)| layer != BASE));
    let parts: Vec<_> = parts.collect();
    Ok(html! {
        section.panel aria-labelledby="words" {
            h2 id="words" { "Whose words" }
            table {
                caption.vh { "Papers, and whose words they have" }
                thead { tr { th scope="col" { "Paper" } th scope="col" { "Words" } } }
                tbody { @for (kind, one) in &rows {
                    @let own: usize = one.changes.iter().filter(|(layer, _)| layer != BASE).map(|(_, blocks)| blocks.len()).sum();
                    tr {
                        th scope="row" { a href=(ask.part(Part::Wording(kind))) { (titles.get(kind).map_or(kind.as_str(), String::as_str)) } }
                        td { @if own == 0 { (whose(opened, &one.origin)) } @else { (tag(Tone::Well, Icon::Pen, format!("{} of your own", count(own, "block")))) } }
                    }
                } }
            }
            @if !parts.is_empty() {
                p.below { strong { "Parts of several papers that are yours" } }
                ul { @for one in &parts { li { (one.name) @if let Some(purpose) = &one.purpose { span.sub { (purpose) } } } } }
            }
        }
    })
}

/// What the data protection officer has settled, and has not.
fn legal(opened: &Opened, law: &[PartOfLaw<'_>]) -> Markup {
    let open = law.iter().filter(|one| one.missing.is_some()).count();
    let legal = &opened.checked.legal;
    html! {
        section.panel aria-labelledby="law" {
            h2 id="law" { "The law that agreements print" }
            p {
                @if open == 0 { (tag(Tone::Well, Icon::Tick, "Everything is settled")) }
                @else { (tag(Tone::Look, Icon::Warn, format!("{} to be settled by your data protection officer", count(open, "point")))) }
            }
            p.quiet { "Version " (legal.version) " of the legal text, last checked against its sources on " (words::plain(legal.checked)) ". What is not settled is in no paper, and no agreement is released before." }
            table.cards {
                caption.vh { "Parts of the law, and how each stands" }
                thead { tr { th scope="col" { "Part" } th scope="col" { "How it stands" } th scope="col" { "To settle, or settled" } } }
                tbody { @for one in law { (part(one)) } }
            }
            p.small.quiet.below { "It is settled in the file borough.yaml of the council, under “legal”: who, on which day, for which version of the text." }
        }
    }
}

fn part(one: &PartOfLaw<'_>) -> Markup {
    html! {
        tr.look[one.missing.is_some()] {
            th scope="row" { (one.basis.name) span.sub { (one.basis.purpose) } }
            td data-l="How it stands" {
                @if one.is_left_out { (tag(Tone::Off, Icon::Fact, "Left out")) }
                @else if one.missing.is_some() { (tag(Tone::Look, Icon::Warn, "To be settled")) }
                @else if one.decision.is_some() { (tag(Tone::Well, Icon::Tick, "Confirmed")) }
                @else { (tag(Tone::Plain, Icon::Tick, "In force")) }
            }
            td data-l="To settle, or settled" {
                @if let Some(missing) = &one.missing { p { (words::sentence(&quoted(missing))) } }
                @if let Some(decision) = one.decision {
                    p { (decision.by) ", " (words::plain(decision.on)) @if let Some(version) = &decision.version { ", for version " (version) } }
                    @if let Some(reference) = &decision.reference { p.quiet { (reference) } }
                } @else if one.missing.is_none() { span.quiet { "Nothing to settle" } }
                @if let Some(note) = &one.basis.note { p.quiet { (note) } }
            }
        }
    }
}

/// The colour of the council, from which the sheet makes the others. A check has found that it can be read on white.
pub fn colours(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let colour = opened.checked.borough.brand.colour.as_deref().unwrap_or_default();
        let digits = colour.strip_prefix('#').unwrap_or_default();
        let is_plain = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let mut sheet = if is_plain { format!(":root{{--brand:{colour}}}\n") } else { String::new() };
        sheet += &jobs::preview_style(&opened.checked);
        Ok(Reply::Look("text/css; charset=utf-8", sheet.into_bytes()))
    })
}

/// The logo, as its file has it. As a picture it runs nothing, and the policy of the desk keeps it from loading anything.
pub fn logo(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        Ok(match &opened.checked.logo {
            Some(data) if data.starts_with(b"\x89PNG") => Reply::Look("image/png", data.clone()),
            Some(data) => Reply::Look("image/svg+xml", data.clone()),
            None => Reply::Refused(Refusal::Nowhere),
        })
    })
}
