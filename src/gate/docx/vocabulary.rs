//! Words of the format, which are no text: they say nothing, and a reader shows none of them.
//!
//! In: names and values. Out: whether the standards (ECMA-376, MS-DOCX, Dublin Core) define them for that place, or whether
//! they are of the shape that our papers give to an id. A word that is not listed is read like any other text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use roxmltree::Node;

use crate::fonts::FAMILIES;
use crate::gate::kind::is_tag_of_language;
use crate::gate::package::Vocabulary;
use crate::layers::has_ending;

/// What the format defines, and the keys of fonts that were met.
#[derive(Default)]
pub struct Word {
    /// The keys.
    pub keys: Vec<String>,
}

type Words = LazyLock<BTreeSet<&'static str>>;

fn words(list: &'static str) -> BTreeSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

static ELEMENTS: Words = LazyLock::new(|| words(include_str!("elements.txt")));
static ATTRIBUTES: Words = LazyLock::new(|| words(include_str!("attributes.txt")));
/// Values that the standards define for some attribute.
static VALUES: Words = LazyLock::new(|| {
    words(
        " 000000 around atLeast auto fixed bottom bullet cantSplit center character clear clear dashed dcterms:W3CDTF decimal default \
        doNotCompress dxa en-GB zh-CN ar-SA exact External first firstRow hybridMultilevel left nextPage nil none num numbering oddPage \
        page paragraph preserve rect right separate begin end single swiss table top variable w14 compatibilityMode overrideTableStyleFontSizeAndJustification enableOpenTypeFeatures \
        doNotFlipMirrorIndents Logo Picture MS \
        png rels xml odttf nsid continuous center lastCol firstCol wholeTable ",
    )
});
/// Names of styles of ours without their numbers, as names and as ids.
static STYLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let names = "Normal,Body Text,Body Text After Table,Body Text After List,Clause,Card Title,Quote,Notice,Decision,Title,Subtitle,heading,List Bullet,List Number,List \
        Continue,List Tick,List Tick Continue,Divider,caption,Table Text,Table Head,Term,Value,Field Label,Field Help,Field Entry,\
        Signature For,Signature Label,Left and Right,Closing,Signature,Signature Lines,TOC Heading,toc,header,footer,Page Number \
        Line,Letterhead,Logo,Logo in Letter,Marking,Marking in Letter,Sender Name,Sender First,Sender,Window Address,Inside Address,Card Name,\
        Card Line,Page Turn,Gap,Default Paragraph Font,Strong,Hyperlink,Tag,Draft,Placeholder Text,Tick Box,Normal Table,Paper \
        Table,Log Table,Details,Field,Signature Lines Table,Card,Idea Table,Foot Table,No List";
    let within = ["", "Quote ", "Notice ", "Decision "];
    names.split(',').flat_map(|name| within.map(|within| format!("{within}{name}"))).collect()
});
/// Families besides our own: of the boxes to tick, and of what stands in for a font.
const OTHER_FAMILIES: [&str; 2] = ["MS Gothic", "Arial"];
/// Namespaces, each with the prefixes that our papers give it.
const NAMESPACES: [(&str, &str); 15] = [
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
    ("", "http://schemas.openxmlformats.org/package/2006/content-types"),
    ("", "http://schemas.openxmlformats.org/package/2006/relationships"),
    ("", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"),
];
/// Kinds of parts and of relations, without what they begin with.
const KINDS: [&str; 19] = [
    "relationships+xml",
    "core-properties+xml",
    "extended-properties+xml",
    "document.main+xml",
    "styles+xml",
    "numbering+xml",
    "settings+xml",
    "fontTable+xml",
    "header+xml",
    "footer+xml",
    "obfuscatedFont",
    "officeDocument",
    "core-properties",
    "extended-properties",
    "styles",
    "numbering",
    "settings",
    "fontTable",
    "font",
];
const OTHER_KINDS: [&str; 4] = ["header", "footer", "image", "hyperlink"];
const WHOLE_KINDS: [&str; 2] = ["application/xml", "image/png"];
/// What the kinds begin with.
const BEFORE_KINDS: [&str; 6] = [
    "application/vnd.openxmlformats-package.",
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    "http://schemas.microsoft.com/office/",
];
/// Codes of the fields of our papers.
const CODES: [&str; 3] = ["PAGE", "NUMPAGES", "TOC \\o \"1-1\" \\n \\h \\z"];

/// Elements that run, or that bring in something that is not text (ECMA-376 part 1, §17.17, §11.3).
const RUNS: [&str; 12] = [
    "altChunk",
    "attachedTemplate",
    "control",
    "object",
    "OLEObject",
    "subDoc",
    "mailMerge",
    "dataBinding",
    "movie",
    "script",
    "scriptAnchor",
    "frameset",
];

impl Vocabulary for Word {
    const DECLARATION: &'static str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

    fn is_shown(part: &str) -> bool {
        is_shown(part)
    }

    fn is_element(name: &str) -> bool {
        ELEMENTS.contains(name)
    }

    fn is_attribute(name: &str) -> bool {
        ATTRIBUTES.contains(name)
    }

    fn is_namespace(prefix: &str, uri: &str) -> bool {
        NAMESPACES.contains(&(prefix, uri))
    }

    fn is_machine_made(element: &str, name: &str, value: &str) -> bool {
        is_machine_made(element, name, value)
    }

    fn spelt_out(value: &str) -> String {
        value.to_owned()
    }

    fn parts_words(element: &str) -> bool {
        parts_words(element)
    }

    fn is_aside(element: &str) -> bool {
        matches!(element, "del" | "drawing" | "pict" | "txbxContent")
    }

    fn is_known_text(element: &str, words: &str) -> bool {
        let is_language = element == "language" && is_tag_of_language(words);
        is_language || matches!((element, words), ("revision", "1") | ("Application", "convenor"))
    }

    fn is_code(element: &str) -> bool {
        element.contains("nstrText")
    }

    fn is_known_code(text: &str) -> bool {
        text.trim().is_empty() || CODES.contains(&text.trim())
    }

    fn check_codes(codes: &str) -> Result<(), String> {
        ensure_fields_load_nothing(codes)
    }

    fn meet(&mut self, node: Node<'_, '_>, shown: &mut String) -> Result<(), String> {
        let name = node.tag_name().name();
        if RUNS.contains(&name) {
            return Err("it has an element that runs, or that loads something".to_owned());
        }
        match name {
            "noBreakHyphen" => shown.push('-'),
            "softHyphen" => shown.push('\u{AD}'),
            "sym" => shown.extend(symbol(node)),
            "Relationship" => ensure_loads_nothing(node)?,
            "fldSimple" => {
                let code: String = node.attributes().map(|it| it.value()).collect();
                ensure_fields_load_nothing(&code)?;
            }
            _ => {}
        }
        self.keys.extend(node.attributes().filter(|it| it.name() == "fontKey").map(|it| it.value().to_owned()));
        Ok(())
    }
}

/// A letter by its number (ECMA-376 part 1, §17.3.3.30). Those of symbol fonts are moved up by F000.
fn symbol(node: Node<'_, '_>) -> Option<char> {
    let number =
        node.attributes().find(|it| it.name() == "char").and_then(|it| u32::from_str_radix(it.value(), 16).ok())?;
    char::from_u32(if (0xF000..=0xF0FF).contains(&number) { number - 0xF000 } else { number })
}

/// Checks that a relation leads to a part, or is a link that somebody may follow.
fn ensure_loads_nothing(node: Node<'_, '_>) -> Result<(), String> {
    let of = |name: &str| node.attribute(name).unwrap_or_default();
    let target = of("Target").trim().to_ascii_lowercase();
    let is_link = of("Type").ends_with("/hyperlink")
        && ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme));
    let is_within =
        !of("TargetMode").eq_ignore_ascii_case("external") && !target.contains(':') && !target.contains("//");
    if is_link || is_within { Ok(()) } else { Err("it loads something from elsewhere".to_owned()) }
}

/// Whether a part has a name that every paper of ours has.
pub fn is_name_of_part(name: &str) -> bool {
    let known = [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "docProps/app.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/fontTable.xml.rels",
    ];
    known.contains(&name) || name.strip_prefix("word/").is_some_and(is_target)
}

/// Whether a target is a part of ours, below the part of the text or from the package.
fn is_target(target: &str) -> bool {
    let known = [
        "styles.xml",
        "numbering.xml",
        "settings.xml",
        "fontTable.xml",
        "media/logo.png",
        "word/document.xml",
        "docProps/core.xml",
        "docProps/app.xml",
    ];
    let numbered = |before: &str, after: &str| {
        target.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(is_count)
    };
    known.contains(&target)
        || numbered("header", ".xml")
        || numbered("footer", ".xml")
        || numbered("fonts/font", ".odttf")
        || numbered("media/picture", ".png")
}

/// Whether a reader of the document sees the text of a part.
fn is_shown(part: &str) -> bool {
    part.strip_prefix("word/").is_some_and(|name| {
        ["document", "header", "footer"].iter().any(|kind| name.starts_with(kind) && has_ending(name, "xml"))
    })
}

/// Checks that no code of a field runs or brings in anything (§17.16.5).
fn ensure_fields_load_nothing(codes: &str) -> Result<(), String> {
    let mut named = codes.split(|c: char| !c.is_ascii_alphanumeric());
    let loads = |word: &str| {
        let word = word.to_ascii_uppercase();
        matches!(
            word.as_str(),
            "DDE"
                | "DDEAUTO"
                | "DATABASE"
                | "IMPORT"
                | "INCLUDE"
                | "INCLUDEPICTURE"
                | "INCLUDETEXT"
                | "LINK"
                | "MACROBUTTON"
        )
    };
    if named.any(loads) { Err("it has a field that runs, or that loads something".to_owned()) } else { Ok(()) }
}

/// Whether an element ends a word: it begins a line, a cell or another text.
fn parts_words(name: &str) -> bool {
    matches!(
        name,
        "p" | "tc"
            | "tr"
            | "tbl"
            | "br"
            | "cr"
            | "tab"
            | "ptab"
            | "drawing"
            | "pict"
            | "txbxContent"
            | "sdtPr"
            | "comment"
            | "footnote"
            | "endnote"
            | "title"
            | "subject"
            | "creator"
            | "keywords"
            | "description"
            | "identifier"
            | "language"
            | "lastModifiedBy"
            | "revision"
            | "created"
            | "modified"
            | "category"
            | "contentStatus"
            | "Application"
            | "Company"
            | "Manager"
            | "Template"
            | "lpwstr"
            | "property"
    )
}

/// Whether the value of an attribute is one that the format defines, or that counts.
fn is_machine_made(element: &str, name: &str, value: &str) -> bool {
    if is_number(value) {
        return true;
    }
    match (element, name) {
        // What is said: the words of a picture, the name of a control or of a table, and where a link goes.
        ("alias" | "tblCaption" | "tblDescription", "val") | (_, "descr" | "title") => false,
        ("lang", "val" | "bidi") => is_tag_of_language(value) || VALUES.contains(value),
        ("tag", "val") => numbered(value, &["field-", "tick-"]),
        ("Relationship", "Target") | ("Override", "PartName") => is_target_of_package(value),
        ("Relationship", "Type") | (_, "ContentType") => is_kind(value),
        ("fldSimple", "instr") => CODES.contains(&value.trim()),
        (
            "color" | "shd" | "top" | "left" | "bottom" | "right" | "insideH" | "insideV" | "bdr",
            "val" | "color" | "fill",
        ) => is_hex(value, 6) || VALUES.contains(value),
        ("tblLook" | "checkedState" | "uncheckedState", "val") => is_hex(value, 4),
        (_, "fontKey") => is_key(value),
        (_, "ascii" | "hAnsi" | "cs" | "eastAsia" | "font") | ("altName", "val") | ("font", "name") => {
            FAMILIES.contains(&value) || OTHER_FAMILIES.contains(&value) || VALUES.contains(value)
        }
        ("style", "styleId") | ("pStyle" | "rStyle" | "tblStyle" | "basedOn" | "next" | "link", "val") => {
            is_style(value)
        }
        ("name", "val") => is_style_name(value),
        ("bookmarkStart", "name") | ("hyperlink", "anchor") => numbered(value, &["_Toc"]),
        ("lvlText", "val") => matches!(value, "•" | "%1." | "%2." | "%3."),
        ("decimalSymbol" | "listSeparator", "val") => matches!(value, "." | ","),
        ("graphicData", "uri") => NAMESPACES.iter().any(|(_, uri)| *uri == value),
        ("compatSetting", "uri") => value == "http://schemas.microsoft.com/office/word",
        (_, "id" | "embed" | "Id") => numbered(value, &["rId"]),
        _ => VALUES.contains(value),
    }
}

fn is_target_of_package(value: &str) -> bool {
    let value = value.trim_start_matches('/');
    is_target(value) || value.strip_prefix("word/").is_some_and(is_target)
}

fn is_kind(value: &str) -> bool {
    let is_known = |kind: &str| KINDS.contains(&kind) || OTHER_KINDS.contains(&kind);
    WHOLE_KINDS.contains(&value) || BEFORE_KINDS.iter().any(|before| value.strip_prefix(before).is_some_and(is_known))
}

fn is_style_name(value: &str) -> bool {
    let bare = value.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    STYLES.contains(bare)
}

/// The id of a style is its name without spaces, each word with a capital.
fn is_style(value: &str) -> bool {
    static IDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let id = |name: &String| {
            let capital = |word: &str| {
                let mut letters = word.chars();
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
            };
            name.split(' ').map(capital).collect()
        };
        STYLES.iter().map(id).collect()
    });
    IDS.contains(value.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Digits with the signs and units of a measure.
fn is_number(value: &str) -> bool {
    let bare = value.strip_prefix('-').unwrap_or(value);
    !bare.is_empty() && bare.len() <= 20 && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && bare.bytes().filter(|b| *b == b'.').count() <= 1
        && bare.starts_with(|c: char| c.is_ascii_digit())
        // A number that could be somebody's reference is longer than any measure of a page.
        && bare.len() <= 9
}

fn is_count(value: &str) -> bool {
    (1..=6).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

fn numbered(value: &str, before: &[&str]) -> bool {
    before.iter().any(|before| value.strip_prefix(before).is_some_and(is_count))
}

fn is_hex(value: &str, digits: usize) -> bool {
    value.len() == digits && value.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A key between braces, its five groups joined by hyphens.
fn is_key(value: &str) -> bool {
    let groups: Vec<&str> = value.trim_start_matches('{').trim_end_matches('}').split('-').collect();
    let is_right = |(group, digits): (&&str, usize)| is_hex(group, digits);
    value.len() == 38 && groups.len() == 5 && groups.iter().zip([8, 4, 4, 4, 12]).all(is_right)
}
