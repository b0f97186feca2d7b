/// Numbers by hashes that stand for their keys: no key is kept or compared.
///
/// A flat table, at most two thirds full, so that most look-ups read a single cache line.
#[derive(Debug)]
pub(super) struct Table {
    places: Vec<Place>,
    filled: usize,
}

/// Twelve bytes: sixteen, with the gap that an aligned hash asks for, would be a third more memory.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(4))]
struct Place {
    /// 0 where the place is free.
    hash: u64,
    number: u32,
}

const FREE: Place = Place { hash: 0, number: 0 };

impl Table {
    pub fn with_room_for(entries: usize) -> Self {
        Self {
            places: vec![FREE; (3 * entries).div_ceil(2).max(16)],
            filled: 0,
        }
    }

    /// The numbers by their hashes.
    pub fn of(numbers: &[u32], hash: impl Fn(u32) -> u64) -> Self {
        let mut table = Self::with_room_for(numbers.len());
        for &number in numbers {
            table.insert(hash(number), number);
        }
        table
    }

    pub fn get(&self, hash: u64) -> Option<u32> {
        let place = self.places[self.place(hash.max(1))];
        (place.hash != FREE.hash).then_some(place.number)
    }

    pub fn insert(&mut self, hash: u64, number: u32) {
        if 3 * (self.filled + 1) > 2 * self.places.len() {
            self.grow();
        }
        let hash = hash.max(1);
        let at = self.place(hash);
        self.filled += usize::from(self.places[at].hash == FREE.hash);
        self.places[at] = Place { hash, number };
    }

    /// Where the hash is, or else where it would go.
    fn place(&self, hash: u64) -> usize {
        let mut at = share(hash, self.places.len());
        loop {
            let found = self.places[at].hash;
            if found == hash || found == FREE.hash {
                return at;
            }
            at += 1;
            if at == self.places.len() {
                at = 0;
            }
        }
    }

    fn grow(&mut self) {
        let mut larger = Self::with_room_for(2 * self.filled);
        for &Place { hash, number } in &self.places {
            if hash != FREE.hash {
                larger.insert(hash, number);
            }
        }
        *self = larger;
    }
}

/// A bit for each hash that is there, and by chance for one in sixteen that is not: small enough
/// for the second cache.
#[derive(Debug)]
pub(super) struct Filter(Vec<u64>);

impl Filter {
    pub fn of(numbers: &[u32], hash: impl Fn(u32) -> u64) -> Self {
        let mut filter = Self(vec![0; numbers.len() / 4 + 1]);
        for &number in numbers {
            let (word, bit) = filter.place(hash(number));
            filter.0[word] |= bit;
        }
        filter
    }

    pub fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.0[word] & bit != 0
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        (share(hash, self.0.len()), 1 << (hash % 64))
    }
}

/// A place below `places`, by the high bits of a hash.
fn share(hash: u64, places: usize) -> usize {
    ((u128::from(hash) * places as u128) >> 64) as usize
}
