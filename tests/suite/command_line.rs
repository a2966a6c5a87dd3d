//! The program as a stranger meets it.

use crate::run::Run;

#[test]
fn each_command_explains_itself_with_an_example() {
    let run = Run::on_nothing();
    let mut help = run.convenor(&["--help"]).out;
    let verbs = [
        "demo",
        "check",
        "build",
        "watch",
        "status",
        "timetable",
        "minutes",
        "set",
        "undo",
        "figures",
        "new",
        "convert",
        "templates",
        "explain",
        "schema",
        "completions",
    ];
    let templates = ["list", "show", "eject", "status", "diff", "check"].map(|verb| ["templates", verb].to_vec());
    let minutes = vec!["minutes", "new"];
    for verb in verbs.map(|verb| vec![verb]).into_iter().chain([minutes]).chain(templates) {
        let outcome = run.convenor(&[verb.as_slice(), &["--help"]].concat());
        assert_eq!(outcome.code, 0);
        assert!(outcome.out.contains("Example"), "{verb:?} has no example");
        help.push_str(&format!("\n=== {}\n{}", verb.join(" "), outcome.out));
    }
    insta::assert_snapshot!("help", help);
}

#[test]
fn exit_codes_say_who_is_at_fault() {
    let run = Run::on_the_example();
    let code = |args: &[&str]| run.convenor(args).code;
    assert_eq!(code(&["check", "@/conference.yaml"]), 0);
    assert_eq!(code(&["--version"]), 0);
    assert_eq!(run.convenor(&["check", "@/borough.yaml"]).code, 1);
    assert_eq!(code(&["build", "@/conference.yaml", "--only", "mintues"]), 2);
    assert_eq!(code(&["bulid"]), 2);
    assert_eq!(code(&[]), 2);
    assert_eq!(code(&["check", "@/nowhere.yaml"]), 3);
}

#[test]
fn a_day_that_is_written_in_another_way_is_told_as_it_should_be() {
    let run = Run::on_the_example();
    let err = |day: &str| {
        let outcome = run.convenor(&["release", "@/out/CSC-2026-014", "--checked-by", "Ruth Penhaligon", "--on", day]);
        assert_eq!(outcome.code, 2, "{day}");
        outcome.err
    };
    for day in ["29/11/2026", "29.11.2026", "29-11-2026", "29 November 2026"] {
        assert!(err(day).contains("write this day as 2026-11-29"), "{day}: {}", err(day));
    }
    for day in ["tomorrow", "2026-02-30", "31/02/2026", "20261129", ""] {
        assert!(err(day).contains("this is not a day"), "{day}: {}", err(day));
    }
}

#[test]
fn an_unknown_paper_is_an_error_with_a_suggestion() {
    let run = Run::on_the_example();
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "mintues", "-o", "@/out"]);
    assert!(outcome.err.contains("did you mean `minutes`?"), "{}", outcome.err);
    let outcome =
        run.convenor(&["build", "@/conference.yaml", "--only", "guidance", "--for", "community", "-o", "@/out"]);
    assert!(outcome.err.contains("error[nothing-to-make]"), "{}", outcome.err);
}

#[test]
fn the_demo_makes_every_paper_and_leaves_data_to_start_from() {
    let run = Run::on_nothing();
    let outcome = run.convenor(&["demo", "-o", "@/papers"]);
    assert_eq!(outcome.code, 0);
    // The example has a voluntary organisation without an agreement in it: what that leads to is told.
    assert!(
        crate::templates::is_quiet(&outcome.err) && outcome.err.ends_with("1 warning, no error\n"),
        "{}",
        outcome.err
    );
    insta::assert_snapshot!("demo", outcome.out);
    let outcome = run.convenor(&["check", "@/papers/example/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

#[test]
fn the_schema_explains_every_field_and_accepts_the_example() {
    let run = Run::on_the_example();
    for (of, file) in [("conference", "conference.yaml"), ("borough", "borough.yaml")] {
        let schema: serde_json::Value = serde_json::from_str(&run.convenor(&["schema", of]).out).expect("JSON");
        let mut bare = Vec::new();
        undescribed(&schema, "", &mut bare);
        assert!(bare.is_empty(), "fields without a description: {bare:?}");
        let data: serde_json::Value = serde_saphyr::from_str(&run.read(file)).expect("the example is sound");
        let known = schema["properties"].as_object().expect("a map has properties");
        assert!(data.as_object().expect("a map").keys().all(|k| known.contains_key(k)));
    }
}

/// Properties at any depth that say nothing of themselves.
fn undescribed(schema: &serde_json::Value, path: &str, bare: &mut Vec<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        for (name, property) in properties {
            if property["description"].is_null() {
                bare.push(format!("{path}.{name}"));
            }
        }
    }
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        undescribed(definition, name, bare);
    }
}

#[test]
fn every_shell_has_completions() {
    let run = Run::on_nothing();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = run.convenor(&["completions", shell]);
        assert_eq!(outcome.code, 0);
        assert!(outcome.out.contains("convenor"), "{shell}");
    }
}

#[test]
fn the_readme_names_only_commands_that_there_are() {
    let readme = include_str!("../../README.md");
    let commands: Vec<&str> = readme.lines().filter_map(|l| l.trim().strip_prefix("convenor ")).collect();
    assert!(commands.len() >= 3, "the README shows how to use the program");
    let run = Run::on_the_example();
    for command in commands {
        let shown = command.split(['#', '>']).next().unwrap_or_default();
        if shown.starts_with("take-in ") {
            // What another machine has kept of the record.
            let record = run.bytes("out/CSC-2026-014/record.jsonl");
            std::fs::write(run.path("record-LAPTOP7.jsonl"), record).expect("the tests may write");
        }
        let placed: Vec<String> = shell_words(shown)
            .into_iter()
            .map(|w| {
                if w == "review"
                    || w.ends_with(".yaml")
                    || w.ends_with(".csv")
                    || w.ends_with(".jsonl")
                    || w.starts_with("out/")
                {
                    format!("@/{w}")
                } else {
                    w
                }
            })
            .collect();
        let mut args: Vec<&str> = placed.iter().map(String::as_str).collect();
        if args[0] == "invite" && !args.contains(&"--preview") {
            args.push("--yes");
        }
        if matches!(
            args[0],
            "build" | "demo" | "figures" | "invite" | "record" | "sent" | "status" | "timetable" | "withdraw"
        ) && !args.contains(&"-o")
        {
            args.extend(["-o", "@/out"]);
        }
        if matches!(args[0], "templates" | "explain") {
            args.extend(["--borough", "@/"]);
        }
        let outcome = run.convenor(&args);
        assert_eq!(outcome.code, 0, "`convenor {command}`: {}", outcome.err);
    }
    assert!(readme.contains("cargo run --release -- demo") && readme.contains("cargo test --release"));
}

/// The words of a command as a shell parts them, as far as the README needs it: quotes keep spaces.
fn shell_words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(i, part)| match i % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["help", "demo"];
