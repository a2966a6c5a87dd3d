//! A message with its attachments as a file that a mail program opens as a draft (RFC 5322, 2045, 2047).
//!
//! The boundary between the parts comes from the data, so that the same message has the same bytes. Date and Message-ID are
//! left to the mail program that sends it: some keep those that they find, and a letter that bears the day of issue lies weeks
//! back in its reader's inbox. Typed text is encoded by the library, line breaks included, so a name cannot end its header; and
//! no line break reaches it anyway, since a cell of a list is one line.

use mail_builder::MessageBuilder;
use mail_builder::headers::Header;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::text::Text;
use mail_builder::mime::{BodyPart, MimePart};

/// A message to one person.
pub struct Message<'a> {
    /// Name and address of the sender.
    pub from: (&'a str, &'a str),
    /// Name and address of the recipient.
    pub to: (&'a str, &'a str),
    /// The protective marking, which leads the subject.
    pub marking: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The reference of the paper.
    pub reference: &'a str,
    /// The text.
    pub text: &'a str,
    /// Attachments: name, type and bytes.
    pub attachments: Vec<(&'a str, &'a str, &'a [u8])>,
}

/// An email address whose domain is in ASCII, as every mail server understands it (RFC 5890 §2.3.2.1).
pub(super) fn ascii(address: &str) -> String {
    let domain = address.rsplit_once('@').filter(|(_, domain)| !domain.is_ascii());
    let encoded = domain.and_then(|(local, domain)| Some((local, idna::domain_to_ascii(domain).ok()?)));
    encoded.map_or_else(|| address.to_owned(), |(local, domain)| format!("{local}@{domain}"))
}

/// Writes the file.
pub fn eml(message: &Message<'_>) -> Vec<u8> {
    let token = blake3::hash([message.reference, message.to.1].join("\0").as_bytes()).to_hex();
    let mut parts = vec![MimePart::new("text/plain", BodyPart::Text(message.text.into()))];
    for (name, kind, data) in &message.attachments {
        let mut parts_of = kind.split("; ");
        let kind = ContentType::new(parts_of.next().unwrap_or_default().to_owned());
        let kind = parts_of
            .filter_map(|p| p.split_once('='))
            .fold(kind, |kind, (name, value)| kind.attribute(name.to_owned(), value.to_owned()));
        let attachment = MimePart::new(kind, BodyPart::Binary((*data).into()));
        parts.push(attachment.attachment(*name));
    }
    // RFC 2046 §5.1.1: letters and digits, at most 70; no line of base64 or text starts with two hyphens and this hash.
    let boundary = format!("part-{}", &token[..32]);
    let kind = ContentType::new("multipart/mixed").attribute("boundary", boundary);
    let mut eml = Vec::new();
    header(&mut eml, "From", &Address::from((message.from.0, ascii(message.from.1).as_str())));
    header(&mut eml, "To", &Address::from((message.to.0, ascii(message.to.1).as_str())));
    header(&mut eml, "Subject", &Text::new(format!("{}: {}", message.marking, message.subject)));
    // Outlook opens a message with this header as a draft to be sent.
    eml.extend(b"X-Unsent: 1\r\nMIME-Version: 1.0\r\n");
    MessageBuilder::new().body(MimePart::new(kind, BodyPart::Multipart(parts))).serialize_body(&mut eml);
    eml
}

fn header(out: &mut Vec<u8>, name: &str, value: &impl Header) {
    out.extend(name.as_bytes());
    out.extend(b": ");
    value.write_header(out, name.len() + 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_in_another_script_is_written_as_servers_read_it() {
        assert_eq!(ascii("a@vermögen.example"), "a@xn--vermgen-d1a.example");
        assert_eq!(ascii("japanese-info@例え.テスト"), "japanese-info@xn--r8jz45g.xn--zckzah");
        assert_eq!(ascii("A.B@Domain.example"), "A.B@Domain.example");
    }
}
