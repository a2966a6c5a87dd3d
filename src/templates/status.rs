//! Whether what a layer changes is still in step with what it was made from.

use super::lock::{Lock, Origin};
use super::{below, block_in};
use crate::diag::Report;
use crate::layers::blocks::{blocks_of, extends_of};
use crate::layers::{Found, Layers};

/// How a part of a layer's template stands to what it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It says what the layer below says.
    Unchanged,
    /// It says something of its own, and what it was made from has not moved.
    Customised,
    /// What it was made from has moved since, and it has not.
    Behind,
    /// It says something of its own, and nobody remembers what it was made from.
    Untracked,
    /// Nothing of its name is below it: a paper or a block of the layer's own.
    Own,
}

impl State {
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

/// Which part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A block of it.
    Block(String),
}

/// A part of a layer's template with the three texts that tell its state.
#[derive(Debug, Clone)]
pub struct Status {
    /// The layer that it is a part of.
    pub layer: String,
    /// The template.
    pub file: String,
    /// The part.
    pub part: Part,
    /// How it stands.
    pub state: State,
    /// The layer below whose text it replaces.
    pub from: String,
    /// The text below as it was when the part was made from it, if it is remembered.
    pub then: Option<String>,
    /// The text below as it is.
    pub now: Option<String>,
    /// The layer's own text.
    pub yours: String,
}

/// Every part that the layers above the base change, lower layers first.
///
/// # Errors
/// If what a layer remembers cannot be read.
pub fn status(layers: &Layers) -> Result<Vec<Status>, Report> {
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

fn of_file(layers: &Layers, file: Found<'_>, origin: Option<&Origin>) -> Vec<Status> {
    let below = below(layers, file);
    let make = |part: Part, from: &str, then: Option<&String>, now: Option<&str>, yours: &str| Status {
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
        return vec![make(Part::Whole, from, then, parent.map(|p| p.text), file.text)];
    }
    let own = blocks_of(file.name, file.text);
    let part = |block: &crate::layers::blocks::Block| {
        let found = block_in(&below, &block.name);
        let from = found.as_ref().map(|(f, _)| f.layer.name.clone()).unwrap_or_default();
        let now = found.map(|(f, b)| f.text[b.outer].to_owned());
        let then = origin.and_then(|o| o.blocks.get(&block.name));
        let yours = &file.text[block.outer.clone()];
        make(Part::Block(block.name.clone()), &from, then, now.as_deref(), yours)
    };
    // A block within a block that is changed is a part of that one.
    own.iter().filter(|b| b.within.is_none()).map(part).collect()
}

/// Where the text below is gone and was there, that too is a move.
fn state(then: Option<&str>, now: Option<&str>, yours: &str) -> State {
    let same = |a: &str, b: &str| a.trim() == b.trim();
    match (then, now) {
        (None, None) => State::Own,
        (_, Some(now)) if same(now, yours) => State::Unchanged,
        (Some(then), Some(now)) if same(then, now) => State::Customised,
        (Some(_), _) => State::Behind,
        (None, Some(_)) => State::Untracked,
    }
}
