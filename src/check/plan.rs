//! Every goal has a measure, and every action an owner and a due date.

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::plan::{Due, TO_BE_AGREED};

pub fn rule(loaded: &Loaded, report: &mut Report) {
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
