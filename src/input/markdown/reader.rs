//! From the events of the parser to blocks.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::blocks::Blocks;
use super::closing::{Next, blank_line, end_tag};
use super::depth::{Part, parts};
use super::elements::{Element, OpenElements, element};
use super::entities::reference;
use super::front_matter;
use super::mdx::{Code, Finder};
use super::tags::{Piece, Pieces, Tag as HtmlTag};
use crate::input::ReadOptions;
use crate::input::block::Role;
use crate::input::builder::DocumentBuilder;
use crate::util::span::Span;

/// Passes what a reader sees of a source to `builder`.
pub(in crate::input) fn read(source: &str, builder: &mut DocumentBuilder<'_>, options: &ReadOptions) {
    let mut blocks = Blocks::new(source, builder);
    let mut start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if let Some(front) = front_matter::front_matter(source, start) {
        if options.front_matter {
            front_matter::read(front, source, &mut blocks);
        }
        start = front.end;
    }
    let mut reader = Reader {
        source,
        alt_text: options.alt_text,
        has_braces: source[start..].contains('{'),
        blocks,
        roles: Vec::new(),
        unread: 0,
        images: 0,
        skip_to: start,
        read_to: start,
        heading_attributes: false,
        html: Vec::new(),
        is_page: false,
        may_be_page: source[start..].trim_start().starts_with('<'),
        in_page_code: false,
        elements: OpenElements::default(),
        code: Finder::new(source),
        ends: Vec::new(),
        blank: Next::default(),
    };
    for part in parts(source, start) {
        match part {
            Part::Parsed(span) => reader.parse(span),
            Part::Deep(span) => {
                reader.blocks.next(Role::Quote);
                reader.text(span);
            }
        }
    }
    reader.blocks.finish();
}

/// What is read in addition to CommonMark. Quotes and dashes stay as they are written.
fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
}

/// What was met so far.
struct Reader<'b, 's, 'a> {
    source: &'s str,
    alt_text: bool,
    has_braces: bool,
    blocks: Blocks<'b, 's, 'a>,
    /// The roles that the open containers give.
    roles: Vec<Role>,
    /// The open containers that are not read, such as code.
    unread: usize,
    /// The open pictures.
    images: usize,
    /// Up to here nothing is read.
    skip_to: usize,
    /// The end of the last text.
    read_to: usize,
    /// Whether braces at the end of the heading may be text.
    heading_attributes: bool,
    /// The lines of the open block of HTML.
    html: Vec<Span>,
    /// Whether the source is a page of HTML in which indented lines are no code. A source that does not begin
    /// with a tag is none, since it may show a page as an example.
    is_page: bool,
    may_be_page: bool,
    /// Whether this is an indented block in such a page.
    in_page_code: bool,
    elements: OpenElements,
    code: Finder,
    /// The ends of the elements that are not read, by name.
    ends: Vec<(Box<str>, Next)>,
    blank: Next,
}

impl<'s> Reader<'_, 's, '_> {
    fn parse(&mut self, part: Span) {
        for (event, range) in Parser::new_ext(part.of(self.source), extensions()).into_offset_iter() {
            let span = span(range).shifted(part.start);
            match event {
                Event::Start(tag) => self.start(&tag, span),
                Event::End(tag) => self.end(tag, span),
                Event::Text(_) if self.in_page_code => self.html.push(span),
                Event::Text(text) => {
                    if *text == *span.of(self.source) {
                        self.text(span);
                    } else {
                        self.replace(span, &text);
                    }
                }
                Event::Code(_) | Event::DisplayMath(_) => self.replace(span, " "),
                Event::InlineMath(formula) => {
                    if is_formula(&formula, &self.source[span.end..]) {
                        self.replace(span, " ");
                    } else {
                        self.text(span);
                    }
                }
                Event::SoftBreak | Event::HardBreak => self.replace(span, "\n"),
                Event::FootnoteReference(_) => {
                    let next = self.source[span.end..].chars().next();
                    if next.is_some_and(char::is_alphanumeric) {
                        self.replace(span, " ");
                    }
                }
                Event::Html(_) => self.html.push(span),
                Event::InlineHtml(text) => self.inline_html(&text, span),
                Event::Rule => self.next_block(),
                Event::TaskListMarker(_) => {}
            }
        }
        // A part ends where all containers end.
        self.roles.clear();
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        let role = match tag {
            Tag::Heading { id, classes, attrs, .. } => {
                let has_values = attrs.iter().any(|(_, value)| value.is_some());
                self.heading_attributes =
                    !attrs.is_empty() && id.is_none() && classes.is_empty() && !has_values;
                Some(Role::Heading)
            }
            Tag::BlockQuote(_) => Some(Role::Quote),
            Tag::Item | Tag::DefinitionListDefinition => Some(Role::Item),
            Tag::TableCell => Some(Role::Cell),
            Tag::FootnoteDefinition(_) => Some(Role::Body),
            Tag::DefinitionListTitle => Some(Role::Heading),
            Tag::CodeBlock(CodeBlockKind::Indented) if self.is_in_page(span) => {
                self.in_page_code = true;
                None
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.unread += 1;
                None
            }
            Tag::Image { .. } => {
                self.images += 1;
                if self.alt_text && self.images == 1 {
                    self.blocks.next(Role::Caption);
                }
                return;
            }
            Tag::Paragraph
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow => None,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => return,
        };
        self.roles.extend(role);
        self.next_block();
        if matches!(tag, Tag::Paragraph)
            && self.roles.is_empty()
            && span.start >= self.skip_to
            && let Some(end) = self.code.module_code(self.source, span)
        {
            self.skip_to = end;
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) => {
                if self.heading_attributes {
                    self.braces_of_heading(span);
                }
                self.roles.pop();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableCell
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle => {
                self.roles.pop();
            }
            TagEnd::HtmlBlock | TagEnd::CodeBlock if self.in_page_code || tag == TagEnd::HtmlBlock => {
                self.in_page_code = false;
                let lines = std::mem::take(&mut self.html);
                self.html(&lines);
            }
            TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.unread -= 1,
            TagEnd::Image => {
                self.images -= 1;
                if self.images == 0 {
                    if self.alt_text {
                        self.blocks.next(self.role());
                    } else {
                        self.replace(span, " ");
                    }
                }
                return;
            }
            TagEnd::Paragraph
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => {}
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => return,
        }
        self.next_block();
    }

    /// Whether an indented block is part of a page of HTML.
    fn is_in_page(&mut self, block: Span) -> bool {
        let begins_page = |text: &str| {
            ["<!doctype html", "<html"].iter().any(|tag| {
                text.as_bytes().get(..tag.len()).is_some_and(|text| text.eq_ignore_ascii_case(tag.as_bytes()))
            })
        };
        self.is_page |= self.may_be_page && begins_page(block.of(self.source).trim_start());
        self.is_page
    }

    /// Ends the block, and the elements of HTML that were opened in it.
    fn next_block(&mut self) {
        self.elements.clear();
        self.blocks.next(self.role());
    }

    /// The role of a block that starts here.
    fn role(&self) -> Role {
        self.elements.role().or(self.roles.last().copied()).unwrap_or_default()
    }

    /// Whether text is read here.
    fn reads(&self) -> bool {
        self.unread == 0 && (self.images == 0 || self.alt_text)
    }

    /// Text that stands for other bytes.
    fn replace(&mut self, span: Span, text: &str) {
        if self.reads() && span.start >= self.skip_to {
            self.blocks.replace(span, text);
            self.read_to = span.end;
        }
    }

    /// Text as it stands in the source, but for code in it.
    fn text(&mut self, span: Span) {
        let mut from = span.start.max(self.skip_to);
        if !self.reads() || from >= span.end {
            return;
        }
        let mut at = from;
        while let Some(place) = self.code_place(at, span.end) {
            let Some(code) = self.code.code(self.source, place) else {
                at = place + 1;
                continue;
            };
            self.blocks.copy(Span::new(from, place));
            let end = match code {
                Code::Comment(inner, end) => {
                    self.blocks.comment(inner.of(self.source), Span::new(place, end));
                    end
                }
                Code::Tag(end) => end,
                Code::Expression(end) => {
                    self.blocks.replace(Span::new(place, place), " ");
                    end
                }
            };
            self.skip_to = end;
            (from, at) = (end, end);
            if end >= span.end {
                self.read_to = place;
                return;
            }
        }
        self.blocks.copy(Span::new(from, span.end));
        self.read_to = span.end;
    }

    /// The next place where code may begin.
    fn code_place(&self, at: usize, end: usize) -> Option<usize> {
        let bytes = self.source.as_bytes().get(at..end)?;
        // The parser cuts text before `<`.
        if bytes.first() == Some(&b'<') {
            return Some(at);
        }
        if !self.has_braces {
            return None;
        }
        bytes.iter().position(|&byte| byte == b'{').map(|place| at + place)
    }

    /// Reads the braces at the end of a heading that the parser took for attributes, such as `{a, b}`.
    fn braces_of_heading(&mut self, heading: Span) {
        let start = self.read_to.max(heading.start);
        let rest = self.source.get(start..heading.end).unwrap_or_default();
        if let Some(open) = rest.find('{')
            && let Some(close) = rest.rfind('}').filter(|&close| close > open)
        {
            self.blocks.replace(Span::new(start + open, start + open), " ");
            self.text(Span::new(start + open, start + close + 1));
        }
    }

    /// Reads a tag or a comment inside a paragraph. Its text lacks the marks of a quotation around it, which its
    /// span has.
    fn inline_html(&mut self, text: &str, span: Span) {
        if !self.reads() || span.start < self.skip_to {
            return;
        }
        // The parser ends a tag inside of braces.
        if self.has_braces
            && text.contains('{')
            && let Some(Code::Tag(end)) = self.code.code(self.source, span.start)
            && end > span.end
        {
            self.skip_to = end;
        }
        match Pieces::new(text).next() {
            Some(Piece::Comment(inner)) => self.comment(inner.of(text), span),
            Some(Piece::Tag(mut tag)) => {
                tag.alt = tag.alt.filter(|_| *text == *span.of(self.source));
                self.tag(&tag, text, span, |at| span.start + at);
            }
            _ => {}
        }
    }

    /// Reads a comment with its marks.
    fn comment(&mut self, comment: &str, span: Span) {
        let inner = comment.strip_prefix("<!--").unwrap_or(comment);
        self.blocks.comment(inner.strip_suffix("-->").unwrap_or(inner), span);
    }

    /// Reads the lines of a block of HTML.
    fn html(&mut self, lines: &[Span]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        if !self.reads() {
            return;
        }
        // Lines in a quotation or a list are not next to each other. Tags may go over several of them.
        let parted = last.end - first.start > lines.iter().map(|line| line.len()).sum();
        if parted {
            let joined: String = lines.iter().map(|line| line.of(self.source)).collect();
            let mut starts = Vec::with_capacity(lines.len());
            let mut len = 0;
            for line in lines {
                starts.push((len, line.start));
                len += line.len();
            }
            self.pieces(&joined, &starts);
        } else {
            let whole = Span::new(first.start, last.end);
            self.pieces(whole.of(self.source), &[(0, whole.start)]);
        }
    }

    /// Reads a text of HTML whose parts stand in the source at `starts`: place in the text, place in the source.
    fn pieces(&mut self, text: &str, starts: &[(usize, usize)]) {
        let line_of = |at: usize| starts.partition_point(|(start, _)| *start <= at) - 1;
        let in_source = |at: usize| {
            let (start, source) = starts[line_of(at)];
            source + (at - start)
        };
        // The end of a span belongs to the line of its last byte.
        let span_in_source =
            |span: Span| Span::new(in_source(span.start), in_source(span.end.saturating_sub(1)) + 1);
        let mut pieces = Pieces::new(text);
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(span) => {
                    let mut line = line_of(span.start);
                    let mut at = span.start;
                    while at < span.end {
                        let next = starts.get(line + 1).map_or(text.len(), |(start, _)| *start);
                        let end = next.min(span.end);
                        let len = end - at;
                        let start = in_source(at);
                        self.html_text(Span::new(start, start + len));
                        (at, line) = (end, line + 1);
                    }
                }
                Piece::Comment(span) => {
                    let place = span_in_source(span);
                    if place.start >= self.skip_to {
                        self.comment(span.of(text), place);
                    }
                }
                Piece::Tag(tag) => {
                    let place = span_in_source(tag.span);
                    if place.start < self.skip_to {
                        continue;
                    }
                    self.tag(&tag, text, place, in_source);
                    // What is not read may have anything in it, so the text is cut again behind it.
                    if self.skip_to > place.end {
                        let skip_to = self.skip_to;
                        let line = starts.partition_point(|(_, source)| *source <= skip_to) - 1;
                        let (start, source) = starts[line];
                        pieces.at = (start + (skip_to - source)).clamp(pieces.at, text.len());
                    }
                }
                Piece::Other => {}
            }
        }
    }

    /// Reads a tag, which stands at `place` in the source.
    fn tag(&mut self, tag: &HtmlTag, text: &str, place: Span, in_source: impl Fn(usize) -> usize) {
        let name = tag.name.of(text);
        match element(name) {
            Element::Inline => {}
            Element::Break => self.replace(Span::new(place.start, place.start), "\n"),
            Element::Block(role) => {
                match role {
                    Some(_) if tag.is_end => self.elements.end(name),
                    Some(role) => self.elements.start(name, role),
                    None => {}
                }
                self.blocks.next(self.role());
            }
            Element::Image => {
                if self.alt_text
                    && let Some(alt) = tag.alt.filter(|alt| !alt.is_empty())
                {
                    self.blocks.next(Role::Caption);
                    let start = in_source(alt.start);
                    self.html_text(Span::new(start, in_source(alt.end - 1) + 1));
                    self.blocks.next(self.role());
                } else {
                    self.replace(Span::new(place.start, place.start), " ");
                }
            }
            Element::Unread | Element::UnreadInline if tag.is_end => {}
            unread => {
                self.replace(Span::new(place.start, place.start), " ");
                // A tag that closes itself has nothing inside.
                if !tag.span.of(text).ends_with("/>") {
                    self.skip_element(name, place.end, unread == Element::UnreadInline);
                }
            }
        }
    }

    /// Skips to the end tag of an element. Without one nothing is skipped, so that nothing is lost.
    fn skip_element(&mut self, name: &str, at: usize, is_inline: bool) {
        let known = self.ends.iter().position(|(known, _)| known.eq_ignore_ascii_case(name));
        let known = known.unwrap_or_else(|| {
            self.ends.push((name.into(), Next::default()));
            self.ends.len() - 1
        });
        let end = self.ends[known].1.after(self.source, at, |rest| end_tag(rest, name));
        let Some(end) = end else { return };
        if is_inline && self.blank.after(self.source, at, blank_line).is_some_and(|blank| blank < end) {
            return;
        }
        self.skip_to = self.skip_to.max(end);
    }

    /// Text of HTML, with character references.
    fn html_text(&mut self, span: Span) {
        let mut from = span.start.max(self.skip_to);
        let mut at = from;
        while let Some(place) = self.source.get(at..span.end).and_then(|rest| rest.find('&')) {
            let place = at + place;
            at = place + 1;
            if let Some((len, text)) = reference(&self.source[place..span.end]) {
                self.text(Span::new(from, place));
                self.replace(Span::new(place, place + len), &text);
                at = place + len;
                from = at;
            }
        }
        if from < span.end {
            self.text(Span::new(from, span.end));
        }
    }
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// Whether what stands between dollar signs is a formula, and not the text between two prices.
fn is_formula(inside: &str, after: &str) -> bool {
    let has_word = inside.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2);
    let has_sign = inside.contains(['\\', '^', '_', '=']);
    !after.starts_with(|c: char| c.is_ascii_digit()) && (has_sign || !has_word)
}
