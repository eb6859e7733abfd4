//! Character references in HTML.

use pulldown_cmark::{Event, Parser};

/// No name of a character reference is longer, with `&` and `;`.
const LONGEST: usize = 33;

/// The length and the text of the character reference that a text begins with, such as `&amp;` or `&#38;`.
///
/// The parser of Markdown knows all names, so it is asked for those that are not common.
pub(super) fn reference(text: &str) -> Option<(usize, String)> {
    let beginning = &text.as_bytes()[..text.len().min(LONGEST)];
    let len = beginning.iter().position(|&byte| byte == b';')? + 1;
    let inner = &beginning[1..len - 1];
    if !inner.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#') {
        return None;
    }
    let whole = &text[..len];
    let common = match whole {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&#39;" | "&apos;" => "'",
        "&nbsp;" => "\u{a0}",
        _ => {
            let mut texts = Parser::new(whole).filter_map(|event| match event {
                Event::Text(text) => Some(text),
                _ => None,
            });
            let text = texts.next().filter(|text| &**text != whole)?;
            return texts.next().is_none().then(|| (len, text.into_string()));
        }
    };
    Some((len, common.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded() {
        let table = [
            ("&amp;amp;", Some((5, "&"))),
            ("&eacute;t", Some((8, "é"))),
            ("&#x2014;", Some((8, "—"))),
            ("&#0;", Some((4, "\u{fffd}"))),
            ("&ngE;", Some((5, "≧\u{338}"))),
            ("&bogus;", None),
            ("& a;", None),
            ("&", None),
            ("&;", None),
            ("&é;", None),
        ];
        for (text, expected) in table {
            let expected = expected.map(|(len, text): (usize, &str)| (len, text.to_owned()));
            assert_eq!(reference(text), expected, "{text}");
        }
    }
}
