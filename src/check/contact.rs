//! Somebody runs the meeting, and letters and messages arrive.
//!
//! Address rules are those of GOV.UK Notify for letters, since a letter that it refuses is not posted:
//! 3 to 7 lines, a UK postcode last, letters or digits in the first two lines, no line that starts with a sign,
//! and no "no fixed address".

use crate::diag::{Diagnostic, Report, codes};
use crate::input::{BOROUGH, Loaded};
use crate::model::reference::PersonRef;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    somebody_runs_it(loaded, report);
    for (id, person) in &c.people {
        email(person.email.as_deref(), format!("people.{id}.email"), report);
    }
    for (i, invitee) in c.invitees.iter().enumerate() {
        if let PersonRef::Inline(person) = &invitee.person {
            email(person.email.as_deref(), format!("invitees[{i}].person.email"), report);
        }
        let named = super::person(loaded, invitee).is_some_and(|p| invitee.address.first() != Some(&p.name));
        address(&invitee.address, usize::from(named), &format!("invitees[{i}].address"), report);
        part(loaded, i, report);
    }
    for (i, link) in c.child_links.iter().enumerate() {
        email(link.worker.email.as_deref(), format!("child_links[{i}].worker.email"), report);
    }
    postcode(&c.meeting.venue.postcode, "meeting.venue.postcode".to_owned(), report);
    link(c.meeting.online.as_deref(), "meeting.online".to_owned(), report);
    council(loaded, report);
}

fn somebody_runs_it(loaded: &Loaded, report: &mut Report) {
    let meeting = &loaded.conference.meeting;
    if meeting.chair.is_none() {
        report.push(
            Diagnostic::error(codes::MISSING_CHAIR, "nobody chairs the meeting")
                .at("meeting.chair")
                .hint("add `chair:` under `meeting`, with the id of a person"),
        );
    }
    if meeting.minute_taker.is_none() {
        report.push(
            Diagnostic::error(codes::MISSING_MINUTE_TAKER, "nobody takes the minutes")
                .at("meeting.minute_taker")
                .hint("add `minute_taker:` under `meeting`, with the id of a person"),
        );
    }
    if let Some((id, chair)) = meeting.chair.as_ref().and_then(|id| loaded.conference.people.get_key_value(id))
        && chair.role.is_none()
    {
        report.push(
            Diagnostic::error(codes::MISSING_FIELD, "the chair has no role")
                .at(format!("people.{id}.role"))
                .hint("add `role:`, for example `Independent Chair`: letters and minutes say who chairs"),
        );
    }
}

fn part(loaded: &Loaded, i: usize, report: &mut Report) {
    let invitee = &loaded.conference.invitees[i];
    let unplaced = super::is_unplaced(loaded, invitee);
    match super::category(loaded, invitee) {
        None if !unplaced => report.push(
            Diagnostic::error(codes::MISSING_CATEGORY, "this invitee has neither an organisation nor a category")
                .at(format!("invitees[{i}]"))
                .hint("add `organisation:` or `category:`; it decides what their letter says and what they may read"),
        ),
        Some(_)
            if loaded.conference.context.kind == crate::model::conference::ContextKind::PeerGroup
                && super::audience(loaded, invitee) == Some(crate::model::Audience::Community) =>
        {
            report.push(
                Diagnostic::warning(
                    codes::COMMUNITY_AT_PEER_GROUP,
                    "a conference about a peer group makes no papers for the community",
                )
                .at(format!("invitees[{i}]"))
                .hint("this invitee gets no letter; a peer-group conference is for professionals only"),
            );
        }
        Some(_) | None => {}
    }
}

fn council(loaded: &Loaded, report: &mut Report) {
    let b = &loaded.borough;
    email(Some(&b.email), format!("{BOROUGH}email"), report);
    email(Some(&b.data_protection.email), format!("{BOROUGH}data_protection.email"), report);
    link(b.website.as_deref(), format!("{BOROUGH}website"), report);
    link(Some(&b.data_protection.privacy_notice), format!("{BOROUGH}data_protection.privacy_notice"), report);
    let complaints = &b.data_protection.complaints;
    if !is_email(complaints) && !is_link(complaints) {
        report.push(
            Diagnostic::error(codes::BAD_LINK, format!("`{complaints}` is neither an email address nor a web address"))
                .at(format!("{BOROUGH}data_protection.complaints"))
                .hint("people must be able to write to it"),
        );
    }
    address(&b.address, 0, &format!("{BOROUGH}address"), report);
}

fn email(typed: Option<&str>, path: String, report: &mut Report) {
    if let Some(typed) = typed.filter(|t| !is_email(t)) {
        report.push(
            Diagnostic::error(codes::BAD_EMAIL, format!("`{typed}` is not an email address"))
                .at(path)
                .hint("write it as `name@council.gov.uk`"),
        );
    }
}

/// One `@` with something before it, a host with a dot after it, nothing a mail program would not send to.
/// (RFC 5321 allows more; councils' mail gateways do not.)
fn is_email(typed: &str) -> bool {
    typed.split_once('@').is_some_and(|(local, host)| {
        let label = |l: &str| {
            let plain = l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            !l.is_empty() && plain && !l.starts_with('-') && !l.ends_with('-')
        };
        let plain = local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        !local.is_empty() && local.len() <= 64 && plain && !dots && host.contains('.') && host.split('.').all(label)
    })
}

fn link(typed: Option<&str>, path: String, report: &mut Report) {
    if let Some(typed) = typed.filter(|t| !is_link(t)) {
        report.push(
            Diagnostic::error(codes::BAD_LINK, format!("`{typed}` is not a web address"))
                .at(path)
                .hint("write it in full, for example `https://www.council.gov.uk/page`"),
        );
    }
}

fn is_link(typed: &str) -> bool {
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let odd = |c: char| c.is_whitespace() || "<>\"\\^`{|}".contains(c);
    rest.is_some_and(|r| r.len() > 3 && r.contains('.') && !r.contains(odd))
}

fn postcode(typed: &str, path: String, report: &mut Report) {
    if !is_postcode(typed) {
        report.push(
            Diagnostic::error(codes::BAD_POSTCODE, format!("`{typed}` is not a UK postcode"))
                .at(path)
                .hint("write it in capitals with one space, for example `E20 9AA`"),
        );
    }
}

/// The shape of a UK postcode (BS 7666): area, district, space, sector and unit, the unit without C, I, K, M, O and V.
pub fn is_postcode(typed: &str) -> bool {
    let Some((outward, inward)) = typed.split_once(' ') else { return false };
    let inward: Vec<char> = inward.chars().collect();
    let unit = |c: &char| c.is_ascii_uppercase() && !"CIKMOV".contains(*c);
    let good_inward = inward.len() == 3 && inward[0].is_ascii_digit() && inward[1..].iter().all(unit);
    let area = outward.chars().take_while(char::is_ascii_uppercase).count();
    let district = &outward[area..];
    let good_district = match district.as_bytes() {
        [d] => d.is_ascii_digit(),
        [d, e] => d.is_ascii_digit() && (e.is_ascii_digit() || e.is_ascii_uppercase()),
        _ => false,
    };
    (good_inward && (1..=2).contains(&area) && good_district) || typed == "GIR 0AA"
}

/// `above` counts the lines that the letter puts on top: the name, unless the address begins with it.
fn address(lines: &[String], above: usize, path: &str, report: &mut Report) {
    let mut fault = |at: String, message: String, hint: &str| {
        report.push(Diagnostic::error(codes::BAD_ADDRESS, message).at(at).hint(hint));
    };
    if !(3..=7).contains(&(lines.len() + above)) {
        let on_top = if above == 0 { "" } else { " with the name on top" };
        let lines = crate::diag::count(lines.len() + above, "line");
        fault(
            path.to_owned(),
            format!("the address has {lines}{on_top}"),
            "a letter needs 3 to 7 lines, the postcode last",
        );
    }
    for (i, line) in lines.iter().enumerate() {
        let at = format!("{path}[{i}]");
        if i < 2 && !line.chars().any(char::is_alphanumeric) {
            fault(
                at.clone(),
                format!("line {} holds no letter or digit", i + 1),
                "the first two lines say who and where",
            );
        }
        if line.starts_with(|c| "@()=[]\"\\/,<>~".contains(c)) {
            fault(
                at.clone(),
                format!("line {} starts with a sign", i + 1),
                "the post sorts by the first characters: start with a letter or digit",
            );
        }
        let folded: String = line.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        if folded == "nfa" || folded.contains("no fixed abode") || folded.contains("no fixed address") {
            fault(
                at,
                "this is no postal address".to_owned(),
                "hand the letter over, or send it to a place where the person collects post",
            );
        }
    }
    if let Some(last) = lines.last()
        && !is_postcode(last)
    {
        let at = format!("{path}[{}]", lines.len() - 1);
        report.push(
            Diagnostic::error(codes::BAD_POSTCODE, format!("`{last}` is not a UK postcode"))
                .at(at)
                .hint("the last line of an address is the postcode, in capitals with one space"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::is_postcode;

    #[test]
    fn postcodes_of_every_shape_pass_and_lookalikes_do_not() {
        for good in ["E20 9AA", "M1 1AE", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "GIR 0AA"] {
            assert!(is_postcode(good), "{good}");
        }
        for bad in ["E209AA", "e20 9aa", "E20 9A", "E20 9CA", "E20  9AA", "London", "", "1E0 9AA", "EEE1 9AA"] {
            assert!(!is_postcode(bad), "{bad}");
        }
    }
}
