//! Verifies every file in the folder: unchanged, changed, missing, or unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::super::commit::{Moves, STAGE, staged};
use super::super::event::TookIn;
use super::super::folder::Papers;
use super::super::index::{audience_of_index, in_place};
use super::super::log::{self, LOG};
use super::super::missing::{as_noted, or_lost};
use super::super::ranges::Ranges;
use super::super::record::Own;
use super::super::report::{linked as linked_folder, stopped};
use super::super::state::{Paper, PaperStatus, is_of_run};
use super::super::{share, upgrade};
use super::audit::{Audit, Data};
use crate::deliver::disk::FoundKind;
use crate::deliver::held::{LOCK, PROBE};
use crate::diag::{Diagnostic, Report, Severity, codes, count};
use crate::gate::Hash;
use crate::jobs::ReadBack;
use crate::layers::has_ending;

impl Audit<'_> {
    /// Verifies every file in the folder, whatever its name. Returns the number that the gate has read.
    pub(super) fn files(&mut self, gate: Option<&ReadBack<'_>>) -> Result<usize, Report> {
        let found = self.disk("", self.disk.walk())?;
        let by_folded: BTreeMap<String, String> =
            self.state().papers.keys().map(|file| (folded(file), file.clone())).collect();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let shares = share::folders(self.disk, &found, self.reference);
        let (mut read_back, mut linked) = (0, Vec::new());
        for file in found.iter().filter(|file| !shares.iter().any(|share| file.at.starts_with(&format!("{share}/")))) {
            match file.kind {
                FoundKind::EmptyFolder => {}
                FoundKind::Special if self.holds_papers(&file.at) => {
                    linked.push(format!("{}/", file.at));
                    let error = linked_folder(self.folder, &file.at);
                    self.push(error);
                }
                FoundKind::Special => {
                    let error = Diagnostic::error(
                        codes::NOT_IN_REGISTER,
                        "this is not a file but a link, a pipe, or something kept elsewhere; it was not opened",
                    );
                    let error = error.place(self.at(&file.at));
                    self.push(error.hint("take it out of this folder, so that nobody sends it"));
                }
                FoundKind::File => {
                    let known = by_folded.get(&folded(&file.at)).cloned();
                    read_back += usize::from(self.file(&file.at, known.as_deref(), gate)?);
                    seen.extend(known);
                }
            }
        }
        self.missing(&seen, &linked);
        for share in shares {
            self.share(&share, gate)?;
        }
        Ok(read_back)
    }

    /// Whether the record has papers below a place.
    fn holds_papers(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        self.state().papers.range(below.clone()..).next().is_some_and(|(file, _)| file.starts_with(&below))
    }

    /// Verifies one file. Returns whether the gate has read it.
    fn file(&mut self, at: &str, known: Option<&str>, gate: Option<&ReadBack<'_>>) -> Result<bool, Report> {
        if self.check_own(at)? {
            return Ok(false);
        }
        let Some(known) = known.and_then(|file| self.reading.state.papers.get(file)) else {
            return self.stranger(at, gate);
        };
        let of_run = is_of_run(&known.made);
        // The gate sealed each of the thousands of letters when it was made; an unchanged one is the one that it read.
        let hash = self.disk(at, self.disk.hash(at))?;
        let as_made = hash == Some(known.made.hash);
        if !as_made {
            let is_ours = hash.is_some_and(|hash| self.state().is_ours(at, hash));
            let error = changed(known, is_ours, self.folder).place(self.at(at));
            self.push(error);
        }
        if known.made.file != at {
            let warning = Diagnostic::warning(
                codes::NOT_AS_MADE,
                "the name of this file is spelled differently from when it was made",
            );
            let warning = warning.place(self.at(at));
            self.push(warning.hint("rename it as the register has it"));
        }
        if of_run && as_made {
            return Ok(false);
        }
        let data = self.disk(at, self.disk.read(at))?.unwrap_or_default();
        let Some((gate, read)) = gate.and_then(|gate| Some((gate, gate.file(at, &data)?))) else { return Ok(false) };
        if let Err(leaks) = read {
            // A paper that is no longer due is out of date, but its readers were allowed to read it.
            let is_due = gate.is_due(at);
            if !as_made || is_due {
                let is_of_then = known.status == PaperStatus::Released
                    && self.data.is_some_and(|data| known.source.data != data.checked.fingerprint);
                let leaks = if as_made && is_of_then { since_its_release(leaks) } else { leaks };
                let merged = self.merged(at, as_made, leaks);
                self.report.merge(merged);
            }
        }
        Ok(true)
    }

    /// Checks whether a file is the record's own. Its bytes are verified elsewhere.
    fn check_own(&mut self, at: &str) -> Result<bool, Report> {
        let registers = [Own::RegisterCsv.name(), Own::RegisterJson.name()];
        if at == LOG || registers.iter().any(|name| name == at) {
            return Ok(true);
        }
        if self.check_index(at)? {
            return Ok(true);
        }
        // It is empty.
        if (at == LOCK || at == PROBE) && self.disk(at, self.disk.length(at))? == Some(0) {
            return Ok(true);
        }
        if let Some(taken) = self.reading.state.took_in.iter().find(|taken| taken.file == at) {
            let bytes = self.disk(at, self.disk.read(at))?.unwrap_or_default();
            let is_named_by_its_bytes = || at == format!("record-damaged-{}.jsonl", Hash::of(&bytes).short(8));
            let holds_it = log::read(&bytes).marks.iter().any(|(head, _)| *head == taken.head);
            if holds_it || taken.lines == 0 && is_named_by_its_bytes() {
                return Ok(true);
            }
        }
        if self.check_of_before(at)? {
            return Ok(true);
        }
        let problems = self.state().runs.values().find(|run| Own::Problems(run.run.folder.clone()).name() == at);
        if let Some(end) = problems.and_then(|run| run.end.problems)
            && self.disk(at, self.disk.hash(at))? == Some(end)
        {
            return Ok(true);
        }
        let Some(name) = at.strip_prefix(STAGE).and_then(|rest| rest.strip_prefix('/')) else { return Ok(false) };
        let hash = self.disk(at, self.disk.hash(at))?;
        let is_named = hash.is_some_and(|hash| name.ends_with(&format!("-{}.tmp", hash.short(32))));
        let is_awaited = self.state().open.as_ref().is_some_and(|unit| {
            let moves = Moves::of(unit.begin.verb, &unit.lines);
            moves.bring.iter().any(|(to, hash)| staged(to, *hash) == at) || moves.aside.iter().any(|(.., to)| to == at)
        });
        if is_named && !is_awaited {
            let warning = Diagnostic::warning(codes::STOPPED, "this was left over by a run that was stopped");
            let warning = warning.place(self.at(at));
            self.push(warning.hint("run the same command again; the next command here removes it"));
        }
        Ok(is_named)
    }

    /// Checks whether a file is the index of an audience's papers, which is made from the record and the data at hand.
    fn check_index(&mut self, at: &str) -> Result<bool, Report> {
        let Some(audience) = audience_of_index(at).filter(|_| !self.state().papers.contains_key(at)) else {
            return Ok(false);
        };
        let there = in_place(self.state());
        if !there.keys().any(|file| has_ending(file, "html")) {
            return Ok(false);
        }
        // Without the data nobody can say what it should list.
        let Some(data) = self.data else { return Ok(true) };
        let bytes = self.disk(at, self.disk.read(at))?.unwrap_or_default();
        let made = data.press.index(audience, &there).ok().flatten();
        if made.is_some_and(|made| made.data() == bytes) {
            return Ok(true);
        }
        if !data.press.may_be_index(audience, &bytes) {
            return Ok(false);
        }
        let warning = Diagnostic::warning(codes::NOT_AS_MADE, "this list of papers is not as it would be made now");
        let warning = warning.place(self.at(at));
        self.push(warning.hint("build again, which makes it anew"));
        Ok(true)
    }

    /// Checks whether a file is an earlier version's own, such as a register that the record has adopted.
    fn check_of_before(&mut self, at: &str) -> Result<bool, Report> {
        // Files that a killed run wrote but did not enter are reported with the run.
        let of_run = self.state().open_run.is_some() && !upgrade::is_own_place(at);
        let may_be = self.state().adopted.is_some() && (of_run || upgrade::is_own_place(at));
        if !may_be || self.state().papers.contains_key(at) {
            return Ok(false);
        }
        let hash = self.disk(at, self.disk.hash(at))?;
        let is_theirs = hash.is_some_and(|hash| self.state().is_ours(at, hash));
        if is_theirs && self.reading.is_there && !of_run {
            let warning = Diagnostic::warning(codes::STOPPED, "this was left over when the folder was taken over");
            let warning = warning.place(self.at(at));
            self.push(warning.hint("run `convenor upgrade` again, which removes it"));
        }
        Ok(is_theirs)
    }

    fn stranger(&mut self, at: &str, gate: Option<&ReadBack<'_>>) -> Result<bool, Report> {
        let data = self.disk(at, self.disk.read(at))?.unwrap_or_default();
        let is_staged = at.starts_with(&format!("{STAGE}/"));
        let message = match self.state().paper_of(Hash::of(&data)) {
            Some(paper) => format!("this is a copy of `{}` that is not in the record", paper.made.file),
            None if is_staged => "this file is not in the record: a run that was stopped may have left it".to_owned(),
            None => "this file is not in the record".to_owned(),
        };
        let error = Diagnostic::error(codes::NOT_IN_REGISTER, message).place(self.at(at));
        self.push(error.hint(if is_staged {
            "run the same command again; the next command here removes it"
        } else {
            "take it out of this folder, so that nobody sends it"
        }));
        let Some(read) = gate.and_then(|gate| gate.file(at, &data)) else { return Ok(false) };
        if let Err(leaks) = read {
            let merged = self.merged(at, false, leaks);
            self.report.merge(merged);
        }
        Ok(true)
    }

    /// Merges many leaks into one error if the file is not the paper that belongs there.
    fn merged(&self, file: &str, as_made: bool, mut leaks: Report) -> Report {
        for unread in leaks.diagnostics.iter_mut().filter(|leak| leak.code == codes::UNREADABLE_PAPER) {
            unread.place = self.at(file);
        }
        if as_made || leaks.diagnostics.len() == 1 {
            return leaks;
        }
        let texts = count(leaks.diagnostics.len(), "text");
        Diagnostic::error(codes::LEAK, format!("this file holds {texts} that its readers may not read"))
            .place(self.at(file))
            .hint("it is not the paper that belongs here: take it out of this folder")
            .into()
    }

    /// Verifies the record of a share of a list, in a folder of its own.
    fn share(&mut self, share: &str, gate: Option<&ReadBack<'_>>) -> Result<(), Report> {
        let root = self.folder.join(share);
        let papers = Papers::at(&root)?;
        let verdict = of_share(&papers, &root, self.reference, self.data)?;
        self.report.merge(verdict);
        if let Some(taken) = share::merged(self.state()).get(share)
            && (!taken.is_of_drafts() || self.goes_on_from(taken)?)
        {
            return Ok(());
        }
        let warning = Diagnostic::warning(codes::NOT_IN_REGISTER, "the letters of this share are not merged yet");
        self.push(warning.place(self.at(share)).hint(share::NOT_MERGED));
        // Nothing proves its log yet, so each of its files is read. Its readers are only in the list: a person of it may
        // live where an invitee does.
        for paper in papers.reading.state.papers.values() {
            let at = format!("{share}/{}", paper.made.file);
            let data = self.disk(&at, self.disk.read(&at))?.unwrap_or_default();
            let as_made = Hash::of(&data) == paper.made.hash;
            if let Some(Err(mut leaks)) = gate.and_then(|gate| gate.file(&at, &data)) {
                if as_made {
                    let kept = leaks.diagnostics.into_iter().filter(|leak| !may_be_of_the_list(leak));
                    let hint = "compare this letter with its row of the list: the row must not say this";
                    leaks.diagnostics = kept.map(|leak| leak.hint(hint)).collect();
                }
                if !leaks.diagnostics.is_empty() {
                    let merged = self.merged(&at, as_made, leaks);
                    self.report.merge(merged);
                }
            }
        }
        Ok(())
    }

    fn goes_on_from(&self, taken: &TookIn) -> Result<bool, Report> {
        share::goes_on_from(self.disk, taken).map_err(|stop| stopped(self.folder, stop))
    }

    /// Verifies that every share which was merged is still there, with all that was merged of it.
    pub(super) fn merged_shares(&mut self) -> Result<(), Report> {
        for (folder, taken) in share::merged(self.state()) {
            let part = taken.share.as_deref().unwrap_or_default();
            if self.goes_on_from(&taken)? {
                continue;
            }
            let is_there = self.disk(&folder, self.disk.exists(&format!("{folder}/{LOG}")))?;
            if taken.is_of_drafts() {
                if !is_there {
                    let message = format!("the drafts of share {part} were merged, and are no longer in the folder");
                    let warning = Diagnostic::warning(codes::MISSING_PAPER, message).place(self.at(&folder));
                    self.push(warning.hint("run `convenor invite` with `--shard` again if they are still due"));
                }
                continue;
            }
            let what = match &taken.released {
                Some(released) => format!("{} of share {part}", letters(released, part)),
                None => format!("the letters of share {part}"),
            };
            if let Some(loss) =
                self.state().lost_shares.get(&folder).filter(|loss| loss.hash == taken.head && !is_there)
            {
                let message = format!("{what} are {}", as_noted(loss));
                let warning = Diagnostic::warning(codes::MISSING_PAPER, message).place(self.at(&folder));
                self.push(warning.hint("if a copy of the folder of this share turns up, put it back in its place"));
                continue;
            }
            let message = if is_there {
                format!("{what} were merged, and the record of the share no longer has them as they were then")
            } else {
                format!("{what} were merged, and are no longer in the folder")
            };
            let error = Diagnostic::error(codes::MISSING_PAPER, message).place(self.at(&folder));
            let first = match taken.released {
                Some(_) => "put the folder of this share back from a copy",
                // An earlier version of the program merged it, and did not note what was released.
                None => {
                    "put the folder of this share back from a copy; if they were only drafts, make them again with `convenor invite` and `--shard`, and merge all shares again"
                }
            };
            let hint = if is_there { first.into() } else { or_lost(first, self.folder, &folder) };
            self.push(error.hint(hint));
        }
        Ok(())
    }
}

/// The most letters that are named one by one.
const NAMED: usize = 20;

/// The released letters of a share, by number. Its ranges leave out the numbers of other shares.
fn letters(released: &Ranges, part: &str) -> String {
    let step = part.rsplit('/').next().and_then(|of| of.parse().ok()).unwrap_or(1);
    let all: Vec<String> = released.all(step).map(|number| number.to_string()).collect();
    let more = all.len().saturating_sub(NAMED);
    let named = all[..all.len() - more].join(", ");
    let word = if all.len() == 1 { "letter" } else { "letters" };
    if more == 0 { format!("released {word} {named}") } else { format!("released {word} {named} and {more} more") }
}

/// Whether a text may be in a letter because its reader's row in the list says the same of them.
fn may_be_of_the_list(leak: &Diagnostic) -> bool {
    let path = leak.place.path.as_deref().unwrap_or_default();
    leak.code == codes::LEAK && ["invitees[", "organisations.", "people."].iter().any(|of| path.starts_with(of))
}

/// The problems of the record of a share.
fn of_share(papers: &Papers, root: &Path, reference: &str, data: Option<Data<'_>>) -> Result<Report, Report> {
    let mut audit = Audit::new((&papers.disk, &papers.reading), root, reference, data);
    audit.log()?;
    audit.under_way()?;
    let gate = data.map(|data| data.press.read_back()).transpose()?;
    audit.files(gate.as_ref())?;
    audit.papers();
    audit.registers()?;
    audit.runs();
    Ok(audit.report)
}

/// A place without regard to capitals and composed letters, as some systems see it.
fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

fn changed(paper: &Paper, is_ours: bool, folder: &Path) -> Diagnostic {
    let of_run = is_of_run(&paper.made);
    if paper.status == PaperStatus::Draft {
        let message = if is_ours {
            "this is an earlier version of this paper"
        } else {
            "this paper has changed since it was made"
        };
        let hint = if of_run {
            "remove it, and run `convenor invite` again"
        } else {
            "keep your changes under another name, and build again with `--all`"
        };
        return Diagnostic::error(codes::NOT_AS_MADE, message).hint(hint);
    }
    let since = format!("this paper was changed after it was {}", paper.status.id());
    let hint = if paper.status == PaperStatus::Released && !of_run {
        "build again with `--all --force`, which puts the released paper back if the data still gives it; or put it back from a copy".into()
    } else {
        or_lost(
            "put the released file back from a backup, or move this one out of the folder",
            folder,
            &paper.made.file,
        )
    };
    Diagnostic::error(codes::RELEASED, since).hint(hint)
}

/// Lines of an address in a paper that the gate let pass with the data of its release are warnings: a line may have been
/// the name of an organisation then. Whatever else today's data keeps secret stays an error.
fn since_its_release(mut leaks: Report) -> Report {
    let hint = "the data of its release let them read it; if they should not, make a new version with `--reissue`";
    for leak in &mut leaks.diagnostics {
        if leak.place.path.as_ref().is_some_and(|path| path.contains(".address[")) {
            let of_then = Diagnostic { severity: Severity::Warning, ..leak.clone() };
            *leak = of_then.hint(hint);
        }
    }
    leaks
}
