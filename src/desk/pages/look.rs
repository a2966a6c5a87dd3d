//! The council's colours and logo.
//!
//! Deliberately absent: any other style: the sheet of the desk has it.

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::jobs;

/// The colour of the council, from which the sheet makes the others. A check has found that it can be read on white.
pub fn colours(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let colour = opened.checked.borough.brand.colour.as_deref().unwrap_or_default();
        let digits = colour.strip_prefix('#').unwrap_or_default();
        let is_plain = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let mut sheet = if is_plain { format!(":root{{--brand:{colour}}}\n") } else { String::new() };
        sheet += &jobs::preview_style(&opened.checked);
        Ok(Reply::Look("text/css; charset=utf-8", sheet.into_bytes()))
    })
}

/// The logo, as its file has it. As a picture it runs nothing, and the policy of the desk keeps it from loading anything.
pub fn logo(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        Ok(match &opened.checked.logo {
            Some(data) if data.starts_with(b"\x89PNG") => Reply::Look("image/png", data.clone()),
            Some(data) => Reply::Look("image/svg+xml", data.clone()),
            None => Reply::Refused(Refusal::Nowhere),
        })
    })
}
