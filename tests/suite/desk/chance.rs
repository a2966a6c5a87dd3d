//! Forms with anything in any field: what was typed is in the file, at its field, and nothing else has changed.

use crate::fuzzed::anatomy::{Anatomy, Chance};
use crate::run::Run;
use crate::visit::Visit;

const FILE: &str = "conference.yaml";

/// A page, its input, and the field of it. Those of a person are under their entry.
const FIELDS: [(&str, &str, &str); 12] = [
    ("/meeting", "Room and building", "meeting.venue.name"),
    ("/meeting", "Postcode", "meeting.venue.postcode"),
    ("/meeting", "Getting in", "meeting.venue.access"),
    ("/meeting", "Link to join online", "meeting.online"),
    ("/people/{n}/edit", "Full name, as on the envelope", "person.name"),
    ("/people/{n}/edit", "The letter begins “Dear …”", "person.salutation"),
    ("/people/{n}/edit", "Job or part", "person.role"),
    ("/people/{n}/edit", "E-mail address", "person.email"),
    ("/people/{n}/edit", "Who comes in their place (if anybody)", "delegate"),
    ("/people/{n}/edit", "What they need to take part", "access"),
    ("/people/{n}/edit", "What they are asked to bring", "bring"),
    ("/people/{n}/edit", "Postal address", "address"),
];

const VALUES: [&str; 18] = [
    "Room 2",
    "Œzgür Yıldız-Ó Briain",
    "王小明",
    "محمد",
    "O'Neill & Sons <Ltd>",
    "#eval",
    "{{ x }}",
    "../../etc",
    "=1+1",
    "]]>",
    "a\u{202E}b",
    "yes",
    "~",
    "020 7946 0958",
    "- a: b",
    "'a' \"b\" # c",
    "ada@example.org",
    "",
];

fn edits() -> usize {
    std::env::var("EDITS").ok().and_then(|many| many.parse().ok()).unwrap_or(30)
}

/// Every text of a file by its path.
fn texts(says: &serde_json::Value, path: &str, all: &mut std::collections::BTreeMap<String, String>) {
    match says {
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| texts(value, &format!("{path}.{name}"), all))
        }
        serde_json::Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| texts(value, &format!("{path}[{n}]"), all));
        }
        serde_json::Value::String(text) => drop(all.insert(path.trim_start_matches('.').to_owned(), text.clone())),
        _ => {}
    }
}

#[test]
fn whatever_is_typed_into_any_field_is_in_the_file_there_or_nothing_is() {
    for council in ["marshgate", "northmere", "kestrel-vale"] {
        let mut visit = Visit::at(Run::on_the_council(council)).seated("Tom Hallam");
        let (mut chance, mut saved) = (Chance(3), 0);
        let people = convenor::load(visit.run.path(FILE)).expect("it is sound").conference.invitees.len();
        for n in 0..edits() {
            let ((page, label, field), value) = (*chance.of(&FIELDS), *chance.of(&VALUES));
            let number = 1 + chance.below(people);
            let before = visit.run.read(FILE);
            let case = format!("{council}, edit {n}: {page} of {number}, {label}: {value:?}");
            let page = visit.conference(&page.replace("{n}", &number.to_string()));
            if page.says().contains("They are in the list") {
                continue;
            }
            let page = page.fill(label, value).press("Save");
            let (status, says) = (page.status, page.says());
            let after = visit.run.read(FILE);
            if status == 422 {
                assert_eq!(after, before, "{case}: {says}");
                continue;
            }
            assert_eq!(status, 200, "{case}: {says}");
            let all = |text: &str| {
                let mut all = std::collections::BTreeMap::new();
                texts(&Anatomy::of(text).unwrap_or_else(|| panic!("{case}\n{text}")).says, "", &mut all);
                all
            };
            let (was, now) = (all(&before), all(&after));
            let differs = |path: &&String| was.get(*path) != now.get(*path);
            let changed: Vec<&String> = was.keys().chain(now.keys()).filter(differs).collect();
            // A person of many conferences is under `people`, one of this under their entry.
            let is_own = |path: &str| {
                let last = field.rsplit('.').next().unwrap_or(field);
                let own = |path: &str| path.split(['.', '[']).any(|part| part == last);
                own(path) && (path.starts_with("meeting") == field.starts_with("meeting"))
            };
            assert!(changed.iter().all(|path| is_own(path)), "{case}: {changed:?}");
            for path in &changed {
                let typed = now.get(*path).map(String::as_str).unwrap_or_default();
                assert_eq!(typed, value, "{case}: {path}");
            }
            let comments = |text: &str| Anatomy::of(text).expect("it can be read").comments(text, &(0..0));
            assert_eq!(comments(&after), comments(&before), "{case}");
            saved += usize::from(after != before);
            if after != before && n % 3 == 0 {
                visit.conference("/undo").press("Undo it");
                assert_eq!(visit.run.read(FILE), before, "{case}");
            }
        }
        assert!(saved * 3 > edits(), "{council}: only {saved}");
    }
}
