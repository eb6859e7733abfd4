//! Compares the library with an oracle, which counts by the definitions in the simplest way.

#[path = "../benches/generator.rs"]
mod generator;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use refrain::{
    Boilerplate, Detector, DetectorBuilder, Differs, Pair, PairSearch, ParagraphId, Representative, Rule,
    Themes,
};

use generator::{Rng, Writer};

/// The exact counts for the paragraphs of some documents.
struct Oracle {
    words: Vec<Vec<String>>,
    sets: Vec<BTreeSet<Vec<String>>>,
    /// For each paragraph the earlier ones that share shingles with it, and how many.
    shared: Vec<BTreeMap<usize, usize>>,
    coverage: Vec<f64>,
    /// The words with a `#` for each number.
    open: Vec<Vec<String>>,
    short: usize,
}

/// The words of ASCII text, and of text whose only other characters are quotes.
fn words(text: &str) -> Vec<String> {
    let text = text.replace(['’', '\''], "").to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn shingles(words: &[String]) -> BTreeSet<Vec<String>> {
    match words {
        [] => BTreeSet::new(),
        few if few.len() < 3 => BTreeSet::from([few.to_vec()]),
        many => many.windows(3).map(<[String]>::to_vec).collect(),
    }
}

/// The words, with one `#` for each run of words that hold a digit or are part of a date.
fn open(words: &[String]) -> Vec<String> {
    let digits = |word: &String| word.chars().any(char::is_numeric);
    // The number at the start of a word, if at most two letters follow.
    let number = |word: &String, length: &[usize]| {
        let (number, rest) = word.split_at(word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len()));
        let fits = length.contains(&number.len()) && rest.len() <= 2 && !digits(&rest.to_owned());
        if fits { number.parse().unwrap_or(0) } else { 0 }
    };
    let day = |word: &String| (1..=31).contains(&number(word, &[1, 2]));
    let year = |word: &String| (1000..3000).contains(&number(word, &[4]));
    let month = |word: &String| !digits(word) && word.len() > 2;
    let mut part: Vec<bool> = words.iter().map(digits).collect();
    for (at, three) in words.windows(3).enumerate() {
        let [a, b, c] = three else { unreachable!() };
        if day(a) && month(b) && year(c) || month(a) && day(b) && year(c) {
            part[at..at + 3].fill(true);
        }
    }
    for (at, five) in words.windows(5).enumerate() {
        let [a, b, c, d, e] = five else { unreachable!() };
        if b == d && day(a) && year(e) && month(c) {
            part[at..at + 5].fill(true);
        }
    }
    let mut open: Vec<String> = Vec::new();
    for (word, part) in words.iter().zip(part) {
        match part {
            false => open.push(word.clone()),
            true if open.last().is_some_and(|last| last == "#") => {}
            true => open.push("#".to_owned()),
        }
    }
    open
}

impl Oracle {
    /// Counts the paragraphs of one document; those with fewer than `short` words are short.
    fn new(paragraphs: &[String], short: usize) -> Self {
        let words: Vec<Vec<String>> = paragraphs.iter().map(|text| words(text)).collect();
        let sets: Vec<_> = words.iter().map(|words| shingles(words)).collect();
        let mut holders: BTreeMap<&Vec<String>, Vec<usize>> = BTreeMap::new();
        let mut shared = vec![BTreeMap::new(); sets.len()];
        let mut coverage = Vec::new();
        for (paragraph, set) in sets.iter().enumerate() {
            let mut said = 0;
            for shingle in set {
                let holders = holders.entry(shingle).or_default();
                said += usize::from(!holders.is_empty());
                for &holder in &*holders {
                    *shared[paragraph].entry(holder).or_default() += 1;
                }
                holders.push(paragraph);
            }
            coverage.push(if set.is_empty() { 0.0 } else { said as f64 / set.len() as f64 });
        }
        let open = words.iter().map(|words| open(words)).collect();
        Self { words, sets, shared, coverage, open, short }
    }

    /// Whether two paragraphs differ only in numbers.
    fn numbers_differ(&self, left: usize, right: usize) -> bool {
        self.words[left] != self.words[right] && self.open[left] == self.open[right]
    }

    fn takes_part(&self, paragraph: usize) -> bool {
        self.words[paragraph].len() >= self.short.max(1)
    }

    /// The earlier paragraphs that share shingles with this one; short ones are excluded.
    fn earlier(&self, paragraph: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let part = move |&(left, _): &(usize, usize)| self.takes_part(left) && self.takes_part(paragraph);
        self.shared[paragraph].iter().map(|(&left, &shared)| (left, shared)).filter(part)
    }

    fn resemblance(&self, left: usize, right: usize) -> f64 {
        let shared = self.shared[right].get(&left).copied().unwrap_or(0);
        shared as f64 / (self.sets[left].len() + self.sets[right].len() - shared) as f64
    }

    /// The pairs at or above the threshold, ascending, without those of many copies.
    fn pairs(&self, threshold: f64, copies: usize) -> Vec<(usize, usize)> {
        let mut places: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
        for (paragraph, words) in self.words.iter().enumerate() {
            places.entry(words).or_default().push(paragraph);
        }
        let same = |paragraph: usize| &places[&self.words[paragraph][..]];
        let speaks = |paragraph: usize| same(paragraph).len() <= copies || same(paragraph)[0] == paragraph;
        let listed = |left: usize, right: usize| match self.words[left] == self.words[right] {
            true => same(left).len() <= copies || same(left)[0] == left,
            false => speaks(left) && speaks(right),
        };
        let mut pairs: Vec<_> = (0..self.sets.len())
            .flat_map(|right| self.earlier(right).map(move |(left, _)| (left, right)))
            .filter(|&(left, right)| self.resemblance(left, right) >= threshold && listed(left, right))
            .collect();
        pairs.sort_unstable();
        pairs
    }

    /// In order, each paragraph joins the most similar representative with which it is a pair, the earlier of
    /// equally similar ones, or becomes one. Pairs that differ only in numbers count if numbers are merged.
    fn clusters(&self, threshold: f64, merge: bool) -> Vec<Vec<usize>> {
        let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for paragraph in 0..self.sets.len() {
            let near = self.earlier(paragraph).map(|(left, _)| (left, self.resemblance(left, paragraph)));
            let best = near
                .filter(|&(left, resemblance)| resemblance >= threshold && clusters.contains_key(&left))
                .filter(|&(left, _)| merge || !self.numbers_differ(left, paragraph))
                .reduce(|best, next| if next.1 > best.1 { next } else { best });
            clusters.entry(best.map_or(paragraph, |(left, _)| left)).or_default().push(paragraph);
        }
        clusters.into_values().filter(|members| members.len() > 1).collect()
    }

    /// Whether a stretch of the left paragraph, with gaps of two words at most, has 0.8 of the other's shingles.
    fn in_one_stretch(&self, left: usize, paragraph: usize) -> bool {
        let (words, set) = (&self.words[left], &self.sets[paragraph]);
        let places: Vec<usize> =
            (0..words.len().saturating_sub(2)).filter(|&at| set.contains(&words[at..at + 3])).collect();
        places.chunk_by(|a, b| b - a <= 5).any(|run| {
            let shingles: BTreeSet<_> = run.iter().map(|&at| &words[at..at + 3]).collect();
            shingles.len() as f64 / set.len() as f64 >= 0.8
        })
    }

    /// The rule that applies to each paragraph.
    fn rules(&self, threshold: f64, merge: bool) -> Vec<Option<Rule>> {
        let rule = |paragraph: usize| {
            let size = self.sets[paragraph].len() as f64;
            let said = self.coverage[paragraph] >= 0.5 && self.words[paragraph].len() >= 20;
            let mut earlier = self.earlier(paragraph);
            let near = self.earlier(paragraph).map(|(left, _)| left);
            let mut near = near.filter(|&left| self.resemblance(left, paragraph) >= threshold).peekable();
            if self.earlier(paragraph).any(|(left, _)| self.words[left] == self.words[paragraph]) {
                Some(Rule::ExactDuplicate)
            } else if near.peek().is_some() {
                let numbers = !merge && near.all(|left| self.numbers_differ(left, paragraph));
                Some(if numbers { Rule::DiffersInNumbers } else { Rule::NearDuplicate })
            } else if earlier
                .any(|(left, shared)| shared as f64 / size >= 0.8 && self.in_one_stretch(left, paragraph))
            {
                Some(Rule::Contained)
            } else {
                said.then_some(Rule::Repetitive)
            }
        };
        (0..self.sets.len()).map(rule).collect()
    }

    /// Asserts that all that is reported about a pair is true.
    fn verify(&self, pairs: &[Pair], threshold: f64) {
        for pair in pairs {
            let [left, right] = [pair.left, pair.right].map(ParagraphId::index);
            let resemblance = self.resemblance(left, right);
            assert!(resemblance >= threshold);
            assert_eq!(pair.resemblance(), resemblance);
            let shared = self.shared[right][&left] as f64;
            let containment = [left, right].map(|paragraph| shared / self.sets[paragraph].len() as f64);
            assert_eq!(pair.containment(), containment);
            let numbers = self.numbers_differ(left, right).then_some(Differs::Numbers);
            assert_eq!(pair.differs, numbers, "{:?} {:?}", self.words[left], self.words[right]);
        }
    }
}

fn ids(pairs: &[Pair]) -> Vec<(usize, usize)> {
    pairs.iter().map(|pair| (pair.left.index(), pair.right.index())).collect()
}

/// The oracle does not know passages, so they are switched off.
fn detector() -> DetectorBuilder {
    Detector::builder().min_passage_tokens(usize::MAX).themes(Themes::Off)
}

/// Compares all facts that an exact search reports with the oracle.
fn compare(paragraphs: &[String], threshold: f64, short: usize, copies: usize) {
    compare_with(paragraphs, threshold, short, copies, false);
}

fn compare_with(paragraphs: &[String], threshold: f64, short: usize, copies: usize, merge: bool) {
    let settings = detector().threshold(threshold).min_paragraph_tokens(short).copies(copies);
    // Paragraphs that are sentences are no headings.
    let settings = settings.merge_numbers(merge).min_warning_tokens(1).max_pairs(Some(usize::MAX));
    let text: String = paragraphs.iter().map(|paragraph| format!("{paragraph}.\n\n")).collect();
    let report = settings.search(PairSearch::Exact).build().unwrap().check(text);
    let oracle = Oracle::new(paragraphs, short);
    assert_eq!(report.paragraphs().len(), paragraphs.len());

    oracle.verify(report.pairs(), threshold);
    assert_eq!(ids(report.pairs()), oracle.pairs(threshold, copies));

    let members =
        |cluster: &refrain::Cluster| cluster.members.iter().map(|id| id.index()).collect::<Vec<_>>();
    let clusters: Vec<Vec<usize>> = report.clusters().iter().map(members).collect();
    assert_eq!(clusters, oracle.clusters(threshold, merge));

    let coverage: Vec<f64> = report.paragraphs().iter().map(|paragraph| paragraph.coverage).collect();
    assert_eq!(coverage, oracle.coverage);

    let mut rules = vec![None; paragraphs.len()];
    for finding in report.findings() {
        let paragraph = finding.paragraph.unwrap().index();
        if !oracle.takes_part(paragraph) && finding.rule == Rule::ExactDuplicate {
            continue;
        }
        let before = rules[paragraph].replace(finding.rule);
        assert_eq!(before, None, "a paragraph falls under one rule");
    }
    assert_eq!(rules, oracle.rules(threshold, merge));
}

#[test]
fn an_exact_search_finds_what_the_definitions_say() {
    let corpus = generator::Corpus::new(1500, 300, 0.5, 11);
    for threshold in [0.3, 0.5, 0.8, 1.0] {
        compare(&corpus.paragraphs, threshold, 5, 32);
    }
}

/// Paragraphs of very few different words have all possible resemblances, often exactly the threshold. Many
/// are short, empty, or copies.
#[test]
fn it_does_so_where_everything_is_alike() {
    let mut rng = Rng::new(12);
    let paragraphs: Vec<String> = (0..600)
        .map(|_| {
            let vocabulary = 2 + rng.below(3);
            let words: Vec<&str> = (0..1 + rng.below(26))
                .map(|_| ["sun", "moon", "rain", "–", "wind"][rng.below(vocabulary)])
                .collect();
            words.join(" ")
        })
        .collect();
    for (threshold, short, copies) in [(0.5, 5, 32), (0.25, 1, 2), (2.0 / 3.0, 0, 1), (1.0, 3, 3)] {
        compare(&paragraphs, threshold, short, copies);
    }
}

/// Notices from a few templates, with numbers and dates of many kinds, and sometimes a changed word.
fn notices(count: usize, seed: u64) -> Vec<String> {
    let mut rng = Rng::new(seed);
    let months = ["May", "June", "July"];
    (0..count)
        .map(|_| {
            let [day, month, year] = [1 + rng.below(3), rng.below(3), 2020 + rng.below(2)];
            let month = months[month];
            let date = match rng.below(6) {
                0 => format!("{day} {month} {year}"),
                1 => format!("{month} {day}th, {year}"),
                2 => format!("{year}. {month} {day}."),
                3 => format!("{day} de {month} de {year}"),
                4 => format!("{day}/{}/{year}", rng.below(3)),
                _ => format!("{day} {month}"),
            };
            let [is, road, until] =
                [["is", "was"], ["road", "path"], ["until", "from"]].map(|words| words[rng.below(9) / 8]);
            let number = ["7", "8", "1,000", "3.5", "v1.2-beta", "B52"][rng.below(6)];
            let dots = ["the", "12", "1999", "31 in 2020"][rng.below(4)];
            format!("The old {road} number {number} {is} closed to all but the farmers {until} {dots} {date} at noon")
        })
        .collect()
}

#[test]
fn numbers_and_dates_are_told_from_words() {
    let paragraphs = notices(500, 17);
    let oracle = Oracle::new(&paragraphs, 1);
    let numbers = |left: usize| (left + 1..500).filter(|&right| oracle.numbers_differ(left, right)).count();
    let numbers: usize = (0..500).map(numbers).sum();
    assert!((5_000..60_000).contains(&numbers), "{numbers}");
    for merge in [false, true] {
        for threshold in [0.3, 0.6, 0.9] {
            compare_with(&paragraphs, threshold, 1, 1000, merge);
        }
    }
}

/// A corpus keeps no text, but still distinguishes numbers from words.
#[test]
fn what_differs_in_numbers_stays() {
    let paragraphs = notices(300, 18);
    let oracle = Oracle::new(&paragraphs, 1);
    for (merge, threshold) in [(false, 0.3), (false, 0.7), (true, 0.3), (true, 0.7)] {
        let detector = detector().threshold(threshold).merge_numbers(merge).build().unwrap();
        let mut corpus = detector.corpus();
        corpus.extend(&paragraphs).unwrap();
        let found = corpus.representatives(None, |_| ControlFlow::Continue(())).unwrap();
        let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (paragraph, found) in found.iter().enumerate() {
            clusters.entry(found.paragraph.index()).or_default().push(paragraph);
        }
        let kept: Vec<usize> = clusters.keys().copied().collect();
        clusters.retain(|_, members| members.len() > 1);
        let expected = oracle.clusters(threshold, merge);
        assert_eq!(clusters.into_values().collect::<Vec<_>>(), expected);
        for (at, &right) in kept.iter().enumerate() {
            for &left in &kept[..at] {
                let pair = oracle.resemblance(left, right) >= threshold;
                assert!(!pair || !merge && oracle.numbers_differ(left, right));
            }
        }
    }
}

/// Text that is in many documents does not count as repetition.
#[test]
fn boilerplate_is_left_out_of_account() {
    const EACH: usize = 5;
    const THRESHOLD: f64 = 0.6;
    let corpus = generator::Corpus::new(300, 200, 0.4, 19);
    let mut rng = Rng::new(20);
    let notices = notices(6, 21);
    let paragraphs: Vec<String> = corpus
        .paragraphs
        .into_iter()
        .map(|text| if rng.once_in(4) { notices[rng.below(6)].clone() } else { text })
        .collect();
    let documents: Vec<String> = paragraphs.chunks(EACH).map(|chunk| chunk.join("\n\n")).collect();
    let oracle = Oracle::new(&paragraphs, 5);
    for least in [2, 5, 12] {
        let mut common = BTreeMap::new();
        for members in oracle.clusters(THRESHOLD, true) {
            let documents: BTreeSet<usize> = members.iter().map(|member| member / EACH).collect();
            if documents.len() >= least {
                common.insert(members[0], documents);
                common.extend(members[1..].iter().map(|&member| (member, BTreeSet::new())));
            }
        }
        let words: BTreeSet<&Vec<String>> = common.keys().map(|&member| &oracle.words[member]).collect();
        let is_common = |paragraph: usize| words.contains(&oracle.words[paragraph]);
        let besides: BTreeSet<&Vec<String>> =
            (0..paragraphs.len()).filter(|&p| is_common(p)).flat_map(|p| &oracle.sets[p]).collect();
        let count = (0..paragraphs.len()).filter(|&p| is_common(p)).count();
        assert!((5..250).contains(&count), "{count} of {least}");

        let settings = detector().threshold(THRESHOLD).search(PairSearch::Exact);
        let settings = settings.boilerplate(Some(Boilerplate::Documents(least)));
        let report = settings.build().unwrap().check_all(&documents);
        oracle.verify(report.pairs(), THRESHOLD);
        let mut rules = vec![None; paragraphs.len()];
        for finding in report.findings() {
            let paragraph = finding.paragraph.unwrap().index();
            if finding.rule == Rule::Boilerplate {
                let related = finding.related.iter().map(|place| place.document);
                let listed: BTreeSet<usize> = related.chain([finding.document]).collect();
                assert_eq!(common.get(&paragraph), Some(&listed));
                common.insert(paragraph, BTreeSet::new());
            } else {
                // One on its own document and one on another, which says more.
                let across = finding.related.iter().any(|place| place.document != finding.document);
                if let Some((before, was_across)) = rules[paragraph].replace((finding.rule, across)) {
                    assert_ne!(across, was_across);
                    rules[paragraph] =
                        Some(if across { (finding.rule, across) } else { (before, was_across) });
                }
            }
        }
        assert!(common.values().all(BTreeSet::is_empty), "each is listed once");
        let rules: Vec<Option<Rule>> = rules.into_iter().map(|rule| rule.map(|(rule, _)| rule)).collect();

        let mut said = BTreeSet::new();
        for (paragraph, found) in report.paragraphs().iter().enumerate() {
            if paragraph % EACH == 0 {
                said.clear();
            }
            let set = &oracle.sets[paragraph];
            let covered = set.iter().filter(|shingle| said.contains(shingle)).count() as f64;
            said.extend(set.iter().filter(|shingle| !besides.contains(shingle)));
            let coverage = covered / set.len() as f64;
            assert_eq!((found.boilerplate, found.coverage), (is_common(paragraph), coverage));

            let earlier = || oracle.earlier(paragraph).filter(|&(left, _)| !is_common(left));
            let near = earlier().filter(|&(left, _)| oracle.resemblance(left, paragraph) >= THRESHOLD);
            let near: Vec<usize> = near.map(|(left, _)| left).collect();
            let rule = if is_common(paragraph) {
                None
            } else if near.iter().any(|&left| oracle.words[left] == oracle.words[paragraph]) {
                Some(Rule::ExactDuplicate)
            } else if near.iter().any(|&left| !oracle.numbers_differ(left, paragraph)) {
                Some(Rule::NearDuplicate)
            } else if !near.is_empty() {
                Some(Rule::DiffersInNumbers)
            } else if earlier().any(|(_, shared)| shared as f64 / set.len() as f64 >= 0.8) {
                Some(Rule::Contained)
            } else {
                (coverage >= 0.5 && oracle.words[paragraph].len() >= 20).then_some(Rule::Repetitive)
            };
            assert_eq!(rules[paragraph], rule, "{}", paragraphs[paragraph]);
        }
    }
}

/// A banded search misses some pairs, but not more than the recall allows.
///
/// At a resemblance of at least the threshold, each true pair is found with a probability of at least the
/// recall, 0.99. Except for the common hash functions, pairs are independent. So the found fraction of `n`
/// pairs has a mean of at least 0.99 and a standard error of at most sqrt(0.99 · 0.01 / n). It is more than
/// three standard errors below 0.99 about once in 700 times. The seeds are fixed, so the result is always
/// the same.
#[test]
fn a_banded_search_finds_what_it_promises() {
    const SLICES: usize = 14;
    const EACH: usize = 100;
    let planted = Writer::english(13).pairs(60, SLICES, EACH);
    let paragraphs: Vec<String> = planted.into_iter().flat_map(|pair| [pair.left, pair.right]).collect();
    let oracle = Oracle::new(&paragraphs, 5);
    for threshold in [0.5, 0.7, 0.8, 0.9] {
        let detector = detector().threshold(threshold).recall(0.99).search(PairSearch::Banded);
        let pairs = detector.build().unwrap().pairs(&paragraphs);
        oracle.verify(&pairs, threshold);
        let found: BTreeSet<(usize, usize)> = ids(&pairs).into_iter().collect();
        let mut slices = [(0_u32, 0_u32); SLICES + 1];
        for (left, right) in oracle.pairs(threshold, 32) {
            let slice = ((oracle.resemblance(left, right) - 0.3 + 1e-9) / 0.05) as usize;
            slices[slice].0 += u32::from(found.contains(&(left, right)));
            slices[slice].1 += 1;
        }
        assert!(slices.iter().any(|&(_, all)| all > 0));
        for (slice, (found, all)) in slices.into_iter().enumerate().filter(|(_, (_, all))| *all > 0) {
            let (recall, n) = (f64::from(found) / f64::from(all), f64::from(all));
            let least = 0.99 - 3.0 * (0.99 * 0.01 / n).sqrt();
            let from = 0.3 + 0.05 * slice as f64;
            assert!(recall >= least, "threshold {threshold}, from {from:.2} on: {found} of {all}");
        }
    }
}

/// A removed paragraph names a kept one as representative. A kept paragraph is no near-duplicate of an
/// earlier kept one, except for pairs that the bands miss.
#[test]
fn every_removal_is_justified_by_what_stays() {
    let corpus = generator::Corpus::new(1500, 300, 0.5, 15);
    let oracle = Oracle::new(&corpus.paragraphs, 5);
    let count = corpus.paragraphs.len();
    let mut shuffled: Vec<ParagraphId> = (0..count as u32).map(ParagraphId).collect();
    Rng::new(16).shuffle(&mut shuffled);
    for order in [None, Some(&shuffled[..])] {
        let detector = detector().threshold(0.7).recall(0.999).build().unwrap();
        let mut gathered = detector.corpus();
        gathered.extend(&corpus.paragraphs).unwrap();
        let found = gathered.representatives(order, |_| ControlFlow::Continue(())).unwrap();
        let mut rank: Vec<usize> = (0..count).collect();
        for (place, id) in order.into_iter().flatten().enumerate() {
            rank[id.index()] = place;
        }
        let stays = |paragraph: usize| found[paragraph].paragraph.index() == paragraph;
        let resemblance = |a: usize, b: usize| oracle.resemblance(a.min(b), a.max(b));
        for (paragraph, Representative { paragraph: kept, resemblance: listed, .. }) in
            found.iter().enumerate()
        {
            let kept = kept.index();
            assert!(stays(kept));
            if kept != paragraph {
                assert!(rank[kept] < rank[paragraph]);
                assert_eq!(*listed, resemblance(kept, paragraph));
                assert!(*listed >= 0.7);
            }
        }
        let kept: Vec<usize> = (0..count).filter(|&paragraph| stays(paragraph)).collect();
        assert!((1..count).contains(&kept.len()));
        let missed = kept.iter().enumerate().flat_map(|(at, &right)| {
            let alike = move |&&left: &&usize| resemblance(left, right) >= 0.7;
            kept[..at].iter().filter(alike)
        });
        let missed = missed.count();
        assert!(missed <= 3, "{missed} of {} stay though another that stays says the same", kept.len());
    }
}

/// The generator counts resemblance in its own way, so it is a second oracle.
#[test]
fn planted_pairs_have_the_resemblance_they_were_planted_with() {
    for pair in Writer::english(14).pairs(80, 7, 10) {
        let oracle = Oracle::new(&[pair.left, pair.right], 5);
        assert_eq!(oracle.resemblance(0, 1), pair.resemblance);
    }
}
