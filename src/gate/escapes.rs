//! Escapes of the web.
//!
//! In: a text. Out: the text as a browser reads it.

/// Decodes percent escapes (RFC 3986 §2.1).
pub fn percent_decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        if let Some(byte) = hex.filter(|_| *first == b'%') {
            out.push(byte);
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Decodes the numeric character references of HTML and Markdown.
pub fn entities_decoded(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap_or((part, ""));
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_the_web_are_read_as_a_browser_reads_them() {
        assert_eq!(percent_decoded("Kai%20M%C3%A9nsah 100%"), "Kai Ménsah 100%");
        assert_eq!(entities_decoded("&#75;ai &#x4D;ensah &#; x"), "Kai Mensah ; x");
    }
}
