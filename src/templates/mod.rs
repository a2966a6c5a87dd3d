//! Tools for the authors of a council's templates: the files that can be changed, a copy to start from, and whether
//! changed files are still in step with ours.
//!
//! In: the layers of a council. Out: the purpose of each of their files, the origin of each line, and what has changed.
//!
//! Deliberately absent: making papers (`jobs`), and drawing for a terminal (`cli`).

mod accepted;
mod begin;
mod compare;
mod eject;
mod explain;
mod lock;
mod review;
mod show;
mod start;
mod status;
mod trial;

use crate::diag::{Diagnostic, Place, codes};
use crate::layers::blocks::{Tag, TagKind, TemplateBlock, blocks_of, each_tag, extends_of, tags};
use crate::layers::{Found, Layer, Layers, has_ending};

pub use accepted::{Change, Moved};
pub use begin::{begin, begin_council, folder_name};
pub use compare::{DiffLine, DiffSide, lines};
pub use eject::eject;
pub use explain::{Explained, explain};
pub use lock::settle;
pub use review::{begin_review, propose_review};
pub use show::{Shown, ShownBlock, show};
pub use start::{Begun, start, start_workbook};
pub use status::{PartState, PartStatus, TemplatePart, status};
pub use trial::{Trial, together, trial};

/// A file of the layers as the nearest layer has it, and the layers that contribute to it.
#[derive(Debug, Clone)]
pub struct ListedTemplate {
    /// Its name, such as `minutes.md` or `theme/brand.typ`.
    pub name: String,
    /// The layer of the file that the others extend.
    pub origin: String,
    /// The layers above that change it, with the blocks that each of them changes.
    pub changes: Vec<(String, Vec<String>)>,
    /// Its front matter, if it is a paper.
    pub artefact: Option<crate::model::artefact::Artefact>,
    /// The comment at its start, if it is a part of papers.
    pub purpose: Option<String>,
}

/// Every file of the layers, papers first.
pub fn list(layers: &Layers) -> Vec<ListedTemplate> {
    let mut listed: Vec<ListedTemplate> = names(layers).into_iter().map(|name| one(layers, name)).collect();
    listed.sort_by_key(|l| (l.artefact.is_none(), l.name.contains('/'), l.name.clone()));
    listed
}

fn one(layers: &Layers, name: &str) -> ListedTemplate {
    let chain = chain(layers, name);
    let origin = chain.last().map(|file| file.layer.name.clone()).unwrap_or_default();
    let above = chain.iter().rev().skip(1);
    let blocks = |file: &Found<'_>| blocks_of(file.name, file.text).into_iter().map(|b| b.name).collect();
    let changes = above.map(|file| (file.layer.name.clone(), blocks(file))).collect();
    let front = chain.iter().find_map(|file| crate::words::front_matter(&file.full(), file.text));
    let purpose = chain.iter().rev().find_map(|file| opening_comment(file)).filter(|_| front.is_none());
    ListedTemplate { name: name.to_owned(), origin, changes, artefact: front, purpose }
}

/// The comment with which a template begins.
fn opening_comment(file: &Found<'_>) -> Option<String> {
    let tag = each_tag(file.text).next().filter(|_| has_ending(file.name, "md"))?;
    let opens = tag.kind == TagKind::Comment && file.text[..tag.span.start].trim().is_empty();
    opens.then(|| file.text[tag.inside].split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a template includes another by this name.
fn includes(text: &str, name: &str) -> bool {
    let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{name}{quote}"));
    let is_include = |tag: &Tag| tag.kind == TagKind::Statement && tag.word(text) == "include";
    tags(text)
        .iter()
        .filter(|tag| is_include(tag))
        .any(|tag| quoted.iter().any(|q| text[tag.inside.clone()].contains(q)))
}

/// The paper that a part belongs to: the first that includes it.
fn paper_with(layers: &Layers, part: &str) -> Option<ListedTemplate> {
    let has_it = |paper: &ListedTemplate| chain(layers, &paper.name).iter().any(|file| includes(file.text, part));
    list(layers).into_iter().filter(|listed| listed.artefact.is_some()).find(has_it)
}

fn names(layers: &Layers) -> std::collections::BTreeSet<&str> {
    layers.iter().flat_map(Layer::files).map(|(name, _)| name).collect()
}

/// The nearest file of a name and the files that it extends, down to the one that extends nothing.
fn chain<'l>(layers: &'l Layers, name: &str) -> Vec<Found<'l>> {
    let Some(nearest) = nearest(layers, name) else { return Vec::new() };
    let mut chain = vec![nearest];
    chain.extend(layers.ancestors(nearest.layer, nearest.name));
    chain
}

fn nearest<'l>(layers: &'l Layers, name: &str) -> Option<Found<'l>> {
    layers.iter().rev().find_map(|layer| in_layer(layer, name))
}

fn in_layer<'l>(layer: &'l Layer, name: &str) -> Option<Found<'l>> {
    let (name, _) = layer.files().find(|(n, _)| *n == name)?;
    Some(Found { layer, name, text: layer.text(name)? })
}

/// The files that a layer's file builds on: those that it extends or, if it replaces one as a whole, the file of its
/// name in the layers below.
fn below<'l>(layers: &'l Layers, file: Found<'l>) -> Vec<Found<'l>> {
    if extends_of(file.name, file.text).is_some() {
        return layers.ancestors(file.layer, file.name);
    }
    let lower = layers.iter().take_while(|layer| layer.name != file.layer.name);
    let Some(parent) = lower.filter_map(|layer| in_layer(layer, file.name)).last() else { return Vec::new() };
    std::iter::once(parent).chain(layers.ancestors(parent.layer, parent.name)).collect()
}

/// A block, in the nearest of some files that has it.
fn block_in<'l>(files: &[Found<'l>], name: &str) -> Option<(Found<'l>, TemplateBlock)> {
    files.iter().find_map(|file| {
        let block = blocks_of(file.name, file.text).into_iter().find(|block| block.name == name)?;
        Some((*file, block))
    })
}

/// Finds the file meant by `terms`, `terms.md` or `theme/brand`.
///
/// # Errors
/// If there is none; the hint suggests a similar name.
pub fn file_named(layers: &Layers, typed: &str) -> Result<String, Diagnostic> {
    let names = names(layers);
    let tries = [typed.to_owned(), format!("{typed}.md"), format!("{typed}.typ"), format!("{typed}.yaml")];
    if let Some(name) = tries.iter().find(|name| names.contains(name.as_str())) {
        return Ok(name.clone());
    }
    let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("there is no template called `{typed}`"));
    let error = error.place(Place::file("TEMPLATE"));
    let short = names.iter().map(|name| name.trim_end_matches(".md"));
    let error = error.suggest(typed, short.chain(names.iter().copied()));
    let hint = error.hint.clone();
    Err(if hint.is_some() { error } else { error.hint("`convenor templates list` shows them all") })
}
