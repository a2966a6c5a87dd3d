//! A draft of a message: RFC 5322, 2045 to 2047, and what mail programs ask of one that is still to be sent.

use mail_parser::{Address, Message, MessageParser, MimeHeaders};

/// Fails at the first thing that the standards forbid. Returns the address that it is to, as a `mailto:` has it, and the
/// calendar in it.
pub fn judge(name: &str, data: &[u8]) -> (String, Vec<u8>) {
    let text = std::str::from_utf8(data).unwrap_or_else(|e| panic!("{name}: {e}"));
    // RFC 5322 §2.1 and §2.3: ASCII, CR only with LF, lines of at most 998; RFC 2045 §6.7 and §6.8: 76 where encoded.
    assert!(text.is_ascii() && text.ends_with("\r\n"), "{name}");
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(
        lines.iter().all(|line| line.len() <= 78 && !line.contains(['\r', '\n', '\0'])),
        "{name}: a line is too long"
    );
    let (head, _) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{name}: it has no body"));
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut names: Vec<&str> = Vec::new();
    for header in unfolded.split("\r\n") {
        let (field, value) = header.split_once(": ").unwrap_or_else(|| panic!("{name}: no header: {header}"));
        assert!(field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{name}: {field}");
        names.push(field);
        for word in value.split_whitespace().filter(|word| word.contains("=?")) {
            // RFC 2047 §2: an encoded word has at most 75 characters, and its own delimiters.
            assert!(word.len() <= 75 && word.starts_with("=?") && word.matches('?').count() == 4, "{name}: {word}");
        }
    }
    assert_eq!(names, ["From", "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"], "{name}");
    let message = MessageParser::default().parse(data).unwrap_or_else(|| panic!("{name}: it is no message"));
    assert!(message.date().is_none() && message.message_id().is_none(), "{name}: a draft has neither");
    let (_, to) = (one(name, message.from()), one(name, message.to()));
    parts(name, text, &message);
    let request = message.attachment(1).expect("it was counted").contents().to_vec();
    (to, request)
}

/// The only address of a header.
fn one(name: &str, addresses: Option<&Address<'_>>) -> String {
    let all: Vec<_> = addresses.into_iter().flat_map(Address::iter).collect();
    assert_eq!(all.len(), 1, "{name}: {all:?}");
    let address = all[0].address().unwrap_or_default();
    let (local, domain) = address.rsplit_once('@').unwrap_or_else(|| panic!("{name}: {address}"));
    assert!(!local.is_empty() && domain.contains('.') && address.is_ascii(), "{name}: {address}");
    assert!(all[0].name().is_some_and(|name| !name.is_empty()), "{name}: {address} has no name");
    address.to_owned()
}

fn parts(name: &str, text: &str, message: &Message<'_>) {
    let boundary = message.content_type().and_then(|kind| kind.attribute("boundary")).expect("it has parts");
    // RFC 2046 §5.1.1: at most 70 characters, before each part and, with two hyphens, at the end.
    assert!(boundary.len() <= 70 && text.ends_with(&format!("\r\n--{boundary}--\r\n")), "{name}: {boundary}");
    assert_eq!(text.matches(&format!("--{boundary}\r\n")).count(), 3, "{name}: {boundary}");
    let body = message.body_text(0).expect("it has a text");
    assert!(body.contains("Dear ") && !body.contains('\u{fffd}'), "{name}: {body}");
    let attached: Vec<_> = message.attachments().collect();
    assert_eq!(attached.len(), 2, "{name}");
    let kind = |n: usize| {
        let kind = attached[n].content_type().expect("each part says its kind");
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())
    };
    assert_eq!([kind(0), kind(1)], ["application/pdf", "text/calendar"], "{name}");
    let letter = attached[0];
    assert!(
        letter.contents().starts_with(b"%PDF-") && letter.contents().trim_ascii_end().ends_with(b"%%EOF"),
        "{name}"
    );
    assert!(letter.attachment_name().is_some_and(|file| file.ends_with(".pdf")), "{name}");
    assert_eq!(attached[1].attachment_name(), Some("meeting.ics"), "{name}");
    // RFC 6047 §2.4: the method of the part is that of the calendar in it.
    let method = attached[1].content_type().and_then(|kind| kind.attribute("method"));
    assert_eq!(method, Some("REQUEST"), "{name}");
}
