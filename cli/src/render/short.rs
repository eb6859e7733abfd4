//! Findings in a few lines: what was found and where, then its wordings one under the other.

use std::cmp::Reverse;
use std::io::{self, Write};

use refrain::{Document, Finding, Level, Place, Report, Rule, Span, Stretch};

use super::common_words::common_words;
use super::groups::Group;
use super::layout::Layout;
use super::numbers::count;
use super::printable::{printable, text_width};
use super::style::Style;
use super::word_differences::{new_words, word_differences};
use super::wording::{Line, wording};
use super::wrap::wrap;

/// How many wordings of a theme are shown, and of other things.
const MAX_WORDINGS: usize = 7;
const MAX_ROWS: usize = 5;
/// How many places are named in one line.
const MAX_PLACES: usize = 10;
/// How wide the name of another document may be in front of a line.
const MAX_NAME: usize = 24;
/// How wide several line numbers may be in front of a line.
const MAX_NUMBERS: usize = 12;
/// How many lines a heading may take.
const MAX_HEADING: usize = 4;

/// A line below a heading: what stands in front of it, and what it shows.
struct Row<'a> {
    label: String,
    content: Content<'a>,
}

enum Content<'a> {
    /// The text of a place, with marks in bytes of it.
    Place(At<'a>, Vec<Span>),
    Words(String),
}

/// Writes a group: a heading, and its rows.
pub(super) fn write_group(
    out: &mut impl Write,
    layout: Layout,
    report: &Report,
    documents: &[Document<'_>],
    group: &Group<'_>,
) -> io::Result<()> {
    let [finding, others @ ..] = &group.findings[..] else { return Ok(()) };
    write_heading(out, layout, group, finding)?;
    let page = Page { layout, report, documents };
    let rows = match (finding.rule, others) {
        _ if finding.paragraph.is_none() => page.document_rows(finding),
        (Rule::Repetitive, _) if !finding.stretches.is_empty() => page.stretch_rows(finding),
        (Rule::ExactDuplicate, [_, ..]) => page.copies(group),
        (Rule::NearDuplicate | Rule::DiffersInNumbers, [_, ..]) => page.near_copies(group),
        (Rule::Contained, _) => page.contained_rows(finding),
        _ => page.place_rows(finding),
    };
    for (gutter, line) in page.lay_out(rows, finding.document) {
        write!(out, "{} ", Style::Gutter.paint(&gutter, layout.colored))?;
        for (style, text) in line {
            write!(out, "{}", style.paint(&text, layout.colored))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// `warning[repetitive] a.txt:11: 52% of this paragraph was said before`.
fn write_heading(
    out: &mut impl Write,
    layout: Layout,
    group: &Group<'_>,
    finding: &Finding,
) -> io::Result<()> {
    let Finding { rule, level, name, line, .. } = finding;
    let style = if *level == Level::Warning { Style::Warning } else { Style::Note };
    let what = format!("{level}[{rule}]");
    let at = printable(&format!("{name}:{line}:")).into_owned();
    let text = format!("{what} {at} {}", printable(&message(group, finding)));
    let width = if text_width(&text) > layout.width { layout.width - 2 } else { layout.width };
    for (index, range) in wrap(&text, width, MAX_HEADING).into_iter().enumerate() {
        let line = &text[range];
        match line.strip_prefix(&*what).and_then(|rest| rest.strip_prefix(&*format!(" {at}"))) {
            Some(rest) if index == 0 => {
                let [what, at] = [(style, &what), (Style::Bold, &at)]
                    .map(|(style, text)| style.paint(text, layout.colored));
                writeln!(out, "{what} {at}{rest}")?;
            }
            _ => writeln!(out, "{}{line}", if index == 0 { "" } else { "  " })?,
        }
    }
    Ok(())
}

fn message(group: &Group<'_>, finding: &Finding) -> String {
    let Finding { rule, message, .. } = finding;
    let copies = group.findings.len();
    let what = match (rule, copies, group.first()) {
        // The wordings stand below.
        (Rule::SaidAgain, ..) => return message.split(": “").next().unwrap_or_default().to_owned(),
        (_, ..=1, _) | (_, _, None) => return message.clone(),
        (Rule::ExactDuplicate, _, Some(first)) => (first, "copies of"),
        (Rule::NearDuplicate, _, Some(first)) => (first, "near-duplicates of"),
        (_, _, Some(first)) => (first, "paragraphs that differ in numbers only from"),
    };
    let (first, what) = what;
    let place = match first.document == finding.document {
        true => format!("line {}", first.line),
        false => format!("{}:{}", first.name, first.line),
    };
    format!("{copies} {what} the paragraph at {place}")
}

/// A place of a finding.
#[derive(Clone, Copy)]
struct At<'a> {
    document: usize,
    line: usize,
    name: &'a str,
    span: Span,
}

impl<'a> At<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self { document: finding.document, line: finding.line, name: &finding.name, span: finding.span }
    }

    fn place(place: &'a Place) -> Self {
        Self { document: place.document, line: place.line, name: &place.name, span: place.span }
    }

    /// "3", or "a.txt:3" in another document than `document`.
    fn name(self, document: usize) -> String {
        if self.document == document {
            self.line.to_string()
        } else {
            format!("{}:{}", self.short_name(), self.line)
        }
    }

    /// The name of its document, or the end of it.
    fn short_name(self) -> String {
        let name = printable(self.name);
        let mut start = 0;
        while text_width(&name[start..]) > MAX_NAME {
            start = name.ceil_char_boundary(start + 1);
        }
        format!("{}{}", if start > 0 { "..." } else { "" }, &name[start..])
    }
}

/// What rows need.
struct Page<'a> {
    layout: Layout,
    report: &'a Report,
    documents: &'a [Document<'a>],
}

impl Page<'_> {
    /// The lines of rows, and what stands in front of each. Rows that show the same become one: long paragraphs may
    /// begin with the same words.
    fn lay_out(&self, mut rows: Vec<Row<'_>>, document: usize) -> Vec<(String, Line)> {
        let widest =
            |rows: &[Row<'_>]| rows.iter().map(|row| text_width(&row.label)).max().unwrap_or(0).max(4);
        loop {
            let width = widest(&rows);
            let lines: Vec<Line> = rows.iter().map(|row| self.line(row, width, document)).collect();
            let mut merged: Vec<(Row<'_>, Line)> = Vec::new();
            for (row, line) in rows.into_iter().zip(lines) {
                match merged.last_mut() {
                    Some((last, other)) if *other == line && last.label != "=" && row.label != "=" => {
                        if !last.label.split(", ").any(|label| label == row.label) {
                            last.label += &format!(", {}", row.label);
                        }
                    }
                    _ => merged.push((row, line)),
                }
            }
            let lines: Vec<Line>;
            (rows, lines) = merged.into_iter().unzip();
            if widest(&rows) <= width {
                let gutter = |row: Row<'_>| format!("{:>width$} |", row.label);
                return rows.into_iter().map(gutter).zip(lines).collect();
            }
        }
    }

    fn line(&self, row: &Row<'_>, width: usize, document: usize) -> Line {
        let columns = self.layout.width.saturating_sub(width + " | ".len()).max(20);
        let (at, marks) = match &row.content {
            Content::Place(at, marks) => (*at, marks),
            Content::Words(words) => return vec![(Style::Plain, printable(words).into_owned())],
        };
        let name = (at.document != document).then(|| format!("{}: ", at.short_name()));
        let columns = columns - name.as_deref().map_or(0, text_width).min(columns - 10);
        let read = &self.documents[at.document];
        let mut line = wording(read.text(), read.to_text(at.span), marks, columns, self.layout.colored);
        if let Some(name) = name {
            line.insert(0, (Style::Gutter, name));
        }
        line
    }

    fn row<'a>(at: At<'a>) -> Row<'a> {
        Row { label: at.line.to_string(), content: Content::Place(at, Vec::new()) }
    }

    /// A line about the others.
    fn remark(text: String) -> Row<'static> {
        Row { label: "=".to_owned(), content: Content::Words(text) }
    }

    fn columns(&self) -> usize {
        self.layout.width - "   = | differs: ".len()
    }

    /// A document that repeats itself: where that begins.
    fn document_rows<'a>(&self, finding: &'a Finding) -> Vec<Row<'a>> {
        finding.related.first().map(|place| Self::row(At::place(place))).into_iter().collect()
    }

    /// The longest stretches of a paragraph, in its order, with the line where each was said, and what is new.
    fn stretch_rows<'a>(&self, finding: &'a Finding) -> Vec<Row<'a>> {
        let mut longest = longest(&finding.stretches);
        longest.sort_by_key(|stretch| stretch.span.start);
        let row = |stretch: &&Stretch| {
            // The words of the stretch, which may be more of a sentence than those of its source.
            let source = At::place(&stretch.source);
            let at = At { span: stretch.span, ..At::of(finding) };
            Row { label: source.name(finding.document), content: Content::Place(at, Vec::new()) }
        };
        let mut rows: Vec<Row<'_>> = longest.iter().map(row).collect();
        match finding.stretches.len() - longest.len() {
            0 => {}
            more => {
                rows.push(Self::remark(format!(
                    "{} of words that were said before",
                    count(more, "more run")
                )));
            }
        }
        if let Some(words) = new_words(self.documents, finding, self.columns()) {
            rows.push(Self::remark(format!("new here: {words}")));
        }
        rows
    }

    /// Copies of one paragraph: its text, and where they stand.
    fn copies<'a>(&self, group: &Group<'a>) -> Vec<Row<'a>> {
        let (findings, Some(first)) = (&group.findings, group.first()) else { return Vec::new() };
        let document = findings[0].document;
        let copies: Vec<At<'_>> = findings.iter().map(|finding| At::of(finding)).collect();
        vec![Self::row(At::place(first)), Self::remark(format!("copies at {}", places(&copies, document)))]
    }

    /// Edited copies of one paragraph: its text, and how each differs.
    fn near_copies<'a>(&self, group: &Group<'a>) -> Vec<Row<'a>> {
        let Some(first) = group.first() else { return Vec::new() };
        let mut findings = group.findings.clone();
        findings.sort_by_key(|finding| finding.paragraph);
        let document = findings[0].document;
        let mut rows = vec![Self::row(At::place(first))];
        for finding in findings.iter().take(MAX_ROWS) {
            let at = At::of(finding);
            let than = finding.related.first().filter(|place| place.paragraph != first.paragraph);
            let than =
                than.map_or(String::new(), |place| format!("from {}: ", At::place(place).name(document)));
            let columns = self.columns().saturating_sub(than.len());
            let words = word_differences(self.report, self.documents, finding, columns);
            rows.push(match words {
                Some(words) => Row { label: at.line.to_string(), content: Content::Words(than + &words) },
                None => Self::row(at),
            });
        }
        if let [_, ..] = &findings[MAX_ROWS.min(findings.len())..] {
            let rest: Vec<At<'_>> = findings[MAX_ROWS..].iter().map(|finding| At::of(finding)).collect();
            rows.push(Self::remark(format!("others at {}", places(&rest, document))));
        }
        rows
    }

    /// A paragraph, and the part of another that says it.
    fn contained_rows<'a>(&self, finding: &'a Finding) -> Vec<Row<'a>> {
        let mut rows = vec![Self::row(At::of(finding))];
        let Some(first) = finding.related.first() else { return rows };
        let sources = finding.stretches.iter().map(|stretch| &stretch.source);
        let sources: Vec<&Place> = sources.filter(|source| source.document == first.document).collect();
        let at = match sources.iter().min_by_key(|source| source.span.start) {
            Some(earliest) => {
                let end = sources.iter().map(|source| source.span.end).max().unwrap_or(earliest.span.end);
                At { span: Span::new(earliest.span.start, end), ..At::place(earliest) }
            }
            None => At::place(first),
        };
        rows.push(Self::row(at));
        if let [_, others @ ..] = &finding.related[..]
            && !others.is_empty()
        {
            let others: Vec<At<'_>> = others.iter().map(At::place).collect();
            rows.push(Self::remark(format!(
                "also in the paragraphs at {}",
                places(&others, finding.document)
            )));
        }
        rows
    }

    /// All places of a finding, in their order, equal wordings in one row, with the words that they have in common.
    fn place_rows<'a>(&self, finding: &'a Finding) -> Vec<Row<'a>> {
        let document = finding.document;
        let max = if finding.rule == Rule::SaidAgain { MAX_WORDINGS } else { MAX_ROWS };
        let mut all: Vec<At<'_>> =
            std::iter::once(At::of(finding)).chain(finding.related.iter().map(At::place)).collect();
        all.sort_by_key(|at| (at.document != document, at.document, at.span.start));
        // Places by their words. A report may name a million places, of which the first are compared.
        let mut wordings: Vec<(String, Vec<At<'_>>)> = Vec::new();
        for at in all {
            let words = if finding.rule == Rule::Boilerplate { String::new() } else { self.words(at) };
            match wordings.iter().position(|(known, _)| *known == words) {
                Some(known) => wordings[known].1.push(at),
                // What is not shown needs no row.
                None if wordings.len() > max => wordings[max].1.push(at),
                None => wordings.push((words, vec![at])),
            }
        }
        let rest = if wordings.len() > max { wordings.split_off(max).pop() } else { None };
        let texts: Vec<&str> = wordings.iter().map(|(_, places)| self.text(places[0])).collect();
        let differ = matches!(finding.rule, Rule::SaidAgain | Rule::RepeatedPassage);
        let marks = if differ { marks(&texts) } else { vec![Vec::new(); texts.len()] };
        // The heading names the other place.
        let named = finding.rule == Rule::ExactDuplicate && finding.related.len() == 1;
        let mut rows: Vec<Row<'_>> = Vec::new();
        for ((_, places_of), marks) in wordings.iter().zip(&marks) {
            let here = places_of.iter().filter(|at| at.document == places_of[0].document);
            let mut here: Vec<String> = here.map(|at| at.line.to_string()).collect();
            let elsewhere = places_of.len() - here.len();
            here.dedup();
            let joined = here.join(", ");
            let fits = joined.len() <= MAX_NUMBERS && elsewhere == 0;
            let label = if fits { joined } else { here.swap_remove(0) };
            rows.push(Row { label, content: Content::Place(places_of[0], marks.clone()) });
            if !fits && places_of.len() > 1 && !named {
                rows.push(Self::remark(format!("the same at {}", places(&places_of[1..], document))));
            }
        }
        if let Some((_, rest)) = rest {
            rows.push(Self::remark(format!("also at {}", places(&rest, document))));
        }
        if matches!(finding.rule, Rule::NearDuplicate | Rule::DiffersInNumbers)
            && let Some(words) = word_differences(self.report, self.documents, finding, self.columns())
        {
            rows.push(Self::remark(format!("differs: {words}")));
        }
        rows
    }

    fn text(&self, at: At<'_>) -> &str {
        let document = &self.documents[at.document];
        document.to_text(at.span).of(document.text())
    }

    /// The beginning of a text in lower case with single spaces: equal wordings have the same.
    fn words(&self, at: At<'_>) -> String {
        let text = self.text(at);
        let near = &text[..text.floor_char_boundary(1 << 10)];
        let words: Vec<&str> =
            near.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.join(" ").to_lowercase()
    }
}

/// What wordings have in common; all of each if there is one wording, or if they have nothing in common.
fn marks(wordings: &[&str]) -> Vec<Vec<Span>> {
    let common = if wordings.len() > 1 { common_words(wordings) } else { vec![Vec::new(); wordings.len()] };
    let whole = |(marks, wording): (Vec<Span>, &&str)| match marks.is_empty() {
        true => vec![Span::new(0, wording.len())],
        false => marks,
    };
    common.into_iter().zip(wordings).map(whole).collect()
}

/// The longest stretches, without those that lie mostly in longer ones.
fn longest(stretches: &[Stretch]) -> Vec<&Stretch> {
    let mut all: Vec<&Stretch> = stretches.iter().collect();
    all.sort_by_key(|stretch| Reverse(stretch.span.len()));
    let mut longest: Vec<&Stretch> = Vec::new();
    for stretch in all {
        let shared = |other: &&Stretch| {
            let end = stretch.span.end.min(other.span.end);
            end.saturating_sub(stretch.span.start.max(other.span.start))
        };
        if longest.len() < MAX_ROWS && 2 * longest.iter().map(shared).sum::<usize>() <= stretch.span.len() {
            longest.push(stretch);
        }
    }
    longest
}

/// "line 3", "lines 1, 3 and a.txt:5", "lines 3, 4, 5 and 7 more".
fn places(all: &[At<'_>], document: usize) -> String {
    let mut named: Vec<String> = all.iter().take(MAX_PLACES).map(|at| at.name(document)).collect();
    named.dedup();
    let here = all.first().is_some_and(|at| at.document == document);
    let prefix = match (here, named.len()) {
        (false, _) => "",
        (true, 1) => "line ",
        (true, _) => "lines ",
    };
    match (all.len().saturating_sub(MAX_PLACES), &named[..]) {
        (more @ 1.., named) => format!("{prefix}{} and {more} more", named.join(", ")),
        (0, [front @ .., last]) if !front.is_empty() => format!("{prefix}{} and {last}", front.join(", ")),
        (_, named) => format!("{prefix}{}", named.concat()),
    }
}
