//! Papers as folders for Typst's own tools: `--to typ`. That its engine gives the same pages is shown by `.ci/office`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::Run;

const FOLDER: &str = "out/typst/CSC-2026-014/professional/minutes";

#[test]
fn a_folder_holds_whatever_its_sources_read_and_is_the_same_twice() {
    let made = || {
        let run = Run::on_the_example();
        let outcome = run.build(&["--to", "typ,txt", "--only", "minutes"]);
        assert!(outcome.out.contains("not for sending"), "{}", outcome.out);
        run
    };
    let (run, other) = (made(), made());
    let files = run.files(FOLDER);
    files.iter().for_each(|file| assert_eq!(run.bytes(file), other.bytes(file), "{file}"));
    let there: BTreeSet<&str> = files.iter().filter_map(|file| file.strip_prefix(&format!("{FOLDER}/"))).collect();
    for name in ["main.typ", "README.md", "document.json", "facts.json", "brand.json", "logo.svg", "theme/document.typ"]
    {
        assert!(there.contains(name), "{name}: {there:?}");
    }
    // Whatever a source imports, includes or reads is there.
    for source in there.iter().filter(|name| name.ends_with(".typ")) {
        let text = run.read(&format!("{FOLDER}/{source}"));
        for line in text.lines().filter(|line| line.starts_with("#import \"") || line.starts_with("#include \"")) {
            let name = line.split('"').nth(1).expect("it names a file");
            let beside = source.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
            let full = name.strip_prefix('/').map_or(format!("{beside}{name}"), str::to_owned);
            assert!(there.contains(full.as_str()), "{source} names {full}");
        }
    }
    // Each family that the look names is in a font file, with its licence.
    let brand: Value = serde_json::from_str(&run.read(&format!("{FOLDER}/brand.json"))).expect("JSON");
    let families: Vec<&str> = brand["fonts"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(families.contains(&"Convenor Sans") && families.contains(&"Convenor Arabic"), "{families:?}");
    for family in families {
        let stem = family.replace(' ', "");
        for name in [format!("fonts/{stem}-Regular.ttf"), format!("fonts/OFL-{stem}.txt")] {
            assert!(there.contains(name.as_str()), "{name}");
        }
    }
    let note = run.read(&format!("{FOLDER}/README.md"));
    assert_eq!(note.trim_end().split(". ").count(), 2, "{note}");
    // The folder of papers knows nothing of it.
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
    assert!(run.files("out/CSC-2026-014").iter().all(|file| !file.ends_with(".typ")));
}

#[test]
fn folders_alone_make_no_paper() {
    let run = Run::on_the_example();
    let outcome = run.build(&["--to", "typ", "--only", "terms"]);
    assert!(outcome.out.contains("not for sending"), "{}", outcome.out);
    let all = run.files("out");
    assert!(!all.is_empty() && all.iter().all(|file| file.starts_with("out/typst/")), "{all:?}");
}

#[test]
fn whatever_lies_in_a_folder_is_read_by_the_gate() {
    let theme = "#import \"/base/theme/brand.typ\": *\n// As Kai Mensah has asked.\n";
    let run = Run::on_the_example().with("templates/theme/brand.typ", theme);
    let outcome =
        run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--all", "--only", "terms", "--to", "typ"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[leak]") && outcome.err.contains("theme/brand.typ"), "{}", outcome.err);
    assert!(run.files("out/typst").is_empty(), "nothing is written");
}
