//! Names that are words as well, and words that show that a name is a place's.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Given names and surnames that are English words, places, months or titles, in lower case. In a sentence they can only
/// be told from the word by their capital, and not even by that at its start.
const COMMON: &str = " may will mark rose grace hope faith joy summer april june august dawn eve ivy lily daisy holly hazel heather \
    violet iris olive poppy jasmine ruby pearl amber jade crystal star sky skye rain river rivers brook brooks lake lakes \
    forest dale glen heath cliff rocky stone stones wood woods field fields hill hills bank banks marsh moor park parks \
    lane street streets church churches bishop king prince duke earl knight page cook baker butcher miller carter fisher \
    hunter mason potter archer porter cooper bond bell ball bush berry cherry rice bean day night winter winters snow \
    frost storm gale flood north south east west young old long short small little large big strong swift sharp wise good \
    best better moody gay bright brown black white green grey gray gold golden silver red blue bill jack rob pat sue \
    drew nick frank ernest art guy gene dean ray lance grant chase chance miles max pip dick ted jay robin wren finch \
    swan drake peacock crane hawk fox wolf lamb bull hart buck bird fish pike salmon herring bass cole coal love darling \
    valentine christian major marshall chancellor reading reed read rich power powers price pound penny cash money case \
    cases cross noble law laws judge justice sheriff trust victor victory mercy patience prudence constance charity \
    verity honor honour unity liberty destiny angel heaven eden trinity paris london chelsea georgia florence india china \
    israel jordan kent lincoln preston york charlotte sydney austin dallas phoenix carolina virginia victoria alexandra \
    melody harmony carol carroll harp fife piper singer player walker rider driver ward wards warden hall halls house \
    home homes gate gates bridge bridges ford fords well wells spring springs pool pools pond pitt pitts pit mill mills \
    barn barnes farm farmer garden gardener green gardens tree trees branch leaf root roots flowers flower bloom blossom \
    way ways road rhodes port harbour haven shore shaw sands sandy sunny stormy misty wood cotton silk wool taylor tailor \
    weaver webb dyer glover sadler turner smith wright clerk clark clarke steward stewart butler chambers parson parsons \
    priest pope abbot monk nunn friar dean deacon sexton squire page constable sergeant sargent singh patel khan bird \
    head foot hand hands armstrong beard cheek chin legg back side rowe row line lines cord rope chain sail mast deck \
    bond bonds bill bills mint coin coins cost costs sell sells sale sales trade trader merchant chapman barker cant \
    cannot bravo victor oscar mike romeo juliet alpha delta sierra tango echo zulu quill bookman booker reader teacher \
    child children childs boy boys man mann men guest friend friends stranger savage wild wilde tame gentle kind kindness \
    noble true truth real reason reid blessing precious promise princess queen queenie earnest gift goodness comfort \
    blythe felicity clemency temperance sage basil rosemary ginger clove saffron pepper salt honey candy sugar olive coffee \
    sherry brandy martini porter stout beer booze lawn moss fern reed rush sedge bracken ash oak elm beech birch maple \
    alder rowan willow aspen hawthorn thorn briar bramble berry plum peach apple pear lemon raven jet robin martin swallow \
    starling lark nightingale rook dove pigeon crow kite eagle falcon merlin hobby bunting wagtail heron bittern teal \
    coot rail snipe woodcock partridge pheasant quail hare rabbit badger otter beaver mole stoat roebuck stagg hind colt \
    steed mare foal saddle bridle spence spencer pace speed quick hurry hasty fleet race racer bolt flash lightning thunder \
    rain shine sun moon stella nova cloud mist hale hail sleet breeze blow gust east star world globe land lands moor \
    english welsh scott scot irish french german holland england wales ireland scotland britain cornish norman saxon dane \
    monday friday easter noel christmas january september century age elder younger senior junior last first second \
    one two ten even odd key keys lock locke bolt hook nail nails hammer sword shield spear bow arrow dart archer gunn \
    gun pistol cannon trigger war peace warr battle wall walls tower towers castle fort keep moat ditch bank field close \
    court yard square circle ring rings diamond gem jewel gold bacon ham pork lamb veal pye pie cake bread butter cheese \
    ways means end ends hooper mead meadow meadows pasture plant planter shepherd drover boon luck lucky fortune gamble \
    dear dearest sweet sweeting pretty fair fairer plain plane bell belle beau dolly barbie kit cat kitty tom tabby \
    jimmy billy bobby peeler joiner painter plumber slater tyler thatcher potter glazer carver sawyer hewer coward bold brave \
    hardy stark sterling stirling pound franks mark marks dollar rand rupert buddy chip chuck clay cliff curt dale dash \
    dot dusty earl ebony ember fern fleur flora gale gill ginny hank harry herb jay joy kay lane lee mac mick norm opal \
    pat peg penny petal pierce queenie reece rick rock rod rusty scarlett sonny spike stew sunny tad tanner tate terry \
    tiffany trip troy vale van vaughan victor wade wick win winnie woody ";

/// Words without which there is no sentence, some of which are names too: `An`, `So`, `My`, `To`. At the start of a
/// sentence they are the word.
const OF_SENTENCES: &str = " a am an and any are as at be been both but by can did do does done for from get go got had has have he \
    her here him his how i if in into is it its just let me more most much must my near never no nor not now of off on \
    once only or our out over own per put said saw say see she so some soon still such than that the their them then there \
    these they this those to too under up upon us very was we were what when where which while who whom why with yes yet \
    you your ";

/// Words after a name by which it is a street's, a school's or a shop's.
const OF_A_PLACE: &str = " road street lane avenue court park parade way close hill terrace square place gardens grove row house \
    drive crescent mews green estate bridge station school academy college primary infants juniors nursery university church \
    mosque temple chapel hospital surgery clinic pharmacy centre center hall library museum theatre stadium arena market \
    arcade hotel inn arms pub cafe restaurant kitchen kebabs kebab bakery stores store shop shops news garage motors \
    barbers salon gym club trust foundation charity fund association council ltd limited plc llp bros brothers sons fields \
    field meadow wood woods common heath farm wharf quay dock pier gate building buildings tower towers flats lodge cottage \
    villas ward estate hub society group band cup trophy prize award memorial bench garden pitch playground roundabout \
    junction interchange tunnel line route act law rules day week month ";

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a folded word of a name is a common word as well.
pub fn is_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| [COMMON, OF_SENTENCES].into_iter().flat_map(str::split_ascii_whitespace).collect());
    WORDS.contains(word)
}

/// Whether a folded word is one that sentences are built with.
pub fn is_of_sentences(word: &str) -> bool {
    has(OF_SENTENCES, word)
}

/// Whether a folded word after a name shows that it is the name of a place, a body or a thing.
pub fn is_of_a_place(word: &str) -> bool {
    has(OF_A_PLACE, word)
}

/// Whether a name is that of a month too.
pub fn is_month(word: &str) -> bool {
    has("may april june august january september", word)
}

/// Folded words before or after a month: `in May`, `May half-term`.
pub fn is_beside_a_month(word: &str) -> bool {
    has(
        "in since by from until till to before after during early late mid of last next this every each through throughout \
        between bank half term day january february march april may june july august september october november december",
        word,
    ) || word.bytes().all(|b| b.is_ascii_digit())
}

/// Folded words that follow a verb at the start of a sentence, and no name: `May we`, `Will the`.
pub fn follows_a_verb(word: &str) -> bool {
    has(
        "i we you he she it they the a an this that these those there anybody anyone somebody everybody all our your",
        word,
    )
}

/// Folded words that follow the name of somebody who does something, and seldom a thing.
pub fn follows_a_person(word: &str) -> bool {
    has(
        "s and or was is has had said says told came went left saw lives told asked wants wanted knows felt feels got",
        word,
    )
}

/// Words between the parts of a name that are no name by themselves.
pub fn is_particle(word: &str) -> bool {
    has(
        "y e de da do dos del della di la le van von den der ter bin bint ibn al el ul ud ad abu ben bat o mac mc ni nic ui ap ab st",
        word,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert!(
            is_word("may")
                && is_word("terry")
                && is_word("an")
                && is_word("so")
                && !is_word("ma")
                && !is_word("mensah")
                && !is_word("")
        );
        assert!(is_of_a_place("road") && !is_of_a_place("oad") && is_particle("ni") && is_month("may"));
        assert!(is_beside_a_month("in") && is_beside_a_month("2026") && !is_beside_a_month("saw"));
    }
}
