//! Where sentences end. A simple rule is enough to count the sentences that hold a word.

/// Whether a sentence ends in `gap`, the text between two consecutive tokens.
///
/// A mark such as `.` ends a sentence if white space or a closing quote or bracket follows it. Marks of
/// some other scripts, such as `。` and `।`, always do. Abbreviations are not recognised.
pub(crate) fn ends_sentence(gap: &str) -> bool {
    // Almost every gap is one space.
    if gap.len() < 2 {
        return false;
    }
    let mut after_mark = false;
    gap.chars().any(|c| {
        let ends =
            matches!(c, '。' | '！' | '？' | '｡' | '।' | '॥' | '။' | '۔' | '።' | '՝' | '։' | '។' | '؟');
        let pauses =
            after_mark && (c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»'));
        after_mark = matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇');
        ends || pauses
    })
}

#[cfg(test)]
mod tests {
    use super::ends_sentence;

    #[test]
    fn marks_end_sentences_before_a_space_or_a_closing_quote() {
        for gap in [". ", "?\n", "! ", ".” ", "。", "। ", "… ", ".) "] {
            assert!(ends_sentence(gap), "{gap:?}");
        }
        for gap in ["", " ", ".", ", ", " – ", "://", " \n"] {
            assert!(!ends_sentence(gap), "{gap:?}");
        }
    }
}
