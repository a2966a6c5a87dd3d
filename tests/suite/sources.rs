//! Conferences that come from somewhere else than a folder, and papers as a machine is told of them.

use std::collections::{BTreeMap, BTreeSet};

use convenor::{Files, Loaded, OwnThemes, Pack, Request};

use crate::run::{PROGRAM, Run};

/// Every file of a folder, in memory.
fn in_memory(run: &Run) -> Files {
    let mut files = Files::new(run.read("conference.yaml"), run.read("borough.yaml"));
    let inputs = run.files("").into_iter().filter(|name| !["conference.yaml", "borough.yaml"].contains(&name.as_str()));
    files.others = inputs.map(|name| (name.clone(), run.bytes(&name))).collect();
    files
}

fn built(loaded: Loaded, to: convenor::model::artefact::Format) -> Pack {
    let apart = OwnThemes::Apart(convenor::Apart::new(PROGRAM));
    let checked = convenor::check(loaded.with_own_themes(apart)).unwrap_or_else(|report| panic!("{report}"));
    convenor::build(&checked, &Request { to: vec![to], ..Request::default() })
        .unwrap_or_else(|report| panic!("{report}"))
}

fn bytes(pack: &Pack) -> BTreeMap<&str, &[u8]> {
    pack.files.iter().map(|file| (file.path(), file.data())).collect()
}

#[test]
fn papers_from_memory_have_the_bytes_of_papers_from_a_folder() {
    use convenor::model::artefact::Format;
    // One with a region and templates, one with a theme of its own besides.
    for council in ["kestrel-vale", "northmere"] {
        let run = Run::on_the_council(council);
        let theme = "#import \"/base/theme/brand.typ\": *\n#let letterhead = none\n";
        let run = if council == "northmere" { run.with("templates/theme/brand.typ", theme) } else { run };
        for format in [Format::Txt, Format::Pdf] {
            let disk = built(convenor::load(run.path("conference.yaml")).expect("it loads"), format);
            let memory = built(convenor::load_from(in_memory(&run)).expect("it loads"), format);
            assert_eq!(bytes(&disk), bytes(&memory), "{council}");
            let entries = |pack: &Pack| {
                pack.files.iter().map(|f| (f.entry().clone(), f.sealed().hash(), f.pages())).collect::<Vec<_>>()
            };
            assert_eq!(entries(&disk), entries(&memory), "the record cannot tell them apart");
        }
    }
}

#[test]
fn faults_of_files_in_memory_have_the_places_of_files_in_a_folder() {
    let run = Run::on_the_council("kestrel-vale")
        .edit("borough.yaml", "logo: {", "brand2: x\nlogo: {")
        .with("templates/nothing.md", "x")
        .with("templates/minutes.md", "{% extends \"base/minutes.md\" %}\n{% block nowhere %}{% endblock %}\n");
    let said = |loaded: Result<Loaded, convenor::diag::Report>| {
        let report = loaded.and_then(convenor::check).map(|_| ()).expect_err("it is at fault");
        report.to_string().replace(&format!("{}/", run.path("").display()).replace("//", "/"), "")
    };
    let (disk, memory) = (convenor::load(run.path("conference.yaml")), convenor::load_from(in_memory(&run)));
    assert_eq!(said(disk), said(memory));
}

#[test]
fn what_is_missing_or_no_file_in_memory_is_told() {
    let run = Run::on_the_council("kestrel-vale");
    let said = |change: &dyn Fn(&mut Files)| {
        let mut files = in_memory(&run);
        change(&mut files);
        convenor::load_from(files).and_then(convenor::check).map(|_| ()).expect_err("it is at fault").to_string()
    };
    let gone = |name: &'static str| move |files: &mut Files| drop(files.others.remove(name));
    assert!(said(&gone("logo.svg")).contains("error[no-logo]: the logo `logo.svg` cannot be read"));
    let region = said(&gone("regions/mere-and-vale/region.yaml"));
    assert!(region.contains("error[unreadable]: there is no such file"), "{region}");
    assert!(region.contains("regions/mere-and-vale/region.yaml"), "{region}");
    let none = said(&|files| files.others.retain(|name, _| !name.starts_with("regions/")));
    assert!(none.contains("error[no-region]"), "{none}");
    assert!(said(&|files| files.conference.clear()).contains("error[empty-file]"));
    assert!(said(&|files| files.borough = "\0".to_owned()).contains("error[not-text]"));
    assert!(said(&|files| files.conference = "a".repeat(5 * 1024 * 1024)).contains("error[over-budget]"));
    let odd = said(&|files| drop(files.others.insert("templates/../x.md".to_owned(), b"x".to_vec())));
    assert!(odd.contains("error[bad-template]: the name of a template consists of plain letters"), "{odd}");
    let large = said(&|files| drop(files.others.insert("templates/x.md".to_owned(), vec![b'a'; 1024 * 1024 + 1])));
    assert!(large.contains("error[over-budget]: the template is larger than 1 MB"), "{large}");
}

#[test]
fn a_conference_on_standard_input_is_checked_and_built_as_one_in_a_file() {
    let run = Run::on_the_example();
    std::fs::create_dir_all(run.path("inbox")).expect("the tests may write");
    std::fs::rename(run.path("conference.yaml"), run.path("inbox/posted.yaml")).expect("the tests may rename");
    let file = run.convenor(&["check", "@/inbox/posted.yaml"]);
    let piped = run.program_reading(&["check", "-"], "inbox/posted.yaml");
    assert_eq!((piped.code, piped.err.replace("<stdin>", "inbox/posted.yaml")), (0, file.err));
    run.convenor(&["build", "@/inbox/posted.yaml", "--only", "terms", "--to", "txt", "-o", "@/one"]);
    let piped =
        run.program_reading(&["build", "-", "--only", "terms", "--to", "txt", "-o", "two"], "inbox/posted.yaml");
    assert_eq!(piped.code, 0, "{}", piped.err);
    for file in ["community/terms.txt", "professional/terms.txt"] {
        let at = |folder: &str| run.read(&format!("{folder}/CSC-2026-014/{file}"));
        assert_eq!(at("one"), at("two"));
    }
}

#[test]
fn standard_input_is_told_of_with_its_lines_and_needs_a_council() {
    let run = Run::on_the_example().edit("conference.yaml", "chair: p-chair", "chair: p-chiar");
    let piped = run.program_reading(&["check", "-"], "conference.yaml");
    assert!(piped.code == 1 && piped.err.contains("--> <stdin>:"), "{}", piped.err);
    let (borough, logo) = (run.read("borough.yaml"), run.read("logo.svg"));
    let run = run.with("council/borough.yaml", borough).with("council/logo.svg", logo);
    std::fs::remove_file(run.path("borough.yaml")).expect("it was there");
    let piped = run.program_reading(&["check", "-"], "conference.yaml");
    assert!(piped.code == 1 && piped.err.contains("error[no-borough]"), "{}", piped.err);
    for council in ["council", "council/borough.yaml"] {
        let piped = run.program_reading(&["check", "-", "--borough", council], "conference.yaml");
        assert!(piped.code == 1 && piped.err.contains("did you mean `p-chair`?"), "{}", piped.err);
        let file = run.convenor(&["check", "@/conference.yaml", "--borough", &format!("@/{council}")]);
        assert_eq!(file.err.replace("conference.yaml:", "<stdin>:"), piped.err);
    }
    let empty = run.with("nothing", "").program_reading(&["check", "-", "--borough", "council"], "nothing");
    assert!(empty.code == 1 && empty.err.contains("error[empty-file]"), "{}", empty.err);
    let watched = Run::on_the_example().program_reading(&["watch", "-"], "conference.yaml");
    assert!(watched.code == 2 && watched.err.contains("cannot be watched"), "{}", watched.err);
}

#[test]
fn a_machine_is_told_of_each_file_that_was_made_and_of_nobody() {
    let run = Run::on_the_example();
    let outcome = run.build(&["--message-format", "json"]);
    let lines: Vec<serde_json::Value> =
        outcome.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let (last, files) = lines.split_last().expect("it says something");
    assert_eq!(last["folder"], "out/CSC-2026-014", "the last line names the folder");
    let register: serde_json::Value = serde_json::from_str(&run.read("out/CSC-2026-014/register.json")).expect("JSON");
    let entries = register["files"].as_array().expect("a list");
    assert_eq!((files.len(), last["files"].as_u64()), (entries.len(), Some(entries.len() as u64)));
    for entry in entries {
        let line = files.iter().find(|line| line["hash"] == entry["hash"]).expect("each file is told");
        let of = |key: &str| (line[key].clone(), entry[key].clone());
        for (told, kept) in
            [of("audience"), of("version"), of("status"), (line["paper"].clone(), entry["artefact"].clone())]
        {
            assert_eq!(told, kept);
        }
        let data = run.bytes(&format!("out/CSC-2026-014/{}", entry["file"].as_str().expect("text")));
        let is_pdf = data.starts_with(b"%PDF");
        assert_eq!(line["format"] == "pdf", is_pdf);
        let pages = is_pdf.then(|| lopdf::Document::load_mem(&data).expect("it parses").get_pages().len() as u64);
        assert_eq!(line["pages"].as_u64(), pages);
        assert_eq!(line["number"].is_null(), !entry["reference"].as_str().expect("text").contains('/'));
    }
    let said = (outcome.out.clone() + &outcome.err).to_lowercase();
    // Names of people, but for what a title says: an organisation may be called by a word that every line holds.
    let letters = entries.iter().filter(|entry| entry["artefact"] == "invitation");
    let names: BTreeSet<&str> =
        letters.flat_map(|e| e["recipients"].as_array().expect("a list")).filter_map(|n| n.as_str()).collect();
    let parts: Vec<&str> = names.iter().flat_map(|name| name.split_whitespace()).filter(|p| p.len() > 3).collect();
    assert!(parts.len() > 15, "{parts:?}");
    let words: BTreeSet<&str> = said.split(|c: char| !c.is_alphabetic()).collect();
    for part in parts {
        let part = part.to_lowercase();
        let mut told = part.split(|c: char| !c.is_alphabetic()).filter(|word| words.contains(word));
        assert!(told.all(|word| word.len() <= 3), "`{part}` is said");
    }
    let again = run.build(&["--message-format", "json"]).out;
    assert!(again.lines().filter(|line| line.contains("\"hash\"")).all(|line| line.contains("\"changed\":false")));
}
