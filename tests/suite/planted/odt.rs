//! Secrets hidden in finished Open Document texts, one way each.

use super::package::{add, add_bytes, part, picture, rewritten, swap, with_note};
use super::{CHILD, INTERNAL, NAME, Plant, SAID, STREET};

const TEXT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const META: &str = "meta.xml";
const SETTINGS: &str = "settings.xml";
const PARTS: &str = "META-INF/manifest.xml";
const PICTURE: &str = "Pictures/logo.png";

type Way = (&'static str, &'static str, fn(&[u8]) -> Vec<u8>);

/// Every way for a document.
pub fn documents() -> Vec<Plant> {
    let odt = |(name, holds, plant): Way| Plant { name, ending: "odt", holds, plant };
    in_the_text().into_iter().chain(in_what_is_named()).chain(in_other_parts()).map(odt).collect()
}

fn in_the_text() -> Vec<Way> {
    vec![
        ("a paragraph", NAME, |d| p(d, "Ask Kai Mensah.")),
        ("split into spans", NAME, |d| p(d, "K<text:span>ai </text:span><text:span>Men</text:span>sah")),
        ("split by a bookmark", NAME, |d| p(d, "Kai Men<text:bookmark text:name=\"part-99\"/>sah")),
        ("split by a place of a page", NAME, |d| p(d, "Kai Men<text:soft-page-break/>sah")),
        ("split by a space of its own", NAME, |d| p(d, "Kai<text:s/>Mensah")),
        ("split by a tab", NAME, |d| p(d, "Kai<text:tab/>Mensah")),
        ("split by the end of a line", NAME, |d| p(d, "Kai<text:line-break/>Mensah")),
        ("references of characters", NAME, |d| p(d, "&#75;ai M&#x65;nsah")),
        ("raw characters", NAME, |d| p(d, "<![CDATA[Kai Mensah]]>")),
        ("hidden words", INTERNAL, |d| p(d, &format!("<text:hidden-text text:string-value=\"{INTERNAL}\"/>"))),
        ("a hidden paragraph", NAME, |d| p(d, "<text:hidden-paragraph text:condition=\"true\"/>Kai Mensah")),
        ("a condition", NAME, |d| p(d, "<text:conditional-text text:string-value-if-false=\"Kai Mensah\"/>")),
        ("words that were deleted", NAME, |d| {
            t(
                d,
                "<text:tracked-changes><text:changed-region><text:deletion><text:p>Kai Mensah</text:p></text:deletion></text:changed-region></text:tracked-changes>",
            )
        }),
        ("who changed them", NAME, |d| {
            t(
                d,
                "<text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:creator>Kai Mensah</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>",
            )
        }),
        ("a remark", SAID, |d| {
            p(d, "<office:annotation><text:p>They buy you chips first. You find out later</text:p></office:annotation>")
        }),
        ("who remarked", NAME, |d| p(d, "<office:annotation><dc:creator>Kai Mensah</dc:creator></office:annotation>")),
        ("the initials of who remarked", NAME, |d| {
            p(
                d,
                "<office:annotation><loext:sender-initials>We spoke of K.M. there</loext:sender-initials></office:annotation>",
            )
        }),
        ("the name of a remark", NAME, |d| p(d, "<office:annotation office:name=\"Kai Mensah\"/>")),
        ("a footnote", NAME, |d| {
            p(d, "<text:note><text:note-body><text:p>Kai Mensah</text:p></text:note-body></text:note>")
        }),
        ("a variable", NAME, |d| {
            t(d, "<text:variable-decls><text:variable-decl text:name=\"Kai Mensah\"/></text:variable-decls>")
        }),
        ("the value of a variable", NAME, |d| p(d, "<text:variable-set office:string-value=\"Kai Mensah\"/>")),
        ("a field of the user", NAME, |d| {
            t(
                d,
                "<text:user-field-decls><text:user-field-decl text:name=\"x\" office:string-value=\"Kai Mensah\"/></text:user-field-decls>",
            )
        }),
        ("the formula of a field", NAME, |d| p(d, "<text:expression text:formula=\"ooow:&quot;Kai Mensah&quot;\"/>")),
        ("the name of a place to fill in", CHILD, |d| p(d, "<text:text-input text:description=\"MOS-448120\"/>")),
        ("what is filled in", NAME, |d| p(d, "<text:text-input text:description=\"x\">Kai Mensah</text:text-input>")),
        ("the hint of a placeholder", NAME, |d| p(d, "<text:placeholder text:description=\"Kai Mensah\"/>")),
        ("the entries of a choice", NAME, |d| {
            p(d, "<text:drop-down><text:label text:value=\"Kai Mensah\"/></text:drop-down>")
        }),
        ("the name of a box", NAME, |d| {
            p(d, "<loext:content-control loext:alias=\"Kai Mensah\">x</loext:content-control>")
        }),
        ("the tag of a box", NAME, |d| {
            p(d, "<loext:content-control loext:tag=\"kai-mensah\">x</loext:content-control>")
        }),
        ("a control of a form", NAME, |d| {
            t(
                d,
                "<office:forms><form:form xmlns:form=\"f\"><form:text form:current-value=\"Kai Mensah\"/></form:form></office:forms>",
            )
        }),
        ("words over a line", NAME, |d| {
            p(d, "<text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>Kai Mensah</text:ruby-text></text:ruby>")
        }),
        ("two cells", NAME, |d| {
            let cell = |words| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
            t(
                d,
                &format!(
                    "<table:table><table:table-row>{}{}</table:table-row></table:table>",
                    cell("Kai"),
                    cell("Mensah")
                ),
            )
        }),
        ("a cell that is covered", NAME, |d| {
            t(
                d,
                "<table:table><table:table-row><table:covered-table-cell><text:p>Kai Mensah</text:p></table:covered-table-cell></table:table-row></table:table>",
            )
        }),
        ("the value of a cell", NAME, |d| {
            t(
                d,
                "<table:table><table:table-row><table:table-cell office:string-value=\"Kai Mensah\"/></table:table-row></table:table>",
            )
        }),
        ("a frame", NAME, |d| {
            p(d, "<draw:frame><draw:text-box><text:p>Kai Mensah</text:p></draw:text-box></draw:frame>")
        }),
        ("a hidden section", NAME, |d| {
            t(d, "<text:section text:display=\"none\"><text:p>Kai Mensah</text:p></text:section>")
        }),
        ("a comment of XML", NAME, |d| p(d, "<!-- Kai Mensah -->")),
        ("an instruction of XML", NAME, |d| p(d, "<?kai mensah?>")),
        ("upper case", NAME, |d| p(d, "KAI MENSAH")),
        ("initials", NAME, |d| p(d, "We spoke of K.M. there")),
        ("zero width", NAME, |d| p(d, "Ka\u{200B}i Men\u{AD}sah")),
        ("what was said", SAID, |d| p(d, "They buy you chips first. You find out later")),
    ]
}

fn in_what_is_named() -> Vec<Way> {
    vec![
        ("where a link goes", NAME, |d| {
            p(d, "<text:a xlink:type=\"simple\" xlink:href=\"https://x.example/K%61i%20Mensah\">x</text:a>")
        }),
        ("a place within the text", NAME, |d| p(d, "<text:a xlink:href=\"#Kai_Mensah\">x</text:a>")),
        ("the hint of a link", STREET, |d| {
            p(d, "<text:a xlink:href=\"#part-1\" office:title=\"14 Dace Court\">x</text:a>")
        }),
        ("a bookmark", NAME, |d| p(d, "<text:bookmark text:name=\"Kai_Mensah\"/>")),
        ("alternative text", STREET, |d| swap(d, TEXT, "<svg:desc>", "<svg:desc>14 Dace Court ")),
        ("the title of a picture", NAME, |d| swap(d, TEXT, "<svg:title>Logo", "<svg:title>Kai Mensah")),
        ("the name of a picture", NAME, |d| swap(d, TEXT, "draw:name=\"Logo\"", "draw:name=\"Kai Mensah\"")),
        ("the name of a table", NAME, |d| swap(d, TEXT, "table:name=\"Table1\"", "table:name=\"Kai Mensah\"")),
        ("the title of a table", NAME, |d| t(d, "<table:table><table:title>Kai Mensah</table:title></table:table>")),
        ("the description of a table", NAME, |d| {
            t(d, "<table:table><table:desc>Kai Mensah</table:desc></table:table>")
        }),
        ("the name of an element", NAME, |d| p(d, "<text:kaiMensah/>")),
        ("the name of an attribute", NAME, |d| p(d, "<text:span kai-mensah=\"1\"/>")),
        ("a namespace", NAME, |d| p(d, "<text:span xmlns:x=\"https://x.example/kai-mensah\"/>")),
        ("the prefix of a namespace", NAME, |d| {
            p(d, "<text:span xmlns:kai-mensah=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"/>")
        }),
        ("the name of a style in the text", NAME, |d| p(d, "<text:span text:style-name=\"Kai_20_Mensah\"/>")),
        ("data of RDF", NAME, |d| {
            p(d, "<text:meta xhtml:content=\"Kai Mensah\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"/>")
        }),
        ("a reference as a number", CHILD, |d| p(d, "<text:span text:style-name=\"MOS448120\"/>")),
    ]
}

fn in_other_parts() -> Vec<Way> {
    vec![
        ("the title", NAME, |d| swap(d, META, "<dc:title>", "<dc:title>Kai Mensah ")),
        ("a keyword", CHILD, |d| {
            swap(d, META, "</office:meta>", "<meta:keyword>MOS-448120</meta:keyword></office:meta>")
        }),
        ("who wrote last", NAME, |d| swap(d, META, "<dc:creator>", "<dc:creator>Kai Mensah, ")),
        ("the program", NAME, |d| swap(d, META, "<meta:generator>convenor", "<meta:generator>Kai Mensah")),
        ("a property of its own", NAME, |d| {
            swap(
                d,
                META,
                "</office:meta>",
                "<meta:user-defined meta:name=\"x\">Kai Mensah</meta:user-defined></office:meta>",
            )
        }),
        ("the name of a property", NAME, |d| {
            swap(d, META, "</office:meta>", "<meta:user-defined meta:name=\"Kai Mensah\"/></office:meta>")
        }),
        ("where its template is", NAME, |d| {
            swap(d, META, "</office:meta>", "<meta:template xlink:title=\"Kai Mensah\"/></office:meta>")
        }),
        ("a setting", NAME, |d| {
            swap(
                d,
                SETTINGS,
                "</office:settings>",
                "<config:config-item config:name=\"PrinterName\">Kai Mensah</config:config-item></office:settings>",
            )
        }),
        ("the name of a setting", NAME, |d| {
            swap(d, SETTINGS, "config:name=\"EmbedFonts\"", "config:name=\"Kai Mensah\"")
        }),
        ("the running head", NAME, |d| {
            swap(d, STYLES, "</style:header>", "<text:p>Kai Mensah</text:p></style:header>")
        }),
        ("the running foot", NAME, |d| {
            swap(d, STYLES, "</style:footer>", "<text:p>Kai Mensah</text:p></style:footer>")
        }),
        ("the foot of other pages", NAME, |d| {
            swap(
                d,
                STYLES,
                "</style:footer>",
                "</style:footer><style:footer-left><text:p>Kai Mensah</text:p></style:footer-left>",
            )
        }),
        ("the name of a style", NAME, |d| {
            swap(d, STYLES, "style:display-name=\"Text body\"", "style:display-name=\"Kai Mensah\"")
        }),
        ("the name of a page", NAME, |d| {
            swap(d, STYLES, "style:display-name=\"First Page\"", "style:display-name=\"Kai Mensah\"")
        }),
        ("the sign of a list", NAME, |d| swap(d, STYLES, "text:bullet-char=\"•\"", "text:bullet-char=\"Kai Mensah\"")),
        ("what follows a number", NAME, |d| {
            swap(d, STYLES, "style:num-suffix=\".\"", "style:num-suffix=\" Kai Mensah\"")
        }),
        ("the name of a font", NAME, |d| {
            swap(
                d,
                STYLES,
                "svg:font-family=\"&apos;Convenor Sans&apos;\"",
                "svg:font-family=\"&apos;Kai Mensah&apos;\"",
            )
        }),
        ("the kind of a part", NAME, |d| {
            swap(d, PARTS, "manifest:media-type=\"text/xml\"", "manifest:media-type=\"text/kai-mensah\"")
        }),
        ("a part that is listed", NAME, |d| {
            swap(
                d,
                PARTS,
                "</manifest:manifest>",
                "<manifest:file-entry manifest:full-path=\"kai-mensah.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>",
            )
        }),
        ("the name of a part", NAME, |d| add(d, "kai-mensah.xml", "<x/>")),
        ("a part of plain text", NAME, |d| add(d, "notes.txt", "Kai Mensah")),
        ("data beside the text", NAME, |d| add(d, "manifest.rdf", "<rdf><label>Kai Mensah</label></rdf>")),
        ("a setting of the program", NAME, |d| add(d, "Configurations2/menubar.xml", "<x y='Kai Mensah'/>")),
        ("a text of another kind", NAME, |d| add(d, "layout-cache", "Kai Mensah")),
        ("what the package is", NAME, |d| {
            rewritten(d, None, &|name, content| if name == "mimetype" { b"Kai Mensah".to_vec() } else { content })
        }),
        ("a comment after the end of a part", NAME, |d| {
            swap(d, STYLES, "</office:document-styles>", "</office:document-styles><!-- Kai Mensah -->")
        }),
        ("the declaration of a part", NAME, |d| {
            swap(d, STYLES, "<?xml version", "<?xml-note Kai Mensah?><?xml version")
        }),
        ("the note of a picture", NAME, |d| picture(d, PICTURE, b"Author\0Kai Mensah")),
        ("a second picture", NAME, |d| {
            add_bytes(d, "Pictures/other.png", &with_note(&part(d, PICTURE), b"x\0Kai Mensah"))
        }),
        ("the remark of the archive", NAME, |d| rewritten(d, Some("Kai Mensah"), &|_, data| data)),
    ]
}

/// A document with one more paragraph.
fn p(data: &[u8], content: &str) -> Vec<u8> {
    t(data, &format!("<text:p>{content}</text:p>"))
}

/// A document with one more element in its text.
fn t(data: &[u8], content: &str) -> Vec<u8> {
    swap(data, TEXT, "<office:text>", &format!("<office:text>{content}"))
}
