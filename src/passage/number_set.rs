//! Sets of small numbers that are emptied in constant time.

/// A set of numbers below a bound. It takes four bytes for each number below the bound.
#[derive(Debug, Default)]
pub(super) struct NumberSet {
    /// The round in which each number was last inserted.
    rounds: Vec<u32>,
    round: u32,
}

impl NumberSet {
    pub(super) fn new(bound: usize) -> Self {
        Self { rounds: vec![0; bound], round: 1 }
    }

    /// Replaces the members.
    pub(super) fn set(&mut self, numbers: impl Iterator<Item = u32>) {
        self.clear();
        for number in numbers {
            self.insert(number);
        }
    }

    pub(super) fn clear(&mut self) {
        if self.round == u32::MAX {
            self.rounds.fill(0);
            self.round = 0;
        }
        self.round += 1;
    }

    /// Adds a number and returns whether it is new.
    pub(super) fn insert(&mut self, number: u32) -> bool {
        std::mem::replace(&mut self.rounds[number as usize], self.round) != self.round
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.rounds[number as usize] == self.round
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cleared_set_is_empty_in_every_round() {
        let mut set = NumberSet::new(3);
        assert!(set.insert(1) && !set.insert(1) && set.contains(1) && !set.contains(0));
        set.set([0, 2].into_iter());
        assert!(set.contains(0) && !set.contains(1) && set.contains(2));
        set.round = u32::MAX;
        set.clear();
        assert!([0, 1, 2].iter().all(|&number| !set.contains(number)));
        assert!(set.insert(2));
    }
}
