//! What stands elsewhere than where it is used: the address of an organisation, and people of a list that is a file of its own.

use crate::run::Run;
use crate::visit::Visit;

const FILE: &str = "conference.yaml";
const ADDRESS: &str = "Postal address";

/// The number of an organisation in addresses.
fn organisation(visit: &mut Visit, name: &str) -> String {
    let page = visit.conference("/organisations").follow(name);
    page.path.rsplit('/').next().expect("it has one").to_owned()
}

#[test]
fn the_address_of_an_organisation_is_typed_once_and_is_that_of_whoever_has_none() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    let bakery = organisation(&mut visit, "Golden Oven Bakery");
    let one = format!("/organisations/{bakery}");
    let page = visit.conference(&one).fill(ADDRESS, "7 Station Parade\nMARSHGATE\nE20 9BQ").press("Save");
    assert!(page.status == 200 && page.says().contains("Saved"), "{}", page.says());
    let saved = visit.run.read(FILE);
    assert_eq!(visit.conference(&one).value(ADDRESS).trim(), "7 Station Parade\nMARSHGATE\nE20 9BQ");
    visit.conference(&one).press("Save");
    assert_eq!(visit.run.read(FILE), saved, "nothing was changed");

    // Somebody of theirs needs none of their own, and may get one.
    let page = visit.conference("/people/new").fill("Full name, as on the envelope", "Ms Ada Lovell");
    let page = page.choose("Organisation", "Golden Oven Bakery").press("Add them");
    assert!(page.says().contains("They are added"), "{}", page.says());
    let page = page.follow("Ms Ada Lovell");
    assert!(
        page.says().contains("7 Station Parade") && page.says().contains("That of their organisation"),
        "{}",
        page.says()
    );
    let edit = format!("{}/edit", page.path);
    let page = visit.open(&edit);
    assert_eq!(page.value(ADDRESS).trim(), "");
    assert!(
        page.says().contains("Empty, letters go to the address of Golden Oven Bakery: 7 Station Parade"),
        "{}",
        page.says()
    );
    let saved = visit.run.read(FILE);
    visit.open(&edit).press("Save");
    assert_eq!(visit.run.read(FILE), saved, "nothing was changed");
    let page = visit.open(&edit).fill(ADDRESS, "24 Mill Lane\nMARSHGATE\nE20 9AB").press("Save");
    assert!(page.says().contains("24 Mill Lane") && !page.says().contains("That of their"), "{}", page.says());
    let page = visit.open(&edit).fill(ADDRESS, "").press("Save");
    assert!(page.says().contains("7 Station Parade"), "{}", page.says());

    // What is wrong with it is said where it was typed, and what was typed is kept.
    let page = visit.conference(&one).fill(ADDRESS, "7 Station Parade\nMARSHGATE").press("Save");
    let at_it = scraper::Selector::parse("#summary a[href='#address']").expect("a selector");
    assert!(page.status == 422 && page.html.select(&at_it).next().is_some(), "{}", page.says());
    assert_eq!(page.value(ADDRESS).trim(), "7 Station Parade\nMARSHGATE");
    let page = visit.conference("/people/new").fill("Full name, as on the envelope", "Mr Bo Reed");
    let page = page.choose("Organisation", "Lower Marsh Buses").press("Add them");
    assert!(page.status == 422 && page.says().contains("Enter their postal address"), "that one has none");
    assert!(before.lines().all(|line| line.contains("bakery") || visit.run.read(FILE).contains(line)));
}

#[test]
fn people_of_a_list_are_shown_with_their_file_and_row_and_say_where_they_are_changed() {
    let list = "Name,Organisation,Address,Postcode,Attended\nMs Ada Quill,bakery,\"1 High Street, MARSHGATE\",E20 9AA,yes\nMr Bo Reed,,\"2 High Street, MARSHGATE\",E20 9AA,\n";
    let run = Run::on_the_example().with("guests.csv", list);
    let run = run.edit(FILE, "invitees:\n", "invitees:\n  - { list: guests.csv, category: residents }\n");
    let mut visit = Visit::at(run).seated("Tom Hallam");
    let people = visit.conference("/people");
    assert!(
        people.says().contains("In guests.csv, row 2") && people.says().contains("In guests.csv, row 3"),
        "{}",
        people.says()
    );
    let page = people.follow("Ms Ada Quill");
    assert!(page.says().contains("Stands inguests.csv, row 2"), "{}", page.says());
    let page = page.follow("Where to change it");
    let says = page.says();
    assert!(says.contains("They are in a list of people: change this in guests.csv"), "{says}");
    assert!(says.contains("Name: cell A2") && says.contains("Postal address: cell C2"), "{says}");
    let every = scraper::Selector::parse("main form").expect("a selector");
    assert_eq!(page.html.select(&every).count(), 0, "nothing can be sent");

    // Who came is noted of those in the file, and read of those in the list.
    let page = visit.conference("/attendance");
    assert!(page.says().contains("YesNote it in guests.csv, row 2"), "{}", page.says());
    assert!(page.says().contains("Not notedNote it in guests.csv, row 3"), "{}", page.says());
    let before = visit.run.read(FILE);
    visit.conference("/attendance").press("Save");
    assert_eq!(visit.run.read(FILE), before, "nothing was changed");
    let first = visit.conference("/people").follow("Ms Siân Llewellyn-Rees").path.clone();
    let number = first.rsplit('/').next().expect("a number").to_owned();
    let page = visit.conference("/attendance").set(&format!("came-{number}"), "no").press("Save");
    assert_eq!(page.status, 200, "{}", page.says());
    assert!(visit.run.read(FILE).contains("attended: false"));
    // A form that somebody kept from before changes nobody in a list.
    let edit = visit.open(&format!("{first}/edit")).fill("Job or part", "Baker").form("Save").1;
    let ada = visit.conference("/people").follow("Ms Ada Quill").path.clone();
    let refused = visit.post(&format!("{ada}/edit"), &edit);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused.text().contains("this stands in a list of people") || refused.text().contains("This stands in a list")
    );
    assert_eq!(visit.run.read("guests.csv"), list);
}
