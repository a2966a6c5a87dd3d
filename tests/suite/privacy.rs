//! What an audience may not read is in none of its papers.

use crate::run::{Run, pdf_text, squeezed};

#[test]
fn nothing_restricted_reaches_any_paper_and_nothing_professional_the_community() {
    let run = Run::on_the_example();
    let data: serde_json::Value = serde_saphyr::from_str(&run.read("conference.yaml")).expect("the example is sound");
    run.build(&["--to", "txt,md,pdf"]);
    let (everywhere, community) = forbidden(&data);
    assert!(everywhere.len() >= 12 && community.len() >= 15, "the example holds something to keep back");
    for file in run.files("out").iter().filter(|f| f.contains("munity/") || f.contains("professional/")) {
        let bytes = run.bytes(file);
        let text = if file.ends_with(".pdf") { pdf_text(&bytes) } else { String::from_utf8(bytes).expect("text") };
        let text = squeezed(&text.replace('\\', ""));
        let whole = file.contains("/community/");
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
    let holders: Vec<String> = run.files("out").into_iter().filter(|f| run.read(f).contains(street)).collect();
    assert_eq!(holders, ["out/CSC-2026-014/community/invitation-16-ms-yetunde-adebayo.txt"]);
}

#[test]
fn a_peer_group_has_no_community_papers() {
    let run = Run::on_the_example().edit("conference.yaml", "kind: place", "kind: peer-group");
    run.build(&["--to", "txt"]);
    assert!(run.files("out").iter().all(|f| !f.contains("/community/")));
}

#[test]
fn a_youth_representative_is_named_in_no_minutes() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes", "--to", "txt"]);
    assert!(!run.read("out/CSC-2026-014/professional/minutes.txt").contains("Saoirse"));
    assert!(!run.read("out/CSC-2026-014/community/minutes.txt").contains("Priya Nair"), "the community sees no names");
}
