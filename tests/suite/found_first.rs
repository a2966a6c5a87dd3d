//! What `build` would refuse, `check` finds: at its line, at once, and with a place for machines too.

use crate::run::{Outcome, Run};

fn check(run: &Run) -> Outcome {
    run.convenor(&["check", "@/conference.yaml"])
}

/// The first line of each error.
fn errors(outcome: &Outcome) -> Vec<&str> {
    outcome.err.lines().filter(|line| line.starts_with("error[")).collect()
}

fn json(run: &Run, args: &[&str]) -> Vec<serde_json::Value> {
    let outcome = run.convenor(&[args, &["--message-format", "json"]].concat());
    let lines = outcome.err.lines().filter_map(|line| serde_json::from_str(line).ok());
    lines.filter(|line: &serde_json::Value| line["severity"] == "error").collect()
}

fn with_logo(name: &str, data: impl AsRef<[u8]>) -> Run {
    let run = Run::on_the_example().with(name, data);
    run.edit("borough.yaml", "logo.svg", name)
}

#[test]
fn a_logo_that_cannot_be_drawn_is_told_by_check_at_its_line() {
    let svg = |inside: &str| {
        let start = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
        format!("{start} width='200' height='80'>{inside}</svg>")
    };
    let loops = "<!DOCTYPE svg [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>".to_owned() + &svg("<text>&a;</text>");
    let whole = svg("<rect width='9' height='9'/>");
    let cases = [
        (svg("<text>A & B</text>"), "is not a whole SVG picture"),
        (svg("<text>A &nbsp; B</text>"), "is not a whole SVG picture"),
        (whole[..whole.len() - 9].to_owned(), "is not a whole SVG picture"),
        (loops, "declares parts of itself"),
        ("<svg width='9' height='9'/>".to_owned(), "does not begin as an SVG picture"),
        (svg("<image width='9' height='9' xlink:href='other.png'/>"), "shows a picture of another file"),
        (svg("<image width='9' height='9' href='https://x.example/a.png'/>"), "shows a picture of another file"),
        (svg("<text x='1' y='20'>\u{12345}</text>"), "which no font has"),
        (svg("").replace("width='200' height='80'", "width='0' height='0'"), "cannot be drawn"),
    ];
    for (data, told) in cases {
        let run = with_logo("mark.svg", &data);
        let found = check(&run);
        assert!(
            found.code == 1 && found.err.contains("error[no-logo]") && found.err.contains(told),
            "{told}: {}",
            found.err
        );
        assert!(found.err.contains("--> borough.yaml:"), "{}", found.err);
        let line = json(&run, &["check", "@/conference.yaml"]).remove(0);
        assert!(line["line"].as_u64().is_some() && line["path"] == "logo.file", "{line}");
    }
    assert_eq!(check(&with_logo("mark.svg", whole)).code, 0);
    let found = check(&with_logo("mark.svg", svg("<text x='1' y='20'>Kai <tspan>Mensah</tspan> House</text>")));
    let told = "error[protected-name]: the text of the logo contains protected name number 1";
    assert!(found.code == 1 && errors(&found) == [told] && found.err.contains("--> borough.yaml:"), "{}", found.err);
}

#[test]
fn a_png_that_is_cut_or_empty_is_told_by_check() {
    let whole: &[u8] = include_bytes!("../../fixtures/logos/whole.png");
    let no_size: &[u8] = include_bytes!("../../fixtures/logos/no-size.png");
    let no_data: &[u8] = include_bytes!("../../fixtures/logos/no-data.png");
    assert_eq!(check(&with_logo("mark.png", whole)).code, 0);
    let mut flipped = whole.to_vec();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xFF;
    // What it would cost is told by its head, and what it weighs by its bytes, before anything is drawn.
    let mut wide = whole.to_vec();
    wide[16..24].copy_from_slice(&[0, 0, 0x0F, 0xA1, 0, 0, 0x07, 0xD0]);
    let heavy = [whole, &vec![0; 4_000_001]].concat();
    for (data, told) in [(wide, "has 8002000 pixels".to_owned()), (heavy.clone(), format!("has {} bytes", heavy.len()))]
    {
        let found = check(&with_logo("mark.png", data));
        assert!(found.code == 1 && found.err.contains(&told), "{told}: {}", found.err);
    }
    for data in [&whole[..whole.len() / 2], &whole[..33], &flipped, no_size, no_data] {
        let found = check(&with_logo("mark.png", data));
        assert!(found.code == 1 && found.err.contains("error[no-logo]"), "{} bytes: {}", data.len(), found.err);
        assert!(found.err.contains("--> borough.yaml:"), "{}", found.err);
    }
}

#[test]
fn thousands_of_faults_of_one_kind_are_told_at_once_and_counted() {
    let run = || Run::on_the_example();
    let unknown: String = (0..20_000).map(|i| format!("zz{i}: 1\n")).collect();
    let twice = "a: 1\n".repeat(20_000);
    let words: String = (0..3_000).map(|i| format!("  o{i}: {{ name: Org {i}, category: busines }}\n")).collect();
    let names: String = (0..20_000).map(|i| format!("  - N{i} S{i}\n")).collect();
    let text = run().read("conference.yaml");
    let without_names: String =
        text.lines().filter(|line| !line.starts_with("protected_names:")).collect::<Vec<_>>().join("\n");
    let cases = [
        (format!("{text}\n{unknown}"), "unknown-field", "and 19900 more of this kind"),
        (format!("{text}\n{twice}"), "duplicate-key", "and 19899 more of this kind"),
        (
            text.replace("organisations:\n", &format!("organisations:\n{words}")),
            "unknown-word",
            "and 2900 more of this kind",
        ),
        (format!("{without_names}\nprotected_names:\n{names}"), "over-budget", "there are 20000 protected names"),
    ];
    for (data, code, told) in cases {
        let run = run().with("conference.yaml", data);
        let found = check(&run);
        assert!(
            found.code == 1 && found.err.contains(&format!("error[{code}]")),
            "{code}: {}",
            &found.err[..2000.min(found.err.len())]
        );
        assert!(found.err.contains(told), "{told}: {}", &found.err[found.err.len().saturating_sub(2000)..]);
        assert!(found.err.len() < 200_000, "{code}: {} bytes", found.err.len());
        let lines = json(&run, &["check", "@/conference.yaml"]);
        assert!(lines.len() < 1_100 && lines.iter().all(|line| line["file"].is_string()), "{code}: {}", lines.len());
    }
}

#[test]
fn what_a_build_refuses_for_its_names_and_lengths_is_found_by_check() {
    let copy = include_str!("../../templates/base/terms.md");
    let found = check(&Run::on_the_council("northmere").with("templates/more-terms.md", copy));
    assert!(found.code == 1 && found.err.contains("error[name-clash]: two papers would be called"), "{}", found.err);
    assert!(found.err.contains("--> templates/"), "{}", found.err);
    let label = Run::on_the_example().edit(
        "conference.yaml",
        "label: Station Parade and Mill Lane interchange",
        &format!("label: {}", "x".repeat(40_000)),
    );
    let found = check(&label);
    assert!(
        found.code == 1 && found.err.contains("this name or reference has 40000 characters"),
        "{}",
        &found.err[..500]
    );
    let allow = "\nallow: [{ path: meeting.venue.access, reason: it is somebody else }]\n";
    let run =
        Run::on_the_example().edit("conference.yaml", "Step-free entrance", "Kai Mensah House, step-free entrance");
    let text = run.read("conference.yaml");
    let run = run.with("conference.yaml", text + allow);
    let found = check(&run);
    let told =
        "error[protected-name]: this text contains protected name number 1, and a paper with it would be refused";
    assert!(found.code == 1 && errors(&found).contains(&told), "{}", found.err);
    let both = ", { path: \"protected_names[0]\", reason: it is somebody else }]";
    let run = run.edit("conference.yaml", "somebody else }]", &format!("somebody else }}{both}"));
    assert_eq!(check(&run).code, 0, "{}", check(&run).err);
}

#[test]
fn a_text_with_a_row_of_headings_is_a_list_whatever_its_name_is() {
    let rows = "Name\tAddress line 1\tPostcode\tCategory\nMs Ann Ada\t1 Mill Lane\tE20 9ZZ\tresidents\n";
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(rows.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, data) in [("export.xls", rows.as_bytes()), ("export", rows.as_bytes()), ("export.prn", &wide)] {
        let run = Run::on_the_example().with(name, data);
        let found = run.convenor(&["check", &format!("@/{name}")]);
        assert!(found.code == 0 && found.out.contains('1'), "{name}: {} {}", found.out, found.err);
    }
    let run = Run::on_the_example().with("export.xls", rows);
    let built = run.convenor(&["build", "@/export.xls"]);
    assert!(built.code == 1 && built.err.starts_with("error[wrong-kind]: this is a list of people"), "{}", built.err);
}

#[test]
fn a_file_that_is_no_list_and_no_conference_gets_one_sentence_from_every_verb() {
    let html: Vec<u8> = "\u{FEFF}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8]); 5] = [
        ("cut.xlsx", b"PK\x03\x04 and no more"),
        ("page.xls", &html),
        ("old.slk", b"ID;PWXL;N;E\r\nC;Y1;X1;K\"Name\"\r\n"),
        ("empty.csv", b""),
        ("book.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    ];
    for (name, data) in cases {
        let run = Run::on_the_example().with(name, data);
        let file = format!("@/{name}");
        let all = [
            run.convenor(&["check", &file]),
            run.convenor(&["build", &file]),
            run.convenor(&["invite", "@/conference.yaml", "--list", &file, "-o", "@/out", "--yes"]),
        ];
        let told: Vec<Vec<&str>> = all.iter().map(errors).collect();
        assert!(told[0].len() == 1 && told.iter().all(|other| *other == told[0]), "{name}: {told:?}");
    }
}

#[test]
fn every_error_has_a_place_for_machines() {
    let list = "Name,Address line 1,Address line 2,Postcode,Category\n王小明,1 Mill Lane,Marshgate,E20 9ZZ,residents\n";
    let run = Run::on_the_example().with("people.csv", list);
    let invite = ["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out", "--make", "notify", "--yes"];
    let places = |args: &[&str], code: &str| {
        let found = json(&run, args);
        let found = found.into_iter().find(|line| line["code"] == code).unwrap_or_else(|| panic!("{code} {args:?}"));
        (found["file"].as_str().unwrap_or_default().to_owned(), found["row"].as_u64())
    };
    let (file, row) = places(&invite, "not-for-notify");
    assert!(file.ends_with("people.csv") && row == Some(2), "{file} {row:?}");
    let map = ["check", "@/people.csv", "--map", "Name=nobody"];
    assert_eq!(places(&map, "bad-mapping").0, "--map");
    assert_eq!(
        places(&["build", "@/conference.yaml", "-o", "@/out", "--only", "nothing"], "unknown-artefact").0,
        "--only"
    );
    assert_eq!(places(&["templates", "show", "nothing", "--borough", "@/"], "unknown-artefact").0, "TEMPLATE");
}

#[test]
fn a_template_at_fault_is_named_to_machines_by_a_path_that_exists() {
    let run = Run::on_the_council("northmere");
    let run = run.with("templates/terms.md", "Text.\n{% if %}\n");
    let found = json(&run, &["check", "@/conference.yaml"]);
    let file = found.iter().find(|line| line["severity"] == "error").expect("it is told")["file"].clone();
    let file = file.as_str().unwrap_or_default();
    assert!(file.ends_with("templates/terms.md") && run.path("").join(file).is_file(), "{file}");
}
