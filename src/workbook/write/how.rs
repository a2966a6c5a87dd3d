//! The sheets for people: what to fill in when, and what the words mean.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::super::terms::{self, DIFFERENT_VIEW};
use super::super::{FORMAT, FORMAT_LABEL, HOW_TO, WORDS};
use super::council::Council;
use super::look::Look;

/// A line of the first sheet: the step, when, the sheet, what to do.
type Line = (&'static str, &'static str, &'static str, &'static str);

const LINES: &[Line] = &[
    (
        "Step 1",
        "Before the letters",
        "Meeting",
        "Fill in Value. What is marked Needed must be there. Leave empty what is not known yet.",
    ),
    ("Step 1", "Before the letters", "Organisations", "A row for each organisation, with its address once."),
    (
        "Step 1",
        "Before the letters",
        "People",
        "A row for each person you invite. Whoever chairs, takes the minutes or wrote the assessment has a row too: with No under Invite, unless they get a letter.",
    ),
    (
        "Step 1",
        "Before the letters",
        "Lists",
        "If you have the people in a file of their own: its name. Or put them all on the sheet People: 60 or 6,000.",
    ),
    (
        "Step 1",
        "Before the letters",
        "Assessment",
        "What the assessment found. It can wait until papers go out that print it.",
    ),
    (
        "Step 1",
        "Before the letters",
        "Agenda",
        "The council’s usual points stand there. Change them only if this meeting differs.",
    ),
    ("Step 1", "Before the letters", "Restricted - names", "Names that must be in no paper."),
    ("Step 2", "While replies come in", "People", "Reply, Who comes instead, Undertaking signed on."),
    (
        "Step 2",
        "While replies come in",
        "Organisations",
        "Report came on, Agreement signed on, Agreement in force until.",
    ),
    (
        "Step 3",
        "At and after the meeting",
        "People",
        "Came, Arrived at, Left at. A guest is a new row, with Came uninvited under Invite and Yes under Came.",
    ),
    (
        "Step 3",
        "At and after the meeting",
        "Said",
        "A row for each remark: point, who, what, who may read it. Kind is Paper for a report that was put before the meeting.",
    ),
    ("Step 3", "At and after the meeting", "Decisions", "What was decided, why, and views that differed."),
    ("Step 3", "At and after the meeting", "Goals", "What will be so when it is reached, and how you will know."),
    ("Step 3", "At and after the meeting", "Actions", "Who does what, by when."),
    ("Step 3", "At and after the meeting", "Meeting", "If the plan does not work, Review on, Review starts at."),
    (
        "Step 3",
        "At and after the meeting",
        "Restricted - children",
        "Record numbers only. Whoever can open this workbook can read it: send it to nobody, and keep it where only your team can open it.",
    ),
    ("Step 4", "Until the review", "Actions", "Status, as partners report."),
    ("Step 4", "Until the review", "What became of actions", "What happened, and when."),
    ("Step 4", "Until the review", "What was measured", "What was found when a goal was measured."),
    (
        "Step 4",
        "Until the review",
        "Steps",
        "A step of the timetable that no paper shows: the day on which it was done.",
    ),
    (
        "Step 4",
        "Until the review",
        "Shared outside",
        "What was shared with somebody outside the papers: what, with whom, why.",
    ),
    (
        "Step 4",
        "Until the review",
        "Corrections",
        "What somebody asked to be put right in the minutes, and what became of it.",
    ),
    ("Step 4", "Until the review", "Meeting", "Minutes are, Minutes approved on."),
    (
        "If something changes",
        "After letters went out",
        "Changes",
        "Another day, time or place: the new one on the sheet Meeting, what it was before here. Cancelled on is on the sheet Meeting.",
    ),
    (
        "If something changes",
        "After letters went out",
        "People",
        "Somebody no longer takes part: Withdrawn on. Leave the row.",
    ),
    (
        "If something changes",
        "After letters went out",
        "Papers",
        "One kind of paper is made again: its new version, its day, and why.",
    ),
    (
        "If something changes",
        "When the check stops",
        "False alarms",
        "If what the check stopped at is harmless: the cell, the words in it, and why it is all right.",
    ),
    (
        "Good to know",
        "Everywhere",
        "",
        "A star (*) at a heading: needed in each row. Point at a heading for help. Lists open with Alt + arrow down.",
    ),
    (
        "Good to know",
        "Everywhere",
        "",
        "Who may read it: an empty cell mostly means professionals. Restricted is for the annex of the chair only.",
    ),
    (
        "Good to know",
        "Everywhere",
        "",
        "You may sort, filter, move columns, add columns of your own and rename sheets. Please do not rename headings. Clear filters before you make papers: rows that nobody sees stop the program.",
    ),
    (
        "Good to know",
        "Everywhere",
        "",
        "Before a copy of this file goes to anybody: convenor check --for-sending says what they would read in it.",
    ),
    ("Good to know", "Everywhere", "Words", "What each word of a list means."),
];

/// Writes the sheet that says what to do, with the cell that says which format this is.
pub fn how_to(book: &mut Workbook, look: &Look, marking: &str, elsewhere: bool) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(HOW_TO)?;
    headings(sheet, look, &[("Step", 21), ("When", 25), ("Sheet", 24), ("What to do", 90)])?;
    let mut row = 1;
    for (step, when, of, what) in LINES {
        sheet.write_string_with_format(row, 0, *step, &look.label)?;
        sheet.write_string_with_format(row, 1, *when, look.of(super::super::plan::Kind::Text))?;
        // There is no such sheet in this workbook if the restricted ones are in another.
        if of.is_empty() || elsewhere && of.starts_with("Restricted") {
            sheet.write_string_with_format(row, 2, *of, look.of(super::super::plan::Kind::Text))?;
        } else {
            let link = rust_xlsxwriter::Url::new(format!("internal:'{of}'!A1")).set_text(*of);
            sheet.write_url_with_format(row, 2, link, &look.link)?;
        }
        sheet.write_string_with_format(row, 3, *what, look.of(super::super::plan::Kind::Text))?;
        super::heights::fit(sheet, row, [(*what, 90)])?;
        row += 1;
    }
    sheet.write_string_with_format(row, 0, FORMAT_LABEL, &look.help)?;
    sheet.write_string_with_format(row, 1, "For the program", &look.help)?;
    sheet.write_number_with_format(row, 2, f64::from(FORMAT), &look.help)?;
    sheet.write_string_with_format(
        row,
        3,
        "Leave this number: it says which sheets and headings the program may expect.",
        &look.help,
    )?;
    page(sheet, marking, false)?;
    book.define_name("convenor_workbook", &format!("='{HOW_TO}'!$C${}", row + 1))?;
    Ok(())
}

/// Writes the sheet that explains the words of every list.
pub fn words(book: &mut Workbook, council: &Council, look: &Look, marking: &str) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(WORDS)?;
    headings(sheet, look, &[("Heading", 28), ("Word", 36), ("What it means", 96)])?;
    let fixed = terms::ALL.iter().flat_map(|words| words.all.iter().map(|t| (words.heading, t.shown, t.means)));
    let own = council.options.iter().map(|o| ("Decision", o.title.as_str(), o.meaning.as_str()));
    let view = [("Decision", DIFFERENT_VIEW, "A view that differed from the decision of that number. Say whose.")];
    for (row, (heading, word, means)) in (1..).zip(fixed.chain(own).chain(view)) {
        sheet.write_string_with_format(row, 0, heading, look.of(super::super::plan::Kind::Text))?;
        sheet.write_string_with_format(row, 1, word, &look.label)?;
        sheet.write_string_with_format(row, 2, means, look.of(super::super::plan::Kind::Text))?;
        super::heights::fit(sheet, row, [(means, 96)])?;
    }
    page(sheet, marking, false)
}

fn headings(sheet: &mut Worksheet, look: &Look, all: &[(&str, u16)]) -> Result<(), XlsxError> {
    for (column, (heading, width)) in (0..).zip(all) {
        sheet.write_string_with_format(0, column, *heading, &look.heading)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Paper and what is printed on every page: the marking, or that it is restricted.
pub fn page(sheet: &mut Worksheet, marking: &str, restricted: bool) -> Result<(), XlsxError> {
    // An ampersand begins a code (ECMA-376 part 1 §18.3.1.46).
    let marking = marking.replace('&', "&&");
    sheet.set_landscape().set_paper_size(9);
    sheet.set_margins(0.4, 0.4, 0.7, 0.7, 0.3, 0.3);
    sheet.set_header(format!("&C{}", if restricted { "RESTRICTED" } else { marking.as_str() }));
    sheet.set_footer("&L&A&RPage &P of &N");
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}
