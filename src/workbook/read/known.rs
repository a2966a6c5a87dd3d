//! Names that stand in no row: of organisations, and of people who have a part in the meeting.
//!
//! They are told where they stand, with the nearest; and read as nothing, so that no rule says it again with an id.

use std::collections::BTreeMap;

use super::ids::{Ids, untitled};
use super::meeting::Meeting;
use super::rows::Rows;
use super::telling::Telling;
use crate::diag::{Code, Hint, closest, codes};
use crate::model::plan::TO_BE_AGREED;
use crate::workbook::plan::{Kind, LABELS, SHEETS, Sheet};
use crate::yaml::At;

/// Reports organisations in any sheet that are not on the sheet of organisations.
pub fn organisations(all: &mut BTreeMap<Sheet, Rows>, known: &Ids, telling: &mut Telling) {
    for plan in SHEETS {
        let Some(rows) = all.get_mut(&plan.sheet) else { continue };
        let naming = |kind: Kind| matches!(kind, Kind::Organisation | Kind::Organisations);
        for column in plan.columns.iter().filter(|column| naming(column.kind)) {
            for n in 0..rows.all.len() {
                let Some(text) = rows.all[n].get(column.key) else { continue };
                let unknown = text.split('\n').find(|name| !known.has(name) && *name != TO_BE_AGREED);
                if let Some(name) = unknown.map(str::to_owned) {
                    let at = rows.at(&rows.all[n], column.key);
                    tell(&at, &name, known, "Organisations", codes::UNKNOWN_ORGANISATION, telling);
                    rows.all[n].texts.remove(column.key);
                    rows.all[n].faulty.insert(column.key);
                }
            }
        }
    }
}

/// Reports people and organisations on the sheet of the meeting that have no row.
pub fn in_meeting(meeting: &mut Meeting, people: &Ids, organisations: &Ids, telling: &mut Telling) {
    for label in LABELS {
        let (known, sheet, code) = match label.kind {
            Kind::Person => (people, "People", codes::UNKNOWN_PERSON),
            Kind::Organisation => (organisations, "Organisations", codes::UNKNOWN_ORGANISATION),
            _ => continue,
        };
        let Some(name) = meeting.values.get(label.path) else { continue };
        let bare = untitled(name);
        if known.has(name) || bare.is_some_and(|bare| known.has(bare)) || known.without_title(name).is_some() {
            continue;
        }
        if let Some(at) = telling.cells.at(label.path) {
            tell(&at, name, known, sheet, code, telling);
        }
        meeting.values.remove(label.path);
        telling.told.insert(label.path.to_owned());
    }
}

fn tell(at: &At, name: &str, known: &Ids, sheet: &'static str, code: Code, telling: &mut Telling) {
    let hint = match closest(name, known.names()) {
        Some(near) => Hint::naming("did you mean `{}`?", [near]),
        None => Hint::listing("write the name as it is on the sheet {}, or add a row there", [sheet]),
    };
    telling.error(at, code, format!("`{name}` is not on the sheet {sheet}"), hint);
}
