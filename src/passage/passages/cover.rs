//! Where passages lie already.

use std::ops::Range;

use super::align::Alignment;
use super::group::{Found, Occurrence, left, middle, right};
use crate::passage::sequence::Sequence;

/// Which occurrences of which passages lie over each place.
#[derive(Debug)]
pub(super) struct Cover {
    heads: Vec<u32>,
    entries: Vec<Entry>,
    /// How many occurrences lie over each place.
    depths: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) passage: u32,
    pub(super) occurrence: u32,
    next: u32,
}

const NONE: u32 = u32::MAX;

impl Cover {
    pub(super) fn new(places: usize) -> Self {
        Self { heads: vec![NONE; places], entries: Vec::new(), depths: vec![0; places] }
    }

    pub(super) fn add(&mut self, passage: u32, occurrences: &[Occurrence]) {
        for (occurrence, found) in (0..).zip(occurrences) {
            for place in found.places.clone() {
                let next = self.heads[place as usize];
                self.heads[place as usize] = self.entries.len() as u32;
                self.depths[place as usize] += 1;
                self.entries.push(Entry { passage, occurrence, next });
            }
        }
    }

    /// How many occurrences lie over `place`.
    pub(super) fn depth(&self, place: u32) -> u32 {
        self.depths[place as usize]
    }

    /// The occurrences over `place`, those of the latest passages first.
    pub(super) fn at(&self, place: u32) -> impl Iterator<Item = Entry> + '_ {
        let mut next = self.heads[place as usize];
        std::iter::from_fn(move || {
            let entry = *self.entries.get(next as usize)?;
            next = entry.next;
            Some(entry)
        })
    }

    /// Whether two occurrences of one passage hold both sides of the alignment, but for fewer tokens
    /// than half a passage has at least.
    pub(super) fn holds(
        &self,
        alignment: &Alignment,
        passages: &[Found],
        sequence: &Sequence,
        min_size: u32,
    ) -> bool {
        let sides = [left(alignment), right(alignment)];
        let holds = |entry: &Entry, side: &Range<u32>| {
            let places = &passages[entry.passage as usize].occurrences[entry.occurrence as usize].places;
            let before = side.start..places.start.clamp(side.start, side.end);
            let after = places.end.clamp(side.start, side.end)..side.end;
            let outside = before.chain(after);
            3 * outside.clone().count() <= side.len()
                && outside.map(|place| sequence.size(place)).sum::<u32>() < min_size / 2
        };
        let [on_left, on_right] =
            [&sides[0], &sides[1]].map(|side| self.at(middle(side)).filter(move |entry| holds(entry, side)));
        let on_right: Vec<Entry> = on_right.collect();
        on_left.into_iter().any(|left| {
            on_right.iter().any(|right| right.passage == left.passage && right.occurrence != left.occurrence)
        })
    }

    /// Whether every occurrence of a passage lies inside one of some other passage, which then says
    /// all that it says. Of two with the same occurrences the earlier stays.
    pub(super) fn is_inside_another(&self, passage: u32, passages: &[Found]) -> bool {
        let occurrences = &passages[passage as usize].occurrences;
        let around = |inner: &Occurrence| -> Vec<u32> {
            let holds = |entry: &Entry| {
                let places = &passages[entry.passage as usize].occurrences[entry.occurrence as usize].places;
                entry.passage != passage
                    && places.start <= inner.places.start
                    && inner.places.end <= places.end
            };
            self.at(middle(&inner.places)).filter(holds).map(|entry| entry.passage).collect()
        };
        let mut others = around(&occurrences[0]);
        for inner in &occurrences[1..] {
            if others.is_empty() {
                return false;
            }
            let around = around(inner);
            others.retain(|other| around.contains(other));
        }
        let same = |other: &Found| {
            let places =
                |found: &Found| found.occurrences.iter().map(|o| o.places.clone()).collect::<Vec<_>>();
            places(other) == places(&passages[passage as usize])
        };
        others.iter().any(|&other| other < passage || !same(&passages[other as usize]))
    }
}
