//! Scenes of letters to a list.

use super::{Prepared, Scene, on};
use crate::batch::{FOLDER, invite, preview, residents, with_people};
use crate::run::Run;

pub const SCENES: &[Scene] = &[
    (&["not-for-notify"], || {
        let run =
            with_people("Name,Address line 1,Town,Postcode,Category\n王小明,1 Mill Lane,Marshgate,E20 9ZZ,residents\n");
        letters(run, &["--make", "notify", "--yes"])
    }),
    (&["bad-rows"], || {
        let list = residents(2).replace("1 Lama1x House,Mill Lane,Marshgate,E20 1AA", ",,,XX");
        letters(with_people(list), &["--yes", "--all-or-nothing"])
    }),
    (&["no-label"], || {
        let list = residents(3).replace("2 Lama2x House", &"Lama2x House of the Very Long Name ".repeat(9));
        letters(with_people(list), &["--yes", "--make", "labels", "--all-or-nothing"])
    }),
    (&["bad-sample"], || {
        let run = with_people(residents(2));
        // The label is for professionals, and the letters are for residents.
        let label = "<text x=\"10\" y=\"20\">Station Parade (incl. Unit 6 and rear stairwell)</text></svg>";
        let logo = run.read("logo.svg").replace("</svg>", label);
        letters(run.with("logo.svg", logo), &["--yes", "--make", "letters", "--read-back", "sample"])
    }),
    (&["not-proved"], || {
        letters(with_people(residents(2)), &["--yes", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"])
    }),
    (&["not-agreed"], || letters(with_people(residents(2)), &["--make", "letters"])),
    (&["other-list"], || {
        let run = with_people(residents(2));
        made(&run, &[]);
        let other = run.read("people.csv");
        let run = run.with("others.csv", other);
        let args =
            ["invite", "@/conference.yaml", "--list", "@/others.csv", "-o", "@/out", "--make", "letters", "--yes"];
        on(run, &args)
    }),
    (&["parts-disagree"], || {
        let run = with_people(residents(3));
        made(&run, &["--shard", "1/3"]);
        on(run, &["register", "merge", &format!("@/{FOLDER}-1-of-3"), "-o", "@/all.csv"])
    }),
    (&["no-longer-due"], || {
        let run = with_people(residents(2));
        released(&run);
        let list = residents(2).replace("Ms Nama2x Person", "");
        let run = run.with("people.csv", list);
        released(&run);
        on(run, &["verify", "@/out/CSC-2026-014"])
    }),
];

fn letters(run: Run, more: &[&str]) -> Prepared {
    on(run, &[&["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out"], more].concat())
}

fn made(run: &Run, more: &[&str]) {
    let outcome = invite(run, &[&["--make", "letters"], more].concat());
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

fn released(run: &Run) {
    let shown = preview(run, &[]);
    assert_eq!(shown.code, 0, "{}{}", shown.out, shown.err);
    made(run, &["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
}
