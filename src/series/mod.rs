//! The next conference about the same context, begun from the file of the last.
//!
//! In: the tree of a conference file, and what of it was checked. Out: the text of the next file: people, organisations and the
//! plan carried over, what was said and who came left behind, the days counted by the council's timescales. After a meeting without
//! a quorum it is the same meeting again: of the same kind, with its agenda and whatever was put before it.
//!
//! Deliberately absent: facts of the meeting to come. What only the council can know is to be filled in.

use chrono::{Days, Months, NaiveDate, NaiveTime};

use crate::check::Checked;
use crate::model::Clearance;
use crate::model::conference::Kind;
use crate::model::plan::Decision;
use crate::model::text::TO_FILL_IN;
use crate::yaml::{Key, Node, Value, write};

/// A file for the next conference.
#[derive(Debug, Clone)]
pub struct NextConference {
    /// Its text.
    pub text: String,
    /// How many actions it carries that are neither done nor dropped, and how many there are in all.
    pub actions: (usize, usize),
    /// The people it leaves behind, since they no longer take part or came uninvited, by their names.
    pub left: Vec<String>,
    /// Those whose points have to be said anew, since the agenda is another.
    pub asked: Vec<PointsOf>,
    /// What was right for the last meeting and is carried for whoever writes the new, by path: it is still to be looked at.
    pub to_look_at: Vec<String>,
    /// Whether it is a first one, a review or the last.
    pub kind: Kind,
    /// Whether it is the same meeting again, since that had no quorum.
    pub is_again: bool,
    /// Its reference, unless somebody says otherwise.
    pub reference: String,
    /// Its day, as far as it is known.
    pub date: NaiveDate,
    /// When it starts, if it does as the last did.
    pub start: NaiveTime,
    /// When it ends, if it takes as long.
    pub end: NaiveTime,
}

/// Somebody who was asked for some points alone, or kept out of some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointsOf {
    /// Their position among the entries of the new file.
    pub position: usize,
    /// Their name, or what stands for it.
    pub name: String,
    /// Whether they were kept out of points, and not asked for them.
    pub is_kept_out: bool,
}

/// Begins the review of a conference from its file. `from` is the path of that file as the new one sees it, and `lists` the way
/// to the folder of its lists of people.
pub fn review_of(checked: &Checked, root: &Node, from: &str, lists: &str) -> NextConference {
    let c = &checked.conference;
    let count = |name: &str| checked.settings.timescales.get(name).copied().unwrap_or_default();
    let is_again = checked.meets_again();
    let kind = if is_again { c.kind } else { Kind::Review };
    let months = if c.kind == Kind::Initial { "first_review_months" } else { "later_review_months" };
    let again = || checked.calendar.after(c.meeting.date, count("reconvene"));
    let usual = || if is_again { again() } else { in_months(checked, c.meeting.date, count(months)) };
    let planned = c.review.map_or_else(usual, |review| review.date);
    let start = c.review.and_then(|review| review.start).unwrap_or(c.meeting.start);
    let end = start + (c.meeting.end - c.meeting.start);
    let issued = checked.calendar.before(planned, count("invitations")).max(c.meeting.date);
    let replies = if is_again { "replies" } else { "papers_review" };
    let reply_by = checked.calendar.before(planned, count(replies)).max(issued);
    let mut next = Carried {
        lists,
        is_again,
        left: Vec::new(),
        asked: Vec::new(),
        to_fill_in: vec!["reference".to_owned(), "issued".to_owned()],
    };
    let invitees = field(root, "invitees").map(|list| next.invitees(list));
    let mut meeting = vec![
        entry("date", word(planned)),
        entry("start", quoted(start.format("%H:%M"))),
        entry("end", quoted(end.format("%H:%M"))),
    ];
    meeting.extend(kept(field(root, "meeting"), &["venue", "online", "chair", "co_chair", "minute_taker"]));
    meeting.push(entry("reply_by", word(reply_by)));
    if c.review.is_none() {
        next.to_fill_in.push("meeting.date".to_owned());
    }
    next.to_fill_in.extend(["meeting.start", "meeting.end", "meeting.reply_by"].map(str::to_owned));
    // What was right for the last meeting, and is carried for whoever writes the new.
    let was_there = |path: &str| path.split('.').try_fold(root, |node, name| field(node, name)).is_some();
    let of_the_last = ["meeting.online", "context.period.from", "context.period.to", "contingency"];
    let to_look_at: Vec<String> =
        of_the_last.into_iter().filter(|path| !is_again && was_there(path)).map(str::to_owned).collect();
    next.to_fill_in.extend(to_look_at.iter().cloned());
    let mut previous = vec![
        entry("reference", quoted(&c.reference)),
        entry("date", word(c.meeting.date)),
        entry("file", quoted(from)),
    ];
    if is_again {
        previous.push(entry("no_quorum", word(true)));
        previous.extend(provisional(&c.decisions).map(|text| entry("provisional", quoted(text))));
    }
    let previous = map(previous);
    let reference = next_reference(&c.reference);
    let mut fields = vec![entry("reference", quoted(&reference)), entry("kind", word(kind.id()))];
    fields.extend(kept(Some(root), &["form", "marking"]));
    fields.push(entry("issued", word(issued)));
    fields
        .push(entry("to_fill_in", Node { span: 0..0, value: Value::List(next.to_fill_in.iter().map(word).collect()) }));
    fields.push(entry("previous", previous));
    fields.extend(kept(Some(root), &["prepared_by"]));
    fields.extend(field(root, "context").map(|context| entry("context", with_id(context, &c.context.id))));
    fields.extend(kept(Some(root), &["assessment"]));
    fields.push(entry("meeting", map(meeting)));
    fields.extend(kept(Some(root), &["people"]));
    let organisations = |all: &Node| if is_again { all.clone() } else { without_reports(all) };
    fields.extend(field(root, "organisations").map(|all| entry("organisations", organisations(all))));
    fields.extend(invitees.map(|list| entry("invitees", list)));
    // What was put before the meeting is put before it again.
    fields.extend(kept(Some(root).filter(|_| is_again), &["agenda", "files"]));
    fields.extend(kept(Some(root), &["goals", "contingency"]));
    fields.extend(field(root, "child_links").map(|links| entry("child_links", with_nothing_heard(links))));
    fields.extend(kept(Some(root), &["protected_names"]));
    let actions = c.goals.iter().flat_map(|goal| &goal.actions);
    let all = actions.clone().count();
    let open = actions.filter(|action| !action.status.is_over()).count();
    let (left, asked) = (next.left, next.asked);
    NextConference {
        text: write(&map(fields)),
        actions: (open, all),
        left,
        asked,
        to_look_at,
        kind,
        is_again,
        reference,
        date: planned,
        start,
        end,
    }
}

/// What was decided provisionally, as far as professionals read it: the field has their mark. `None` if nothing was.
fn provisional(decisions: &[Decision]) -> Option<String> {
    let open = decisions.iter().filter(|one| one.provisional && one.share <= Clearance::Professional);
    let texts: Vec<&str> = open.map(|decision| decision.text.trim()).collect();
    Some(texts.join(" ")).filter(|text| !text.is_empty())
}

/// A working day some months after another.
fn in_months(checked: &Checked, day: NaiveDate, months: u32) -> NaiveDate {
    let mut later = day.checked_add_months(Months::new(months)).unwrap_or(day);
    while !checked.calendar.is_working_day(later) {
        later = later.checked_add_days(Days::new(1)).unwrap_or(day);
    }
    later
}

/// `CSC-2026-014-R1` after `CSC-2026-014`, `…-R2` after that.
fn next_reference(reference: &str) -> String {
    let known = reference.rsplit_once("-R").and_then(|(stem, n)| Some((stem, n.parse::<u32>().ok()?)));
    match known {
        Some((stem, n)) => format!("{stem}-R{}", n + 1),
        None => format!("{reference}-R1"),
    }
}

struct Carried<'l> {
    lists: &'l str,
    /// Whether the agenda is the same, so that whoever comes for some points comes for these again.
    is_again: bool,
    left: Vec<String>,
    asked: Vec<PointsOf>,
    to_fill_in: Vec<String>,
}

/// What became of an invitation, and what was only for the meeting that is over.
const OVER: [&str; 14] = [
    "reply",
    "replied_on",
    "invited_on",
    "attended",
    "delegate",
    "arrived",
    "left",
    "online",
    "observer",
    "bring",
    "note",
    "invited",
    "exclusion",
    "reply_by",
];

impl Carried<'_> {
    /// Whoever still takes part, without what became of the last invitation. The agenda is another, so whoever was asked for
    /// some points, or kept out of some, has to be looked at again: the check stops until somebody has.
    fn invitees(&mut self, list: &Node) -> Node {
        let Value::List(entries) = &list.value else { return list.clone() };
        let mut carried = Vec::new();
        for one in entries {
            match &one.value {
                Value::Map(_) if field(one, "withdrawn").is_some() || says(one, "invited", "false") => {
                    self.left.extend(name(one).map(str::to_owned));
                }
                Value::Map(fields) => {
                    let mut fields = fields.clone();
                    let is_kept = |name: &str| !OVER.contains(&name) || self.is_again && name == "exclusion";
                    fields.retain(|(key, _)| is_kept(&key.text));
                    for (key, value) in &mut fields {
                        if let ("items" | "excluded", false) = (key.text.as_str(), self.is_again) {
                            let (position, name) = (carried.len(), name(one).unwrap_or_default().to_owned());
                            self.asked.push(PointsOf { position, name, is_kept_out: key.text == "excluded" });
                        }
                        match key.text.as_str() {
                            "items" | "excluded" if self.is_again => {}
                            "items" => *value = Node { span: 0..0, value: Value::List(Vec::new()) },
                            // Nobody is let in for want of a list: there is no such point, and the check says so.
                            "excluded" => *value = Node { span: 0..0, value: Value::List(vec![word(0)]) },
                            "list" => *value = quoted(format!("{}{}", self.lists, typed(value).unwrap_or_default())),
                            _ => {}
                        }
                    }
                    carried.push(Node { span: 0..0, value: Value::Map(fields) });
                }
                Value::Scalar { text, .. } => carried.push(quoted(format!("{}{text}", self.lists))),
                Value::List(_) => carried.push(one.clone()),
            }
        }
        Node { span: 0..0, value: Value::List(carried) }
    }
}

/// What a worker should know was heard in the last conference, and is to be written anew.
fn with_nothing_heard(links: &Node) -> Node {
    let mut links = links.clone();
    let Value::List(list) = &mut links.value else { return links };
    for link in list {
        if let Value::Map(fields) = &mut link.value {
            for (_, value) in fields.iter_mut().filter(|(key, _)| key.text == "feedback") {
                *value = quoted(format!("{TO_FILL_IN} (what this conference found that the worker should know)"));
            }
        }
    }
    links
}

/// The context with its id, which is the first conference's reference if it has none of its own.
fn with_id(context: &Node, id: &str) -> Node {
    let mut context = context.clone();
    if let Value::Map(fields) = &mut context.value
        && !fields.iter().any(|(key, _)| key.text == "id")
    {
        fields.insert(0, entry("id", quoted(id)));
    }
    context
}

/// Reports were to the last conference.
fn without_reports(all: &Node) -> Node {
    let mut all = all.clone();
    if let Value::Map(organisations) = &mut all.value {
        for (_, organisation) in organisations {
            if let Value::Map(fields) = &mut organisation.value {
                fields.retain(|(key, _)| key.text != "report");
            }
        }
    }
    all
}

fn kept(of: Option<&Node>, names: &[&str]) -> Vec<(Key, Node)> {
    let found = |name: &&str| of.and_then(|of| field(of, name)).map(|value| entry(name, value.clone()));
    names.iter().filter_map(found).collect()
}

fn field<'n>(of: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Map(fields) = &of.value else { return None };
    fields.iter().find(|(key, _)| key.text == name).map(|(_, value)| value)
}

/// The name of an invitee, or the id that stands for it.
fn name(one: &Node) -> Option<&str> {
    let person = field(one, "person");
    person.and_then(|person| field(person, "name")).or(person).or(field(one, "id")).and_then(typed)
}

fn typed(node: &Node) -> Option<&str> {
    if let Value::Scalar { text, .. } = &node.value { Some(text) } else { None }
}

fn says(of: &Node, name: &str, what: &str) -> bool {
    field(of, name).and_then(typed) == Some(what)
}

fn entry(name: &str, value: Node) -> (Key, Node) {
    (Key { text: name.to_owned(), span: 0..0 }, value)
}

fn map(fields: impl Into<Vec<(Key, Node)>>) -> Node {
    Node { span: 0..0, value: Value::Map(fields.into()) }
}

#[expect(clippy::needless_pass_by_value, reason = "what is written is mostly made for it")]
fn word<T: ToString>(text: T) -> Node {
    scalar(&text, false)
}

#[expect(clippy::needless_pass_by_value, reason = "what is written is mostly made for it")]
fn quoted<T: ToString>(text: T) -> Node {
    scalar(&text, true)
}

fn scalar(text: &impl ToString, quoted: bool) -> Node {
    Node { span: 0..0, value: Value::Scalar { text: text.to_string(), quoted } }
}
