//! What each element is.

use std::sync::LazyLock;

use html5gum::State;

use crate::input::block::Role;

/// What an element is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) part: Part,
    /// Whether its tags end a paragraph.
    pub(super) is_block: bool,
    /// Whether its start tag ends an open `p`.
    pub(super) ends_paragraph: bool,
    pub(super) hidden: Hidden,
    /// The role of the text in it, unless elements in it have others.
    pub(super) role: Option<Role>,
    /// How its content is cut into tokens, unless as usual.
    pub(super) state: Option<State>,
}

/// Whether the content of an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    No,
    /// It is not, and a reader does not see that something is missing.
    Unseen,
    /// It is not, and stands between the words around it.
    Gap,
}

/// The part that an element plays in the nesting of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// One that is not known, or that only changes how text looks.
    Inline,
    Block,
    /// A block in which a header is not that of the page.
    Section,
    /// It has no content.
    Void,
    LineBreak,
    Picture,
    Meta,
    /// `html`, `head` and `body`, which are open in every page.
    Root,
    Header,
    Paragraph,
    Heading,
    List,
    Item,
    Term,
    Table,
    Rows,
    Row,
    Cell,
    TableCaption,
    Dialog,
    Title,
    Ruby,
    RubyText,
    Button,
    /// What is in it has no effect on what is around it.
    Template,
    /// `svg` and `math`, in which other rules hold.
    Foreign,
    /// An element in these in which HTML can be.
    Integration,
}

/// What is known by the name of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// The end tag of an element ends one with the same number. Elements of one part have the same number if no
    /// page can tell the difference.
    pub(super) number: usize,
    pub(super) element: Element,
    /// Whether its start tag ends `svg` and `math`.
    pub(super) ends_foreign: bool,
}

/// Elements that are not known have this number or greater ones.
pub(super) const UNKNOWN: usize = 256;

/// What is known of an element with this name in lower case.
pub(super) fn known(name: &[u8]) -> Option<&'static Known> {
    static BY_NAME: LazyLock<Vec<(u128, Known)>> = LazyLock::new(by_name);
    let key = key(name)?;
    let at = BY_NAME.binary_search_by_key(&key, |&(name, _)| name).ok()?;
    Some(&BY_NAME[at].1)
}

/// What an element is whose name is not known.
pub(super) fn unknown(number: usize) -> Known {
    Known { number, element: INLINE, ends_foreign: false }
}

/// Whether HTML can be in an element of `svg` or `math`.
pub(super) fn is_integration(name: &[u8]) -> bool {
    matches!(
        name,
        b"foreignobject" | b"desc" | b"title" | b"annotation-xml" | b"mi" | b"mo" | b"mn" | b"ms" | b"mtext"
    )
}

/// A name as a number; `None` for names that are longer than all that are known.
fn key(name: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..name.len())?.copy_from_slice(name);
    Some(u128::from_be_bytes(bytes))
}

fn by_name() -> Vec<(u128, Known)> {
    let elements = ELEMENTS.iter().flat_map(|(element, names)| names.iter().map(move |name| (element, name)));
    let known = elements.enumerate().map(|(index, (&element, name))| {
        let number = match element.part {
            Part::Inline | Part::Block | Part::Section => Part::Integration as usize + 1 + index,
            part => part as usize,
        };
        let is_html = element.is_block && element.part != Part::Title;
        let ends_foreign = is_html || ENDS_FOREIGN.contains(name);
        (key(name.as_bytes()).expect("a short name"), Known { number, element, ends_foreign })
    });
    let mut by_name: Vec<_> = known.collect();
    by_name.sort_unstable_by_key(|&(name, _)| name);
    by_name
}

const INLINE: Element = Element {
    part: Part::Inline,
    is_block: false,
    ends_paragraph: false,
    hidden: Hidden::No,
    role: None,
    state: None,
};
const VOID: Element = Element { part: Part::Void, ..INLINE };
/// Something else than text.
const GAP: Element = Element { hidden: Hidden::Gap, ..INLINE };
const UNSEEN: Element = Element { hidden: Hidden::Unseen, ..INLINE };
const BLOCK: Element = Element { part: Part::Block, is_block: true, ends_paragraph: true, ..INLINE };
const SECTION: Element = Element { part: Part::Section, ..BLOCK };
const BOILERPLATE: Element = Element { role: Some(Role::Boilerplate), ..BLOCK };
const CODE: Element = Element { hidden: Hidden::Gap, ..BLOCK };
const CELL: Element = Element { part: Part::Cell, role: Some(Role::Cell), ends_paragraph: false, ..BLOCK };
const ITEM: Element = Element { role: Some(Role::Item), ..BLOCK };
/// A block in a table, which does not end a paragraph around it.
const IN_TABLE: Element = Element { ends_paragraph: false, ..BLOCK };
const LABEL: Element = Element { role: Some(Role::Heading), ..BLOCK };
const CAPTION: Element = Element { role: Some(Role::Caption), ..BLOCK };

const RAW_TEXT: Option<State> = Some(State::RawText);

/// All elements of HTML.
#[rustfmt::skip]
const ELEMENTS: &[(Element, &[&str])] = &[
    (Element { part: Part::Root, ends_paragraph: false, ..BLOCK }, &["html", "head", "body"]),
    (BLOCK, &["address", "center", "details", "div", "figure", "fieldset", "form", "frameset", "marquee", "search"]),
    (SECTION, &["article", "main", "section"]),
    (Element { part: Part::Section, ..BOILERPLATE }, &["aside"]),
    (Element { part: Part::Section, hidden: Hidden::Unseen, ..BLOCK }, &["nav"]),
    (BOILERPLATE, &["footer"]),
    (Element { part: Part::Header, ..BLOCK }, &["header"]),
    (Element { part: Part::Paragraph, ..BLOCK }, &["p"]),
    (Element { part: Part::Heading, ..LABEL }, &["h1", "h2", "h3", "h4", "h5", "h6"]),
    (LABEL, &["hgroup", "legend", "summary"]),
    (Element { role: Some(Role::Quote), ..BLOCK }, &["blockquote"]),
    (Element { part: Part::List, ..BLOCK }, &["ul", "ol", "dl", "menu", "dir"]),
    (Element { part: Part::Item, ..ITEM }, &["li"]),
    (Element { part: Part::Term, ..ITEM }, &["dt", "dd"]),
    (CAPTION, &["figcaption"]),
    (Element { part: Part::TableCaption, ends_paragraph: false, ..CAPTION }, &["caption"]),
    (Element { part: Part::Table, ..BLOCK }, &["table"]),
    (Element { part: Part::Rows, ..IN_TABLE }, &["tbody", "thead", "tfoot", "colgroup"]),
    (Element { part: Part::Row, ..IN_TABLE }, &["tr"]),
    (CELL, &["td"]),
    (Element { role: Some(Role::Heading), ..CELL }, &["th"]),
    (Element { part: Part::Dialog, ..BLOCK }, &["dialog"]),
    (CODE, &["pre", "listing"]),
    (Element { state: RAW_TEXT, ..CODE }, &["xmp"]),
    (Element { state: Some(State::PlainText), ..CODE }, &["plaintext"]),
    (GAP, &["code", "canvas", "audio", "video", "object", "select", "datalist", "meter", "progress"]),
    (Element { part: Part::Button, ..GAP }, &["button"]),
    (Element { state: Some(State::RcData), ..GAP }, &["textarea"]),
    (Element { state: RAW_TEXT, ..GAP }, &["iframe"]),
    (Element { state: RAW_TEXT, ..UNSEEN }, &["style", "noembed", "noframes", "noscript"]),
    (Element { state: Some(State::ScriptData), ..UNSEEN }, &["script"]),
    (Element { part: Part::Title, is_block: true, state: Some(State::RcData), ..UNSEEN }, &["title"]),
    (Element { part: Part::Template, ..UNSEEN }, &["template"]),
    (Element { part: Part::Foreign, ..GAP }, &["svg", "math"]),
    (Element { part: Part::Ruby, ..INLINE }, &["ruby"]),
    (Element { part: Part::RubyText, ..UNSEEN }, &["rt", "rp", "rtc"]),
    (Element { part: Part::RubyText, ..INLINE }, &["rb"]),
    (INLINE, &["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "kbd"]),
    (INLINE, &["label", "map", "mark", "nobr", "output", "picture", "q", "s", "samp", "slot", "small", "span"]),
    (INLINE, &["strike", "strong", "sub", "sup", "time", "tt", "u", "var"]),
    (Element { part: Part::LineBreak, ..VOID }, &["br"]),
    (Element { part: Part::Picture, ..VOID }, &["img", "image"]),
    (Element { part: Part::Meta, ..VOID }, &["meta"]),
    (Element { hidden: Hidden::Gap, ..VOID }, &["embed", "input"]),
    (Element { part: Part::Void, ..BLOCK }, &["hr"]),
    (VOID, &["area", "base", "basefont", "bgsound", "col", "frame", "keygen", "link", "param", "source", "track", "wbr"]),
];

/// Elements other than blocks whose start tags end `svg` and `math`.
#[rustfmt::skip]
const ENDS_FOREIGN: &[&str] = &[
    "b", "big", "br", "code", "em", "embed", "i", "img", "meta", "nobr", "ruby", "s", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_once() {
        let by_name = by_name();
        assert!(by_name.is_sorted_by(|(left, _), (right, _)| left < right));
        assert!(by_name.iter().all(|(_, known)| known.number < UNKNOWN));
        assert_eq!(known(b"h3").unwrap().number, known(b"h1").unwrap().number);
        assert_ne!(known(b"div").unwrap().number, known(b"section").unwrap().number);
        assert_eq!(known(b"foreignobject").map(|known| known.element.part), None);
        assert!(known(b"a-very-long-name-of-an-element").is_none() && known(b"").is_none());
    }

    #[test]
    fn html_ends_svg_but_for_what_svg_has_too() {
        for name in ["p", "div", "code", "img", "table", "h2"] {
            assert!(known(name.as_bytes()).unwrap().ends_foreign, "{name}");
        }
        for name in ["a", "title", "script", "style", "image", "svg", "video"] {
            assert!(!known(name.as_bytes()).unwrap().ends_foreign, "{name}");
        }
    }
}
