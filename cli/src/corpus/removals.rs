//! What `dedup` removes, counted and sampled.

use refrain::{ParagraphId, Representative};

use super::record_store::RecordStore;
use crate::render::preview::{Amount, Place, Preview, Range, Removal};

/// About how many removals a preview shows.
const SAMPLE: usize = 10;
/// A resemblance that divides close copies from others in a preview.
const CLOSE: f64 = 0.9;

/// The paragraphs that are removed, each with the one that is kept instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Removals<'a> {
    pub(crate) store: &'a RecordStore,
    /// The representative of each paragraph. A paragraph is kept if it is its own representative.
    pub(crate) representatives: &'a [Representative],
}

impl<'a> Removals<'a> {
    /// The paragraph that is kept instead of another; `None` if that one is kept itself.
    pub(crate) fn kept_instead(&self, paragraph: usize) -> Option<&'a Representative> {
        let representative = &self.representatives[paragraph];
        (representative.paragraph.index() != paragraph).then_some(representative)
    }

    /// The number of paragraphs that are removed.
    pub(crate) fn paragraphs(&self) -> usize {
        self.all().count()
    }

    /// The number of records that are dropped because none of their paragraphs is kept.
    ///
    /// Records without any paragraph stay.
    pub(crate) fn dropped_records(&self) -> usize {
        let mut id = 0;
        let records = self.store.paragraphs().chunk_by(|a, b| a.record == b.record);
        records
            .filter(|paragraphs| {
                let ids = id..id + paragraphs.len();
                id = ids.end;
                ids.into_iter().all(|id| self.kept_instead(id).is_some())
            })
            .count()
    }

    /// What is removed, by how much it resembles what is kept, at least `threshold`, with a sample.
    ///
    /// The store must have the openings of the paragraphs.
    pub(crate) fn preview(&self, threshold: f64, short_paragraphs: usize) -> Preview<'a> {
        let mut all = Amount::default();
        self.store.paragraphs().iter().for_each(|paragraph| all.add(paragraph.span()));
        let mut bounds = vec![1.0, CLOSE, threshold];
        bounds.retain(|&bound| bound >= threshold);
        bounds.dedup();
        let mut removed = vec![Vec::new(); bounds.len()];
        for (paragraph, kept) in self.all() {
            let range = bounds.iter().position(|&bound| kept.resemblance >= bound);
            removed[range.expect("near-duplicates reach the threshold")].push(paragraph);
        }
        // Each range has its part of the sample: few of very many removals may be those to look at.
        let ranges_in_use = removed.iter().filter(|ids| !ids.is_empty()).count();
        let ranges = bounds.iter().zip(&removed).map(|(&from, ids)| {
            let mut amount = Amount::default();
            ids.iter().for_each(|&id| amount.add(self.store.paragraph(id).span()));
            let sample = evenly(ids, SAMPLE / ranges_in_use.max(1));
            Range { from, amount, sample: sample.map(|id| self.removal(id)).collect() }
        });
        Preview {
            all,
            short_paragraphs,
            ranges: ranges.collect(),
            records: self.store.records(),
            dropped_records: self.dropped_records(),
        }
    }

    /// The removed paragraphs in the order of the input.
    fn all(&self) -> impl Iterator<Item = (ParagraphId, &'a Representative)> {
        let ids = 0..self.representatives.len();
        ids.filter_map(|id| Some((ParagraphId(id as u32), self.kept_instead(id)?)))
    }

    fn removal(&self, removed: ParagraphId) -> Removal<'a> {
        let Representative { paragraph: kept, resemblance, .. } = self.representatives[removed.index()];
        let place = |id: ParagraphId| {
            let paragraph = self.store.paragraph(id);
            Place {
                id: self.store.id(paragraph.record as usize),
                span: paragraph.span(),
                opening: self.store.opening(id),
            }
        };
        Removal { removed: place(removed), kept: place(kept), resemblance }
    }
}

/// At most `most` of the items, spread evenly, the first among them.
fn evenly<T: Copy>(items: &[T], most: usize) -> impl Iterator<Item = T> {
    let shown = most.min(items.len());
    (0..shown).map(move |index| items[index * items.len() / shown])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_spread_evenly() {
        let sample = |items: usize, most| evenly(&(0..items).collect::<Vec<_>>(), most).collect::<Vec<_>>();
        assert_eq!(sample(0, 3), [0; 0]);
        assert_eq!(sample(3, 3), [0, 1, 2]);
        assert_eq!(sample(5, 10), [0, 1, 2, 3, 4]);
        assert_eq!(sample(1000, 3), [0, 333, 666]);
    }
}
