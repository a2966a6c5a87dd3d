//! Reports of why a record cannot be written or read, for the owner of the folder.

use std::path::Path;

use super::commit::Stop;
use super::log::LineFault;
use super::record::CannotHold;
use crate::deliver::cannot_write;
use crate::deliver::held::NotHeld;
use crate::diag::{Diagnostic, Place, Report, codes};

fn at(root: &Path, file: &str) -> Place {
    Place::file(if file.is_empty() { root.display().to_string() } else { root.join(file).display().to_string() })
}

/// The report of a change that stopped.
pub fn stopped(root: &Path, stop: Stop) -> Report {
    match stop {
        Stop::Edited(files) => {
            let mut report = Report::default();
            for file in files {
                report.push(edited(root, &file));
            }
            report
        }
        Stop::Disk(file, error) => cannot_write(&root.join(file), &error),
        Stop::Changed => {
            let error = Diagnostic::error(codes::LOCKED, "another run has written into this folder meanwhile");
            error.place(at(root, super::log::LOG)).hint("run the same command again").into()
        }
        Stop::Running(folder) => {
            let error =
                Diagnostic::error(codes::STOPPED, "a run that releases letters has begun here and has not ended");
            error
                .place(at(root, &folder))
                .hint("run the same `convenor invite` again: it resumes where it stopped")
                .into()
        }
    }
}

/// The error for a file that a person changed or put where a paper should go.
pub fn edited(root: &Path, file: &str) -> Diagnostic {
    Diagnostic::error(codes::EDITED_SINCE, "this file has changed since it was made")
        .place(at(root, file))
        .hint("keep your changes under another name, or overwrite them with `--force`")
}

/// The error for a link in the place of a folder of papers.
pub fn linked(root: &Path, link: &str) -> Diagnostic {
    Diagnostic::error(codes::NOT_IN_REGISTER, "this is a link in the place of a folder of papers; it was not followed")
        .place(at(root, link))
        .hint("put the folder itself in its place")
}

/// A paper without the mark of a draft that no line of the record knows: it may have been sent.
pub fn released_without_a_line(root: &Path, file: &str) -> Diagnostic {
    Diagnostic::error(codes::RELEASED, "this paper has no draft mark, and the record does not say that it was released")
        .place(at(root, file))
        .hint("put the latest `record.jsonl` back from a copy; if the paper does not belong here, move it away")
}

/// The report of a folder that another run holds, or that cannot be held.
pub fn not_held(root: &Path, why: NotHeld) -> Report {
    match why {
        NotHeld::Busy => Diagnostic::error(codes::LOCKED, "another run is writing into this folder")
            .place(at(root, ""))
            .hint("wait until it has ended, or choose another folder with `-o`")
            .into(),
        NotHeld::Disk(error) => cannot_write(root, &error),
    }
}

/// The report of a record that cannot be held.
pub fn cannot_hold(root: &Path, why: CannotHold) -> Report {
    match why {
        CannotHold::Broken(fault) => broken(root, fault).into(),
        CannotHold::Forked(files) => {
            let mut report = Report::default();
            for file in files {
                report.push(forked(root, &file));
            }
            report
        }
        CannotHold::Behind => behind(root).into(),
        CannotHold::Another(reference) => {
            let message = format!("this folder is the record of `{reference}`, or of another share of it");
            let error = Diagnostic::error(codes::BROKEN_RECORD, message).place(at(root, super::log::LOG));
            error.hint("choose another folder with `-o`").into()
        }
        CannotHold::Disposed(on) => {
            let error =
                Diagnostic::error(codes::DISPOSED, format!("the papers of this conference were destroyed on {on}"));
            error
                .place(at(root, super::log::LOG))
                .hint("choose another folder with `-o`; `convenor record` says who said so")
                .into()
        }
        CannotHold::Stopped(stop) => stopped(root, stop),
    }
}

/// The error for a line of the log that is not valid.
pub fn broken(root: &Path, fault: LineFault) -> Diagnostic {
    let LineFault { line, kind } = fault;
    let message = format!("line {line} of the record {}", kind.in_words());
    let error = Diagnostic::error(codes::BROKEN_RECORD, message).place(at(root, super::log::LOG));
    let holds = match line - 1 {
        0 => "no line of it can be proved".to_owned(),
        1 => "line 1 can be proved".to_owned(),
        last => format!("lines 1 to {last} can be proved"),
    };
    error.note(holds).hint(
        "put `record.jsonl` back from a copy, or take the copy in with `convenor take-in`; until then nothing is written here",
    )
}

/// The error for a log that is shorter than the one that the registers were made from.
pub fn behind(root: &Path) -> Diagnostic {
    let message = "the register was made from a longer record than this one: lines are missing at its end";
    Diagnostic::error(codes::BROKEN_RECORD, message)
        .place(at(root, super::log::LOG))
        .hint("put `record.jsonl` back from the latest copy; a sync program may have brought an old one back")
}

/// The error for a log that forks from ours.
pub fn forked(root: &Path, file: &str) -> Diagnostic {
    let message = "this is a second record of the same conference, which was continued elsewhere";
    Diagnostic::error(codes::FORKED_RECORD, message)
        .place(at(root, file))
        .hint("take it in with `convenor take-in`, which says where the two diverge; or remove it if it is not wanted")
}
