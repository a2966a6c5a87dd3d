//! Names are found however they are written, and words that are not the name are no name.

use std::path::Path;

use crate::run::{Outcome, Run, pdf_text, squeezed};

const FRONT: &str = "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: report\naudiences: [community]\nformats: [pdf]\nfile: own\n---\n";
const ITEMS: &str = "items:                            # what was said; the default share is professional\n";
const PROTECTED: &str = "protected_names: [Kai Mensah, \"K.M.\", \"Lottie F\", \"Lottie Farrow\", \"Zayd Elmi\"]";

/// The example with a paper of the council's own that says something to the community.
fn saying(said: &str) -> Run {
    Run::on_the_example().with("templates/own.md", format!("{FRONT}# Own\n\n{said}\n"))
}

fn built(run: &Run, only: &str) -> Outcome {
    run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", only])
}

#[test]
fn a_template_hides_a_name_from_nobody() {
    for (said, path) in [
        ("We met Kai Kofi Mensah.", "protected_names[0]"),
        ("We met Kai and Ama Mensah.", "protected_names[0]"),
        ("We met Kai Owusu-Mensah.", "protected_names[0]"),
        ("We met Kai Mensa\u{4bb}.", "protected_names[0]"),
        ("We met ᴋᴀɪ ᴍᴇɴꜱᴀʜ.", "protected_names[0]"),
        ("Wang Xiǎomíng came in her place.", "invitees[15].delegate"),
        ("王小明 came in her place.", "invitees[15].delegate"),
    ] {
        let run = saying(said);
        let outcome = built(&run, "own");
        assert!(outcome.err.contains("error[leak]") && outcome.err.contains(path), "{said}\n{}", outcome.err);
        assert!(outcome.err.contains("paper: own, reason: … }"), "it says how to answer: {}", outcome.err);
        assert!(run.files("out").is_empty(), "nothing is written");
    }
    for said in ["Kai Brown and Ama Mensah came.", "Mensah Road is gated.", "We had bays K, M and N."] {
        let outcome = built(&saying(said), "own");
        assert_eq!(outcome.code, 0, "{said}\n{}", outcome.err);
    }
}

#[test]
fn keywords_of_a_format_are_nobodys_initials() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        PROTECTED,
        "protected_names: [\"T.H.\", D.W., L.I., C.S., P.S., I.D., G.B., U.A., F.M.]",
    );
    for only in ["terms", "summary"] {
        let outcome = built(&run, only);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    }
    let outcome =
        built(&saying("We saw T.H. there.").edit("conference.yaml", PROTECTED, "protected_names: [\"T.H.\"]"), "own");
    assert!(outcome.err.contains("error[leak]"), "{}", outcome.err);
}

#[test]
fn no_pair_of_initials_is_found_where_the_data_does_not_say_it() {
    // Carla Farrow and a church have these: `C. F.` is said, and so is `N A`.
    let all = ('A'..='Z').flat_map(|a| ('A'..='Z').map(move |b| format!("{a}.{b}.")));
    let pairs: Vec<String> = all.filter(|pair| !matches!(pair.as_str(), "C.F." | "N.A.")).collect();
    let names = pairs.iter().map(|pair| format!("\"{pair}\"")).collect::<Vec<_>>().join(", ");
    let run = Run::on_the_example().edit("conference.yaml", PROTECTED, &format!("protected_names: [{names}]"));
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--all"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    // Our own words say `UK GDPR`; somebody who writes of U.K. is stopped all the same.
    for said in ["We saw U.K. there.", "UK was there.", "U.K. GDPR training"] {
        let run = saying(said).edit("conference.yaml", PROTECTED, "protected_names: [U.K.]");
        let outcome = built(&run, "own");
        assert_eq!(outcome.code == 0, said.contains("GDPR"), "{said}: {}", outcome.err);
    }
}

#[test]
fn a_protected_name_that_is_a_common_word_is_a_warning_where_it_may_be_the_name() {
    let may = |items: &str| {
        let run = Run::on_the_example().edit("conference.yaml", PROTECTED, "protected_names: [May, Will, Rose]");
        run.edit("conference.yaml", ITEMS, &format!("{ITEMS}{items}"))
    };
    let run = may("");
    let outcome = built(&run, "invitation");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(!outcome.err.contains("protected-name"), "our own sentences are no alarm: {}", outcome.err);
    let said = "  - { agenda: 1, kind: fact, by: police, text: \"Officers saw May at the stop.\" }\n";
    let outcome = may(said).convenor(&["check", "@/conference.yaml"]);
    let warning = "warning[protected-name]: this text contains protected name number 1, or the same word";
    assert!(outcome.code == 0 && outcome.err.contains(warning), "{}", outcome.err);
    // A name that sentences are built with is the word where it begins one or has no capital.
    let built_with = |items: &str| {
        let run = Run::on_the_example().edit("conference.yaml", PROTECTED, "protected_names: [An, So, To, My]");
        run.edit("conference.yaml", ITEMS, &format!("{ITEMS}{items}"))
    };
    let outcome = built(&built_with(""), "minutes");
    assert!(outcome.code == 0 && !outcome.err.contains("protected-name"), "{}", outcome.err);
    let said = "  - { agenda: 1, kind: fact, by: police, text: \"So officers saw An at the stop.\" }\n";
    let outcome = built_with(said).convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 0 && outcome.err.contains(warning), "{}", outcome.err);
    let answer = "allow:\n  - { path: \"items[0].text\", reason: \"May is the shop’s cat\" }\n\nprotected_names:";
    let outcome =
        may(said).edit("conference.yaml", "protected_names:", answer).convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 0 && !outcome.err.contains("protected-name"), "{}", outcome.err);
}

#[test]
fn what_a_reader_may_read_elsewhere_word_for_word_is_no_leak() {
    let twice =
        "  - { agenda: 3, kind: opinion, by: police, text: \"The youth service agreed with this.\", share: community }
  - { agenda: 7, kind: opinion, by: youth, text: \"The youth service agreed with this.\", share: community }\n";
    let run = Run::on_the_example().edit("conference.yaml", ITEMS, &format!("{ITEMS}{twice}"));
    let outcome = built(&run, "minutes");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let once = twice.replace(
        "agenda: 7, kind: opinion, by: youth, text: \"The",
        "agenda: 7, kind: opinion, by: youth, text: \"Nobody else than the",
    );
    let other = saying("The police said that nobody else had agreed.").edit(
        "conference.yaml",
        ITEMS,
        &format!("{ITEMS}{once}"),
    );
    assert_eq!(built(&other, "own").code, 0);
}

#[test]
fn a_letter_that_no_font_sets_in_one_piece_is_refused_wherever_it_stands() {
    let name = "Žydrė\u{303} Kazlauskaitė";
    let guarded = format!("protected_names: [\"{name}\", Kai Mensah]");
    let listed = Run::on_the_example().edit("conference.yaml", PROTECTED, &guarded);
    assert_eq!(listed.convenor(&["check", "@/conference.yaml"]).code, 0, "a protected name is never set");
    for format in ["pdf", "txt"] {
        let run = saying(name).edit("conference.yaml", PROTECTED, &guarded);
        let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "own", "--to", format]);
        assert!(outcome.code == 1 && run.files("out").is_empty(), "{}", outcome.err);
    }
    let outcome = built(&saying("Žydrė\u{303} came."), "own");
    assert!(
        outcome.err.contains("error[no-glyph]: no font sets the letter `ė\u{303}` in one piece"),
        "{}",
        outcome.err
    );
    let run =
        Run::on_the_example().edit("conference.yaml", "name: Ruth Penhaligon", "name: Ruth Penhalig\u{f8}\u{335}n");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("error[no-glyph]: no font sets the letter"), "{}", outcome.err);
}

#[test]
fn a_letter_that_the_councils_font_sets_in_pieces_is_set_in_ours() {
    let bytes = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name);
        std::fs::read(path).expect("it is ours")
    };
    let brand = "brand: { fonts: [own-Regular.ttf, own-Bold.ttf],";
    let named = |name: &str| {
        let run =
            Run::on_the_example().edit("conference.yaml", "name: Mr Tadesse Gebremariam", &format!("name: {name}"));
        run.edit("borough.yaml", "brand: {", brand)
            .with("own-Regular.ttf", without_joined_letters(bytes("ConvenorSans-Regular.ttf")))
            .with("own-Bold.ttf", without_joined_letters(bytes("ConvenorSans-Bold.ttf")))
    };
    let run = named("Mr Tadesse Ge\u{323}\u{300}bremariam");
    let outcome = run.build(&["--only", "invitation", "--to", "pdf"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let letters = run.files("out");
    let letter = letters.iter().find(|file| file.contains("tadesse") && file.ends_with(".pdf")).expect("it is made");
    let said = squeezed(&pdf_text(&run.bytes(letter)));
    assert!(said.contains("MrTadesseG\u{1eb9}\u{300}bremariam"), "once, and whole: {said}");
    let none = named("Mr Tadesse Ge\u{335}\u{303}bremariam");
    let outcome = none.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("error[no-glyph]: no font sets the letter"), "{}", outcome.err);
}

/// A font of another name that has every letter and every mark, and no rule to join them.
fn without_joined_letters(mut font: Vec<u8>) -> Vec<u8> {
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let rules = (0..tables).map(|i| 12 + 16 * i).find(|at| &font[*at..*at + 4] == b"GSUB").expect("it has rules");
    font[rules..rules + 4].copy_from_slice(b"GSUX");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for (from, to) in [(wide("Convenor"), wide("Konvenor")), (b"Convenor".to_vec(), b"Konvenor".to_vec())] {
        let found: Vec<usize> = (0..font.len() - from.len()).filter(|at| font[*at..].starts_with(&from)).collect();
        found.into_iter().for_each(|at| font[at..at + to.len()].copy_from_slice(&to));
    }
    font
}

#[test]
fn texts_for_the_community_of_a_peer_group_are_told_to_reach_nobody() {
    let run = Run::on_the_example().edit("conference.yaml", "kind: place ", "kind: peer-group ");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("warning[reaches-nobody]"), "{}", outcome.err);
    for path in ["context.boundary", "assessment.voices[0].text", "items[0].text", "goals[0].goal"] {
        assert!(outcome.err.contains(path), "{path}: {}", outcome.err);
    }
    let none = Run::on_the_example().edit("borough.yaml", "settings:", "settings:\n  community_papers: []");
    let outcome = none.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.err.contains("warning[reaches-nobody]"), "{}", outcome.err);
    let usual = Run::on_the_example().convenor(&["check", "@/conference.yaml"]);
    assert!(!usual.err.contains("reaches-nobody"), "{}", usual.err);
}

#[test]
fn a_text_that_is_marked_for_an_annex_which_does_not_hold_it_is_told() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "  summary:\n    share: community\n",
        "  summary:\n    share: restricted\n",
    );
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(
        outcome.err.contains("warning[reaches-nobody]: a text that is marked `restricted` here"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("context.summary"), "{}", outcome.err);
}

#[test]
fn no_cell_and_no_file_name_of_a_list_is_overlooked() {
    let head =
        "Title,First name,Surname,Role,Organisation,Address line 1,Town,Postcode,Language,Access,Bring,Note,Type";
    let usual =
        ["Ms", "Ada", "Osei", "Parent", "", "214 Dace Court", "MARSHGATE", "E20 9ZZ", "", "", "", "", "residents"];
    let checked_as = |file: &str, row: &str| {
        let run = Run::on_the_example().with(file, format!("{head}\n{row}\n"));
        let run = run.edit("conference.yaml", "invitees:\n", &format!("invitees:\n  - {file}\n"));
        run.convenor(&["check", "@/conference.yaml"]).err
    };
    let checked = |file: &str, column: usize, text: &str| {
        let mut row = usual;
        row[column] = text;
        checked_as(file, &row.join(","))
    };
    assert!(!checked("people.csv", 3, "Parent").contains("error["), "{}", checked("people.csv", 3, "Parent"));
    for (column, text, code) in [
        (2, "K.M. (14)", "looks-like-identity"),
        (3, "carer of K.M. (14)", "looks-like-identity"),
        (4, "Friends of K.M. (14)", "looks-like-identity"),
        (5, "7 Mill Lane NHS 943 476 5919", "looks-like-identity"),
        (8, "943 476 5919", "looks-like-identity"),
        (9, "her girl was born 3 May 2011", "looks-like-identity"),
        (10, "the NHS number 943 476 5919", "looks-like-identity"),
        (3, "aunt of Kai Kofi Mensah", "protected-name"),
        (11, "Come with Kai Mensah", "protected-name"),
        (11, "Come with Saoirse Ní Dhomhnaill", "named-in-text"),
    ] {
        let said = checked("people.csv", column, text);
        assert!(said.contains(&format!("error[{code}]")), "{text}\n{said}");
    }
    let said = checked_as("people.csv", "Ms,Kai,Mensah,Parent,,214 Dace Court,MARSHGATE,E20 9ZZ,,,,,residents");
    assert!(said.contains("together with the cells beside it, this text contains protected name number 1"), "{said}");
    assert!(checked("K.M._(14).csv", 3, "Parent").contains("the name of this file looks like initials with an age"));
    // A list by itself is looked at as well, and an age in a name by itself.
    for name in
        ["Smith born 3/5/2011", "Smith DOB 3/5/2011", "Smith 2011-05-03", "Smith born May 2011", "Smith aged 14"]
    {
        let list = format!("{head}\nMs,Ada,{name},,,214 Dace Court,MARSHGATE,E20 9ZZ,,,,,residents\n");
        let err = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]).err;
        assert!(err.contains("error[looks-like-identity]"), "{name}\n{err}");
    }
}

#[test]
fn no_field_of_the_conference_is_overlooked() {
    for (from, to) in [
        ("role: Named Doctor for Safeguarding", "role: Doctor of K.M. (14)"),
        ("name: Parade Pharmacy", "name: Pharmacy of K.M. (14)"),
        ("access: Hearing loop and a seat near the door", "access: she was born 3 May 2011"),
        ("language: Punjabi", "language: NHS 943 476 5919"),
        ("salutation: Saoirse", "salutation: \"S.D. (14)\""),
        ("name: Mr Tadesse Gebremariam", "name: \"K.M. (14)\""),
        ("label: Station Parade and Mill Lane interchange", "label: Where K.M. (14) was seen"),
        ("reference: NA-0091", "reference: \"K.M. (14)\""),
    ] {
        let outcome = Run::on_the_example().edit("conference.yaml", from, to).convenor(&["check", "@/conference.yaml"]);
        assert!(outcome.err.contains("error[looks-like-identity]"), "{to}\n{}", outcome.err);
    }
}
