//! What an audience may not read is in none of its papers.

use crate::run::{Run, pdf_text, squeezed};

#[test]
fn nothing_restricted_reaches_any_paper_but_the_annex_and_the_notes_and_nothing_professional_the_community() {
    let run = Run::on_the_example();
    let data: serde_json::Value = serde_saphyr::from_str(&run.read("conference.yaml")).expect("the example is sound");
    run.build(&["--to", "txt,md,pdf"]);
    let (everywhere, community) = forbidden(&data);
    assert!(everywhere.len() >= 12 && community.len() >= 15, "the example holds something to keep back");
    for file in run.files("out").iter().filter(|f| !f.contains("register") && !f.contains("/restricted/")) {
        let bytes = run.bytes(file);
        let text = if file.ends_with(".pdf") { pdf_text(&bytes) } else { String::from_utf8(bytes).expect("text") };
        let text = squeezed(&text.replace('\\', ""));
        let whole = file.contains("/community/") || file.contains("/public/");
        for secret in everywhere.iter().chain(community.iter().filter(|_| whole)) {
            assert!(!text.contains(&squeezed(secret)), "{file} holds a text that its readers may not see");
        }
    }
}

/// Texts that no paper may hold, and texts that only professionals may read.
fn forbidden(data: &serde_json::Value) -> (Vec<String>, Vec<String>) {
    let text = |v: &serde_json::Value| v.as_str().expect("a text").to_owned();
    let list = |v: &serde_json::Value| v.as_array().cloned().unwrap_or_default();
    let mut everywhere: Vec<String> = list(&data["protected_names"]).iter().map(text).collect();
    for link in list(&data["child_links"]) {
        everywhere.extend([
            text(&link["ref"]),
            text(&link["worker"]["name"]),
            text(&link["relevance"]),
            text(&link["feedback"]),
        ]);
    }
    let mut community = vec![text(&data["context"]["internal_label"])];
    let a = &data["assessment"];
    let lists = [&data["items"], &data["decisions"], &a["voices"], &a["strengths"], &a["concerns"], &a["gaps"]];
    let mut marked: Vec<serde_json::Value> = lists.into_iter().flat_map(list).collect();
    marked.extend(["young_people_and_needs", "guardianship", "environment", "weighting"].map(|field| a[field].clone()));
    marked.extend([
        data["contingency"].clone(),
        data["context"]["boundary"].clone(),
        data["context"]["summary"].clone(),
    ]);
    for decision in list(&data["decisions"]) {
        marked.push(decision["rationale"].clone());
        marked.extend(list(&decision["dissent"]));
    }
    for goal in list(&data["goals"]) {
        marked.push(goal["baseline"].clone());
        marked.extend(list(&goal["actions"]));
        marked.extend(list(&goal["actions"]).iter().map(|action| action["evidence"].clone()));
    }
    for item in marked {
        // Plain text is professional, and so is a map without a mark.
        let share = item["share"].as_str().unwrap_or("professional");
        let said = item.as_str().or(item["text"].as_str()).unwrap_or_default().trim().to_owned();
        let share = if share == "public" { "community" } else { share };
        match share {
            _ if said.is_empty() => {}
            "restricted" => everywhere.push(said),
            "professional" => community.push(said),
            _ => {}
        }
    }
    (everywhere, community)
}

#[test]
fn a_postal_address_reaches_only_the_letter_to_its_owner() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    let street = "14 Dace Court";
    let papers = run.files("out").into_iter().filter(|f| f.ends_with(".txt"));
    let holders: Vec<String> = papers.filter(|f| run.read(f).contains(street)).collect();
    let theirs =
        ["decision", "invitation"].map(|kind| format!("out/CSC-2026-014/community/{kind}-16-ms-yetunde-adebayo.txt"));
    assert_eq!(holders, theirs);
}

#[test]
fn a_peer_group_has_no_community_papers() {
    let run = Run::on_the_example().edit("conference.yaml", "kind: place", "kind: peer-group");
    run.build(&["--to", "txt"]);
    assert!(run.files("out").iter().all(|f| !f.contains("/community/") && !f.contains("/public/")));
    assert!(run.files("out").iter().any(|f| f.contains("/restricted/")));
}

#[test]
fn a_youth_representative_is_named_in_no_minutes() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes", "--to", "txt"]);
    assert!(!run.read("out/CSC-2026-014/professional/minutes.txt").contains("Saoirse"));
    assert!(!run.read("out/CSC-2026-014/community/minutes.txt").contains("Priya Nair"), "the community sees no names");
}

const FOLDER: &str = "out/CSC-2026-014";

#[test]
fn one_wording_makes_a_version_for_each_audience_in_a_folder_of_its_own() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes,annex,summary", "--to", "txt"]);
    let read = |name: &str| squeezed(&run.read(&format!("{FOLDER}/{name}.txt")));
    let versions =
        ["professional/minutes", "community/minutes", "restricted/confidential-annex", "public/summary"].map(read);
    let holds = |text: &str| versions.each_ref().map(|v| v.contains(&squeezed(text)));
    assert_eq!(holds("The stairwell behind Unit 6 is used to hold goods."), [true, false, false, false]);
    assert_eq!(holds("Information about a young person was given orally."), [false, false, true, false]);
    assert_eq!(holds("Station staff are trained in first aid"), [true, true, false, false]);
    assert_eq!(holds("Turn the benches to face the ticket hall"), [true, true, false, true]);
    assert_eq!(holds("Train and support a rota of community guardians"), [true, true, false, false]);
}

#[test]
fn neither_annex_nor_summary_is_made_where_nothing_is_marked_for_them() {
    let run = Run::on_the_example();
    let text = run
        .read("conference.yaml")
        .replace("share: public", "share: community")
        .replace("share: restricted", "share: professional");
    let run = run.with("conference.yaml", text);
    run.build(&["--to", "txt"]);
    assert!(run.files("out").iter().all(|f| !f.contains("/public/") && !f.contains("annex")));
}

#[test]
fn numbers_of_points_and_actions_do_not_betray_what_was_withheld() {
    let run = Run::on_the_example();
    let mut data: serde_json::Value =
        serde_saphyr::from_str(&run.read("conference.yaml")).expect("the example is sound");
    data["agenda"] = serde_json::json!([
        { "title": "Opening", "minutes": 10 },
        { "title": "Only for some", "minutes": 10, "share": "professional" },
        { "title": "Closing", "minutes": 10 },
    ]);
    let said = ["Everybody was made welcome.", "This was said among professionals alone.", "Everybody was thanked."];
    let item = |(i, text): (usize, &&str)| serde_json::json!({ "agenda": i + 1, "by": "police", "text": text, "share": "community" });
    data["items"] = said.iter().enumerate().map(item).collect();
    for invitee in data["invitees"].as_array_mut().expect("the example invites people") {
        invitee.as_object_mut().expect("a map").remove("items");
    }
    let run = run.with("conference.yaml", serde_json::to_string_pretty(&data).expect("JSON"));
    run.build(&["--only", "minutes,invitation", "--to", "txt"]);
    let community = run.read(&format!("{FOLDER}/community/minutes.txt"));
    assert!(community.contains("1. Opening\n") && community.contains("2. Closing\n"), "{community}");
    assert!(!community.contains("Only for some") && !community.contains("among professionals"));
    let professional = run.read(&format!("{FOLDER}/professional/minutes.txt"));
    assert!(professional.contains("2. Only for some, 1:40pm\n") && professional.contains("3. Closing, 1:50pm\n"));
    let letter = run.read(&format!("{FOLDER}/community/invitation-17-mrs-beryl-featherstonehaugh.txt"));
    assert!(letter.contains("1:50pm to 2pm: “Closing”") && !letter.contains("Only for some"), "{letter}");
}

#[test]
fn a_council_chooses_whether_withheld_points_are_counted() {
    let counted = Run::on_the_example();
    counted.build(&["--only", "minutes", "--to", "txt"]);
    let silent = Run::on_the_example().edit("borough.yaml", "settings:", "settings:\n  withheld: silent");
    silent.build(&["--only", "minutes", "--to", "txt"]);
    let minutes = |run: &Run| run.read(&format!("{FOLDER}/community/minutes.txt")).replace("\n", " ");
    assert!(minutes(&counted).contains("things that were said are not in this version"));
    assert!(!minutes(&silent).contains("not in this version"));
}

#[test]
fn part_attendance_narrows_a_persons_minutes_to_their_points() {
    let run = Run::on_the_example().edit("conference.yaml", "7, 8, 10, 14]", "7, 8, 10]");
    run.build(&["--only", "minutes", "--to", "txt"]);
    // The pharmacist came for points 1, 2, 4, 5, 7 and 8, and his pharmacy has taken on nothing.
    let copy = |of: &str| {
        let file = run.files(FOLDER).into_iter().find(|f| f.contains("/community/minutes") && f.contains(of));
        run.read(&file.expect("it was made")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (his, everybodys) = (copy("rahmani"), copy("minutes.txt"));
    for (text, theirs) in [
        ("Reports come mainly from the bus stands", true),
        ("We want adults to ask us what would help", false),
        ("Measure whether we feel safe", false),
        // He was not asked to come for the decision and the plan, but may read what was agreed.
        ("The threshold is met", true),
        ("Turn the benches to face the ticket hall", true),
        ("Train and support a rota of community guardians", true),
        ("The chair asked each person in turn", false),
        ("Shop and station staff know many young people by sight", true),
        ("We go home the long way", false),
    ] {
        assert!(everybodys.contains(text), "{text}");
        assert_eq!(his.contains(text), theirs, "{text}");
    }
    // The bus company came for the rules and not for the plan: it reads what was agreed, and nothing of how.
    let buses = copy("mokoena");
    assert!(buses.contains("Tell every driver") && buses.contains("Turn the benches"), "{buses}");
    assert!(!buses.contains("An extra bus at 3:30pm can be tried"), "{buses}");
    // Not even those who may read what was agreed read what is marked for professionals.
    assert!(everybodys.contains("Mill Lane Homes") && !everybodys.contains("Lock the rear stairwell"));
    assert!(!his.contains("Lock the rear stairwell") && !his.contains("shorter first review"), "{his}");
}

#[test]
fn whoever_is_kept_out_of_a_point_reads_of_what_was_agreed_there_what_is_public() {
    let kept_out = |points: &str| {
        let run = Run::on_the_example().edit(
            "conference.yaml",
            "reply: accepted, attended: true, access: Hearing loop",
            &format!("excluded: {points}, reply: accepted, attended: true, access: Hearing loop"),
        );
        run.build(&["--only", "minutes", "--to", "txt"]);
        let copy = run.read(&format!("{FOLDER}/community/minutes-for-17-mrs-beryl-featherstonehaugh.txt"));
        copy.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // The decision (13): the public text of one, but neither its reasons nor the other.
    let copy = kept_out("[13]");
    assert!(copy.contains("The threshold is met"), "{copy}");
    assert!(!copy.contains("Harm keeps happening") && !copy.contains("goes to the oversight panel"), "{copy}");
    assert!(copy.contains("Set up travel-home groups"), "she was there for the plan: {copy}");
    // The goals and the plan (12, 14): public actions, and her own association's with the goal that it serves.
    let copy = kept_out("[12, 14]");
    assert!(copy.contains("Turn the benches") && copy.contains("Train and support a rota"), "{copy}");
    assert!(copy.contains("A trusted adult is present"), "{copy}");
    assert!(!copy.contains("Set up travel-home groups") && !copy.contains("Bring detached youth work"), "{copy}");
    assert!(!copy.contains("If a guardian rota cannot be kept"), "{copy}");
    assert!(copy.contains("goes to the oversight panel"), "she was there for the decision: {copy}");
}

#[test]
fn an_owner_is_kept_out_of_points_and_the_check_asks_for_it() {
    let owned = Run::on_the_example().edit("conference.yaml", "  kind: place ", "  owner: residents\n  kind: place ");
    let outcome = owned.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("warning[owner-hears-all]"), "{}", outcome.err);
    let run = owned.edit(
        "conference.yaml",
        "reply: accepted, attended: true, access: Hearing loop",
        "excluded: [5], reply: accepted, attended: true, access: Hearing loop",
    );
    run.build(&["--only", "minutes,invitation", "--to", "txt"]);
    let copy = run.read(&format!("{FOLDER}/community/minutes-for-17-mrs-beryl-featherstonehaugh.txt"));
    assert!(!copy.contains("Reports come mainly") && copy.contains("Station staff are trained"), "{copy}");
    let letter = run.read(&format!("{FOLDER}/community/invitation-17-mrs-beryl-featherstonehaugh.txt"));
    let flat = letter.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!flat.contains("What worries us") && flat.contains("to “What is going well”"), "{letter}");
}

#[test]
fn who_reads_what_is_a_setting_and_a_downgrade_says_why() {
    let run = Run::on_the_example();
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert!(
        outcome.err.contains("gets community papers: their organisation has signed no information-sharing agreement"),
        "{}",
        outcome.err
    );
    let ended = Run::on_the_example().edit(
        "conference.yaml",
        "signed: 2026-03-10, review: 2027-03-10",
        "signed: 2025-03-10, review: 2026-03-10",
    );
    let outcome = ended.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("has ended by the day of the meeting"), "{}", outcome.err);
    let wide =
        Run::on_the_example().edit("borough.yaml", "settings:", "settings:\n  audiences: { voluntary: professional }");
    wide.build(&["--only", "invitation", "--to", "txt"]);
    assert!(wide.files("out").iter().any(|f| f.contains("professional/invitation-11-mr-ilir-krasniqi")));
}

#[test]
fn without_an_undertaking_nobody_in_the_community_is_sent_minutes() {
    let text = Run::on_the_example().read("conference.yaml");
    let run = Run::on_the_example().with("conference.yaml", text.replace(", undertaking: { signed: 2026-11-24 }", ""));
    let outcome = run.build(&["--only", "minutes", "--to", "txt"]);
    assert!(outcome.err.contains("warning[no-undertaking]"), "{}", outcome.err);
    assert!(run.files("out").iter().all(|f| !f.contains("rahmani")));
    let register: serde_json::Value =
        serde_json::from_str(&run.read(&format!("{FOLDER}/register.json"))).expect("JSON");
    let minutes = register["files"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|e| e["file"] == "community/minutes.txt")
        .expect("it was made");
    let sent = minutes["recipients"].to_string();
    assert!(sent.contains("Featherstonehaugh") && !sent.contains("Gebremariam"), "{sent}");
}

#[test]
fn a_note_reaches_only_its_childs_own_worker() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    for (reference, worker) in
        [("MOS-448120", "jo-brandt"), ("MOS-451903", "halima-warsame"), ("MOS-447266", "gethin-pryce")]
    {
        let papers = run.files("out").into_iter().filter(|f| f.ends_with(".txt"));
        let holders: Vec<String> = papers.filter(|f| run.read(f).contains(reference)).collect();
        assert!(
            matches!(holders.as_slice(), [one] if one.contains("restricted/note-") && one.contains(worker)),
            "{holders:?}"
        );
    }
}

#[test]
fn a_template_that_prints_what_its_readers_may_not_see_makes_no_paper_at_all() {
    let front = "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: report\naudiences: [community]\nformats: [pdf]\nfile: own\n---\n";
    for (said, path) in [
        ("Ask Sgt Priya Nair.", "invitees[1].person.name"),
        ("We met Kai Mensah.", "protected_names[0]"),
        ("The rear stairwell gives cover to people who recruit young people.", "assessment.concerns[2]"),
        ("Write to 14 Dace Court.", "invitees[15].address[0]"),
        ("See MOS-448120.", "child_links[0].ref"),
    ] {
        let run = Run::on_the_example().with("templates/own.md", format!("{front}# Own\n\n{said}\n"));
        for format in ["txt", "md", "pdf"] {
            let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--all", "--to", format]);
            assert_eq!(outcome.code, 1, "{said} in {format}: {}", outcome.err);
            assert!(outcome.err.contains("error[leak]") && outcome.err.contains(path), "{}", outcome.err);
            let value = said.split_once(' ').expect("two words").1.trim_end_matches('.');
            assert!(!outcome.err.contains(value), "the value stays out: {}", outcome.err);
            assert!(run.files("out").is_empty(), "nothing is written");
        }
    }
}

#[test]
fn a_false_alarm_is_answered_in_the_data_and_the_answer_stands_in_the_register() {
    let front = "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: report\naudiences: [community]\nformats: [txt]\nfile: own\n---\n";
    let run = Run::on_the_example()
        .with("templates/own.md", format!("{front}# Own\n\nThe shop of Priya Nair, Sgt Priya Nair.\n"))
        .edit("conference.yaml", "protected_names:", "allow:\n  - { path: \"invitees[1].person.name\", paper: own, reason: a shop has the same name }\n\nprotected_names:");
    run.build(&["--only", "own"]);
    assert!(run.read(&format!("{FOLDER}/register.json")).contains("invitees[1].person.name: a shop has the same name"));
    let misspelt = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(misspelt.code, 0, "{}", misspelt.err);
    let run = run.edit("conference.yaml", "paper: own, reason", "paper: owm, reason");
    let misspelt = run.convenor(&["check", "@/conference.yaml"]);
    assert!(
        misspelt.err.contains("error[unknown-paper]") && misspelt.err.contains("did you mean `own`?"),
        "{}",
        misspelt.err
    );
    let run = run.edit("conference.yaml", "paper: owm, reason", "paper: own, reason");
    let other = run.edit("conference.yaml", "paper: own, reason", "paper: minutes, reason");
    assert_eq!(other.convenor(&["build", "@/conference.yaml", "-o", "@/out2", "--only", "own"]).code, 1);
}

#[test]
fn metadata_holds_no_user_no_path_and_nothing_that_is_not_meant() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes"]);
    let bytes = run.bytes(&format!("{FOLDER}/community/minutes.pdf"));
    let pdf = lopdf::Document::load_mem(&bytes).expect("the PDF parses");
    let info = pdf
        .trailer
        .get(b"Info")
        .and_then(|i| i.as_reference())
        .and_then(|i| pdf.get_dictionary(i))
        .expect("it has metadata");
    let mut keys: Vec<String> = info.iter().map(|(k, _)| String::from_utf8_lossy(k).into_owned()).collect();
    keys.sort();
    assert_eq!(
        keys,
        ["Author", "CreationDate", "Creator", "ModDate", "Producer", "Title"]
            .map(str::to_owned)
            .into_iter()
            .filter(|k| keys.contains(k))
            .collect::<Vec<_>>()
    );
    let raw = String::from_utf8_lossy(&bytes);
    for name in ["/home/", "/root", "/tmp", "/work", "file://"] {
        assert!(!raw.contains(name), "{name}");
    }
}

#[test]
fn an_undertaking_of_a_later_day_than_the_minutes_brings_none() {
    let own = "papers: { minutes: { issued: 2026-12-01 } }\nmeeting:\n";
    let run = Run::on_the_example().edit("conference.yaml", "meeting:\n", own);
    let copies = |run: &Run| run.files("out").iter().filter(|file| file.contains("/minutes-for-14")).count();
    run.build(&["--only", "minutes", "--to", "txt"]);
    assert_eq!(copies(&run), 1);
    let text = run.read("conference.yaml");
    let (before, after) = text.split_once("Mr Mohammed Rahmani").expect("he is invited");
    let after = after.replacen("undertaking: { signed: 2026-11-", "undertaking: { signed: 2027-11-", 1);
    let run = Run::on_the_example().with("conference.yaml", format!("{before}Mr Mohammed Rahmani{after}"));
    let outcome = run.build(&["--only", "minutes", "--to", "txt"]);
    assert_eq!(copies(&run), 0);
    assert!(outcome.err.contains("this undertaking is dated after the minutes"), "{}", outcome.err);
}
