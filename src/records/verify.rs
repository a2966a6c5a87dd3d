//! Whether a folder of papers is sound: every file is as the register says, and none holds what its readers may not read.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Verdict, conference};
use crate::check::Checked;
use crate::check::person::{Likeness, likeness};
use crate::deliver::{Entry, Shelf, Status, shelf};
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::gate::hash;
use crate::jobs::{Press, ReadBack};

/// Recomputes all that the register says and reads every file back.
///
/// # Errors
/// If the folder, its register or its conference cannot be read. What is wrong with the papers is in the verdict.
pub fn verify(folder: &Path, data: Option<&Path>) -> Result<Verdict, Report> {
    let shelf = shelf(folder)?;
    let checked = conference(folder, data)?;
    let press = Press::new(&checked)?;
    let audit = Audit { folder, shelf: &shelf, checked: &checked, press: &press };
    let mut report = Report::default();
    audit.registers(&mut report);
    for entry in shelf.register.entries.values() {
        audit.entry(entry, &mut report);
    }
    audit.strangers(&mut report);
    audit.data(&mut report);
    let read_back = audit.read_back(&press.read_back()?, &mut report);
    report.sort();
    Ok(Verdict { folder: folder.to_owned(), counts: counts(&shelf), read_back, report })
}

struct Audit<'a> {
    folder: &'a Path,
    shelf: &'a Shelf,
    checked: &'a Checked,
    press: &'a Press<'a>,
}

impl Audit<'_> {
    fn at(&self, file: &str) -> Place {
        Place::file(self.folder.join(file).display().to_string())
    }

    fn registers(&self, report: &mut Report) {
        if !self.shelf.registers_agree {
            report.push(
                Diagnostic::error(
                    codes::NOT_AS_MADE,
                    "`register.csv` and `register.json` do not say the same, or were edited",
                )
                .place(self.at("register.json"))
                .hint("build the papers again into an empty folder"),
            );
        }
    }

    fn entry(&self, entry: &Entry, report: &mut Report) {
        let place = self.at(&entry.file);
        match self.shelf.files.get(&entry.file) {
            None => report.push(
                Diagnostic::error(codes::MISSING_PAPER, "the register has this paper, and the folder has not")
                    .place(place.clone())
                    .hint("build again, or put it back"),
            ),
            Some(data) if hash(data) != entry.hash => report.push(changed(entry).place(place.clone())),
            Some(_) => {}
        }
        let below = entry.file.split_once('/').map(|(audience, _)| audience);
        if below != Some(entry.audience.as_str()) && entry.status != Status::Superseded {
            let message = format!("this paper is for the {} audience and lies in another's folder", entry.audience);
            report.push(Diagnostic::error(codes::NOT_AS_MADE, message).place(place.clone()).hint("build again"));
        }
        if entry.status != Status::Draft {
            checked_by_another(entry, place, report);
        }
    }

    /// Files that lie among the papers and are none.
    fn strangers(&self, report: &mut Report) {
        for file in self.shelf.files.keys().filter(|f| !self.shelf.register.entries.contains_key(*f)) {
            report.push(
                Diagnostic::error(codes::NOT_IN_REGISTER, "this file is not in the register")
                    .place(self.at(file))
                    .hint("take it out of this folder, so that nobody sends it"),
            );
        }
    }

    fn data(&self, report: &mut Report) {
        let standing = || self.shelf.register.entries.values().filter(|e| e.status != Status::Superseded);
        let others = standing().filter(|e| e.data != self.checked.fingerprint).count();
        let words = standing().filter(|e| e.templates != self.press.fingerprint()).count();
        for (number, what) in [(others, "the data has"), (words, "templates or theme have")] {
            if number > 0 {
                let message = format!(
                    "{what} changed since {} made",
                    if number == 1 { "1 paper was".to_owned() } else { format!("{number} papers were") }
                );
                report.push(
                    Diagnostic::warning(codes::NOT_AS_MADE, message)
                        .place(self.at("register.json"))
                        .hint("build again for papers that say what the data says now; released ones change only with a higher `version:`"),
                );
            }
        }
    }

    /// A paper that lies there instead of another holds many things that it should not: that is one error.
    fn told_once(&self, file: &str, data: &[u8], leaks: Report) -> Report {
        let ours = self.shelf.register.entries.get(file).is_some_and(|e| e.hash == hash(data));
        if ours || leaks.diagnostics.len() == 1 {
            return leaks;
        }
        let texts = count(leaks.diagnostics.len(), "text");
        Diagnostic::error(codes::LEAK, format!("this file holds {texts} that its readers may not read"))
            .place(self.at(file))
            .hint("it is not the paper that belongs here: take it out of this folder")
            .into()
    }

    /// Every file is read back, in the register or not: it could be sent.
    fn read_back(&self, gate: &ReadBack<'_>, report: &mut Report) -> usize {
        let mut read = 0;
        for (file, data) in &self.shelf.files {
            match gate.file(file, data) {
                None => {}
                Some(Ok(())) => read += 1,
                Some(Err(leaks)) => {
                    read += 1;
                    report.merge(self.told_once(file, data, leaks));
                }
            }
        }
        read
    }
}

/// A released paper has a checker, and it is not its maker.
fn checked_by_another(entry: &Entry, place: Place, report: &mut Report) {
    match &entry.checker {
        None => report.push(
            Diagnostic::error(codes::NOT_AS_MADE, "this paper is released, and nobody is entered as having checked it")
                .place(place)
                .hint("a paper is released with `convenor release` only"),
        ),
        Some(checker) if likeness(checker, &entry.maker) == Likeness::Same => report.push(
            Diagnostic::error(codes::SAME_PERSON, "whoever made this paper is entered as having checked it")
                .place(place)
                .hint("have somebody else check it, and release it again"),
        ),
        Some(_) => {}
    }
}

fn changed(entry: &Entry) -> Diagnostic {
    if entry.status == Status::Draft {
        return Diagnostic::error(codes::NOT_AS_MADE, "this paper is not as it was made")
            .hint("keep your changes under another name, and build again");
    }
    let since = format!("this paper was changed after it was {}", entry.status.id());
    Diagnostic::error(codes::RELEASED, since)
        .hint("put the released file back from a copy, or raise `version:` and build again")
}

fn counts(shelf: &Shelf) -> Vec<(String, &'static str, usize)> {
    let mut counts: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    for entry in shelf.register.entries.values() {
        *counts.entry((entry.audience.clone(), entry.status.id())).or_default() += 1;
    }
    counts.into_iter().map(|((audience, status), number)| (audience, status, number)).collect()
}

impl Verdict {
    /// The verdict in a few lines.
    pub fn lines(&self) -> Vec<String> {
        let papers: usize = self.counts.iter().map(|(_, _, n)| n).sum();
        let mut lines =
            vec![format!("{}: {}, {} read back", self.folder.display(), count(papers, "paper"), self.read_back)];
        lines.extend(self.counts.iter().map(|(audience, status, n)| format!("{n:>5}  {audience}, {status}")));
        let (errors, warnings) = self.report.counts();
        lines.push(match (errors, warnings) {
            (0, 0) => {
                "Sound: every file is as the register says, and none holds what its readers may not read.".to_owned()
            }
            (0, _) => format!("Sound, with {}.", count(warnings, "warning")),
            _ => format!("Not sound: {}. Send nothing from this folder.", count(errors, "problem")),
        });
        lines
    }
}
