//! A report of `compare`: the shared passages in two columns.

use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use clap::builder::styling::{AnsiColor, Style};
use refrain::{Document, Occurrence, Passage, Report, text};

use super::excerpt::clean;
use super::layout::Layout;
use super::numbers::{count, percent};
use super::printable::{printable, text_width};
use super::wrap::wrap;

/// Between the columns.
const SEPARATOR: &str = " | ";
/// Before the left column.
const INDENT: &str = "  ";
/// How many lines of a passage are shown.
const MAX_LINES: usize = 12;
/// How many bytes of a passage are read to fill these lines, even if letters have many combining marks.
const MAX_BYTES: usize = 8192;
/// How many further places in a document are listed.
const MAX_PLACES: usize = 3;

/// Writes at most `max_passages` passages, and a summary.
///
/// If the output has colours, they mark the words that the other side does not have.
pub(crate) fn write(
    out: &mut impl Write,
    layout: Layout,
    report: &Report,
    documents: &[Document<'_>; 2],
    max_passages: usize,
) -> io::Result<()> {
    let columns = (layout.width - INDENT.len() - SEPARATOR.len()) / 2;
    let [title, unmatched] = [Style::new().bold(), AnsiColor::Yellow.on_default()]
        .map(|style| if layout.colored { style } else { Style::new() });
    for passage in report.passages().iter().take(max_passages) {
        writeln!(out, "{title}{}{title:#}", Title(passage))?;
        let places = [0, 1].map(|document| {
            let places = passage.occurrences.iter().filter(|occurrence| occurrence.document == document);
            places.collect::<Vec<&Occurrence>>()
        });
        let words = places
            .each_ref()
            .map(|places| places.first().map_or_else(HashSet::new, |first| word_hashes(&first.text)));
        let [left, right] =
            [0, 1].map(|side| column(documents[side].name(), &places[side], columns, &words[1 - side]));
        let empty = Line::default();
        for row in 0..left.len().max(right.len()) {
            let [left, right] = [&left, &right].map(|side| side.get(row).unwrap_or(&empty));
            let padding = " ".repeat(columns.saturating_sub(text_width(&left.text)));
            let row =
                format!("{INDENT}{}{padding}{SEPARATOR}{}", left.styled(unmatched), right.styled(unmatched));
            writeln!(out, "{}", row.trim_end())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", printable(&summary(report, max_passages)))
}

/// A line of one column.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// The byte ranges of the words that the other side does not have.
    unmatched: Vec<Range<usize>>,
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { text, unmatched: Vec::new() }
    }
}

impl Line {
    /// The text with the unmatched words in this style.
    fn styled(&self, style: Style) -> String {
        let (mut styled, mut end) = (String::new(), 0);
        for word in &self.unmatched {
            styled += &format!("{}{style}{}{style:#}", &self.text[end..word.start], &self.text[word.clone()]);
            end = word.end;
        }
        styled + &self.text[end..]
    }
}

/// "edited, 12 words".
struct Title<'a>(&'a Passage);

impl fmt::Display for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Passage { kind, tokens, .. } = self.0;
        write!(f, "{kind}, {}", count(*tokens, "word"))
    }
}

/// One side of a passage: the place and the words of its first occurrence, then its other places.
fn column(name: &str, occurrences: &[&Occurrence], columns: usize, other_side: &HashSet<u64>) -> Vec<Line> {
    let Some((first, others)) = occurrences.split_first() else { return Vec::new() };
    let mut lines = vec![Line::from(place(name, first, columns))];
    lines.extend(words(&first.text, columns, other_side));
    if !others.is_empty() {
        let mut line = String::from("also at ");
        let places: Vec<String> =
            others.iter().take(MAX_PLACES).map(|o| format!("{}:{}", o.line, o.column)).collect();
        line += &places.join(", ");
        if others.len() > MAX_PLACES {
            let more = others.len() - MAX_PLACES;
            line += &format!(" and {}", count(more, "more place"));
        }
        lines.extend(wrap(&line, columns, MAX_LINES).into_iter().map(|part| line[part].to_owned().into()));
    }
    lines
}

/// "article.txt:11:1", or the end of it if it is too long.
fn place(name: &str, occurrence: &Occurrence, columns: usize) -> String {
    let place = format!("{}:{}:{}", printable(name), occurrence.line, occurrence.column);
    if text_width(&place) <= columns {
        return place;
    }
    let mut taken = "...".len();
    let overflows = |c: char| {
        taken += text_width(c.encode_utf8(&mut [0; 4]));
        taken > columns
    };
    let start = place.rfind(overflows).map_or(0, |at| place.ceil_char_boundary(at + 1));
    format!("...{}", &place[start..])
}

/// The text in lines, or its first lines and the number of words omitted.
fn words(text: &str, columns: usize, other_side: &HashSet<u64>) -> Vec<Line> {
    let start = clean(&text[..text.floor_char_boundary(MAX_BYTES)]);
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = wrap(&start, columns, MAX_LINES + 1);
    let cropped = lines.len() > MAX_LINES || text.len() > MAX_BYTES;
    if cropped {
        lines.truncate(MAX_LINES - 1);
    }
    let end = lines.last().map_or(0, |line| line.end);
    let unmatched: Vec<Range<usize>> = text::tokens(&start[..end])
        .into_iter()
        .filter(|token| !other_side.contains(&token.hash))
        .map(|token| token.span.start..token.span.end)
        .collect();
    let line = |line: Range<usize>| {
        // A word longer than a line continues on the next one.
        let inside = |word: &Range<usize>| {
            let (start, end) = (word.start.max(line.start), word.end.min(line.end));
            (start < end).then(|| start - line.start..end - line.start)
        };
        Line {
            text: start[line.clone()].to_owned(),
            unmatched: unmatched.iter().filter_map(inside).collect(),
        }
    };
    let mut shown: Vec<Line> = lines.into_iter().map(line).collect();
    if cropped {
        let more = token_count(text).saturating_sub(token_count(&start[..end]));
        let rest = format!("... and {}", count(more, "more word"));
        // In the narrowest columns this takes two lines.
        shown.extend(wrap(&rest, columns, MAX_LINES).into_iter().map(|line| rest[line].to_owned().into()));
    }
    shown
}

/// The hashes of the words of a text.
fn word_hashes(text: &str) -> HashSet<u64> {
    let mut hashes = Vec::new();
    text::hash_tokens(text, &mut hashes);
    hashes.into_iter().collect()
}

/// The number of tokens of a text.
fn token_count(text: &str) -> usize {
    let mut hashes = Vec::new();
    text::hash_tokens(text, &mut hashes);
    hashes.len()
}

/// "12 shared passages (10 shown, 2 more with --passages all): 41% of a.txt is in b.txt, 38% of b.txt is in
/// a.txt".
fn summary(report: &Report, max_passages: usize) -> String {
    let [left, right] = report.documents() else { unreachable!("two documents were compared") };
    if report.passages().is_empty() {
        let [l, r] =
            [left, right].map(|document| format!("{} in {}", count(document.tokens, "word"), document.name));
        return format!("nothing shared: {l}, {r}");
    }
    let [l, r] = [left, right].map(|document| percent(document.shared));
    let all = report.passages().len();
    let mut shared = count(all, "shared passage");
    if all > max_passages {
        shared += &format!(" ({max_passages} shown, {} more with --passages all)", all - max_passages);
    }
    format!(
        "{shared}: {l} of {left} is in {right}, {r} of {right} is in {left}",
        left = left.name,
        right = right.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_column() {
        let text = "The keeper climbs the stairs. ".repeat(100);
        for columns in [17, 18, 22, 47] {
            let lines = words(&text, columns, &HashSet::new());
            let lines: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
            assert!(lines.iter().all(|line| text_width(line) <= columns), "{columns}: {lines:?}");
            assert!(lines.join(" ").ends_with(" more words"), "{columns}: {lines:?}");
        }
    }

    #[test]
    fn words_that_the_other_side_does_not_have_are_styled() {
        let styled = |text: &str, columns: usize, style: Style| {
            let lines = words(text, columns, &word_hashes("The keeper climbs the stairs."));
            lines.iter().map(|line| line.styled(style)).collect::<Vec<_>>()
        };
        let bold = Style::new().bold();
        assert_eq!(
            styled("The old keeper climbs, stairs", 60, bold),
            ["The \u{1b}[1mold\u{1b}[0m keeper climbs, stairs"]
        );
        assert_eq!(
            styled("the lighthouse", 6, bold),
            ["the", "\u{1b}[1mlighth\u{1b}[0m", "\u{1b}[1mouse\u{1b}[0m"]
        );
        assert_eq!(styled("The old keeper", 60, Style::new()), ["The old keeper"]);
    }
}
