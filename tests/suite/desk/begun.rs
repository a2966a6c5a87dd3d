//! From an empty folder to letters, by forms alone.

use crate::run::Run;
use crate::visit::{Page, Visit};

/// What somebody did at the desk.
#[derive(Default)]
pub struct Count {
    /// The inputs that were typed into.
    values: usize,
    /// The characters that were typed.
    characters: usize,
    /// The choices that were made, and the boxes that were ticked.
    choices: usize,
    /// The forms that were sent.
    forms: usize,
}

impl Count {
    fn typed<'v>(&mut self, page: Page<'v>, all: &[(&str, &str)]) -> Page<'v> {
        all.iter().fold(page, |page, (label, value)| {
            self.values += 1;
            self.characters += value.chars().count();
            page.fill(label, value)
        })
    }

    fn chosen<'v>(&mut self, page: Page<'v>, all: &[(&str, &str)]) -> Page<'v> {
        all.iter().fold(page, |page, (label, words)| {
            self.choices += 1;
            page.choose(label, words)
        })
    }

    fn sent<'v>(&mut self, page: Page<'v>, button: &str) -> Page<'v> {
        self.forms += 1;
        page.press(button)
    }
}

const CONFERENCE: [(&str, &str); 13] = [
    ("Reference", "CSC-2027-001"),
    ("What everybody may call it", "Mill Lane playing field"),
    ("Day", "2"),
    ("Month", "2"),
    ("Year", "2027"),
    ("Begins", "1:30pm"),
    ("Ends", "3:30pm"),
    ("Room and building", "Committee Room 2, Town Hall"),
    ("Street and town", "1 High Street\nMILLBROOK"),
    ("Postcode", "E20 9AA"),
    ("In the chair", "Ada Quill"),
    ("Takes the minutes", "Tom Hallam"),
    ("Name", "Millbrook Council"),
];

const COUNCIL: [(&str, &str); 12] = [
    ("Department", "Children’s Services"),
    ("Postal address", "Town Hall\n1 High Street\nMILLBROOK\nE20 9AA"),
    ("Telephone for replies", "020 7946 0958"),
    ("E-mail address for replies", "conferences@millbrook.example"),
    ("Whom to call about a young person", "Children’s front door"),
    ("Their telephone", "020 7946 0100"),
    ("Data protection officer", "The Data Protection Officer"),
    ("Their e-mail address", "dpo@millbrook.example"),
    ("Registration number with the ICO", "Z0000000"),
    ("Web address of the privacy notice", "https://millbrook.example/privacy"),
    ("Where people can complain", "complaints@millbrook.example"),
    ("Reference", "CSC-2027-001"),
];

/// Twelve people: name, how the letter begins, category, address.
const PEOPLE: [(&str, &str, &str, &str); 12] = [
    ("Ms Yetunde Adébáyọ̀", "Ms Adébáyọ̀", "Residents", "2 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Mr Œzgür Yıldız-Ó Briain", "Mr Yıldız-Ó Briain", "Business", "4 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("王小明", "王小明", "Business", "6 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Dr Priya Nair", "Dr Nair", "Professional", "8 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Mrs O'Neill & Sons <Ltd>", "Mrs O'Neill", "Business", "10 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Ms Ingrid Sørensen", "Ms Sørensen", "School", "12 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Mr Bo Reed", "Mr Reed", "Residents", "14 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Ms Saoirse Ní Dhomhnaill", "Ms Ní Dhomhnaill", "Charity", "16 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Mr Mohammed Rahmani", "Mr Rahmani", "Public body", "18 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Ms Ewa Łukasik", "Ms Łukasik", "Professional", "20 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Mr John Smith", "Mr Smith", "Other", "22 Mill Lane\nMILLBROOK\nE20 9AB"),
    ("Ms Ada Lovell", "Ms Lovell", "Charity", "24 Mill Lane\nMILLBROOK\nE20 9AB"),
];

/// Starts a conference of a new council.
pub fn begun(visit: &mut Visit, count: &mut Count) {
    let page = visit.open("/").follow("Start a conference");
    let page = count.typed(page, &CONFERENCE);
    let page = count.typed(page, &COUNCIL[..11]);
    let page = count.chosen(page, &[("What sort of context it is", "A street, park, estate or other place")]);
    let page = count.sent(page, "Start it");
    assert!(page.says().contains("The conference is started"), "{}", page.says());
}

#[test]
fn twelve_letters_come_from_an_empty_folder_by_forms_alone() {
    let mut visit = Visit::at(Run::on_nothing()).seated("Tom Hallam");
    let mut count = Count::default();
    assert!(visit.open("/").says().contains("There is no conference in this folder yet"));
    begun(&mut visit, &mut count);
    for (name, salutation, category, address) in PEOPLE {
        let page = visit.conference("/people").follow("Add a person");
        let page = count.typed(
            page,
            &[
                ("Full name, as on the envelope", name),
                ("The letter begins “Dear …”", salutation),
                ("Postal address", address),
            ],
        );
        let page = count.chosen(page, &[("What they are to this conference", category)]);
        let page = count.sent(page, "Add them");
        assert!(page.says().contains(name), "{name}: {}", page.says());
    }
    let page = visit.conference("/make");
    assert!(page.says().contains(": 12"), "{}", page.says());
    count.sent(page, "Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let files = visit.run.files("millbrook-council/csc-2027-001/out");
    let letters = files.iter().filter(|file| file.contains("invitation") && file.ends_with(".pdf")).count();
    assert_eq!(letters, 12, "{files:#?}");
    insta::assert_snapshot!(
        "twelve_letters_from_an_empty_folder",
        format!(
            "{} values with {} characters typed, {} choices made, {} forms sent",
            count.values, count.characters, count.choices, count.forms
        )
    );
    // Nothing is left to be filled in, so they can be checked and released.
    let page = visit.conference("/check/invitation/release");
    let page = [
        "When and where are right",
        "The names, the address and the “Dear …” are right",
        "Nobody could tell who a child is",
        "The words do not blame anyone",
    ]
    .into_iter()
    .fold(page, |page, label| page.tick(label))
    .fill("Who has checked them? First name and surname", "Ruth Penhaligon")
    .press("Release the 12 papers");
    assert_eq!(page.status, 200, "{}", page.says());
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    assert!(visit.conference("/send/invitation").says().contains("Checked by Ruth Penhaligon"));
}

#[test]
fn a_conference_that_is_not_whole_is_not_started_and_what_was_typed_is_kept() {
    let mut visit = Visit::at(Run::on_nothing()).seated("Tom Hallam");
    let page = visit.open("/new").press("Start it");
    assert_eq!(page.status, 422);
    for fault in
        ["Enter the reference", "Choose what sort of context", "Enter the day", "Enter the name of your council"]
    {
        assert!(page.says().contains(fault), "{fault}: {}", page.says());
    }
    let mut count = Count::default();
    let page = count.typed(page, &CONFERENCE);
    let page = count.typed(page, &COUNCIL[..11]);
    let page = count.chosen(page, &[("What sort of context it is", "Something else")]);
    let page = page.fill("Ends", "1pm").press("Start it");
    assert_eq!((page.status, page.value("Ends").as_str()), (422, "1pm"), "{}", page.says());
    let summary = scraper::Selector::parse("#summary a[href='#end'], #summary a[href='#start']").expect("a selector");
    assert!(page.html.select(&summary).next().is_some(), "{}", page.says());
    assert_eq!(visit.run.files(""), Vec::<String>::new());
}

#[test]
fn the_second_conference_of_a_council_is_started_without_asking_for_the_council_again() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.files("");
    let page = visit.open("/").follow("Start a conference");
    assert!(!page.says().contains("Your council"), "{}", page.says());
    let page = Count::default().typed(page, &CONFERENCE[..12]);
    let page = page.choose("What sort of context it is", "Something else").press("Start it");
    assert!(page.says().contains("The conference is started"), "{}", page.says());
    let new: Vec<String> = visit.run.files("").into_iter().filter(|file| !before.contains(file)).collect();
    assert_eq!(new, ["csc-2027-001/conference.yaml"]);
    let text = visit.run.read(&new[0]);
    assert!(text.contains("London Borough of Marshgate") && !text.contains("TO BE FILLED IN"), "{text}");
    // Its name is taken now.
    let page = Count::default().typed(visit.open("/new"), &CONFERENCE[..12]);
    let page = page.choose("What sort of context it is", "Something else").press("Start it");
    assert_eq!(page.status, 422);
    assert!(page.says().contains("There is something of this name already"), "{}", page.says());
    assert_eq!(visit.run.read(&new[0]), text);
}
