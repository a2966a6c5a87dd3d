//! The council's other files: its logo, fonts, templates and region, wherever they are.
//!
//! In: a name from `borough.yaml`. Out: bytes, a layer, a region's file, or why there is none.
//!
//! Deliberately absent: the meaning of the files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::disk;
use super::example::Example;
use super::text::{name_of, no_such_file, text_in, text_of};
use crate::diag::Report;
use crate::layers::Layer;

/// The place of the council's other files.
#[derive(Clone, Copy)]
pub enum Beside<'f> {
    /// In the folder of `borough.yaml`; its regions there or beside a folder above it.
    Folder(&'f Path),
    /// In memory, by their paths in such a folder.
    Memory(&'f BTreeMap<String, Vec<u8>>),
    /// Built in, with the example.
    Example,
}

/// The most bytes of a logo or a font. (The largest fonts, with all Chinese characters, have some 30 MB.)
const MAX_BYTES: u64 = 64 * 1024 * 1024;

impl Beside<'_> {
    /// A file by its name in `borough.yaml`, or why there is none. Paths out of the folder are refused, and so are
    /// links, which may lead anywhere.
    pub fn file(self, name: &str) -> Result<Vec<u8>, &'static str> {
        let cannot_be_read = "cannot be read";
        if name.contains("..") || Path::new(name).is_absolute() {
            return Err(cannot_be_read);
        }
        let data = match self {
            Beside::Folder(folder) if folder.join(name).is_symlink() => Err(cannot_be_read),
            Beside::Folder(folder) => match disk::bytes(&folder.join(name), MAX_BYTES) {
                Ok(data) => Ok(data),
                Err(e) if disk::is_not_a_file(&e) => Err("is not a file"),
                Err(_) => Err(cannot_be_read),
            },
            Beside::Memory(files) => match files.get(name) {
                Some(data) => Ok((data.len() as u64 <= MAX_BYTES).then(|| data.clone())),
                None => Err(cannot_be_read),
            },
            Beside::Example => Ok(Example::get(name).map(|f| f.data.into_owned())),
        };
        data?.ok_or(if matches!(self, Beside::Example) { cannot_be_read } else { "is larger than 64 MB" })
    }

    /// The templates in a folder as a layer of this name, which may be empty. `None` for the example, which has none.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn layer(self, name: &str, folder: &Path) -> Result<Option<Layer>, Report> {
        match self {
            Beside::Folder(_) => Layer::read(name, folder).map(Some),
            Beside::Memory(files) => {
                let origin = name_of(folder);
                let below = format!("{origin}/");
                let inside =
                    files.iter().filter_map(|(path, data)| Some((path.strip_prefix(&below)?, data.as_slice())));
                Layer::of_files(name, origin, inside).map(Some)
            }
            Beside::Example => Ok(None),
        }
    }

    /// The folder of the council's templates.
    pub fn templates(self) -> PathBuf {
        match self {
            Beside::Folder(folder) => folder.join("templates"),
            Beside::Memory(_) | Beside::Example => PathBuf::from("templates"),
        }
    }

    /// The folder of a region: the nearest `regions/ID`, relative if possible.
    pub fn region(self, id: &str) -> Option<PathBuf> {
        match self {
            Beside::Folder(folder) => {
                let below = |folder: &Path| Some(folder.join("regions").join(id)).filter(|f| f.is_dir());
                let near = folder.ancestors().find_map(below);
                // The folder of a bare name is empty, which no system takes for this one.
                let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                near.or_else(|| std::path::absolute(here).ok()?.ancestors().find_map(below))
            }
            Beside::Memory(files) => {
                let folder = format!("regions/{id}");
                let is_inside = |path: &String| path.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/'));
                files.keys().any(is_inside).then(|| PathBuf::from(&folder))
            }
            Beside::Example => None,
        }
    }

    /// The text of a region's file.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn text(self, path: &Path) -> Result<String, Report> {
        match self {
            Beside::Memory(files) => {
                let name = name_of(path);
                match files.get(&name) {
                    Some(data) => text_in(&name, data.as_slice()),
                    None => Err(no_such_file(&name)),
                }
            }
            Beside::Folder(_) | Beside::Example => text_of(path),
        }
    }
}
