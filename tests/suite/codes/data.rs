//! Scenes of the conference file, the council and its templates.

use super::{Prepared, Scene, on};
use crate::run::Run;

pub const SCENES: &[Scene] = &[
    (&["unreadable"], || check_of("missing.yaml", Run::on_nothing())),
    (&["wrong-kind"], || {
        let old = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
        check_of("people.xls", Run::on_nothing().with("people.xls", old))
    }),
    (&["no-borough"], || {
        let run = Run::on_the_example();
        std::fs::remove_file(run.path("borough.yaml")).expect("it is there");
        check(run)
    }),
    (&["no-region"], || council("id: marshgate\n", "id: marshgate\nregion: nowhere\n")),
    (&["no-logo"], || council("file: logo.svg", "file: lgo.svg")),
    (&["no-picture"], || check(Run::on_the_example().with("templates/pictures/bus.png", "GIF89a"))),
    (&["no-easy-read"], || conference("format: large-print", "format: easy-read")),
    (&["bad-font"], || council("brand: {", "brand: { fonts: [none.otf],")),
    (&["bad-marking"], || council("settings:\n", "settings:\n  markings: { professional: OFFICIAL }\n")),
    (&["not-for-community"], || council("settings:\n", "settings:\n  community_papers: [annex]\n")),
    (&["point-not-for-them"], || conference("items: [1, 2, 4, 5, 6, 7, 8, 14] }", "items: [1, 16] }")),
    (&["named-in-text"], || {
        conference("Lighting on the footpath fails on most evenings.", "Saoirse Ní Dhomhnaill said so.")
    }),
    (&["not-dated"], || check(crate::editions::undated(""))),
    (&["law-of-england"], || council("settings:\n", "settings:\n  calendar: scotland\n")),
    (&["no-language"], || council("settings:\n", "languages: { papers: [pl, en] }\nsettings:\n")),
    (&["language-unchecked"], || council("settings:\n", "languages: { papers: [cy, en] }\nsettings:\n")),
    (&["translation-behind"], || {
        let own = "{% extends \"base/reminder.md\" %}{% block worry %}Ring us.{% endblock worry %}\n";
        let run = Run::on_the_example().with("templates/reminder.md", own);
        check(run.edit("borough.yaml", "settings:\n", "languages: { papers: [cy, en] }\nsettings:\n"))
    }),
    (&["downgraded"], || check(Run::on_the_example())),
    (&["no-undertaking"], || conference("undertaking: { signed: 2026-11-18 },", "")),
    (&["owner-hears-all"], || conference("  kind: place ", "  owner: police\n  kind: place ")),
    (&["law-not-confirmed"], || {
        council("    legal-obligation: { by: Ines Albright, on: 2026-10-02, version: \"2026.2\" }\n", "")
    }),
    (&["unknown-basis"], || council("    legal-obligation:", "    legal-oblgation:")),
    (&["unused-template"], || check(Run::on_the_example().with("templates/invitaton.txt", "x"))),
    (&["unused-block"], || {
        let block = "{% extends \"base/invitation.md\" %}{% block openin %}Hello{% endblock %}\n";
        check(Run::on_the_example().with("templates/invitation.md", block))
    }),
    (&["bad-timetable"], || council("settings:\n", "settings:\n  timetable: { agency-check: { left_out: true } }\n")),
    (&["bad-template"], || own("{% if %}\n")),
    (&["over-limit"], || {
        own("{% for a in range(end=99999) %}{% for b in range(end=99999) %}x{% endfor %}{% endfor %}\n")
    }),
    (&["bad-front-matter"], || {
        check(Run::on_the_example().with("templates/own.md", FRONT.replace("form", "poster") + "x\n"))
    }),
    (&["missing-in-template"], || own("{{ conference.nothing }}\n")),
    (&["bad-markdown"], || own("<b>x</b>\n")),
    (&["not-shown"], || {
        on(
            Run::on_the_example(),
            &["build", "@/conference.yaml", "-o", "@/out", "--to", "docx", "--only", "name-cards", "--all"],
        )
    }),
    (&["bad-theme"], || {
        let run = Run::on_the_example().with("templates/theme/brand.typ", "#let colour = no-such-thing\n");
        on(run, &["build", "@/conference.yaml", "-o", "@/out", "--only", "terms"])
    }),
    (&["unknown-artefact"], || build(Run::on_the_example(), "invitaton")),
    (&["nothing-to-make"], || {
        on(
            Run::on_the_example(),
            &["build", "@/conference.yaml", "-o", "@/out", "--only", "annex", "--for", "community"],
        )
    }),
    (&["meeting-cancelled"], || {
        let cancelled = "  reply_by: 2026-11-17\n  cancelled: { on: 2026-11-20 }\n";
        minutes(crate::life::to_come().edit("conference.yaml", "  reply_by: 2026-11-17\n", cancelled))
    }),
    (&["no-room"], || {
        let run = Run::on_the_example();
        let mut data: serde_json::Value = serde_saphyr::from_str(&run.read("conference.yaml")).expect("it is sound");
        data.as_object_mut().expect("it has fields").remove("items");
        minutes(run.with("conference.yaml", serde_json::to_string_pretty(&data).expect("it is plain")))
    }),
    (&["cannot-edit"], || on(Run::on_the_example(), &["set", "@/conference.yaml", "items=none"])),
    (&["nothing-to-undo"], || on(Run::on_the_example(), &["undo", "@/conference.yaml"])),
    (&["leak"], || {
        let said = "Lighting on the footpath fails on most evenings. The rear stairwell is unlocked.\n";
        let template = FRONT.replace("professional", "community") + said;
        build(Run::on_the_example().with("templates/own.md", template), "own")
    }),
    (&["name-clash"], || {
        let template = FRONT.replace("file: own", "file: terms") + "x\n";
        build(Run::on_the_example().with("templates/own.md", template), "own,terms")
    }),
    (&["cannot-write"], || build(Run::on_the_example().with("out", "a file"), "terms")),
];

/// The front matter of a council's own paper.
const FRONT: &str = "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: form\naudiences: [professional]\nformats: [pdf]\nfile: own\n---\n";

fn check_of(file: &str, run: Run) -> Prepared {
    on(run, &["check", &format!("@/{file}")])
}

fn check(run: Run) -> Prepared {
    check_of("conference.yaml", run)
}

fn conference(from: &str, to: &str) -> Prepared {
    check(Run::on_the_example().edit("conference.yaml", from, to))
}

fn council(from: &str, to: &str) -> Prepared {
    check(Run::on_the_example().edit("borough.yaml", from, to))
}

fn own(body: &str) -> Prepared {
    check(Run::on_the_example().with("templates/own.md", format!("{FRONT}{body}")))
}

fn minutes(run: Run) -> Prepared {
    on(run, &["minutes", "new", "@/conference.yaml"])
}

fn build(run: Run, only: &str) -> Prepared {
    on(run, &["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only])
}
