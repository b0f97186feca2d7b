/// Numbers by hashes that stand for their keys: no key is kept or compared.
///
/// A flat table at most half full, the hashes apart from the numbers, so that most look-ups that
/// find nothing read a single cache line.
#[derive(Debug)]
pub(super) struct Table {
    /// `FREE` where a place is free.
    hashes: Vec<u64>,
    numbers: Vec<u32>,
    filled: usize,
}

const FREE: u64 = 0;

impl Table {
    pub fn with_room_for(entries: usize) -> Self {
        let places = (2 * entries).next_power_of_two().max(16);
        Self {
            hashes: vec![FREE; places],
            numbers: vec![0; places],
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
        let place = self.place(hash.max(1));
        (self.hashes[place] != FREE).then(|| self.numbers[place])
    }

    pub fn insert(&mut self, hash: u64, number: u32) {
        if 2 * (self.filled + 1) > self.hashes.len() {
            self.grow();
        }
        let hash = hash.max(1);
        let place = self.place(hash);
        self.filled += usize::from(self.hashes[place] == FREE);
        self.hashes[place] = hash;
        self.numbers[place] = number;
    }

    /// Where the hash is, or else where it would go.
    fn place(&self, hash: u64) -> usize {
        let mask = self.hashes.len() - 1;
        let mut place = hash as usize & mask;
        while self.hashes[place] != hash && self.hashes[place] != FREE {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let mut larger = Self::with_room_for(self.hashes.len());
        for (&hash, &number) in self.hashes.iter().zip(&self.numbers) {
            if hash != FREE {
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
        let mut filter = Self(vec![0; (numbers.len() / 4).next_power_of_two()]);
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
        let bit = (hash >> 32) as usize & (self.0.len() * 64 - 1);
        (bit / 64, 1 << (bit % 64))
    }
}
