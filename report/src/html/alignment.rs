//! What became of each word of two texts, and which paragraphs stand side by side.

use std::ops::Range;

use refrain::text::tokens;
use refrain::{ParagraphSummary, Report, Span};

use super::sources::{Source, Sources};
use super::text;
use super::tiles::{Tile, Words, common, in_order, tiles};

/// What became of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The other text has it in the same order.
    Kept,
    /// The other text has other words in its place.
    Reworded,
    /// The other text has it in another order.
    Moved,
    /// The other text has nothing in its place.
    Only,
}

/// The most words of a text that stand in the place of others.
const REWORDED: usize = 15;
/// Fewer words that are moved are chance.
const MOVED: usize = 8;
/// The most words between equal runs that are compared one by one.
const GAP: usize = 200;
/// Longer passages hold too much else to be called reworded as a whole.
const PASSAGE: usize = 80;

/// One text of a comparison, as far as it is shown.
#[derive(Debug)]
pub(super) struct Side<'a> {
    /// The paragraphs with their spans in the text.
    pub(super) paragraphs: Vec<(&'a ParagraphSummary, Span)>,
    /// The words, in bytes of the text.
    pub(super) words: Vec<Span>,
    hashes: Vec<u64>,
    /// The paragraph of each word.
    pub(super) paragraph: Vec<usize>,
    /// What became of each word.
    pub(super) fates: Vec<Fate>,
    /// The block of each word.
    pub(super) blocks: Vec<Option<usize>>,
}

/// Words of a paragraph of the left text and of one of the right text that belong together.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) words: [Range<usize>; 2],
    pub(super) moved: bool,
    /// Whether both have the same words.
    pub(super) verbatim: bool,
}

/// Both texts, aligned.
#[derive(Debug)]
pub(super) struct Alignment<'a> {
    pub(super) sides: [Side<'a>; 2],
    /// In the order of the left text.
    pub(super) blocks: Vec<Block>,
}

impl<'a> Side<'a> {
    fn new(report: &'a Report, side: usize, source: Option<&Source<'_>>) -> Self {
        let all = report.paragraphs();
        let start = all.partition_point(|found| found.document < side);
        let end = all.partition_point(|found| found.document <= side);
        let paragraphs: Vec<_> =
            source.map_or(Vec::new(), |source| text::spans(source, &all[start..end]).collect());
        let (mut words, mut hashes, mut paragraph) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (_, span)) in paragraphs.iter().enumerate() {
            for token in tokens(span.of(source.map_or("", |source| source.text()))) {
                words.push(Span::new(span.start + token.span.start, span.start + token.span.end));
                hashes.push(token.hash);
                paragraph.push(at);
            }
        }
        let fates = vec![Fate::Only; words.len()];
        let blocks = vec![None; words.len()];
        Self { paragraphs, words, hashes, paragraph, fates, blocks }
    }

    /// The words of the paragraph of a word.
    fn paragraph_of(&self, word: usize) -> Range<usize> {
        self.words_of(self.paragraph[word])
    }

    /// The words of a paragraph.
    pub(super) fn words_of(&self, paragraph: usize) -> Range<usize> {
        self.paragraph.partition_point(|&at| at < paragraph)
            ..self.paragraph.partition_point(|&at| at <= paragraph)
    }

    fn as_words(&self) -> Words<'_> {
        Words { hashes: &self.hashes, paragraph: &self.paragraph }
    }

    /// The words that lie in a span of the text.
    fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|word| word.start < span.start);
        let end = self.words.partition_point(|word| word.end <= span.end);
        start..end.max(start)
    }
}

/// Aligns the two documents of a comparison.
///
/// First runs of equal words are found. The longest part of them that stands in one order is kept; what else
/// is long enough was moved. Between kept runs words are compared one by one. What then stands in the same
/// place of both texts is reworded, if it is short, or if the report says so.
pub(super) fn align<'a>(report: &'a Report, sources: &Sources<'_>) -> Alignment<'a> {
    let mut sides = [0, 1].map(|side| Side::new(report, side, sources.get(side)));
    let [left, right] = &sides;
    let tiles = tiles(left.as_words(), right.as_words());
    let ordered = in_order(&tiles);
    let part =
        |kept: bool| tiles.iter().zip(&ordered).filter(move |found| *found.1 == kept).map(|found| *found.0);
    let kept: Vec<Tile> = part(true).collect();
    let moved: Vec<Tile> = part(false).collect();

    let mut blocks = group(&sides, &pairs_of(&moved));
    blocks.retain(|block| block.len() >= MOVED);
    for &(left, right) in blocks.iter().flatten() {
        sides[0].fates[left] = Fate::Moved;
        sides[1].fates[right] = Fate::Moved;
    }
    let of_moved = blocks.len();
    blocks.extend(
        group(&sides, &kept_pairs(&sides, &kept)).into_iter().filter(|block| is_evidence(&sides, block)),
    );
    for &(left, right) in blocks[of_moved..].iter().flatten() {
        sides[0].fates[left] = Fate::Kept;
        sides[1].fates[right] = Fate::Kept;
    }
    let mut all: Vec<Block> = blocks
        .iter()
        .enumerate()
        .map(|(at, pairs)| {
            let words = reword(&mut sides, pairs);
            let verbatim = words.iter().all(|words| words.len() == pairs.len());
            Block { words, moved: at < of_moved, verbatim }
        })
        .collect();
    all.extend(reworded_passages(report, sources, &mut sides));
    all.sort_by_key(|block| (block.words[0].start, block.words[1].start));
    for (number, block) in all.iter().enumerate() {
        for (side, words) in sides.iter_mut().zip(&block.words) {
            for of in &mut side.blocks[words.clone()] {
                // Inside a block that was kept may lie one that was moved.
                if of.is_none() || block.moved {
                    *of = Some(number);
                }
            }
        }
    }
    Alignment { sides, blocks: all }
}

fn pairs_of(tiles: &[Tile]) -> Vec<(usize, usize)> {
    tiles.iter().flat_map(|tile| (0..tile.len).map(|at| (tile.left + at, tile.right + at))).collect()
}

/// All pairs of words in one order: those of the runs, and those between them.
fn kept_pairs(sides: &[Side<'_>; 2], kept: &[Tile]) -> Vec<(usize, usize)> {
    let free = |side: usize, range: Range<usize>| -> Vec<usize> {
        range.filter(|&word| sides[side].fates[word] != Fate::Moved).collect()
    };
    let end = Tile { left: sides[0].words.len(), right: sides[1].words.len(), len: 0 };
    let mut pairs = Vec::new();
    let (mut left, mut right) = (0, 0);
    for tile in kept.iter().chain([&end]) {
        let gap = [free(0, left..tile.left), free(1, right..tile.right)];
        if gap.iter().all(|words| !words.is_empty() && words.len() <= GAP) {
            let [a, b] =
                [0, 1].map(|side| gap[side].iter().map(|&word| sides[side].hashes[word]).collect::<Vec<_>>());
            let found = common(&a, &b);
            // Any two texts have a few words in common.
            if 3 * found.len() >= a.len().max(b.len()) {
                pairs.extend(found.into_iter().map(|(l, r)| (gap[0][l], gap[1][r])));
            }
        }
        pairs.extend((0..tile.len).map(|at| (tile.left + at, tile.right + at)));
        (left, right) = (tile.left + tile.len, tile.right + tile.len);
    }
    pairs
}

/// Cuts pairs of words, in the order of the left text, into groups that stand in one paragraph of each text, in
/// order, with few words between.
fn group(sides: &[Side<'_>; 2], pairs: &[(usize, usize)]) -> Vec<Vec<(usize, usize)>> {
    let near = |a: usize, b: usize| a < b && b - a <= GAP;
    let groups = pairs.chunk_by(|&(l, r), &(next_l, next_r)| {
        sides[0].paragraph[l] == sides[0].paragraph[next_l]
            && sides[1].paragraph[r] == sides[1].paragraph[next_r]
            && near(l, next_l)
            && near(r, next_r)
    });
    groups.map(<[_]>::to_vec).collect()
}

/// Whether kept words show that two paragraphs belong together: four of them, or half of one of the two.
fn is_evidence(sides: &[Side<'_>; 2], pairs: &[(usize, usize)]) -> bool {
    let length = |side: usize, word: usize| {
        let paragraph = &sides[side].paragraph;
        paragraph.partition_point(|&at| at <= paragraph[word])
            - paragraph.partition_point(|&at| at < paragraph[word])
    };
    pairs.len() >= super::tiles::LEAST || 2 * pairs.len() >= length(0, pairs[0].0).min(length(1, pairs[0].1))
}

/// Marks what stands between words of a block in both texts as reworded, also before the first and behind the
/// last of them in their paragraphs. Returns the words of the block in both texts.
fn reword(sides: &mut [Side<'_>; 2], pairs: &[(usize, usize)]) -> [Range<usize>; 2] {
    let (first, last) = (pairs[0], pairs[pairs.len() - 1]);
    let mut words = [first.0..last.0 + 1, first.1..last.1 + 1];
    let paragraphs = [0, 1].map(|at| sides[at].paragraph_of(words[at].start));
    let before = [0, 1].map(|at| paragraphs[at].start..words[at].start);
    let behind = [0, 1].map(|at| words[at].end..paragraphs[at].end);
    let between = pairs.windows(2).map(|step| [step[0].0 + 1..step[1].0, step[0].1 + 1..step[1].1]);
    for gaps in between.chain([before, behind]) {
        let is_free = |at: usize, gap: &Range<usize>| {
            sides[at].fates[gap.clone()].iter().all(|&fate| fate == Fate::Only)
        };
        let are_short =
            gaps.iter().enumerate().all(|(at, gap)| (1..=REWORDED).contains(&gap.len()) && is_free(at, gap));
        if are_short {
            for (at, gap) in gaps.into_iter().enumerate() {
                words[at] = words[at].start.min(gap.start)..words[at].end.max(gap.end);
                sides[at].fates[gap].fill(Fate::Reworded);
            }
        }
    }
    words
}

/// Short passages of which the report says that they stand in both texts, and that are in no block yet.
fn reworded_passages(report: &Report, sources: &Sources<'_>, sides: &mut [Side<'_>; 2]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for passage in report.passages() {
        let words = [0, 1].map(|side| {
            let occurrence = passage.occurrences.iter().find(|occurrence| occurrence.document == side)?;
            let words = sides[side].words_in(sources.to_text(side, occurrence.span)?);
            (!words.is_empty() && words.len() <= PASSAGE).then_some(words)
        });
        let [Some(left), Some(right)] = words else { continue };
        let words = [left, right];
        if (0..2).all(|side| sides[side].fates[words[side].clone()].iter().all(|&fate| fate == Fate::Only)) {
            for side in 0..2 {
                sides[side].fates[words[side].clone()].fill(Fate::Reworded);
            }
            // Where it stands in the order of the others is not known.
            blocks.push(Block { words, moved: true, verbatim: false });
        }
    }
    blocks
}

impl Alignment<'_> {
    /// The shares of the words of a side: kept, reworded, moved, only there.
    pub(super) fn shares(&self, side: usize) -> [f64; 4] {
        let fates = &self.sides[side].fates;
        [Fate::Kept, Fate::Reworded, Fate::Moved, Fate::Only].map(|asked| {
            fates.iter().filter(|&&fate| fate == asked).count() as f64 / fates.len().max(1) as f64
        })
    }

    /// Which paragraphs stand side by side: ranges of those of the left and of the right text, in order.
    pub(super) fn rows(&self) -> Vec<[Range<usize>; 2]> {
        let mut rows: Vec<[Range<usize>; 2]> = Vec::new();
        let (mut left, mut right) = (0, 0);
        for block in self.blocks.iter().filter(|block| !block.moved) {
            let [l, r] = [0, 1].map(|side| self.sides[side].paragraph[block.words[side].start]);
            if l >= left && r >= right {
                if l > left || r > right {
                    rows.push([left..l, right..r]);
                }
                rows.push([l..l + 1, r..r + 1]);
            } else if let Some([last_left, last_right]) = rows.last_mut() {
                // A paragraph of one text that became several of the other.
                last_left.end = last_left.end.max(l + 1);
                last_right.end = last_right.end.max(r + 1);
            }
            if let Some([last_left, last_right]) = rows.last() {
                (left, right) = (last_left.end, last_right.end);
            }
        }
        let ends = [0, 1].map(|side| self.sides[side].paragraphs.len());
        if left < ends[0] || right < ends[1] {
            rows.push([left..ends[0], right..ends[1]]);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use refrain::{Detector, Document};

    use super::*;

    /// The words of each text with a letter for what became of them.
    fn fates(left: &str, right: &str) -> ([String; 2], Vec<[Range<usize>; 2]>) {
        let documents = [Document::new("left", left), Document::new("right", right)];
        let report = Detector::new().compare(&documents[0], &documents[1]);
        let aligned = align(&report, &Sources::new(&report, &documents));
        let letters = aligned.sides.each_ref().map(|side| {
            side.fates
                .iter()
                .map(|fate| match fate {
                    Fate::Kept => 'k',
                    Fate::Reworded => 'r',
                    Fate::Moved => 'm',
                    Fate::Only => '-',
                })
                .collect()
        });
        (letters, aligned.rows())
    }

    #[test]
    fn words_are_kept_reworded_moved_or_alone() {
        let a = "The gate of the harbour was painted green last week.";
        let b = "Nobody remembers who built the tower behind the mill.";
        let c = "Every seventh wave is said to be the highest one.";
        let table = [
            (a.to_owned(), a.to_owned(), ["kkkkkkkkkk", "kkkkkkkkkk"]),
            (a.to_owned(), a.replace("green", "dark red"), ["kkkkkkkrkk", "kkkkkkkrrkk"]),
            (a.to_owned(), a.replace("green ", ""), ["kkkkkkk-kk", "kkkkkkkkk"]),
            (a.to_owned(), b.to_owned(), ["----------", "---------"]),
            (
                format!("{a}\n\n{b}\n\n{c}"),
                format!("{b}\n\n{a}\n\n{c}"),
                ["kkkkkkkkkkmmmmmmmmmkkkkkkkkkk", "mmmmmmmmmkkkkkkkkkkkkkkkkkkkk"],
            ),
            (String::new(), a.to_owned(), ["", "----------"]),
        ];
        for (left, right, expected) in table {
            assert_eq!(fates(&left, &right).0, expected, "{left}\n{right}");
        }
    }

    #[test]
    fn paragraphs_that_belong_together_share_a_row() {
        let a = "The gate of the harbour was painted green last week.";
        let b = "Nobody remembers who built the tower behind the mill.";
        let c = "Every seventh wave is said to be the highest one.";
        let rows = |left: &[&str], right: &[&str]| fates(&left.join("\n\n"), &right.join("\n\n")).1;
        assert_eq!(rows(&[a, b], &[a, b]), [[0..1, 0..1], [1..2, 1..2]]);
        assert_eq!(rows(&[a, b], &[a, c, b]), [[0..1, 0..1], [1..1, 1..2], [1..2, 2..3]]);
        assert_eq!(rows(&[a], &[b]), [[0..1, 0..1]]);
        assert_eq!(rows(&[&format!("{a} {b}")], &[a, b]), [[0..1, 0..2]]);
    }
}
