//! Remarks to fill in, over files written in many ways.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Skeleton, skeleton};
use crate::check::{Checked, check};
use crate::input::{Files, example_files, load_from};
use crate::model::text::TO_FILL_IN;

const FILE: &str = "conference.yaml";

fn checked(text: &str) -> Checked {
    let mut others: BTreeMap<String, Vec<u8>> = example_files().into_iter().collect();
    let borough = others.remove("borough.yaml").expect("the example has a council");
    let borough = String::from_utf8(borough).expect("it is text");
    let (conference, name) = (text.to_owned(), FILE.to_owned());
    let loaded = load_from(Files { conference, workbook: None, name, borough, others });
    let checked = loaded.and_then(check);
    checked.unwrap_or_else(|report| panic!("{}\n{text}", report.draw(false)))
}

fn example() -> String {
    let data = example_files().into_iter().find(|(name, _)| name == FILE).expect("the example has a conference").1;
    String::from_utf8(data).expect("it is text")
}

/// The fields of the root of the example with their lines, without what stands above the first of them.
fn fields() -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for line in example().lines() {
        match fields.last_mut() {
            _ if line.starts_with(|c: char| c.is_ascii_lowercase()) => fields.push(format!("{line}\n")),
            Some(field) if line.starts_with(' ') => field.push_str(&format!("{line}\n")),
            _ => {}
        }
    }
    fields
}

/// The field with the remarks, in every style; the points of the first two have one.
const ITEMS: [&str; 12] = [
    "",
    "items: []\n",
    "items: [ ]  # nothing\n",
    "items: [\n  ]\n",
    "items: [{ agenda: 1, by: police, text: A }, { agenda: 2, by: police, text: \"B, ] # c\" }]\n",
    "items: [\n  { agenda: 1, by: police, text: A }, # first, and\n  { agenda: 2, by: police, text: B } # last, ]\n  # end\n  ]\n",
    "items:\n  [ { agenda: 1, by: police, text: A },\n  { agenda: 2, by: police, text: B },\n  # end\n  ] # behind\n",
    "items:\n- { agenda: 1, by: police, text: A }\n- { agenda: 2, by: police, text: B }   # last\n# of what follows\n",
    "items:\n  - agenda: 1\n    by: police\n    text: A\n  # between\n  -   agenda: 2\n      by: police\n      text: |\n        B\n        # no comment\n\n  # end\n\n",
    "items:\n  - { agenda: 1, by: police, text: A }\n  - agenda: 2\n    by: police\n    text: >+\n      B\n\n\n",
    "items:\n     - agenda: 1\n       by: police\n       text: A\n         goes on\n     - agenda: 2\n       text: 'it''s # B'\n       by: police  # them\n",
    "\"items\":\n  - { agenda: 1, by: police, text: A }\n\n  # - { agenda: 1, by: police, text: taken out }\n  - by: police\n    text: B\n    agenda: 2\n\n\n",
];

/// Comments and empty lines that may stand between two fields.
const BETWEEN: [&str; 6] =
    ["", "\n", "# items: [\n", "   # to the right\n", "#\n\n# - { agenda: 3 }\n", "# ends here: ] } \"\n"];

prop_compose! {
    fn file()(
        items in 0..ITEMS.len(),
        order in Just((0..fields().len()).collect::<Vec<_>>()).prop_shuffle(),
        between in proptest::collection::vec(0..BETWEEN.len(), 40),
        is_crlf in any::<bool>(),
        has_mark in any::<bool>(),
        has_end in any::<bool>(),
        is_document in any::<bool>(),
    ) -> String {
        let all = fields();
        let field = |n: &usize| if all[*n].starts_with("items:") { ITEMS[items].to_owned() } else { all[*n].clone() };
        let parts = order.iter().zip(&between).map(|(n, between)| format!("{}{}", field(n), BETWEEN[*between]));
        let text: String = parts.collect();
        let text = if is_document { format!("---\n{text}...\n# behind\n") } else { text };
        let text = if has_end { text } else { text.trim_end_matches('\n').to_owned() };
        let text = if is_crlf { text.replace('\n', "\r\n") } else { text };
        format!("{}{text}", if has_mark { "\u{FEFF}" } else { "" })
    }
}

/// What is read of a file besides the remarks.
fn besides_items(checked: &Checked) -> String {
    let mut conference = checked.conference.clone();
    conference.items.clear();
    format!("{conference:?}")
}

fn added(text: &str) -> (Checked, Option<Skeleton>) {
    let checked = checked(text);
    let skeleton = skeleton(&checked, FILE, text).unwrap_or_else(|report| panic!("{}\n{text}", report.draw(false)));
    (checked, skeleton)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stood_in_the_file_still_does_and_each_point_without_a_remark_has_one_to_fill_in(text in file()) {
        let (before, skeleton) = added(&text);
        let skeleton = skeleton.expect("points have no remark");
        // Without what is new, the file is what it was.
        let mut rest = skeleton.added.text.clone();
        skeleton.added.new.iter().rev().for_each(|piece| rest.replace_range(piece.clone(), ""));
        prop_assert!(rest == text);
        let lone = skeleton.added.text.replace("\r\n", "").contains('\n');
        prop_assert!(lone != text.contains("\r\n"), "one kind of line ending");
        let (after, again) = added(&skeleton.added.text);
        prop_assert!(besides_items(&before) == besides_items(&after));
        let said = before.conference.items.len();
        prop_assert_eq!(format!("{:?}", before.conference.items), format!("{:?}", &after.conference.items[..said]));
        let new = &after.conference.items[said..];
        prop_assert_eq!(new.iter().map(|item| item.agenda).collect::<Vec<_>>(), skeleton.points);
        prop_assert!(new.iter().all(|item| item.by == TO_FILL_IN && item.text == TO_FILL_IN));
        prop_assert!(again.is_none(), "a second run adds nothing");
    }
}
