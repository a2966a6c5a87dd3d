//! What a package says of itself: kinds of parts, title and author, settings (ECMA-376 part 1, §15.2, §17.15; part 2, §10, §11).
//!
//! In: the metadata of a paper. Out: parts. Dates are the day of issue: nobody reads a clock.

use super::names::{TYPES, W};
use crate::doc::Meta;
use crate::render::xml::Xml;

/// Title, author and dates.
pub const CORE: &str = "docProps/core.xml";
/// The program.
pub const APP: &str = "docProps/app.xml";

/// The kinds of all parts: those that lie beside the text, by name, and the others by ending.
pub fn content_types(below: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let of_word = |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
    let mut xml = Xml::part();
    xml.open("Types", &[("xmlns", TYPES)]);
    for (ending, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
    ] {
        xml.leaf("Default", &[("Extension", ending), ("ContentType", kind)]);
    }
    let mut part = |name: &str, kind: &str| xml.leaf("Override", &[("PartName", name), ("ContentType", kind)]);
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    part("/word/document.xml", &of_word("document.main"));
    for (name, _) in below {
        let kind = name.trim_end_matches(".xml").trim_end_matches(|c: char| c.is_ascii_digit());
        part(&format!("/word/{name}"), &of_word(kind));
    }
    xml.close();
    xml.finish()
}

/// Title, author, reference, language and the day of issue.
pub fn core(meta: &Meta) -> Vec<u8> {
    let mut xml = Xml::part();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.open("cp:coreProperties", &namespaces);
    xml.text("dc:title", &[], &meta.title);
    xml.text("dc:creator", &[], &meta.author);
    xml.text("dc:identifier", &[], &meta.reference);
    xml.text("dc:language", &[], &meta.language.with_country());
    xml.text("cp:lastModifiedBy", &[], &meta.author);
    xml.text("cp:revision", &[], "1");
    let day = format!("{}T00:00:00Z", meta.issued.format("%Y-%m-%d"));
    for name in ["dcterms:created", "dcterms:modified"] {
        xml.text(name, &[("xsi:type", "dcterms:W3CDTF")], &day);
    }
    xml.close();
    xml.finish()
}

/// The program, and whose paper it is.
pub fn app(meta: &Meta) -> Vec<u8> {
    let mut xml = Xml::part();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.open("Properties", &[("xmlns", namespace)]);
    xml.text("Application", &[], "convenor");
    xml.text("Company", &[], &meta.author);
    xml.close();
    xml.finish()
}

/// Settings: fonts are taken along, and the rules of layout are those of Word since 2013 (MS-DOCX, `compatibilityMode`).
///
/// `CT_Settings`: embedTrueTypeFonts, saveSubsetFonts, defaultTabStop, characterSpacingControl, compat, themeFontLang,
/// decimalSymbol, listSeparator, in this order (§17.15.1.78).
pub fn settings() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:settings", &[("xmlns:w", W)]);
    xml.leaf("w:embedTrueTypeFonts", &[]);
    xml.leaf("w:saveSubsetFonts", &[]);
    xml.leaf("w:defaultTabStop", &[("w:val", "720")]);
    xml.leaf("w:characterSpacingControl", &[("w:val", "doNotCompress")]);
    xml.open("w:compat", &[]);
    let uri = "http://schemas.microsoft.com/office/word";
    let own = ["overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents"];
    for (name, value) in [("compatibilityMode", "15")].into_iter().chain(own.map(|name| (name, "1"))) {
        xml.leaf("w:compatSetting", &[("w:name", name), ("w:uri", uri), ("w:val", value)]);
    }
    xml.close();
    xml.leaf("w:themeFontLang", &[("w:val", "en-GB")]);
    xml.leaf("w:decimalSymbol", &[("w:val", ".")]);
    xml.leaf("w:listSeparator", &[("w:val", ",")]);
    xml.close();
    xml.finish()
}
