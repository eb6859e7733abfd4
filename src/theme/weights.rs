//! How much it says that two sentences share a stem.

use super::levels::{GROWTH, LISTED, NAME, SHORT};
use super::sentences::Sentences;
use crate::input::TokenizedDocuments;
use crate::set::hash;
use crate::settings::Background;
use crate::util::logarithm::ln;
use crate::util::progress::{Cancelled, Watch};

/// The most that a stem weighs by the language.
const MOST: f64 = 4.0;

/// The weight of each stem, and of each sentence.
///
/// With `sf` of `N` sentences having a stem, its weight by the document is `wd = ln((N + 1) / (sf + 0.5))`.
/// Its weight by the language is `wb`, from the table of common words, or `min(4, wd)` without a table. It
/// weighs `√(wd · wb)`, and half of that if it has a digit or is a name: what a text is about comes back in
/// any text.
#[derive(Debug)]
pub(super) struct Weights {
    stems: Vec<f64>,
    /// The weight of each sentence's distinct stems together.
    pub(super) totals: Vec<f64>,
    /// By how much longer texts repeat more by chance, 1 or more.
    pub(super) growth: f64,
}

impl Weights {
    pub(super) fn new(
        texts: &TokenizedDocuments<'_>,
        sentences: &Sentences,
        background: Option<&Background>,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        // How often each stem stands inside a sentence, and how often with a capital letter.
        let mut uses = vec![[0_u32; 2]; sentences.stems.len()];
        let mut digits = vec![false; sentences.stems.len()];
        let (mut tokens, mut listed) = (0, 0);
        let lists: Vec<bool> =
            sentences.stems.iter().map(|&stem| background.is_some_and(|table| table.lists(stem))).collect();
        for sentence in 0..sentences.len() as u32 {
            watch.poll_at(sentence as usize)?;
            let places = sentences.places(sentence);
            let mut text = "";
            if let Some(first) = texts.paragraphs.get(texts.locate(&places).0[0]) {
                text = texts.documents[first.document].text();
            }
            for place in places.clone() {
                let key = sentences.key(place) as usize;
                tokens += 1;
                listed += usize::from(lists[key]);
                digits[key] |= hash::holds_digit(texts.tokens[place as usize].hash);
                if place > places.start {
                    let start = texts.tokens[place as usize].span.start;
                    let byte = text.as_bytes()[start];
                    let capital = if byte.is_ascii() {
                        byte.is_ascii_uppercase()
                    } else {
                        text[start..].chars().next().is_some_and(char::is_uppercase)
                    };
                    uses[key][0] += 1;
                    uses[key][1] += u32::from(capital);
                }
            }
        }
        let background = background.filter(|_| listed as f64 >= LISTED * f64::from(tokens));
        let count = sentences.len() as f64;
        let stems: Vec<f64> = (0..sentences.stems.len() as u32)
            .map(|key| {
                let stem = sentences.stems[key as usize];
                let frequency = sentences.with_key(key).len() as f64;
                let by_document = ln((count + 1.0) / (frequency + 0.5)).max(0.0);
                let by_language = background.map_or(by_document.min(MOST), |table| table.weight(stem));
                let weight = (by_document * by_language).sqrt();
                let [all, capitals] = uses[key as usize].map(f64::from);
                let is_name = all > 0.0 && capitals > NAME * all;
                if is_name || digits[key as usize] { weight / 2.0 } else { weight }
            })
            .collect();
        let total = |sentence| sentences.keys(sentence).iter().map(|&key| stems[key as usize]).sum();
        let totals = (0..sentences.len() as u32).map(total).collect();
        let growth = 1.0 + GROWTH * ln(sentences.len().max(SHORT) as f64 / SHORT as f64);
        Ok(Self { stems, totals, growth })
    }

    /// The weight of a stem.
    pub(super) fn of(&self, key: u32) -> f64 {
        self.stems[key as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Document;
    use crate::text::ParagraphBreaks;

    fn weights(text: &str, background: Option<&Background>) -> (Sentences, Weights) {
        let documents = [Document::from(text)];
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        let sentences = Sentences::new(&texts, 0, Watch::none()).unwrap();
        let weights = Weights::new(&texts, &sentences, background, Watch::none()).unwrap();
        (sentences, weights)
    }

    #[test]
    fn common_words_names_and_numbers_weigh_less() {
        let text =
            "The ferry is late again. In Wenford the ferry was early.\n\nNobody in Wenford saw the 17 boats.";
        let (sentences, with) = weights(text, Some(&Background::english()));
        let of = |weights: &Weights, place| weights.of(sentences.key(place));
        let wd = |frequency: f64| ln(4.0 / (frequency + 0.5));
        // "ferry" and "late" are not in the table or rare in it; "the" is in all sentences and all texts.
        assert!((of(&with, 1) - (wd(2.0) * 4.0).sqrt()).abs() < 1e-9);
        assert!(of(&with, 0) < 0.2);
        assert!((of(&with, 6) - of(&with, 1) / 2.0).abs() < 1e-9, "a name");
        assert!((of(&with, 16) - (wd(1.0) * 4.0).sqrt() / 2.0).abs() < 1e-9, "a number");
        assert!(
            (with.totals[0] - sentences.keys(0).iter().map(|&key| with.of(key)).sum::<f64>()).abs() < 1e-12
        );
        let (_, without) = weights(text, None);
        assert!((of(&without, 1) - wd(2.0)).abs() < 1e-9);
        assert_eq!(without.growth, 1.0);
    }

    #[test]
    fn a_table_of_another_language_is_not_used() {
        let text = "Die Fähre fährt heute nicht. Morgen fährt wieder eine Fähre.\n\nAuch übermorgen fährt sie wohl nicht.";
        let (sentences, with) = weights(text, Some(&Background::english()));
        let (_, without) = weights(text, None);
        assert!((0..sentences.stems.len() as u32).all(|key| with.of(key) == without.of(key)));
    }
}
