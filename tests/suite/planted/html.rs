//! Secrets hidden in finished pages of HTML, one way each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{CHILD, INTERNAL, NAME, Plant, SAID, STREET};

/// Every way for a page.
pub fn pages() -> Vec<Plant> {
    let html = |name, holds, plant| Plant { name, ending: "html", holds, plant };
    vec![
        html("a paragraph", NAME, |d| inside(d, "<p>Ask Kai Mensah.</p>")),
        html("split by elements", NAME, |d| inside(d, "<p>K<b>ai</b> Men<span>sah</span></p>")),
        html("split by a break", NAME, |d| inside(d, "<p>Kai<br>Mensah</p>")),
        html("entities by number", NAME, |d| inside(d, "<p>&#75;ai M&#x65;nsah</p>")),
        html("entities by name", NAME, |d| inside(d, "<p>Kai&nbsp;M&eacute;nsah</p>")),
        html("two cells of a table", NAME, |d| inside(d, "<table><tr><td>Kai</td><td>Mensah</td></tr></table>")),
        html("a comment", NAME, |d| inside(d, "<!-- Kai Mensah -->")),
        html("a comment after the end", NAME, |d| [d, b"<!-- Kai Mensah -->"].concat()),
        html("text after the end", NAME, |d| [d, b"Kai Mensah"].concat()),
        html("the document type", NAME, |d| swap(d, "<!DOCTYPE html>", "<!DOCTYPE html PUBLIC \"Kai Mensah\" \"\">")),
        html("the title of the page", NAME, |d| swap(d, "<title>", "<title>Kai Mensah ")),
        html("metadata", NAME, |d| swap(d, "<title>", "<meta name=\"keywords\" content=\"Kai Mensah\"><title>")),
        html("the name of metadata", NAME, |d| swap(d, "<title>", "<meta name=\"Kai Mensah\" content=\"\"><title>")),
        html("alternative text", STREET, |d| {
            inside(
                d,
                "<img alt=\"14 Dace Court\" src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\">",
            )
        }),
        html("a hint", STREET, |d| inside(d, "<p title=\"14 Dace Court\">x</p>")),
        html("a label for a screen reader", NAME, |d| inside(d, "<p aria-label=\"Kai Mensah\">x</p>")),
        html("data of an element", CHILD, |d| inside(d, "<p data-child=\"MOS-448120\">x</p>")),
        html("a class", NAME, |d| inside(d, "<p class=\"kai-mensah\">x</p>")),
        html("an id", NAME, |d| inside(d, "<p id=\"kai-mensah\">x</p>")),
        html("the name of an element", NAME, |d| inside(d, "<kai-mensah></kai-mensah>")),
        html("the name of an attribute", NAME, |d| inside(d, "<p kai-mensah>x</p>")),
        html("where a link goes", NAME, |d| inside(d, "<a href=\"https://x.example/K%61i%20Mensah\">x</a>")),
        html("a place within the page", NAME, |d| inside(d, "<a href=\"#kai-mensah\">x</a>")),
        html("what a field holds", NAME, |d| inside(d, "<input type=\"text\" aria-label=\"x\" value=\"Kai Mensah\">")),
        html("a hidden field", NAME, |d| inside(d, "<input type=\"hidden\" value=\"Kai Mensah\">")),
        html("the hint of a field", NAME, |d| inside(d, "<input aria-label=\"x\" placeholder=\"Kai Mensah\">")),
        html("a text field", SAID, |d| inside(d, "<textarea>They buy you chips first. You find out later</textarea>")),
        html("a choice", NAME, |d| inside(d, "<select><option value=\"Kai Mensah\">x</option></select>")),
        html("a hidden element", INTERNAL, |d| {
            inside(d, "<p hidden>Station Parade (incl. Unit 6 and rear stairwell)</p>")
        }),
        html("generated content", NAME, |d| swap(d, "</style>", "p::after{content:\"Kai Mensah\"}</style>")),
        html("generated content, escaped", NAME, |d| {
            swap(d, "</style>", "p::after{content:\"\\4b ai M\\65nsah\"}</style>")
        }),
        html("a comment of the style sheet", NAME, |d| swap(d, "</style>", "/* Kai Mensah */</style>")),
        html("a name of the style sheet", NAME, |d| swap(d, "</style>", ".kai-mensah{top:0}</style>")),
        html("a style of an element", NAME, |d| inside(d, "<p style=\"--x:'Kai Mensah'\">x</p>")),
        html("a drawing in the page", NAME, |d| inside(d, "<svg><text>Kai Mensah</text></svg>")),
        html("the text of a drawing", NAME, |d| {
            let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>K<tspan>ai</tspan> Mensah</text></svg>";
            inside(d, &picture("image/svg+xml", drawing.as_bytes()))
        }),
        html("a comment of a drawing", NAME, |d| {
            let drawing = "<!-- Kai Mensah --><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
            inside(d, &picture("image/svg+xml", drawing.as_bytes()))
        }),
        html("the note of a picture", NAME, |d| inside(d, &picture("image/png", &png(b"tEXt", b"Author\0Kai Mensah")))),
        html("a note after a picture", NAME, |d| {
            let data = [png(b"tEXt", b"a\0b"), b"Kai Mensah".to_vec()].concat();
            inside(d, &picture("image/png", &data))
        }),
        html("upper case", NAME, |d| inside(d, "<p>KAI MENSAH</p>")),
        html("initials", NAME, |d| inside(d, "<p>We spoke of K.M. there</p>")),
        html("zero width", NAME, |d| inside(d, "<p>Ka\u{200B}i Men&shy;sah</p>")),
        html("Cyrillic look-alikes", NAME, |d| inside(d, "<p>Kаi Mеnsаh</p>")),
    ]
}

/// A page with something before the end of its text.
fn inside(page: &[u8], more: &str) -> Vec<u8> {
    swap(page, "</main>", &format!("{more}</main>"))
}

fn swap(page: &[u8], from: &str, to: &str) -> Vec<u8> {
    let page = String::from_utf8(page.to_vec()).expect("a page is text");
    assert!(page.contains(from), "`{from}` is not in the page");
    page.replacen(from, to, 1).into_bytes()
}

fn picture(kind: &str, data: &[u8]) -> String {
    format!("<img alt=\"x\" src=\"data:{kind};base64,{}\">", STANDARD.encode(data))
}

/// A picture with a chunk before its end. Nobody checks its sums here.
fn png(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).expect("it is short").to_be_bytes();
        [&length, kind, content, &[0; 4]].concat()
    };
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(kind, content), chunk(b"IEND", b"")].concat()
}
