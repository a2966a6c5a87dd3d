//! Every text of the input: what sort it is, and who may read it, said once.
//!
//! In: the path of a field in the conference file, or a column of a list. Out: a [`Field`]. `check` walks the table for
//! identities, counts, words and names, `ledger` for the readers of each text, and with it the gate. A test compares it
//! with the schema in both directions: a field that is not here fails it, and reaches nobody. The fields of the council's
//! own files have a sort only, since it writes them for everybody.
//!
//! Deliberately absent: the mark of one text, which its conference has (`check::access`).

mod council;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use council::of_council;

use crate::model::Clearance;

/// A field of the conference file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its path, with `[]` for a position and `*` for an id.
    pub pattern: &'static str,
    /// What kind of text it holds.
    pub sort: Sort,
    /// Who may read it.
    pub readers: Readers,
}

/// The kinds of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// An id, a date, a number or a word from a list: it says nothing of anybody.
    Key,
    /// A reference, a marking or a file name: typed freely, and printed on pages or in the names of files.
    Reference,
    /// The name of a person.
    Person,
    /// The name of an organisation or a place.
    Name,
    /// A few words that may be said elsewhere too: a role, a language, a harm.
    Word,
    /// A line of an address, or a postcode.
    Address,
    /// An email address or a link.
    Contact,
    /// A telephone number.
    Telephone,
    /// Sentences, as plain text.
    Text,
    /// Sentences, as Markdown.
    Prose,
    /// A name that may appear nowhere.
    Protected,
    /// The reference of a child's record.
    ChildReference,
}

/// The readers of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Everybody: it reveals nothing.
    Everybody,
    /// Nobody: it reaches no paper.
    Nobody,
    /// Those of this clearance, whatever is around it.
    Fixed(Clearance),
    /// Those whom the mark on it admits, or on what is around it if that is narrower. This is the mark of a text without
    /// one.
    Marked(Clearance),
    /// The same, but a text without a mark has that of what is around it.
    Within,
    /// The invitee whose entry it is in, in their own letter.
    Invitee,
    /// The same. It is about them and anybody who comes with them.
    Needs,
    /// Whoever opens the folder, in its record; it reaches no paper.
    Record,
    /// Everybody who may know that this invitee takes part.
    Participant,
    /// As for the person of the `people`, by what they do in the conference: their name.
    Officer,
    /// The same: how they are reached.
    OfficersContact,
    /// The worker of the child whose link it is in.
    Worker,
}

use Clearance::{Community, Professional, Public};
use Readers::{Everybody, Fixed, Marked, Needs, Nobody, Officer, OfficersContact, Participant, Record, Within, Worker};
use Sort::{Address, ChildReference, Contact, Key, Name, Person, Prose, Protected, Reference, Telephone, Text, Word};

const fn field(pattern: &'static str, sort: Sort, readers: Readers) -> Field {
    Field { pattern, sort, readers }
}

/// A field without any text of its own.
const fn key(pattern: &'static str) -> Field {
    field(pattern, Key, Everybody)
}

/// Every field of the conference file, in its order.
pub const FIELDS: &[Field] = &[
    field("reference", Reference, Everybody),
    key("kind"),
    key("form"),
    field("marking", Reference, Everybody),
    key("issued"),
    key("version"),
    key("papers.*.issued"),
    key("papers.*.version"),
    // Every reader of the paper may read why it was remade.
    field("papers.*.because", Text, Fixed(Public)),
    key("done.*"),
    key("prepared_by"),
    field("context.id", Reference, Everybody),
    key("context.kind"),
    key("context.owner"),
    field("context.label", Name, Fixed(Public)),
    field("context.internal_label", Text, Fixed(Professional)),
    field("context.area", Name, Marked(Public)),
    field("context.boundary", Text, Marked(Professional)),
    field("context.harms[]", Word, Marked(Community)),
    key("context.period.from"),
    key("context.period.to"),
    field("context.summary", Text, Marked(Professional)),
    field("assessment.reference", Reference, Everybody),
    key("assessment.completed"),
    key("assessment.author"),
    field("assessment.young_people_and_needs", Prose, Marked(Professional)),
    field("assessment.guardianship", Prose, Marked(Professional)),
    field("assessment.environment", Prose, Marked(Professional)),
    field("assessment.weighting", Prose, Marked(Professional)),
    field("assessment.strengths[]", Text, Marked(Professional)),
    field("assessment.concerns[]", Text, Marked(Professional)),
    field("assessment.gaps[]", Text, Marked(Professional)),
    field("assessment.voices[].from", Word, Within),
    field("assessment.voices[].text", Text, Within),
    key("meeting.date"),
    key("meeting.start"),
    key("meeting.end"),
    key("meeting.chair"),
    key("meeting.co_chair"),
    key("meeting.minute_taker"),
    key("meeting.reply_by"),
    key("meeting.changes[].on"),
    field("meeting.changes[].because", Text, Fixed(Community)),
    key("meeting.changes[].was.date"),
    key("meeting.changes[].was.start"),
    key("meeting.changes[].was.end"),
    field("meeting.changes[].was.venue.name", Name, Fixed(Community)),
    field("meeting.changes[].was.venue.lines[]", Address, Fixed(Community)),
    field("meeting.changes[].was.venue.postcode", Address, Fixed(Community)),
    field("meeting.changes[].was.venue.access", Text, Marked(Community)),
    key("meeting.cancelled.on"),
    field("meeting.cancelled.because", Text, Fixed(Community)),
    field("meeting.venue.name", Name, Fixed(Community)),
    field("meeting.venue.lines[]", Address, Fixed(Community)),
    field("meeting.venue.postcode", Address, Fixed(Community)),
    field("meeting.venue.access", Text, Marked(Community)),
    field("meeting.online", Contact, Fixed(Community)),
    field("people.*.name", Person, Officer),
    field("people.*.role", Word, Fixed(Community)),
    field("people.*.salutation", Person, OfficersContact),
    field("people.*.email", Contact, OfficersContact),
    field("people.*.phone", Telephone, OfficersContact),
    key("people.*.organisation"),
    // Participation is no secret: an organisation answers for what it does.
    field("organisations.*.name", Name, Fixed(Public)),
    key("organisations.*.category"),
    key("organisations.*.part_of"),
    key("organisations.*.quorum"),
    key("organisations.*.number"),
    // It is read as that of those of its people who have none.
    field("organisations.*.address[]", Address, Nobody),
    key("organisations.*.report.asked"),
    key("organisations.*.report.received"),
    key("organisations.*.report.use"),
    key("organisations.*.agreement.signed"),
    key("organisations.*.agreement.review"),
    // A list of people, whose rows stand for it when it is read.
    field("invitees[]", Reference, Everybody),
    field("invitees[].list", Reference, Everybody),
    key("invitees[].map.*"),
    key("invitees[].sheet"),
    key("invitees[].person"),
    key("invitees[].id"),
    key("invitees[].number"),
    field("invitees[].person.name", Person, Participant),
    field("invitees[].person.role", Word, Fixed(Community)),
    field("invitees[].person.salutation", Person, Readers::Invitee),
    field("invitees[].person.email", Contact, Readers::Invitee),
    field("invitees[].person.phone", Telephone, Readers::Invitee),
    key("invitees[].person.organisation"),
    key("invitees[].organisation"),
    key("invitees[].category"),
    field("invitees[].address[]", Address, Readers::Invitee),
    field("invitees[].language", Word, Readers::Invitee),
    field("invitees[].bring", Text, Readers::Invitee),
    field("invitees[].access", Text, Needs),
    field("invitees[].note", Prose, Readers::Invitee),
    key("invitees[].reply"),
    key("invitees[].attended"),
    key("invitees[].invited"),
    key("invitees[].online"),
    key("invitees[].observer"),
    key("invitees[].items[]"),
    key("invitees[].excluded[]"),
    key("invitees[].format"),
    key("invitees[].reads"),
    key("invitees[].print_copies[]"),
    key("invitees[].undertaking.signed"),
    key("invitees[].channel"),
    key("invitees[].email_consent"),
    key("invitees[].postage"),
    key("invitees[].exclusion.on"),
    // The reason that they may be given, and how they are heard: for their own letter.
    field("invitees[].exclusion.because", Text, Readers::Invitee),
    field("invitees[].exclusion.heard", Text, Readers::Invitee),
    key("invitees[].reply_by"),
    key("invitees[].invited_on"),
    key("invitees[].replied_on"),
    key("invitees[].withdrawn.on"),
    key("invitees[].withdrawn.replaced_by"),
    // The reason why a person takes no part is in the record, and in no paper.
    field("invitees[].withdrawn.because", Text, Record),
    key("invitees[].arrived"),
    key("invitees[].left"),
    field("invitees[].delegate", Person, Participant),
    field("agenda[].title", Text, Within),
    key("agenda[].minutes"),
    key("agenda[].area"),
    key("agenda[].part"),
    key("items[].agenda"),
    key("items[].kind"),
    key("items[].by"),
    field("items[].text", Text, Within),
    field("files[].title", Text, Within),
    key("files[].by"),
    key("decisions[].provisional"),
    key("decisions[].option"),
    field("decisions[].text", Text, Within),
    key("decisions[].agenda"),
    field("decisions[].rationale", Text, Marked(Professional)),
    field("decisions[].dissent[].text", Text, Within),
    key("decisions[].dissent[].by"),
    key("goals[].id"),
    key("goals[].domain"),
    field("goals[].goal", Text, Within),
    field("goals[].baseline", Text, Marked(Professional)),
    field("goals[].measure", Text, Within),
    key("goals[].readings[].on"),
    key("goals[].readings[].value"),
    field("goals[].readings[].text", Text, Within),
    key("goals[].actions[].id"),
    key("goals[].actions[].owner"),
    key("goals[].actions[].with[]"),
    field("goals[].actions[].person", Person, Fixed(Professional)),
    key("goals[].actions[].due"),
    key("goals[].actions[].status"),
    key("goals[].actions[].priority"),
    key("goals[].actions[].domain"),
    field("goals[].actions[].text", Text, Within),
    field("goals[].actions[].evidence", Text, Marked(Professional)),
    key("goals[].actions[].history[].on"),
    key("goals[].actions[].history[].status"),
    key("goals[].actions[].history[].was_due"),
    key("goals[].actions[].history[].was_owner"),
    key("goals[].actions[].history[].was_with[]"),
    field("goals[].actions[].history[].text", Text, Within),
    field("contingency", Prose, Marked(Professional)),
    key("minutes.status"),
    key("minutes.approved"),
    key("minutes.corrections[].on"),
    key("minutes.corrections[].by"),
    key("minutes.corrections[].agenda"),
    key("minutes.corrections[].answer"),
    field("minutes.corrections[].text", Text, Within),
    key("sharing[].on"),
    key("sharing[].by"),
    key("sharing[].to"),
    field("sharing[].what", Text, Within),
    field("sharing[].purpose", Text, Within),
    field("sharing[].basis", Text, Within),
    field("child_links[].ref", ChildReference, Worker),
    field("child_links[].worker.name", Person, Worker),
    field("child_links[].worker.email", Contact, Worker),
    field("child_links[].relevance", Text, Worker),
    field("child_links[].feedback", Text, Worker),
    key("child_links[].id"),
    key("child_links[].number"),
    field("protected_names[]", Protected, Nobody),
    key("allow[].path"),
    key("allow[].paper"),
    field("previous.reference", Reference, Everybody),
    key("previous.date"),
    // A path on the council's machine.
    field("previous.file", Reference, Nobody),
    key("previous.no_quorum"),
    field("previous.provisional", Text, Marked(Professional)),
    key("review.date"),
    key("review.start"),
    // Paths of fields that are still to be filled in.
    key("to_fill_in[]"),
    // Marks, with their reasons, beside any text.
    key("*.share"),
    field("*.reason", Text, Nobody),
];

/// The columns of a list of people, each with the field of the conference file that its cells become, or would.
pub const COLUMNS: &[(&str, &str)] = &[
    ("reference", "invitees[].id"),
    ("title", "invitees[].person.name"),
    ("first_name", "invitees[].person.name"),
    ("last_name", "invitees[].person.name"),
    ("name", "invitees[].person.name"),
    ("salutation", "invitees[].person.salutation"),
    ("role", "invitees[].person.role"),
    ("organisation", "organisations.*.name"),
    ("category", "invitees[].category"),
    ("address", "invitees[].address[]"),
    ("address_line_1", "invitees[].address[]"),
    ("address_line_2", "invitees[].address[]"),
    ("address_line_3", "invitees[].address[]"),
    ("address_line_4", "invitees[].address[]"),
    ("address_line_5", "invitees[].address[]"),
    ("address_line_6", "invitees[].address[]"),
    ("address_line_7", "invitees[].address[]"),
    ("po_box", "invitees[].address[]"),
    ("sub_building", "invitees[].address[]"),
    ("house", "invitees[].address[]"),
    ("house_number", "invitees[].address[]"),
    ("dependent_street", "invitees[].address[]"),
    ("street", "invitees[].address[]"),
    ("double_dependent_locality", "invitees[].address[]"),
    ("locality", "invitees[].address[]"),
    ("town", "invitees[].address[]"),
    ("county", "invitees[].address[]"),
    ("postcode", "invitees[].address[]"),
    ("country", "invitees[].address[]"),
    ("email", "invitees[].person.email"),
    ("phone", "invitees[].person.phone"),
    ("channel", "invitees[].channel"),
    ("email_consent", "invitees[].email_consent"),
    ("format", "invitees[].format"),
    ("reads", "invitees[].reads"),
    ("language", "invitees[].language"),
    ("access", "invitees[].access"),
    ("bring", "invitees[].bring"),
    ("note", "invitees[].note"),
    ("household", "invitees[].id"),
    ("postage", "invitees[].postage"),
    ("reply", "invitees[].reply"),
    ("attended", "invitees[].attended"),
    ("undertaking_signed", "invitees[].undertaking.signed"),
    ("letter_number", "invitees[].number"),
];

/// The field at a path of the conference file. `None` if nobody has decided on it.
pub fn of_path(path: &str) -> Option<&'static Field> {
    of_pattern(&pattern(path).0)
}

/// The field of a column, by its id. `None` if nobody has decided on it.
pub fn of_column(id: &str) -> Option<&'static Field> {
    let (_, pattern) = COLUMNS.iter().find(|(column, _)| *column == id)?;
    of_pattern(pattern)
}

/// The field of a pattern.
pub fn of_pattern(pattern: &str) -> Option<&'static Field> {
    static KNOWN: LazyLock<HashMap<&str, &Field>> =
        LazyLock::new(|| FIELDS.iter().map(|field| (field.pattern, field)).collect());
    let mark = match pattern.rsplit('.').next() {
        Some("share") => Some("*.share"),
        Some("reason") => Some("*.reason"),
        _ => None,
    };
    KNOWN.get(mark.unwrap_or(pattern)).copied()
}

/// Whether a path, or a pattern, is in a part of the conference file that is its record.
pub fn is_of_record(path: &str) -> bool {
    ["assessment.", "items[", "files[", "decisions[", "goals[", "contingency"].iter().any(|part| path.starts_with(part))
}

/// Maps with a text of their own in `text`, and with other fields besides its mark.
const WITH_TEXT: &[&str] = &[
    "items[].text",
    "goals[].actions[].text",
    "goals[].actions[].history[].text",
    "goals[].readings[].text",
    "minutes.corrections[].text",
    "decisions[].text",
    "decisions[].dissent[].text",
    "assessment.voices[].text",
];

/// Splits a path into a pattern, without positions and ids, and the positions. A marked text has the same pattern as
/// its `text`.
pub fn pattern(path: &str) -> (String, Vec<usize>) {
    let (mut pattern, positions) = without_positions(path);
    for map in ["people", "organisations", "papers"] {
        if let Some(rest) = pattern.strip_prefix(map).and_then(|r| r.strip_prefix('.')) {
            // An id may hold a dot; the names of fields do not.
            let within = |inner: &str| rest.rfind(inner).map(|at| &rest[at + 1..]);
            let nested = within(".agreement.").or_else(|| within(".report."));
            let field = nested.or_else(|| rest.rsplit('.').next()).unwrap_or_default();
            pattern = format!("{map}.*.{field}");
        }
    }
    for map in ["invitees[].map.", "done."] {
        if pattern.starts_with(map) {
            pattern = format!("{map}*");
        }
    }
    if let Some(shared) = pattern.strip_suffix(".text").filter(|_| !WITH_TEXT.contains(&pattern.as_str())) {
        pattern.truncate(shared.len());
    }
    (pattern, positions)
}

/// A path with `[]` for each position, and the positions.
fn without_positions(path: &str) -> (String, Vec<usize>) {
    let mut positions = Vec::new();
    if !path.contains('[') {
        return (path.to_owned(), positions);
    }
    let mut pattern = String::with_capacity(path.len());
    for part in path.split_inclusive(']') {
        match part.strip_suffix(']').and_then(|p| p.rsplit_once('[')) {
            Some((name, n)) if n.chars().all(|c| c.is_ascii_digit()) => {
                pattern.push_str(name);
                pattern.push_str("[]");
                positions.push(n.parse().unwrap_or(usize::MAX));
            }
            _ => pattern.push_str(part),
        }
    }
    (pattern, positions)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::council::{OF_COUNCIL, pattern_of_council};
    use super::*;
    use crate::model::borough::Region;
    use crate::model::{Borough, Conference};

    #[test]
    fn every_field_of_the_conference_is_in_the_table_and_the_table_names_no_other() {
        let schema = schemars::schema_for!(Conference).to_value();
        let mut paths = BTreeSet::new();
        leaves(&schema, &schema, String::new(), 0, &mut paths);
        assert!(paths.len() > 100, "the schema was read");
        let undecided: Vec<_> = paths.iter().filter(|path| of_path(path).is_none()).collect();
        assert!(undecided.is_empty(), "nobody has decided what {undecided:?} are: see `fields::FIELDS`");
        let known: BTreeSet<String> = paths.iter().map(|path| pattern(path).0).collect();
        let marks = ["*.share", "*.reason"];
        let gone: Vec<_> =
            FIELDS.iter().map(|f| f.pattern).filter(|p| !known.contains(*p) && !marks.contains(p)).collect();
        assert!(gone.is_empty(), "the schema has no {gone:?}");
    }

    #[test]
    fn every_column_of_a_list_stands_for_a_field_of_the_table() {
        let columns: BTreeSet<_> = {
            use crate::input::list::Field;
            Field::all().chain(Field::all_of_invitees()).map(Field::id).collect()
        };
        let known: BTreeSet<_> = COLUMNS.iter().map(|(column, _)| *column).collect();
        assert_eq!(columns, known);
        let lost: Vec<_> = COLUMNS.iter().filter(|(column, _)| of_column(column).is_none()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn every_field_of_the_council_is_in_the_table_or_known_to_say_nothing() {
        const KEYS: &[&str] = &[
            "id",
            "region",
            "logo.file",
            "logo.clear",
            "brand.colour",
            "brand.tint",
            "brand.accent",
            "brand.text",
            "brand.large_print",
            "brand.fonts[]",
            "reference",
            "terms.*.article",
            "settings.quorum.agencies",
            "settings.timescales.x",
            "settings.timetable.*.by",
            "settings.timetable.*.paper",
            "settings.timetable.*.who",
            "settings.timetable.*.left_out",
            "settings.recording",
            "settings.small_count",
            "settings.wording.accept[]",
            "settings.decision_options[].id",
            "settings.decision_options[].closes",
            "settings.audiences.*",
            "settings.withheld",
            "settings.public_marking",
            "settings.markings.*",
            "settings.community_papers[]",
            "settings.calendar",
            "settings.approval.date",
            "settings.papers_open_to",
            "settings.file_names",
            "languages.papers[]",
            "languages.checked.*.on",
            "languages.checked.*.version",
            "languages.easy_read.on",
            "languages.easy_read.version",
            "legal.confirmed.*.on",
            "legal.confirmed.*.version",
            "legal.left_out.*.on",
            "legal.left_out.*.version",
            "settings.letters.reply_slip",
            "settings.letters.before_undertaking",
            "agenda.*[].minutes",
            "agenda.*[].area",
            "agenda.*[].part",
            "agenda.*[].share",
            "agenda.*[].reason",
        ];
        let mut paths = BTreeSet::new();
        for schema in [schemars::schema_for!(Borough), schemars::schema_for!(Region)].map(schemars::Schema::to_value) {
            leaves(&schema, &schema, String::new(), 0, &mut paths);
        }
        let patterns: BTreeSet<String> = paths.iter().map(|path| pattern_of_council(path)).collect();
        let known: BTreeSet<String> =
            OF_COUNCIL.iter().map(|(known, _)| *known).chain(KEYS.iter().copied()).map(str::to_owned).collect();
        assert_eq!(patterns, known);
        assert_eq!(of_council("agenda.initial[3].title"), Text);
        assert_eq!(of_council("signatories.a.b.name"), Person);
        assert_eq!(of_council("settings.wording.avoid.high risk. [child]"), Text);
    }

    #[test]
    fn each_field_stands_in_the_table_once() {
        let distinct: BTreeSet<_> = FIELDS.iter().map(|f| f.pattern).collect();
        assert_eq!(distinct.len(), FIELDS.len());
    }

    /// Every path at which the schema lets a scalar stand, with 0 for positions and `x` for ids.
    fn leaves(
        root: &serde_json::Value,
        schema: &serde_json::Value,
        path: String,
        depth: usize,
        paths: &mut BTreeSet<String>,
    ) {
        assert!(depth < 40, "{path} has no end");
        if let Some(reference) = schema["$ref"].as_str() {
            let target = root.pointer(reference.trim_start_matches('#')).expect("the schema refers to itself");
            return leaves(root, target, path, depth + 1, paths);
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            for one in schema[several].as_array().into_iter().flatten() {
                leaves(root, one, path.clone(), depth + 1, paths);
            }
        }
        let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            leaves(root, field, join(name), depth + 1, paths);
        }
        if schema["additionalProperties"].is_object() {
            leaves(root, &schema["additionalProperties"], join("x"), depth + 1, paths);
        }
        if schema["items"].is_object() {
            leaves(root, &schema["items"], format!("{path}[0]"), depth + 1, paths);
        }
        let scalar = |t: &serde_json::Value| matches!(t.as_str(), Some("string" | "integer" | "number" | "boolean"));
        if scalar(&schema["type"])
            || schema["type"].as_array().is_some_and(|t| t.iter().any(scalar))
            || schema["const"].is_string()
        {
            paths.insert(path);
        }
    }
}
