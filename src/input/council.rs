//! A council without a conference: its `borough.yaml` and its layers, for work on its templates.
//!
//! In: a folder, or a folder below it. Out: [`Council`].
//!
//! Deliberately absent: rules, and the texts of the templates.

use std::path::{Path, PathBuf};

use super::beside::Beside;
use super::parsed::take;
use super::places::Places;
use super::text::{name_of, text_of};
use super::{disk, region};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::layers::Layers;
use crate::model::Borough;

/// A council, for work on its templates.
#[derive(Debug, Clone)]
pub struct Council {
    /// The content of `borough.yaml`.
    pub borough: Borough,
    /// The folder of `borough.yaml`.
    pub folder: PathBuf,
    /// The base, the region if there is one, the council's own.
    pub layers: Layers,
}

/// Loads the council whose `borough.yaml` is in `folder` or in the nearest folder above it, on top of `base`.
///
/// # Errors
/// If there is none, it has a fault, or a template cannot be read.
pub fn council(folder: &Path, base: Layers) -> Result<Council, Report> {
    let file = find(folder)?;
    let folder = file.parent().unwrap_or(Path::new(".")).to_path_buf();
    let mut report = Report::default();
    let (borough, index) = take::<Borough>(&name_of(&file), &text_of(&file)?, &mut report);
    let mut places = Places { borough: index, ..Places::default() };
    let region = borough.as_ref().and_then(|b| region::read(b, Beside::Folder(&folder), &mut places, &mut report));
    match borough {
        Some(borough) if !report.has_errors() => {
            let layers = layers(&borough, region.as_ref(), Beside::Folder(&folder), base)?;
            Ok(Council { borough, folder, layers })
        }
        _ => {
            report.sort();
            Err(report)
        }
    }
}

/// The `borough.yaml` at a path, or that of the folder at it.
pub fn named(named: &Path) -> Result<PathBuf, Report> {
    if named.is_dir() { find(named) } else { Ok(named.to_owned()) }
}

/// Whether a folder exists, but has no `borough.yaml` in it or above it.
pub fn has_no_council(folder: &Path) -> bool {
    folder.is_dir() && find(folder).is_err()
}

/// The `borough.yaml` of a folder or of the nearest folder above it.
pub fn find(folder: &Path) -> Result<PathBuf, Report> {
    let missing = || {
        Diagnostic::error(codes::NO_BOROUGH, "there is no `borough.yaml` in this folder or in one above it")
            .place(Place::file(name_of(folder)))
            .hint("name the council's folder, or start one with `convenor new NAME`")
    };
    if !folder.is_dir() {
        let error = Diagnostic::error(codes::UNREADABLE, "there is no such folder").place(Place::file(name_of(folder)));
        return Err(error.hint("name the folder that contains `borough.yaml`").into());
    }
    let here = folder.join("borough.yaml");
    if disk::is_there(&here) {
        return Ok(here);
    }
    let start = std::path::absolute(folder).map_err(|_| missing())?;
    let found = start.ancestors().map(|f| f.join("borough.yaml")).find(|file| disk::is_there(file));
    found.ok_or_else(|| missing().into())
}

/// The base with the layers of a council on top.
pub(super) fn layers(
    borough: &Borough,
    region: Option<&region::FoundRegion>,
    beside: Beside<'_>,
    base: Layers,
) -> Result<Layers, Report> {
    let region = region.map(|region| (region.id.as_str(), region.folder.join("templates")));
    let own = (borough.id.as_str(), beside.templates());
    region.into_iter().chain([own]).try_fold(base, |layers, (name, folder)| {
        Ok(beside.layer(name, &folder)?.into_iter().fold(layers, Layers::with_layer))
    })
}
