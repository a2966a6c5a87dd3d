//! What the standard asks of a document for Word, typed from it a second time: the order of children (ECMA-376 part 1), and
//! that whatever is named in one part is there in another, and nothing besides.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::package::{Package, all, child, get, value};

/// The children of an element in the order of its schema. Those with `*` may be repeated.
const ORDER: &[(&str, &str)] = &[
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing \
        ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle \
        rPr sectPr pPrChange",
    ),
    (
        "rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden \
        color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
    ),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders \
        shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    ("tbl", "tblPr tblGrid tr*"),
    ("tr", "trPr tc*"),
    ("tcPr", "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    ("tblBorders", "top left bottom right insideH insideV"),
    ("tcBorders", "top left bottom right insideH insideV"),
    ("tblCellMar", "top left bottom right"),
    ("pBdr", "top left bottom right between bar"),
    ("sdt", "sdtPr sdtEndPr sdtContent"),
    ("sdtPr", "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex text checkbox"),
    ("checkbox", "checked checkedState uncheckedState"),
    (
        "sectPr",
        "headerReference* footerReference* type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote \
        titlePg textDirection bidi rtlGutter docGrid",
    ),
    ("styles", "docDefaults latentStyles style*"),
    ("docDefaults", "rPrDefault pPrDefault"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr trPr \
        tcPr tblStylePr*",
    ),
    ("tblStylePr", "pPr rPr tblPr trPr tcPr"),
    ("numbering", "abstractNum* num*"),
    ("abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl*"),
    ("lvl", "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId lvlJc pPr rPr"),
    ("num", "abstractNumId lvlOverride*"),
    (
        "settings",
        "embedTrueTypeFonts embedSystemFonts saveSubsetFonts defaultTabStop characterSpacingControl compat themeFontLang \
        decimalSymbol listSeparator",
    ),
    ("font", "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic"),
    ("inline", "extent effectExtent docPr cNvGraphicFramePr graphic"),
    ("pic", "nvPicPr blipFill spPr"),
    ("spPr", "xfrm prstGeom"),
];

/// What is wrong with a document.
pub fn faults(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, tree) in package.trees() {
        for node in tree.descendants().filter(Node::is_element) {
            faults.extend(order(node).map(|why| format!("{name}: {why}")));
        }
        if name.starts_with("word/") && !name.contains("_rels") {
            faults.extend(content(tree.root_element()).into_iter().map(|why| format!("{name}: {why}")));
        }
    }
    faults.extend(names(package));
    faults.extend(relations(package));
    faults.extend(kinds(package));
    faults
}

/// A child that stands before one that should come first, or that the element cannot have.
fn order(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    let (_, children) = ORDER.iter().find(|(its, _)| *its == name)?;
    let places: Vec<&str> = children.split_ascii_whitespace().collect();
    let mut last = 0;
    let mut seen = BTreeSet::new();
    for child in node.children().filter(Node::is_element) {
        let its = child.tag_name().name();
        let Some(at) = places.iter().position(|place| place.trim_end_matches('*') == its) else {
            return Some(format!("`{name}` holds `{its}`"));
        };
        let is_again = !seen.insert(its) && !places[at].ends_with('*');
        if at < last || is_again {
            return Some(format!("`{its}` is out of its place in `{name}`"));
        }
        last = at;
    }
    None
}

/// Rules that no order says.
fn content(root: Node<'_, '_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    for cell in all(root, "tc") {
        let last = cell.children().rfind(Node::is_element).map(|it| it.tag_name().name());
        check(last == Some("p"), "a cell does not end on a paragraph".to_owned());
    }
    for name in ["body", "hdr", "ftr"] {
        for text in all(root, name) {
            let names: Vec<&str> = text.children().filter(Node::is_element).map(|it| it.tag_name().name()).collect();
            let last = names.iter().rfind(|name| **name != "sectPr");
            check(last == Some(&"p"), format!("`{name}` does not end on a paragraph"));
            let touching = names.windows(2).any(|two| two == ["tbl", "tbl"]);
            check(!touching, "two tables touch and would become one".to_owned());
            check(name != "body" || names.last() == Some(&"sectPr"), "the last section has no properties".to_owned());
        }
    }
    for table in all(root, "tbl") {
        let style = value(table, &["tblPr", "tblStyle"]).unwrap_or_default();
        let rows: Vec<Node<'_, '_>> = table.children().filter(|it| it.tag_name().name() == "tr").collect();
        let columns = child(table, "tblGrid").map_or(0, |grid| grid.children().count());
        let cells = |row: &Node<'_, '_>| row.children().filter(|it| it.tag_name().name() == "tc").count();
        check(!rows.is_empty() && rows.iter().all(|row| cells(row) == columns), format!("a short row in {style}"));
        let look = child(table, "tblPr").and_then(|it| child(it, "tblLook"));
        let is_headed = look.and_then(|look| get(look, "firstRow")) == Some("1");
        let bits =
            look.and_then(|look| get(look, "val")).and_then(|bits| u32::from_str_radix(bits, 16).ok()).unwrap_or(0);
        check((bits & 0x20 != 0) == is_headed, "the bits of a table's look say something else".to_owned());
        let repeats = |row: &Node<'_, '_>| all(*row, "tblHeader").next().is_some();
        let repeated = rows.iter().take_while(|row| repeats(row)).count();
        check((repeated == 1) == is_headed, format!("a head that does not repeat in {style}"));
        check(rows.iter().filter(|row| repeats(row)).count() == repeated, "a head below other rows".to_owned());
        check(is_headed || !["PaperTable", "LogTable", "Field"].contains(&style), format!("{style} without a head"));
    }
    for picture in all(root, "docPr") {
        check(
            get(picture, "descr").is_some_and(|words| !words.trim().is_empty()),
            "a picture without words".to_owned(),
        );
    }
    let mut ids = BTreeSet::new();
    for id in all(root, "id").filter(|it| it.parent().is_some_and(|it| it.tag_name().name() == "sdtPr")) {
        check(ids.insert(get(id, "val")), "two controls of one id".to_owned());
    }
    for alias in all(root, "alias") {
        let words = get(alias, "val").unwrap_or_default();
        let long = words.encode_utf16().count();
        check((1..=64).contains(&long), format!("a control called `{words}`"));
    }
    let bookmarks: BTreeSet<&str> = all(root, "bookmarkStart").filter_map(|it| get(it, "name")).collect();
    for anchor in all(root, "hyperlink").filter_map(|it| get(it, "anchor")) {
        check(bookmarks.contains(anchor), format!("a link to `{anchor}`, which there is not"));
    }
    let count = |kind: &str| all(root, "fldChar").filter(|it| get(*it, "fldCharType") == Some(kind)).count();
    check(
        count("begin") == count("end") && count("begin") == count("separate"),
        "a field that does not end".to_owned(),
    );
    faults
}

/// Styles and numberings that are named, and those that there are.
fn names(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let styles = package.tree("word/styles.xml");
    let there: BTreeSet<&str> = all(styles.root_element(), "style").filter_map(|it| get(it, "styleId")).collect();
    let of_names: BTreeSet<&str> = all(styles.root_element(), "style").filter_map(|it| value(it, &["name"])).collect();
    let count = all(styles.root_element(), "style").count();
    if there.len() != count || of_names.len() != count {
        faults.push("two styles of one id or name".to_owned());
    }
    let trees = package.trees();
    let named = |names: &[&'static str]| -> BTreeSet<String> {
        let each = |name: &'static str| {
            trees.iter().flat_map(move |(_, tree)| {
                all(tree.root_element(), name).filter_map(|it| get(it, "val")).map(str::to_owned).collect::<Vec<_>>()
            })
        };
        names.iter().flat_map(|name| each(name)).collect()
    };
    for style in named(&["pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"]) {
        if !there.contains(style.as_str()) {
            faults.push(format!("the style `{style}` is named, and there is none"));
        }
    }
    let numbers: BTreeSet<String> = named(&["numId"]);
    let given: BTreeSet<String> = match package.parts.get("word/numbering.xml") {
        None => BTreeSet::new(),
        Some(_) => {
            let tree = package.tree("word/numbering.xml");
            all(tree.root_element(), "num").filter_map(|it| get(it, "numId")).map(str::to_owned).collect()
        }
    };
    if numbers != given {
        faults.push(format!("numberings {numbers:?} are named, and there are {given:?}"));
    }
    faults
}

/// Relations that are named, and those that there are; and the parts that they lead to.
fn relations(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let mut reached: BTreeSet<String> = BTreeSet::from(["[Content_Types].xml".to_owned()]);
    let sources: Vec<&String> = package.order.iter().filter(|name| name.ends_with(".rels")).collect();
    reached.extend(sources.iter().map(|name| (*name).clone()));
    for name in sources {
        let of = name.replace("_rels/", "").trim_end_matches(".rels").to_owned();
        let folder = of.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        let relations = package.relations(&of);
        for (id, kind, target) in &relations {
            if kind != "hyperlink" {
                reached.insert(format!("{folder}{target}"));
            }
            // A part that a text is never without is not named in it.
            let is_named = ["header", "footer", "image", "hyperlink", "font"].contains(&kind.as_str());
            if is_named && !package.text(&of).contains(&format!("\"{id}\"")) {
                faults.push(format!("{of}: the relation `{id}` is not named"));
            }
        }
        if package.parts.contains_key(&of) {
            let tree = package.tree(&of);
            for node in tree.descendants() {
                let ids =
                    node.attributes().filter(|it| it.namespace().is_some_and(|uri| uri.ends_with("/relationships")));
                for id in ids.map(|it| it.value()) {
                    if !relations.iter().any(|(its, ..)| its == id) {
                        faults.push(format!("{of}: the relation `{id}` is named, and there is none"));
                    }
                }
            }
        }
    }
    let there: BTreeSet<String> = package.order.iter().cloned().collect();
    if reached != there {
        faults.push(format!("relations lead to {reached:?}, and there are {there:?}"));
    }
    faults
}

/// Every part has a kind.
fn kinds(package: &Package) -> Vec<String> {
    let tree = package.tree("[Content_Types].xml");
    let of = |name: &'static str, attribute: &str| -> BTreeSet<String> {
        all(tree.root_element(), name).filter_map(|it| get(it, attribute)).map(str::to_owned).collect()
    };
    let (endings, parts) = (of("Default", "Extension"), of("Override", "PartName"));
    let mut faults: Vec<String> = package
        .order
        .iter()
        .filter(|name| {
            let ending = name.rsplit('.').next().unwrap_or_default();
            let is_plain = matches!(ending, "rels" | "png" | "odttf") && endings.contains(ending);
            !is_plain && !parts.contains(&format!("/{name}")) && *name != "[Content_Types].xml"
        })
        .map(|name| format!("{name} has no kind"))
        .collect();
    let none: Vec<&String> = parts.iter().filter(|part| !package.parts.contains_key(&part[1..])).collect();
    faults.extend(none.iter().map(|part| format!("{part} has a kind, and is not there")));
    faults
}
