//! What two stretches have in common, counted with marks that are all taken away at once.

/// Marks on numbers below a bound.
#[derive(Debug)]
pub(super) struct Marks {
    rounds: Vec<u32>,
    round: u32,
}

impl Marks {
    pub(super) fn new(bound: usize) -> Self {
        Self { rounds: vec![0; bound], round: 1 }
    }

    /// Takes all marks away and sets others.
    pub(super) fn set(&mut self, numbers: impl Iterator<Item = u32>) {
        self.round += 1;
        for number in numbers {
            self.insert(number);
        }
    }

    /// Marks a number; tells whether it was not marked yet.
    pub(super) fn insert(&mut self, number: u32) -> bool {
        std::mem::replace(&mut self.rounds[number as usize], self.round) != self.round
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.rounds[number as usize] == self.round
    }
}

/// The weight of the distinct numbers that two lists share, and of those in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Overlap {
    pub(super) shared: u64,
    pub(super) sides: [u64; 2],
}

impl Overlap {
    pub(super) fn of(
        [left, right]: [impl Iterator<Item = u32>; 2],
        marks: &mut [Marks; 2],
        weight: impl Fn(u32) -> u64,
    ) -> Self {
        let mut found = Self::default();
        marks.iter_mut().for_each(|marks| marks.set(std::iter::empty()));
        left.for_each(|number| found.add(0, number, marks, weight(number)));
        right.for_each(|number| found.add(1, number, marks, weight(number)));
        found
    }

    /// Counts a number of one of the lists, whose marks are set anew for each pair of them.
    pub(super) fn add(&mut self, side: usize, number: u32, marks: &mut [Marks; 2], weight: u64) {
        if marks[side].insert(number) {
            self.sides[side] += weight;
            self.shared += if marks[1 - side].contains(number) { weight } else { 0 };
        }
    }

    /// Twice what is shared over what both have together (Dice), in `0.0..=1.0`.
    pub(super) fn dice(self) -> f64 {
        share(2 * self.shared, self.sides[0] + self.sides[1])
    }

    /// What is shared over what the side with less of it has, in `0.0..=1.0`.
    pub(super) fn containment(self) -> f64 {
        share(self.shared, self.sides[0].min(self.sides[1]))
    }
}

/// `part / whole`, and 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
