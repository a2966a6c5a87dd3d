//! One kind of person: rows of a list are invitees of the conference, and invitees get what people of a list get.

use crate::run::Run;

/// People of a list that the conference names, with names that a careless program trips over.
const PEOPLE: &str = "\
ID,Name,Category,Address,Postcode,Email,Consent to email,Reply,Attended,Undertaking,Note
R-1,王小明,residents,\"214 Dace Court, MARSHGATE\",e209zz,wang@residents.example,yes,accepted,yes,2026-11-20,=1+1
R-2,محمد,residents,\"215 Dace Court, MARSHGATE\",E20 9ZZ,,,,,,{{ x }} and *stars*
R-3,O'Neill & Sons <Ltd>,business,\"216 Mill Lane, MARSHGATE\",E20 9ZZ,,,apologies,no,,
";

/// The example with the list before everybody who is typed, and with what is known of one of its people besides.
fn with_the_list() -> Run {
    let more = "invitees:\n  - people.csv\n  - { id: R-2, attended: true, undertaking: { signed: 2026-11-20 } }\n";
    Run::on_the_example().with("people.csv", PEOPLE).edit("conference.yaml", "invitees:\n", more)
}

/// The name of each letter of an audience, below a folder.
fn letters(run: &Run, below: &str) -> Vec<String> {
    let named = |file: String| file.rsplit('/').next().map(str::to_owned);
    run.files(below).into_iter().filter_map(named).filter(|name| name.starts_with("invitation-")).collect()
}

#[test]
fn the_rows_of_a_list_are_invitees_in_its_place() {
    let run = with_the_list();
    run.build(&["--to", "txt"]);
    let community = letters(&run, "out/CSC-2026-014/community");
    let first = ["invitation-01.txt", "invitation-02.txt", "invitation-03-oneill-sons-ltd.txt"];
    assert_eq!(community[..3], first);
    assert_eq!(letters(&run, "out/CSC-2026-014/professional")[0], "invitation-04-ms-sian-llewellyn-rees.txt");
    let letter = |name: &str| run.read(&format!("out/CSC-2026-014/community/{name}"));
    assert!(letter(first[0]).contains("CSC-2026-014/01") && letter(first[0]).contains("王小明"));
    assert!(letter(first[0]).contains("=1+1"), "a cell is text");
    assert!(letter(first[1]).contains("{{ x }} and *stars*"), "{}", letter(first[1]));
    assert!(letter(first[2]).contains("O'Neill & Sons <Ltd>") || letter(first[2]).contains("O’Neill & Sons <Ltd>"));
    let theirs = ["214 Dace Court", "215 Dace Court", "216 Mill Lane"];
    for file in run.files("out/CSC-2026-014").into_iter().filter(|file| file.ends_with(".txt")) {
        // Every letter of theirs has their number.
        let is_letter = |kind: &str| file.contains(&format!("/community/{kind}-"));
        let number =
            |name: &str| name.strip_prefix("invitation").and_then(|rest| rest.get(..3)).unwrap_or("-").to_owned();
        let named = file.rsplit('/').next().unwrap_or_default();
        let is_theirs = |name: &&str| {
            named.contains(&number(name))
                && ["invitation", "reminder", "decision", "thank-you"].into_iter().any(is_letter)
        };
        let own = first.iter().position(is_theirs);
        let holds = theirs.iter().position(|line| run.read(&file).contains(line));
        assert!(holds.is_none() || holds == own, "{file} holds another's address");
    }
}

#[test]
fn a_row_replies_attends_and_gets_minutes_by_its_columns_or_by_an_entry_with_its_id() {
    let run = with_the_list();
    run.build(&["--to", "txt"]);
    let minutes = run.read("out/CSC-2026-014/professional/minutes.txt");
    assert!(minutes.contains("王小明") && minutes.contains("محمد"), "{minutes}");
    let apologies = minutes.find("Apologies").expect("somebody sent them");
    assert!(
        minutes[apologies..].contains("O’Neill & Sons <Ltd>") || minutes[apologies..].contains("O'Neill & Sons <Ltd>")
    );
    let register = run.read("out/CSC-2026-014/register.json");
    let register: serde_json::Value = serde_json::from_str(&register).expect("JSON");
    let files = register["files"].as_array().expect("a list");
    let sent = files.iter().find(|f| f["file"] == "community/minutes.txt").expect("the minutes are there");
    let to: Vec<&str> = sent["recipients"].as_array().expect("a list").iter().filter_map(|r| r.as_str()).collect();
    assert!(to.contains(&"王小明") && to.contains(&"محمد") && !to.contains(&"O'Neill & Sons <Ltd>"), "{to:?}");
}

#[test]
fn without_a_list_invite_makes_for_each_invitee_the_letter_that_build_makes_and_all_that_goes_with_it() {
    let run = with_the_list().edit("conference.yaml", "reply: accepted, attended: true", "number: 41, attended: true");
    run.build(&["--only", "invitation"]);
    let invited = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--make", "all", "--yes"]);
    // GOV.UK Notify takes no address without an English letter in its first two lines; all else is made for them.
    let told = invited.err.lines().filter(|line| line.starts_with("error["));
    // Each at its position among the invitees.
    let told: Vec<_> =
        told.filter_map(|line| line.strip_prefix("error[not-for-notify]: invitees[")?.split_once("]: ")).collect();
    let left_out = ["CSC-2026-014/42", "CSC-2026-014/43"].map(|number| {
        let why = "one of the first two lines of its address has no letter of the English alphabet and no digit";
        format!("{number} is not in the set for GOV.UK Notify: {why}")
    });
    let (positions, told): (Vec<_>, Vec<_>) = told.into_iter().unzip();
    assert!(positions.iter().all(|n| n.parse::<usize>().is_ok()), "{positions:?}");
    assert!(invited.code == 1 && told == left_out, "{}", invited.err);
    let mut letters = 0;
    for audience in ["community", "professional"] {
        for name in self::letters(&run, &format!("out/CSC-2026-014/{audience}")) {
            let made = run.bytes(&format!("out/CSC-2026-014/invitees/{audience}/letters/{name}"));
            assert!(made == run.bytes(&format!("out/CSC-2026-014/{audience}/{name}")), "{name} is another letter");
            letters += 1;
        }
    }
    assert!(letters > 15, "{letters}");
    let files = run.files("out/CSC-2026-014/invitees");
    let has = |part: &str| files.iter().any(|file| file.contains(part));
    for part in
        ["meeting.ics", "/print/", "labels", "notify/notify.csv", "letters.zip", "-41-ms-sian-llewellyn-rees.pdf"]
    {
        assert!(has(part), "no {part} in {files:#?}");
    }
    let messages: Vec<&String> = files.iter().filter(|file| file.ends_with(".eml")).collect();
    assert_eq!(messages.len(), 1, "only who agreed is emailed: {messages:?}");
    assert!(run.read(messages[0]).contains("wang@residents.example"));
    let table = run.read("out/CSC-2026-014/invitees/professional/notify/notify.csv");
    assert!(table.contains("CSC-2026-014/41,CSC-2026-014-41.pdf,second,"), "{table}");
    let again = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--make", "all", "--yes"]);
    assert!(again.code == 1 && again.out.contains("0 made now"), "{}{}", again.out, again.err);
}

#[test]
fn a_list_beside_the_invitees_is_in_nobodys_way_and_its_options_ask_for_one() {
    let run = with_the_list().with("more.csv", "Name,Address,Postcode\nMs Ade,\"20 Mill Lane, MARSHGATE\",E20 9ZZ\n");
    let own = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--yes"]);
    assert_eq!(own.code, 0, "{}", own.err);
    let list =
        ["invite", "@/conference.yaml", "--list", "@/more.csv", "--category", "residents", "-o", "@/out", "--yes"];
    let outcome = run.convenor(&list);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(run.path("out/CSC-2026-014/invitations/community/letters/invitation-00001-ms-ade.pdf").is_file());
    let outcome = run.convenor(&["invite", "@/conference.yaml", "--category", "residents", "-o", "@/out", "--yes"]);
    assert!(outcome.code == 2 && outcome.err.contains("error[bad-mapping]"), "{}", outcome.err);
    assert_eq!(run.convenor(&["invite", "@/conference.yaml", "--group", "address", "-o", "@/out"]).code, 2);
}

#[test]
fn every_message_about_a_row_has_its_cell_and_machines_are_told_no_value() {
    let run = with_the_list().edit("people.csv", "e209zz", "E20").edit("people.csv", "apologies", "perhaps Kai");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    let at = |place: &str| outcome.err.contains(&format!("--> {place}: invitees["));
    assert!(outcome.code == 1 && at("people.csv, E2") && at("people.csv, H4"), "{}", outcome.err);
    assert_eq!(outcome.err.matches("error[bad-postcode]").count(), 1, "told once: {}", outcome.err);
    let json = run.convenor(&["check", "@/conference.yaml", "--message-format", "json"]).err;
    for value in ["Kai", "perhaps", "王", "Dace", "O'Neill"] {
        assert!(!json.contains(value), "{json}");
    }
    let place = r#""file":"people.csv","column":8,"sheet":1,"row":4,"path":"invitees[2]""#;
    assert!(json.contains(place), "{json}");
}

#[test]
fn a_workbook_names_the_sheet_of_a_cell() {
    let run = Run::on_the_example().with("people.xlsx", include_bytes!("../../fixtures/lists/people.xlsx")).edit(
        "conference.yaml",
        "invitees:\n",
        "invitees:\n  - { list: people.xlsx, category: residents }\n",
    );
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    let told = outcome.err.lines().filter(|line| line.contains("--> people.xlsx, ")).count();
    let in_sheets = outcome.err.lines().filter(|line| line.contains("--> people.xlsx, ") && line.contains('!')).count();
    assert!(outcome.code == 1 && told > 5 && told == in_sheets, "{}", outcome.err);
}

#[test]
fn the_papers_of_a_list_that_changed_are_made_from_something_else() {
    let run = with_the_list();
    let data = || {
        run.build(&["--only", "terms", "--to", "txt"]);
        let register: serde_json::Value =
            serde_json::from_str(&run.read("out/CSC-2026-014/register.json")).expect("the register is JSON");
        register["files"][0]["data"].as_str().expect("it says from which data").to_owned()
    };
    let before = data();
    assert_eq!(before, data());
    let text = run.read("people.csv").replace("=1+1", "=1+2");
    std::fs::write(run.path("people.csv"), text).expect("the tests may write");
    assert_ne!(before, data());
}

#[test]
fn a_number_that_the_file_gives_stands_and_nobody_else_has_it() {
    let run = with_the_list().edit("people.csv", "Undertaking,Note", "Undertaking,Note,Letter number");
    let run =
        run.edit("people.csv", ",=1+1", ",=1+1,30").edit("conference.yaml", "{ id: R-2,", "{ id: R-2, number: 12,");
    run.build(&["--only", "invitation", "--to", "txt"]);
    let all = letters(&run, "out/CSC-2026-014");
    let numbers: Vec<u32> = all.iter().map(|name| name[11..13].parse().expect("a number")).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    let others = 31..=30 + u32::try_from(numbers.len() - 2).expect("few");
    assert_eq!(sorted, [12, 30].into_iter().chain(others).collect::<Vec<_>>());
}

#[test]
fn whoever_withdraws_leaves_no_letter_among_those_that_invite_made() {
    let all = "letters,emails,print,labels,notify,zip";
    let preview = ["invite", "@/conference.yaml", "-o", "@/out", "--preview", "--make", all];
    let invite = ["invite", "@/conference.yaml", "-o", "@/out", "--yes", "--make", all];
    let of = |run: &Run, verb: &str, more: &[&str]| {
        let outcome = run.convenor(&[&[verb, "@/conference.yaml", "-o", "@/out", "--of", "Rahmani"], more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.out
    };
    let holds = |run: &Run, below: &str| {
        let files =
            run.files(below).into_iter().filter(|file| !file.contains("/register.") && !file.ends_with(".jsonl"));
        let theirs = |file: &String| {
            let data = run.bytes(file);
            let text = if file.ends_with(".pdf") {
                crate::run::pdf_text(&data)
            } else {
                String::from_utf8_lossy(&data).into()
            };
            file.contains("rahmani") || file.contains("014-14") || text.contains("CSC-2026-014/14")
        };
        files.filter(theirs).collect::<Vec<String>>()
    };
    // Drafts go, and with them those of many letters.
    let run = Run::on_the_example();
    assert_eq!(run.convenor(&invite).code, 0);
    assert!(of(&run, "record", &[]).contains("invitation"));
    let said = of(&run, "withdraw", &["--erase", "--yes"]);
    assert!(said.contains("`convenor invite --paper invitation` makes them again"), "{said}");
    assert_eq!(holds(&run, "out"), Vec::<String>::new());
    let outcome = run.convenor(&invite);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(holds(&run, "out"), Vec::<String>::new());
    assert!(run.files("out").iter().any(|file| file.ends_with("community/print/part-001.pdf")));
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);

    // Released letters are kept, or destroyed; files that hold letters to others stay, and are named.
    let run = Run::on_the_example();
    assert_eq!(run.convenor(&preview).code, 0);
    let checked = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-10"];
    assert_eq!(run.convenor(&[&invite[..], &checked].concat()).code, 0);
    let posted = ["--paper", "invitees", "--letters", "11-19", "--how", "post", "--on", "2026-11-11"];
    assert_eq!(run.convenor(&[&["sent", "@/conference.yaml", "-o", "@/out"], &posted[..]].concat()).code, 0);
    let row = of(&run, "record", &["--format", "csv"]);
    assert!(row.contains("letters/invitation-14-mr-mohammed-rahmani.pdf") && row.contains("post, 2026-11-11"), "{row}");
    let said = of(&run, "withdraw", &[]);
    let kept = "withdrawn/version-1/invitees/community/letters/invitation-14-mr-mohammed-rahmani.pdf";
    assert!(said.contains(&format!("is kept as {kept}")), "{said}");
    assert!(said.contains("left: invitees/community/print/part-001.pdf") && said.contains("labels-001.pdf"), "{said}");
    assert!(!said.contains("professional/print"), "{said}");
    assert!(run.path(&format!("out/CSC-2026-014/{kept}")).exists());
    let row = of(&run, "record", &["--format", "csv"]);
    assert!(row.contains("withdrawn") && row.contains("post, 2026-11-11"), "{row}");
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    of(&run, "withdraw", &["--erase", "--yes"]);
    assert!(
        holds(&run, "out").iter().all(|file| file.contains("/print/") || file.ends_with("notify.csv")),
        "{:?}",
        holds(&run, "out")
    );
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
}

#[test]
fn a_letter_to_somebody_who_is_typed_is_addressed_and_begins_as_one_to_a_row() {
    let nair = "name: \"Sgt Priya Nair\", salutation: Sgt Nair";
    let address = "[Marshgate Police Station, 2 Kiln Road, MARSHGATE, E20 9AB]";
    let letter = |name: &str, lines: &str| {
        let run = Run::on_the_example().edit("conference.yaml", nair, name).edit("conference.yaml", address, lines);
        run.build(&["--only", "invitation", "--to", "txt"]);
        let files = run.files("out/CSC-2026-014/professional");
        let file = files.iter().find(|file| file.contains("invitation-02")).expect("the second invitee gets a letter");
        run.read(file)
    };
    for lines in [
        "[2 Kiln Road, MARSHGATE E20 9AB, E20 9AB]",
        "[2 Kiln Road, MARSHGATE, E20 9AB, United Kingdom]",
        "[\"2 Kiln Road,\", \"MARSHGATE,\", \"E20 9AB,\"]",
        "[2 Kiln Road, MARSHGATE e209ab]",
    ] {
        let text = letter(nair, lines);
        assert!(text.contains("2 Kiln Road\nMARSHGATE\nE20 9AB\n"), "{lines}\n{text}");
        assert_eq!(text.matches("E20 9AB").count(), 1, "{lines}\n{text}");
    }
    for (name, dear) in [
        ("name: The Occupier", "Dear Sir or Madam"),
        ("name: Priya Nair, salutation: Hello Priya!", "Dear Priya"),
        ("name: Priya Nair, salutation: N/A", "Dear Priya Nair"),
        ("name: \"Priya\u{200b} Nair\u{200b}\"", "Dear Priya Nair"),
    ] {
        let text = letter(name, address);
        assert!(text.lines().any(|line| line.trim_end_matches(',') == dear), "{name}\n{text}");
    }
}

#[test]
fn an_nhs_number_in_the_place_of_a_telephone_number_is_told_and_no_number_to_dial_is_one() {
    let said = |phone: &str| {
        let run = Run::on_the_example().edit("conference.yaml", "phone: 020 7946 0102", &format!("phone: {phone:?}"));
        let outcome = run.convenor(&["check", "@/conference.yaml"]);
        (outcome.code, outcome.err.contains("error[looks-like-identity]: this looks like an NHS number"))
    };
    for phone in ["943 476 5919", "9434765919", "NHS 943 476 5919", "020 7946 0102 (943 476 5919)"] {
        assert_eq!(said(phone), (1, true), "{phone}");
    }
    // These have the check digit of an NHS number, and lost their zero, or have none.
    for phone in ["+44 7700900019", "7700900019", "(020) 7946 0102", "020 7946 0102 ext 2"] {
        assert_eq!(said(phone), (0, false), "{phone}");
    }
}
