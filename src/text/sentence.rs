//! Where sentences end: good enough to count in how many of them a word stands.

/// Whether a sentence ends in `gap`, the text between two neighbouring tokens.
///
/// A mark such as `.` counts when white space or a closing quote or bracket follows it; marks of
/// scripts without spaces count by themselves. Abbreviations are not told apart.
pub(crate) fn ends_sentence(gap: &str) -> bool {
    // Almost every gap is one space.
    if gap.len() < 2 {
        return false;
    }
    let mut after_mark = false;
    gap.chars().any(|c| {
        let ends =
            matches!(c, '。' | '！' | '？' | '｡' | '।' | '॥' | '။' | '۔' | '።' | '՝' | '։' | '។' | '؟');
        let parted =
            after_mark && (c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»'));
        after_mark = matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇');
        ends || parted
    })
}

#[cfg(test)]
mod tests {
    use super::ends_sentence;

    #[test]
    fn marks_end_sentences_where_a_pause_follows() {
        for gap in [". ", "?\n", "! ", ".” ", "。", "। ", "… ", ".) "] {
            assert!(ends_sentence(gap), "{gap:?}");
        }
        for gap in ["", " ", ".", ", ", " – ", "://", " \n"] {
            assert!(!ends_sentence(gap), "{gap:?}");
        }
    }
}
