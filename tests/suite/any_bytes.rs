//! Any bytes in place of any file that a command reads: it ends by itself, each error has a place, and the machine is not to blame.

use serde_json::Value;

use crate::run::{Outcome, Run};

/// A file that commands read, with whatever is around it.
struct Input {
    around: fn() -> Run,
    file: &'static str,
    /// The commands, none of which writes.
    read_by: &'static [&'static [&'static str]],
}

const CHECK: &[&str] = &["check", "@/conference.yaml"];
const VERIFY: &[&str] = &["verify", "@/out/CSC-2026-014"];
const RECORD: &[&str] = &["record", "@/out/CSC-2026-014"];

const INPUTS: &[Input] = &[
    Input { around: Run::on_the_example, file: "conference.yaml", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "conference.json", read_by: &[&["check", "@/conference.json"]] },
    Input { around: Run::on_the_example, file: "borough.yaml", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "logo.svg", read_by: &[CHECK] },
    Input { around: with_a_font, file: "own.ttf", read_by: &[CHECK] },
    Input { around: with_a_list, file: "people.csv", read_by: &[CHECK, &["check", "@/people.csv"]] },
    Input { around: Run::on_the_example, file: "people.xlsx", read_by: &[&["check", "@/people.xlsx"]] },
    Input { around: Run::on_the_example, file: "people.ods", read_by: &[&["check", "@/people.ods"]] },
    Input { around: Run::on_the_example, file: "people.columns.csv", read_by: &[&["check", "@/people.csv"]] },
    Input { around: Run::on_the_example, file: "templates/own.md", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "templates/terms.md", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "templates/parts/running.md", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "templates/settings.yaml", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "templates/vocabulary.yaml", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "templates/holidays.yaml", read_by: &[CHECK] },
    Input { around: Run::on_the_example, file: "templates/theme/brand.typ", read_by: &[CHECK] },
    Input {
        around: with_a_change,
        file: "templates/.ejected.json",
        read_by: &[&["templates", "status", "--borough", "@/."]],
    },
    Input { around: in_a_region, file: "regions/mere-and-vale/region.yaml", read_by: &[CHECK] },
    Input { around: with_papers, file: "out/CSC-2026-014/record.jsonl", read_by: &[VERIFY, RECORD] },
    Input { around: with_papers, file: "out/CSC-2026-014/register.json", read_by: &[VERIFY] },
    Input { around: with_papers, file: "out/CSC-2026-014/register.csv", read_by: &[VERIFY] },
    Input { around: with_papers, file: "out/CSC-2026-014/.convenor-lock", read_by: &[VERIFY] },
    Input { around: with_papers, file: "out/CSC-2026-014/professional/terms.txt", read_by: &[VERIFY] },
    Input { around: with_papers, file: "out/CSC-2026-014/community/other.pdf", read_by: &[VERIFY] },
    Input { around: with_papers, file: "out/CSC-2026-014/community/other.eml", read_by: &[VERIFY] },
    Input { around: with_papers, file: "out/CSC-2026-014/community/other.ics", read_by: &[VERIFY] },
];

fn with_a_font() -> Run {
    Run::on_the_example().edit("borough.yaml", "brand: {", "brand: { fonts: [own.ttf],")
}

fn with_a_list() -> Run {
    let list = "invitees:\n  - { list: people.csv, category: residents }\n";
    Run::on_the_example().edit("conference.yaml", "invitees:\n", list)
}

fn with_a_change() -> Run {
    let run = Run::on_the_example();
    let outcome = run.convenor(&["templates", "eject", "terms", "--borough", "@/."]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    run
}

fn in_a_region() -> Run {
    Run::on_the_council("kestrel-vale")
}

fn with_papers() -> Run {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", "terms"]);
    run
}

/// Bytes of every kind, and what becomes of the file's own.
fn bytes(own: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let half = &own[..own.len() / 2];
    vec![
        ("nothing", Vec::new()),
        ("zeros", vec![0; 600]),
        ("no text", vec![0xFF; 600]),
        ("a byte order mark", b"\xEF\xBB\xBF".to_vec()),
        ("UTF-16", b"\xFF\xFEa\0:\0 \0b\0\n\0".to_vec()),
        ("a page", b"<!DOCTYPE html><html><body><table>".to_vec()),
        ("an archive", [b"PK\x03\x04".as_slice(), &[0; 60]].concat()),
        ("an empty archive", [b"PK\x05\x06".as_slice(), &[0; 18]].concat()),
        ("an old workbook", [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat()),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF".to_vec()),
        ("a font", b"\0\x01\0\0\xFF\xFF\0\0\0\0\0\0".to_vec()),
        ("a paper", b"%PDF-1.7\n1 0 obj\n<< /A 1 0 R >>\n".to_vec()),
        ("brackets", b"[{(".repeat(2000)),
        ("a template", b"{{{% for".repeat(200)),
        ("a long line", b"a: b, ".repeat(20_000)),
        ("marks", "a\u{301}\u{202E}\u{1F46A}".repeat(500).into_bytes()),
        ("half of it", half.to_vec()),
        ("half of it, and no text", [half, b"\0\xFF\xFE\n".as_slice(), half].concat()),
        ("twice", [own, own].concat()),
    ]
}

/// What of an outcome is not as it must be; empty if all is.
fn wrong(outcome: &Outcome, json: &Outcome) -> String {
    // A mapping of headings that is remembered is a part of the request.
    if outcome.code > 2 || outcome.code != json.code {
        return format!("exit {}, {} for machines", outcome.code, json.code);
    }
    let lines: Vec<Value> = json.err.lines().map(|line| serde_json::from_str(line).unwrap_or_default()).collect();
    let errors: Vec<&Value> = lines.iter().filter(|line| line["severity"] != "warning").collect();
    if (outcome.code == 0) != errors.is_empty() {
        return format!("exit {}, and {} errors", outcome.code, errors.len());
    }
    if let Some(error) = errors.iter().find(|error| !error["file"].is_string()) {
        return format!("no place: {error}");
    }
    if outcome.err.len() > 8_000 * lines.len().max(1) {
        return format!("{} bytes for {} problems", outcome.err.len(), lines.len());
    }
    String::new()
}

#[test]
fn any_bytes_for_any_file_end_well_or_with_an_error_that_has_a_place() {
    let mut failures = Vec::new();
    for (n, input) in INPUTS.iter().enumerate() {
        let run = (input.around)();
        let path = run.path(input.file);
        let own = std::fs::read(&path).unwrap_or_else(|_| b"title: Own\n---\n{{ conference.reference }}\n".to_vec());
        // A third of the kinds each: the parsers themselves are tried with more (`fuzzed`).
        for (what, data) in bytes(&own).into_iter().skip(n % 3).step_by(3) {
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the tests may write");
            std::fs::write(&path, data).expect("the tests may write");
            for command in input.read_by {
                let outcome = run.convenor(command);
                let json = run.convenor(&[command, &["--message-format", "json"][..]].concat());
                let wrong = wrong(&outcome, &json);
                if !wrong.is_empty() {
                    let said = outcome.err.chars().take(400).collect::<String>();
                    failures.push(format!("{what} for {} ({command:?}): {wrong}\n{said}", input.file));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
