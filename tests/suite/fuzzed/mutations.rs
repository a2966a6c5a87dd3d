//! Mutations of bytes, the same on every machine.
//!
//! In: seeds and a number. Out: one of them with some bytes flipped, cut, doubled, moved, or replaced by what is often
//! mistaken.
//!
//! Deliberately absent: chance, and what code was reached; `fuzz/` has a driver that looks at it.

/// What parsers stumble over: ends of numbers, marks, openings of every format that is read.
const TELLING: &[&[u8]] = &[
    b"\0",
    b"\xFF",
    b"\x80",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xE2\x80\xAE",
    b"\xED\xA0\x80",
    b"\r\n",
    b"\n",
    b"\t",
    b"\"",
    b"'",
    b"`",
    b"-1",
    b"0",
    b"255",
    b"65536",
    b"4294967296",
    b"9223372036854775807",
    b"1e400",
    b"nan",
    b"{{",
    b"{%",
    b"%}",
    b"{",
    b"[",
    b"]",
    b"}",
    b": ",
    b"- ",
    b" #",
    b"---\n",
    b"*a",
    b"&a ",
    b"<",
    b"</",
    b"/>",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE a [",
    b"&#x110000;",
    b"&a;",
    b"<<",
    b">>",
    b"(",
    b")",
    b"endstream",
    b"endobj",
    b" 0 R",
    b"PK\x01\x02",
    b"..",
    b"/",
    b"\\",
    b"%",
    b"=== a.b\n",
    "é".as_bytes(),
    "\u{1F46A}".as_bytes(),
];

/// The longest that a mutation may be.
const LONGEST: usize = 64 * 1024;

/// Makes mutations of seeds, one after the other.
pub struct Mutations<'s> {
    seeds: &'s [Vec<u8>],
    state: u64,
}

impl<'s> Mutations<'s> {
    /// Begins. Another name begins elsewhere.
    pub fn new(name: &str, seeds: &'s [Vec<u8>]) -> Self {
        assert!(seeds.iter().any(|seed| !seed.is_empty()), "{name} has seeds");
        // FNV-1a.
        let state =
            name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01B3));
        Self { seeds, state }
    }

    /// The next mutation: up to four changes of one seed.
    pub fn next(&mut self) -> Vec<u8> {
        let mut data = self.seed().clone();
        for _ in 0..=self.below(4) {
            self.change(&mut data);
        }
        data.truncate(LONGEST);
        data
    }

    fn seed(&mut self) -> &'s Vec<u8> {
        let seeds = self.seeds;
        &seeds[self.below(seeds.len())]
    }

    fn change(&mut self, data: &mut Vec<u8>) {
        let (from, to) = self.span(data.len());
        match self.below(8) {
            0 if from < data.len() => data[from] ^= 1 << self.below(8),
            1 if from < data.len() => data[from] = u8::try_from(self.below(256)).expect("it is a byte"),
            2 => drop(data.drain(from..to)),
            3 => data.truncate(to),
            4 => {
                let part = data[from..to].repeat(1 + self.below(8));
                data.splice(to..to, part);
            }
            5 => {
                let other = self.seed();
                let (start, end) = self.span(other.len());
                data.splice(from..to, other[start..end].iter().copied());
            }
            6 => {
                let part: Vec<u8> = data.drain(from..to).collect();
                let at = self.below(data.len() + 1);
                data.splice(at..at, part);
            }
            _ => {
                let telling = TELLING[self.below(TELLING.len())];
                let until = if self.below(2) == 0 { from } else { to };
                data.splice(from..until, telling.iter().copied());
            }
        }
    }

    /// A part of so many bytes, short more often than long.
    fn span(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length + 1);
        let most = 1 << self.below(12);
        (from, (from + self.below(most) + 1).min(length))
    }

    /// A number below another.
    fn below(&mut self, most: usize) -> usize {
        // Marsaglia's xorshift64*.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let drawn = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        usize::try_from(drawn).expect("it has 32 bits") % most
    }
}

#[test]
fn mutations_are_the_same_every_time_and_differ_from_one_another() {
    let seeds = [b"Name,Postcode\n".to_vec(), b"A,E20 9ZZ\n".to_vec()];
    let some = |name: &str| {
        let mut mutations = Mutations::new(name, &seeds);
        (0..200).map(|_| mutations.next()).collect::<Vec<_>>()
    };
    assert_eq!(some("a"), some("a"));
    assert_ne!(some("a"), some("b"));
    let different: std::collections::BTreeSet<_> = some("a").into_iter().collect();
    assert!(different.len() > 150 && different.iter().all(|data| data.len() <= LONGEST));
}
