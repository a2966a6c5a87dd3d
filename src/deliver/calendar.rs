//! Calendar entries for the meeting and for the day to reply by (RFC 5545), as the programs that receive them want them.
//!
//! A loose file is published: with its organiser and without attendees, and one entry to a file, since Outlook opens a file
//! with two as a calendar of its own (RFC 5546 §3.2.1). The one in a message is a REQUEST to the person it is sent to
//! (RFC 5546 §3.2.2), which a calendar enters and answers.
//!
//! Everything comes from the data: the same meeting has the same UID in whichever file and version it comes, so a second
//! import updates the entry instead of adding one, and DTSTAMP is the day of issue.

use chrono::{Days, NaiveDate, NaiveTime};
use ics::components::Parameter;
use ics::parameters::TzIDParam;
use ics::properties::{
    Attendee, Class, Description, DtEnd, DtStart, Location, Method, Organizer, RRule, Sequence, Status, Summary,
    Transp, Trigger, TzName,
};
use ics::{Alarm, Daylight, Event, ICalendar, Standard, TimeZone, escape_text};

use super::message::ascii;

/// The content of the calendar entries of a meeting, as plain text.
#[derive(Debug, Clone)]
pub struct Appointment {
    /// The reference of the conference, which identifies the entry in a second file.
    pub reference: String,
    /// Name and email address of the inviting council. The domain keeps its entries apart from others'.
    pub organiser: (String, String),
    /// The day of issue.
    pub issued: NaiveDate,
    /// A number from 1 that rises with every version of the papers and every change of the meeting: a higher one replaces a
    /// lower one.
    pub version: u32,
    /// Whether the meeting is cancelled. Its entry then says so, or takes itself out of the calendar.
    pub is_cancelled: bool,
    /// The day.
    pub date: NaiveDate,
    /// When it starts, in London.
    pub start: NaiveTime,
    /// When it ends, in London.
    pub end: NaiveTime,
    /// The venue.
    pub place: String,
    /// The title of the entry.
    pub summary: String,
    /// The details.
    pub description: String,
    /// The last day to reply.
    pub reply_by: NaiveDate,
    /// The title of the reminder on that day.
    pub reply: String,
}

/// The conference that entries belong to.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'o> {
    /// Its reference.
    pub reference: &'o str,
    /// Name and email address of the inviting council.
    pub organiser: (&'o str, &'o str),
    /// The day of issue.
    pub issued: NaiveDate,
    /// The version, from 1.
    pub version: u32,
}

impl Appointment {
    fn origin(&self) -> Origin<'_> {
        let organiser = (self.organiser.0.as_str(), self.organiser.1.as_str());
        Origin { reference: &self.reference, organiser, issued: self.issued, version: self.version }
    }
}

/// The rules of British time since 1996 (The Summer Time Order 2002: the last Sundays of March and October, at 1am GMT).
const SUMMER: &str = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU";
const WINTER: &str = "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU";
const LONDON: &str = "Europe/London";

/// The meeting as a file of its own.
pub fn meeting(a: &Appointment) -> Vec<u8> {
    file("PUBLISH", meeting_entry(a), true)
}

/// The day to reply by as a file of its own, since most programs drop an alarm that is far from its event.
pub fn reply(a: &Appointment) -> Vec<u8> {
    file("PUBLISH", reply_entry(a), false)
}

impl Appointment {
    /// The method of an entry that is sent to one person (RFC 5546 §3.2).
    pub fn method(&self) -> &'static str {
        if self.is_cancelled { "CANCEL" } else { "REQUEST" }
    }
}

/// The meeting as a request to one person, by name and email address, or its cancellation.
pub fn request(a: &Appointment, to: (&str, &str)) -> Vec<u8> {
    let mut attendee = Attendee::new(mailto(to.1));
    attendee.add(common_name(to.0));
    attendee.add(Parameter::new("ROLE", "REQ-PARTICIPANT"));
    // Nobody is asked to answer a cancellation.
    let asked = [("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "TRUE")];
    for (name, value) in asked.into_iter().filter(|_| !a.is_cancelled) {
        attendee.add(Parameter::new(name, value));
    }
    let mut entry = meeting_entry(a);
    entry.push(attendee);
    file(a.method(), entry, true)
}

fn file(method: &'static str, entry: Event<'_>, is_timed: bool) -> Vec<u8> {
    let mut calendar = ICalendar::new("2.0", "-//convenor//invitations//EN");
    calendar.push(Method::new(method));
    if is_timed {
        calendar.add_timezone(london());
    }
    calendar.add_event(entry);
    folded(&calendar.to_string())
}

/// One day of a timetable.
#[derive(Debug, Clone)]
pub struct DayEntry {
    /// What identifies it within the conference.
    pub id: String,
    /// The day.
    pub on: NaiveDate,
    /// The title of the entry.
    pub summary: String,
    /// The details.
    pub description: String,
    /// Whether nothing is to be done on it any more. Its entry then says so, and a calendar that has it takes it out.
    pub is_cancelled: bool,
}

/// The days of a timetable: all in one file, which a calendar program opens as a calendar of its own beside the others. A
/// second file has the same entries, so that importing it again moves them.
pub fn days(origin: Origin<'_>, days: &[DayEntry]) -> Vec<u8> {
    let mut calendar = ICalendar::new("2.0", "-//convenor//timetable//EN");
    calendar.push(Method::new("PUBLISH"));
    for day in days {
        let mut event = all_day(origin, &format!("step-{}", day.id), day.on, &day.summary, &day.description);
        if day.is_cancelled {
            event.push(Status::cancelled());
        } else {
            event.add_alarm(the_day_before(&day.summary));
        }
        calendar.add_event(event);
    }
    folded(&calendar.to_string())
}

/// A name as a parameter. RFC 5545 §3.2: between quotation marks everything stands for itself but those and controls.
fn common_name(name: &str) -> Parameter<'static> {
    let plain: String = name.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    Parameter::new("CN", format!("\"{plain}\""))
}

/// An address as a URI (RFC 6068 §2): whatever is not plain in one is escaped. It is the address of the message's header, or
/// a calendar would not know its owner by it.
fn mailto(address: &str) -> String {
    let address = ascii(address);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'*+@".contains(&b);
    let escaped = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    format!("mailto:{}", address.bytes().map(escaped).collect::<String>())
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

fn entry(origin: Origin<'_>, part: &str) -> Event<'static> {
    let stamp = format!("{}T090000Z", origin.issued.format("%Y%m%d"));
    let (name, address) = origin.organiser;
    let domain = address.rsplit('@').next().unwrap_or("localhost");
    let mut event = Event::new(format!("{}-{part}@{domain}", origin.reference), stamp);
    let mut organiser = Organizer::new(mailto(address));
    organiser.add(common_name(name));
    event.push(organiser);
    event.push(Sequence::new((origin.version - 1).to_string()));
    event.push(Class::new("CONFIDENTIAL"));
    event
}

fn meeting_entry(a: &Appointment) -> Event<'_> {
    let at = |time: NaiveTime| format!("{}T{}", a.date.format("%Y%m%d"), time.format("%H%M%S"));
    let mut start = DtStart::new(at(a.start));
    start.add(TzIDParam::new(LONDON));
    let mut end = DtEnd::new(at(a.end));
    end.add(TzIDParam::new(LONDON));
    let mut event = entry(a.origin(), "meeting");
    event.push(start);
    event.push(end);
    event.push(Summary::new(escape_text(a.summary.as_str())));
    event.push(Description::new(escape_text(a.description.as_str())));
    event.push(Location::new(escape_text(a.place.as_str())));
    if a.is_cancelled {
        event.push(Status::cancelled());
        return event;
    }
    event.push(Status::confirmed());
    // A day before, while there is still time to plan the journey.
    event.add_alarm(Alarm::display(Trigger::new("-P1D"), Description::new(escape_text(a.summary.as_str()))));
    event
}

fn reply_entry(a: &Appointment) -> Event<'static> {
    let mut event = all_day(a.origin(), "reply", a.reply_by, &a.reply, &a.description);
    event.add_alarm(the_day_before(&a.reply));
    event
}

/// 9am on the day before a day, which itself begins at midnight.
fn the_day_before(summary: &str) -> Alarm<'static> {
    Alarm::display(Trigger::new("-PT15H"), Description::new(escape_text(summary.to_owned())))
}

fn all_day(origin: Origin<'_>, part: &str, day: NaiveDate, summary: &str, description: &str) -> Event<'static> {
    let on = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let mut start = DtStart::new(on(day));
    start.add(Parameter::new("VALUE", "DATE"));
    // RFC 5545 §3.6.1: the end is the first day that is no part of it. Some calendars show nothing without one.
    let mut end = DtEnd::new(on(day.checked_add_days(Days::new(1)).unwrap_or(day)));
    end.add(Parameter::new("VALUE", "DATE"));
    let mut event = entry(origin, part);
    event.push(start);
    event.push(end);
    event.push(Summary::new(escape_text(summary.to_owned())));
    event.push(Description::new(escape_text(description.to_owned())));
    event.push(Transp::transparent());
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_stay_one_parameter_and_one_address() {
        assert_eq!(
            Parameter::new("CN", "\"Ann 'Jo' Lee; x:y, z\"").to_string(),
            common_name("Ann \"Jo\" Lee; x:y, z\r\n").to_string()
        );
        assert_eq!(mailto("o'neill+x@a.example"), "mailto:o'neill+x@a.example");
        assert_eq!(mailto("a b\n;@x"), "mailto:a%20b%0A%3B@x");
        assert_eq!(mailto("a@vermögen.example"), "mailto:a@xn--vermgen-d1a.example");
        assert_eq!(mailto("ann@bücher.example"), "mailto:ann@xn--bcher-kva.example");
        assert_eq!(mailto("ána@a.example"), "mailto:%C3%A1na@a.example");
    }
}
