//! The next conference about the same context, begun from the file of the last in a folder of its own.
//!
//! In: the file of the last, a folder that is to be made, and what is known of the next. Out: the folder.
//!
//! Deliberately absent: what is carried over (`series`).

use std::path::{Component, Path, PathBuf};

use super::begin::spliced;
use super::start::{Begun, ensure_free};
use crate::check::{Checked, check};
use crate::copies;
use crate::deliver::{self, Authored};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input::{self, Typed};
use crate::layers::OwnThemes;
use crate::series::{self, NextConference};
use crate::yaml::{Edit, Node};

/// The name of a new file.
const FILE: &str = "conference.yaml";

/// The last conference: what was checked of it, its tree, and the folder that it is in.
struct Last<'l> {
    checked: Checked,
    root: Node,
    name: String,
    folder: &'l Path,
}

impl<'l> Last<'l> {
    fn of(of: &'l Path, own_themes: &OwnThemes) -> Result<Self, Report> {
        let checked = check(input::load(of)?.with_own_themes(own_themes.clone()))?;
        let name = of.display().to_string();
        let (Some(root), _) = Typed::of(of)?.tree(&name) else {
            return Err(Diagnostic::error(codes::BAD_SYNTAX, "the file changed while it was read")
                .place(Place::file(name))
                .into());
        };
        let name = of.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = of.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { checked, root, name, folder })
    }

    /// Checks that there was a meeting to look back on.
    fn ensure_held(&self) -> Result<(), Report> {
        let Some(cancelled) = &self.checked.conference.meeting.cancelled else { return Ok(()) };
        let message = format!("this meeting was cancelled on {}: no review can follow it", cancelled.on);
        let error = Diagnostic::error(codes::NOTHING_TO_MAKE, message).at("meeting.cancelled");
        let hint = "to call it again, copy the folder, give the copy a `reference` and days of its own, and take out `meeting.cancelled`";
        let mut report = Report::of(self.checked.places.locate(error.hint(hint)));
        report.take_sources(self.checked.warnings());
        Err(report)
    }

    /// The next, as a file in another folder; without one, as a file beside it.
    fn next(&self, folder: Option<&Path>) -> NextConference {
        let way = folder.map(|folder| way(folder, self.folder)).unwrap_or_default();
        let from = |file: &str| if way.is_empty() { file.to_owned() } else { format!("{way}/{file}") };
        series::review_of(&self.checked, &self.root, &from(&self.name), &from(""))
    }
}

/// The next conference as it would be begun, and its agenda, if it is one that can be read. Nothing is written.
///
/// # Errors
/// If the last cannot be read, or is not right.
pub fn propose_review(of: &Path, own_themes: &OwnThemes) -> Result<(NextConference, Vec<String>), Report> {
    let last = Last::of(of, own_themes)?;
    last.ensure_held()?;
    let next = last.next(None);
    let loaded = input::load_with(&last.folder.join(FILE), None, &next.text)?;
    Ok((next, loaded.agenda.iter().map(|point| point.title.clone()).collect()))
}

/// Writes a folder with the next conference in it. `fields` are edits of its file; with any, it has to be a conference without a
/// fault.
///
/// # Errors
/// If the last cannot be read or is not right, there is something of this name already or no council above it, an edit is wrong,
/// or the folder cannot be written. Nothing is written then.
pub fn begin_review(
    folder: &Path,
    of: &Path,
    own_themes: &OwnThemes,
    begun: Begun,
    fields: &[Edit],
) -> Result<NextConference, Report> {
    ensure_free(folder)?;
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if input::has_no_council(above) {
        let error = Diagnostic::error(codes::NO_BOROUGH, "there is no borough.yaml above the new folder");
        let error = error.place(Place::file(folder.display().to_string()));
        return Err(error.hint("make it below the folder of the council, such as beside the last conference").into());
    }
    let last = Last::of(of, own_themes)?;
    last.ensure_held()?;
    let mut next = last.next(Some(folder));
    if !fields.is_empty() {
        // Its folder is not there yet: it is proved as a file beside the last.
        let beside = spliced(FILE, &last.next(None).text, fields)?;
        check(input::load_with(&last.folder.join(FILE), None, &beside)?)?;
        next.text = spliced(FILE, &next.text, fields)?;
    }
    let (name, data) = match begun {
        Begun::Text => (FILE, next.text.clone().into_bytes()),
        Begun::Workbook | Begun::ExampleWorkbook => ("conference.xlsx", copies::next_as_workbook(&next.text, above)?),
    };
    deliver::put_folder(&[Authored::new(name.to_owned(), data)], folder)?;
    Ok(next)
}

/// The way from one folder to another, with `/` between its parts.
fn way(from: &Path, to: &Path) -> String {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let plain = |path: PathBuf| {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part {
                Component::ParentDir => drop(parts.pop()),
                Component::CurDir => {}
                other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
            }
        }
        parts
    };
    let (from, to) = (plain(whole(from)), plain(whole(to)));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_a_folder_to_another_is_as_short_as_it_can_be() {
        for (from, to, expected) in [
            ("a/review", "a/first", "../first"),
            ("a/review", "a", ".."),
            ("review", ".", ".."),
            ("a/b", "c/d", "../../c/d"),
            ("a/./b/../c", "a", ".."),
        ] {
            assert_eq!(way(Path::new(from), Path::new(to)), expected, "{from} to {to}");
        }
    }
}
