//! Invitations fit their pages at every size, say no more than they should, and say when and how.

use crate::letters::{keeps_its_zones, pages};
use crate::pdf::keeps_the_standards;
use crate::run::{Run, pdf_text, squeezed};

const COUNCILS: [&str; 3] = ["marshgate", "northmere", "kestrel-vale"];

/// A council's conference, everybody of which reads print of one size.
fn in_size(council: &str, points: u8) -> Run {
    let run = Run::on_the_council(council);
    let text = run.read("conference.yaml").replace(" format: large-print,", "");
    let text = text.replace("address: [", &format!("format: {points}, address: ["));
    run.with("conference.yaml", text)
}

/// The example with a line among the council's settings.
fn with_letters(settings: &str) -> Run {
    Run::on_the_example().edit("borough.yaml", "settings:\n", &format!("settings:\n  letters: {{ {settings} }}\n"))
}

/// The words of the letter to somebody, from a part of the file's name.
fn words(run: &Run, whose: &str) -> String {
    run.build(&["--only", "invitation", "--to", "txt"]);
    let file = run.files("out").into_iter().find(|f| f.contains(whose)).expect("there is such a letter");
    run.read(&file).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letters(run: &Run) -> Vec<(String, Vec<u8>)> {
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "invitation"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let files = run.files("out").into_iter().filter(|f| f.ends_with(".pdf"));
    files.map(|file| (file.clone(), run.bytes(&file))).collect()
}

/// The text of each page, without white space.
fn page_texts(data: &[u8]) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(data).expect("the PDF parses");
    pdf.get_pages().keys().map(|page| squeezed(&pdf.extract_text(&[*page]).expect("it has text"))).collect()
}

/// Fails if the signature stands on its page with less than two lines of the letter.
fn signs_with_company(letter: &str, texts: &[String]) {
    let page = texts.iter().find(|text| text.contains("Yourssincerely")).expect("every letter is signed");
    let before = page.split("Yourssincerely").next().unwrap_or_default().replace("OFFICIAL-SENSITIVEDRAFT", "");
    assert!(before.chars().count() >= 40, "{letter}: the signature stands with `{before}`");
}

#[test]
fn every_letter_fits_its_pages_and_is_never_signed_alone() {
    // How many pages there may be at a size, and down to where each but the last is filled, in mm.
    for (points, most, filled) in [(12, 2, 180.0), (16, 4, 160.0), (20, 5, 160.0), (24, 7, 120.0)] {
        for council in COUNCILS {
            let all = letters(&in_size(council, points));
            assert!(all.len() >= 6, "{council}");
            for (i, (file, data)) in all.into_iter().enumerate() {
                let texts = page_texts(&data);
                assert!(texts.len() <= most, "{council}, {points} pt: {file} has {} pages", texts.len());
                signs_with_company(&format!("{council}, {points} pt: {file}"), &texts);
                // To draw a page takes a while.
                if i % 5 == 0 {
                    let name = format!("{council}, {points} pt: {file}");
                    for (n, page) in pages(data.clone()).iter().rev().skip(1).enumerate() {
                        let from_end = n + 1;
                        assert!(
                            page.inked([25.0, filled, 180.0, 270.0]),
                            "{name}: {from_end} before the last is half empty"
                        );
                    }
                    keeps_its_zones(&name, data);
                }
            }
        }
    }
}

#[test]
fn the_letterhead_of_a_large_letter_ends_at_the_edge_of_its_text_and_its_draft_mark_is_clear() {
    for points in [16, 24] {
        let all = letters(&in_size("northmere", points));
        let first = &pages(all[0].1.clone())[0];
        assert!(!first.inked([180.5, 5.0, 210.0, 95.0]), "{points} pt: ink outside the text");
        // The county's rule lies from 26.5 to 27.3 mm.
        assert!(!first.inked([125.0, 24.0, 180.0, 26.3]) && first.inked([125.0, 26.3, 180.0, 27.6]), "{points} pt");
    }
}

#[test]
fn a_size_that_is_asked_for_is_the_size_of_the_letter() {
    let height = |points| {
        let run = in_size("kestrel-vale", points);
        let (_, data) = letters(&run).remove(0);
        page_texts(&data).len()
    };
    assert!(height(13) <= height(18) && height(18) < height(24));
    let refused = |format: &str| {
        let run = in_size("kestrel-vale", 12).edit("conference.yaml", "format: 12", &format!("format: {format}"));
        run.convenor(&["check", "@/conference.yaml"]).err
    };
    let said = refused("40");
    assert!(
        said.contains("`40` is neither `standard`, `large-print`, `easy-read` nor a size from 12 to 24 points"),
        "{said}"
    );
    assert!(refused("huge").contains("nor a size from 12 to 24 points"));
}

#[test]
fn a_letter_says_less_before_an_undertaking_unless_the_council_wants_it_otherwise() {
    let place = "Station Parade and Mill Lane";
    let gentle = words(&Run::on_the_example(), "15-mrs-gurpreet");
    assert!(gentle.contains("Lower Marshgate ward") && gentle.contains("once you have signed the confidentiality"));
    for told in [place, "exploitation", "robbery", "violence"] {
        assert!(!gentle.contains(told), "`{told}` is told: {gentle}");
    }
    // Whoever has signed by the day of the letter, and a professional, is told.
    let run = Run::on_the_example();
    let signed = "reply: apologies, undertaking: { signed: 2026-11-02 }, items: [1, 2, 4, 5, 7, 8, 15]";
    let run = run.edit("conference.yaml", "reply: apologies, items: [1, 2, 4, 5, 7, 8, 15]", signed);
    for whose in ["15-mrs-gurpreet", "02-sgt-priya-nair"] {
        let full = words(&run, whose);
        assert!(full.contains(place) && full.contains("robbery"), "{full}");
    }
    // Somebody who signs on a later day has not signed yet.
    let later = run.edit("conference.yaml", "signed: 2026-11-02", "signed: 2026-11-03");
    assert!(!words(&later, "15-mrs-gurpreet").contains("robbery"));
    let full = words(&with_letters("before_undertaking: full"), "15-mrs-gurpreet");
    assert!(full.contains(place) && full.contains("robbery") && full.contains("the kind of harm"), "{full}");
}

#[test]
fn a_council_s_own_words_cannot_say_more_than_a_gentle_letter() {
    let own = "{% extends \"base/invitation.md\" %}{% block what_it_is %}About {{ conference.context.label }}: {{ conference.context.harms | and }}{% if conference.context.boundary is defined %}, {{ conference.context.boundary }}{% endif %}.{% endblock %}\n";
    let run = Run::on_the_example().with("templates/invitation.md", own);
    assert!(words(&run, "15-mrs-gurpreet").contains("About Lower Marshgate ward: ."));
    assert!(
        words(&run, "02-sgt-priya-nair").contains("About Station Parade and Mill Lane interchange: child criminal")
    );
    // Without an area there is nothing less to say than the name that the context has for everybody.
    let run = run.edit("conference.yaml", "  area: Lower Marshgate ward\n", "");
    assert!(words(&run, "15-mrs-gurpreet").contains("About Station Parade and Mill Lane interchange: ."));
}

#[test]
fn somebody_who_comes_for_a_part_is_told_when_and_when_it_ends() {
    let run = Run::on_the_example();
    let letter = words(&run, "15-mrs-gurpreet");
    for said in [
        "Your part: 1:30pm to 3:25pm",
        "- 1:30pm to 1:40pm: “Welcome, safety and confidentiality” and “Why we are here”",
        "- 1:50pm to 2pm: “What is going well” and “What worries us”",
        "- 2:10pm to 2:30pm: “The surroundings: layout, light and use” and “Adults who look out for young people”",
        "- 3:20pm to 3:25pm: “Next dates”",
        "These times may move by a few minutes.",
    ] {
        assert!(letter.contains(said), "`{said}` is missing: {letter}");
    }
    // All but the last point, which is for professionals: one time, and no list.
    let whole = words(&run, "17-mrs-beryl");
    assert!(whole.contains("Your part: 1:30pm to 3:25pm. The rest of the meeting is for others."), "{whole}");
    assert!(!whole.contains("“Next dates”"), "{whole}");
    // Whoever comes for everything has no part.
    assert!(!words(&run, "02-sgt-priya-nair").contains("Your part"));
    // A long row of points is told by its first and its last.
    let long = run.edit("conference.yaml", "items: [1, 2, 4, 5, 7, 8, 15]", "items: [1, 3, 4, 5, 6]");
    let letter = words(&long, "15-mrs-gurpreet");
    assert!(
        letter.contains("- 1:40pm to 2:10pm: from “What the assessment found” to “What young people and others say”")
    );
}

#[test]
fn how_to_reply_stands_with_the_date_and_links_say_where_they_lead() {
    for council in COUNCILS {
        let run = Run::on_the_council(council);
        run.build(&["--only", "invitation", "--to", "md"]);
        for file in run.files("out").iter().filter(|f| f.ends_with(".md")) {
            let letter = run.read(file);
            let reply = letter.split("Please reply by").nth(1).unwrap_or_else(|| panic!("{file} has no date"));
            let rows = reply.split("\n\n").take(4).collect::<Vec<_>>().join(" ");
            assert!(rows.contains("Reply to : ") && rows.contains("mailto:") && rows.contains(", 0"), "{file}: {rows}");
            for link in letter.split("](").skip(1) {
                assert!(link.starts_with("<https://") || link.starts_with("<mailto:"), "{file}: {link}");
            }
            for text in letter.split('[').skip(1).map(|rest| rest.split(']').next().unwrap_or_default()) {
                assert!(!text.starts_with("http"), "{file}: a bare address: {text}");
            }
            let linked = letter.matches("](").count();
            assert!(linked >= 3, "{file}: reply, privacy and complaints are links, and there are {linked}");
        }
    }
}

#[test]
fn a_reply_slip_comes_where_the_council_wants_it_and_has_a_sheet_of_its_own() {
    assert!(!words(&Run::on_the_example(), "15-mrs-gurpreet").contains("Reply slip"));
    let run = with_letters("reply_slip: true");
    let letter = words(&run, "15-mrs-gurpreet");
    for said in [
        "Reply slip",
        "From Mrs Gurpreet Kaur Dhillon",
        "to Tom Hallam, London Borough of Marshgate",
        "[ ] I cannot come",
    ] {
        assert!(letter.contains(said), "`{said}` is missing: {letter}");
    }
    for council in COUNCILS {
        let run = Run::on_the_council(council);
        let run = run.edit("borough.yaml", "settings:\n", "settings:\n  letters: { reply_slip: true }\n");
        for (i, (file, data)) in letters(&run).into_iter().enumerate() {
            let texts = page_texts(&data);
            let slip = texts.iter().position(|text| text.contains("Replyslip")).expect("it has a slip");
            // Letters are printed on both sides: the back of the slip is nobody's text.
            assert!(slip % 2 == 0 && slip + 1 == texts.len(), "{council}: the slip of {file} is page {}", slip + 1);
            assert!(!texts[slip].contains("Yourssincerely"));
            signs_with_company(&file, &texts);
            if i == 0 {
                keeps_the_standards(&file, &data);
            }
        }
    }
}

#[test]
fn letters_of_a_group_s_conference_and_of_a_community_s_tell_the_truth() {
    let group = Run::on_the_example().edit("conference.yaml", "  kind: place ", "  kind: peer-group ");
    let letter = words(&group, "02-sgt-priya-nair");
    for said in
        ["about a group of young people", "There are no community papers for this meeting.", "initials or our codes"]
    {
        assert!(letter.contains(said), "`{said}` is missing: {letter}");
    }
    assert!(!letter.contains("is about the place") && !letter.contains("version of their own"), "{letter}");
    assert!(!group.files("out").iter().any(|f| f.contains("/community/")), "nobody else gets a letter");
    let county = Run::on_the_council("northmere");
    assert!(words(&county, "02-sgt-idris").contains("Professionals leave the room"));
    assert!(words(&county, "09-niamh").contains("with no professional in the room"));
    assert!(!words(&Run::on_the_example(), "02-sgt-priya-nair").contains("private time"));
}

#[test]
fn a_policy_lead_finds_the_words_of_her_category() {
    let run = Run::on_the_example();
    let listed = run.convenor(&["templates", "list", "--borough", "@/"]).out;
    assert!(listed.contains("parts/why/business.md") && listed.contains("Why we ask shops, venues"), "{listed}");
    let explained = run.convenor(&["explain", "parts/why/business", "--borough", "@/"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    assert!(explained.out.contains("Stands in: invitation") && explained.out.contains("invitee.salutation"));
    let ejected = run.convenor(&["templates", "--borough", "@/", "eject", "parts/ask/business"]);
    assert_eq!(ejected.code, 0, "{}", ejected.err);
    let run = run.with("templates/parts/why/business.md", "Your doors are open when others are shut.\n");
    let letter = words(&run, "15-mrs-gurpreet");
    assert!(letter.contains("Your doors are open when others are shut. The meeting is about the place"), "{letter}");
    // A block that a council changes goes on working.
    let own = "{% extends \"base/invitation.md\" %}{% block why_business %}Ours.{% endblock %}{% block ask_business %}## Ours\n\n- one{% endblock %}\n";
    let letter = words(&Run::on_the_example().with("templates/invitation.md", own), "15-mrs-gurpreet");
    assert!(letter.contains("Ours. The meeting is about") && letter.contains("- one - sign and bring"), "{letter}");
}

#[test]
fn a_fault_in_a_part_is_told_at_the_part() {
    let words = "You and your staff <see> {{ terms.young_person_plural }} every day.\n";
    let run = Run::on_the_example().with("templates/parts/why/business.md", words);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "invitation"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[bad-markdown]: HTML is not allowed in a paper"), "{}", outcome.err);
    assert!(outcome.err.contains("parts/why/business.md:1:1"), "{}", outcome.err);
    assert!(outcome.err.contains("1 error") && !outcome.err.contains("(as Markdown)"), "{}", outcome.err);
}

#[test]
fn a_place_s_article_is_small_in_a_sentence() {
    let run = Run::on_the_example()
        .edit("conference.yaml", "label: Station Parade and Mill Lane interchange", "label: The food court")
        .edit("borough.yaml", "settings:\n", "settings:\n  letters: { before_undertaking: full }\n");
    run.build(&["--to", "txt"]);
    for file in run.files("out").iter().filter(|file| file.ends_with(".txt")) {
        let text = run.read(file).split_whitespace().collect::<Vec<_>>().join(" ");
        for before in ["about", "make", "at", "Making", "if", "on"] {
            assert!(!text.contains(&format!(" {before} The food court")), "{file}: {before} The food court");
        }
    }
    let minutes = run.read("out/CSC-2026-014/professional/minutes.txt");
    assert!(minutes.contains("Minutes: The food court") && minutes.contains("about the food"), "{minutes}");
}

#[test]
fn what_is_read_in_a_letter_is_what_stands_on_its_pages() {
    let run = with_letters("reply_slip: true");
    let (_, data) = letters(&run).remove(0);
    let text = squeezed(&pdf_text(&data));
    let order =
        ["DearMr", "Pleasereplyby", "Whatweaskofyou", "Confidential.", "Yourssincerely", "Replyslip", "Iwillcome"];
    let places = order.map(|part| text.find(part).unwrap_or_else(|| panic!("`{part}` is not read: {text}")));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_letter_to_somebody_on_a_list_says_as_little_as_one_to_an_invitee() {
    let list = "Name,Address line 1,Town,Postcode,Type\nMs Ada Bell,5 Mill Lane,Marshgate,E20 9ZZ,residents\nMr Cyd Dorn,6 Mill Lane,Marshgate,E20 9ZZ,statutory\n";
    let told = |run: Run| {
        let run = run.with("people.csv", list);
        let outcome = crate::batch::invite(&run, &["--make", "letters"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        ["ada-bell", "cyd-dorn"].map(|name| {
            let file = run.files("out").into_iter().find(|file| file.contains(name)).expect("a letter");
            let text = squeezed(&pdf_text(&run.bytes(&file)));
            (text.contains("robbery"), text.contains(&squeezed("Lower Marshgate ward")))
        })
    };
    assert_eq!(told(Run::on_the_example()), [(false, true), (true, false)]);
    assert_eq!(told(with_letters("before_undertaking: full")), [(true, false), (true, false)]);
}
