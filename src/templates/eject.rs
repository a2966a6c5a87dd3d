//! A start for a change: the smallest template that changes one block of ours, or one that names them all.

use std::path::{Path, PathBuf};

use super::lock::Lock;
use super::{below, block_in, in_layer};
use crate::deliver::{self, Authored, Over};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::layers::blocks::{TemplateBlock as Block, blocks_of, extends_of};
use crate::layers::{Found, Layer, Layers, has_ending};

/// What was written.
#[derive(Debug, Clone)]
pub struct Ejected {
    /// The template.
    pub file: PathBuf,
    /// The file that it stands on, with its layer.
    pub from: String,
    /// Whether it is a whole copy: the file has no blocks to change one by one.
    pub whole: bool,
    /// The blocks that can be changed, with their purpose, if none was asked for.
    pub blocks: Vec<(String, String)>,
}

/// Writes a template into a layer that changes the blocks `wanted` of `name`, or adds them to the one that is there.
///
/// # Errors
/// If the layer changes one of them already or replaces the file whole, if there is no such block, or if the folder cannot
/// be written.
pub fn eject(layers: &Layers, layer: &Layer, name: &str, wanted: &[String]) -> Result<Ejected, Report> {
    let there = in_layer(layer, name);
    let path = Path::new(&layer.origin).join(name);
    let parents = match there {
        Some(file) => below(layers, file),
        None => lower(layers, layer, name),
    };
    let Some(parent) = parents.first().copied() else {
        let error = Diagnostic::error(
            codes::UNKNOWN_ARTEFACT,
            format!("`{name}` is your own: there is nothing to take it from"),
        );
        return Err(error.place(Place::file(path.display().to_string())).into());
    };
    let all: Vec<Block> = parents.iter().rev().flat_map(|file| blocks_of(file.name, file.text)).collect();
    let mut lock = Lock::of(layer)?;
    let text = match there {
        Some(file) => added(file, &path, &parents, wanted, &mut lock)?,
        None if all.is_empty() => {
            no_block_wanted(name, wanted)?;
            lock.remember(name, &parent, None);
            parent.text.to_owned()
        }
        None => {
            let chosen = chosen(name, &parents, &all, wanted)?;
            let head = head(name, &parent, &all, wanted.is_empty());
            chosen.iter().fold(head, |text, (from, block)| take(name, text, from, block, &mut lock))
        }
    };
    // What it was taken from comes first: a template that stands there without it could not be taken again.
    let own = there.map_or(Over::Nothing, |file| Over::Text(file.text.to_owned()));
    let files = [lock.authored(), Authored::new(name, text).over(own)];
    deliver::put_over(&files, Path::new(&layer.origin))?;
    let blocks = if wanted.is_empty() { purposes(&all) } else { Vec::new() };
    Ok(Ejected { file: path, from: parent.full(), whole: all.is_empty(), blocks })
}

/// The files of the layers below one, the nearest first.
fn lower<'l>(layers: &'l Layers, layer: &Layer, name: &str) -> Vec<Found<'l>> {
    let below = layers.iter().take_while(|l| l.name != layer.name);
    let Some(parent) = below.filter_map(|l| in_layer(l, name)).last() else { return Vec::new() };
    std::iter::once(parent).chain(layers.ancestors(parent.layer, parent.name)).collect()
}

fn no_block_wanted(name: &str, wanted: &[String]) -> Result<(), Report> {
    match wanted.first() {
        None => Ok(()),
        Some(block) => {
            let error =
                Diagnostic::error(codes::UNUSED_BLOCK, format!("`{name}` has no block `{block}`: it has none at all"));
            Err(error.hint("take it whole, without `--block`").into())
        }
    }
}

fn chosen<'l>(
    name: &str,
    parents: &[Found<'l>],
    all: &[Block],
    wanted: &[String],
) -> Result<Vec<(Found<'l>, Block)>, Report> {
    let mut report = Report::default();
    let mut chosen = Vec::new();
    for block in wanted {
        let Some(found) = block_in(parents, block) else {
            let error = Diagnostic::error(codes::UNUSED_BLOCK, format!("`{name}` has no block `{block}`"));
            let error = error.suggest(block, all.iter().map(|b| b.name.as_str()));
            let hint = Hint::naming("`convenor templates show {}` lists its blocks", [name.trim_end_matches(".md")]);
            report.push(if error.hint.is_some() { error } else { error.hint(hint) });
            continue;
        };
        chosen.push(found);
    }
    if report.has_errors() { Err(report) } else { Ok(chosen) }
}

/// The first lines of a new template.
fn head(name: &str, parent: &Found<'_>, all: &[Block], bare: bool) -> String {
    let mut list = String::new();
    for (block, purpose) in purposes(all).iter().filter(|_| bare) {
        list.push_str(&format!("     {block}: {purpose}\n"));
    }
    match (has_ending(name, "typ"), bare) {
        (true, false) => format!("#import \"/{}\": *\n", parent.full()),
        (true, true) => format!(
            "#import \"/{}\": *\n\n/* Nothing is changed yet. What you define here replaces ours:\n\n{list}*/\n",
            parent.full()
        ),
        (false, false) => format!("{{% extends \"{}\" %}}\n", parent.full()),
        (false, true) => format!(
            "{{% extends \"{}\" %}}\n{{# Nothing is changed yet. Blocks that can be:\n\n{}#}}\n",
            parent.full(),
            list.replace("#}", "# }")
        ),
    }
}

fn purposes(all: &[Block]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for block in all.iter().filter(|b| !b.name.is_empty()) {
        if !found.iter().any(|(name, _)| *name == block.name) {
            found.push((block.name.clone(), block.purpose.clone().unwrap_or_else(|| "no purpose is given".to_owned())));
        }
    }
    found
}

/// Adds a block, with the comment that says what it is for.
fn take(name: &str, mut text: String, from: &Found<'_>, block: &Block, lock: &mut Lock) -> String {
    let ours = &from.text[block.outer.clone()];
    let is_theme = has_ending(name, "typ");
    if let Some(purpose) = block.purpose.as_ref().filter(|_| !is_theme) {
        text.push_str(&format!("\n{{# block {}: {purpose} #}}", block.name));
    }
    text.push('\n');
    text.push_str(ours);
    if !ours.ends_with('\n') {
        text.push('\n');
    }
    lock.remember(name, from, Some((&block.name, ours)));
    text
}

/// The template that is there with more blocks at its end.
fn added(
    file: Found<'_>,
    path: &Path,
    parents: &[Found<'_>],
    wanted: &[String],
    lock: &mut Lock,
) -> Result<String, Report> {
    let place = Place::file(path.display().to_string());
    if extends_of(file.name, file.text).is_none() {
        let error = Diagnostic::error(codes::EDITED_SINCE, "your template replaces ours whole").place(place);
        return Err(error.hint("change it there; `convenor templates diff` shows how it differs from ours").into());
    }
    let own = blocks_of(file.name, file.text);
    if let Some(block) = wanted.iter().find(|w| own.iter().any(|b| b.name == **w)) {
        let error =
            Diagnostic::error(codes::EDITED_SINCE, format!("your template changes the block `{block}` already"));
        return Err(error
            .place(place)
            .hint("change it there; `convenor templates diff` shows how it differs from ours")
            .into());
    }
    if wanted.is_empty() {
        let error = Diagnostic::error(codes::EDITED_SINCE, "there is a template of this name already").place(place);
        return Err(error.hint("name a block to add to it with `--block`").into());
    }
    let all: Vec<Block> = parents.iter().flat_map(|file| blocks_of(file.name, file.text)).collect();
    let chosen = chosen(file.name, parents, &all, wanted)?;
    let text = format!("{}\n", file.text.trim_end());
    Ok(chosen.iter().fold(text, |text, (from, block)| take(file.name, text, from, block, lock)))
}
