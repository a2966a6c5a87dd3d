//! Pages of HTML: what is wrong with one that not everybody can read, and that nothing in them runs or is loaded. That they say
//! what the other formats say, and that nothing is wrong with any of them, is in `formats`.

mod index;
pub mod page;
mod preview;
pub mod read_out;

use std::collections::BTreeSet;

use crate::run::Run;
use page::Element;

/// What is wrong with a page.
pub fn faults(page: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    let all = page.all();
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    check(page.first("html").get("lang") == Some("en-GB"), "no language".to_owned());
    check(!page.first("title").text().trim().is_empty(), "no title".to_owned());
    for landmark in ["header", "main", "footer"] {
        check(all.iter().filter(|it| it.name == landmark).count() == 1, format!("not one {landmark}"));
    }
    // WCAG 2.2, 1.3.1 and 2.4.6: one title, and no level left out.
    let levels: Vec<u8> = all.iter().filter_map(|it| it.name.strip_prefix('h')?.parse().ok()).collect();
    check(levels.iter().filter(|level| **level == 1).count() == 1, format!("titles: {levels:?}"));
    check(levels.windows(2).all(|two| two[1] <= two[0] + 1), format!("levels: {levels:?}"));
    let ids: Vec<&str> = all.iter().filter_map(|it| it.get("id")).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    check(distinct.len() == ids.len(), "an id is there twice".to_owned());
    let labels: BTreeSet<&str> = all.iter().filter(|it| it.name == "label").filter_map(|it| it.get("for")).collect();
    for it in &all {
        for reference in ["for", "aria-labelledby", "aria-describedby"].iter().filter_map(|name| it.get(name)) {
            check(distinct.contains(reference), format!("nothing has the id `{reference}`"));
        }
        if let Some(href) = it.get("href") {
            let is_there = href.strip_prefix('#').map(|id| distinct.contains(id));
            let is_beside =
                ["html", "pdf", "docx", "odt", "txt", "md"].iter().any(|it| href.ends_with(&format!(".{it}")));
            let known = ["https://", "http://", "mailto:", "tel:"];
            check(
                is_there.unwrap_or(is_beside || known.iter().any(|scheme| href.starts_with(scheme))),
                href.to_owned(),
            );
        }
        check(it.get("style").is_none() && !it.attributes.keys().any(|name| name.starts_with("on")), format!("{it:?}"));
        check(
            !["script", "iframe", "object", "embed", "link", "form", "base"].contains(&it.name.as_str()),
            it.name.clone(),
        );
        check(it.get("src").is_none_or(|src| src.starts_with("data:")), "a picture from elsewhere".to_owned());
        match it.name.as_str() {
            "input" | "textarea" => {
                let id = it.get("id").is_some_and(|id| labels.contains(id));
                let name = it.get("aria-label").is_some_and(|name| !name.trim().is_empty());
                check(id != name, format!("a field without one label: {it:?}"));
            }
            "img" => check(it.get("alt").is_some_and(|alt| !alt.is_empty()), "a picture without words".to_owned()),
            "th" => check(matches!(it.get("scope"), Some("col" | "row")), "a head without a scope".to_owned()),
            "table" => {
                let has_name = it.get("aria-labelledby").is_some() || it.elements().any(|it| it.name == "caption");
                check(has_name, "a table without a name".to_owned());
                let columns = it.first("thead").first("tr").elements().count();
                check(
                    it.first("tbody").elements().all(|row| row.elements().count() == columns),
                    "a short row".to_owned(),
                );
            }
            "section" | "nav" => check(it.get("aria-labelledby").is_some(), "a part without a name".to_owned()),
            "a" | "label" | "h1" | "h2" | "h3" | "li" => check(!it.text().trim().is_empty(), format!("empty: {it:?}")),
            _ => {}
        }
    }
    let skip = page.first("body").elements().next().and_then(|it| it.get("href"));
    check(skip == Some("#text"), "the first link is not to the text".to_owned());
    faults
}

#[test]
fn the_page_that_is_looked_at_for_faults_can_have_them() {
    let page = |body: &str| {
        let page = format!(
            "<!DOCTYPE html><html lang=\"en-GB\"><title>x</title><body><a href=\"#text\">x</a><header></header><main id=\"text\"><h1>x</h1>{body}</main><footer></footer></body></html>"
        );
        faults(&Element::read(&page))
    };
    assert_eq!(page(""), Vec::<String>::new());
    for wrong in [
        "<h1>y</h1>",
        "<h3>y</h3>",
        "<p id=\"text\"></p>",
        "<a href=\"#nowhere\">x</a>",
        "<a href=\"javascript:x\">x</a>",
        "<p style=\"x\"></p>",
        "<p onclick=\"x\"></p>",
        "<script></script>",
        "<input>",
        "<img src=\"https://a.example/x.png\" alt=\"x\">",
        "<table><thead><tr><th>x</th></tr></thead><tbody></tbody></table>",
        "<section></section>",
    ] {
        assert!(!page(wrong).is_empty(), "{wrong}");
    }
}

#[test]
fn no_text_becomes_a_tag_a_style_or_a_link() {
    let hostile = "</style><script>alert(1)</script> O'Neill & Sons <Ltd> \\\" {} ]]> *x* \u{202E}evil";
    let run = Run::on_the_example().with(
        "templates/parts/running.md",
        format!(
            "Foot\n\n: {{{{ \"{}\" }}}}\n\nPage\n\n: {{% raw %}}Page {{page}} of {{pages}}{{% endraw %}}\n\nDraft\n\n: DRAFT\n\nContents\n\n: Contents\n",
            hostile.replace('\\', "\\\\").replace('"', "\\\"")
        ),
    );
    run.build(&["--to", "html", "--only", "minutes", "--for", "community"]);
    let page = Element::read(&run.read("out/CSC-2026-014/community/minutes.html"));
    assert!(page.all().iter().all(|it| it.name != "script"));
    let foot = page.first("footer").text();
    for said in ["</style><script>alert(1)</script>", "O'Neill & Sons <Ltd>", "]]> *x*"] {
        assert!(foot.contains(said), "{foot}");
    }
    let styles: Vec<&Element> = page.all().into_iter().filter(|it| it.name == "style").collect();
    assert_eq!(styles.len(), 2);
}
