//! A sign-off: one person with a full name, not the maker, who may read everything that they check, and a day.
//!
//! In: a name and a day as given, and the data. Out: warnings, or every reason why the sign-off is not valid.
//!
//! Deliberately absent: the papers, and the clock: the caller says which day it is.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::check::names::Name;
use crate::check::person::{Likeness, NoName, ensure_full_name, folded_words, is_written_alike, likeness};
use crate::check::{Checked, Named, PartInPapers};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fold::Folded;

/// A person's statement that they have checked papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The checker: first name and surname.
    pub checker: String,
    /// The day on which they checked.
    pub on: NaiveDate,
}

/// The arguments that have the name and the day.
const NAME: &str = "--checked-by";
const DAY: &str = "--on";

/// The hint for every fault of a name.
const HINT: &str = "give the first name and surname of the checker, as in `--checked-by \"Ruth Penhaligon\"`";

/// The days that decide whether a check can have been on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Today, since nothing can have been checked later.
    pub today: NaiveDate,
    /// The last day in the record. `None` if it has none.
    pub last: Option<NaiveDate>,
    /// The latest day of issue of the papers. `None` if there are none.
    pub issued: Option<NaiveDate>,
}

/// The most months that papers are checked before their day of issue.
const AHEAD: Months = Months::new(3);

/// Checks that a sign-off is by a second person who may give it. `makers` are the makers in the record, besides those
/// in the data.
///
/// Returns warnings.
///
/// # Errors
/// If the checker has no full name, is a maker, may not check, or checked on an impossible day.
pub fn ensure_second_person<'m>(
    checked: &Checked,
    sign_off: &SignOff,
    makers: impl Iterator<Item = &'m str>,
    days: Days,
) -> Result<Report, Report> {
    let everybody = checked.everybody();
    let checking = Checking { checked, name: sign_off.checker.trim(), everybody: &everybody };
    let mut report = Report::default();
    report.take_sources(checked.warnings());
    checking.check_full_name(&mut report);
    checking.check_no_maker(&makers.collect(), &mut report);
    checking.check_clearance(&mut report);
    if !report.has_errors() {
        checking.check_listed(&mut report);
    }
    check_dates(sign_off.on, days, &mut report);
    if report.has_errors() { Err(report) } else { Ok(report) }
}

/// The last day of a record, given its checkers and days. `None` if there are none, and for somebody who is among them
/// already and repeats a sign-off.
pub fn last_day<'r>(record: impl Iterator<Item = (&'r str, NaiveDate)>, checker: &str) -> Option<NaiveDate> {
    let mut last = None;
    for (name, day) in record {
        if is_written_alike(name, checker) {
            return None;
        }
        last = last.max(Some(day));
    }
    last
}

/// Takes out the warning about a checker whom the data does not know, if the record does: it is said once.
pub fn as_known<'r>(mut warnings: Report, sign_off: &SignOff, mut earlier: impl Iterator<Item = &'r str>) -> Report {
    if earlier.any(|name| is_written_alike(name, &sign_off.checker)) {
        warnings.diagnostics.retain(|warning| warning.code != codes::UNKNOWN_CHECKER);
    }
    warnings
}

fn check_dates(on: NaiveDate, days: Days, report: &mut Report) {
    let place = || Place::file(DAY);
    if on > days.today {
        report.push(
            Diagnostic::error(codes::CHECK_DATE, "the check date is in the future")
                .place(place())
                .hint("leave `--on` out for today, or give the day on which the papers were checked"),
        );
    }
    if let Some(last) = days.last.filter(|last| on < *last) {
        report.push(
            Diagnostic::error(codes::CHECK_DATE, "the check date is before the last day in the record")
                .place(place())
                .hint(Hint::naming(
                    "give {} or a later day: something was checked on that day already",
                    [last.to_string()],
                )),
        );
    }
    check_not_long_before(on, days.issued, report);
}

/// Checks that the day is not long before the papers, as if its year were mistyped.
fn check_not_long_before(on: NaiveDate, issued: Option<NaiveDate>, report: &mut Report) {
    let is_long_before = |issued: &NaiveDate| issued.checked_sub_months(AHEAD).is_some_and(|earliest| on < earliest);
    if let Some(issued) = issued.filter(is_long_before) {
        let error = Diagnostic::error(codes::CHECK_DATE, "the check date is long before the date of issue");
        report.push(error.place(Place::file(DAY)).hint(Hint::naming(
            "papers of {} are checked in the three months before that day, or later: is the year of `--on` right?",
            [issued.format("%-d %B %Y").to_string()],
        )));
    }
}

/// A name under examination, and everybody whose name it could be.
struct Checking<'a> {
    checked: &'a Checked,
    name: &'a str,
    everybody: &'a [Named<'a>],
}

impl Checking<'_> {
    fn check_full_name(&self, report: &mut Report) {
        let fault = match ensure_full_name(self.name) {
            _ if self.checked.is_role_or_id(self.name) => NoName::Role,
            Ok(()) if self.names_several() => NoName::Several,
            Ok(()) => return,
            // A council that lists a name of one word knows why, and some people are known by initials and a surname.
            Err(NoName::OneWord | NoName::Initialled) if self.is_listed() => return,
            Err(NoName::Initialled) if self.colleague().is_some() => return,
            Err(fault) => fault,
        };
        let hint = if fault == NoName::Several {
            "a checker is one person: give one first name and surname, in that order and without a comma"
        } else {
            HINT
        };
        let message = if fault == NoName::Nothing {
            "the checker needs a name".to_owned()
        } else {
            format!("`{}` {}", self.name, fault.says())
        };
        report.push(Diagnostic::error(codes::NOT_A_NAME, message).place(Place::file(NAME)).hint(hint));
    }

    /// Whether it names two people: by the whole name of each, or by two first names with a comma between.
    fn names_several(&self) -> bool {
        let mut whole: BTreeSet<BTreeSet<String>> = BTreeSet::new();
        let words: BTreeSet<String> = folded_words(self.name).into_iter().collect();
        for named in self.everybody {
            let theirs: BTreeSet<String> = folded_words(named.name).into_iter().collect();
            if theirs.len() > 1 && words.len() > theirs.len() && theirs.is_subset(&words) {
                whole.insert(theirs);
            }
        }
        let is_first_name = |part: &str| {
            let part = Folded::of(part).text;
            self.everybody.iter().any(|named| folded_words(named.name).first() == Some(&part))
        };
        let mut parts = self.name.split(',');
        let two = parts.clone().count() == 2 && parts.all(is_first_name);
        two || whole.iter().any(|one| whole.iter().any(|other| one.is_disjoint(other)))
    }

    fn check_no_maker(&self, of_record: &BTreeSet<&str>, report: &mut Report) {
        let makers = self.everybody.iter().filter(|named| named.part == PartInPapers::Maker);
        let places: Vec<(&str, Option<&Named<'_>>)> =
            makers.map(|named| (named.name, Some(named))).chain(of_record.iter().map(|name| (*name, None))).collect();
        let worst = places.iter().map(|(name, named)| (self.likeness_to(name, *named), *named));
        let Some((like, named)) = worst.max_by_key(|(like, named)| (*like, named.is_some())) else { return };
        let error = match like {
            Likeness::Same => Diagnostic::error(
                codes::SAME_PERSON,
                "the maker of the papers cannot check them",
            )
            .hint("ask a colleague to check every paper, and name that colleague; `prepared_by:` in the conference file says who made them, and the minute taker is a maker too"),
            Likeness::Doubtful if self.colleague().is_none() => Diagnostic::error(
                codes::SAME_PERSON,
                "the checker’s name is nearly that of somebody who made the papers",
            )
            .hint("if it is somebody else’s, write it under `people:` in the conference file or `checkers:` in `borough.yaml`, spelled as here"),
            Likeness::Doubtful | Likeness::Different => return,
        };
        report.push(match named {
            Some(named) => self.checked.places.locate(error.at(named.path.clone())),
            None => error.place(Place::file(NAME)),
        });
    }

    /// How like a maker's the name is: by the name, by an address typed in its place, or by the address in the list of
    /// checkers.
    fn likeness_to(&self, maker: &str, named: Option<&Named<'_>>) -> Likeness {
        let same = |person: &&Named<'_>| is_written_alike(person.name, maker);
        let by_name = self.everybody.iter().filter(same);
        let mut addresses = by_name.chain(named).filter_map(|person| person.email);
        let listed = self.listed().and_then(|(_, email)| email);
        let is_theirs = addresses.any(|address| {
            let address = address.trim().to_lowercase();
            self.name.to_lowercase().contains(&address) || listed.is_some_and(|own| own.to_lowercase() == address)
        });
        if is_theirs { Likeness::Same } else { likeness(maker, self.name) }
    }

    /// Checks that the checker may read the papers, and that their name may be in the record.
    fn check_clearance(&self, report: &mut Report) {
        let folded = Folded::of(self.name);
        for (i, protected) in self.checked.conference.protected_names.iter().enumerate() {
            let whole = folded_words(protected).iter().filter(|word| word.chars().count() > 1).count() > 1;
            if Name::new(protected).stands_in(&folded) || whole && likeness(protected, self.name) == Likeness::Same {
                // Its place in the list says which name it is: the name itself stays out of every message.
                report.push(
                    Diagnostic::error(
                        codes::PROTECTED_NAME,
                        format!("the checker has the protected name number {}", i + 1),
                    )
                    .place(Place::file(NAME))
                    .hint("a protected name must not be in the record either: have somebody else check the papers"),
                );
            }
        }
        let community = self.everybody.iter().filter(|named| named.part == PartInPapers::Community);
        let alike = |named: &&Named<'_>| {
            let is_theirs = is_written_alike(named.name, self.name);
            is_theirs || likeness(named.name, self.name) == Likeness::Same && self.colleague().is_none()
        };
        if let Some(named) = community.into_iter().find(alike) {
            let error = Diagnostic::error(codes::NOT_A_CHECKER, "the checker reads only what the community reads")
                .at(named.path.clone())
                .hint("have the papers checked by a colleague who may read all of them");
            report.push(self.checked.places.locate(error));
        }
    }

    /// Checks that the person is among the council's checkers or, if it names none, known to the data.
    fn check_listed(&self, report: &mut Report) {
        if let Some(checkers) = self.checked.checkers() {
            if self.is_listed() {
                return;
            }
            // The names are in the message, which the JSON form leaves out.
            let names: Vec<&str> = checkers.iter().map(|(checker, _)| checker.name.as_str()).collect();
            let message = format!("`{}` is not among those who may check: {}", self.name, names.join(", "));
            let list = checkers.first().map_or_else(String::new, |(_, path)| path.trim_end_matches("[0]").to_owned());
            let error = Diagnostic::error(codes::NOT_A_CHECKER, message)
                .at(list)
                .hint("have one of them check the papers, or add the name to `checkers:`, spelled as here");
            report.push(self.checked.places.locate(error));
        } else if self.colleague().is_none() {
            report.push(
                Diagnostic::warning(codes::UNKNOWN_CHECKER, format!("`{}` is named nowhere in the data", self.name))
                    .place(Place::file(NAME))
                    .hint("check the spelling; `checkers:` in `borough.yaml` says who may check"),
            );
        }
    }

    /// The name of a colleague or listed checker that is written like this one.
    fn colleague(&self) -> Option<&str> {
        let known = self.everybody.iter().filter(|named| named.part == PartInPapers::Colleague).map(|named| named.name);
        let mut all = known.chain(self.listed().map(|(name, _)| name));
        all.find(|name| is_written_alike(name, self.name))
    }

    fn is_listed(&self) -> bool {
        self.listed().is_some()
    }

    /// The entry of `checkers` with this name: name and address.
    fn listed(&self) -> Option<(&str, Option<&str>)> {
        let mut checkers = self.checked.checkers()?.into_iter().map(|(checker, _)| checker);
        let found = checkers.find(|checker| is_written_alike(&checker.name, self.name));
        found.map(|checker| (checker.name.as_str(), checker.email.as_deref()))
    }
}
