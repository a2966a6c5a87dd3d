//! The attendance at the meeting, and whether it was enough to decide.

use std::collections::BTreeSet;

use super::access;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::people::{QuorumPart, Reply};

/// The attendance, as the quorum counts it. Community members do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<'a> {
    /// Whether any attendance is recorded at all.
    pub recorded: bool,
    /// Whether children's social care attended.
    pub social_care: bool,
    /// The names of the other agencies that attended, each once, in the order of their ids.
    pub agencies: Vec<&'a str>,
    /// How many other agencies are required.
    pub required: u32,
}

impl<'a> Tally<'a> {
    pub(super) fn of(loaded: &'a Loaded) -> Self {
        let c = &loaded.conference;
        let mut there: BTreeSet<&str> = c
            .invitees
            .iter()
            .filter(|i| i.attended == Some(true) && !i.observer)
            .filter_map(|i| access::organisation_of(loaded, i).map(|(id, _)| id))
            .collect();
        // The lead practitioner is there unless their own entry says otherwise, as in the minutes.
        let recorded = c.invitees.iter().any(|i| i.attended.is_some());
        let author = c.assessment.author.as_ref().filter(|_| recorded);
        let own = author.and_then(|id| c.invitees.iter().find(|i| i.person.id() == Some(id)));
        let is_there = own.is_none_or(|i| i.attended.is_none() && i.reply != Reply::Apologies && !i.observer);
        let theirs = author.filter(|_| is_there).and_then(|id| c.people.get(id)?.organisation.as_deref());
        there.extend(theirs);
        let counts = |part: QuorumPart| {
            there.iter().filter_map(move |id| c.organisations.get(*id)).filter(move |o| o.quorum == part)
        };
        Self {
            recorded,
            social_care: counts(QuorumPart::SocialCare).next().is_some(),
            agencies: counts(QuorumPart::Agency).map(|o| o.name.as_str()).collect(),
            required: loaded.settings.quorum.agencies,
        }
    }

    /// Whether those who attended formed a quorum.
    pub fn met(&self) -> bool {
        self.social_care && self.agencies.len() >= self.required as usize
    }
}

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let tally = Tally::of(loaded);
    // An attendee with an unknown organisation is reported elsewhere; counting without them would be a second error.
    let attended = loaded.conference.invitees.iter().filter(|i| i.attended == Some(true));
    let unplaced = attended.filter(|i| access::is_unplaced(loaded, i)).count();
    if tally.met() || !tally.recorded || unplaced > 0 {
        return;
    }
    let who = if tally.social_care { "social care".to_owned() } else { "no social care".to_owned() };
    let message = format!(
        "those who attended do not form a quorum: {who} and {} of {} other agencies",
        tally.agencies.len(),
        tally.required
    );
    // What cannot wait may be agreed all the same, until a meeting with a quorum has taken it again.
    if !loaded.conference.decisions.is_empty() && loaded.conference.decisions.iter().all(|d| d.provisional) {
        let warning = Diagnostic::warning(codes::NO_QUORUM, message).at("decisions");
        report.push(warning.hint("papers say that what was decided is provisional; hold another meeting soon"));
        return;
    }
    let hint = "mark who attended with `attended: true`, and what an organisation counts for with `quorum:`";
    if loaded.conference.decisions.is_empty() {
        report.push(Diagnostic::warning(codes::NO_QUORUM, message).at("invitees").hint(hint));
    } else {
        report.push(
            Diagnostic::error(codes::NO_QUORUM, message).at("decisions").hint(
                Hint::from(hint).and(
                    "; without a quorum the conference can agree only what cannot wait: mark it `provisional: true`",
                ),
            ),
        );
    }
}
