//! Goals, with their actions, what became of these, and what was measured: four sheets that name one another by number.

use std::collections::BTreeMap;

use super::ids::in_order;
use super::putting::Whole;
use super::rows::{Row, Rows};
use crate::workbook::nodes;
use crate::workbook::plan::Sheet;
use crate::yaml::Node;

impl Whole<'_> {
    /// Puts the plan together.
    pub fn goals(&mut self, goals: &Rows, actions: &Rows, readings: &Rows, news: &Rows) {
        let (order, by_id) = self.numbered(goals);
        let mut below: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in sorted(actions) {
            match row.get("goal").and_then(|goal| by_id.get(&number(goal))) {
                Some(goal) => below.entry(*goal).or_default().push(row),
                None => self.unknown(actions, row, "goal", "there is no goal of this number"),
            }
        }
        let mut action_at: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (n, row) in order.iter().enumerate() {
            let at = format!("goals[{n}]");
            self.telling.cells.row(at.clone(), goals.sheet, row.number);
            self.needed(Sheet::Goals, goals, row, &at);
            self.told(row, &at, |key| key);
            let mut goal = self.node(Sheet::Goals, row, &[]);
            for (k, row) in below.get(&n).into_iter().flatten().enumerate() {
                let at = format!("{at}.actions[{k}]");
                self.telling.cells.row(at.clone(), actions.sheet, row.number);
                self.needed(Sheet::Actions, actions, row, &at);
                self.told(row, &at, |key| key);
                if let Some(id) = row.get("id")
                    && action_at.insert(number(id), (n, k)).is_some()
                {
                    self.same(actions, row, "id");
                }
                nodes::push(&mut goal, "actions", self.node(Sheet::Actions, row, &["goal"]));
            }
            nodes::push(&mut self.root, "goals", goal);
        }
        for row in &readings.all {
            match row.get("goal").and_then(|goal| by_id.get(&number(goal))).copied() {
                Some(goal) => self.further(Sheet::Readings, readings, row, "readings", (goal, None)),
                None => self.unknown(readings, row, "goal", "there is no goal of this number"),
            }
        }
        for row in &news.all {
            match row.get("action").and_then(|action| action_at.get(&number(action))).copied() {
                Some((goal, action)) => self.further(Sheet::News, news, row, "history", (goal, Some(action))),
                None => self.unknown(news, row, "action", "there is no action of this number"),
            }
        }
    }

    /// The goals in order, and their places by number.
    fn numbered<'r>(&mut self, rows: &'r Rows) -> (Vec<&'r Row>, BTreeMap<String, usize>) {
        let order = sorted(rows);
        let mut by_id = BTreeMap::new();
        for (n, row) in order.iter().enumerate() {
            if let Some(id) = row.get("id")
                && by_id.insert(number(id), n).is_some()
            {
                self.same(rows, row, "id");
            }
        }
        (order, by_id)
    }

    /// A row about a goal or an action that is there already.
    fn further(&mut self, of: Sheet, rows: &Rows, row: &Row, list: &str, (goal, action): (usize, Option<usize>)) {
        let key = if action.is_some() { "action" } else { "goal" };
        let node = self.node(of, row, &[key]);
        let Some(place) = self.place(goal, action) else { return };
        let n = nodes::entries(nodes::field_mut(place, list)).len();
        nodes::push(place, list, node);
        let above =
            action.map_or_else(|| format!("goals[{goal}]"), |action| format!("goals[{goal}].actions[{action}]"));
        let at = format!("{above}.{list}[{n}]");
        self.telling.cells.row(at.clone(), rows.sheet, row.number);
        self.needed(of, rows, row, &at);
        self.told(row, &at, |key| key);
    }

    fn place(&mut self, goal: usize, action: Option<usize>) -> Option<&mut Node> {
        let goal = nodes::entries(nodes::field_mut(&mut self.root, "goals")).get_mut(goal)?;
        match action {
            None => Some(goal),
            Some(action) => nodes::entries(nodes::field_mut(goal, "actions")).get_mut(action),
        }
    }
}

/// The rows in the order of their numbers.
fn sorted(rows: &Rows) -> Vec<&Row> {
    let mut order: Vec<&Row> = rows.all.iter().collect();
    in_order(&mut order, |row| row.get("id").unwrap_or_default());
    order
}

/// A number for looking it up: `Goal 3`, `3.` and `3` are one.
fn number(typed: &str) -> String {
    let plain = typed.trim().trim_end_matches('.').to_lowercase();
    let plain = ["goal", "action", "no."].iter().fold(plain, |plain, word| match plain.strip_prefix(word) {
        Some(rest) if rest.starts_with(' ') => rest.trim().to_owned(),
        _ => plain,
    });
    plain.trim().to_owned()
}
