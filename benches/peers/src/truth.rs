//! All true pairs, by a simple exact join that shares no code with the library.

use std::collections::{HashMap, HashSet};

/// Two positions, the smaller first, and the resemblance of their word 3-grams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct True {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) resemblance: f64,
}

/// The words in lower case. Characters other than letters and digits separate them, except for apostrophes,
/// which are removed.
fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|c| !"'’".contains(*c)).flat_map(char::to_lowercase).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn share(shared: usize, left: usize, right: usize) -> f64 {
    shared as f64 / (left + right - shared) as f64
}

/// The resemblance of two texts of three words or more.
pub(crate) fn resemblance(left: &str, right: &str) -> f64 {
    let [left, right] = [left, right].map(words);
    let [l, r] = [&left, &right].map(|words| words.windows(3).collect::<HashSet<_>>());
    share(l.intersection(&r).count(), l.len(), r.len())
}

/// All pairs of texts, of three words or more each, whose resemblance is at least `threshold`.
///
/// The sets of a pair share at least `threshold · n` members if the smaller has `n`. All sets are sorted in
/// the same order, so they share one of its first `n - threshold · n + 1` members. The rarest members come
/// first.
pub(crate) fn pairs(texts: &[String], threshold: f64) -> Vec<True> {
    let (sets, shared_from) = sets(texts);
    let mut holders: Vec<Vec<u32>> = Vec::new();
    let mut met = vec![u32::MAX; sets.len()];
    let mut pairs = Vec::new();
    for (right, set) in (0_u32..).zip(&sets) {
        // Rounding must not make the prefix too short.
        let least = (threshold * set.len() as f64 - 1e-6).ceil() as usize;
        for &gram in &set[..set.len() - least + 1] {
            // A member that no other set has leads to no other set.
            let Some(gram) = gram.checked_sub(shared_from) else { continue };
            let gram = gram as usize;
            if holders.len() <= gram {
                holders.resize(gram + 1, Vec::new());
            }
            for &left in &holders[gram] {
                if std::mem::replace(&mut met[left as usize], right) == right {
                    continue;
                }
                let other = &sets[left as usize];
                let resemblance = share(shared(other, set), other.len(), set.len());
                if resemblance >= threshold {
                    pairs.push(True { left, right, resemblance });
                }
            }
            holders[gram].push(right);
        }
    }
    pairs
}

/// The 3-grams of each text as ascending numbers, where rarer 3-grams have smaller numbers; and the
/// smallest number of a 3-gram that several texts have.
fn sets(texts: &[String]) -> (Vec<Vec<u32>>, u32) {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut grams: HashMap<[u32; 3], u32> = HashMap::new();
    let mut counts: Vec<u32> = Vec::new();
    let mut sets = Vec::with_capacity(texts.len());
    for text in texts {
        let mut number = |word: String| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        };
        let words: Vec<u32> = words(text).into_iter().map(&mut number).collect();
        let gram = |words: &[u32]| {
            let next = grams.len() as u32;
            *grams.entry([words[0], words[1], words[2]]).or_insert(next)
        };
        let mut set: Vec<u32> = words.windows(3).map(gram).collect();
        set.sort_unstable();
        set.dedup();
        counts.resize(grams.len(), 0);
        for &gram in &set {
            counts[gram as usize] += 1;
        }
        sets.push(set);
    }
    let mut by_count: Vec<u32> = (0..counts.len() as u32).collect();
    by_count.sort_unstable_by_key(|&gram| (counts[gram as usize], gram));
    let mut ranks = vec![0; counts.len()];
    for (rank, &gram) in (0..).zip(&by_count) {
        ranks[gram as usize] = rank;
    }
    for set in &mut sets {
        for gram in &mut *set {
            *gram = ranks[*gram as usize];
        }
        set.sort_unstable();
    }
    (sets, counts.iter().filter(|&&count| count == 1).count() as u32)
}

/// The number of common elements of two ascending lists.
fn shared(left: &[u32], right: &[u32]) -> usize {
    let (mut l, mut r, mut shared) = (0, 0, 0);
    while l < left.len() && r < right.len() {
        shared += usize::from(left[l] == right[r]);
        let (a, b) = (left[l], right[r]);
        l += usize::from(a <= b);
        r += usize::from(b <= a);
    }
    shared
}
