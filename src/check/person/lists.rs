//! Words around names, and short forms of names. Lower case, without accents and full stops.

/// Titles that are no name anywhere.
pub const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "sgt", "pc", "cllr", "rev", "revd",
    "reverend", "councillor", "lord", "lady", "insp", "inspector", "sergeant", "constable", "supt", "superintendent",
    "dci", "dsupt", "wpc", "pcso", "capt", "captain", "colonel", "lt", "mme", "mlle", "mgr", "herr", "frau", "alderman",
    "ald", "canon", "rabbi",
];

/// Titles that are also names (`Di`): a title only in capitals, beside a name that is not.
pub const TITLES_IN_CAPITALS: &[&str] = &["di", "dc", "ds", "fr"];

/// Letters behind a name that are no name anywhere.
pub const LETTERS: &[&str] = &[
    "esq", "esquire", "mbe", "obe", "cbe", "kbe", "dbe", "gbe", "bem", "qpm", "kpm", "cmg", "phd", "dphil", "edd",
    "msc", "bsc", "mphil", "mba", "llb", "llm", "pgce", "cqsw", "dipsw", "rsw", "frsa", "frcp", "mrcp", "mrcgp",
    "rgn", "rmn", "frcn", "msw", "bsw", "dclinpsy", "cpsychol", "qc", "kc", "jnr", "snr", "ii", "iii", "rtr", "jp",
    "mp", "msp",
];

/// Letters that are also names (`Ma`, `Ba`): letters only in capitals, beside a name that is not.
pub const LETTERS_IN_CAPITALS: &[&str] = &["ma", "ba", "md", "dl", "cb", "bed", "med", "jr", "sr"];

/// Words between two people, or between somebody and the one in whose name they act.
pub const LINKS: &[&str] = &["and", "or", "plus", "with", "for", "behalf", "und", "pp"];

/// Words that say what somebody does, and are nobody's name.
pub const ROLES: &[&str] = &[
    "chair", "chairperson", "chairman", "chairwoman", "vicechair", "coordinator", "manager", "officer", "director",
    "secretary", "administrator", "admin", "assistant", "practitioner", "supervisor", "checker", "reviewer",
    "colleague", "colleagues", "team", "department", "council", "headteacher", "minutetaker", "somebody", "someone",
    "anybody", "anyone", "nobody", "everybody", "anonymous", "unknown", "tbc", "tba", "tbd", "myself", "lead", "taker",
];

/// Words before a surname that are a part of it: `de la Cruz`, `van der Meer`, `bin Rashid`.
pub const PARTICLES: &[&str] = &[
    "de", "la", "las", "los", "del", "da", "das", "do", "dos", "du", "des", "di", "van", "der", "den", "ter", "von", "zu",
    "bin", "binti", "ibn", "al", "el", "ap", "ab", "mac", "ni", "ua", "y",
];

/// Short forms of given names with the names that they stand for, as they are used in Britain.
pub const SHORT_FORMS: &[&[&str]] = &[
    &["thomas", "tom", "tommy"],
    &["elizabeth", "elisabeth", "liz", "lizzie", "beth", "betty", "eliza", "libby", "lisa", "elsie"],
    &["william", "will", "bill", "billy", "willie", "liam"],
    &["robert", "rob", "bob", "bobby", "robbie", "bert"],
    &["richard", "rick", "dick", "richie", "ricky"],
    &["margaret", "maggie", "meg", "peggy", "margie", "greta", "rita"],
    &["catherine", "katherine", "kathryn", "kate", "katie", "kathy", "cathy", "kitty", "kat"],
    &["james", "jim", "jimmy", "jamie"],
    &["john", "jack", "johnny", "jon", "ian"],
    &["jonathan", "jon", "jonny"],
    &["michael", "mike", "mick", "mickey", "micky"],
    &["edward", "ed", "eddie", "ted", "teddy", "ned"],
    &["edmund", "ed", "ted", "ned"],
    &["theodore", "ted", "theo"],
    &["charles", "charlie", "chuck", "chas"],
    &["charlotte", "lottie", "charlie"],
    &["alexander", "alex", "alec", "sandy", "xander", "alasdair", "alistair"],
    &["alexandra", "alex", "sandy", "sandra", "lexi"],
    &["christopher", "chris", "kit", "topher"],
    &["christine", "christina", "chris", "chrissie", "tina"],
    &["henry", "harry", "hal"],
    &["harold", "harry", "hal"],
    &["susan", "sue", "susie", "suzie", "suzanne"],
    &["anne", "ann", "anna", "annie", "nan", "hannah"],
    &["mary", "molly", "polly", "maria", "marie", "may"],
    &["sarah", "sara", "sally", "sadie"],
    &["joseph", "joe", "jo", "joey"],
    &["joanna", "joanne", "jo"],
    &["josephine", "jo", "josie"],
    &["david", "dave", "davy", "dai"],
    &["anthony", "antony", "tony"],
    &["andrew", "andy", "drew"],
    &["francis", "frank", "fran"],
    &["frances", "fran", "francesca", "fanny"],
    &["deborah", "debra", "debbie", "deb"],
    &["patricia", "pat", "patsy", "trish", "tricia"],
    &["patrick", "pat", "paddy", "padraig"],
    &["peter", "pete"],
    &["lawrence", "laurence", "larry", "laurie"],
    &["rebecca", "becky", "becca"],
    &["jennifer", "jenny", "jen"],
    &["eleanor", "ellie", "nell", "nora", "ellen", "helen"],
    &["stephen", "steven", "steve"],
    &["gerald", "gerard", "gerry", "jerry"],
    &["jeremy", "jerry", "jez"],
    &["geoffrey", "jeffrey", "geoff", "jeff"],
    &["mohammed", "muhammad", "mohamed", "mohammad", "mo", "md"],
    &["yusuf", "yousef", "yousuf", "joe"],
    &["diana", "diane", "dianne", "di"],
    &["alan", "allan", "allen", "al"],
    &["ronald", "ron", "ronnie"],
];
