//! Writes the papers of a conference into its folder if they are new or different, and never over a released one.
//!
//! In: checked data, a request and a folder. Out: the papers there, their record, and the papers that were left alone.
//!
//! A released paper that would now be different stays as it is, and is reported with the fields that have changed
//! since. Only a higher version, in the data or requested by name, replaces it; the released one is then kept aside.
//! Whether a paper would be different is decided at its own version and date: a higher version alone changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::commit::Stop;
use super::delivered::{Delivered, Delivery, Edited, Left, Stale, Untouched};
use super::event::{Approved, Begin, Dropped, Event, Made, Role, Scope, SetAside, Source, Verb, Who};
use super::folder::{PROGRAM, Papers, hold};
use super::happened::{happened_by, overtaken};
use super::index::write_indexes;
use super::kept::{kept_place, return_kept};
use super::missing::{Missing, or_lost};
use super::moved::Moved;
use super::names::Names;
use super::record::Record;
use super::remade::{Drafts, made, remade};
use super::since::{approved_since, renamed};
use super::state::{Paper, PaperStatus, State, is_of_run};
use super::versions::{is_at, older_editions, wanted};
use super::{about, fields, numbering, report, withdraw};
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, Severity, codes};
use crate::gate::{Hash, Sealed};
use crate::jobs::{self, Besides, File, LeftOut, Outlook, Pack, Remembered, Request};
use crate::model::Audience;
use crate::model::artefact::JOINED;
use crate::model::edition::Edition;
use crate::stages::{self, REARRANGED};
use crate::view::Stage;

fn stale(checked: &Checked, made: &Made, released: bool) -> Stale {
    let who = Who::of(&made.to);
    let mut invitees = checked.conference.invitees.iter().enumerate();
    let kept_out = invitees.any(|(position, invitee)| {
        let is_them = who == Some(Who { role: Role::Invitee, no: checked.numbers().invitee(position) });
        is_them && checked.is_kept_out_of_all(invitee)
    });
    Stale { file: made.file.clone(), released, number: who.map(Who::as_typed), kept_out }
}

/// Makes papers and writes them into the folder of their conference, under one lock from first to last.
///
/// # Errors
/// The faults of the papers; a folder that cannot be held or written; files that a person changed; people whose number
/// is doubtful.
pub fn deliver(
    checked: &Checked,
    request: &Request,
    delivery: &Delivery,
    remembered: Option<&Remembered>,
) -> Result<Delivered, Report> {
    let root = delivery.out.join(&checked.conference.reference);
    // A conference that cannot be built at all leaves no folder behind.
    let first =
        if root.exists() { None } else { Some(prepare(checked, &State::default(), request, delivery, remembered)?) };
    let mut record = hold(&root, checked)?;
    let mut prepared = match first.filter(|_| record.state().is_empty()) {
        Some(prepared) => prepared,
        None => prepare(checked, record.state(), request, delivery, remembered)?,
    };
    let withdrawn = withdraw::by_the_data(&mut record, &root, &prepared.checked, &prepared.numbered)?;
    if withdrawn.is_some() {
        prepared = prepare(checked, record.state(), request, delivery, remembered)?;
    }
    let (restorable, renamed, approved_since) = Default::default();
    let build = Build { record, root: &root, delivery, prepared, restorable, renamed, approved_since };
    let delivered = build.deliver()?;
    Ok(Delivered { withdrawn: withdrawn.unwrap_or_default(), ..delivered })
}

/// Papers in memory, made for the state of a record.
struct Prepared {
    /// The data, with everybody's numbers.
    checked: Checked,
    /// The request, for the kinds that it reaches at this stage of the conference.
    request: Request,
    /// The kinds that it leaves out.
    left_out: LeftOut,
    /// Lines for numbers that are new or whose owner's name has changed.
    numbered: Vec<Event>,
    /// The kinds of which a new version is made: those that were named, and letters about a change that was followed by another.
    reissued: Vec<String>,
    /// The papers at the wanted versions.
    pack: Pack,
    /// The hashes of released papers as they would come out at their own version.
    as_released: BTreeMap<String, Hash>,
    /// The words that the chair has approved, by place.
    approved: BTreeMap<String, Approved>,
    /// Approvals that are undone.
    warnings: Report,
}

fn prepare(
    checked: &Checked,
    state: &State,
    request: &Request,
    delivery: &Delivery,
    remembered: Option<&Remembered>,
) -> Result<Prepared, Report> {
    let (checked, numbered) = numbering::numbered(checked, state)?;
    let (checked, mut warnings) = numbering::with_standing_approvals(checked, state)?;
    let happened = happened_by(&checked, state);
    let reached = stages::stage(&checked, &happened);
    let reissued = delivery.reissue.iter().map(String::as_str).collect();
    let besides = Besides { made: happened.kinds().collect(), reissued };
    let (request, left_out) = jobs::chosen(&checked, request, reached, &besides)?;
    let request = Request { join: request.join || delivery.reissue.iter().any(|kind| kind == JOINED), ..request };
    ensure_known_kinds(&checked, &delivery.reissue)?;
    let because = delivery.because.as_deref().map(|text| checked.ensure_sayable(text, "--because")).transpose()?;
    // A further change of the meeting is told in letters of their own.
    let moved = Moved::of(&checked, state);
    let told_again = moved.as_ref().filter(|moved| moved.has_more_changes).map(|_| REARRANGED.to_owned());
    let reissued: Vec<String> = delivery.reissue.iter().cloned().chain(told_again).collect();
    warnings.diagnostics.extend(moved.and_then(|moved| moved.untold).map(|warning| checked.places.locate(warning)));
    let wanted = wanted(&checked, state, &reissued, because.as_deref());
    let target = checked.clone().with_editions(wanted.clone());
    let pack = match remembered {
        Some(remembered) => jobs::build_again(&target, &request, remembered)?,
        None => jobs::build(&target, &request)?,
    };
    let mut as_released = BTreeMap::new();
    for older in older_editions(state, &wanted) {
        let there = state.papers.values().filter(|paper| is_at(paper, &older));
        let there = there.map(|paper| (paper.made.file.as_str(), paper.made.template.as_str()));
        let papers: Vec<(&str, &str)> =
            there.filter(|(file, _)| pack.files.iter().any(|made| made.path() == *file)).collect();
        if !papers.is_empty() {
            let edition = Edition { issued: older.issued, version: older.version, because: older.because.clone() };
            let then = checked.clone().with_editions(BTreeMap::from([(older.kind.clone(), edition)]));
            let files = jobs::remake(&then, &papers, crate::view::Stage::Unchecked)?;
            as_released.extend(files.iter().map(|file| (file.path().to_owned(), file.sealed().hash())));
        }
    }
    let approved = approved(&target, &pack)?;
    Ok(Prepared { checked, request, left_out, numbered, reissued, pack, as_released, approved, warnings })
}

/// The words of papers that the chair has approved.
fn approved(checked: &Checked, pack: &Pack) -> Result<BTreeMap<String, Approved>, Report> {
    let Some(on) = checked.conference.minutes.approved else { return Ok(BTreeMap::new()) };
    let files: Vec<&str> = pack.files.iter().map(File::path).collect();
    let words =
        jobs::approved_words(checked, &files)?.into_iter().filter(|(_, words)| checked.is_approved(&words.kind));
    Ok(words.map(|(file, words)| (file, Approved { on, words: words.digest })).collect())
}

fn ensure_known_kinds(checked: &Checked, names: &[String]) -> Result<(), Report> {
    let known = jobs::kinds(checked)?;
    let mut unknown = Report::default();
    for name in names.iter().filter(|name| !known.contains(name)) {
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("there is no paper called `{name}`"));
        unknown.push(error.place(Place::file("--reissue")).suggest(name, known.iter().map(String::as_str)));
    }
    if unknown.has_errors() { Err(unknown) } else { Ok(()) }
}

struct Build<'b> {
    record: Record,
    root: &'b Path,
    delivery: &'b Delivery,
    prepared: Prepared,
    /// Released papers that are missing or changed, and that the data still gives.
    restorable: BTreeMap<String, Sealed>,
    /// Released papers whose reader has a new name, by the place that they would have under it.
    renamed: BTreeMap<String, String>,
    /// Released papers with the mark of a draft whose words the chair has approved since.
    approved_since: BTreeSet<String>,
}

impl Build<'_> {
    fn deliver(mut self) -> Result<Delivered, Report> {
        let pack = std::mem::take(&mut self.prepared.pack);
        let returned = return_kept(&self.record).map_err(|stop| report::stopped(self.root, stop))?;
        self.renamed = renamed(self.record.state(), &pack.files);
        self.approved_since = approved_since(&self.prepared.checked, self.record.state(), &pack.files)?;
        self.restorable = self.restorable(&pack.files)?;
        let mut changes = Changes::default();
        let mut faults = Report::default();
        check_clashes(&pack.files, self.record.state(), &mut faults);
        for file in &pack.files {
            self.file(file, &mut changes, &mut faults)?;
        }
        self.stale(&pack.files, &mut changes)?;
        if faults.has_errors() {
            return Err(faults);
        }
        let mut restored = self.restore(&mut changes)?;
        restored.extend(returned);
        self.commit(&changes)?;
        let names = Names::of(&self.prepared.checked);
        Papers::write_registers(&self.record, self.root, &names, &self.prepared.checked.fingerprint)?;
        write_indexes(&self.record, self.root, &self.prepared.checked)?;
        let unchanged = pack.files.len() - changes.written.len() - changes.lost.len();
        let missing = self.missing(&pack.files)?;
        let mut warnings = self.prepared.warnings;
        warnings.merge(pack.warnings.clone());
        warnings.merge(withdraw::taken_back(&self.prepared.checked, self.record.state()));
        for warning in missing {
            warnings.push(warning);
        }
        let overtaken = overtaken(&self.prepared.checked, self.record.state())?;
        let overtaken = overtaken.into_iter().map(|paper| paper.made.paper.clone()).collect();
        Ok(Delivered {
            folder: self.root.to_owned(),
            warnings,
            pack,
            changed: changes.written,
            unchanged,
            left_out: self.prepared.left_out,
            untouched: changes.untouched,
            left: changes.left,
            stale: changes.stale,
            dropped: changes.dropped,
            lost: changes.lost,
            restored,
            as_before: changes.as_before,
            readers: changes.readers,
            overtaken,
            withdrawn: Vec::new(),
            settled: self.record.settled,
        })
    }

    /// Warnings about released papers that are missing, and that this build had nothing to do with.
    fn missing(&self, files: &[File]) -> Result<Vec<Diagnostic>, Report> {
        let state = self.record.state();
        let due: BTreeSet<&str> = files.iter().map(File::path).collect();
        let is_of_others = |paper: &&Paper| {
            let file = paper.made.file.as_str();
            let is_asked = paper.status != PaperStatus::Draft && !paper.may_be_missing() && !due.contains(file);
            is_asked && (!is_of_run(&paper.made) || state.kept_in(file).is_some())
        };
        let mut missing = Vec::new();
        for paper in state.papers.values().filter(is_of_others) {
            let file = &paper.made.file;
            let exists = self.record.disk().exists(file);
            if !exists.map_err(|e| report::stopped(self.root, Stop::Disk(file.clone(), e)))? {
                missing.push(paper);
            }
        }
        let errors = Missing { state, folder: self.root }.errors(&missing);
        Ok(errors.into_iter().map(|error| Diagnostic { severity: Severity::Warning, ..error }).collect())
    }

    fn seems_released(&self, file: &str) -> Result<bool, Report> {
        let data = self.record.disk().read(file);
        let data = data.map_err(|e| report::stopped(self.root, Stop::Disk(file.to_owned(), e)))?.unwrap_or_default();
        Ok(jobs::Press::new(&self.prepared.checked)?.seems_released(file, &data))
    }

    fn there(&self, file: &str) -> Result<Option<Hash>, Report> {
        self.record.disk().hash(file).map_err(|e| report::stopped(self.root, Stop::Disk(file.to_owned(), e)))
    }

    /// Released papers that are missing or changed, made again, if they come out exactly as released.
    fn restorable(&self, files: &[File]) -> Result<BTreeMap<String, Sealed>, Report> {
        let mut damaged = Drafts::new();
        for file in files {
            let paper = self.record.state().papers.get(file.path());
            let Some(paper) = paper.filter(|paper| paper.status == PaperStatus::Released) else { continue };
            if self.there(file.path())? != Some(paper.made.hash) {
                damaged.insert(file.path().to_owned(), paper.clone());
            }
        }
        if damaged.is_empty() {
            return Ok(BTreeMap::new());
        }
        // If an earlier edition can no longer be made from the data, there are none.
        let again = remade(&self.prepared.checked, &damaged, Stage::Released).unwrap_or_default();
        let same = again.into_iter().filter(|file| file.sealed().hash() == damaged[file.path()].made.hash);
        Ok(same.map(|file| (file.path().to_owned(), file.sealed().clone())).collect())
    }

    /// Puts back released papers that this build found missing, or changed if it may overwrite them.
    fn restore(&self, changes: &mut Changes) -> Result<Vec<String>, Report> {
        for file in &changes.restored {
            let sealed = &self.restorable[file];
            self.record.put_back(sealed).map_err(|stop| report::stopped(self.root, stop))?;
        }
        Ok(std::mem::take(&mut changes.restored))
    }

    /// The error for a released paper that is missing or changed, and that no build puts back by itself.
    fn damaged(&self, released: &Paper, there: Option<Hash>) -> Diagnostic {
        let (file, kind) = (&released.made.file, &released.made.paper);
        let (message, hint) = match (there, self.restorable.contains_key(file)) {
            (None, _) => (
                "this released paper is missing, and the data now gives a different one",
                or_lost(
                    Hint::naming("restore it from a backup, or make a new version of it with `--reissue {}`", [kind]),
                    self.root,
                    file,
                ),
            ),
            (Some(_), true) => (
                "this paper was changed after it was released",
                Hint::from("keep your changes under another name, and put the released paper back with `--force`"),
            ),
            (Some(_), false) => (
                "this paper was changed after it was released, and the data now gives a different one",
                Hint::naming(
                    "put the released file back from a copy, or make a new version of it with `--reissue {} --force`",
                    [kind],
                ),
            ),
        };
        let place = Place::file(self.root.join(file).display().to_string());
        Diagnostic::error(codes::RELEASED, message).place(place).hint(hint)
    }

    /// Decides on one paper.
    fn file(&self, file: &File, changes: &mut Changes, faults: &mut Report) -> Result<(), Report> {
        let (state, path, new) = (self.record.state(), file.path(), file.sealed().hash());
        let there = self.there(path)?;
        let before = state.papers.get(path);
        if let Some(released) = before.filter(|paper| paper.status == PaperStatus::Released) {
            return self.released(released, file, there, changes, faults);
        }
        if let Some(released) = self.renamed.get(path).and_then(|old| state.papers.get(old)) {
            if there.is_some_and(|there| there != new) && self.delivery.edited == Edited::Refuse {
                faults.push(report::edited(self.root, path));
                return Ok(());
            }
            return self.released(released, file, self.there(&released.made.file)?, changes, faults);
        }
        let is_ours = there.is_none_or(|there| there == new || state.is_ours(path, there));
        if !is_ours && self.seems_released(path)? {
            faults.push(report::released_without_a_line(self.root, path));
            return Ok(());
        }
        if !is_ours && self.delivery.edited == Edited::Refuse {
            faults.push(report::edited(self.root, path));
            return Ok(());
        }
        let line = self.made(file, there);
        if there == Some(new) && before.is_some_and(|paper| says_the_same(&paper.made, &line)) {
            return Ok(());
        }
        if there != Some(new) {
            changes.written.push(path.to_owned());
        }
        changes.lines.push(Event::Made(Box::new(line)));
        changes.files.push(file.sealed().clone());
        Ok(())
    }

    /// Decides on a released paper: it stays, is put back, or is replaced by a higher version that differs.
    fn released(
        &self,
        released: &Paper,
        file: &File,
        there: Option<Hash>,
        changes: &mut Changes,
        faults: &mut Report,
    ) -> Result<(), Report> {
        let (path, made) = (file.path(), &released.made);
        let as_released = there == Some(made.hash);
        let may_restore = there.is_none() || self.delivery.edited == Edited::Overwrite;
        let restores = !as_released && may_restore && self.restorable.contains_key(path);
        let again = self.prepared.as_released.get(path).copied().unwrap_or(file.sealed().hash());
        let is_redated = self.prepared.checked.conference.papers.get(&made.paper).and_then(|own| own.issued);
        let is_redated = is_redated.is_some_and(|_| file.entry().issued != made.issued);
        let is_alike = made.draft == Some(again) || made.hash == again;
        let same = is_alike && !is_redated && !self.approved_since.contains(&made.file);
        // A version that other papers of the kind have is no request for one of this: it is made where it is asked for.
        let newer = file.entry().version > made.v;
        let own = Edition::of(&self.prepared.checked.conference, &made.paper).version;
        let higher = newer && (own >= file.entry().version || self.prepared.reissued.contains(&made.paper));
        if restores {
            changes.restored.push(path.to_owned());
        }
        if there.is_none() && !restores && released.loss.is_some() && (same || !higher) {
            changes.untouched.push(Untouched { file: path.to_owned(), version: made.v, hash: made.hash });
            changes.lost.push(made.file.clone());
            return Ok(());
        }
        if (as_released || restores) && (same || !higher) {
            changes.untouched.push(Untouched { file: path.to_owned(), version: made.v, hash: made.hash });
            changes.written.extend(restores.then(|| path.to_owned()));
            let readers: Vec<&str> = made.to.split_whitespace().collect();
            let new = file.entry().to.split_whitespace().filter(|reader| !readers.contains(reader));
            let to = readers.iter().copied().chain(new).collect::<Vec<_>>().join(" ");
            if same && to != made.to {
                changes.readers.push(path.to_owned());
                let (signed, source) = (released.sign_off.as_deref().cloned(), Some((*released.source).clone()));
                let line = Made { to, signed, source, over: Some(made.hash), ..made.clone() };
                changes.lines.push(Event::Released(Box::new(line)));
            }
            if !same {
                changes.left.push(self.left(released));
            } else if newer {
                *changes.as_before.entry((made.paper.clone(), file.entry().version)).or_default() += 1;
            }
            return Ok(());
        }
        if !higher || !as_released && !may_restore {
            faults.push(self.damaged(released, there));
            return Ok(());
        }
        let kept = kept_place(self.record.state(), self.record.disk(), released)?;
        let lost = !as_released && !restores;
        let hash = Some(made.hash);
        changes.lines.push(Event::SetAside(SetAside { file: made.file.clone(), hash, kept, lost }));
        let over = if made.file == path { there.filter(|_| lost) } else { self.there(path)? };
        changes.bring(self.made(file, over), file);
        Ok(())
    }

    fn made(&self, file: &File, over: Option<Hash>) -> Made {
        Made { approved: self.prepared.approved.get(file.path()).cloned(), ..made(file, over) }
    }

    fn left(&self, released: &Paper) -> Left {
        let then = self.record.state().fields.get(&released.source.data);
        let now = || jobs::field_digests(&self.prepared.checked);
        let fields = then.map(|then| fields::changed(then, &now())).unwrap_or_default();
        let is_about_a_child = released.made.to.starts_with('c') && released.made.to != "chair";
        let audience = jobs::audience_of_folder(&released.made.audience).unwrap_or(Audience::Restricted);
        let fields = fields::of_a_paper(fields, audience, is_about_a_child);
        let is_for_one = Who::of(&released.made.to).is_some();
        Left { file: released.made.file.clone(), paper: released.made.paper.clone(), is_for_one, fields }
    }

    /// Finds recorded papers that this build is about and did not make: their reader withdrew, has answered or has a new
    /// name, or the meeting takes place after all.
    fn stale(&self, files: &[File], changes: &mut Changes) -> Result<(), Report> {
        let due: BTreeSet<&str> = files.iter().map(File::path).collect();
        let is_renamed = |made: &Made| self.renamed.values().any(|old| *old == made.file);
        let stands = |paper: &&Paper| matches!(paper.status, PaperStatus::Draft | PaperStatus::Released);
        let papers = self.record.state().papers.values().filter(stands);
        let mut others = papers
            .filter(|p| !is_of_run(&p.made) && !is_renamed(&p.made) && !due.contains(p.made.file.as_str()))
            .peekable();
        if others.peek().is_none() {
            return Ok(());
        }
        let outlook = Outlook::of(&self.prepared.checked, &self.prepared.request)?;
        for paper in others {
            let made = &paper.made;
            let audience = jobs::audience_of_folder(&made.audience);
            if !audience.is_some_and(|audience| outlook.is_within(&made.paper, audience, &made.file)) {
                continue;
            }
            let released = paper.status == PaperStatus::Released;
            // What somebody was sent before they answered, or before the meeting changed again, is theirs.
            if released && Who::of(&made.to).is_some() && outlook.was_due(&made.file) {
                continue;
            }
            match self.there(&made.file)? {
                _ if released => changes.stale.push(stale(&self.prepared.checked, made, true)),
                Some(there) if !self.record.state().is_ours(&made.file, there) => {
                    changes.stale.push(stale(&self.prepared.checked, made, false));
                }
                there => {
                    let hash = there.unwrap_or(made.hash);
                    changes.lines.push(Event::Dropped(Dropped { file: made.file.clone(), hash }));
                    changes.dropped.push(made.file.clone());
                }
            }
        }
        Ok(())
    }

    fn commit(&mut self, changes: &Changes) -> Result<(), Report> {
        let request = &self.prepared.request;
        let source = source(&self.prepared.checked);
        let scope = Scope {
            papers: request.only.clone(),
            audiences: request.audiences.iter().map(|a| a.id().to_owned()).collect(),
            formats: request.to.iter().map(|f| f.extension().to_owned()).collect(),
        };
        let lines: Vec<Event> = self.prepared.numbered.iter().chain(&changes.lines).cloned().collect();
        let confirmed = self.record.state().papers.values().all(|paper| {
            let made = &paper.made;
            let asked = scope.holds(&made.paper, &made.audience, &made.file) && !is_of_run(made);
            paper.status != PaperStatus::Draft || !asked || *paper.source == source.clone().with_hands_of(&paper.source)
        });
        if lines.is_empty() && confirmed {
            return Ok(());
        }
        let because = self.delivery.because.clone();
        let about = about::about(&self.prepared.checked);
        let about = if about == self.record.state().about { BTreeMap::new() } else { about };
        let begin = Begin { source, because, scope, about, ..Begin::of(Verb::Build) };
        self.record.commit(begin, lines, &changes.files).map_err(|stop| report::stopped(self.root, stop))
    }
}

/// The source that papers are made from.
pub fn source(checked: &Checked) -> Source {
    Source {
        maker: checked.maker().to_owned(),
        hands: checked.hands().to_vec(),
        data: checked.fingerprint.clone(),
        templates: jobs::templates_fingerprint(checked),
        program: PROGRAM.to_owned(),
    }
}

#[derive(Default)]
struct Changes {
    lines: Vec<Event>,
    files: Vec<Sealed>,
    written: Vec<String>,
    untouched: Vec<Untouched>,
    left: Vec<Left>,
    stale: Vec<Stale>,
    dropped: Vec<String>,
    restored: Vec<String>,
    lost: Vec<String>,
    as_before: BTreeMap<(String, u32), usize>,
    readers: Vec<String>,
}

impl Changes {
    fn bring(&mut self, line: Made, file: &File) {
        self.written.push(line.file.clone());
        self.lines.push(Event::Made(Box::new(line)));
        self.files.push(file.sealed().clone());
    }
}

/// Whether two lines say the same of a paper, apart from the file that it replaces.
fn says_the_same(one: &Made, other: &Made) -> bool {
    Made { over: None, ..one.clone() } == Made { over: None, ..other.clone() }
}

/// Reports two papers of one name, without regard to capitals and composed letters.
fn check_clashes(files: &[File], state: &State, faults: &mut Report) {
    use unicode_normalization::UnicodeNormalization;
    let folded = |path: &str| path.nfc().collect::<String>().to_lowercase();
    let mut seen = BTreeMap::new();
    for file in files {
        if seen.insert(folded(file.path()), file.path()).is_some() {
            let message = format!("two papers would be called `{}`", file.path());
            let error = Diagnostic::error(codes::NAME_CLASH, message).place(Place::file(&file.entry().template));
            faults.push(error.hint("give the template's `file:` a part that differs, such as `{reference}`"));
        }
    }
    for path in state.papers.keys() {
        if seen.get(&folded(path)).is_some_and(|new| *new != path) {
            let message = format!("`{path}` was made before under nearly the same name");
            let error = Diagnostic::error(codes::NAME_CLASH, message).place(Place::file(path));
            faults.push(error.hint("give the template's `file:` a part that differs, such as `{reference}`"));
        }
    }
}
