//! Numbers as a page writes them.

/// A share in per cent, rounded down as in text output; less than one per cent is still more than nothing.
pub(super) fn percent(share: f64) -> String {
    // 100 * 0.57 is slightly less than 57 in floating point, and must still be 57 here.
    let rounded = (share * 100.0 + 1e-9).floor();
    if share > 0.0 && rounded == 0.0 { "<1 %".to_owned() } else { format!("{rounded:.0} %") }
}

/// A count with narrow spaces between thousands.
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push('\u{202f}');
        }
        written.push(digit);
    }
    written
}

/// A count with what is counted: `1 note`, `2 notes`.
pub(super) fn of(number: usize, what: &str) -> String {
    format!("{} {what}{}", count(number), if number == 1 { "" } else { "s" })
}

/// Bytes, in the unit that fits.
pub(super) fn bytes(bytes: usize) -> String {
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// A number of an SVG, in hundredths.
pub(super) fn coordinate(value: f64) -> String {
    let written = format!("{value:.2}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_to_be_read() {
        assert_eq!([0.0, 0.004, 0.174, 1.0].map(percent), ["0 %", "<1 %", "17 %", "100 %"]);
        assert_eq!(
            [7, 999, 1000, 1_234_567].map(count),
            ["7", "999", "1\u{202f}000", "1\u{202f}234\u{202f}567"]
        );
        assert_eq!([of(1, "note"), of(0, "note")], ["1 note", "0 notes"]);
        assert_eq!([900, 1_250, 50_000_000].map(bytes), ["900 bytes", "1.2 kB", "50.0 MB"]);
        assert_eq!([0.0, 12.5, 1.0 / 3.0].map(coordinate), ["0", "12.5", "0.33"]);
    }
}
