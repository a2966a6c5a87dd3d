//! The region of a council: the layer between ours and its own.
//!
//! In: the name in `borough.yaml`. Out: the folder of that name, and the content of its `region.yaml`.
//!
//! Deliberately absent: the content of the region's templates, which are a layer like any other.

use std::path::PathBuf;

use super::beside::Beside;
use super::parsed::take;
use super::places::{BOROUGH, Places};
use super::text::name_of;
use crate::diag::{Diagnostic, Report, codes};
use crate::layers::BASE;
use crate::model::Borough;
use crate::model::borough::Region;

/// A region that was found.
pub struct FoundRegion {
    /// Its name in `borough.yaml`, which is the name of its layer.
    pub id: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The content of its file.
    pub region: Region,
    /// The text of its file.
    pub text: String,
}

/// Finds and reads the region that a council names. Any faults go to the report.
pub fn read(borough: &Borough, beside: Beside<'_>, places: &mut Places, report: &mut Report) -> Option<FoundRegion> {
    let id = borough.region.clone()?;
    let found = if is_name(&id, borough) { beside.region(&id) } else { None };
    let Some(folder) = found else {
        let error = if is_name(&id, borough) {
            Diagnostic::error(codes::NO_REGION, format!("there is no folder `regions/{id}`"))
                .hint("it is looked for beside `borough.yaml` and beside each folder above it")
        } else {
            Diagnostic::error(codes::NO_REGION, format!("`{id}` cannot be the name of a region"))
                .hint("use lower-case letters, digits and hyphens, and neither `base` nor the council's own id")
        };
        report.push(places.locate(error.at(format!("{BOROUGH}region"))));
        return None;
    };
    let file = folder.join("region.yaml");
    let text = beside.text(&file).unwrap_or_else(|faults| {
        report.merge(faults);
        String::new()
    });
    let (region, index) =
        if text.is_empty() { Default::default() } else { take::<Region>(&name_of(&file), &text, report) };
    places.region = index;
    Some(FoundRegion { id, folder, region: region.unwrap_or_default(), text })
}

pub(super) fn is_name(id: &str, borough: &Borough) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(plain) && id != BASE && id != borough.id
}
