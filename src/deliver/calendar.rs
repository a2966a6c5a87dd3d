//! A calendar entry for the meeting, and one for the day to reply by (RFC 5545).
//!
//! Everything comes from the data: the same meeting has the same UID whenever the file is made, so a second import
//! updates the entry instead of adding one, and DTSTAMP is the day of issue.

use chrono::{NaiveDate, NaiveTime};
use ics::components::Parameter;
use ics::parameters::TzIDParam;
use ics::properties::{
    Class, Description, DtEnd, DtStart, Location, RRule, Sequence, Status, Summary, Transp, Trigger, TzName,
};
use ics::{Alarm, Daylight, Event, ICalendar, Standard, TimeZone, escape_text};

/// The content of a calendar entry, as plain text.
pub struct Appointment<'a> {
    /// The reference of the conference, which identifies the entry in a second file.
    pub reference: &'a str,
    /// The domain of the inviting council, which keeps its entries apart from others'.
    pub domain: &'a str,
    /// The day of issue.
    pub issued: NaiveDate,
    /// The version of the papers, from 1: a later one replaces an earlier one.
    pub version: u32,
    /// The day.
    pub date: NaiveDate,
    /// When it starts, in London.
    pub start: NaiveTime,
    /// When it ends, in London.
    pub end: NaiveTime,
    /// The venue.
    pub place: &'a str,
    /// The title of the entry.
    pub summary: &'a str,
    /// The details.
    pub description: &'a str,
    /// The last day to reply.
    pub reply_by: NaiveDate,
    /// The title of the reminder on that day.
    pub reply: &'a str,
}

/// The rules of British time since 1996 (The Summer Time Order 2002: the last Sundays of March and October, at 1am GMT).
const SUMMER: &str = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU";
const WINTER: &str = "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU";
const LONDON: &str = "Europe/London";

/// Writes the file.
pub fn ics(a: &Appointment<'_>) -> Vec<u8> {
    let mut calendar = ICalendar::new("2.0", "-//convenor//invitations//EN");
    calendar.push(ics::properties::Method::new("PUBLISH"));
    calendar.add_timezone(london());
    calendar.add_event(meeting(a));
    calendar.add_event(reply(a));
    folded(&calendar.to_string())
}

/// Lines of at most 75 octets with the space that continues them (RFC 5545 §3.1); the library does not count that space.
fn folded(text: &str) -> Vec<u8> {
    let mut out = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > 75 {
                out.push_str("\r\n ");
                width = 1;
            }
            out.push(c);
            width += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn london() -> TimeZone<'static> {
    let mut summer = Daylight::new("19960331T010000", "+0000", "+0100");
    summer.push(TzName::new("BST"));
    summer.push(RRule::new(SUMMER));
    let mut winter = Standard::new("19961027T020000", "+0100", "+0000");
    winter.push(TzName::new("GMT"));
    winter.push(RRule::new(WINTER));
    let mut zone = TimeZone::daylight(LONDON, summer);
    zone.add_standard(winter);
    zone
}

fn event<'a>(a: &Appointment<'_>, part: &str) -> Event<'a> {
    let stamp = format!("{}T090000Z", a.issued.format("%Y%m%d"));
    let mut event = Event::new(format!("{}-{part}@{}", a.reference, a.domain), stamp);
    event.push(Sequence::new((a.version - 1).to_string()));
    event.push(Class::new("CONFIDENTIAL"));
    event
}

fn meeting<'a>(a: &'a Appointment<'_>) -> Event<'a> {
    let at = |time: NaiveTime| format!("{}T{}", a.date.format("%Y%m%d"), time.format("%H%M%S"));
    let mut start = DtStart::new(at(a.start));
    start.add(TzIDParam::new(LONDON));
    let mut end = DtEnd::new(at(a.end));
    end.add(TzIDParam::new(LONDON));
    let mut event = event(a, "meeting");
    event.push(start);
    event.push(end);
    event.push(Summary::new(escape_text(a.summary)));
    event.push(Description::new(escape_text(a.description)));
    event.push(Location::new(escape_text(a.place)));
    event.push(Status::confirmed());
    // A day before, while there is still time to plan the journey.
    event.add_alarm(Alarm::display(Trigger::new("-P1D"), Description::new(escape_text(a.summary))));
    event
}

/// An entry of its own on the last day to reply, since most programs drop an alarm that is far from its event.
fn reply<'a>(a: &'a Appointment<'_>) -> Event<'a> {
    let mut start = DtStart::new(a.reply_by.format("%Y%m%d").to_string());
    start.add(Parameter::new("VALUE", "DATE"));
    let mut event = event(a, "reply");
    event.push(start);
    event.push(Summary::new(escape_text(a.reply)));
    event.push(Description::new(escape_text(a.description)));
    event.push(Transp::transparent());
    // 9am on the day before: the day itself begins at midnight.
    event.add_alarm(Alarm::display(Trigger::new("-PT15H"), Description::new(escape_text(a.reply))));
    event
}
