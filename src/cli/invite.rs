//! `invite` makes letters to everybody on a list; `register merge` joins the registers of its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::day::day;
use super::list::{Kinds, ListOptions, headings, machine_line};
use super::products::{LetterFormat, Make};
use super::records::today;
use super::report::Output;
use super::{FINE, WRONG};
use crate::batch::{self, Batch, Ended, Group, LeftOut, Options, Product, Progress, Shard, Spot, Survey};
use crate::diag::{Diagnostic, Hint, Place, Report, codes, count, count_people};
use crate::input;
use crate::model::field_names;
use crate::model::listed::{Listed, Postage};

#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  convenor invite conference.yaml --make letters,print --yes\n  convenor invite conference.yaml --list people.xlsx\n  convenor invite conference.yaml --list people.csv --category residents --make letters,print --yes\n  convenor invite conference.yaml --list people.csv --shard 3/8 --yes"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Invite {
    /// The conference file, YAML or JSON. `borough.yaml` is looked for beside it and in the folders above it.
    pub file: PathBuf,
    /// The people: CSV, XLSX or ODS, a row for each. A hidden sheet is not read; a hidden row is reported and gets no
    /// letter. Default: the invitees of the conference file, each with the letter that `build` makes.
    #[arg(long, value_name = "LIST")]
    pub list: Option<PathBuf>,
    #[command(flatten)]
    pub options: ListOptions,
    /// The paper to make for each person.
    #[arg(long, default_value = "invitation", value_name = "PAPER")]
    pub paper: String,
    /// What to make.
    #[arg(long, value_delimiter = ',', value_enum, default_value = "letters,emails,calendar", value_name = "WHAT")]
    pub make: Vec<Make>,
    /// The formats of the letters themselves. What is printed, posted or emailed is always PDF. Default: PDF.
    #[arg(long, value_delimiter = ',', value_enum, value_name = "FORMAT")]
    pub to: Vec<LetterFormat>,
    /// How many letters to make at once. Default: as many as there are cores.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "N")]
    pub jobs: usize,
    /// Make only one of several equal shares of the list, for example on several machines.
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// The postage class of rows that name none.
    #[arg(long, value_enum, default_value = "second", value_name = "CLASS")]
    pub postage: PostageClass,
    /// Make one letter for rows that belong together.
    #[arg(long, value_enum, value_name = "BY", requires = "list")]
    pub group: Option<GroupBy>,
    /// Make nothing at all if any row is wrong.
    #[arg(long)]
    pub all_or_nothing: bool,
    /// Letters in one file for the printer. Files of released letters stay as they are.
    #[arg(long, default_value_t = 250, value_name = "LETTERS")]
    pub part: usize,
    /// Which finished letters are read back for anything that their readers may not read. The words of every letter
    /// always are.
    #[arg(long, value_enum, default_value = "every", value_name = "WHICH")]
    pub read_back: ReadBack,
    /// The folder for the papers: they go to DIR/REFERENCE/invitations/AUDIENCE, or DIR/REFERENCE/invitees/AUDIENCE without
    /// `--list`. Default: `out` here; or beside the conference file, if they are there already.
    #[arg(short, long = "out", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Overwrite files that have changed since they were made.
    #[arg(long)]
    pub force: bool,
    /// The name of the person who has checked the proofs: the letters are no longer drafts. The checker must not be the
    /// maker.
    #[arg(long, value_name = "NAME", conflicts_with = "preview")]
    pub checked_by: Option<String>,
    /// The day of the check. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, requires = "checked_by")]
    pub on: Option<NaiveDate>,
    /// Only check the list and make the proofs.
    #[arg(long, conflicts_with = "yes")]
    pub preview: bool,
    /// Continue without asking.
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadBack {
    /// Every letter.
    Every,
    /// The longest of each kind and every sixteenth: a quarter faster, for very long lists.
    Sample,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PostageClass {
    /// 1 to 2 days.
    First,
    /// 3 to 4 working days.
    Second,
    /// 3 to 6 working days.
    Economy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// By the list's column `household`.
    Household,
    /// By postal address.
    Address,
    /// By organisation and address.
    Organisation,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  convenor register merge out/CSC-2026-014/invitations-*-of-8 -o register.csv")]
pub struct Register {
    #[command(subcommand)]
    pub verb: RegisterVerb,
}

#[derive(Debug, Subcommand)]
pub enum RegisterVerb {
    /// Join the registers of the parts of a run, and prove that they are complete and do not overlap.
    Merge(Merge),
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  convenor register merge out/CSC-2026-014/invitations-*-of-8 -o register.csv")]
pub struct Merge {
    /// The folders of all parts.
    #[arg(required = true, value_name = "FOLDER")]
    pub parts: Vec<PathBuf>,
    /// The joined register.
    #[arg(short, long = "out", default_value = "register.csv", value_name = "FILE")]
    pub out: PathBuf,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.trim().parse().ok()?, n.trim().parse().ok()?)));
    match parts {
        Some((part, of)) if part >= 1 && part <= of => Ok(Shard { part, of }),
        _ => Err("write it as 3/8, for the third of eight".to_owned()),
    }
}

impl Invite {
    fn batch_options(&self) -> Options {
        let mut make: BTreeSet<Product> = self.make.iter().flat_map(|make| make.products()).collect();
        if make.contains(&Product::Letters) && !self.to.is_empty() {
            make.remove(&Product::Letters);
            make.extend(self.to.iter().map(|format| format.product()));
        }
        Options {
            artefact: self.paper.clone(),
            make,
            jobs: self.jobs,
            shard: self.shard.unwrap_or(Shard::WHOLE),
            postage: match self.postage {
                PostageClass::First => Postage::First,
                PostageClass::Second => Postage::Second,
                PostageClass::Economy => Postage::Economy,
            },
            group: self.group.map(|group| match group {
                GroupBy::Household => Group::Household,
                GroupBy::Address => Group::Address,
                GroupBy::Organisation => Group::Organisation,
            }),
            all_or_nothing: self.all_or_nothing,
            part: self.part,
            read_back: match self.read_back {
                ReadBack::Every => batch::ReadBack::Every,
                ReadBack::Sample => batch::ReadBack::Sample,
            },
            checker: self.checked_by.clone().map(|name| (name, self.on.unwrap_or_else(today))),
            today: today(),
            force: self.force,
        }
    }
}

impl Invite {
    /// The folder that contains the folder of the papers.
    fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("out"))
    }
}

/// Makes letters to everybody on a list.
pub fn invite(invite: &Invite, output: &mut Output<'_>) -> u8 {
    match invited(invite, output) {
        Ok(code) => code,
        Err(report) => output.report(&report),
    }
}

fn invited(invite: &Invite, output: &mut Output<'_>) -> Result<u8, Report> {
    let checked = crate::check::check(input::load(&invite.file)?.with_own_themes(output.own_themes.clone()))?;
    let reference = &checked.conference.reference;
    crate::records::ensure_no_other_record(&invite.file, invite.out.as_deref(), reference)?;
    let out = crate::records::out_for(&invite.file, invite.out.as_deref(), &checked.conference.reference);
    let invite = &Invite { out: Some(out), ..invite.clone() };
    // People in the conference file itself have the numbers that the record gave them.
    let checked =
        if invite.list.is_none() { crate::records::with_recorded_numbers(&checked, invite.out())? } else { checked };
    let list = invite.list.as_ref().map(|list| invite.options.open(list)).transpose()?;
    if list.is_none() && invite.options.is_used() {
        let message = "`--map`, `--sheet` and `--category` say how a list is read, and none is named";
        let error = Diagnostic::error(codes::BAD_MAPPING, message).place(Place::file("--map"));
        return Err(error
            .hint("name one with `--list`; for a list that the conference file names, give them in that file")
            .into());
    }
    let batch = match &list {
        Some(list) => Batch::new(&checked, list, invite.options.category, invite.batch_options())?
            .after_earlier_runs(invite.out())?,
        None => Batch::of_invitees(&checked, invite.batch_options())?,
    };
    output.report(batch.warnings());
    output.report(checked.warnings());
    let mut kinds = Kinds::default();
    let json = output.json;
    let mut survey = batch::survey(&batch, &mut |problem| {
        if json && let Some(list) = &list {
            let _ = writeln!(output.err, "{}", machine_line(list, &problem));
        }
        kinds.add(problem, !json);
    })?;
    if !json && let Some(list) = &list {
        let file = list.path().display();
        output.say(&format!("{file}: {}, {}", list.kind, count_people(survey.people)));
        output.say(&headings(list, &survey.by_sheet));
        let text = kinds.text(list, false);
        let _ = write!(output.err, "{text}");
    }
    print_survey(&survey, invite.checked_by.is_none(), output);
    if invite.all_or_nothing && survey.bad > 0 {
        let message = format!("{} of the list cannot be used, so nothing was made", count(survey.bad as usize, "row"));
        return Err(Diagnostic::error(codes::BAD_ROWS, message)
            .hint("correct them, or leave out `--all-or-nothing`")
            .into());
    }
    // A share of a short list may be empty, but still needs its register.
    let may_be_empty = (batch_is_share(invite) || survey.off > 0) && survey.people > 0 && !survey.is_unusable;
    if survey.letters == 0 && !may_be_empty {
        let (message, file) = match &invite.list {
            Some(list) => ("no row of this list gets a letter", list),
            None => ("no invitee of this conference gets such a letter", &invite.file),
        };
        let error = Diagnostic::error(codes::NOTHING_TO_MAKE, message);
        return Err(error.place(Place::file(file.display().to_string())).into());
    }
    let forecast = batch::forecast(&batch, &mut survey, invite.out());
    if let Ok(Some(forecast)) = &forecast {
        output.say(&if output.json {
            serde_json::json!({ "released": forecast.released, "added": forecast.added }).to_string()
        } else {
            format!("Released    {} already, {} to be added", forecast.released, forecast.added)
        });
    }
    let proved = proofs(&batch, &survey, invite, output)?;
    if invite.preview {
        // The proofs can be checked all the same.
        forecast?;
        return Ok(if survey.bad > 0 || !proved { WRONG } else { FINE });
    }
    agreed(invite, &survey, output)?;
    let ended = go(&batch, &survey, invite, output)?;
    Ok(print_end(&batch, &survey, &ended, invite, output))
}

/// Makes the proofs, or checks that a second person can have seen them. A preview also checks every letter. Returns
/// whether all of them can be made.
fn proofs(batch: &Batch<'_>, survey: &Survey, invite: &Invite, output: &mut Output<'_>) -> Result<bool, Report> {
    if invite.checked_by.is_some() {
        return batch.ensure_proved(survey, invite.out()).map(|()| true);
    }
    let mut failed = Vec::new();
    if invite.preview {
        let bar = bar(survey, output);
        let read = batch.read_through(survey, &mut |p| bar.set_position(u64::from(p.done)));
        bar.finish_and_clear();
        failed = read?;
        print_faults(batch, failed.iter(), output);
        if !failed.is_empty() && !output.json {
            output.say(&format!("Refused     {} cannot be made as the list stands", count(failed.len(), "letter")));
        }
    }
    let mut proved = failed.is_empty();
    for proof in batch.prove(survey, invite.out())? {
        match proof.pages {
            Ok(pages) if output.json => {
                let line = serde_json::json!({ "proof": proof.why, "file": proof.file, "pages": pages });
                output.say(&line.to_string());
            }
            Ok(pages) => {
                output.say(&format!("Proof, {}: {}, {}", proof.why, proof.file.display(), count(pages, "page")));
            }
            // It was already reported with its row.
            Err(_) if failed.iter().any(|(listed, _)| listed.number == proof.number) => {}
            Err(report) => {
                proved = false;
                output.report(&report);
            }
        }
    }
    Ok(proved)
}

fn batch_is_share(invite: &Invite) -> bool {
    invite.shard.is_some_and(|shard| shard != Shard::WHOLE)
}

fn print_survey(survey: &Survey, drafts: bool, output: &mut Output<'_>) {
    let by = |counts: &BTreeMap<&'static str, u32>| {
        counts.iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
    };
    // Machines read the register; this is for people.
    if output.json {
        return;
    }
    let state = if drafts { ", drafts until a second person has checked the proofs" } else { "" };
    output.say(&format!("Letters     {}{state}", survey.letters));
    output.say(&format!("  audience  {}", by(&survey.audiences)));
    output.say(&format!("  print     {}", by(&survey.formats)));
    // The JSON form leaves out what people typed.
    if !survey.languages.is_empty() && !output.json {
        let all: Vec<String> = survey.languages.iter().map(|(what, n)| format!("{n} {what}")).collect();
        output.say(&format!("  language  {}", all.join(", ")));
    }
    output.say(&format!("  by post   {} ({})", survey.posted, by(&survey.postage)));
    output.say(&format!("  by email  {}", survey.emailed));
    output.say(&format!("Pages       about {}, on {}", survey.pages, count(survey.sheets, "sheet")));
    if survey.rows.groups.shared() > 0 {
        let (shared, one) = (survey.rows.groups.shared(), survey.rows.groups.shared() == 1);
        let people = count_people(u32::try_from(shared).unwrap_or(u32::MAX));
        output.say(&format!("Shared      {people} {} another row’s letter", if one { "shares" } else { "share" }));
    }
    if survey.off > 0 {
        let whose = if survey.off == 1 { "whose name was" } else { "whose names were" };
        output.say(&format!(
            "Taken off   {} {whose} cleared after the letters were released",
            count(survey.off as usize, "row")
        ));
    }
    output.say(&format!("Left out    {} with something wrong", count(survey.bad as usize, "row")));
}

fn agreed(invite: &Invite, survey: &Survey, output: &mut Output<'_>) -> Result<(), Report> {
    if invite.yes {
        return Ok(());
    }
    let no = || {
        let error = Diagnostic::error(codes::NOT_AGREED, "only the proofs were made, since nobody said yes");
        let error = error.place(Place::file("--yes"));
        Report::of(error.hint("check the proofs, then give `--yes` or answer the question with `y`"))
    };
    if !std::io::stdin().is_terminal() {
        return Err(no());
    }
    output.print(format!("Make {}? [y/N] ", count(survey.letters as usize, "letter")).as_bytes());
    let mut answer = String::new();
    // A person who cannot be asked has not said yes.
    let _ = std::io::stdin().read_line(&mut answer);
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") { Ok(()) } else { Err(no()) }
}

/// Set by Ctrl-C. There is one keyboard for the program.
static STOP: AtomicBool = AtomicBool::new(false);

fn go(batch: &Batch<'_>, survey: &Survey, invite: &Invite, output: &Output<'_>) -> Result<Ended, Report> {
    // The handler can be set only once in a program; a second call, as in tests, finds it set.
    #[expect(
        clippy::disallowed_methods,
        reason = "after a second Ctrl-C nobody wants to wait, and the next run resumes all the same"
    )]
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let bar = bar(survey, output);
    let ended = batch::run(batch, survey, invite.out(), &STOP, &mut |p: Progress| bar.set_position(u64::from(p.done)));
    bar.finish_and_clear();
    ended
}

/// A progress bar, for a terminal only.
fn bar(survey: &Survey, output: &Output<'_>) -> ProgressBar {
    let quiet = output.json || !std::io::stderr().is_terminal();
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(u64::from(survey.letters)), target);
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len}  {per_sec}  {eta} left");
    bar.set_style(style.expect("the template is well-formed"));
    bar
}

/// Reports letters that could not be made.
fn print_faults<'f>(batch: &Batch<'_>, all: impl Iterator<Item = &'f (Listed, Report)>, output: &mut Output<'_>) {
    let fields = field_names();
    for (listed, report) in all {
        // The letter is named by its row, so that no name or address is in output that may be kept.
        for fault in &report.diagnostics {
            let _ = if output.json {
                writeln!(output.err, "{}", machine_fault(batch, listed, fault, &|name| fields.contains(name)))
            } else {
                write!(output.err, "{}", fault_text(&batch.place(Spot::of(listed)), fault))
            };
        }
    }
}

/// The most files that are named one by one.
const SHOWN: usize = 20;

fn print_end(batch: &Batch<'_>, survey: &Survey, ended: &Ended, invite: &Invite, output: &mut Output<'_>) -> u8 {
    print_faults(batch, ended.failed.iter().chain(&ended.unlabelled), output);
    for LeftOut { reference, why, spot } in &ended.left_out {
        let hint = "post this letter in another way, or shorten it";
        let _ = if output.json {
            let mut line = serde_json::json!({
                "severity": "error", "code": "not-for-notify", "reference": reference, "says": why,
                "help": hint,
            });
            add_place(batch, *spot, &mut line);
            writeln!(output.err, "{line}")
        } else {
            writeln!(
                output.err,
                "error[not-for-notify]: {}: {reference} is not in the set for GOV.UK Notify: {why}\n = help: {hint}",
                batch.place(*spot)
            )
        };
    }
    let folder = batch.folder(invite.out());
    let wrong = [&ended.failed, &ended.unlabelled].map(Vec::len).iter().sum::<usize>() + ended.left_out.len();
    let left = [&ended.stale, &ended.unlisted, &ended.outdated];
    let whole = survey.bad == 0 && wrong == 0 && left.iter().all(|files| files.is_empty());
    let code = if whole { FINE } else { WRONG };
    if output.json {
        let line = serde_json::json!({
            "folder": folder, "files": ended.files, "letters": survey.letters, "made": ended.made, "kept": ended.kept,
            "bad_rows": survey.bad, "failed": ended.failed.len(), "left_out": ended.left_out.len(), "stale": ended.stale.len() + ended.unlisted.len(), "taken_off": ended.off.len(),
            "unlabelled": ended.unlabelled.len(), "outdated": ended.outdated.len(),
        });
        output.say(&line.to_string());
        return code;
    }
    for settled in &ended.settled {
        output.say(&format!("Before this run: {settled}."));
    }
    let letters = match (ended.made, ended.kept) {
        (0, 0) => String::new(),
        (made, 0) => format!(". Letters and messages: {made} made now"),
        (made, kept) => format!(". Letters and messages: {made} made now, {kept} as they were"),
    };
    output.say(&format!(
        "{} for {}, in {}{letters}",
        count(ended.files, "file"),
        count((survey.letters as usize).saturating_sub(ended.failed.len()), "letter"),
        folder.display()
    ));
    if survey.bad > 0 || wrong > 0 {
        output.say(&format!("Problems by row: {}", folder.join("problems.csv").display()));
    }
    if !ended.unlabelled.is_empty() {
        let places = count(ended.unlabelled.len(), "place");
        output.say(&format!("{places} on the sheets of labels left free: write those addresses by hand."));
    }
    for file in &ended.outdated {
        output.say(&format!("Not made, since the released file would now be different: {file}"));
    }
    if !ended.outdated.is_empty() {
        output.say(
            "Those that were not sent: remove all of them, letters and labels of one number together, and run again.",
        );
    }
    for file in ended.stale.iter().take(SHOWN) {
        output.say(&format!("No longer due: {file}. Remove it, so that nobody sends it."));
    }
    for file in ended.unlisted.iter().take(SHOWN) {
        output.say(&format!("No longer due: {file}. It was released, so keep it here, and do not send it now."));
    }
    let more = ended.stale.len().saturating_sub(SHOWN) + ended.unlisted.len().saturating_sub(SHOWN);
    if more > 0 {
        output.say(&format!("{} more are no longer due.", count(more, "file")));
    }
    if !ended.unlisted.is_empty() {
        output.say(
            "To take somebody off the list, put their row back where it was and clear only the name. If they are to stay on it, correct their row.",
        );
    }
    for file in ended.off.iter().take(SHOWN) {
        output
            .say(&format!("Taken off after the release: {file}. It stays here and in the record; do not send it now."));
    }
    if ended.off.len() > SHOWN {
        output.say(&format!("{} more of people who were taken off.", count(ended.off.len() - SHOWN, "file")));
    }
    code
}

/// A fault of one letter, for people.
fn fault_text(place: &str, fault: &Diagnostic) -> String {
    let path = fault.place.path.as_ref().map(|path| format!(" ({path})")).unwrap_or_default();
    let hint = fault.hint.as_ref().map(|hint| format!(" = help: {hint}\n")).unwrap_or_default();
    format!("error[{}]: {place}: {}{path}\n{hint}", fault.code.id, fault.code.says)
}

/// A fault of one letter, for machines and logs.
fn machine_fault(batch: &Batch<'_>, listed: &Listed, fault: &Diagnostic, is_field: &dyn Fn(&str) -> bool) -> String {
    let mut line = serde_json::json!({
        "severity": "error", "code": fault.code.id, "says": fault.code.says, "path": fault.path_without_keys(is_field),
        "help": fault.hint.as_ref().and_then(Hint::without_values),
    });
    add_place(batch, Spot::of(listed), &mut line);
    line.to_string()
}

/// Adds the place of a person: the file, and their row or their position among the invitees.
fn add_place(batch: &Batch<'_>, spot: Spot, line: &mut serde_json::Value) {
    line["file"] = batch.file_name().into();
    if let Some(position) = spot.position {
        line["invitee"] = format!("invitees[{position}]").into();
    } else {
        line["sheet"] = (spot.sheet + 1).into();
        line["row"] = spot.row.into();
    }
}

/// Joins registers.
pub fn register(register: &Register, output: &mut Output<'_>) -> u8 {
    let RegisterVerb::Merge(merge) = &register.verb;
    match batch::merge(&merge.parts, &merge.out) {
        Ok(merged) => {
            output.say(&format!(
                "{} joined: {} with {}, complete and without overlap, in {}",
                count(merged.parts as usize, "part"),
                count_people(u32::try_from(merged.people).unwrap_or(u32::MAX)),
                count(merged.files, "file"),
                merged.file.display()
            ));
            if merged.in_record {
                output.say("The record of the conference has them now.");
            }
            for (who, day) in &merged.checked {
                output.say(&format!("Checked by {who}, {}", day.format("%-d %B %Y")));
            }
            FINE
        }
        Err(report) => output.report(&report),
    }
}
