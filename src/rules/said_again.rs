//! `said-again`: a document says something in several paragraphs, in whatever words.

use super::facts::Facts;
use super::order::Weighed;
use crate::report::{Finding, Place, Theme};
use crate::settings::Rule;

/// The most characters of a wording that a message quotes.
const QUOTED: usize = 80;

/// A theme, and what a message says of it.
#[derive(Debug)]
pub(crate) struct ThemeFacts {
    pub(crate) theme: Theme,
    /// The occurrence that has most of what all share.
    pub(crate) heaviest: usize,
}

/// The findings on all themes, in their order.
pub(crate) fn said_again(facts: &Facts<'_>, themes: &[ThemeFacts]) -> impl Iterator<Item = Weighed> {
    themes.iter().map(|found| Weighed {
        weight: found.theme.score,
        length: None,
        finding: finding(facts, found),
    })
}

/// A theme is shown where it is first said.
fn finding(facts: &Facts<'_>, found: &ThemeFacts) -> Finding {
    let ThemeFacts { theme, heaviest } = found;
    let mut places: Vec<Place> =
        theme.occurrences.iter().map(|occurrence| facts.place_of(occurrence)).collect();
    let place = places.remove(0);
    let (times, paragraphs) = (theme.occurrences.len(), theme.paragraphs);
    let times = if times == paragraphs { String::new() } else { format!("{times} times ") };
    let words = quote(&theme.occurrences[*heaviest].text);
    let message = format!("said {times}in {paragraphs} paragraphs: “{words}”");
    facts.note(&place, Rule::SaidAgain, None, message, places)
}

/// A wording on one line, cut between words if it is long.
fn quote(text: &str) -> String {
    let mut quoted = String::new();
    for word in text.split_whitespace() {
        if quoted.chars().count() + word.chars().count() > QUOTED {
            // A text without spaces is one word.
            let room = QUOTED.saturating_sub(quoted.chars().count());
            if quoted.is_empty() {
                quoted.extend(word.chars().take(room));
            }
            quoted.push('…');
            break;
        }
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.push_str(word);
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_wordings_are_cut() {
        assert_eq!(quote("a ferry\n  leaves"), "a ferry leaves");
        let cut = quote(&"harbour ".repeat(20));
        assert!(cut.ends_with("harbour…") && cut.chars().count() <= QUOTED + 1);
        assert_eq!(quote(&"港".repeat(100)).chars().count(), QUOTED + 1);
    }
}
