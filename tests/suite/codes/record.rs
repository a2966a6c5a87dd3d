//! Scenes of a folder of papers and its record.

use super::{Prepared, Scene, on};
use crate::run::Run;

const FOLDER: &str = "@/out/CSC-2026-014";
const TERMS: &str = "out/CSC-2026-014/community/terms.txt";
const LOG: &str = "out/CSC-2026-014/record.jsonl";

pub const SCENES: &[Scene] = &[
    (&["released"], || verify(released("terms").with(TERMS, "forged\n"))),
    (&["not-as-made"], || checked_by(built("terms").with(TERMS, "forged\n"), "Ruth Penhaligon", "2026-11-20")),
    (&["edited-since"], || build(built("terms").with(TERMS, "mine\n"), "terms")),
    (&["not-in-register"], || verify(released("terms").with("out/CSC-2026-014/community/stray.docx", "x"))),
    (&["missing-paper"], || {
        let run = released("terms");
        std::fs::remove_file(run.path(TERMS)).expect("it is there");
        verify(run)
    }),
    (&["not-over"], || on(built("terms"), &["dispose", FOLDER])),
    (&["disposed"], || build(crate::dispose::disposed(), "terms")),
    (&["dated-ahead"], || {
        let later = "version: 1\npapers: { terms: { issued: 2026-12-18 } }\n";
        let run = Run::on_the_example().edit("conference.yaml", "version: 1\n", later);
        made(&run, "terms");
        checked_by(run, "Ruth Penhaligon", "2026-11-20")
    }),
    (&["change-not-told"], || {
        let run = crate::life::to_come();
        made(&run, "invitation");
        let signed = ["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-03"];
        assert_eq!(run.convenor(&signed).code, 0);
        build(run.edit("conference.yaml", "date: 2026-11-24", "date: 2026-11-26"), "invitation")
    }),
    (&["other-conference"], || {
        let run = built("terms").edit("conference.yaml", "CTX-0091", "CTX-0102");
        build(run.edit("conference.yaml", "label: Station Parade", "label: Canal Street"), "terms")
    }),
    (&["not-lost"], || {
        let place = format!("@/{TERMS}");
        on(released("terms"), &["lost", FOLDER, &place, "--because", "deleted", "--on", "2026-11-28"])
    }),
    (&["same-person"], || checked_by(built("terms"), "Tom Hallam", "2026-11-20")),
    (&["not-a-name"], || checked_by(built("terms"), "RP", "2026-11-20")),
    (&["not-a-checker"], || checked_by(built("terms"), "Ilir Krasniqi", "2026-11-20")),
    (&["unknown-checker"], || checked_by(built("terms"), "Olga Marsh", "2026-11-20")),
    (&["check-date"], || checked_by(built("terms"), "Ruth Penhaligon", "2099-11-20")),
    (&["no-such-person"], || on(released("invitation"), &["withdraw", FOLDER, "--of", "Fetherstonehaugh"])),
    (&["ambiguous-name"], || on(released("invitation"), &["withdraw", FOLDER, "--of", "marshgate"])),
    (&["withdrawn"], || on(released("invitation"), &["withdraw", FOLDER, "--of", "Dhillon", "--undo"])),
    (&["still-a-draft"], || sent(built("terms"), "2026-11-21")),
    (&["no-such-day"], || sent(released("terms"), "2099-11-21")),
    (&["head-differs"], || {
        on(released("terms"), &["verify", FOLDER, "--head", "0000 0000 0000 0000 0000", "--lines", "3"])
    }),
    (&["data-has-errors"], || verify(released("terms").edit("conference.yaml", "chair: p-chair", "chair: p-chiar"))),
    (&["no-conference"], || {
        let run = released("terms");
        std::fs::remove_file(run.path("conference.yaml")).expect("it is there");
        verify(run)
    }),
    (&["released-differs"], || {
        verify(released("terms").edit(
            "conference.yaml",
            "  label: Station Parade and Mill Lane",
            "  label: The Parade",
        ))
    }),
    (&["doubtful-number"], || {
        let run = released("invitation");
        build(run.edit("conference.yaml", "name: \"Sgt Priya Nair\"", "name: \"Sgt Anita Rao\""), "invitation")
    }),
    (&["approval-undone"], || {
        let approved =
            "papers: { minutes: { issued: 2026-12-05 } }\nminutes: { status: approved, approved: 2026-12-04 }";
        let run = Run::on_the_example().edit("conference.yaml", "minutes: { status: draft }", approved);
        made(&run, "minutes");
        build(run.edit("conference.yaml", "Lighting on the footpath fails", "Light on the footpath fails"), "minutes")
    }),
    (&["other-record"], || {
        let run = built("terms");
        let text = run.read("conference.yaml");
        on(run.with("below/conference.yaml", text), &["build", "@/below/conference.yaml", "--to", "txt"])
    }),
    (&["broken-record"], || verify(released("terms").edit(LOG, "terms", "termz"))),
    (&["forked-record"], || on(released("terms"), &["take-in", FOLDER, &format!("@/{LOG}")])),
    (&["locked"], || {
        let run = built("terms");
        let lock = run.path("out/CSC-2026-014/.convenor-lock");
        let held = std::fs::File::options().read(true).write(true).open(lock).expect("it was made");
        held.lock().expect("nobody else holds it");
        // It is held until the test has ended.
        std::mem::forget(held);
        build(run, "terms")
    }),
    (&["stopped"], || {
        let run = released("terms");
        std::fs::remove_file(run.path("out/CSC-2026-014/register.csv")).expect("it is there");
        verify(run)
    }),
    (&["unreadable-paper"], || {
        let run = Run::on_the_example();
        run.build(&["--only", "terms", "--for", "community"]);
        let file = "out/CSC-2026-014/community/terms.pdf";
        let strange = b"\n9999 0 obj\n<</Length 3/Filter/DCTDecode>>\nstream\nabc\nendstream\nendobj\n";
        let data = [&run.bytes(file)[..], strange].concat();
        verify(run.with(file, data))
    }),
    #[cfg(unix)]
    (&["open-to-others"], || {
        use std::os::unix::fs::PermissionsExt;
        let run = released("terms");
        let all = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(run.path("out/CSC-2026-014"), all).expect("it is ours");
        verify(run)
    }),
];

fn build(run: Run, only: &str) -> Prepared {
    on(run, &["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only])
}

fn made(run: &Run, only: &str) {
    run.build(&["--to", "txt", "--only", only]);
}

fn built(only: &str) -> Run {
    let run = Run::on_the_example();
    made(&run, only);
    run
}

fn released(only: &str) -> Run {
    let run = built(only);
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    run
}

fn checked_by(run: Run, name: &str, day: &str) -> Prepared {
    on(run, &["release", FOLDER, "--checked-by", name, "--on", day])
}

fn verify(run: Run) -> Prepared {
    on(run, &["verify", FOLDER])
}

fn sent(run: Run, day: &str) -> Prepared {
    on(run, &["sent", FOLDER, "--paper", "terms", "--how", "post", "--on", day])
}
