//! Letters to a list of people, once they are made: who has checked them, what is read back, whether the folder is sound.

use std::collections::BTreeMap;

use crate::batch::{FOLDER, HEADINGS, HOME, REGISTER, invite, is_killed_when, people, preview, record, residents};
use crate::batch::{text, tree, with_people};
use crate::run::{Run, pdf_text, squeezed};

#[test]
fn somebody_with_the_name_or_the_address_of_an_invitee_gets_their_letter() {
    let list = format!(
        "{HEADINGS}\nMrs Beryl Featherstonehaugh,Mrs Featherstonehaugh,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\nMs A Moss,Ms Mokoena,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\n"
    );
    let outcome = invite(&with_people(list), &["--make", "letters"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    // What the conference says of somebody else is still found, whoever wrote it into the row.
    let run = Run::on_the_example();
    let secret =
        run.read("conference.yaml").lines().find_map(|l| l.split("internal_label: ").nth(1).map(str::to_owned));
    let secret = secret.expect("the example has one").split(" #").next().unwrap_or_default().trim().to_owned();
    let list = format!(
        "{HEADINGS}\nMs A Moss,,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,a@people.example,yes,residents,,\"{secret}\"\n"
    );
    let run = run.with("people.csv", list);
    let outcome = invite(&run, &["--make", "emails"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[leak]: row 2"), "{}", outcome.err);
    // A file for the printer leaves the letter out and says so, and the next run says so again.
    for _ in 0..2 {
        let outcome = invite(&run, &["--make", "print"]);
        assert_eq!(outcome.code, 1);
        assert!(outcome.err.contains("error[leak]: row 2"), "{}", outcome.err);
    }
}

/// `7 Lock Road` holds `Lock Road`, a line of an invitee's address: an ordinary neighbour.
#[test]
fn a_line_that_holds_a_line_of_an_invitees_address_is_the_rows_own() {
    let headings = "Name,Role,Organisation,Address line 1,Address line 2,Town,Postcode,Category,Access";
    let neighbours = [
        "Ms A Moss,,,7 Lock Road,,Marshgate,E20 9BG,resident,",
        "Mr B Reed,,The Boathouse Café,Lock Road,,Marshgate,E20 9BG,resident,",
        "Ms C Fern,Assistant to the Deputy Head and Designated Safeguarding Lead,,3 Mill Lane,,Marshgate,E20 9BD,resident,",
    ];
    let list = |rows: &[&str]| format!("{headings}\n{}\n", rows.join("\n"));
    let run = with_people(list(&neighbours));
    for make in ["letters", "print,labels"] {
        let outcome = invite(&run, &["--make", make]);
        assert_eq!(outcome.code, 0, "{make}: {}", outcome.err);
    }
    // A sentence may speak of somebody else: it opens nothing but itself, and one row's address nothing in another's letter.
    let secrets = [
        "Ms D Lime,,,5 Mill Lane,,Marshgate,E20 9BD,resident,Will come with somebody from 18 Lock Road",
        "Ms D Lime,,,5 Mill Lane,,Marshgate,E20 9BD,resident,Will come with Mr Tadesse Gebremariam",
        "Ms D Lime,,,5 Mill Lane,,Marshgate,E20 9BD,resident,Will come with Tadesse Gebremariam",
    ];
    for secret in secrets {
        let run = with_people(list(&[neighbours[0], secret]));
        let outcome = invite(&run, &["--make", "letters"]);
        assert!(outcome.code == 1 && outcome.err.contains("error[leak]: row 3"), "{}", outcome.err);
        assert!(!outcome.err.contains("row 2") && outcome.err.contains("see which row of the list"), "{}", outcome.err);
    }
}

/// The bakery has signed no agreement: a word in a spreadsheet makes nobody of it a professional.
#[test]
fn a_row_is_not_read_as_more_than_its_organisation() {
    let list = |category: &str| {
        format!(
            "Name,Organisation,Address line 1,Town,Postcode,Category\nMs A Moss,Golden Oven Bakery,11 Station Parade,Marshgate,E20 9BQ,{category}\n"
        )
    };
    for (category, is_made) in [("statutory", false), ("", true), ("resident", true)] {
        let run = with_people(list(category));
        let outcome = invite(&run, &["--make", "letters"]);
        assert_eq!(outcome.code == 0, is_made, "{category}: {}", outcome.err);
        assert_eq!(outcome.err.contains("error[wider-category]"), !is_made, "{category}: {}", outcome.err);
        assert_eq!(tree(&run).keys().any(|file| file.ends_with(".pdf")), is_made, "{category}");
    }
    let like = with_people(list("statutory").replace("Bakery,", "Bakery Ltd,"));
    assert!(preview(&like, &[]).err.contains("warning[wider-category]"), "a name like it is asked about");
}

/// What stops a conference file stops a row: its text is printed too.
#[test]
fn a_row_says_nothing_that_looks_like_a_childs_identity() {
    let list = |access: &str| {
        format!(
            "Name,Address line 1,Town,Postcode,Category,Access\nMs A Moss,5 Mill Lane,Marshgate,E20 9BD,resident,{access}\n"
        )
    };
    for (access, severity) in [
        ("Her son was born on 3 May 2012", "error"),
        ("NHS number 943 476 5919", "error"),
        ("Come with J.R. aged 14", "error"),
        ("Ring 07700 900999", "warning"),
        ("Hearing loop", "none"),
    ] {
        let run = with_people(list(access));
        let outcome = preview(&run, &[]);
        let told = ["error", "warning"].map(|s| outcome.err.contains(&format!("{s}[looks-like-identity]")));
        assert_eq!(told, [severity == "error", severity == "warning"], "{access}: {}", outcome.err);
        assert_eq!(outcome.code == 0, severity != "error", "{access}");
    }
}

#[test]
fn nobody_is_invited_to_a_meeting_that_is_over() {
    // The record of a meeting may be issued after it.
    let run = with_people(people(3)).edit("conference.yaml", "issued: 2026-11-02", "issued: 2026-11-30");
    assert_eq!(run.convenor(&["check", "@/conference.yaml"]).code, 0);
    let outcome = preview(&run, &[]);
    assert!(
        outcome.code == 1 && outcome.err.contains("error[date-order]: these letters would invite"),
        "{}",
        outcome.err
    );
}

#[test]
fn a_sample_is_read_back_and_the_words_of_every_letter_are_looked_through() {
    let run = Run::on_the_example();
    let secret = run.read("conference.yaml");
    let secret = secret.lines().find_map(|l| l.split("internal_label: ").nth(1)).expect("the example has one");
    let secret = secret.split(" #").next().unwrap_or_default().trim();
    // Neither the longest of its kind nor a sixteenth: only its words are looked through.
    let list: String = people(20).lines().enumerate().fold(String::new(), |list, (n, row)| {
        let row = if n == 5 {
            row.replace("Nota5x", &format!("\"{secret}\""))
        } else {
            row.replace("Nota", &"Nota ".repeat(40))
        };
        list + &row + "\n"
    });
    let run = run.with("people.csv", list);
    let outcome = preview(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("error[leak]: row 6"), "a preview looks through all of them");
    let outcome = invite(&run, &["--make", "letters", "--read-back", "sample"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[leak]: row 6"), "{}", outcome.err);
    let sampled = tree(&run);
    assert_eq!(sampled.keys().filter(|f| f.ends_with(".pdf")).count(), 19);
    let every = invite(&run, &["--make", "letters", "--force"]);
    assert!(every.code == 1 && tree(&run) == sampled, "the same letters either way: {}", every.err);
}

#[test]
fn the_folder_of_a_run_is_verified_file_by_file() {
    let run = with_people(people(6));
    assert_eq!(invite(&run, &["--make", "all", "--part", "3"]).code, 0);
    let verify = |run: &Run| run.convenor(&["verify", "@/out/CSC-2026-014"]);
    let outcome = verify(&run);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.contains("Sound: every file is as the record says"), "{}", outcome.out);
    let outcome = run.convenor(&["release", &format!("@/{FOLDER}"), "--checked-by", "Ruth Penhaligon"]);
    assert!(outcome.code == 1 && outcome.err.contains("with `--checked-by`"), "{}", outcome.err);
    let letter = run.files(FOLDER).into_iter().find(|f| f.contains("/letters/")).expect("there is one");
    let data = run.bytes(&letter);
    let run = run.with(&letter, [data.as_slice(), b"%"].concat()).with(&format!("{FOLDER}/community/notes.txt"), "x");
    let outcome = verify(&run);
    assert_eq!(outcome.code, 1);
    for code in ["error[not-as-made]", "error[not-in-register]"] {
        assert!(outcome.err.contains(code), "{code}: {}", outcome.err);
    }
}

#[test]
fn a_council_with_a_theme_of_its_own_has_the_same_things_made() {
    let run = with_people(people(6));
    let make = ["--make", "letters,print,labels", "--part", "4"];
    assert_eq!(invite(&run, &make).code, 0);
    let ours = tree(&run);
    // A theme file that changes nothing: its code is the council's own all the same, and runs in another process.
    let own = "#import \"/base/theme/brand.typ\": *\n";
    let run = with_people(people(6)).with("templates/theme/brand.typ", own);
    let outcome = invite(&run, &make);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let pages = |tree: &BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        tree.iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(f, d)| (f.clone(), d.clone())).collect()
    };
    assert!(pages(&ours).len() > 8 && pages(&ours) == pages(&tree(&run)));
}

#[test]
fn labels_bear_the_lines_of_the_window_in_the_order_of_the_list() {
    let run = with_people(people(30));
    assert_eq!(invite(&run, &["--make", "labels", "--category", "residents"]).code, 0);
    let sheets = run.files(FOLDER).into_iter().filter(|f| f.contains("/print/labels-"));
    let all: String = sheets.map(|f| pdf_text(&run.bytes(&f))).collect();
    for n in 1..=30 {
        assert!(squeezed(&all).contains(&format!("MsNama{n}xPerson")), "{n} has no label");
        assert!(squeezed(&all).contains(&format!("{n}Lama{n}xHouse")), "{n} has no address");
    }
    assert!(!all.contains("OFFICIAL") && !all.contains("CSC-2026-014"), "an envelope tells nothing: {all}");
}

#[test]
fn only_a_second_person_takes_the_draft_mark_off() {
    let run = with_people(people(2));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let drafts =
        |run: &Run| tree(run).iter().filter(|(f, data)| f.ends_with(".pdf") && text(data).contains("DRAFT")).count();
    assert_eq!(drafts(&run), 2);
    let outcome = invite(&run, &["--make", "letters", "--checked-by", "Tom Hallam"]);
    assert!(outcome.code == 1 && outcome.err.contains("the maker of the papers cannot check them"), "{}", outcome.err);
    let release =
        |run: &Run| invite(run, &["--make", "letters", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-25"]);
    // Proofs of other data, of another list, or that somebody changed, are none.
    let conference = run.read("conference.yaml");
    let run = run.with("conference.yaml", conference.replacen("13:30", "13:45", 1));
    assert!(release(&run).err.contains("error[not-proved]"));
    let run = run.with("conference.yaml", conference).with("people.csv", people(3));
    assert!(release(&run).err.contains("error[not-proved]"));
    let proof = format!("{FOLDER}/proof/first.pdf");
    let run = run.with("people.csv", people(2));
    let data = run.bytes(&proof);
    let run = run.with(&proof, [data.as_slice(), b"%"].concat());
    assert!(release(&run).err.contains("error[not-proved]"));
    let run = run.with(&proof, data);
    let outcome = release(&run);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(drafts(&run), 0);
    // What was released stays: another run may add to it, and change it only under a higher version.
    let outcome = invite(&run, &["--make", "letters"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
    assert_eq!(drafts(&run), 0);
    assert!(run.read(&format!("{HOME}/register.json")).contains("\"checker\": \"Ruth Penhaligon\""));
}

#[test]
fn a_machine_reads_every_line_of_a_run_and_no_name_in_any() {
    let run = with_people(people(3));
    let outcome = invite(&run, &["--make", "letters", "--message-format", "json"]);
    let lines: Vec<serde_json::Value> =
        outcome.out.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect();
    let (end, proofs) = lines.split_last().expect("something is said");
    assert_eq!((end["letters"].as_u64(), end["made"].as_u64(), end["failed"].as_u64()), (Some(3), Some(3), Some(0)));
    let whys: Vec<_> = proofs.iter().filter_map(|line| line["proof"].as_str()).collect();
    assert_eq!(whys, ["first", "longest", "random", "last"]);
    assert!(proofs.iter().all(|line| line["pages"].as_u64() == Some(2)), "{}", outcome.out);
    assert!(!outcome.out.contains("Nama") && !outcome.err.contains("Nama"), "{}{}", outcome.out, outcome.err);
}

#[test]
fn a_file_for_the_printer_holds_the_logo_once_however_many_letters_show_it() {
    let run = with_people(people(5));
    assert_eq!(invite(&run, &["--make", "letters,print"]).code, 0);
    let files: Vec<String> = run.files(FOLDER).into_iter().filter(|f| f.ends_with(".pdf")).collect();
    assert!(files.iter().any(|file| file.contains("/print/part-001")), "{files:?}");
    for file in files {
        let document = lopdf::Document::load_mem(&run.bytes(&file)).expect("it is a PDF");
        let is_form = |o: &lopdf::Object| o.as_stream().is_ok_and(|s| s.dict.has_type(b"XObject"));
        assert_eq!(document.objects.values().filter(|o| is_form(o)).count(), 1, "{file}");
    }
}

#[test]
fn who_is_an_invitee_of_the_conference_already_is_told_before_a_second_letter() {
    let list = |name: &str, postcode: &str, email: &str| {
        format!("{HEADINGS}\n{name},,14 Dace Court,Mill Lane,Marshgate,{postcode},{email},,residents,,\n")
    };
    let invite = |run: &Run, more: &[&str]| {
        let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out"];
        run.convenor(&[&args, more].concat())
    };
    let told = |list: String| {
        let outcome = invite(&with_people(list), &["--make", "letters", "--preview"]);
        let told = outcome.err.contains("warning[invited-already]");
        assert!(outcome.code == 0, "{}", outcome.err);
        told
    };
    assert!(told(list("Yetunde Adebayo", "e209zz", "")), "by the postcode");
    assert!(
        told(list("\"ADÉBÁYỌ̀, Ms Yetunde\"", "E20 9BX", "Yetunde@DacePark-residents.example")),
        "by the email address"
    );
    assert!(!told(list("Ms Yetunde Adébáyọ̀", "E20 9BX", "")), "another of that name");
    assert!(!told(list("Ms Sade Adébáyọ̀", "E20 9ZZ", "")), "her sister");
}

#[test]
fn a_household_gets_one_letter_if_that_is_asked_for() {
    let list = format!(
        "{HEADINGS}\nMs A Hale,Ms Hale,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\nMr B Hale,Mr Hale,3 Dace Court,Mill Lane,Marshgate,e209zz,,,residents,,\nMs C Moss,,4 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\n"
    );
    let run = with_people(&list);
    let outcome = invite(&run, &["--make", "letters"]);
    assert!(outcome.err.contains("warning[same-address]"), "{}", outcome.err);
    assert_eq!(tree(&run).keys().filter(|f| f.ends_with(".pdf")).count(), 3);
    let run = with_people(&list);
    let outcome = invite(&run, &["--make", "letters", "--group", "address"]);
    assert!(outcome.code == 0 && !outcome.err.contains("same-address"), "{}", outcome.err);
    let letters: Vec<Vec<u8>> = tree(&run).into_iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(_, d)| d).collect();
    assert_eq!(letters.len(), 2);
    let first = text(&letters[0]);
    assert!(first.contains("MsAHaleandMrBHale") && first.contains("DearMsHaleandMrHale"), "{first}");
}

#[test]
fn four_names_fit_on_an_envelope_and_the_fifth_begins_another_letter() {
    let row = |n: char| format!("Ms {n} Hale,,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\n");
    let run = with_people(format!("{HEADINGS}\n{}", ('A'..='G').map(row).collect::<String>()));
    let outcome = invite(&run, &["--make", "letters", "--group", "address"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let letters: Vec<String> = tree(&run).iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(_, d)| text(d)).collect();
    let names = letters.iter().map(|l| ('A'..='G').filter(|n| l.contains(&format!("Ms{n}Hale"))).collect::<String>());
    assert_eq!(names.collect::<Vec<_>>(), ["ABCD", "EFG"]);
}

#[test]
fn what_is_made_later_joins_what_was_made_before() {
    let run = with_people(people(6));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let outcome = invite(&run, &["--make", "labels"]);
    assert!(outcome.code == 0 && !outcome.out.contains("No longer due"), "{}", outcome.out);
    let register = run.read(REGISTER);
    assert!(register.contains("/letters/") && register.contains("/labels-001.pdf"), "{register}");
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
    // Another list has another folder.
    let run = run.with("others.csv", people(3));
    let args = ["invite", "@/conference.yaml", "--list", "@/others.csv", "-o", "@/out", "--yes"];
    let outcome = run.convenor(&args);
    assert!(outcome.code == 1 && outcome.err.contains("error[other-list]"), "{}", outcome.err);
}

/// A template of the council that says a protected name in one letter, which no check of the list can know.
fn says_a_protected_name_to(name: &str) -> String {
    format!(
        "{{% extends \"base/invitation.md\" %}}{{% block note %}}\n{{% if \"{name}\" in invitee.name %}}Kai Mensah was seen.{{% endif %}}\n{{% endblock %}}\n"
    )
}

#[test]
fn who_gets_no_letter_gets_no_label() {
    let run = with_people(people(6)).with("templates/invitation.md", says_a_protected_name_to("Nama3x"));
    let outcome = invite(&run, &["--make", "print,labels", "--category", "residents"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[leak]: row 4"), "{}", outcome.err);
    let of = |kind: &str| -> String {
        let files = run.files(FOLDER).into_iter().filter(|f| f.contains(&format!("/print/{kind}-")));
        squeezed(&files.map(|f| pdf_text(&run.bytes(&f))).collect::<String>())
    };
    let (labels, letters) = (of("labels"), of("part"));
    for n in [1, 2, 4, 5, 6] {
        assert!(labels.contains(&format!("{n}Lama{n}x")) && letters.contains(&format!("{n}Lama{n}x")), "{n}");
    }
    assert!(!labels.contains("Lama3x") && !letters.contains("Lama3x"));
    let problems = run.read(&format!("{FOLDER}/problems.csv"));
    assert!(problems.lines().any(|l| l.starts_with("1,4,") && l.contains("leak")), "{problems}");
    assert!(!problems.contains("Mensah"));
}

#[test]
fn only_those_share_a_letter_of_whom_it_says_the_same() {
    let headings = "Name,Dear,Address line 1,Address line 2,Town,Postcode,Household,Category,Note,Email,Consent to email,Reference";
    let row = |name: &str, street: &str, category: &str, note: &str, email: &str| {
        format!(
            "{name},,{street},Mill Lane,Marshgate,E20 9ZZ,Hale,{category},{note},{email},{},P-{}\n",
            if email.is_empty() { "" } else { "yes" },
            &name[3..4]
        )
    };
    let list = [
        row("Ms A Hale", "3 Dace Court", "residents", "", ""),
        row("Mr B Hale", "3 Dace Court", "residents", "", ""),
        // Elsewhere; with another part; with something said to her alone; by email.
        row("Ms C Hale", "9 Kiln Road", "residents", "", ""),
        row("Ms D Hale", "3 Dace Court", "guardian", "", ""),
        row("Ms E Hale", "3 Dace Court", "residents", "Ring the lower bell", ""),
        row("Ms F Hale", "3 Dace Court", "residents", "", "f@people.example"),
    ];
    let run = with_people(format!("{headings}\n{}", list.concat()));
    let outcome = invite(&run, &["--make", "letters,emails", "--group", "household"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let letters: Vec<String> = tree(&run).iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(_, d)| text(d)).collect();
    assert_eq!(letters.len(), 5);
    let naming = |who: &str| letters.iter().filter(|l| l.contains(who)).count();
    for who in ["MsAHale", "MrBHale", "MsCHale", "MsDHale", "MsEHale", "MsFHale"] {
        assert_eq!(naming(who), 1, "{who}");
    }
    assert!(letters.iter().any(|l| l.contains("MsAHaleandMrBHale")));
    // Who asks the register for one of the two finds their letter.
    assert!(run.read(REGISTER).contains(",P-A; P-B,"));
    assert_eq!(tree(&run).keys().filter(|f| f.ends_with(".eml")).count(), 1);
}

#[test]
fn all_or_nothing_leaves_nothing() {
    let run = Run::on_the_example();
    let run = run.with("people.csv", people(6).replace("Ms Nama3x Person", "Kai Mensah"));
    let outcome = invite(&run, &["--make", "letters", "--all-or-nothing"]);
    assert!(outcome.code == 1 && outcome.err.contains("nothing was made"), "{}", outcome.err);
    let left = run.files(FOLDER).into_iter().filter(|f| !f.contains("/proof/"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn all_or_nothing_tries_files_of_many_letters_and_labels_as_well() {
    let run = with_people(people(6)).with("templates/invitation.md", says_a_protected_name_to("Nama3x"));
    let outcome = invite(&run, &["--make", "print,labels", "--category", "residents", "--all-or-nothing"]);
    assert!(outcome.code == 1 && outcome.err.contains("in the letter to row 4 of the list"), "{}", outcome.err);
    let run = with_people(people(6))
        .with("people.csv", people(6).replace("3 Lama3x House", &"Lama3x House of the Very Long Name ".repeat(9)));
    let outcome = invite(&run, &["--make", "labels", "--category", "residents", "--all-or-nothing"]);
    assert!(outcome.code == 1 && outcome.err.contains("in the letter to row 4 of the list"), "{}", outcome.err);
    assert!(run.files(FOLDER).iter().all(|f| !f.contains("/print/")));
}

#[test]
fn an_address_that_fits_no_label_leaves_its_place_free_and_every_other_label_its_own() {
    let list = residents(22).replace("2 Lama2x House", &"Lama2x House of the Very Long Name ".repeat(9));
    // Together, and the labels later.
    for make in [&["print,labels"][..], &["print", "labels"]] {
        let run = with_people(&list);
        let mut outcome = invite(&run, &["--make", make[0]]);
        for later in &make[1..] {
            outcome = invite(&run, &["--make", later]);
        }
        assert_eq!(outcome.code, 1);
        assert!(outcome.out.contains("1 place on the sheets of labels left free"), "{}{}", outcome.out, outcome.err);
        let file = |kind: &str| run.bytes(&format!("{FOLDER}/community/print/{kind}-001.pdf"));
        let letters = text(&file("part"));
        assert!((1..=22).all(|n| letters.contains(&format!("Nama{n}x"))), "every letter is there");
        // A sheet holds 21: were the free place given to the next, there would be one sheet.
        let labels = lopdf::Document::load_mem(&file("labels")).expect("it is a PDF");
        let sheets = [1, 2].map(|page| squeezed(&labels.extract_text(&[page]).expect("there is text")));
        let on = |sheet: &String, n: usize| sheet.contains(&format!("Nama{n}x"));
        assert!((1..=21).all(|n| on(&sheets[0], n) == (n != 2)) && on(&sheets[1], 22), "{sheets:?}");
        let problems = run.read(&format!("{FOLDER}/problems.csv"));
        assert!(problems.lines().any(|line| line.starts_with("1,3,") && line.contains("no-label")), "{problems}");
    }
}

#[test]
fn addresses_that_differ_in_where_a_number_ends_are_two() {
    let row = |name: &str, lines: &str, household: &str| format!("{name},,{lines},,E20 9ZZ,{household},residents\n");
    let list = [
        "Name,Dear,Address line 1,Address line 2,Town,Postcode,Household,Category\n".to_owned(),
        row("Ms A Hale", "Flat 1,11 Mill Lane", "12-3"),
        row("Ms B Hale", "Flat 11,1 Mill Lane", "12-3"),
        row("Ms C Hale", "1/2 Mill Lane,Marshgate", "4"),
        row("Ms D Hale", "12 Mill Lane,Marshgate", "4"),
        row("Ms E Hale", "7 Mill Lane,Marshgate", "1-23"),
        row("Ms F Hale", "7 Mill Lane,Marshgate", "12-3"),
        // One name at one postcode, and two people.
        row("Ms G Hale", "Flat 2,22 Mill Lane", ""),
        row("Ms G Hale", "Flat 22,2 Mill Lane", ""),
    ];
    for group in ["address", "household"] {
        let run = with_people(list.concat());
        let outcome = invite(&run, &["--make", "letters", "--group", group]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        // Only E and F share an address, and they are not of one household.
        let letters = tree(&run).keys().filter(|f| f.ends_with(".pdf")).count();
        assert_eq!(letters, if group == "address" { 7 } else { 8 }, "{group}");
    }
}

#[test]
fn whoever_is_given_no_such_paper_is_told_whatever_is_made() {
    for make in ["letters", "print", "labels", "print,labels"] {
        let run = with_people(people(5)).edit("borough.yaml", "settings:", "settings:\n  community_papers: [minutes]");
        let outcome = invite(&run, &["--make", make]);
        assert_eq!(outcome.code, 1, "{make}: {}", outcome.err);
        // Two of the five are partners.
        assert_eq!(outcome.err.matches("error[nothing-to-make]: row ").count(), 3, "{make}: {}", outcome.err);
    }
}

#[test]
fn what_a_machine_reads_of_a_letter_that_failed_names_no_key_that_a_person_chose() {
    let run = Run::on_the_example()
        .with("people.csv", people(3).replace("Nota2x", "Write to ruth.penhaligon@marshgate.example"));
    let outcome = invite(&run, &["--make", "letters", "--message-format", "json"]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let problems = run.read(&format!("{FOLDER}/problems.csv"));
    assert!(outcome.err.contains("\"path\":\"people.*."), "{}", outcome.err);
    assert!(problems.contains("people.*."), "{problems}");
}

#[test]
fn an_address_list_that_changes_before_or_while_letters_are_made_leaves_no_letter_of_it() {
    use convenor::batch::{Batch, List, Mapping, Options, run as make, survey};
    for checker in [None, Some(("Ruth Penhaligon".to_owned(), "2026-11-20".parse().expect("a day")))] {
        let run = with_people(residents(1200));
        let checked = convenor::check(convenor::load(run.path("conference.yaml")).expect("it loads")).expect("sound");
        let list = List::open(&run.path("people.csv"), &Mapping::default(), None).expect("it opens");
        let today = "2026-11-20".parse().expect("a day");
        let options = Options { checker, today, ..Options::default() };
        let batch = Batch::new(&checked, &list, None, options).expect("the templates compile");
        let stop = std::sync::atomic::AtomicBool::new(false);
        let surveyed = survey(&batch, &mut |_| {}).expect("it can be surveyed");
        batch.prove(&surveyed, &run.path("out")).expect("there are proofs");
        let home = ["/record.jsonl", "/register.csv", "/register.json", "/.convenor-lock"];
        let is_of_record = |f: &String| f.contains("/proof/") || home.iter().any(|name| f.ends_with(name));
        let left = || run.files(HOME).into_iter().filter(|f| !is_of_record(f)).count();
        let letters = || run.files(FOLDER).into_iter().filter(|f| f.contains("/letters/")).count();
        let end = make(&batch, &surveyed, &run.path("out"), &stop, &mut |progress| {
            // Letters have their names in groups.
            if progress.done == 64 {
                assert!(letters() > 0, "the first letters are there");
                std::fs::write(run.path("people.csv"), residents(3)).expect("the tests may write");
            }
        });
        assert_eq!(end.expect_err("it was changed").diagnostics[0].code.id, "list-changed");
        // Nothing stands in the way of the new list, no word of a release either.
        assert_eq!(left(), 0, "{:?}", run.files(HOME));
        // What is changed before the first letter is found before the first letter.
        let mut made = 0;
        let end = make(&batch, &surveyed, &run.path("out"), &stop, &mut |progress| made = progress.done);
        assert_eq!(end.expect_err("it was changed").diagnostics[0].code.id, "list-changed");
        assert_eq!((made, left()), (0, 0));
        let outcome = invite(&run, &["--make", "letters"]);
        assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
        let drafts = tree(&run).into_iter().filter(|(f, data)| f.ends_with(".pdf") && text(data).contains("DRAFT"));
        assert_eq!(drafts.count(), 3, "nothing was released");
        let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
        assert!(outcome.code == 0 && !outcome.out.contains("Checked by"), "{}{}", outcome.out, outcome.err);
    }
}

#[test]
fn an_empty_share_of_a_short_list_has_its_register_and_an_unfinished_one_none() {
    let run = with_people(people(2));
    for share in ["1/3", "2/3", "3/3"] {
        let outcome = invite(&run, &["--make", "letters", "--shard", share]);
        assert_eq!(outcome.code, 0, "{share}: {}", outcome.err);
    }
    let parts = ["1", "2", "3"].map(|n| format!("@/out/CSC-2026-014/invitations-{n}-of-3"));
    let merge = || {
        let mut args = vec!["register", "merge"];
        args.extend(parts.iter().map(String::as_str));
        run.convenor(&[&args[..], &["-o", "@/register.csv"]].concat())
    };
    assert!(merge().out.contains("3 parts joined: 2 people"), "{}", merge().err);
    // The joined register may be written again, and over nothing else.
    assert_eq!(merge().code, 0, "{}", merge().err);
    let mut args = vec!["register", "merge", "-o", "@/people.csv"];
    args.extend(parts.iter().map(String::as_str));
    let outcome = run.convenor(&args);
    assert!(outcome.code != 0 && outcome.err.contains("is not a register"), "{}", outcome.err);
    assert_eq!(run.read("people.csv"), people(2));
    // A run that was killed since, though its register of before still stands.
    let run = run.with("people.csv", people(240));
    let share = format!("{HOME}/invitations-1-of-3");
    let before = record(&run, &share).len();
    let more = ["--make", "letters", "--shard", "1/3"];
    assert!(is_killed_when(&run, &more, &|| record(&run, &share).len() > before + 8));
    let merge = || {
        let mut args = vec!["register", "merge"];
        args.extend(parts.iter().map(String::as_str));
        run.convenor(&[&args[..], &["-o", "@/register.csv"]].concat())
    };
    assert!(merge().code != 0 && merge().err.contains("no finished record"), "{}", merge().err);
    let outcome = run.convenor(&["verify", &parts[0]]);
    assert!(outcome.code != 0 && outcome.err.contains("error[stopped]"), "{}", outcome.err);
}

#[test]
fn a_proof_that_cannot_be_made_leaves_none_of_before() {
    let run = with_people(people(3));
    assert_eq!(preview(&run, &[]).code, 0);
    let run = run.with("templates/invitation.md", says_a_protected_name_to("Nama1x"));
    let outcome = preview(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("error[leak]"), "{}", outcome.err);
    assert!(!run.path(FOLDER).join("proof/first.pdf").exists());
    let outcome = invite(&run, &["--make", "letters", "--checked-by", "Ruth Penhaligon"]);
    assert!(outcome.err.contains("error[not-proved]"), "{}", outcome.err);
}
