//! The origins of a layer's templates: `.ejected.json` beside them.
//!
//! It contains names inside the layers, hashes and our own text, but no paths of a machine, so it can be kept with the
//! templates and read anywhere.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{below, block_in, in_layer};
use crate::deliver::{self, Authored, Over};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate;
use crate::input;
use crate::layers::blocks::{blocks_of, extends_of};
use crate::layers::{Found, Layer, Layers};

/// The name of the file.
pub const FILE: &str = ".ejected.json";

/// The content of the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Lock {
    about: String,
    /// The origins, by the name of the template.
    pub files: BTreeMap<String, Origin>,
    /// The text of the file as it was read, if there is one.
    #[serde(skip)]
    before: Option<String>,
}

/// The origin of a template.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The file that it was made from, with its layer: `base/terms.md`.
    pub from: String,
    /// The BLAKE3 hash of that file at the time.
    pub hash: String,
    /// The blocks that were copied from it, as they were.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub blocks: BTreeMap<String, String>,
    /// The whole file as it was, if it was copied as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<String>,
}

const ABOUT: &str = "Made by `convenor templates`: our text that each template here was made from, so that `convenor templates status` can tell when ours moves. Keep it with the templates.";

impl Lock {
    /// Reads the file of a layer; empty if it has none.
    ///
    /// # Errors
    /// If it cannot be read or understood.
    pub fn of(layer: &Layer) -> Result<Self, Report> {
        let path = Path::new(&layer.origin).join(FILE);
        let Some(text) = input::text_if_there(&path)? else { return Ok(Self::default()) };
        let lock: Result<Self, _> = serde_json::from_str(&text);
        lock.map(|lock| Self { before: Some(text), ..lock }).map_err(|e| {
            Diagnostic::error(codes::BAD_SYNTAX, format!("this is not the file that `convenor` wrote: {e}"))
                .place(Place::file(path.display().to_string()))
                .hint("restore it from version control, or delete it and run `convenor templates diff --accept` for each template")
                .into()
        })
    }

    /// The file, in place of the one that was read.
    pub fn authored(&self) -> Authored {
        let before = self.before.clone().map_or(Over::Nothing, Over::Text);
        Authored::new(FILE, self.text()).over(before)
    }

    fn text(&self) -> Vec<u8> {
        let with_about = Self { about: ABOUT.to_owned(), files: self.files.clone(), before: None };
        let mut text = serde_json::to_string_pretty(&with_about).expect("maps of text always serialise");
        text.push('\n');
        text.into_bytes()
    }

    /// Records a block of a file, or the whole file.
    pub fn remember(&mut self, name: &str, from: &Found<'_>, block: Option<(&str, &str)>) {
        let origin = self.files.entry(name.to_owned()).or_default();
        origin.from = from.full();
        origin.hash = gate::hash(from.text.as_bytes());
        match block {
            Some((block, text)) => drop(origin.blocks.insert(block.to_owned(), text.to_owned())),
            None => origin.whole = Some(from.text.to_owned()),
        }
    }
}

/// Records that a layer's template is in step with the file below it: from now on `status` compares with the current
/// text. With a block, only that one.
///
/// # Errors
/// If the layer has no such template or block, or the file cannot be written.
pub fn settle(layers: &Layers, layer: &Layer, name: &str, block: Option<&str>) -> Result<(), Report> {
    let Some(file) = in_layer(layer, name) else {
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("`{}` has no `{name}` of its own", layer.name));
        let error = error.place(Place::file(&layer.origin));
        return Err(error.hint("`convenor templates status` lists what it has").into());
    };
    let above = below(layers, file);
    let mut lock = Lock::of(layer)?;
    if extends_of(name, file.text).is_none() {
        if let Some(parent) = above.first() {
            lock.remember(name, parent, None);
        }
    } else {
        let own: Vec<String> = blocks_of(name, file.text).into_iter().map(|b| b.name).collect();
        if let Some(block) = block.filter(|block| !own.iter().any(|o| o == block)) {
            let error =
                Diagnostic::error(codes::UNUSED_BLOCK, format!("your `{name}` does not change a block `{block}`"));
            return Err(error.suggest(block, own.iter().map(String::as_str)).into());
        }
        for own in own.iter().filter(|own| block.is_none_or(|block| block == own.as_str())) {
            if let Some((parent, there)) = block_in(&above, own) {
                lock.remember(name, &parent, Some((own, &parent.text[there.outer])));
            }
        }
        if let Some(origin) = lock.files.get_mut(name) {
            origin.blocks.retain(|block, _| own.contains(block));
        }
    }
    deliver::put_over(&[lock.authored()], Path::new(&layer.origin))
}
