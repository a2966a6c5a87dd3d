//! Secrets hidden in a finished PDF, one way each.

use lopdf::{Dictionary, Document, Object, SaveOptions, Stream, StringFormat, dictionary};

use super::{CHILD, INTERNAL, NAME, Plant, SAID, STREET};

/// Every way.
pub fn plants() -> Vec<Plant> {
    let mut all = drawn();
    all.extend(in_objects());
    all.extend(in_the_file());
    all
}

fn plant(name: &'static str, holds: &'static str, plant: fn(&[u8]) -> Vec<u8>) -> Plant {
    Plant { name, ending: "pdf", holds, plant }
}

fn drawn() -> Vec<Plant> {
    vec![
        plant("plain text on a page", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td (Kai Mensah) Tj ET")),
        plant("white text", NAME, |d| draw(d, "BT 1 1 1 rg /Pl 10 Tf 50 50 Td (Kai Mensah) Tj ET")),
        plant("text that is not painted", NAME, |d| draw(d, "BT 3 Tr /Pl 10 Tf 50 50 Td (Kai Mensah) Tj ET")),
        plant("text of a tenth of a point", SAID, |d| {
            draw(d, "BT /Pl 0.1 Tf 50 50 Td (They buy you chips first. You find out later) Tj ET")
        }),
        plant("text off the page", STREET, |d| draw(d, "BT /Pl 10 Tf -5000 -90 Td (14 Dace Court) Tj ET")),
        plant("text clipped away", NAME, |d| draw(d, "0 0 0 0 re W n BT /Pl 10 Tf 50 50 Td (Kai Mensah) Tj ET")),
        plant("text split over strings", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td (Kai M) Tj (ens) Tj (ah) Tj ET")),
        plant("text kerned apart", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td [(K) 20 (ai) -300 (Me) 15 (nsah)] TJ ET")),
        plant("letters placed one by one", CHILD, |d| {
            draw(d, "BT /Pl 10 Tf 50 50 Td (MOS) Tj 25 0 Td (-44) Tj 20 0 Td (8120) Tj ET")
        }),
        plant("hex string", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td <4B6169204D656E736168> Tj ET")),
        plant("octal string", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td (\\113ai\\040M\\145nsah) Tj ET")),
        plant("next-line operators", NAME, |d| draw(d, "BT /Pl 10 Tf 12 TL 50 50 Td (Kai) ' 0 0 (Mensah) \" ET")),
        plant("hyphenated over two lines", NAME, |d| {
            draw(d, "BT /Pl 10 Tf 50 50 Td (Kai Men-) Tj 0 -12 Td (sah) Tj ET")
        }),
        plant("soft hyphen", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td (Kai Men\\255sah) Tj ET")),
        plant("upper case", NAME, |d| draw(d, "BT /Pl 10 Tf 50 50 Td (KAI MENSAH) Tj ET")),
        plant("family name first", "Mensah Kai", |d| draw(d, "BT /Pl 10 Tf 50 50 Td (Mensah, Kai) Tj ET")),
        plant("ligatures by glyph name", SAID, |d| {
            draw(d, "BT /Pl 10 Tf 50 50 Td (They buy you chips \\001rst. You \\001nd out later) Tj ET")
        }),
        plant("codes of its own with a map", NAME, |d| draw(d, "BT /Pm 10 Tf 50 50 Td <0001000200030004> Tj ET")),
        plant("glyphs that are drawings", NAME, |d| draw(d, "BT /P3 10 Tf 50 50 Td (abcdefghij) Tj ET")),
        plant("text in a form", NAME, |d| {
            edit(d, |pdf| {
                let id = form(pdf, "BT /Pl 10 Tf 0 0 Td (Kai Mensah) Tj ET");
                resource(pdf, b"XObject", b"Planted", id.into());
                contents(pdf, "/Planted Do");
            })
        }),
        plant("text in a pattern", NAME, |d| {
            edit(d, |pdf| {
                let id = form(pdf, "BT /Pl 10 Tf 0 0 Td (Kai Mensah) Tj ET");
                let pattern = pdf.get_object_mut(id).and_then(Object::as_stream_mut).expect("it is a stream");
                pattern.dict.remove(b"Subtype");
                pattern.dict.extend(&dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1 });
                resource(pdf, b"Pattern", b"Planted", id.into());
            })
        }),
        plant("text read instead of what is drawn", NAME, |d| {
            draw(d, "/Span << /ActualText (Kai Mensah) >> BDC BT /Pl 10 Tf 50 50 Td (a guest) Tj ET EMC")
        }),
        plant("half drawn and half read", NAME, |d| {
            draw(d, "BT /Pl 10 Tf 50 50 Td (Kai ) Tj /Span << /ActualText (Men) >> BDC (x) Tj EMC (sah) Tj ET")
        }),
        plant("an abbreviation spelt out", NAME, |d| {
            draw(d, "/Span << /E (Kai Mensah) >> BDC BT /Pl 10 Tf 50 50 Td (someone) Tj ET EMC")
        }),
        plant("a comment in the content", NAME, |d| draw(d, "% Kai Mensah\nq Q")),
    ]
}

fn in_objects() -> Vec<Plant> {
    vec![
        plant("contents of an annotation", NAME, |d| {
            annotation(d, dictionary! { "Contents" => text("Ask Kai Mensah") })
        }),
        plant("appearance of an annotation", NAME, |d| {
            edit(d, |pdf| {
                let id = form(pdf, "BT /Pl 10 Tf 0 0 Td (Kai Mensah) Tj ET");
                annotate(pdf, dictionary! { "AP" => dictionary! { "N" => id } });
            })
        }),
        plant("rich text of an annotation", NAME, |d| {
            annotation(d, dictionary! { "RC" => text("<body><p>Kai <b>M&#101;nsah</b></p></body>") })
        }),
        plant("address of a link", NAME, |d| {
            annotation(
                d,
                dictionary! { "A" => dictionary! { "S" => "URI", "URI" => text("https://x.example/K%61i%20Mensah") } },
            )
        }),
        plant("title of a bookmark", NAME, |d| catalog(d, "Outlines", dictionary! { "Title" => wide("Kai Mensah") })),
        plant("alternative text in the tag tree", NAME, |d| element(d, "Alt", text("Kai Mensah at the desk"))),
        plant("replacement text in the tag tree", CHILD, |d| element(d, "ActualText", text("MOS-448120"))),
        plant("expansion in the tag tree", NAME, |d| element(d, "E", wide("Kai Mensah"))),
        plant("title in the metadata", INTERNAL, |d| {
            info(d, "Title", text("Station Parade \\(incl. Unit 6 and rear stairwell\\)"))
        }),
        plant("keywords in the metadata", CHILD, |d| info(d, "Keywords", text("minutes MOS-448120"))),
        plant("an entry of its own in the metadata", NAME, |d| info(d, "Subject2", wide("Kai Mensah"))),
        plant("a string in UTF-8 with a mark", NAME, |d| {
            info(d, "X", Object::string_literal(&b"\xEF\xBB\xBFKai Mensah"[..]))
        }),
        plant("a property in XMP", NAME, |d| metadata(d, "<dc:subject>Kai Mensah</dc:subject>")),
        plant("a property in XMP with entities", NAME, |d| metadata(d, "<x y='&#75;ai&#x20;Mens&#97;h'/>")),
        plant("an attachment", NAME, |d| attachment(d, b"name\nKai Mensah\n".to_vec())),
        plant("an attachment in UTF-16", NAME, |d| {
            attachment(
                d,
                [0xFF, 0xFE].into_iter().chain("Kai Mensah".encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            )
        }),
        plant("a PDF in the PDF", NAME, |d| {
            let inner = draw(d, "BT /Pl 10 Tf 50 50 Td (Kai Mensah) Tj ET");
            attachment(d, inner)
        }),
        plant("a script", NAME, |d| {
            catalog(d, "OpenAction", dictionary! { "S" => "JavaScript", "JS" => text("app.alert('Kai Mensah')") })
        }),
        plant("a script in a stream", NAME, |d| {
            edit(d, |pdf| {
                let id = pdf.add_object(Stream::new(dictionary! {}, b"app.alert('Kai Mensah')".to_vec()));
                set(pdf, "OpenAction", dictionary! { "S" => "JavaScript", "JS" => id });
            })
        }),
        plant("the value of a field", NAME, |d| {
            catalog(d, "AcroForm", dictionary! { "Fields" => vec![dictionary! { "V" => wide("Kai Mensah") }.into()] })
        }),
        plant("a form in XML", NAME, |d| {
            edit(d, |pdf| {
                let id = pdf
                    .add_object(Stream::new(dictionary! {}, b"<xdp:xdp><a>Kai</a> <b>Mensah</b></xdp:xdp>".to_vec()));
                set(pdf, "AcroForm", dictionary! { "XFA" => id });
            })
        }),
        plant("a page label", CHILD, |d| {
            catalog(
                d,
                "PageLabels",
                dictionary! { "Nums" => vec![0.into(), dictionary! { "P" => text("MOS-448120 ") }.into()] },
            )
        }),
        plant("a named destination", NAME, |d| catalog(d, "Dests", dictionary! { "Kai Mensah" => Object::Null })),
    ]
}

fn in_the_file() -> Vec<Plant> {
    vec![
        plant("an object that nothing refers to", NAME, |d| {
            edit(d, |pdf| {
                pdf.add_object(dictionary! { "Note" => text("Kai Mensah") });
            })
        }),
        plant("content that nothing refers to", NAME, |d| {
            edit(d, |pdf| {
                fonts(pdf);
                let mut stream =
                    Stream::new(dictionary! {}, b"BT /Pl 10 Tf 50 50 Td (Kai Men) Tj (sah) Tj ET".to_vec());
                stream.compress().expect("it compresses");
                pdf.add_object(stream);
            })
        }),
        plant("an earlier revision", NAME, |d| {
            let before = draw(d, "BT /Pl 10 Tf 50 50 Td (Kai Mensah) Tj ET");
            covered(&before, d)
        }),
        plant("a comment between objects", NAME, |d| {
            let at = d.windows(7).position(|w| w == b"\nendobj").expect("it has objects") + 7;
            [&d[..at], b"\n% Kai Mensah\n", &d[at..]].concat()
        }),
        plant("after the end", NAME, |d| [d, b"\nKai Mensah\n"].concat()),
        plant("before the start", NAME, |d| [&b"Kai Mensah\n"[..], d].concat()),
        plant("an object stream", NAME, |d| {
            edit_and_save(d, SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build(), |pdf| {
                pdf.add_object(dictionary! { "Note" => text("Kai Mensah") });
            })
        }),
        plant("after compressed data", NAME, |d| {
            edit(d, |pdf| {
                let mut stream = Stream::new(dictionary! {}, vec![b' '; 2000]);
                stream.compress().expect("it compresses");
                stream.content.extend(b"Kai Mensah");
                stream.dict.set("Length", i64::try_from(stream.content.len()).expect("it is short"));
                pdf.add_object(stream);
            })
        }),
    ]
}

fn text(said: &str) -> Object {
    Object::String(said.into(), StringFormat::Literal)
}

fn wide(said: &str) -> Object {
    let units = [0xFE, 0xFF].into_iter().chain(said.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(units, StringFormat::Hexadecimal)
}

fn edit(data: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    edit_and_save(data, SaveOptions::builder().use_object_streams(false).use_xref_streams(false).build(), change)
}

fn edit_and_save(data: &[u8], options: SaveOptions, change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut pdf = Document::load_mem(data).expect("the paper parses");
    change(&mut pdf);
    let mut out = Vec::new();
    pdf.save_with_options(&mut out, options).expect("it can be written");
    out
}

fn page(pdf: &Document) -> lopdf::ObjectId {
    *pdf.get_pages().values().next().expect("a paper has a page")
}

fn draw(data: &[u8], content: &str) -> Vec<u8> {
    edit(data, |pdf| {
        fonts(pdf);
        contents(pdf, content);
    })
}

fn contents(pdf: &mut Document, content: &str) {
    let page = page(pdf);
    pdf.add_page_contents(page, format!("q {content}\nQ").into_bytes()).expect("a page takes more");
}

fn resource(pdf: &mut Document, kind: &[u8], name: &[u8], value: Object) {
    let page = page(pdf);
    let resources = pdf.get_or_create_resources(page).and_then(Object::as_dict_mut).expect("a page has resources");
    if !resources.has(kind) {
        resources.set(kind, Dictionary::new());
    }
    resources.get_mut(kind).and_then(Object::as_dict_mut).expect("it lies in the page").set(name, value);
}

/// A plain font, one with codes of its own and a map, and one whose glyphs are drawings.
fn fonts(pdf: &mut Document) {
    let plain = plain_font(pdf);
    let map = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <004B00610069> endbfchar \
        1 beginbfrange <0002> <0004> [<0020004D0065> <006E0073> <00610068>] endbfrange";
    let map = pdf.add_object(Stream::new(dictionary! {}, map.to_vec()));
    let below = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "X" };
    let mapped = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![below.into()], "ToUnicode" => map,
    });
    let glyphs = ["K", "a", "i", "space", "M", "e", "n", "s", "a", "h"].map(|n| Object::Name(n.into()));
    let differences: Vec<Object> = std::iter::once(97.into()).chain(glyphs).collect();
    let drawn = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "Encoding" => dictionary! { "Differences" => differences },
        "CharProcs" => Dictionary::new(), "FirstChar" => 97, "LastChar" => 106,
    });
    for (name, font) in [(b"Pl", plain), (b"Pm", mapped), (b"P3", drawn)] {
        resource(pdf, b"Font", name, font.into());
    }
}

fn plain_font(pdf: &mut Document) -> lopdf::ObjectId {
    pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        "Encoding" => dictionary! {
            "BaseEncoding" => "WinAnsiEncoding",
            "Differences" => vec![1.into(), Object::Name(b"fi".to_vec()), 173.into(), Object::Name(b"softhyphen".to_vec())],
        },
    })
}

fn form(pdf: &mut Document, content: &str) -> lopdf::ObjectId {
    let font = plain_font(pdf);
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 99.into(), 99.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "Pl" => font } },
    };
    let mut stream = Stream::new(dict, content.as_bytes().to_vec());
    stream.compress().expect("it compresses");
    pdf.add_object(stream)
}

fn annotation(data: &[u8], entries: Dictionary) -> Vec<u8> {
    edit(data, |pdf| annotate(pdf, entries))
}

fn annotate(pdf: &mut Document, entries: Dictionary) {
    let mut note = entries;
    note.extend(&dictionary! { "Type" => "Annot", "Subtype" => "Text" });
    let (id, page) = (pdf.add_object(note), page(pdf));
    pdf.get_dictionary_mut(page).expect("it is a page").set("Annots", vec![id.into()]);
}

fn catalog(data: &[u8], key: &str, value: Dictionary) -> Vec<u8> {
    edit(data, |pdf| set(pdf, key, value))
}

fn set(pdf: &mut Document, key: &str, value: Dictionary) {
    let id = pdf.add_object(value);
    pdf.catalog_mut().expect("a PDF has a catalogue").set(key, id);
}

/// One more element in the tag tree.
fn element(data: &[u8], key: &str, value: Object) -> Vec<u8> {
    edit(data, |pdf| {
        let mut element = dictionary! { "Type" => "StructElem", "S" => "Span" };
        element.set(key, value);
        let id = pdf.add_object(element);
        let root = pdf.catalog().and_then(|c| c.get(b"StructTreeRoot")).and_then(Object::as_reference);
        let root = pdf.get_dictionary_mut(root.expect("a paper is tagged")).expect("the root is a dictionary");
        root.get_mut(b"K").and_then(Object::as_array_mut).expect("it has children").push(id.into());
    })
}

fn info(data: &[u8], key: &str, value: Object) -> Vec<u8> {
    edit(data, |pdf| {
        let id = pdf.trailer.get(b"Info").and_then(Object::as_reference).expect("a paper has a title");
        pdf.get_dictionary_mut(id).expect("it is a dictionary").set(key, value);
    })
}

fn metadata(data: &[u8], property: &str) -> Vec<u8> {
    edit(data, |pdf| {
        let xml = format!("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>{property}</rdf:RDF></x:xmpmeta>");
        let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let id = pdf.add_object(Stream::new(dict, xml.into_bytes()));
        pdf.catalog_mut().expect("a PDF has a catalogue").set("Metadata", id);
    })
}

fn attachment(data: &[u8], content: Vec<u8>) -> Vec<u8> {
    edit(data, |pdf| {
        let mut stream = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, content);
        stream.compress().expect("it compresses");
        let id = pdf.add_object(stream);
        let file = dictionary! { "Type" => "Filespec", "F" => text("a"), "EF" => dictionary! { "F" => id } };
        set(pdf, "AF", file);
    })
}

/// `before`, and every object of `after` again in an update, so that no reader shows what was there before.
fn covered(before: &[u8], after: &[u8]) -> Vec<u8> {
    let pdf = Document::load_mem(after).expect("the paper parses");
    let page = page(&pdf);
    let mut dict = pdf.get_dictionary(page).expect("it is a page").clone();
    dict.set("MediaBox", vec![0.into(), 0.into(), 1.into(), 1.into()]);
    let mut update = lopdf::IncrementalDocument::create_from(
        before.to_vec(),
        Document::load_mem(before).expect("what was written parses"),
    );
    update.new_document.objects.insert(page, dict.into());
    let mut out = Vec::new();
    update.save_to(&mut out).expect("it can be written");
    out
}
