//! From the tokenizer's events to tags and text with spans.
//!
//! The tokenizer hands over decoded text and the position in the source behind it. Text begins where the piece
//! before it ended, or where the tokenizer begins to look for text again. So what it hands over is needed for
//! character references only; all else is what stands in the source, with its line ends and its bytes 0.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::attributes::{Attribute, Attributes};
use super::page::Page;
use crate::util::span::Span;

/// Passes the tags and the text of a source to `page`.
pub(super) fn read(source: &str, page: &mut Page<'_, '_>) {
    let tokens = Tokens {
        source,
        page,
        position: 0,
        piece: 0,
        run: Span::default(),
        tag: 0,
        is_end_tag: false,
        ends_itself: false,
        name: Vec::new(),
        raw_name: Vec::new(),
        attributes: Attributes::default(),
        attribute: None,
        attribute_name: Vec::new(),
        value: Vec::new(),
        value_span: Span::default(),
    };
    match Tokenizer::new_with_emitter(source, tokens).finish() {
        Ok(()) => {}
        Err(error) => match error {},
    }
}

/// What the tokenizer calls.
struct Tokens<'t, 'p, 'b> {
    source: &'t str,
    page: &'t mut Page<'p, 'b>,
    position: usize,
    /// Where the next text begins.
    piece: usize,
    /// Text that is not passed to the page yet, since what follows may belong to it: the tokenizer may cut inside
    /// a character.
    run: Span,
    /// Where the tag or comment begins.
    tag: usize,
    is_end_tag: bool,
    ends_itself: bool,
    name: Vec<u8>,
    /// The name of the element whose content is not cut into tokens as usual.
    raw_name: Vec<u8>,
    attributes: Attributes,
    /// Whether there is an attribute that is not added yet.
    attribute: Option<Wanted>,
    attribute_name: Vec<u8>,
    value: Vec<u8>,
    value_span: Span,
}

/// An attribute, once its name is complete.
#[derive(Clone, Copy)]
enum Wanted {
    Unknown,
    No,
    Yes(Attribute),
}

impl Tokens<'_, '_, '_> {
    /// Passes the text on.
    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.page.text(self.run, None);
            self.run = Span::new(self.run.end, self.run.end);
        }
    }

    /// Decides whether the value of the attribute is wanted.
    fn want_value(&mut self) {
        if let Some(wanted @ Wanted::Unknown) = &mut self.attribute {
            *wanted = Attribute::from_name(&self.attribute_name).map_or(Wanted::No, Wanted::Yes);
        }
    }

    /// Adds the attribute to the tag.
    fn end_attribute(&mut self) {
        self.want_value();
        if let Some(Wanted::Yes(attribute)) = self.attribute.take() {
            self.attributes.add(attribute, &self.value, self.value_span);
        }
    }

    fn start_tag(&mut self, is_end_tag: bool) {
        self.is_end_tag = is_end_tag;
        self.ends_itself = false;
        self.name.clear();
        self.attribute = None;
        self.attributes = Attributes::default();
    }
}

impl Emitter for Tokens<'_, '_, '_> {
    type Token = Infallible;

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.wrapping_add_signed(offset);
    }

    #[inline]
    fn init_string(&mut self) {
        self.piece = self.position;
    }

    #[inline]
    fn emit_string(&mut self, decoded: &[u8]) {
        let piece = Span::new(self.piece.min(self.position), self.position);
        self.piece = self.position;
        if piece.is_empty() || self.page.is_hidden() {
            return;
        }
        let bytes = &self.source.as_bytes()[piece.start..piece.end];
        if bytes[0] == b'&' && bytes != decoded {
            self.flush();
            if let Ok(decoded) = std::str::from_utf8(decoded) {
                self.page.text(piece, Some(decoded));
            }
        } else if self.run.end == piece.start && !self.run.is_empty() {
            self.run.end = piece.end;
        } else {
            self.flush();
            self.run = piece;
        }
    }

    #[inline]
    fn start_open_tag(&mut self) {
        self.tag = self.position - 1;
    }

    #[inline]
    fn init_start_tag(&mut self) {
        self.start_tag(false);
    }

    #[inline]
    fn init_end_tag(&mut self) {
        self.start_tag(true);
    }

    #[inline]
    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    #[inline]
    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute = Some(Wanted::Unknown);
        self.attribute_name.clear();
        self.value.clear();
        self.value_span = Span::new(self.position, self.position);
    }

    #[inline]
    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute_name.extend_from_slice(name);
    }

    #[inline]
    fn init_attribute_value(&mut self) {
        self.want_value();
        self.value_span = Span::new(self.position, self.position);
    }

    #[inline]
    fn push_attribute_value(&mut self, value: &[u8]) {
        if let Some(Wanted::Yes(_)) = self.attribute {
            self.value.extend_from_slice(value);
            self.value_span.end = self.position;
        }
    }

    #[inline]
    fn set_self_closing(&mut self) {
        self.ends_itself = true;
    }

    #[inline]
    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        self.piece = self.position;
        let span = Span::new(self.tag, self.position);
        if self.is_end_tag {
            self.page.end_tag(&self.name, span);
            return None;
        }
        self.end_attribute();
        let state = self.page.start_tag(&self.name, &self.attributes, self.ends_itself, span);
        if state.is_some() {
            self.raw_name.clone_from(&self.name);
        }
        state
    }

    #[inline]
    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && self.name == self.raw_name
    }

    fn emit_current_comment(&mut self) {
        self.flush();
        let span = Span::new(self.tag, self.position);
        if let Some(text) = span.of(self.source).strip_prefix("<!--") {
            let text = text.strip_suffix("-->").or_else(|| text.strip_suffix("--!>")).unwrap_or(text);
            self.page.comment(text, span);
        }
    }

    #[inline]
    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.piece = self.position;
        self.page.has_character_data()
    }

    fn emit_eof(&mut self) {
        self.flush();
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    // What is in comments is read from the source, and document types say nothing that matters here.
    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_doctype(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
