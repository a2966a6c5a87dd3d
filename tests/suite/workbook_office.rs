//! Workbooks that another program has opened and saved again, as XLSX and as ODS.
//!
//! `LibreOffice` is asked where it is there; where it is not, the tests say so and do without.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::Run;
use crate::workbook_round::model;

/// Saves a workbook again in another form. `None` if there is no `LibreOffice`.
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not judged")]
fn saved(run: &Run, file: &str, to: &str) -> Option<Vec<u8>> {
    let out = tempfile::tempdir().expect("the tests may write");
    // A home of its own: two of them cannot share one, and nothing of this machine's owner is read.
    let home = tempfile::tempdir().expect("the tests may write");
    let asked = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", home.path().display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(out.path())
        .arg(run.path(file))
        .stdin(Stdio::null())
        .output();
    if asked.is_err() {
        eprintln!("LibreOffice is not installed, so that nothing was saved with it");
        return None;
    }
    let name = Path::new(file).file_stem().expect("a name").to_string_lossy().into_owned();
    let ending = to.split(':').next().expect("an ending");
    Some(std::fs::read(out.path().join(format!("{name}.{ending}"))).expect("it was saved"))
}

#[test]
fn what_libreoffice_saves_again_says_the_same_as_xlsx_and_as_ods() {
    for council in ["marshgate", "kestrel-vale", "northmere"] {
        let run = Run::on_the_council(council);
        let done = run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let before = model(&run, "c.xlsx");
        let Some(ods) = saved(&run, "c.xlsx", "ods") else { return };
        let run = run.with("c.ods", ods);
        let ods = model(&run, "c.ods");
        let differing = before.lines().zip(ods.lines()).find(|(a, b)| a != b);
        assert!(before == ods, "{council}, ODS: {differing:#?}");
        let xlsx = saved(&run, "c.ods", "xlsx").expect("it is there");
        let run = run.with("again.xlsx", xlsx);
        assert!(before == model(&run, "again.xlsx"), "{council}, XLSX");
        if council != "marshgate" {
            // One is enough for what takes longest.
            break;
        }
    }
}
