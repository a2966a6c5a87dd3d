//! Files and disks that are not as they should be: a clear error each, and nothing lost or half written.

use std::process::Command;

use crate::run::Run;

#[test]
fn a_file_that_is_no_conference_is_refused_with_a_reason() {
    let run = Run::on_the_example()
        .with("empty.yaml", "")
        .with("blank.yaml", "\n  \n")
        .with("binary.yaml", [0x89, b'P', b'N', b'G', 0, 0xFF, 0xFE])
        .with("nul.yaml", "a: \0")
        .with("utf16.yaml", "\u{FEFF}a: b".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        .with("list.yaml", "- a\n- b\n")
        .with("folder/inside.txt", "x");
    let mut said = String::new();
    for file in
        ["missing.yaml", "folder", "empty.yaml", "blank.yaml", "binary.yaml", "nul.yaml", "utf16.yaml", "list.yaml"]
    {
        let outcome = run.convenor(&["check", &format!("@/{file}")]);
        said.push_str(&format!("exit {}\n{}\n", outcome.code, outcome.err));
    }
    insta::assert_snapshot!("no_conference", said);
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_at_once() {
    let run = Run::on_the_example().with("huge.yaml", "a");
    let file = std::fs::OpenOptions::new().write(true).open(run.path("huge.yaml")).expect("it is there");
    file.set_len(100 * 1024 * 1024).expect("a sparse file costs no room");
    let outcome = run.convenor(&["check", "@/huge.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[over-budget]: the file is larger than 4 MB"), "{}", outcome.err);
}

#[test]
fn a_file_with_windows_line_endings_and_a_byte_order_mark_is_read() {
    let run = Run::on_the_example();
    let text = format!("\u{FEFF}{}", run.read("conference.yaml").replace('\n', "\r\n"));
    let outcome = run.with("conference.yaml", text).convenor(&["check", "@/conference.yaml"]);
    let plain = Run::on_the_example().convenor(&["check", "@/conference.yaml"]);
    assert_eq!((outcome.code, outcome.err), (0, plain.err));
}

#[test]
fn a_conference_without_a_council_says_what_is_missing() {
    let run = Run::on_the_example();
    std::fs::remove_file(run.path("borough.yaml")).expect("it was there");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[no-borough]"), "{}", outcome.err);
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_left_alone() {
    let run = Run::on_the_example().with("file", "I am a file");
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/file"]);
    assert_eq!(outcome.code, 3);
    assert!(outcome.err.contains("error[cannot-write]"), "{}", outcome.err);
    assert_eq!(run.read("file"), "I am a file");
    if cfg!(target_os = "linux") {
        // Not even root may make a folder there.
        let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "/sys/convenor"]);
        assert_eq!(outcome.code, 3);
        assert!(outcome.err.contains("you may not write here"), "{}", outcome.err);
    }
}

#[test]
fn an_error_in_one_paper_writes_none() {
    let mine = "---\ntitle: X\npurpose: x\neach: conference\nlayout: report\naudiences: [professional]\nformats: [pdf]\nfile: x\n---\n# {{ nothing }}\n";
    let run = Run::on_the_example().with("templates/x.md", mine);
    assert_eq!(run.convenor(&["build", "@/conference.yaml", "-o", "@/out"]).code, 1);
    assert!(!run.path("out").exists());
}

#[test]
fn a_file_that_a_person_edited_is_not_written_over() {
    let run = Run::on_the_example();
    run.build(&["--only", "terms", "--to", "txt"]);
    let file = "out/CSC-2026-014/community/terms.txt";
    let run = run.with(file, "my own words");
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "terms", "--to", "txt", "-o", "@/out"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[edited-since]"), "{}", outcome.err);
    assert_eq!(run.read(file), "my own words");
    assert!(
        run.read("out/CSC-2026-014/professional/terms.txt").contains("version 1"),
        "nothing else was written either"
    );
    run.build(&["--only", "terms", "--to", "txt", "--force"]);
    assert!(run.read(file).contains("version 2"));
}

#[test]
fn a_second_run_changes_nothing_and_a_person_who_left_the_list_is_pointed_out() {
    let run = Run::on_the_example();
    run.build(&["--only", "invitation", "--to", "txt"]);
    let again = run.build(&["--only", "invitation", "--to", "txt"]);
    assert!(again.out.contains("all of them unchanged") || again.out.contains("19 of them unchanged"), "{}", again.out);
    // Another name may be another person: that is for whoever knows them to say.
    let run = run.edit("conference.yaml", "Ms Yetunde Adébáyọ̀", "Ms Yetunde Adéwálé");
    let args = ["build", "@/conference.yaml", "-o", "@/out", "--only", "invitation", "--to", "txt"];
    let outcome = run.convenor(&args);
    assert!(outcome.code == 1 && outcome.err.contains("error[doubtful-number]"), "{}", outcome.err);
    let named = "{ person: { name: \"Ms Yetunde Adéwálé\"";
    let run = run.edit("conference.yaml", named, &named.replacen('{', "{ number: 16,", 1));
    let outcome = run.build(&["--only", "invitation", "--to", "txt"]);
    let gone = "No longer due, and removed: community/invitation-16-ms-yetunde-adebayo.txt";
    assert!(outcome.out.contains(gone), "{}", outcome.out);
    let left = run.files("out/CSC-2026-014/community").into_iter().filter(|file| file.contains("invitation-16-"));
    let new = "out/CSC-2026-014/community/invitation-16-ms-yetunde-adewale.txt";
    assert_eq!(left.collect::<Vec<_>>(), [new], "the number stays, and the draft of before is gone");
}

/// How many papers lie there.
fn papers(run: &Run) -> usize {
    let own = ["record.jsonl", "register.csv", "register.json", ".convenor-lock"];
    let own = own.map(|name| format!("out/CSC-2026-014/{name}"));
    run.files("out").iter().filter(|file| !own.contains(file)).count()
}

#[test]
fn the_register_lists_every_file_with_its_hash_and_nobodys_address() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    let register: serde_json::Value = serde_json::from_str(&run.read("out/CSC-2026-014/register.json")).expect("JSON");
    let files = register["files"].as_array().expect("a list");
    assert_eq!(files.len(), papers(&run), "the two registers list all but what is the record's own");
    for entry in files {
        let file = format!("out/CSC-2026-014/{}", entry["file"].as_str().expect("text"));
        assert_eq!(entry["hash"].as_str(), Some(blake3::hash(&run.bytes(&file)).to_hex().as_str()), "{file}");
    }
    let csv = run.read("out/CSC-2026-014/register.csv");
    assert_eq!(csv.lines().count(), files.len() + 1);
    assert!(!csv.contains("Dace Court") && !csv.contains("@"), "it holds no address");
}

#[test]
fn builds_at_the_same_time_lose_nothing_of_one_another() {
    let run = Run::on_the_example();
    std::thread::scope(|scope| {
        for paper in ["minutes", "terms", "invitation", "agreement"] {
            let run = &run;
            scope.spawn(move || run.build(&["--only", paper, "--to", "txt"]));
        }
    });
    let register: serde_json::Value = serde_json::from_str(&run.read("out/CSC-2026-014/register.json")).expect("JSON");
    assert_eq!(register["files"].as_array().map(Vec::len), Some(papers(&run)));
    run.build(&["--to", "txt"]);
}

#[cfg(unix)]
#[test]
fn a_folder_in_the_way_of_one_paper_stops_all_of_them() {
    let run = Run::on_the_example();
    run.build(&["--only", "terms", "--to", "txt"]);
    let before = run.read("out/CSC-2026-014/community/terms.txt");
    std::fs::remove_file(run.path("out/CSC-2026-014/professional/terms.txt")).expect("it was made");
    std::fs::create_dir(run.path("out/CSC-2026-014/professional/terms.txt")).expect("the tests may write");
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "terms", "--to", "txt", "-o", "@/out"]);
    assert_eq!(outcome.code, 3);
    assert_eq!(run.read("out/CSC-2026-014/community/terms.txt"), before);
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let args = ["convenor", "schema"].map(std::ffi::OsString::from);
    assert_eq!(convenor::cli::run_to_code(args, None, &mut Full, &mut Vec::new()), 3);
}

/// A limit on the size of files stands for a full disk: writing stops in the middle of a paper.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_papers_whole() {
    let run = Run::on_the_example();
    run.build(&["--only", "guidance"]);
    let file = "out/CSC-2026-014/professional/guidance.pdf";
    let (before, listing) = (run.bytes(file), run.files("out"));
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    let program = env!("CARGO_BIN_EXE_convenor");
    // 8 blocks of 512 bytes or of 1024: less than any PDF.
    let script = "ulimit -f 8; trap '' XFSZ; exec \"$0\" build conference.yaml --only guidance -o out";
    let outcome = Command::new("sh").args(["-c", script, program]).current_dir(run.path("")).output().expect("sh runs");
    assert_eq!(outcome.status.code(), Some(3), "{}", String::from_utf8_lossy(&outcome.stderr));
    assert!(String::from_utf8_lossy(&outcome.stderr).contains("error[cannot-write]"));
    assert_eq!(run.bytes(file), before);
    assert_eq!(run.files("out"), listing, "no half-written file is left");
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["no_conference"];
