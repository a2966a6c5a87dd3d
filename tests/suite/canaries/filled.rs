//! Two conferences in which every field of the schema has a text of its own, at the clearance that chance gave it: a station,
//! and a group of friends. Every file that can be made of them is read, by everybody who gets it.

use std::collections::{BTreeMap, BTreeSet};

use mail_parser::{MessageParser, MimeHeaders};
use serde_json::{Value, json};

use super::conference::{Canaries, Chance, Everything, FRIENDS, STATION, canaries_in, generate, pattern, schema};
use super::oracle::{Oracle, Reader, is_of_the_record};
use super::{canaries_by_file, canaries_of, holds, pdf_text, run_on};
use crate::run::Run;

const ALL: [(&str, Everything); 2] = [("a station", STATION), ("a group of friends", FRIENDS)];

/// What cannot be filled together with all other fields, by how its pattern begins, each with the reason.
const NOT_FILLED: &[(&str, &str)] = &[
    ("allow[]", "it answers an alarm, and there is none"),
    ("to_fill_in[]", "nothing is left to fill in"),
    ("invitees[].list", "the rows of a list stand in its place"),
    ("invitees[].map", "the rows of a list stand in its place"),
    ("invitees[].sheet", "the rows of a list stand in its place"),
    ("invitees[].items[]", "it narrows what the others would be told"),
    ("invitees[].excluded[]", "it narrows what the others would be told"),
    ("invitees[].exclusion", "nobody is kept out of anything"),
    ("meeting.cancelled", "nothing else is made of a meeting that is cancelled"),
    ("minutes.approved", "minutes that are approved leave out what drafts say"),
];

/// Why an officer's salutation may be in no paper.
const OFFICERS: &str = "nobody writes to the officers, but to one who is invited too";
/// A decision is taken again only where the meeting before had no quorum.
const AGAIN: &str = "the meeting before was no meeting to hold again";

/// Texts that no paper prints, although somebody might read them, each with the reason.
const SILENT: &[(&str, &str)] = &[
    ("context.id", "it is how the council files the context"),
    ("meeting.changes[].was.venue.access", "nobody goes there any more"),
    ("meeting.changes[].was.venue.access.text", "nobody goes there any more"),
    ("meeting.changes[].was.venue.lines[]", "the name of the place says which it was"),
    ("invitees[].person.phone", "a person knows their own number"),
    ("people.*.salutation", OFFICERS),
    ("previous.provisional.text", AGAIN),
    ("child_links[].worker.email", "the note goes into a record, and not by email"),
];

/// What the confidential annex leaves out: it holds what was found, said and decided. Marked for its reader alone, they are in
/// no paper.
const NOT_IN_THE_ANNEX: &[&str] = &[
    "agenda[].title",
    "context.area",
    "context.boundary",
    "context.harms[]",
    "context.summary",
    "meeting.venue.access",
];

/// Patterns of every field that the schema lets somebody fill.
fn leaves(schema: &Value, path: &str, depth: usize, found: &mut BTreeSet<String>) {
    assert!(depth < 40, "{path} has no end");
    if let Some(reference) = schema["$ref"].as_str() {
        let target = super::conference::schema().pointer(reference.trim_start_matches('#')).expect("it is there");
        return leaves(target, path, depth + 1, found);
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        schema[several].as_array().into_iter().flatten().for_each(|one| leaves(one, path, depth + 1, found));
    }
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        leaves(field, &join(name), depth + 1, found);
    }
    if schema["additionalProperties"].is_object() {
        leaves(&schema["additionalProperties"], &join("*"), depth + 1, found);
    }
    if schema["items"].is_object() {
        leaves(&schema["items"], &format!("{path}[]"), depth + 1, found);
    }
    let scalar = |kind: &Value| matches!(kind.as_str(), Some("string" | "integer" | "number" | "boolean"));
    let is_scalar = scalar(&schema["type"]) || schema["type"].as_array().is_some_and(|all| all.iter().any(scalar));
    if is_scalar || schema["const"].is_string() {
        found.insert(path.to_owned());
    }
}

/// Patterns of every value of a conference.
fn filled(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| {
            let is_id = ["people", "organisations", "papers", "done"].contains(&path);
            filled(value, &join(if is_id { "*" } else { name }), found);
        }),
        Value::Array(all) => all.iter().for_each(|value| filled(value, &format!("{path}[]"), found)),
        Value::Null => {}
        _ => drop(found.insert(path.to_owned())),
    }
}

#[test]
fn every_field_of_the_schema_is_filled() {
    let mut all = BTreeSet::new();
    leaves(schema(), "", 0, &mut all);
    assert!(all.len() > 120, "{}", all.len());
    // A marked text is the text; a list of people is a text among the invitees.
    let bare = |pattern: &String| pattern.strip_suffix(".text").unwrap_or(pattern).to_owned();
    let is_mark = |pattern: &String| pattern.ends_with(".share") || pattern.ends_with(".reason");
    let all: BTreeSet<String> = all.iter().filter(|p| !is_mark(p) && *p != "invitees[]").map(bare).collect();
    for (name, everything) in ALL {
        let mut there = BTreeSet::new();
        filled(&generate(&mut Chance::filled(everything)).0, "", &mut there);
        let there: BTreeSet<String> = there.iter().map(bare).collect();
        let missing: Vec<&String> = all.iter().filter(|pattern| !there.contains(*pattern)).collect();
        let excused = |pattern: &str| NOT_FILLED.iter().any(|(begins, _)| pattern.starts_with(begins));
        let unexcused: Vec<_> = missing.iter().filter(|pattern| !excused(pattern)).collect();
        assert!(unexcused.is_empty(), "{name}: fill {unexcused:?}, or say why not");
        let idle = NOT_FILLED.iter().find(|(begins, _)| !missing.iter().any(|pattern| pattern.starts_with(begins)));
        assert!(idle.is_none(), "{name}: {idle:?} is filled, or gone");
    }
}

/// A file that was made of a conference: whose it is, and the canaries in it.
struct Paper {
    file: String,
    readers: Vec<Reader>,
    there: BTreeSet<String>,
}

/// Letters, messages, calendar entries and whatever is put together from them.
fn invited(run: &Run, data: &Value) -> Vec<Paper> {
    let outcome = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--make", "all", "--yes"]);
    let errors = outcome.err.lines().filter(|line| line.starts_with("error["));
    assert!(errors.clone().all(|line| line.contains("not-for-notify")), "{}{}", outcome.out, outcome.err);
    let invitees = data["invitees"].as_array().expect("a list").len();
    let mut papers = Vec::new();
    for file in run.files("out/CAN-1/invitees").into_iter().filter(|file| !file.contains("/proof/")) {
        let data = run.bytes(&file);
        let Some(text) = text_of(&file, &data) else { continue };
        let audience = file.split('/').nth(3).expect("a folder of an audience").to_owned();
        let name = file.rsplit('/').next().expect("a name");
        let whose = name.strip_prefix("invitation-").or(name.strip_prefix("CAN-1-"));
        let whose: Option<usize> = whose.and_then(|rest| rest.get(..2)?.parse().ok());
        // A file of many letters is for whoever puts them into envelopes.
        let readers = match whose {
            Some(number) => vec![Reader::invitee(&audience, number - 1)],
            None => (0..invitees).map(|n| Reader::invitee(&audience, n)).collect(),
        };
        papers.push(Paper { there: canaries_of(&text, &file), file, readers });
    }
    papers
}

/// All text of a file; `None` for an archive, which holds files that are read by themselves, and for what is of the record.
fn text_of(file: &str, data: &[u8]) -> Option<String> {
    let plain = || String::from_utf8(data.to_vec()).expect("text");
    match file.rsplit('.').next().expect("an ending") {
        "pdf" => Some(pdf_text(data)),
        "ics" => Some(plain().replace("\r\n ", "")),
        "csv" if file.ends_with("/notify.csv") => Some(plain()),
        "eml" => {
            let message = MessageParser::default().parse(data).expect("a message");
            let mut text = plain();
            text.push_str(&message.body_text(0).expect("it has a text"));
            for part in message.attachments() {
                let name = part.attachment_name().expect("it has a name");
                text.push_str(&text_of(name, part.contents()).expect("it can be read"));
            }
            Some(text)
        }
        "zip" | "jsonl" | "json" | "csv" => None,
        _ => panic!("nobody reads {file}"),
    }
}

#[test]
fn no_text_is_in_a_file_that_its_reader_may_not_see_and_each_arrives() {
    for (name, everything) in ALL {
        let (data, canaries) = generate(&mut Chance::filled(everything));
        let run = run_on(&data);
        let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--all", "--to", "pdf,md,txt"]);
        assert_eq!(outcome.code, 0, "{name}: {}", outcome.err);
        let built = canaries_by_file(&run);
        let mut papers: Vec<Paper> = Vec::new();
        for (entry, there) in &built {
            let file = entry["file"].as_str().expect("a name").to_owned();
            papers.push(Paper { file, readers: vec![Reader::of(entry, &data)], there: there.clone() });
        }
        assert!(holds(name, &data, &canaries, built) > 100, "{name}");
        papers.extend(invited(&run, &data));
        let kinds = [".pdf", ".md", ".txt", ".eml", ".ics", "notify.csv", "labels-001.pdf", "part-001.pdf"];
        for kind in kinds {
            assert!(papers.iter().any(|paper| paper.file.ends_with(kind)), "{name}: there is no {kind}");
        }
        arrive(name, &data, &canaries, &papers);
        records(name, &run, &canaries);
    }
}

/// A meeting that is cancelled has nothing of its own but the letters that say so.
#[test]
fn the_letters_of_a_cancelled_meeting_say_no_more_than_their_reader_may_know() {
    for (name, everything) in ALL {
        let (mut data, mut canaries) = generate(&mut Chance::filled(everything));
        let gone = ["items", "decisions", "goals", "contingency", "files"];
        gone.iter().for_each(|field| drop(data.as_object_mut().expect("a map").remove(*field)));
        for invitee in data["invitees"].as_array_mut().expect("a list") {
            let invitee = invitee.as_object_mut().expect("a map");
            ["attended", "arrived", "left"].iter().for_each(|field| drop(invitee.remove(*field)));
        }
        data["meeting"]["cancelled"] = json!({ "on": "2026-11-13", "because": "zq9994ke" });
        canaries.retain(|path, _| !gone.iter().any(|field| path.starts_with(field)));
        canaries.insert("meeting.cancelled.because".to_owned(), "zq9994ke".to_owned());
        let run = run_on(&data);
        let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "pdf,txt"]);
        assert_eq!(outcome.code, 0, "{name}: {}", outcome.err);
        let files = canaries_by_file(&run);
        let told = |(_, there): &&super::Described| there.contains("zq9994ke");
        assert_eq!(files.iter().filter(told).count(), files.len(), "{name}: each says why");
        assert!(files.iter().all(|(entry, _)| entry["artefact"] == "cancelled"), "{name}");
        assert!(holds(name, &data, &canaries, files) > 20, "{name}");
    }
}

fn arrive(name: &str, data: &Value, canaries: &Canaries, papers: &[Paper]) {
    let oracle = Oracle::new(data);
    let silent: BTreeSet<&str> = SILENT.iter().map(|(pattern, _)| *pattern).collect();
    let (mut arrived, mut silent_ones) = (BTreeSet::new(), Vec::new());
    for (path, canary) in canaries {
        let (mut somebody, mut read) = (false, false);
        let field = pattern(path);
        let is_left_out = NOT_IN_THE_ANNEX.contains(&field.strip_suffix(".text").unwrap_or(&field));
        for paper in papers {
            let may_read = paper.readers.iter().any(|reader| oracle.may_read(path, reader));
            let is_there = paper.there.contains(canary);
            assert!(may_read || !is_there, "{name}: {} holds `{path}`", paper.file);
            somebody |= may_read && !(is_left_out && paper.readers.iter().all(Reader::is_annex));
            read |= is_there;
        }
        if read {
            arrived.insert(pattern(path));
        } else if somebody {
            silent_ones.push(path);
        }
    }
    // Of what was found, said and decided, each text arrives; of the particulars of people, as of their addresses, those for
    // which their letter has a place.
    let is_missing = |path: &&&String| is_of_the_record(path) || !arrived.contains(&pattern(path));
    let is_silent = |path: &&&String| silent.contains(pattern(path).as_str());
    let missing: Vec<_> = silent_ones.iter().filter(is_missing).filter(|path| !is_silent(path)).collect();
    assert!(missing.is_empty(), "{name}: nobody reads {missing:?}");
    let is_said = |(pattern, why): &&(&str, &str)| ![OFFICERS, AGAIN].contains(why) && arrived.contains(*pattern);
    let said: Vec<_> = SILENT.iter().filter(is_said).collect();
    assert!(said.is_empty(), "{name}: {said:?} are printed");
    assert!(arrived.len() > 40, "{name}: {arrived:?}");
}

/// What the record and its registers say, which stay with the coordinator.
fn records(name: &str, run: &Run, canaries: &Canaries) {
    let patterns = |files: &[&str]| -> BTreeSet<String> {
        let there = files.iter().flat_map(|file| canaries_of(&run.read(&format!("out/CAN-1/{file}")), ""));
        let there: BTreeSet<String> = there.collect();
        canaries.iter().filter(|(_, canary)| there.contains(*canary)).map(|(path, _)| pattern(path)).collect()
    };
    let registers = patterns(&["register.csv", "register.json"]);
    let names = [
        "child_links[].worker.name",
        // What somebody calls an entry is how the record knows it.
        "invitees[].id",
        "invitees[].person.name",
        "organisations.*.name",
        "papers.*.because",
        "people.*.name",
    ];
    let others: Vec<_> = registers.iter().filter(|pattern| !names.contains(&pattern.as_str())).collect();
    assert!(others.is_empty(), "{name}: the register holds {others:?}");
    // The record holds reasons, ids and the names of files, which have a person's or an organisation's in them.
    let record = patterns(&["record.jsonl"]);
    let reasons = [
        "invitees[].id",
        "invitees[].withdrawn.because",
        "papers.*.because",
        "people.*.name",
        "child_links[].id",
        "child_links[].worker.name",
        "invitees[].person.name",
        "organisations.*.name",
    ];
    let others: Vec<_> = record.iter().filter(|pattern| !reasons.contains(&pattern.as_str())).collect();
    assert!(others.is_empty(), "{name}: the record holds {others:?}");
}

/// Puts `to` in the place of every text that `is` picks.
fn replaced(value: &mut Value, is: &dyn Fn(&str) -> bool, to: &str) {
    match value {
        Value::String(text) if is(text) => *text = to.to_owned(),
        Value::Array(all) => all.iter_mut().for_each(|value| replaced(value, is, to)),
        Value::Object(map) => map.values_mut().for_each(|value| replaced(value, is, to)),
        _ => {}
    }
}

/// Adds a field that nobody knows to every map.
fn unknown(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(unknown),
        Value::Object(map) => {
            map.values_mut().for_each(unknown);
            map.insert("zq9997ke".to_owned(), json!("zq9996ke"));
        }
        _ => {}
    }
}

#[test]
fn no_text_is_in_what_machines_are_told() {
    let is_day = |text: &str| text.len() == 10 && text.as_bytes()[4] == b'-';
    let is_id = |text: &str| text.len() == 2 && text.starts_with(['o', 'p']);
    for (name, everything) in ALL {
        let (data, _) = generate(&mut Chance::filled(everything));
        let pretty = |value: &Value| serde_json::to_string_pretty(value).expect("JSON");
        let (mut days, mut ids, mut more) = (data.clone(), data.clone(), data.clone());
        replaced(&mut days, &is_day, "zq9999ke");
        replaced(&mut ids, &is_id, "zq9998ke");
        unknown(&mut more);
        let whole = pretty(&data);
        let cut = whole[..whole.floor_char_boundary(whole.len() * 2 / 3)].to_owned();
        let twice = whole.replacen("{", "{ \"marking\": \"zq9995ke\",", 1);
        let cases: BTreeMap<&str, String> = BTreeMap::from([
            ("as it is", whole),
            ("days", pretty(&days)),
            ("ids", pretty(&ids)),
            ("more", pretty(&more)),
            ("cut", cut),
            ("twice", twice),
        ]);
        for (case, text) in cases {
            let run = Run::on_the_example().with("conference.yaml", text);
            for verb in
                [&["check"][..], &["build", "-o", "@/out", "--all", "--to", "txt"], &["invite", "-o", "@/out", "--yes"]]
            {
                let args = [&verb[..1], &["@/conference.yaml", "--message-format", "json"], &verb[1..]].concat();
                let outcome = run.convenor(&args);
                let said = (outcome.out + &outcome.err).to_lowercase();
                assert_eq!(outcome.code == 0, case == "as it is", "{name}, {case}: {said}");
                let held = canaries_in(&said);
                assert!(held.is_empty(), "{name}, {case}, {}: {held:?} in {said}", verb[0]);
                for line in outcome.err.lines() {
                    let line: Value = serde_json::from_str(line).expect("each line is JSON");
                    assert!(line["file"].is_string(), "{name}, {case}: {line}");
                }
            }
        }
    }
}
