//! The kinds of paper that are made for a stage in the life of a conference.
//!
//! In: a request, and the stage. Out: the same request for the kinds that it reaches, and the kinds that it leaves out.
//!
//! Deliberately absent: which of their papers are due, and to whom.

use std::collections::BTreeSet;

use super::editions::{side, suits_the_meeting};
use super::job::{Reach, Request};
use crate::check::Checked;
use crate::diag::Report;
use crate::model::artefact::{Artefact, When};
use crate::model::by::Side;
use crate::model::stage::ConferenceStage;
use crate::stages;
use crate::words::Words;

/// The kinds of paper that a request leaves out because of the stage of its conference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The stage. `None` if it was not asked for.
    pub stage: Option<ConferenceStage>,
    /// Kinds that other stages call for, and of which papers could be made now.
    pub of_other_stages: Vec<String>,
    /// Kinds that tell of the meeting, of which nothing is recorded yet.
    pub untold: Vec<String>,
}

/// Kinds of paper that a request has to do with besides those that it names.
#[derive(Debug, Clone, Default)]
pub struct Besides<'k> {
    /// Kinds of which there are papers already.
    pub made: BTreeSet<&'k str>,
    /// Kinds of which a new version was asked for.
    pub reissued: BTreeSet<&'k str>,
}

/// A request for the kinds that it reaches at a stage.
///
/// # Errors
/// Faults of the templates.
pub fn chosen(
    checked: &Checked,
    request: &Request,
    stage: ConferenceStage,
    besides: &Besides<'_>,
) -> Result<(Request, LeftOut), Report> {
    if !request.only.is_empty() || request.reach == Reach::Due {
        return Ok((request.clone(), LeftOut::default()));
    }
    let words = Words::new(&checked.layers, &checked.tongues)?;
    let can_be_told = stages::can_be_told(checked);
    let mut left_out = LeftOut { stage: Some(stage).filter(|_| request.reach == Reach::Stage), ..LeftOut::default() };
    let mut only = Vec::new();
    for (name, artefact) in words.artefacts() {
        let is_asked_for = besides.reissued.contains(name);
        // A letter about a change waits for one, and is left out by nobody.
        if !suits_the_meeting(checked, name, artefact) && !is_asked_for && !besides.made.contains(name) {
            continue;
        }
        let is_all = request.reach == Reach::Possible;
        let is_called_for = is_asked_for || is_all || is_called_for(name, artefact, stage);
        let is_kept_up = is_asked_for || is_all && besides.made.contains(name);
        let is_untold = side(name, artefact) == Some(Side::After) && !can_be_told;
        match (is_untold && !is_kept_up, is_called_for) {
            (false, true) => only.push(name.to_owned()),
            (false, false) => left_out.of_other_stages.push(name.to_owned()),
            (true, _) => left_out.untold.push(name.to_owned()),
        }
    }
    // A build of all kinds says so, as it did before there were stages.
    if left_out.of_other_stages.is_empty() && left_out.untold.is_empty() {
        only.clear();
    }
    Ok((Request { only, reach: Reach::Due, ..request.clone() }, left_out))
}

/// Whether a stage calls for a kind of paper: one of those that its front matter names; otherwise an announcement before the
/// meeting, and so what tells people in general what a conference is; a report after it; and whatever is neither at any time.
fn is_called_for(name: &str, artefact: &Artefact, stage: ConferenceStage) -> bool {
    if let Some(stages) = &artefact.stages {
        return stages.contains(&stage);
    }
    if stage == ConferenceStage::Cancelled {
        return artefact.when == Some(When::Cancelled);
    }
    match side(name, artefact) {
        Some(Side::Before) => stage.is_before_the_meeting(),
        Some(Side::After) => !stage.is_before_the_meeting(),
        None => !artefact.generic || stage.is_before_the_meeting(),
    }
}
