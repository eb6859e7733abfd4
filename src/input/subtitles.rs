//! Subtitles: SubRip and WebVTT.
//!
//! A cue is a line with two times and an arrow, with a number or a name before it, and the lines up to the next
//! blank line. Its text is a paragraph; tags in it, such as `<i>` and `{\an8}`, are not read.

use super::block::Role;
use super::builder::DocumentBuilder;
use super::read_options::ReadOptions;
use crate::util::span::Span;

/// Whether the beginning of a source is that of subtitles.
pub(super) fn looks_like(beginning: &str) -> bool {
    let mut words = beginning.split_whitespace();
    let mut all = beginning.lines().map(str::trim).filter(|line| !line.is_empty());
    words.next() == Some("WEBVTT") || all.by_ref().take(2).any(is_time_line)
}

/// Whether a line says from when to when a cue is shown.
fn is_time_line(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(from, to)| {
        // WebVTT has settings behind the second time.
        is_time(from.trim()) && to.split_whitespace().next().is_some_and(is_time)
    })
}

/// Whether a text is a time, such as `00:01:02,500` or `01:02.500`.
fn is_time(text: &str) -> bool {
    text.len() >= "0:00".len()
        && text.contains(':')
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b":,.".contains(&byte))
}

/// Passes the cues of a source to `builder`.
pub(super) fn read(source: &str, builder: &mut DocumentBuilder<'_>, _: &ReadOptions) {
    let all: Vec<Span> = raw_lines(source);
    let mut at = 0;
    while at < all.len() {
        let here = at;
        at += 1;
        if !is_time_line(all[here].of(source)) {
            continue;
        }
        builder.start(Role::Body);
        let mut first = true;
        while let Some(&line) = all.get(at).filter(|line| !line.of(source).trim().is_empty()) {
            // Some files lack the blank line between cues.
            if is_time_line(line.of(source)) || starts_cue(source, &all, at) {
                break;
            }
            if !first {
                builder.replace(Span::new(line.start, line.start), "\n");
            }
            first = false;
            copy_without_tags(builder, source, line);
            at += 1;
        }
        builder.end();
    }
}

/// Whether a line is the number of a cue that follows without a blank line.
fn starts_cue(source: &str, all: &[Span], at: usize) -> bool {
    let is_number = all[at].of(source).trim().bytes().all(|byte| byte.is_ascii_digit());
    is_number && all.get(at + 1).is_some_and(|line| is_time_line(line.of(source)))
}

/// All lines of a source without their ends.
fn raw_lines(source: &str) -> Vec<Span> {
    let mut at = 0;
    let lines = source.split_inclusive(['\n', '\r']).map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    // CRLF ends one line.
    let mut spans: Vec<Span> = Vec::new();
    let mut after_return = false;
    for (start, line) in lines {
        if !(after_return && line == "\n") {
            spans.push(Span::new(start, start + line.trim_end_matches(['\n', '\r']).len()));
        }
        after_return = line.ends_with('\r');
    }
    spans
}

/// Copies a line but for the tags in it.
fn copy_without_tags(builder: &mut DocumentBuilder<'_>, source: &str, line: Span) {
    /// No tag of subtitles is longer.
    const TAG: usize = 100;
    let text = line.of(source);
    let mut at = 0;
    let mut search = 0;
    while let Some(found) = text[search..].find(['<', '{']) {
        let open = search + found;
        let rest = &text[open..text.floor_char_boundary((open + TAG).min(text.len()))];
        let inner = rest[1..].chars().next();
        let is_tag = match &rest[..1] {
            "<" => inner.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/'),
            _ => inner == Some('\\'),
        };
        let close = rest.find(if rest.starts_with('<') { '>' } else { '}' }).filter(|_| is_tag);
        search = open + close.map_or(1, |close| close + 1);
        if close.is_some() {
            builder.copy(Span::new(at, open).shifted(line.start));
            at = search;
        }
    }
    builder.copy(Span::new(at, text.len()).shifted(line.start));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Document, InputKind};

    fn cues(source: &str) -> Vec<String> {
        let document: Document<'_> = InputKind::Subtitles.read("", source, &ReadOptions::default());
        let blocks = document.blocks().unwrap();
        blocks.iter().map(|block| block.span.of(document.text()).to_owned()).collect()
    }

    #[test]
    fn the_text_of_each_cue_is_a_paragraph() {
        let table: &[(&str, &[&str])] = &[
            (
                "1\r\n00:00:01,000 --> 00:00:02,000\r\nSo we\r\nwait.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nYes.",
                &["So we\nwait.", "Yes."],
            ),
            (
                "WEBVTT - a talk\n\nNOTE not read\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ann>So <i>it</i> is.\n",
                &["So it is."],
            ),
            (
                "00:01.000 --> 00:02.000\n{\\an8}One <3 two\n2\n00:02.000 --> 00:03.000\n1984\n",
                &["One <3 two", "1984"],
            ),
            ("00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000", &[]),
            ("no cue", &[]),
        ];
        for (source, expected) in table {
            assert_eq!(&cues(source), expected, "{source}");
        }
    }

    #[test]
    fn spans_are_those_of_the_source() {
        let source = "00:01.000 --> 00:02.000\n<b>im</b>portant\nthing\n";
        let document = InputKind::Subtitles.read("", source, &ReadOptions::default());
        assert_eq!(document.text(), "important\nthing");
        assert_eq!(document.to_source(Span::new(0, 9)).of(source), "im</b>portant");
        assert_eq!(document.to_source(Span::new(0, 15)).of(source), "im</b>portant\nthing");
    }

    #[test]
    fn subtitles_are_known_by_their_beginning() {
        for source in ["WEBVTT\n", "1\n00:00:01,000 --> 00:00:02,000", "00:01.0 --> 00:02.0\nx"] {
            assert_eq!(InputKind::guess(source), InputKind::Subtitles, "{source}");
        }
        assert_eq!(InputKind::guess("a --> b"), InputKind::Plain);
    }
}
