//! The people of a list as entries of a conference file.
//!
//! In: a list that is open, and the conference. Out: each of its people with what is wrong with their row, and the edit that
//! makes an invitee of them.
//!
//! Deliberately absent: a word on what makes a row right, which `check` has; and writing anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Checked;
use crate::check::list::{Known, Problem, is_sound, list};
use crate::diag::{Report, codes};
use crate::input::list::{List, folded};
use crate::input::{InviteeList, entries};
use crate::model::Category;
use crate::model::listed::Listed;
use crate::yaml::{Edit, Node, Value, Written};

/// The people of a list.
#[derive(Debug)]
pub struct Enlisted {
    /// Each of them, in their order.
    pub rows: Vec<Row>,
    /// What is wrong with sheets and columns.
    pub of_sheets: Vec<Problem>,
}

/// Somebody on a list.
#[derive(Debug)]
pub struct Row {
    /// What the row says.
    pub listed: Listed,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    entry: Written,
}

impl Row {
    /// Whether a letter could be made from it.
    pub fn is_sound(&self) -> bool {
        is_sound(&self.problems)
    }

    /// Whether they are an invitee already.
    pub fn is_invited(&self) -> bool {
        self.problems.iter().any(|one| one.code == codes::INVITED_ALREADY)
    }

    /// The edit that adds them to the conference.
    pub fn edit(&self) -> Edit {
        Edit::append("invitees", self.entry.clone())
    }
}

/// Everybody on a list, as they would be in a conference. `category` is that of rows for which neither they nor their organisation
/// has one.
///
/// # Errors
/// If the list cannot be read to its end.
pub fn enlist(checked: &Checked, of: List, category: Option<Category>) -> Result<Enlisted, Report> {
    let known = Known::from(checked, category);
    let (mut of_sheets, mut of_rows): (Vec<Problem>, BTreeMap<u32, Vec<Problem>>) = Default::default();
    list(&of, &known, &mut |problem| match problem.number {
        Some(number) => of_rows.entry(number).or_default().push(problem),
        None => of_sheets.push(problem),
    })?;
    let mut people = Vec::new();
    of.each(&mut |listed, _, _| {
        people.push(listed);
        true
    })?;
    let organisations = checked.conference.organisations.iter();
    let by_name = organisations.flat_map(|(id, one)| [(folded(&one.name), id.clone()), (folded(id), id.clone())]);
    let entries = entries(&InviteeList { list: Arc::new(of), first: 0, category }, &by_name.collect());
    let row = |(listed, (_, node)): (Listed, (u32, Node))| Row {
        problems: of_rows.remove(&listed.number).unwrap_or_default(),
        listed,
        entry: written(&node),
    };
    Ok(Enlisted { rows: people.into_iter().zip(entries).map(row).collect(), of_sheets })
}

fn written(node: &Node) -> Written {
    match &node.value {
        Value::Scalar { text, .. } => Written::Text(text.clone()),
        Value::List(all) => Written::List(all.iter().map(written).collect()),
        Value::Map(all) => Written::Fields(all.iter().map(|(key, node)| (key.text.clone(), written(node))).collect()),
    }
}
