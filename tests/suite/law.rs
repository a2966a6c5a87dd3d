//! Agreements print the law that is certain or confirmed, and no doubt of ours. Promises of confidence say what the law
//! changes.

use std::collections::BTreeSet;

use crate::run::{Outcome, Run};

const OUT: &str = "out/CSC-2026-014";
const POLICE: &str = "out/CSC-2026-014/professional/agreement-11-metropolitan-police.txt";
const BAKERY: &str = "out/CSC-2026-014/community/community-agreement-01-golden-oven-bakery.txt";
const COUNCILS: [&str; 3] = ["marshgate", "northmere", "kestrel-vale"];

/// The legal text of the base.
const LEGAL: &str = include_str!("../../templates/base/legal.yaml");

/// The sentence that says what no promise can change.
const LIMITS: &str = "The law comes first: a court or a criminal case may need papers, people may ask what is held about them, and anyone may report wrongdoing.";

/// The example, whose council has settled what is given.
fn settled(own: &str) -> Run {
    let run = Run::on_the_example();
    let borough = run.read("borough.yaml");
    let (before, _) = borough.split_once("\nlegal:\n").expect("the example's council has confirmed its law");
    let text = format!("{before}\n{own}\n");
    run.with("borough.yaml", text)
}

/// The version of our legal text.
fn ours() -> &'static str {
    LEGAL.lines().find_map(|l| l.strip_prefix("version: ")).expect("it has one").trim_matches('"')
}

fn check(run: &Run) -> Outcome {
    run.convenor(&["check", "@/conference.yaml"])
}

fn release(run: &Run, more: &[&str]) -> Outcome {
    let args = ["release", "@/out/CSC-2026-014", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-25"];
    run.convenor(&[&args, more].concat())
}

fn flat(run: &Run, file: &str) -> String {
    run.read(file).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a warning or error tells the reader to write: the example of its hint, for each point of its notes.
fn advised(err: &str) -> String {
    let hint =
        err.lines().find(|line| line.contains("= help: papers leave this out meanwhile")).expect("there is a hint");
    let start = hint.find("`legal: {").expect("it says what to write") + 1;
    let example = &hint[start..start + hint[start..].find('`').expect("it ends")];
    let told = err.split("[law-not-confirmed]").nth(1).expect("it is told");
    let notes = told.lines().take_while(|line| !line.contains("= help: "));
    let ids: Vec<&str> =
        notes.filter_map(|line| line.trim().strip_prefix("= note: ")?.split_once(':')).map(|(id, _)| id).collect();
    let entry = |id: &&str| format!("{id}: {{ by: NAME, on: YYYY-MM-DD, version: \"{}\" }}", ours());
    assert!(example.contains(&entry(&ids[0])), "{example}");
    let all: Vec<String> = ids.iter().map(entry).collect();
    example.replace(&entry(&ids[0]), &all.join(", "))
}

#[test]
fn what_is_unsure_of_the_law_is_printed_and_released_once_it_is_confirmed() {
    let run = settled("");
    let told = check(&run);
    assert_eq!(told.code, 0, "an old council stays valid: {}", told.err);
    assert!(told.err.contains("warning[law-not-confirmed]: 7 points of the law"), "{}", told.err);
    assert!(told.err.contains("children-wellbeing-2026-duty: The start was announced for 30 September 2026"));
    run.build(&["--to", "txt", "--only", "agreement", "--only", "terms"]);
    let draft = flat(&run, POLICE);
    assert!(!draft.contains("16LA") && !draft.contains("paragraph 18"), "it is left out, and not printed with a doubt");
    assert!(draft.contains("Article 6(1)(e)") && draft.contains("paragraph 10"), "what is certain is there");
    let refused = release(&run, &[]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("error[law-not-confirmed]"), "{}", refused.err);
    assert_eq!(release(&run, &["--only", "terms"]).code, 0, "papers that print no law are released");
    // What the hint says, done.
    let line = advised(&refused.err).replace("NAME", "Ines Albright").replace("YYYY-MM-DD", "2026-11-20");
    let text = format!("{}{line}\n", run.read("borough.yaml"));
    let run = run.with("borough.yaml", text);
    let told = check(&run);
    assert!(told.code == 0 && !told.err.contains("law-not-confirmed"), "{}", told.err);
    run.build(&["--to", "txt", "--only", "agreement"]);
    let outcome = release(&run, &["--only", "agreement"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let released = flat(&run, POLICE);
    assert!(released.contains("16LA") && released.contains("paragraph 18"), "{released}");
    assert!(released.contains("last confirmed for us by Ines Albright on 20 November 2026"), "{released}");
}

#[test]
fn an_unknown_part_of_the_law_is_answered_with_those_there_are() {
    let run = Run::on_the_example().edit("borough.yaml", "    legal-obligation:", "    article-9-2-g:");
    let told = check(&run);
    assert!(told.err.contains("warning[unknown-basis]: our legal text has nothing called `article-9-2-g`"));
    assert!(
        told.err.contains("= help: it has council-public-task, partner-public-task, legal-obligation,"),
        "{}",
        told.err
    );
}

#[test]
fn a_hint_that_is_pasted_with_its_places_unfilled_confirms_nothing() {
    let run = settled("");
    let line = advised(&check(&run).err);
    let text = format!("{}{line}\n", run.read("borough.yaml"));
    let outcome = check(&run.with("borough.yaml", text));
    assert!(outcome.code == 1 && outcome.err.contains("legal.confirmed."), "{}", outcome.err);
}

#[test]
fn what_the_officer_leaves_out_is_neither_printed_nor_asked_about() {
    let by = format!("{{ by: Ines Albright, on: 2026-10-02, version: \"{}\" }}", ours());
    let ids = [
        "legal-obligation",
        "health-or-social-care",
        "safeguarding-condition",
        "criminal-offence-data",
        "crime-and-disorder-115",
        "children-wellbeing-2026-duty",
        "duty-of-confidence",
    ];
    let lines: String = ids.iter().map(|id| format!("    {id}: {by}\n")).collect();
    let run = settled(&format!("legal:\n  left_out:\n{lines}    council-public-task: {by}\n"));
    assert!(!check(&run).err.contains("law-not-confirmed"));
    run.build(&["--to", "txt", "--only", "agreement"]);
    let text = flat(&run, POLICE);
    for gone in ["16LA", "section 115", "Article 6(1)(c)", "Public task of the council"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    assert_eq!(release(&run, &[]).code, 0);
}

#[test]
fn a_decision_for_one_version_of_the_legal_text_holds_for_no_other() {
    let with = |version: &str| {
        let run = Run::on_the_example();
        let from = format!("duty-of-confidence: {{ by: Ines Albright, on: 2026-10-02, version: \"{}\" }}", ours());
        let to = format!("duty-of-confidence: {{ by: Ines Albright, on: 2026-10-02{version} }}");
        check(&run.edit("borough.yaml", &from, &to)).err
    };
    assert!(!with(&format!(", version: \"{}\"", ours())).contains("law-not-confirmed"));
    let other = with(", version: \"2025.1\"");
    assert!(other.contains("settled for version 2025.1 of the legal text, and this is"), "{other}");
    // The text that was read may change: without its version nobody knows what was settled.
    let none = with("");
    assert!(none.contains("it does not say which version of the legal text was read"), "{none}");
}

#[test]
fn a_decision_needs_somebody_who_can_be_asked_about_it() {
    let from = format!("duty-of-confidence: {{ by: Ines Albright, on: 2026-10-02, version: \"{}\" }}", ours());
    for (by, is_told) in [("NAME", true), ("Ines", true), ("Data Protection Officer", false)] {
        let run = Run::on_the_example().edit("borough.yaml", &from, &from.replace("Ines Albright", by));
        let err = check(&run).err;
        assert_eq!(err.contains("duty-of-confidence: say who settled it"), is_told, "{by}: {err}");
        run.build(&["--to", "txt", "--only", "agreement"]);
        assert_eq!(release(&run, &["--only", "agreement"]).code, u8::from(is_told), "{by}");
    }
}

#[test]
fn an_agreement_takes_the_place_of_one_that_was_signed_and_of_none_to_come() {
    let replaces = |signed: &str| {
        let run = Run::on_the_example();
        let run = run.edit("conference.yaml", "agreement: { signed: 2026-04-14, review: 2027-04-14 }", signed);
        run.build(&["--to", "txt", "--only", "agreement"]);
        flat(&run, POLICE).contains("takes the place of the one signed on")
    };
    assert!(replaces("agreement: { signed: 2026-04-14, review: 2027-04-14 }"));
    assert!(!replaces("agreement: { signed: 2026-11-03, review: 2027-11-03 }"), "the paper is of the day before");
}

#[test]
fn a_decision_of_the_future_is_none_when_papers_are_released() {
    let from = format!("duty-of-confidence: {{ by: Ines Albright, on: 2026-10-02, version: \"{}\" }}", ours());
    let run = Run::on_the_example().edit("borough.yaml", &from, &from.replace("2026-10-02", "2099-10-02"));
    run.build(&["--to", "txt", "--only", "agreement"]);
    let outcome = release(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("2099-10-02, which is in the future"), "{}", outcome.err);
}

#[test]
fn one_part_of_the_law_is_confirmed_or_left_out_and_not_both() {
    let by = format!("{{ by: Ines Albright, on: 2026-10-02, version: \"{}\" }}", ours());
    let run = settled(&format!("legal: {{ confirmed: {{ caldicott: {by} }}, left_out: {{ caldicott: {by} }} }}"));
    let outcome = check(&run);
    assert!(outcome.code == 1 && outcome.err.contains("`caldicott` is both confirmed and left out"), "{}", outcome.err);
}

#[test]
fn no_council_of_ours_has_law_to_confirm_and_none_prints_a_doubt() {
    let questions = LEGAL.lines().filter_map(|line| line.trim().strip_prefix("to_confirm: "));
    let questions: Vec<String> = questions.map(str::to_owned).collect();
    assert_eq!(questions.len(), 7);
    for council in COUNCILS {
        let run = Run::on_the_council(council);
        let told = check(&run);
        assert!(told.code == 0 && !told.err.contains("law-not-confirmed"), "{council}: {}", told.err);
        run.build(&["--to", "txt"]);
        for file in run.files("out").iter().filter(|f| f.ends_with(".txt")) {
            // Minutes say that they are still to be checked.
            let text = flat(&run, file).replace("still to be checked and released", "");
            let doubts = ["o be confirmed", "o be checked", "not in force", "ot read at", "was not read", "– check"];
            let doubt = doubts.into_iter().chain(questions.iter().map(String::as_str)).find(|d| text.contains(d));
            assert_eq!(doubt, None, "{council}: {file}");
        }
    }
}

#[test]
fn each_condition_goes_with_its_own_paragraph_of_the_schedule() {
    let names: Vec<&str> = LEGAL.lines().filter_map(|line| line.trim().strip_prefix("name: ")).collect();
    let of = |article: &str| names.iter().filter(|n| n.contains(article)).copied().collect::<Vec<_>>();
    let (care, interest) = (of("9(2)(h)"), of("9(2)(g)"));
    assert!(care.len() == 1 && care[0].ends_with("Schedule 1, paragraph 2)"), "{care:?}");
    let ends: BTreeSet<&str> = interest.iter().filter_map(|n| n.rsplit("paragraph ").next()).collect();
    assert_eq!(ends, BTreeSet::from(["10)", "18)"]));
    for law in [
        "section 16LA",
        "section 149",
        "Human Rights Act 1998, section 6",
        "common law",
        "Caldicott",
        "Part 3",
        "164A",
        "section 17)",
        "section 115)",
        "Children Act 2004, section 10)",
    ] {
        assert!(names.iter().any(|name| name.contains(law)), "{law}");
    }
}

#[test]
fn whatever_promises_confidence_says_what_the_law_changes() {
    for council in COUNCILS {
        let run = Run::on_the_council(council);
        run.build(&["--to", "txt", "--only", "agreement,community-agreement,undertaking,terms"]);
        let files: Vec<String> = run.files("out").into_iter().filter(|f| f.ends_with(".txt")).collect();
        assert!(files.len() > 4, "{council}: {files:?}");
        for file in files {
            let text = flat(&run, &file);
            assert!(text.contains(LIMITS), "{file}: {text}");
            for promise in ["stays there", "will never tell"] {
                assert!(!text.contains(promise), "{file} says `{promise}`");
            }
        }
    }
}

#[test]
fn a_community_agreement_has_two_sides_and_a_professional_one_eight_pages() {
    for council in ["marshgate", "northmere"] {
        let run = Run::on_the_council(council);
        run.build(&["--to", "pdf", "--only", "agreement,community-agreement"]);
        let files: Vec<String> = run.files("out").into_iter().filter(|f| f.ends_with(".pdf")).collect();
        assert!(files.len() > 8, "{files:?}");
        for file in files {
            let pages = lopdf::Document::load_mem(&run.bytes(&file)).expect("it is a PDF").get_pages().len();
            let most = if file.contains("/community/") { 2 } else { 8 };
            assert!(pages <= most, "{council}: {file} has {pages} pages");
        }
    }
}

#[test]
fn what_goes_with_the_community_agreement_is_made_where_only_that_is_kept() {
    let kept = |papers: &str| {
        let run = Run::on_the_example();
        let run = run.edit("borough.yaml", "settings:\n", &format!("settings:\n  community_papers: {papers}\n"));
        run.build(&["--to", "txt", "--for", "community"]);
        let files = run.files(&format!("{OUT}/community"));
        let name =
            |file: &String| file.rsplit('/').next().expect("it has a name").split("-0").next().map(str::to_owned);
        files.iter().filter(|f| f.ends_with("golden-oven-bakery.txt")).filter_map(name).collect::<Vec<_>>()
    };
    assert_eq!(kept("[community-agreement]"), ["community-agreement", "community-forms", "undertaking"]);
    assert!(kept("[terms]").is_empty());
}

#[test]
fn a_shopkeeper_reads_what_a_term_of_the_trade_means_and_a_professional_the_term() {
    let front = "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: form\naudiences: [community, professional]\nformats: [pdf]\nfile: own\n---\n";
    let own = format!("{front}# Own\n\nWe are worried about {{{{ conference.context.harms | and }}}}.\n");
    let words = |run: Run| {
        let run = run.with("templates/own.md", &own);
        run.build(&["--to", "txt", "--only", "own"]);
        ["community", "professional"].map(|audience| flat(&run, &format!("{OUT}/{audience}/own.txt")))
    };
    let plain = "people who get children to commit crimes for them (child criminal exploitation)";
    let [community, professional] = words(Run::on_the_example());
    assert!(community.contains(plain) && community.contains("robbery"), "{community}");
    assert!(!professional.contains(plain) && professional.contains("child criminal exploitation"), "{professional}");
    let own = "harms: { Child Criminal Exploitation: people who use children to carry things }\nsettings:\n";
    let [community, _] = words(Run::on_the_example().edit("borough.yaml", "settings:\n", own));
    assert!(community.contains("people who use children to carry things (child criminal"), "{community}");
    // However the coordinator writes it.
    let capital =
        Run::on_the_example().edit("conference.yaml", "child criminal exploitation", "Child criminal exploitation");
    let [community, _] = words(capital);
    assert!(community.contains("people who get children to commit crimes for them (Child criminal"), "{community}");
}

#[test]
fn plain_words_for_harms_fit_their_sentence_and_blame_nobody() {
    let harms = include_str!("../../templates/base/harms.yaml");
    let all: Vec<(&str, &str)> =
        harms.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(": ")).collect();
    assert!(all.len() > 10, "{all:?}");
    for (harm, plain) in all {
        assert_eq!(harm, harm.to_lowercase());
        assert!(plain.split(' ').count() <= 14 && !plain.contains(',') && !plain.ends_with('.'), "{harm}: {plain}");
        assert!(!["offend", "gang", "promiscu", "at risk"].iter().any(|word| plain.contains(word)), "{harm}: {plain}");
    }
}

#[test]
fn terms_tell_the_truth_about_a_group_of_friends_and_about_private_time() {
    let terms = |run: &Run, file: &str| {
        let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "terms", "--to", "txt"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        flat(run, file)
    };
    let professional = format!("{OUT}/professional/terms.txt");
    let place = Run::on_the_example();
    assert!(!terms(&place, &professional).contains("private time"));
    let guests = place.edit("conference.yaml", "form: social-care-chaired", "form: community-group");
    assert!(terms(&guests, &professional).contains("private time: people from the community talk without"));
    // A conference about peers has professionals only.
    let text = guests.read("conference.yaml").replace("  kind: place  ", "  kind: peer-group  ");
    let peers = Run::on_the_example().with("conference.yaml", text);
    let told = terms(&peers, &professional);
    for said in ["This meeting is about a peer group", "there is no community version", "families do not take part"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    for other in ["private time", "confidentiality undertaking", "Youth representatives", "Community partners"] {
        assert!(!told.contains(other), "{other}: {told}");
    }
    assert!(peers.files(&format!("{OUT}/community")).is_empty());
}

#[test]
fn numbers_in_agreements_say_that_they_are_agreed_locally() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", "agreement,community-agreement"]);
    let (police, bakery) = (flat(&run, POLICE), flat(&run, BAKERY));
    assert!(police.contains("within 24 hours of finding out. That limit is agreed locally."), "{police}");
    assert!(police.contains("then every 12 months. These dates are locally agreed."), "{police}");
    assert!(bakery.contains("within 24 hours, as agreed locally"), "{bakery}");
    assert!(bakery.contains("by 2 November 2027, as agreed locally"), "{bakery}");
}

#[test]
fn what_is_certain_needs_nobody_and_is_printed_whatever_version_somebody_read() {
    let run = settled("").edit(
        "borough.yaml",
        "settings:\n",
        "legal:\n  confirmed: { caldicott: { by: Ines Albright, on: 2026-10-02, version: \"2025.1\" } }\nsettings:\n",
    );
    let told = check(&run).err;
    assert!(!told.contains("caldicott: it was settled"), "{told}");
    run.build(&["--to", "txt", "--only", "agreement"]);
    assert!(flat(&run, POLICE).contains("Caldicott"));
}

#[test]
fn a_council_s_own_legal_text_is_unsure_of_what_it_does_not_call_in_force() {
    let law = "    status: in force\n    source: Human Rights Act 1998, section 6\n";
    let doubted = "    status: announced\n    status_note: Nobody has seen it begin.\n    source: Human Rights Act 1998, section 6\n";
    assert!(LEGAL.contains(law));
    let own = "{% extends \"base/agreement.md\" %}{% block opening %}\n# Ours\n\n{% for duty in organisation.duties %}\n{{ duty.id }} is {{ duty.status }}{% if duty.status_note is defined %} ({{ duty.status_note }}){% endif %};\n{% endfor %}\n{% endblock %}\n";
    let run = Run::on_the_example().with("templates/legal.yaml", LEGAL.replace(law, doubted));
    let run = run.with("templates/agreement.md", own);
    let told = check(&run);
    assert!(told.err.contains("human-rights-6: Nobody has seen it begin."), "{}", told.err);
    run.build(&["--to", "txt", "--only", "agreement"]);
    let text = flat(&run, POLICE);
    assert!(!text.contains("human-rights-6") && !text.contains("Human Rights Act 1998, section 6"), "{text}");
    // Once it is confirmed nothing is left of the doubt, and the latest decision dates the law.
    let line = format!("    human-rights-6: {{ by: Ada Whitcombe, on: 2026-10-30, version: \"{}\" }}\n", ours());
    let run = run.edit("borough.yaml", "\n  confirmed:\n", &format!("\n  confirmed:\n{line}"));
    assert!(!check(&run).err.contains("law-not-confirmed"), "{}", check(&run).err);
    run.build(&["--to", "txt", "--only", "agreement"]);
    let text = flat(&run, POLICE);
    assert!(text.contains("human-rights-6 is confirmed;") && text.contains("equality-149 is in force;"), "{text}");
    assert!(text.contains("last confirmed for us by Ada Whitcombe on 30 October 2026"), "{text}");
}

#[test]
fn no_kind_of_paper_that_prints_the_law_is_released_before_it_is_settled() {
    for paper in ["agreement", "community-agreement", "community-forms"] {
        let run = settled("");
        run.build(&["--to", "txt", "--only", paper]);
        let refused = release(&run, &["--only", paper]);
        assert!(refused.code == 1 && refused.err.contains("error[law-not-confirmed]"), "{paper}: {}", refused.err);
    }
}

#[test]
fn a_part_of_the_council_is_asked_for_no_agreement_and_reads_as_if_it_had_one() {
    let run = Run::on_the_example();
    let built = |run: &Run| {
        let only = "agreement,invitation";
        let done = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only, "--all"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let texts: Vec<_> = run.files("out").into_iter().filter(|file| file.ends_with(".txt")).collect();
        texts.into_iter().map(|file| (run.read(&file), file)).collect::<Vec<_>>()
    };
    let own = |texts: &[(String, String)]| texts.iter().filter(|(_, file)| file.contains("youth-justice")).count();
    let letter = |texts: &[(String, String)]| {
        let theirs = texts.iter().find(|(text, _)| text.contains("Dear Mr Campbell-Hughes"));
        theirs.expect("a letter").0.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let part = built(&run);
    assert_eq!(own(&part), 0, "there is no agreement with it");
    assert!(!letter(&part).contains("agreement"), "{}", letter(&part));
    // The same organisation, as a body of its own.
    let apart =
        Run::on_the_example().edit("conference.yaml", "category: statutory, part_of: council,", "category: statutory,");
    let apart = built(&apart);
    assert_eq!(own(&apart), 1, "there is one with it");
    assert!(letter(&apart).contains("agreement"), "{}", letter(&apart));
    // Where only an agreement opens the professional papers, belonging to the council does.
    let other = "justice:      { name: Marshgate Youth Justice Service, category: other, quorum: agency }";
    let run =
        Run::on_the_example().edit("conference.yaml", "category: statutory, part_of: council,", "category: other,");
    assert!(run.read("conference.yaml").contains(other), "the edit was made");
    let downgraded = |run: &Run| run.convenor(&["check", "@/conference.yaml"]).err.matches("[downgraded]").count();
    let without = downgraded(&run);
    let run = run.edit("conference.yaml", "category: other,", "category: other, part_of: council,");
    assert_eq!(downgraded(&run) + 1, without);
}
