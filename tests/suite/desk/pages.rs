//! What the pages show, and where they lead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use convenor::desk::ROUTES;

use crate::run::Run;
use crate::visit::{Visit, links, words};

/// Whether a path is one of the table.
fn is_routed(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    ROUTES.iter().any(|route| {
        let of: Vec<&str> = route.path.split('/').collect();
        of.len() == parts.len()
            && of.iter().zip(&parts).all(|(one, other)| one.starts_with('{') && !other.is_empty() || one == other)
    })
}

/// Every page that can be reached by links, with its answer.
fn walked(visit: &Visit) -> BTreeMap<String, String> {
    let (mut seen, mut open) = (BTreeMap::new(), vec![visit.whole("/")]);
    while let Some(path) = open.pop() {
        let plain = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        if seen.contains_key(&plain) {
            continue;
        }
        let answer = visit.get(&plain);
        // What a form sends to is no page to read.
        assert!([200, 303, 405].contains(&answer.status), "{plain}: {}", answer.status);
        open.extend(answer.headers.get("location").cloned());
        let is_page = answer.headers.get("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        // A paper leads wherever its council says; the pages that show one lead nowhere else.
        let is_paper = ["/file/", "/paper/", "/papers/", "/letters", "/look/"].iter().any(|one| plain.contains(one));
        let is_minutes = plain.contains("/papers/minutes/");
        if is_page {
            let page = scraper::Html::parse_document(&answer.text());
            assert!(page.errors.is_empty(), "{plain}: {:?}", page.errors);
            let links = links(&page).into_iter();
            open.extend(
                links
                    .filter(|link| !link.starts_with('#') && !link.starts_with("data:"))
                    .filter(|link| !is_paper || link.starts_with('/'))
                    // A letter is laid out for each look at it: one person's stand for all.
                    .filter(|link| !link.contains("/letters") || link.contains("/people/1/letters"))
                    // A page of the minutes stands for all pages, as does one action of a goal.
                    .filter(|link| !link.contains("/page/") || is_minutes && link.ends_with("/page/1"))
                    .filter(|link| !link.contains("/actions/") || link.ends_with("/1/actions/0"))
                    // One remark of ten stands for all.
                    .filter(|link| {
                        let is_remark = link.contains("/minutes/") && !link.contains("/papers/");
                        link.matches('/').count() < 6 || !is_remark || link.ends_with('0')
                    }),
            );
        }
        seen.insert(plain, if is_page { answer.text() } else { String::new() });
    }
    seen
}

/// All of the example's desk with its drafts made, walked once for whoever looks at it: each page by its path below the secret part.
static ALL: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut visit = Visit::to("marshgate");
    visit.conference("/make").press("Make the drafts");
    visit.made();
    let all = walked(&visit);
    let prefix = format!("/{}", visit.prefix);
    let below = |path: &str| path.strip_prefix(&prefix).unwrap_or_else(|| panic!("{path} is not ours")).to_owned();
    // The secret part is in no path that is compared, and stays in no form either.
    all.into_iter().map(|(path, text)| (below(&path), text.replace(&prefix, ""))).collect()
});

#[test]
fn every_link_leads_to_a_page_of_the_table_and_no_address_has_a_name_in_it() {
    assert!(ALL.len() > 60, "{:#?}", ALL.keys());
    for (below, text) in ALL.iter() {
        assert!(is_routed(below), "{below}");
        for name in ["rahmani", "Hallam", "adebayo", "okonkwo", "MOS-", "pharmacy", "station-parade"] {
            assert!(!below.to_lowercase().contains(&name.to_lowercase()), "{below}");
        }
        let page = scraper::Html::parse_document(text);
        for form in page.select(&scraper::Selector::parse("form").expect("a selector")) {
            let to = form.value().attr("action").expect("it leads somewhere");
            assert!(is_routed(to), "{below} has a form to {to}");
            assert_eq!(form.value().attr("method"), Some("post"), "{below}: a form is never in an address");
        }
    }
}

#[test]
fn every_page_can_be_read_and_used_without_seeing_it() {
    for (path, text) in ALL.iter() {
        if text.is_empty() || path.contains("/enter/") || path.contains("/file/") {
            continue;
        }
        let page = scraper::Html::parse_document(text);
        let all = |css: &str| page.select(&scraper::Selector::parse(css).expect("a selector")).collect::<Vec<_>>();
        assert_eq!(all("html[lang='en-GB']").len(), 1, "{path}");
        // A page that is its main part alone has nothing to skip.
        let skips = usize::from(!all("body > :not(main)").is_empty());
        assert_eq!((all("main").len(), all("h1").len(), all("a.skip").len()), (1, 1, skips), "{path}");
        assert!(all("[style], [onclick], script:not([src])").is_empty(), "{path}: the policy forbids it");
        let ids: Vec<&str> = all("[id]").iter().filter_map(|one| one.value().attr("id")).collect();
        let once: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), once.len(), "{path}: {ids:?}");
        for link in all("a, button") {
            assert!(!words(link).is_empty(), "{path}: {}", link.html());
        }
        for input in all("input:not([type=hidden]), textarea, select") {
            let id = input.value().attr("id");
            let is_inside =
                input.ancestors().any(|one| one.value().as_element().is_some_and(|one| one.name() == "label"));
            // What stands in a table of a form on paper is named by its row and column.
            let is_named = input.value().attr("aria-label").is_some_and(|name| !name.is_empty());
            let is_labelled =
                is_named || is_inside || id.is_some_and(|id| !all(&format!("label[for='{id}']")).is_empty());
            assert!(is_labelled, "{path}: {}", input.html());
        }
        for image in all("img") {
            assert!(image.value().attr("alt").is_some_and(|alt| !alt.is_empty()), "{path}");
        }
    }
}

#[test]
fn no_page_says_what_the_style_forbids() {
    for (path, text) in ALL.iter() {
        // What a paper says is the council's.
        if ["/papers/", "/paper/", "/file/", "/letters", "/look/"].iter().any(|one| path.contains(one)) {
            continue;
        }
        let page = scraper::Html::parse_document(text);
        let main = page.select(&scraper::Selector::parse("main").expect("a selector")).next();
        let says = main.map(words).unwrap_or_default().to_lowercase();
        let says = says.replace("conference.yaml", "").replace("borough.yaml", "");
        for word in ["yaml", "invalid", "audience", "artefact", "hash", "validate", "convenor build", " --"] {
            assert!(!says.contains(word), "{path} says `{word}`: {says}");
        }
    }
}

#[test]
fn what_few_may_read_is_behind_a_door_that_asks_is_recorded_and_closes_by_itself() {
    let mut visit = Visit::to("marshgate");
    visit.conference("/make").press("Make the drafts");
    visit.made();
    let secrets = secrets(&visit.run);
    for (path, text) in ALL.iter() {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{path} shows {secret}");
        }
    }
    let door = visit.conference("/door");
    assert!(door.says().contains("Opening it is recorded"), "{}", door.says());
    let again = door.fill("Who opens it? First name and surname", "Ruth").press("Open it");
    assert_eq!(again.status, 422, "{}", again.says());
    let open = again.fill("Who opens it? First name and surname", "Ruth Penhaligon").press("Open it");
    let says = open.says();
    for secret in &secrets {
        assert!(says.contains(secret.as_str()), "{secret} is not behind the door: {says}");
    }
    assert!(visit.run.read("out/CSC-2026-014/record.jsonl").contains("\"k\":\"looked\",\"by\":\"Ruth Penhaligon\""));
    assert!(visit.conference("/record").says().contains("Ruth Penhaligon, 16 December 2026"));
    visit.wait(601);
    assert!(!visit.conference("/door").says().contains(&secrets[0]), "it has closed");
    let verified = visit.run.convenor(&["verify", "@/conference.yaml", "-o", "@/out"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
}

/// References to children's records and protected names, as the example has them.
fn secrets(run: &Run) -> Vec<String> {
    let text = run.read("conference.yaml");
    let links = text.split("ref: ").skip(1).filter_map(|rest| rest.split([',', ' ', '\n', '}']).next());
    let names = text.split("protected_names: [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    let names = names.split(',').map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty());
    let all: Vec<String> = links.chain(names).map(str::to_owned).collect();
    assert!(all.len() >= 2, "{all:?}");
    all
}

#[test]
fn hostile_texts_are_shown_as_they_are_and_run_nothing() {
    let hostile = "<script>alert(1)</script>\"' & {{ x }} #eval ]]> =1+1";
    let quoted = serde_json::to_string(hostile).expect("a text");
    let run = Run::on_the_example()
        .edit("conference.yaml", "label: Station Parade and Mill Lane interchange", &format!("label: {quoted}"))
        .edit("conference.yaml", "name: Parade Pharmacy", "name: 'O\"><img src=x onerror=alert(1)> & Sons'");
    let mut visit = Visit::at(run).seated("Œzgür Yıldız-Ó Briain");
    for page in ["", "/people", "/people/14", "/papers", "/record", "/check", "/send"] {
        let path = visit.of(page);
        let answer = visit.get(&visit.whole(&path));
        let text = answer.text();
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{page}: {text}");
        if page == "/people" {
            let page = visit.open(&path);
            assert!(page.says().contains("O\"><img src=x onerror=alert(1)> & Sons"), "{}", page.says());
        }
    }
    let found = visit.conference("/people").fill("Name or organisation", "<script>").press("Find");
    assert!(found.says().contains("0 found for “<script>”"), "{}", found.says());
}

#[test]
fn people_are_found_without_their_names_in_an_address() {
    let mut visit = Visit::to("marshgate");
    let found = visit.conference("/people").fill("Name or organisation", "ADEBAYO").press("Find");
    assert!(found.says().contains("1 found") && found.says().contains("Ms Yetunde Adébáyọ̀"), "{}", found.says());
    assert!(found.path.ends_with("/people"), "{}", found.path);
    let person = found.follow("Ms Yetunde Adébáyọ̀");
    assert!(person.says().contains("They take part as the community"), "{}", person.says());
    assert!(person.path.ends_with(|c: char| c.is_ascii_digit()), "{}", person.path);
}

#[test]
fn a_conference_with_faults_says_every_one_with_its_line() {
    let run = Run::on_the_example().edit("conference.yaml", "chair: p-chair", "chair: p-chiar").edit(
        "conference.yaml",
        "end: \"15:30\"",
        "end: \"12:30\"",
    );
    let mut visit = Visit::at(run).seated("Tom Hallam");
    let home = visit.open("/");
    assert!(home.says().contains("Needs putting right"), "{}", home.says());
    let page = visit.conference("/people");
    let says = page.says();
    assert!(says.contains("CSC-2026-014: 2 things to put right") && says.contains("conference.yaml, line"), "{says}");
    assert!(says.contains("“p-chiar”") && !says.contains('`'), "{says}");
}

#[test]
fn what_the_chair_alone_may_read_is_on_no_screen_but_where_it_is_typed() {
    use convenor::model::Clearance;
    let visit = Visit::to("marshgate");
    let conference = convenor::load(visit.run.path("conference.yaml")).expect("it is sound").conference;
    let of_items = conference.items.iter().filter(|item| item.share == Clearance::Restricted).map(|item| &item.text);
    let secrets: Vec<&String> = of_items.collect();
    assert!(!secrets.is_empty());
    for (path, text) in ALL.iter().filter(|(path, _)| !path.contains("/minutes/")) {
        let page = scraper::Html::parse_document(text);
        let says: String =
            page.root_element().text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        for secret in &secrets {
            assert!(!says.contains(secret.as_str()), "{path} shows {secret}");
        }
    }
    for screen in [
        "/organisations",
        "/goals",
        "/goals/1/actions/0",
        "/page/1",
        "/look",
        "/look/minutes",
        "/again",
        "/next",
        "/people/list",
    ] {
        assert!(ALL.keys().any(|path| path.ends_with(screen)), "nobody looked at {screen}: {:#?}", ALL.keys());
    }
}
