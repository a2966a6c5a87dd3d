//! Loads a conference from files in memory, for services that must not write what people typed to a disk.
//!
//! In: [`Files`]. Out: the same as [`load`](super::load) returns for these files in a folder, byte for byte.
//!
//! Deliberately absent: the disk. No temporary folder is made.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::assemble::{Sources, assemble};
use super::beside::Beside;
use super::council;
use super::loaded::Loaded;
use super::text::{name_of, text_in, text_of};
use super::typed::Typed;
use crate::diag::Report;
use crate::layers::Layers;

/// The files of one conference, in memory.
///
/// ```
/// use convenor::{Files, Request};
///
/// # fn main() -> Result<(), convenor::diag::Report> {
/// # let text = |name: &str| {
/// #     let files = convenor::example_files();
/// #     let data = files.into_iter().find(|(file, _)| file == name).expect("the example has it").1;
/// #     String::from_utf8(data).expect("it is text")
/// # };
/// # let (posted, council, logo) = (text("conference.yaml"), text("borough.yaml"), text("logo.svg"));
/// let mut files = Files::new(posted, council);
/// files.others.insert("logo.svg".into(), logo.into_bytes());
/// files.others.insert("templates/terms.md".into(), b"{% extends \"base/terms.md\" %}\n".to_vec());
/// let checked = convenor::check(convenor::load_from(files)?)?;
/// let request = Request { only: vec!["terms".into()], ..Request::default() };
/// assert_eq!(convenor::build(&checked, &request)?.files.len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Files {
    /// The text of the conference file, YAML or JSON. Not needed beside a workbook.
    pub conference: String,
    /// The conference as a workbook instead, XLSX or ODS. Default: none.
    pub workbook: Option<Vec<u8>>,
    /// The name of that file in messages. Default: `conference.yaml`.
    pub name: String,
    /// The text of the council's `borough.yaml`.
    pub borough: String,
    /// Everything else that the papers are made from, by its path beside `borough.yaml`, with `/` between the parts:
    /// `logo.svg`, `templates/terms.md`, `templates/legal.yaml`, `regions/mere-and-vale/region.yaml`.
    pub others: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// A conference and its council.
    pub fn new(conference: impl Into<String>, borough: impl Into<String>) -> Self {
        let (conference, borough) = (conference.into(), borough.into());
        Self { conference, workbook: None, name: "conference.yaml".to_owned(), borough, others: BTreeMap::new() }
    }
}

/// Lists the files, without anything from their content.
impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("others", &self.others.keys()).finish_non_exhaustive()
    }
}

/// Loads a conference from files in memory. Nothing is read from the disk, and nothing is written to it.
///
/// # Errors
/// If a file cannot be parsed or contains too little to continue. Faults that leave the rest readable are in
/// [`Loaded::report`].
pub fn load_from(files: Files) -> Result<Loaded, Report> {
    let Files { conference, workbook, name, borough, others } = files;
    let name = if name.is_empty() { "conference.yaml".to_owned() } else { name };
    let conference = match workbook {
        Some(data) => Typed::read(&name, data.as_slice())?,
        None => Typed::Text(text_in(&name, conference.as_bytes())?),
    };
    let sources = Sources {
        conference: (name, conference),
        borough: ("borough.yaml".to_owned(), text_in("borough.yaml", borough.as_bytes())?),
        beside: Beside::Memory(&others),
        people: None,
        base: Layers::base(),
    };
    assemble(sources)
}

/// Loads a conference that is in memory, of a council that is on the disk. `name` stands for the conference in
/// messages; `council` is the council's `borough.yaml`, or a folder with one in it or above it.
///
/// # Errors
/// As for [`load`](super::load).
pub fn load_text(name: &str, text: &str, council: &Path) -> Result<Loaded, Report> {
    load_typed(name, Typed::Text(text_in(name, text.as_bytes())?), council)
}

/// The same, of a conference that may be a workbook.
///
/// # Errors
/// As for [`load`](super::load).
pub fn load_typed(name: &str, typed: Typed, council: &Path) -> Result<Loaded, Report> {
    of_council((name.to_owned(), typed), council, Some(Path::new("")))
}

/// A conference of the council at a path: its `borough.yaml`, or a folder with one in it or above it.
pub fn of_council(conference: (String, Typed), named: &Path, people: Option<&Path>) -> Result<Loaded, Report> {
    let borough = council::named(named)?;
    let folder = borough.parent().unwrap_or(Path::new("."));
    let sources = Sources {
        conference,
        borough: (name_of(&borough), text_of(&borough)?),
        beside: Beside::Folder(folder),
        people,
        base: Layers::base(),
    };
    assemble(sources)
}
