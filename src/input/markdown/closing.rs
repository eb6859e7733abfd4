//! Finds the ends of what is not read, in linear time.

/// The next place of a text in a source, for questions whose places ascend.
///
/// A place that was found is remembered, and so is that there is none: the source is searched once in all.
#[derive(Clone, Debug, Default)]
pub(super) struct Next {
    /// From here on the source was searched.
    from: usize,
    /// What was found there. `None` before the first search.
    found: Option<Option<usize>>,
}

impl Next {
    /// The first place from `at` on that `find` finds in the rest of a source; it returns a place in that rest.
    pub(super) fn after(
        &mut self,
        source: &str,
        at: usize,
        find: impl Fn(&str) -> Option<usize>,
    ) -> Option<usize> {
        match self.found {
            Some(None) if at >= self.from => None,
            Some(Some(place)) if (self.from..=place).contains(&at) => Some(place),
            _ => {
                let found = find(&source[at..]).map(|place| at + place);
                (self.from, self.found) = (at, Some(found));
                found
            }
        }
    }
}

/// The place of the first end tag of an element, in any case of letters.
pub(super) fn end_tag(text: &str, name: &str) -> Option<usize> {
    let is_it = |at: usize| {
        let rest = &text.as_bytes()[at + "</".len()..];
        let after = rest.get(name.len());
        rest.len() >= name.len()
            && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && !after.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    text.match_indices("</").map(|(at, _)| at).find(|&at| is_it(at))
}

/// The place of the first line end that an empty line follows.
pub(super) fn blank_line(text: &str) -> Option<usize> {
    let is_blank = |at: usize| {
        let rest = text.as_bytes()[at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        matches!(rest, Some(b'\n'))
    };
    text.match_indices('\n').map(|(at, _)| at).find(|&at| is_blank(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_remembered() {
        let source = "a--b--";
        let mut next = Next::default();
        let searches = std::cell::Cell::new(0);
        let mut ask = |at| {
            next.after(source, at, |rest| {
                searches.set(searches.get() + 1);
                rest.find("--")
            })
        };
        let got = [ask(0), ask(1), ask(2), ask(4), ask(5), ask(6)];
        assert_eq!(got, [Some(1), Some(1), Some(4), Some(4), None, None]);
        assert_eq!(searches.get(), 3);
    }

    #[test]
    fn ends_are_found() {
        let table = [("a</b></B>", Some(1)), ("</bb></b-x></B >", Some(11)), ("</b", Some(0)), ("</", None)];
        for (text, place) in table {
            assert_eq!(end_tag(text, "b"), place, "{text}");
        }
        for (text, place) in [("a\nb\n \t\r\nc", Some(3)), ("a\n", None), ("\n\n", Some(0)), ("a\n b", None)]
        {
            assert_eq!(blank_line(text), place, "{text:?}");
        }
    }
}
