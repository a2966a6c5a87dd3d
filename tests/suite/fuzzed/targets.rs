//! Every parser of a stranger's bytes, as a function of any bytes.
//!
//! In: bytes. Out: nothing, or a panic if what must hold does not: no panic of the crate itself; no error that blames the
//! machine for a file; every error with the file that it is about; no message longer than a person reads.
//!
//! The suite runs each over its seeds and mutations of them, and `fuzz/` for as long as somebody likes (`#[path]`). Each
//! calls the crate as the program or a service does.
//!
//! Deliberately absent: what the right error is. Other tests say so.

#[path = "anatomy.rs"]
pub mod anatomy;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use convenor::diag::{AtFault, Report, Severity};
use convenor::measured::{Reader, Stages};
use convenor::model::artefact::Format;
use convenor::{Amendment, Apart, Checked, Edit, Files, OwnThemes, Request};

use anatomy::{Anatomy, Chance, edit, ensure_only_that};

/// A parser: its name, and what is done with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them. `fuzz/targets/` has a file and `fuzz/seeds/` a folder of each name.
pub const TARGETS: &[Target] = &[
    ("conference_json", conference_json),
    ("conference_yaml", conference_yaml),
    ("council", council),
    ("font", font),
    ("front_matter", front_matter),
    ("layers", layers),
    ("list_csv", list_csv),
    ("list_ods", list_ods),
    ("list_xlsx", list_xlsx),
    ("logo", logo),
    ("message", message),
    ("pdf", pdf),
    ("record", record),
    ("registers", registers),
    ("splice", splice),
    ("template", template),
    ("theme", theme),
    ("workbook", workbook),
];

/// A conference file in YAML.
pub fn conference_yaml(data: &[u8]) {
    check(example(|files| files.conference = text(data)));
}

/// A conference file in JSON.
pub fn conference_json(data: &[u8]) {
    check(example(|files| {
        files.conference = text(data);
        files.name = "conference.json".to_owned();
    }));
}

/// A council's `borough.yaml`.
pub fn council(data: &[u8]) {
    check(example(|files| files.borough = text(data)));
}

/// A council's own files beside `borough.yaml`, in parts: its tables of words, days and settings.
pub fn layers(data: &[u8]) {
    if let Some(checked) = check(example(|files| files.others.extend(parts(data)))) {
        build(&checked, "terms", Format::Md);
    }
}

/// A list of people as CSV.
pub fn list_csv(data: &[u8]) {
    check_list("people.csv", data);
}

/// A list of people as XLSX, whole or in parts that are packed here.
pub fn list_xlsx(data: &[u8]) {
    check_list("people.xlsx", &package(data));
}

/// A list of people as ODS, whole or in parts that are packed here.
pub fn list_ods(data: &[u8]) {
    check_list("people.ods", &package(data));
}

/// A conference as a workbook, whole or in parts that are packed here; or the cells of one, a line each, as the sheet and
/// what stands in its row with tabs between, that are put into sheets here.
pub fn workbook(data: &[u8]) {
    check(example(|files| {
        files.workbook = Some(if data.starts_with(b"Meeting\t") { sheets(data) } else { package(data) });
        files.name = "conference.xlsx".to_owned();
    }));
}

/// Cells as a package: ODS, which is put together by hand.
fn sheets(data: &[u8]) -> Vec<u8> {
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        text.chars().filter(|c| *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect::<String>()
    };
    let mut content = String::from(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>",
    );
    let text = text(data);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    for table in rows.chunk_by(|one, next| one[0] == next[0]) {
        content.push_str(&format!("<table:table table:name=\"{}\">", escaped(table[0][0])));
        for row in table {
            content.push_str("<table:table-row>");
            for cell in &row[1..] {
                let cell = escaped(cell);
                content.push_str(&match cell.strip_prefix("day ") {
                    Some(day) => format!("<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>{day}</text:p></table:table-cell>"),
                    None => format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"),
                });
            }
            content.push_str("</table:table-row>");
        }
        content.push_str("</table:table>");
    }
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    let parts = format!("=== mimetype\napplication/vnd.oasis.opendocument.spreadsheet\n=== content.xml\n{content}\n");
    package(parts.as_bytes())
}

/// The body of a council's own template.
pub fn template(data: &[u8]) {
    own_paper(&[FRONT, data].concat());
}

/// The front matter of a council's own template.
pub fn front_matter(data: &[u8]) {
    own_paper(&[b"---\n", data, b"\n---\n# Own\n\n{{ conference.reference }}\n"].concat());
}

/// A theme file of a council's own. It is a program, and runs where programs of strangers do.
pub fn theme(data: &[u8]) {
    let files = example(|files| beside(files, "templates/theme/brand.typ", data));
    let themes = program().map_or(OwnThemes::Refused, |program| {
        OwnThemes::Apart(Apart { time: Duration::from_secs(5), memory: 512 << 20, ..Apart::new(program) })
    });
    let checked = convenor::load_from(files).map(|loaded| loaded.with_own_themes(themes)).and_then(convenor::check);
    if let Some(checked) = held(checked) {
        build(&checked, "summary", Format::Pdf);
    }
}

/// A council's logo as SVG. One that is taken must be laid out.
pub fn logo(data: &[u8]) {
    if let Some(checked) = check(example(|files| beside(files, "logo.svg", data))) {
        build(&checked, "summary", Format::Pdf);
    }
}

/// A council's own font. One that is taken must be laid out with.
pub fn font(data: &[u8]) {
    let files = example(|files| {
        files.borough = files.borough.replacen("brand: {", "brand: { fonts: [own.ttf],", 1);
        beside(files, "own.ttf", data);
    });
    if let Some(checked) = check(files) {
        build(&checked, "summary", Format::Pdf);
    }
}

/// A PDF among the papers, as the gate reads it back.
pub fn pdf(data: &[u8]) {
    read_back("community/minutes.pdf", data);
}

/// A message among the papers, as the gate reads it back.
pub fn message(data: &[u8]) {
    read_back("community/minutes.eml", data);
}

/// The log of a folder of papers. Lines without a hash get the right one, so that not only the hash is looked at.
pub fn record(data: &[u8]) {
    thread_local! {
        static GROUND: OnceCell<Ground> = const { OnceCell::new() };
    }
    GROUND.with(|ground| {
        let ground = ground.get_or_init(|| {
            let ground = Ground::with_the_example();
            ground.fill("out/CSC-2026-014/professional/terms.txt", b"Terms of reference\n");
            ground
        });
        ground.fill("out/CSC-2026-014/record.jsonl", &chained(data));
        for verb in ["verify", "record"] {
            ground.run(&[verb, "@/out/CSC-2026-014"]);
        }
    });
}

/// The registers of a folder that an earlier version made, in parts.
pub fn registers(data: &[u8]) {
    // A name with an ending is a file's; that a folder has the name of a file is the machine's fault.
    let files: Vec<_> = parts(data).into_iter().filter(|(name, _)| Path::new(name).extension().is_some()).collect();
    if files.is_empty() {
        return;
    }
    let ground = Ground::with_the_example();
    for (name, data) in files {
        ground.fill(&format!("out/CSC-2026-014/{name}"), &data);
    }
    // A run that was stopped, as a journal tells, is the machine's affair.
    for verb in ["verify", "upgrade", "verify"] {
        ground.write(&[verb, "@/out/CSC-2026-014"]);
    }
}

/// Any file with an edit by chance: the first line is the value, and says what is edited. Whatever cannot be edited so that all
/// else stays is left as it is.
pub fn splice(data: &[u8]) {
    thread_local! {
        static GROUND: OnceCell<Ground> = const { OnceCell::new() };
    }
    let (head, file) = data.split_at(data.iter().position(|b| *b == b'\n').map_or(data.len(), |end| end + 1));
    let value = text(head).trim_end_matches('\n').replace("\\n", "\n");
    let seed = head.iter().fold(7_u64, |seed, b| seed.wrapping_mul(31).wrapping_add(u64::from(*b)));
    GROUND.with(|ground| {
        let ground = ground.get_or_init(Ground::with_the_example);
        ground.fill("conference.yaml", file);
        let path = ground.0.path().join("conference.yaml");
        let read = || fs::read(&path).expect("it is there");
        let anatomy = std::str::from_utf8(file).ok().and_then(|text| Some((text, Anatomy::of(text)?)));
        let meant = anatomy.as_ref().and_then(|(_, now)| edit(&mut Chance(seed), &value, now));
        let asked = meant.as_ref().map_or_else(|| Edit::set("meeting.date", &*value), |(edit, ..)| edit.clone());
        let amendment = Amendment { edits: vec![asked.clone()], ..Amendment::default() };
        let proposed = match convenor::propose(&path, &amendment) {
            Ok(proposed) => proposed,
            Err(refused) => {
                assert_eq!(read(), file, "a refused edit changed the file");
                return look_at(&refused.into());
            }
        };
        let (before, after) = (proposed.before.clone(), proposed.after.clone());
        assert_eq!((before.as_bytes(), read()), (file, file.to_vec()), "a proposal is no change");
        if let (Some((_, now)), Some((_, texts, says))) = (&anatomy, &meant)
            && !has_lists(&now.says)
        {
            ensure_only_that(&asked, &format!("{asked:?}"), (&before, now), texts, says, &after);
        }
        // A file that was edited is edited to the same again, and undone.
        let again = proposed.save().unwrap_or_else(|_| panic!("nobody else writes it"));
        assert_eq!(read(), after.as_bytes());
        if again.is_changed {
            convenor::undo(&path).unwrap_or_else(|report| panic!("{}", report.draw(false)));
        }
        assert_eq!(read(), file, "it is not undone");
    });
}

/// Whether people of lists are counted among those of the file.
fn has_lists(says: &serde_json::Value) -> bool {
    let entries = says["invitees"].as_array().into_iter().flatten();
    entries.into_iter().any(|entry| entry.is_string() || entry.get("list").is_some())
}

/// The front matter of a paper that is made once, for few.
const FRONT: &[u8] = b"---\ntitle: Own\npurpose: a test\neach: conference\nlayout: report\naudiences: [professional]\nformats: [pdf]\nfile: own\n---\n";

/// The example's files, with something in them exchanged.
fn example(exchange: impl FnOnce(&mut Files)) -> Files {
    static EXAMPLE: OnceLock<Files> = OnceLock::new();
    let read = || {
        let mut files = Files::default();
        for (name, data) in convenor::example_files() {
            match name.as_str() {
                "conference.yaml" => files.conference = text(&data),
                "borough.yaml" => files.borough = text(&data),
                _ => drop(files.others.insert(name, data)),
            }
        }
        files
    };
    let mut files = EXAMPLE.get_or_init(read).clone();
    exchange(&mut files);
    files
}

/// Puts a file beside `borough.yaml`.
fn beside(files: &mut Files, name: &str, data: &[u8]) {
    files.others.insert(name.to_owned(), data.to_vec());
}

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// Loads and checks files. `None` if they have errors, which were looked at.
fn check(files: Files) -> Option<Checked> {
    held(convenor::load_from(files).and_then(convenor::check))
}

/// What came of it; the report is looked at in either case.
fn held(checked: Result<Checked, Report>) -> Option<Checked> {
    match checked {
        Ok(checked) => {
            look_at(checked.warnings());
            Some(checked)
        }
        Err(report) => {
            assert!(report.has_errors(), "a failure has a reason");
            look_at(&report);
            None
        }
    }
}

/// Makes one kind of paper in one format.
fn build(checked: &Checked, paper: &str, format: Format) {
    let request = Request { only: vec![paper.to_owned()], to: vec![format], ..Request::default() };
    match convenor::build(checked, &request) {
        Ok(pack) => look_at(&pack.warnings),
        Err(report) => look_at(&report),
    }
}

fn own_paper(template: &[u8]) {
    if let Some(checked) = check(example(|files| beside(files, "templates/own.md", template))) {
        build(&checked, "own", Format::Txt);
    }
}

fn read_back(path: &str, data: &[u8]) {
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    // Both live as long as the process.
    let reader = READER.get_or_init(|| {
        let checked = Box::leak(Box::new(check(example(|_| ())).expect("the example is sound")));
        let stages = Box::leak(Box::new(Stages::new(checked).expect("the templates are ours")));
        stages.reader().expect("papers are due")
    });
    if let Err(report) = reader.file(path, data).expect("it is in the folder of an audience") {
        look_at(&report);
    }
}

/// What holds of every report.
fn look_at(report: &Report) {
    for diagnostic in report.diagnostics.iter().filter(|d| d.severity == Severity::Error) {
        assert!(diagnostic.place.file.is_some(), "an error without a place: {diagnostic:?}");
        // Another file that the one in hand names may well not be there.
        let is_of_machine = diagnostic.code.at_fault == AtFault::Machine && diagnostic.place.path.is_none();
        assert!(!is_of_machine, "the machine is blamed for a file: {diagnostic:?}");
    }
    let drawn = report.draw(false);
    assert!(drawn.len() <= LONGEST * report.diagnostics.len(), "{} bytes: {}", drawn.len(), head(&drawn));
    for line in report.json(&|_| true).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "no JSON: {}", head(line));
    }
}

/// More than any message needs, in bytes, with the line of source that it shows.
const LONGEST: usize = 24_000;

/// The first characters of a text.
fn head(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// A folder that is filled again and again.
struct Ground(tempfile::TempDir);

impl Ground {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("the tests may write"))
    }

    fn with_the_example() -> Self {
        let ground = Self::new();
        convenor::example_files().into_iter().for_each(|(name, data)| ground.fill(&name, &data));
        ground
    }

    fn fill(&self, name: &str, data: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the tests may write");
        fs::write(path, data).expect("the tests may write");
    }

    /// Runs the program on a file, for people and for machines; `@/` stands for the folder. It ends with 0 or 1.
    fn run(&self, args: &[&str]) {
        let (code, text) = self.once(args, &[]);
        let (again, lines) = self.write(args);
        assert!(code <= 1 && code == again, "{args:?} ends with {code} and {again}: {}", head(&text));
        assert!(text.len() <= LONGEST * lines.max(1), "{} bytes: {}", text.len(), head(&text));
    }

    /// Runs the program once, and looks at what it says to machines: if it does not end with 0, it says where. Returns how
    /// it ends, and how much it says.
    fn write(&self, args: &[&str]) -> (u8, usize) {
        let (code, json) = self.once(args, &["--message-format", "json"]);
        let mut errors = 0;
        for line in json.lines() {
            let value = serde_json::from_str::<serde_json::Value>(line);
            let value = value.unwrap_or_else(|e| panic!("no JSON ({e}): {}", head(line)));
            assert!(value["severity"] != "error" || value["file"].is_string(), "no place: {line}");
            errors += usize::from(value["severity"] == "error");
        }
        assert!(code <= 3 && (code == 0) == (errors == 0), "{args:?} ends with {code}: {}", head(&json));
        (code, json.lines().count())
    }

    fn once(&self, args: &[&str], more: &[&str]) -> (u8, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let root = format!("{}/", self.0.path().display());
        let named =
            args.iter().map(|arg| arg.strip_prefix("@/").map_or((*arg).to_owned(), |rest| format!("{root}{rest}")));
        let args = std::iter::once("convenor".to_owned()).chain(named).chain(more.iter().map(|arg| (*arg).to_owned()));
        let code = convenor::cli::run_to_code(args.map(OsString::from), None, &mut out, &mut err);
        (code, String::from_utf8(err).expect("the program speaks UTF-8"))
    }
}

fn check_list(name: &str, data: &[u8]) {
    thread_local! {
        static GROUND: OnceCell<Ground> = const { OnceCell::new() };
    }
    GROUND.with(|ground| {
        let ground = ground.get_or_init(Ground::new);
        ground.fill(name, data);
        ground.run(&["check", &format!("@/{name}")]);
    });
}

/// The program itself, for theme code of a council's own: in the suite the one that was built with it.
fn program() -> Option<PathBuf> {
    option_env!("CARGO_BIN_EXE_convenor").map(PathBuf::from).or_else(|| std::env::var_os("CONVENOR").map(PathBuf::from))
}

/// Texts of several files in one: each begins with a line `=== its name`. Names stay below a folder.
fn parts(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for line in data.split_inclusive(|b| *b == b'\n') {
        match line.strip_prefix(b"=== ") {
            Some(name) => parts.push((text(name).trim().to_owned(), Vec::new())),
            None => parts.iter_mut().last().into_iter().for_each(|(_, data)| data.extend_from_slice(line)),
        }
    }
    let is_below = |name: &str| {
        let plain = |part: &str| !part.is_empty() && part.len() < 60 && part.bytes().all(|b| b.is_ascii_graphic());
        let folders = name.rsplit_once('/').map_or("", |(folders, _)| folders);
        name.split('/').all(plain)
            && !folders.contains('.')
            && name.len() < 200
            && name.ends_with(char::is_alphanumeric)
    };
    let mut taken = BTreeSet::new();
    parts.retain(|(name, _)| is_below(name) && taken.insert(name.clone()));
    parts.truncate(24);
    parts
}

/// A package of parts; bytes that have none are taken for a package.
fn package(data: &[u8]) -> Vec<u8> {
    let parts = parts(data);
    if parts.is_empty() {
        return data.to_vec();
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, data) in parts {
        zip.start_file(name, stored).expect("the name is new");
        zip.write_all(&data).expect("memory takes every byte");
    }
    zip.finish().expect("memory takes every byte").into_inner()
}

/// Lines of a log, each with its hash (`src/records/log.rs`) unless it has one.
fn chained(data: &[u8]) -> Vec<u8> {
    let derive = || blake3::Hasher::new_derive_key("convenor 2026-11 record.jsonl line");
    let mut head = derive().finalize().to_hex().to_string();
    let mut log = Vec::new();
    for line in data.split_inclusive(|b| *b == b'\n') {
        match line.strip_suffix(b"}\n").filter(|body| !body.windows(4).any(|part| part == b"\"h\":")) {
            Some(body) => {
                head = derive().update(head.as_bytes()).update(body).finalize().to_hex().to_string();
                log.extend_from_slice(body);
                log.extend_from_slice(format!(",\"h\":\"{head}\"}}\n").as_bytes());
            }
            None => log.extend_from_slice(line),
        }
    }
    log
}
