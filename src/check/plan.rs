//! Every goal has a measure, and every action an owner, a due date, and one number for all its readers.

use super::access;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::conference::Kind;
use crate::model::people::Invitee;
use crate::model::plan::{Action, Due, Goal, TO_BE_AGREED};
use crate::model::{Audience, Clearance};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    report.diagnostics.extend(numbered_differently(loaded));
    report.diagnostics.extend(reviews_nothing(loaded));
    for (g, goal) in loaded.conference.goals.iter().enumerate() {
        if goal.measure.is_none() {
            report.push(
                Diagnostic::error(codes::GOAL_WITHOUT_MEASURE, format!("the goal `{}` has no measure", goal.id))
                    .at(format!("goals[{g}].measure"))
                    .hint("add `measure:`, to say how you will know that it is reached"),
            );
        }
        if goal.actions.is_empty() {
            report.push(
                Diagnostic::warning(codes::GOAL_WITHOUT_ACTION, format!("the goal `{}` has no action", goal.id))
                    .at(format!("goals[{g}].id"))
                    .hint("add `actions:`, or remove the goal"),
            );
        }
        for (a, action) in goal.actions.iter().enumerate() {
            let hidden = hidden_from_owner(loaded, (g, goal), (a, action));
            report.diagnostics.extend(hidden.or_else(|| told_to_nobody(loaded, g, (a, action))));
            if action.owner.is_none() {
                report.push(
                    Diagnostic::error(codes::ACTION_WITHOUT_OWNER, format!("the action `{}` has no owner", action.id))
                        .at(format!("goals[{g}].actions[{a}].owner"))
                        .hint("add `owner:` with the id of an organisation, or `owner: to be agreed`"),
                );
            }
            let open = [
                ("owner", "owner", action.owner.as_deref() == Some(TO_BE_AGREED)),
                ("due", "day", action.due == Some(Due::ToBeAgreed)),
            ];
            for (field, what, _) in open.into_iter().filter(|(_, _, is_open)| *is_open) {
                let message = format!("the {what} of the action `{}` is still to be agreed", action.id);
                let warning = Diagnostic::warning(codes::TO_BE_AGREED, message);
                let hint = "papers say so until it is: then write it here and, once the minutes are approved, keep what they say with `history: [{ on: …, {}: to be agreed }]`";
                report.push(
                    warning
                        .at(format!("goals[{g}].actions[{a}].{field}"))
                        .hint(Hint::naming(hint, [format!("was_{field}")])),
                );
            }
            if action.due.is_none() {
                report.push(
                    Diagnostic::error(
                        codes::ACTION_WITHOUT_DATE,
                        format!("the action `{}` has no due date", action.id),
                    )
                    .at(format!("goals[{g}].actions[{a}].due"))
                    .hint("add `due:` as `2027-01-15`, or `due: ongoing`, or `due: to be agreed`"),
                );
            }
        }
    }
}

/// A day for a next conference where none follows: this is the last one, or a decision ends the plan.
fn reviews_nothing(loaded: &Loaded) -> Option<Diagnostic> {
    let conference = &loaded.conference;
    let ends = conference.kind == Kind::Closing
        || conference.decisions.iter().any(|decision| loaded.settings.ends_the_plan(decision));
    let message = "a day is set for a next conference, although this one ends the plan";
    let warning = Diagnostic::warning(codes::REVIEW_OF_NOTHING, message).at("review.date");
    let warning =
        warning.hint("take out `review:`; or, if the plan goes on, choose another decision under `decisions:`");
    (conference.review.is_some() && ends).then_some(warning)
}

/// An action that the community may read, and that has another number for it than for professionals, since what it may not read
/// is not counted.
fn numbered_differently(loaded: &Loaded) -> Option<Diagnostic> {
    let reads = |share: Clearance| share <= Clearance::Community;
    let mut first = None;
    let goals = loaded.conference.goals.iter().enumerate().filter(|(_, goal)| reads(goal.share));
    for (goal_number, (g, goal)) in (1..).zip(goals) {
        let actions = goal.actions.iter().enumerate().filter(|(_, action)| reads(action.share));
        let mut numbered = (1..).zip(actions).map(|(number, (a, _))| (a, format!("{goal_number}.{number}")));
        let differs = numbered.find(|(a, number)| *number != format!("{}.{}", g + 1, a + 1));
        first = first.or(differs.map(|(a, number)| (g, a, number)));
    }
    let (g, a, number) = first?;
    let message = format!("action {}.{} for professionals is action {number} for the community", g + 1, a + 1);
    let warning = Diagnostic::warning(codes::NUMBERS_DIFFER, message).at(format!("goals[{g}].actions[{a}].text"));
    Some(
        warning.hint(
            "list the goals and actions that the community may read before the others, so that each has one number",
        ),
    )
}

/// An action that papers for its own owner leave out: everybody would be told of it but those who are to do it.
fn hidden_from_owner(loaded: &Loaded, (g, goal): (usize, &Goal), (a, action): (usize, &Action)) -> Option<Diagnostic> {
    let share = action.share.max(goal.share);
    let may_read = |id: &str| {
        let organisation = loaded.conference.organisations.get(id)?;
        let reads = access::reads(loaded, organisation.category);
        Some(reads.audience(access::is_bound(loaded, id, organisation)).may_read(share))
    };
    let hidden = action.owners().find(|id| may_read(id) == Some(false))?;
    let message = format!("`{hidden}` is not told of the action `{}`, which it has taken on", action.id);
    let warning = Diagnostic::warning(codes::HIDDEN_FROM_OWNER, message).at(format!("goals[{g}].actions[{a}].id"));
    let hint = "it reads papers for the community: mark the action and its goal `share: community`, or give the action to somebody who may read it";
    Some(warning.hint(hint))
}

/// An action of which its own owner gets no notice, since nobody from there may have papers of the meeting.
fn told_to_nobody(loaded: &Loaded, g: usize, (a, action): (usize, &Action)) -> Option<Diagnostic> {
    let has_signed = |id: &str| {
        let theirs = |i: &&Invitee| access::organisation_of(loaded, i).is_some_and(|(of, _)| of == id);
        loaded.conference.invitees.iter().filter(theirs).any(|i| access::has_signed(loaded, i))
    };
    let is_open = !action.status.is_over();
    let is_untold = |id: &&str| {
        let organisation = loaded.conference.organisations.get(*id);
        let reads = organisation.map(|o| access::reads(loaded, o.category).audience(access::is_bound(loaded, id, o)));
        reads == Some(Audience::Community) && !has_signed(id)
    };
    let untold = action.owners().filter(|_| is_open).find(is_untold)?;
    let message = format!("`{untold}` gets no notice of the action `{}`, which it has taken on", action.id);
    let warning = Diagnostic::warning(codes::HIDDEN_FROM_OWNER, message).at(format!("goals[{g}].actions[{a}].id"));
    let hint = "nobody from there has signed an undertaking: enter `undertaking: { signed: … }` once somebody has, or tell them yourself";
    Some(warning.hint(hint))
}
