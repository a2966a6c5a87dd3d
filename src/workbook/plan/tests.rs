//! The plan of the sheets against every field there is: each has one column, or a reason.

use std::collections::BTreeSet;

use super::super::reasons::REASONS;
use super::super::{help, write};
use super::*;
use crate::fields::FIELDS;

/// The patterns of the fields that a column holds.
fn fields_of(plan: &SheetPlan, column: &Column) -> Vec<String> {
    let mut all = Vec::new();
    for below in plan.below {
        let key = match (plan.sheet, *below, column.key) {
            (Sheet::People, "people.*", key) => key.strip_prefix("person.").unwrap_or(key),
            (Sheet::People, _, "comes_for") => "organisation",
            (Sheet::People, _, "invite") => "invited",
            (Sheet::People, _, "code") => "person",
            (Sheet::Said, "files[]", "text") => "title",
            (Sheet::Alarms, _, "where") => "path",
            (Sheet::Lists, _, "map") => "map.*",
            (Sheet::Names | Sheet::Assessment, _, "name" | "text") | (Sheet::Steps, _, "done") => "",
            (_, _, key) => key,
        };
        for key in match key {
            "was.venue.address" => vec!["was.venue.lines[]", "was.venue.postcode"],
            key => vec![key],
        } {
            let list =
                matches!(column.kind, Kind::Points | Kind::Organisations | Kind::Lines) && !key.contains("venue");
            let dot = if key.is_empty() { "" } else { "." };
            all.push(format!("{below}{dot}{key}{}", if list { "[]" } else { "" }));
        }
    }
    all
}

/// Every pattern that some cell holds.
fn covered() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for label in LABELS {
        match label.path.strip_suffix(".address") {
            Some(venue) => all.extend([format!("{venue}.lines[]"), format!("{venue}.postcode")]),
            None => drop(all.insert(label.path.to_owned())),
        }
    }
    for plan in SHEETS {
        all.extend(plan.columns.iter().flat_map(|column| fields_of(plan, column)));
    }
    for finding in super::super::terms::FINDING.all {
        let list = ["strengths", "concerns", "gaps"].contains(&finding.model);
        all.insert(match finding.model {
            "harms" => "context.harms[]".to_owned(),
            "voices" => "assessment.voices[].text".to_owned(),
            model => format!("assessment.{model}{}", if list { "[]" } else { "" }),
        });
    }
    all.insert("assessment.voices[].from".to_owned());
    // A list may be named by its file alone.
    all.extend(["invitees[]", "invitees[].person.organisation"].map(str::to_owned));
    all
}

#[test]
fn each_field_of_the_conference_has_a_column_or_a_reason_why_none() {
    let covered = covered();
    let reasoned: BTreeSet<&str> = REASONS.iter().map(|(pattern, _)| *pattern).collect();
    for field in FIELDS.iter().filter(|field| !["*.share", "*.reason"].contains(&field.pattern)) {
        let has = covered.contains(field.pattern) || reasoned.contains(field.pattern);
        assert!(has, "`{}` has neither a column nor a reason in src/workbook/reasons.rs", field.pattern);
    }
    for (pattern, _) in REASONS
        .iter()
        .filter(|(pattern, _)| pattern.rsplit('.').next().is_none_or(|end| !["share", "reason"].contains(&end)))
    {
        assert!(FIELDS.iter().any(|field| field.pattern == *pattern), "`{pattern}` is no field");
    }
}

#[test]
fn each_mark_and_each_reason_of_the_schema_has_a_column_or_a_reason_why_none() {
    let covered: BTreeSet<String> = covered()
        .into_iter()
        .chain(SHEETS.iter().flat_map(|plan| plan.columns.iter().map(|c| c.key.to_owned())))
        .collect();
    let marked = |path: &str| LABELS.iter().any(|label| label.path == path && label.marked.is_some());
    for (pattern, _) in help::all() {
        let Some(of) = pattern.strip_suffix(".share").or_else(|| pattern.strip_suffix(".reason")) else { continue };
        let finding = of.starts_with("assessment.") || of == "context.harms[]";
        let reasoned = REASONS.iter().any(|(known, _)| *known == pattern);
        assert!(covered.contains(&pattern) || marked(of) || finding || reasoned, "`{pattern}` has no column");
    }
}

#[test]
fn no_two_headings_of_a_sheet_are_read_as_one() {
    let plain = super::super::read::plain;
    for (name, columns) in SHEETS.iter().map(|plan| (plan.name, plan.columns)).chain([("Meeting", MEETING)]) {
        let headings: BTreeSet<String> = columns.iter().map(|column| plain(column.heading)).collect();
        assert_eq!(headings.len(), columns.len(), "{name}");
        assert!(name.chars().count() <= 31, "{name}");
    }
    let labels: BTreeSet<String> = LABELS.iter().map(|label| plain(label.name)).collect();
    assert_eq!(labels.len(), LABELS.len());
}

#[test]
fn every_column_and_row_says_what_it_is_in_words_for_a_coordinator() {
    let all = help::all();
    let texts = SHEETS.iter().flat_map(|plan| {
        plan.columns
            .iter()
            .map(|column| (format!("{}: {}", plan.name, column.heading), write::column_help(plan, column, &all)))
    });
    let labels = LABELS.iter().map(|label| (label.name.to_owned(), write::label_help(label, &all)));
    for (of, text) in texts.chain(labels) {
        assert!(text.len() > 10, "{of} has no help: {text:?}");
        assert!(text.chars().count() < 250, "{of}: {text}");
        for foreign in ["`", "{", "The id ", "YAML", "Markdown", "Required: the check", "_"] {
            assert!(!text.contains(foreign), "{of}: {text}");
        }
    }
}

#[test]
fn each_word_of_the_schema_is_in_a_list_and_each_word_of_a_list_in_the_schema() {
    use super::super::terms;
    let schema = schemars::schema_for!(crate::model::Conference).to_value();
    let words = |name: &str| -> BTreeSet<String> {
        let of = &schema["$defs"][name];
        let one = |value: &serde_json::Value| value["const"].as_str().map(str::to_owned);
        let several = of["enum"].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned));
        of["oneOf"].as_array().into_iter().flatten().filter_map(one).chain(several).collect()
    };
    for (name, list) in [
        ("Clearance", &terms::SHARE),
        ("Kind", &terms::KIND),
        ("Form", &terms::FORM),
        ("ContextKind", &terms::CONTEXT),
        ("MinutesStatus", &terms::MINUTES),
        ("Category", &terms::CATEGORY),
        ("PartOf", &terms::PART_OF),
        ("QuorumPart", &terms::QUORUM),
        ("PutBefore", &terms::REPORT),
        ("Reply", &terms::REPLY),
        ("Channel", &terms::CHANNEL),
        ("Postage", &terms::POSTAGE),
        ("Domain", &terms::AREA),
        ("Part", &terms::PART),
        ("ActionStatus", &terms::STATUS),
        ("Priority", &terms::PRIORITY),
        ("CorrectionAnswer", &terms::ANSWER),
    ] {
        let ours: BTreeSet<String> = list.all.iter().map(|term| term.model.to_owned()).collect();
        assert_eq!(words(name), ours, "{name}");
    }
    let mut remarks = words("ItemKind");
    remarks.insert("paper".to_owned());
    assert_eq!(remarks, terms::REMARK.all.iter().map(|term| term.model.to_owned()).collect());
}
