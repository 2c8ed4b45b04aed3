//! Small repeatable random numbers.

/// Small repeatable random numbers (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// Gives a number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % (end.max(1) as u64)) as usize
    }

    /// Gives a number from `low` to `high`, both in.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Says yes so many times of a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        (self.below(100) as u64) < percent
    }

    /// Gives one of a few words.
    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = self.below(words.len());
        words.get(at).copied().unwrap_or_default()
    }

    /// Gives one of the names.
    pub fn of(&mut self, names: &[String]) -> String {
        let at = self.below(names.len());
        names.get(at).cloned().unwrap_or_default()
    }
}
