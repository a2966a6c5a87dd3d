//! The survey of a batch before it is made.
//!
//! In: a [`Batch`]. Out: how many letters and messages, for whom, what is wrong with which rows, about how many pages,
//! and which letters to check first.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Groups;
use super::{Batch, Fingerprint, Group, People, Product, Rows, guarded};
use crate::check::list::{self, Problem, Seen, sheets};
use crate::check::post;
use crate::diag::{Report, Severity, codes};
use crate::doc::Document;
use crate::gate::Hash;
use crate::input::list::{Field, letters};
use crate::model::language::{Language, Rendition};
use crate::model::listed::Listed;
use crate::model::people::Format;
use crate::model::{Audience, Category};

/// A survey of what a batch would make.
#[derive(Debug, Default)]
pub struct Survey {
    /// People in the list.
    pub people: u32,
    /// People in each sheet of the list, in order; 0 for a sheet that is not read.
    pub by_sheet: Vec<u32>,
    /// Rows with an error; they get no letter.
    pub bad: u32,
    /// Rows whose name was cleared after their letters were released. They get no further one.
    pub off: u32,
    /// Letters of this run.
    pub letters: u32,
    /// Letters that go by post.
    pub posted: u32,
    /// Messages.
    pub emailed: u32,
    /// Letters by audience.
    pub audiences: BTreeMap<&'static str, u32>,
    /// Letters by size of print.
    pub formats: BTreeMap<&'static str, u32>,
    /// Letters by the interpreter's language that their row names.
    pub languages: BTreeMap<String, u32>,
    /// Posted letters by class of postage.
    pub postage: BTreeMap<&'static str, u32>,
    /// About how many pages: each kind of letter is laid out once, for the longest row of its kind.
    pub pages: usize,
    /// About how many sheets, printed on both sides.
    pub sheets: usize,
    /// Sound rows that get no letter of their own.
    pub(crate) rows: Rows,
    /// `problems.csv`: every problem of the list with its cell, but no values. Sheets are counted from 1.
    pub problems: Vec<u8>,
    /// The fingerprint of all rows, including those of other shares.
    pub list: Hash,
    /// The number of the longest letter of each kind, which stands for its kind.
    pub samples: BTreeSet<u32>,
    /// The letters to check first.
    pub proofs: Vec<Proof>,
    /// Whether the list lacks a column that every letter needs. None is made then.
    pub is_unusable: bool,
}

/// A letter to check before all are made.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Why it was chosen: `first`, `longest`, `random` or `last`; or `added-first` or `added-longest` of the letters
    /// that a run would add to released ones.
    pub why: &'static str,
    /// The person it is for.
    pub listed: Listed,
}

/// Letters of one kind have the same words and so about the same number of pages.
type Kind = (Category, Audience, &'static str, Option<Language>, Option<String>);

struct Sample {
    letters: usize,
    longest: Listed,
}

/// Surveys a batch, and passes every problem to `report`.
///
/// # Errors
/// If the list cannot be read, or the kind of paper does not exist.
pub fn survey(batch: &Batch<'_>, report: &mut dyn FnMut(Problem)) -> Result<Survey, Report> {
    batch.press.ensure_for_people(&batch.options.artefact)?;
    let mut survey = Survey::default();
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(["sheet", "row", "column", "field", "severity", "code", "says"])
        .expect("a vector takes every byte");
    let mut report = |problem: Problem| {
        table.write_record(problem_cells(&problem)).expect("a vector takes every byte");
        report(problem);
    };
    let mut wrong_sheets = false;
    if let People::List(list) = batch.people {
        for problem in sheets(list, &batch.known) {
            wrong_sheets |= problem.severity == Severity::Error;
            report(problem);
        }
    }
    survey.is_unusable = wrong_sheets;
    let fingerprint = count_people(batch, &mut survey, &mut report)?;
    survey.list = fingerprint.end();
    survey.rows.list = Some(survey.list);
    if let Some(group) = batch.options.group {
        survey.rows.groups = grouped(batch, group, &survey.rows)?;
    }
    let mut kinds: BTreeMap<Kind, Sample> = BTreeMap::new();
    let mut random: Option<(u128, Listed)> = None;
    let (mut first, mut last): (Option<Listed>, Option<Listed>) = (None, None);
    let rows = std::mem::take(&mut survey.rows);
    let mut bad = 0;
    let mut count = |listed: Listed| {
        survey.count(batch, &listed);
        let key = pseudo_random(batch, listed.number);
        if random.as_ref().is_none_or(|(least, _)| key < *least) {
            random = Some((key, listed.clone()));
        }
        if first.is_none() {
            first = Some(listed.clone());
        }
        last = Some(listed.clone());
        let kind = kind(batch, &listed);
        match kinds.get_mut(&kind) {
            None => drop(kinds.insert(kind, Sample { letters: 1, longest: listed })),
            Some(sample) => {
                sample.letters += 1;
                if length(&listed) > length(&sample.longest) {
                    sample.longest = listed;
                }
            }
        }
        true
    };
    let is_for_notify = batch.makes(Product::Notify) && matches!(batch.people, People::List(_));
    let mut judge = |listed: &Listed, problems: Vec<Problem>, sound: bool| {
        bad += u32::from(!sound);
        problems.into_iter().for_each(&mut report);
        if sound && is_for_notify {
            not_in_arial(listed).into_iter().for_each(&mut report);
        }
        if sound {
            only_in_english(batch, listed).into_iter().for_each(&mut report);
            only_in_large_print(batch, listed).into_iter().for_each(&mut report);
        }
    };
    if wrong_sheets {
        batch.each(&rows, &mut judge, &mut |_| true)?;
    } else {
        batch.each(&rows, &mut judge, &mut count)?;
    }
    (survey.rows, survey.bad) = (rows, bad);
    let mut longest: Option<(usize, usize, Listed)> = None;
    for sample in kinds.into_values() {
        survey.samples.insert(sample.longest.number);
        // One that cannot be made is reported in its turn, and does not stop the others.
        let laid_out = guarded(|| letter(batch, &sample.longest).and_then(|document| batch.press.lay_out(&document)));
        let Ok(pages) = laid_out.map(|l| l.pages()) else { continue };
        survey.pages += pages * sample.letters;
        survey.sheets += pages.div_ceil(2) * sample.letters;
        let weight = (pages, length(&sample.longest));
        if longest.as_ref().is_none_or(|(p, l, _)| weight > (*p, *l)) {
            longest = Some((weight.0, weight.1, sample.longest));
        }
    }
    // People who are added after a release are at the end of the list.
    let chosen = [("first", first), ("longest", longest.map(|l| l.2)), ("random", random.map(|r| r.1)), ("last", last)];
    survey.problems = table.into_inner().expect("a vector takes every byte");
    survey.proofs = chosen.into_iter().filter_map(|(why, l)| l.map(|listed| Proof { why, listed })).collect();
    Ok(survey)
}

/// Counts the people of a batch, and finds those listed twice. Returns the fingerprint of all rows.
fn count_people(
    batch: &Batch<'_>,
    survey: &mut Survey,
    report: &mut dyn FnMut(Problem),
) -> Result<Fingerprint, Report> {
    let mut fingerprint = Fingerprint::default();
    match batch.people {
        People::List(list) => {
            let (mut seen, mut people) = (Seen::default(), list::People::of(list));
            list.each(&mut |listed, _, _| {
                people.add(listed.sheet);
                fingerprint.add(&listed);
                if batch.is_taken_off(&listed) {
                    survey.rows.off.insert(listed.number);
                } else {
                    seen.add(&listed);
                }
                true
            })?;
            let ours = survey.rows.off.iter().filter(|number| batch.options.shard.holds(**number));
            survey.off = u32::try_from(ours.count()).unwrap_or(u32::MAX);
            (survey.people, survey.by_sheet) = (people.all, people.by_sheet);
            for found in seen.twice(list, &batch.known)? {
                if found.same_person {
                    survey.rows.skip.insert(found.number);
                }
                // If one letter per address was asked for, a shared address is no news.
                if batch.options.group != Some(Group::Address) || !found.is_one_address() {
                    report(found.problem(list));
                }
            }
        }
        // For the conference's own invitees, the check has already reported those invited twice.
        People::Invitees => batch.everybody(&mut |listed, _| {
            survey.people = listed.number;
            fingerprint.add(&listed);
            true
        })?,
    }
    Ok(fingerprint)
}

/// The rows that share letters.
fn grouped(batch: &Batch<'_>, group: Group, rows: &Rows) -> Result<Groups, Report> {
    let alone = Rows { groups: Groups::default(), ..rows.clone() };
    let mut groups = Groups::default();
    batch.each(
        &alone,
        &mut |listed, _, sound| {
            if sound {
                let reads = (batch.category(listed), batch.audience(listed), batch.organisation(listed), listed.reads);
                groups.add(group, listed, &format!("{reads:?}"));
            }
        },
        &mut |_| true,
    )?;
    groups.close();
    Ok(groups)
}

fn problem_cells(problem: &Problem) -> [String; 7] {
    [
        (problem.sheet + 1).to_string(),
        problem.row.map(|r| r.to_string()).unwrap_or_default(),
        problem.column.map(letters).unwrap_or_default(),
        problem.field.map(|f| f.id().to_owned()).unwrap_or_default(),
        if problem.severity == Severity::Error { "error" } else { "warning" }.to_owned(),
        problem.code.id.to_owned(),
        problem.code.says.to_owned(),
    ]
}

/// The warning that GOV.UK Notify would not print the name or the address of a row as they are.
fn not_in_arial(listed: &Listed) -> Option<Problem> {
    let mut texts = std::iter::once(&listed.name).chain(&listed.address);
    let c = texts.find_map(|text| post::not_in_arial(text)).filter(|_| listed.is_posted())?;
    Some(Problem {
        severity: Severity::Warning,
        code: codes::NOT_FOR_NOTIFY,
        sheet: listed.sheet,
        row: Some(listed.row),
        number: Some(listed.number),
        column: None,
        field: None,
        message: format!("GOV.UK Notify writes the address again in Arial, and cannot write U+{:04X}", u32::from(c)),
        hint: "post this letter in another way, or write name and address in Latin letters",
        value: None,
    })
}

/// The warning that a letter comes in English to somebody who reads another language, and does not say so in it.
fn only_in_english(batch: &Batch<'_>, listed: &Listed) -> Option<Problem> {
    let language = listed.reads.filter(|language| listed.position.is_none() && !language.is_english())?;
    let says_so = batch.checked.tongues.contains_key(&language);
    let kind = (batch.options.artefact.clone(), Rendition::plain(language));
    if says_so || batch.checked.translations.contains_key(&kind) {
        return None;
    }
    Some(Problem {
        severity: Severity::Warning,
        code: codes::NO_LANGUAGE,
        sheet: listed.sheet,
        row: Some(listed.row),
        number: Some(listed.number),
        column: None,
        field: Some(Field::Reads),
        message: "this letter comes in English, and nothing says so in its reader's language".to_owned(),
        hint: "write `templates/language.TAG.yaml` for that language, with the sentence under `untranslated:`",
        value: None,
    })
}

/// The warning that a letter comes in large print to somebody who reads easy read. Of invitees of the conference its check says so.
fn only_in_large_print(batch: &Batch<'_>, listed: &Listed) -> Option<Problem> {
    let is_easy = listed.format == Format::EasyRead && listed.position.is_none();
    let own = listed.reads.map(|language| vec![language]);
    let languages = own.unwrap_or_else(|| batch.checked.borough.languages.of_papers());
    let has_words = |language: &Language| {
        let kind = (batch.options.artefact.clone(), Rendition::easy(*language));
        batch.checked.translations.contains_key(&kind)
    };
    if !is_easy || languages.iter().all(has_words) {
        return None;
    }
    Some(Problem {
        severity: Severity::Warning,
        code: codes::NO_EASY_READ,
        sheet: listed.sheet,
        row: Some(listed.row),
        number: Some(listed.number),
        column: None,
        field: Some(Field::Format),
        message: "there are no words in easy read for this letter, which comes in large print".to_owned(),
        hint: "write its template in easy read, as `templates/invitation.easy-read.md` is that of the invitation",
        value: None,
    })
}

/// The letter to a sound row's person.
pub(super) fn letter(batch: &Batch<'_>, listed: &Listed) -> Result<Document, Report> {
    batch.press.listed(&batch.options.artefact, listed, batch.organisation(listed), batch.category(listed))
}

/// A number that looks random, yet is the same on every run and machine.
fn pseudo_random(batch: &Batch<'_>, number: u32) -> u128 {
    let seed = format!("{}/{number}", batch.checked.conference.reference);
    let bytes = blake3::hash(seed.as_bytes());
    u128::from_le_bytes(std::array::from_fn(|i| bytes.as_bytes()[i]))
}

fn kind(batch: &Batch<'_>, listed: &Listed) -> Kind {
    let organisation = batch.organisation(listed).map(str::to_owned);
    (batch.category(listed), batch.audience(listed), listed.format.id(), listed.reads, organisation)
}

/// How much of a letter's text comes from its row, in characters.
pub(super) fn length(listed: &Listed) -> usize {
    let own = [&listed.name, &listed.salutation, &listed.language, &listed.access, &listed.bring, &listed.note];
    own.iter().map(|t| t.chars().count()).sum()
}

impl Survey {
    fn count(&mut self, batch: &Batch<'_>, listed: &Listed) {
        self.letters += 1;
        *self.audiences.entry(batch.audience(listed).id()).or_default() += 1;
        *self.formats.entry(listed.format.id()).or_default() += 1;
        if !listed.language.is_empty() && self.languages.len() < 200 {
            *self.languages.entry(listed.language.clone()).or_default() += 1;
        }
        if listed.is_posted() {
            self.posted += 1;
            *self.postage.entry(listed.postage.unwrap_or(batch.options.postage).id()).or_default() += 1;
        }
        self.emailed += u32::from(listed.is_emailed());
    }
}

impl Batch<'_> {
    /// Checks that the list has not changed since the survey. The prompt in between may have been left open for an
    /// hour.
    pub(super) fn ensure_list_unchanged(&self, survey: &Survey) -> Result<(), Report> {
        let mut fingerprint = Fingerprint::default();
        self.everybody(&mut |listed, _| {
            fingerprint.add(&listed);
            true
        })?;
        if survey.list == fingerprint.end() { Ok(()) } else { Err(self.list_changed()) }
    }
}
