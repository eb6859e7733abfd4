//! Whether a source looks like Markdown.

use super::front_matter::front_matter;

/// Whether the beginning of a source is that of Markdown: it has front matter, or at least two of headings with
/// `#`, fences, links, bold text and tables. One of them alone is also in code, mails and plain text.
pub(in crate::input) fn looks_like(beginning: &str) -> bool {
    if front_matter(beginning, 0).is_some() {
        return true;
    }
    let [mut heading, mut fence, mut link, mut bold, mut table] = [false; 5];
    let mut in_fence = false;
    let mut lines = beginning.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") || line.starts_with("~~~") {
            in_fence = !in_fence;
            // A fence that is not closed may be anything.
            fence |= !in_fence;
        } else if !in_fence {
            let is_last = lines.peek().is_none_or(|next| next.trim().is_empty());
            heading |= is_last && is_heading(line);
            link |= has_link(line);
            bold |= has_bold(line);
            table |= is_table_rule(line);
        }
    }
    [heading, fence, link, bold, table].iter().filter(|&&has| has).count() >= 2
}

/// Whether a line is `# a heading`.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ') && !text.trim().is_empty()
}

/// Whether a line has a link such as `[text](target)`.
fn has_link(line: &str) -> bool {
    line.match_indices("](").any(|(at, _)| {
        let target = &line[at + "](".len()..];
        let len = target.find([')', ' ']).unwrap_or(0);
        line[..at].contains('[') && len > 0 && target[len..].starts_with([')', ' '])
    })
}

/// Whether a line has `**bold**` text.
fn has_bold(line: &str) -> bool {
    let mut parts = line.split("**");
    parts.next();
    let inside = parts.next().zip(parts.next()).map(|(inside, _)| inside);
    inside.is_some_and(|text| text.trim() == text && text.contains(char::is_alphanumeric))
}

/// Whether a line is the one below the head of a table.
fn is_table_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_signs_make_it_markdown() {
        let markdown = [
            "---\ntitle: a\n---\nText.",
            "# A\n\nSee [b](c).",
            "## A\r\n\r\nIt is **so**.",
            "```\na\n```\n\n| a |\n|--|\n",
            "[a](b \"c\") and **d**",
        ];
        let plain = [
            "# a comment\nx = 1\n",
            "# a\n\n# b\n",
            "> quoted\n> lines\n\n- item\n- item **x**\n",
            "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-a\n+b\n",
            "From: a\nSubject: [list] (b)\n\n> c\n-- \nd",
            "2 ** 3 ** 4 [a] (b)",
            "a[i](x) = 2**3",
            "```\n# a\n\n**b**",
            "| a | b |",
        ];
        for source in markdown {
            assert!(looks_like(source), "{source:?}");
        }
        for source in plain {
            assert!(!looks_like(source), "{source:?}");
        }
    }
}
