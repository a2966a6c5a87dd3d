//! Words of the format, which are no text: they say nothing, and a reader shows none of them.
//!
//! In: names and values. Out: whether the standards (HTML, ARIA 1.2, CSS, SVG 2) define them for that place, or whether they
//! are of the shape that our pages give to an id. A word that is not listed is read like any other text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::gate::kind::is_tag_of_language;

/// Elements of HTML that show what is in them, and of drawings within a page.
static ELEMENTS: Words = LazyLock::new(|| {
    words(
        " a abbr address article aside b bdi bdo blockquote body br button caption cite code col colgroup data datalist \
    dd del details dfn dialog div dl dt em fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hgroup hr html i img \
    input ins kbd label legend li line main mark menu meta meter nav ol optgroup option output p path pre progress q rect rp rt ruby s \
    samp search section select small span strong style sub summary sup svg table tbody td textarea tfoot th thead time title tr u ul \
    var wbr ",
    )
});

/// Those that stand within a line.
static IN_A_LINE: Words = LazyLock::new(|| {
    words(
        " a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q s samp small span strong sub sup time u var wbr ",
    )
});

/// Elements that run, or that load something.
static RUNS: Words = LazyLock::new(|| {
    words(
        " applet audio base embed frame frameset iframe link math noembed noframes noscript object param plaintext portal script \
    slot source template track video xmp ",
    )
});

static ATTRIBUTES: Words = LazyLock::new(|| {
    words(
        " abbr alt aria-describedby aria-hidden aria-label aria-labelledby autocomplete charset checked cite class cols \
    colspan content cx cy data-head datetime dir disabled for headers height hidden href hreflang http-equiv id label lang media name open \
    placeholder points preserveaspectratio r readonly rel rel required reversed role rows rowspan scope span spellcheck src start style tabindex \
    title translate type value viewbox width x y ",
    )
});

/// Attributes whose value is an address that is loaded.
static LOADED: Words = LazyLock::new(|| {
    words(
        " action archive background classid codebase data formaction icon longdesc manifest ping poster profile src \
    srcset usemap xlink:href ",
    )
});

/// Classes of our pages.
static CLASSES: Words = LazyLock::new(|| {
    words(
        " back bar blank box card closing columns contents date decision draft drawn field foot form front halves head help \
    idea keep label labels large-print letter line logo loose marking notice number other owner paper papers picture report sender ring signature skip stage \
    status step tag text tick ticks time turn unseen whole wide window words ",
    )
});

/// Properties, values, functions, units and rules of CSS, and the classes and variables of our pages.
static STYLE: Words = LazyLock::new(|| {
    words(
        " -webkit-print-color-adjust -webkit-text-size-adjust active accent accent-color after align align-items alt and any attr \
    auto avoid background balance before block block-size body bold border border-block border-block-end border-block-start \
    border-bottom border-box border-collapse border-inline-start border-inline-start-width border-radius border-top border-width both \
    bottom bottom-left bottom-right bottom-center bottom-left-corner box-sizing break-after break-before break-inside break-word calc \
    canvastext caption center ch clamp child clip-path collapse color color-scheme colour column column-gap columns contain contenteditable content \
    counter currentcolor dark dashed display end exact family fill first first-child flex flex-direction flex-end flex-start flex-wrap \
    fit-content field-sizing focus focus-visible font font-face font-family font-size font-style font-weight fonts forced-colors fr gap \
    grid grid-column grid-row grid-template-columns grid-template-rows ground hair has height hidden highlight hover important in \
    inherit inline inline-block inline-size input inset inset-block-start inset-inline-start is italic justify-content justify-items k \
    last last-child left light line line-height list-style margin margin-block margin-block-end margin-block-start margin-bottom \
    margin-inline-end margin-inline-start margin-top max max-height max-width media middle min min-content min-height min-width minmax \
    mm none normal not nowrap nth-child object-fit object-position of orphans outline outline-color outline-offset overflow \
    overflow-wrap padding padding-block padding-block-end padding-block-start padding-bottom padding-inline-end padding-inline-start \
    padding-top page pages position position-area prefers-color-scheme print print-color-adjust pt px quiet relative rem absolute \
    repeat resize right rotate root sans-serif screen serif small size solid space-between span src start static stroke stroke-width sub super system-ui \
    table table-header-group text text-align text-decoration text-decoration-thickness text-size-adjust text-underline-offset \
    text-wrap tint to top top-center transparent type underline unset var vertical vertical-align vh visible vw white-space widows \
    width z-index em deg ink a4 auto-fit background-color stretch area self where checkbox data-head isolation isolate s wrap lines rows ",
    )
});

static MEDIA_TYPES: Words = LazyLock::new(|| words(" text checkbox radio submit button "));
static ROLES: Words = LazyLock::new(|| {
    words(" banner complementary contentinfo group list listitem main navigation note region row table ")
});
static NAMES_OF_METADATA: Words = LazyLock::new(|| words(" author color-scheme generator referrer robots viewport "));
/// Values of metadata, whole.
const METADATA: [&str; 6] = [
    "width=device-width, initial-scale=1",
    "light dark",
    "no-referrer",
    "noindex, nofollow",
    "convenor",
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
];
/// What our pages count by in an id.
const IDS: [&str; 6] = ["part", "box", "field", "tick", "signed", "line"];

static DRAWN: Words = LazyLock::new(|| {
    words(
        " svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient stop \
    clipPath mask use image style symbol pattern filter metadata a switch textPath marker ",
    )
});

/// Some words, found in a few steps: a style sheet has thousands of names.
type Words = LazyLock<BTreeSet<&'static str>>;

fn words(list: &'static str) -> BTreeSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

fn has(list: &BTreeSet<&'static str>, word: &str) -> bool {
    list.contains(word)
}

/// Whether a word is one of a few.
fn among(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|known| known == word)
}

pub fn is_element(name: &str) -> bool {
    has(&ELEMENTS, name) || has(&DRAWN, name)
}

pub fn is_within_a_line(name: &str) -> bool {
    has(&IN_A_LINE, name)
}

pub fn runs_or_loads(name: &str) -> bool {
    has(&RUNS, name)
}

pub fn is_attribute(name: &str) -> bool {
    has(&ATTRIBUTES, name)
}

pub fn loads(element: &str, name: &str) -> bool {
    has(&LOADED, name) || name == "href" && !matches!(element, "a" | "area")
}

pub fn is_class(word: &str) -> bool {
    has(&CLASSES, word) || word.strip_prefix("points-").is_some_and(is_number)
}

/// The name of an attribute as it may be told. One that is not defined may be anything.
pub fn shown(name: &str) -> &str {
    if is_attribute(name) || name.len() == 1 { name } else { "of another name" }
}

/// Whether a value is one that the format defines, or that counts.
pub fn is_machine_made(element: &str, name: &str, value: &str) -> bool {
    match name {
        "id" | "for" | "aria-labelledby" | "aria-describedby" => value.split_ascii_whitespace().all(is_id),
        "href" => value.strip_prefix('#').is_some_and(is_id),
        "cx" | "cy" | "r" | "x" | "y" | "rows" | "cols" | "start" | "width" | "height" | "colspan" | "rowspan"
        | "tabindex" => is_number(value),
        "viewbox" | "points" => value.split_ascii_whitespace().all(is_number),
        "preserveaspectratio" => value == "none",
        "checked" | "hidden" | "disabled" | "required" | "readonly" | "open" => value.is_empty() || value == name,
        "aria-hidden" => matches!(value, "true" | "false"),
        "type" => has(&MEDIA_TYPES, value),
        "role" => has(&ROLES, value),
        "scope" => matches!(value, "col" | "row"),
        "lang" => is_tag_of_language(value),
        "dir" => matches!(value, "ltr" | "rtl"),
        "charset" => value.eq_ignore_ascii_case("utf-8"),
        "http-equiv" => value == "Content-Security-Policy",
        "name" => element == "meta" && has(&NAMES_OF_METADATA, value),
        "content" => METADATA.contains(&value),
        _ => false,
    }
}

fn is_id(word: &str) -> bool {
    let word = word.strip_suffix("-help").unwrap_or(word);
    let counted = word.rsplit_once('-').is_some_and(|(kind, number)| IDS.contains(&kind) && is_number(number));
    counted || matches!(word, "text" | "contents")
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a name of a style sheet is one that CSS defines, a number with its unit, or a colour.
pub fn is_style_word(name: &str) -> bool {
    if let Some(digits) = name.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    let name = name.strip_prefix('@').unwrap_or(name);
    let name = name.strip_prefix("--").unwrap_or(name).to_ascii_lowercase();
    let unit = name.trim_start_matches(['-', '+']).trim_start_matches(|c: char| c.is_ascii_digit());
    [name.as_str(), unit]
        .iter()
        .any(|word| word.is_empty() || has(&STYLE, word) || has(&ELEMENTS, word) || is_class(word))
}

/// Whether a string of a style sheet is the family of an embedded font, or one of those that stand in for it.
pub fn is_family(string: &str) -> bool {
    crate::fonts::FAMILIES.contains(&string) || matches!(string, "Own")
}

pub fn is_drawn(name: &str) -> bool {
    has(&DRAWN, name)
}

/// Whether the value of an attribute of a drawing is made of measures, places and colours.
pub fn is_drawing(name: &str, value: &str) -> bool {
    let all = |signs: &str| value.chars().all(|c| c.is_ascii_digit() || " .,-+\n\t%".contains(c) || signs.contains(c));
    match name {
        "d" => all("MmLlHhVvCcSsQqTtAaZzeE"),
        "transform" | "gradientTransform" | "patternTransform" => {
            let words = value.split(|c: char| !c.is_ascii_alphabetic());
            words
                .into_iter()
                .all(|word| among(" matrix translate scale rotate skewX skewY e ", word) || word.is_empty())
        }
        "points" | "viewBox" | "x" | "y" | "x1" | "x2" | "y1" | "y2" | "r" | "rx" | "ry" | "cx" | "cy" | "dx"
        | "dy" | "offset" | "width" | "height" | "version" | "opacity" | "font-size" | "font-weight"
        | "letter-spacing" | "stroke-dasharray" => {
            let word = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let unit = &value[word.len()..];
            word.chars().all(|c| c.is_ascii_digit() || " .,-+\n\t%".contains(c))
                && among(" px mm cm pt em rem bold normal ", unit)
                || all("")
        }
        _ => {
            let of_paint =
                name.starts_with("fill") || name.starts_with("stroke") || name == "stop-color" || name == "color";
            let is_colour = value.starts_with('#') && is_style_word(value);
            let words = " none evenodd nonzero round butt square miter bevel currentColor white black start middle end isolate \
                default img preserve userSpaceOnUse objectBoundingBox xMidYMid meet slice ";
            of_paint && (is_colour || all("")) || value.split_ascii_whitespace().all(|word| among(words, word))
        }
    }
}

/// What stands before the root of a drawing, without the declaration that it is XML.
pub fn without_declaration(around: &str) -> String {
    let declared = around.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let is_plain = |said: &str| {
        let words = said.split(|c: char| !c.is_ascii_alphanumeric());
        words.into_iter().all(|word| {
            among(" version encoding standalone UTF utf yes no ", word) || word.bytes().all(|b| b.is_ascii_digit())
        })
    };
    match declared {
        Some((said, rest)) if is_plain(said) => rest.to_owned(),
        _ => around.to_owned(),
    }
}
