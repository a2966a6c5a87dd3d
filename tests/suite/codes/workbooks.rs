//! Scenes of workbooks.

use super::{Prepared, Scene, on};
use crate::run::Run;
use crate::workbook_book::Book;

pub const SCENES: &[Scene] = &[
    (&["not-read"], || check(|book| book.sheet("Organisations").insert_column(2, "Parking", "yes"))),
    (&["no-sheet-found"], || check(|book| book.sheets.retain(|sheet| sheet.name != "Organisations"))),
    (&["no-column"], || {
        let run = Run::on_the_example().edit(
            "conference.yaml",
            "bring: What young people tell you about the way home",
            "bring: { text: What they say, share: professional }",
        );
        on(run, &["convert", "@/conference.yaml", "@/c.xlsx"])
    }),
    (&["unreadable-beside"], || check(|book| book.meeting("Restricted sheets are in", "apart.xlsx"))),
    (&["unwritten-form"], || on(Run::on_the_example(), &["convert", "@/conference.yaml", "@/c.ods"])),
    (&["nothing-left-out"], || {
        on(Run::on_the_example(), &["convert", "@/conference.yaml", "@/c.json", "--leave-out", "child_link"])
    }),
    (&["other-order"], || {
        let run = Run::on_the_example().edit("conference.yaml", "{ id: a1, text", "{ id: a10, text");
        on(run, &["convert", "@/conference.yaml", "@/c.xlsx"])
    }),
    (&["stays-here"], || on(Run::on_the_example(), &["check", "@/conference.yaml", "--for-sending"])),
];

/// The example as a workbook in which something is changed.
fn check(change: impl Fn(&mut Book)) -> Prepared {
    let run = Run::on_the_example();
    let done = run.convenor(&["convert", "@/conference.yaml", "@/whole.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let mut book = Book::of(&run.bytes("whole.xlsx"));
    change(&mut book);
    let data = book.data();
    on(run.with("c.xlsx", data), &["check", "@/c.xlsx"])
}
