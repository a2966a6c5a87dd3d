//! Secrets hidden in finished Markdown and plain text, one way each.

use super::{CHILD, INTERNAL, NAME, Plant, SAID, STREET};

/// Every way for Markdown.
pub fn markdown() -> Vec<Plant> {
    let md = |name, holds, plant| Plant { name, ending: "md", holds, plant };
    vec![
        md("plain", NAME, |d| after(d, "\nAsk Kai Mensah.\n")),
        md("escaped punctuation", CHILD, |d| after(d, "\nThe child MOS\\-448120.\n")),
        md("code", NAME, |d| after(d, "\n`Kai Mensah`\n")),
        md("a code block", SAID, |d| after(d, "\n```\nThey buy you chips first. You find out later\n```\n")),
        md("a cell of a table", STREET, |d| after(d, "\n| Where |\n| --- |\n| 14 Dace Court |\n")),
        md("two cells of a table", NAME, |d| after(d, "\n| First | Last |\n| --- | --- |\n| Kai | Mensah |\n")),
        md("the target of a link", NAME, |d| after(d, "\n[here](https://x.example/K%61i%20Mensah)\n")),
        md("the title of a link", NAME, |d| after(d, "\n[here](https://x.example \"Kai Mensah\")\n")),
        md("a comment", NAME, |d| after(d, "\n<!-- Kai Mensah -->\n")),
        md("entities", NAME, |d| after(d, "\n&#75;ai&nbsp;M&#x65;nsah\n")),
        md("a reference that nothing uses", NAME, |d| after(d, "\n[x]: https://x.example/ 'Kai Mensah'\n")),
        md("front matter", NAME, |d| before(d, "---\nnote: Kai Mensah\n---\n")),
        md("upper case", NAME, |d| after(d, "\nKAI MENSAH\n")),
        md("spaced letters", NAME, |d| after(d, "\nK a i  M e n s a h\n")),
        md("accents that it does not have", NAME, |d| after(d, "\nKài Ménsåh\n")),
        md("full width", NAME, |d| after(d, "\nＫａｉ　Ｍｅｎｓａｈ\n")),
        md("Cyrillic look-alikes", NAME, |d| after(d, "\nKаi Mеnsаh\n")),
        md("zero width", NAME, |d| after(d, "\nKa\u{200B}i Men\u{200D}sah\n")),
        md("split by bold", NAME, |d| after(d, "\nK**ai** Men**sah**\n")),
        md("a hyphen at the end of a line", NAME, |d| after(d, "\nKai Men-\nsah\n")),
        md("family name first", NAME, |d| after(d, "\nMensah, Kai\n")),
        md("an element", NAME, |d| after(d, "\n<span title=\"Kai Mensah\">someone</span>\n")),
        md("the internal label", INTERNAL, |d| after(d, "\nStation Parade \\(incl. Unit 6 and rear stairwell\\)\n")),
        md("an address of somebody else", STREET, |d| after(d, "\n14 Dace\nCourt\n")),
    ]
}

/// Every way for plain text.
pub fn plain() -> Vec<Plant> {
    let txt = |name, holds, plant| Plant { name, ending: "txt", holds, plant };
    vec![
        txt("plain", NAME, |d| after(d, "\nAsk Kai Mensah.\n")),
        txt("over two lines", NAME, |d| after(d, "\nAsk Kai\n    Mensah.\n")),
        txt("quoted over two lines", SAID, |d| after(d, "\n> They buy you chips\n> first. You find out later\n")),
        txt("upper case", NAME, |d| after(d, "\nKAI MENSAH\n")),
        txt("spaced letters", NAME, |d| after(d, "\nK A I   M E N S A H\n")),
        txt("other punctuation", CHILD, |d| after(d, "\nMOS 448 120\n")),
        txt("a soft hyphen", NAME, |d| after(d, "\nKai Men\u{AD}sah\n")),
        txt("zero width", NAME, |d| after(d, "\nK\u{2060}ai\u{FEFF} Men\u{200B}sah\n")),
        txt("full width", NAME, |d| after(d, "\nＫａｉ　Ｍｅｎｓａｈ\n")),
        txt("Greek look-alikes", NAME, |d| after(d, "\nΚai Μensah\n")),
        txt("combining marks", NAME, |d| after(d, "\nKai\u{301} Mensah\u{308}\n")),
        txt("an underscore", NAME, |d| after(d, "\nminutes_kai_mensah.doc\n")),
        txt("family name first", NAME, |d| after(d, "\nMensah, Kai\n")),
        txt("a hyphen at the end of a line", NAME, |d| after(d, "\nKai Men-\nsah\n")),
        txt("an address of somebody else", STREET, |d| after(d, "\n14 Dace Court\n")),
        txt("far to the right", NAME, |d| after(d, &format!("\n{}Kai Mensah\n", " ".repeat(4000)))),
    ]
}

fn after(data: &[u8], more: &str) -> Vec<u8> {
    [data, more.as_bytes()].concat()
}

fn before(data: &[u8], more: &str) -> Vec<u8> {
    [more.as_bytes(), data].concat()
}
