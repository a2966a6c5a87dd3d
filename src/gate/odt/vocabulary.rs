//! Words of the format, which are no text: they say nothing, and a reader shows none of them.
//!
//! In: names and values. Out: whether the standards (ODF 1.2, Dublin Core, XSL) define them for that place, or whether they are
//! of the shape that our papers give to an id. A word that is not listed is read like any other text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use roxmltree::Node;

use crate::fonts::FAMILIES;
use crate::gate::kind::is_tag_of_language;
use crate::gate::package::Vocabulary;
use crate::model::language::Language;

/// What the package is.
pub const TEXT: &str = "application/vnd.oasis.opendocument.text";

/// What the format defines.
pub struct OpenText;

type Words = LazyLock<BTreeSet<&'static str>>;

fn words(list: &'static str) -> BTreeSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

static ELEMENTS: Words = LazyLock::new(|| {
    words(
        "a automatic-styles body bookmark-end bookmark-start config-item config-item-set content-control creation-date creator \
        date default-style desc document-content document-meta document-settings document-styles file-entry font-face \
        font-face-decls font-face-format font-face-src font-face-uri footer footer-style frame generator graphic-properties h \
        header header-footer-properties header-style image index-body index-entry-link-end index-entry-link-start \
        index-entry-page-number index-entry-tab-stop index-entry-text index-title index-title-template initial-creator language \
        line-break list list-item list-level-label-alignment list-level-properties list-level-style-bullet \
        list-level-style-number list-style manifest master-page master-styles meta p page-count page-layout \
        page-layout-properties page-number paragraph-properties s settings span style styles tab tab-stop tab-stops table \
        table-cell table-cell-properties table-column table-column-properties table-header-columns table-header-rows \
        table-of-content table-of-content-entry-template table-of-content-source table-properties table-row \
        table-row-properties text text-box text-input text-properties title user-defined",
    )
});
static ATTRIBUTES: Words = LazyLock::new(|| {
    words(
        "actuate alias align anchor-type background-color border border-bottom border-left border-model border-right border-top \
        break-before bullet-char c checkbox checked checked-state color column-width country country-asian country-complex \
        default-outline-level description display-name family fill font-family font-family-generic font-name font-name-asian \
        font-name-complex font-pitch font-size font-size-asian font-size-complex font-weight font-weight-asian \
        font-weight-complex full-path height horizontal-pos horizontal-rel href hyphenate keep-together keep-with-next \
        label-followed-by language language-asian language-complex leader-char level line-height line-height-at-least \
        list-level-position-and-space-mode list-tab-stop-position margin margin-bottom margin-left margin-right margin-top \
        master-page-name may-break-between-rows media-type min-height min-row-height name next-style-name num-format num-suffix \
        orphans outline-level padding padding-bottom padding-left padding-right padding-top page-height page-layout-name \
        page-usage page-width parent-style-name position print-orientation protected run-through flow-with-text select-page show \
        start-value string style-name tab-stop-distance text-align text-indent text-underline-color text-underline-style \
        text-underline-width type unchecked-state use-window-font-color value-type version vertical-align vertical-pos \
        vertical-rel visited-style-name widows width wrap writing-mode x y z-index",
    )
});
/// Values that the standards define for some attribute.
static VALUES: Words = LazyLock::new(|| {
    words(
        "all always as-char auto baseline bold boolean bottom center collapsing content current dashed embed end false \
        font-color foreground from-left from-top graphic label-alignment left listtab lr-tb rl-tb middle none onLoad page paragraph \
        portrait right run-through simple solid string swiss table table-cell table-column table-row text text/xml top true \
        truetype variable image/png application/x-font-ttf en GB zh CN ar SA . 1 1.2 • ☐ ☒ 100% / OpenSymbol 'OpenSymbol' \
        ooo:configuration-settings EmbedFonts EmbedOnlyUsedFonts EmbedLatinScriptFonts EmbedAsianScriptFonts \
        EmbedComplexScriptFonts AddParaTableSpacing AddParaTableSpacingAtStart TabsRelativeToIndent",
    )
});
/// Names of styles of ours without their numbers.
static STYLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let names = "Standard,Text body,Text body after Table,Text body after List,Clause,Title,Subtitle,Heading,List,List Cont.,\
        Numbering,Numbering 123,Bullet,Quotations,Notice,Decision,Tick List,Tick List Cont.,Horizontal Line,Caption,Table \
        Contents,Table Heading,Term,Value,Field Label,Field Help,Field Entry,Signature For,Signature Label,Left and Right,Closing,\
        Signature,Signature Lines,Contents Heading,Contents,Header,Footer,Page Number Line,Letterhead,Logo,Logo in Letter,\
        Marking,Marking in Letter,Sender Name,Sender First,Sender,Window Address,Addressee,Card Title,Card Name,Card Line,Page \
        Turn,Gap,Anchor,Strong Emphasis,Internet link,Tag,Draft,Placeholder,Tick Box,Frame,Graphics,First Page,Own Sheet";
    let within = ["", "Quotations ", "Notice ", "Decision "];
    names.split(',').flat_map(|name| within.map(|within| format!("{within}{name}"))).collect()
});
/// Names of our frames, of the list of contents and of our property.
const NAMES: [&str; 8] =
    ["Logo frame", "Marking frame", "Sender frame", "Address frame", "Logo", "Contents", "Contents_Head", "Reference"];
/// What the names of automatic styles, tables, bookmarks and layouts begin with.
const NUMBERED: [&str; 17] =
    ["P", "T", "Ta", "Co", "Ro", "Ce", "MP", "MT", "MTa", "MCo", "MRo", "MCe", "Table", "Picture", "fr", "pm", "part-"];
/// Namespaces, each with the prefix that our papers give it.
const NAMESPACES: [(&str, &str); 15] = [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ("manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("ooo", "http://openoffice.org/2004/office"),
    ("loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
];
/// Elements that run, that bring in something from elsewhere, or that hide their words from whoever has no key (ODF 1.2 part 1,
/// §3.12, §7.7, §10.4, §12.3, §13; part 3, §3.4).
const RUNS: [&str; 22] = [
    "applet",
    "database-display",
    "database-next",
    "database-row-select",
    "dde-connection",
    "dde-connection-decl",
    "dde-connection-decls",
    "dde-source",
    "encryption-data",
    "event-listener",
    "event-listeners",
    "execute-macro",
    "floating-frame",
    "libraries",
    "object",
    "object-ole",
    "plugin",
    "script",
    "scripts",
    "section-source",
    "table-source",
    "xforms-model",
];

impl Vocabulary for OpenText {
    const DECLARATION: &'static str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

    fn is_shown(part: &str) -> bool {
        matches!(part, "content.xml" | "styles.xml")
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

    fn is_machine_made(_element: &str, name: &str, value: &str) -> bool {
        match name {
            // What is said: the name of a place to fill in, and of a box to tick.
            "description" | "alias" => false,
            "language" | "language-complex" if Language::of_tag(value).is_some() => true,
            "href" | "full-path" => is_within(value),
            "media-type" => VALUES.contains(value) || value == TEXT,
            _ => VALUES.contains(value) || is_measure(value) || is_line(value) || is_name(value),
        }
    }

    fn spelt_out(value: &str) -> String {
        spelt_out(value)
    }

    fn parts_words(element: &str) -> bool {
        !matches!(
            element,
            "a" | "bookmark"
                | "bookmark-end"
                | "bookmark-start"
                | "change"
                | "change-end"
                | "change-start"
                | "content-control"
                | "meta"
                | "page-count"
                | "page-number"
                | "reference-mark"
                | "reference-mark-end"
                | "reference-mark-start"
                | "ruby-base"
                | "s"
                | "soft-page-break"
                | "span"
                | "text-input"
        )
    }

    fn is_aside(element: &str) -> bool {
        matches!(element, "annotation" | "frame" | "note" | "ruby-text" | "tracked-changes")
    }

    fn is_known_text(element: &str, words: &str) -> bool {
        let is_language = element == "language" && is_tag_of_language(words);
        is_language || matches!((element, words), ("generator", "convenor") | ("config-item", "true"))
    }

    /// There are no codes: a field is an element with its value.
    fn is_code(_element: &str) -> bool {
        false
    }

    fn is_known_code(text: &str) -> bool {
        text.trim().is_empty()
    }

    fn check_codes(_codes: &str) -> Result<(), String> {
        Ok(())
    }

    fn meet(&mut self, node: Node<'_, '_>, shown: &mut String) -> Result<(), String> {
        let name = node.tag_name().name();
        if RUNS.contains(&name) {
            return Err("it has an element that runs, loads something or is encrypted".to_owned());
        }
        if name == "s" {
            shown.push(' ');
        }
        node.attributes().filter(|it| it.name() == "href").try_for_each(|it| ensure_loads_nothing(name, it.value()))
    }
}

/// A name as it stands and with its letters that are spelt by number (`_20_` is a space), if it has any (ODF 1.2 part 1, §19.498).
fn spelt_out(value: &str) -> String {
    let mut parts = value.split('_');
    let mut name = parts.next().unwrap_or_default().to_owned();
    let mut rest: Vec<&str> = parts.collect();
    rest.reverse();
    while let Some(part) = rest.pop() {
        let is_number = (1..=6).contains(&part.len()) && !rest.is_empty();
        match u32::from_str_radix(part, 16).ok().filter(|_| is_number).and_then(char::from_u32) {
            Some(letter) => {
                name.push(letter);
                name.push_str(rest.pop().unwrap_or_default());
            }
            None => name.extend(["_", part]),
        }
    }
    if name == value { name } else { format!("{value}\n{name}") }
}

/// Checks that an address leads into the package, or is a link that somebody may follow.
fn ensure_loads_nothing(element: &str, address: &str) -> Result<(), String> {
    let target = address.trim().to_ascii_lowercase();
    let is_link =
        element == "a" && ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme));
    let is_within = !target.contains([':', '\\']) && !target.starts_with('/') && !target.contains("..");
    if is_link || is_within { Ok(()) } else { Err("it loads something from elsewhere".to_owned()) }
}

/// Whether a part has a name that every paper of ours has.
pub fn is_name_of_part(name: &str) -> bool {
    let known = ["mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"];
    known.contains(&name) || is_file(name)
}

fn is_file(name: &str) -> bool {
    let number = name.strip_prefix("Fonts/font").and_then(|rest| rest.strip_suffix(".ttf"));
    let picture = name.strip_prefix("Pictures/picture").and_then(|rest| rest.strip_suffix(".png"));
    name == "Pictures/logo.png" || number.or(picture).is_some_and(is_count)
}

/// Whether an address is a part of ours, or a heading.
fn is_within(value: &str) -> bool {
    value == "/" || is_name_of_part(value) || value.strip_prefix("#part-").is_some_and(is_count)
}

/// Whether a value is the name of a style, a font, a table, a frame or a heading of ours.
fn is_name(value: &str) -> bool {
    let bare = value.trim_matches('\'');
    let is_numbered = || NUMBERED.iter().any(|before| value.strip_prefix(before).is_some_and(is_count));
    NAMES.contains(&value) || FAMILIES.contains(&bare) || is_style(value) || is_numbered()
}

/// A style by its name, spelt with spaces or as an attribute has them; a number at its end or in it is its level.
fn is_style(value: &str) -> bool {
    let name = value.replace("_20_", " ");
    if STYLES.contains(&name) {
        return true;
    }
    let without: Vec<&str> = name.split(' ').filter(|word| !is_count(word)).collect();
    without.len() + 1 == name.split(' ').count() && STYLES.contains(&without.join(" "))
}

/// A number with its unit. One of more digits could be somebody's reference.
fn is_measure(value: &str) -> bool {
    let bare = value.strip_prefix('-').unwrap_or(value);
    let bare = ["mm", "pt", "%"].iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare);
    let (whole, part) = bare.split_once('.').unwrap_or((bare, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 4) && digits(part, 2)
}

/// A colour, or a line with its thickness, its kind and its colour.
fn is_line(value: &str) -> bool {
    let is_colour = |word: &str| {
        word.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    match value.split(' ').collect::<Vec<_>>().as_slice() {
        [colour] => is_colour(colour),
        [thick, kind, colour] => is_measure(thick) && matches!(*kind, "solid" | "dashed") && is_colour(colour),
        _ => false,
    }
}

fn is_count(value: &str) -> bool {
    (1..=4).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_with_its_letters() {
        assert_eq!(spelt_out("Kai_20_Mensah"), "Kai_20_Mensah\nKai Mensah");
        assert_eq!(spelt_out("_4b_ai_20_Mensah_"), "_4b_ai_20_Mensah_\nKai Mensah_");
        for plain in ["", "a", "_", "a_b", "a_20", "a_zz_b", "x_y_"] {
            assert_eq!(spelt_out(plain), plain);
        }
    }
}
