//! From tags and text to blocks.

use std::collections::HashMap;

use html5gum::State;

use super::attributes::{Attributes, Landmark, Value};
use super::elements::{self, Hidden, Known, Part};
use super::open_elements::{OpenElements, Within};
use crate::input::block::Role;
use crate::input::builder::DocumentBuilder;
use crate::input::ignore::Ignore;
use crate::input::read_options::ReadOptions;
use crate::util::span::Span;

/// A page as far as it is read.
pub(super) struct Page<'p, 'b> {
    source: &'p str,
    builder: &'p mut DocumentBuilder<'b>,
    options: &'p ReadOptions,
    /// Whether it is XML, in which any tag can end its element.
    is_xml: bool,
    ignore: Ignore,
    open: OpenElements,
    /// The numbers of elements whose names are not known.
    unknown: HashMap<Box<[u8]>, usize>,
    paragraph: Paragraph,
    /// A `br` after the text of the paragraph.
    line_break: Option<Span>,
    /// Whether something that is not read stands after the text of the paragraph.
    gap: bool,
}

/// The paragraph that text is added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paragraph {
    /// The next text that is not blank begins one.
    None,
    Read,
    /// The source says not to read it.
    Ignored,
}

impl<'p, 'b> Page<'p, 'b> {
    pub(super) fn new(
        source: &'p str,
        builder: &'p mut DocumentBuilder<'b>,
        options: &'p ReadOptions,
    ) -> Self {
        Self {
            source,
            builder,
            options,
            is_xml: source.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml"),
            ignore: Ignore::default(),
            open: OpenElements::new(),
            unknown: HashMap::new(),
            paragraph: Paragraph::None,
            line_break: None,
            gap: false,
        }
    }

    /// Whether text at this place is not read.
    #[inline]
    pub(super) fn is_hidden(&self) -> bool {
        self.open.within().hidden
    }

    /// Whether sections of plain characters can be at this place.
    pub(super) fn has_character_data(&self) -> bool {
        self.is_xml || self.open.within().foreign
    }

    /// Reads a start tag. Returns how the content of the element is cut into tokens, unless as usual.
    pub(super) fn start_tag(
        &mut self,
        name: &[u8],
        attributes: &Attributes,
        ends_itself: bool,
        span: Span,
    ) -> Option<State> {
        let known = elements::known(name);
        if self.open.within().foreign {
            if !known.is_some_and(|known| known.ends_foreign) {
                if !ends_itself {
                    let number = known.map_or_else(|| self.number(name), |known| known.number);
                    self.open.push_foreign(number, elements::is_integration(name));
                }
                return None;
            }
            self.open.end_foreign();
        }
        let unknown;
        let known = match known {
            Some(known) => known,
            // Most are of no account.
            None if !self.is_hidden() && !attributes.hidden && attributes.landmark.is_none() => return None,
            None => {
                unknown = elements::unknown(self.number(name));
                &unknown
            }
        };
        self.start(known, attributes, ends_itself, span)
    }

    fn start(
        &mut self,
        known: &Known,
        attributes: &Attributes,
        ends_itself: bool,
        span: Span,
    ) -> Option<State> {
        let was_hidden = self.is_hidden();
        let element = known.element;
        self.open.end_before(known);
        if element.is_block && !(was_hidden && self.is_hidden()) {
            self.end_paragraph();
        }
        match element.part {
            Part::LineBreak => self.break_line(span),
            Part::Picture => self.picture(attributes),
            Part::Meta => self.meta(attributes),
            _ => {}
        }
        let is_void = matches!(element.part, Part::LineBreak | Part::Picture | Part::Meta | Part::Void);
        // In XML, or in SVG, whose own elements have been dealt with.
        let ends_itself = ends_itself && (self.is_xml || element.part == Part::Foreign);
        if element.hidden == Hidden::Gap && !self.is_hidden() {
            self.gap = true;
        }
        if is_void || ends_itself || element.part == Part::Root {
            return None;
        }
        let hidden = match element.part {
            Part::Title => !self.options.front_matter,
            Part::Dialog => !attributes.open,
            _ => element.hidden != Hidden::No,
        };
        let hidden = hidden || attributes.hidden || attributes.landmark == Some(Landmark::Navigation);
        let role = match (element.part, attributes.landmark) {
            (Part::Title, _) => Some(Role::Heading),
            (_, Some(Landmark::Of(role))) => Some(role),
            _ => element.role,
        };
        // A part of a table does not exist outside of one.
        let is_lost = matches!(element.part, Part::Rows | Part::Row | Part::Cell) && !self.open.is_in_table();
        let is_kept = element.is_block || hidden || self.is_hidden() || role.is_some();
        if !is_lost && (is_kept || element.part == Part::Ruby) {
            self.open.push(known, hidden, role);
        }
        element.state
    }

    /// Reads an end tag.
    pub(super) fn end_tag(&mut self, name: &[u8], span: Span) {
        let unknown;
        let known = match elements::known(name) {
            Some(known) => known,
            None => {
                let Some(&number) = self.unknown.get(name) else { return };
                unknown = elements::unknown(number);
                &unknown
            }
        };
        match known.element.part {
            // In HTML such a tag is a line break, too.
            Part::LineBreak if !self.is_xml => return self.break_line(span),
            Part::LineBreak | Part::Picture | Part::Meta | Part::Void => return,
            _ => {}
        }
        let was_hidden = self.is_hidden();
        self.open.end(known);
        if known.element.is_block && !(was_hidden && self.is_hidden()) {
            self.end_paragraph();
        }
    }

    /// Reads text that is the same in the source, or what stands for it.
    pub(super) fn text(&mut self, span: Span, decoded: Option<&str>) {
        let &Within { hidden, role, .. } = self.open.within();
        if hidden {
            return;
        }
        let text = decoded.unwrap_or_else(|| span.of(self.source));
        let is_blank = is_blank(text);
        if self.paragraph == Paragraph::None && !is_blank {
            self.start_paragraph(role);
        }
        // Blanks after a `br` would hide that another follows.
        if self.paragraph == Paragraph::None || is_blank && self.line_break.is_some() {
            return;
        }
        let line_break = self.line_break.take();
        let gap = std::mem::take(&mut self.gap);
        if self.paragraph == Paragraph::Ignored {
            return;
        }
        if let Some(span) = line_break {
            self.builder.replace(span, "\n");
        } else if gap && !text.starts_with(char::is_whitespace) {
            self.builder.replace(Span::new(span.start, span.start), " ");
        }
        match decoded {
            Some(text) => self.builder.replace(span, text),
            None => self.builder.copy(span),
        };
    }

    /// Reads a comment.
    pub(super) fn comment(&mut self, text: &str, span: Span) {
        if !self.is_hidden() {
            self.ignore.comment(text, span);
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self) {
        self.end_paragraph();
        self.builder.end_ignoring(self.ignore);
    }

    fn start_paragraph(&mut self, role: Role) {
        let is_read = self.builder.start_unless_ignored(role, &mut self.ignore);
        self.paragraph = if is_read { Paragraph::Read } else { Paragraph::Ignored };
        (self.line_break, self.gap) = (None, false);
    }

    fn end_paragraph(&mut self) {
        if self.paragraph == Paragraph::Read {
            self.builder.end();
        }
        self.paragraph = Paragraph::None;
        (self.line_break, self.gap) = (None, false);
    }

    /// A `br` ends a line; a second one ends the paragraph.
    fn break_line(&mut self, span: Span) {
        if self.is_hidden() || self.paragraph == Paragraph::None {
            return;
        }
        if self.line_break.is_some() {
            self.end_paragraph();
        } else {
            self.line_break = Some(span);
        }
    }

    fn picture(&mut self, attributes: &Attributes) {
        if self.is_hidden() || attributes.hidden {
            return;
        }
        match &attributes.alt {
            Some(alt) if self.options.alt_text => self.paragraph_of(Role::Caption, alt),
            _ => self.gap = true,
        }
    }

    fn meta(&mut self, attributes: &Attributes) {
        if let Some(content) = &attributes.content
            && (self.options.front_matter && attributes.describes && !self.is_hidden())
        {
            self.paragraph_of(Role::Body, content);
        }
    }

    /// Makes the value of an attribute a paragraph of its own.
    fn paragraph_of(&mut self, role: Role, value: &Value) {
        if !is_blank(&value.text) {
            self.end_paragraph();
            self.start_paragraph(role);
            self.text(value.span, Some(&value.text));
            self.end_paragraph();
        }
    }

    /// The number of an element whose name is not known.
    fn number(&mut self, name: &[u8]) -> usize {
        if let Some(&number) = self.unknown.get(name) {
            return number;
        }
        let number = elements::UNKNOWN + self.unknown.len();
        self.unknown.insert(name.into(), number);
        number
    }
}

/// Whether a text has nothing that can be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    })
}
