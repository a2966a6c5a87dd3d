//! Faulty inputs with their diagnostics beside the fault, compared both ways.
//!
//! `# error[code]: message` at the end of a line expects that diagnostic there; `# error@12[code]: message` expects it on
//! line 12, and `@0` expects one without a line. Several on one line are parted by ` ;; `. What JSON cannot say in a
//! comment stands in `NAME.json.expected`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::run::Run;

/// Line, severity, code and message.
type Found = BTreeSet<(usize, String)>;

#[test]
fn every_faulty_input_gives_its_diagnostics_and_no_other() {
    let mut wrong = Vec::new();
    let inputs = inputs();
    assert!(inputs.len() >= 30, "there are {} faulty inputs", inputs.len());
    for input in &inputs {
        let (expected, found) = (expected(input), found(input));
        let name = input.strip_prefix(root()).expect("it lies below").display().to_string();
        wrong.extend(expected.difference(&found).map(|d| format!("{name}: expected, and did not come: {d:?}")));
        wrong.extend(found.difference(&expected).map(|d| format!("{name}: came, and was not expected: {d:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_json_form_points_to_the_same_places_and_tells_no_value() {
    for input in inputs() {
        let run = Run::on_nothing();
        let path = input.display().to_string();
        let json = run.convenor(&["check", &path, "--message-format", "json"]).err;
        let lines: BTreeSet<usize> = expected(&input).into_iter().map(|(line, _)| line).collect();
        let mut said = BTreeSet::new();
        for line in json.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            let keys: Vec<&str> = value.as_object().expect("each is a map").keys().map(String::as_str).collect();
            let allowed = ["severity", "code", "says", "file", "line", "column", "sheet", "row", "path", "help"];
            assert!(keys.iter().all(|k| allowed.contains(k)), "{keys:?}");
            said.insert(value["line"].as_u64().unwrap_or(0) as usize);
        }
        assert_eq!(said, lines, "{path}");
    }
}

#[test]
fn the_json_form_carries_the_help_and_no_value_of_the_file() {
    let (ours, source) = (words_of_the_program(), crate::tidy::source());
    let mut with_help = BTreeSet::new();
    // Most files hold the same values, and the source is long.
    let mut is_strange: BTreeMap<String, bool> = BTreeMap::new();
    for input in inputs() {
        let run = Run::on_nothing();
        let path = input.display().to_string();
        let mut strange = values(&input);
        strange.retain(|value| match is_strange.get(value) {
            Some(known) => *known,
            None => {
                let found = !ours.contains(value.as_str()) && !source.contains(value.as_str());
                *is_strange.entry(value.clone()).or_insert(found)
            }
        });
        let drawn = run.convenor(&["check", &path]).err;
        let json = run.convenor(&["check", &path, "--message-format", "json"]).err;
        let mut helps = 0;
        for line in json.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            let Some(help) = value["help"].as_str() else { continue };
            helps += 1;
            with_help.insert(value["code"].as_str().expect("text").to_owned());
            // It is what the terminal says, but for the values.
            let parts: Vec<&str> = help.split('…').collect();
            assert!(drawn.lines().any(|line| in_order(line, &parts)), "{path}: `{help}` is not in\n{drawn}");
            // A sentence of the source quotes nothing, whatever example it gives.
            if source.contains(help) {
                continue;
            }
            for value in &strange {
                assert!(!holds(help, value), "{path}: `{help}` holds `{value}`");
            }
        }
        assert_eq!(helps, drawn.matches("= help: ").count(), "{path}");
    }
    assert!(with_help.len() >= 45, "{with_help:?}");
}

/// Whether the parts of a text stand in a line, one after the other.
fn in_order(line: &str, parts: &[&str]) -> bool {
    let mut rest = line;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// Whether a text holds a value as words of their own.
fn holds(text: &str, value: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(value)
        .any(|(at, found)| apart(text[..at].chars().next_back()) && apart(text[at + found.len()..].chars().next()))
}

/// What stands in the file and in the council's beside it, value by value and key by key. Every line is looked at, for a
/// faulty file may be no YAML.
fn values(input: &Path) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for file in [input.to_path_buf(), input.with_file_name("borough.yaml")] {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap_or_default()).into_owned();
        for line in text.lines() {
            let line = line.split(" # error").next().unwrap_or_default().split(" # warning").next().unwrap_or_default();
            let parts = line
                .split(['{', '}', '[', ']', ','])
                .flat_map(|part| [part, part.split_once(": ").map_or("", |p| p.1)]);
            let keys = line.split_once(':').map(|(key, _)| key);
            for value in parts.chain(keys) {
                let value = value.trim().trim_start_matches("- ").trim_matches(['"', '\'']).trim();
                if value.chars().count() >= 3 {
                    values.insert(value.to_owned());
                }
            }
        }
    }
    values
}

/// Names of fields and words of the two schemas, which the program knows by itself.
fn words_of_the_program() -> BTreeSet<String> {
    let run = Run::on_nothing();
    let mut words = BTreeSet::new();
    for of in ["conference", "borough"] {
        let schema = run.convenor(&["schema", of]).out;
        words.extend(schema.split('"').map(str::to_owned));
    }
    words
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken")
}

/// Every conference file; in a folder of its own stands one whose `borough.yaml` is at fault.
pub fn inputs() -> Vec<PathBuf> {
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(root()).expect("the fixtures are there").flatten() {
        let path = entry.path();
        let is_input = path.extension().is_some_and(|e| e == "yaml" || e == "json");
        if path.is_dir() {
            inputs.push(path.join("conference.yaml"));
        } else if is_input && path.file_name().is_some_and(|n| n != "borough.yaml") {
            inputs.push(path);
        }
    }
    inputs.sort();
    inputs
}

fn expected(input: &Path) -> Found {
    let mut expected = Found::new();
    let beside = input.with_file_name("borough.yaml");
    let sidecar = input.with_file_name(format!("{}.expected", input.file_name().expect("it is a file").display()));
    let own_borough = input.file_name().is_some_and(|n| n == "conference.yaml");
    let files = [Some(input.to_path_buf()), own_borough.then_some(beside), Some(sidecar)];
    for file in files.into_iter().flatten() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap_or_default()).into_owned();
        for (number, line) in text.lines().enumerate() {
            expected.extend(comments(line, number + 1));
        }
    }
    expected
}

fn comments(line: &str, number: usize) -> Vec<(usize, String)> {
    let starts = ["# error[", "# warning[", "# error@", "# warning@"];
    let plain = ["error@", "warning@"];
    let start = starts.iter().filter_map(|s| line.find(s)).min().map(|at| at + 2);
    let start = start.or_else(|| plain.iter().any(|p| line.starts_with(p)).then_some(0));
    let Some(start) = start else { return Vec::new() };
    line[start..].split(" ;; ").map(|said| placed(said, number)).collect()
}

fn placed(said: &str, number: usize) -> (usize, String) {
    let said = said.trim().trim_start_matches("# ");
    let Some((severity, rest)) = said.split_once('@').filter(|(s, _)| !s.contains('[')) else {
        return (number, said.to_owned());
    };
    let (line, rest) = rest.split_once('[').expect("`@LINE` is followed by `[code]`");
    (line.parse().expect("a line number"), format!("{severity}[{rest}"))
}

/// What the program says: the first line of each diagnostic, and the line of the file that it points to.
fn found(input: &Path) -> Found {
    let run = Run::on_nothing();
    let err = run.convenor(&["check", &input.display().to_string()]).err;
    let mut found: Vec<(usize, String)> = Vec::new();
    for line in err.lines() {
        if line.starts_with("error[") || line.starts_with("warning[") {
            found.push((0, line.to_owned()));
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(last) = found.last_mut()
        {
            let mut parts = place.rsplit(':');
            let column = parts.next().and_then(|c| c.parse::<usize>().ok());
            last.0 = column.and(parts.next()).and_then(|l| l.parse().ok()).unwrap_or(0);
        }
    }
    found.into_iter().collect()
}
