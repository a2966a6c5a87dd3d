//! Secrets that were planted in finished files, and the gate that must find each.

mod docx;
mod html;
mod odt;
mod package;
mod pdf;
mod texts;

use crate::run::Run;

/// A way to hide a secret in a file.
pub struct Plant {
    /// What it is, for the message when it is missed.
    pub name: &'static str,
    /// The ending of the files that it is for.
    pub ending: &'static str,
    /// The secret in plain letters.
    pub holds: &'static str,
    /// Hides it in the bytes of a file.
    pub plant: fn(&[u8]) -> Vec<u8>,
}

/// A name that may appear in no output at all.
pub const NAME: &str = "Kai Mensah";
/// A part of what only professionals may read.
pub const SAID: &str = "buy you chips first you find out later";
/// The postal address of an invitee.
pub const STREET: &str = "14 Dace Court";
/// The reference of a child.
pub const CHILD: &str = "MOS-448120";
/// The label that only professionals may read.
pub const INTERNAL: &str = "Station Parade (incl. Unit 6 and rear stairwell)";

/// Every way, for every kind of file.
pub fn plants() -> Vec<Plant> {
    let mut all = pdf::plants();
    all.extend(texts::markdown());
    all.extend(texts::plain());
    all.extend(html::pages());
    all.extend(docx::documents());
    all.extend(odt::documents());
    all
}

#[test]
fn there_are_enough_plants_for_every_kind_of_file() {
    let all = plants();
    let count = |ending| all.iter().filter(|plant| plant.ending == ending).count();
    for (ending, least) in [("pdf", 32), ("md", 18), ("txt", 12), ("html", 40), ("docx", 60), ("odt", 60)] {
        assert!(count(ending) >= least, "{ending}: {}", count(ending));
    }
}

#[test]
fn the_gate_finds_every_secret_that_was_planted() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes", "--for", "community", "--to", "pdf,md,txt,html,docx,odt"]);
    let mut missed = Vec::new();
    for plant in plants() {
        let file = format!("out/CSC-2026-014/community/minutes.{}", plant.ending);
        let clean = run.bytes(&file);
        let write = |data: &[u8]| std::fs::write(run.path(&file), data).expect("the tests may write");
        write(&(plant.plant)(&clean));
        let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
        write(&clean);
        let named = outcome.err.contains("error[leak]") && outcome.err.contains(&format!("minutes.{}", plant.ending));
        if outcome.code != 1 || !named {
            missed.push(format!("{}: {} ({})", plant.ending, plant.name, plant.holds));
        }
    }
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}
