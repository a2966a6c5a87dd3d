//! Sentences of ordinary minutes raise no error, and real identities stay errors.

use crate::run::Run;

const ANCHOR: &str = "  - { agenda: 1, kind: fact,     by: marshgate,    text: \"Anyone could step out";

/// The problems of the example with sentences added to its minutes, for the community, at point 5.
fn problems(sentences: &[&str]) -> String {
    let items: String = sentences
        .iter()
        .map(|text| format!("  - {{ agenda: 5, kind: fact, by: marshgate, text: {text:?}, share: community }}\n"))
        .collect();
    let run = Run::on_the_example().edit("conference.yaml", ANCHOR, &format!("{items}{ANCHOR}"));
    run.convenor(&["check", "@/conference.yaml"]).err
}

const HARMLESS: &[&str] = &[
    "Mensah Road is gated after dusk and the 24/7 garage stays lit.",
    "The shop called Kai’s Kebabs on the parade closes at 9pm.",
    "The A10 and the B1335 meet at the roundabout by Unit 6.",
    "Bus routes 149, 243 and N29 stop at Stand K.",
    "Room 3.14 and Hall B are open in the Lent and Trinity terms.",
    "Call the service on 0300 123 4567 or 116 123.",
    "Key Stage 3 pupils and the under-16s team use the pitch.",
    "The MUGA reopened on 3 May 2019 after repairs.",
    "The park opened on 12/06/2014 and was relit in 2021.",
    "Three young people from the Forum read out the poem that they wrote.",
    "One child in every class is a bus monitor.",
    "The school has 4 pupil toilets and 2 girls’ changing rooms.",
    "The car park has bays K, M and 15 to 20.",
    "The offender manager is a named post in the probation service.",
    "Sgt J.P. Smith, aged care lead, was thanked.",
    "The Under 5s group, the Over 60s club and the 11+ tutor use it.",
    "The lottie fund pays for lamps.",
    "St K.M. Primary is 5 km away.",
    "Four boys’ football teams train there.",
    "Pupils (4) and staff (3) painted the wall.",
    "The minutes of 14 September were agreed with one change to item 4.",
    "Ward members asked for the lamp columns numbered 12 to 19 to be checked.",
    "The licence of the corner shop was reviewed on 11 March 2019 and kept.",
    "Crime on the line fell by 14 per cent between 2021 and 2025.",
    "The 17:42 from platform 2 is the busiest train.",
    "Route K, 15 minutes apart, has two drivers at each end.",
    "The Mill Lane surgery opened on 4 July 2016 with three rooms.",
    "Section 17 and section 47 of the Act were explained.",
    "Officers walked from gate A to gate D between 3pm and 4pm.",
    "The school roll is 1,204, with 12 pupils in each workshop group.",
    "Half of the benches, 9 of 18, face the road.",
    "The youth bus calls on Tuesdays and Thursdays at bay 4.",
    "The Residents’ Association meets in the May half-term and again in June.",
    "The council may put up two more lamps, and will say so by 14 May.",
    "The mark on the kerb shows where the bus will stop.",
    "Roses were planted on 5 April 2018 beside the ticket hall.",
    "One in four young people said that they walk the long way round.",
    "At least 3 pupils must be there for the student panel to meet.",
    "The children’s centre has 2 entrances and 1 lift.",
    "Two children’s homes are on the route of the 149.",
    "The after-school club has places for 24 and a waiting list.",
    "GP and A&E leaflets, 14 in all, hang at the counter.",
    "The library’s reading group for under-8s has a new room, 2B.",
    "The survey, version 1.2.14, was open for 21 days.",
    "House numbers 2 to 16 look over the footpath.",
    "The E20 sorting office closed in 2014.",
    "PC and PCSO shifts change at 2pm, 10pm and 6am.",
    "The DJ, 14 years at the club, plays without words on Fridays.",
    "Room B, 12 chairs and a hearing loop are booked for the next meeting.",
    "The CCTV policy of 2 February 2015 will be looked at again.",
    "Every one of the pupils was asked, and all answers were counted.",
    "The boys’ changing rooms are cleaned at noon.",
    "A play scheme for 5 to 11 year olds runs in the summer.",
    "Kiln Road and Lock Road are swept on the first Monday.",
    "The bridge was inspected on 12 October 2020 and found sound.",
    "Grants of £1,500 to £4,000 are open until 31 January.",
    "The canteen serves 340 lunches in two sittings.",
    "Both schools and the station close their doors at 6pm.",
    "The tannoy says “mind the gap” 60 times an hour.",
    "The faith forum met 11 times; its notes are on the website.",
    "Stop M, by the pharmacy, has no shelter.",
    "The chair of the youth council spoke for all of its members.",
    "Between 10 and 20 young people wait at the stand at any time.",
    "Signs in Polish, Bengali and Somali are up since March.",
    "Lamp L.12 was mended within 3 days.",
    "The team manager for years 7 to 9 will write to all parents.",
    "The trading standards team test-bought at 11 shops and had no sale.",
    "Station staff hand out 200 cards with the number 116 111.",
    "Phase 2, due by 30/06/2027, covers the stairs and the yard.",
    "The Dace Park run starts at 9am, with marshals at 1 km and 3 km.",
    "Will the lamps be on by winter, somebody asked.",
    "The 1989 Act and the guidance of 2023 are in annex C.",
    "The old cinema, built in 1936, is empty and boarded up.",
    "The depot closed its side gate on 17 August 2012.",
    "Young people’s panels in 2 wards chose the colours.",
    "Parents asked for a warm place, free, dry and open until 6.",
    "Two members of staff are on the gate at 3:10pm, as the rota of 7 September says.",
    "Grade A streets get salt first; grade C, 14 of them, last.",
    "The barber gives students 10% off, and the bakery keeps a table for them.",
    "J. Baker & Sons, 16 Mill Lane, lend their yard for the fair.",
];

#[test]
fn sentences_of_ordinary_minutes_raise_no_error() {
    let said = problems(HARMLESS);
    assert!(!said.contains("error["), "{said}");
}

/// Each with the code of its error.
const IDENTITIES: &[(&str, &str)] = &[
    ("K.M. (14) was seen there.", "looks-like-identity"),
    ("The boy, born 3 May 2011, was with them.", "looks-like-identity"),
    ("Her date of birth is 12/06/2012.", "looks-like-identity"),
    ("The pupil of 3 May 2011 moved schools.", "looks-like-identity"),
    ("Amir Osei 03/05/2011 lives near by.", "looks-like-identity"),
    ("Amir, 3 May 2011, is known to the school.", "looks-like-identity"),
    ("NHS number 943 476 5919 is on the card.", "looks-like-identity"),
    ("9434765919 is hers.", "looks-like-identity"),
    ("A 14-year-old, J.B., was there.", "looks-like-identity"),
    ("Ring her mother on 07700 900161.", "looks-like-identity"),
    ("Two pupils from the School Council were robbed.", "small-count"),
    ("Three young people were hurt.", "small-count"),
    ("Kai Kofi Mensah stepped out.", "protected-name"),
    ("So did Kai and Ama Mensah.", "protected-name"),
    ("Kai Owusu-Mensah was there.", "protected-name"),
    ("Kai Mensa\u{4bb} stepped out.", "protected-name"),
    ("They saw ᴋᴀɪ ᴍᴇɴꜱᴀʜ.", "protected-name"),
    ("Seen by K M and others.", "protected-name"),
    ("Saoirse Ní Dhomhnaill goes home the long way.", "named-in-text"),
    ("She waits with Jo Brandt.", "named-in-text"),
    ("Write to 14 Dace Court.", "named-in-text"),
    ("Mail priya.nair@police.example.", "named-in-text"),
];

#[test]
fn what_identifies_somebody_stays_an_error() {
    for (text, code) in IDENTITIES {
        let said = problems(&[text]);
        assert!(said.contains(&format!("error[{code}]")), "{text}\n{said}");
    }
}

#[test]
fn a_name_by_itself_and_an_invitee_named_to_the_community_are_warnings_that_can_be_answered() {
    for (text, code, message) in [
        ("Mensah was there.", "protected-name", "this text contains a part of protected name number 1"),
        ("Mr Mensah said so.", "protected-name", "this text contains a part of protected name number 1"),
        ("Then Miss Farrow left.", "protected-name", "this text contains a part of protected name number 4"),
        ("Krasniqi said so.", "named-in-text", "this text may name invitees["),
        ("Then Campbell left.", "named-in-text", "this text may name invitees["),
        ("They asked Mr Krasniqi.", "named-in-text", "this text names invitees["),
        ("Sgt Nair said so.", "named-in-text", "this text names invitees[1]"),
        ("Priya Nair said so.", "named-in-text", "this text names invitees[1]"),
        ("Wang Xiǎomíng came in her place.", "named-in-text", "this text names invitees["),
        ("Saoirse said so.", "named-in-text", "this text may give the name of a youth representative"),
    ] {
        let items = format!("  - {{ agenda: 1, kind: fact, by: marshgate, text: {text:?}, share: community }}\n");
        let run = Run::on_the_example().edit("conference.yaml", ANCHOR, &format!("{items}{ANCHOR}"));
        let outcome = run.convenor(&["check", "@/conference.yaml"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.err.contains(&format!("warning[{code}]: {message}")), "{text}\n{}", outcome.err);
        let answer =
            "allow:\n  - { path: \"items[1].text\", reason: \"Kai Mensah is the shop’s name\" }\n\nprotected_names:";
        let run = run.edit("conference.yaml", "protected_names:", answer);
        let said = run.convenor(&["check", "@/conference.yaml"]).err;
        assert!(!said.contains(&format!("[{code}]")), "{text}\n{said}");
    }
}

#[test]
fn a_word_that_several_names_have_is_nobodys_by_itself() {
    let item =
        format!("  - {{ agenda: 1, kind: fact, by: marshgate, text: Krasniqi said so., share: community }}\n{ANCHOR}");
    let run = Run::on_the_example().edit("conference.yaml", ANCHOR, &item);
    let said = run.convenor(&["check", "@/conference.yaml"]).err;
    assert!(said.contains("this text may name invitees["), "{said}");
    let run = run.edit("conference.yaml", "name: Mill Lane Homes", "name: Krasniqi Homes");
    let said = run.convenor(&["check", "@/conference.yaml"]).err;
    assert!(!said.contains("named-in-text"), "{said}");
}
