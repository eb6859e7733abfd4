//! A report of `compare`: the shared passages in two columns.

use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use clap::builder::styling::{AnsiColor, Style};
use refrain::{Document, Occurrence, Passage, PassageKind, Report, text};

use super::excerpt::clean;
use super::layout::Layout;
use super::numbers::{count, percent};
use super::printable::{printable, text_width};
use super::sentence_rows;
use super::wrap::wrap;

/// Between the columns.
const SEPARATOR: &str = " | ";
/// Before the left column.
const INDENT: &str = "  ";
/// How many lines of a passage are shown, unless all passages are.
const MAX_LINES: usize = 12;
/// How many bytes of a text are read to fill these lines, even if letters have many combining marks.
const MAX_BYTES: usize = 8192;
/// How many further places in a document are listed.
const MAX_PLACES: usize = 3;

/// Writes at most `max_passages` passages, and a summary. Long passages are cropped unless that is
/// `usize::MAX`. Reworded ones are written sentence by sentence.
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
        let texts = places.each_ref().map(|places| places.first().map_or("", |first| &*first.text));
        let max_lines = if max_passages == usize::MAX { usize::MAX } else { MAX_LINES };
        let mut bodies = bodies(passage.kind, texts, columns, max_lines);
        let [left, right] = [0, 1].map(|side| {
            let body = std::mem::take(&mut bodies[side]);
            column(documents[side].name(), &places[side], columns, body)
        });
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
    /// How many words begin here.
    words: usize,
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { text, unmatched: Vec::new(), words: 0 }
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
fn column(name: &str, occurrences: &[&Occurrence], columns: usize, body: Vec<Line>) -> Vec<Line> {
    let Some((first, others)) = occurrences.split_first() else { return Vec::new() };
    let mut lines = vec![Line::from(place(name, first, columns))];
    lines.extend(body);
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

/// The words of both sides in lines. Of more than `max_lines` the first are kept, with the number of words
/// omitted. Sentences of reworded passages that say the same begin on the same line.
fn bodies(kind: PassageKind, texts: [&str; 2], columns: usize, max_lines: usize) -> [Vec<Line>; 2] {
    let rows = match kind {
        PassageKind::Reworded => sentence_rows::rows(texts[0], texts[1]),
        _ => vec![texts],
    };
    let known = texts.map(word_hashes);
    let mut bodies = [Vec::new(), Vec::new()];
    for row in rows {
        let height = bodies[0].len().max(bodies[1].len());
        if height > max_lines {
            break;
        }
        for side in 0..2 {
            bodies[side].resize_with(height, Line::default);
            bodies[side].extend(lines(row[side], columns, &known[1 - side], max_lines.saturating_add(1)));
        }
    }
    for (body, text) in bodies.iter_mut().zip(texts) {
        if body.len() > max_lines {
            body.truncate(max_lines - 1);
        }
        let shown: usize = body.iter().map(|line| line.words).sum();
        let hidden = token_count(text).saturating_sub(shown);
        if hidden > 0 {
            // In the narrowest columns this takes two lines.
            let rest = format!("... and {}", count(hidden, "more word"));
            body.extend(wrap(&rest, columns, MAX_LINES).into_iter().map(|line| rest[line].to_owned().into()));
        }
    }
    bodies
}

/// A text in at most `max_lines` lines.
fn lines(text: &str, columns: usize, other_side: &HashSet<u64>, max_lines: usize) -> Vec<Line> {
    let read = if max_lines == usize::MAX { text.len() } else { text.floor_char_boundary(MAX_BYTES) };
    let start = clean(&text[..read]);
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    let tokens = text::tokens(&start);
    let mut rest = &tokens[..];
    let line = |line: Range<usize>| {
        let before = rest.partition_point(|token| token.span.end <= line.start);
        rest = &rest[before..];
        // A word longer than a line continues on the next one.
        let here = rest.iter().take_while(|token| token.span.start < line.end);
        let unmatched = here.clone().filter(|token| !other_side.contains(&token.hash)).map(|token| {
            token.span.start.max(line.start) - line.start..token.span.end.min(line.end) - line.start
        });
        Line {
            text: start[line.clone()].to_owned(),
            unmatched: unmatched.collect(),
            words: here.filter(|token| token.span.start >= line.start).count(),
        }
    };
    wrap(&start, columns, max_lines).into_iter().map(line).collect()
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

/// "12 shared passages (10 shown, 2 more with --passages all): 41% of a.txt is in b.txt (53% lies in matched
/// areas), 38% of b.txt is in a.txt (44% lies in matched areas)".
fn summary(report: &Report, max_passages: usize) -> String {
    let [left, right] = report.documents() else { unreachable!("two documents were compared") };
    if report.passages().is_empty() {
        let [l, r] =
            [left, right].map(|document| format!("{} in {}", count(document.tokens, "word"), document.name));
        return format!("nothing shared: {l}, {r}");
    }
    let all = report.passages().len();
    let mut shared = count(all, "shared passage");
    if all > max_passages {
        shared += &format!(" ({max_passages} shown, {} more with --passages all)", all - max_passages);
    }
    let [l, r] = [(left, right), (right, left)].map(|(own, other)| {
        let [matched, area] = [own.shared, own.shared_area].map(percent);
        let beside = if area == matched { String::new() } else { format!(" ({area} lies in matched areas)") };
        format!("{matched} of {} is in {}{beside}", own.name, other.name)
    });
    format!("{shared}: {l}, {r}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_column() {
        let text = "The keeper climbs the stairs. ".repeat(100);
        for columns in [17, 18, 22, 47] {
            let [lines, _] = bodies(PassageKind::Verbatim, [&text, &text], columns, MAX_LINES);
            let lines: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
            assert!(lines.iter().all(|line| text_width(line) <= columns), "{columns}: {lines:?}");
            assert!(lines.join(" ").ends_with(" more words"), "{columns}: {lines:?}");
        }
    }

    #[test]
    fn words_that_the_other_side_does_not_have_are_styled() {
        let styled = |text: &str, columns: usize, style: Style| {
            let lines = lines(text, columns, &word_hashes("The keeper climbs the stairs."), MAX_LINES);
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
