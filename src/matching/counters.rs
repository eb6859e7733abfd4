//! Counters: numbers that only count the paragraphs of a loop.
//!
//! "Now I write step 4" and "Now I write step 5" say the same if they are two rounds of a loop, and "Road
//! 1506 is closed" and "Road 1507 is closed" do not. The two alone cannot be told apart without knowing
//! the words. A loop shows where it goes on: its numbers go up by one from each round to the next.

use std::collections::HashMap;

use super::groups::Groups;
use super::number_families::NumberFamilies;
use crate::text::Number;
use crate::util::progress::{Cancelled, Watch};

/// The least paragraphs that a counter counts. Two neighbours may be any two numbers.
const LEAST_ROUNDS: usize = 3;
/// A counter begins at most at this many times the number of paragraphs that it counts. It tells rounds
/// 40, 41, ... 60 from rooms 101, 102, 103, whose numbers are names.
const FIRST: usize = 10;

/// The groups with a paragraph that a counter counts.
///
/// A counter counts three or more paragraphs of a document that differ in numbers only, one after the
/// other among all of that kind. Each of their numbers is the same as in the one before or greater by
/// one. `documents` are the paragraphs of each document, and `numbers` gives the numbers of a paragraph,
/// without its label.
pub(crate) fn counted(
    groups: &Groups,
    families: &NumberFamilies,
    documents: impl Iterator<Item = std::ops::Range<usize>>,
    numbers: impl Fn(usize) -> Vec<Number>,
    watch: Watch<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let mut sizes: HashMap<u64, u32> = HashMap::new();
    for group in 0..groups.len() {
        *sizes.entry(families.family(group)).or_default() += 1;
    }
    let mut counted = Vec::new();
    for document in documents {
        let mut runs: HashMap<u64, Run> = HashMap::new();
        let mut end = |run: Run| {
            if run.groups.len() >= LEAST_ROUNDS && run.first <= FIRST * run.groups.len() {
                counted.extend(run.groups);
            }
        };
        // In the order of the text, so that the result does not depend on the order of a table.
        let mut order = Vec::new();
        for paragraph in document {
            watch.poll()?;
            let Some(group) = groups.of(paragraph) else { continue };
            let family = families.family(group);
            if (sizes[&family] as usize) < LEAST_ROUNDS {
                continue;
            }
            let next = Run::new(group as u32, numbers(paragraph));
            match runs.get_mut(&family) {
                Some(run) => {
                    if let Err(next) = run.extend(next) {
                        end(std::mem::replace(run, next));
                    }
                }
                None => {
                    order.push(family);
                    runs.insert(family, next);
                }
            }
        }
        order.iter().filter_map(|family| runs.remove(family)).for_each(end);
    }
    Ok(counted)
}

/// Paragraphs that count up, one after the other.
struct Run {
    groups: Vec<u32>,
    /// The first value of the numbers that count.
    first: usize,
    /// The numbers of the last paragraph.
    last: Vec<Number>,
}

impl Run {
    fn new(group: u32, numbers: Vec<Number>) -> Self {
        Self { groups: vec![group], first: 0, last: numbers }
    }

    /// Adds the next paragraph, or returns it if it does not count on.
    fn extend(&mut self, next: Self) -> Result<(), Self> {
        let mut from = None;
        for (&last, &number) in self.last.iter().zip(&next.last) {
            match (last, number) {
                (Number::Whole(a), Number::Whole(b)) if a.checked_add(1) == Some(b) => {
                    from = Some(from.unwrap_or(0).max(a as usize));
                }
                _ if last == number => {}
                _ => return Err(next),
            }
        }
        let Some(from) = from.filter(|_| self.last.len() == next.last.len()) else { return Err(next) };
        if let [_] = self.groups[..] {
            self.first = from;
        }
        self.groups.extend(next.groups);
        self.last = next.last;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Identities;
    use super::*;

    /// Which paragraphs of one family are counted, given their numbers.
    fn found(numbers: &[&[u32]]) -> Vec<u32> {
        let (mut identities, mut families) = (Identities::default(), NumberFamilies::default());
        for numbers in numbers {
            let identity =
                numbers.iter().fold(1, |identity, &number| identity * 100_000 + u128::from(number));
            if identities.push(Some(identity)) {
                families.push(1, identity as u64);
            }
        }
        let of = |paragraph: usize| numbers[paragraph].iter().map(|&number| Number::Whole(number)).collect();
        let documents = std::iter::once(0..numbers.len());
        counted(&identities.into_groups(), &families, documents, of, Watch::none()).unwrap()
    }

    #[test]
    fn a_counter_goes_up_by_one() {
        assert_eq!(found(&[&[1], &[2], &[3]]), [0, 1, 2]);
        assert_eq!(found(&[&[7], &[1], &[2], &[3], &[5]]), [1, 2, 3]);
        assert_eq!(found(&[&[4, 9, 5], &[5, 9, 6], &[6, 9, 7]]), [0, 1, 2]);
        // Two may be any two numbers; a price list goes up and down; the numbers of roads are names.
        let none: [&[&[u32]]; 5] = [
            &[&[1], &[2]],
            &[&[1], &[3], &[5]],
            &[&[3], &[2], &[1]],
            &[&[1506], &[1507], &[1508]],
            &[&[1, 7], &[2, 9], &[3, 7]],
        ];
        for numbers in none {
            assert_eq!(found(numbers), [0_u32; 0], "{numbers:?}");
        }
    }

    #[test]
    fn counted_groups_say_the_same() {
        let mut families: NumberFamilies = [(1, 1), (1, 2), (1, 3), (2, 4)].into_iter().collect();
        families.count_only([0, 1]);
        assert!(!families.differ_only_in_numbers(0, 1));
        assert!(families.differ_only_in_numbers(1, 2));
        assert!(!families.differ_only_in_numbers(2, 3));
    }
}
