//! Whether a source looks like HTML.

use super::elements::{Part, known};

/// Whether the beginning of a source, after white space and a byte order mark, is that of HTML.
///
/// It is a document type of HTML, or a start tag of the page, perhaps after an XML declaration and comments. It
/// may also be another tag of HTML, as in a part of a page, unless there are lines that only Markdown has; one
/// inside running text has to be ended, too.
pub(in crate::input) fn looks_like(beginning: &str) -> bool {
    let mut rest = beginning.trim_start_matches('\u{feff}').trim_start();
    let is_xml = starts_with(rest, "<?xml");
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    if starts_with(rest, "<!doctype") {
        return starts_with(rest["<!doctype".len()..].trim_start(), "html");
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let Some(end) = tag.find(|c: char| !c.is_ascii_alphanumeric()) else { return false };
    let (name, after) = (tag[..end].to_ascii_lowercase(), &tag[end..]);
    let is_tag = after.starts_with(['>', '/']) || after.starts_with(|c: char| c.is_ascii_whitespace());
    let Some(known) = known(name.as_bytes()).filter(|_| is_tag && after.contains('>')) else { return false };
    match known.element.part {
        // `body` and `head` are elements of other kinds of XML, too.
        Part::Root => !is_xml || name == "html",
        _ if is_xml || has_lines_of_markdown(after) => false,
        _ => known.element.is_block || has_end_tag(after, &name),
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// Whether a text has the end tag of an element.
fn has_end_tag(text: &str, name: &str) -> bool {
    text.match_indices("</").any(|(at, _)| {
        let rest = &text[at + 2..];
        starts_with(rest, name) && rest[name.len()..].trim_start().starts_with('>')
    })
}

/// Whether a text has headings, fences or links of Markdown, which often follows some HTML.
fn has_lines_of_markdown(text: &str) -> bool {
    text.contains("](")
        || text.lines().any(|line| {
            let after = line.trim_start_matches('#');
            let marks = line.len() - after.len();
            line.starts_with("```") || ((1..=6).contains(&marks) && after.starts_with(' '))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_parts_of_pages_look_like_html() {
        for source in [
            "<!DOCTYPE html>",
            "\u{feff}\n<!doctype  HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
            "<html lang=en>",
            "<!-- a note -->\n<!-- another -->\n<HTML>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>",
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">",
            "<head><title>x</title>",
            "<body\nclass=a>",
            "<p>It rains.",
            "<div style='color: red'>\n  It rains.</div>",
            "<table><tr><td>1",
            "<h1>Rain</h1>",
            "<b>Rain</b> falls.",
            "<ruby>雨<rt>あめ</rt></ruby>が降る",
            "<!-- # not Markdown --><ul><li>a",
        ] {
            assert!(looks_like(source), "{source}");
        }
    }

    #[test]
    fn other_sources_do_not() {
        for source in [
            "",
            "<",
            "<3",
            "<p",
            "<p class",
            "It rains. <p>",
            "<tag> means <b>this</b>",
            "<b> is greater than a",
            "<pages> of <p>text</p>",
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title>",
            "<?xml version=\"1.0\"?><!DOCTYPE note SYSTEM \"note.dtd\"><note>",
            "<?xml version=\"1.0\"?><body><p>x</p></body>",
            "<!DOCTYPE svg>",
            "<rss version=\"2.0\"><channel>",
            "<!-- a note -->\n# Rain\n",
            "<!-- a note",
            "<p align=\"center\">\n  <img src=a.png>\n</p>\n\n# Rain\n\nIt falls.\n",
            "<div>\n\nSee [here](a.html).\n</div>",
            "</p>",
        ] {
            assert!(!looks_like(source), "{source}");
        }
    }
}
