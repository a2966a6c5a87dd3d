//! The fictional councils, each with words and a look of its own.

use crate::run::{PROGRAM, Run, pdf_text};

/// Papers of each council as they were read: the council, the name of the snapshot, the file.
const PAPERS: &[(&str, &str, &str)] = &[
    ("northmere", "northmere_terms", "CGC-2026-007/professional/terms.txt"),
    ("northmere", "northmere_invitation", "CGC-2026-007/community/invitation-07-mrs-ottoline-frayne.txt"),
    ("northmere", "northmere_minutes", "CGC-2026-007/community/minutes.txt"),
    ("kestrel-vale", "kestrel_vale_terms", "SPM-2026-021/professional/terms.txt"),
    ("kestrel-vale", "kestrel_vale_invitation", "SPM-2026-021/professional/invitation-02-pc-harriet-ngata.txt"),
    ("kestrel-vale", "kestrel_vale_minutes", "SPM-2026-021/community/minutes.txt"),
    ("kestrel-vale", "kestrel_vale_your_time", "SPM-2026-021/community/your-time-05-mr-yusuf-demirci.txt"),
];

#[test]
fn the_words_of_every_council_are_as_they_were_read() {
    for council in ["northmere", "kestrel-vale"] {
        let run = Run::on_the_council(council);
        let outcome = run.build(&["--to", "txt"]);
        assert!(crate::templates::is_quiet(&outcome.err), "{council}: {}", outcome.err);
        for (_, name, file) in PAPERS.iter().filter(|(of, ..)| *of == council) {
            insta::assert_snapshot!(*name, run.read(&format!("out/{file}")));
        }
    }
}

#[test]
fn every_council_passes_its_own_trial() {
    for council in ["marshgate", "northmere", "kestrel-vale"] {
        let run = Run::on_the_council(council);
        let outcome = run.convenor(&["templates", "check", "@/"]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{council}: {}", outcome.out);
    }
}

#[test]
fn each_council_speaks_its_own_words_and_no_other_s() {
    let county = Run::on_the_council("northmere");
    county.build(&["--to", "txt"]);
    let unitary = Run::on_the_council("kestrel-vale");
    unitary.build(&["--to", "txt"]);
    let all = |run: &Run| -> String {
        run.files("out")
            .iter()
            .filter(|f| f.ends_with(".txt"))
            .map(|f| run.read(f))
            .collect::<String>()
            .replace('\n', " ")
    };
    let (county, unitary) = (all(&county), all(&unitary));
    for (own, theirs, word) in [
        (&county, &unitary, "community group conference"),
        (&county, &unitary, "private time"),
        (&unitary, &county, "safer places meeting"),
        (&unitary, &county, "regional chair"),
        (&unitary, &county, "keep to the same terms"),
        (&unitary, &county, "we change places, not children"),
    ] {
        assert!(own.contains(word) && !theirs.contains(word), "{word}");
    }
    // The guidance names a page of the toolkit that is called so.
    let ours = |text: &str| text.replace("its page on context conferences", "").contains("context conference");
    assert!(!ours(&county) && !ours(&unitary));
    assert!(!unitary.contains("context plan") && !county.contains("context plan"));
}

#[test]
fn a_letterhead_of_a_council_leaves_the_address_where_the_window_is() {
    for (council, letter) in [
        ("northmere", "CGC-2026-007/community/invitation-07-mrs-ottoline-frayne.pdf"),
        ("kestrel-vale", "SPM-2026-021/professional/invitation-02-pc-harriet-ngata.pdf"),
    ] {
        let run = Run::on_the_council(council);
        run.build(&["--only", "invitation"]);
        let pdf = run.bytes(&format!("out/{letter}"));
        assert!(pdf_text(&pdf).contains("Dear "), "{council}");
        crate::letters::keeps_its_zones(letter, pdf);
    }
}

#[test]
fn a_council_whose_every_file_is_wrong_is_told_all_of_it_at_once() {
    let run = Run::on_the_council("faulty");
    let outcome = run.convenor(&["templates", "check", "@/"]);
    assert_eq!(outcome.code, 1);
    let files: Vec<String> = run.files("templates").into_iter().filter(|f| !f.contains("/.")).collect();
    for file in files.iter().map(|f| f.trim_start_matches("templates/")).chain(["borough.yaml"]) {
        assert!(outcome.err.contains(file), "nothing is said of {file}");
    }
    insta::assert_snapshot!("faulty", outcome.err);
    // The conference is no template: its fault is told where it is checked.
    assert!(run.convenor(&["check", "@/conference.yaml"]).err.contains("did you mean `p-coordinator`?"));
}

#[test]
fn a_fault_that_many_councils_share_is_one_error_that_names_them() {
    let run = Run::on_nothing();
    for council in ["ash", "beech", "cedar"] {
        assert_eq!(run.convenor(&["new", &format!("@/boroughs/{council}")]).code, 0);
    }
    let run = crate::templates::with_our_templates(run)
        .edit("newer/base/terms.md", "{% block scope -%}", "{% block scope -%}\n{% include \"parts/scope.md\" %}\n")
        .with("newer/base/parts/scope.md", "All of {{ borough.county }}.\n");
    let args = ["templates", "check", "@/boroughs/ash", "@/boroughs/beech", "@/boroughs/cedar", "--base", "@/newer"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!("shared_fault", outcome.err);
    assert_eq!(outcome.out.matches("1 error").count(), 3, "{}", outcome.out);
}

#[test]
fn each_kind_of_paper_has_the_signatory_that_the_council_names_for_it() {
    let signatories = "signatories:\n  agreement: { name: Rosalind Achebe, role: Caldicott Guardian }\n  invitation: { name: Ewan Tregarth, role: Head of Service }\nterms:\n";
    let run = Run::on_the_example().edit("borough.yaml", "terms:\n", signatories);
    run.build(&["--to", "txt"]);
    let read = |start: &str| {
        let file = run.files("out").into_iter().find(|f| f.contains(start)).expect("it was made");
        run.read(&file)
    };
    assert!(read("professional/agreement").contains("Rosalind Achebe, Caldicott Guardian"));
    let letter = read("community/invitation");
    assert!(letter.contains("Ewan Tregarth\n") && !letter.contains("Adaeze Okonkwo\n\nIndependent Chair"), "{letter}");
    assert!(!read("professional/terms").contains("Rosalind"));
    let wrong = Run::on_the_example().edit("borough.yaml", "terms:\n", &signatories.replace("agreement:", "agrement:"));
    let outcome = wrong.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[unknown-paper]: there is no paper called `agrement`"));
    assert!(
        outcome.err.contains("did you mean `agreement`?") && outcome.err.contains("borough.yaml:"),
        "{}",
        outcome.err
    );
}

/// The example with one more line among the council's settings.
fn with_setting(line: &str) -> Run {
    Run::on_the_example().edit("borough.yaml", "settings:\n", &format!("settings:\n  {line}\n"))
}

#[test]
fn working_days_are_counted_by_the_bank_holidays_of_the_nation() {
    // The minutes are due 15 working days after the meeting of 24 November 2026: St Andrew's Day lies between.
    let minutes = |run: Run| {
        run.build(&["--only", "terms", "--to", "txt"]);
        let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "minutes", "--to", "txt", "-o", "@/out"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        run.read("out/CSC-2026-014/professional/minutes.txt")
    };
    let (usual, scottish) = (minutes(Run::on_the_example()), minutes(with_setting("calendar: scotland")));
    let irish = minutes(with_setting("calendar: northern-ireland"));
    assert!(usual != scottish && usual == irish);
    // Wales keeps the days of England, and has a law of its own.
    let outcome = with_setting("calendar: wales").convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 0 && outcome.err.contains("warning[law-of-england]"), "{}", outcome.err);
    let outcome = with_setting("calendar: jersey").convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("`england-and-wales`"), "{}", outcome.err);
}

#[test]
fn the_legal_text_is_the_council_s_own_with_its_version() {
    let ours = include_str!("../../templates/base/legal.yaml");
    let first = ours.lines().find(|l| l.starts_with("    use: ")).expect("a basis says what it is used for");
    let own =
        ours.replacen("2026.2", "2027-03 of Marshgate", 1).replacen(first, "    use: Words of our own lawyers.", 1);
    let run = Run::on_the_example().with("templates/legal.yaml", own);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "agreement", "--to", "txt"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let agreements: Vec<String> = run.files("out").into_iter().filter(|f| f.ends_with(".txt")).collect();
    assert!(!agreements.is_empty());
    for file in agreements {
        let text = run.read(&file).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("2027-03 of Marshgate") && text.contains("Words of our own lawyers."), "{file}");
    }
}

#[test]
fn a_marking_scheme_is_the_council_s_and_leaves_no_paper_unmarked() {
    let run = with_setting("markings: { community: IN CONFIDENCE, restricted: SECRET TO THE ADDRESSEE }");
    run.build(&["--to", "txt"]);
    for file in run.files("out").iter().filter(|f| f.ends_with(".txt")) {
        let text = run.read(file);
        let head = text.lines().next().expect("it has a first line");
        let expected = match file.split('/').nth(2) {
            Some("public") => "OFFICIAL ",
            Some("community") => "IN CONFIDENCE ",
            Some("restricted") => "SECRET TO THE ADDRESSEE ",
            // Generic papers, for whose readers the scheme has no words.
            _ if file.ends_with("/guidance.txt") || file.ends_with("/terms.txt") => "OFFICIAL ",
            _ => "OFFICIAL-SENSITIVE ",
        };
        assert!(head.trim_start().starts_with(expected), "{file}: {head}");
    }
    for (line, said) in [
        ("markings: { restricted: Official }", "error[bad-marking]"),
        ("markings: { restricted: \"\" }", "error[empty-text]"),
        ("markings: { secret: SECRET }", "`secret`"),
    ] {
        let outcome = with_setting(line).convenor(&["check", "@/conference.yaml"]);
        assert!(outcome.code == 1 && outcome.err.contains(said), "{line}: {}", outcome.err);
    }
}

#[test]
fn what_the_community_gets_can_be_narrowed_and_not_widened() {
    let run = with_setting("community_papers: [invitation, minutes]");
    run.build(&["--to", "txt"]);
    let community: Vec<String> = run.files("out").into_iter().filter(|f| f.contains("/community/")).collect();
    let usual = Run::on_the_example();
    usual.build(&["--to", "txt"]);
    let all: Vec<String> = usual.files("out").into_iter().filter(|f| f.contains("/community/")).collect();
    let kept = |f: &String| f.contains("/invitation") || f.contains("/minutes");
    assert_eq!(community, all.iter().filter(|f| kept(f)).cloned().collect::<Vec<_>>());
    assert!(community.len() < all.len());
    for (name, said) in [
        ("annex", "error[not-for-community]: `annex` is not made for the community"),
        ("minuets", "error[unknown-paper]: there is no paper called `minuets`"),
    ] {
        let outcome = with_setting(&format!("community_papers: [{name}]")).convenor(&["check", "@/conference.yaml"]);
        assert!(outcome.code == 1 && outcome.err.contains(said), "{}", outcome.err);
        assert!(outcome.err.contains("borough.yaml:"), "it is told where it stands");
    }
}

#[test]
fn the_owner_of_an_action_is_told_its_own_actions_and_nobody_else_s() {
    let notice = include_str!("../../fixtures/kestrel-vale/templates/action-notice.md");
    let run = Run::on_the_example().with("templates/action-notice.md", notice);
    let outcome = run.build(&["--only", "action-notice", "--to", "txt"]);
    let files: Vec<String> = run.files("out").into_iter().filter(|f| f.ends_with(".txt")).collect();
    assert!(files.iter().any(|f| f.contains("/community/")) && files.iter().any(|f| f.contains("/professional/")));
    let checked = convenor::load(run.path("conference.yaml")).and_then(convenor::check).expect("it is sound");
    let actions = || checked.conference.goals.iter().flat_map(|g| &g.actions);
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let mut told = 0;
    for file in &files {
        let text = squeeze(&run.read(file));
        let owner = checked
            .conference
            .organisations
            .iter()
            .find(|(_, o)| text.contains(&squeeze(&format!("What {} took on", o.name))));
        let (owner, _) = owner.expect("the notice names its owner");
        for action in actions() {
            let there = text.contains(&squeeze(&action.text));
            assert!(!there || action.owner.as_ref() == Some(owner), "{file} tells an action of somebody else's");
            told += usize::from(there);
        }
    }
    assert!(told > 0);
    assert!(outcome.out.contains("Your actions (professional), due 27 November 2026"), "{}", outcome.out);
    // The gate finds a template out that tells more: the ledger lets an owner read its own actions only.
    let greedy = run.edit(
        "templates/action-notice.md",
        "{# block help",
        "{% for goal in record.goals %}{{ goal.goal }}{% endfor %}\n{# block help",
    );
    let outcome = greedy.convenor(&["build", "@/conference.yaml", "--only", "action-notice", "-o", "@/more"]);
    assert!(outcome.code == 1 && outcome.err.contains("`record` is not in the data"), "{}", outcome.err);
    let text = &actions().next().expect("there is one").text;
    let leaky = Run::on_the_example().with("templates/action-notice.md", format!("{notice}\n{text}\n"));
    let outcome = leaky.convenor(&["build", "@/conference.yaml", "--only", "action-notice", "-o", "@/more"]);
    assert!(
        outcome.code == 1 && outcome.err.contains("error[leak]") && leaky.files("more").is_empty(),
        "{}",
        outcome.err
    );
}

#[test]
fn the_owner_of_actions_gets_them_as_what_it_reads_and_in_the_community_after_an_undertaking() {
    let notice = include_str!("../../fixtures/kestrel-vale/templates/action-notice.md");
    // The audience of each notice, and its owner without the number before it.
    let notices = |conference: &str| -> Vec<(String, String)> {
        let run = Run::on_nothing().copied(&Run::on_the_example());
        let run = run.with("conference.yaml", conference).with("templates/action-notice.md", notice);
        run.build(&["--only", "action-notice", "--to", "txt"]);
        let files = run.files("out").into_iter().filter(|f| f.ends_with(".txt"));
        let parts = files.map(|f| {
            let mut parts = f.rsplit('/');
            let name = parts.next().and_then(|name| name.splitn(3, '-').nth(2)).expect("a number and an owner");
            (parts.next().expect("a folder").to_owned(), name.trim_end_matches(".txt").to_owned())
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort();
        parts
    };
    let expected = |community: &[&str]| -> Vec<(String, String)> {
        let professional = [
            "dace-park-academy",
            "london-borough-of-marshgate",
            "marshgate-licensing-and-regeneration",
            "marshgate-youth-service",
            "mill-lane-homes",
            "northlight-youth-trust",
        ];
        let all = community.iter().map(|o| ("community", *o)).chain(professional.map(|o| ("professional", o)));
        all.map(|(audience, owner)| (audience.to_owned(), owner.to_owned())).collect()
    };
    let text = Run::on_the_example().read("conference.yaml");
    let community = ["dace-park-residents-association", "lower-marsh-buses", "lower-marshgate-station"];
    assert_eq!(notices(&text), expected(&community));
    let mut unsigned = text.clone();
    while let Some(at) = unsigned.find(", undertaking: { signed: ") {
        let end = at + unsigned[at..].find('}').expect("it ends");
        unsigned.replace_range(at..=end, "");
    }
    assert_eq!(notices(&unsigned), expected(&[]));
}

#[test]
fn a_paper_is_due_on_a_working_day_before_or_after_the_meeting() {
    let own = |by: &str| {
        let front = format!(
            "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: report\naudiences: [professional]\nformats: [txt]\nfile: own\nby: {by}\n---\n# Own\n\nText.\n"
        );
        let run = Run::on_the_example().with("templates/own.md", front);
        run.convenor(&["build", "@/conference.yaml", "--only", "own", "-o", "@/out"])
    };
    // The meeting is on Tuesday 24 November 2026, and the papers are issued on 2 November.
    assert!(own("10 working days before the meeting").out.contains("Own (professional), due 10 November 2026"));
    assert!(own("minutes after the meeting").out.contains("Own (professional), due 15 December 2026"));
    let late = own("20 working days before the meeting");
    assert_eq!(late.code, 0);
    assert!(
        late.err.contains("warning[late]: `own` was due on 27 October 2026, 20 working days before the meeting"),
        "{}",
        late.err
    );
    assert!(late.err.contains("conference.yaml:8:"), "{}", late.err);
    let wrong = own("10 days before the meeting");
    assert!(
        wrong.code == 1 && wrong.err.contains("error[bad-front-matter]") && wrong.err.contains("own.md:9:"),
        "{}",
        wrong.err
    );
    let unknown = own("minuets after the meeting");
    assert!(unknown.err.contains("there is no timescale `minuets`") && unknown.err.contains("did you mean `minutes`?"));
    let run = Run::on_the_example();
    let explained = run.convenor(&["explain", "invitation"]).out;
    assert!(explained.contains("Due: 10 working days before the meeting (timescale `invitations`)"), "{explained}");
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &[
    "faulty",
    "shared_fault",
    "northmere_terms",
    "northmere_invitation",
    "northmere_minutes",
    "kestrel_vale_terms",
    "kestrel_vale_invitation",
    "kestrel_vale_minutes",
    "kestrel_vale_your_time",
];

/// Whoever works in the folder of their council names the conference by its bare name.
#[test]
fn a_region_above_is_found_from_within_the_councils_own_folder() {
    let council = Run::on_the_council("kestrel-vale");
    let run = council.files("").into_iter().fold(Run::on_nothing(), |run, file| {
        let place = if file.starts_with("regions/") { file.clone() } else { format!("council/{file}") };
        run.with(&place, council.bytes(&file))
    });
    let check = std::process::Command::new(PROGRAM)
        .args(["check", "conference.yaml"])
        .current_dir(run.path("council"))
        .output();
    let check = check.expect("the program runs");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
