//! Files that somebody made to hide a text or to cost too much.

use std::io::Write as _;

use super::*;

/// A file with one form and no page.
fn with_form(content: &str, resources: &str, after: &str) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(content.as_bytes()).expect("a vector takes every byte");
    let data = [zlib.finish().expect("a vector takes every byte").as_slice(), after.as_bytes()].concat();
    let dict = format!("/Type/XObject/Subtype/Form/Filter/FlateDecode/Resources<<{resources}>>/Length {}", data.len());
    let head = format!("%PDF-1.7\n1 0 obj\n<<{dict}>>\nstream\n");
    [head.as_bytes(), &data, b"\nendstream\nendobj\n%%EOF"].concat()
}

#[test]
fn a_few_bytes_that_stand_for_very_much_text_are_refused() {
    let read = |content: &str, resources: &str| {
        let file = with_form(content, resources, "");
        passages(&file, &Drawings::default()).map(|found| found.len())
    };
    let map = format!("1 beginbfchar\n<0001> <{}>\nendbfchar", "0041".repeat(200));
    let cmap = format!("2 0 obj\n<</Length {}>>\nstream\n{map}\nendstream\nendobj\n", map.len());
    let wide = "/Font<</F<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 2 0 R>>>>";
    let text = format!("BT /F 9 Tf <{}> Tj ET", "0001".repeat(500_000));
    let file = [with_form(&text, wide, ""), b"\n".to_vec(), cmap.into_bytes()].concat();
    let said = passages(&file, &Drawings::default()).map(|found| found.len());
    assert_eq!(said, Err("it decompresses to too much".to_owned()));
    // The same replacement for each of many words.
    let long = format!("/Properties<</P<</ActualText({})>>>>", "a".repeat(60_000));
    assert_eq!(read(&"/Span /P BDC EMC\n".repeat(2_000), &long), Err("it decompresses to too much".to_owned()));
    assert!(read(&"/Span /P BDC EMC\n".repeat(20), &long).is_ok());
}

/// The library would make room for a row before it reads any.
#[test]
fn a_row_of_gigabytes_is_refused_before_there_is_room_for_it() {
    let of = |params: &str| {
        let params = format!("/DecodeParms<<{params}>>");
        let file = String::from_utf8_lossy(b"%PDF-1.7\n1 0 obj\n<</Length 11/Filter/FlateDecode").into_owned();
        let data = b"x\x9cKLJ\x06\0\x02M\x01'";
        let head = format!("{file}{params}>>\nstream\n");
        let file = [head.as_bytes(), data, b"\nendstream\nendobj\n%%EOF"].concat();
        passages(&file, &Drawings::default()).map(|_| ())
    };
    for wide in ["/Predictor 15/Columns 4294967295", "/Predictor 15/Columns 20000000/Colors 4"] {
        assert_eq!(of(wide), Err("it decompresses to too much".to_owned()), "{wide}");
    }
    for absurd in ["/Predictor 2/Columns 0", "/Predictor 2/Colors 128/BitsPerComponent 16", "/Predictor 12/Colors 0"] {
        assert_eq!(of(absurd), Err("a stream is damaged".to_owned()), "{absurd}");
    }
    assert_eq!(of("/Predictor 1"), Ok(()));
}

/// ISO 32000-1 table 5: several filters have an array of parameters, and the short name of the entry is known too.
#[test]
fn a_row_of_gigabytes_is_refused_among_several_filters_as_well() {
    let of = |key: &str, params: &str| {
        let data = "789c4b4c4a0600024d0127>";
        let dict = format!("/Length {}/Filter[/ASCIIHexDecode/FlateDecode]/{key}[null<<{params}>>]", data.len());
        let file = format!("%PDF-1.7\n1 0 obj\n<<{dict}>>\nstream\n{data}\nendstream\nendobj\n%%EOF");
        passages(file.as_bytes(), &Drawings::default()).map(|_| ())
    };
    for key in ["DecodeParms", "DP"] {
        let wide = "/Predictor 15/Columns 4294967295";
        assert_eq!(of(key, wide), Err("it decompresses to too much".to_owned()), "{key}");
        assert_eq!(of(key, "/Predictor 1"), Ok(()), "{key}");
    }
}

#[test]
fn a_drawing_that_is_known_hides_nothing_of_another() {
    let drawings = Drawings::default();
    let says = |file: &[u8]| {
        let found = passages(file, &drawings).expect("it can be read to its end");
        found.iter().any(|passage| passage.text.contains("Kai Mensah"))
    };
    let font = "/Font<</F<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding>>>>";
    let text = "BT /F 9 Tf (Kai Mensah) Tj ET";
    for _ in 0..2 {
        assert!(!says(&with_form("0 0 m 9 9 l S", "", "")));
        assert!(says(&with_form("0 0 m 9 9 l S % Kai Mensah", "", "")));
        assert!(says(&with_form("0 0 m 9 9 l S", "", "Kai Mensah")));
        assert!(says(&with_form(text, font, "")));
    }
    assert_eq!(drawings.0.lock().expect("nobody panics with it").len(), 1);
    assert!(passages(&with_form(text, "", ""), &drawings).is_err());
}

/// ISO 32000-1 §8.10.1: a form without resources of its own takes those of the page that it is drawn on.
#[test]
fn a_form_is_read_with_the_resources_of_any_page() {
    let form = String::from_utf8_lossy(&with_form("", "", "")).into_owned();
    let text = "BT /F 9 Tf (Kai Mensah) Tj ET";
    let bare = format!(
        "%PDF-1.7\n1 0 obj\n<</Type/XObject/Subtype/Form/Length {}>>\nstream\n{text}\nendstream\nendobj\n",
        text.len()
    );
    assert!(form.contains("/Resources"), "{form}");
    let page =
        |number: u32, resources: &str| format!("{number} 0 obj\n<</Type/Page/Resources<<{resources}>>>>\nendobj\n");
    let font = "/Font<</F<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding>>>>";
    let says = |pages: &[&str]| {
        let pages: String = (2..).zip(pages).map(|(number, resources)| page(number, resources)).collect();
        passages(format!("{bare}{pages}%%EOF").as_bytes(), &Drawings::default())
            .map(|found| found.iter().any(|passage| passage.text.contains("Kai Mensah")))
    };
    assert!(says(&[]).is_err());
    assert_eq!(says(&[font]), Ok(true));
    assert_eq!(says(&["/ProcSet[/PDF]", font]), Ok(true));
}
