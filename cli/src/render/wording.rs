//! A stretch of a text in one line, with what stands around it, cut to a width.

use refrain::Span;

use super::excerpt::clean;
use super::printable::{char_width, text_width};
use super::style::Style;

/// The most bytes that are read of a stretch, and on each side of it.
const MAX_BYTES: usize = 2048;
const AROUND: usize = 400;
/// Replaces what is cut.
const ELLIPSIS: &str = "...";
/// Text around a stretch is shown if at least this many columns are left for it.
const MIN_AROUND: usize = 12;
/// A word at the cut is left out if it takes at most this many columns, and broken otherwise.
const MAX_OMITTED_WORD: usize = 15;

/// A line of pieces, each in one style.
pub(super) type Line = Vec<(Style, String)>;

/// The text of a stretch in one line of at most `columns` columns, without the line ends of the source.
///
/// `marks` are parts of it, in order, in bytes of the stretch. With colours they have a style of their own; without,
/// underscores stand around them. If there are marks, the text around the stretch stands on both sides, as far as there
/// is room.
pub(super) fn wording(text: &str, span: Span, marks: &[Span], columns: usize, colored: bool) -> Line {
    let stretch = span.of(text);
    let near = &stretch[..stretch.floor_char_boundary(MAX_BYTES)];
    let marks = || marks.iter().filter(|mark| mark.end <= near.len());
    // Without colours, a mark takes two columns more.
    let columns = if colored { columns } else { columns.saturating_sub(2 * marks().count()) };
    let mut line: Line = Vec::new();
    let mut at = 0;
    for mark in marks() {
        push(&mut line, Style::Plain, &near[at..mark.start]);
        push(&mut line, Style::Common, mark.of(near));
        at = mark.end;
    }
    push(&mut line, Style::Plain, &near[at..]);
    trim(&mut line);
    let cut = near.len() < stretch.len();
    if cut || width(&line) > columns {
        crop(&mut line, columns, cut);
    } else if at > 0 {
        add_around(&mut line, text, span, columns);
    }
    if !colored {
        let common = line.iter_mut().filter(|(style, _)| *style == Style::Common);
        common.for_each(|(_, text)| *text = format!("_{text}_"));
    }
    line
}

/// Appends text with single spaces, printable.
fn push(line: &mut Line, style: Style, text: &str) {
    let mut piece = String::new();
    // At the beginning of a piece the space of the one before counts.
    let mut after_space = line.last().is_none_or(|(_, text)| text.ends_with(' '));
    for c in clean(text).chars() {
        if c != ' ' || !after_space {
            piece.push(c);
        }
        after_space = c == ' ';
    }
    if !piece.is_empty() {
        line.push((style, piece));
    }
}

fn trim(line: &mut Line) {
    while let Some((_, last)) = line.last_mut() {
        last.truncate(last.trim_end().len());
        if !last.is_empty() {
            break;
        }
        line.pop();
    }
}

pub(super) fn width(line: &Line) -> usize {
    line.iter().map(|(_, text)| text_width(text)).sum()
}

/// Cuts off the end so that the rest fits with an ellipsis.
fn crop(line: &mut Line, columns: usize, cut: bool) {
    let room = columns.saturating_sub(ELLIPSIS.len());
    if !cut || width(line) > room {
        let mut taken = 0;
        let mut kept = Vec::new();
        for (style, text) in line.drain(..) {
            let overflows = |c: char| {
                taken += char_width(c);
                taken > room
            };
            match text.find(overflows) {
                None => kept.push((style, text)),
                Some(end) => {
                    let (head, rest) = text.split_at(end);
                    let broken = rest.starts_with(|c: char| c != ' ');
                    let space = head
                        .rfind(' ')
                        .filter(|&space| broken && text_width(&head[space..]) <= MAX_OMITTED_WORD);
                    // The word may begin with the piece.
                    let omitted = space.or((broken
                        && !kept.is_empty()
                        && text_width(head) <= MAX_OMITTED_WORD
                        && !head.contains(' '))
                    .then_some(0));
                    kept.push((style, head[..omitted.unwrap_or(end)].trim_end().to_owned()));
                    break;
                }
            }
        }
        *line = kept;
    }
    trim(line);
    match line.last_mut() {
        Some((Style::Plain | Style::Dim, last)) => last.push_str(ELLIPSIS),
        _ => line.push((Style::Plain, ELLIPSIS.to_owned())),
    }
}

/// Adds what stands on both sides in the same paragraph, if there is room.
fn add_around(line: &mut Line, text: &str, span: Span, columns: usize) {
    let remaining = columns - width(line);
    if remaining < MIN_AROUND {
        return;
    }
    let before = &text[text.ceil_char_boundary(span.start.saturating_sub(AROUND))..span.start];
    let after = &text[span.end..text.floor_char_boundary((span.end + AROUND).min(text.len()))];
    let before = paragraphs(before).pop().unwrap_or_default();
    let after = paragraphs(after).swap_remove(0);
    let room = (remaining / 2).max(remaining.saturating_sub(text_width(&after)));
    let before = crop_start(&before, room);
    let mut around: Line = vec![(Style::Dim, after)];
    let room = remaining - text_width(&before);
    if width(&around) > room {
        crop(&mut around, room, false);
        around.iter_mut().for_each(|(style, _)| *style = Style::Dim);
    }
    line.insert(0, (Style::Dim, before));
    line.append(&mut around);
    line.retain(|(_, text)| !text.is_empty());
    trim(line);
}

/// The parts between blank lines, each in one line, with a space where there was white space at an end.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for (index, part) in text.split_inclusive('\n').enumerate() {
        if index > 0 && part.trim().is_empty() {
            paragraphs.push(String::new());
            continue;
        }
        let mut line: Line =
            vec![(Style::Plain, std::mem::take(paragraphs.last_mut().expect("there is one")))];
        line.retain(|(_, text)| !text.is_empty());
        let starts_with_space = line.is_empty() && part.starts_with([' ', '\n', '\r']);
        push(&mut line, Style::Plain, part);
        let joined: String = line.into_iter().map(|(_, text)| text).collect();
        let last = paragraphs.last_mut().expect("there is one");
        *last = if starts_with_space { format!(" {joined}") } else { joined };
    }
    paragraphs
}

/// Cuts off the start so that the rest fits.
fn crop_start(text: &str, columns: usize) -> String {
    let text = text.trim_start();
    if text_width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(ELLIPSIS.len()) else { return String::new() };
    let mut taken = 0;
    let overflows = |c: char| {
        taken += char_width(c);
        taken > room
    };
    let start = text.rfind(overflows).map_or(0, |at| text.ceil_char_boundary(at + 1));
    let (rest, kept) = text.split_at(start);
    // Combining marks without their letter would combine with the dots.
    let kept = kept.trim_start_matches(|c| char_width(c) == 0);
    let broken = rest.ends_with(|c: char| c != ' ');
    let space = kept.find(' ').filter(|&space| broken && space < MAX_OMITTED_WORD);
    ELLIPSIS.to_owned() + kept[space.unwrap_or(0)..].trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, part: &str, marks: &[&str], columns: usize, colored: bool) -> String {
        let start = text.find(part).unwrap();
        let marks: Vec<Span> = marks
            .iter()
            .map(|mark| part.find(mark).map(|at| Span::new(at, at + mark.len())).unwrap())
            .collect();
        let line = wording(text, Span::new(start, start + part.len()), &marks, columns, colored);
        assert!(width(&line) <= columns, "{line:?}");
        line.iter()
            .map(|(style, text)| match style {
                Style::Common if colored => format!("<{text}>"),
                Style::Dim => format!("({text})"),
                _ => text.clone(),
            })
            .collect()
    }

    const TEXT: &str =
        "It was late.\n\nThe ferry leaves\nthe old harbour at nine,\nand nobody waves.\n\nThe end.";

    #[test]
    fn lines_of_the_source_are_joined() {
        assert_eq!(
            shown(
                TEXT,
                "The ferry leaves\nthe old harbour at nine,\nand nobody waves.",
                &["old harbour"],
                80,
                false
            ),
            "The ferry leaves the _old harbour_ at nine, and nobody waves."
        );
        assert_eq!(shown("a\r\n  b\tc", "a\r\n  b\tc", &[], 80, false), "a b c");
    }

    #[test]
    fn the_text_around_stays_in_the_paragraph() {
        let part = "leaves\nthe old harbour at nine";
        assert_eq!(
            shown(TEXT, part, &["old"], 80, true),
            "(The ferry )leaves the <old> harbour at nine(, and nobody waves.)"
        );
        assert_eq!(shown(TEXT, part, &["old"], 44, true), "(...)leaves the <old> harbour at nine(, and...)");
        assert_eq!(
            shown(TEXT, part, &["old"], 80, false),
            "(The ferry )leaves the _old_ harbour at nine(, and nobody waves.)"
        );
        assert_eq!(shown(TEXT, part, &[], 80, true), "leaves the old harbour at nine");
        assert_eq!(shown(TEXT, "The end.", &["end"], 80, true), "The <end>.");
    }

    #[test]
    fn the_end_is_cut_at_a_word() {
        assert_eq!(shown(TEXT, "ferry leaves\nthe old harbour", &[], 20, false), "ferry leaves the...");
        assert_eq!(shown(TEXT, "ferry leaves\nthe old harbour", &["leaves"], 12, false), "ferry...");
        let wide = "渡船从码头出发";
        assert_eq!(shown(wide, wide, &[], 10, false), "渡船从...");
        assert_eq!(shown(wide, wide, &[], 14, false), wide);
        let long = "x".repeat(3000);
        assert_eq!(shown(&long, &long, &[], 10, false), "xxxxxxx...");
    }

    #[test]
    fn nothing_controls_the_terminal() {
        assert_eq!(
            shown("a\u{1b}[31mb\u{202e}c", "a\u{1b}[31mb\u{202e}c", &[], 80, true),
            "a␛[31mb\u{fffd}c"
        );
    }
}
