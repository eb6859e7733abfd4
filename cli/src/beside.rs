//! What two documents share, side by side, for people.

use std::fmt;
use std::io::{self, Write as _};

use clap::builder::styling::Style;
use refrain::{Document, Occurrence, Passage, Report, text};

use crate::excerpt::clean;
use crate::output::Out;
use crate::summary::{count, percent};
use crate::visible::{columns_of, visible};
use crate::wrap::wrap;

/// What stands between the columns, and in front of the first.
const GAP: &str = " | ";
const INDENT: &str = "  ";
/// Of a longer text only the first lines are shown.
const LINES: usize = 12;
/// How many bytes are looked at to fill them, even if marks pile up on letters.
const REACH: usize = 8192;
/// How many more places in a document are named.
const PLACES: usize = 3;

/// Writes all passages and a summary.
pub(crate) fn write(out: &mut Out, report: &Report, documents: &[Document<'_>; 2]) -> io::Result<()> {
    let columns = (out.width - INDENT.len() - GAP.len()) / 2;
    let title = if out.colored { Style::new().bold() } else { Style::new() };
    for passage in report.passages() {
        writeln!(out, "{title}{}{title:#}", Title(passage))?;
        let [left, right] = [0, 1].map(|document| {
            let places: Vec<&Occurrence> =
                passage.occurrences.iter().filter(|occurrence| occurrence.document == document).collect();
            column(documents[document].name(), &places, columns)
        });
        for row in 0..left.len().max(right.len()) {
            let [left, right] = [&left, &right].map(|side| side.get(row).map_or("", String::as_str));
            let padding = " ".repeat(columns.saturating_sub(columns_of(left)));
            writeln!(out, "{}", format!("{INDENT}{left}{padding}{GAP}{right}").trim_end())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", visible(&summary(report)))
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
fn column(name: &str, occurrences: &[&Occurrence], columns: usize) -> Vec<String> {
    let Some((first, others)) = occurrences.split_first() else { return Vec::new() };
    let mut lines = vec![place(name, first, columns)];
    lines.extend(words(&first.text, columns));
    if !others.is_empty() {
        let mut told = String::from("also at ");
        let places: Vec<String> =
            others.iter().take(PLACES).map(|o| format!("{}:{}", o.line, o.column)).collect();
        told += &places.join(", ");
        if others.len() > PLACES {
            let more = others.len() - PLACES;
            told += &format!(" and at {more} more {}", if more == 1 { "place" } else { "places" });
        }
        lines.extend(wrap(&told, columns, LINES).into_iter().map(|line| told[line].to_owned()));
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
fn words(text: &str, columns: usize) -> Vec<String> {
    let near = clean(&text[..text.floor_char_boundary(REACH)]);
    let near = near.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = wrap(&near, columns, LINES + 1);
    let cropped = lines.len() > LINES || text.len() > REACH;
    if cropped {
        lines.truncate(LINES - 1);
    }
    let end = lines.last().map_or(0, |line| line.end);
    let mut shown: Vec<String> = lines.into_iter().map(|line| near[line].to_owned()).collect();
    if cropped {
        let more = length(text).saturating_sub(length(&near[..end]));
        let told = format!("... and {}", count(more, "more word"));
        // The narrowest columns are no wider than this, if that.
        shown.extend(wrap(&told, columns, LINES).into_iter().map(|line| told[line].to_owned()));
    }
    shown
}

/// How many tokens a text has.
fn length(text: &str) -> usize {
    let mut hashes = Vec::new();
    text::hash_tokens(text, &mut hashes);
    hashes.len()
}

/// "2 passages shared: 41% of a.txt stands in b.txt, 38% of b.txt in a.txt".
fn summary(report: &Report) -> String {
    let [left, right] = report.documents() else { unreachable!("two documents were compared") };
    if report.passages().is_empty() {
        let [l, r] =
            [left, right].map(|document| format!("{} in {}", count(document.tokens, "word"), document.name));
        return format!("nothing shared: {l}, {r}");
    }
    let [l, r] = [left, right].map(|document| percent(document.shared));
    let shared = count(report.passages().len(), "passage");
    format!(
        "{shared} shared: {l} of {left} stands in {right}, {r} of {right} in {left}",
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
            let lines = words(&text, columns);
            assert!(lines.iter().all(|line| columns_of(line) <= columns), "{columns}: {lines:?}");
            assert!(lines.join(" ").ends_with(" more words"), "{columns}: {lines:?}");
        }
    }
}
