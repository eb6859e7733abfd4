//! `NFKC_Casefold` by its definition.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// `NFKC_Casefold` of `text`, except that default-ignorable characters stay; `normalize` removes them.
///
/// Case folding can undo normalisation, and the reverse, so both are done twice (Unicode, D146).
pub(super) fn nfkc_casefold(text: &str) -> String {
    text.nfd().default_case_fold().nfkc().default_case_fold().nfkc().collect()
}
