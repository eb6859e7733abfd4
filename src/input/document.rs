//! What is checked.

use std::borrow::Cow;

/// A text to check, with a name to call it by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document<'a> {
    name: Cow<'a, str>,
    text: &'a str,
}

impl<'a> Document<'a> {
    /// A document of that name, such as its path; findings are printed with it.
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, text: &'a str) -> Self {
        Self { name: name.into(), text }
    }

    /// What it is called; empty for a document made of a text alone.
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
    pub fn text(&self) -> &'a str {
        self.text
    }
}

impl<'a> From<&'a str> for Document<'a> {
    fn from(text: &'a str) -> Self {
        Self::new("", text)
    }
}

impl<'a> From<&&'a str> for Document<'a> {
    fn from(text: &&'a str) -> Self {
        Self::new("", text)
    }
}

impl<'a> From<&'a String> for Document<'a> {
    fn from(text: &'a String) -> Self {
        Self::new("", text)
    }
}

impl<'a> From<(&'a str, &'a str)> for Document<'a> {
    fn from((name, text): (&'a str, &'a str)) -> Self {
        Self::new(name, text)
    }
}

impl<'a> From<&(&'a str, &'a str)> for Document<'a> {
    fn from(&(name, text): &(&'a str, &'a str)) -> Self {
        Self::new(name, text)
    }
}

impl<'a> From<&'a (String, String)> for Document<'a> {
    fn from((name, text): &'a (String, String)) -> Self {
        Self::new(name.as_str(), text)
    }
}

impl<'a> From<&Document<'a>> for Document<'a> {
    fn from(document: &Document<'a>) -> Self {
        document.clone()
    }
}
