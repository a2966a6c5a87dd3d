//! One kind of paper: its blocks, whose words each has, what has moved in ours since, and a paper with them.
//!
//! Deliberately absent: changing a block, which is done in a file of the council; and papers for few eyes, which are shown nowhere but
//! behind the door.

use maud::{Markup, PreEscaped, html};

use super::look::{behind, whose};
use super::preview::lowered;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Tone, back, may, note};
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::jobs::{self, Preview, Request};
use crate::model::Audience;
use crate::templates::{self, PartStatus, ShownBlock, TemplatePart};

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let kind = ask.param("kind");
        let file = format!("{kind}.md");
        let all = templates::list(&opened.checked.layers);
        let Some(artefact) = all.into_iter().find(|one| one.name == file).and_then(|one| one.artefact) else {
            return Ok(Reply::Refused(Refusal::Nowhere));
        };
        let blocks = templates::show(&opened.checked.layers, &file).blocks;
        let moved: Vec<PartStatus> = behind(opened)?.into_iter().filter(|one| one.file == file).collect();
        let title = format!("{}: whose words", artefact.title);
        let main = html! {
            (back(&ask.part(Part::Look), "Look and wording"))
            div.stack-s { h1 { (artefact.title) } p.lead { (words::sentence(&artefact.purpose)) } }
            div.stack-l.below {
                (table(opened, &blocks))
                @for one in &moved { (texts(one)) }
                (paper(opened, kind))
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Papers, &title), &main)))
    })
}

fn table(opened: &Opened, blocks: &[ShownBlock]) -> Markup {
    html! {
        section.panel aria-labelledby="blocks" {
            h2 id="blocks" { "Its blocks, in their order" }
            @if blocks.is_empty() { p.quiet { "It is one piece, without blocks." } }
            @else { table.cards {
                caption.vh { "Blocks, and whose words they have" }
                thead { tr { th scope="col" { "Block" } th scope="col" { "Whose words" } } }
                tbody { @for one in blocks {
                    tr { th scope="row" { (words::field(&one.name)) span.sub { (words::sentence(&one.purpose)) } } td data-l="Whose words" { (whose(opened, &one.layer)) } }
                } }
            } }
            p.small.quiet.below { "A block gets words of your own in the folder “templates” beside borough.yaml. The command “convenor templates eject” writes the file to start from, and “convenor templates diff” shows what differs from ours." }
        }
    }
}

/// The three texts of a place where ours has moved.
fn texts(one: &PartStatus) -> Markup {
    let block = match &one.part {
        TemplatePart::Whole => "The whole paper".to_owned(),
        TemplatePart::Block(name) => words::field(name),
    };
    let column = |heading: &str, text: Option<&String>| {
        html! { div { h3 { (heading) } @match text { Some(text) => { pre.wording { (text.trim()) } } None => { p.quiet { "It is not there" } } } } }
    };
    html! {
        section.panel {
            h2 { (block) ": our words have moved since you changed them" }
            p.quiet { "Yours are still used. The command “convenor templates diff” shows this too, and with “accept” it notes that you have seen it." }
            div.grid.halves {
                (column("Ours, as it was", one.then.as_ref()))
                (column("Ours, as it is", one.now.as_ref()))
                (column("Yours", Some(&one.yours)))
            }
        }
    }
}

/// A paper with these words. What cannot be made of this conference is not shown.
fn paper(opened: &Opened, kind: &str) -> Markup {
    match first(opened, kind) {
        Ok(Some(paper)) => html! {
            section aria-labelledby="as-read" {
                h2 id="as-read" { "A paper with these words" }
                p.row { (may(paper.audience)) span.quiet { "As a draft of this conference." } }
                div.desk-top.below { div.preview { (PreEscaped(lowered(&paper.body))) } }
            }
        },
        Ok(None) => note(
            Tone::Plain,
            "There is no such paper of this conference that is shown here",
            &html! { p { "It is made later or not at all, or is for few eyes." } },
        ),
        Err(_) => note(
            Tone::Plain,
            "There is no such paper of this conference now",
            &html! { p { "It is made later, or not at all." } },
        ),
    }
}

/// The first paper of a kind that is not for few eyes.
fn first(opened: &Opened, kind: &str) -> Result<Option<Preview>, Report> {
    let request = Request { only: vec![kind.to_owned()], ..Request::default() };
    Ok(jobs::preview(&opened.checked, &request)?.into_iter().find(|one| one.audience != Audience::Restricted))
}
