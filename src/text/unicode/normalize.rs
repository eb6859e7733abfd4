//! The normal form of tokens, `NFKC_Casefold` (Unicode, chapter 3), which different spellings share.

use super::casefold::nfkc_casefold;
use super::char_class::{CharClass, CharTraits, char_traits};

/// Which steps of normalisation a run of characters needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenTraits {
    /// Lower-casing each character is enough: all are stable or have a stable lower case.
    simple: bool,
    /// No character has a lower case.
    lower: bool,
    /// The last character is a mark that canonical ordering may exchange with the next.
    reordered: bool,
    /// One of the characters is a digit.
    digit: bool,
}

impl TokenTraits {
    /// The traits of a single character.
    pub(crate) fn of(first: CharTraits) -> Self {
        let mut traits = Self { simple: true, lower: true, reordered: false, digit: false };
        traits.push(first);
        traits
    }

    /// Adds a character.
    pub(crate) fn push(&mut self, next: CharTraits) {
        self.simple &= next.is_stable() || next.is_lowered();
        self.lower &= !next.is_lowered();
        // Two consecutive marks may be in the wrong order.
        self.simple &= !(self.reordered && next.is_reordered());
        self.reordered = next.is_reordered();
        self.digit |= next.is_digit();
    }

    /// Whether one of the characters is a digit.
    pub(crate) fn has_digit(self) -> bool {
        self.digit
    }

    /// Whether the characters are their own normal form.
    pub(crate) fn is_normal(self) -> bool {
        self.simple && self.lower
    }
}

/// Appends the normal form of the token `raw` to `normal`.
///
/// Apostrophes and default-ignorable characters are removed, and so is what stands where a line breaks the word.
/// For most tokens the lower case of each
/// character is enough; the others need `NFKC_Casefold` by its definition.
pub(crate) fn normalize(raw: &str, normal: &mut String) {
    let start = normal.len();
    let mut token: Option<TokenTraits> = None;
    for c in raw.chars() {
        let traits = char_traits(c);
        if matches!(traits.class(), CharClass::Apostrophe | CharClass::Ignorable | CharClass::Other) {
            continue;
        }
        match &mut token {
            Some(token) => token.push(traits),
            None => token = Some(TokenTraits::of(traits)),
        }
        if traits.is_lowered() {
            normal.extend(c.to_lowercase());
        } else {
            normal.push(c);
        }
    }
    if token.is_some_and(|token| !token.simple) {
        let folded = nfkc_casefold(&normal[start..]);
        normal.truncate(start);
        // Some letters are made of a mark and the stroke that carries it.
        normal.extend(folded.chars().filter(|&c| char_traits(c).class() != CharClass::Ignorable));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_have_the_same_normal_form() {
        let table = [
            ("STRASSE", "Straße"),
            ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
            ("don't", "DON’T"),
            ("é", "e\u{301}"),
            ("ﬁne", "FINE"),
            ("ｗｉｄｅ", "wide"),
            ("co\u{ad}operate", "cooperate"),
            ("q\u{323}\u{307}", "q\u{307}\u{323}"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
            ("ｶﾞ", "ガ"),
        ];
        for (left, right) in table {
            let [l, r] = [left, right].map(|raw| {
                let mut normal = String::new();
                normalize(raw, &mut normal);
                normal
            });
            assert_eq!(l, r, "{left} and {right}");
        }
    }

    #[test]
    fn accents_and_numbers_are_kept() {
        for raw in ["résumé", "1506", "ñ", "м٣"] {
            let mut normal = String::new();
            normalize(raw, &mut normal);
            assert_eq!(normal, raw);
        }
    }
}
