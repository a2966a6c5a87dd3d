//! What is put together from many letters: files for the printer, a set for GOV.UK Notify, archives, the summary.
//!
//! Each is made again only if a letter in it changed.

use std::collections::BTreeMap;
use std::io::Write as _;

use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::survey::letter;
use super::{Batch, Ended, Product, Survey};
use crate::deliver::batch::{Folder, Line, Lines};
use crate::diag::{Diagnostic, Report, codes};
use crate::gate::hash;
use crate::jobs::{Cover, CoverRow, parallel};
use crate::model::Audience;
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
}

/// Makes every bundle that was asked for, and gives the letters that GOV.UK Notify would not take.
pub fn all(made: &Made<'_>, lines: &mut Lines) -> Result<Vec<(String, &'static str)>, Report> {
    let mut left_out = Vec::new();
    for (audience, calendar) in made.calendars {
        if made.batch.makes(Product::Calendar) {
            made.whole(&format!("{}/meeting.ics", audience.id()), *audience, calendar, lines)?;
        }
        if made.batch.makes(Product::Print) {
            made.print(*audience, lines)?;
        }
        if made.batch.makes(Product::Notify) {
            made.notify(*audience, lines, &mut left_out)?;
        }
        if made.batch.makes(Product::Zip) {
            made.archive(*audience, lines)?;
        }
    }
    Ok(left_out)
}

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
    fn whole(&self, file: &str, audience: Audience, data: &[u8], lines: &mut Lines) -> Result<(), Report> {
        self.folder.write(file, data, 0)?;
        let hash = hash(data);
        lines.push(&Line { hash: hash.clone(), ..self.line(file, audience, &hash) });
        Ok(())
    }

    /// Files for the printer: so many letters in each, a cover on top, every letter beginning on a front.
    fn print(&self, audience: Audience, lines: &mut Lines) -> Result<(), Report> {
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
            for line in parallel::map(&numbered, |(part, letters)| self.part(audience, *part, parts, letters)) {
                lines.push(&line?);
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

    fn part(&self, audience: Audience, part: usize, parts: usize, letters: &[Listed]) -> Result<Line, Report> {
        let batch = self.batch;
        let file = format!("{}/print/part-{part:03}.pdf", audience.id());
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{part}/{parts}").as_bytes());
        for listed in letters {
            hasher.update(batch.inputs_of(listed).as_bytes());
        }
        let mut line = self.line(&file, audience, hasher.finalize().to_hex().as_str());
        if let Some((hash, pages)) = self.folder.made(&file, &line.inputs) {
            return Ok(Line { hash, pages, ..line });
        }
        let mut run = Cover { part, parts, letters: 0, sheets: 0, rows: Vec::new() };
        let mut laid_out = Vec::with_capacity(letters.len() + 1);
        for listed in letters {
            // A letter that cannot be made has been told already and is in no file.
            let Ok(document) = letter(batch, listed) else { continue };
            if batch.press.listed_text(&document, &batch.to(listed, &file)).is_err() {
                continue;
            }
            let Ok(pages) = batch.press.lay_out(&document) else { continue };
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
        // The cover's own length does not depend on the figures in it, so it is laid out twice: to be counted, and to say
        // on which pages of the file the letters stand.
        let cover = batch.press.cover(&batch.options.artefact, audience, &run)?;
        let before = batch.press.lay_out(&cover)?.pages().div_ceil(2) * 2;
        for row in &mut run.rows {
            (row.from, row.to) = (row.from + before, row.to + before);
        }
        let cover = batch.press.cover(&batch.options.artefact, audience, &run)?;
        laid_out.insert(0, batch.press.lay_out(&cover)?);
        line.pages = before + run.sheets * 2;
        let data = batch.press.joined(&cover, laid_out)?;
        line.hash = hash(&data);
        self.folder.write(&file, &data, part + 1)?;
        Ok(line)
    }

    /// Letters that GOV.UK Notify takes, and a table of them: reference, file, class of postage and pages.
    /// Its limits for letters made elsewhere: 10 pages and 2 MB (notifications-template-preview, August 2026).
    fn notify(
        &self,
        audience: Audience,
        lines: &mut Lines,
        left_out: &mut Vec<(String, &'static str)>,
    ) -> Result<(), Report> {
        if !self.batch.makes(Product::Letters) {
            let error = Diagnostic::error(codes::NOTHING_TO_MAKE, "a set for GOV.UK Notify is made from letters");
            return Err(error.hint("add `letters` to `--make`").into());
        }
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
            lines.all().filter(|l| l.audience == audience.id() && l.file.contains("/letters/")).collect();
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
            self.folder.link(&letter.file, &file)?;
            let cells =
                [&letter.reference, file.rsplit('/').next().unwrap_or(&file), postage, &letter.pages.to_string()];
            table.write_record(cells).expect("a vector takes every byte");
            lines.push(&Line { file, ..letter });
        }
        let table = table.into_inner().expect("a vector takes every byte");
        self.whole(&format!("{folder}/notify.csv"), audience, &table, lines)
    }

    /// All letters and messages of an audience in one archive, without times, so that the same letters give the same bytes.
    fn archive(&self, audience: Audience, lines: &mut Lines) -> Result<(), Report> {
        let file = format!("{}/letters.zip", audience.id());
        let wanted = |l: &Line| l.number > 0 && l.audience == audience.id() && !l.file.contains("/notify/");
        let all: Vec<Line> = lines.all().filter(wanted).collect();
        let mut hasher = blake3::Hasher::new();
        for line in &all {
            hasher.update(line.file.as_bytes()).update(line.hash.as_bytes());
        }
        let mut line = self.line(&file, audience, hasher.finalize().to_hex().as_str());
        if let Some((hash, _)) = self.folder.made(&file, &line.inputs) {
            line.hash = hash;
        } else {
            let mut unfinished = self.folder.begin(&file)?;
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
            unfinished.end()?;
            line.hash = hash(&self.folder.read(&file)?);
        }
        lines.push(&line);
        Ok(())
    }
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
    artefact: &'s str,
    inputs: &'s str,
    part: u32,
    of: u32,
    people: u32,
    letters: u32,
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
        checker: batch.options.checker.as_deref(),
        artefact: &batch.options.artefact,
        inputs: &batch.inputs,
        part: batch.options.shard.part,
        of: batch.options.shard.of,
        people: survey.people,
        letters: survey.letters,
        failed: ended.failed.iter().map(|(listed, _)| listed.number).collect(),
        pages: ended.pages,
        files: lines.count,
        register: hash(lines.csv()),
    };
    let mut json = serde_json::to_vec_pretty(&summary).expect("plain strings and numbers always serialise");
    json.push(b'\n');
    json
}
