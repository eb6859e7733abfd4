//! The elements that are open at a place.
//!
//! End tags that a page may leave out are those of HTML: a `li` ends the `li` before it, a `p` ends at the next
//! block, and what is open inside an element ends with it. Misnested elements are not opened again, so that a
//! hidden element that is never ended hides no more than it does in a browser.
//!
//! Elements that neither are blocks nor hide anything are not kept. Each open element knows the one of the same
//! number before it, so to find the one that an end tag ends takes no search, however deep elements are nested.

use super::elements::{self, Known, Part, UNKNOWN};
use crate::input::block::Role;

/// The open elements, the innermost last.
#[derive(Debug)]
pub(super) struct OpenElements {
    open: Vec<Open>,
    /// By number, how many elements are open up to and with the last of it; 0 if none of it is open.
    depths: Vec<usize>,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    number: usize,
    /// What `depths` was for this number before it.
    depth_before: usize,
    within: Within,
}

/// What holds inside an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Within {
    pub(super) hidden: bool,
    pub(super) role: Role,
    /// Whether it is an element of `svg` or `math` with no HTML in it.
    pub(super) foreign: bool,
    /// Whether it is in a part of the page, of which a header may be.
    section: bool,
    /// How many elements are open up to and with the last that end tags in it do not reach through.
    scope: usize,
    /// The same for a `p`.
    paragraph_scope: usize,
    /// The same for items, whose start tags end the item before.
    item_scope: usize,
}

static NOTHING: Within = Within {
    hidden: false,
    role: Role::Body,
    foreign: false,
    section: false,
    scope: 0,
    paragraph_scope: 0,
    item_scope: 0,
};

impl OpenElements {
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), depths: vec![0; UNKNOWN] }
    }

    /// What holds at this place.
    #[inline]
    pub(super) fn within(&self) -> &Within {
        self.open.last().map_or(&NOTHING, |last| &last.within)
    }

    /// Opens an element, hidden or with a role if it has one of its own.
    pub(super) fn push(&mut self, known: &Known, hidden: bool, role: Option<Role>) {
        let Known { number, element, .. } = *known;
        let mut within = *self.within();
        let depth = self.open.len() + 1;
        within.hidden |= hidden;
        let role = match element.part {
            Part::Header if !within.section => Some(Role::Boilerplate),
            _ => role,
        };
        // All that is in boilerplate is boilerplate.
        if let Some(role) = role.filter(|_| within.role != Role::Boilerplate) {
            within.role = role;
        }
        within.foreign = element.part == Part::Foreign || within.foreign && element.part != Part::Integration;
        within.section |= element.part == Part::Section;
        if matches!(
            element.part,
            Part::Table | Part::Cell | Part::TableCaption | Part::Template | Part::Integration
        ) {
            within.scope = depth;
        }
        if within.scope == depth || element.part == Part::Button {
            within.paragraph_scope = depth;
        }
        // An item goes on in these, but not in other blocks.
        let transparent = element.part == Part::Paragraph || element.part == Part::Block && role.is_none();
        if element.is_block && !transparent || within.scope == depth {
            within.item_scope = depth;
        }
        if self.depths.len() <= number {
            self.depths.resize(number + 1, 0);
        }
        self.open.push(Open { number, depth_before: self.depths[number], within });
        self.depths[number] = depth;
    }

    /// Opens an element of `svg` or `math`.
    pub(super) fn push_foreign(&mut self, number: usize, is_integration: bool) {
        let mut known = elements::unknown(number);
        known.element.part = if is_integration { Part::Integration } else { Part::Foreign };
        self.push(&known, true, None);
    }

    /// Ends what an end tag ends, if anything.
    pub(super) fn end(&mut self, known: &Known) {
        let Within { scope, paragraph_scope, foreign, .. } = *self.within();
        let depth = self.depth(known.number);
        let last = |part: Part| self.depths[part as usize];
        let reach = match known.element.part {
            _ if foreign => last(Part::Template),
            Part::Paragraph => paragraph_scope,
            Part::Item => scope.max(last(Part::List)),
            Part::Table | Part::Template => last(Part::Template),
            Part::Rows | Part::Row | Part::Cell | Part::TableCaption => {
                last(Part::Table).max(last(Part::Template))
            }
            _ => scope,
        };
        if depth > 0 && (depth >= reach || known.element.part == Part::Template) {
            self.truncate(depth - 1);
        }
    }

    /// Ends what a start tag ends.
    pub(super) fn end_before(&mut self, known: &Known) {
        let last = |part: Part| self.depths[part as usize];
        let table = last(Part::Table).max(last(Part::Template));
        match known.element.part {
            Part::Item | Part::Term => {
                let depth = self.depth(known.number);
                if depth > 0 && depth == self.within().item_scope {
                    self.truncate(depth - 1);
                }
            }
            Part::Heading if self.open.last().is_some_and(|last| last.number == known.number) => {
                self.truncate(self.open.len() - 1);
            }
            Part::Rows | Part::TableCaption if table > 0 => self.truncate(table),
            Part::Row if table > 0 => self.truncate(table.max(last(Part::Rows))),
            Part::Cell if table > 0 => self.truncate(table.max(last(Part::Rows)).max(last(Part::Row))),
            Part::RubyText => {
                let depth = last(Part::Ruby);
                if depth > self.within().scope {
                    self.truncate(depth);
                }
            }
            _ => {}
        }
        if known.element.ends_paragraph {
            let depth = self.depths[Part::Paragraph as usize];
            if depth > self.within().paragraph_scope {
                self.truncate(depth - 1);
            }
        }
    }

    /// Ends `svg` and `math`.
    pub(super) fn end_foreign(&mut self) {
        while self.within().foreign {
            self.truncate(self.open.len() - 1);
        }
    }

    /// Whether a table is open of which a cell can be.
    pub(super) fn is_in_table(&self) -> bool {
        self.depths[Part::Table as usize] > self.depths[Part::Template as usize]
    }

    fn depth(&self, number: usize) -> usize {
        self.depths.get(number).copied().unwrap_or_default()
    }

    /// Ends all but the outermost elements.
    fn truncate(&mut self, len: usize) {
        while self.open.len() > len {
            if let Some(Open { number, depth_before, .. }) = self.open.pop() {
                self.depths[number] = depth_before;
            }
        }
    }
}
