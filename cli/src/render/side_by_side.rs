//! What two documents share, side by side, for people.

use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write as _};
use std::ops::Range;

use clap::builder::styling::{AnsiColor, Style};
use refrain::{Document, Occurrence, Passage, Report, text};

use crate::output::stdout::Out;
use crate::render::excerpt::clean;
use crate::render::printable::{columns_of, visible};
use crate::render::summary::{count, percent};
use crate::render::wrap::wrap;

/// What stands between the columns, and in front of the first.
const GAP: &str = " | ";
const INDENT: &str = "  ";
/// Of a longer text only the first lines are shown.
const LINES: usize = 12;
/// How many bytes are looked at to fill them, even if marks pile up on letters.
const REACH: usize = 8192;
/// How many more places in a document are named.
const PLACES: usize = 3;

/// Writes so many passages and a summary. Words that the other side lacks stand out where there are
/// colours.
pub(crate) fn write(
    out: &mut Out,
    report: &Report,
    documents: &[Document<'_>; 2],
    most: usize,
) -> io::Result<()> {
    let columns = (out.width - INDENT.len() - GAP.len()) / 2;
    let [title, differs] = [Style::new().bold(), AnsiColor::Yellow.on_default()]
        .map(|style| if out.colored { style } else { Style::new() });
    for passage in report.passages().iter().take(most) {
        writeln!(out, "{title}{}{title:#}", Title(passage))?;
        let places = [0, 1].map(|document| {
            let places = passage.occurrences.iter().filter(|occurrence| occurrence.document == document);
            places.collect::<Vec<&Occurrence>>()
        });
        let known =
            places.each_ref().map(|places| places.first().map_or_else(HashSet::new, |o| words_of(&o.text)));
        let [left, right] =
            [0, 1].map(|at| column(documents[at].name(), &places[at], columns, &known[1 - at]));
        let empty = Line::default();
        for row in 0..left.len().max(right.len()) {
            let [left, right] = [&left, &right].map(|side| side.get(row).unwrap_or(&empty));
            let padding = " ".repeat(columns.saturating_sub(columns_of(&left.text)));
            let row = format!("{INDENT}{}{padding}{GAP}{}", left.shown(differs), right.shown(differs));
            writeln!(out, "{}", row.trim_end())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", visible(&summary(report, most)))
}

/// A line of one side, and which bytes of it the other side lacks.
#[derive(Debug, Default)]
struct Line {
    text: String,
    lacking: Vec<Range<usize>>,
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { text, lacking: Vec::new() }
    }
}

impl Line {
    fn shown(&self, differs: Style) -> String {
        let (mut shown, mut end) = (String::new(), 0);
        for word in &self.lacking {
            shown +=
                &format!("{}{differs}{}{differs:#}", &self.text[end..word.start], &self.text[word.clone()]);
            end = word.end;
        }
        shown + &self.text[end..]
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

/// One side of a passage: the place and the words of the first occurrence, then where else it stands.
fn column(name: &str, occurrences: &[&Occurrence], columns: usize, known: &HashSet<u64>) -> Vec<Line> {
    let Some((first, others)) = occurrences.split_first() else { return Vec::new() };
    let mut lines = vec![Line::from(place(name, first, columns))];
    lines.extend(words(&first.text, columns, known));
    if !others.is_empty() {
        let mut told = String::from("also at ");
        let places: Vec<String> =
            others.iter().take(PLACES).map(|o| format!("{}:{}", o.line, o.column)).collect();
        told += &places.join(", ");
        if others.len() > PLACES {
            let more = others.len() - PLACES;
            told += &format!(" and at {more} more {}", if more == 1 { "place" } else { "places" });
        }
        lines.extend(wrap(&told, columns, LINES).into_iter().map(|line| told[line].to_owned().into()));
    }
    lines
}

/// "article.txt:11:1"; of a longer one the end.
fn place(name: &str, occurrence: &Occurrence, columns: usize) -> String {
    let place = format!("{}:{}:{}", visible(name), occurrence.line, occurrence.column);
    if columns_of(&place) <= columns {
        return place;
    }
    let mut taken = "...".len();
    let overflows = |c: char| {
        taken += columns_of(c.encode_utf8(&mut [0; 4]));
        taken > columns
    };
    let start = place.rfind(overflows).map_or(0, |at| place.ceil_char_boundary(at + 1));
    format!("...{}", &place[start..])
}

/// The words in lines, or the first lines and how many words were left out.
fn words(text: &str, columns: usize, known: &HashSet<u64>) -> Vec<Line> {
    let near = clean(&text[..text.floor_char_boundary(REACH)]);
    let near = near.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = wrap(&near, columns, LINES + 1);
    let cropped = lines.len() > LINES || text.len() > REACH;
    if cropped {
        lines.truncate(LINES - 1);
    }
    let end = lines.last().map_or(0, |line| line.end);
    let lacking = text::tokens(&near[..end]).into_iter().filter(|token| !known.contains(&token.hash));
    let lacking: Vec<Range<usize>> = lacking.map(|token| token.span.start..token.span.end).collect();
    let line = |line: Range<usize>| {
        // A word that is longer than a line goes on in the next one.
        let inside = |word: &Range<usize>| {
            let (start, end) = (word.start.max(line.start), word.end.min(line.end));
            (start < end).then(|| start - line.start..end - line.start)
        };
        Line { text: near[line.clone()].to_owned(), lacking: lacking.iter().filter_map(inside).collect() }
    };
    let mut shown: Vec<Line> = lines.into_iter().map(line).collect();
    if cropped {
        let more = length(text).saturating_sub(length(&near[..end]));
        let told = format!("... and {}", count(more, "more word"));
        // The narrowest columns are no wider than this, if that.
        shown.extend(wrap(&told, columns, LINES).into_iter().map(|line| told[line].to_owned().into()));
    }
    shown
}

/// The hashes of the words of a text.
fn words_of(text: &str) -> HashSet<u64> {
    let mut hashes = Vec::new();
    text::hash_tokens(text, &mut hashes);
    hashes.into_iter().collect()
}

/// How many tokens a text has.
fn length(text: &str) -> usize {
    let mut hashes = Vec::new();
    text::hash_tokens(text, &mut hashes);
    hashes.len()
}

/// "12 passages shared (10 shown, 2 more with --passages all): 41% of a.txt stands in b.txt, 38% of b.txt in a.txt".
fn summary(report: &Report, most: usize) -> String {
    let [left, right] = report.documents() else { unreachable!("two documents were compared") };
    if report.passages().is_empty() {
        let [l, r] =
            [left, right].map(|document| format!("{} in {}", count(document.tokens, "word"), document.name));
        return format!("nothing shared: {l}, {r}");
    }
    let [l, r] = [left, right].map(|document| percent(document.shared));
    let all = report.passages().len();
    let mut shared = count(all, "passage") + " shared";
    if all > most {
        shared += &format!(" ({most} shown, {} more with --passages all)", all - most);
    }
    format!(
        "{shared}: {l} of {left} stands in {right}, {r} of {right} in {left}",
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
            assert!(lines.iter().all(|line| columns_of(line) <= columns), "{columns}: {lines:?}");
            assert!(lines.join(" ").ends_with(" more words"), "{columns}: {lines:?}");
        }
    }

    #[test]
    fn words_that_the_other_side_lacks_stand_out() {
        let shown = |text: &str, columns: usize, style: Style| {
            let lines = words(text, columns, &words_of("The keeper climbs the stairs."));
            lines.iter().map(|line| line.shown(style)).collect::<Vec<_>>()
        };
        let bold = Style::new().bold();
        assert_eq!(
            shown("The old keeper climbs, stairs", 60, bold),
            ["The \u{1b}[1mold\u{1b}[0m keeper climbs, stairs"]
        );
        assert_eq!(
            shown("the lighthouse", 6, bold),
            ["the", "\u{1b}[1mlighth\u{1b}[0m", "\u{1b}[1mouse\u{1b}[0m"]
        );
        assert_eq!(shown("The old keeper", 60, Style::new()), ["The old keeper"]);
    }
}
