//! Which paragraphs are headings and tables of contents, decided from the text by tests that need no words of
//! any language.

use std::collections::HashMap;
use std::ops::Range;

use super::block::Role;
use super::tokenized::TokenizedDocuments;
use crate::set::hash;
use crate::text;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::progress::{Cancelled, Watch};

/// A heading has fewer half-tokens.
const HEADING: usize = 2 * 15;
/// A table of contents has at least as many different headings.
const LEAST_HEADINGS: usize = 3;

impl TokenizedDocuments<'_> {
    /// The role of each paragraph: the one that a parser found, or one decided from the text where that is
    /// running text.
    ///
    /// A heading is one line of fewer than 15 tokens in which no sentence ends. Of a table of contents more than
    /// half of the tokens are headings of its document, three different ones at least. So are list items and
    /// paragraphs that are headings word for word, if a parser found the headings and there are three at least.
    pub(crate) fn roles(&self, watch: Watch<'_>) -> Result<Vec<Role>, Cancelled> {
        let mut roles: Vec<Role> = (0..self.paragraphs.len()).map(|paragraph| self.role(paragraph)).collect();
        for paragraphs in self.by_document() {
            let headings = Headings::new(self, paragraphs.clone().filter(|&p| roles[p] == Role::Heading));
            for paragraph in paragraphs.filter(|_| headings.hashes.len() >= LEAST_HEADINGS) {
                watch.poll()?;
                if roles[paragraph].is_running_text() && headings.make_up(self, paragraph) {
                    roles[paragraph] = Role::Contents;
                }
            }
        }
        for paragraphs in self.by_document() {
            let is_heading = |&paragraph: &usize| self.paragraphs[paragraph].role == Role::Heading;
            let headings = Headings::new(self, paragraphs.clone().filter(is_heading));
            let is_entry = |&paragraph: &usize| {
                matches!(self.paragraphs[paragraph].role, Role::Item | Role::Body)
                    && headings.hashes.contains_key(&hash_of(self, paragraph))
            };
            if headings.hashes.len() >= LEAST_HEADINGS {
                let entries: Vec<usize> = paragraphs.filter(is_entry).collect();
                if entries.len() >= LEAST_HEADINGS {
                    entries.into_iter().for_each(|entry| roles[entry] = Role::Contents);
                }
            }
        }
        Ok(roles)
    }

    /// The role of a paragraph, but for tables of contents.
    fn role(&self, paragraph: usize) -> Role {
        let super::tokenized::Paragraph { document, span, size, role, .. } = self.paragraphs[paragraph];
        let [.., last] = self.tokens_of(paragraph) else { return role };
        if size >= HEADING || !role.is_running_text() {
            return role;
        }
        let text = self.documents[document].text();
        let lines = span.of(text).contains(['\n', '\r', '\u{85}', '\u{2028}']);
        // A mark ends a sentence before white space.
        let tail = format!("{} ", &text[last.span.end..span.end]);
        if lines || text::ends_sentence(&tail) { role } else { Role::Heading }
    }
}

/// The headings of a document, by hashes of their tokens.
struct Headings {
    /// The number of tokens of the heading with a hash.
    hashes: HashMap<u64, usize, PrehashedBuildHasher>,
    longest: usize,
}

impl Headings {
    fn new(texts: &TokenizedDocuments<'_>, headings: impl Iterator<Item = usize>) -> Self {
        let mut all = Self { hashes: HashMap::default(), longest: 0 };
        for heading in headings {
            let len = texts.tokens_of(heading).len();
            all.hashes.insert(hash_of(texts, heading), len);
            all.longest = all.longest.max(len);
        }
        all
    }

    /// Whether a paragraph is mostly headings, the longest taken first at each place.
    fn make_up(&self, texts: &TokenizedDocuments<'_>, paragraph: usize) -> bool {
        let tokens = texts.tokens_of(paragraph);
        let mut met: Vec<u64> = Vec::new();
        let (mut at, mut covered) = (0, 0);
        while at < tokens.len() {
            let window: Range<usize> = at..tokens.len().min(at + self.longest);
            let mut hash = 0;
            let mut longest = None;
            for token in &tokens[window] {
                hash = extend(hash, token.hash);
                if let Some(&len) = self.hashes.get(&hash) {
                    longest = Some((hash, len));
                }
            }
            let Some((hash, len)) = longest else {
                at += 1;
                continue;
            };
            met.push(hash);
            (at, covered) = (at + len, covered + len);
        }
        met.sort_unstable();
        met.dedup();
        met.len() >= LEAST_HEADINGS && 2 * covered > tokens.len()
    }
}

/// The hash of the tokens of a paragraph.
fn hash_of(texts: &TokenizedDocuments<'_>, paragraph: usize) -> u64 {
    texts.tokens_of(paragraph).iter().fold(0, |hash, token| extend(hash, token.hash))
}

/// The hash of a run of tokens and one more.
fn extend(hash: u64, token: u64) -> u64 {
    hash::mix(hash.rotate_left(5) ^ token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Document;
    use crate::text::ParagraphBreaks;

    fn roles(text: &str) -> Vec<Role> {
        let documents = [Document::from(text)];
        let texts = TokenizedDocuments::new(&documents, ParagraphBreaks::Blank, Watch::none()).unwrap();
        texts.roles(Watch::none()).unwrap()
    }

    #[test]
    fn a_heading_is_a_short_line_in_which_no_sentence_ends() {
        let table = [
            ("How to sail", Role::Heading),
            ("Photo: A. Keeper", Role::Heading),
            ("2.1 Ropes and knots", Role::Heading),
            ("Sail now!", Role::Body),
            ("He said: “Sail now.”", Role::Body),
            ("开船。", Role::Body),
            ("two\nlines", Role::Body),
            ("…", Role::Body),
        ];
        for (text, role) in table {
            assert_eq!(roles(text), [role], "{text:?}");
        }
        assert_eq!(roles(&"word ".repeat(14)), [Role::Heading]);
        assert_eq!(roles(&"word ".repeat(15)), [Role::Body]);
    }

    #[test]
    fn a_table_of_contents_is_made_of_headings() {
        let headings =
            "\n\nHow to sail\n\nYou need wind.\n\nHow to row\n\nYou need arms.\n\nWhere to land\n\nThere.";
        let contents = "Contents: How to sail, 1. How to row, 2. Where to land, 3. And no more.";
        assert_eq!(roles(&format!("{contents}{headings}"))[0], Role::Contents);
        assert_eq!(roles(&format!("{headings}\n\n{contents}"))[6], Role::Contents);
        let text = "You learn how to sail and how to row, and where to land if the weather turns at noon.";
        assert_eq!(roles(&format!("{text}{headings}"))[0], Role::Body);
        assert_eq!(roles("How to sail, how to row.\n\nHow to sail\n\nHow to row")[0], Role::Body);
    }
}
