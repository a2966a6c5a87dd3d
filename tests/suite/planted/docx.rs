//! Secrets hidden in finished documents for Word, one way each.

use super::package::{add, add_bytes, add_over, part, picture, rewritten, swap, with_note};
use super::{CHILD, INTERNAL, NAME, Plant, SAID, STREET};

const TEXT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const CORE: &str = "docProps/core.xml";
const KINDS: &str = "[Content_Types].xml";
const LINKS: &str = "word/_rels/document.xml.rels";
const PICTURE: &str = "word/media/logo.png";
const HYPERLINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// Every way for a document.
pub fn documents() -> Vec<Plant> {
    let docx = |name, holds, plant| Plant { name, ending: "docx", holds, plant };
    let mut all = in_the_text();
    all.extend(in_other_parts());
    all.into_iter().map(|(name, holds, plant)| docx(name, holds, plant)).collect()
}

type Way = (&'static str, &'static str, fn(&[u8]) -> Vec<u8>);

fn in_the_text() -> Vec<Way> {
    vec![
        ("a paragraph", NAME, |d| p(d, &run("Ask Kai Mensah."))),
        ("split into runs", NAME, |d| p(d, &["K", "ai ", "Men", "sah"].map(run).concat())),
        ("split by a bookmark", NAME, |d| {
            p(
                d,
                &(run("Kai Men")
                    + "<w:bookmarkStart w:id=\"99\" w:name=\"_Toc99\"/><w:bookmarkEnd w:id=\"99\"/>"
                    + &run("sah")),
            )
        }),
        ("split by a break", NAME, |d| p(d, "<w:r><w:t>Kai</w:t><w:br/><w:t>Mensah</w:t></w:r>")),
        ("split by a tab", NAME, |d| p(d, "<w:r><w:t>Kai</w:t><w:tab/><w:t>Mensah</w:t></w:r>")),
        ("a hyphen of its own", NAME, |d| p(d, "<w:r><w:t>Kai Men</w:t><w:softHyphen/><w:t>sah</w:t></w:r>")),
        ("references of characters", NAME, |d| p(d, "<w:r><w:t>&#75;ai M&#x65;nsah</w:t></w:r>")),
        ("raw characters", NAME, |d| p(d, "<w:r><w:t><![CDATA[Kai Mensah]]></w:t></w:r>")),
        ("letters by number", NAME, |d| {
            let letters: String =
                "Kai".chars().map(|c| format!("<w:sym w:font=\"Arial\" w:char=\"F0{:02X}\"/>", u32::from(c))).collect();
            p(d, &format!("<w:r>{letters}<w:t> Mensah</w:t></w:r>"))
        }),
        ("hidden words", INTERNAL, |d| p(d, &format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{INTERNAL}</w:t></w:r>"))),
        ("white words", NAME, |d| p(d, "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>Kai Mensah</w:t></w:r>")),
        ("words that were deleted", NAME, |d| {
            p(d, "<w:del w:id=\"1\" w:author=\"x\"><w:r><w:delText>Kai Mensah</w:delText></w:r></w:del>")
        }),
        ("who changed them", NAME, |d| {
            p(d, "<w:ins w:id=\"1\" w:author=\"Kai Mensah\"><w:r><w:t>x</w:t></w:r></w:ins>")
        }),
        ("the code of a field", NAME, |d| p(d, "<w:fldSimple w:instr=\" QUOTE &quot;Kai Mensah&quot; \"/>")),
        ("the code of a field in runs", NAME, |d| {
            p(d, "<w:r><w:instrText> QUOTE \"Kai Men</w:instrText></w:r><w:r><w:instrText>sah\" </w:instrText></w:r>")
        }),
        ("the title of a control", CHILD, |d| control(d, "<w:alias w:val=\"MOS-448120\"/>")),
        ("the tag of a control", NAME, |d| control(d, "<w:tag w:val=\"kai-mensah\"/>")),
        ("the entries of a choice", NAME, |d| {
            control(d, "<w:dropDownList><w:listItem w:displayText=\"Kai Mensah\" w:value=\"1\"/></w:dropDownList>")
        }),
        ("the value of a choice", NAME, |d| {
            control(d, "<w:dropDownList><w:listItem w:displayText=\"x\" w:value=\"Kai Mensah\"/></w:dropDownList>")
        }),
        ("a bookmark", NAME, |d| {
            p(d, "<w:bookmarkStart w:id=\"99\" w:name=\"Kai_Mensah\"/><w:bookmarkEnd w:id=\"99\"/>")
        }),
        ("a place within the text", NAME, |d| p(d, "<w:hyperlink w:anchor=\"Kai_Mensah\"/>")),
        ("the hint of a link", STREET, |d| p(d, "<w:hyperlink w:anchor=\"_Toc1\" w:tooltip=\"14 Dace Court\"/>")),
        ("alternative text", STREET, |d| swap(d, TEXT, "descr=\"", "descr=\"14 Dace Court ")),
        ("the title of a picture", NAME, |d| swap(d, TEXT, " descr=\"", " title=\"Kai Mensah\" descr=\"")),
        ("the name of a picture", NAME, |d| swap(d, TEXT, "name=\"Logo\"", "name=\"Kai Mensah\"")),
        ("the caption of a table", NAME, |d| {
            p(d, "</w:p><w:tbl><w:tblPr><w:tblCaption w:val=\"Kai Mensah\"/></w:tblPr></w:tbl><w:p>")
        }),
        ("the description of a table", NAME, |d| {
            p(d, "</w:p><w:tbl><w:tblPr><w:tblDescription w:val=\"Kai Mensah\"/></w:tblPr></w:tbl><w:p>")
        }),
        ("two cells", NAME, |d| {
            let cell = |words| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
            p(d, &format!("</w:p><w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p>", cell("Kai"), cell("Mensah")))
        }),
        ("a frame of a drawing", NAME, |d| {
            p(
                d,
                &format!("<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>", run("Kai Mensah")),
            )
        }),
        ("what older programs are shown", NAME, |d| {
            p(
                d,
                &format!("<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", run("Kai Mensah")),
            )
        }),
        ("a comment of XML", NAME, |d| p(d, "<!-- Kai Mensah -->")),
        ("an instruction of XML", NAME, |d| p(d, "<?kai mensah?>")),
        ("the name of an element", NAME, |d| p(d, "<w:kaiMensah/>")),
        ("the name of an attribute", NAME, |d| p(d, "<w:r kai-mensah=\"1\"/>")),
        ("a namespace", NAME, |d| p(d, "<w:r xmlns:x=\"https://x.example/kai-mensah\"/>")),
        ("the prefix of a namespace", NAME, |d| {
            p(d, "<w:r xmlns:kai-mensah=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>")
        }),
        ("the name of a style in the text", NAME, |d| p(d, "<w:pPr><w:pStyle w:val=\"KaiMensah\"/></w:pPr>")),
        ("a font of some words", NAME, |d| p(d, "<w:r><w:rPr><w:rFonts w:ascii=\"Kai Mensah\"/></w:rPr></w:r>")),
        ("upper case", NAME, |d| p(d, &run("KAI MENSAH"))),
        ("initials", NAME, |d| p(d, &run("We spoke of K.M. there"))),
        ("zero width", NAME, |d| p(d, &run("Ka\u{200B}i Men\u{AD}sah"))),
        ("what was said", SAID, |d| p(d, &run("They buy you chips first. You find out later"))),
    ]
}

fn in_other_parts() -> Vec<Way> {
    vec![
        ("the title", NAME, |d| swap(d, CORE, "<dc:title>", "<dc:title>Kai Mensah ")),
        ("a keyword", CHILD, |d| {
            swap(d, CORE, "</cp:coreProperties>", "<cp:keywords>MOS-448120</cp:keywords></cp:coreProperties>")
        }),
        ("who wrote last", NAME, |d| swap(d, CORE, "<cp:lastModifiedBy>", "<cp:lastModifiedBy>Kai Mensah, ")),
        ("the company", NAME, |d| swap(d, "docProps/app.xml", "<Company>", "<Company>Kai Mensah ")),
        ("a property of its own", NAME, |d| {
            add(
                d,
                "docProps/custom.xml",
                "<Properties><property name=\"x\"><vt:lpwstr xmlns:vt=\"v\">Kai Mensah</vt:lpwstr></property></Properties>",
            )
        }),
        ("the name of a property", NAME, |d| {
            add(d, "docProps/custom.xml", "<Properties><property name=\"Kai Mensah\"/></Properties>")
        }),
        ("a comment", NAME, |d| {
            add(
                d,
                "word/comments.xml",
                "<comments><comment><p><r><t>Ask Kai </t></r><r><t>Mensah</t></r></p></comment></comments>",
            )
        }),
        ("who commented", NAME, |d| {
            add(d, "word/comments.xml", "<comments><comment author=\"Kai Mensah\"/></comments>")
        }),
        ("custom XML", NAME, |d| add(d, "customXml/item1.xml", "<x><y>Kai Mensah</y></x>")),
        ("an attribute of custom XML", NAME, |d| add(d, "customXml/item1.xml", "<x y='Kai Mensah'/>")),
        ("a footnote", NAME, |d| {
            add(d, "word/footnotes.xml", "<footnotes><footnote><p>Kai Mensah</p></footnote></footnotes>")
        }),
        ("a part of plain text", NAME, |d| add(d, "word/notes.txt", "Kai Mensah")),
        ("a page in the package", NAME, |d| add(d, "word/afchunk.html", "<p>K<b>ai</b> Mensah</p> Kai Mensah")),
        ("the name of a part", NAME, |d| add(d, "word/kai-mensah.xml", "<x/>")),
        ("the running head", NAME, |d| {
            swap(d, "word/header1.xml", "</w:hdr>", "<w:p><w:r><w:t>Kai Mensah</w:t></w:r></w:p></w:hdr>")
        }),
        ("the head of the first page", NAME, |d| {
            swap(d, "word/header2.xml", "</w:hdr>", "<w:p><w:r><w:t>Kai Mensah</w:t></w:r></w:p></w:hdr>")
        }),
        ("the running foot", NAME, |d| {
            swap(d, "word/footer1.xml", "</w:ftr>", "<w:p><w:r><w:t>Kai Mensah</w:t></w:r></w:p></w:ftr>")
        }),
        ("the name of a style", NAME, |d| swap(d, STYLES, "w:val=\"Body Text\"", "w:val=\"Kai Mensah\"")),
        ("a variable of the settings", NAME, |d| {
            swap(
                d,
                "word/settings.xml",
                "</w:settings>",
                "<w:docVars><w:docVar w:name=\"x\" w:val=\"Kai Mensah\"/></w:docVars></w:settings>",
            )
        }),
        ("the sign of a list", NAME, |d| {
            add_over(
                d,
                "word/numbering.xml",
                "<w:numbering xmlns:w=\"w\"><w:lvlText w:val=\"Kai Mensah %1.\"/></w:numbering>",
            )
        }),
        ("the name of a font", NAME, |d| {
            swap(d, "word/fontTable.xml", "w:name=\"Convenor Sans\"", "w:name=\"Kai Mensah\"")
        }),
        ("where a link goes", NAME, |d| {
            let link = format!(
                "<Relationship Id=\"rId99\" Type=\"{HYPERLINK}\" Target=\"https://x.example/K%61i%20Mensah\" TargetMode=\"External\"/></Relationships>"
            );
            swap(d, LINKS, "</Relationships>", &link)
        }),
        ("the id of a relation", NAME, |d| {
            let link = format!(
                "<Relationship Id=\"KaiMensah\" Type=\"{HYPERLINK}\" Target=\"https://x.example/\" TargetMode=\"External\"/></Relationships>"
            );
            swap(d, LINKS, "</Relationships>", &link)
        }),
        ("the kind of a part", NAME, |d| {
            swap(d, KINDS, "</Types>", "<Default Extension=\"x\" ContentType=\"text/kai-mensah\"/></Types>")
        }),
        ("a comment after the end of a part", NAME, |d| {
            swap(d, STYLES, "</w:styles>", "</w:styles><!-- Kai Mensah -->")
        }),
        ("the declaration of a part", NAME, |d| {
            swap(d, STYLES, "<?xml version", "<?xml-note Kai Mensah?><?xml version")
        }),
        ("the note of a picture", NAME, |d| picture(d, PICTURE, b"Author\0Kai Mensah")),
        ("the remark of the archive", NAME, |d| rewritten(d, Some("Kai Mensah"), &|_, data| data)),
        ("a second picture", NAME, |d| {
            let png = with_note(&part(d, PICTURE), b"x\0Kai Mensah");
            add_bytes(d, "word/media/other.png", &png)
        }),
    ]
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// A document with one more paragraph.
fn p(data: &[u8], content: &str) -> Vec<u8> {
    swap(data, TEXT, "<w:body>", &format!("<w:body><w:p>{content}</w:p>"))
}

fn control(data: &[u8], property: &str) -> Vec<u8> {
    p(data, &format!("<w:sdt><w:sdtPr>{property}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("x")))
}
