//! Edits of files written in many ways.

use super::*;

fn edited(text: &str, edits: &[Edit]) -> String {
    match splice("c.yaml", text, edits) {
        Ok(spliced) => spliced.text,
        Err(fault) => panic!("{fault:?}\n{text}"),
    }
}

fn refused(text: &str, edit: Edit) -> Why {
    splice("c.yaml", text, &[edit]).expect_err(text).why
}

#[test]
fn a_value_is_written_in_the_style_of_the_one_before_where_that_was_chosen() {
    for (before, value, after) in [
        ("a: b  # c\n", "x", "a: x  # c\n"),
        ("a: b  # c\n", "x: y", "a: 'x: y'  # c\n"),
        ("a: b  # c\n", "it's: y", "a: 'it''s: y'  # c\n"),
        ("a: b\n", "bell\u{7}", "a: \"bell\\u0007\"\n"),
        ("a: b\n", "", "a: ''\n"),
        ("a: b\n", "null", "a: 'null'\n"),
        ("a: \"13:30\" # c\n", "14:00", "a: \"14:00\" # c\n"),
        ("a: '13:30'\n", "14:00", "a: '14:00'\n"),
        ("a: 'x: y'\n", "z", "a: z\n"),
        ("a:  # c\nb: d\n", "x", "a: x  # c\nb: d\n"),
        ("a: ~ # c\n", "x", "a: x # c\n"),
        ("a: b  # c\nd: e", "one\n two\n", "a: |  # c\n  one\n   two\nd: e"),
        ("a: b\r\nd: e\r\n", "one\ntwo", "a: |-\r\n  one\r\n  two\r\nd: e\r\n"),
        ("a: |  # c\n  one\n  two\n\n# d\nb: c\n", "x", "a: x  # c\n\n# d\nb: c\n"),
        ("a: >-\n    one\n    two\nb: c\n", "three", "a: >-\n    three\nb: c\n"),
        ("a: >-\n    one\n    two\nb: c\n", "three\nfour", "a: >-\n    three\n\n    four\nb: c\n"),
        ("- a", "x", ""),
        ("a: { b: c, d: e }\n", "f", ""),
        ("a: one\n   two # c\nb: d\n", "x", "a: x # c\nb: d\n"),
        ("a:\n  # c\n  b\n", "x", "a:\n  # c\n  x\n"),
        ("{ a: b, c: d }", "x, y", "{ a: 'x, y', c: d }"),
        ("{ a, c: d }", "x", "{ a: x, c: d }"),
        ("{ a: , c: d }", "x", "{ a: x , c: d }"),
    ] {
        let edit = [Edit::set("a", value)];
        if after.is_empty() {
            continue;
        }
        assert_eq!(edited(before, &edit), after, "{before}");
    }
}

#[test]
fn a_field_that_is_not_there_is_added_to_its_group_with_all_that_is_around_it() {
    for (before, path, after) in [
        ("a: b\n", "c", "a: b\nc: x\n"),
        ("a: b", "c", "a: b\nc: x"),
        ("a: b\r\n# d\r\n", "c", "a: b\r\nc: x\r\n# d\r\n"),
        ("a:\n    b: c  # d\n\n# e\nf: g\n", "a.h", "a:\n    b: c  # d\n    h: x\n\n# e\nf: g\n"),
        ("a:\n    b: c\n", "d.e.f", "a:\n    b: c\nd: { e: { f: x } }\n"),
        ("a: [ { b: c } ]\n", "a[0].d", "a: [ { b: c, d: x } ]\n"),
        ("a:\n- b: |\n    c\n\n- d: e\n", "a[0].f", "a:\n- b: |\n    c\n  f: x\n\n- d: e\n"),
        ("a: {}\n", "a.b", "a: { b: x }\n"),
        ("a:\n", "a.b", "a: { b: x }\n"),
        ("a: { b: c,\n     d: e }\n", "a.f", "a: { b: c,\n     d: e,\n     f: x }\n"),
        ("a: {\n  b: c, # d\n  e: f # g\n}\n", "a.h", "a: {\n  b: c, # d\n  e: f, # g\n  h: x\n}\n"),
    ] {
        assert_eq!(edited(before, &[Edit::set(path, "x")]), after, "{before}");
    }
}

#[test]
fn what_is_taken_out_goes_with_its_lines_and_what_held_nothing_else_goes_too() {
    for (before, path, after) in [
        ("a: b\nc: d # e\n# f\ng: h\n", "c", "a: b\n# f\ng: h\n"),
        ("a: b\nc: d", "c", "a: b"),
        ("a:\n- b: c\n  d: e\n- f\n", "a[0].b", "a:\n- d: e\n- f\n"),
        ("a:\n- b: c\n  # g\n  d: e\n", "a[0].b", "a:\n- # g\n  d: e\n"),
        ("a:\n- b\n- c # d\n# e\n", "a[1]", "a:\n- b\n# e\n"),
        ("a:\n- b\nc: d\n", "a[0]", "c: d\n"),
        ("a: { b: c }\nd: e\n", "a.b", "d: e\n"),
        ("a: [b, c, d]\n", "a[0]", "a: [c, d]\n"),
        ("a: [b, c, d]\n", "a[1]", "a: [b, d]\n"),
        ("a: [b, c, d]\n", "a[2]", "a: [b, c]\n"),
        ("a: [\n  b, # x\n  c, # y\n  d # z\n]\n", "a[1]", "a: [\n  b, # x\n  d # z\n]\n"),
        ("a: [\n  b, # x\n  c # y\n]\n", "a[1]", "a: [\n  b # x\n]\n"),
        ("a: >+\n  x\n\nb: c\n", "a", "b: c\n"),
    ] {
        assert_eq!(edited(before, &[Edit::remove(path)]), after, "{before}");
    }
}

#[test]
fn entries_come_at_the_end_of_a_list_or_before_one_of_it() {
    let entry = || Written::fields([("n", "1"), ("t", "x: y")]);
    for (before, edit, after) in [
        (
            "a:\n  - { b: c } # d\n# e\n",
            Edit::append("a", entry()),
            "a:\n  - { b: c } # d\n  - { n: 1, t: 'x: y' }\n# e\n",
        ),
        ("a:\n- b: c\n", Edit::append("a", entry()), "a:\n- b: c\n- n: 1\n  t: 'x: y'\n"),
        ("a: []\n", Edit::append("a", "x"), "a: [x]\n"),
        ("a: [b]\n", Edit::append("a", "x"), "a: [b, x]\n"),
        ("a: b\n", Edit::append("c.d", "x"), "a: b\nc: { d: [x] }\n"),
        ("a:\n# b\n- c\n", Edit::insert("a[0]", "x"), "a:\n- x\n# b\n- c\n"),
        ("a:\n- c\n# b\n- d\n", Edit::insert("a[1]", "x"), "a:\n- c\n- x\n# b\n- d\n"),
        ("a: [b, c]\n", Edit::insert("a[1]", "x"), "a: [b, x, c]\n"),
        ("a: [b, c]\n", Edit::insert("a[2]", "x"), "a: [b, c, x]\n"),
    ] {
        assert_eq!(edited(before, &[edit]), after, "{before}");
    }
}

#[test]
fn a_value_of_another_kind_is_written_anew_and_of_one_of_its_kind_only_what_differs_is() {
    let said = || Written::fields([("text", "x"), ("share", "public")]);
    for (before, path, value, after) in [
        ("a: b # c\n", "a", said(), "a: { text: x, share: public } # c\n"),
        ("a: >-\n  b\n  c\nd: e\n", "a", said(), "a: { text: x, share: public }\nd: e\n"),
        ("a: { text: b, share: public } # c\n", "a", said(), "a: { text: x, share: public } # c\n"),
        ("a: { text: b, why: c }\n", "a", said(), "a: { text: x, share: public }\n"),
        ("a: [b, c, d]\n", "a", Written::list(["b", "x"]), "a: [b, x]\n"),
        ("a:\n- b # c\n- d\n", "a", Written::list(["b", "e", "f"]), "a:\n- b # c\n- e\n- f\n"),
        ("a: { b: c }\n", "a", "x".into(), "a: x\n"),
        ("a:\n  b: c\nd: e\n", "a", "x".into(), "a: x\nd: e\n"),
        ("a: [b]\n", "a", Written::List(Vec::new()), "a: []\n"),
    ] {
        assert_eq!(edited(before, &[Edit::set(path, value)]), after, "{before}");
    }
}

#[test]
fn an_edit_that_changes_nothing_is_in_the_way_of_no_other() {
    let text = "a: one\nb: { c: two, d: [x, y] }\ne:\n  - f\n";
    let idle = [
        Edit::set("a", "one"),
        Edit::set("b.c", "two"),
        Edit::set("b.d[1]", "y"),
        Edit::set("e", Written::list(["f"])),
    ];
    assert_eq!(edited(text, &idle), text);
    for one in &idle {
        assert_eq!(edited(text, &[one.clone(), Edit::set("g", "h")]), format!("{text}g: h\n"));
    }
    assert_eq!(edited(text, &[Edit::remove("e"), Edit::set("a", "one")]), "a: one\nb: { c: two, d: [x, y] }\n");
    assert_eq!(edited(text, &[Edit::set("b.d[0]", "z"), Edit::set("b.c", "two")]), text.replace("[x,", "[z,"));
}

#[test]
fn many_edits_are_one_and_two_of_one_value_are_refused() {
    let text = "a: b\nc:\n  - { d: e }\n  - f\n";
    let edits = [
        Edit::set("c[0].g", "1"),
        Edit::set("c[0].h", "2"),
        Edit::remove("c[1]"),
        Edit::append("c", "i"),
        Edit::append("c", "j"),
        Edit::set("k.l", "3"),
        Edit::set("k.m", "4"),
        Edit::set("a", "x"),
    ];
    assert_eq!(edited(text, &edits), "a: x\nc:\n  - { d: e, g: 1, h: 2 }\n  - i\n  - j\nk: { l: 3, m: 4 }\n");
    for twice in [
        [Edit::set("a", "x"), Edit::remove("a")],
        [Edit::remove("c[0]"), Edit::set("c[0].d", "x")],
        [Edit::set("c[0].d", "x"), Edit::remove("c[0]")],
    ] {
        assert_eq!(splice("c.yaml", text, &twice).expect_err("it is twice").why, Why::Twice);
    }
}

#[test]
fn what_cannot_be_done_is_refused_with_the_reason() {
    let text = "a: b\nc: [d]\ne: { f: g }\nh: [ # i\n]\nj:\n  # k\n  - l\n";
    let no_field =
        |name: &str| Why::NoField { name: name.into(), there: ["a", "c", "e", "h", "j"].map(str::to_owned).to_vec() };
    for (edit, why) in [
        (Edit::remove("x"), no_field("x")),
        (Edit::set("c[1]", "x"), Why::NoEntry { has: 1 }),
        (Edit::insert("c[2]", "x"), Why::NoEntry { has: 1 }),
        (Edit::set("x[0]", "x"), Why::NoEntry { has: 0 }),
        (Edit::set("a.b", "x"), Why::NotAGroup),
        (Edit::set("c.b", "x"), Why::NotAGroup),
        (Edit::set("e[0]", "x"), Why::NotAList),
        (Edit::append("e", "x"), Why::NotAList),
        (Edit::append("a", "x"), Why::NotAList),
        (Edit::insert("a", "x"), Why::NotAList),
        (Edit::append("h", "x"), Why::Comment),
        (Edit::set("j", "x"), Why::Comment),
        (Edit::set("", "x"), Why::BadPath),
        (Edit::set("a..b", "x"), Why::BadPath),
        (Edit::set("c[x]", "x"), Why::BadPath),
        (Edit::set("c[0", "x"), Why::BadPath),
        (Edit::set("e.", "x"), Why::BadPath),
    ] {
        assert_eq!(refused(text, edit.clone()), why, "{edit:?}");
    }
    assert_eq!(refused("a: b\n", Edit::remove("a")), Why::WholeFile);
    assert_eq!(refused("a: [b\n", Edit::set("a", "x")), Why::Unread);
    assert_eq!(refused("a: b\na: c\n", Edit::set("a", "x")), Why::Unread);
    assert_eq!(refused("? a\n: b\n", Edit::set("a", "x")), Why::Unusual);
}

#[test]
fn json_stays_json() {
    let text = "{\r\n\t\"a\": 1,\r\n\t\"b\": [\"c\"],\r\n\t\"d\": {}\r\n}\r\n";
    let edits = [
        Edit::set("a", "2"),
        Edit::append("b", "two\nlines \"\u{1}"),
        Edit::set("d.e", "true"),
        Edit::set("f", "020 7946"),
    ];
    let spliced = splice("c.json", text, &edits).expect("it can be done").text;
    let after = "{\r\n\t\"a\": 2,\r\n\t\"b\": [\"c\", \"two\\nlines \\\"\\u0001\"],\r\n\t\"d\": { \"e\": true },\r\n\t\"f\": \"020 7946\"\r\n}\r\n";
    assert_eq!(spliced, after);
    serde_json::from_str::<serde_json::Value>(&spliced).expect("it is JSON");
    let tight = splice("c.json", "{\"a\":{\"b\":1},\"c\":[1,2]}", &[Edit::set("a.d", "x"), Edit::append("c", "3")]);
    assert_eq!(tight.expect("it can be done").text, "{\"a\":{\"b\":1,\"d\":\"x\"},\"c\":[1,2,3]}");
}
