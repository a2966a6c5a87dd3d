//! Files of the council's own on a disk that fails at each step.

use std::collections::BTreeMap;

use super::*;

/// Every file below a folder, except staged ones.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if name.contains(STAGE) {
                continue;
            }
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, std::fs::read(entry.path()).expect("it can be read"));
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found);
    found
}

/// A folder with two files, one to be replaced and one to stay, and the files to put there.
fn start() -> (tempfile::TempDir, Vec<Authored>) {
    let folder = tempfile::tempdir().expect("the tests may write");
    for (name, text) in [("lock.json", "old lock"), ("mine.txt", "mine")] {
        std::fs::write(folder.path().join(name), text).expect("the tests may write");
    }
    let lock = Authored::new("lock.json", "new lock").over(Over::Text("old lock".to_owned()));
    (folder, vec![lock, Authored::new("theme/brand.typ", "brand"), Authored::new("terms.md", "terms")])
}

fn is_clean(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("it is there").flatten().all(|e| !e.file_name().to_string_lossy().contains(STAGE))
}

#[test]
fn a_run_that_is_killed_at_any_step_leaves_whole_files_and_the_next_one_ends_the_same() {
    let (undisturbed, new) = start();
    put_over(&new, undisturbed.path()).expect("it is put");
    let (end, before) = (files(undisturbed.path()), files(start().0.path()));
    assert_eq!(end.len(), 4);
    let count = {
        let (folder, new) = start();
        steps(&new, folder.path()).len()
    };
    assert!(count >= 10, "{count}");
    for killed in 0..=count {
        let (folder, new) = start();
        let held = hold(folder.path()).expect("nobody else holds it");
        steps(&new, folder.path()).iter().take(killed).for_each(|step| perform(step).expect("the disk is sound"));
        drop(held);
        for (name, data) in files(folder.path()) {
            let whole = before.get(&name) == Some(&data) || end.get(&name) == Some(&data);
            assert!(whole, "killed at {killed}: {name} holds {:?}", String::from_utf8_lossy(&data));
        }
        // The same command starts from what is there now.
        let again: Vec<Authored> = new
            .into_iter()
            .map(|file| match text(&folder.path().join(&file.path)) {
                Some(now) => file.over(Over::Text(now)),
                None => file,
            })
            .collect();
        put_over(&again, folder.path()).expect("it goes on");
        assert_eq!(files(folder.path()), end, "killed at {killed}");
        assert!(put_over(&again, folder.path()).is_ok() || is_clean(folder.path()));
    }
}

#[test]
fn a_step_that_is_refused_leaves_everything_as_it_was() {
    let (folder, new) = start();
    let before = files(folder.path());
    let count = steps(&new, folder.path()).len();
    for refused in 0..count {
        let held = hold(folder.path()).expect("nobody else holds it");
        let mut taken = 0;
        let result = run(&steps(&new, folder.path()), &mut |step| {
            taken += 1;
            if taken > refused { Err(ErrorKind::StorageFull.into()) } else { perform(step) }
        });
        drop(held);
        assert!(result.is_err());
        assert_eq!(files(folder.path()), before, "refused at {refused}");
    }
    put_over(&new, folder.path()).expect("nothing is in its way");
    assert!(is_clean(folder.path()));
}

#[test]
fn a_folder_comes_whole_or_not_at_all_whenever_the_run_is_killed_or_refused() {
    let new = [Authored::new("a.yaml", "a"), Authored::new("b/c.svg", "c")];
    let count = folder_steps(&new, Path::new("x")).len();
    for (stopped, is_killed) in (0..=count).flat_map(|n| [(n, true), (n, false)]) {
        let parent = tempfile::tempdir().expect("the tests may write");
        let folder = parent.path().join("northmere");
        let mut taken = 0;
        let result = run(&folder_steps(&new, &folder), &mut |step| {
            taken += 1;
            if taken <= stopped {
                perform(step)
            } else if is_killed {
                Ok(())
            } else {
                Err(ErrorKind::StorageFull.into())
            }
        });
        let there = files(&folder);
        assert!(there.is_empty() || there.len() == 2, "stopped at {stopped}: {there:?}");
        if result.is_err() {
            assert!(is_clean(parent.path()), "refused at {stopped}");
        }
        if there.is_empty() {
            put_folder(&new, &folder).expect("the same command goes on");
        }
        assert!(files(&folder).len() == 2 && is_clean(parent.path()), "stopped at {stopped}");
    }
}

#[test]
fn what_a_person_wrote_meanwhile_is_left_alone_and_so_is_everything_else() {
    let (folder, new) = start();
    for (file, text) in [("lock.json", "somebody's"), ("terms.md", "their terms")] {
        let before = std::fs::read(folder.path().join(file)).ok();
        std::fs::write(folder.path().join(file), text).expect("the tests may write");
        let all = files(folder.path());
        let report = put_over(&new, folder.path()).expect_err("it is not as it was");
        assert_eq!(report.diagnostics[0].code, codes::EDITED_SINCE);
        assert_eq!(files(folder.path()), all);
        assert!(is_clean(folder.path()));
        match before {
            Some(data) => std::fs::write(folder.path().join(file), data),
            None => std::fs::remove_file(folder.path().join(file)),
        }
        .expect("the tests may write");
    }
    put_over(&new, folder.path()).expect("now it is");
    put_new(&[Authored::new("terms.md", "other"), Authored::new("more.md", "more")], folder.path()).expect("it is put");
    assert_eq!(std::fs::read(folder.path().join("terms.md")).expect("it is there"), b"terms");
}

#[test]
fn two_runs_at_once_do_not_take_each_other_s_files_away() {
    let (folder, new) = start();
    let held = hold(folder.path()).expect("nobody else holds it");
    let report = put_over(&new, folder.path()).expect_err("somebody does");
    assert_eq!(report.diagnostics[0].code, codes::LOCKED);
    drop(held);
    put_over(&new, folder.path()).expect("nobody does");
}

/// A file with a former text kept, and one that is about to be replaced.
fn changed() -> (tempfile::TempDir, Vec<Authored>) {
    let folder = tempfile::tempdir().expect("the tests may write");
    std::fs::write(folder.path().join("conference.yaml"), "old").expect("the tests may write");
    let former = Authored::new(".convenor-undo/0001-x", "old").private();
    let new = Authored::new("conference.yaml", "new").over(Over::Exactly(b"old".to_vec()));
    (folder, vec![former, new])
}

#[test]
fn a_change_that_is_stopped_at_any_step_leaves_the_old_file_or_the_new_one_and_what_it_was() {
    let count = {
        let (folder, all) = changed();
        steps(&all, folder.path()).len()
    };
    assert!(count >= 8, "{count}");
    for (stopped, is_killed) in (0..=count).flat_map(|n| [(n, true), (n, false)]) {
        let (folder, all) = changed();
        let held = hold(folder.path()).expect("nobody else holds it");
        let mut taken = 0;
        let result = run(&steps(&all, folder.path()), &mut |step| {
            taken += 1;
            match taken > stopped {
                false => perform(step),
                true if is_killed => Ok(()),
                true => Err(ErrorKind::StorageFull.into()),
            }
        });
        drop(held);
        let there = files(folder.path());
        let (now, former) = (&there["conference.yaml"], there.get(".convenor-undo/0001-x"));
        assert!(now == b"old" || now == b"new", "stopped at {stopped}: {now:?}");
        assert!(now == b"old" || former.is_some_and(|former| former == b"old"), "stopped at {stopped}: {there:?}");
        if result.is_err() {
            assert_eq!((now.as_slice(), former), (&b"old"[..], None), "refused at {stopped}");
        }
        // Either can be told from the other, and the same change goes on.
        let again = [all[0].clone().over(Over::Ours), all[1].clone()];
        put_over(&again, folder.path()).expect("it goes on");
        assert_eq!(files(folder.path())["conference.yaml"], b"new", "stopped at {stopped}");
        assert!(is_clean(folder.path()));
    }
}

#[test]
fn what_replaces_exactly_one_text_replaces_no_other_line_end() {
    let (folder, all) = changed();
    std::fs::write(folder.path().join("conference.yaml"), "old\r\n").expect("the tests may write");
    let report = put_over(&all, folder.path()).expect_err("it is not as it was");
    assert_eq!(report.diagnostics[0].code, codes::EDITED_SINCE);
    assert_eq!(files(folder.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn what_replaces_a_private_file_is_open_to_nobody_at_any_step() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, all) = changed();
    let file = folder.path().join("conference.yaml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("the tests may write");
    let held = hold(folder.path()).expect("nobody else holds it");
    for step in steps(&all, folder.path()) {
        perform(&step).expect("the disk is sound");
        for (name, data) in all_of(folder.path()) {
            let mode = std::fs::metadata(folder.path().join(&name)).expect("it is there").permissions().mode();
            assert!(data.is_empty() || [0o600, 0o400].contains(&(mode & 0o777)), "{step:?}: {name} is {mode:o}");
        }
    }
    drop(held);
}

/// Every file below a folder, with those of the stage.
#[cfg(unix)]
fn all_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    ["", STAGE, ".convenor-undo"]
        .into_iter()
        .flat_map(|below| {
            let entries = std::fs::read_dir(folder.join(below)).into_iter().flatten().flatten();
            let files = entries.filter(|entry| entry.path().is_file());
            let named = |entry: std::fs::DirEntry| {
                let name = format!("{below}/{}", entry.file_name().to_string_lossy());
                (name.trim_start_matches('/').to_owned(), std::fs::read(entry.path()).expect("it can be read"))
            };
            files.map(named).collect::<Vec<_>>()
        })
        .collect()
}
