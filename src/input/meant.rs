//! Words of a conference or its council that can be read in one way only, as they are in a list: a word for nothing where
//! nothing need stand, a greeting before a name, characters that nobody sees.
//!
//! In: the tree of a file. Out: the same tree without them, and a warning for each that somebody may have meant.
//!
//! Deliberately absent: words that are at fault where they stand (`check::typed`).

use super::list::{NOBODY, is_nobody, is_nothing, stray, text, without_greeting, without_strays};
use crate::diag::{Code, Diagnostic, Place, codes};
use crate::fields::{self, Sort};
use crate::yaml::{Key, Node, Reading, Value};

/// Fields of the conference that may be left out, and that papers print.
const OPTIONAL: &[&str] = &[
    "meeting.online",
    "people.*.salutation",
    "people.*.role",
    "people.*.email",
    "people.*.phone",
    "invitees[].person.salutation",
    "invitees[].person.role",
    "invitees[].person.email",
    "invitees[].person.phone",
    "invitees[].language",
    "child_links[].worker.email",
];

/// The same of the council.
const OPTIONAL_OF_COUNCIL: &[&str] = &["team", "website", "concern.out_of_hours", "data_protection.phone"];

/// Reads the words of a conference file as they are meant.
pub fn in_conference(reading: &mut Reading<'_>) {
    let known = |path: &str| {
        let field = fields::of_path(path)?;
        Some((field.sort, OPTIONAL.contains(&field.pattern)))
    };
    words(reading, &known);
    let mut said = Said::default();
    if let Some(people) = field_mut(reading.root, "people")
        && let Value::Map(people) = &mut people.value
    {
        for (id, person) in people.iter_mut() {
            salutation(person, &format!("people.{}", id.text), &mut said);
        }
    }
    if let Some(invitees) = field_mut(reading.root, "invitees")
        && let Value::List(invitees) = &mut invitees.value
    {
        for (i, invitee) in invitees.iter_mut().enumerate() {
            // A row of a list has been read so already.
            let path = format!("invitees[{i}].person");
            if let Some(person) =
                field_mut(invitee, "person").filter(|_| !reading.cells.contains_key(&format!("{path}.name")))
            {
                salutation(person, &path, &mut said);
            }
        }
    }
    said.tell(reading);
}

/// Reads the words of a council as they are meant.
pub fn in_borough(reading: &mut Reading<'_>) {
    words(reading, &|path| Some((fields::of_council(path), OPTIONAL_OF_COUNCIL.contains(&path))));
}

/// Warnings, by path and node, until they can be added to the faults of the file.
#[derive(Default)]
struct Said(Vec<(String, std::ops::Range<usize>, Code, String, &'static str)>);

impl Said {
    fn add(&mut self, path: &str, node: &Node, code: Code, message: impl Into<String>, hint: &'static str) {
        self.0.push((path.to_owned(), node.span.clone(), code, message.into(), hint));
    }

    fn tell(self, reading: &mut Reading<'_>) {
        for (path, span, code, message, hint) in self.0 {
            let place = Place { path: Some(path), span: Some(span), ..Place::file(reading.file) };
            reading.faults.push(Diagnostic::warning(code, message).place(place).hint(hint));
        }
    }
}

/// Empties optional fields that say in a word that they are empty, and takes out of names and addresses what nobody sees.
fn words(reading: &mut Reading<'_>, known: &dyn Fn(&str) -> Option<(Sort, bool)>) {
    let mut said = Said::default();
    reading.root.each_text(&mut |path, node| {
        let Value::Scalar { text: typed, .. } = &node.value else { return };
        if node.is_null() {
            return;
        }
        let may_be_nothing = typed.len() <= 40 && is_nothing(&text(typed));
        if typed.is_ascii() && !may_be_nothing {
            return;
        }
        let Some((sort, is_optional)) = known(path) else { return };
        if may_be_nothing && is_optional {
            let message = "this is a word for nothing, and is read as if nothing were written";
            said.add(path, node, codes::READ_AS_EMPTY, message, "take the field out, or write what is meant");
            node.value = Value::Scalar { text: String::new(), quoted: false };
        } else if matches!(sort, Sort::Person | Sort::Name | Sort::Word | Sort::Address | Sort::Telephone) {
            if let Some(c) = stray(typed) {
                let message = format!(
                    "the invisible character U+{:04X} is inside this text, which is read without it",
                    u32::from(c)
                );
                said.add(path, node, codes::CONTROL_CHARACTER, message, "type it again");
            }
            let kept = without_strays(typed);
            if !kept.is_empty() && kept != *typed {
                node.value = Value::Scalar { text: kept, quoted: true };
            }
        }
    });
    said.tell(reading);
}

/// The words after "Dear" of a person without a greeting of their own; for whoever lives somewhere, `Sir or Madam`.
fn salutation(person: &mut Node, path: &str, said: &mut Said) {
    let scalar = |node: &Node| match &node.value {
        Value::Scalar { text: typed, .. } if !node.is_null() => Some(text(typed)),
        _ => None,
    };
    let at = format!("{path}.salutation");
    let mut has_words = false;
    if let Some(node) = field_mut(person, "salutation")
        && let Some(typed) = scalar(node)
    {
        let (bare, greets) = without_greeting(&typed);
        if greets {
            let message = "this is a greeting of its own: the letter says `Dear` and the name in it";
            said.add(&at, node, codes::OWN_GREETING, message, "write only what is to follow `Dear`");
        }
        // What is no greeting stays as it was typed, but for the comma that the letter adds itself.
        let ends = [',', '!', ':', ';', ' '];
        let is_greeting = bare.len() < typed.trim_matches(ends).len();
        let kept = if is_greeting { bare } else { typed.trim_end_matches(ends).to_owned() };
        has_words = !kept.is_empty();
        if kept != typed {
            node.value = Value::Scalar { text: kept, quoted: has_words };
        }
    }
    let Value::Map(fields) = &mut person.value else { return };
    let Some((_, name)) = fields.iter().find(|(key, _)| key.text == "name") else { return };
    if has_words || !scalar(name).is_some_and(|name| is_nobody(&name)) {
        return;
    }
    let message = "this is nobody's name: the letter says `Dear Sir or Madam`";
    let hint = "write the name if it is known, or a salutation of your own";
    said.add(&format!("{path}.name"), name, codes::NO_PERSON, message, hint);
    let span = name.span.clone();
    let words = Node { span: span.clone(), value: Value::Scalar { text: NOBODY.to_owned(), quoted: true } };
    fields.retain(|(key, _)| key.text != "salutation");
    fields.push((Key { text: "salutation".to_owned(), span }, words));
}

pub(super) fn field_mut<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut Node> {
    let Value::Map(map) = &mut node.value else { return None };
    map.iter_mut().find(|(key, _)| key.text == name).map(|(_, node)| node)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree of a text as it is read, and the codes of the warnings with their paths.
    fn read(yaml: &str, shape: fn(&mut Reading<'_>)) -> (Vec<(String, String)>, Vec<String>) {
        let read = crate::yaml::read_shaped::<serde::de::IgnoredAny>("c.yaml", yaml, shape);
        let texts = read.index.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let told = read.faults.iter().map(|d| format!("{} {}", d.code.id, d.place.path.clone().unwrap_or_default()));
        (texts, told.collect())
    }

    #[test]
    fn a_greeting_goes_and_whoever_lives_there_is_sir_or_madam() {
        for (person, expected, told) in [
            ("name: Ann Ada, salutation: Hello Ann!", Some("Ann"), Some("own-greeting people.p.salutation")),
            (
                "name: Ann Ada, salutation: \"Good morning, Ms Ada\"",
                Some("Ms Ada"),
                Some("own-greeting people.p.salutation"),
            ),
            ("name: Ann Ada, salutation: \"Dear Ms Ada,\"", Some("Ms Ada"), None),
            ("name: Ann Ada, salutation: Hi", None, Some("own-greeting people.p.salutation")),
            ("name: Ann Ada, salutation: Ms Ada", Some("Ms Ada"), None),
            ("name: Ann Ada, salutation: \":::Ann,\"", Some(":::Ann"), None),
            ("name: The Occupier", Some("Sir or Madam"), Some("no-person people.p.name")),
            ("name: The Headteacher, salutation: Headteacher", Some("Headteacher"), None),
            ("name: Ann Ada", None, None),
            ("name: Ann Ada, salutation: N/A", None, Some("read-as-empty people.p.salutation")),
            ("name: The Occupier, salutation: TBC", Some("Sir or Madam"), Some("no-person people.p.name")),
        ] {
            let (texts, warnings) = read(&format!("people: {{ p: {{ {person} }} }}\n"), in_conference);
            let said = texts.iter().find(|(path, _)| path == "people.p.salutation").map(|(_, text)| text.as_str());
            assert_eq!(said, expected, "{person}");
            assert_eq!(warnings.last().map(String::as_str), told, "{person}");
        }
    }

    #[test]
    fn what_nobody_sees_goes_from_names_and_stays_in_sentences() {
        let yaml = "people: { p: { name: \"\\u200BAnn\\u200B Ada\\uA0\", role: \"\\u200BLead\" } }\n\
                    context: { summary: \"A\\u200Bb\" }\n";
        let (texts, warnings) = read(&yaml.replace("\\uA0", "\\u00A0"), in_conference);
        let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["Ann Ada", "Lead", "A\u{200B}b"]);
        assert_eq!(warnings, ["control-character people.p.name"]);
    }

    #[test]
    fn a_word_for_nothing_is_nothing_where_nothing_need_stand() {
        let (texts, warnings) = read(
            "people: { p: { name: N/A, role: TBC, phone: N/A } }\ninvitees: [ { language: none, access: N/A } ]\n",
            in_conference,
        );
        let texts: Vec<&str> = texts.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(texts, ["people.p.name", "invitees[0].access"]);
        assert_eq!(
            warnings,
            ["read-as-empty people.p.role", "read-as-empty people.p.phone", "read-as-empty invitees[0].language"]
        );
        let (texts, warnings) = read("phone: N/A\nconcern: { out_of_hours: none }\n", in_borough);
        assert_eq!((texts.len(), warnings), (1, vec!["read-as-empty concern.out_of_hours".to_owned()]));
    }
}
