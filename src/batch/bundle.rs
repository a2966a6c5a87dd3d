//! What is put together from many letters: files for the printer, a set for GOV.UK Notify, archives, the summary.
//!
//! Each is made again only if a letter in it changed; once released, not even then. Letters that are in no released file of
//! a kind go into further ones.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::atomic::AtomicBool;

use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::release::{Held, Sets, Word};
use super::run::is_to_be_written;
use super::{Batch, Ended, Product, Survey};
use crate::deliver::batch::{Folder, Journal, Line, Lines};
use crate::diag::Report;
use crate::gate::hash;
use crate::model::Audience;
use crate::model::field_names;
use crate::model::listed::Listed;

/// What a run has made so far.
pub struct Made<'m> {
    /// The batch.
    pub batch: &'m Batch<'m>,
    /// Its folder.
    pub folder: &'m Folder,
    /// What was to be made.
    pub survey: &'m Survey,
    /// The calendar file of each audience.
    pub calendars: &'m BTreeMap<Audience, Vec<u8>>,
    /// Set by whoever asked to stop.
    pub stop: &'m AtomicBool,
}

/// Where a file that was made is noted: for the register, and for a run that goes on if this one is stopped.
pub struct Noted<'n, 'f> {
    /// The register.
    pub lines: &'n mut Lines,
    /// The journal.
    pub journal: &'n mut Journal<'f>,
    /// Which letters went into which file of many.
    pub sets: &'n mut Sets,
}

impl Noted<'_, '_> {
    pub(super) fn push(&mut self, line: &Line) -> Result<(), Report> {
        self.journal.push(line)?;
        self.lines.push(line);
        Ok(())
    }
}

/// Makes every bundle that was asked for, and notes the letters that are in none of them.
pub fn all(made: &Made<'_>, noted: &mut Noted<'_, '_>, ended: &mut Ended) -> Result<(), Report> {
    // What earlier runs released stays noted, whatever this one makes.
    noted.sets.extend(made.batch.settled.sets.clone().unwrap_or_default());
    for (audience, calendar) in made.calendars {
        if made.batch.makes(Product::Calendar) {
            made.whole(&format!("{}/meeting.ics", audience.id()), *audience, calendar, noted, ended)?;
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
    if made.batch.options.checker.is_none() {
        noted.sets.clear();
    }
    // Who could not be in a file goes into another once their row is mended.
    let (of, failed) = (made.batch.options.shard.of, numbers(&ended.failed));
    for (kind, sets) in noted.sets.iter_mut() {
        let released = made.batch.settled.sets.as_ref().and_then(|sets| sets.get(kind)).map_or(0, Vec::len);
        for held in &mut sets[released..] {
            *held = held.without(&failed, of);
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
    pub(super) fn line(&self, file: &str, audience: Audience, inputs: &str) -> Line {
        Line {
            number: 0,
            reference: self.batch.checked.conference.reference.clone(),
            person: String::new(),
            file: file.to_owned(),
            audience: audience.id().to_owned(),
            pages: 0,
            inputs: inputs.to_owned(),
            hash: String::new(),
        }
    }

    /// Whether a file of many letters is to be made. If it is not, the line then says what lies there.
    pub(super) fn due(&self, line: &mut Line) -> Due {
        if let Some((hash, pages)) = self.folder.made(&line.file, &line.inputs) {
            (line.hash, line.pages) = (hash, pages);
            return Due::There;
        }
        let released = if self.batch.is_settled() { self.folder.as_made(&line.file) } else { None };
        let Some((inputs, hash, pages)) = released else { return Due::Now };
        (line.inputs, line.hash, line.pages) = (inputs, hash, pages);
        Due::Outdated
    }

    /// A file that is at hand in memory; gives whether it was made now.
    fn whole(
        &self,
        file: &str,
        audience: Audience,
        data: &[u8],
        noted: &mut Noted<'_, '_>,
        ended: &mut Ended,
    ) -> Result<bool, Report> {
        let mut line = self.line(file, audience, &hash(data));
        let due = self.due(&mut line);
        match due {
            Due::There => {}
            Due::Outdated => ended.outdated.push(file.to_owned()),
            Due::Now => {
                line.hash = line.inputs.clone();
                if is_to_be_written(self.batch, self.folder, &line)? {
                    self.folder.write(file, data, 0)?;
                }
            }
        }
        noted.push(&line)?;
        Ok(matches!(due, Due::Now))
    }

    /// The released sets of a kind: those letters go where they are.
    pub(super) fn released(&self, audience: Audience, kind: &str) -> &[Held] {
        let sets = self.batch.settled.sets.as_ref().and_then(|sets| sets.get(&format!("{}/{kind}", audience.id())));
        sets.map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn hold<'i>(
        &self,
        noted: &mut Noted<'_, '_>,
        audience: Audience,
        kind: &str,
        of: usize,
        new: impl Iterator<Item = (u32, &'i str)>,
    ) {
        let held = Held::new(new, self.batch.options.shard.of, of);
        noted.sets.entry(format!("{}/{kind}", audience.id())).or_default().push(held);
    }

    /// A released file of a kind was taken away and made again, of these letters.
    pub(super) fn made_again(
        &self,
        noted: &mut Noted<'_, '_>,
        (audience, kind, n): (Audience, &str, usize),
        of: impl Iterator<Item = u32>,
    ) {
        let held = noted.sets.get_mut(&format!("{}/{kind}", audience.id())).and_then(|sets| sets.get_mut(n));
        if let Some(held) = held {
            held.made_again(&of.collect(), self.batch.options.shard.of);
        }
    }

    pub(super) fn each(&self, visit: &mut dyn FnMut(Listed)) -> Result<(), Report> {
        self.batch.each(&self.survey.rows, &mut |_, _, _| {}, &mut |listed| {
            visit(listed);
            true
        })
    }

    /// Letters that GOV.UK Notify takes, and a table of them: reference, file, class of postage and pages.
    /// Its limits for letters made elsewhere: 10 pages and 2 MB (notifications-template-preview, August 2026).
    fn notify(&self, audience: Audience, noted: &mut Noted<'_, '_>, ended: &mut Ended) -> Result<(), Report> {
        let folder = format!("{}/notify", audience.id());
        self.folder.prepare(std::slice::from_ref(&folder))?;
        let mut posted: BTreeMap<u32, &'static str> = BTreeMap::new();
        self.each(&mut |listed| {
            if listed.is_posted() {
                posted.insert(listed.number, listed.postage.unwrap_or(self.batch.options.postage).id());
            }
        })?;
        let released = self.released(audience, "notify");
        let mut sets: Vec<Vec<(Line, &str)>> = vec![Vec::new(); released.len() + 1];
        let letters: Vec<Line> =
            noted.lines.all().filter(|l| l.audience == audience.id() && l.file.contains("/letters/")).collect();
        for letter in letters {
            let Some(postage) = posted.get(&letter.number) else { continue };
            let size = self.folder.read(&letter.file)?.len();
            if letter.pages > 10 {
                ended.left_out.push((letter.reference, "it has more than 10 pages"));
                continue;
            }
            if size > 2 * 1024 * 1024 {
                ended.left_out.push((letter.reference, "it is larger than 2 MB"));
                continue;
            }
            let file = format!("{folder}/{}.pdf", letter.reference.replace('/', "-"));
            let line = Line { file, ..letter.clone() };
            if is_to_be_written(self.batch, self.folder, &line)? {
                self.folder.link(&letter.file, &line.file)?;
            }
            noted.push(&line)?;
            sets[set_of(released, line.number).unwrap_or(released.len())].push((line, postage));
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
            let made = self.whole(&numbered(&format!("{folder}/notify"), "csv", n), audience, &table, noted, ended)?;
            if made && n < released.len() {
                self.made_again(noted, (audience, "notify", n), letters.iter().map(|(line, _)| line.number));
            }
            if n == released.len() {
                self.hold(
                    noted,
                    audience,
                    "notify",
                    n + 1,
                    letters.iter().map(|(line, _)| (line.number, line.inputs.as_str())),
                );
            }
        }
        Ok(())
    }

    /// All letters and messages of an audience in one archive, without times, so that the same letters give the same bytes.
    fn archives(&self, audience: Audience, noted: &mut Noted<'_, '_>, ended: &mut Ended) -> Result<(), Report> {
        let released = self.released(audience, "zip");
        let mut sets: Vec<Vec<Line>> = vec![Vec::new(); released.len() + 1];
        let wanted = |l: &Line| l.number > 0 && l.audience == audience.id() && !l.file.contains("/notify/");
        for line in noted.lines.all().filter(wanted) {
            sets[set_of(released, line.number).unwrap_or(released.len())].push(line);
        }
        for (n, letters) in sets.iter().enumerate() {
            if letters.is_empty() && n > 0 {
                continue;
            }
            let mut hasher = blake3::Hasher::new();
            for line in letters {
                hasher.update(line.file.as_bytes()).update(line.hash.as_bytes());
            }
            let file = numbered(&format!("{}/letters", audience.id()), "zip", n);
            let mut line = self.line(&file, audience, hasher.finalize().to_hex().as_str());
            match self.due(&mut line) {
                Due::There => {}
                Due::Outdated => ended.outdated.push(file),
                Due::Now => {
                    self.archive(&mut line, letters)?;
                    if n < released.len() {
                        self.made_again(noted, (audience, "zip", n), letters.iter().map(|line| line.number));
                    }
                }
            }
            noted.push(&line)?;
            if n == released.len() {
                self.hold(
                    noted,
                    audience,
                    "zip",
                    n + 1,
                    letters.iter().map(|line| (line.number, line.inputs.as_str())),
                );
            }
        }
        Ok(())
    }

    fn archive(&self, line: &mut Line, letters: &[Line]) -> Result<(), Report> {
        let cannot_write = |error: std::io::Error| self.folder.cannot_write(&line.file, &error);
        let mut unfinished = self.folder.start(&line.file)?;
        {
            let mut zip = ZipWriter::new(&mut unfinished.inner);
            // A PDF is compressed already.
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(false);
            for letter in letters {
                let name = letter.file.split_once('/').map_or(letter.file.as_str(), |(_, rest)| rest);
                let data = self.folder.read(&letter.file)?;
                let written = zip.start_file(name, stored).map_err(std::io::Error::from);
                written.and_then(|()| zip.write_all(&data)).map_err(cannot_write)?;
            }
            zip.finish().map_err(|e| cannot_write(e.into()))?;
        }
        line.hash = unfinished.hash()?;
        if is_to_be_written(self.batch, self.folder, line)? {
            unfinished.end()?;
        }
        Ok(())
    }
}

/// Which of the released sets holds a letter.
pub(super) fn set_of(released: &[Held], number: u32) -> Option<usize> {
    released.iter().position(|held| held.holds(number))
}

/// Writes `problems.csv`: what the list was found to have, and the letters and labels that could not be made.
pub fn write_problems(folder: &Folder, survey: &Survey, ended: &Ended) -> Result<(), Report> {
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
    let mut file = folder.start("problems.csv")?;
    let written = file.inner.write_all(&survey.problems).and_then(|()| file.inner.write_all(&made));
    written.map_err(|e| folder.cannot_write("problems.csv", &e))?;
    file.end()
}

/// `register.json`: what the register of a run is a register of, so that parts can be joined and found whole.
#[derive(Serialize)]
struct Summary<'s> {
    format: u32,
    conference: &'s str,
    version: u32,
    issued: String,
    made_by: &'static str,
    maker: &'s str,
    checker: Option<&'s str>,
    checked: Option<String>,
    list: &'s str,
    list_name: String,
    choices: String,
    ended: bool,
    again: bool,
    print_part: usize,
    words: Vec<Word>,
    held: &'s Sets,
    outdated: BTreeSet<&'s String>,
    make: &'s BTreeSet<Product>,
    artefact: &'s str,
    inputs: &'s str,
    part: u32,
    of: u32,
    people: u32,
    letters: u32,
    due: u32,
    failed: Vec<u32>,
    pages: usize,
    files: usize,
    register: String,
}

/// On whose word the letters were released, the last one that of this run.
fn words(batch: &Batch<'_>) -> Vec<Word> {
    let mut words = batch.settled.words.clone();
    let this = batch.options.checker.as_ref();
    let this = this.map(|(name, day)| Word { checker: name.trim().to_owned(), checked: *day });
    words.extend(this.filter(|this| batch.settled.words.last() != Some(this)));
    words
}

/// Writes the summary. It holds numbers and no name of a reader, and nothing that differs between a run that was stopped and one that
/// was not. Without lines it is that of a release that has begun.
pub fn summary(batch: &Batch<'_>, survey: &Survey, ended: &Ended, made: Option<(&Lines, &Sets)>) -> Vec<u8> {
    // What a run adds to what was released before: if it is stopped, it goes on with the same list and the same parts.
    let (no_lines, no_sets) = (Lines::default(), batch.settled.sets.clone().unwrap_or_default());
    let (lines, held) = made.unwrap_or((&no_lines, &no_sets));
    let edition = batch.checked.edition(&batch.options.artefact);
    let summary = Summary {
        format: 1,
        conference: &batch.checked.conference.reference,
        version: edition.version,
        issued: edition.issued.to_string(),
        made_by: concat!("convenor ", env!("CARGO_PKG_VERSION")),
        maker: batch.checked.maker(),
        checker: batch.options.checker.as_ref().map(|(name, _)| name.trim()),
        checked: batch.options.checker.as_ref().map(|(_, day)| day.to_string()),
        list: &survey.list,
        list_name: batch.list_name(),
        choices: batch.choices(),
        ended: made.is_some(),
        again: made.is_none() && batch.is_settled(),
        print_part: batch.options.part,
        words: words(batch),
        held,
        outdated: ended.outdated.iter().collect(),
        make: &batch.options.make,
        artefact: &batch.options.artefact,
        inputs: &batch.inputs,
        part: batch.options.shard.part,
        of: batch.options.shard.of,
        people: survey.people,
        letters: survey.letters,
        due: match (batch.makes(Product::Letters), batch.makes(Product::Emails)) {
            (true, _) => survey.letters,
            (false, true) => survey.emailed,
            (false, false) => 0,
        },
        failed: ended.failed.iter().map(|(listed, _)| listed.number).collect(),
        pages: ended.pages,
        files: lines.count,
        register: hash(lines.csv()),
    };
    let mut json = serde_json::to_vec_pretty(&summary).expect("plain strings and numbers always serialise");
    json.push(b'\n');
    json
}
