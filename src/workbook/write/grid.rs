//! The cells of the sheets, and the cell of every field.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, Formula, Note, Table, TableColumn, TableStyle, Workbook, Worksheet,
    XlsxError,
};

use super::super::flat::Flat;
use super::super::plan::{Column, Kind, LABELS, Label, MEETING, Need, Sheet, SheetPlan, Stage};
use super::super::record::Record;
use super::super::terms::{SHARE, YES_NO};
use super::heights::fit;
use super::how::page;
use super::lists;
use super::look::Look;
use super::shown::{Showing, Shown};
use crate::sheets::letters;

/// How many characters of a column's width can still be read on a page.
const PAGE: u16 = 190;

/// How far down rules reach: more rows than anybody fills in.
const RULED: u32 = 9_998;

/// A workbook that is being written.
pub struct Writing<'w> {
    book: &'w mut Workbook,
    look: &'w Look,
    showing: Showing<'w>,
    marking: &'w str,
    /// The cell of every field, and what stands in it.
    cells: BTreeMap<String, (String, String)>,
    help: BTreeMap<String, String>,
}

impl<'w> Writing<'w> {
    pub fn new(book: &'w mut Workbook, look: &'w Look, showing: Showing<'w>, marking: &'w str) -> Self {
        Self { book, look, showing, marking, cells: BTreeMap::new(), help: super::super::help::all() }
    }

    /// An answer to an alarm, with the cell that it is about in place of the path.
    ///
    /// # Errors
    /// If the field has no cell.
    pub fn with_cell(&self, row: &Record) -> Result<Record, XlsxError> {
        let path = row.get("where").unwrap_or_default();
        let found = self.cells.get(path).or_else(|| self.cells.get(path.strip_suffix(".text")?));
        let Some((cell, words)) = found else {
            let message = format!("an answer to a false alarm names `{path}`, which has no cell");
            return Err(XlsxError::ParameterError(message));
        };
        let mut row = row.clone();
        row.set("where", Some(cell.clone()));
        row.set("words", Some(words.clone()));
        Ok(row)
    }

    /// The sheet of labels and values.
    pub fn meeting(&mut self, flat: &Flat) -> Result<(), XlsxError> {
        let (look, showing) = (self.look, &self.showing);
        let sheet = self.book.add_worksheet();
        sheet.set_name("Meeting")?;
        for (at, column) in (0..).zip(MEETING) {
            let format = if column.need == Need::EveryRow { &look.needed } else { &look.heading };
            sheet.write_string_with_format(0, at, column.heading, format)?;
            sheet.set_column_width(at, column.width)?;
        }
        let council = showing.council;
        for (row, label) in (1..).zip(LABELS) {
            sheet.write_string_with_format(row, 0, label.part, look.of(Kind::Text))?;
            sheet.write_string_with_format(row, 1, label.name, &look.label)?;
            let value = flat.meeting.get(label.path).map(|text| showing.shown(label.kind, text));
            put(sheet, (row, 2), value.as_ref(), look.of(label.kind))?;
            if let Some(value) = &value {
                self.cells.insert(label.path.to_owned(), (format!("Meeting!C{}", row + 1), value.words()));
            }
            for (at, name) in [(3, "share"), (7, "reason")] {
                match label.marked {
                    Some(_) => {
                        let kind = if at == 3 { Kind::Word(&SHARE) } else { Kind::Text };
                        let text = flat.meeting.get(&format!("{}.{name}", label.path));
                        put(sheet, (row, at), text.map(|text| showing.shown(kind, text)).as_ref(), look.of(kind))?;
                    }
                    None => drop(sheet.write_string_with_format(row, at, "–", &look.nothing)?),
                }
            }
            sheet.write_string_with_format(
                row,
                4,
                if label.is_needed { "Needed" } else { "If known" },
                if label.is_needed { &look.label } else { &look.help },
            )?;
            sheet.write_string_with_format(row, 5, label.stage.shown(), look.of(Kind::Text))?;
            let open = flat.to_check.iter().any(|path| path == label.path).then(|| Shown::Text("Yes".to_owned()));
            put(sheet, (row, 6), open.as_ref(), look.of(Kind::Text))?;
            let help = help_of(label, &self.help);
            sheet.write_string_with_format(row, 8, &help, &look.help)?;
            let words = value.as_ref().map(Shown::words).unwrap_or_default();
            fit(sheet, row, [(words.as_str(), MEETING[2].width), (help.as_str(), MEETING[8].width)])?;
            if let Some(rule) = lists::rule(label.kind, council)? {
                sheet.add_data_validation(row, 2, row, 2, &rule)?;
            }
            if label.marked.is_some()
                && let Some(rule) = lists::rule(Kind::Word(&SHARE), council)?
            {
                sheet.add_data_validation(row, 3, row, 3, &rule)?;
            }
            if label.is_needed {
                let empty = format!("=LEN(TRIM($C{}))=0", row + 1);
                let missing = ConditionalFormatFormula::new().set_rule(empty.as_str()).set_format(&look.missing);
                sheet.add_conditional_format(row, 2, row, 2, &missing)?;
            }
        }
        let last = u32::try_from(LABELS.len()).unwrap_or(u32::MAX);
        if let Some(rule) = lists::rule(Kind::Word(&YES_NO), council)? {
            sheet.add_data_validation(1, 6, last, 6, &rule)?;
        }
        sheet.set_freeze_panes(1, 2)?;
        let width = u16::try_from(MEETING.len() - 1).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last, width)?;
        sheet.set_selection(1, 2, 1, 2)?;
        page(sheet, self.marking, false)
    }

    /// A sheet of rows, with some empty ones below.
    pub fn rows(&mut self, plan: &SheetPlan, rows: &[Record], spare: u32) -> Result<(), XlsxError> {
        let restricted = plan.sheet.is_restricted();
        let (look, council) = (self.look, self.showing.council);
        let sheet = self.book.add_worksheet();
        sheet.set_name(plan.name)?;
        let filled = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let last = filled.saturating_add(spare.max(1));
        let mut table = Vec::new();
        for (at, column) in (0..).zip(plan.columns) {
            let star = if column.need == Need::EveryRow { " *" } else { "" };
            let heading = format!("{}{star}", column.heading);
            let format = head_format(look, column, plan.sheet);
            // The table writes its headings itself.
            table.push(TableColumn::new().set_header(heading).set_header_format(format));
            let help = column_help(plan, column, &self.help);
            sheet.insert_note(0, at, &note(plan, at, column, &help))?;
            sheet.set_column_width(at, column.width)?;
            sheet.set_column_format(at, look.of(column.kind))?;
            let rule = lists::rule(column.kind, council)?;
            let rule: Option<DataValidation> = if restricted { Some(lists::restricted(rule, &help)?) } else { rule };
            if let Some(rule) = rule {
                sheet.add_data_validation(1, at, RULED, at, &rule)?;
            }
            marks(sheet, plan, at, column, look)?;
        }
        // Bold letters are wider.
        let heads = plan.columns.iter().map(|column| (column.heading, column.width.saturating_sub(3)));
        fit(sheet, 0, heads)?;
        for (row, record) in (1..).zip(rows) {
            let mut texts = Vec::new();
            for (at, column) in (0..).zip(plan.columns) {
                let shown = record.get(column.key).map(|text| self.showing.shown(column.kind, text));
                put(sheet, (row, at), shown.as_ref(), look.of(column.kind))?;
                if let Some(shown) = shown {
                    let cell = format!("{}{}", letters(usize::from(at)), row + 1);
                    texts.push((shown.words(), column.width));
                    let cell = if plan.name.contains([' ', '-']) {
                        format!("'{}'!{cell}", plan.name)
                    } else {
                        format!("{}!{cell}", plan.name)
                    };
                    for path in paths(record, column.key) {
                        self.cells.insert(path, (cell.clone(), shown.words()));
                    }
                }
            }
            fit(sheet, row, texts.iter().map(|(text, width)| (text.as_str(), *width)))?;
        }
        for row in filled + 1..=last {
            for (at, column) in (0..).zip(plan.columns) {
                sheet.write_blank(row, at, look.of(column.kind))?;
            }
        }
        let width = u16::try_from(plan.columns.len() - 1).unwrap_or(u16::MAX);
        let name = format!("cv_{}", plan.name.replace(|c: char| !c.is_alphanumeric(), "_"));
        let table = Table::new().set_name(name).set_columns(&table).set_style(TableStyle::None);
        sheet.add_table(0, 0, last, width, &table)?;
        sheet.set_freeze_panes(1, u16::from(plan.columns.len() > 2))?;
        if plan.sheet == Sheet::People {
            let withdrawn = plan.columns.iter().position(|c| c.key == "withdrawn.on").unwrap_or_default();
            let gone = format!("=LEN(${}2)>0", letters(withdrawn));
            let gone = ConditionalFormatFormula::new().set_rule(gone.as_str()).set_format(&look.gone);
            sheet.add_conditional_format(1, 0, RULED, width, &gone)?;
        }
        if restricted {
            sheet.set_tab_color(rust_xlsxwriter::Color::RGB(0x00C0_0000));
            sheet.write_string_with_format(0, width + 1, ASIDE, &look.aside)?;
            sheet.set_column_width(width + 1, 36)?;
        }
        page(sheet, self.marking, restricted)?;
        let wide: u16 = plan.columns.iter().map(|column| column.width).sum();
        let pages = wide.div_ceil(PAGE);
        if pages > 1 {
            sheet.set_print_fit_to_pages(pages, 0).set_repeat_columns(0, 0)?;
        }
        Ok(())
    }
}

/// What stands beside a restricted table.
const ASIDE: &str = "RESTRICTED. Whoever can open this workbook can read this sheet. Send it to nobody.";

/// The field paths of a cell of a row.
fn paths(record: &Record, key: &str) -> Vec<String> {
    let path = |(at, prefix): &(String, &'static str)| {
        if *prefix == key || (*prefix == "title" && key == "text") {
            return Some(if *prefix == "title" { format!("{at}.title") } else { at.clone() });
        }
        match key.strip_prefix(prefix) {
            Some(rest) if !rest.is_empty() => Some(format!("{at}.{rest}")),
            _ if prefix.is_empty() || *prefix == "title" || *prefix == "text" => Some(format!("{at}.{key}")),
            _ => None,
        }
    };
    record.at.iter().filter_map(path).collect()
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    shown: Option<&Shown>,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    match shown {
        None => sheet.write_blank(row, column, format)?,
        Some(Shown::Text(text)) => sheet.write_string_with_format(row, column, text, format)?,
        Some(Shown::Whole(number)) => sheet.write_number_with_format(row, column, f64::from(*number), format)?,
        Some(Shown::Day(day)) => match serial(*day) {
            Some(days) => sheet.write_number_with_format(row, column, days, format)?,
            None => sheet.write_string_with_format(row, column, day.to_string(), format)?,
        },
        Some(Shown::Clock(clock)) => {
            let seconds = (*clock - chrono::NaiveTime::MIN).num_seconds();
            let days = i32::try_from(seconds).map(f64::from).unwrap_or_default() / 86_400.0;
            sheet.write_number_with_format(row, column, days, format)?
        }
    };
    Ok(())
}

/// The number of a day in a spreadsheet. Before March 1900 Excel counts a day that there was not.
fn serial(day: chrono::NaiveDate) -> Option<f64> {
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    i32::try_from((day - start).num_days()).ok().filter(|days| (61..2_958_465).contains(days)).map(f64::from)
}

fn head_format<'l>(look: &'l Look, column: &Column, sheet: Sheet) -> &'l rust_xlsxwriter::Format {
    match (sheet.is_restricted(), column.need) {
        (true, _) => &look.restricted,
        (false, Need::EveryRow) => &look.needed,
        // What is filled in with the rest of the row, or later.
        (false, _) if column.stage == Stage::Letters || (sheet != Sheet::People && column.stage == Stage::Meeting) => {
            &look.heading
        }
        (false, _) => &look.later,
    }
}

/// Hatches what a row needs and lacks, and sets off what few may read.
fn marks(sheet: &mut Worksheet, plan: &SheetPlan, at: u16, column: &Column, look: &Look) -> Result<(), XlsxError> {
    let (own, first) = (letters(usize::from(at)), if plan.sheet == Sheet::Said { "D" } else { "A" });
    if column.need == Need::EveryRow && own != first {
        let empty = format!("=AND(LEN(TRIM(${first}2))>0,LEN(TRIM({own}2))=0)");
        let missing = ConditionalFormatFormula::new().set_rule(Formula::new(empty)).set_format(&look.missing);
        sheet.add_conditional_format(1, at, RULED, at, &missing)?;
    }
    if matches!(column.kind, Kind::Word(words) if std::ptr::eq(words, &raw const SHARE)) {
        let few = format!("={own}2=\"Restricted\"");
        let few = ConditionalFormatFormula::new().set_rule(Formula::new(few)).set_format(&look.few);
        sheet.add_conditional_format(1, at, RULED, at, &few)?;
    }
    Ok(())
}

fn note(plan: &SheetPlan, at: u16, column: &Column, help: &str) -> Note {
    let about = if at == 0 { format!("{}.\n", plan.about) } else { String::new() };
    let stage = column.stage.shown().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let need = if column.need == Need::EveryRow { "Needed in each row." } else { "May stay empty." };
    let text = format!("{about}{help}\nFill in: {stage}. {need}");
    let lines = u32::try_from(text.chars().count() / 44 + 3).unwrap_or(20);
    Note::new(text).set_author("convenor").add_author_prefix(false).set_width(300).set_height(24 + 17 * lines)
}

/// What stands in the note at a heading.
pub fn column_help(plan: &SheetPlan, column: &Column, help: &BTreeMap<String, String>) -> String {
    if !column.help.is_empty() {
        return column.help.to_owned();
    }
    let mut of = plan.below.iter().map(|below| format!("{below}.{}", column.key));
    of.find_map(|pattern| help.get(&pattern).cloned()).unwrap_or_default()
}

/// What stands beside a label.
pub fn help_of(label: &Label, help: &BTreeMap<String, String>) -> String {
    let text =
        if label.help.is_empty() { help.get(label.path).cloned().unwrap_or_default() } else { label.help.to_owned() };
    match label.marked {
        Some(unless) => format!("{text} Who may read it, if nothing is said: {unless}."),
        None => text,
    }
}
