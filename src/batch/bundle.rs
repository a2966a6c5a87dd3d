//! What is put together from many letters: files for the printer, a set for GOV.UK Notify, archives, the list of problems.
//!
//! Each is made again only if a letter in it changed; once released, not even then. Letters that are in no released file of
//! a kind go into further ones.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::atomic::AtomicBool;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::committer::Committer;
use super::outcome::{RunError, claim};
use super::{Batch, Ended, Product, Survey};
use crate::diag::Report;
use crate::gate::{FileKind, Hash, Sealed};
use crate::model::Audience;
use crate::model::field_names;
use crate::model::listed::Listed;
use crate::records::run::{Held, Letters, Line};

/// What a run has made so far.
pub struct Made<'m> {
    /// The batch.
    pub batch: &'m Batch<'m>,
    /// Its letters.
    pub letters: &'m Letters,
    /// What was to be made.
    pub survey: &'m Survey,
    /// The calendar file of each audience.
    pub calendars: &'m BTreeMap<Audience, Sealed>,
    /// Set by whoever asked to stop.
    pub stop: &'m AtomicBool,
}

/// Makes every bundle that was asked for.
///
/// # Errors
/// A disk that refuses; files that a person changed; a list that is another than it was.
pub(super) fn all(made: &Made<'_>, noted: &mut Committer<'_>, ended: &mut Ended) -> Result<(), RunError> {
    // Letters are in their places before they are put together.
    noted.flush().map_err(RunError::Fatal)?;
    for (audience, calendar) in made.calendars {
        if made.batch.makes(Product::Calendar) {
            made.whole(calendar.path(), *audience, calendar, None, noted, ended)?;
        }
        if made.batch.makes(Product::Print) || made.batch.makes(Product::Labels) {
            made.parts(*audience, noted, ended)?;
        }
        if made.batch.makes(Product::Notify) {
            made.notify(*audience, noted, ended)?;
        }
        if made.batch.makes(Product::Zip) {
            made.archives(*audience, noted, ended)?;
        }
    }
    Ok(())
}

pub(super) fn numbers(failed: &[(Listed, Report)]) -> BTreeSet<u32> {
    failed.iter().map(|(listed, _)| listed.number).collect()
}

/// A file of many letters: from the second on, its number is in its name.
fn numbered(name: &str, ending: &str, n: usize) -> String {
    if n == 0 { format!("{name}.{ending}") } else { format!("{name}-{:03}.{ending}", n + 1) }
}

/// Whether a file of many letters is to be made.
pub(super) enum Due {
    /// It lies there as it is to be made.
    There,
    /// It was released, and would be another now.
    Outdated,
    /// It is to be made.
    Now,
}

impl Made<'_> {
    pub(super) fn line(&self, file: &str, audience: Audience, inputs: Hash) -> Line {
        Line {
            number: 0,
            reference: self.batch.checked.conference.reference.clone(),
            person: String::new(),
            file: file.to_owned(),
            audience: audience.id().to_owned(),
            pages: 0,
            inputs,
            hash: None,
            held: None,
        }
    }

    /// Whether a file of many letters is to be made. If it is not, the line then says what lies there.
    pub(super) fn due(&self, line: &mut Line) -> Due {
        if let Some((hash, pages)) = self.letters.made(&line.file, line.inputs) {
            (line.hash, line.pages) = (Some(hash), pages);
            return Due::There;
        }
        let released = if self.batch.is_settled() { self.letters.as_made(&line.file) } else { None };
        let Some((inputs, hash, pages)) = released else { return Due::Now };
        (line.inputs, line.hash, line.pages) = (inputs, Some(hash), pages);
        Due::Outdated
    }

    /// A file that is at hand in memory; gives whether it was made now.
    fn whole(
        &self,
        file: &str,
        audience: Audience,
        sealed: &Sealed,
        held: Option<Held>,
        noted: &mut Committer<'_>,
        ended: &mut Ended,
    ) -> Result<bool, RunError> {
        let mut line = self.line(file, audience, sealed.hash());
        let due = self.due(&mut line);
        let mut staged = None;
        match due {
            Due::There => {}
            Due::Outdated => ended.outdated.push(file.to_owned()),
            Due::Now => {
                line.hash = Some(sealed.hash());
                if claim(self.batch, self.letters, file, sealed.hash()).map_err(RunError::Fatal)? {
                    staged = Some(self.letters.stage(sealed).map_err(RunError::Fatal)?);
                }
            }
        }
        line.held = held;
        noted.add(line, staged).map_err(RunError::Fatal)?;
        Ok(matches!(due, Due::Now))
    }

    /// The released files of a kind: those letters go where they are.
    pub(super) fn released(&self, audience: Audience, kind: &str) -> &[Held] {
        let files = self.batch.settled.files.as_ref().and_then(|files| files.get(&format!("{}/{kind}", audience.id())));
        files.map(Vec::as_slice).unwrap_or_default()
    }

    /// Which letters a file holds: a released one those that it held, without whom it lacks if it was made again; a new one
    /// these. Drafts note none: nobody is kept out of a later one by them.
    pub(super) fn held(
        &self,
        released: Option<&Held>,
        made_of: Option<&BTreeSet<u32>>,
        new: impl Iterator<Item = (u32, Hash)>,
        of: usize,
    ) -> Option<Held> {
        let step = self.batch.options.shard.of;
        if let Some(released) = released {
            let mut held = released.clone();
            if let Some(numbers) = made_of {
                held.made_again(numbers, step);
            }
            return Some(held);
        }
        self.batch.options.checker.is_some().then(|| Held::new(new, step, of))
    }

    pub(super) fn each(&self, visit: &mut dyn FnMut(Listed)) -> Result<(), RunError> {
        let each = self.batch.each(&self.survey.rows, &mut |_, _, _| {}, &mut |listed| {
            visit(listed);
            true
        });
        each.map_err(RunError::List)
    }

    /// Letters that GOV.UK Notify takes, and a table of them: reference, file, class of postage and pages.
    /// Its limits for letters made elsewhere: 10 pages and 2 MB (notifications-template-preview, August 2026).
    fn notify(&self, audience: Audience, noted: &mut Committer<'_>, ended: &mut Ended) -> Result<(), RunError> {
        let fatal = RunError::Fatal;
        let folder = self.batch.at(&format!("{}/notify", audience.id()));
        let mut posted: BTreeMap<u32, &'static str> = BTreeMap::new();
        self.each(&mut |listed| {
            if listed.is_posted() {
                posted.insert(listed.number, listed.postage.unwrap_or(self.batch.options.postage).id());
            }
        })?;
        let released = self.released(audience, "notify").to_vec();
        let mut sets: Vec<Vec<(Line, &str)>> = vec![Vec::new(); released.len() + 1];
        let is_theirs = |l: &&Line| l.audience == audience.id() && l.file.contains("/letters/");
        let letters: Vec<Line> = noted.lines.iter().filter(is_theirs).cloned().collect();
        for letter in letters {
            let Some(postage) = posted.get(&letter.number) else { continue };
            if letter.pages > 10 {
                ended.left_out.push((letter.reference, "it has more than 10 pages"));
                continue;
            }
            if self.letters.length(&letter.file) > 2 * 1024 * 1024 {
                ended.left_out.push((letter.reference, "it is larger than 2 MB"));
                continue;
            }
            let file = format!("{folder}/{}.pdf", letter.reference.replace('/', "-"));
            let line = Line { file, ..letter.clone() };
            let hash = line.hash.expect("it was made");
            let staged = if claim(self.batch, self.letters, &line.file, hash).map_err(fatal)? {
                Some(self.letters.stage_copy(&letter, &line.file).map_err(fatal)?)
            } else {
                None
            };
            noted.add(line.clone(), staged).map_err(fatal)?;
            sets[set_of(&released, line.number).unwrap_or(released.len())].push((line, postage));
        }
        for (n, letters) in sets.iter().enumerate() {
            if letters.is_empty() && n > 0 {
                continue;
            }
            let mut table = csv::Writer::from_writer(Vec::new());
            table.write_record(["reference", "file", "postage", "pages"]).expect("a vector takes every byte");
            for (line, postage) in letters {
                let file = line.file.rsplit('/').next().unwrap_or(&line.file);
                let cells = [&line.reference, file, postage, &line.pages.to_string()];
                table.write_record(cells).expect("a vector takes every byte");
            }
            let table = table.into_inner().expect("a vector takes every byte");
            let file = numbered(&format!("{folder}/notify"), "csv", n);
            let table = (file.as_str(), FileKind::Txt, table);
            let sealed =
                self.batch.press.seal_bundle(&self.batch.options.artefact, table, audience, std::iter::empty());
            let sealed = sealed.map_err(fatal)?;
            let numbers: BTreeSet<u32> = letters.iter().map(|(line, _)| line.number).collect();
            let is_new = self.due(&mut self.line(&file, audience, sealed.hash()));
            let again = Some(&numbers).filter(|_| matches!(is_new, Due::Now));
            let new = letters.iter().map(|(line, _)| (line.number, line.inputs));
            let held = self.held(released.get(n), again, new, n + 1);
            self.whole(&file, audience, &sealed, held, noted, ended)?;
        }
        Ok(())
    }

    /// All letters and messages of an audience in one archive, without times, so that the same letters give the same bytes.
    fn archives(&self, audience: Audience, noted: &mut Committer<'_>, ended: &mut Ended) -> Result<(), RunError> {
        noted.flush().map_err(RunError::Fatal)?;
        let released = self.released(audience, "zip").to_vec();
        let mut sets: Vec<Vec<Line>> = vec![Vec::new(); released.len() + 1];
        let wanted = |l: &&Line| l.number > 0 && l.audience == audience.id() && !l.file.contains("/notify/");
        for line in noted.lines.iter().filter(wanted) {
            sets[set_of(&released, line.number).unwrap_or(released.len())].push(line.clone());
        }
        for (n, letters) in sets.iter().enumerate() {
            if letters.is_empty() && n > 0 {
                continue;
            }
            let mut hasher = blake3::Hasher::new();
            for line in letters {
                let hash = line.hash.expect("it was made").to_string();
                hasher.update(within(&line.file).as_bytes()).update(hash.as_bytes());
            }
            let file = numbered(&self.batch.at(&format!("{}/letters", audience.id())), "zip", n);
            let mut line = self.line(&file, audience, Hash::from(hasher.finalize()));
            let (mut staged, mut again) = (None, None);
            match self.due(&mut line) {
                Due::There => {}
                Due::Outdated => ended.outdated.push(file),
                Due::Now => {
                    staged = self.archive(&mut line, letters).map_err(RunError::Fatal)?;
                    again = Some(letters.iter().map(|line| line.number).collect::<BTreeSet<u32>>());
                }
            }
            let new = letters.iter().map(|line| (line.number, line.inputs));
            line.held = self.held(released.get(n), again.as_ref(), new, n + 1);
            noted.add(line, staged).map_err(RunError::Fatal)?;
        }
        Ok(())
    }

    /// Writes an archive into the stage, bit by bit: it may be larger than the memory.
    fn archive(&self, line: &mut Line, letters: &[Line]) -> Result<Option<String>, Report> {
        let cannot_write = |error: std::io::Error| self.letters.cannot_write(&line.file, error);
        let (name, mut sink) = self.letters.start(&line.file)?;
        let mut holds: BTreeMap<String, Hash> = BTreeMap::new();
        {
            let mut zip = ZipWriter::new(&mut sink);
            // A PDF is compressed already.
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(false);
            for letter in letters {
                let within = within(&letter.file);
                let data = self.letters.read(&letter.file)?;
                let written = zip.start_file(within, stored).map_err(std::io::Error::from);
                written.and_then(|()| zip.write_all(&data)).map_err(cannot_write)?;
                holds.insert(within.to_owned(), letter.hash.expect("it was made"));
            }
            zip.finish().map_err(|e| cannot_write(e.into()))?;
        }
        sink.flush().map_err(cannot_write)?;
        drop(sink);
        let whole = self.batch.press.seal_archive(&line.file, self.letters.reopen(&name)?, &holds)?;
        line.hash = Some(whole.hash());
        if claim(self.batch, self.letters, &line.file, whole.hash())? {
            return self.letters.staged(&name, &whole).map(Some);
        }
        Ok(None)
    }
}

/// The name of a letter in an archive: without the folders of the run and of the audience.
fn within(file: &str) -> &str {
    let mut parts = file.rsplitn(3, '/');
    let (Some(name), Some(kind)) = (parts.next(), parts.next()) else { return file };
    &file[file.len() - name.len() - kind.len() - 1..]
}

/// Which of the released files holds a letter.
pub(super) fn set_of(released: &[Held], number: u32) -> Option<usize> {
    released.iter().position(|held| held.holds(number))
}

/// `problems.csv`: what the list was found to have, and the letters and labels that could not be made.
pub(super) fn problems(survey: &Survey, ended: &Ended) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let fields = field_names();
    for (listed, report) in ended.failed.iter().chain(&ended.unlabelled) {
        for fault in &report.diagnostics {
            let (sheet, row) = ((listed.sheet + 1).to_string(), listed.row.to_string());
            let path = fault.path_without_keys(&|name| fields.contains(name)).unwrap_or_default();
            let cells = [&sheet, &row, "", &path, "error", fault.code.id, fault.code.says];
            table.write_record(cells).expect("a vector takes every byte");
        }
    }
    for (reference, why) in &ended.left_out {
        let says = format!("{reference} is not in the set for GOV.UK Notify: {why}");
        table.write_record(["", "", "", "", "error", "not-for-notify", &says]).expect("a vector takes every byte");
    }
    let made = table.into_inner().expect("a vector takes every byte");
    [survey.problems.as_slice(), &made].concat()
}
