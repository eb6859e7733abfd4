//! Plain text with lines that say what is not to be reported.

use super::block::Role;
use super::builder::DocumentBuilder;
use super::ignore::Ignore;
use super::read_options::ReadOptions;
use crate::text::ParagraphBreaks;
use crate::util::span::Span;

/// What such a line begins with.
const MARK: &str = "# refrain-ignore";

/// Whether a text has such a line.
pub(super) fn has_comments(source: &str) -> bool {
    source.contains(MARK)
}

/// Passes the paragraphs between such lines to `builder`.
pub(super) fn read(source: &str, builder: &mut DocumentBuilder<'_>, _: &ReadOptions) {
    let breaks = match ParagraphBreaks::Auto.resolve(source) {
        // Without these lines the rest may look otherwise.
        ParagraphBreaks::Line => ParagraphBreaks::Line,
        _ => ParagraphBreaks::Auto,
    };
    let mut ignore = Ignore::default();
    let pass = |builder: &mut DocumentBuilder<'_>, ignore: &mut Ignore, part: Span| {
        breaks.each(part.of(source), |paragraph| {
            if builder.start_unless_ignored(Role::Body, ignore) {
                builder.copy(paragraph.shifted(part.start));
            }
        });
    };
    let (mut from, mut at) = (0, 0);
    for line in source.split_inclusive(['\n', '\r']) {
        let span = Span::new(at, at + line.len());
        at = span.end;
        if let Some(comment) = line.trim().strip_prefix("# ").filter(|_| line.trim().starts_with(MARK)) {
            pass(builder, &mut ignore, Span::new(from, span.start));
            ignore.comment(comment, span);
            from = at;
        }
    }
    pass(builder, &mut ignore, Span::new(from, source.len()));
    builder.end_ignoring(ignore);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::InputKind;

    #[test]
    fn lines_are_comments_only_on_request() {
        let source = "One.\n\n# refrain-ignore\nTwo\nlines.\n\nThree.\n# refrain-ignore said-twice\nFour.\n";
        let mut options = ReadOptions::default();
        let plain = InputKind::Plain.read("", source, &options);
        assert_eq!((plain.text(), plain.blocks()), (source, None));
        options.ignore_lines = true;
        let document = InputKind::Plain.read("", source, &options);
        assert_eq!(document.text(), "One.\n\nThree.\n\nFour.");
        assert_eq!(document.ignored_blocks(), 1);
        assert_eq!(document.problems().len(), 1);
        assert!(document.problems()[0].span.of(source).contains("said-twice"));
        let without = "One.\n\nTwo.";
        assert_eq!(InputKind::Plain.read("", without, &options).blocks(), None);
    }
}
