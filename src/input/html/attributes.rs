//! What the attributes of a tag say.

use crate::input::block::Role;
use crate::util::span::Span;

/// What the attributes of a start tag say that matters here.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// Whether the element is hidden.
    pub(super) hidden: bool,
    /// Whether a dialog is open.
    pub(super) open: bool,
    pub(super) landmark: Option<Landmark>,
    /// Whether it is a description of the page.
    pub(super) describes: bool,
    pub(super) alt: Option<Value>,
    pub(super) content: Option<Value>,
}

/// The value of an attribute, decoded, and the bytes of the source that it stands for.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A part of a page, named by the attribute `role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Landmark {
    Navigation,
    Of(Role),
}

/// An attribute whose value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Hidden,
    AriaHidden,
    Open,
    Role,
    Style,
    Name,
    Alt,
    Content,
}

impl Attribute {
    /// The attribute with a name in lower case.
    pub(super) fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"hidden" => Self::Hidden,
            b"aria-hidden" => Self::AriaHidden,
            b"open" => Self::Open,
            b"role" => Self::Role,
            b"style" => Self::Style,
            b"name" => Self::Name,
            b"alt" => Self::Alt,
            b"content" => Self::Content,
            _ => return None,
        })
    }
}

impl Attributes {
    /// Adds an attribute.
    pub(super) fn add(&mut self, attribute: Attribute, value: &[u8], span: Span) {
        let is = |text: &str| value.trim_ascii().eq_ignore_ascii_case(text.as_bytes());
        // The first of two with the same name counts.
        let keep = |old: &mut Option<Value>| {
            old.get_or_insert_with(|| Value { text: String::from_utf8_lossy(value).into_owned(), span });
        };
        match attribute {
            // Such a text is shown to those who search for it.
            Attribute::Hidden => self.hidden |= !is("until-found"),
            Attribute::AriaHidden => self.hidden |= is("true"),
            Attribute::Style => self.hidden |= hides(value),
            Attribute::Open => self.open = true,
            Attribute::Name => self.describes |= is("description"),
            Attribute::Alt => keep(&mut self.alt),
            Attribute::Content => keep(&mut self.content),
            Attribute::Role => {
                self.landmark = self.landmark.or_else(|| {
                    Some(match value.trim_ascii().to_ascii_lowercase().as_slice() {
                        b"navigation" => Landmark::Navigation,
                        b"banner" | b"complementary" | b"contentinfo" => Landmark::Of(Role::Boilerplate),
                        b"heading" => Landmark::Of(Role::Heading),
                        _ => return None,
                    })
                });
            }
        }
    }
}

/// Whether a style hides an element. Of several declarations of a property the last counts.
fn hides(style: &[u8]) -> bool {
    let [mut display, mut visibility] = [false; 2];
    for declaration in style.split(|&byte| byte == b';') {
        let mut parts = declaration.splitn(2, |&byte| byte == b':').map(<[u8]>::trim_ascii);
        let (Some(property), Some(value)) = (parts.next(), parts.next()) else { continue };
        // `!important` may follow.
        let value = value.split(|&byte| byte == b'!').next().unwrap_or_default().trim_ascii();
        if property.eq_ignore_ascii_case(b"display") {
            display = value.eq_ignore_ascii_case(b"none");
        } else if property.eq_ignore_ascii_case(b"visibility") {
            visibility = value.eq_ignore_ascii_case(b"hidden") || value.eq_ignore_ascii_case(b"collapse");
        }
    }
    display || visibility
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide() {
        for style in [
            "display:none",
            "color: red; DISPLAY : None !important;",
            ";;visibility:hidden",
            "display:none;x",
        ] {
            assert!(hides(style.as_bytes()), "{style}");
        }
        for style in [
            "",
            "display",
            "display:block",
            "display:none;display:block",
            "x-display:none",
            "background:url(display:none)",
        ] {
            assert!(!hides(style.as_bytes()), "{style}");
        }
    }
}
