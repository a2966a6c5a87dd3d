//! Papers in other languages: who gets which, what runs from the right, and what a check says of words that nobody has read.

use crate::run::{Run, page_texts, squeezed};

/// The letters to the five people of a council in Wales, as text.
fn letters(run: &Run, kind: &str) -> Vec<String> {
    run.build(&["--only", kind, "--to", "txt"]);
    let mut all = run.files("out");
    all.retain(|file| file.contains(kind) && file.ends_with(".txt"));
    all.sort_by_key(|file| file.rsplit('/').next().map(str::to_owned));
    all.iter().map(|file| run.read(file)).collect()
}

fn council() -> Run {
    Run::on_the_council("brynmelin")
}

#[test]
fn each_reader_gets_their_language_and_whoever_names_none_gets_both_in_one_letter() {
    let run = council();
    let [both, welsh, english, arabic, polish] = &letters(&run, "invitation")[..] else {
        panic!("there are five letters")
    };
    let place = |text: &str, part: &str| text.find(part).unwrap_or_else(|| panic!("`{part}` is not in {text}"));

    let (first, second) = (place(both, "Annwyl Ms Morgan-Hughes"), place(both, "Dear Ms Morgan-Hughes"));
    assert!(first < second, "Welsh comes first");
    for said in ["10 Tachwedd 2026", "1:30yp", "Yn gywir", "10 November 2026", "1:30pm", "Yours sincerely"] {
        place(both, said);
    }
    // Signed alike, with the same number and address to answer to.
    for said in ["Rhiannon Tudur-Lloyd", "01632 960312", "ieuan@brynmelin.example"] {
        assert_eq!(both.matches(said).count(), 2 + usize::from(said == "Rhiannon Tudur-Lloyd") * 2, "{said}");
    }
    assert!(both.starts_with("SWYDDOGOL-SENSITIF / OFFICIAL-SENSITIVE · DRAFFT / DRAFT\n"), "{both}");
    place(both, "Gwahoddiad / Invitation · BRY-2026-003/01 · fersiwn 1");

    for said in ["Dear", "Please", " November ", "DRAFT\n", "version 1"] {
        assert!(!welsh.contains(said), "{said}: {welsh}");
    }
    place(welsh, "dydd Mawrth 10 Tachwedd 2026");
    for said in ["Annwyl", "Tachwedd", "DRAFFT", "fersiwn"] {
        assert!(!english.contains(said), "{said}: {english}");
    }
    place(arabic, "الثلاثاء 10 نوفمبر 2026");
    place(arabic, "محمد الحداد");
    assert!(!arabic.contains("Dear") && !arabic.contains("Annwyl"), "{arabic}");
    // There is no sentence in Polish, and `check` says so.
    assert!(polish.contains("Dear Pani Żak") && !polish.contains("Annwyl"), "{polish}");
}

#[test]
fn a_paper_without_words_in_a_language_says_so_in_it_at_its_head() {
    let run = council().edit(
        "conference.yaml",
        "issued: 2026-10-12",
        "issued: 2026-10-12\npapers: { agenda: { issued: 2026-10-20 } }",
    );
    run.build(&["--only", "agenda", "--to", "txt,html"]);
    let all = run.files("out");
    let of = |ending: &str| {
        let file = all.iter().find(|file| file.contains("agenda") && file.ends_with(ending));
        run.read(file.unwrap_or_else(|| panic!("no agenda in {all:?}")))
    };
    let text = of(".txt");
    let head: String = text.split_whitespace().take(40).collect::<Vec<_>>().join(" ");
    assert!(head.contains("Dim ond yn Saesneg y mae’r papur hwn ar gael hyd yma."), "{head}");
    let page = of(".html");
    assert!(
        page.contains("<html lang=\"en-GB\">")
            && page.contains("<div lang=\"cy-GB\" dir=\"ltr\"><div class=\"notice\""),
        "{page}"
    );
}

#[test]
fn a_check_says_what_nobody_has_read_and_what_is_missing() {
    let run = council();
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    insta::assert_snapshot!("languages_check", outcome.err);
    // Whoever is named has read one version.
    let checked = "  papers: [cy, en]\n  checked:\n    cy: { by: Eluned Parry, on: 2026-10-02, version: \"2026.1\" }\n";
    let run = run.edit("borough.yaml", "  papers: [cy, en]\n", checked);
    let of_welsh = |run: &Run| {
        let said = run.convenor(&["check", "@/conference.yaml"]).err;
        said.lines().filter(|line| line.contains("language-unchecked") && line.contains("Welsh")).count()
    };
    assert_eq!(of_welsh(&run), 0);
    assert_eq!(of_welsh(&run.edit("borough.yaml", "version: \"2026.1\"", "version: \"2025.9\"")), 1);
}

#[test]
fn words_in_a_language_fall_behind_when_the_english_ones_move() {
    let run = council();
    let behind = |run: &Run| run.convenor(&["check", "@/conference.yaml"]).err.matches("translation-behind").count();
    assert_eq!(behind(&run), 0, "what we ship is as new as ours in English");
    let states = |run: &Run| run.convenor(&["templates", "status", "--borough", "@/", "--colour", "never"]).out;
    assert!(
        states(&run).lines().any(|line| line.contains("invitation.cy.md") && line.contains("customised")),
        "{}",
        states(&run)
    );
    // The council changes a part that ours includes.
    let run = run.with("templates/parts/worry.md", "{# A worry. -#}\nRing us.\n");
    let said = run.convenor(&["check", "@/conference.yaml"]).err;
    assert!(said.contains("`reminder` has changed in English since it was put into Welsh"), "{said}");
    assert!(!said.contains("`invitation` has changed in English"), "an invitation has no such part: {said}");
    let now =
        said.split("with `of: ").nth(1).and_then(|rest| rest.split('`').next()).expect("the hint names it").to_owned();
    // What it advises removes it.
    let welsh = format!("---\ntitle: Nodyn atgoffa\nof: \"{now}\"\n---\n{{% extends \"base/reminder.cy.md\" %}}\n");
    let run = run.with("templates/reminder.cy.md", welsh);
    let said = run.convenor(&["check", "@/conference.yaml"]).err;
    assert!(!said.contains("`reminder` has changed in English"), "{said}");
    assert!(states(&run).lines().any(|line| line.contains("reminder.cy.md") && line.contains("customised")));
    let run = run.edit("templates/parts/worry.md", "Ring us.", "Write to us.");
    assert!(states(&run).lines().any(|line| line.contains("reminder.cy.md") && line.contains("behind")));
}

#[test]
fn half_a_letter_is_never_in_another_language() {
    let mixed = council().edit("templates/invitation.cy.md", "parts/welsh.cy.md", "parts/welsh.md");
    let outcome = mixed.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[bad-template]: `parts/welsh.md` is not in Welsh"), "{}", outcome.err);
    assert!(outcome.err.contains("name it `parts/welsh.cy.md`"), "{}", outcome.err);
    // A term that a language lacks is an error, and no English word.
    let short = council()
        .with("templates/vocabulary.cy.yaml", "chair: { singular: cadeirydd, plural: cadeiryddion, article: \"\" }\n");
    let outcome = short.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("conference") && !outcome.err.contains("panicked"), "{}", outcome.err);
    // Without the table of a language no date can be written in it.
    let lost = council();
    std::fs::remove_file(lost.path("templates/language.ar.yaml")).expect("it is there");
    let outcome = lost.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[no-language]"), "{}", outcome.err);
    let outcome =
        council().edit("conference.yaml", "reads: pl", "reads: polnish").convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("`polnish` is no language that we know"), "{}", outcome.err);
}

#[test]
fn a_letter_from_the_right_is_so_in_every_format_and_its_envelope_is_not() {
    let run = council().edit(
        "borough.yaml",
        "  recording: not-allowed",
        "  recording: not-allowed\n  letters: { reply_slip: true }",
    );
    run.build(&["--only", "invitation", "--to", "html,docx,odt,pdf,md"]);
    let all = run.files("out");
    let of = |number: &str, ending: &str| {
        let file = all.iter().find(|file| file.contains(&format!("invitation-{number}")) && file.ends_with(ending));
        run.bytes(file.unwrap_or_else(|| panic!("no {number}{ending} in {all:?}")))
    };
    let text = |data: Vec<u8>| String::from_utf8(data).expect("it is text");
    let part = |data: Vec<u8>, name: &str| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(data)).expect("a package");
        std::io::read_to_string(zip.by_name(name).expect("the part is there")).expect("it is text")
    };

    let page = text(of("04", ".html"));
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<div class=\"window\" dir=\"ltr\">") && page.contains("<div class=\"sender\" dir=\"ltr\">"));
    let both = text(of("01", ".html"));
    assert!(both.contains("<html lang=\"cy-GB\">") && both.contains("<div lang=\"en-GB\" dir=\"ltr\">"));

    let words = part(of("04", ".docx"), "word/document.xml");
    let styles = part(of("04", ".docx"), "word/styles.xml");
    assert!(styles.contains("w:bidi=\"ar\""), "{styles}");
    assert!(words.contains("<w:bidiVisual/>"), "the details begin at the right");
    for paragraph in words.split("<w:p>").skip(1) {
        let (is_placed, turns) = (paragraph.contains("<w:framePr "), paragraph.contains("<w:bidi/>"));
        assert!(is_placed != turns || paragraph.contains("\"Gap\""), "what has a place is for the post: {paragraph}");
    }
    assert!(part(of("04", ".docx"), "docProps/core.xml").contains("<dc:language>ar</dc:language>"));
    let both = part(of("01", ".docx"), "word/document.xml");
    assert!(both.contains("<w:lang w:val=\"en-GB\"/>") && !both.contains("<w:bidi/>"));
    assert!(part(of("01", ".docx"), "word/styles.xml").contains("w:val=\"cy-GB\""));

    let styles = part(of("04", ".odt"), "styles.xml");
    assert!(styles.contains("style:writing-mode=\"rl-tb\"") && styles.contains("style:language-complex=\"ar\""));
    let words = part(of("04", ".odt"), "content.xml");
    assert!(words.contains("style:writing-mode=\"rl-tb\"") && words.contains("style:writing-mode=\"lr-tb\""));
    assert!(part(of("01", ".odt"), "styles.xml").contains("fo:language=\"cy\""));
    assert!(part(of("01", ".odt"), "content.xml").contains("fo:language=\"en\""));

    for (number, language) in [("01", "cy-GB"), ("02", "cy-GB"), ("03", "en-GB"), ("04", "ar")] {
        let data = of(number, ".pdf");
        let pdf = lopdf::Document::load_mem(&data).expect("the PDF parses");
        let catalogue = pdf.catalog().expect("it has one");
        let said = catalogue.get(b"Lang").and_then(lopdf::Object::as_str).expect("it says its language");
        assert_eq!(String::from_utf8_lossy(said), language, "{number}");
    }
    let pages = page_texts(&of("04", ".pdf"), false);
    // The letters stand on the page as they are seen, from the left.
    let seen: String = "نوفمبر".chars().rev().collect();
    assert!(squeezed(&pages[0]).contains(&seen), "{}", pages[0]);
    // In a letter in both, nothing stands on the back of a slip to send back.
    let begins = |data: &[u8]| page_texts(data, false).iter().position(|page| page.contains("Dear Ms"));
    let english = begins(&of("01", ".pdf")).expect("it is there");
    assert!(english > 0 && english % 2 == 0, "{english}");
    // Without one, the second language follows the first on its sheet.
    let short = council();
    short.build(&["--only", "decision-letter", "--to", "pdf"]);
    let file = short.files("out").into_iter().find(|file| file.contains("professional/decision-01")).expect("a letter");
    assert_eq!(begins(&short.bytes(&file)), Some(1));
}

#[test]
fn a_council_in_wales_prints_no_law_of_england() {
    let run = council();
    run.build(&["--only", "agreement", "--to", "txt"]);
    let all: String =
        run.files("out").iter().filter(|file| file.ends_with(".txt")).map(|file| run.read(file)).collect();
    for said in ["section 11", "16LA", "Children Act 1989", "section 130", "section 128"] {
        assert!(!all.contains(said), "{said} is printed, and nobody has confirmed it");
    }
    // With our law in place of its own, a check says whose law that is.
    std::fs::remove_file(run.path("templates/legal.yaml")).expect("it is there");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("warning[law-of-england]"), "{}", outcome.err);
}

#[test]
fn a_list_names_the_language_of_each_row_by_name_or_tag() {
    let list = "Name,Address,Language of letters\nMs A Bevan,\"1 Heol y Bont, BRYNMELIN, SY99 0AB\",Welsh\nMr C Dee,\"2 Heol y Bont, BRYNMELIN, SY99 0AB\",en\nMs E Fox,\"3 Heol y Bont, BRYNMELIN, SY99 0AB\",\n";
    let run = council().with("people.csv", list).edit(
        "conference.yaml",
        "invitees:\n",
        "invitees:\n  - { list: people.csv, category: residents }\n",
    );
    let all = letters(&run, "invitation");
    let of = |name: &str| all.iter().find(|text| text.contains(name)).unwrap_or_else(|| panic!("no letter to {name}"));
    assert!(of("Ms A Bevan").contains("Annwyl") && !of("Ms A Bevan").contains("Dear"));
    assert!(of("Mr C Dee").contains("Dear") && !of("Mr C Dee").contains("Annwyl"));
    assert!(of("Ms E Fox").contains("Annwyl") && of("Ms E Fox").contains("Dear"));
    let wrong = council().with("people.csv", list.replace("Welsh", "Wleish")).edit(
        "conference.yaml",
        "invitees:\n",
        "invitees:\n  - { list: people.csv, category: residents }\n",
    );
    let outcome = wrong.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("this is no language that we know"), "{}", outcome.err);
}

#[test]
fn letters_by_the_thousand_follow_the_language_of_each_row() {
    let list = "Name,Address,Reads,Category,Email,Consent to email\n\
        Ms A Bevan,\"1 Heol y Bont, BRYNMELIN, SY99 0AB\",Welsh,residents,a@bevan.example,yes\n\
        Mr C Bevan,\"3 Heol y Bont, BRYNMELIN, SY99 0AB\",English,residents,c@bevan.example,yes\n\
        Ms E Fox,\"4 Heol y Bont, BRYNMELIN, SY99 0AB\",,residents,e@fox.example,yes\n\
        Pani H Wrona,\"2 Heol y Bont, BRYNMELIN, SY99 0AB\",Polish,residents,h@wrona.example,yes\n";
    let run = council().with("people.csv", list);
    let outcome = crate::batch::invite(&run, &["--make", "letters", "--make", "emails"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let said = outcome.err + &outcome.out;
    assert!(said.contains("nothing says so in its reader's language"), "{said}");
    let letters: Vec<String> =
        run.files("out").into_iter().filter(|file| file.contains("letters/") && file.ends_with(".pdf")).collect();
    let text_of = |name: &str| {
        let file = letters.iter().find(|file| file.contains(name));
        page_texts(&run.bytes(file.unwrap_or_else(|| panic!("no letter to {name}: {letters:?}"))), false).concat()
    };
    assert!(text_of("a-bevan").contains("Annwyl") && !text_of("a-bevan").contains("Dear"));
    assert!(text_of("c-bevan").contains("Dear") && !text_of("c-bevan").contains("Annwyl"));
    assert!(text_of("h-wrona").contains("Dear") && !text_of("h-wrona").contains("Annwyl"));
    // So do the message and the meeting in it.
    let all = run.files("out");
    let message_of = |name: &str| {
        let file = all.iter().find(|file| file.contains(name) && file.ends_with(".eml"));
        let data = run.bytes(file.unwrap_or_else(|| panic!("no message to {name}: {all:?}")));
        let meeting = crate::messages::attached(&data, "meeting.ics").replace("\r\n ", "");
        let message = mail_parser::MessageParser::default().parse(&data).expect("it is a message");
        (message.body_text(0).expect("it has words").into_owned(), meeting)
    };
    for (name, body, entry) in [
        ("a-bevan", [true, false], [true, false]),
        ("c-bevan", [false, true], [false, true]),
        ("e-fox", [true, true], [true, true]),
        ("h-wrona", [false, true], [false, true]),
    ] {
        let (words, meeting) = message_of(name);
        assert_eq!(["Annwyl", "Dear"].map(|word| words.contains(word)), body, "{name}: {words}");
        assert_eq!(["Ein cyfeirnod", "Our reference"].map(|word| meeting.contains(word)), entry, "{name}: {meeting}");
    }
}

#[test]
fn words_in_a_language_are_tried_in_every_state_of_a_conference() {
    let faulty =
        council().edit("templates/invitation.ar.md", "{{ conference.meeting.venue.name }}", "{{ conference.nothing }}");
    let outcome = faulty.convenor(&["templates", "check", "@/"]);
    assert!(outcome.code == 1 && outcome.err.contains("invitation.ar.md"), "{}{}", outcome.out, outcome.err);
}

/// Names of the snapshots.
pub const SNAPSHOTS: &[&str] = &["languages_check"];
