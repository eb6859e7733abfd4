//! What of a text stays without some of its paragraphs.

use crate::util::span::Span;

/// The spans to cut out of a text so that only some of its paragraphs stay, in order; none touches another.
///
/// `paragraphs` are all paragraphs of the text, in order, each with whether it stays. A paragraph is cut out with the
/// separator before it, or with the one after it if no paragraph before it stays. What stands before the first
/// paragraph and after the last one stays.
///
/// ```
/// use refrain::text::{cuts, paragraphs};
///
/// let text = "One.\n\nTwo.\n\n\nThree.\n";
/// let stays = paragraphs(text).map(|span| (span, span.of(text) != "Two."));
/// let cut = cuts(&stays.collect::<Vec<_>>());
/// assert_eq!(cut.len(), 1);
/// assert_eq!(cut[0].of(text), "\n\nTwo.");
/// ```
#[must_use]
pub fn cuts(paragraphs: &[(Span, bool)]) -> Vec<Span> {
    let first_kept = paragraphs.iter().position(|&(_, stays)| stays).unwrap_or(paragraphs.len());
    let mut cuts: Vec<Span> = Vec::new();
    if let Some(&(kept, _)) = paragraphs.get(first_kept).filter(|_| first_kept > 0) {
        cuts.push(Span::new(paragraphs[0].0.start, kept.start));
    }
    for pair in paragraphs.windows(2).skip(first_kept) {
        let [(before, _), (paragraph, stays)] = pair else { unreachable!("windows of two") };
        if *stays {
            continue;
        }
        match cuts.last_mut().filter(|cut| cut.end == before.end) {
            Some(cut) => cut.end = paragraph.end,
            None => cuts.push(Span::new(before.end, paragraph.end)),
        }
    }
    cuts
}

/// The text without the paragraphs that do not stay, and without what [`cuts`] takes with them.
///
/// ```
/// use refrain::text::{kept_text, paragraphs};
///
/// let text = "One.\n\nTwo.\n\n\nThree.\n";
/// let stays = paragraphs(text).map(|span| (span, span.of(text) != "Two."));
/// assert_eq!(kept_text(text, &stays.collect::<Vec<_>>()), "One.\n\n\nThree.\n");
/// ```
#[must_use]
pub fn kept_text(text: &str, paragraphs: &[(Span, bool)]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for cut in cuts(paragraphs) {
        kept.push_str(&text[from..cut.start]);
        from = cut.end;
    }
    kept.push_str(&text[from..]);
    kept
}
