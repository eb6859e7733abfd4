//! Runs of words that two texts have in common.

use std::collections::BTreeMap;

/// The shortest run.
pub(super) const LEAST: usize = 4;

/// The most places of the right text that are tried for a run.
const TRIED: usize = 16;

/// A run of equal words, by the places of its first words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tile {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) len: usize,
}

/// The words of a text: their hashes, and the paragraph of each, ascending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) hashes: &'a [u64],
    pub(super) paragraph: &'a [usize],
}

impl<'a> Words<'a> {
    /// The words that a run may begin with: four, or all of a shorter paragraph.
    fn beginning(self, at: usize) -> Option<&'a [u64]> {
        let paragraph = &self.paragraph[at..self.paragraph.len().min(at + LEAST)];
        let len = paragraph.iter().take_while(|&&of| of == paragraph[0]).count();
        let is_whole = at == 0 || self.paragraph[at - 1] != self.paragraph[at];
        (len == LEAST || is_whole).then(|| &self.hashes[at..at + len])
    }

    /// The words from a place to the end of its paragraph.
    fn rest(self, at: usize) -> &'a [u64] {
        let len = self.paragraph[at..].partition_point(|&of| of == self.paragraph[at]);
        &self.hashes[at..at + len]
    }
}

/// Runs of equal words in one paragraph of each text, in the order of the left text: four words or more, or
/// whole paragraphs. No word is in two of them.
///
/// At each place of the left text the longest run is taken; of equally long ones, that which comes next behind
/// the last one, or else the first. Takes near-linear time, whatever the texts are.
pub(super) fn tiles(left: Words<'_>, right: Words<'_>) -> Vec<Tile> {
    let mut starts: BTreeMap<&[u64], Vec<usize>> = BTreeMap::new();
    for at in 0..right.hashes.len() {
        if let Some(words) = right.beginning(at) {
            starts.entry(words).or_default().push(at);
        }
    }
    let mut taken = vec![false; right.hashes.len()];
    let mut tiles: Vec<Tile> = Vec::new();
    let mut at = 0;
    while at < left.hashes.len() {
        let goes_on = tiles.last().map_or(0, |last| last.right + last.len);
        let beginning = left.beginning(at).unwrap_or(&[]);
        let places = starts.get(beginning).map_or(&[][..], |places| places);
        let from = places.partition_point(|&place| place < goes_on);
        let tried = places[from..].iter().take(TRIED).chain(places[..from].iter().take(TRIED));
        let mut best: Option<Tile> = None;
        for &place in tried {
            let words = left.rest(at).iter().zip(right.rest(place)).zip(&taken[place..]);
            let len = words.take_while(|((a, b), taken)| a == b && !**taken).count();
            if len >= beginning.len() && best.is_none_or(|best| len > best.len) {
                best = Some(Tile { left: at, right: place, len });
            }
        }
        match best {
            Some(tile) => {
                taken[tile.right..tile.right + tile.len].fill(true);
                tiles.push(tile);
                at += tile.len;
            }
            None => at += 1,
        }
    }
    tiles
}

/// Which of the tiles belong to the longest part that stands in the same order in both texts, by the number of
/// words. The tiles are in the order of the left text, and do not overlap.
pub(super) fn in_order(tiles: &[Tile]) -> Vec<bool> {
    let mut by_right: Vec<usize> = (0..tiles.len()).collect();
    by_right.sort_by_key(|&at| tiles[at].right);
    let mut rank = vec![0; tiles.len()];
    for (place, &at) in by_right.iter().enumerate() {
        rank[at] = place + 1;
    }
    // A Fenwick tree over ranks: the most words of a chain that ends at a rank up to this, and its end.
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); tiles.len() + 1];
    let mut before = vec![None; tiles.len()];
    let mut best = (0, None);
    for (at, tile) in tiles.iter().enumerate() {
        let mut most = (0, None);
        let mut node = rank[at] - 1;
        while node > 0 {
            if tree[node].0 > most.0 {
                most = tree[node];
            }
            node &= node - 1;
        }
        before[at] = most.1;
        let chain = (most.0 + tile.len, Some(at));
        if chain.0 > best.0 {
            best = chain;
        }
        let mut node = rank[at];
        while node <= tiles.len() {
            if chain.0 > tree[node].0 {
                tree[node] = chain;
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut chosen = vec![false; tiles.len()];
    let mut next = best.1;
    while let Some(at) = next {
        chosen[at] = true;
        next = before[at];
    }
    chosen
}

/// The longest common subsequence, as pairs of places. Takes time and memory in the product of the lengths.
pub(super) fn common(left: &[u64], right: &[u64]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    let mut lengths = vec![0u32; (left.len() + 1) * width];
    for l in (0..left.len()).rev() {
        for r in (0..right.len()).rev() {
            lengths[l * width + r] = if left[l] == right[r] {
                lengths[(l + 1) * width + r + 1] + 1
            } else {
                lengths[(l + 1) * width + r].max(lengths[l * width + r + 1])
            };
        }
    }
    let (mut l, mut r) = (0, 0);
    let mut pairs = Vec::new();
    while l < left.len() && r < right.len() {
        if left[l] == right[r] {
            pairs.push((l, r));
            (l, r) = (l + 1, r + 1);
        } else if lengths[(l + 1) * width + r] >= lengths[l * width + r + 1] {
            l += 1;
        } else {
            r += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        text.bytes().map(u64::from).collect()
    }

    /// The place of a run in both texts, and its length.
    type Run = (usize, usize, usize);

    /// The runs of two texts whose words are letters, and whose paragraphs end with a full stop.
    fn found(left: &str, right: &str) -> Vec<Run> {
        let [left, right] = [left, right].map(|text| {
            let parts = text.split('.').enumerate();
            let all = parts.flat_map(|(at, part)| words(part).into_iter().map(move |word| (word, at)));
            all.unzip::<_, _, Vec<_>, Vec<_>>()
        });
        let [left, right] = [&left, &right].map(|(hashes, paragraph)| Words { hashes, paragraph });
        tiles(left, right).iter().map(|tile| (tile.left, tile.right, tile.len)).collect()
    }

    #[test]
    fn runs_are_found_in_any_order() {
        let table: [(&str, &str, &[Run]); 8] = [
            ("abcdefgh", "efghabcd", &[(0, 4, 4), (4, 0, 4)]),
            ("abcdxefgh", "abcdefgh", &[(0, 0, 4), (5, 4, 4)]),
            ("abc", "xabc", &[]),
            ("abc.defg", "abc.z", &[(0, 0, 3)]),
            ("abcd.efgh", "abcde.fgh", &[(0, 0, 4)]),
            ("abcdabcd", "zabcdz", &[(0, 1, 4)]),
            ("abcdefghij", "abcdz abcdefghij", &[(0, 6, 10)]),
            ("", "abcd", &[]),
        ];
        for (left, right, expected) in table {
            assert_eq!(found(left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn one_word_over_and_over_takes_no_time() {
        let same = "a".repeat(200_000);
        assert_eq!(found(&same, &same), [(0, 0, 200_000)]);
        let broken = "aaaaaaaa.".repeat(20_000);
        assert_eq!(found(&broken, &broken).len(), 20_000);
    }

    #[test]
    fn the_longest_part_in_order_stays() {
        type Case = (&'static [(usize, usize)], &'static [bool]);
        let table: [Case; 5] = [
            (&[], &[]),
            (&[(5, 1), (0, 1), (1, 1)], &[false, true, true]),
            (&[(5, 9), (0, 1), (1, 1)], &[true, false, false]),
            (&[(0, 1), (3, 1), (2, 1), (4, 1)], &[true, true, false, true]),
            (&[(3, 4), (2, 4), (1, 4)], &[true, false, false]),
        ];
        for (pairs, kept) in table {
            let tiles: Vec<Tile> =
                pairs.iter().enumerate().map(|(left, &(right, len))| Tile { left, right, len }).collect();
            assert_eq!(in_order(&tiles), kept, "{pairs:?}");
        }
    }

    #[test]
    fn a_common_subsequence_is_the_longest() {
        assert_eq!(common(&words("abcd"), &words("xbyd")), [(1, 1), (3, 3)]);
        assert_eq!(common(&words("abc"), &words("abc")), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(common(&words(""), &words("abc")), []);
    }
}
