//! The eye of one audience: whether a text with a marking is for it, and which points of the agenda it was there for.
//!
//! In: [`Checked`], and the reader. Out: an [`Eye`], through which every part of a view looks at the conference.
//!
//! Deliberately absent: the fields of a view, which each part of it chooses for itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::value::{Markdown, markdown};
use crate::check::Checked;
use crate::model::conference::Part;
use crate::model::people::Invitee;
use crate::model::{Audience, Clearance, Prose, Shared};

/// A conference seen by an audience.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eye<'a> {
    pub(super) checked: &'a Checked,
    pub(super) audience: Audience,
    /// The audience whose points of the running order it sees.
    pub(super) running: Audience,
    /// Whether it sees only what the minutes leave out.
    pub(super) annex: bool,
    /// Whether it belongs to somebody who takes part in some points only.
    pub(super) part: Option<&'a Invitee>,
    /// Whether it reads a letter that says less, since its reader has not yet promised to keep it to themselves.
    pub(super) gentle: bool,
    /// Whether the chair has approved the words that it reads.
    pub(super) approved: bool,
    /// The date of the minutes.
    pub(super) minutes_issued: NaiveDate,
    /// The day on which they were approved. `None` if the approval was undone.
    pub(super) approved_on: Option<NaiveDate>,
    /// The day on which the paper is issued.
    pub(super) issued: NaiveDate,
    /// The day by which the reader is to reply.
    pub(super) reply_by: NaiveDate,
    /// The day on which the meeting was moved. An answer from before no longer counts.
    pub(super) moved: Option<NaiveDate>,
    /// The day as which actions are shown. `None` for today's.
    pub(super) as_of: Option<NaiveDate>,
}

impl<'a> Eye<'a> {
    /// Whether a text with this mark belongs in the record that this eye reads.
    pub(super) fn shows(self, share: Clearance) -> bool {
        if self.annex { share == Clearance::Restricted } else { self.audience.may_read(share) }
    }

    /// Whether something with parts of its own belongs there: because it is shown itself or, in the annex, because a
    /// part of it is, which means nothing without the whole.
    pub(super) fn opens(self, share: Clearance, mut inner: impl Iterator<Item = Clearance>) -> bool {
        self.shows(share) || self.annex && inner.any(|s| s == Clearance::Restricted)
    }

    pub(super) fn text(self, shared: &'a Shared) -> Option<&'a str> {
        self.text_within(shared, Clearance::Public)
    }

    /// The text of a part of something marked `around`; without a mark of its own it is `professional`.
    pub(super) fn text_within(self, shared: &'a Shared, around: Clearance) -> Option<&'a str> {
        self.shows(shared.share().max(around)).then_some(shared.text.as_str())
    }

    pub(super) fn texts(self, list: &'a [Shared]) -> Vec<&'a str> {
        list.iter().filter_map(|s| self.text(s)).collect()
    }

    pub(super) fn prose(self, shared: Option<&'a Shared<Prose>>) -> Option<Markdown<'a>> {
        shared.filter(|s| self.shows(s.share())).map(|s| markdown(&s.text))
    }

    /// A text about the context or the meeting, which the annex's reader also knows. Unmarked, it is as open as
    /// `usual`.
    pub(super) fn known(self, shared: &'a Shared, usual: Clearance) -> Option<&'a str> {
        self.may_know(shared, usual).then_some(shared.text.as_str())
    }

    pub(super) fn may_know<T>(self, shared: &Shared<T>, usual: Clearance) -> bool {
        self.audience.may_read(shared.mark.unwrap_or(usual))
    }

    /// Whether it was there for a point of the agenda, by its position.
    pub(super) fn heard(self, position: u32) -> bool {
        self.part.is_none_or(|invitee| self.checked.heard(invitee, position))
    }

    /// Whether it is told what was agreed at some points, by their position: those who were there are, those who were merely
    /// not asked to come for them too, and those who are kept out of them only if it is public.
    pub(super) fn is_told(self, share: Clearance, points: &BTreeSet<u32>) -> bool {
        let Some(invitee) = self.part else { return true };
        let was_there = points.iter().any(|n| self.heard(*n));
        was_there || share == Clearance::Public || !Checked::is_kept_out(invitee, points)
    }

    /// Whether it was there for a part of the record.
    pub(super) fn was_there_for(self, parts: &[Part]) -> bool {
        let mut agenda = (1..).zip(&self.checked.agenda);
        self.part.is_none() || agenda.any(|(n, p)| p.part.is_some_and(|part| parts.contains(&part)) && self.heard(n))
    }
}
