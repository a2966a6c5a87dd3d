//! Invitees who read less than their category would allow are reported, with the reason; so are invitees of the
//! context's owner who are not excluded from anything, and an agreement of the council with itself.

use super::access::{self, organisation_of};
use crate::diag::{Diagnostic, Report, codes};
use crate::input::Loaded;
use crate::model::people::Invitee;
use crate::model::{Audience, Reads};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    for (i, invitee) in loaded.conference.invitees.iter().enumerate() {
        downgraded(loaded, invitee, i, report);
        undertaking(loaded, invitee, i, report);
        owner(loaded, invitee, i, report);
    }
    for (id, organisation) in &loaded.conference.organisations {
        if organisation.agreement.is_some() && access::is_of_the_council(loaded, id, organisation) {
            report.push(
                Diagnostic::warning(codes::OWN_AGREEMENT, "the council makes no agreement with itself or a part of it")
                    .at(format!("organisations.{id}.agreement"))
                    .hint("take `agreement:` out, or `part_of:` if this organisation is a body of its own"),
            );
        }
    }
}

/// Warns of an invitee who would read professional papers with an agreement, but gets the community's without one.
fn downgraded(loaded: &Loaded, invitee: &Invitee, i: usize, report: &mut Report) {
    let Some(category) = access::category(loaded, invitee) else { return };
    if access::reads(loaded, category) != Reads::WithAgreement {
        return;
    }
    let why = match organisation_of(loaded, invitee) {
        Some((id, o)) if access::is_bound(loaded, id, o) => return,
        Some((_, o)) => match o.agreement {
            None => "their organisation has signed no information-sharing agreement",
            Some(a) if a.signed > loaded.conference.meeting.date => "the agreement is signed after the meeting",
            Some(_) => "the agreement of their organisation has ended by the day of the meeting",
        },
        None => "they come from no organisation that could sign an agreement",
    };
    report.push(
        Diagnostic::warning(codes::DOWNGRADED, format!("this invitee gets community papers: {why}"))
            .at(format!("invitees[{i}].organisation"))
            .hint("enter the agreement under their organisation once it is signed, or leave it so"),
    );
}

/// Warns of somebody who attended but gets no papers of the meeting, since they have signed no undertaking.
fn undertaking(loaded: &Loaded, invitee: &Invitee, i: usize, report: &mut Report) {
    let held = loaded.conference.invitees.iter().any(|i| i.attended.is_some());
    let community = access::audience(loaded, invitee) == Some(Audience::Community);
    if held && community && invitee.attended == Some(true) && !access::has_signed(loaded, invitee) {
        let (field, why) = match invitee.undertaking {
            None => ("attended", "this invitee has signed no undertaking and is sent no minutes"),
            Some(_) => {
                ("undertaking.signed", "this undertaking is dated after the minutes, so this invitee is sent none")
            }
        };
        report.push(
            Diagnostic::warning(codes::NO_UNDERTAKING, why)
                .at(format!("invitees[{i}].{field}"))
                .hint("enter `undertaking: { signed: … }` once they have signed"),
        );
    }
}

/// Warns of people who represent the context's owner and would hear what is said about it.
fn owner(loaded: &Loaded, invitee: &Invitee, i: usize, report: &mut Report) {
    let Some(owner) = &loaded.conference.context.owner else { return };
    let theirs = organisation_of(loaded, invitee).is_some_and(|(id, _)| id == owner);
    if theirs && invitee.excluded.is_none() && invitee.items.is_none() {
        report.push(
            Diagnostic::warning(
                codes::OWNER_HEARS_ALL,
                "this invitee speaks for the owner of the context and hears every point",
            )
            .at(format!("invitees[{i}].organisation"))
            .hint(
                "name the points that they are kept out of with `excluded:`, or those they are asked for with `items:`",
            ),
        );
    }
}
