use std::fmt;

/// What kind of thing a term counts. The order is the order of families in a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Family {
    /// Word n-grams.
    Word,
    /// Character n-grams within words.
    Character,
    /// Stem n-grams.
    Stem,
    /// Stems within the scope of a negation.
    Negated,
    /// Words of the sentence before.
    Before,
    /// Words of the sentence after.
    After,
    /// Position and cues.
    Structure,
    /// The first words of the sentence.
    Opening,
    /// The categories of a dictionary in the order in which the sentence has their terms.
    Dictionary,
}

impl Family {
    /// All families, in order.
    pub const ALL: [Self; 9] = [
        Self::Word,
        Self::Character,
        Self::Stem,
        Self::Negated,
        Self::Before,
        Self::After,
        Self::Structure,
        Self::Opening,
        Self::Dictionary,
    ];
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();
}

/// A term as a reader of explanations sees it.
impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Word => "",
            Self::Character => "letters: ",
            Self::Stem => "stem: ",
            Self::Negated => "negated: ",
            Self::Before => "before: ",
            Self::After => "after: ",
            Self::Structure => "structure: ",
            Self::Opening => "opening: ",
            Self::Dictionary => "dictionary: ",
        })
    }
}

/// The hash by which terms are looked up: never stored, so free to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TermHash(pub u64);

impl TermHash {
    /// The hash every term of a family starts from.
    pub fn of(family: Family) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ (family as u64 + 1) << 56)
    }

    /// The hash of the term with one more unit at its end. Multiplying and folding the high half
    /// back spreads every bit of the unit over the whole hash.
    pub fn then(self, unit: u64) -> Self {
        let product = u128::from(self.0.rotate_left(23) ^ unit) * 0xa076_1d64_78bd_642f_u128;
        Self((product >> 64) as u64 ^ product as u64)
    }
}

/// The hash of a unit (a word, a stem, a run of characters).
pub(super) fn unit(bytes: &[u8]) -> u64 {
    let mut hash = TermHash(bytes.len() as u64 ^ 0xe703_7ed1_a0b4_28db);
    let (chunks, rest) = bytes.as_chunks();
    for &chunk in chunks {
        hash = hash.then(u64::from_le_bytes(chunk));
    }
    hash.then(few(rest)).0
}

/// Up to seven bytes as a number. Reads that overlap take a third of the time of a copy, whose
/// length the compiler does not know.
fn few(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u64::from(u32::from_le_bytes(*last));
        u64::from(u32::from_le_bytes(*first)) | last << 32
    } else if length > 0 {
        let byte = |at: usize| u64::from(bytes[at]);
        byte(0) | byte(length / 2) << 8 | byte(length - 1) << 16
    } else {
        0
    }
}
