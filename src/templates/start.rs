//! A folder to start from: a council and a conference in which everything that only the council can know is left out, or says
//! that it is to be filled in.
//!
//! Deliberately absent: facts. What an example says of its people, its days and its approvals would be released one day as if
//! it were meant.

use std::path::Path;

use crate::copies;
use crate::deliver::{self, Authored};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input;

/// The form in which the conference of a new folder is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// YAML, with words where something is to be filled in.
    Text,
    /// A workbook with empty cells.
    Workbook,
    /// A workbook, filled in with the built-in example.
    ExampleWorkbook,
}

/// Writes a folder with everything that papers are made from, under the council's name: `northmere` makes Northmere.
///
/// # Errors
/// If the name cannot be one, if there is something in the folder already, or if it cannot be written.
pub fn start(folder: &Path, begun: Begun) -> Result<Vec<String>, Report> {
    let id = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.starts_with(|c: char| c.is_ascii_lowercase())
        || !id.chars().all(plain)
        || id == crate::layers::BASE
        || id.ends_with('-')
        || id.len() > 40
    {
        let error = Diagnostic::error(codes::BAD_REFERENCE, format!("`{}` cannot be a council's id", folder.display()));
        return Err(error
            .hint("use lower-case letters, digits and hyphens, and start with a letter: `kestrel-vale`")
            .into());
    }
    ensure_free(folder)?;
    let name = format!("{} Council", title(id));
    let borough = council_text(id, &name).into_bytes();
    let files = match begun {
        Begun::Text => vec![
            Authored::new("borough.yaml".to_owned(), borough),
            Authored::new("conference.yaml".to_owned(), conference_text(id, &name)),
            Authored::new("logo.svg".to_owned(), mark(&name).into_bytes()),
        ],
        Begun::Workbook => vec![
            Authored::new("conference.xlsx".to_owned(), workbook(&borough)?),
            Authored::new("borough.yaml".to_owned(), borough),
            Authored::new("logo.svg".to_owned(), mark(&name).into_bytes()),
        ],
        Begun::ExampleWorkbook => whole_example()?,
    };
    deliver::put_folder(&files, folder)?;
    Ok(files.into_iter().map(|file| file.path).collect())
}

/// Writes a folder with an empty workbook in it, for the council above.
///
/// # Errors
/// If there is something in the folder already, the council cannot be read, or the folder cannot be written.
pub fn start_workbook(folder: &Path) -> Result<Vec<String>, Report> {
    ensure_free(folder)?;
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = [Authored::new("conference.xlsx".to_owned(), copies::blank(above)?)];
    deliver::put_folder(&files, folder)?;
    Ok(files.into_iter().map(|file| file.path).collect())
}

/// The `borough.yaml` to start from.
pub(super) fn council_text(id: &str, name: &str) -> String {
    named(include_str!("start/borough.yaml"), id, name)
}

/// The conference to start from.
pub(super) fn conference_text(id: &str, name: &str) -> String {
    named(include_str!("start/conference.yaml"), id, name)
}

fn named(text: &str, id: &str, name: &str) -> String {
    text.replace("@id@", id).replace("@name@", name)
}

/// The example's mark under a council's name.
pub(super) fn mark(name: &str) -> String {
    let example = input::example_files().into_iter().find(|(file, _)| file == "logo.svg");
    example.map(|(_, data)| plain_mark(&String::from_utf8_lossy(&data), name)).unwrap_or_default()
}

/// Checks that nothing has the name of a folder yet, or an empty one.
pub(super) fn ensure_free(folder: &Path) -> Result<(), Report> {
    if input::is_in_use(folder) {
        let error = Diagnostic::error(codes::EDITED_SINCE, "there is something of this name already");
        let error = error.place(Place::file(folder.display().to_string()));
        return Err(error.hint("choose another name; nothing was changed").into());
    }
    Ok(())
}

/// An empty workbook for a council that is about to be written.
fn workbook(borough: &[u8]) -> Result<Vec<u8>, Report> {
    copies::blank_for(&String::from_utf8_lossy(borough))
}

/// The built-in example, with a workbook in place of its conference file.
fn whole_example() -> Result<Vec<Authored>, Report> {
    let mut files: Vec<Authored> = Vec::new();
    for (name, data) in input::example_files() {
        if name == "conference.yaml" {
            files.push(Authored::new("conference.xlsx".to_owned(), copies::example()?));
        } else {
            files.push(Authored::new(name, data));
        }
    }
    Ok(files)
}

/// `kestrel-vale` as `Kestrel Vale`.
fn title(id: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    id.split('-').filter(|w| !w.is_empty()).map(word).collect::<Vec<_>>().join(" ")
}

/// The example's mark without the words beside it, which are another council's name drawn as outlines.
fn plain_mark(svg: &str, name: &str) -> String {
    let lines = svg.lines().filter(|line| {
        let words = line.starts_with("<path fill=\"#0b5d4e\" d=\"M") && line.len() > 200;
        !words && !line.starts_with("<!--")
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    text.replace("London Borough of Marshgate", name).replace(
        "width=\"240\" height=\"72\" viewBox=\"0 0 240 72\"",
        "width=\"56\" height=\"72\" viewBox=\"0 0 56 72\"",
    )
}
