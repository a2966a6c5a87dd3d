//! What is in a list of people: its columns, and each of its people; then those are added that somebody ticks.
//!
//! Deliberately absent: a guess. A heading that may mean something else is asked about, and a row that has an error is added by
//! nobody.

use maud::{Markup, html};

use super::edit::CATEGORIES;
use super::person::print;
use super::with::with;
use crate::amend::{Enlisted, Row, enlist};
use crate::check::list::Problem;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::lists::HeldList;
use crate::desk::parts::{Filled, Input, Tone, back, button_form, form as draw_form, note, select, tag};
use crate::desk::post::Form;
use crate::desk::problems::{Faults, plain, quoted};
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, Severity, codes, count_people};
use crate::input::list::{Columns, Field, List};
use crate::model::Category;
use crate::model::people::Format;

/// The most people that are shown, ticked and added at once.
const MOST: usize = 500;

/// The word for a column that is left out.
const LEFT_OUT: &str = "-";

/// What a page shows of a list.
struct Shown {
    held: HeldList,
    sheets: Vec<Sheet>,
    kind: String,
    enlisted: Enlisted,
}

/// A sheet by its name.
struct Sheet {
    name: String,
    /// Its columns, and for each the first cells in it. `None` if it is not read.
    read: Option<(Columns, Vec<Vec<String>>)>,
}

/// How many cells of a column are shown.
const EXAMPLES: usize = 2;

impl Shown {
    fn read(opened: &Opened, held: HeldList) -> Result<Self, Report> {
        let list = held.open()?;
        let sheets = examples(&list)?;
        let kind = list.kind.clone();
        let enlisted = enlist(&opened.checked, list, held.category)?;
        Ok(Self { held, sheets, kind, enlisted })
    }

    /// The problems of a column.
    fn of_column(&self, sheet: usize, column: usize) -> impl Iterator<Item = &Problem> {
        self.enlisted.of_sheets.iter().filter(move |one| one.sheet == sheet && one.column == Some(column))
    }
}

fn examples(list: &List) -> Result<Vec<Sheet>, Report> {
    let with_cells = |columns: &Columns| (columns.clone(), vec![Vec::new(); columns.all.len()]);
    let sheets = list.sheets.iter();
    let mut all: Vec<Sheet> =
        sheets.map(|sheet| Sheet { name: sheet.name.clone(), read: sheet.columns.as_ref().map(with_cells) }).collect();
    list.each(&mut |listed, _, cells| {
        let Some(Sheet { read: Some((_, of_columns)), .. }) = all.get_mut(listed.sheet) else { return true };
        for (seen, cell) in of_columns.iter_mut().zip(cells) {
            if seen.len() < EXAMPLES && !cell.trim().is_empty() {
                seen.push(cell.chars().take(40).collect());
            }
        }
        true
    })?;
    Ok(all)
}

/// The page of a list that is held; the page before it if there is none.
fn shown(ask: &Ask<'_>, page: impl FnOnce(&Opened, Shown) -> Result<Reply, Report>) -> Reply {
    with(ask, |opened| match ask.desk.list(&opened.key) {
        Some(held) => page(opened, Shown::read(opened, held)?),
        None => Ok(Reply::SeeOther(ask.part(Part::List))),
    })
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    shown(ask, |opened, list| {
        let form = ticked(&list).with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, &list, &form, &Faults::default())))
    })
}

/// Everybody is ticked whose row is right and who is not invited yet.
fn ticked(list: &Shown) -> Form {
    let wanted = list.enlisted.rows.iter().filter(|row| row.is_sound() && !row.is_invited()).take(MOST);
    wanted.fold(Form::default(), |form, row| form.and("take", row.listed.number.to_string()))
}

fn draw(ask: &Ask<'_>, opened: &Opened, list: &Shown, filled: &Form, faults: &Faults) -> Markup {
    let people = u32::try_from(list.enlisted.rows.len()).unwrap_or(u32::MAX);
    let main = html! {
        (back(&ask.part(Part::List), "Add a list of people"))
        (faults.summary())
        div.top-line {
            div { h1 { "What is in the list" } p.lead { (list.held.name) ": " (count_people(people)) ". Nobody is added yet." } p.quiet { (list.kind) } }
            (button_form(ask, &ask.part(Part::PutAway), "btn second", "Put the list away"))
        }
        div.stack {
            (whole(list))
            (columns(ask, list))
            @if list.enlisted.rows.is_empty() { (note(Tone::Stop, "Nobody is in this list", &html! { p { "Below the headings there has to be a row for each person." } })) }
            @else { (rows(ask, opened, list, &Filled { form: filled, faults })) }
        }
    };
    page(ask, &Frame::of(opened, Tab::People, "What is in the list").wrong(!faults.is_empty()), &main)
}

/// What is wrong with the list as a whole.
fn whole(list: &Shown) -> Markup {
    let of_all = || list.enlisted.of_sheets.iter().filter(|one| one.column.is_none());
    let (stop, look): (Vec<_>, Vec<_>) = of_all().partition(|one| one.severity == Severity::Error);
    let says = |all: &[&Problem]| html! { ul { @for one in all { li { (fact(one)) } } } };
    html! {
        @if !stop.is_empty() { (note(Tone::Stop, "Something is missing in this list", &says(&stop))) }
        @if !look.is_empty() { (note(Tone::Look, "Look at this once", &says(&look))) }
    }
}

/// A problem of a list, with advice that a page can follow.
fn fact(problem: &Problem) -> String {
    let mut says = words::sentence(&quoted(&problem.message));
    if let Some(field) = problem.field {
        says = says.replace(&format!("“{}”", field.id()), &format!("“{}”", words::field(field.id())));
    }
    match plain(problem.hint) {
        Some(advice) => format!("{says} {advice}"),
        None => says,
    }
}

fn name_of(sheet: usize, column: usize) -> String {
    format!("c-{sheet}-{column}")
}

fn columns(ask: &Ask<'_>, list: &Shown) -> Markup {
    let fields: Vec<(String, String)> = Field::all()
        .chain(Field::all_of_invitees())
        .map(|field| (field.id().to_owned(), words::field(field.id())))
        .collect();
    let left_out = (LEFT_OUT.to_owned(), "Leave it out".to_owned());
    let fields: Vec<_> = std::iter::once(left_out).chain(fields).collect();
    let categories = CATEGORIES.into_iter().map(|one| (one.id().to_owned(), words::category(one).to_owned()));
    let unsaid = (String::new(), "Nothing: the list says it of each".to_owned());
    let categories: Vec<_> = std::iter::once(unsaid).chain(categories).collect();
    let form = Form::default().with("category", list.held.category.map(Category::id).unwrap_or_default());
    let category = Input::new("category", "What are those of whom neither the list nor their organisation says it?")
        .hint("It decides the words of the letter and what they may read.");
    let of = Filled { form: &form, faults: &Faults::default() };
    html! {
        section.panel aria-labelledby="columns" {
            h2 id="columns" { "Its columns" }
            p.quiet { "Each with what it was taken for. Put right what is not right: then look again." }
            (draw_form(ask, &ask.part(Part::Listed), &html! {
                @for (n, Sheet { name, read }) in list.sheets.iter().enumerate() {
                    @if list.sheets.len() > 1 { h3 { (name) } }
                    @match read {
                        None => { p.quiet { "This sheet is not read: it has no row of headings, or another was asked for." } }
                        Some((columns, examples)) => (table(list, n, columns, examples, &fields)),
                    }
                }
                @if list.sheets.len() > 1 || list.held.sheet.is_some() { (sheets(list)) }
                (select(&category, &categories, &of))
                div.actions { button.btn.second type="submit" { "Look again" } }
            }))
        }
    }
}

/// Which sheet is read.
fn sheets(list: &Shown) -> Markup {
    let form = Form::default().with("sheet", list.held.sheet.as_deref().unwrap_or_default());
    let all = list.sheets.iter().map(|one| (one.name.clone(), one.name.clone()));
    let all: Vec<_> = std::iter::once((String::new(), "All that have headings".to_owned())).chain(all).collect();
    select(&Input::new("sheet", "Which sheet?"), &all, &Filled { form: &form, faults: &Faults::default() })
}

fn table(
    list: &Shown,
    sheet: usize,
    columns: &Columns,
    examples: &[Vec<String>],
    fields: &[(String, String)],
) -> Markup {
    html! {
        table.cards {
            thead { tr { th scope="col" { "Heading" } th scope="col" { "What is in it" } th scope="col" { "What it is" } } }
            tbody { @for (n, ((heading, field), cells)) in columns.all.iter().zip(examples).enumerate() {
                @let id = name_of(sheet, n);
                @let problems: Vec<&Problem> = list.of_column(sheet, n).collect();
                @if !heading.is_empty() {
                    tr.look[!problems.is_empty()] {
                        th scope="row" { label for=(id) { (heading) } }
                        td data-l="In it" { @if cells.is_empty() { span.quiet { "Nothing" } } @else { (cells.join("; ")) } }
                        td data-l="It is" {
                            select id=(id) name=(id) {
                                @for (value, words) in fields { option value=(value) selected[field.map_or(LEFT_OUT, Field::id) == value] { (words) } }
                            }
                            @for one in problems { span.sub { (fact(one)) } }
                        }
                    }
                }
            } }
        }
    }
}

fn rows(ask: &Ask<'_>, opened: &Opened, list: &Shown, of: &Filled<'_>) -> Markup {
    let rows = &list.enlisted.rows;
    let unsound = rows.iter().filter(|row| !row.is_sound()).count();
    let invited = rows.iter().filter(|row| row.is_invited()).count();
    let ready = rows.iter().filter(|row| row.is_sound() && !row.is_invited()).count();
    html! {
        section.panel aria-labelledby="rows" {
            h2 id="rows" { "Its people" }
            p.row {
                (tag(Tone::Well, Icon::Tick, format!("{ready} ready")))
                @if invited > 0 { (tag(Tone::Look, Icon::Warn, format!("{invited} invited already"))) }
                @if unsound > 0 { (tag(Tone::Stop, Icon::Stop, format!("{unsound} that cannot be added"))) }
            }
            @if unsound > 0 { p.quiet { "Put those rows right in the list, and give it here again; or add these people one by one." } }
            @if rows.len() > MOST { (note(Tone::Look, format!("Only the first {MOST} are shown"), &html! { p { "Add these; then give the list here again, and those that are left are ready." } })) }
            (editing(ask, opened, &ask.part(Part::AddListed), of.form, &[("New rows, below the last", "invitees".to_owned())], &html! {
                table.cards {
                    thead { tr { th scope="col" { "Add" } th scope="col" { "Person" } th scope="col" { "What they are" } th scope="col" { "Address" } th scope="col" { "Look at" } } }
                    tbody { @for row in rows.iter().take(MOST) { (line(opened, list, row, of)) } }
                }
                div.actions { button.btn type="submit" { "Add those that are ticked" } }
            }))
        }
    }
}

fn line(opened: &Opened, list: &Shown, row: &Row, of: &Filled<'_>) -> Markup {
    let (listed, number) = (&row.listed, row.listed.number.to_string());
    let id = format!("take-{number}");
    let fault = of.faults.of(&id);
    let name = if listed.name.is_empty() { "Without a name" } else { &listed.name };
    let is_ticked = of.form.all("take").any(|one| one == number);
    let own = opened.checked.conference.organisations.values();
    let is_known = own.into_iter().any(|one| one.name.to_lowercase() == listed.organisation.to_lowercase());
    html! {
        tr.look[!row.is_sound() || fault.is_some()] {
            td data-l="Add" {
                @if row.is_sound() {
                    input type="checkbox" id=(id) name="take" value=(number) checked[is_ticked] aria-describedby=[fault.map(|_| format!("{id}-fault"))];
                    label.vh for=(id) { "Add " (name) }
                } @else { (tag(Tone::Stop, Icon::Stop, "No")) }
            }
            th scope="row" { (name) span.sub { (place(list, row)) } }
            td data-l="What they are" {
                @match listed.category.or(list.held.category.filter(|_| !is_known)) { Some(category) => { (words::category(category)) } None if is_known => { "As their organisation" } None => { span.quiet { "Not said" } } }
                @if !listed.organisation.is_empty() { span.sub { (listed.organisation) @if !is_known { " (not among the organisations)" } } }
            }
            td data-l="Address" {
                @if listed.address.is_empty() { span.quiet { "None" } } @else { (listed.address.join(", ")) }
                @if !listed.email.is_empty() { span.sub { (listed.email) @if !listed.consent { " (did not agree to e-mail)" } } }
                @if listed.format != Format::default() { span.sub { (print(listed.format)) } }
            }
            td data-l="Look at" {
                @if let Some(fault) = fault { p.err id={ (id) "-fault" } { span.vh { "Error: " } (fault) } }
                @for problem in &row.problems { p.small { (fact(problem)) } }
            }
        }
    }
}

/// Where somebody stands in the list.
fn place(list: &Shown, row: &Row) -> String {
    match list.sheets.get(row.listed.sheet) {
        Some(sheet) if list.sheets.len() > 1 => format!("{}, row {}", sheet.name, row.listed.row),
        _ => format!("row {}", row.listed.row),
    }
}

/// What somebody says of its columns is kept with it.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    shown(ask, |opened, list| {
        let mut held = list.held.clone();
        for (sheet, one) in list.sheets.iter().enumerate() {
            let Some((columns, _)) = &one.read else { continue };
            for (n, (heading, field)) in columns.all.iter().enumerate() {
                let Some(said) = form.given(&name_of(sheet, n)) else { continue };
                // What was asked is answered, whether the answer is the same or not.
                if said != field.map_or(LEFT_OUT, Field::id) || list.of_column(sheet, n).any(is_doubt) {
                    held.said.retain(|(other, _)| other != heading);
                    held.said.push((heading.clone(), said.to_owned()));
                }
            }
        }
        held.category = CATEGORIES.into_iter().find(|one| one.id() == form.get("category"));
        held.sheet = Some(form.get("sheet").to_owned()).filter(|name| !name.is_empty());
        let mut faults = Faults::default();
        if let Err(report) = held.open() {
            faults.add_report(&report, |_| None);
            let form = ticked(&list).with(SEEN, seen(opened)?.to_string());
            return Ok(Reply::Again(draw(ask, opened, &list, &form, &faults)));
        }
        ask.desk.hold_list(&opened.key, held);
        Ok(Reply::SeeOther(ask.part(Part::Listed)))
    })
}

fn is_doubt(problem: &Problem) -> bool {
    [codes::DOUBTFUL_COLUMN, codes::TWO_ADDRESSES, codes::HIDDEN_ROW].contains(&problem.code)
}

/// Those who are ticked become invitees.
pub fn add(ask: &Ask<'_>, form: &Form) -> Reply {
    shown(ask, |opened, list| {
        let wanted: Vec<&Row> = {
            let is_wanted = |row: &&Row| form.all("take").any(|one| one == row.listed.number.to_string());
            list.enlisted.rows.iter().filter(|row| row.is_sound()).filter(is_wanted).collect()
        };
        let mut edits = Edits::default();
        if wanted.is_empty() {
            edits.faults.add("", "Tick those who are to be added");
        }
        let next = opened.checked.conference.invitees.len();
        for (n, row) in wanted.iter().enumerate() {
            edits.at(format!("invitees[{}]", next + n), &format!("take-{}", row.listed.number));
            edits.all.push(row.edit());
        }
        let leads = Leads::on(Tab::People, ask.part(Part::Listed), ask.part(Part::People), "listed");
        let reply = answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, &list, form, faults))?;
        if matches!(reply, Reply::SeeOther(_)) {
            ask.desk.drop_list(&opened.key);
        }
        Ok(reply)
    })
}
