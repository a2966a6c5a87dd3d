//! Whether the changes of a layer are still in step with the text that they were made from.

use super::lock::{Lock, Origin};
use super::{below, block_in};
use crate::diag::Report;
use crate::layers::blocks::{blocks_of, extends_of};
use crate::layers::{Found, Layers, front_matter};
use crate::model::language::{self, TranslationFront};
use crate::yaml;

/// The state of a part of a layer's template, compared with its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// It is the same as in the layer below.
    Unchanged,
    /// It differs, and its origin has not changed.
    Customised,
    /// Its origin has changed since, and it has not.
    Behind,
    /// It differs, and there is no record of its origin.
    Untracked,
    /// There is nothing of its name below: it is a paper or a block of the layer's own.
    Own,
}

impl PartState {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Customised => "customised",
            Self::Behind => "behind",
            Self::Untracked => "untracked",
            Self::Own => "own",
        }
    }
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// All of it.
    Whole,
    /// A block of it.
    Block(String),
}

/// A part of a layer's template, with the three texts that determine its state.
#[derive(Debug, Clone)]
pub struct PartStatus {
    /// The layer that it is a part of.
    pub layer: String,
    /// The template.
    pub file: String,
    /// The part.
    pub part: TemplatePart,
    /// Its state.
    pub state: PartState,
    /// The layer below, whose text it replaces.
    pub from: String,
    /// The text below as it was when the part was made from it, if that was recorded.
    pub then: Option<String>,
    /// The text below as it is now. `None` if there is none.
    pub now: Option<String>,
    /// The layer's own text.
    pub yours: String,
}

/// Every part that the layers above the base change, lower layers first.
///
/// # Errors
/// If the record of a layer cannot be read.
pub fn status(layers: &Layers) -> Result<Vec<PartStatus>, Report> {
    let mut all = Vec::new();
    for layer in layers.iter().skip(1) {
        let lock = Lock::of(layer)?;
        for (name, _) in layer.files() {
            if let Some(text) = layer.text(name) {
                all.extend(of_file(layers, Found { layer, name, text }, lock.files.get(name)));
            }
        }
    }
    Ok(all)
}

fn of_file(layers: &Layers, file: Found<'_>, origin: Option<&Origin>) -> Vec<PartStatus> {
    if let Some((of, _)) = language::of_file(file.name)
        && let Some(status) = of_translation(layers, file, &of)
    {
        return vec![status];
    }
    let below = below(layers, file);
    let make = |part: TemplatePart, from: &str, then: Option<&String>, now: Option<&str>, yours: &str| PartStatus {
        layer: file.layer.name.clone(),
        file: file.name.to_owned(),
        part,
        state: state(then.map(String::as_str), now, yours),
        from: from.to_owned(),
        then: then.cloned(),
        now: now.map(str::to_owned),
        yours: yours.to_owned(),
    };
    if extends_of(file.name, file.text).is_none() {
        let parent = below.first();
        let from = parent.map(|p| p.layer.name.as_str()).unwrap_or_default();
        let then = origin.and_then(|o| o.whole.as_ref());
        return vec![make(TemplatePart::Whole, from, then, parent.map(|p| p.text), file.text)];
    }
    let own = blocks_of(file.name, file.text);
    let part = |block: &crate::layers::blocks::TemplateBlock| {
        let found = block_in(&below, &block.name);
        let from = found.as_ref().map(|(f, _)| f.layer.name.clone()).unwrap_or_default();
        let now = found.map(|(f, b)| f.text[b.outer].to_owned());
        let then = origin.and_then(|o| o.blocks.get(&block.name));
        let yours = &file.text[block.outer.clone()];
        make(TemplatePart::Block(block.name.clone()), &from, then, now.as_deref(), yours)
    };
    // A block inside a changed block is part of that one.
    own.iter().filter(|b| b.within.is_none()).map(part).collect()
}

/// A paper in another language: its origin is the English one, and its front matter says which words of it.
fn of_translation(layers: &Layers, file: Found<'_>, of: &str) -> Option<PartStatus> {
    let english = layers.named(of)?;
    let now = layers.source_of(of)?;
    let front = front_matter(file.text)?;
    let made_from = yaml::read::<TranslationFront>(file.name, front).value?.of;
    Some(PartStatus {
        layer: file.layer.name.clone(),
        file: file.name.to_owned(),
        part: TemplatePart::Whole,
        state: match made_from {
            Some(of) if of == now => PartState::Customised,
            Some(_) => PartState::Behind,
            None => PartState::Untracked,
        },
        from: english.layer.name.clone(),
        // The words in English are no earlier text of these.
        then: None,
        now: None,
        yours: file.text.to_owned(),
    })
}

/// Determines the state. If the text below has gone, that counts as a change too.
fn state(then: Option<&str>, now: Option<&str>, yours: &str) -> PartState {
    let same = |a: &str, b: &str| a.trim() == b.trim();
    match (then, now) {
        (None, None) => PartState::Own,
        (_, Some(now)) if same(now, yours) => PartState::Unchanged,
        (Some(then), Some(now)) if same(then, now) => PartState::Customised,
        (Some(_), _) => PartState::Behind,
        (None, Some(_)) => PartState::Untracked,
    }
}
