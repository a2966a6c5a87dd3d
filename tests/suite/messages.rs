//! Messages to people of a list, as the programs that open them want them.

use crate::batch::{invite, message, people, tree, with_people};

#[test]
fn a_message_is_ready_to_be_opened_and_holds_letter_and_calendar() {
    let run = with_people(people(2));
    assert_eq!(invite(&run, &[]).code, 0);
    let eml = tree(&run).into_iter().find(|(f, _)| f.ends_with(".eml")).expect("one agreed").1;
    let (head, body) = message(&eml);
    let value =
        |name: &str| head.iter().find_map(|h| h.strip_prefix(name)).unwrap_or_else(|| panic!("no {name}{head:?}"));
    // RFC 2047 §4.2: a long header is split into encoded words; the space between two of them is no part of it.
    let subject = value("Subject: ")
        .replace("?= =?us-ascii?Q?", "")
        .replace("=?us-ascii?Q?", "")
        .replace("?=", "")
        .replace('_', " ");
    assert!(subject.starts_with("OFFICIAL-SENSITIVE: DRAFT: Please join us on Tuesday 24 November 2026"), "{subject}");
    assert_eq!(value("X-Unsent: "), "1");
    // The mail program that sends it writes both: some keep the date of a draft, which is the day of issue.
    assert!(!head.iter().any(|h| h.starts_with("Date:") || h.starts_with("Message-ID:")), "{head:?}");
    assert!(body.contains("application/pdf") && body.contains("text/calendar") && body.contains("meeting.ics"));
    assert!(body.contains("method=REQUEST") || body.contains("method=\"REQUEST\""), "{body}");
    let request = attached(&eml, "meeting.ics");
    let unfolded = request.replace("\r\n ", "");
    // RFC 5546 §3.2.2: one organiser, and the one who is asked.
    assert!(unfolded.contains("\r\nMETHOD:REQUEST\r\n"), "{unfolded}");
    assert_eq!(
        unfolded.matches("\r\nORGANIZER;CN=\"London Borough of Marshgate\":mailto:csc@marshgate.example\r\n").count(),
        1
    );
    let asked: Vec<&str> = unfolded.lines().filter(|line| line.starts_with("ATTENDEE;")).collect();
    assert!(
        asked.len() == 1 && asked[0].contains("RSVP=TRUE") && asked[0].contains("PARTSTAT=NEEDS-ACTION"),
        "{asked:?}"
    );
    assert!(
        asked[0].ends_with(&format!(":mailto:{}", value("To: ").split(['<', '>']).nth(1).expect("an address"))),
        "{asked:?}"
    );
    assert_eq!(request.matches("BEGIN:VEVENT").count(), 1);
    // It is the entry of the loose file.
    assert!(unfolded.contains("\r\nUID:CSC-2026-014-meeting@marshgate.example\r\n"), "{unfolded}");
}

/// The text of an attachment.
pub fn attached(eml: &[u8], name: &str) -> String {
    use mail_parser::MimeHeaders;
    let message = mail_parser::MessageParser::default().parse(eml).expect("it is a message");
    let part = message.attachments().find(|part| part.attachment_name() == Some(name)).expect("it is attached");
    String::from_utf8(part.contents().to_vec()).expect("it is text")
}
