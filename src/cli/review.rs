//! `new --review-of`: the file of the next conference, begun from the last.

use std::path::{Component, Path, PathBuf};

use super::FINE;
use super::report::Output;
use super::source::{self, Council};
use super::templates::args::New;
use crate::check;
use crate::copies;
use crate::deliver::{self, Authored};
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::input::{self, Typed};
use crate::series::{self, NextConference};

/// The review of a workbook is a workbook.
fn as_workbook(new: &New, of: &Path) -> bool {
    new.workbook || input::is_workbook(of)
}

fn file(new: &New, of: &Path) -> &'static str {
    if as_workbook(new, of) { "conference.xlsx" } else { "conference.yaml" }
}

pub fn new_review(new: &New, of: &Path, output: &mut Output<'_>) -> u8 {
    match written(new, of, output) {
        Ok(next) => {
            say(new, of, &next, output);
            FINE
        }
        Err(report) => output.report(&report),
    }
}

fn written(new: &New, of: &Path, output: &Output<'_>) -> Result<NextConference, Report> {
    source::ensure_file(of, "carried over")?;
    let folder = &new.folder;
    let named = |message: &str| {
        Diagnostic::error(codes::EDITED_SINCE, message).place(Place::file(folder.display().to_string()))
    };
    if input::is_in_use(folder) {
        return Err(named("there is something of this name already")
            .hint("choose another name; nothing was changed")
            .into());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if input::has_no_council(above) {
        let error = Diagnostic::error(codes::NO_BOROUGH, "there is no borough.yaml above the new folder");
        let error = error.place(Place::file(folder.display().to_string()));
        return Err(error.hint("make it below the folder of the council, such as beside the last conference").into());
    }
    let council = Council { borough: None };
    let loaded = source::load(of, &council)?.with_own_themes(output.own_themes.clone());
    let checked = check::check(loaded)?;
    let name = of.display().to_string();
    let typed = Typed::of(of)?;
    let (Some(root), _) = typed.tree(&name) else {
        return Err(Diagnostic::error(codes::BAD_SYNTAX, "the file changed while it was read")
            .place(Place::file(name))
            .into());
    };
    let beside = of.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let way = way(folder, beside);
    let from = |file: &str| if way.is_empty() { file.to_owned() } else { format!("{way}/{file}") };
    let last = of.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let next = series::review_of(&checked, &root, &from(&last), &from(""));
    let data = if as_workbook(new, of) {
        copies::next_as_workbook(&next.text, above)?
    } else {
        next.text.clone().into_bytes()
    };
    deliver::put_folder(&[Authored::new(file(new, of).to_owned(), data)], folder)?;
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

fn say(new: &New, of: &Path, next: &NextConference, output: &mut Output<'_>) {
    let file = format!("{}/{}", new.folder.display(), file(new, of));
    let (open, all) = next.actions;
    output.say(&format!("{file}: a review that carries {}, {open} of them outstanding", count(all, "action")));
    if !next.left.is_empty() {
        output.say(&format!("Left behind, withdrawn or uninvited: {}", next.left.join(", ")));
    }
    output.say("Comments are not carried over. What is still to be filled in, and who is to come for which points, `check` lists:\n");
    output.say(&format!("  convenor check {file}"));
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
