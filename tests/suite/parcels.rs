//! What is put together from letters: each file holds the letters that its name says, of the people it is for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use crate::batch::{FOLDER, invite, message, people, residents, text, tree, with_people};
use crate::run::Run;

/// Every file in the archives of letters, by its path in the folder of the letters.
fn archived(run: &Run) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for file in run.files(FOLDER).into_iter().filter(|file| file.ends_with("/letters.zip")) {
        let folder = file.strip_suffix("letters.zip").expect("it ends so");
        let archive = std::io::Cursor::new(run.bytes(&file));
        let mut archive = zip::ZipArchive::new(archive).expect("it is an archive");
        for n in 0..archive.len() {
            let mut entry = archive.by_index(n).expect("it is there");
            let mut data = Vec::new();
            entry.read_to_end(&mut data).expect("it can be read");
            let name = format!("{folder}{}", entry.name().expect("it is text"));
            assert!(all.insert(name.clone(), data).is_none(), "{name} is there twice");
        }
    }
    all
}

fn letters_and_messages(run: &Run) -> BTreeMap<String, Vec<u8>> {
    tree(run).into_iter().filter(|(file, _)| file.contains("/letters/") || file.contains("/emails/")).collect()
}

#[test]
fn an_archive_holds_each_letter_under_its_own_name_and_follows_the_letters() {
    let run = with_people(people(6));
    let all = ["--make", "letters,emails,zip"];
    assert_eq!(invite(&run, &all).code, 0);
    let archived_first = archived(&run);
    assert!(archived_first == letters_and_messages(&run), "{:?}", archived_first.keys());
    assert_eq!(archived_first.len(), 9, "six letters, and three of them as messages too");
    for (file, data) in archived_first.iter().filter(|(file, _)| file.ends_with(".pdf")) {
        let number: usize = file.split("invitation-").nth(1).and_then(|f| f[..5].parse().ok()).expect("a number");
        assert!(text(data).contains(&format!("Nama{number}x")), "{file}");
    }
    // One letter changes, and another is no longer due.
    let list = people(6).replace("Nota3x", "Nota33y").replace("Ms Nama5x Person", "");
    let run = run.with("people.csv", list);
    assert_eq!(invite(&run, &all).code, 1, "a row has no name");
    let now = archived(&run);
    assert!(now == letters_and_messages(&run), "{:?}", now.keys());
    let third = now.iter().find(|(file, _)| file.contains("invitation-00003") && file.ends_with(".pdf"));
    assert!(text(third.expect("it is there").1).contains("Nota33y"));
    assert!(!now.keys().any(|file| file.contains("invitation-00005")), "{:?}", now.keys());
}

/// People with a class of postage and a way of their own: the second goes first class, the third by email only, the fourth
/// by economy post only.
fn with_their_own_ways() -> String {
    let ways = ["Postage,Channel", ",", "first,", ",email", "economy,post", ","];
    let list = residents(5).replace("mail3x@people.example,", "mail3x@people.example,yes");
    let rows = list.lines().zip(ways).map(|(row, way)| format!("{row},{way}\n"));
    rows.collect()
}

/// The rows of the table for GOV.UK Notify, without its heading: reference, file, postage, pages.
fn table(run: &Run) -> Vec<Vec<String>> {
    let table = run.read(&format!("{FOLDER}/community/notify/notify.csv"));
    assert!(table.starts_with("reference,file,postage,pages\n"), "{table}");
    table.lines().skip(1).map(|row| row.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn the_set_for_notify_holds_the_letter_of_each_who_is_posted_one_at_their_own_postage() {
    let run = with_people(with_their_own_ways());
    let outcome = invite(&run, &["--make", "letters,notify,print,labels,emails"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let tree = tree(&run);
    let rows = table(&run);
    let sent: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    let expected = [("L00001", "second"), ("L00002", "first"), ("L00004", "economy"), ("L00005", "second")];
    assert_eq!(sent.len(), expected.len(), "{sent:?}");
    for ((reference, class), (number, expected)) in sent.iter().zip(expected) {
        assert!(reference.ends_with(number) && *class == expected, "{sent:?}");
    }
    for row in &rows {
        let number: usize = row[0].rsplit('L').next().and_then(|n| n.parse().ok()).expect("a number");
        assert_eq!(row[1], format!("CSC-2026-014-L{number:05}.pdf"));
        let part = format!("/letters/invitation-{number:05}");
        let letter = tree.iter().find(|(file, _)| file.contains(&part)).expect("there is a letter").1;
        let file = &tree[&format!("{FOLDER}/community/notify/{}", row[1])];
        assert!(file == letter, "{} is another letter", row[1]);
        let pages = lopdf::Document::load_mem(file).expect("the PDF parses").get_pages().len();
        assert!(row[3] == pages.to_string() && text(file).contains(&format!("Nama{number}x")), "{row:?}");
    }
    // Whoever is only emailed has a letter for the message, and no place in what is posted.
    assert_eq!(tree.keys().filter(|file| file.contains("/letters/")).count(), 5);
    assert_eq!(tree.keys().filter(|file| file.contains("/notify/") && file.ends_with(".pdf")).count(), 4);
    for posted in ["part-001", "labels-001"] {
        let text = text(&tree[&format!("{FOLDER}/community/print/{posted}.pdf")]);
        let there: Vec<bool> = (1..=5).map(|n| text.contains(&format!("Nama{n}x"))).collect();
        assert_eq!(there, [true, true, false, true, true], "{posted}");
    }
    // Nobody who is only posted, or has not agreed, gets a message.
    let mut emailed: Vec<String> = Vec::new();
    for (_, data) in tree.iter().filter(|(file, _)| file.ends_with(".eml")) {
        let (head, _) = message(data);
        emailed.push(head.iter().find(|h| h.starts_with("To: ")).expect("it is to somebody").clone());
    }
    assert_eq!(emailed.len(), 2, "{emailed:?}");
    assert!(emailed.iter().all(|to| to.contains("mail2x@") || to.contains("mail3x@")), "{emailed:?}");
}

/// A PNG of noise, which nothing makes smaller.
fn noise(side: u32) -> Vec<u8> {
    let mut state: u32 = 1;
    let mut raw = Vec::new();
    for _ in 0..side {
        raw.extend([0]);
        for _ in 0..side * 3 {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            raw.push(state.to_le_bytes()[1]);
        }
    }
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&raw).expect("memory takes every byte");
    let chunk = |kind: &[u8], data: &[u8]| {
        let named = [kind, data].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&named);
        let length = u32::try_from(data.len()).expect("it is small").to_be_bytes();
        [&length[..], &named, &sum.sum().to_be_bytes()].concat()
    };
    let size = [side.to_be_bytes(), side.to_be_bytes()].concat();
    let head = chunk(b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat());
    let body = chunk(b"IDAT", &packed.finish().expect("memory takes every byte"));
    [&b"\x89PNG\r\n\x1a\n"[..], &head, &body, &chunk(b"IEND", b"")].concat()
}

#[test]
fn a_letter_that_notify_would_find_too_large_or_too_long_is_not_in_its_set_and_is_told() {
    // A line for every page, in the letter to the second.
    let pages = "{% extends \"base/invitation.md\" %}{% block note %}{% if \"Nama2x\" in invitee.name %}{% for n in range(end=330) %}\n\nThis is line {{ n }}.\n{% endfor %}{% endif %}{% endblock %}\n";
    let long = with_people(residents(3)).with("templates/invitation.md", pages);
    // A letter of two megabytes and more to each.
    let large =
        with_people(residents(2)).with("logo.png", noise(860)).edit("borough.yaml", "file: logo.svg", "file: logo.png");
    for (run, made, left_out, why) in [
        (&long, 3, &["00002"][..], "it has more than 10 pages"),
        (&large, 2, &["00001", "00002"], "it is larger than 2 MB"),
    ] {
        let outcome = invite(run, &["--make", "letters,notify"]);
        assert_eq!(outcome.code, 1, "{}", outcome.err);
        let tree = tree(run);
        let letters = tree.keys().filter(|file| file.contains("/letters/")).count();
        assert_eq!(letters, made, "it is a letter like any other");
        let in_set: BTreeSet<String> = table(run).into_iter().map(|row| row[1].clone()).collect();
        let files: BTreeSet<String> = tree
            .keys()
            .filter(|file| file.contains("/notify/") && file.ends_with(".pdf"))
            .map(|file| file.rsplit('/').next().expect("a name").to_owned())
            .collect();
        assert_eq!(in_set, files);
        assert_eq!(files.len(), made - left_out.len(), "{files:?}");
        let problems = run.read(&format!("{FOLDER}/problems.csv"));
        for number in left_out {
            assert!(!files.contains(&format!("CSC-2026-014-L{number}.pdf")), "{files:?}");
            let told = format!("CSC-2026-014/L{number} is not in the set for GOV.UK Notify: {why}");
            let drawn = format!(": {told}\n = help: post this letter in another way, or shorten it\n");
            let is_drawn = |line: &str| line.starts_with("error[not-for-notify]: row ") && line.ends_with(&told);
            assert!(outcome.err.contains(&drawn) && outcome.err.lines().any(is_drawn), "{}", outcome.err);
            assert!(problems.contains(&format!(",error,not-for-notify,{told}\n")), "{problems}");
        }
    }
}

#[test]
fn letters_and_labels_of_a_part_are_in_one_order() {
    let run = with_people(residents(9));
    assert_eq!(invite(&run, &["--make", "print,labels"]).code, 0);
    let order = |file: &str| {
        let text = text(&run.bytes(&format!("{FOLDER}/community/print/{file}-001.pdf")));
        // The cover of the letters names everybody as well, before the letters.
        let mut found: Vec<(usize, usize)> =
            (1..=9).map(|n| (text.rfind(&format!("Lama{n}xHouse")).expect("their address"), n)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, n)| n).collect::<Vec<usize>>()
    };
    assert_eq!(order("part"), (1..=9).collect::<Vec<_>>());
    assert_eq!(order("labels"), order("part"));
    // What changes in a row changes in both, and in nothing else.
    let list = residents(9).replace("Lama4x House", "Lama44y House").replace("Nota7x", "Nota77y");
    let run = run.with("people.csv", list);
    assert_eq!(invite(&run, &["--make", "print,labels"]).code, 0);
    let [letters, labels] =
        ["part", "labels"].map(|file| text(&run.bytes(&format!("{FOLDER}/community/print/{file}-001.pdf"))));
    assert!(letters.contains("Lama44y") && labels.contains("Lama44y") && !letters.contains("Lama4x"));
    assert!(letters.contains("Nota77y") && !letters.contains("Nota7x") && !labels.contains("Nota"));
}
