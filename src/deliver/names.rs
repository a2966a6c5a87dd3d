//! File names that are safe whatever the data says.

use unicode_normalization::UnicodeNormalization;

/// A file name in lower-case ASCII letters, digits and hyphens, made from any text: no dots, no separators, no name
/// that some system reserves, at most 60 characters. Empty if no letter of the text survives.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().flat_map(folded) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') && !is_joined(c) => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(60);
    let slug = slug.trim_matches('-').to_owned();
    // No file on Windows can have the name of an MS-DOS device.
    let reserved = matches!(slug.as_str(), "con" | "prn" | "aux" | "nul")
        || (slug.len() == 4 && (slug.starts_with("com") || slug.starts_with("lpt")));
    if reserved { format!("{slug}-paper") } else { slug }
}

/// Whether a character, such as an accent or an apostrophe, does not split a word.
fn is_joined(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\'' | '’' | '‘')
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ı' => "i",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' => "ss",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        _ => "",
    };
    let other = plain.is_empty().then(|| c.to_lowercase()).into_iter().flatten();
    plain.chars().chain(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_people_become_names_of_files() {
        assert_eq!(slug("Mr Œzgür Yıldız-Ó Briain"), "mr-oezgur-yildiz-o-briain");
        assert_eq!(slug("Ms Yetunde Adébáyọ̀"), "ms-yetunde-adebayo");
        assert_eq!(slug("O’Neill & Sons <Ltd>"), "oneill-sons-ltd");
        assert_eq!(slug("../../etc"), "etc");
        assert_eq!(slug("王小明"), "");
        assert_eq!(slug("CON"), "con-paper");
    }

    proptest! {
        #[test]
        fn no_text_escapes_its_folder(text in "\\PC*") {
            let slug = slug(&text);
            prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert!(slug.len() <= 66);
        }
    }
}
