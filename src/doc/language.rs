//! The languages that texts are in.
//!
//! In: a tag or a name as it was typed. Out: a [`Language`] that is known.
//!
//! Deliberately absent: words in any of them.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize, Serializer};

/// A language that somebody reads, by its primary subtag (BCP 47, RFC 5646 §2.2.1). Only those that we know: a tag that
/// nobody knows is a slip, and would print a letter that its reader cannot read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

impl Language {
    /// English, in which every paper is written at least.
    pub const ENGLISH: Language = Language("en");

    /// Every language that is known.
    pub fn all() -> impl Iterator<Item = Language> {
        KNOWN.iter().map(|(tag, _)| Language(tag))
    }

    /// The language of a tag or of an English name, as a list may have it: `cy`, `CY`, `cy-GB`, `Welsh`.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        let is_it = |(tag, name): &&(&str, &str)| *tag == primary || name.to_lowercase() == text;
        KNOWN.iter().find(is_it).map(|(tag, _)| Language(tag))
    }

    /// The language of a tag exactly as files and templates have it: `cy`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        KNOWN.iter().find(|(known, _)| *known == tag).map(|(tag, _)| Language(tag))
    }

    /// Its primary subtag.
    pub fn tag(self) -> &'static str {
        self.0
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        KNOWN.iter().find(|(tag, _)| *tag == self.0).map_or(self.0, |(_, name)| *name)
    }

    /// The country whose spelling our papers take, where there is only one that they could: programs that check spelling
    /// have a dictionary of its language there.
    pub fn country(self) -> Option<&'static str> {
        matches!(self.0, "en" | "cy" | "gd" | "gv" | "kw").then_some("GB")
    }

    /// The tag with its country, as `xml:lang` and `lang` have it: `en-GB`, `ar`.
    pub fn with_country(self) -> Cow<'static, str> {
        self.country().map_or(Cow::Borrowed(self.0), |country| Cow::Owned(format!("{}-{country}", self.0)))
    }

    /// Whether its letters run from the right.
    pub fn is_from_right(self) -> bool {
        matches!(self.0, "ar" | "ckb" | "dv" | "fa" | "he" | "ks" | "prs" | "ps" | "sd" | "ug" | "ur" | "yi")
    }

    /// Whether it is English.
    pub fn is_english(self) -> bool {
        self == Self::ENGLISH
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(deserializer)?;
        Self::typed(&typed).ok_or_else(|| {
            de::Error::custom(format!("`{typed}` is no language that we know: write its tag, such as `cy` for Welsh"))
        })
    }
}

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A language, as the tag of BCP 47: `cy` for Welsh, `ar` for Arabic.",
            "type": "string",
            "examples": ["cy"]
        })
    }
}

/// The languages of ISO 639-1, and some of ISO 639-3 that people in this country read, each with its English name.
const KNOWN: &[(&str, &str)] = &[
    ("aa", "Afar"),
    ("ab", "Abkhazian"),
    ("af", "Afrikaans"),
    ("ak", "Akan"),
    ("am", "Amharic"),
    ("an", "Aragonese"),
    ("ar", "Arabic"),
    ("as", "Assamese"),
    ("av", "Avaric"),
    ("ay", "Aymara"),
    ("az", "Azerbaijani"),
    ("ba", "Bashkir"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bi", "Bislama"),
    ("bm", "Bambara"),
    ("bn", "Bengali"),
    ("bo", "Tibetan"),
    ("br", "Breton"),
    ("bs", "Bosnian"),
    ("ca", "Catalan"),
    ("ce", "Chechen"),
    ("ch", "Chamorro"),
    ("ckb", "Central Kurdish"),
    ("co", "Corsican"),
    ("cr", "Cree"),
    ("cs", "Czech"),
    ("cv", "Chuvash"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("dv", "Divehi"),
    ("dz", "Dzongkha"),
    ("ee", "Ewe"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("ff", "Fulah"),
    ("fi", "Finnish"),
    ("fj", "Fijian"),
    ("fo", "Faroese"),
    ("fr", "French"),
    ("fy", "Western Frisian"),
    ("ga", "Irish"),
    ("gd", "Scottish Gaelic"),
    ("gl", "Galician"),
    ("gn", "Guarani"),
    ("gu", "Gujarati"),
    ("gv", "Manx"),
    ("ha", "Hausa"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("ho", "Hiri Motu"),
    ("hr", "Croatian"),
    ("ht", "Haitian"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("hz", "Herero"),
    ("id", "Indonesian"),
    ("ig", "Igbo"),
    ("ii", "Sichuan Yi"),
    ("ik", "Inupiaq"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("iu", "Inuktitut"),
    ("ja", "Japanese"),
    ("jv", "Javanese"),
    ("ka", "Georgian"),
    ("kg", "Kongo"),
    ("ki", "Kikuyu"),
    ("kj", "Kuanyama"),
    ("kk", "Kazakh"),
    ("kl", "Kalaallisut"),
    ("km", "Khmer"),
    ("kn", "Kannada"),
    ("ko", "Korean"),
    ("kr", "Kanuri"),
    ("ks", "Kashmiri"),
    ("ku", "Kurdish"),
    ("kv", "Komi"),
    ("kw", "Cornish"),
    ("ky", "Kyrgyz"),
    ("la", "Latin"),
    ("lb", "Luxembourgish"),
    ("lg", "Ganda"),
    ("li", "Limburgan"),
    ("ln", "Lingala"),
    ("lo", "Lao"),
    ("lt", "Lithuanian"),
    ("lu", "Luba-Katanga"),
    ("lv", "Latvian"),
    ("mg", "Malagasy"),
    ("mh", "Marshallese"),
    ("mi", "Maori"),
    ("mk", "Macedonian"),
    ("ml", "Malayalam"),
    ("mn", "Mongolian"),
    ("mr", "Marathi"),
    ("ms", "Malay"),
    ("mt", "Maltese"),
    ("my", "Burmese"),
    ("na", "Nauru"),
    ("nb", "Norwegian Bokmal"),
    ("nd", "North Ndebele"),
    ("ne", "Nepali"),
    ("ng", "Ndonga"),
    ("nl", "Dutch"),
    ("nn", "Norwegian Nynorsk"),
    ("no", "Norwegian"),
    ("nr", "South Ndebele"),
    ("nv", "Navajo"),
    ("ny", "Chichewa"),
    ("oc", "Occitan"),
    ("oj", "Ojibwa"),
    ("om", "Oromo"),
    ("or", "Oriya"),
    ("os", "Ossetian"),
    ("pa", "Punjabi"),
    ("pi", "Pali"),
    ("pl", "Polish"),
    ("prs", "Dari"),
    ("ps", "Pashto"),
    ("pt", "Portuguese"),
    ("qu", "Quechua"),
    ("rm", "Romansh"),
    ("rn", "Rundi"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("rw", "Kinyarwanda"),
    ("sa", "Sanskrit"),
    ("sc", "Sardinian"),
    ("sco", "Scots"),
    ("sd", "Sindhi"),
    ("se", "Northern Sami"),
    ("sg", "Sango"),
    ("si", "Sinhala"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sm", "Samoan"),
    ("sn", "Shona"),
    ("so", "Somali"),
    ("sq", "Albanian"),
    ("sr", "Serbian"),
    ("ss", "Swati"),
    ("st", "Southern Sotho"),
    ("su", "Sundanese"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("syl", "Sylheti"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("tg", "Tajik"),
    ("th", "Thai"),
    ("ti", "Tigrinya"),
    ("tk", "Turkmen"),
    ("tl", "Tagalog"),
    ("tn", "Tswana"),
    ("to", "Tonga"),
    ("tr", "Turkish"),
    ("ts", "Tsonga"),
    ("tt", "Tatar"),
    ("tw", "Twi"),
    ("ty", "Tahitian"),
    ("ug", "Uighur"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("uz", "Uzbek"),
    ("ve", "Venda"),
    ("vi", "Vietnamese"),
    ("vo", "Volapuk"),
    ("wa", "Walloon"),
    ("wo", "Wolof"),
    ("xh", "Xhosa"),
    ("yi", "Yiddish"),
    ("yo", "Yoruba"),
    ("za", "Zhuang"),
    ("zh", "Chinese"),
    ("zu", "Zulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_tag_that_somebody_knows_or_its_english_name() {
        let welsh = Language::of_tag("cy");
        assert!(welsh.is_some());
        for typed in ["cy", " CY ", "cy-GB", "cy_GB", "Welsh", "welsh"] {
            assert_eq!(Language::typed(typed), welsh, "{typed}");
        }
        for typed in ["", "we", "Wel", "cymru", "x-private", "../../etc", "{{ x }}", "ar\u{202e}"] {
            assert_eq!(Language::typed(typed), None, "{typed}");
        }
        assert_eq!(Language::of_tag("CY"), None, "files have it in one way");
        assert_eq!(Language::typed("none"), None, "no language is a language");
    }

    #[test]
    fn every_language_is_known_once_and_by_its_tag() {
        let mut tags: Vec<&str> = Language::all().map(Language::tag).collect();
        assert!(tags.is_sorted() && tags.iter().all(|tag| (2..=3).contains(&tag.len())));
        tags.dedup();
        assert_eq!(tags.len(), KNOWN.len());
        assert_eq!(Language::ENGLISH.with_country(), "en-GB");
        let from_right: Vec<&str> = Language::all().filter(|l| l.is_from_right()).map(Language::tag).collect();
        assert!(["ar", "fa", "he", "ur"].iter().all(|tag| from_right.contains(tag)));
        assert!(!["cy", "en", "pa", "ku"].iter().any(|tag| from_right.contains(tag)));
    }
}
