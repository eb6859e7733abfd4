//! The one form of a token under which its spellings meet: `NFKC_Casefold` (Unicode, chapter 3).

use super::casefold::nfkc_casefold;
use super::char_class::{Class, Traits, traits};

/// What normalising some characters in a row takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// Each is stable by itself, or has a lower case that is.
    simple: bool,
    /// None of them has a lower case.
    lower: bool,
    /// The last is a mark that canonical ordering may move past another.
    movable: bool,
    /// One of them is a digit.
    digit: bool,
}

impl Form {
    /// That of one character.
    pub(crate) fn of(first: Traits) -> Self {
        let mut form = Self { simple: true, lower: true, movable: false, digit: false };
        form.push(first);
        form
    }

    /// That of one character more.
    pub(crate) fn push(&mut self, next: Traits) {
        self.simple &= next.is_stable() || next.is_lowered();
        self.lower &= !next.is_lowered();
        // Two marks in a row may stand in the wrong order.
        self.simple &= !(self.movable && next.moves());
        self.movable = next.moves();
        self.digit |= next.is_digit();
    }

    /// Whether one of the characters is a digit.
    pub(crate) fn holds_digit(self) -> bool {
        self.digit
    }

    /// Whether the characters are their own normal form.
    pub(crate) fn is_normal(self) -> bool {
        self.simple && self.lower
    }
}

/// Appends the normal form of the token `raw` to `normal`.
///
/// Apostrophes and default-ignorable characters vanish. Most tokens need no more than the lower
/// case of each character; the rest take the whole way through the tables.
pub(crate) fn normalize(raw: &str, normal: &mut String) {
    let start = normal.len();
    let mut form: Option<Form> = None;
    for c in raw.chars() {
        let traits = traits(c);
        if matches!(traits.class(), Class::Apostrophe | Class::Ignorable) {
            continue;
        }
        match &mut form {
            Some(form) => form.push(traits),
            None => form = Some(Form::of(traits)),
        }
        if traits.is_lowered() {
            normal.extend(c.to_lowercase());
        } else {
            normal.push(c);
        }
    }
    if form.is_some_and(|form| !form.simple) {
        let folded = nfkc_casefold(&normal[start..]);
        normal.truncate(start);
        normal.push_str(&folded);
    }
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
