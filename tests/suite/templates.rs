//! What a council changes in our templates: layers, a start, what moved, a trial of it all.

use std::path::Path;

use crate::run::Run;

/// Every file of our own templates, in a folder that a test may change.
pub fn with_our_templates(mut run: Run) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for folder in ["base", "base/parts", "base/parts/why", "base/parts/ask", "theme"] {
        for entry in
            std::fs::read_dir(root.join(folder)).expect("they are there").flatten().filter(|e| e.path().is_file())
        {
            let name = format!("newer/{folder}/{}", entry.file_name().display());
            run = run.with(&name, std::fs::read(entry.path()).expect("they can be read"));
        }
    }
    run
}

/// Whether nothing is told but that somebody reads community papers for want of an agreement, as in the example.
pub fn is_quiet(err: &str) -> bool {
    !err.contains("error[") && err.matches("warning[").count() == err.matches("warning[downgraded]").count()
}

fn templates(run: &Run, args: &[&str]) -> crate::run::Outcome {
    let base: &[&str] = if run.path("newer").exists() { &["--base", "@/newer"] } else { &[] };
    run.convenor(&[&["templates"], args, &["--borough", "@/", "--colour", "never"], base].concat())
}

#[test]
fn a_region_lies_between_ours_and_the_councils_own() {
    let region = "name: Mere and Vale\nterms:\n  chair: { singular: convener, plural: conveners, article: a }\n  plan: { singular: place plan, plural: place plans, article: a }\nsettings: { oversight: Mere and Vale Panel, quorum: { agencies: 3 } }\n";
    let run = Run::on_the_example()
        .edit("borough.yaml", "id: marshgate\n", "id: marshgate\nregion: mere-and-vale\n")
        .edit("borough.yaml", "terms:\n", "terms:\n  plan: { singular: safety plan, plural: safety plans, article: a }\n")
        .with("regions/mere-and-vale/region.yaml", region)
        .with("regions/mere-and-vale/templates/terms.md", "{% extends \"base/terms.md\" %}{% block scope %}\n## 2. Scope of the region\n\n2.1 All of it.\n{% endblock %}{% block status %}\n## 3. Status of the region\n{% endblock %}\n")
        .with("templates/terms.md", "{% extends \"mere-and-vale/terms.md\" %}{% block status %}{{ super() }}\n\n3.1 And of the council.\n{% endblock %}\n");
    run.build(&["--only", "terms", "--to", "txt"]);
    let terms = run.read("out/CSC-2026-014/professional/terms.txt");
    assert!(terms.contains("2. Scope of the region") && terms.contains("3. Status of the region"), "{terms}");
    assert!(terms.contains("3.1 And of the council."), "{terms}");
    assert!(terms.contains("convener") && terms.contains("safety plan") && !terms.contains("place plan"), "{terms}");
    let outcome = templates(&run, &["list"]);
    assert!(outcome.out.contains("mere-and-vale changes scope, status; marshgate changes status"), "{}", outcome.out);
}

#[test]
fn a_region_that_is_not_there_is_an_error_at_its_name() {
    let run = Run::on_the_example().edit("borough.yaml", "id: marshgate\n", "id: marshgate\nregion: nowhere\n");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.err.contains("there is no folder `regions/nowhere`") && outcome.err.contains("region: nowhere"),
        "{}",
        outcome.err
    );
    let run = Run::on_the_example().edit("borough.yaml", "id: marshgate\n", "id: marshgate\nregion: ../../etc\n");
    assert!(run.convenor(&["check", "@/conference.yaml"]).err.contains("cannot be the name of a region"));
}

#[test]
fn a_block_that_ours_does_not_have_is_told_with_the_one_that_was_meant() {
    let run = Run::on_the_example()
        .with("templates/terms.md", "{% extends \"base/terms.md\" %}{% block membrship %}x{% endblock %}\n");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert!(
        outcome.err.contains("has no block `membrship`") && outcome.err.contains("did you mean `membership`?"),
        "{}",
        outcome.err
    );
}

#[test]
fn every_block_of_ours_says_what_it_is_for() {
    let run = Run::on_the_example();
    for paper in ["agreement", "community-agreement", "guidance", "invitation", "minutes", "terms"] {
        let outcome = templates(&run, &["show", paper]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(!outcome.out.contains("no purpose is given"), "{paper}: {}", outcome.out);
        assert!(outcome.out.contains("block"), "{paper} has none");
    }
}

#[test]
fn a_block_that_is_taken_and_left_as_it_is_changes_no_word_of_any_paper() {
    let ours = Run::on_the_example();
    ours.build(&["--to", "txt"]);
    let taken = Run::on_the_example();
    for paper in ["agreement", "community-agreement", "guidance", "invitation", "minutes", "terms"] {
        let shown = templates(&taken, &["show", paper]).out;
        // A block within another is taken with it.
        let blocks: Vec<&str> = shown
            .lines()
            .skip(2)
            .take_while(|l| !l.is_empty())
            .filter(|l| !l.starts_with("    "))
            .filter_map(|l| l.split_whitespace().next())
            .collect();
        assert!(blocks.len() > 8, "{paper}: {blocks:?}");
        let outcome = templates(&taken, &["eject", paper, "--block", &blocks.join(",")]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    }
    taken.build(&["--to", "txt"]);
    for file in ours.files("out").iter().filter(|f| f.ends_with(".txt")) {
        assert_eq!(ours.read(file), taken.read(file), "{file}");
    }
    let status = templates(&taken, &["status"]).out;
    assert!(status.lines().all(|l| l.ends_with("unchanged")), "{status}");
}

#[test]
fn show_tells_the_layer_and_the_line_of_each_line() {
    let run = Run::on_the_example();
    assert_eq!(templates(&run, &["eject", "terms", "--block", "scope"]).code, 0);
    let run = run.edit("templates/terms.md", "## 2. Scope", "## 2. Reach");
    insta::assert_snapshot!("show_terms", templates(&run, &["show", "terms"]).out);
}

#[test]
fn list_tells_what_is_ours_and_what_is_changed() {
    let run = Run::on_the_example().with("templates/welcome.md", "---\ntitle: Welcome\npurpose: a test\neach: invitee\nlayout: letter\naudiences: [community]\nformats: [pdf]\nfile: welcome-{reference}\n---\n# Welcome\n");
    templates(&run, &["eject", "terms", "--block", "scope,chair"]);
    insta::assert_snapshot!("list", templates(&run, &["list"]).out);
    let outcome = run.convenor(&["templates", "list", "--borough", "@/nowhere"]);
    assert_eq!(outcome.code, 3, "{}", outcome.err);
}

#[test]
fn status_and_diff_tell_what_moved_under_a_change() {
    let run = with_our_templates(Run::on_the_example());
    for (paper, blocks) in [("terms", "scope,chair,membership"), ("minutes", "title")] {
        assert_eq!(templates(&run, &["eject", paper, "--block", blocks]).code, 0);
    }
    assert_eq!(templates(&run, &["eject", "parts/running.md"]).code, 0);
    // The council says something of its own in two of them.
    let run = run
        .edit("templates/terms.md", "## 2. Scope", "## 2. Reach")
        .edit("templates/terms.md", "## 5. Taking part", "## 5. Who comes")
        .with("templates/own.md", "{% extends \"base/guidance.md\" %}{% block purpose %}Mine.{% endblock %}\n");
    // Ours moves: in a block that the council changed, in one that it left, and in none of its own.
    let run = run
        .edit("newer/base/terms.md", "It does not investigate crimes.", "It does not look into crimes.")
        .edit("newer/base/terms.md", "## 6. Chairing and quorum", "## 6. The chair and the quorum")
        .edit("newer/base/terms.md", "welfare comes first", "safety comes first");
    let status = templates(&run, &["status"]);
    insta::assert_snapshot!("status", status.out);
    insta::assert_snapshot!("diff", templates(&run, &["diff", "terms"]).out);
    let coloured =
        run.convenor(&["templates", "diff", "terms", "--borough", "@/", "--colour", "always", "--base", "@/newer"]);
    assert!(coloured.out.contains("\u{1b}[1;4;32m"), "the word that moved stands out: {}", coloured.out);
    // What was looked at and accepted is in step again.
    assert_eq!(templates(&run, &["diff", "terms", "--block", "scope", "--accept"]).code, 0);
    let scope = |out: &str| out.lines().find(|l| l.contains(" scope ")).expect("it is listed").to_owned();
    assert!(scope(&status.out).ends_with("behind"));
    assert!(scope(&templates(&run, &["status"]).out).ends_with("customised"));
}

#[test]
fn what_is_remembered_holds_no_path_of_this_machine() {
    let run = Run::on_the_example();
    templates(&run, &["eject", "terms", "--block", "scope"]);
    let lock = run.read("templates/.ejected.json");
    let root = run.path("").display().to_string();
    assert!(!lock.contains(root.trim_end_matches('/')), "{lock}");
    assert!(lock.contains("base/terms.md") && lock.contains("It does not investigate crimes."), "{lock}");
}

#[test]
fn what_cannot_be_taken_says_why() {
    let run = Run::on_the_example();
    let err = |args: &[&str]| {
        let outcome = templates(&run, args);
        assert_ne!(outcome.code, 0, "{args:?}");
        outcome.err
    };
    assert!(err(&["eject", "trems"]).contains("did you mean `terms`?"));
    assert!(err(&["eject", "terms", "--block", "scop"]).contains("did you mean `scope`?"));
    assert!(err(&["eject", "parts/running.md", "--block", "x"]).contains("it has none at all"));
    templates(&run, &["eject", "terms", "--block", "scope"]);
    assert!(err(&["eject", "terms", "--block", "scope"]).contains("changes the block `scope` already"));
    assert!(err(&["eject", "terms"]).contains("there is a template of this name already"));
    assert!(err(&["eject", "terms", "--region", "--block", "name"]).contains("this council is in no region"));
    assert_eq!(templates(&run, &["eject", "terms", "--block", "chair"]).code, 0);
    let both = run.read("templates/terms.md");
    assert!(both.contains("block scope") && both.contains("block chair"), "{both}");
}

#[test]
fn a_part_of_the_look_is_changed_in_a_few_lines() {
    let brand = "#import \"/base/theme/brand.typ\": *\n#let letterhead = place(top + left, dx: 25mm, dy: 28.5mm, rect(width: 95mm, height: 1mm, fill: colour))\n";
    let run = Run::on_the_example();
    run.build(&["--only", "invitation", "--to", "pdf"]);
    let letter = "out/CSC-2026-014/professional/invitation-02-sgt-priya-nair.pdf";
    let before = (run.bytes(letter), run.bytes(&letter.replace("02-sgt-priya-nair", "05-mr-malachy-odonnell")));
    let run = run.with("templates/theme/brand.typ", brand);
    run.build(&["--only", "invitation", "--to", "pdf"]);
    assert_ne!(run.bytes(letter), before.0, "the band is drawn");
    assert_eq!(crate::run::pdf_text(&run.bytes(letter)), crate::run::pdf_text(&before.0), "and says nothing");
    let status = templates(&run, &["status"]);
    assert!(status.out.contains("theme/brand.typ  letterhead"), "{}", status.out);
}

#[test]
fn explain_lists_every_field_with_an_example_and_for_whom_it_is() {
    let run = Run::on_the_example();
    let outcome = run.convenor(&["explain", "minutes", "--borough", "@/"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for said in [
        "record.attendance.present[].organisation",
        "conference.meeting.date",
        "borough.short_name",
        "date",
        "(only professional)",
        "attendance",
    ] {
        assert!(outcome.out.contains(said), "`{said}` is missing: {}", outcome.out);
    }
    // Nothing that no template is given may be promised.
    assert!(!outcome.out.contains("child_links") && !outcome.out.contains("Kai Mensah"));
    let unknown = run.convenor(&["explain", "mintues", "--borough", "@/"]);
    assert!(unknown.err.contains("did you mean `minutes`?"), "{}", unknown.err);
}

#[test]
fn a_new_folder_builds_at_once() {
    let run = Run::on_nothing();
    let outcome = run.convenor(&["new", "@/kestrel-vale"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let built = run.convenor(&["build", "@/kestrel-vale/conference.yaml", "-o", "@/out", "--all", "--to", "txt"]);
    assert_eq!(built.code, 0, "it builds at once: {}", built.err);
    assert_eq!(built.err.matches("warning[").count(), 1, "{}", built.err);
    assert!(built.err.contains("warning[to-fill-in]: "), "{}", built.err);
    for place in
        ["borough.yaml:12  concern.name", "conference.yaml:26  meeting.date", "conference.yaml:34  people.p-chair.name"]
    {
        assert!(built.err.contains(place), "`{place}` is not told: {}", built.err);
    }
    // Nobody's name, number or approval comes with it, and what is missing cannot go out.
    let all: String = run.files("kestrel-vale").iter().map(|file| run.read(file)).collect();
    for fact in ["Albright", "Okonkwo", "Hallam", "Z0000000", "7946", "Partnership", "2026-09-15", "Panel", "MARSHGATE"]
    {
        assert!(!all.contains(fact), "`{fact}` is a fact of the example");
    }
    let release = run.convenor(&[
        "release",
        "@/out/CSC-2026-014",
        "--checked-by",
        "Ruth Penhaligon",
        "--on",
        "2026-11-03",
        "--data",
        "@/kestrel-vale/conference.yaml",
    ]);
    assert!(release.code == 1 && release.err.contains("error[to-fill-in]: "), "{}", release.err);
    assert!(release.err.contains("borough.yaml:16  data_protection.officer"), "{}", release.err);
    for file in run.files("out").iter().chain(&run.files("kestrel-vale")) {
        let text = run.read(file);
        assert!(!text.to_lowercase().contains("marshgate"), "{file} still names another council");
    }
    assert!(run.read("out/CSC-2026-014/professional/terms.txt").contains("Kestrel Vale Council"));
    assert_eq!(run.convenor(&["build", "@/kestrel-vale/conference.yaml", "-o", "@/out", "--only", "guidance"]).code, 0);
    let again = run.convenor(&["new", "@/kestrel-vale"]);
    assert!(again.code != 0 && again.err.contains("there is something of this name already"), "{}", again.err);
    for bad in ["@/Big", "@/base", "@/-x", "@/a b"] {
        let outcome = run.convenor(&["new", bad]);
        assert!(outcome.err.contains("cannot be a council's id"), "{bad}: {}", outcome.err);
    }
}

#[test]
fn words_that_moved_since_they_were_accepted_show_once_for_all_papers() {
    let run = Run::on_the_example();
    let first = templates(&run, &["check"]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.contains("no words are kept"), "{}", first.out);
    assert_eq!(templates(&run, &["check", "--accept"]).code, 0);
    assert!(templates(&run, &["check"]).out.contains("every word is as it was accepted"));
    let run = run.with(
        "templates/invitation.md",
        "{% extends \"base/invitation.md\" %}\n{% block privacy %}\nWe keep your details safe.\n{% endblock %}\n",
    );
    let moved = templates(&run, &["check"]);
    assert_eq!(moved.code, 1);
    assert_eq!(moved.out.matches("We keep your details safe").count(), 1, "{}", moved.out);
    assert!(moved.out.contains("and 18 more"), "{}", moved.out);
    assert_eq!(templates(&run, &["check", "--accept"]).code, 0);
    assert_eq!(templates(&run, &["check"]).code, 0);
    // What is accepted stands beside the templates and is none of them.
    assert!(run.files("templates/.accepted").iter().any(|f| f.ends_with("professional/terms.md")));
    assert!(!templates(&run, &["list"]).out.contains("accepted"));
}

#[test]
fn four_changes_take_no_more_than_twenty_five_lines() {
    let before = Run::on_the_example();
    let run = Run::on_the_example()
        .edit("borough.yaml", "    singular: context safeguarding conference\n    plural: context safeguarding conferences\n", "    singular: safer spaces meeting\n    plural: safer spaces meetings\n")
        .edit("borough.yaml", "    abbreviation: CSC", "    abbreviation: SSM")
        .edit("borough.yaml", "\"#0b5d4e\"", "\"#5b2a86\"")
        .with("templates/terms.md", "{% extends \"base/terms.md\" %}\n{% block complaints -%}\n## 13. Complaints\n\n13.1 Tell the chair first. If that does not help, write to {{ borough.data_protection.complaints }}.\n{%- endblock %}\n")
        .with("templates/theme/brand.typ", "#import \"/base/theme/brand.typ\": *\n#let letterhead = place(top + left, dx: 25mm, dy: 27mm, rect(width: 155mm, height: 1mm, fill: colour))\n");
    let mut changed = 0;
    for file in ["borough.yaml", "templates/terms.md", "templates/theme/brand.typ"] {
        let old = if before.path(file).exists() { before.read(file) } else { String::new() };
        changed += run.read(file).lines().filter(|line| !old.lines().any(|o| o == *line)).count();
    }
    assert!(changed <= 25, "{changed} lines");
    before.build(&[]);
    run.build(&["--to", "pdf,txt"]);
    let folder = "out/CSC-2026-014/professional";
    let terms = run.read(&format!("{folder}/terms.txt"));
    assert!(terms.contains("safer spaces meeting") && terms.contains("Tell the chair first"), "{terms}");
    for paper in ["terms.pdf", "invitation-02-sgt-priya-nair.pdf"] {
        assert_ne!(run.bytes(&format!("{folder}/{paper}")), before.bytes(&format!("{folder}/{paper}")));
    }
}

/// What a killed `eject` leaves, step by step, was tried where its files are put; here is the one state between two files.
#[test]
fn an_eject_that_was_killed_between_its_two_files_goes_on_with_the_same_command() {
    let eject = ["eject", "terms", "--block", "scope"];
    let whole = Run::on_the_example();
    assert_eq!(templates(&whole, &eject).code, 0);
    let run = Run::on_the_example()
        .with("templates/.ejected.json", whole.read("templates/.ejected.json"))
        .with("templates/.convenor-stage/1", "half a templ");
    assert!(
        templates(&run, &["status"]).out.starts_with("Nothing is changed"),
        "the template does not stand there yet"
    );
    assert_eq!(templates(&run, &eject).code, 0);
    assert_eq!(run.files("templates"), whole.files("templates"), "what the killed run left is gone");
    assert_eq!(run.read("templates/terms.md"), whole.read("templates/terms.md"));
    assert_eq!(run.read("templates/.ejected.json"), whole.read("templates/.ejected.json"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it waits for another thread to notice a changed file")]
fn watch_makes_the_papers_again_when_a_template_changes() {
    let run = Run::on_the_example();
    let outcome = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            run.convenor(&[
                "watch",
                "@/conference.yaml",
                "--only",
                "terms",
                "--to",
                "txt",
                "-o",
                "@/out",
                "--times",
                "2",
            ])
        });
        let terms = run.path("out/CSC-2026-014/professional/terms.txt");
        for _ in 0..300 {
            if terms.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        std::fs::create_dir_all(run.path("templates")).expect("the tests may write");
        let mine = "{% extends \"base/terms.md\" %}{% block scope %}Watched.{% endblock %}\n";
        std::fs::write(run.path("templates/terms.md"), mine).expect("the tests may write");
        watching.join().expect("it ends")
    });
    assert!(outcome.code == 0 && is_quiet(&outcome.err), "{}", outcome.err);
    let told = "Changed: templates/terms.md\n  community/terms.txt\n  professional/terms.txt\n";
    assert!(outcome.out.contains(told), "{}", outcome.out);
    assert!(outcome.out.contains("2 files changed, 0 as before."), "{}", outcome.out);
    assert!(run.read("out/CSC-2026-014/professional/terms.txt").contains("Watched."));
}

#[test]
fn a_second_colour_large_print_a_footer_and_a_font_are_the_council_s() {
    let run = Run::on_the_example().edit(
        "borough.yaml",
        "brand: { colour: \"#0b5d4e\" }",
        "brand: { colour: \"#0b5d4e\", accent: \"#d98d2b\", text: \"#202830\", large_print: 20, footer: Marshgate works for everyone, fonts: [own-Regular.ttf, own-Bold.ttf] }",
    );
    let font = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name);
        std::fs::read(path).expect("it is ours")
    };
    let run = run
        .with("own-Regular.ttf", font("ConvenorSans-Regular.ttf"))
        .with("own-Bold.ttf", font("ConvenorSans-Bold.ttf"));
    let outcome = run.build(&["--only", "invitation", "--to", "pdf,txt"]);
    assert!(is_quiet(&outcome.err), "{}", outcome.err);
    let large = "out/CSC-2026-014/community/invitation-16-ms-yetunde-adebayo";
    assert!(run.read(&format!("{large}.txt")).contains("Marshgate works for everyone"));
    let mut plain = Run::on_the_example();
    plain.build(&["--only", "invitation", "--to", "pdf"]);
    let pages =
        |run: &Run| lopdf::Document::load_mem(&run.bytes(&format!("{large}.pdf"))).expect("a PDF").get_pages().len();
    assert!(pages(&run) > pages(&plain), "20 points take more pages than 16");
    // What is no font, and a font whose maker keeps it, are told at their place.
    let mut kept = font("ConvenorSans-Regular.ttf");
    forbid_embedding(&mut kept);
    plain = run.with("own-Regular.ttf", kept).with("own-Bold.ttf", "no font");
    let err = plain.convenor(&["check", "@/conference.yaml"]).err;
    assert!(err.contains("the maker of `own-Regular.ttf` does not allow papers to embed it"), "{err}");
    assert!(err.contains("`own-Bold.ttf` is not a font"), "{err}");
}

/// Sets `fsType` of the table OS/2 to 2: restricted licence embedding.
fn forbid_embedding(font: &mut [u8]) {
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let table = (0..tables).map(|i| 12 + 16 * i).find(|at| &font[*at..*at + 4] == b"OS/2").expect("it has one");
    let offset = u32::from_be_bytes([font[table + 8], font[table + 9], font[table + 10], font[table + 11]]) as usize;
    font[offset + 8..offset + 10].copy_from_slice(&2_u16.to_be_bytes());
}

#[test]
fn a_colour_that_nobody_can_read_is_told_with_the_nearest_that_passes() {
    let with = |brand: &str| {
        let run = Run::on_the_example().edit(
            "borough.yaml",
            "brand: { colour: \"#0b5d4e\" }",
            &format!("brand: {{ {brand} }}"),
        );
        run.convenor(&["check", "@/conference.yaml"])
    };
    for (brand, said) in [
        ("colour: \"#f5c242\"", "too pale for headings: 1.6:1 on white"),
        ("colour: \"#767676\"", "too pale for a link in a decision"),
        ("colour: \"#0b5d4e\", text: \"#999999\"", "too pale for text"),
        ("colour: \"#0b5d4e\", tint: \"#8899aa\"", "too dark as a background for text"),
    ] {
        let outcome = with(brand);
        assert!(outcome.code == 1 && outcome.err.contains(said), "{brand}: {}", outcome.err);
        let near = outcome.err.split("`\"#").nth(1).expect("a proposal").chars().take(6).collect::<String>();
        let field = if brand.contains("text") {
            "text"
        } else if brand.contains("tint") {
            "tint"
        } else {
            "colour"
        };
        let colour = if field == "colour" { String::new() } else { "colour: \"#0b5d4e\", ".to_owned() };
        assert_eq!(with(&format!("{colour}{field}: \"#{near}\"")).code, 0, "{near} passes");
    }
}

#[test]
fn a_reference_that_is_not_the_council_s_is_told() {
    let run = Run::on_the_example().edit("borough.yaml", "id: marshgate\n", "id: marshgate\nreference: CSC-YYYY-NNN\n");
    assert_eq!(run.convenor(&["check", "@/conference.yaml"]).code, 0);
    let run = run.edit("conference.yaml", "reference: CSC-2026-014", "reference: CSC-26-14");
    assert!(run.convenor(&["check", "@/conference.yaml"]).err.contains("`borough.yaml` says `CSC-YYYY-NNN`"));
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["show_terms", "list", "status", "diff"];
