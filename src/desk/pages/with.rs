//! A page of a conference, or the page that says why there is none.
//!
//! Deliberately absent: either page.

use super::{failed, unsound};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::link::Part;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::diag::Report;

/// The page of the conference in the address.
pub fn with(ask: &Ask<'_>, page: impl FnOnce(&Opened) -> Result<Reply, Report>) -> Reply {
    let Some(found) = ask.desk.conference(ask.param("c")) else { return Reply::Refused(Refusal::Nowhere) };
    match found.open(ask.desk) {
        Ok(opened) => page(&opened)
            .unwrap_or_else(|report| Reply::Failed(failed::page(ask, &opened, &report, &ask.part(Part::Overview)))),
        Err(unsound) => Reply::Page(unsound::page(ask, &unsound)),
    }
}
