//! What is put together from many letters: files for the printer, a set for GOV.UK Notify, archives, the summary.
//!
//! Each is made again only if a letter in it changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::run::is_to_be_written;
use super::survey::letter;
use super::{Batch, Ended, Product, ReadBack, Survey};
use crate::deliver::batch::{Folder, Journal, Line, Lines};
use crate::diag::Report;
use crate::doc::Document;
use crate::gate::hash;
use crate::jobs::{Cover, CoverRow, LaidOut, parallel, words_of};
use crate::model::Audience;
use crate::model::artefact::Format;
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
}

impl Noted<'_, '_> {
    fn push(&mut self, line: &Line) -> Result<(), Report> {
        self.journal.push(line)?;
        self.lines.push(line);
        Ok(())
    }
}

/// Makes every bundle that was asked for, and notes the letters that are in none of them.
pub fn all(made: &Made<'_>, lines: &mut Noted<'_, '_>, ended: &mut Ended) -> Result<(), Report> {
    for (audience, calendar) in made.calendars {
        if made.batch.makes(Product::Calendar) {
            made.whole(&format!("{}/meeting.ics", audience.id()), *audience, calendar, lines)?;
        }
        for product in [Product::Print, Product::Labels] {
            if made.batch.makes(product) {
                made.parts(product, *audience, lines, ended)?;
            }
        }
        if made.batch.makes(Product::Notify) {
            made.notify(*audience, lines, &mut ended.left_out)?;
        }
        if made.batch.makes(Product::Zip) {
            made.archive(*audience, lines)?;
        }
    }
    Ok(())
}

/// A part of a print run: its line, and the letters that are not in it.
type Part = (Line, Vec<(Listed, Report)>);

impl Made<'_> {
    fn line(&self, file: &str, audience: Audience, inputs: &str) -> Line {
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

    /// A file that is at hand in memory.
    fn whole(&self, file: &str, audience: Audience, data: &[u8], lines: &mut Noted<'_, '_>) -> Result<(), Report> {
        let hash = hash(data);
        let line = Line { hash: hash.clone(), ..self.line(file, audience, &hash) };
        if is_to_be_written(self.batch, self.folder, &line)? {
            self.folder.write(file, data, 0)?;
        }
        lines.push(&line)
    }

    /// Files for the printer or sheets of labels: so many letters in each, in the order of the list.
    fn parts(
        &self,
        product: Product,
        audience: Audience,
        lines: &mut Noted<'_, '_>,
        ended: &mut Ended,
    ) -> Result<(), Report> {
        let batch = self.batch;
        self.folder.prepare(&[format!("{}/print", audience.id())])?;
        let ours = |listed: &Listed| listed.is_posted() && batch.audience(listed) == audience;
        let mut letters = 0;
        self.each(&mut |listed| letters += usize::from(ours(&listed)))?;
        let size = batch.options.part.max(1);
        let parts = letters.div_ceil(size);
        // As many parts at once as there are workers: no more than they are held in memory.
        let at_once = super::workers(batch.options.jobs);
        let mut waiting: Vec<Vec<Listed>> = Vec::new();
        let mut first = 1;
        let mut result = Ok(());
        let mut flush = |waiting: &mut Vec<Vec<Listed>>| -> Result<(), Report> {
            let numbered: Vec<(usize, Vec<Listed>)> = (first..).zip(std::mem::take(waiting)).collect();
            first += numbered.len();
            let failed: BTreeSet<u32> = ended.failed.iter().map(|(listed, _)| listed.number).collect();
            let made = parallel::map(&numbered, |(part, letters)| match product {
                Product::Labels => self.labels(audience, *part, letters, &failed),
                _ => self.part(audience, *part, parts, letters),
            });
            if self.stop.load(Ordering::Relaxed) {
                return Err(super::run::stopped(self.folder));
            }
            for part in made {
                let (line, failed) = part?;
                lines.push(&line)?;
                ended.fail(failed);
            }
            Ok(())
        };
        self.each(&mut |listed| {
            if !ours(&listed) || result.is_err() {
                return;
            }
            if waiting.last().is_none_or(|part| part.len() == size) {
                if waiting.len() == at_once {
                    result = flush(&mut waiting);
                }
                waiting.push(Vec::with_capacity(size));
            }
            waiting.last_mut().expect("one was just put there").push(listed);
        })?;
        result?;
        flush(&mut waiting)
    }

    fn each(&self, visit: &mut dyn FnMut(Listed)) -> Result<(), Report> {
        self.batch.each(&self.survey.rows, &mut |_, _, _| {}, &mut |listed| {
            visit(listed);
            true
        })
    }

    /// The line of a part, and whether it lies there as it is to be made.
    fn part_line(&self, audience: Audience, kind: &str, of: (usize, usize), letters: &[Listed]) -> (Line, bool) {
        let (part, parts) = of;
        let file = format!("{}/print/{kind}-{part:03}.pdf", audience.id());
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{kind}\0{part}/{parts}").as_bytes());
        for listed in letters {
            hasher.update(self.batch.inputs_of(listed).as_bytes());
        }
        let line = self.line(&file, audience, hasher.finalize().to_hex().as_str());
        match self.folder.made(&file, &line.inputs) {
            Some((hash, pages)) => (Line { pages, hash, ..line }, true),
            None => (line, false),
        }
    }

    /// A file for the printer: a cover on top, every letter beginning on a front.
    fn part(&self, audience: Audience, part: usize, parts: usize, letters: &[Listed]) -> Result<Part, Report> {
        let batch = self.batch;
        let (mut line, is_there) = self.part_line(audience, "part", (part, parts), letters);
        if is_there {
            return Ok((line, Vec::new()));
        }
        let mut run = Cover { part, parts, letters: 0, sheets: 0, rows: Vec::new() };
        let mut laid_out = Vec::with_capacity(letters.len() + 1);
        let mut failed = Vec::new();
        for listed in letters {
            let laid = letter(batch, listed).and_then(|document| Ok((batch.press.lay_out(&document)?, document)));
            let (pages, document) = match laid {
                Ok(laid) => laid,
                Err(report) => {
                    failed.push((listed.clone(), report));
                    continue;
                }
            };
            if let Err(report) = batch.press.listed_text(&document, &batch.to(listed, &line.file)) {
                failed.push((listed.clone(), report));
                continue;
            }
            let from = run.sheets * 2 + 1;
            let row = CoverRow {
                reference: document.meta.reference,
                name: listed.name.clone(),
                from,
                to: from + pages.pages() - 1,
            };
            run.sheets += pages.pages().div_ceil(2);
            run.letters += 1;
            run.rows.push(row);
            laid_out.push(pages);
        }
        if batch.options.all_or_nothing
            && let Some((_, report)) = failed.pop()
        {
            return Err(report);
        }
        let (cover, before, pages) = self.cover(audience, &mut run, letters)?;
        laid_out.insert(0, pages);
        line.pages = before + run.sheets * 2;
        let data = batch.press.joined(&cover, laid_out)?;
        self.written(&mut line, audience, &data, letters, part)?;
        Ok((if failed.is_empty() { line } else { unfinished(line) }, failed))
    }

    /// The cover, how many pages it takes, and the cover laid out. It says on which pages of the file the letters stand, so
    /// it has to know its own length: it is laid out for a likely one, and again if that was wrong.
    fn cover(&self, audience: Audience, run: &mut Cover, of: &[Listed]) -> Result<(Document, usize, LaidOut), Report> {
        let press = self.batch.press;
        let mut taken = 0;
        // About 16 rows stand on its first page and 28 on each other.
        let mut before = (1 + run.rows.len().saturating_sub(16).div_ceil(28)).next_multiple_of(2);
        // Longer figures never make a cover shorter, so its length settles; if it did not, the last one stands.
        let mut tries = 0;
        loop {
            tries += 1;
            for row in &mut run.rows {
                (row.from, row.to) = (row.from + before - taken, row.to + before - taken);
            }
            taken = before;
            let cover = press.cover(&self.batch.options.artefact, audience, run)?;
            let words = words_of(&cover);
            let text = ("a cover", Format::Txt, words.as_bytes());
            press.read_bundle(&self.batch.options.artefact, text, audience, of.iter())?;
            let pages = press.lay_out(&cover)?;
            before = pages.pages().next_multiple_of(2);
            if before == taken || tries == 8 {
                return Ok((cover, before, pages));
            }
        }
    }

    /// Sheets of labels for the letters of a part, in their order. Who gets no letter gets no label: a label bears no
    /// reference, and one too many would put every later letter into another's envelope.
    fn labels(
        &self,
        audience: Audience,
        part: usize,
        letters: &[Listed],
        without: &BTreeSet<u32>,
    ) -> Result<Part, Report> {
        let batch = self.batch;
        let (mut line, is_there) = self.part_line(audience, "labels", (part, 0), letters);
        if is_there {
            return Ok((line, Vec::new()));
        }
        let (mut labelled, mut failed) = (Vec::new(), Vec::new());
        for listed in letters.iter().filter(|l| !without.contains(&l.number)) {
            let fits = || {
                let document = letter(batch, listed)?;
                batch.press.read_words(&document, &batch.to(listed, &line.file))?;
                let label =
                    batch.press.labels(&batch.options.artefact, audience, vec![batch.press.envelope(listed)])?;
                batch.press.lay_out(&label)
            };
            match fits() {
                Ok(_) => labelled.push(listed.clone()),
                Err(report) => failed.push((listed.clone(), report)),
            }
        }
        if batch.options.all_or_nothing
            && let Some((_, report)) = failed.pop()
        {
            return Err(report);
        }
        let addresses = labelled.iter().map(|l| batch.press.envelope(l)).collect();
        let document = batch.press.labels(&batch.options.artefact, audience, addresses)?;
        let (data, pages) = batch.press.write(&document)?;
        line.pages = pages;
        self.written(&mut line, audience, &data, &labelled, part)?;
        let left_out = labelled.len() < letters.len();
        Ok((if left_out { unfinished(line) } else { line }, failed))
    }

    /// Whether a part is read back: the words of each letter in it are in any case.
    fn reads_back(&self, part: usize) -> bool {
        self.batch.options.read_back == ReadBack::Every || self.batch.press.has_own_theme() || part == 1
    }

    /// Reads a file of many letters back and writes it.
    fn written(
        &self,
        line: &mut Line,
        audience: Audience,
        data: &[u8],
        letters: &[Listed],
        part: usize,
    ) -> Result<(), Report> {
        let file = (line.file.as_str(), Format::Pdf, data);
        if self.reads_back(part) {
            self.batch.press.read_bundle(&self.batch.options.artefact, file, audience, letters.iter())?;
        }
        line.hash = hash(data);
        if is_to_be_written(self.batch, self.folder, line)? {
            self.folder.write(&line.file, data, part + 1)?;
        }
        Ok(())
    }

    /// Letters that GOV.UK Notify takes, and a table of them: reference, file, class of postage and pages.
    /// Its limits for letters made elsewhere: 10 pages and 2 MB (notifications-template-preview, August 2026).
    fn notify(
        &self,
        audience: Audience,
        lines: &mut Noted<'_, '_>,
        left_out: &mut Vec<(String, &'static str)>,
    ) -> Result<(), Report> {
        let folder = format!("{}/notify", audience.id());
        self.folder.prepare(std::slice::from_ref(&folder))?;
        let mut posted: BTreeMap<u32, &'static str> = BTreeMap::new();
        self.each(&mut |listed| {
            if listed.is_posted() {
                posted.insert(listed.number, listed.postage.unwrap_or(self.batch.options.postage).id());
            }
        })?;
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(["reference", "file", "postage", "pages"]).expect("a vector takes every byte");
        let letters: Vec<Line> =
            lines.lines.all().filter(|l| l.audience == audience.id() && l.file.contains("/letters/")).collect();
        for letter in letters {
            let Some(postage) = posted.get(&letter.number) else { continue };
            let size = self.folder.read(&letter.file)?.len();
            if letter.pages > 10 {
                left_out.push((letter.reference, "it has more than 10 pages"));
                continue;
            }
            if size > 2 * 1024 * 1024 {
                left_out.push((letter.reference, "it is larger than 2 MB"));
                continue;
            }
            let file = format!("{folder}/{}.pdf", letter.reference.replace('/', "-"));
            self.folder.begin(&file, &letter.hash)?;
            self.folder.link(&letter.file, &file)?;
            let cells =
                [&letter.reference, file.rsplit('/').next().unwrap_or(&file), postage, &letter.pages.to_string()];
            table.write_record(cells).expect("a vector takes every byte");
            lines.push(&Line { file, ..letter })?;
        }
        let table = table.into_inner().expect("a vector takes every byte");
        self.whole(&format!("{folder}/notify.csv"), audience, &table, lines)
    }

    /// All letters and messages of an audience in one archive, without times, so that the same letters give the same bytes.
    fn archive(&self, audience: Audience, lines: &mut Noted<'_, '_>) -> Result<(), Report> {
        let file = format!("{}/letters.zip", audience.id());
        let wanted = |l: &Line| l.number > 0 && l.audience == audience.id() && !l.file.contains("/notify/");
        let all: Vec<Line> = lines.lines.all().filter(wanted).collect();
        let mut hasher = blake3::Hasher::new();
        for line in &all {
            hasher.update(line.file.as_bytes()).update(line.hash.as_bytes());
        }
        let mut line = self.line(&file, audience, hasher.finalize().to_hex().as_str());
        if let Some((hash, _)) = self.folder.made(&file, &line.inputs) {
            line.hash = hash;
        } else {
            let mut unfinished = self.folder.start(&file)?;
            {
                let mut zip = ZipWriter::new(&mut unfinished.inner);
                // A PDF is compressed already.
                let stored =
                    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(false);
                for line in &all {
                    let name = line.file.split_once('/').map_or(line.file.as_str(), |(_, rest)| rest);
                    let data = self.folder.read(&line.file)?;
                    let written =
                        zip.start_file(name, stored).map_err(std::io::Error::from).and_then(|()| zip.write_all(&data));
                    written.map_err(|e| self.folder.cannot_write(&file, &e))?;
                }
                zip.finish().map_err(|e| self.folder.cannot_write(&file, &e.into()))?;
            }
            line.hash = unfinished.hash()?;
            if is_to_be_written(self.batch, self.folder, &line)? {
                unfinished.end()?;
            }
        }
        lines.push(&line)
    }
}

/// A part that lacks a letter is made again on the next run.
fn unfinished(line: Line) -> Line {
    Line { inputs: hash(line.inputs.as_bytes()), ..line }
}

/// `problems.csv`: what the list was found to have, and the letters that could not be made.
pub fn problems(survey: &Survey, ended: &Ended) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(survey.problems.clone());
    for (listed, report) in &ended.failed {
        for fault in &report.diagnostics {
            let (sheet, row) = ((listed.sheet + 1).to_string(), listed.row.to_string());
            let path = fault.place.path.as_deref().unwrap_or_default();
            let cells = [&sheet, &row, "", path, "error", fault.code.id, fault.code.says];
            table.write_record(cells).expect("a vector takes every byte");
        }
    }
    for (reference, why) in &ended.left_out {
        let says = format!("{reference} is not in the set for GOV.UK Notify: {why}");
        table.write_record(["", "", "", "", "error", "not-for-notify", &says]).expect("a vector takes every byte");
    }
    table.into_inner().expect("a vector takes every byte")
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

/// Writes the summary. It holds numbers and no name of a reader, and nothing that differs between a run that was stopped and one that
/// was not.
pub fn summary(batch: &Batch<'_>, survey: &Survey, ended: &Ended, lines: &Lines) -> Vec<u8> {
    let summary = Summary {
        format: 1,
        conference: &batch.checked.conference.reference,
        version: batch.checked.conference.version,
        issued: batch.checked.conference.issued.to_string(),
        made_by: concat!("convenor ", env!("CARGO_PKG_VERSION")),
        maker: batch.checked.maker(),
        checker: batch.options.checker.as_ref().map(|(name, _)| name.trim()),
        checked: batch.options.checker.as_ref().map(|(_, day)| day.to_string()),
        list: &survey.list,
        list_name: batch.list_name(),
        choices: batch.choices(),
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
