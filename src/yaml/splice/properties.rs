//! Edits by chance: of the fixtures, and of files in which everything is written in every way.
//!
//! The oracle is another reader: serde's, which knows nothing of places.

use serde_json::Value as Json;

use super::*;
use crate::yaml::tree::{Value, parse};

/// Texts that mean something to YAML, to JSON, to a terminal or to a person.
const NASTY: [&str; 52] = [
    "x",
    "",
    " ",
    "~",
    "null",
    "true",
    "1.10",
    "020 7946 0958",
    "13:30",
    "2026-11-24",
    "Œzgür Yıldız-Ó Briain",
    "Adébáyọ̀",
    "王小明",
    "محمد",
    "O'Neill & Sons <Ltd>",
    "#eval",
    "{{ x }}",
    "../../etc",
    "=1+1",
    "]]>",
    "a\u{202E}b",
    "a: b",
    "a:",
    ":a",
    "a #b",
    "a # b",
    "- a",
    "-",
    "--- a",
    "...",
    "? a",
    "[a]",
    "a, b",
    "a] b",
    "{a",
    "'a'",
    "\"a\"",
    "a\\nb",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "| a",
    "> a",
    " a ",
    "a\tb",
    "one\ntwo",
    "one\n\ntwo\n",
    "  one\n two: three\n#four\n",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen: nineteen",
];

/// A file in which everything is written in every way.
const HARD: &str = "# head
reference: A-1   # what it is
plain: one
  two

  three  # behind
single: 'it''s  '   # so
double: \"a\\tb \\
  c\"
empty:
tilde: ~ # none
'quoted key': \"x: y\"
literal: |  # mark
  one

    two # no comment
  three

folded: >+
   one
   two

   three


strip: >-
  one
# between
deep:
     in:
          further: one   # far
          # a comment
          list:
          - one
          -   two # spaced
          - - three
            - four
          - a: b

            c: |-
              d
              e
            # of it
            f: { g: h, i: [j, k] }
          -
            l: m
flow: { a: b, c: 'd, e', \"f\": [g, \"h, ]\"], i: { j: k } } # closed
wide: [
  one, # first
  { two: three },  # second
  \"four\"
  # last
]
open: {
    a: b,
    c: d # of c
  }
last: >
  one
  two
# tail
";

/// Numbers by chance that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // The constants of Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

/// The files, each with a name.
fn files() -> Vec<(String, String)> {
    let fixture = |name: &str| {
        let path = format!("{}/fixtures/{name}/conference.yaml", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("the fixture can be read")
    };
    let mut files = vec![("hard.yaml".to_owned(), HARD.to_owned())];
    files.extend(["marshgate", "northmere", "kestrel-vale"].map(|name| (format!("{name}.yaml"), fixture(name))));
    for n in 0..files.len() {
        let (name, text) = files[n].clone();
        files.push((format!("crlf-{name}"), text.replace('\n', "\r\n")));
        files.push((format!("mark-{name}"), format!("\u{FEFF}{text}")));
        files.push((format!("open-{name}"), text.trim_end().to_owned()));
        let json: Json = serde_saphyr::from_str(&text).expect("it is sound");
        files.push((format!("{name}.json"), serde_json::to_string_pretty(&json).expect("it is plain")));
        files.push((format!("tight-{name}.json"), serde_json::to_string(&json).expect("it is plain")));
    }
    files
}

/// The paths of all texts, of all lists and of all groups.
fn paths(name: &str, text: &str) -> [Vec<String>; 3] {
    let (root, faults) = parse(name, text.trim_start_matches('\u{FEFF}'));
    assert!(faults.is_empty(), "{name}: {faults:?}");
    let mut all = [Vec::new(), Vec::new(), Vec::new()];
    root.expect("it can be read").walk(&mut |path, node| {
        let kind = match &node.value {
            Value::Scalar { .. } => 0,
            Value::List(_) => 1,
            Value::Map(_) => 2,
        };
        if !path.is_empty() {
            all[kind].push(path.to_owned());
        }
    });
    all
}

/// What another reader reads, all of it as texts, and nothing at a path.
fn without(text: &str, path: &str) -> Json {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut json: Json = serde_saphyr::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
    *at(&mut json, path) = Json::Null;
    json
}

fn at<'j>(json: &'j mut Json, path: &str) -> &'j mut Json {
    let steps = path.replace('[', ".[");
    steps.split('.').filter(|step| !step.is_empty()).fold(json, |json, step| match step.strip_prefix('[') {
        Some(position) => &mut json[position.trim_end_matches(']').parse::<usize>().expect("a position")],
        None => &mut json[step],
    })
}

fn made(name: &str, text: &str, edit: &Edit) -> Spliced {
    splice(name, text, std::slice::from_ref(edit)).unwrap_or_else(|fault| panic!("{name} {edit:?}: {fault:?}"))
}

/// What stays of a text around its splices, and comes together again with what they replaced.
fn ensure_only_that_changed(name: &str, text: &str, spliced: &Spliced) {
    let (mut from, mut to) = (0, 0);
    for (range, new) in &spliced.splices {
        let gap = range.start - from;
        assert_eq!(text[from..range.start], spliced.text[to..to + gap], "{name}");
        (from, to) = (range.end, to + gap + new.len());
    }
    assert_eq!(text[from..], spliced.text[to..], "{name}");
}

fn set_by_chance(edits: usize) {
    let mut chance = Chance(7);
    for (name, text) in files() {
        let [leaves, ..] = paths(&name, &text);
        for _ in 0..edits {
            let path = &leaves[chance.below(leaves.len())];
            let value = NASTY[chance.below(NASTY.len())];
            let old = value_at(&name, &text, path);
            let set = made(&name, &text, &Edit::set(path, value));
            let case = format!("{name} {path} {value:?}\n{:?}", set.splices);
            ensure_only_that_changed(&case, &text, &set);
            assert_eq!(value_at(&name, &set.text, path), Some(value.into()), "{case}");
            assert_eq!(without(&set.text, path), without(&text, path), "{case}");
            assert_eq!(set.text.contains('\r'), text.contains('\r'), "{case}");
            let is_plain = |text: &str| text.replace("\r\n", "").contains('\n');
            assert!(!text.contains('\r') || !is_plain(&set.text), "{case}");
            assert_eq!(comments(&name, &set.text), comments(&name, &text), "{case}");
            // What stands there changes nothing.
            assert!(made(&name, &set.text, &Edit::set(path, value)).splices.is_empty(), "{case}");
            let Some(Written::Text(old)) = old else { continue };
            let back = made(&name, &set.text, &Edit::set(path, old.as_str()));
            assert_eq!(value_at(&name, &back.text, path), Some(old.as_str().into()), "{case}");
            if is_restored(&name, &text, path, value) {
                assert_eq!(back.text, text, "{case}");
            }
        }
    }
}

/// Whether a text that is set and set back is spelt as it was: all that have one line, unless what was set in between needed
/// quotation marks that are of the kind that somebody chose.
fn is_restored(name: &str, text: &str, path: &str, value: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    let root = anatomy(text).unwrap_or_else(|_| panic!("{name}"));
    let part = patch::value_at(&root, path).expect("it is there");
    let written = &text[part.at.clone()];
    let Form::Text(old) = &part.form else { return false };
    let is_json = is_json(name);
    match old.style {
        anatomy::Style::Plain => {
            let is_short = old.says.chars().count() <= 100 || !value.contains('\n');
            !written.contains('\n') && is_short && !is_json
        }
        anatomy::Style::Single => !written.contains('\n') && !value.contains(['\n', '\t', '\u{202E}']) && !is_json,
        anatomy::Style::Double => !written.contains(['\n', '\\']) && (is_json || !value.contains('\n')),
        anatomy::Style::Block { .. } => false,
    }
}

fn comments(name: &str, text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{FEFF}');
    let root = anatomy(text).unwrap_or_else(|_| panic!("{name}: {text}"));
    let all = root.comments(text);
    all.into_iter().map(|range| text[range].to_owned()).collect()
}

fn added_and_taken_out_by_chance(edits: usize) {
    let mut chance = Chance(11);
    for (name, text) in files() {
        let [leaves, lists, maps] = paths(&name, &text);
        for _ in 0..edits {
            let value = NASTY[chance.below(NASTY.len())];
            let entry = match chance.below(3) {
                0 => Written::from(value),
                1 => Written::fields([("a", value), ("b: c", "d")]),
                _ => Written::fields([("a", Written::list([value, "b"])), ("text", value.into())]),
            };
            let list = &lists[chance.below(lists.len())];
            // A list with a comment and nothing else in it has no place that is not the comment's.
            let Ok(more) = splice(&name, &text, &[Edit::append(list, entry.clone())]) else {
                panic!("{name} {list}");
            };
            let case = format!("{name} {list} {entry:?}\n{:?}", more.splices);
            ensure_only_that_changed(&case, &text, &more);
            let Some(Written::List(there)) = value_at(&name, &more.text, list) else { panic!("{case}") };
            assert_eq!(there.last(), Some(&entry), "{case}");
            assert_eq!(comments(&name, &more.text), comments(&name, &text), "{case}");
            if there.len() > 1 {
                let back = made(&name, &more.text, &Edit::remove(format!("{list}[{}]", there.len() - 1)));
                assert_eq!(back.text, text, "{case}");
            }
            let position = chance.below(there.len());
            if let Ok(before) = splice(&name, &text, &[Edit::insert(format!("{list}[{position}]"), entry.clone())]) {
                assert_eq!(value_at(&name, &before.text, &format!("{list}[{position}]")), Some(entry), "{case}");
                assert_eq!(comments(&name, &before.text), comments(&name, &text), "{case}");
            }
            let map = &maps[chance.below(maps.len())];
            let field = made(&name, &text, &Edit::set(format!("{map}.new one"), value));
            let case = format!("{name} {map} {value:?}\n{:?}", field.splices);
            assert_eq!(value_at(&name, &field.text, &format!("{map}.new one")), Some(value.into()), "{case}");
            assert_eq!(without(&field.text, map), without(&text, map), "{case}");
            assert_eq!(made(&name, &field.text, &Edit::remove(format!("{map}.new one"))).text, text, "{case}");
            let all = [&leaves, &lists, &maps];
            let kind = all[chance.below(3)];
            let gone = &kind[chance.below(kind.len())];
            // Where a comment would be lost, nothing is taken out.
            match splice(&name, &text, &[Edit::remove(gone)]) {
                Ok(less) => ensure_only_that_changed(gone, &text, &less),
                Err(fault) => assert_eq!(fault.why, Why::Comment, "{name} {gone}"),
            }
        }
    }
}

#[test]
fn any_text_at_any_field_reads_back_and_nothing_else_moves() {
    set_by_chance(24);
}

#[test]
fn what_is_added_and_taken_out_again_leaves_every_byte() {
    added_and_taken_out_by_chance(12);
}

#[test]
#[ignore = "a minute: a thousand edits of each file"]
fn a_thousand_edits_of_each_file() {
    set_by_chance(1000);
    added_and_taken_out_by_chance(1000);
}
