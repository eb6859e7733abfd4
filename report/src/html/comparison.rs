//! The page of a comparison: two texts side by side, and what became of each part.

use std::fmt::Write;
use std::io;
use std::ops::Range;

use maud::{Markup, PreEscaped, Render, html};
use refrain::{Document, Report};

use super::alignment::{Alignment, Block, Fate, align};
use super::figures::{bytes, coordinate, count, of, percent};
use super::limits;
use super::settings::settings;
use super::shell;
use super::sources::Sources;
use super::text::{classes, paragraph};
use super::visible::{Name, Visible};

/// What stands in one text only.
const REST: [&str; 2] = ["gone", "new"];
const SIDES: [&str; 2] = ["left", "right"];

pub(super) fn write(out: &mut impl io::Write, report: &Report, documents: &[Document<'_>]) -> io::Result<()> {
    let sources = &Sources::new(report, documents);
    let aligned = &align(report, sources);
    let names = [0, 1].map(|side| report.documents().get(side).map_or("", |document| &document.name[..]));
    let shared = match report.documents() {
        [left, right] => [left.shared, right.shared],
        _ => [0.0; 2],
    };
    let page = Comparison { sources, aligned, names, shared };
    let title = format!("{} and {}", names[0], names[1]);
    let parts = [page.columns(), page.cards()];
    shell::page(out, &title, "compare", page.top(), parts.into_iter(), &settings(report))
}

#[derive(Clone, Copy, Debug)]
struct Comparison<'a> {
    sources: &'a Sources<'a>,
    aligned: &'a Alignment<'a>,
    names: [&'a str; 2],
    /// What the report says: the share of each text in passages that both have.
    shared: [f64; 2],
}

impl Comparison<'_> {
    fn top(&self) -> Markup {
        let names = self.names;
        let shares = [0, 1].map(|side| self.aligned.shares(side));
        let moved = self.aligned.blocks.iter().filter(|block| block.moved).count();
        html! {
            header {
                p.kicker { "Compared" }
                h1 { bdi { (Name(names[0])) } span.and { " and " } bdi { (Name(names[1])) } }
                p.lead {
                    @if self.aligned.blocks.is_empty() { "They have no passage in common." }
                    @else { (of(self.aligned.blocks.len(), "passage")) " in common" @if moved > 0 { ", " (count(moved)) " of them in another place" } "." }
                }
                @if self.shared != [0.0; 2] {
                    // The measure of the command, which also counts words that come in another order.
                    p {
                        (percent(self.shared[0])) " of the words of the first text and " (percent(self.shared[1]))
                        " of the second lie in passages that both have, in whatever order. Below, texts are aligned word by word."
                    }
                }
                table.shares {
                    thead { tr {
                        th scope="col" { "Share of words" }
                        th.bars scope="col" { span.sr { "As bars" } }
                        @for class in ["kept", "reworded", "moved"] {
                            th.number scope="col" { span class={ "key " (class) } { (class) } }
                        }
                        th.number scope="col" { span.key.alone { "only here" } }
                    } }
                    tbody {
                        @for side in [0, 1] {
                            tr {
                                th scope="row" { bdi { (Name(names[side])) } }
                                td.bars { (bar(shares[side], REST[side])) }
                                @for share in shares[side] { td.number { (percent(share)) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn columns(&self) -> Markup {
        let classes =
            self.aligned.sides.each_ref().map(|side| classes(side.paragraphs.iter().map(|found| found.0)));
        html! {
            section.both.doc aria-label="Both texts" {
                h2.sr { "Both texts" }
                svg.lines aria-hidden="true" {}
                div.row.names {
                    @for name in self.names { p.side { bdi { (Visible(name)) } } }
                }
                @for paragraphs in self.aligned.rows() {
                    div.row { @for (side, range) in paragraphs.into_iter().enumerate() { (self.side(side, range, &classes)) } }
                }
            }
            @for side in [0, 1] {
                @let name = html! { bdi { (Visible(self.names[side])) } };
                @match self.sources.get(side).map(|source| source.left_out()) {
                    None => p.missing { "The text of " (name) " is not at hand, or is not the one that was compared." }
                    Some(0) => {}
                    Some(left) => p.cut role="note" { (bytes(left)) " at the end of " (name) " are left out, also from the shares; the JSON report has all that was found in them." }
                }
            }
        }
    }

    /// Some paragraphs of one side.
    fn side(&self, at: usize, range: Range<usize>, classes: &[Vec<&'static str>; 2]) -> Markup {
        let side = &self.aligned.sides[at];
        html! {
            div class={ "side text " (SIDES[at]) } lang="" {
                @for index in range {
                    @let (summary, span) = side.paragraphs[index];
                    @let words = side.words_of(index);
                    @let is_alone = !words.is_empty() && side.fates[words.clone()].iter().all(|&fate| fate == Fate::Only);
                    @let words = self.words(at, (span.start, span.end), words, true);
                    @if is_alone {
                        div class={ "alone " (REST[at]) } {
                            (paragraph(summary, classes[at][index], words, html! { p.only { "only here" } }))
                        }
                    } @else {
                        (paragraph(summary, classes[at][index], words, html! {}))
                    }
                }
            }
        }
    }

    fn text(&self, side: usize) -> &str {
        self.sources.get(side).map_or("", |source| source.text())
    }

    /// Part of a text, with what became of its words. Links lead to the cards of their blocks.
    fn words(&self, at: usize, bytes: (usize, usize), words: Range<usize>, links: bool) -> Markup {
        let (side, text) = (&self.aligned.sides[at], self.text(at));
        let looks = |&word: &usize| (side.fates[word], side.blocks[word]);
        let words: Vec<usize> = words.collect();
        let (mut out, mut end) = (String::new(), bytes.0);
        let mut before = None;
        for run in words.chunk_by(|a, b| looks(a) == looks(b)) {
            let (start, stop) = (side.words[run[0]].start, side.words[run[run.len() - 1]].end);
            Visible(&text[end..start]).render_to(&mut out);
            let inner = Visible(&text[start..stop]);
            let (fate, block) = looks(&run[0]);
            let class = match fate {
                Fate::Kept => "kept",
                Fate::Reworded => "reworded",
                Fate::Moved => "moved",
                Fate::Only => REST[at],
            };
            match (links, block) {
                (true, Some(block)) => {
                    _ = write!(out, r##"<a class="m {class}" href="#f{block}" data-o="{block}.{at}""##);
                    if self.aligned.blocks[block].moved && before != Some(block) {
                        _ = write!(out, r#" data-n="{}""#, block + 1);
                    }
                    html! { (PreEscaped(">")) (inner) (PreEscaped("</a>")) }.render_to(&mut out);
                }
                (true, None) => html! { span class=(class) { (inner) } }.render_to(&mut out),
                (false, _) if matches!(fate, Fate::Kept | Fate::Moved) => inner.render_to(&mut out),
                (false, _) if at == 0 => html! { del { (inner) } }.render_to(&mut out),
                (false, _) => html! { ins { (inner) } }.render_to(&mut out),
            }
            before = block;
            end = stop;
        }
        Visible(&text[end..bytes.1]).render_to(&mut out);
        PreEscaped(out)
    }

    /// A card for each passage: what the panel shows.
    fn cards(&self) -> Markup {
        let blocks = &self.aligned.blocks;
        let shown = blocks.len().min(limits::PASSAGES);
        html! {
            section.findings aria-labelledby="passages" {
                h2 #passages { "Passages in common " span.small { (count(blocks.len())) } }
                @for (number, block) in blocks[..shown].iter().enumerate() { (self.card(number, block)) }
                @if shown < blocks.len() {
                    p.cut role="note" { (of(blocks.len() - shown, "passage")) " more are marked in the texts only." }
                }
            }
        }
    }

    fn card(&self, number: usize, block: &Block) -> Markup {
        html! {
            details.card id={ "f" (number) } data-f=(number) data-title={ (number + 1) ". " (title(block)) } {
                summary {
                    span.rule { span.number { (number + 1) } " " (title(block)) }
                    span.msg dir="auto" { (Visible(&self.beginning(block))) }
                }
                ol.wordings.pair {
                    @for at in [0, 1] {
                        @let side = &self.aligned.sides[at];
                        @let words = block.words[at].clone();
                        @let (first, last) = (side.words[words.start], side.words[words.end - 1]);
                        @let (summary, span) = side.paragraphs[side.paragraph[words.start]];
                        @let line = summary.line + self.text(at)[span.start..first.start].matches('\n').count();
                        li data-o={ (number) "." (at) } {
                            p.place { a href={ "#p" (summary.id) } data-go={ (number) "." (at) } { "line " (line) } " · " bdi { (Visible(self.names[at])) } }
                            blockquote dir="auto" { (self.words(at, (first.start, last.end), words, false)) }
                        }
                    }
                }
            }
        }
    }

    /// The first words of a passage.
    fn beginning(&self, block: &Block) -> String {
        let words = &self.aligned.sides[0].words[block.words[0].clone()];
        let last = words.len().min(14) - 1;
        let text = &self.text(0)[words[0].start..words[last].end];
        if last + 1 < words.len() { format!("{text} …") } else { text.to_owned() }
    }
}

fn bar(shares: [f64; 4], rest: &str) -> Markup {
    let mut x = 0.0;
    html! {
        svg.stack viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true" {
            @for (share, class) in shares.into_iter().zip(["kept", "reworded", "moved", rest]) {
                rect class=(class) x=(coordinate(x)) width=(coordinate(400.0 * share)) height="12" {}
                @let () = x += 400.0 * share;
            }
        }
    }
}

fn title(block: &Block) -> &'static str {
    match (block.moved, block.verbatim) {
        (false, true) => "Kept",
        (false, false) => "Kept, edited",
        (true, true) => "Moved",
        (true, false) => "Moved or reworded",
    }
}
