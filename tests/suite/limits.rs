//! A council's templates are somebody else's code: what they may read, and what they may cost.

use std::time::Duration;

use convenor::{Apart, OwnThemes, Request};

use crate::run::{PROGRAM, Run};

const FRONT: &str = "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: report\naudiences: [professional]\nformats: [pdf]\nfile: own\n---\n# Own\n\n";

/// What comes of building a paper of the council's own, with its exit code.
fn own(body: &str) -> (u8, String) {
    let run = Run::on_the_example().with("templates/own.md", format!("{FRONT}{body}\n"));
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "own", "--to", "txt", "-o", "@/out"]);
    assert!(outcome.code == 0 || run.files("out").is_empty(), "nothing is written where something is wrong");
    (outcome.code, outcome.err)
}

#[test]
fn an_old_copy_of_a_whole_theme_file_is_named_with_what_to_do() {
    let copy = "#import \"brand.typ\": *\n#let report(s, body) = sheet(s, 2, body)\n";
    let run = Run::on_the_example().with("templates/theme/report.typ", copy);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "terms"]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.err.contains("error[bad-theme]: unresolved import"), "{}", outcome.err);
    assert!(outcome.err.contains("theme/report.typ` takes the place of a whole file of ours"), "{}", outcome.err);
    // What it advises, done, removes the error. A file that begins with ours is no copy.
    let run = run.with("templates/theme/report.typ", "#import \"/base/theme/report.typ\": *\n#let own = no-such\n");
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "terms"]);
    assert!(outcome.err.contains("unknown variable") && !outcome.err.contains("takes the place"), "{}", outcome.err);
    std::fs::remove_file(run.path("templates/theme/report.typ")).expect("it is there");
    run.build(&["--only", "terms"]);
}

#[test]
fn a_template_that_would_run_for_ever_is_stopped_at_its_loop() {
    let nested = "{% for a in range(end=60000) %}{% for b in range(end=60000) %}{% for c in range(end=60000) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}";
    let (code, err) = own(nested);
    assert_eq!(code, 1);
    assert!(err.contains("error[over-limit]") && err.contains("a loop runs too often"), "{err}");
    assert!(err.contains("marshgate/own.md:12:"), "{err}");
    // Without a word printed, the work is counted all the same.
    let silent =
        "{% for a in range(end=60000) %}{% for b in range(end=60000) %}{% set x = a %}{% endfor %}{% endfor %}";
    assert!(own(silent).1.contains("a loop runs too often"));
}

#[test]
fn a_template_that_eats_memory_is_stopped() {
    let mut doubling = "{% set x = \"0123456789abcdef\" %}\n".to_owned();
    doubling.push_str(&"{% set x = x ~ x %}\n".repeat(60));
    let (code, err) = own(&doubling);
    assert_eq!(code, 1);
    assert!(err.contains("error[over-limit]") && err.contains("grows too long"), "{err}");
    let lists = format!("{{% set x = [1] %}}\n{}", "{% set x = [x, x, x, x] %}\n".repeat(40));
    assert!(own(&lists).1.contains("grows too long"));
    let replaced = format!(
        "{{% set x = \"{0}\" %}}{{{{ x | replace(from=\"a\", to=x) | replace(from=\"a\", to=x) }}}}",
        "a".repeat(3_000)
    );
    assert!(own(&replaced).1.contains("grows too long"));
    let long =
        format!("{{% set x = \"{}\" %}}{{% for a in range(end=2000) %}}{{{{ x }}}}{{% endfor %}}", "word ".repeat(700));
    let (_, err) = own(&long);
    assert!(err.contains("longer than 4 MB") && err.contains("--> marshgate/own.md"), "{err}");
}

#[test]
fn a_check_finds_what_a_build_would_refuse_in_a_councils_words() {
    let long = "{% for a in range(end=60000) %}{% for b in range(end=60000) %}{{ b }}{% endfor %}{% endfor %}";
    let endless = "{% for a in range(end=60000) %}{% for b in range(end=60000) %}{% endfor %}{% endfor %}";
    for (body, said) in [
        (long, "error[over-limit]: the paper is longer than 4 MB"),
        (endless, "error[over-limit]: this does more work than any paper needs: a loop runs too often"),
        ("Children 👪 first", "error[no-glyph]: no font has the character `👪` (U+1F46A)"),
        ("{{ conference.nothing }}", "error[missing-in-template]: `conference.nothing` is not in the data"),
    ] {
        let run = Run::on_the_example().with("templates/own.md", format!("{FRONT}{body}\n"));
        let [checked, built] = ["check", "build"].map(|verb| run.convenor(&[verb, "@/conference.yaml"]));
        assert!(checked.code == 1 && checked.err.contains(said), "{}", checked.err);
        assert!(checked.err.contains("/own.md") && built.err.contains(said), "{}{}", checked.err, built.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_check_finds_what_a_build_would_refuse_in_a_councils_theme() {
    for (line, said) in [
        ("#let x = \"a\" * 2000000000", "error[over-limit]: with this theme, "),
        ("#let colour = no-such-thing", "error[bad-theme]: unknown variable: no-such-thing"),
    ] {
        let run = with_theme(line);
        let [checked, built] = ["check", "build"].map(|verb| run.convenor(&[verb, "@/conference.yaml"]));
        for outcome in [&checked, &built] {
            assert!(outcome.code == 1 && outcome.err.contains(said), "{}", outcome.err);
            assert!(outcome.err.contains("marshgate/theme/brand.typ"), "{}", outcome.err);
        }
        let json = run.convenor(&["check", "@/conference.yaml", "--message-format", "json"]).err;
        assert!(json.contains("\"file\":\"templates/theme/brand.typ\""), "{json}");
    }
    // A fault that only one kind of layout shows is found too.
    let table = "#show table: it => panic(\"no tables\")";
    let run = Run::on_the_example().with("templates/theme/brand.typ", "#import \"/base/theme/brand.typ\": *\n");
    assert_eq!(run.convenor(&["check", "@/conference.yaml"]).code, 0, "a sound theme is no error");
    let document = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/theme/document.typ"));
    let run = run.with("templates/theme/document.typ", format!("{table}\n{}", document.expect("it is there")));
    let [checked, built] = ["check", "build"].map(|verb| run.convenor(&[verb, "@/conference.yaml"]));
    assert_eq!((checked.code, built.code), (1, 1), "{}{}", checked.err, built.err);
    // So is one that only letters, only reports or only forms have.
    let document = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/theme/document.typ"));
    let document = document.expect("it is there");
    for layout in ["letter", "report", "form"] {
        let fault = format!("#if meta.layout == \"{layout}\" {{ panic(\"not so\") }}\n#let size = ");
        let run =
            Run::on_the_example().with("templates/theme/document.typ", document.replacen("#let size = ", &fault, 1));
        let checked = run.convenor(&["check", "@/conference.yaml"]);
        assert!(checked.code == 1 && checked.err.contains("not so"), "{layout}: {}", checked.err);
    }
}

#[test]
fn what_cannot_be_bounded_is_refused_where_it_stands() {
    for (body, said) in [
        ("{% set x %}a{% endset %}", "a block cannot be stored under a name"),
        ("{% filter upper %}a{% endfilter %}", "a filter cannot enclose a section"),
        ("{{ [x for x in conference.context.harms] }}", "a list cannot be made by a loop in brackets"),
    ] {
        let (code, err) = own(body);
        assert_eq!(code, 1, "{body}");
        assert!(err.contains(said) && err.contains("marshgate/own.md:12:1"), "{body}: {err}");
    }
}

#[test]
fn templates_that_include_one_another_without_end_are_stopped() {
    let mut run = Run::on_the_example().with("templates/own.md", format!("{FRONT}{{% include \"parts/a0.md\" %}}\n"));
    for n in 0..20 {
        let both = format!("{{% include \"parts/a{0}.md\" %}}{{% include \"parts/a{0}.md\" %}}", n + 1);
        run = run.with(&format!("templates/parts/a{n}.md"), both);
    }
    let run = run.with("templates/parts/a20.md", "x");
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "own", "-o", "@/out"]);
    assert!(outcome.err.contains("includes more than 1,000 others"), "{}", outcome.err);
    let ring = Run::on_the_example()
        .with("templates/own.md", format!("{FRONT}{{% include \"parts/ring.md\" %}}\n"))
        .with("templates/parts/ring.md", "{% include \"parts/ring.md\" %}");
    let outcome = ring.convenor(&["build", "@/conference.yaml", "--only", "own", "-o", "@/out"]);
    assert!(outcome.code == 1 && outcome.err.contains("includes itself"), "{}", outcome.err);
}

#[test]
fn a_fault_after_a_loop_is_shown_at_its_own_place() {
    let (_, err) = own("{% for h in conference.context.harms %}{{ h }} {% endfor %}{{ nobody }}");
    assert!(err.contains("own.md:12:"), "{err}");
    let caret = err.lines().find(|l| l.contains("^^^^^^")).expect("a caret");
    let line = err.lines().find(|l| l.contains("{{ nobody }}")).expect("the line");
    assert_eq!(caret.find('^'), line.find("nobody"), "{err}");
}

#[cfg(unix)]
#[test]
fn templates_and_logos_do_not_leave_their_folder() {
    let run = Run::on_the_example().with("secret.txt", "the secret").with("templates/x.md", "x");
    std::os::unix::fs::symlink(run.path("secret.txt"), run.path("templates/link.md")).expect("the tests may link");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 3 && outcome.err.contains("templates must not leave their folder"), "{}", outcome.err);
    let theme = "#import \"/base/theme/brand.typ\": *\n#let letterhead = read(\"../../secret.txt\")\n";
    let run = Run::on_the_example().with("secret.txt", "the secret").with("templates/theme/brand.typ", theme);
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "invitation", "-o", "@/out"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[bad-theme]"), "{}", outcome.err);
    let theme = "#import \"@preview/cetz:0.4.0\"\n#import \"/base/theme/brand.typ\": *\n";
    let run = Run::on_the_example().with("templates/theme/brand.typ", theme);
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "invitation", "-o", "@/out"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[bad-theme]"), "{}", outcome.err);
}

/// A theme with a line of its own that every paper runs.
fn with_theme(line: &str) -> Run {
    let theme = format!("#import \"/base/theme/brand.typ\": *\n{line}\n");
    Run::on_the_example().with("templates/theme/brand.typ", theme)
}

/// What comes of the invitations of a council, laid out in this way.
fn letters(run: &Run, themes: OwnThemes) -> Result<Vec<Vec<u8>>, String> {
    let loaded = convenor::load(run.path("conference.yaml")).expect("the files can be read").with_own_themes(themes);
    let checked = convenor::check(loaded).expect("the example is sound");
    let request = Request { only: vec!["invitation".into()], ..Request::default() };
    let pack = convenor::build(&checked, &request).map_err(|report| report.to_string())?;
    Ok(pack.files.into_iter().map(|file| file.data().to_vec()).collect())
}

#[cfg(target_os = "linux")]
#[test]
fn a_theme_that_eats_memory_is_stopped() {
    for line in [
        "#let x = \"a\" * 2000000000",
        "#let x = range(200000000)",
        "#let x = { let list = (1, 2, 3); for i in range(60) { list += list }; list }",
        "#let x = { let text = \"text\"; for i in range(60) { text += text }; text }",
    ] {
        let run = with_theme(line);
        let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "invitation", "-o", "@/out"]);
        assert_eq!(outcome.code, 1, "{line}: {}", outcome.err);
        assert!(outcome.err.contains("error[over-limit]: with this theme, "), "{line}: {}", outcome.err);
        assert!(outcome.err.contains("marshgate/theme/brand.typ") && outcome.err.contains("= help: look for a loop"));
        assert!(run.files("out").is_empty(), "nothing is written where something is wrong");
    }
}

#[test]
fn a_theme_that_runs_for_ever_is_stopped_after_the_time_that_it_has() {
    let apart = Apart { time: Duration::from_secs(1), ..Apart::new(PROGRAM) };
    for line in [
        "#for i in range(100000) { for j in range(400) { let x = str(j) } }",
        "#for i in range(1000000) { for j in range(1000000) { let x = j } }",
        "#{ let i = 0; while i < 9000 { i += 1; let j = 0; while j < 9000 { j += 1; let k = 0; while k < 9000 { k += 1 } } } }",
    ] {
        let error = letters(&with_theme(line), OwnThemes::Apart(apart.clone())).expect_err(line);
        assert!(error.contains("takes longer than 1 second"), "{line}: {error}");
        assert!(
            error.contains("error[over-limit]") && error.contains("--> marshgate/theme/brand.typ"),
            "{line}: {error}"
        );
    }
}

#[test]
fn the_other_councils_of_a_run_go_on_when_the_theme_of_one_is_stopped() {
    let run = Run::on_nothing();
    for council in ["ash", "beech", "cedar"] {
        assert_eq!(run.convenor(&["new", &format!("@/{council}")]).code, 0);
    }
    let theme =
        "#import \"/base/theme/brand.typ\": *\n#for i in range(1000000) { for j in range(1000000) { let x = j } }\n";
    let run = run.with("beech/templates/theme/brand.typ", theme);
    let outcome = run.convenor(&["templates", "check", "@/ash", "@/beech", "@/cedar"]);
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.err.matches("error[").count(), 1, "{}", outcome.err);
    assert!(outcome.err.contains("takes longer than 20 seconds") && outcome.err.contains("beech/theme/brand.typ"));
    for (council, verdict) in [("ash", "no problem found"), ("beech", "1 error"), ("cedar", "no problem found")] {
        let line = outcome.out.lines().find(|line| line.starts_with(council)).expect("each is told");
        assert!(line.contains(verdict), "{line}");
    }
}

#[test]
fn a_theme_gives_the_same_bytes_wherever_it_runs_and_does_not_run_unless_somebody_says_where() {
    let run = with_theme("#let colour = rgb(\"#5b1a4a\")");
    let here = letters(&run, OwnThemes::Here).expect("the theme is sound");
    let apart = letters(&run, OwnThemes::Apart(Apart::new(PROGRAM))).expect("the theme is sound");
    assert!(here == apart && !here.is_empty());
    let refused = letters(&run, OwnThemes::Refused).expect_err("nobody said where");
    assert!(refused.contains("error[bad-theme]: theme code of a council's own may not run here"), "{refused}");
    // Another program than ours is found out before it sees a paper.
    let other = letters(&run, OwnThemes::Apart(Apart::new("/bin/cat"))).expect_err("it is another program");
    assert!(other.contains("did not start"), "{other}");
    // Without theme code of its own a council needs nobody's leave.
    assert!(letters(&Run::on_the_example(), OwnThemes::Refused).is_ok());
}

#[test]
fn papers_with_a_theme_of_the_council_s_own_are_released_as_they_were_checked() {
    let run = Run::on_the_council("kestrel-vale");
    run.build(&["--only", "terms,invitation"]);
    let folder = "@/out/SPM-2026-021";
    let released = run.convenor(&["release", folder, "--checked-by", "Ruth Penhaligon", "--on", "2026-09-08"]);
    assert!(released.code == 0 && released.out.contains("8 papers released"), "{}{}", released.out, released.err);
    assert_eq!(run.convenor(&["verify", folder]).code, 0);
}

#[test]
fn a_fault_of_a_theme_tells_how_the_engine_came_there() {
    let theme = "#import \"/base/theme/brand.typ\": *\n#import \"own.typ\": bar\n#let letterhead = bar(1)\n";
    let run = Run::on_the_example()
        .with("templates/theme/brand.typ", theme)
        .with("templates/theme/own.typ", "#let bar(n) = {\n  rectangle(width: n)\n}\n");
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "invitation", "-o", "@/out"]);
    insta::assert_snapshot!("theme_chain", outcome.err);
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["theme_chain"];
