//! Counts and shares as words.

/// "1 paragraph", "2 paragraphs".
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A share in `0.0..=1.0` as a whole percentage, rounded down.
pub(crate) fn percent(share: f64) -> String {
    // 100 * 0.57 is slightly less than 57 in floating point, and must still be 57 here.
    format!("{}%", (100.0 * share + 1e-9) as u32)
}
