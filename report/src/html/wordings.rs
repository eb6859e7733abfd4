//! The wordings of one thing, with the words that they have in common.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Render, html};
use refrain::text::{Token, tokens};

use super::visible::Visible;

/// One wording, cut to what is shown.
#[derive(Debug)]
pub(super) struct Wording<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// For each token, whether it is common.
    common: Vec<bool>,
    /// Whether all wordings are the same words.
    verbatim: bool,
    cut: bool,
}

/// The wordings, each cut to `most` characters, with their common words: those that at least half of the others have, two at least if there
/// are three or more.
///
/// Inflected forms of a word count as one: words that begin with the same five characters.
pub(super) fn wordings<'a>(texts: &[&'a str], most: usize) -> Vec<Wording<'a>> {
    let mut all: Vec<Wording<'a>> = texts.iter().map(|text| Wording::new(text, most)).collect();
    let hashes = |wording: &Wording<'_>| wording.tokens.iter().map(|token| token.hash).collect::<Vec<_>>();
    let verbatim = all.iter().all(|wording| hashes(wording) == hashes(&all[0]));
    let stems: Vec<Vec<String>> = all.iter().map(Wording::stems).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stems in &stems {
        for stem in stems.iter().collect::<BTreeSet<_>>() {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let least = all.len().div_ceil(2).max(2);
    for (wording, stems) in all.iter_mut().zip(&stems) {
        wording.verbatim = verbatim;
        wording.common = stems.iter().map(|stem| counts[&stem[..]] >= least).collect();
    }
    all
}

impl<'a> Wording<'a> {
    fn new(text: &'a str, most: usize) -> Self {
        let end = text.char_indices().nth(most).map_or(text.len(), |(end, _)| end);
        let shown = &text[..end];
        Self {
            text: shown,
            tokens: tokens(shown),
            common: Vec::new(),
            verbatim: false,
            cut: end < text.len(),
        }
    }

    fn stems(&self) -> Vec<String> {
        let stem =
            |token: &Token| token.span.of(self.text).chars().flat_map(char::to_lowercase).take(5).collect();
        self.tokens.iter().map(stem).collect()
    }
}

impl Render for Wording<'_> {
    /// Common words are marked unless all are. Between two of them nothing ends the mark.
    fn render_to(&self, out: &mut String) {
        let mut at = 0;
        if !self.verbatim {
            let runs: Vec<usize> = (0..self.tokens.len()).collect();
            for run in
                runs.chunk_by(|&a, &b| self.common[a] == self.common[b]).filter(|run| self.common[run[0]])
            {
                let (start, end) = (self.tokens[run[0]].span.start, self.tokens[run[run.len() - 1]].span.end);
                Visible(&self.text[at..start]).render_to(out);
                html! { b { (Visible(&self.text[start..end])) } }.render_to(out);
                at = end;
            }
        }
        Visible(&self.text[at..]).render_to(out);
        if self.cut {
            html! { span.cut title="The text goes on" { " …" } }.render_to(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_marked() {
        let table: [(&[&str], &[&str]); 4] = [
            (&["the old mill", "The old mill!"], &["the old mill", "The old mill!"]),
            (&["the old mill", "an old millstone"], &["the <b>old</b> mill", "an <b>old</b> millstone"]),
            (
                &["it rained again", "again it was raining"],
                &["<b>it</b> rained <b>again</b>", "<b>again it</b> was raining"],
            ),
            (&["one <i>", "one two", "three"], &["<b>one</b> &lt;i&gt;", "<b>one</b> two", "three"]),
        ];
        for (texts, expected) in table {
            let found: Vec<String> =
                wordings(texts, 100).iter().map(|wording| wording.render().into_string()).collect();
            assert_eq!(found, expected);
        }
        assert_eq!(wordings(&[], 100).len(), 0);
    }

    #[test]
    fn a_long_wording_is_cut() {
        let text = "é".repeat(5_000);
        let written = wordings(&[&text], 300)[0].render().into_string();
        assert!(written.ends_with("…</span>") && written.matches('é').count() == 300);
    }
}
