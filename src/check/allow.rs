//! False alarms that somebody has answered, with a reason.

use crate::input::Loaded;
use crate::model::conference::Allowance;

/// The answers to an alarm about the text at a path.
pub fn answers<'a>(loaded: &'a Loaded, path: &str) -> impl Iterator<Item = &'a Allowance> {
    loaded.conference.allow.iter().filter(move |a| a.path == path)
}

/// The first answer to an alarm about the text at a path, in whichever paper.
pub fn allowed<'a>(loaded: &'a Loaded, path: &str) -> Option<&'a Allowance> {
    answers(loaded, path).next()
}
