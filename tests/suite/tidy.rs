//! The rules of the house, read off its source.

mod circles;

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Who may know whom: a module of `src/`, and the modules of the crate that it may name.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("doc", &[]),
    ("fonts", &[]),
    ("fold", &[]),
    ("model", &["doc"]),
    ("fields", &["model"]),
    ("yaml", &["diag", "model"]),
    ("markdown", &["diag", "doc"]),
    ("layers", &["diag"]),
    ("sheets", &["diag"]),
    ("workbook", &["diag", "model", "sheets", "yaml"]),
    ("input", &["diag", "fields", "fonts", "layers", "model", "sheets", "workbook", "yaml"]),
    // `layers` only for how its theme code runs.
    ("check", &["diag", "fields", "fold", "fonts", "input", "layers", "markdown", "model"]),
    // `input` only for the proof that what it loads cannot be serialised.
    ("view", &["check", "input", "model", "stages", "timetable"]),
    ("ledger", &["check", "fields", "model", "view"]),
    // `fonts` only for what the embedded ones say of themselves.
    ("gate", &["check", "diag", "fold", "fonts", "layers", "ledger", "markdown", "model"]),
    ("words", &["diag", "doc", "layers", "markdown", "model", "yaml"]),
    ("render", &["diag", "doc", "fonts", "layers", "render"]),
    ("deliver", &["diag", "gate"]),
    ("measured", &["check", "diag", "doc", "jobs"]),
    (
        "jobs",
        &[
            "check", "deliver", "diag", "doc", "fonts", "gate", "input", "layers", "ledger", "model", "render",
            "stages", "view", "words",
        ],
    ),
    (
        "records",
        &["check", "deliver", "diag", "fields", "fold", "gate", "input", "jobs", "layers", "model", "stages", "view"],
    ),
    ("stages", &["check", "model"]),
    ("timetable", &["check", "model", "stages"]),
    ("status", &["check", "diag", "model", "stages", "timetable"]),
    ("figures", &["check", "doc", "model", "stages", "timetable"]),
    ("amend", &["check", "deliver", "diag", "gate", "input", "model", "yaml"]),
    ("minutes", &["check", "diag", "model", "yaml"]),
    ("series", &["check", "model", "yaml"]),
    ("copies", &["check", "diag", "fields", "input", "model", "workbook", "yaml"]),
    (
        "templates",
        &["check", "copies", "deliver", "diag", "gate", "input", "jobs", "layers", "model", "series", "words", "yaml"],
    ),
    (
        "cli",
        &[
            "amend",
            "batch",
            "check",
            "copies",
            "deliver",
            "diag",
            "figures",
            "input",
            "jobs",
            "layers",
            "minutes",
            "model",
            "records",
            "series",
            "stages",
            "status",
            "templates",
            "timetable",
            "yaml",
        ],
    ),
    (
        "desk",
        &[
            "amend",
            "batch",
            "check",
            "deliver",
            "diag",
            "fold",
            "fonts",
            "input",
            "jobs",
            "layers",
            "model",
            "records",
            "series",
            "stages",
            "status",
            "templates",
            "timetable",
            "gate",
        ],
    ),
    ("batch", &["check", "deliver", "diag", "doc", "gate", "input", "jobs", "model", "records"]),
];

/// Crates that only one module may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tera::", &["words"]),
    ("typst::", &["render/pdf"]),
    ("typst_", &["render/pdf"]),
    ("rustix", &["cli", "render/pdf/apart"]),
    ("serde_saphyr", &["yaml"]),
    ("comrak", &["markdown"]),
    ("axum", &["desk"]),
    ("tower_http", &["desk"]),
    ("hyper::", &["desk"]),
    ("hyper_util", &["desk"]),
    ("tokio", &["desk"]),
    ("form_urlencoded", &["desk"]),
    ("getrandom", &["desk"]),
    ("clap", &["cli"]),
    ("similar::", &["templates"]),
    ("hayro::", &["render/picture"]),
    ("hayro_", &["gate/pdf", "render/picture"]),
    ("maud", &["render/html", "desk"]),
    ("skera", &["render/cut"]),
    ("read_fonts", &["render/cut"]),
    ("resvg", &["render/picture"]),
    ("html5gum", &["gate/html"]),
    ("aho_corasick", &["gate"]),
    ("regex::", &["check"]),
    ("std::fs", &["input", "layers", "deliver"]),
    ("calamine", &["sheets"]),
    ("encoding_rs", &["input/list"]),
    ("quick_xml", &["sheets", "render/xml"]),
    ("rust_xlsxwriter", &["workbook/write"]),
    ("mail_parser", &["gate"]),
    ("zip::", &["gate", "batch/bundle", "render/archive", "sheets", "workbook/write"]),
];

fn files(below: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&Path::new(ROOT).join(below), &mut found);
    let named = |path: PathBuf| path.strip_prefix(ROOT).expect("it lies below").display().to_string();
    let mut files: Vec<_> = found
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .map(|p| (std::fs::read_to_string(&p).expect("source is text"), p))
        .map(|(text, p)| (named(p), text))
        .collect();
    files.sort();
    files
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { collect(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

/// All of the source without comments and tests, with the quotation marks in its texts as they are printed.
pub fn source() -> String {
    shipped().into_iter().map(|(_, text)| code(&text).replace("\\\"", "\"")).collect()
}

/// The source without comments, without the tests at its end, and without the names of files that hold tests.
fn code(text: &str) -> String {
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with("//")).peekable();
    let mut code = Vec::new();
    while let Some(line) = lines.next() {
        match lines.peek() {
            Some(next) if line == "#[cfg(test)]" && next.contains("mod ") && next.ends_with(';') => drop(lines.next()),
            Some(next) if line == "#[cfg(test)]" && next.contains("mod ") => break,
            _ => code.push(line),
        }
    }
    code.join("\n")
}

/// The source of the program, without files that hold tests only.
fn shipped() -> Vec<(String, String)> {
    let all = files("src", "rs");
    let tests: Vec<String> = all.iter().flat_map(|(file, text)| tests_of(file, text)).collect();
    let is_test = |file: &str| {
        tests.iter().any(|test| file.strip_prefix(test.as_str()).is_some_and(|rest| rest.starts_with(['.', '/'])))
    };
    all.into_iter().filter(|(file, _)| !is_test(file)).collect()
}

/// The modules that a file names for tests only, as paths without their ending.
fn tests_of(file: &str, text: &str) -> Vec<String> {
    let home = file.strip_suffix("/mod.rs").or(file.strip_suffix(".rs")).unwrap_or(file);
    let named = text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| rest.lines().next());
    let named = named.filter_map(|line| line.strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name));
    named.map(|name| format!("{home}/{name}")).collect()
}

#[test]
fn a_file_of_tests_is_known_by_who_names_it_and_hides_nothing_after_it() {
    let text = "use a::B;\n\n#[cfg(test)]\nmod kills;\nmod report;\n\n#[cfg(test)]\nmod tests {\n    use c::D;\n}\n";
    assert_eq!(tests_of("src/cli/mod.rs", text), ["src/cli/kills"]);
    let code = code(text);
    assert!(code.contains("mod report;") && !code.contains("kills") && !code.contains("c::D"), "{code}");
}

fn module(file: &str) -> &str {
    let below = file.strip_prefix("src/").unwrap_or(file);
    below.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn each_module_knows_only_those_below_it() {
    let mut wrong = Vec::new();
    for (file, text) in shipped().iter().filter(|(f, _)| f != "src/lib.rs" && f != "src/main.rs") {
        let (_, allowed) =
            MAY_KNOW.iter().find(|(m, _)| *m == module(file)).unwrap_or_else(|| panic!("{file} has no rule"));
        for named in code(text)
            .split("crate::")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
        {
            if named != module(file) && !allowed.contains(&named) {
                wrong.push(format!("{file} names `crate::{named}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn writers_know_nothing_of_one_another() {
    for (file, text) in files("src/render", "rs") {
        for sibling in ["text", "markdown", "pdf", "html", "docx", "odt"] {
            let own = file.contains(&format!("render/{sibling}"));
            assert!(
                own || file.ends_with("render/mod.rs") || !code(&text).contains(&format!("render::{sibling}")),
                "{file} knows {sibling}"
            );
        }
    }
}

#[test]
fn each_engine_is_known_in_one_place() {
    for (file, text) in shipped() {
        for (name, homes) in ONLY_IN {
            let home = homes.iter().any(|h| file.starts_with(&format!("src/{h}")));
            let names = code(&text).lines().any(|l| l.contains(name) && !l.contains("pub mod"));
            assert!(home || !names, "{file} names `{name}`");
        }
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    for (file, text) in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        assert!(text.lines().count() < 600, "{file} has {} lines", text.lines().count());
    }
    let main = std::fs::read_to_string(Path::new(ROOT).join("src/main.rs")).expect("it is there");
    assert!(main.lines().count() <= 20);
}

#[test]
fn nothing_is_unwrapped_left_to_do_or_silenced() {
    for (file, text) in shipped() {
        for banned in [".unwrap()", "todo!", "unimplemented!", "dbg!", "#[allow(", "println!", "anyhow"] {
            assert!(!code(&text).contains(banned), "{file} holds `{banned}`");
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (file, text) in files("src", "rs") {
        assert!(text.starts_with("//! "), "{file} has no module documentation");
    }
}

#[test]
fn personal_data_cannot_be_serialised() {
    // `Serialize` on a word such as `Category` is harmless; on a struct that holds what people typed it is not.
    for (file, text) in files("src/model", "rs") {
        let code = code(&text);
        for part in code.split("#[derive(").skip(1) {
            let derives = part.split(')').next().unwrap_or_default();
            assert!(
                !derives.contains("Serialize,") && !derives.ends_with("Serialize") || part.contains("pub enum "),
                "{file}: {}",
                part.lines().nth(2).unwrap_or_default()
            );
        }
    }
}

#[test]
fn every_struct_of_the_model_is_asked_of_the_compiler() {
    let asked = std::fs::read_to_string(Path::new(ROOT).join("src/view/allow_list.rs")).expect("it is there");
    for (file, text) in files("src/model", "rs") {
        for name in code(&text)
            .split("pub struct ")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
        {
            let listed = asked.contains(&format!("::{name}: Serialize")) || asked.contains(&format!("::{name}<"));
            assert!(listed, "{file}: `{name}` is not in src/view/allow_list.rs");
        }
    }
}

#[test]
fn no_template_lets_data_through_unescaped() {
    for (file, text) in files("templates", "md") {
        let tight = text.replace(' ', "");
        assert!(!tight.contains("|safe"), "{file} uses `| safe`");
        assert!(!tight.contains("autoescape"), "{file} switches escaping");
    }
    for (file, text) in files("templates", "typ") {
        assert!(!text.contains("eval("), "{file} uses eval");
    }
}

#[test]
fn no_template_uses_a_word_that_the_style_bans() {
    for (file, text) in files("templates", "md") {
        let text = text.to_lowercase();
        for banned in [
            "offender",
            "gang member",
            "hotspot",
            "at-risk youth",
            "promiscuous",
            "non-compliant",
            "ensure that",
            " etc.",
        ] {
            assert!(!text.contains(banned), "{file} says `{banned}`");
        }
    }
}

#[test]
fn every_snapshot_is_still_compared_with_something() {
    let mut known: Vec<String> = crate::papers::SNAPSHOTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let others = [
        crate::papers::OTHER_SNAPSHOTS,
        crate::pdf::SNAPSHOTS,
        crate::specimen::SNAPSHOTS,
        crate::docx::SNAPSHOTS,
        crate::odt::SNAPSHOTS,
        crate::machine::SNAPSHOTS,
        crate::templates::SNAPSHOTS,
        crate::councils::SNAPSHOTS,
        crate::lists::SNAPSHOTS,
        crate::batch::SNAPSHOTS,
        crate::limits::SNAPSHOTS,
        crate::codes::SNAPSHOTS,
        crate::command_line::SNAPSHOTS,
        crate::canaries::SNAPSHOTS,
        crate::release::SNAPSHOTS,
        crate::whole_life::SNAPSHOTS,
        crate::languages::SNAPSHOTS,
        crate::easy_read::SNAPSHOTS,
    ];
    known.extend(others.into_iter().flatten().map(|name| (*name).to_owned()));
    for (file, _) in files("tests/suite/snapshots", "snap") {
        let name = file.rsplit("__").next().unwrap_or_default().trim_end_matches(".snap");
        assert!(known.iter().any(|k| k == name), "{file} is compared with nothing");
    }
}

#[test]
fn the_table_of_bank_holidays_does_not_run_out_soon() {
    // The one place that looks at a clock: somebody must be told while there is time to add a year.
    let tables: Vec<String> = ["", "-scotland", "-northern-ireland"]
        .map(|nation| Path::new(ROOT).join(format!("templates/base/holidays{nation}.yaml")))
        .map(|file| std::fs::read_to_string(file).expect("it is there"))
        .into();
    for text in tables {
        runs_on(&text);
    }
}

fn runs_on(text: &str) {
    let until = text.lines().find_map(|l| l.strip_prefix("until: ")).expect("the table says how far it goes");
    let until: chrono::NaiveDate = until.parse().expect("a date");
    let since_1970 = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("the clock is past 1970").as_secs() / 86_400;
    let today = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date") + chrono::Days::new(since_1970);
    assert!(
        today + chrono::Days::new(182) < until,
        "add the next year's bank holidays to templates/base/holidays*.yaml"
    );
}
