//! The recipients of a message, as Outlook copies them: `Ada Quill <ada@place.example>; Bo Reed <bo@place.example>`.
//!
//! In: a text. Out: the same as a table with headings, which is a list like any other; `None` if the text is something else.
//!
//! Deliberately absent: turning `Quill, Ada` around. The check of a list says that the surname seems to be first.

/// The recipients as a table. A text is taken for them only if each of its parts has an address between angle brackets, or is
/// one.
pub fn as_table(text: &str) -> Option<String> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["Name", "Email"]).expect("a vector takes every byte");
    let mut any_name = false;
    for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, address) = recipient(part.trim_end_matches(',').trim_end())?;
        any_name |= !name.is_empty();
        rows.write_record([name, address]).expect("a vector takes every byte");
    }
    let table = rows.into_inner().expect("a vector takes every byte");
    any_name.then(|| String::from_utf8(table).expect("it was text before"))
}

/// A name and an address.
fn recipient(part: &str) -> Option<(&str, &str)> {
    let (name, address) = match part.strip_suffix('>') {
        Some(rest) => rest.rsplit_once('<')?,
        None => ("", part),
    };
    let name = name.trim().trim_matches(['"', '\'']).trim();
    let is_address = address.split_once('@').is_some_and(|(own, place)| !own.is_empty() && place.contains('.'));
    let is_plain = !address.contains(|c: char| c.is_whitespace() || ['<', '>', ',', '\t'].contains(&c));
    (is_address && is_plain && !name.contains(['<', '>', '\t'])).then_some((name, address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_a_table_of_names_and_addresses() {
        let text = "Ms Yetunde Adébáyọ̀ <y@place.example>; \"Reed, Bo\" <bo@place.example>;\n c@place.example";
        let table = "Name,Email\nMs Yetunde Adébáyọ̀,y@place.example\n\"Reed, Bo\",bo@place.example\n,c@place.example\n";
        assert_eq!(as_table(text).as_deref(), Some(table));
    }

    #[test]
    fn what_is_no_recipient_leaves_the_text_as_it_is() {
        for text in [
            "",
            "Name\tEmail\nAda\tada@place.example",
            "Name;Email\nAda;ada@place.example",
            "Ada <ada>; Bo <bo@place.example>",
            "a@place.example; b@place.example",
            "Name,Email\nAda,a@place.example",
        ] {
            assert_eq!(as_table(text), None, "{text}");
        }
    }
}
