//! How alike the beginning and the end of a document are.
//!
//! Machine-written articles often end with what they began with. Of the figures that were tried on essays
//! and articles by people and by language models, this one recognised newer models best.

use std::ops::Range;

use crate::text::Token;
use crate::util::progress::{Cancelled, Watch};

/// Words of fewer letters are mostly grammar.
const LEAST_LETTERS: usize = 5;

/// The most tokens of the opening and of the closing. Longer stretches are more alike whatever they say.
const MOST_TOKENS: usize = 200;

/// The cosine of the counts of content stems in the first and the last fifth of a document's tokens, of
/// 200 tokens at most, in `0.0..=1.0`, rounded to thousandths; 0 without content. Content are words of
/// five letters or more, and pairs of characters in scripts without spaces.
pub(crate) fn opening_closing(
    text: &str,
    tokens: &[Token],
    stems: &[u64],
    watch: Watch<'_>,
) -> Result<f64, Cancelled> {
    let fifth = (tokens.len() / 5).min(MOST_TOKENS);
    let counts = |places: Range<usize>| {
        let mut content = Vec::new();
        for place in places {
            watch.poll_at(place)?;
            if is_content(text, &tokens[place]) {
                content.push(stems[place]);
            }
        }
        content.sort_unstable();
        Ok(content.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect::<Vec<_>>())
    };
    let [opening, closing] = [counts(0..fifth)?, counts(tokens.len() - fifth..tokens.len())?];
    Ok((1000.0 * cosine(&opening, &closing)).round() / 1000.0)
}

fn is_content(text: &str, token: &Token) -> bool {
    let word = token.span.of(text);
    let is_long = || word.len() >= LEAST_LETTERS && word.chars().count() >= LEAST_LETTERS;
    !token.machine && (token.unspaced || is_long())
}

/// The cosine of two vectors of counts, each ascending by what is counted.
fn cosine(a: &[(u64, u64)], b: &[(u64, u64)]) -> f64 {
    let square = |counts: &[(u64, u64)]| counts.iter().map(|(_, count)| count * count).sum::<u64>() as f64;
    let (mut dot, mut rest) = (0, b);
    for &(stem, count) in a {
        rest = &rest[rest.partition_point(|&(other, _)| other < stem)..];
        dot += rest.first().filter(|&&(other, _)| other == stem).map_or(0, |&(_, other)| count * other);
    }
    if dot == 0 { 0.0 } else { dot as f64 / (square(a) * square(b)).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stemmed_tokens;

    fn of(text: &str) -> f64 {
        let (mut tokens, mut stems) = (Vec::new(), Vec::new());
        stemmed_tokens(text, &mut tokens, &mut stems, Watch::none()).unwrap();
        opening_closing(text, &tokens, &stems, Watch::none()).unwrap()
    }

    #[test]
    fn an_end_that_says_what_the_beginning_said() {
        let middle = "one two three four five six seven eight nine ten eleven twelve";
        assert_eq!(of(&format!("gardens need water often {middle} water often helps gardens")), 0.866);
        assert_eq!(of(&format!("gardens need water often {middle} bakers sleep until noon")), 0.0);
        assert_eq!(of(&format!("Harbours grow because {middle} tell harbour growers")), 0.5);
    }

    #[test]
    fn nothing_to_compare_is_nothing_alike() {
        assert_eq!([of(""), of("alone"), of("to be or not to be, so it is")], [0.0; 3]);
    }

    #[test]
    fn characters_of_scripts_without_spaces_count_in_pairs() {
        let text = "港の橋は夜に閉まる。それから人々は町を歩き、店で茶を飲み、歌を歌って朝を待つ。港の橋は夜に閉まる。";
        assert!(of(text) > 0.8);
        assert_eq!(of(&text.replacen("港の橋は夜に閉まる", "雨はもうやんだのに", 1)), 0.0);
    }
}
