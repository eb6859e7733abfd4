//! A finding with all its wordings.

use maud::{Markup, PreEscaped, Render, html};
use refrain::{Level, Pair, Report, Rule, Span};

use super::figures::{of, percent};
use super::sources::Sources;
use super::things::{Spot, Thing};
use super::visible::Visible;
use super::wordings::wordings;

/// What cards are written from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cards<'a> {
    pub(super) report: &'a Report,
    pub(super) sources: &'a Sources<'a>,
}

impl Cards<'_> {
    /// The card of a finding, closed.
    pub(super) fn card(&self, number: usize, thing: &Thing<'_>) -> Markup {
        let finding = thing.finding;
        html! {
            details class={ "card " (finding.level) } id={ "f" (number) } data-f=(number)
                data-title=(title(thing)) data-hidden[!finding.shown] {
                summary {
                    span.rule {
                        (name(finding.rule))
                        @if finding.level == Level::Warning { " " span.badge { "warning" } }
                        " " span.times { (self::places(thing)) }
                    }
                    span.msg dir="auto" {
                        @if thing.copies.is_empty() { (Visible(&finding.message)) }
                        @else { "the same words stand in " (places(thing)) }
                    }
                    @if let Some(hidden) = finding.hidden { span.why { "not shown: " (hidden) } }
                }
                (self.evidence(thing, number))
            }
        }
    }

    fn evidence(&self, thing: &Thing<'_>, number: usize) -> Markup {
        if !thing.finding.stretches.is_empty() {
            return self.stretches(thing, number);
        }
        let texts: Vec<&str> = thing.spots.iter().map(|spot| self.words(spot)).collect();
        let pair = self.pair(thing);
        let [left, right] = match pair {
            Some((pair, at)) => self.differences(thing, at).map_or([None, None], |[a, b]| {
                let [x, y] = pair.containment();
                [Some((a, x)), Some((b, y))]
            }),
            None => [None, None],
        };
        let mut differing = [left, right].into_iter();
        html! {
            @if thing.spots.is_empty() {
                p.none { "It is about the whole document." }
            }
            ol.wordings.pair[thing.spots.len() == 2] {
                @for (at, (spot, wording)) in thing.spots.iter().zip(wordings(&texts, thing.wording)).enumerate() {
                    li data-o={ (number) "." (at) } {
                        p.place { (self.place(spot, number, at, thing.finding.document)) }
                        @match differing.next().flatten() {
                            Some((diff, inside)) => {
                                blockquote dir="auto" { (diff) }
                                p.share { (percent(inside)) " of it stands in the other" }
                            }
                            None => blockquote dir="auto" { (wording) },
                        }
                    }
                }
            }
            @if thing.more > 0 {
                p.more { "And " (thing.more) " more places; the JSON report has all of them." }
            }
        }
    }

    /// What was said before, with both places.
    fn stretches(&self, thing: &Thing<'_>, number: usize) -> Markup {
        let home = thing.finding.document;
        html! {
            ol."wordings stretches" {
                @for (at, pair) in thing.spots.chunks_exact(2).enumerate() {
                    @let (own, first) = (2 * at, 2 * at + 1);
                    li data-o={ (number) "." (own) " " (number) "." (first) } {
                        p.place {
                            (self.place(&pair[0], number, own, home)) ", first on " (self.place(&pair[1], number, first, home))
                        }
                        blockquote dir="auto" { (wordings(&[self.words(&pair[0])], thing.wording)[0]) }
                    }
                }
            }
            @if thing.more > 0 {
                p.more { "And " (thing.more / 2) " more stretches; the JSON report has all of them." }
            }
        }
    }

    /// Where a wording stands, as a link if that is in the page.
    fn place(&self, spot: &Spot<'_>, number: usize, at: usize, home: usize) -> Markup {
        let name = self.report.documents().get(spot.document).map_or("", |document| &document.name);
        html! {
            @if let (true, Some(paragraph)) = (spot.visible, spot.paragraph) {
                a href={ "#p" (paragraph) } data-go={ (number) "." (at) } { "line " (spot.line) }
            } @else {
                "line " (spot.line)
            }
            @if spot.document != home { " · " bdi { (Visible(name)) } }
        }
    }

    /// The words of a place: all of them if the text is at hand, or else their beginning.
    fn words<'s>(&'s self, spot: &'s Spot<'_>) -> &'s str {
        match (spot.span, self.sources.get(spot.document)) {
            (Some(span), Some(source)) if !span.is_empty() => span.of(source.text()),
            _ => spot.excerpt,
        }
    }

    /// The pair of a finding about two paragraphs, with its place among all pairs.
    fn pair(&self, thing: &Thing<'_>) -> Option<(&Pair, usize)> {
        let [left, right] = &thing.spots[..] else { return None };
        let about_pairs = matches!(thing.finding.rule, Rule::NearDuplicate | Rule::DiffersInNumbers);
        let (Some(left), Some(right), true) = (left.paragraph, right.paragraph, about_pairs) else {
            return None;
        };
        let pairs = self.report.pairs();
        let at = pairs.binary_search_by_key(&(left, right), |pair| (pair.left.0, pair.right.0)).ok()?;
        Some((&pairs[at], at))
    }

    /// Both paragraphs with what only one of them has marked: as deleted in the first, as inserted in the
    /// second.
    fn differences(&self, thing: &Thing<'_>, pair: usize) -> Option<[Markup; 2]> {
        let differences = self.report.differences(pair)?;
        let [left, right] = &thing.spots[..] else { return None };
        // Long paragraphs are cut like any wording, and so not compared word by word.
        if thing.spots.iter().any(|spot| spot.source.len() > 4 * thing.wording) {
            return None;
        }
        let side = |spot: &Spot<'_>, spans: Vec<Span>, tag: &str| {
            let source = self.sources.get(spot.document)?;
            let spans = spans.into_iter().filter_map(|span| source.to_text(span));
            Some(tagged(source.text(), spot.span?, spans, tag))
        };
        Some([
            side(left, differences.iter().map(|difference| difference.left).collect(), "del")?,
            side(right, differences.iter().map(|difference| difference.right).collect(), "ins")?,
        ])
    }
}

/// A span of a text, in which spans stand in an element of their own.
fn tagged(text: &str, span: Span, inner: impl Iterator<Item = Span>, tag: &str) -> Markup {
    let mut out = String::new();
    let mut at = span.start;
    for inner in inner.filter(|inner| !inner.is_empty()) {
        if at <= inner.start && inner.end <= span.end {
            Visible(&text[at..inner.start]).render_to(&mut out);
            out.push_str(&format!("<{tag}>"));
            Visible(inner.of(text)).render_to(&mut out);
            out.push_str(&format!("</{tag}>"));
            at = inner.end;
        }
    }
    Visible(&text[at..span.end]).render_to(&mut out);
    PreEscaped(out)
}

/// The name of its rule, and in how many places it stands.
fn title(thing: &Thing<'_>) -> String {
    match (name(thing.finding.rule), places(thing)) {
        (name, places) if places.is_empty() => name.to_owned(),
        (name, places) => format!("{name}, {places}"),
    }
}

/// In how many places it stands, if they are more than two.
fn places(thing: &Thing<'_>) -> String {
    match (thing.finding.stretches.len(), thing.spots.len() + thing.more) {
        (0, ..=2) => String::new(),
        (0, places) => of(places, "place"),
        (stretches, _) => of(stretches, "stretch").replace("stretchs", "stretches"),
    }
}

/// The name of a rule as a heading.
pub(super) fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::ExactDuplicate => "Same paragraph",
        Rule::NearDuplicate => "Almost the same paragraph",
        Rule::Contained => "Contained in another paragraph",
        Rule::Repetitive => "Says little new",
        Rule::DiffersInNumbers => "Differs in numbers only",
        Rule::Boilerplate => "Boilerplate",
        Rule::RepeatedPassage => "Comes back",
        Rule::SaidAgain => "Said again",
        _ => "Finding",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_words_stand_in_elements_of_their_own() {
        let text = "xx one <two> three yy";
        let spans =
            [Span::new(3, 6), Span::new(7, 12), Span::new(8, 9), Span::new(13, 13), Span::new(19, 21)];
        let found = tagged(text, Span::new(3, 18), spans.into_iter(), "ins").into_string();
        assert_eq!(found, "<ins>one</ins> <ins>&lt;two&gt;</ins> three");
    }
}
