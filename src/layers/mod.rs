//! Ordered layers of files in memory: the embedded base, the region's folder if there is one, and the council's on top.
//!
//! In: folders. Out: for a name, the nearest file and the layer that it comes from.
//!
//! Deliberately absent: merging. The nearest layer wins, a whole file at a time; Tera's blocks do the rest.

pub mod blocks;
mod ending;
mod pictures;
mod source;
mod themes;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use rust_embed::Embed;

pub use ending::has_ending;
pub use pictures::{PICTURES, PictureOf};
pub use themes::{Apart, OwnThemes};

use crate::diag::{Diagnostic, Place, Report, codes};

#[derive(Embed)]
#[folder = "templates/"]
struct BaseFiles;

/// One layer: its name and its files by path, such as `minutes.md` or `theme/brand.typ`.
#[derive(Debug, Clone)]
pub struct Layer {
    /// `base`, or the id of the region or of the council.
    pub name: String,
    /// The folder of its files, for messages.
    pub origin: String,
    /// Whether it was built into the program.
    embedded: bool,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// A text file in its layer.
#[derive(Debug, Clone, Copy)]
pub struct Found<'l> {
    /// The layer.
    pub layer: &'l Layer,
    /// Its name in the layer, such as `minutes.md`.
    pub name: &'l str,
    /// Its text.
    pub text: &'l str,
}

impl Found<'_> {
    /// Its name with that of its layer, as templates write it: `base/minutes.md`.
    pub fn full(&self) -> String {
        format!("{}/{}", self.layer.name, self.name)
    }
}

/// Layers from the base upwards.
#[derive(Debug, Clone)]
pub struct Layers {
    layers: Vec<Layer>,
    own_themes: OwnThemes,
}

/// The name of the lowest layer.
pub const BASE: &str = "base";

/// The most bytes of a template.
const MAX_FILE: u64 = 1024 * 1024;

impl Layers {
    /// Only the base.
    pub fn base() -> Self {
        let mut files = BTreeMap::new();
        for name in BaseFiles::iter() {
            let data = BaseFiles::get(&name).expect("rust-embed lists only what it holds").data;
            // `base/minutes.md` is `minutes.md` of the base; `theme/brand.typ` keeps its folder.
            files.insert(name.strip_prefix("base/").unwrap_or(&name).to_owned(), data);
        }
        let layer = Layer { name: BASE.to_owned(), origin: "convenor".to_owned(), embedded: true, files };
        Self { layers: vec![layer], own_themes: OwnThemes::default() }
    }

    /// The same layers, with a policy for theme code that is not ours. The default is to refuse it.
    #[must_use]
    pub fn with_own_themes(self, own_themes: OwnThemes) -> Self {
        Self { own_themes, ..self }
    }

    /// The policy for theme code that is not ours.
    pub fn own_themes(&self) -> &OwnThemes {
        &self.own_themes
    }

    /// Whether any words, or data that words are made from, are not ours.
    pub fn has_own_words(&self) -> bool {
        let others = self.layers.iter().filter(|layer| !layer.embedded);
        others.flat_map(Layer::files).any(|(name, _)| !has_ending(name, "typ"))
    }

    /// Every theme file that is not ours, each with its layer's name, the nearest first.
    pub fn own_theme_files(&self) -> Vec<String> {
        let others = self.layers.iter().rev().filter(|layer| !layer.embedded);
        let files = others.flat_map(|layer| layer.files().map(move |(name, _)| (layer, name)));
        files
            .filter(|(_, name)| has_ending(name, "typ"))
            .map(|(layer, name)| format!("{}/{name}", layer.name))
            .collect()
    }

    /// The path of each file that is not built in, by the name that messages call it: `northmere/terms.md`.
    pub fn paths(&self) -> BTreeMap<String, String> {
        let others = self.layers.iter().filter(|layer| !layer.embedded);
        let files = others.flat_map(|layer| layer.files().map(move |(name, _)| (layer, name)));
        files.map(|(layer, name)| (format!("{}/{name}", layer.name), format!("{}/{name}", layer.origin))).collect()
    }

    /// Reads another base from a folder with the layout of our own, `base/` and `theme/`. So a council can see what the
    /// templates of another version would do to its own before it adopts them.
    ///
    /// # Errors
    /// If there is no such folder, or a file in it cannot be read.
    pub fn base_from(folder: &Path) -> Result<Self, Report> {
        if !folder.join("base").is_dir() {
            return Err(Diagnostic::error(
                codes::UNREADABLE,
                "this is not a folder of templates: it has no `base` in it",
            )
            .place(Place::file(folder.display().to_string()))
            .hint("name a folder like `templates` of the program's source")
            .into());
        }
        let layer = Layer::read(BASE, folder)?;
        let short = |name: String| name.strip_prefix("base/").map_or(name.clone(), str::to_owned);
        let files = layer.files.into_iter().map(|(name, data)| (short(name), data)).collect();
        Ok(Self { layers: vec![Layer { files, ..layer }], own_themes: OwnThemes::default() })
    }

    /// The same layers with another one on top.
    #[must_use]
    pub fn with_layer(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    /// The nearest file of this name and its layer.
    pub fn get(&self, name: &str) -> Option<(&Layer, &[u8])> {
        self.layers.iter().rev().find_map(|layer| layer.files.get(name).map(|data| (layer, data.as_ref())))
    }

    /// The nearest file of this name as text.
    pub fn text(&self, name: &str) -> Option<(&Layer, &str)> {
        let (layer, data) = self.get(name)?;
        std::str::from_utf8(data).ok().map(|text| (layer, text))
    }

    /// Resolves a name as a template means it: `base/minutes.md` is the file of that layer, `minutes.md` the nearest
    /// one.
    pub fn named(&self, name: &str) -> Option<Found<'_>> {
        let of_a_layer = name.split_once('/').and_then(|(of, name)| {
            let layer = self.layers.iter().find(|layer| layer.name == of)?;
            let (name, _) = layer.files.get_key_value(name)?;
            Some(Found { layer, name, text: layer.text(name)? })
        });
        of_a_layer.or_else(|| {
            let layer = self.layers.iter().rev().find(|layer| layer.files.contains_key(name))?;
            let (name, _) = layer.files.get_key_value(name)?;
            Some(Found { layer, name, text: layer.text(name)? })
        })
    }

    /// The files that a template extends, the nearest first. A cycle is cut off after a few.
    pub fn ancestors(&self, layer: &Layer, name: &str) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut parent =
            layer.text(name).and_then(|text| blocks::extends_of(name, text)).and_then(|parent| self.named(parent));
        while let Some(file) = parent.take().filter(|_| found.len() < self.layers.len() + 8) {
            parent = blocks::extends_of(file.name, file.text).and_then(|parent| self.named(parent));
            found.push(file);
        }
        found
    }

    /// Removes a file from a layer above the base. Returns whether it was there.
    pub fn take_out(&mut self, full: &str) -> bool {
        let Some((of, name)) = full.split_once('/') else { return false };
        let above = self.layers.iter_mut().skip(1);
        above.filter(|layer| layer.name == of).any(|layer| layer.files.remove(name).is_some())
    }

    /// Every layer from the base upwards.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Layer> {
        self.layers.iter()
    }
}

impl Layer {
    /// Reads every file below a folder. A missing folder is an empty layer.
    ///
    /// # Errors
    /// If a file cannot be read, or is too large.
    pub fn read(name: &str, folder: &Path) -> Result<Self, Report> {
        let origin = folder.display().to_string();
        let mut layer = Self { name: name.to_owned(), origin, embedded: false, files: BTreeMap::new() };
        collect(folder, "", &mut layer)?;
        Ok(layer)
    }

    /// A layer of files in memory, by their paths, under the same rules as files on the disk. `origin` stands for their
    /// folder in messages.
    ///
    /// # Errors
    /// If a file's name is not allowed for a template, or it is too large.
    pub fn of_files<'f>(
        name: &str,
        origin: String,
        files: impl Iterator<Item = (&'f str, &'f [u8])>,
    ) -> Result<Self, Report> {
        let mut layer = Self { name: name.to_owned(), origin, embedded: false, files: BTreeMap::new() };
        for (path, data) in files.filter(|(path, _)| !path.split('/').any(is_hidden)) {
            let place = format!("{}/{path}", layer.origin);
            if !path.split('/').all(is_name) {
                return Err(no_name(&place));
            }
            if data.len() as u64 > MAX_FILE {
                return Err(too_large(&place));
            }
            layer.files.insert(path.to_owned(), Cow::Owned(unix_lines(data.to_vec())));
        }
        Ok(layer)
    }

    /// One of its files as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(name)?).ok()
    }

    /// Every file of the layer, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, data)| (name.as_str(), data.as_ref()))
    }

    /// A text file, for whoever keeps it: what is built in is not copied. `None` if there is no such file, or it is not text.
    pub fn kept(&self, name: &str) -> Option<Cow<'static, str>> {
        match self.files.get(name)? {
            Cow::Borrowed(data) => std::str::from_utf8(data).ok().map(Cow::Borrowed),
            Cow::Owned(data) => std::str::from_utf8(data).ok().map(|text| Cow::Owned(text.to_owned())),
        }
    }
}

/// The front matter of a template: the YAML between the `---` lines, if it starts with one.
pub fn front_matter(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---\n")?;
    Some(&rest[..=rest.find("\n---\n")?])
}

fn fault(place: &str, message: impl Into<String>) -> Report {
    Diagnostic::error(codes::UNREADABLE, message).place(Place::file(place)).into()
}

fn no_name(place: &str) -> Report {
    let message = "the name of a template consists of plain letters, digits, hyphens and full stops";
    let error = Diagnostic::error(codes::BAD_TEMPLATE, message).place(Place::file(place));
    error.hint("rename it, or take it out of the folder of templates").into()
}

fn too_large(place: &str) -> Report {
    let is_picture = has_ending(place, "svg") || has_ending(place, "png");
    let (message, hint) = if is_picture {
        ("the picture is larger than 1 MB", "save it smaller or simpler; it is 38 mm wide at most")
    } else {
        ("the template is larger than 1 MB", "check that it is the right file; a long template has some 20 kB")
    };
    Diagnostic::error(codes::OVER_BUDGET, message).place(Place::file(place)).hint(hint).into()
}

/// Whether a file or folder of this name is hidden, as on most systems, and left alone.
fn is_hidden(part: &str) -> bool {
    part.starts_with('.') && !matches!(part, "." | "..")
}

/// Whether a part of a path is allowed for a template.
fn is_name(part: &str) -> bool {
    !matches!(part, "" | "." | "..")
        && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '))
}

fn collect(folder: &Path, prefix: &str, layer: &mut Layer) -> Result<(), Report> {
    let fault = |path: &Path, message: String| fault(&path.display().to_string(), message);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        // A council without a `templates` folder has changed no template.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(fault(folder, format!("the folder of templates cannot be read: {e}"))),
    };
    for entry in entries {
        let entry = entry.map_err(|e| fault(folder, format!("the folder of templates cannot be read: {e}")))?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if is_hidden(&name) {
            continue;
        }
        if !is_name(&name) {
            return Err(no_name(&path.display().to_string()));
        }
        let name = format!("{prefix}{name}");
        // A link may lead anywhere, but templates may only read their own layers.
        if entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
            return Err(fault(&path, "this is a link, and templates must not leave their folder".to_owned()));
        }
        if path.is_dir() {
            collect(&path, &format!("{name}/"), layer)?;
            continue;
        }
        let data = read_file(&path).map_err(|why| fault(&path, why))?;
        let data = data.ok_or_else(|| too_large(&path.display().to_string()))?;
        layer.files.insert(name, Cow::Owned(unix_lines(data)));
    }
    Ok(())
}

/// The bytes of a template, or why it cannot be read; `None` if it is too large. A pipe or a device is never opened: that
/// may wait for ever.
fn read_file(path: &Path) -> Result<Option<Vec<u8>>, String> {
    let in_words = |e: std::io::Error| format!("the template cannot be read: {e}");
    if !std::fs::symlink_metadata(path).map_err(in_words)?.is_file() {
        return Err("this is not a file".to_owned());
    }
    let mut data = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut data));
    Ok((read.map_err(in_words)? as u64 <= MAX_FILE).then_some(data))
}

/// Normalises text: no byte-order mark, and line feeds as line endings.
fn unix_lines(data: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(data) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").into_bytes(),
        Err(not_text) => not_text.into_bytes(),
    }
}
