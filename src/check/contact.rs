//! Somebody runs the meeting, and letters and messages can be delivered.
//!
//! The formats that the post and mail programs accept are in `post`.

use super::access;
use super::post::{self, is_email};
use crate::diag::{Diagnostic, Report, codes};
use crate::input::{BOROUGH, Loaded, SPECIMEN};
use crate::model::conference::Form;
use crate::model::listed::Channel;
use crate::model::people::{Invitee, Reply};
use crate::model::postal::{PostalAddress, is_postcode, line};
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
        let named = access::person(loaded, invitee).is_some_and(|p| invitee.address.first() != Some(&p.name));
        let path = format!("invitees[{i}].address");
        if !invitee.address.is_empty() || loaded.places.conference.has(&path) {
            address(&invitee.address, usize::from(named), &path, report);
        } else if invitee.invited && !is_only_emailed(loaded, invitee) {
            let error = Diagnostic::error(codes::MISSING_FIELD, "the field `address` is missing").at(path);
            report.push(
                error.hint("add `address:` here or to their organisation; only somebody who came uninvited (`invited: false`) needs none, or who agreed to be emailed and is (`channel: email`, `email_consent: true`)"),
            );
        }
        uninvited(invitee, i, report);
        part(loaded, i, report);
    }
    for (i, link) in c.child_links.iter().enumerate() {
        email(link.worker.email.as_deref(), format!("child_links[{i}].worker.email"), report);
    }
    let venue = &c.meeting.venue;
    let path = "meeting.venue.postcode".to_owned();
    if !venue.postcode.is_empty() || loaded.places.conference.has(&path) {
        postcode(&venue.postcode, path, report);
    } else if c.meeting.online.is_none() {
        let error =
            Diagnostic::error(codes::MISSING_FIELD, "the field `postcode` is missing").at("meeting.venue.postcode");
        report.push(error.hint("add `postcode:`; if everybody joins online, add the link as `online:` in its place, and a name such as `name: By video call`"));
    }
    let lines: Vec<String> = venue.lines.iter().chain([&venue.postcode]).cloned().collect();
    two_postcodes(&lines, "meeting.venue", report);
    link(c.meeting.online.as_deref(), "meeting.online".to_owned(), report);
    council(loaded, report);
}

/// Papers of a community group conference say that a coordinator leads it, and who the chair is by role.
fn led_by_a_coordinator(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    let Some((id, chair)) = c.meeting.chair.as_ref().and_then(|id| c.people.get_key_value(id)) else { return };
    let Some(role) = chair.role.as_deref() else { return };
    // Templates are tried on a conference of another form.
    let is_tried = loaded.places.conference.file == SPECIMEN;
    let says = |word: &str| role.to_lowercase().contains(word);
    if c.form == Form::CommunityGroup && says("chair") && !says("coordinator") && !is_tried {
        let message = format!(
            "`{role}` leads the meeting, and papers of `community-group` say that a family group conference coordinator does"
        );
        let warning = Diagnostic::warning(codes::OTHER_LEADER, message).at(format!("people.{id}.role"));
        report.push(warning.hint(
            "write the role as it is, such as `Family Group Conference Coordinator`, or `form: social-care-chaired`",
        ));
    }
}

fn somebody_runs_it(loaded: &Loaded, report: &mut Report) {
    let meeting = &loaded.conference.meeting;
    led_by_a_coordinator(loaded, report);
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

/// Reports a person who was not invited, did not come and sent no apologies, and so has no reason to be in the file.
fn uninvited(invitee: &Invitee, i: usize, report: &mut Report) {
    if !invitee.invited && invitee.attended != Some(true) && invitee.reply != Reply::Apologies {
        report.push(
            Diagnostic::error(codes::NOT_INVITED, "this person was not invited, and is not recorded as attending")
                .at(format!("invitees[{i}].invited"))
                .hint("write `attended: true`, or `reply: apologies`, or remove the entry"),
        );
    }
}

/// Whether somebody's letters go by email alone, to which they agreed.
fn is_only_emailed(loaded: &Loaded, invitee: &Invitee) -> bool {
    let has_email = access::person(loaded, invitee).is_some_and(|person| person.email.is_some());
    invitee.channel == Channel::Email && invitee.email_consent == Some(true) && has_email
}

fn part(loaded: &Loaded, i: usize, report: &mut Report) {
    let invitee = &loaded.conference.invitees[i];
    let unplaced = access::is_unplaced(loaded, invitee);
    match access::category(loaded, invitee) {
        None if !unplaced => report.push(
            Diagnostic::error(codes::MISSING_CATEGORY, "this invitee has neither an organisation nor a category")
                .at(format!("invitees[{i}]"))
                .hint("add `organisation:` or `category:`; it decides what their letter says and what they may read"),
        ),
        Some(_)
            if loaded.conference.context.kind == crate::model::conference::ContextKind::PeerGroup
                && access::audience(loaded, invitee) == Some(crate::model::Audience::Community) =>
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
                .hint(post::postcode_hint(typed, "write it in capitals with one space, for example `E20 9AA`")),
        );
    }
}

/// `above` is the number of lines that the letter puts on top: the name, unless the address starts with it.
fn address(lines: &[String], above: usize, path: &str, report: &mut Report) {
    two_postcodes(lines, path, report);
    for fault in post::address(lines, above) {
        let at = fault.line.map_or_else(|| path.to_owned(), |i| format!("{path}[{i}]"));
        let value = fault.line.filter(|_| fault.code == codes::BAD_POSTCODE).and_then(|i| lines.get(i));
        let message = value.map_or(fault.message, |typed| format!("`{typed}` is not a UK postcode"));
        report.push(Diagnostic::error(fault.code, message).at(at).hint(fault.hint));
    }
}

/// Reports an address with two different postcodes. The same one twice has been read as one.
fn two_postcodes(lines: &[String], path: &str, report: &mut Report) {
    if PostalAddress::of(lines.iter().map(|text| line(text))).has_two_postcodes {
        report.push(
            Diagnostic::error(codes::BAD_POSTCODE, "the address has two different postcodes")
                .at(path)
                .hint("take out the wrong one"),
        );
    }
}
