//! Keywords of the format, which are no text: they say nothing, and a reader shows none of them.
//!
//! In: names, strings, comments and metadata of a file. Out: what may hold somebody's words. Only what the standards
//! define, and only in the place and the shape that they give it, is left out; anything else stays a text.
//!
//! Deliberately absent: a guess. A name that no standard defines is read like the rest.

/// Names that the standards define, and that papers have: structure types (ISO 32000-1 §14.8.4), entries of dictionaries,
/// and values of these.
const KEYWORDS: &str = " A AA ActualText AF AP AS Action Alt Annot Annots Art Ascent Author BBox BM BS BT BibEntry BaseFont Block BlockQuote \
    Border BorderColor BorderStyle BorderThickness C CA CF CIDFontType0 CIDFontType2 CIDSet CIDSystemInfo CIDToGIDMap CMap CO CS CT \
    Caption CapHeight Catalog Circle ClassMap Code Column ColorSpace ColSpan Contents Count CreationDate Creator D DA DR DS DV DW DW2 \
    Datetime Decimal DeviceCMYK DeviceGray DeviceRGB DescendantFonts Descent Dest DestOutputProfile Dests Direction Disc \
    DisplayDocTitle Div Document E EF Em EmbeddedFile EmbeddedFiles Encoding ExtGState F FS FT Figure Filespec Filter First Flags \
    FlateDecode Font FontBBox FontDescriptor FontFile FontFile2 FontFile3 FontName Form Formula Fit FitH FontFamily FontStretch \
    FontWeight FunctionType Functions G GTS_PDFA1 Group H H1 H2 H3 H4 H5 H6 Headers Height I IC ICCBased ID IDTree IM IT Identity \
    Identity-H Identity-V Image ImageB ImageC ImageI ImageMask Index Info ItalicAngle JS JavaScript K Kids L L2R LBody LI LW Lang \
    Last Layout Lbl Length Length1 Limits Link List ListNumbering LL LS MCID MCR MK ML MarkInfo Marked Matrix MediaBox Metadata \
    ModDate N NM NS Names Namespace Namespaces Next NonStruct None Normal Note Nums O OBJR OC OCG OCMD ON OP OPM Obj ObjStm \
    Order Ordering Outlines OutputCondition OutputConditionIdentifier OutputIntent OutputIntents P PDF PO PS Page PageLabels \
    PageLayout PageMode Pages Parent ParentTree ParentTreeNextKey Part Pattern Pg Placement Prev Private ProcSet Producer \
    Properties Q Quote QuadPoints R R2L RB RC RD RI RP RT RV Range Rect Reference Registry RegistryName Resources Role RoleMap \
    RoleMapNS Root Rows RowSpan Ruby S SA SM SMask ST Scope Sect Shading Sig Size Solid Span SpaceAfter SpaceBefore St Start \
    StemV Strong StructElem StructParent StructParents StructTreeRoot Style Sub Subtype Summary Supplement Suspects T TBody TD \
    TFoot TH THead TI TK TM TOC TOCI TP TR TR2 TU TX Table Tabs Terms Text TextDecorationThickness TextDecorationType Title \
    ToUnicode Transparency Trapped Type Type0 Type1 Type3 U UF UR URI Underline UpperAlpha UpperRoman V VE VP ViewerPreferences \
    W W2 WMode WP WT Warichu WinAnsiEncoding WritingMode Width Widths XForm XML XObject XRef XStep XYZ YStep ";

/// Whether a name is a keyword.
pub fn is_keyword(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|name| has(KEYWORDS, name))
}

fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|known| known == word)
}

/// The name of a font without the six letters that mark it as a subset (ISO 32000-1 §9.6.4).
pub fn without_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, font)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => font,
        _ => name,
    }
}

/// Whether the string of an entry is one that a machine made: an identifier, a date, a language.
pub fn is_machine_made(key: &[u8], text: &str) -> bool {
    match key {
        b"ID" | b"IDTree" | b"Headers" | b"Limits" | b"Names" => is_identifier(text),
        b"Lang" => is_language(text),
        b"CreationDate" | b"ModDate" => {
            text.strip_prefix("D:").is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit() || b"+-'Z".contains(&b)))
        }
        _ => false,
    }
}

/// Whether a text is a hash of sixteen bytes in base 64 (RFC 4648 §4), as our writer makes them.
fn is_identifier(text: &str) -> bool {
    let digits = text.strip_suffix("_source").unwrap_or(text);
    let digits = digits.strip_suffix("==").unwrap_or_default();
    digits.len() == 22 && digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// Whether a text is a tag of a language, with or without a country (BCP 47).
fn is_language(text: &str) -> bool {
    let (language, country) = text.split_once('-').map_or((text, None), |(l, c)| (l, Some(c)));
    let small = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    small && country.is_none_or(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Comments of a character map (Adobe Technical Note 5014) and of the file's first lines.
const COMMENTS: [&str; 11] = [
    "%!PS-Adobe-3.0 Resource-CMap",
    "%%DocumentNeededResources: procset CIDInit",
    "%%IncludeResource: procset CIDInit",
    "%%BeginResource: CMap Custom",
    "%%Title: (Custom Adobe Identity 0)",
    "%%Version: 1",
    "%%EndComments",
    "%%EndResource",
    "%%EOF",
    "%PDF-1.7",
    "%PDF-2.0",
];

/// Bytes between objects, line by line, without the comments that the format asks for, and without the keywords and
/// identifiers of a trailer (ISO 32000-1 §7.5.5).
pub fn without_comments(text: &str) -> String {
    let lines = text.split_inclusive(['\n', '\r']).filter(|line| !COMMENTS.contains(&line.trim_end()));
    lines.map(|line| if line.contains("<<") { without_keywords(line) } else { line.to_owned() }).collect()
}

fn without_keywords(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['/', '(']) {
        out.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        let is_end = |c: char| if mark == "(" { c == ')' } else { !c.is_alphanumeric() && c != '_' && c != '-' };
        let (word, more) = after.split_at(after.find(is_end).unwrap_or(after.len()));
        let machine = if mark == "(" { is_identifier(word) } else { is_keyword(word.as_bytes()) };
        if !machine {
            out.push_str(mark);
            out.push_str(word);
        }
        rest = more;
    }
    out + rest
}

/// Fixed sentences of XMP: what the schemas of a PDF/A extension are called (ISO 19005-2 §6.6.2.3).
const SENTENCES: [&str; 12] = [
    "XMP Media Management schema",
    "UUID based identifier for specific incarnation of a document",
    "Adobe PDF schema",
    "Keywords associated with the document",
    "Version of the PDF specification to which the document conforms",
    "Name of the application that created the PDF document",
    "Whether the document has been trapped",
    "PDF/UA Identification schema",
    "PDF/A Identification schema",
    "Part Number of ISO 14289 (PDF/UA)",
    "application/pdf",
    "x-default",
];

/// Words of XMP that stand alone in an element.
const WORDS: &str = " internal external Integer Text InstanceID DocumentID Keywords PDFVersion Producer Trapped part saved converted proof \
    default xmpMM pdf pdfuaid pdfaid convenor 1 2 3 4 1.7 2.0 ";

/// Prefixes of the elements and attributes of XMP.
const PREFIXES: &str =
    " x xml xmlns rdf dc xmp stEvt xmpMM xmpTPg pdf pdfaid pdfuaid pdfaExtension pdfaSchema pdfaProperty ";

/// XMP without the names of known elements, and without what a machine wrote into them.
pub fn without_packet(text: &str) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((tag, content)) = part.split_once('>') else {
            out.push('<');
            out.push_str(part);
            continue;
        };
        out.push('<');
        out.push_str(&bare_tag(tag));
        out.push('>');
        if !is_packets(tag, content.trim()) {
            out.push_str(content);
        }
    }
    out
}

/// Whether the content of an element is a machine's.
fn is_packets(tag: &str, content: &str) -> bool {
    let (prefix, name) = tag.split_once(':').unwrap_or_default();
    let fixed = content.is_empty() || SENTENCES.contains(&content) || has(WORDS, content);
    let made = is_identifier(content) || is_language(content) || is_moment(content);
    let namespace = name == "namespaceURI" && is_namespace(content);
    let conforms = prefix == "pdfaid" && name == "conformance" && content.len() == 1;
    let pages = content.bytes().all(|b| b.is_ascii_digit()) && content.len() < 5;
    has(PREFIXES, prefix) && (fixed || made || namespace || conforms || pages)
}

fn is_moment(text: &str) -> bool {
    text.len() >= 10 && text.bytes().all(|b| b.is_ascii_digit() || b"-:TZ+.".contains(&b))
}

fn is_namespace(text: &str) -> bool {
    let hosts = [
        "http://ns.adobe.com/",
        "http://www.aiim.org/pdf",
        "http://purl.org/dc/elements/",
        "http://www.w3.org/1999/02/22-rdf-",
    ];
    text == "adobe:ns:meta/"
        || hosts.iter().any(|host| text.starts_with(host)) && text.len() < 60 && !text.contains(' ')
}

/// A tag without its name and its attributes, if these are known.
fn bare_tag(tag: &str) -> String {
    let known = |name: &str| has(PREFIXES, name.trim_start_matches('/').split(':').next().unwrap_or_default());
    let processing = tag.strip_prefix("?xpacket ").and_then(|rest| rest.strip_suffix('?'));
    let (name, attributes) = match processing {
        Some(attributes) => ("x:packet", attributes),
        None => tag.split_once(char::is_whitespace).unwrap_or((tag, "")),
    };
    let mut kept = if known(name) { String::new() } else { name.to_owned() };
    let mut rest = attributes.trim_end_matches('/');
    while let Some((attribute, after)) = rest.split_once("=\"") {
        let Some((value, more)) = after.split_once('"') else { break };
        let attribute = attribute.trim();
        let packet = processing.is_some() && matches!(value, "\u{FEFF}" | "W5M0MpCehiHzreSzNTczkc9d" | "r" | "w");
        let fixed =
            known(attribute) && (is_namespace(value) || matches!(value, "" | "Resource" | "x-default" | "xmp-writer"));
        if !packet && !fixed {
            kept.extend([" ", attribute, "=\"", value, "\""]);
        }
        rest = more;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::check::names::Name;
    use crate::fold::Folded;
    use crate::gate::FileKind;
    use crate::gate::read::{Drawings, passages};
    use crate::model::artefact::Format;

    /// Every two capitals that would be somebody's initials.
    fn initials(text: &str) -> BTreeSet<String> {
        let text = Folded::of(text);
        let bytes = text.text.as_bytes();
        let pairs =
            (1..bytes.len()).map(|i| i - 1..i + 1).filter(|r| bytes[r.clone()].iter().all(u8::is_ascii_lowercase));
        let found = pairs.filter(|r| Name::is_initials(&text, r, true));
        found.map(|r| text.text[r].to_uppercase()).collect()
    }

    #[test]
    fn no_keyword_of_the_format_is_anybodys_initials() {
        let checked = crate::check(crate::example().expect("the example is sound")).expect("the example is sound");
        let made = |format| {
            let request = crate::Request { to: vec![format], ..Default::default() };
            crate::build(&checked, &request).expect("the example can be made").files
        };
        let mut said: BTreeSet<String> = checked.places.texts().flat_map(|(_, text)| initials(text)).collect();
        said.extend(made(Format::Txt).iter().flat_map(|f| initials(&String::from_utf8_lossy(f.data()))));
        let mut wrong = BTreeSet::new();
        let (papers, drawings) = (made(Format::Pdf), Drawings::default());
        assert!(papers.len() > 40, "the demo was made");
        for paper in &papers {
            for passage in passages(FileKind::Pdf, paper.data(), &drawings).expect("it can be read") {
                let unsaid = initials(&passage.text).into_iter().filter(|pair| !said.contains(pair));
                wrong.extend(unsaid.map(|pair| format!("{pair}: {}", passage.place)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_no_standard_defines_stays_a_text() {
        assert!(
            is_keyword(b"TH") && is_keyword(b"DW") && !is_keyword(b"KM") && !is_keyword(b"") && !is_keyword(b"Kai")
        );
        assert_eq!((without_tag("ABCDEF+ConvenorSans"), without_tag("KM+Sans")), ("ConvenorSans", "KM+Sans"));
        assert!(is_machine_made(b"ID", "s9lPsMs4VgkDpr0F3ZF/wA==") && !is_machine_made(b"ID", "K.M."));
        assert!(!is_machine_made(b"Title", "s9lPsMs4VgkDpr0F3ZF/wA==") && !is_machine_made(b"Lang", "Kai-Mensah"));
        assert!(is_machine_made(b"Lang", "en-GB") && is_machine_made(b"Lang", "cym"));
        for said in ["en-KAI", "en-km", "k-GB", "Kai"] {
            assert!(!is_machine_made(b"Lang", said), "{said}");
        }
        let trailer = "<</Size 9/ID[(FM/Tc1X6Z9j57oXyrc8xpA==)(K.M.)]/KM 3>>";
        assert_eq!(without_comments(trailer), "<< 9[)(K.M.)]/KM 3>>");
        assert_eq!(without_comments("%%EOF\n%%EOF K.M.\n% K.M.\n"), "%%EOF K.M.\n% K.M.\n");
    }

    #[test]
    fn metadata_keeps_whatever_somebody_wrote() {
        let packet = "<dc:title><rdf:li xml:lang=\"x-default\">K.M.</rdf:li></dc:title><pdfaid:conformance>A</pdfaid:conformance>\
            <xmpMM:InstanceID>s9lPsMs4VgkDpr0F3ZF/wA==</xmpMM:InstanceID><xmpMM:InstanceID>KM</xmpMM:InstanceID>\
            <dc:x rdf:about=\"KM\" xml:lang=\"T.H.\"/><own>U.A.</own><pdfaSchema:prefix>Kai</pdfaSchema:prefix>";
        let kept = without_packet(packet);
        for said in ["K.M.", "<>KM<", "rdf:about=\"KM\"", "T.H.", "<own>U.A.", "Kai"] {
            assert!(kept.contains(said), "{said} in {kept}");
        }
        assert!(!kept.contains("conformance") && !kept.contains("wA==") && !kept.contains("x-default"), "{kept}");
    }
}
