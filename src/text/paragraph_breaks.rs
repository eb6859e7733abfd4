//! Where plain text has its paragraphs: at blank lines, at every line, or as it looks.

use std::fmt;
use std::str::FromStr;

use super::paragraph::{lines, paragraphs};
use super::unicode::{CharClass, char_traits};
use crate::util::error::Error;
use crate::util::span::Span;

/// What separates the paragraphs of plain text. Written and read in lower case.
///
/// ```
/// use refrain::ParagraphBreaks;
///
/// let text = "The mill stands still. The river does not.\nIn May the wheel turned again.";
/// assert_eq!(ParagraphBreaks::Auto.paragraphs(text).len(), 2);
/// assert_eq!(ParagraphBreaks::Blank.paragraphs(text).len(), 1);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum ParagraphBreaks {
    /// Blank lines. Each line, if no blank line is inside the text and its lines are not hard-wrapped: at least
    /// two thirds of them end a sentence, or at least half of the text is in lines of more than 120 columns.
    ///
    /// In addition, where two or more lines of a paragraph begin in the same way, with a bullet, with a number and a
    /// full stop or bracket, with a time stamp in brackets, or with a speaker (up to four words, the first
    /// capitalised, and a colon), each of them begins a paragraph.
    #[default]
    Auto,
    /// Blank lines only, as in [`text::paragraphs`](crate::text::paragraphs()).
    Blank,
    /// The end of every line.
    Line,
}

/// A line of more columns is not hard-wrapped. A character of a script without spaces has two.
const LONG_LINE: usize = 120;

impl ParagraphBreaks {
    /// What separates the paragraphs of `text`: [`Blank`](Self::Blank) or [`Line`](Self::Line).
    #[must_use]
    pub fn resolve(self, text: &str) -> Self {
        match self {
            Self::Auto if is_one_paragraph_a_line(text) => Self::Line,
            Self::Auto => Self::Blank,
            other => other,
        }
    }

    /// The spans of the paragraphs of `text`, in order. None is empty or begins or ends with white space.
    #[must_use]
    pub fn paragraphs(self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        self.each(text, |span| spans.push(span));
        spans
    }

    /// Passes the span of each paragraph to `sink`.
    pub(crate) fn each(self, text: &str, mut sink: impl FnMut(Span)) {
        let by_line = self.resolve(text) == Self::Line;
        for paragraph in paragraphs(text) {
            if by_line {
                lines(text, paragraph).for_each(&mut sink);
            } else if self == Self::Auto {
                items(text, paragraph, &mut sink);
            } else {
                sink(paragraph);
            }
        }
    }
}

impl fmt::Display for ParagraphBreaks {
    /// `auto`, `blank` or `line`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Blank => "blank",
            Self::Line => "line",
        })
    }
}

impl FromStr for ParagraphBreaks {
    type Err = Error;

    /// Reads `auto`, `blank` or `line`.
    ///
    /// # Errors
    ///
    /// If the text is none of them.
    fn from_str(text: &str) -> Result<Self, Error> {
        let found =
            [Self::Auto, Self::Blank, Self::Line].into_iter().find(|breaks| breaks.to_string() == text);
        found.ok_or_else(|| Error::out_of_range("paragraphs", text, "auto, blank or line"))
    }
}

/// Whether each line of a text is a paragraph.
fn is_one_paragraph_a_line(text: &str) -> bool {
    let mut all = paragraphs(text);
    let (Some(only), None) = (all.next(), all.next()) else { return false };
    if has_one_line(text, only) {
        return false;
    }
    let (mut count, mut sentences, mut long) = (0_usize, 0_usize, 0_usize);
    for line in lines(text, only) {
        count += 1;
        let line_text = line.of(text);
        sentences += usize::from(ends_with_sentence(line_text));
        long += if is_long(line_text) { line.len() } else { 0 };
    }
    3 * sentences >= 2 * count || 2 * long >= only.len()
}

/// Most paragraphs have one line, so this is asked first.
fn has_one_line(text: &str, paragraph: Span) -> bool {
    lines(text, paragraph).nth(1).is_none()
}

/// Whether the last mark of a line ends a sentence.
fn ends_with_sentence(line: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '」' | '』' | '）' | '“');
    let end = line.trim_end_matches(closing).chars().next_back();
    end.is_some_and(|c| {
        matches!(
            c,
            '.' | '!'
                | '?'
                | '…'
                | '‼'
                | '⁇'
                | '。'
                | '！'
                | '？'
                | '｡'
                | '।'
                | '॥'
                | '။'
                | '۔'
                | '։'
                | '።'
                | '؟'
        )
    })
}

fn is_long(line: &str) -> bool {
    // A character has at most two columns, and takes two bytes at least if it has.
    if line.len() <= LONG_LINE {
        return false;
    }
    let columns = |c: char| if c.is_ascii() || char_traits(c).class() != CharClass::Unspaced { 1 } else { 2 };
    line.chars()
        .map(columns)
        .scan(0, |sum, columns| {
            *sum += columns;
            Some(*sum)
        })
        .any(|sum| sum > LONG_LINE)
}

/// How a line begins that is a paragraph of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Bullet(char),
    Number,
    Time,
    Speaker,
}

/// Passes a paragraph to `sink`, cut before each line that begins as another line of it does.
fn items(text: &str, paragraph: Span, sink: &mut impl FnMut(Span)) {
    if has_one_line(text, paragraph) {
        return sink(paragraph);
    }
    let mut starts: Vec<(Span, Start)> = Vec::new();
    for line in lines(text, paragraph) {
        if let Some(start) = Start::of(line.of(text)) {
            starts.push((line, start));
        }
    }
    let same = |start: Start| starts.iter().filter(|&&(_, other)| other == start).take(2).count() > 1;
    let kinds: Vec<Start> = {
        let mut kinds: Vec<Start> = Vec::new();
        for &(_, start) in &starts {
            // Lists have few kinds of bullets.
            if !kinds.contains(&start) && kinds.len() < 8 {
                kinds.push(start);
            }
        }
        kinds.into_iter().filter(|&start| same(start)).collect()
    };
    if kinds.is_empty() {
        return sink(paragraph);
    }
    let mut begin = paragraph.start;
    let cuts = starts.iter().filter(|(_, start)| kinds.contains(start)).map(|(line, _)| line.start);
    for cut in cuts.filter(|&cut| cut > paragraph.start).chain([paragraph.end]) {
        sink(Span::new(begin, begin + text[begin..cut].trim_end().len()));
        begin = cut;
    }
}

impl Start {
    fn of(line: &str) -> Option<Self> {
        let first = line.chars().next()?;
        let rest = &line[first.len_utf8()..];
        let spaced = |rest: &str| rest.starts_with(|c: char| c.is_whitespace());
        match first {
            '-' | '*' | '+' | '•' | '‣' | '◦' | '▪' | '●' | '·' | '–' | '—' | '→' if spaced(rest) =>
            {
                return Some(Self::Bullet(first));
            }
            '[' | '(' => {
                let inner = rest.split([']', ')']).next()?;
                let is_time =
                    inner.contains(':') && inner.chars().all(|c| c.is_ascii_digit() || ":.,".contains(c));
                return (is_time && inner.len() >= "0:00".len() && inner.len() < rest.len())
                    .then_some(Self::Time);
            }
            _ => {}
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let is_number =
                digits <= 3 && line[digits..].starts_with(['.', ')']) && spaced(&line[digits + 1..]);
            return is_number.then_some(Self::Number);
        }
        Self::is_speaker(line, first).then_some(Self::Speaker)
    }

    /// Whether a line begins with a name and a colon.
    fn is_speaker(line: &str, first: char) -> bool {
        /// The most characters of a name.
        const NAME: usize = 40;
        let near = &line[..line.floor_char_boundary(4 * NAME)];
        let Some(end) = near.find([':', '：']) else { return false };
        let name = &near[..end];
        let behind = near[end..].trim_start_matches([':', '：']);
        first.is_alphabetic()
            && !first.is_lowercase()
            && name.chars().count() <= NAME
            && name.split_whitespace().count() <= 4
            && name.chars().all(|c| c.is_alphanumeric() || " .’'-".contains(c))
            && (near[end..].starts_with('：') || behind.starts_with(char::is_whitespace))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(breaks: ParagraphBreaks, text: &str) -> Vec<&str> {
        breaks.paragraphs(text).into_iter().map(|span| span.of(text)).collect()
    }

    fn auto(text: &str) -> Vec<&str> {
        cut(ParagraphBreaks::Auto, text)
    }

    #[test]
    fn lines_are_paragraphs_unless_they_are_hard_wrapped() {
        let by_line = ["It rains.\nIt pours.", "A title\nIt rains.\nIt “pours.”", "下雨了。\n天黑了。"];
        for text in by_line {
            assert_eq!(auto(text).len(), text.lines().count(), "{text}");
            assert_eq!(ParagraphBreaks::Auto.resolve(text), ParagraphBreaks::Line);
        }
        let long = format!("{}\n{}", "no mark at its end ".repeat(8), "and so on ".repeat(13));
        assert_eq!(auto(&long).len(), 2);
        let hard_wrapped = [
            "It has rained for days, and\nthe road is under water.",
            "one\nword\na\nline.",
            "It rains.\nIt pours.\n\nAnd then the sun comes out.\nIt shines.",
            "в этот день шёл дождь и шёл он долго, так что улицы стояли под водой и\nлюди шли по ним босиком",
        ];
        for text in hard_wrapped {
            assert_eq!(auto(text), cut(ParagraphBreaks::Blank, text));
            assert_eq!(ParagraphBreaks::Auto.resolve(text), ParagraphBreaks::Blank);
        }
        assert_eq!(cut(ParagraphBreaks::Line, "one\r\n  two \n\n three"), ["one", "two", "three"]);
        assert_eq!(auto(""), [""; 0]);
        assert_eq!(auto(" \n"), [""; 0]);
    }

    #[test]
    fn items_of_lists_and_turns_of_dialogues_are_paragraphs() {
        let table: &[(&str, &[&str])] = &[
            ("Bring:\n- a rope\n- a lamp\n  with oil\n", &["Bring:", "- a rope", "- a lamp\n  with oil"]),
            ("1. Stop\n2) Look\naround.", &["1. Stop", "2) Look\naround."]),
            ("[00:12] so\n[00:14] so", &["[00:12] so", "[00:14] so"]),
            ("Ann: No, I\nsaid\nDr. Bo: Yes", &["Ann: No, I\nsaid", "Dr. Bo: Yes"]),
            ("甲：来。\n乙：不来", &["甲：来。", "乙：不来"]),
            // A single line of a kind may begin so by chance.
            (
                "It was the year\n1984. It rained\nNote: a lot",
                &["It was the year\n1984. It rained\nNote: a lot"],
            ),
            ("a\n- b\n+ c d", &["a\n- b\n+ c d"]),
            ("see http://a\nHttp://b c", &["see http://a\nHttp://b c"]),
            ("(1) a\n(2) b", &["(1) a\n(2) b"]),
        ];
        for (text, expected) in table {
            assert_eq!(&auto(text), expected, "{text}");
        }
        assert_eq!(cut(ParagraphBreaks::Blank, "- a\n- b"), ["- a\n- b"]);
    }
}
