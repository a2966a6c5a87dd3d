//! The parts that pages are put together from: each one function on one struct.
//!
//! In: plain values. Out: escaped HTML with a label at every field.
//!
//! Deliberately absent: links to anywhere but a [`Link`](super::link::Link).

use chrono::{Datelike, NaiveDate};
use maud::{Markup, Render, html};

use super::ask::Ask;
use super::icons::{Icon, icon};
use super::link::Link;
use super::post::{Form, TOKEN};
use super::problems::Faults;
use super::words;
use crate::model::Audience;

/// Who may read something: the darker, the fewer.
pub fn may(audience: Audience) -> Markup {
    let (class, drawing) = match audience {
        Audience::Public => ("may", Icon::World),
        Audience::Community => ("may all", Icon::People),
        Audience::Professional => ("may pro", Icon::Case),
        Audience::Restricted => ("may lock", Icon::Lock),
    };
    html! { span class=(class) { (icon(drawing)) (words::reads(audience)) } }
}

/// How something stands: always a word, with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    Plain,
    /// It is well.
    Well,
    /// It is done.
    Done,
    /// It wants a look.
    Look,
    /// It stops something.
    Stop,
    /// It is not there.
    Off,
}

/// A tag.
pub fn tag(tone: Tone, drawing: Icon, text: impl Render) -> Markup {
    let class = match tone {
        Tone::Plain => "tag",
        Tone::Well => "tag ok",
        Tone::Done => "tag full",
        Tone::Look => "tag warn",
        Tone::Stop => "tag stop",
        Tone::Off => "tag off",
    };
    html! { span class=(class) { (icon(drawing)) (text) } }
}

/// A notice. `heading` says the fact; `body` what follows from it.
pub fn note(tone: Tone, heading: impl Render, body: &Markup) -> Markup {
    let (class, drawing) = match tone {
        Tone::Stop => ("note stop", Icon::Stop),
        Tone::Look => ("note warn", Icon::Warn),
        Tone::Well | Tone::Done => ("note done", Icon::Tick),
        Tone::Plain | Tone::Off => ("note", Icon::Fact),
    };
    html! { div class=(class) { (icon(drawing)) div { p.head { (heading) } (body) } } }
}

/// A link back.
pub fn back(to: &Link, name: &str) -> Markup {
    html! { a.back href=(to) { (icon(Icon::Back)) (name) } }
}

/// A form that is sent, with the token of this desk.
pub fn form(ask: &Ask<'_>, to: &Link, inside: &Markup) -> Markup {
    html! {
        form action=(to) method="post" novalidate {
            input type="hidden" name=(TOKEN) value=(ask.desk.keys.form.text());
            (inside)
        }
    }
}

/// The same for a form in which files are chosen.
pub fn form_with_files(ask: &Ask<'_>, to: &Link, inside: &Markup) -> Markup {
    html! {
        form action=(to) method="post" enctype="multipart/form-data" novalidate {
            input type="hidden" name=(TOKEN) value=(ask.desk.keys.form.text());
            (inside)
        }
    }
}

/// A form that is one button.
pub fn button_form(ask: &Ask<'_>, to: &Link, class: &str, text: impl Render) -> Markup {
    form(ask, to, &html! { button class=(class) type="submit" { (text) } })
}

/// A form as it is drawn: what was typed, and what is wrong with it.
pub struct Filled<'f> {
    /// What was typed, or what is there.
    pub form: &'f Form,
    /// What is wrong.
    pub faults: &'f Faults,
}

/// An input with its label.
pub struct Input<'i> {
    /// Its name and id.
    pub id: &'i str,
    /// Its label.
    pub label: &'i str,
    /// A line under the label.
    pub hint: Option<&'i str>,
    /// How wide it is: a class.
    pub width: &'i str,
    /// What a browser may fill in: almost never anything.
    pub kind: &'i str,
}

impl<'i> Input<'i> {
    /// An input for a text.
    pub const fn new(id: &'i str, label: &'i str) -> Self {
        Self { id, label, hint: None, width: "", kind: "text" }
    }

    /// The same with a line under the label.
    #[must_use]
    pub const fn hint(self, hint: &'i str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The same in another width.
    #[must_use]
    pub const fn width(self, width: &'i str) -> Self {
        Self { width, ..self }
    }
}

/// Draws an input.
pub fn text_input(input: &Input<'_>, of: &Filled<'_>) -> Markup {
    field(input.id, input.label, input.hint, of, |said| {
        html! {
            input type=(input.kind) id=(input.id) name=(input.id) class=[Some(input.width).filter(|w| !w.is_empty())]
                value=(of.form.get(input.id)) autocomplete="off" spellcheck="false"
                aria-describedby=[said] aria-invalid=[of.faults.of(input.id).map(|_| "true")];
        }
    })
}

/// Draws an input in which a file is chosen. `kinds` are the endings of its name.
pub fn file_input(input: &Input<'_>, kinds: &str, of: &Filled<'_>) -> Markup {
    field(input.id, input.label, input.hint, of, |said| {
        html! { input type="file" id=(input.id) name=(input.id) accept=(kinds) aria-describedby=[said]; }
    })
}

/// Draws an input for several lines.
pub fn text_area(input: &Input<'_>, rows: u8, of: &Filled<'_>) -> Markup {
    field(input.id, input.label, input.hint, of, |said| {
        html! {
            textarea id=(input.id) name=(input.id) rows=(rows) autocomplete="off"
                aria-describedby=[said] aria-invalid=[of.faults.of(input.id).map(|_| "true")] {
                // A browser drops one line end at the start.
                "\n" (of.form.get(input.id))
            }
        }
    })
}

fn field(
    id: &str,
    label: &str,
    hint: Option<&str>,
    of: &Filled<'_>,
    control: impl FnOnce(Option<String>) -> Markup,
) -> Markup {
    let fault = of.faults.of(id);
    let said: Vec<String> =
        hint.map(|_| format!("{id}-hint")).into_iter().chain(fault.map(|_| format!("{id}-fault"))).collect();
    html! {
        div.field.bad[fault.is_some()] {
            label for=(id) { (label) }
            @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
            @if let Some(fault) = fault { p.err id={ (id) "-fault" } { (icon(Icon::Stop)) span { span.vh { "Error: " } (fault) } } }
            (control(Some(said.join(" ")).filter(|said| !said.is_empty())))
        }
    }
}

/// Choices of which one is taken, drawn beside one another.
pub fn choices(name: &str, legend: &str, all: &[(&str, Markup)], of: &Filled<'_>) -> Markup {
    let fault = of.faults.of(name);
    let chosen = of.form.get(name);
    html! {
        fieldset.field.bad[fault.is_some()] aria-describedby=[fault.map(|_| format!("{name}-fault"))] {
            legend.s { (legend) }
            @if let Some(fault) = fault { p.err id={ (name) "-fault" } { (icon(Icon::Stop)) span { span.vh { "Error: " } (fault) } } }
            div.seg {
                @for (n, (value, words)) in all.iter().enumerate() {
                    label {
                        input type="radio" name=(name) value=(value) checked[chosen == *value] id=[(n == 0).then_some(name)];
                        (words)
                    }
                }
            }
        }
    }
}

/// A list of which one is chosen. The first of `all` may have an empty value.
pub fn select(input: &Input<'_>, all: &[(String, String)], of: &Filled<'_>) -> Markup {
    let chosen = of.form.get(input.id);
    field(input.id, input.label, input.hint, of, |said| {
        html! {
            select id=(input.id) name=(input.id) class=[Some(input.width).filter(|w| !w.is_empty())] aria-describedby=[said] {
                @for (value, words) in all { option value=(value) selected[chosen == value] { (words) } }
            }
        }
    })
}

/// One thing to tick.
pub fn tick(id: &str, name: &str, value: &str, label: impl Render, is_ticked: bool) -> Markup {
    html! {
        div.check {
            input type="checkbox" id=(id) name=(name) value=(value) checked[is_ticked];
            label for=(id) { (label) }
        }
    }
}

/// The most rows of a table or a list: a run of letters has thousands, and nobody reads as many.
pub const MOST_ROWS: usize = 300;

/// What is said below a list that shows only so many of all. Nothing if it shows all; `besides` says how the others are found.
pub fn rest(all: usize, besides: &str) -> Markup {
    html! { @if all > MOST_ROWS { p.quiet.below { (MOST_ROWS) " of " (all) " are shown. " (besides) } } }
}

/// Draws the three inputs of a day.
pub fn date_input(id: &str, legend: &str, hint: Option<&str>, of: &Filled<'_>) -> Markup {
    let fault = of.faults.of(id);
    let said: Vec<String> =
        hint.map(|_| format!("{id}-hint")).into_iter().chain(fault.map(|_| format!("{id}-fault"))).collect();
    let part = |part: &str, label: &str, width: &str| {
        let name = format!("{id}-{part}");
        // The summary leads to the first of the three.
        let own = if part == "day" { id.to_owned() } else { name.clone() };
        html! {
            div {
                label for=(own) { (label) }
                input type="text" inputmode="numeric" id=(own) name=(name) class=(width) value=(of.form.get(&name))
                    autocomplete="off" aria-invalid=[fault.map(|_| "true")];
            }
        }
    };
    html! {
        fieldset.field.bad[fault.is_some()] aria-describedby=[Some(said.join(" ")).filter(|said| !said.is_empty())] {
            legend.s { (legend) }
            @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
            @if let Some(fault) = fault { p.err id={ (id) "-fault" } { (icon(Icon::Stop)) span { span.vh { "Error: " } (fault) } } }
            div.date { (part("day", "Day", "w2")) (part("month", "Month", "w2")) (part("year", "Year", "w4")) }
        }
    }
}

/// A form with a day filled in.
#[must_use]
pub fn with_day(form: Form, id: &str, day: NaiveDate) -> Form {
    form.with(&format!("{id}-day"), day.day().to_string())
        .with(&format!("{id}-month"), day.month().to_string())
        .with(&format!("{id}-year"), day.year().to_string())
}

/// The day that was typed. `None` if all three are empty.
///
/// # Errors
/// If there is no such day.
pub fn typed_day(form: &Form, id: &str) -> Result<Option<NaiveDate>, &'static str> {
    let part = |part: &str| form.get(&format!("{id}-{part}")).to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if [&day, &month, &year].iter().all(|part| part.is_empty()) {
        return Ok(None);
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let found = number(&day).zip(month_of(&month)).zip(number(&year).filter(|year| (1900..=2199).contains(year)));
    let found = found.and_then(|((day, month), year)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day));
    found.map(Some).ok_or("Enter a day as 24, 11 and 2026")
}

/// A month as its number, or by the first letters of its name.
fn month_of(typed: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let typed = typed.to_lowercase();
    let named = || MONTHS.iter().position(|month| typed.len() >= 3 && month.starts_with(&typed));
    typed.parse().ok().or_else(|| named().and_then(|n| u32::try_from(n + 1).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_typed_in_numbers_or_with_the_name_of_its_month() {
        let typed = |day: &str, month: &str, year: &str| {
            let form = Form::default().with("d-day", day).with("d-month", month).with("d-year", year);
            typed_day(&form, "d")
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, 24);
        assert_eq!(typed("24", "11", "2026"), Ok(day));
        assert_eq!(typed("24", "Nov", "2026"), Ok(day));
        assert_eq!(typed("", "", ""), Ok(None));
        for (day, month, year) in
            [("31", "11", "2026"), ("24", "11", "26"), ("24", "", "2026"), ("x", "11", "2026"), ("1", "ma", "2026")]
        {
            assert!(typed(day, month, year).is_err(), "{day} {month} {year}");
        }
        let form = with_day(Form::default(), "d", day.expect("a day"));
        assert_eq!(typed_day(&form, "d"), Ok(day));
    }
}
