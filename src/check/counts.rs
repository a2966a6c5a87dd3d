//! No text for the community counts so few children that somebody could identify them.
//!
//! In: every free text that the community may read. Out: an error for each count of children or young people below the
//! council's threshold, in digits or in words.
//!
//! Deliberately absent: counts of adults, of things and of zero; proportions from a survey ("one in three young
//! people"); rules ("two pupils at a time"); lower bounds ("at least three young people"); the names of services
//! ("two children's homes").

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::Clearance;

use super::freetext::FieldText;

pub fn rule(loaded: &Loaded, texts: &[FieldText<'_>], report: &mut Report) {
    let threshold = loaded.settings.small_count;
    let band =
        if threshold <= 5 { "five to ten".to_owned() } else { format!("{threshold} to {}", 2 * u64::from(threshold)) };
    for field in texts.iter().filter(|f| f.clearance <= Clearance::Community && f.is_said()) {
        let mut found: Vec<String> = field.readings().iter().flat_map(|text| in_text(text, threshold)).collect();
        found.sort();
        found.dedup();
        for said in found {
            report.push(
                Diagnostic::error(codes::SMALL_COUNT, format!("`{said}` is a count below {threshold}, which may identify somebody"))
                    .at(field.path.clone())
                    .hint(Hint::listing("write a band such as “{}”, or leave out the number; if it identifies nobody, list this field under `allow` with a reason", [band.as_str()])),
            );
        }
    }
}

const WORDS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Several children. The age before `-year-olds` may be any word: `[^ ]` is a class of few states, whereas `\w` with
/// its bounds would take nine tenths of the time to compile these patterns, which every command would wait for.
const MANY: &str = r"(?P<many>young (?:people|persons|adults|women|men|ones)|children|kids|pupils|students|schoolchildren|schoolgirls|schoolboys|girls|boys|lads|teenagers|teens|adolescents|victims|siblings|brothers|sisters|sons|daughters|minors|juveniles|youths|infants|toddlers|babies|under-? ?[0-9]{1,2}'?s|year [0-9]{1,2}s|[^ ]{1,9}[ -]years?[ -]olds|(?:people|residents|persons|patients) (?:aged )?(?:under|below))\b";
/// One child.
const ONE: &str = r"(?P<one>young (?:person|adult|woman|man)|child|kid|pupil|student|schoolchild|schoolgirl|schoolboy|girl|boy|lad|teenager|teen|adolescent|victim|sibling|brother|sister|son|daughter|minor|juvenile|youth|infant|toddler|baby|under-? ?[0-9]{1,2}|[^ ]{1,9}[ -]years?[ -]old|(?:person|resident|patient) (?:aged )?(?:under|below))\b";
/// Words that may come between the number and the children: those that say which children, a name ("two Somali boys")
/// and anything with a hyphen. Allowing any word at all would make "two buses carry children" a count.
const WHICH: &str = "of|the|all|these|those|them|our|their|his|her|local|other|more|further|younger|older|young|small|teenage|female|male|black|white|asian|mixed|different|known|unknown|vulnerable|missing|injured|hurt|named|unnamed|same|new|linked|particular|separate|primary|secondary|school|disabled|frightened|scared|exploited|assaulted|arrested|excluded|robbed|stabbed|identified|unaccompanied|homeless";
/// A group that is said to be children: "3 of them were pupils".
const THEY: &str = r"(?:of (?:them|whom|these|those|the \w+|(?:the |those )?(?:people|persons) \w+) )?(?:were|are|was|is|being)(?: both| all| also| only| still| just| known| an?)*";

static COUNTS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let between = format!(
        r"(?:(?:of (?:the |these |those |our )?(?:[0-9]{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten)|{WHICH}|year [0-9]{{1,2}}|[^ ]{{1,9}}[ -]year[ -]old|[a-z]+-[a-z]+|(?-i:\p{{Lu}}\p{{Ll}}+)) ){{0,4}}"
    );
    let number = format!(
        r"(?P<number>[0-9]{{1,3}}|{}|an? (?:single|lone|sole)|the only|a couple of|a pair of|both)",
        WORDS.join("|")
    );
    [
        format!(r"(?i)\b{number}(?: ?x)? (?P<between>{between})(?:{MANY}|{ONE})"),
        format!(r"(?i)\b{number} {THEY} {between}(?:{MANY}|{ONE})"),
        format!(r"(?i)\b(?:{MANY}|{ONE})(?: \w+)? ?[:=(] ?{number} ?(?:[),;]|\.(?:[^0-9]|$)|$)"),
    ]
    .map(|pattern| Regex::new(&pattern).expect("the pattern is well-formed"))
});

/// Text before a number that does not count children: `Year 4 pupils`, `twenty-two`, `one in three`, `no one child`,
/// `not a single`, `at least two`, `one-to-one`.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let number = format!("(?:[0-9]+|{})", WORDS.join("|"));
    let tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand";
    Regex::new(&format!(
        r"(?:\b(?:Years?|Key [Ss]tages?|KS|[Tt]able|[Ii]tem|[Gg]oal|[Aa]ction|[Pp]oint|[Ss]ection|[Vv]ersion|[Pp]age) ?(?:\w{{1,5}} ?(?:,|and|or|to|-|&) ?)*|(?i:\b(?:{tens})(?: and)?[ -]|\b{number} (?:in|out of)(?: every)? |\b(?:no|any|every|each|not|one[ -]to)[ -]|\bat least |\bgroups of )|(?:^|[^o] )(?i:more than )|[0-9][.,:/]|£)$"
    ))
    .expect("the pattern is well-formed")
});

/// Text after such a number: a rule, or the rest of the name of a service.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?: \w+){0,2} (?:at a time|at once|or more)|,? (?:in|from|of|per|for) (?:each|every))\b")
        .expect("the pattern is well-formed")
});
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:'s?)? (?:and families |social |mental |support |care |youth |safeguarding |referral |football |netball |basketball |cricket |rugby |hockey |swimming |athletics |dance |drama |music |sports? |chess |changing |shower |common |prayer |reading |homework |breakfast |after-school |under-? ?[0-9]+s? )*(?:centres?|homes?|schools?|clubs?|services?|hospitals?|wards?|forums?|councils?|charit(?:y|ies)|groups?|projects?|workers?|protection|referrals?|support|care|premium|unions?|nurses?|toilets?|teams?|panels?|charters?|playgrounds?|parks?|areas?|conferences?|rooms?|choirs?|bands?|orchestras?|entrances?|gates?|pitch(?:es)?|leagues?|bench(?:es)?|librar(?:y|ies)|sections?|shel(?:f|ves)|competitions?|tournaments?|bus(?:es)?|festivals?|magazines?|matches|lockers?|parliaments?|boards?|representatives?|ambassadors?|champions?|advisers?|officers?|leaders?)\b")
        .expect("the pattern is well-formed")
});

/// Young people who came for a body of theirs took part, and are known for it; so do pupils who are counted with adults.
static TOOK_PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?: (?:from|of|on) (?:the |our )?(?:[\w'-]+ ){0,3}(?i:forum|council|parliament|assembly|panel|board|cabinet|advisory group)\b|,? and (?i:staff|teachers|parents|carers|residents|adults|volunteers|governors|shopkeepers|officers|guardians|neighbours) ?[:=(] ?[0-9a-z]{1,6}\b)")
        .expect("the pattern is well-formed")
});

/// Something that was done to them or by them, about which nobody may know who it was.
static HARM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:robb|hurt|injur|assault|stab|attack|exploit|groom|arrest|missing|exclu|threat|beat|rape|abus|harm|recruit|follow|approach|traffick|kill|died|dead|drunk|drug|alcohol|bull(?:y|ied)|suspend|search|charg|convict|touch|chas|frighten|scare|carr|steal|stol|knife|weapon|gang|pregnan|hospital|disclos|refer|harass|coerc|fight|fought|sex|unsafe|crying|cried|upset)")
        .expect("the pattern is well-formed")
});

/// Words that turn the number before them into a day or an address: `on 3 May young people met`.
const OF_A_DAY_OR_A_STREET: &str = " January February March April May June July August September October November December Road Lane Street Avenue Court Park Parade Way Close Hill Terrace Square Place Gardens Grove Row House ";

/// Every count of children below a threshold, as the text has it.
fn in_text(text: &str, threshold: u32) -> Vec<String> {
    if may_count(text, threshold) { counted(text, threshold) } else { Vec::new() }
}

/// Words before the age of children, and the sign of a product (`3 x pupils`).
const PEOPLE: &str = " people persons residents patients person resident patient aged x ";

/// Whether a text can hold such a count at all: in one clause, a number below the threshold and a word for children with
/// nothing between them that keeps them apart. Most texts do not, and the patterns take longer to compile than everything
/// else about a conference takes.
fn may_count(text: &str, threshold: u32) -> bool {
    // In `2 14.5-year-olds` anything may stand before the years.
    let is_loose = text.to_lowercase().contains("year");
    let (mut before, mut child, mut since_colon) = ("", false, usize::MAX);
    let (mut number, mut is_led_to, mut is_verb) = (false, false, false);
    for (between, word, after) in words(text) {
        if !is_loose && between.contains(['.', ',', ';', ':', '!', '?', '(', ')', '=']) {
            (number, is_led_to, is_verb) = (false, false, false);
        }
        since_colon = if between.contains([':', '=', '(']) { 0 } else { since_colon.saturating_add(1) };
        let small = word.to_lowercase();
        if is_child(&small) && (is_led_to || is_verb) {
            return true;
        }
        if is_number(before, &small, threshold) {
            // `Girls: 3`, `pupils (a couple)`.
            if child && since_colon < 2 {
                return true;
            }
            (number, is_led_to) = (true, true);
        } else {
            is_led_to = is_led_to && (is_loose || may_come_between((between, word, after), &small));
            is_verb |= number && matches!(small.as_str(), "were" | "are" | "was" | "is" | "being");
        }
        child |= is_child(&small);
        before = word;
    }
    false
}

/// The words of a text, each with what stands between it and the one before, and with what follows.
fn words(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let is_word = |c: char| c.is_ascii_digit() || c.is_alphabetic();
    let mut rest = text;
    std::iter::from_fn(move || {
        let (between, tail) = rest.split_at(rest.find(is_word)?);
        let (word, after) = tail.split_at(tail.find(|c| !is_word(c)).unwrap_or(tail.len()));
        rest = after;
        Some((between, word, after))
    })
}

/// Whether a word may come between a number and the children whom it counts: see [`COUNTS`].
fn may_come_between((between, word, after): (&str, &str, &str), small: &str) -> bool {
    let joined = between.ends_with('-') || after.starts_with('-');
    joined
        || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || PEOPLE.contains(&format!(" {small} "))
        || WORDS.contains(&small)
        || WHICH.split('|').any(|which| which == small)
}

/// Whether a word in lower case, after another, is a number of [`COUNTS`] below the threshold.
fn is_number(before: &str, word: &str, threshold: u32) -> bool {
    let after = |article: &[&str]| article.iter().any(|a| before.eq_ignore_ascii_case(a));
    let small = |n: u32| (1..threshold).contains(&n);
    match word {
        "single" | "lone" | "sole" => after(&["a", "an"]),
        "only" => after(&["the"]),
        "couple" | "pair" => after(&["a"]),
        "both" => true,
        _ => {
            let digits = word.strip_suffix('x').unwrap_or(word);
            digits.parse().is_ok_and(small) || (1..).zip(WORDS).any(|(n, name)| name == word && small(n))
        }
    }
}

/// Whether a word in lower case is one for children, or is in another name for them (`people under 16`, `14-year-olds`).
fn is_child(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    word.starts_with("under")
        || matches!(
            one,
            "young" | "year" | "below" | "children" | "child" | "kid" | "pupil" | "student" | "girl" | "boy" | "lad"
        )
        || matches!(
            one,
            "schoolchildren" | "schoolchild" | "schoolgirl" | "schoolboy" | "teenager" | "teen" | "adolescent"
        )
        || matches!(
            one,
            "victim" | "sibling" | "brother" | "sister" | "son" | "daughter" | "minor" | "juvenile" | "youth"
        )
        || matches!(one, "infant" | "toddler" | "babie" | "baby")
}

fn counted(text: &str, threshold: u32) -> Vec<String> {
    let found = COUNTS.iter().flat_map(|shape| shape.captures_iter(text));
    found.filter(|count| is_small(text, count, threshold)).map(|count| said(&count)).collect()
}

fn said(count: &Captures<'_>) -> String {
    let whole = count.get(0).map_or("", |m| m.as_str());
    let ends = |c: char| c.is_alphanumeric() || (c == ')' && whole.contains('('));
    whole.trim_end_matches(|c| !ends(c)).to_owned()
}

fn is_small(text: &str, count: &Captures<'_>, threshold: u32) -> bool {
    let (Some(whole), Some(number)) = (count.get(0), count.name("number")) else { return false };
    let Some(value) = value(&number.as_str().to_lowercase()).filter(|n| (1..threshold).contains(n)) else {
        return false;
    };
    // `Girls: 3` says it outright.
    if number.start() > whole.start() {
        return !took_part(text, whole.range());
    }
    let between = count.name("between").map_or("", |m| m.as_str());
    // "One of the girls" and "two girls", but "one girl".
    let several = value > 1 || between.to_lowercase().starts_with("of ");
    let agrees = count.name(if several { "many" } else { "one" }).is_some();
    let elsewhere = between.split_whitespace().any(|w| OF_A_DAY_OR_A_STREET.contains(&format!(" {w} ")));
    agrees
        && !elsewhere
        && !BEFORE.is_match(&text[..number.start()])
        && !is_of_something_else(text, count)
        && !took_part(text, whole.range())
}

/// Whether they are said to have taken part in something, and nothing is told that befell somebody.
fn took_part(text: &str, range: std::ops::Range<usize>) -> bool {
    TOOK_PART.is_match(&text[range.end..]) && !HARM.is_match(sentence(text, range))
}

/// The sentence that a range is in.
fn sentence(text: &str, range: std::ops::Range<usize>) -> &str {
    let start = text[..range.start].rfind(['.', ';', '!', '?']).map_or(0, |at| at + 1);
    let end = text[range.end..].find(['.', ';', '!', '?']).map_or(text.len(), |at| range.end + at);
    &text[start..end]
}

/// Whether the words that follow turn it into a rule, the name of a service, or `both young people and shops`.
fn is_of_something_else(text: &str, count: &Captures<'_>) -> bool {
    let after = count.get(0).map_or("", |whole| &text[whole.end()..]);
    let both = count.name("number").is_some_and(|n| n.as_str().eq_ignore_ascii_case("both"));
    // A plural needs an apostrophe to be part of a name; a singular does not: "one youth worker".
    let is_service = SERVICE.is_match(after) && (count.name("one").is_some() || after.starts_with('\''));
    is_service || AFTER.is_match(after) || (both && after.starts_with(" and "))
}

fn value(typed: &str) -> Option<u32> {
    match typed {
        "the only" => Some(1),
        "a couple of" | "a pair of" | "both" => Some(2),
        _ if typed.starts_with("a ") || typed.starts_with("an ") => Some(1),
        _ => typed.parse().ok().or_else(|| (1..).zip(WORDS).find(|(_, word)| *word == typed).map(|(n, _)| n)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::freetext::folded;

    #[test]
    fn a_small_count_of_children_is_found_in_digits_and_in_words() {
        for text in [
            "3 young people were hurt",
            "Three young people were hurt",
            "two of the girls",
            "one of the girls",
            "3 of them were pupils",
            "two of whom were known pupils",
            "four local children",
            "a single young person",
            "One young person was robbed.",
            "the only girl in the group",
            "two Year 9 pupils",
            "2 14-year-olds",
            "a couple of teenagers",
            "both girls",
            "two people under 18",
            "three were girls",
            "Girls: 3; boys: 12.",
            "Pupils (two)",
            "up to three children",
            "2 to 4 children",
            "no more than two boys were there",
            "last year 2 girls were followed",
            "a group of three boys",
            "two siblings",
            "one under-16",
            "Two sixteen-year-olds",
            "two Somali boys",
            "two care-experienced young people",
            "2x pupils",
            "four of the six pupils",
            "both pupils",
            "On 14 May two boys were robbed.",
            "At 5 Mill Lane two boys were robbed.",
            "Of those hurt, two were pupils.",
            "Two pupils from the School Council were robbed.",
            "Pupils (2) and staff (3) were hurt.",
            "Two pupils from Dace Park Academy came.",
            "two pupils’ phones",
        ] {
            assert!(!in_text(&folded(text), 5).is_empty(), "{text}");
        }
    }

    #[test]
    fn counts_of_others_large_counts_and_no_count_at_all_pass() {
        for text in [
            "Young people took part in focus groups and sent 61 survey answers.",
            "two members of staff",
            "aged 11 to 17",
            "under 18s",
            "No young person was to be named or described.",
            "between ten and twenty young people",
            "five to ten young people",
            "fewer than five young people",
            "twenty-two pupils",
            "a hundred and three pupils",
            "1,004 pupils",
            "Year 4 pupils",
            "Years 3 and 4 pupils",
            "one in three young people",
            "1 out of 4 pupils",
            "two schoolchildren at a time",
            "at least three young people",
            "two children's homes",
            "three young people's forums",
            "one child protection conference",
            "one youth worker",
            "one page on how young people travel",
            "One shared way to welcome young people",
            "Work with single children can hold",
            "at 3pm pupils leave",
            "not a single young person",
            "no one child",
            "one-to-one child sessions",
            "both young people and residents",
            "Young people: one page on what to do",
            "two buses carry children",
            "Station staff know many of the young people.",
            "3:10pm",
            "One of the worries was young people waiting in the dark",
            "Drivers may let a young person travel who has no money.",
            "10 young people",
            "The shop lets two pupils in at once.",
            "On 3 May young people met.",
            "At 2 Kiln Road young people meet.",
            "The last three years young people have asked for light.",
            "Of the shops, two helped young people to get home.",
            "The 4 schools in the area have 1,204 pupils.",
            "Both children and adults wait there.",
            "The first three young people's panels met.",
            "Every one of the pupils was asked.",
            "Young people aged 16 and 17 work in two shops.",
            "Three young people from the Forum read out the poem that they wrote.",
            "One child in every class is a bus monitor.",
            "The school has 4 pupil toilets and 2 girls’ changing rooms.",
            "Four boys’ football teams train there.",
            "Pupils (4) and staff (3) painted the wall.",
            "Two youth representatives chaired the second half.",
        ] {
            assert_eq!(in_text(&folded(text), 5), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_council_sets_the_threshold_and_nought_switches_the_rule_off() {
        assert!(!in_text("seven young people", 10).is_empty() && in_text("seven young people", 7).is_empty());
        assert!(in_text("one young person", 0).is_empty());
    }

    const PARTS: &[&str] = &[
        "2",
        "3",
        "12",
        "5x",
        "Two",
        "one",
        "eleven",
        "a single",
        "the only",
        "a couple of",
        "both",
        "an lone",
        "of the",
        "of them",
        "were",
        "is",
        "also",
        "the",
        "known",
        "Somali",
        "part-time",
        "Year 9",
        "9-year-old",
        "14.5 year old",
        "14",
        "aged",
        "under",
        "people",
        "persons",
        "pupils",
        "Girls",
        "young women",
        "young",
        "child",
        "kids",
        "schoolboys",
        "babies",
        "under-16s",
        "under 5s",
        "under18",
        "year 9s",
        "14-year-olds",
        "14.year old",
        "people aged under 16",
        "patients below",
        "siblings",
        "son",
        "victim",
        "x",
        "shops",
        "whom",
    ];

    proptest! {
        #[test]
        fn no_text_makes_the_rule_panic(text in "\\PC{0,60}", before in "\\PC{0,9}", after in "\\PC{0,9}") {
            in_text(&text, 5);
            in_text(&folded(&format!("{before} two girls {after}")), 5);
            in_text(&format!("{before}Two girls{after} (3) {before}"), 5);
        }

        #[test]
        fn a_text_that_is_passed_over_has_no_count(
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..9),
            ends in proptest::collection::vec(proptest::sample::select(&[" ", " ", " ", "-", ", ", ". ", ": ", " (", ") ", "’s ", "'s "][..]), 9),
            threshold in 1_u32..12,
        ) {
            let text: String = parts.into_iter().zip(ends).flat_map(|(part, end)| [part, end]).collect();
            let text = folded(&text);
            prop_assert!(may_count(&text, threshold) || counted(&text, threshold).is_empty(), "{}", text);
        }
    }
}
