//! Documents made from blocks: reports are about their sources.

use refrain::{Detector, Document, Hidden, InputKind, Level, ParagraphBreaks, ReadOptions, Role, Rule, Span};

const LONG: &str =
    "The ferry leaves the north pier at nine and comes back before the lamps along the quay are lit.";

/// Reads a format of our own: a block a line, `#` for headings, `!rule` in front for what is ignored, and `_` is
/// not read.
fn read(source: &str) -> Document<'_> {
    let mut builder = Document::builder("a.own", source);
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let (mut start, mut rules) = (at, Vec::new());
        if let Some((rule, _)) = line.strip_prefix('!').and_then(|line| line.split_once(' ')) {
            rules.push(rule.parse().unwrap());
            start += rule.len() + 2;
        }
        let role = if source[start..].starts_with('#') { Role::Heading } else { Role::Body };
        builder.start_ignoring(role, &rules);
        for part in source[start..at + line.len()].split_inclusive(['_', '#']) {
            builder.copy(Span::new(start, start + part.trim_end_matches(['_', '#']).len()));
            start += part.len();
        }
        at += line.len();
    }
    builder.build().unwrap()
}

#[test]
fn all_places_are_those_of_the_source() {
    let marked = LONG.replace("north", "no_rth").replace("before", "_before_");
    let changed = LONG.replace("nine", "noon_");
    let source = format!("# Ferry\n{marked}\nNothing else is said here.\n{LONG}\n_{changed}\n");
    let report = Detector::new().check(read(&source));
    assert_eq!(report.documents()[0].bytes, source.len());
    assert_eq!(report.documents()[0].paragraph_breaks, None);
    let lines: Vec<&str> = source.lines().collect();
    let paragraphs: Vec<(usize, Role, &str)> =
        report.paragraphs().iter().map(|p| (p.line, p.role, p.span.of(&source))).collect();
    let expected = [
        (1, Role::Heading, &lines[0][2..]),
        (2, Role::Body, lines[1]),
        (3, Role::Body, lines[2]),
        (4, Role::Body, lines[3]),
        (5, Role::Body, &lines[4][1..]),
    ];
    assert_eq!(paragraphs, expected);
    let shown = || report.shown().filter(|finding| finding.paragraph.is_some());
    let found: Vec<_> = shown().map(|f| (f.rule, f.line, f.related[0].line, f.column)).collect();
    assert_eq!(found, [(Rule::ExactDuplicate, 4, 2, 1), (Rule::NearDuplicate, 5, 2, 2)]);
    let finding = shown().next().unwrap();
    assert_eq!(finding.span.of(&source), LONG);
    assert_eq!(finding.related[0].span.of(&source), marked);
    // What a reader sees, without markup.
    assert_eq!(finding.related[0].excerpt, LONG);
    let pair = report.pairs().iter().position(|pair| (pair.left.0, pair.right.0) == (1, 4)).unwrap();
    let differences = report.differences(pair).unwrap();
    assert_eq!((differences[0].left.of(&source), differences[0].right.of(&source)), ("nine", "noon"));
    for occurrence in report.passages().iter().flat_map(|passage| &passage.occurrences) {
        assert_eq!(occurrence.span.of(&source).replace('_', ""), occurrence.text);
    }
}

#[test]
fn markup_changes_nothing_but_places() {
    let plain = format!("{LONG}\n\nNothing else is said here.\n\n{LONG}");
    let source = plain.replace("\n\n", "\n").replace("ferry", "f_erry").replace("quay", "_quay_");
    let [left, right] = [Detector::new().check(&plain), Detector::new().check(read(&source))];
    assert_eq!(left.documents()[0].tokens, right.documents()[0].tokens);
    assert_eq!(left.pairs(), right.pairs());
    let said = |report: &refrain::Report| {
        report.findings().iter().map(|f| (f.rule, f.level, f.excerpt.clone())).collect::<Vec<_>>()
    };
    assert_eq!(said(&left), said(&right));
}

#[test]
fn findings_of_ignored_rules_are_not_shown() {
    let source = format!("{LONG}\n!exact-duplicate {LONG}\n!near-duplicate {LONG}\n");
    let report = Detector::new().check(read(&source));
    let copies = report.findings().iter().filter(|f| f.rule == Rule::ExactDuplicate);
    let found: Vec<_> = copies.map(|f| (f.line, f.level, f.shown, f.hidden)).collect();
    let expected = [(3, Level::Warning, true, None), (2, Level::Warning, false, Some(Hidden::Ignored))];
    assert_eq!(found, expected);

    // A passage is ignored if it is ignored in all places but one.
    let other = |end: &str| format!("{} {end}", &LONG[..60]);
    let rest =
        ["and nobody minds at all", "or so the captain says to every guest", "since the tide has turned"];
    for (ignored, shown) in [(1, true), (2, false)] {
        let lines: Vec<String> = (rest.iter().enumerate())
            .map(|(at, end)| if at < ignored { "!repeated-passage " } else { "" }.to_owned() + &other(end))
            .collect();
        let source = lines.join("\n");
        let report = Detector::builder().threshold(1.0).build().unwrap().check(read(&source));
        let passages = report.findings().iter().filter(|f| f.rule == Rule::RepeatedPassage);
        let found: Vec<_> = passages.map(|f| (f.shown, f.hidden)).collect();
        assert_eq!(found, [(shown, (!shown).then_some(Hidden::Ignored))], "{source}");
    }
}

#[test]
fn headings_of_parsers_are_not_warned_of() {
    let heading = LONG.trim_end_matches('.');
    let source = format!("# {heading}\n# {heading}\n");
    let level = |document: Document<'_>| {
        let report = Detector::new().check(document);
        report.findings().iter().find(|f| f.rule == Rule::ExactDuplicate).unwrap().level
    };
    assert_eq!(level(read(&source)), Level::Note);
    assert_eq!(level(source.replace("# ", "\n").into()), Level::Warning);
}

#[test]
fn a_loop_in_subtitles_is_warned_of() {
    let cue = "and then the water comes up over the wall and into the lower town every spring";
    let cues: Vec<String> =
        (10..16).map(|n| format!("{n}\n00:00:{n},000 --> 00:00:{},500\n{cue}\n", n + 1)).collect();
    let source = cues.join("\n");
    let report = Detector::new().check(InputKind::Subtitles.read("a.srt", &source, &ReadOptions::default()));
    let lines = report.shown().filter(|f| f.rule == Rule::ExactDuplicate).map(|f| f.line);
    assert_eq!(lines.collect::<Vec<_>>(), [7, 11, 15, 19, 23]);
}

#[test]
fn what_separates_paragraphs_is_told() {
    let text = format!("{LONG}\n{LONG}");
    let breaks = |detector: Detector| detector.check(&text).documents()[0].clone();
    let auto = breaks(Detector::new());
    assert_eq!((auto.paragraphs, auto.paragraph_breaks), (2, Some(ParagraphBreaks::Line)));
    let blank = breaks(Detector::builder().paragraphs(ParagraphBreaks::Blank).build().unwrap());
    assert_eq!((blank.paragraphs, blank.paragraph_breaks), (1, Some(ParagraphBreaks::Blank)));
}

#[test]
fn a_list_of_the_headings_is_a_table_of_contents() {
    let headings = ["How to rig the boat", "How to leave the harbour", "What to do when the wind drops"];
    let mut source = String::new();
    let mut blocks = Vec::new();
    for (heading, role) in
        headings.map(|h| (h, Role::Item)).into_iter().chain(headings.map(|h| (h, Role::Heading)))
    {
        blocks.push((Span::new(source.len(), source.len() + heading.len()), role));
        source += heading;
    }
    let report = |blocks: &[(Span, Role)]| {
        let mut builder = Document::builder("", &*source);
        for &(span, role) in blocks {
            builder.start(role).copy(span);
        }
        Detector::new().check(builder.build().unwrap())
    };
    let found = report(&blocks);
    let roles: Vec<Role> = found.paragraphs().iter().map(|paragraph| paragraph.role).collect();
    assert_eq!(roles, [[Role::Contents; 3], [Role::Heading; 3]].concat());
    let of_paragraphs = |report: &refrain::Report| report.shown().filter(|f| f.paragraph.is_some()).count();
    assert_eq!(of_paragraphs(&found), 0);
    // Without a list of three, a heading and an item are just the same twice.
    let two: Vec<_> =
        blocks.iter().enumerate().filter(|(at, _)| at % 3 != 0).map(|(_, &block)| block).collect();
    assert_eq!(of_paragraphs(&report(&two)), 2);
}
