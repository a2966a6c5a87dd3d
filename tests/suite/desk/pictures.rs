//! Pages of a made file as pictures, for whoever may have the file; and papers joined into one file.

use super::plan::released;
use crate::visit::{Answer, Page, Visit};

fn pictures(page: &Page<'_>) -> Vec<String> {
    let of_file = |link: &String| link.contains("/file/") && link.contains("/page/");
    page.links().into_iter().filter(of_file).collect()
}

fn is_picture(answer: &Answer) -> bool {
    let kind = answer.headers.get("content-type").map(String::as_str);
    answer.status == 200 && kind == Some("image/png") && answer.body.starts_with(b"\x89PNG\r\n\x1a\n")
}

#[test]
fn papers_are_joined_if_asked_shown_page_by_page_and_released_and_only_whoever_may_have_the_file_sees_a_page() {
    let mut visit = Visit::to("marshgate");
    let page = visit.conference("/make").tick("Join them as well, one file for each kind of reader");
    page.press("Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let says = visit.conference("/papers").says();
    assert_eq!(says.matches("All papers in one file").count(), 3, "anyone, everyone invited, professionals: {says}");
    let page = visit.conference("/papers/pack/professional");
    let all = pictures(&page);
    assert!(all.len() > 10 && page.says().contains("The pages of the file itself"), "{}", page.says());

    let (first, second) = (visit.get(&all[0]), visit.get(&all[1]));
    assert!(is_picture(&first) && is_picture(&second) && first.body != second.body);
    assert_eq!(first.body, visit.get(&all[0]).body, "the same for the same file");
    assert_eq!(first.headers["cache-control"], "no-store");
    let of = all[0].rsplit_once('/').expect("it has a number").0.to_owned();
    for nothing in ["0", "9999", "-1", "x"] {
        assert_eq!(visit.get(&format!("{of}/{nothing}")).status, 404, "{nothing}");
    }
    // Making the drafts again keeps them joined, since the box is ticked now.
    let again = visit.conference("/make").form("Make the drafts").1;
    assert!(again.contains(&("join".to_owned(), "yes".to_owned())), "{again:?}");

    // A file that somebody changed since is no picture of what was made.
    let file = "out/CSC-2026-014/public/pack-public.pdf";
    let public = visit.conference("/papers/pack/public");
    let picture = pictures(&public).remove(0);
    assert!(is_picture(&visit.get(&picture)));
    let before = visit.run.bytes(file);
    std::fs::write(visit.run.path(file), [before.as_slice(), b"\n"].concat()).expect("the tests may write");
    let refused = visit.get(&picture);
    assert!(refused.status == 500 && !is_picture(&refused), "{}", refused.status);
    std::fs::write(visit.run.path(file), before).expect("the tests may write");

    // What few may read: no picture of it before the door is open.
    let record =
        visit.conference("/door").fill("Who opens it? First name and surname", "Ruth Penhaligon").press("Open it");
    let annex = record.links().into_iter().find(|link| link.contains("/file/")).expect("there is an annex");
    assert!(is_picture(&visit.get(&format!("{annex}/page/1"))));
    visit.conference("/door").press("Close it now");
    let closed = visit.get(&format!("{annex}/page/1"));
    assert!(closed.status == 303 && closed.headers["location"].ends_with("/door"), "{}", closed.status);

    released(&mut visit, "pack");
    let sent = visit.conference("/send/pack");
    assert!(sent.says().contains("Checked by Ruth Penhaligon"), "{}", sent.says());
    let of_released = pictures(&visit.conference("/papers/pack/public")).remove(0);
    assert!(is_picture(&visit.get(&of_released)));
    assert!(visit.conference("/again").says().contains("All papers in one file"));
}
