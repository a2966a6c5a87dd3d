//! Templates as text for a terminal.

use super::super::pen::Pen;
use crate::diag::count;
use crate::model::artefact::{Artefact, Each};
use crate::model::by::Side as By;
use crate::templates::{Change, Explained, ListedTemplate, Moved, PartState, PartStatus, Shown, TemplatePart, lines};

/// `ours` for the base, and another layer's own name.
fn whose(layer: &str) -> &str {
    if layer == crate::layers::BASE { "ours" } else { layer }
}

/// `a`, `a and b`.
pub fn in_words(list: &[String]) -> String {
    let quoted: Vec<String> = list.iter().map(|s| format!("`{s}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} and {end}", before.join(", ")),
    }
}

pub fn listed(all: &[ListedTemplate]) -> String {
    let wide = all.iter().map(|l| short(&l.name).chars().count()).max().unwrap_or_default();
    let mut out = String::new();
    let mut papers = true;
    for l in all {
        if papers && l.artefact.is_none() {
            papers = false;
            out.push('\n');
        }
        out.push_str(&format!("{:wide$}  {}\n", short(&l.name), origin(l)));
        if let Some(artefact) = &l.artefact {
            out.push_str(&format!("{:wide$}  {}\n", "", made_for(artefact)));
        }
        if let Some(purpose) = &l.purpose {
            out.push_str(&format!("{:wide$}  {purpose}\n", ""));
        }
    }
    out
}

fn short(name: &str) -> &str {
    if name.contains('/') { name } else { name.trim_end_matches(".md") }
}

/// The layer of a template, and the layers that change it. The base's own changes are left out.
fn origin(listed: &ListedTemplate) -> String {
    let changes = listed.changes.iter().filter(|(layer, _)| layer != crate::layers::BASE).map(|(layer, blocks)| {
        match blocks.as_slice() {
            [] => format!("; {layer} extends it"),
            _ => format!("; {layer} changes {}", blocks.join(", ")),
        }
    });
    format!("{}{}", whose(&listed.origin), changes.collect::<String>())
}

fn made_for(artefact: &Artefact) -> String {
    let each = match artefact.each {
        Each::Conference => "one for the conference",
        Each::Invitee => "one for each invitee",
        Each::Organisation => "one for each organisation",
        Each::InvitedOrganisation => "one for each organisation that is invited",
        Each::ActionOwner => "one for each owner of actions",
        Each::ChildLink => "one for each linked child",
    };
    let audiences: Vec<&str> = artefact.audiences.iter().map(|a| a.id()).collect();
    let formats: Vec<&str> = artefact.formats.iter().map(|f| f.extension()).collect();
    format!("{}: {each}; {}; {}", artefact.title, audiences.join(", "), formats.join(", "))
}

pub fn purposes(blocks: &[(String, String)]) -> String {
    let wide = blocks.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let rows: Vec<String> = blocks.iter().map(|(name, purpose)| format!("  {name:wide$}  {purpose}\n")).collect();
    rows.concat()
}

fn blocks(shown: &Shown) -> String {
    let name = |b: &crate::templates::ShownBlock| format!("{}{}", "  ".repeat(b.depth), b.name);
    let rows: Vec<(String, String)> = shown
        .blocks
        .iter()
        .map(|b| {
            let by = if b.layer == crate::layers::BASE { String::new() } else { format!(" [{}]", b.layer) };
            (name(b), format!("{}{by}", b.purpose))
        })
        .collect();
    purposes(&rows)
}

pub fn shown(shown: &Shown, pen: Pen) -> String {
    let mut out = String::new();
    if !shown.blocks.is_empty() {
        out.push_str(&format!(
            "{} of {}, with what it is for and, in brackets, the layer that changes it:\n\n",
            count(shown.blocks.len(), "block"),
            shown.name
        ));
        out.push_str(&blocks(shown));
        out.push('\n');
    }
    let wide = shown.lines.iter().map(|l| whose(&l.layer).chars().count()).max().unwrap_or_default();
    for line in &shown.lines {
        let place = format!("{:wide$} {:>4}", whose(&line.layer), line.number);
        out.push_str(&format!("{}  {}\n", pen.styled(&place, if line.is_ours() { "2" } else { "36" }), line.text));
    }
    out
}

fn part(status: &PartStatus) -> String {
    match &status.part {
        TemplatePart::Whole => "all of it".to_owned(),
        TemplatePart::Block(block) => block.clone(),
    }
}

fn style(state: PartState) -> &'static str {
    match state {
        PartState::Unchanged | PartState::Own => "2",
        PartState::Customised => "32",
        PartState::Behind => "1;33",
        PartState::Untracked => "36",
    }
}

pub fn states(all: &[PartStatus], pen: Pen) -> String {
    let file = all.iter().map(|s| s.file.chars().count()).max().unwrap_or_default();
    let block = all.iter().map(|s| part(s).chars().count()).max().unwrap_or_default();
    let layer = all.iter().map(|s| s.layer.chars().count()).max().unwrap_or_default();
    let row = |s: &PartStatus| {
        let state = pen.styled(s.state.word(), style(s.state));
        format!("{:layer$}  {:file$}  {:block$}  {state}\n", s.layer, s.file, part(s))
    };
    all.iter().map(row).collect()
}

/// The three texts of a part: the changes below it, and its own differences.
pub fn moves(status: &PartStatus, pen: Pen) -> String {
    let whose = if status.from.is_empty() { "ours".to_owned() } else { whose(&status.from).to_owned() };
    let head = format!(
        "{}, {}, {}: {}",
        status.layer,
        status.file,
        part(status),
        pen.styled(status.state.word(), style(status.state))
    );
    let mut out = format!("{head}\n");
    let mut compare = |title: String, old: &str, new: &str| {
        let found = lines(old, new);
        if !found.is_empty() {
            out.push_str(&format!("  {title}\n"));
            for line in &found {
                out.push_str(&pen.line(line));
            }
        }
    };
    match (&status.then, &status.now) {
        (Some(then), Some(now)) => {
            compare(format!("what moved in {whose}"), then, now);
            if status.state != PartState::Unchanged {
                compare(format!("what you changed in {whose} as it was"), then, &status.yours);
            }
        }
        (Some(then), None) => {
            compare(format!("{whose} no longer has it; what you changed in it"), then, &status.yours);
        }
        (None, Some(now)) => compare(format!("how yours differs from {whose} of today"), now, &status.yours),
        (None, None) => {}
    }
    out.push('\n');
    out
}

pub fn moved(all: &[Moved], pen: Pen) -> String {
    let mut out = String::new();
    for moved in all {
        out.push_str(&match &moved.change {
            Change::New => format!("  new: {}\n\n", papers(&moved.papers)),
            Change::Gone => format!("  no longer made: {}\n\n", papers(&moved.papers)),
            Change::Lines(lines) => {
                format!("  {}\n{}\n", papers(&moved.papers), lines.iter().map(|l| pen.line(l)).collect::<String>())
            }
        });
    }
    out
}

fn papers(papers: &[String]) -> String {
    match papers {
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        [] => String::new(),
    }
}

pub fn explained(explained: &Explained) -> String {
    let mut out = String::new();
    if let Some(artefact) = &explained.listed.artefact {
        out.push_str(&format!(
            "{}\n{}.\n\nMade: {}\n",
            artefact.title,
            artefact.purpose,
            made_for(artefact).split_once(": ").map_or("", |p| p.1)
        ));
        if let Some(due) = &explained.due {
            out.push_str(&format!("Due: {due}\n"));
        }
        match artefact.side() {
            Some(By::Before) => out.push_str("Announces the meeting: is not dated after it\n"),
            Some(By::After) => out.push_str("Tells of the meeting: is not dated before it\n"),
            None => {}
        }
        out.push_str(&format!("File: {}\nComes from: {}\n", artefact.file, origin(&explained.listed)));
    }
    if let Some(paper) = &explained.part_of {
        let purpose = explained.listed.purpose.as_deref().unwrap_or("A part of a paper.");
        out.push_str(&format!(
            "{purpose}\n\nStands in: {}\nComes from: {}\n",
            short(&paper.name),
            origin(&explained.listed)
        ));
    }
    if !explained.shown.blocks.is_empty() {
        out.push_str(&format!("\nBlocks that can be changed:\n\n{}", blocks(&explained.shown)));
    }
    out.push_str("\nFields that the template may use, with what the specimen has in them. `[]` is each item of a list. One with a\nquestion mark may be absent: ask `{% if … is defined %}` first.\n\n");
    let fields: Vec<_> = explained.fields.iter().filter(|f| !f.kind.is_empty()).collect();
    let paper = explained.part_of.as_ref().unwrap_or(&explained.listed);
    let all = paper.artefact.as_ref().map(|a| a.audiences.len()).unwrap_or_default();
    let wide = fields.iter().map(|f| f.path.chars().count() + 1).max().unwrap_or_default().min(56);
    for field in fields {
        let path = format!("{}{}", field.path, if field.optional { "?" } else { "" });
        let only = if field.audiences.len() < all {
            format!(" (only {})", field.audiences.iter().cloned().collect::<Vec<_>>().join(", "))
        } else {
            String::new()
        };
        out.push_str(&format!("  {path:wide$}  {:9}  {}{only}\n", field.kind, field.example));
    }
    out
}
