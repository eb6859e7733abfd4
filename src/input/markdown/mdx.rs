//! Code and templates inside text.
//!
//! The ending of the name is not known here, so only what hardly any text has is taken for code:
//!
//! * a comment `{/* … */}`, a shortcode `{{< … >}}`, `{{% … %}}` or `{% … %}`, and an attribute list `{: … }`,
//! * a tag that has an attribute in braces,
//! * a paragraph at the beginning of a line that is an `import` or an `export` of JavaScript,
//! * after such a paragraph or comment also any expression in braces.

use super::closing::Next;
use super::tags::{Braces, jsx_tag_end};
use crate::util::span::Span;

/// What stands in a text and is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// A comment: its text, and where it ends.
    Comment(Span, usize),
    /// A tag or a template, which leaves nothing.
    Tag(usize),
    /// An expression, which leaves a space.
    Expression(usize),
}

/// Finds code in one source, in its order.
#[derive(Debug)]
pub(super) struct Finder {
    /// Whether the source is MDX without doubt.
    is_mdx: bool,
    braces: Braces,
    ends: [Next; TEMPLATES.len()],
}

/// How templates begin and end. Those of MDX come first.
const TEMPLATES: [(&str, &str); 5] =
    [("{/*", "*/}"), ("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{:", "}")];

impl Finder {
    pub(super) fn new(source: &str) -> Self {
        Self { is_mdx: false, braces: Braces::new(source), ends: Default::default() }
    }

    /// The code that begins at `at`, where there is `{` or `<`.
    pub(super) fn code(&mut self, source: &str, at: usize) -> Option<Code> {
        let rest = &source[at..];
        if rest.starts_with('<') {
            return jsx_tag_end(source, at, &mut self.braces).map(Code::Tag);
        }
        for (index, (begin, end)) in TEMPLATES.iter().enumerate() {
            if !rest.starts_with(begin) {
                continue;
            }
            let inner = at + begin.len();
            let close = self.ends[index].after(source, inner, |rest| rest.find(end))?;
            // An attribute list is on one line.
            if *begin == "{:" && source[inner..close].contains('\n') {
                return None;
            }
            if index > 0 {
                return Some(Code::Tag(close + end.len()));
            }
            self.is_mdx = true;
            return Some(Code::Comment(Span::new(inner, close), close + end.len()));
        }
        if !self.is_mdx {
            return None;
        }
        self.braces.end(source, at).map(Code::Expression)
    }

    /// The end of the code that a paragraph at the beginning of a line is.
    pub(super) fn module_code(&mut self, source: &str, paragraph: Span) -> Option<usize> {
        let text = paragraph.of(source);
        if !is_import(text) && !is_export(text) {
            return None;
        }
        self.is_mdx = true;
        // Code in braces may have empty lines.
        let mut end = paragraph.end;
        if let Some(open) = text.find('{')
            && let Some(close) = self.braces.end(source, paragraph.start + open)
        {
            let rest = source[close..].find('\n').map_or(source.len(), |len| close + len);
            end = end.max(rest);
        }
        Some(end)
    }
}

/// Whether a paragraph begins with `import a, { b } from 'c'` or `import 'c'`.
fn is_import(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("import").filter(|rest| rest.starts_with([' ', '{', '\n'])) else {
        return false;
    };
    let rest = rest.trim_start();
    let is_name = |c: char| c.is_alphanumeric() || c.is_whitespace() || "{},*$_".contains(c);
    let names = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    let path = &rest[names.len()..];
    let quote = path.chars().next().filter(|c| matches!(c, '"' | '\''));
    let has_from = names.is_empty() || names.trim_end().ends_with("from");
    let line = path.lines().next().unwrap_or_default().trim_end().trim_end_matches(';');
    has_from && line.len() > 1 && quote.is_some_and(|quote| line.ends_with(quote))
}

/// Whether a paragraph begins with an export, such as `export const a =`.
fn is_export(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("export ") else { return false };
    let rest = rest.trim_start();
    let (word, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()));
    let after = after.trim_start();
    let name_len = after.find(|c: char| !c.is_alphanumeric() && !"_$".contains(c)).unwrap_or(after.len());
    let behind_name = after[name_len..].trim_start();
    match word {
        "" => rest.starts_with(['{', '*']),
        "const" | "let" | "var" => behind_name.starts_with(['=', ':']) || after.starts_with(['{', '[']),
        "function" | "async" => after.contains('(') && !after[..after.find('(').unwrap_or(0)].contains('.'),
        "class" | "interface" | "type" => behind_name.starts_with(['{', '=']),
        "default" => {
            let line = after.lines().next().unwrap_or_default().trim_end();
            after.starts_with(['{', '(', '[']) || line.ends_with([';', '{', '>'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_and_exports_are_told_from_sentences() {
        let code = [
            "import A from 'b'",
            "import A, { c as d } from \"b\";\nimport 'x'",
            "import {\n  a,\n} from './b'\n",
            "import './b.css';",
            "export const a = 1",
            "export default function A() {",
            "export default ({ children }) => <div>{children}</div>",
            "export { a } from 'b'",
            "export function a(b) {\n  return b\n}",
        ];
        let text = [
            "import taxes from 'abroad' were low.",
            "import and export",
            "imports from 'b'",
            "export default settings from the menu.",
            "export functions. They (all) work",
            "export const",
            "exporting {a}",
        ];
        for source in code {
            assert!(is_import(source) || is_export(source), "{source}");
        }
        for source in text {
            assert!(!is_import(source) && !is_export(source), "{source}");
        }
    }

    #[test]
    fn braces_are_code_only_where_that_is_certain() {
        let mut finder = Finder::new("");
        let mut code = |source: &str| {
            finder.ends = Default::default();
            finder.braces = Braces::new(source);
            finder.code(source, 0)
        };
        assert_eq!(code("{a}"), None);
        assert_eq!(code("{{< a b=\"}\" >}}c"), Some(Code::Tag(15)));
        assert_eq!(code("{% a %}"), Some(Code::Tag(7)));
        assert_eq!(code("{: .a}"), Some(Code::Tag(6)));
        assert_eq!(code("{: a\n}"), None);
        assert_eq!(code("{{ a }}"), None);
        assert_eq!(code("{/* a */}"), Some(Code::Comment(Span::new(3, 6), 9)));
        assert_eq!(code("{a {b}} c"), Some(Code::Expression(7)));
        assert_eq!(code("{a"), None);
    }
}
