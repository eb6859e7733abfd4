//! A text with a name.

use std::borrow::Cow;

/// A text to check, with a name for it. Both may be borrowed or owned.
///
/// Whatever is a text, or a name and a text, converts into one:
///
/// ```
/// use std::borrow::Cow;
///
/// use refrain::{Detector, Document};
///
/// let detector = Detector::new();
/// detector.check("A text.");
/// detector.check(String::from("A text."));
/// detector.check(Cow::from("A text."));
/// detector.check(("a.txt", format!("{} text.", "A")));
/// let files = [(String::from("a.txt"), String::from("A text."))];
/// detector.check_all(&files);
/// detector.check_all(files);
/// assert_eq!(Document::from("A text.").name(), "");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
}

impl<'a> Document<'a> {
    /// A document with a name, such as its path. Findings are printed with it.
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The name; empty for a document made of a text alone.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn name_if_nameless(&mut self, name: impl FnOnce() -> String) {
        if self.name.is_empty() {
            self.name = name().into();
        }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A text alone.
macro_rules! from_text {
    ($($text:ty),*) => {$(
        impl<'a> From<$text> for Document<'a> {
            /// A document without a name.
            fn from(text: $text) -> Self {
                Self::new("", text)
            }
        }
    )*};
}

from_text! { &'a str, String, &'a String, Cow<'a, str> }

impl<'a> From<&&'a str> for Document<'a> {
    /// A document without a name.
    fn from(text: &&'a str) -> Self {
        Self::new("", *text)
    }
}

impl<'a> From<&'a Cow<'_, str>> for Document<'a> {
    /// A document without a name.
    fn from(text: &'a Cow<'_, str>) -> Self {
        Self::new("", &**text)
    }
}

impl<'a, N: Into<Cow<'a, str>>, T: Into<Cow<'a, str>>> From<(N, T)> for Document<'a> {
    /// A name and a text.
    fn from((name, text): (N, T)) -> Self {
        Self::new(name, text)
    }
}

impl<'a, N: AsRef<str>, T: AsRef<str>> From<&'a (N, T)> for Document<'a> {
    /// A name and a text.
    fn from((name, text): &'a (N, T)) -> Self {
        Self::new(name.as_ref(), text.as_ref())
    }
}

impl<'a> From<&'a Document<'_>> for Document<'a> {
    /// The same document, borrowed.
    fn from(document: &'a Document<'_>) -> Self {
        Self::new(document.name(), document.text())
    }
}
