//! The source of a paper as the layers resolve it, each line with the file that it comes from.

use crate::layers::Layers;
use crate::layers::blocks::{TemplateBlock, blocks_of};
use crate::layers::{BASE, Found};

/// A template as the layers resolve it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// Its blocks, those of the lowest file first.
    pub blocks: Vec<ShownBlock>,
    /// Its lines.
    pub lines: Vec<ShownLine>,
}

/// A block of a template.
#[derive(Debug, Clone)]
pub struct ShownBlock {
    /// Its name.
    pub name: String,
    /// Its purpose.
    pub purpose: String,
    /// The layer whose text is printed.
    pub layer: String,
    /// How many blocks enclose it.
    pub depth: usize,
}

/// A line of a template.
#[derive(Debug, Clone)]
pub struct ShownLine {
    /// The layer that it comes from.
    pub layer: String,
    /// Its number in the file of that layer.
    pub number: usize,
    /// Its text.
    pub text: String,
}

/// Resolves a template. If a layer changes a block, its lines take the place of those that they replace; `{{ super()
/// }}` is left as written.
pub fn show(layers: &Layers, name: &str) -> Shown {
    let chain = super::chain(layers, name);
    let mut lines = Vec::new();
    if let Some((root, above)) = chain.split_last() {
        push(root, 0..root.text.len(), above, &mut lines);
        // The lower theme file lacks any name that the nearest one defines anew.
        lines.retain(|line: &ShownLine| !line.text.is_empty() || line.layer == root.layer.name);
    }
    Shown { name: name.to_owned(), blocks: blocks(&chain), lines }
}

/// Every block of the chain, with the layer that wins.
fn blocks(chain: &[Found<'_>]) -> Vec<ShownBlock> {
    let mut shown: Vec<ShownBlock> = Vec::new();
    for file in chain.iter().rev() {
        let found = blocks_of(file.name, file.text);
        for block in &found {
            if let Some(known) = shown.iter_mut().find(|b| b.name == block.name) {
                known.layer.clone_from(&file.layer.name);
                continue;
            }
            let purpose = block.purpose.clone().unwrap_or_else(|| "no purpose is given".to_owned());
            let depth = depth(block, &found);
            shown.push(ShownBlock { name: block.name.clone(), purpose, layer: file.layer.name.clone(), depth });
        }
    }
    shown
}

fn depth(block: &TemplateBlock, all: &[TemplateBlock]) -> usize {
    let parent = block.within.as_ref().and_then(|name| all.iter().find(|b| b.name == *name));
    parent.map_or(0, |parent| 1 + depth(parent, all))
}

/// Pushes a part of a file. A block that a file above changes is pushed from there.
fn push(file: &Found<'_>, part: std::ops::Range<usize>, above: &[Found<'_>], lines: &mut Vec<ShownLine>) {
    let mut at = part.start;
    let here = blocks_of(file.name, file.text);
    for block in here.iter().filter(|b| b.outer.start >= part.start && b.outer.end <= part.end) {
        let Some((changed, own)) = super::block_in(above, &block.name) else { continue };
        if block.outer.start < at {
            continue;
        }
        text(file, at..block.outer.start, lines);
        let higher = above.iter().position(|f| f.layer.name == changed.layer.name).unwrap_or_default();
        push(&changed, own.outer.clone(), &above[..higher], lines);
        at = block.outer.end;
    }
    text(file, at..part.end, lines);
}

fn text(file: &Found<'_>, part: std::ops::Range<usize>, lines: &mut Vec<ShownLine>) {
    let first = file.text[..part.start].matches('\n').count() + 1;
    for (i, line) in file.text[part].lines().enumerate() {
        lines.push(ShownLine { layer: file.layer.name.clone(), number: first + i, text: line.to_owned() });
    }
}

impl ShownLine {
    /// Whether it is one of ours.
    pub fn is_ours(&self) -> bool {
        self.layer == BASE
    }
}
