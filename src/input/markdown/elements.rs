//! What the elements of HTML do to a text.

use crate::input::block::Role;

/// What an element does to the text in it and around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// It is part of a line, like all elements that are not known.
    Inline,
    /// It is a block; its text has this role, or that of what is around it.
    Block(Option<Role>),
    /// What is in it is not read, up to its end tag.
    Unread,
    /// The same, for what ends with the paragraph.
    UnreadInline,
    Break,
    Image,
}

/// What the element of this name does.
pub(super) fn element(name: &str) -> Element {
    /// The longest of the names below.
    const LONGEST: usize = 10;
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..name.len()) else { return Element::Inline };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"br" => Element::Break,
        b"img" => Element::Image,
        b"code" | b"samp" => Element::UnreadInline,
        b"audio" | b"canvas" | b"iframe" | b"math" | b"nav" | b"object" | b"pre" | b"script" | b"style"
        | b"svg" | b"template" | b"textarea" | b"title" | b"video" => Element::Unread,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"dt" | b"legend" | b"summary" => {
            Element::Block(Some(Role::Heading))
        }
        b"li" | b"dd" => Element::Block(Some(Role::Item)),
        b"td" | b"th" => Element::Block(Some(Role::Cell)),
        b"blockquote" => Element::Block(Some(Role::Quote)),
        b"caption" | b"figcaption" => Element::Block(Some(Role::Caption)),
        b"footer" => Element::Block(Some(Role::Boilerplate)),
        b"address" | b"article" | b"aside" | b"body" | b"center" | b"details" | b"dialog" | b"dir"
        | b"div" | b"dl" | b"fieldset" | b"figure" | b"form" | b"head" | b"header" | b"hgroup" | b"hr"
        | b"html" | b"main" | b"menu" | b"ol" | b"option" | b"p" | b"search" | b"section" | b"select"
        | b"table" | b"tbody" | b"tfoot" | b"thead" | b"tr" | b"ul" => Element::Block(None),
        _ => Element::Inline,
    }
}

/// The elements that are not closed yet and give a role to their text.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    open: Vec<(Box<str>, Role)>,
}

impl OpenElements {
    /// Elements deeper than this give no role. It bounds the search for what an end tag closes.
    const DEEPEST: usize = 32;

    pub(super) fn start(&mut self, name: &str, role: Role) {
        // Many items and cells have no end tag: the next one ends them.
        if let Some((last, _)) = self.open.last()
            && last.eq_ignore_ascii_case(name)
            && matches!(role, Role::Item | Role::Cell)
        {
            self.open.pop();
        }
        if self.open.len() < Self::DEEPEST {
            self.open.push((name.into(), role));
        }
    }

    /// Ends the innermost element of this name, and those inside it.
    pub(super) fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) {
            self.open.truncate(at);
        }
    }

    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    /// The role of the innermost element.
    pub(super) fn role(&self) -> Option<Role> {
        self.open.last().map(|(_, role)| *role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_in_any_case_of_letters() {
        assert_eq!(element("BR"), Element::Break);
        assert_eq!(element("BlockQuote"), Element::Block(Some(Role::Quote)));
        assert_eq!(element("figcaption"), Element::Block(Some(Role::Caption)));
        for name in ["b", "", "blockquotes", "Fragment"] {
            assert_eq!(element(name), Element::Inline, "{name}");
        }
    }

    #[test]
    fn an_end_tag_ends_what_is_inside() {
        let mut open = OpenElements::default();
        open.start("blockquote", Role::Quote);
        open.start("li", Role::Item);
        open.start("LI", Role::Item);
        assert_eq!(open.role(), Some(Role::Item));
        open.end("td");
        open.end("li");
        assert_eq!(open.role(), Some(Role::Quote));
        (0..100).for_each(|_| open.start("h1", Role::Heading));
        open.end("Blockquote");
        assert_eq!(open.role(), None);
    }
}
