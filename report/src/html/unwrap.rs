//! The lines of hard-wrapped text, joined.

use std::borrow::Cow;
use std::mem;

/// The longest line of a hard-wrapped paragraph, in characters, at least and at most.
const LONGEST: std::ops::RangeInclusive<usize> = 50..=120;

/// The text with a space for each end of a line that stands there only since the next word did not fit. So bytes
/// are where they were.
///
/// Such ends are looked for in paragraphs of three lines or more, whose longest line has 50 to 120
/// characters. At least half of the ends of lines of a paragraph are such ends, or none is: verses stay.
pub(super) fn unwrap(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    let mut paragraph: Vec<&str> = Vec::new();
    // The start of the paragraph.
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n').chain([""]) {
        if line.trim().is_empty() {
            for end in soft_ends(&mem::take(&mut paragraph)) {
                let end = start + end;
                let from = if text[..end].ends_with('\r') { end - 1 } else { end };
                out.to_mut().replace_range(from..=end, &"  "[..end + 1 - from]);
            }
        } else {
            if paragraph.is_empty() {
                start = at;
            }
            paragraph.push(line);
        }
        at += line.len();
    }
    out
}

/// The places of the ends of lines that do not mean anything.
fn soft_ends(lines: &[&str]) -> Vec<usize> {
    let lengths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    if lines.len() < 3 || !LONGEST.contains(&longest) {
        return Vec::new();
    }
    let mut at = 0;
    let ends = lines.windows(2).zip(lengths).filter_map(|(pair, length)| {
        at += pair[0].len();
        let next = pair[1].split_whitespace().next().unwrap_or("");
        (length + 1 + next.chars().count() > longest).then_some(at - 1)
    });
    let ends: Vec<usize> = ends.collect();
    if 2 * ends.len() < lines.len() - 1 { Vec::new() } else { ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_where_the_next_word_did_not_fit() {
        let wrapped = "\
the wind came up from the south and the boats ran home
before it, all but one, which had lost its sail and lay
outside. In the morning it was gone.
A line of its own, as its author wanted, and the next is
another, which goes on for a while and is cut again here
by its end.";
        let joined = unwrap(wrapped);
        assert_eq!(joined.matches('\n').count(), 1);
        assert!(
            joined.contains("gone.\nA line")
                && joined.contains("home before")
                && joined.contains("is another")
        );
        assert_eq!(joined.len(), wrapped.len());
        let windows = wrapped.replace('\n', "\r\n");
        let joined = unwrap(&windows);
        assert_eq!((joined.len(), joined.matches('\n').count()), (windows.len(), 1));
        let twice = format!("One.\n\n{wrapped}\n \n{wrapped}\n");
        assert_eq!(unwrap(&twice).matches('\n').count(), 7);
    }

    #[test]
    fn verses_and_lists_stay() {
        let table = [
            "",
            "\n\n",
            "Roses are red,\nviolets are blue,\nthis text has verses,\nand so have you.",
            "one\ntwo\nthree, and this line is longer than all of the others in the list\nfour",
            "A line that is long enough to be the longest one of them all\nand a second one",
        ];
        for text in table {
            assert_eq!(unwrap(text), text);
        }
    }
}
