//! A run of the program on a folder of its own. The only code here that touches the API.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The program itself, which lays out a council's own theme in a process apart.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_convenor");

/// A folder with a conference in it.
pub struct Run {
    dir: TempDir,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: u8,
    /// Standard output, without the name of the folder.
    pub out: String,
    /// Standard error, without the name of the folder.
    pub err: String,
}

impl Run {
    /// The built-in example.
    pub fn on_the_example() -> Self {
        let run = Self::on_nothing();
        for (name, data) in convenor::example_files() {
            std::fs::write(run.path(&name), data).expect("the tests may write");
        }
        run
    }

    /// A copy of a fictional council's folder, and of the regions.
    pub fn on_the_council(name: &str) -> Self {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let mut run = Self::on_nothing();
        for folder in [name, "regions"] {
            let mut found = Vec::new();
            collect(&fixtures.join(folder), &fixtures, &mut found);
            for file in found {
                let data = std::fs::read(fixtures.join(&file)).expect("the fixture can be read");
                run = run.with(file.strip_prefix(&format!("{name}/")).unwrap_or(&file), data);
            }
        }
        run
    }

    /// An empty folder.
    pub fn on_nothing() -> Self {
        Self { dir: tempfile::tempdir().expect("the tests may write") }
    }

    /// The same with every file of another.
    pub fn copied(self, other: &Self) -> Self {
        other.files("").into_iter().fold(self, |run, file| run.with(&file, other.bytes(&file)))
    }

    /// The same with one more file.
    pub fn with(self, name: &str, data: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the tests may write");
        std::fs::write(path, data).expect("the tests may write");
        self
    }

    /// The same with a part of a file replaced; the part must be there.
    pub fn edit(self, name: &str, from: &str, to: &str) -> Self {
        let text = self.read(name);
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.with(name, text.replacen(from, to, 1))
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The text of a file of the folder.
    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("the file is text")
    }

    /// The bytes of a file of the folder.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Every file below a folder, by name, sorted.
    pub fn files(&self, below: &str) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.path(below), self.dir.path(), &mut found);
        found.sort();
        found
    }

    /// Runs the program. `@/` at the start of an argument stands for the folder.
    pub fn convenor(&self, args: &[&str]) -> Outcome {
        let root = format!("{}/", self.dir.path().display());
        let args = args.iter().map(|a| a.strip_prefix("@/").map_or((*a).to_owned(), |rest| format!("{root}{rest}")));
        let args = std::iter::once("convenor".to_owned()).chain(args).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = convenor::cli::run_to_code(args, Some(PROGRAM.into()), &mut out, &mut err);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program speaks UTF-8").replace(&root, "");
        Outcome { code, out: text(out), err: text(err) }
    }

    /// Runs the program as a process of its own, in the folder. `None` if it had to be stopped after some seconds.
    pub fn program(&self, args: &[&str]) -> Option<Outcome> {
        self.program_on("", args, Stdio::null())
    }

    /// The same in a folder below; it must end.
    pub fn program_in(&self, below: &str, args: &[&str]) -> Outcome {
        self.program_on(below, args, Stdio::null()).expect("it ends")
    }

    /// The same with a file of the folder on its standard input; it must end.
    pub fn program_reading(&self, args: &[&str], file: &str) -> Outcome {
        let input = std::fs::File::open(self.path(file)).expect("the file is there");
        self.program_on("", args, input.into()).expect("it ends")
    }

    #[expect(clippy::disallowed_methods, reason = "it waits for another process")]
    fn program_on(&self, below: &str, args: &[&str], input: Stdio) -> Option<Outcome> {
        let args = args
            .iter()
            .map(|a| a.strip_prefix("@/").filter(|a| !a.is_empty()).unwrap_or(if *a == "@/" { "." } else { a }));
        let said = tempfile::tempdir().expect("the tests may write");
        let (out, err) = (said.path().join("out"), said.path().join("err"));
        let file = |path: &Path| std::fs::File::create(path).expect("the tests may write");
        let mut child = Command::new(PROGRAM)
            .args(args)
            .current_dir(self.path(below))
            .stdin(input)
            .stdout(file(&out))
            .stderr(file(&err))
            .spawn()
            .expect("the program runs");
        for _ in 0..600 {
            if let Some(status) = child.try_wait().expect("it is our own") {
                let code = status.code().and_then(|code| u8::try_from(code).ok()).expect("it ended by itself");
                let text = |path: &Path| std::fs::read_to_string(path).expect("the program speaks UTF-8");
                return Some(Outcome { code, out: text(&out), err: text(&err) });
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        child.kill().expect("it is our own");
        child.wait().expect("it is our own");
        None
    }

    /// Builds papers into `out`, at whatever stage the conference is, and expects it to go well.
    pub fn build(&self, more: &[&str]) -> Outcome {
        let outcome = self.convenor(&[&["build", "@/conference.yaml", "-o", "@/out", "--all"], more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome
    }
}

fn collect(folder: &Path, root: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), root, found);
        } else {
            let path = entry.path();
            let name = path.strip_prefix(root).expect("it was found below the root");
            found.push(name.display().to_string());
        }
    }
}

/// Text without any white space, and without the marks that steer reading direction: for comparing what was typed with
/// what a reader of a PDF gets, wherever its lines break.
pub fn squeezed(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_whitespace() && !steers(*c)).collect()
}

/// The text of a PDF as its content streams draw it: first the text proper, page after page, then what stands around it
/// on every page (running head and foot, which are tagged as artifacts).
pub fn pdf_text(data: &[u8]) -> String {
    page_texts(data, false).concat() + &page_texts(data, true).concat()
}

/// The text of each page: the text proper, or only what is an artifact.
pub fn page_texts(data: &[u8], artifacts: bool) -> Vec<String> {
    let mut pdf = lopdf::Document::load_mem(data).expect("the PDF parses");
    let pages: Vec<(u32, lopdf::ObjectId)> = pdf.get_pages().into_iter().collect();
    for (_, page) in &pages {
        let mut content = pdf.get_and_decode_page_content(*page).expect("the page has content");
        keep(&mut content, artifacts);
        pdf.change_page_content(*page, content.encode().expect("what was decoded encodes")).expect("it is a page");
    }
    pages.iter().map(|(number, _)| pdf.extract_text(&[*number]).expect("the PDF has text")).collect()
}

/// Drops the text that is an artifact, or that is none.
fn keep(content: &mut lopdf::content::Content, artifacts: bool) {
    let mut open: Vec<bool> = Vec::new();
    content.operations.retain(|operation| {
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let tag = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
                open.push(tag == b"Artifact" || open.last() == Some(&true));
            }
            "EMC" => drop(open.pop()),
            "Tj" | "TJ" | "'" | "\"" => return (open.last() == Some(&true)) == artifacts,
            _ => {}
        }
        true
    });
}
