//! RFC 5545 and RFC 5546 as tables: which property a component must have, and how often.

/// The message that a calendar is (RFC 5546 §1.4).
pub enum Method<'m> {
    /// A loose file: for whoever opens it.
    Publish,
    /// A request to one person, by address.
    Request(&'m str),
}

/// A content line: name, parameters, value (RFC 5545 §3.1).
struct Line {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Line {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

struct Component {
    name: String,
    lines: Vec<Line>,
    parts: Vec<Component>,
}

impl Component {
    fn all(&self, name: &str) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.name == name).collect()
    }

    fn one(&self, name: &str) -> &Line {
        self.all(name)[0]
    }
}

/// Component, property, the least and the most of it.
const PROPERTIES: &[(&str, &str, usize, usize)] = &[
    // RFC 5545 §3.6 and §3.7.
    ("VCALENDAR", "PRODID", 1, 1),
    ("VCALENDAR", "VERSION", 1, 1),
    ("VCALENDAR", "METHOD", 1, 1),
    ("VCALENDAR", "CALSCALE", 0, 1),
    // RFC 5546 §3.2.1 and §3.2.2, narrower than RFC 5545 §3.6.1.
    ("VEVENT", "UID", 1, 1),
    ("VEVENT", "DTSTAMP", 1, 1),
    ("VEVENT", "DTSTART", 1, 1),
    ("VEVENT", "DTEND", 1, 1),
    ("VEVENT", "ORGANIZER", 1, 1),
    ("VEVENT", "SUMMARY", 1, 1),
    ("VEVENT", "SEQUENCE", 1, 1),
    ("VEVENT", "DESCRIPTION", 0, 1),
    ("VEVENT", "LOCATION", 0, 1),
    ("VEVENT", "CLASS", 0, 1),
    ("VEVENT", "STATUS", 0, 1),
    ("VEVENT", "TRANSP", 0, 1),
    // Once for whoever is asked: see `judge`.
    ("VEVENT", "ATTENDEE", 0, 1),
    // RFC 5545 §3.6.6, for an alarm that is shown.
    ("VALARM", "ACTION", 1, 1),
    ("VALARM", "TRIGGER", 1, 1),
    ("VALARM", "DESCRIPTION", 1, 1),
    // RFC 5545 §3.6.5.
    ("VTIMEZONE", "TZID", 1, 1),
    ("STANDARD", "DTSTART", 1, 1),
    ("STANDARD", "TZOFFSETFROM", 1, 1),
    ("STANDARD", "TZOFFSETTO", 1, 1),
    ("STANDARD", "TZNAME", 0, 1),
    ("STANDARD", "RRULE", 0, 1),
    ("DAYLIGHT", "DTSTART", 1, 1),
    ("DAYLIGHT", "TZOFFSETFROM", 1, 1),
    ("DAYLIGHT", "TZOFFSETTO", 1, 1),
    ("DAYLIGHT", "TZNAME", 0, 1),
    ("DAYLIGHT", "RRULE", 0, 1),
];

/// Fails at the first thing that the standards forbid.
pub fn judge(name: &str, data: &[u8], method: Method<'_>) {
    let calendar = read(name, data);
    counts(name, &calendar);
    assert_eq!(calendar.one("VERSION").value, "2.0", "{name}");
    let events: Vec<&Component> = calendar.parts.iter().filter(|part| part.name == "VEVENT").collect();
    // Outlook makes a calendar of its own out of a file with two.
    assert_eq!(events.len(), 1, "{name}");
    let event = events[0];
    let attendees = event.all("ATTENDEE");
    match method {
        Method::Publish => {
            assert_eq!(calendar.one("METHOD").value, "PUBLISH", "{name}");
            assert!(attendees.is_empty(), "{name}: RFC 5546 §3.2.1.1");
        }
        Method::Request(to) => {
            assert_eq!(calendar.one("METHOD").value, "REQUEST", "{name}");
            assert_eq!(attendees.len(), 1, "{name}");
            assert_eq!(attendees[0].value.strip_prefix("mailto:"), Some(to), "{name}: whom the message is to");
            assert_eq!(attendees[0].parameter("RSVP"), Some("TRUE"), "{name}");
        }
    }
    for address in attendees.iter().copied().chain(event.all("ORGANIZER")) {
        // RFC 5545 §3.3.3: a URI.
        assert!(address.value.starts_with("mailto:") && address.value.is_ascii(), "{name}: {}", address.value);
        assert!(address.parameter("CN").is_some_and(|name| !name.is_empty()), "{name}: {}", address.value);
    }
    times(name, &calendar, event);
    let alarms: Vec<&Component> = event.parts.iter().filter(|part| part.name == "VALARM").collect();
    assert_eq!(alarms.len(), 1, "{name}");
    assert!(alarms[0].one("TRIGGER").value.starts_with("-P"), "{name}: before the event");
    for text in ["SUMMARY", "DESCRIPTION", "LOCATION"].iter().flat_map(|property| event.all(property)) {
        escaped(name, &text.value);
    }
    assert!(event.one("UID").value.contains('@'), "{name}: RFC 5545 §3.8.4.7 asks for one of the whole world");
}

fn counts(name: &str, component: &Component) {
    let of = PROPERTIES.iter().filter(|(of, ..)| *of == component.name);
    assert!(of.clone().next().is_some(), "{name}: nobody knows a {}", component.name);
    for (_, property, least, most) in of.clone() {
        let there = component.all(property).len();
        assert!((*least..=*most).contains(&there), "{name}: {there} {property} in a {}", component.name);
    }
    let known: Vec<&str> = of.map(|(_, property, ..)| *property).collect();
    let strange = component.lines.iter().find(|line| !known.contains(&line.name.as_str()));
    assert!(strange.is_none(), "{name}: {} in a {}", strange.map_or("", |line| &line.name), component.name);
    component.parts.iter().for_each(|part| counts(name, part));
}

fn times(name: &str, calendar: &Component, event: &Component) {
    let (start, end) = (event.one("DTSTART"), event.one("DTEND"));
    assert!(start.value < end.value, "{name}: RFC 5545 §3.8.2.2: {} to {}", start.value, end.value);
    let stamp = &event.one("DTSTAMP").value;
    // RFC 5545 §3.8.7.2: in UTC.
    assert!(is_time(stamp.strip_suffix('Z').unwrap_or_default()), "{name}: {stamp}");
    let zones: Vec<&Component> = calendar.parts.iter().filter(|part| part.name == "VTIMEZONE").collect();
    for time in [start, end] {
        if time.parameter("VALUE") == Some("DATE") {
            assert!(is_day(&time.value) && zones.is_empty(), "{name}: {}", time.value);
            continue;
        }
        let zone = time.parameter("TZID").unwrap_or_else(|| panic!("{name}: a time of no zone"));
        // RFC 5545 §3.2.19: a zone that is named is in the file.
        assert!(zones.len() == 1 && zones[0].one("TZID").value == zone, "{name}: {zone}");
        assert!(is_time(&time.value), "{name}: {}", time.value);
    }
    for zone in zones {
        let kinds: Vec<&str> = zone.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(kinds, ["DAYLIGHT", "STANDARD"], "{name}");
        for part in &zone.parts {
            // RFC 5545 §3.6.5: a local time, and offsets with their signs.
            assert!(is_time(&part.one("DTSTART").value), "{name}");
            let is_offset = |text: &str| {
                text.starts_with(['+', '-']) && text.len() == 5 && text[1..].bytes().all(|b| b.is_ascii_digit())
            };
            assert!(["TZOFFSETFROM", "TZOFFSETTO"].iter().all(|p| is_offset(&part.one(p).value)), "{name}");
        }
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_time(text: &str) -> bool {
    text.split_once('T')
        .is_some_and(|(day, time)| is_day(day) && time.len() == 6 && time.bytes().all(|b| b.is_ascii_digit()))
}

/// RFC 5545 §3.3.11: commas and semicolons are escaped, and nothing else is but a backslash and a line break.
fn escaped(name: &str, text: &str) {
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => assert!(matches!(rest.next(), Some('\\' | ';' | ',' | 'n' | 'N')), "{name}: {text}"),
            ',' | ';' => panic!("{name}: an unescaped `{c}` in {text}"),
            c => assert!(!c.is_control(), "{name}: {text}"),
        }
    }
}

fn read(name: &str, data: &[u8]) -> Component {
    let text = std::str::from_utf8(data).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert!(text.ends_with("\r\n") && !text.contains("\r\n\r\n"), "{name}: RFC 5545 §3.1");
    let folded: Vec<&str> = text.strip_suffix("\r\n").expect("it ends so").split("\r\n").collect();
    // RFC 5545 §3.1: 75 octets, without the line break; that no character is parted, the reading above has shown, for each
    // line is a slice of it.
    assert!(folded.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{name}: a line is too long");
    let mut lines: Vec<String> = Vec::new();
    for line in folded {
        match line.strip_prefix([' ', '\t']) {
            Some(more) => lines.last_mut().expect("a line goes on").push_str(more),
            None => lines.push(line.to_owned()),
        }
    }
    let mut open: Vec<Component> = Vec::new();
    for (n, line) in lines.iter().map(|line| content(name, line)).enumerate() {
        match line.name.as_str() {
            "BEGIN" => open.push(Component { name: line.value, lines: Vec::new(), parts: Vec::new() }),
            "END" => {
                let ended = open.pop().unwrap_or_else(|| panic!("{name}: an end without a beginning"));
                assert_eq!(ended.name, line.value, "{name}");
                match open.last_mut() {
                    Some(around) => around.parts.push(ended),
                    None => {
                        assert!(n + 1 == lines.len() && ended.name == "VCALENDAR", "{name}");
                        return ended;
                    }
                }
            }
            _ => open.last_mut().unwrap_or_else(|| panic!("{name}: a property of nothing")).lines.push(line),
        }
    }
    panic!("{name}: it does not end")
}

/// A content line in its parts.
fn content(name: &str, line: &str) -> Line {
    let wrong = |why: &str| -> ! { panic!("{name}: {why}: {line}") };
    let is_token = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let mut parts: Vec<String> = vec![String::new()];
    let (mut quoted, mut value) = (false, None);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ':' if !quoted => {
                value = Some(line[at + 1..].to_owned());
                break;
            }
            ';' if !quoted => parts.push(String::new()),
            c if c.is_control() => wrong("a control character"),
            c => parts.last_mut().expect("there is one").push(c),
        }
    }
    let Some(value) = value else { wrong("it has no value") };
    let mut parts = parts.into_iter();
    let property = parts.next().unwrap_or_default();
    if !is_token(&property) || value.chars().any(char::is_control) {
        wrong("it is no content line");
    }
    let parameter = |part: String| match part.split_once('=') {
        Some((key, value)) if is_token(key) => (key.to_owned(), value.to_owned()),
        _ => wrong("it is no parameter"),
    };
    Line { name: property, parameters: parts.map(parameter).collect(), value }
}
