//! What to do about a fault in a workbook, where the rule's own advice is about keys and braces.
//!
//! In: the code of a fault. Out: the advice for whoever fills in a workbook, or nothing if the rule's own is good for both.

use crate::diag::{Code, codes};

/// The advice for a fault of this code.
pub fn of(code: Code) -> Option<&'static str> {
    ADVICE.iter().find(|(known, _)| *known == code).map(|(_, advice)| *advice)
}

const ADVICE: &[(Code, &str)] = &[
    (codes::MISSING_FIELD, "fill in this cell, or empty the others that say more of the same"),
    (
        codes::MISSING_CHAIR,
        "choose a name in the row Chair of the sheet Meeting; whoever chairs has a row on the sheet People",
    ),
    (codes::MISSING_MINUTE_TAKER, "choose a name in the row Minute taker of the sheet Meeting"),
    (
        codes::MISSING_CATEGORY,
        "fill in Organisation, or Type; it decides what their letter says and what they may read",
    ),
    (
        codes::BAD_ADDRESS,
        "write the address a line each, the postcode last, here or once for their organisation; a guest who came uninvited needs none",
    ),
    (codes::UNKNOWN_PERSON, "write the name as it is on the sheet People, or add a row there"),
    (codes::UNKNOWN_ORGANISATION, "write the name as it is on the sheet Organisations, or add a row there"),
    (codes::UNKNOWN_OPTION, "choose one from the list; the sheet Words explains each"),
    (codes::ACTION_WITHOUT_OWNER, "fill in Who does it, or write To be agreed"),
    (codes::ACTION_WITHOUT_DATE, "fill in By when: a day, Ongoing, or To be agreed"),
    (codes::GOAL_WITHOUT_MEASURE, "fill in How we will know"),
    (codes::GOAL_WITHOUT_ACTION, "add a row for an action with this number of the goal, or delete the goal"),
    (codes::CANCELLED_AND_HELD, "empty Cancelled on if it was held after all, or Came if it was not"),
    (
        codes::LOOKS_LIKE_IDENTITY,
        "say it without, or mark it Restricted; if it identifies nobody, add a row to the sheet False alarms",
    ),
    (codes::NAMED_IN_TEXT, "say it without; if it is somebody or something else, add a row to the sheet False alarms"),
    (codes::PROTECTED_NAME, "say it without; if it is somebody or something else, add a row to the sheet False alarms"),
    (
        codes::SMALL_COUNT,
        "write a band such as “between ten and twenty”, or leave the number out; if it identifies nobody, add a row to the sheet False alarms",
    ),
    (
        codes::LEAK,
        "mark the text for these readers, or say it without; if it reveals nothing, add a row to the sheet False alarms, with the paper",
    ),
    (codes::UNFILLED_FIELD, "fill it in; if it is meant so, add a row to the sheet False alarms"),
    (codes::TO_FILL_IN, "fill in the cell, and empty Still to check"),
    (codes::NOT_INVITED, "write Came uninvited under Invite and Yes under Came for a guest; else empty Invite"),
    (codes::DOUBTFUL_NUMBER, "write the number that they had under Number, or new for a number of their own"),
    (codes::DUPLICATE_NUMBER, "empty Number in one of the rows, or write new"),
];
