//! Blocks that start with their first text, and the comments on them.

use crate::input::block::Role;
use crate::input::builder::DocumentBuilder;
use crate::input::ignore::Ignore;
use crate::util::span::Span;

/// Passes text to a builder. A block starts when its first text comes, so that a comment on the next block is
/// not used up by one without text.
pub(super) struct Blocks<'b, 's, 'a> {
    source: &'s str,
    builder: &'b mut DocumentBuilder<'a>,
    ignore: Ignore,
    state: State,
    /// The end of what was passed.
    read: usize,
}

enum State {
    /// The next text starts a block of this role.
    Before(Role),
    Inside,
    /// A comment says not to read this block.
    Ignored,
}

impl<'b, 's, 'a> Blocks<'b, 's, 'a> {
    pub(super) fn new(source: &'s str, builder: &'b mut DocumentBuilder<'a>) -> Self {
        Self { source, builder, ignore: Ignore::default(), state: State::Before(Role::Body), read: 0 }
    }

    /// Ends the block; text that follows is in a block of this role.
    pub(super) fn next(&mut self, role: Role) {
        self.state = State::Before(role);
    }

    /// Adds text as it stands in the source.
    pub(super) fn copy(&mut self, span: Span) {
        if !span.is_empty() && self.takes(span, span.of(self.source)) {
            self.builder.copy(span);
            self.read = span.end;
        }
    }

    /// Adds text that stands for these bytes.
    pub(super) fn replace(&mut self, span: Span, text: &str) {
        if self.takes(span, text) {
            self.builder.replace(span, text);
            self.read = span.end;
        }
    }

    /// Reads a comment in the source.
    pub(super) fn comment(&mut self, text: &str, span: Span) {
        self.ignore.comment(text, span);
    }

    pub(super) fn finish(self) {
        self.builder.end_ignoring(self.ignore);
    }

    /// Whether text is read. White space does not start a block.
    fn takes(&mut self, span: Span, text: &str) -> bool {
        // The parser gives the row of a table twice at which it stops to fill missing cells (pulldown-cmark 0.13,
        // at 262,144 cells).
        if span.start < self.read {
            return false;
        }
        if let State::Before(role) = self.state {
            if text.trim().is_empty() {
                return false;
            }
            let is_read = self.builder.start_unless_ignored(role, &mut self.ignore);
            self.state = if is_read { State::Inside } else { State::Ignored };
        }
        matches!(self.state, State::Inside)
    }
}
