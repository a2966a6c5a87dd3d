//! A page read out in the way of plain text: what the other writer would say of the same paper.
//!
//! What differs by design is here and nowhere else: the page's own first link, its list of contents, its logo and
//! letterhead, the title of a page whose text has none, and drawings beside words are not read out.

use super::page::{Element, Node};

/// The text of a page.
pub fn read_out(page: &Element) -> String {
    let body = page.first("body");
    let mut said = String::new();
    for part in body.elements() {
        match part.name.as_str() {
            "header" => part.elements().filter(|it| it.is("marking")).for_each(|it| said.push_str(&marking(it))),
            "main" | "footer" => said.push_str(&blocks(part)),
            _ => assert!(part.is("skip"), "`{}` stands beside the text", part.name),
        }
    }
    said
}

fn marking(marking: &Element) -> String {
    let words: Vec<String> = marking
        .children
        .iter()
        .map(|node| match node {
            Node::Text(text) => text.trim().to_owned(),
            Node::Element(draft) => format!(" · {}", draft.text()),
        })
        .collect();
    words.concat() + "\n"
}

fn blocks(within: &Element) -> String {
    let mut said = String::new();
    let mut line = String::new();
    for node in &within.children {
        match node {
            Node::Element(element) if !is_of_a_line(element) => {
                said.push_str(&std::mem::take(&mut line));
                said.push('\n');
                said.push_str(&block(element));
            }
            node => line.push_str(&inline(node)),
        }
    }
    said + &line + "\n"
}

fn is_of_a_line(element: &Element) -> bool {
    matches!(element.name.as_str(), "a" | "span" | "strong" | "bdi" | "br")
}

fn block(element: &Element) -> String {
    if element.get("aria-hidden") == Some("true") || element.is("unseen") || element.is("contents") {
        return String::new();
    }
    match element.name.as_str() {
        "ul" if element.is("ticks") => element.elements().map(tick).collect(),
        "ul" => element.elements().map(|item| format!("- {}\n", blocks(item))).collect(),
        "ol" => {
            let start: usize = element.get("start").map_or(1, |start| start.parse().expect("a number"));
            let items = element.elements().enumerate();
            items.map(|(i, item)| format!("{}. {}\n", start + i, blocks(item))).collect()
        }
        "hr" => "* * *\n".to_owned(),
        "dl" => element
            .elements()
            .map(|row| format!("{}: {}\n", blocks(row.first("dt")), blocks(row.first("dd"))))
            .collect(),
        "table" => table(element),
        "div" if element.is("field") => {
            let help = element.elements().find(|it| it.is("help")).map(|help| format!(" ({})", blocks(help)));
            format!("{}{}:\n", blocks(element.first("label")), help.unwrap_or_default())
        }
        "div" if element.is("line") => format!("{}:\n", blocks(element.first("label"))),
        "input" | "textarea" => String::new(),
        _ => blocks(element),
    }
}

fn tick(item: &Element) -> String {
    match item.elements().next().filter(|first| first.name == "input") {
        Some(input) => format!("[{}] {}\n", if input.get("checked").is_some() { "x" } else { " " }, blocks(item)),
        None => format!("- {}\n", blocks(item)),
    }
}

/// A card for each row; rows to fill in are said once, after the others.
fn table(table: &Element) -> String {
    let caption = table.elements().find(|it| it.name == "caption").map(blocks).unwrap_or_default();
    let heads: Vec<String> = table.first("thead").first("tr").elements().map(blocks).collect();
    let mut said = caption;
    let (blank, rows): (Vec<&Element>, Vec<&Element>) =
        table.first("tbody").elements().partition(|row| row.is("blank"));
    for row in rows {
        for (head, cell) in heads.iter().zip(row.elements()) {
            assert_eq!(
                crate::run::squeezed(head),
                crate::run::squeezed(cell.get("data-head").expect("a cell says its head"))
            );
            said.push_str(&format!("{head}: {}\n", blocks(cell)));
        }
    }
    if !blank.is_empty() {
        let cells: Vec<String> = heads.iter().map(|head| format!("{head}:")).collect();
        said.push_str(&format!("{} (× {})\n", cells.join("; "), blank.len()));
    }
    said
}

fn inline(node: &Node) -> String {
    let element = match node {
        Node::Text(text) => return text.clone(),
        Node::Element(element) => element,
    };
    let words: String = element.children.iter().map(inline).collect();
    match element.name.as_str() {
        "br" => " ".to_owned(),
        "span" if element.is("tag") => format!("[{words}]"),
        "a" => with_target(&words, element.get("href").expect("a link goes somewhere")),
        _ => words,
    }
}

/// A link's words, and where it goes unless they say so already.
pub fn with_target(words: &str, href: &str) -> String {
    let bare = |it: &str| {
        it.trim_start_matches("mailto:")
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned()
    };
    let is_said = href.starts_with("tel:") || crate::run::squeezed(&bare(words)) == crate::run::squeezed(&bare(href));
    if is_said { words.to_owned() } else { format!("{words} ({})", href.trim_start_matches("mailto:")) }
}
