//! Numbers that stay, doubts that are asked, and a property over whole histories of a file.

use proptest::prelude::*;

use super::*;

const REFERENCE: &str = "CSC-2026-014";

fn person(name: &str, organisation: &str) -> Identity {
    Identity {
        role: Role::Invitee,
        id: None,
        name: name.to_owned(),
        organisation: organisation.to_owned(),
        detail: String::new(),
        given: None,
        path: String::new(),
    }
}

fn with_id(id: &str, one: Identity) -> Identity {
    Identity { id: Some(id.to_owned()), ..one }
}

fn given(given: GivenNumber, one: Identity) -> Identity {
    Identity { given: Some(given), ..one }
}

fn child(reference: &str, worker: &str) -> Identity {
    Identity { role: Role::Child, detail: worker.to_owned(), ..person(reference, "") }
}

/// The record after these states of the file, one after the other.
fn after(files: &[&[Identity]]) -> Vec<Numbered> {
    let mut known = Vec::new();
    for file in files {
        known.extend(assign(REFERENCE, &known, file).expect("nothing is open").lines);
    }
    known
}

fn numbers(known: &[Numbered], now: &[Identity]) -> Vec<u32> {
    assign(REFERENCE, known, now).expect("nothing is open").numbers
}

fn doubts(known: &[Numbered], now: &[Identity]) -> Vec<String> {
    let paths = now.iter().enumerate().map(|(i, one)| Identity { path: format!("invitees[{i}]"), ..one.clone() });
    let doubts = assign(REFERENCE, known, &paths.collect::<Vec<_>>()).expect_err("something is open");
    let said = |d: Diagnostic| {
        let at = d.place.path.clone().unwrap_or_default();
        format!("{}: {at}: {}; {}", d.code.id, d.message, d.hint.map(|hint| hint.to_string()).unwrap_or_default())
    };
    doubts.iter().map(Doubt::diagnostic).map(said).collect()
}

#[test]
fn a_number_stays_whatever_is_deleted_inserted_or_sorted() {
    let [a, b, c, d] =
        [("ann", "police"), ("ben", "school"), ("王小明", ""), ("o neill", "")].map(|(n, o)| person(n, o));
    let known = after(&[&[a.clone(), b.clone(), c.clone()]]);
    assert_eq!(numbers(&known, &[c.clone(), b.clone()]), [3, 2], "whoever is gone keeps theirs");
    assert_eq!(numbers(&known, &[d.clone(), c.clone(), a.clone()]), [4, 3, 1]);
    let known = after(&[&[a.clone(), b.clone(), c.clone()], std::slice::from_ref(&d)]);
    assert_eq!(numbers(&known, &[a, b, c, d]), [1, 2, 3, 4], "whoever comes back has it again");
}

#[test]
fn an_id_says_who_somebody_is_under_another_name() {
    let known = after(&[&[with_id("hart", person("mrs hart", "school")), person("mr low", "school")]]);
    let renamed = with_id("hart", person("ms lowe", "police"));
    assert_eq!(numbers(&known, &[person("mr low", "school"), renamed.clone()]), [2, 1]);
    let gained = assign(REFERENCE, &known, std::slice::from_ref(&renamed)).expect("nothing is open").lines;
    assert_eq!(gained, [Numbered { no: 1, ..Numbered::of(REFERENCE, &renamed, 0) }], "the record learns the new name");
    let other = with_id("lee", person("mr lee", "school"));
    assert_eq!(numbers(&known, &[other, person("mr low", "school")]), [3, 2], "another id is somebody else");
}

#[test]
fn ids_that_were_given_out_anew_are_not_believed() {
    let at = |id: &str, name: &str, postcode: &str| {
        with_id(id, Identity { detail: postcode.to_owned(), ..person(name, "") })
    };
    let known = after(&[&[at("1", "ann", "e20 1aa"), at("2", "ben", "e20 2bb"), at("3", "cy", "e20 3cc")]]);
    let inserted =
        [at("1", "dee", "e20 4dd"), at("2", "ann", "e20 1aa"), at("3", "ben", "e20 2bb"), at("4", "cy", "e20 3cc")];
    let said = doubts(&known, &inserted);
    assert_eq!(
        said[0],
        "doubtful-number: invitees[0]: the id `1` is that of number 01, and it is `invitees[1]` that is called as they \
          were; give each their own id back: an id stays with its person for ever"
    );
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(
        numbers(&known, &[at("1", "ann-lee", "e20 9zz"), at("2", "ben", "e20 2bb")]),
        [1, 2],
        "one with a new name"
    );
}

#[test]
fn what_is_left_over_and_alike_in_part_is_asked_and_the_answers_answer() {
    let known = after(&[&[person("ann", "police"), person("mrs hart", "school")]]);
    let renamed = person("mrs low", "school");
    assert_eq!(
        doubts(&known, &[person("ann", "police"), renamed.clone()]),
        [
            "doubtful-number: invitees[1]: this may be number 02 under another name, or somebody new, who would be number 03; \
          if it is the same, write `number: 02` on this entry; if it is somebody else, write `number: new`"
        ]
    );
    assert_eq!(numbers(&known, &[given(GivenNumber::Is(2), renamed.clone())]), [2]);
    let other = given(GivenNumber::New, renamed.clone());
    assert_eq!(numbers(&known, std::slice::from_ref(&other)), [3]);
    let known = after(&[&[person("ann", "police"), person("mrs hart", "school")], std::slice::from_ref(&other)]);
    assert_eq!(numbers(&known, &[other]), [3], "the same answer means the same number");
    assert_eq!(numbers(&known, &[renamed]), [3], "and it is not needed any more");
    let known = after(&[&[with_id("hart", person("mrs hart", "school"))]]);
    assert_eq!(
        doubts(&known, &[person("mrs low", "school")]),
        [
            "doubtful-number: invitees[0]: this may be number 01 under another name, or somebody new, who would be number 02; \
          if it is the same, write `id: hart` or `number: 01` on this entry; if it is somebody else, write `number: new`"
        ]
    );
}

#[test]
fn an_organisation_with_another_name_leaves_its_people_who_they_are() {
    let key = |id: &str, name: &str| Identity { role: Role::Organisation, ..with_id(id, person(name, "")) };
    let file = |name: &str| [key("bakery", name), person("ann", name), person("ben", name)];
    let known = after(&[&file("golden oven"), &file("gold oven")]);
    assert_eq!(numbers(&known, &file("the oven")), [1, 1, 2], "renamed once, and once more");
    // A person with a new name is asked about, as in any organisation.
    let now = [key("bakery", "the oven"), person("ann", "the oven"), person("zoe", "the oven")];
    assert_eq!(doubts(&known, &now).len(), 1);
    // If another organisation now has the old name, it is unclear which is meant.
    let known = after(&[&file("golden oven")]);
    let swapped = [
        key("bakery", "the oven"),
        key("shop", "golden oven"),
        person("ann", "golden oven"),
        person("ben", "the oven"),
    ];
    assert_eq!(doubts(&known, &swapped).len(), 1);
    assert!(renamed_organisations(REFERENCE, &known, &swapped).is_empty());
    // Without a key, nothing says that it is the same.
    let unkeyed = |name: &str| Identity { role: Role::Organisation, ..person(name, "") };
    let known = after(&[&[unkeyed("golden oven")]]);
    assert!(renamed_organisations(REFERENCE, &known, &[unkeyed("the oven")]).is_empty());
    let known = after(&[&[key("bakery", "golden oven")]]);
    assert_eq!(renamed_organisations(REFERENCE, &known, &[key("bakery", "the oven")]).len(), 1);
}

#[test]
fn the_same_name_under_another_id_is_asked_for_a_person_and_known_for_an_organisation() {
    let known = after(&[&[with_id("smith-1", person("mr smith", "school"))]]);
    assert_eq!(doubts(&known, &[with_id("smith-2", person("mr smith", "school"))]).len(), 1);
    let key = |id: &str| Identity { role: Role::Organisation, ..with_id(id, person("metropolitan police", "")) };
    assert_eq!(numbers(&after(&[&[key("police")]]), &[key("met")]), [1]);
}

#[test]
fn namesakes_are_told_apart_by_their_postcode_or_asked_for_an_id() {
    let at = |postcode: &str| Identity { detail: postcode.to_owned(), ..person("john smith", "") };
    let known = after(&[&[at("e20 1aa"), at("e20 2bb")]]);
    assert_eq!(numbers(&known, &[at("e20 2bb"), at("e20 1aa")]), [2, 1]);
    assert_eq!(numbers(&known, &[at("e20 2bb")]), [2]);
    assert_eq!(doubts(&known, &[at("e20 3cc")]).len(), 1, "either may have moved");
    assert_eq!(numbers(&after(&[&[at("e20 1aa")]]), &[at("e20 3cc")]), [1], "the only one has");
    // One moves to where the other was, who is gone: the name and organisation are those of one, the postcode the other's.
    let and = |organisation: &str, one: Identity| Identity { organisation: organisation.to_owned(), ..one };
    let known = after(&[&[and("police", at("e20 1aa")), at("e20 2bb")]]);
    assert_eq!(doubts(&known, &[and("police", at("e20 2bb"))]).len(), 1);
    assert_eq!(doubts(&known, &[at("e20 1aa")]).len(), 1);
    let known = after(&[&[and("police", at("e20 1aa"))]]);
    assert_eq!(doubts(&known, &[and("police", at("e20 3cc")), at("e20 1aa")]).len(), 2, "a newcomer, or a move of two");
    assert_eq!(
        doubts(&[], &[at("e20 1aa"), at("e20 1aa")]),
        [
            "doubtful-number: invitees[1]: this entry and `invitees[0]` cannot be told apart; give each an `id:` of its own"
        ]
    );
    assert_eq!(numbers(&[], &[with_id("father", at("e20 1aa")), with_id("son", at("e20 1aa"))]), [1, 2]);
}

#[test]
fn a_number_that_is_somebody_elses_is_refused() {
    let (ann, ben) = (with_id("ann", person("ann", "police")), person("ben", "school"));
    let known = after(&[&[ann.clone(), ben.clone()]]);
    let taken = [ann.clone(), ben.clone(), given(GivenNumber::Is(2), person("cleo", ""))];
    assert_eq!(
        doubts(&known, &taken),
        ["doubtful-number: invitees[2]: the number 02 belongs to `invitees[1]`; \
          take `number:` out, or write `number: new`: a number is given to nobody else"]
    );
    assert_eq!(
        doubts(&known, &[given(GivenNumber::Is(2), ann)]),
        ["doubtful-number: invitees[0]: this entry is given the number 02, and has had the number 01; \
          write `number: 01`, or take `number:` out: a number once given is kept"]
    );
}

#[test]
fn a_childs_note_goes_with_the_reference_of_the_record() {
    let known =
        after(&[&[child("mos 1", "dana"), child("mos 1", "eli"), child("mos 2", "dana"), child("mos 3", "fay")]]);
    let now = [child("mos 3", "gus"), child("mos 2", "dana"), child("mos 1", "eli"), child("mos 1", "dana")];
    assert_eq!(numbers(&known, &now), [4, 3, 2, 1], "another worker is the same child");
    assert_eq!(doubts(&known, &[child("mos 4", "fay")]).len(), 1, "a corrected reference, or another child");
    let named = Identity { id: Some("Jayden".to_owned()), ..child("mos 5", "") };
    let line = &after(&[&[named]])[0];
    assert_eq!(line.id.as_ref().map(String::len), Some(16), "a child's id may be a name: {line:?}");
}

#[test]
fn the_record_holds_no_name_and_says_the_same_again() {
    let line = &after(&[&[person("mrs hart", "school")]])[0];
    let text = serde_json::to_string(line).expect("it is plain data");
    let (name, organisation) = (digest(REFERENCE, "mrs hart"), digest(REFERENCE, "school"));
    assert_eq!(text, format!(r#"{{"role":"invitee","no":1,"name":"{}","org":"{}"}}"#, name.0, organisation.0));
    assert_eq!(serde_json::from_str::<Numbered>(&text).expect("it reads"), *line);
    assert_ne!(digest("CSC-2026-015", "mrs hart"), name, "another conference's record cannot be matched with it");
}

#[test]
fn without_a_record_everybody_is_numbered_as_a_build_in_memory_does() {
    let loaded = crate::input::example().expect("the example is sound");
    let checked = crate::check::check(loaded).expect("the example is sound");
    let now = checked.identities();
    let assigned = assign(REFERENCE, &[], &now).expect("nothing is open");
    assert_eq!(assigned.numbers(&now), *checked.numbers());
    assert_eq!(assigned.lines.len(), now.len());
}

/// A person in the file, whose identity only the test knows.
#[derive(Debug, Clone)]
struct Soul {
    who: usize,
    one: Identity,
    /// The id that they were first given.
    id: Option<String>,
}

#[derive(Debug, Clone)]
enum Edit {
    Delete(usize),
    Insert(usize, usize, bool),
    /// A namesake of somebody who is in the file.
    Namesake(usize),
    Swap(usize, usize),
    Rename(usize),
    Move(usize, usize),
    Remove(usize),
    BringBack(usize),
    ForgetAnswer(usize),
    /// Everybody from here on gets the id of the one before, as where a column is filled in again.
    ShiftIds(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let n = 0..12_usize;
    let edit = prop_oneof![
        n.clone().prop_map(Edit::Delete),
        (n.clone(), 0..4_usize, any::<bool>()).prop_map(|(at, o, id)| Edit::Insert(at, o, id)),
        n.clone().prop_map(Edit::Namesake),
        (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Swap(a, b)),
        n.clone().prop_map(Edit::Rename),
        (n.clone(), 0..4_usize).prop_map(|(at, o)| Edit::Move(at, o)),
        n.clone().prop_map(Edit::Remove),
        n.clone().prop_map(Edit::BringBack),
        n.clone().prop_map(Edit::ForgetAnswer),
        n.prop_map(Edit::ShiftIds),
    ];
    proptest::collection::vec(proptest::collection::vec(edit, 1..4), 1..10).prop_map(|steps| steps.concat())
}

struct World {
    file: Vec<Soul>,
    gone: Vec<Soul>,
    made: usize,
    named: usize,
}

impl World {
    fn organisation(n: usize) -> String {
        ["", "school", "police", "housing"][n].to_owned()
    }

    fn fresh(&mut self) -> String {
        self.named += 1;
        format!("name {}", self.named)
    }

    fn edit(&mut self, edit: &Edit) {
        let len = self.file.len().max(1);
        let soul = |n: &usize| n % len;
        match edit {
            Edit::Insert(at, organisation, id) => {
                let name = self.fresh();
                let mut one = person(&name, &Self::organisation(*organisation));
                one.id = id.then(|| format!("id-{}", self.made));
                one.detail = format!("postcode {}", self.named);
                let id = one.id.clone();
                self.file.insert(at % (self.file.len() + 1), Soul { who: self.made, one, id });
                self.made += 1;
            }
            Edit::BringBack(n) if !self.gone.is_empty() => {
                let soul = self.gone.remove(n % self.gone.len());
                self.file.push(soul);
            }
            _ if self.file.is_empty() => {}
            Edit::Delete(n) => {
                let soul = self.file.remove(soul(n));
                self.gone.push(soul);
            }
            Edit::Namesake(n) => {
                self.named += 1;
                let one = Identity { id: None, given: None, ..self.file[soul(n)].one.clone() };
                let one = Identity { detail: format!("postcode {}", self.named), ..one };
                self.file.push(Soul { who: self.made, one, id: None });
                self.made += 1;
            }
            Edit::Swap(a, b) => self.file.swap(soul(a), soul(b)),
            Edit::Rename(n) => self.file[soul(n)].one.name = self.fresh(),
            Edit::Move(n, o) => self.file[soul(n)].one.organisation = Self::organisation(*o),
            Edit::Remove(n) => {
                self.named += 1;
                self.file[soul(n)].one.detail = format!("postcode {}", self.named);
            }
            Edit::ShiftIds(n) => {
                let from = soul(n);
                let with_id: Vec<usize> =
                    (from..self.file.len()).filter(|at| self.file[*at].one.id.is_some()).collect();
                for pair in with_id.windows(2).rev() {
                    self.file[pair[1]].one.id = self.file[pair[0]].one.id.clone();
                }
                if let [first, _, ..] = with_id[..] {
                    self.file[first].one.id = Some(format!("id-{}", self.made));
                    self.made += 1;
                }
            }
            Edit::ForgetAnswer(n) => self.file[soul(n)].one.given = None,
            Edit::BringBack(_) => {}
        }
    }
}

proptest! {
    /// Whatever is edited, true answers to the questions keep every number with its owner, for ever.
    #[test]
    fn a_number_is_one_persons_for_ever(edits in edits()) {
        let mut world = World { file: Vec::new(), gone: Vec::new(), made: 0, named: 0 };
        let mut known: Vec<Numbered> = Vec::new();
        let mut truth: BTreeMap<usize, u32> = BTreeMap::new();
        for edit in &edits {
            world.edit(edit);
            let mut rounds = 0;
            let assigned = loop {
                rounds += 1;
                prop_assert!(rounds < 6, "the answers do not answer: {:?}", world.file);
                let path = |(i, soul): (usize, &Soul)| Identity { path: i.to_string(), ..soul.one.clone() };
                let now: Vec<_> = world.file.iter().enumerate().map(path).collect();
                let doubts = match assign(REFERENCE, &known, &now) {
                    Ok(assigned) => break assigned,
                    Err(doubts) => doubts,
                };
                // Whoever gave ids out anew puts them all back.
                if doubts.iter().any(|doubt| matches!(doubt.question, Question::IdOfAnother { .. })) {
                    for soul in &mut world.file {
                        soul.one.id.clone_from(&soul.id);
                    }
                    continue;
                }
                for doubt in doubts {
                    let soul = &mut world.file[doubt.path.parse::<usize>().expect("a position")];
                    let had = truth.get(&soul.who).copied();
                    soul.one.given = match doubt.question {
                        Question::WhoIsIt { next, asked, .. } => Some(match had {
                            Some(had) => GivenNumber::Is(had),
                            None if asked => GivenNumber::Is(next),
                            None => GivenNumber::New,
                        }),
                        Question::Alike { .. } | Question::IdOfAnother { .. } => unreachable!("postcodes differ"),
                        Question::OtherNumber { .. } | Question::Taken { .. } => {
                            prop_assert!(false, "a true answer is refused: {doubt:?}");
                            None
                        }
                    };
                }
            };
            for (soul, number) in world.file.iter().zip(&assigned.numbers) {
                let had = *truth.entry(soul.who).or_insert(*number);
                prop_assert_eq!(had, *number, "the number of {:?} moved", soul);
            }
            let owners: BTreeSet<u32> = truth.values().copied().collect();
            prop_assert_eq!(owners.len(), truth.len(), "a number was given twice");
            known.extend(assigned.lines);
            let again: Vec<_> = world.file.iter().map(|soul| soul.one.clone()).collect();
            prop_assert!(assign(REFERENCE, &known, &again).is_ok_and(|a| a.lines.is_empty() && a.numbers == assigned.numbers));
        }
    }
}
