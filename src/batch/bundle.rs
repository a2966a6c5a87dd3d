//! Bundles of many letters: files for the printer, a set for GOV.UK Notify, archives, the list of problems.
//!
//! Each is remade only if a letter in it changed; once released, not even then. Letters that are in no released file of
//! a kind go into further ones.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::bundler::{BundleState, Bundler, bundle_of};
use super::committer::Committer;
use super::outcome::{LeftOut, RunError, claim, is_pdf_letter};
use super::spot::Spot;
use super::{Ended, Product, Survey};
use crate::check::post;
use crate::diag::{Report, codes};
use crate::gate::{FileKind, Hash, Sealed, Window, lines_in};
use crate::jobs::Calendar;
use crate::model::Audience;
use crate::model::field_names;
use crate::records::run::{Held, Line};

/// Makes every bundle that was asked for.
///
/// # Errors
/// If the disk cannot be written, a file was changed by hand, or the list has changed.
pub(super) fn make_bundles(
    bundler: &Bundler<'_>,
    committer: &mut Committer<'_>,
    ended: &mut Ended,
) -> Result<(), RunError> {
    // Letters must be in their places before they are bundled.
    committer.flush().map_err(RunError::Fatal)?;
    for (audience, calendar) in bundler.calendars {
        if bundler.batch.makes(Product::Calendar) {
            for file in calendar.iter().flat_map(Calendar::files) {
                bundler.add_sealed(file.path(), *audience, file, None, committer, ended)?;
            }
        }
        if bundler.batch.makes(Product::Print) || bundler.batch.makes(Product::Labels) {
            bundler.parts(*audience, committer, ended)?;
        }
        if bundler.batch.makes(Product::Notify) {
            bundler.notify(*audience, committer, ended)?;
        }
        if bundler.batch.makes(Product::Zip) {
            bundler.archives(*audience, committer, ended)?;
        }
    }
    Ok(())
}

/// The window in which GOV.UK Notify looks for the address: its own, and 3 mm around it.
const ADDRESS: Window = Window { across: (21.6, 123.0), down: (36.5, 69.3) };

/// The name of a bundle: from the second on, it contains its number.
fn numbered(name: &str, ending: &str, n: usize) -> String {
    if n == 0 { format!("{name}.{ending}") } else { format!("{name}-{:03}.{ending}", n + 1) }
}

impl Bundler<'_> {
    /// Adds a bundle that is already in memory, and returns whether it is new.
    fn add_sealed(
        &self,
        file: &str,
        audience: Audience,
        sealed: &Sealed,
        held: Option<Held>,
        committer: &mut Committer<'_>,
        ended: &mut Ended,
    ) -> Result<bool, RunError> {
        let mut line = self.line(file, audience, sealed.hash());
        let state = self.bundle_state(&mut line);
        let mut staged = None;
        match state {
            BundleState::Current => {}
            BundleState::Outdated => ended.outdated.push(file.to_owned()),
            BundleState::Due => {
                line.hash = Some(sealed.hash());
                if claim(self.batch, self.letters, file, sealed.hash()).map_err(RunError::Fatal)? {
                    staged = Some(self.letters.stage(sealed).map_err(RunError::Fatal)?);
                }
            }
        }
        line.held = held;
        committer.add(line, staged).map_err(RunError::Fatal)?;
        Ok(matches!(state, BundleState::Due))
    }

    /// Letters that GOV.UK Notify takes, and a table of them: reference, file, class of postage and pages.
    /// Its limits for letters made elsewhere: 10 pages, 2 MB, and an address that it can read back from the window
    /// (notifications-template-preview, August 2026).
    fn notify(&self, audience: Audience, committer: &mut Committer<'_>, ended: &mut Ended) -> Result<(), RunError> {
        let fatal = RunError::Fatal;
        let folder = self.batch.at(&format!("{}/notify", audience.id()));
        let mut posted: BTreeMap<u32, (&'static str, Spot)> = BTreeMap::new();
        self.each(&mut |listed| {
            if listed.is_posted() {
                let postage = listed.postage.unwrap_or(self.batch.options.postage).id();
                posted.insert(listed.number, (postage, Spot::of(&listed)));
            }
        })?;
        let released = self.released(audience, "notify").to_vec();
        let mut bundles: Vec<Vec<(Line, &str)>> = vec![Vec::new(); released.len() + 1];
        let is_theirs = |l: &&Line| l.audience == audience.id() && is_pdf_letter(&l.file);
        let letters: Vec<Line> = committer.lines.iter().filter(is_theirs).cloned().collect();
        for letter in letters {
            let Some((postage, spot)) = posted.get(&letter.number) else { continue };
            let left_out = |reference: String, why: &'static str| LeftOut { reference, why, spot: *spot };
            if let Some(why) = too_much_for_notify(letter.pages, self.letters.length(&letter.file)) {
                ended.left_out.push(left_out(letter.reference, why));
                continue;
            }
            let data = self.letters.read(&letter.file).map_err(fatal)?;
            let refused = match lines_in(&data, &ADDRESS) {
                Ok(lines) => post::notify(&lines),
                Err(_) => Some("its address cannot be read back"),
            };
            if let Some(why) = refused {
                ended.left_out.push(left_out(letter.reference, why));
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
            committer.add(line.clone(), staged).map_err(fatal)?;
            bundles[bundle_of(&released, line.number).unwrap_or(released.len())].push((line, postage));
        }
        for (n, letters) in bundles.iter().enumerate() {
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
            let state = self.bundle_state(&mut self.line(&file, audience, sealed.hash()));
            let again = Some(&numbers).filter(|_| matches!(state, BundleState::Due));
            let new = letters.iter().map(|(line, _)| (line.number, line.inputs));
            let held = self.held(released.get(n), again, new, n + 1);
            self.add_sealed(&file, audience, &sealed, held, committer, ended)?;
        }
        Ok(())
    }

    /// All letters and messages of an audience in one archive, without times, so that the same letters give the same bytes.
    fn archives(&self, audience: Audience, committer: &mut Committer<'_>, ended: &mut Ended) -> Result<(), RunError> {
        committer.flush().map_err(RunError::Fatal)?;
        let released = self.released(audience, "zip").to_vec();
        let mut bundles: Vec<Vec<Line>> = vec![Vec::new(); released.len() + 1];
        let wanted = |l: &&Line| l.number > 0 && l.audience == audience.id() && !l.file.contains("/notify/");
        for line in committer.lines.iter().filter(wanted) {
            bundles[bundle_of(&released, line.number).unwrap_or(released.len())].push(line.clone());
        }
        for (n, letters) in bundles.iter().enumerate() {
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
            match self.bundle_state(&mut line) {
                BundleState::Current => {}
                BundleState::Outdated => ended.outdated.push(file),
                BundleState::Due => {
                    staged = self.archive(&mut line, letters).map_err(RunError::Fatal)?;
                    again = Some(letters.iter().map(|line| line.number).collect::<BTreeSet<u32>>());
                }
            }
            let new = letters.iter().map(|line| (line.number, line.inputs));
            line.held = self.held(released.get(n), again.as_ref(), new, n + 1);
            committer.add(line, staged).map_err(RunError::Fatal)?;
        }
        Ok(())
    }

    /// Streams an archive into the staging area: it may be larger than the memory.
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

/// The name of a letter in an archive, without the folders of the run and of the audience.
fn within(file: &str) -> &str {
    let mut parts = file.rsplitn(3, '/');
    let (Some(name), Some(kind)) = (parts.next(), parts.next()) else { return file };
    &file[file.len() - name.len() - kind.len() - 1..]
}

/// The most pages of a letter that GOV.UK Notify prints: five sheets, both sides.
const NOTIFY_PAGES: u32 = 10;

/// The most bytes of a letter that GOV.UK Notify takes: 2 MB.
const NOTIFY_BYTES: u64 = 2 * 1024 * 1024;

/// Why GOV.UK Notify would refuse a letter of so many pages and bytes.
fn too_much_for_notify(pages: u32, bytes: u64) -> Option<&'static str> {
    if pages > NOTIFY_PAGES {
        Some("it has more than 10 pages")
    } else if bytes > NOTIFY_BYTES {
        Some("it is larger than 2 MB")
    } else {
        None
    }
}

/// `problems.csv`: the problems of the list, and the letters and labels that could not be made.
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
    for LeftOut { reference, why, spot } in &ended.left_out {
        let says = format!("{reference} is not in the set for GOV.UK Notify: {why}");
        // An invitee of the conference file has no row.
        let of_list = |number: String| if spot.position.is_none() { number } else { String::new() };
        let (sheet, row) = (of_list((spot.sheet + 1).to_string()), of_list(spot.row.to_string()));
        let path = spot.position.map(|position| format!("invitees[{position}]")).unwrap_or_default();
        let cells = [&sheet, &row, "", &path, "error", codes::NOT_FOR_NOTIFY.id, &says];
        table.write_record(cells).expect("a vector takes every byte");
    }
    let made = table.into_inner().expect("a vector takes every byte");
    [survey.problems.as_slice(), &made].concat()
}

#[cfg(test)]
mod tests {
    use super::too_much_for_notify;

    #[test]
    fn notify_takes_ten_pages_and_two_megabytes_and_no_more() {
        assert_eq!(too_much_for_notify(10, 2_097_152), None);
        assert_eq!(too_much_for_notify(11, 1), Some("it has more than 10 pages"));
        assert_eq!(too_much_for_notify(1, 2_097_153), Some("it is larger than 2 MB"));
    }
}
