//! The one form of a token under which its spellings meet: `NFKC_Casefold` (Unicode, chapter 3).

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use super::class::{Class, traits};

/// Appends the normal form of the token `raw` to `normal`.
///
/// Apostrophes and default-ignorable characters vanish. Most tokens need no more than a look at
/// each character, or its lower case; the rest take the whole way through the tables.
pub(super) fn normalize(raw: &str, normal: &mut String) {
    let start = normal.len();
    let (mut simple, mut movable) = (true, 0);
    for c in raw.chars() {
        if c.is_ascii() {
            if c != '\'' && c != '`' {
                normal.push(c.to_ascii_lowercase());
            }
            continue;
        }
        let traits = traits(c);
        if matches!(traits.class(), Class::Apostrophe | Class::Ignorable) {
            continue;
        }
        movable += u32::from(traits.moves());
        if traits.is_lowered() {
            normal.extend(c.to_lowercase());
        } else {
            simple &= traits.is_stable();
            normal.push(c);
        }
    }
    // Two movable marks may stand in the wrong order; one cannot.
    if !simple || movable > 1 {
        let folded = nfkc_casefold(&normal[start..]);
        normal.truncate(start);
        normal.push_str(&folded);
    }
}

/// `NFKC_Casefold` of `text`, less the removal of default-ignorable characters, which `normalize`
/// has done already.
///
/// Folding may undo normalisation and the reverse, hence two rounds (definition D146).
pub(super) fn nfkc_casefold(text: &str) -> String {
    text.nfd().default_case_fold().nfkc().default_case_fold().nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
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
            ("½", "1⁄2"),
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
