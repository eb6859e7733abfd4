//! A table, read and looked up.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use crate::set::hash;
use crate::text;
use crate::util::error::Error;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::logarithm::ln;
use crate::util::progress::Watch;

/// No stem weighs more than this, however rare it is.
const MOST: f64 = 4.0;
/// A stem in a smaller share of the documents has the greatest weight: `e^-4`.
pub(super) const LEAST_COMMON: f64 = 0.018_315_638_888_734_18;

/// How common words are in a language: in how many of some texts each stem, the first five characters of
/// a word, stands. Words that are common everywhere say little about what a text repeats.
///
/// Made by [`BackgroundCounts`](super::BackgroundCounts) or `refrain background`, and read with
/// [`FromStr`]. A [`DetectorBuilder`](crate::DetectorBuilder::background) takes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Background {
    name: String,
    documents: u32,
    weights: HashMap<u64, f64, PrehashedBuildHasher>,
}

impl Background {
    /// The name of the built-in table of English.
    pub(crate) const ENGLISH: &str = "en/1";
    /// The name that stands for no table.
    pub(crate) const NONE: &str = "none";

    /// The built-in table of English.
    pub(crate) fn english() -> Arc<Self> {
        static ENGLISH: LazyLock<Arc<Background>> = LazyLock::new(|| {
            let read: Result<Background, Error> = include_str!("en.txt").parse();
            let mut table = read.expect("the built-in table is valid");
            Background::ENGLISH.clone_into(&mut table.name);
            Arc::new(table)
        });
        Arc::clone(&ENGLISH)
    }

    /// What reports call it: `en/1`, or `custom/` and a digest of the table.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many texts it was counted in.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents as usize
    }

    /// How many stems it lists.
    #[must_use]
    pub fn stems(&self) -> usize {
        self.weights.len()
    }

    /// Whether it lists a stem.
    pub(crate) fn lists(&self, stem: u64) -> bool {
        self.weights.contains_key(&stem)
    }

    /// The weight of a stem, in `0.0..=4.0`: `min(4, ln((D + 1) / (d + 0.5)))` if `d` of `D` texts have it,
    /// and 4 if it is not listed.
    pub(crate) fn weight(&self, stem: u64) -> f64 {
        self.weights.get(&stem).copied().unwrap_or(MOST)
    }
}

impl FromStr for Background {
    type Err = Error;

    /// Reads a table: a line `documents N`, then lines such as `harbo 17`, each with a stem and the
    /// number of texts that have it. Blank lines are skipped.
    ///
    /// # Errors
    ///
    /// If a line is something else; the message has its number. If a stem comes twice.
    fn from_str(table: &str) -> Result<Self, Error> {
        let malformed = |line: usize, accepts: &str, found: &str| {
            let found: String = found.chars().take(40).collect();
            Error::malformed(
                "background table",
                format!("line {line} must be {accepts}, got `{}`", found.escape_debug()),
            )
        };
        let mut lines = (1..).zip(table.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
        let (line, first) = lines.next().unwrap_or((1, ""));
        let documents = first.strip_prefix("documents ").and_then(|count| count.trim().parse().ok());
        let Some(documents @ 1..) = documents else {
            return Err(malformed(line, "`documents` and their number, such as `documents 2000`", first));
        };
        // A line has some eight bytes.
        let mut weights = HashMap::with_capacity_and_hasher(table.len() / 8, PrehashedBuildHasher::default());
        for (number, line) in lines {
            let wrong = || {
                let accepts = format!("a new stem and a count from 1 to {documents}, such as `harbo 17`");
                malformed(number, &accepts, line)
            };
            let (stem, count) = line.rsplit_once(char::is_whitespace).ok_or_else(wrong)?;
            let count: u32 = count.parse().map_err(|_| wrong())?;
            let stem = stem_of(stem)?.filter(|_| (1..=documents).contains(&count)).ok_or_else(wrong)?;
            let weight = ln((f64::from(documents) + 1.0) / (f64::from(count) + 0.5)).clamp(0.0, MOST);
            if weights.insert(stem, weight).is_some() {
                return Err(wrong());
            }
        }
        let name = format!("custom/{:016x}", hash::token(table.as_bytes()));
        Ok(Self { name, documents, weights })
    }
}

/// The stem that a line names, or `None` if it is something else.
fn stem_of(text: &str) -> Result<Option<u64>, Error> {
    // Nearly all are such words, which are their own stems; cutting each into tokens would take longer than
    // a check of an article.
    if (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(Some(hash::token(text.as_bytes())));
    }
    let (mut tokens, mut stems) = (Vec::new(), Vec::new());
    text::stemmed_tokens(text, &mut tokens, &mut stems, Watch::none())?;
    // Two characters of a script without spaces are one stem of two tokens.
    let is_stem = match &tokens[..] {
        [_] => true,
        [first, second] => first.is_written_before(second),
        _ => false,
    };
    Ok(is_stem.then(|| stems[0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::BackgroundCounts;

    fn stem(word: &str) -> u64 {
        let (mut tokens, mut stems) = (Vec::new(), Vec::new());
        text::stemmed_tokens(word, &mut tokens, &mut stems, Watch::none()).unwrap();
        stems[0]
    }

    #[test]
    fn short_words_are_their_own_stems() {
        for line in include_str!("en.txt").lines().skip(1) {
            let (word, _) = line.split_once(' ').unwrap();
            assert_eq!(stem_of(word).unwrap(), Some(stem(word)), "{word}");
        }
        assert_eq!(stem_of("").unwrap(), None);
    }

    #[test]
    fn what_is_counted_is_read_again() {
        let mut counts = BackgroundCounts::default();
        for text in ["The harbours freeze, the harbour.", "The Harbour", "", "港口的"] {
            counts.add(text);
        }
        assert_eq!(counts.table(), "documents 3\nfreez 1\nharbo 2\nthe 2\n口的 1\n港口 1\n的 1\n");
        let table: Background = counts.table().parse().unwrap();
        assert_eq!((table.documents(), table.stems()), (3, 6));
        assert!((table.weight(stem("harboured")) - ln(4.0 / 2.5)).abs() < 1e-12);
        assert!(table.lists(stem("港口")) && !table.lists(stem("港")));
        assert_eq!(table.weight(stem("ferry")), MOST);
        assert!(table.name().starts_with("custom/") && table.name().len() == 23);
        let other: Background = "documents 3\nthe 3".parse().unwrap();
        assert_ne!(other.name(), table.name());
    }

    #[test]
    fn rare_stems_are_left_out() {
        let mut counts = BackgroundCounts::default();
        for number in 0..200 {
            counts.add(if number < 3 {
                "rare here"
            } else if number < 10 {
                "some here"
            } else {
                "here"
            });
        }
        assert_eq!(counts.table(), "documents 200\nhere 200\nsome 7\n");
        let weight = ln(201.0 / 3.5);
        assert!(weight > MOST && LEAST_COMMON * 201.0 > 3.5, "{weight}");
    }

    #[test]
    fn the_built_in_table_is_english() {
        let table = Background::english();
        assert_eq!(table.name(), "en/1");
        assert!(table.weight(stem("the")) < 0.1 && table.weight(stem("between")) > 0.5);
        assert_eq!(table.weight(stem("harpsichord")), MOST);
        assert!(table.stems() > 1000 && include_str!("en.txt").len() < 60_000);
    }

    #[test]
    fn a_bad_line_is_named() {
        for (table, message) in [
            ("", "line 1 must be `documents` and their number, such as `documents 2000`, got ``"),
            (
                "\ndocuments 0",
                "line 2 must be `documents` and their number, such as `documents 2000`, got `documents 0`",
            ),
            (
                "documents 9\nthe",
                "line 2 must be a new stem and a count from 1 to 9, such as `harbo 17`, got `the`",
            ),
            (
                "documents 9\nthe 10",
                "line 2 must be a new stem and a count from 1 to 9, such as `harbo 17`, got `the 10`",
            ),
            (
                "documents 9\nthe 9\nof two 3",
                "line 3 must be a new stem and a count from 1 to 9, such as `harbo 17`, got `of two 3`",
            ),
            (
                "documents 9\nthe 9\n\nTHE 3",
                "line 4 must be a new stem and a count from 1 to 9, such as `harbo 17`, got `THE 3`",
            ),
            (
                "documents 9\n? 9",
                "line 2 must be a new stem and a count from 1 to 9, such as `harbo 17`, got `? 9`",
            ),
        ] {
            let error = table.parse::<Background>().unwrap_err();
            assert_eq!(error.to_string(), format!("not a stored background table: {message}"));
        }
    }
}
