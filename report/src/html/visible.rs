//! Texts as they are shown: escaped, with characters that have no sign of their own made visible.

use maud::Render;

/// A text inside an element. Control characters become their signs, and characters that change the
/// direction of what follows, or hide in it, become their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visible<'a>(pub(super) &'a str);

/// The same inside an attribute, where no element can stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain<'a>(pub(super) &'a str);

impl Render for Visible<'_> {
    fn render_to(&self, out: &mut String) {
        write(self.0, out, |number, out| {
            out.push_str(r#"<span class="ctl">"#);
            out.push_str(&number);
            out.push_str("</span>");
        });
    }
}

/// The name of a document, which may be broken behind the parts of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'a>(pub(super) &'a str);

impl Render for Name<'_> {
    fn render_to(&self, out: &mut String) {
        for part in self.0.split_inclusive(['/', '\\']) {
            Visible(part).render_to(out);
            out.push_str("<wbr>");
        }
    }
}

impl Render for Plain<'_> {
    fn render_to(&self, out: &mut String) {
        write(self.0, out, |number, out| {
            out.push('[');
            out.push_str(&number);
            out.push(']');
        });
    }
}

fn write(text: &str, out: &mut String, number: impl Fn(String, &mut String)) {
    out.reserve(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push('\t'),
            // Unicode has a sign for each of them, in the same order.
            '\0'..' ' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => out.push('\u{2421}'),
            c if is_deceptive(c) => number(format!("U+{:04X}", u32::from(c)), out),
            c => out.push(c),
        }
    }
}

/// Whether a character shows nothing and makes others show otherwise than they are read: controls,
/// embeddings, overrides and isolates of direction, tags, and code points that are no characters.
///
/// Marks of direction and joiners are ordinary text in Arabic, Hebrew and the scripts of India.
fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_text_acts() {
        let table = [
            ("a < b & c > d", "a &lt; b &amp; c &gt; d", "a &lt; b &amp; c &gt; d"),
            ("\"'", "&quot;&#39;", "&quot;&#39;"),
            ("a\0b\u{1b}[31m\u{7f}", "a\u{2400}b\u{241b}[31m\u{2421}", "a\u{2400}b\u{241b}[31m\u{2421}"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd", "a\nb\nc\nd"),
            ("x\u{202e}y", r#"x<span class="ctl">U+202E</span>y"#, "x[U+202E]y"),
            (
                "\u{e0041}\u{ffff}",
                r#"<span class="ctl">U+E0041</span><span class="ctl">U+FFFF</span>"#,
                "[U+E0041][U+FFFF]",
            ),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", "می\u{200c}خواهم"),
        ];
        for (text, visible, plain) in table {
            assert_eq!(Visible(text).render().into_string(), visible, "{text:?}");
            assert_eq!(Plain(text).render().into_string(), plain, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_text_for_every_character() {
        for c in '\0'..=char::MAX {
            let text = Plain(c.encode_utf8(&mut [0; 4])).render().into_string();
            assert!(!text.contains(['<', '>', '"', '\'', '\0', '\r', '\u{202e}']), "{c:?} gives {text:?}");
            assert!(!text.contains('&') || text.ends_with(';'), "{c:?} gives {text:?}");
        }
    }
}
