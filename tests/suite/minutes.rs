//! Minutes as a record: what stands on page 1, what stands where it was taken, and what is said once.

use serde_json::{Value, json};

use crate::run::{Run, squeezed};

/// The councils whose conferences have met, each with the folder of its papers.
const COUNCILS: [(&str, &str); 3] =
    [("marshgate", "CSC-2026-014"), ("northmere", "CGC-2026-007"), ("kestrel-vale", "SPM-2026-021")];

fn built(council: &str, formats: &str) -> Run {
    let run = Run::on_the_council(council);
    run.build(&["--only", "minutes,annex,summary", "--to", formats]);
    run
}

/// Every file of minutes, annex and summary with an ending.
fn papers(run: &Run, ending: &str) -> Vec<String> {
    run.files("out").into_iter().filter(|file| file.ends_with(ending)).collect()
}

/// The text without line breaks and doubled spaces.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(data: &[u8]) -> usize {
    lopdf::Document::load_mem(data).expect("the PDF parses").get_pages().len()
}

fn first_page(data: &[u8]) -> String {
    squeezed(&lopdf::Document::load_mem(data).expect("the PDF parses").extract_text(&[1]).expect("it has text"))
}

fn data(run: &Run) -> Value {
    serde_saphyr::from_str(&run.read("conference.yaml")).expect("it is sound")
}

/// The conference with something changed.
fn changed(run: Run, change: impl FnOnce(&mut Value)) -> Run {
    let mut data = data(&run);
    change(&mut data);
    run.with("conference.yaml", serde_json::to_string_pretty(&data).expect("JSON"))
}

fn texts<'d>(list: &'d Value, key: &'static str) -> impl Iterator<Item = &'d str> {
    list.as_array().into_iter().flatten().filter_map(move |one| one[key].as_str())
}

#[test]
fn page_1_says_what_was_decided_and_who_does_what_by_when() {
    for (council, _) in COUNCILS {
        let run = built(council, "pdf,txt");
        for file in papers(&run, ".pdf").iter().filter(|file| file.contains("/minutes")) {
            let page = first_page(&run.bytes(file));
            let text = run.read(&file.replace(".pdf", ".txt"));
            let list = text.split_once("under its number:\n").map_or("", |(_, rest)| rest.trim_start());
            let list = list.split_once("\n\n").map_or("", |(list, _)| list);
            assert!(list.contains("action 1.1 by "), "{council}, {file}: {list}");
            for line in list.split("\n- ") {
                let line = squeezed(line.trim_start_matches("- "));
                assert!(page.contains(&line), "{council}, {file}: page 1 lacks {line}");
            }
            let decided = page.find("Whatwasdecided").expect("page 1 says what was decided");
            let done = page.find("action1.1by").expect("page 1 says who does what");
            assert!(done > decided, "{council}, {file}");
            for later in ["Confidential.", "Contents", "Whotookpart", "Whywemet"] {
                assert!(
                    page.find(later).is_none_or(|at| at > done),
                    "{council}, {file}: nothing but the details comes first"
                );
            }
        }
    }
}

#[test]
fn the_text_of_an_action_stands_once_in_every_version() {
    for (council, _) in COUNCILS {
        let run = built(council, "txt");
        let data = data(&run);
        let goals = data["goals"].as_array().expect("there are goals");
        for file in papers(&run, ".txt") {
            let text = squeezed(&run.read(&file));
            for action in goals.iter().flat_map(|goal| texts(&goal["actions"], "text")) {
                let times = text.matches(&squeezed(action)).count();
                assert!(times <= 1, "{council}, {file}: {action} stands {times} times");
            }
            for goal in texts(&data["goals"], "goal") {
                assert!(text.matches(&squeezed(goal)).count() <= 1, "{council}, {file}: {goal}");
            }
        }
    }
    let all = squeezed(&built("marshgate", "txt").read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(all.contains(&squeezed("Lock the rear stairwell outside trading hours (shown by: photograph of the lock")));
}

#[test]
fn a_decision_stands_in_a_box_with_its_reasons_at_the_point_where_it_was_taken() {
    for (council, folder) in COUNCILS {
        let run = built(council, "md");
        for audience in ["professional", "community"] {
            let minutes = run.read(&format!("out/{folder}/{audience}/minutes.md"));
            let boxes: Vec<&str> = minutes.split("\n:::decision\n").collect();
            assert!(boxes.len() > 1, "{council}: {minutes}");
            for before in &boxes[..boxes.len() - 1] {
                let heading = before.rsplit("\n### ").next().expect("there is a heading");
                let is_other_box = before.lines().next().is_some_and(|line| line.starts_with("**Decision:"));
                assert!(heading.contains("ecision") || is_other_box, "{council}, {audience}: {heading}");
            }
        }
    }
    // One that names its point stands there.
    let run = changed(Run::on_the_example(), |data| data["decisions"][1]["agenda"] = json!(7));
    run.build(&["--only", "minutes", "--to", "md"]);
    let minutes = run.read("out/CSC-2026-014/professional/minutes.md");
    let boxed = minutes.find("**Decision: Escalate").expect("it is there");
    let point = |n: usize| minutes.find(&format!("\n### {n}\\.")).unwrap_or_else(|| panic!("{minutes}"));
    assert!(point(7) < boxed && boxed < point(8), "{minutes}");
    let unknown = changed(Run::on_the_example(), |data| data["decisions"][1]["agenda"] = json!(17));
    let outcome = unknown.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("decisions[1].agenda"), "{}", outcome.err);
}

#[test]
fn whoever_ran_the_meeting_was_there_and_nobody_is_both_there_and_away() {
    for (council, folder) in COUNCILS {
        let run = built(council, "txt");
        let data = data(&run);
        let minutes = flat(&run.read(&format!("out/{folder}/professional/minutes.txt")));
        let (_, list) = minutes.split_once("unless it says otherwise:").expect("there is a list");
        let (there, rest) = list.split_once(" The quorum was met.").expect("there was a quorum");
        let (there, away) = there.split_once("Apologies:").unwrap_or((there, ""));
        for (field, duty) in [("chair", ""), ("minute_taker", "minute taker)"), ("author", "")] {
            let id = data["meeting"][field].as_str().or(data["assessment"][field].as_str()).expect("an id");
            let name = data["people"][id]["name"].as_str().expect("a name");
            assert_eq!(there.matches(name).count(), 1, "{council}: {name} in {there}");
            assert!(there.contains(duty), "{council}: {there}");
        }
        assert!(!rest.is_empty());
        for invitee in data["invitees"].as_array().expect("a list") {
            let inline = invitee["person"]["name"].as_str();
            let name = inline.or_else(|| data["people"][invitee["person"].as_str()?]["name"].as_str());
            let name = name.expect("a name");
            assert!(!(there.contains(&format!("{name},")) && away.contains(name)), "{council}: {name}");
        }
        // Of the community's list nothing stands on both sides.
        let text = run.read(&format!("out/{folder}/community/minutes.txt"));
        let (_, list) = text.split_once("says otherwise:\n").or(text.split_once("otherwise:\n")).expect("a list");
        let there: Vec<&str> =
            list.lines().map_while(|line| line.strip_prefix("- ").or((line.is_empty()).then_some(""))).collect();
        let (_, away) = list.split_once("Apologies:").unwrap_or(("", "\n\n"));
        let away = flat(away.split_once("\n\n").expect("an end").0);
        for organisation in there.iter().filter(|line| !line.is_empty()) {
            let name = organisation.split([',', '(']).next().expect("a name").trim();
            assert!(!away.contains(name), "{council}: {name} in {away}");
        }
    }
}

#[test]
fn a_chair_who_sent_apologies_is_not_listed_as_there() {
    let chair = |attended: Value| {
        let run = changed(Run::on_the_example(), |data| {
            data["invitees"].as_array_mut().expect("a list").push(json!({
                "person": "p-chair", "address": ["1 Kiln Road", "MARSHGATE", "E20 9AB"],
                "reply": "apologies", "attended": attended,
            }));
        });
        run.build(&["--only", "minutes", "--to", "txt"]);
        let minutes = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
        let (there, away) = minutes.split_once("Apologies:").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("both");
        let there = there.split_once("unless it says otherwise:").expect("a list").1.to_owned();
        (there.contains("Adaeze Okonkwo"), away.split("The quorum").next().expect("it").contains("Adaeze Okonkwo"))
    };
    assert_eq!(chair(json!(false)), (false, true));
    assert_eq!(chair(json!(true)), (true, false));
}

#[test]
fn what_one_speaker_said_under_a_point_runs_under_one_name_with_opinions_labelled() {
    let run = changed(Run::on_the_example(), |data| {
        let items = data["items"].as_array_mut().expect("a list");
        let by_police = |kind: &str, text: &str| json!({ "agenda": 4, "kind": kind, "by": "police", "text": text, "share": "community" });
        items.push(by_police("opinion", "More people come by in the evening"));
        items.push(json!({ "agenda": 4, "by": "school", "text": "The gate is staffed.", "share": "community" }));
        items.push(by_police("fact", "Patrols pass at four."));
    });
    run.build(&["--only", "minutes", "--to", "txt"]);
    for audience in ["professional", "community"] {
        let minutes = run.read(&format!("out/CSC-2026-014/{audience}/minutes.txt"));
        let said = flat(&minutes);
        assert!(
            said.contains("Metropolitan Police. Patrols pass at four. [Opinion] More people come by in the evening")
                || said.contains("Metropolitan Police. Patrols pass at four. Opinion More people come by"),
            "what is known comes first, since a label holds for what follows it: {said}"
        );
        let discussion = said.split_once("The discussion").expect("there is one").1;
        for point in 1..15 {
            let start = discussion.find(&format!(" {point}. ")).expect("the point is there");
            let end = discussion.find(&format!(" {}. ", point + 1)).expect("the next is there");
            let part = &discussion[start..end.max(start)];
            for organisation in texts(&json!(organisations(&run)), "name") {
                assert!(part.matches(&format!("{organisation}. ")).count() <= 1, "{organisation} in {part}");
            }
        }
    }
}

fn organisations(run: &Run) -> Vec<Value> {
    data(run)["organisations"].as_object().expect("a map").values().cloned().collect()
}

#[test]
fn a_name_that_is_left_out_says_why() {
    let run = built("marshgate", "txt");
    let professional = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(
        professional.contains("Young adult adviser, for points 1 to 15 (name left out, because we name nobody who speaks for young people)"),
        "{professional}"
    );
    let community = flat(&run.read("out/CSC-2026-014/community/minutes.txt"));
    assert!(community.contains("and not people, because this version"), "{community}");
    assert!(
        professional.contains("Two things that were said are not in this version, because they are for fewer readers")
    );
}

/// How many pages of minutes there may be, for professionals and for the community.
const PAGES: [(&str, usize, usize); 3] = [("marshgate", 10, 8), ("northmere", 6, 5), ("kestrel-vale", 5, 4)];

#[test]
fn minutes_are_no_longer_than_they_need_to_be() {
    for ((council, folder), (_, professional, community)) in COUNCILS.into_iter().zip(PAGES) {
        let run = built(council, "pdf");
        for (audience, most) in [("professional", professional), ("community", community)] {
            let file = format!("out/{folder}/{audience}/minutes.pdf");
            let pages = pages(&run.bytes(&file));
            assert!(pages <= most, "{council}, {audience}: {pages} pages");
        }
    }
}

#[test]
fn minutes_about_a_group_say_so_and_promise_no_version_for_the_community() {
    let run = Run::on_the_example().edit("conference.yaml", "kind: place ", "kind: peer-group ");
    run.build(&["--only", "minutes,annex", "--to", "txt"]);
    for file in papers(&run, ".txt") {
        let text = flat(&run.read(&file));
        assert!(
            !text.contains("They are about a place") && !text.contains("People from the community are sent"),
            "{text}"
        );
        if file.contains("minutes") {
            assert!(text.contains("They are about a group of young people, and name none of them."), "{text}");
            assert!(text.contains("There is no version for the community."), "{text}");
            assert!(text.contains("what was found about the group"), "{text}");
        }
    }
    // Nor where the council gives the community none.
    let none = Run::on_the_example().edit("borough.yaml", "settings:", "settings:\n  community_papers: [invitation]");
    none.build(&["--only", "minutes", "--to", "txt"]);
    let minutes = flat(&none.read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(minutes.contains("There is no version for the community."), "{minutes}");
}

#[test]
fn nothing_that_was_said_in_private_time_is_promised_or_told() {
    let run = built("northmere", "txt");
    for audience in ["professional", "community"] {
        let minutes = flat(&run.read(&format!("out/CGC-2026-007/{audience}/minutes.txt")));
        assert!(
            minutes.contains("If people had private time, nothing that they said in it is written here."),
            "{minutes}"
        );
    }
    let other = flat(&built("marshgate", "txt").read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(!other.contains("private time"));
}

#[test]
fn what_is_approved_and_what_is_a_draft_never_stand_together() {
    let run = built("kestrel-vale", "txt");
    for file in papers(&run, ".txt").iter().filter(|file| file.contains("minutes")) {
        let text = flat(&run.read(file));
        assert!(text.contains("DRAFT") && !text.contains("Approved"), "{text}");
        assert!(
            text.contains("Agreed by the regional chair on 14 October 2026, and still to be checked and released"),
            "{text}"
        );
    }
    let release = |run: &Run, folder: &str, by: &str| {
        let args = ["release", folder, "--checked-by", by, "--on", "2026-11-25", "--only", "minutes"];
        let released = run.convenor(&args);
        assert_eq!(released.code, 0, "{}", released.err);
    };
    release(&run, "@/out/SPM-2026-021", "Philippa Standing");
    for audience in ["professional", "community"] {
        let text = flat(&run.read(&format!("out/SPM-2026-021/{audience}/minutes.txt")));
        let approved = "Status: Approved by the regional chair on 14 October 2026";
        assert!(!text.contains("DRAFT") && text.contains(approved), "{text}");
    }
    // A second person who checks minutes does not approve them.
    let run = built("marshgate", "txt");
    release(&run, "@/out/CSC-2026-014", "Ruth Penhaligon");
    let text = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(text.contains("DRAFT") && text.contains("Status: Draft, open") && !text.contains("Approved"), "{text}");
}

#[test]
fn a_status_is_called_one_and_an_action_not_begun_has_none() {
    for (council, _) in COUNCILS {
        let run = built(council, "txt");
        for file in papers(&run, ".txt") {
            let text = flat(&run.read(&file));
            for order in ["Open Repair", "Open Mend", "Started Lock", "[Open]", "[Started]"] {
                assert!(!text.contains(order), "{council}, {file}: {order}");
            }
        }
    }
    let minutes = flat(&built("marshgate", "txt").read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(
        minutes.contains("Status: started") && minutes.contains("No action has been started unless a status says so")
    );
}

#[test]
fn each_organisation_stands_once_in_the_attendance_with_all_of_its_people() {
    let run = built("marshgate", "txt");
    let minutes = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
    let (_, list) = minutes.split_once("unless it says otherwise:").expect("there is a list");
    let there = list.split("Apologies:").next().expect("it ends");
    for organisation in texts(&json!(organisations(&run)), "name") {
        assert!(there.matches(&format!("- {organisation}: ")).count() <= 1, "{organisation}: {there}");
    }
    let council = there.split("- London Borough of Marshgate: ").nth(1).expect("the council is there");
    let council = council.split(" - ").next().expect("it ends");
    assert_eq!(council.matches("; ").count(), 3, "four people: {council}");
    assert!(
        council.starts_with("Adaeze Okonkwo, Independent Chair; Tom Hallam, Conference Coordinator (minute taker);")
    );
}

#[test]
fn only_a_long_record_has_a_list_of_its_sections() {
    let pages = |remarks: usize| {
        let run = changed(Run::on_the_example(), |data| {
            let items = data["items"].as_array_mut().expect("a list");
            items.extend((0..remarks).map(
                |n| json!({ "agenda": 4, "by": "police", "text": format!("Remark {n} of some words."), "share": "community" }),
            ));
        });
        run.build(&["--only", "minutes", "--to", "md"]);
        run.read("out/CSC-2026-014/community/minutes.md").contains(":::contents")
    };
    assert!(!pages(20) && pages(60));
}

const OWN_DISCUSSION: &str = "{% extends \"base/minutes.md\" %}{% block discussion %}\n## Talk\n\n{% for point in record.points %}{% for item in point.items %}\n{{ item.by }}: {{ item.text }}\n\n{% endfor %}{% endfor %}{% endblock %}\n";

#[test]
fn a_council_that_words_a_block_of_its_own_loses_nothing_of_the_others() {
    let said = |template: &str| {
        let run = Run::on_the_example().with("templates/minutes.md", template);
        run.build(&["--only", "minutes", "--to", "txt"]);
        flat(&run.read("out/CSC-2026-014/professional/minutes.txt"))
    };
    let own = said(OWN_DISCUSSION);
    for text in [
        "Shopkeepers and the station team already step in",
        "Residents have offered to stand",
        "What happens at weekends",
        "We go home the long way",
        "The interchange must change before",
        "Harm keeps happening, is tied to the place",
        "The station would prefer a shorter first review",
    ] {
        assert_eq!(own.matches(text).count(), 1, "{text}: {own}");
    }
    // The council that boxes the decisions itself has them once with their reasons.
    let boxes = "{% extends \"base/minutes.md\" %}{% block decision %}\n## Decided\n\n{% for decision in record.decisions %}\n:::decision\n**{{ decision.option }}.** {{ decision.text }}\n\n{% if decision.rationale is defined %}**Why.** {{ decision.rationale }}{% endif %}\n:::\n\n{% endfor %}{% endblock %}\n";
    let own = said(boxes);
    assert_eq!(own.matches("Harm keeps happening, is tied to the place").count(), 1, "{own}");
    // And the one that words the findings itself.
    let findings = "{% extends \"base/minutes.md\" %}{% block assessment %}\n## Found\n\n{% for s in record.assessment.strengths %}\n- {{ s }}\n{% endfor %}{% endblock %}\n";
    let own = said(findings);
    assert_eq!(own.matches("Residents have offered to stand").count(), 1, "{own}");
    assert_eq!(own.matches("The interchange must change before").count(), 1, "{own}");
}

#[test]
fn findings_that_belong_to_no_point_have_a_section_of_their_own() {
    let run = changed(Run::on_the_example(), |data| {
        data["agenda"] =
            json!([{ "title": "Opening", "minutes": 10 }, { "title": "Talk", "minutes": 10, "part": "strengths" }]);
        data["items"] = json!([]);
        for invitee in data["invitees"].as_array_mut().expect("a list") {
            invitee.as_object_mut().expect("a map").remove("items");
        }
    });
    run.build(&["--only", "minutes", "--to", "txt"]);
    let minutes = run.read("out/CSC-2026-014/professional/minutes.txt");
    let at = |text: &str| minutes.find(text).unwrap_or_else(|| panic!("`{text}` is not in {minutes}"));
    let (section, talk) = (at("The context assessment in short\n---"), at("2. Talk"));
    for (text, in_talk) in [("We go home the long way", false), ("Residents have offered", true)] {
        assert_eq!(at(text) > talk, in_talk, "{text}");
        assert!(at(text) > section && minutes.matches(text).count() == 1);
    }
    // What was decided at no point of the agenda has its reasons after the discussion.
    assert!(at("Why it was decided\n---") > talk && at("Harm keeps happening") > talk);
    assert!(section < talk && minutes.contains("Weighing it up"));
}

/// The list of those who were there, and what follows it up to the quorum.
fn attendance(run: &Run) -> (String, String) {
    run.build(&["--only", "minutes", "--to", "txt"]);
    let minutes = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
    let list = minutes.split_once("unless it says otherwise:").expect("a list").1;
    let list = list.split_once(" quorum was").expect("an end").0;
    let end = ["Apologies:", "Invited, but not there"].iter().filter_map(|word| list.find(word)).min();
    let (there, away) = list.split_at(end.unwrap_or(list.len()));
    (there.to_owned(), away.to_owned())
}

#[test]
fn whoever_ran_the_meeting_is_listed_first_once_and_as_their_own_entry_says() {
    let (there, _) = attendance(&Run::on_the_example());
    assert!(
        there.trim_start().starts_with("- London Borough of Marshgate: Adaeze Okonkwo, Independent Chair"),
        "{there}"
    );
    // Whoever chairs and wrote the assessment is one person.
    let both = changed(Run::on_the_example(), |data| data["assessment"]["author"] = json!("p-chair"));
    let (there, _) = attendance(&both);
    assert_eq!(there.matches("Adaeze Okonkwo").count(), 1, "{there}");
    assert!(there.contains("Adaeze Okonkwo, Independent Chair (lead practitioner)"), "{there}");
    let chair = |entry: &Value| {
        let run = changed(Run::on_the_example(), |data| {
            let mut own = json!({ "person": "p-chair", "address": ["1 Kiln Road", "MARSHGATE", "E20 9AB"] });
            own.as_object_mut().expect("a map").extend(entry.as_object().cloned().expect("a map"));
            data["invitees"].as_array_mut().expect("a list").push(own);
        });
        let (there, away) = attendance(&run);
        // Although she is the last of those invited.
        (
            there.trim_start().starts_with("- London Borough of Marshgate: Adaeze Okonkwo"),
            away.contains("Adaeze Okonkwo"),
        )
    };
    assert_eq!(chair(&json!({})), (true, false));
    assert_eq!(chair(&json!({ "attended": false })), (false, true));
    assert_eq!(chair(&json!({ "reply": "apologies" })), (false, true));
}

#[test]
fn before_anybody_s_attendance_is_recorded_nobody_was_there_or_away() {
    let run = changed(Run::on_the_example(), |data| {
        for invitee in data["invitees"].as_array_mut().expect("a list") {
            let invitee = invitee.as_object_mut().expect("a map");
            for field in ["attended", "arrived", "left", "delegate"] {
                invitee.remove(field);
            }
        }
    });
    let own = "{% extends \"base/minutes.md\" %}{% block quorum %}\nThere: {{ record.attendance.present | length }}. Away: {{ record.attendance.absent | length }}.\n{% endblock %}\n";
    let run = run.with("templates/minutes.md", own);
    run.build(&["--only", "minutes", "--to", "txt"]);
    let minutes = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
    assert!(minutes.contains("No attendance has been recorded yet."), "{minutes}");
    assert!(minutes.contains("There: 0. Away: 0."), "{minutes}");
}

#[test]
fn a_council_s_own_words_can_say_why_the_community_reads_no_name() {
    let own = "{% extends \"base/minutes.md\" %}{% block attendance %}\n{% for person in record.attendance.present %}\n- {% if person.name is defined %}named{% else %}because {{ person.unnamed }}{% endif %}\n{% endfor %}\n{% endblock %}\n";
    let run = Run::on_the_example().with("templates/minutes.md", own);
    run.build(&["--only", "minutes", "--to", "txt"]);
    let minutes = flat(&run.read("out/CSC-2026-014/community/minutes.txt"));
    assert!(
        minutes.contains("- because version - because version") && minutes.contains("- because young"),
        "{minutes}"
    );
    assert!(!minutes.contains("- named"), "{minutes}");
}

#[test]
fn a_copy_for_part_of_the_meeting_says_what_it_is_and_who_gets_it() {
    let run = built("marshgate", "txt");
    let folder = "out/CSC-2026-014/community";
    let copy = run.files(folder).into_iter().find(|file| file.contains("/minutes-for-14")).expect("he came for a part");
    let copy = flat(&run.read(&copy));
    for said in [
        "Readers: Mr Mohammed Rahmani (محمد رحمانی), for whom this copy is made",
        "Your copy. It holds the points that you took part in, and the decisions and actions that you may read.",
        "This copy goes to Mr Mohammed Rahmani (محمد رحمانی) and to nobody else.",
    ] {
        assert!(copy.contains(said), "`{said}` is missing: {copy}");
    }
    // He was not asked to come for the decision: its reasons stand behind the discussion.
    let reasons = copy.find("Harm keeps happening").unwrap_or_else(|| panic!("{copy}"));
    assert!(copy.find("Why it was decided").is_some_and(|at| at < reasons), "{copy}");
    assert!(!flat(&run.read(&format!("{folder}/minutes.txt"))).contains("Your copy."));
    // Whoever came for a part is not among those who are sent all of it.
    let part = changed(Run::on_the_example(), |data| data["invitees"][1]["items"] = json!([1, 2]));
    part.build(&["--only", "minutes", "--to", "txt"]);
    let sent = |run: &Run| {
        let minutes = flat(&run.read("out/CSC-2026-014/professional/minutes.txt"));
        minutes.split_once("This one goes to these people").expect("a list").1.contains("Sgt Priya Nair")
    };
    assert_eq!((sent(&run), sent(&part)), (true, false));
}

#[test]
fn where_minutes_say_how_information_is_used_the_address_is_a_link() {
    for (council, folder) in COUNCILS {
        let run = built(council, "md");
        for audience in ["professional", "community"] {
            let minutes = flat(&run.read(&format!("out/{folder}/{audience}/minutes.md")));
            let said =
                minutes.split_once("How we use personal information, and how to complain: ").expect("it is said").1;
            assert!(said.starts_with("[https://") && said.contains("](<https://"), "{council}: {said}");
        }
    }
}

#[test]
fn a_copy_for_part_of_the_meeting_is_printed_in_its_readers_own_size() {
    let copy = |size: &str| {
        let own = format!("attended: true, left: \"14:40\", format: {size}, undertaking");
        let from = "attended: true, left: \"14:40\", undertaking";
        let run = Run::on_the_example().edit("conference.yaml", from, &own);
        run.build(&["--only", "minutes"]);
        let folder = "out/CSC-2026-014/community";
        let file = run.files(folder).into_iter().find(|file| file.contains("/minutes-for-14")).expect("it is made");
        pages(&run.bytes(&file))
    };
    assert!(copy("standard") < copy("24"));
}
