//! `NFKC_Casefold`, the definition that normalisation follows.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// `NFKC_Casefold` of `text`, less the removal of default-ignorable characters, which `normalize`
/// has done already.
///
/// Folding may undo normalisation and the reverse, hence two rounds (definition D146).
pub(super) fn nfkc_casefold(text: &str) -> String {
    text.nfd().default_case_fold().nfkc().default_case_fold().nfkc().collect()
}
