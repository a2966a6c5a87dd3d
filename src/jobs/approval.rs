//! Approval by the chair, which covers the words of a paper and nothing else.
//!
//! In: papers of kinds that the chair approves. Out: a digest of the words of each, which another version, date of
//! issue or reason, the draft mark and the approval itself do not change.
//!
//! Deliberately absent: remembering it. A record compares the digest of a paper as it was approved with that of the
//! paper as it would be made now, and passes any difference to [`Checked::with_undone_approvals`].

use std::collections::BTreeMap;

use super::job::{Job, Request};
use super::press::Press;
use crate::check::Checked;
use crate::diag::Report;
use crate::doc::Document;
use crate::model::artefact::Format;
use crate::view::Stage;

/// The digests of the words of those papers at these paths that the chair approves, each with the name of its kind.
///
/// # Errors
/// Faults of the templates.
pub fn approved_words(checked: &Checked, paths: &[&str]) -> Result<BTreeMap<String, Words>, Report> {
    let press = Press { stage: Stage::WordsAlone, ..Press::new(checked)? };
    let mut digests = BTreeMap::new();
    for job in press.due(&Request::default())?.iter().filter(|job| job.artefact.draft) {
        let places = Format::ALL.map(|format| press.path(job, format));
        let there: Vec<&String> = places.iter().filter(|place| paths.contains(&place.as_str())).collect();
        if there.is_empty() {
            continue;
        }
        let words = Words { kind: job.name.to_owned(), digest: press.words_digest(job)? };
        digests.extend(there.into_iter().map(|place| (place.clone(), words.clone())));
    }
    Ok(digests)
}

/// The words of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The kind of paper.
    pub kind: String,
    /// The hash of its words, BLAKE3 in hexadecimal.
    pub digest: String,
}

impl Press<'_> {
    fn words_digest(&self, job: &Job<'_>) -> Result<String, Report> {
        Ok(digest(&self.tree(job)?))
    }
}

/// The hash of the text of a document, without the running text on its pages.
fn digest(document: &Document) -> String {
    let mut hasher = blake3::Hasher::new();
    document.each_word(&mut |text| {
        hasher.update(text.as_bytes()).update(b"\0");
    });
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::conference::MinutesStatus;
    use crate::model::edition::OwnEdition;

    const MINUTES: &str = "professional/minutes.pdf";

    /// The built-in example, changed.
    fn example(change: impl Fn(&mut crate::model::Conference)) -> Checked {
        let mut loaded = crate::input::example().expect("the example is sound");
        change(&mut loaded.conference);
        crate::check::check(loaded).expect("it is still sound")
    }

    fn words(checked: &Checked) -> Words {
        approved_words(checked, &[MINUTES]).expect("the templates are sound").remove(MINUTES).expect("it is due")
    }

    fn approve(conference: &mut crate::model::Conference) {
        conference.minutes.status = MinutesStatus::Approved;
        conference.minutes.approved = NaiveDate::from_ymd_opt(2026, 12, 8);
    }

    #[test]
    fn another_version_date_reason_or_the_approval_itself_leaves_the_words_as_they_were() {
        let before = words(&example(|_| {}));
        assert_eq!(before.kind, "minutes");
        let day = NaiveDate::from_ymd_opt(2026, 12, 1);
        let because = Some("the list of those present was wrong".to_owned());
        let own = OwnEdition { issued: day, version: Some(3), because };
        assert_eq!(words(&example(|c| drop(c.papers.insert("minutes".to_owned(), own.clone())))), before);
        assert_eq!(words(&example(|c| c.issued = NaiveDate::from_ymd_opt(2026, 11, 3).expect("a day"))), before);
        assert_eq!(words(&example(|c| c.version = 4)), before);
        assert_eq!(words(&example(|c| c.reference = "CSC-2026-099".to_owned())), before);
        assert_eq!(words(&example(approve)), before);
    }

    #[test]
    fn another_word_is_told_wherever_it_stands() {
        let before = words(&example(|_| {})).digest;
        let said = example(|c| c.items[4].text.push_str(" Nobody disagreed."));
        assert_ne!(words(&said).digest, before);
        let due = NaiveDate::from_ymd_opt(2027, 1, 16).map(crate::model::plan::Due::On);
        assert_ne!(words(&example(|c| c.goals[0].actions[0].due = due)).digest, before);
        assert_ne!(words(&example(|c| c.invitees[0].left = chrono::NaiveTime::from_hms_opt(15, 0, 0))).digest, before);
    }

    #[test]
    fn of_an_invitation_the_chair_approves_nothing() {
        let none = approved_words(&example(|_| {}), &["professional/invitation-01-ms-sian-llewellyn-rees.pdf"]);
        assert!(none.expect("the templates are sound").is_empty());
    }

    #[test]
    fn an_approval_that_was_undone_leaves_a_draft_that_says_so() {
        let approved = example(approve);
        let undone = approved.clone().with_undone_approvals(["minutes".to_owned()].into());
        let text = |checked: &Checked| {
            let press = Press { stage: Stage::Released, ..Press::new(checked).expect("the templates are sound") };
            let request = Request { only: vec!["minutes".to_owned()], ..Request::default() };
            let jobs = press.due(&request).expect("minutes are due");
            let document = press.tree(&jobs[0]).expect("the templates are sound");
            (document.meta.draft.is_some(), crate::render::text::render(&document))
        };
        let (draft, words) = text(&approved);
        assert!(!draft && words.contains("Approved by the chair on 8 December 2026"), "{words}");
        let (draft, words) = text(&undone);
        assert!(draft && words.contains("Draft, open to corrections until"), "{words}");
        assert!(!words.contains("Approved by"), "{words}");
        // The annex was approved as it is.
        assert!(undone.is_approved("annex") && !undone.is_approved("minutes"));
    }
}
