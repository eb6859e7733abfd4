//! Comments in a source that say what is not to be reported.

use std::collections::BTreeMap;

use super::block_text::Problem;
use crate::settings::Rule;
use crate::util::span::Span;

/// The comments of one source, read in its order.
///
/// `refrain-ignore` is about the next block, `refrain-ignore-start` about all blocks up to `refrain-ignore-end`.
/// Names of rules may follow, separated by spaces or commas: the findings of these rules on the block are not
/// shown. Without names the block is not read.
#[derive(Debug, Default)]
pub(super) struct Ignore {
    next: Option<Vec<Rule>>,
    /// Those that have been started, with the comments that started them.
    started: Vec<(Span, Vec<Rule>)>,
    /// How many of these name a rule, or none: blocks may be as many as comments.
    named: BTreeMap<Option<Rule>, usize>,
    pub(super) problems: Vec<Problem>,
}

/// What is not to be reported of a block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ignored {
    /// The findings of these rules, of which there may be none.
    Rules(Vec<Rule>),
    /// The block is not read.
    Block,
}

impl Ignore {
    /// Reads the text of a comment, which stands at `span` in the source.
    pub(super) fn comment(&mut self, text: &str, span: Span) {
        let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let command = words.next().unwrap_or_default();
        if !command.starts_with("refrain-ignore") {
            return;
        }
        let mut rules = Vec::new();
        let mut unknown = false;
        for word in words {
            match word.parse::<Rule>() {
                Ok(rule) => rules.push(rule),
                Err(error) => {
                    unknown = true;
                    self.problems.push(Problem::new(span, error.to_string()));
                }
            }
        }
        // A name with a mistake must not make a whole block vanish.
        if unknown && rules.is_empty() {
            return;
        }
        match command {
            "refrain-ignore" => self.next = Some(rules),
            "refrain-ignore-start" => {
                rules.sort_unstable();
                rules.dedup();
                for rule in named(&rules) {
                    *self.named.entry(rule).or_default() += 1;
                }
                self.started.push((span, rules));
            }
            "refrain-ignore-end" => match self.started.pop() {
                Some((_, rules)) => {
                    for rule in named(&rules) {
                        self.named.entry(rule).and_modify(|count| *count -= 1);
                    }
                    self.named.retain(|_, &mut count| count > 0);
                }
                None => self.problem(span, "refrain-ignore-end without a refrain-ignore-start before it"),
            },
            _ => {
                let accepts = "expected refrain-ignore, refrain-ignore-start or refrain-ignore-end";
                self.problem(span, format!("{accepts}, got {command}"));
            }
        }
    }

    /// What is not to be reported of the next block. A comment on the next block is used up.
    pub(super) fn block(&mut self) -> Ignored {
        let next = self.next.take();
        if next.as_ref().is_some_and(Vec::is_empty) || self.named.contains_key(&None) {
            return Ignored::Block;
        }
        let mut rules: Vec<Rule> =
            self.named.keys().copied().flatten().chain(next.into_iter().flatten()).collect();
        rules.sort_unstable();
        rules.dedup();
        Ignored::Rules(rules)
    }

    /// Ends the source.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        for (span, _) in std::mem::take(&mut self.started) {
            self.problem(
                span,
                "refrain-ignore-start without a refrain-ignore-end: all that follows is ignored",
            );
        }
        self.problems
    }

    fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem::new(span, message.into()));
    }
}

/// The rules that a comment names; `None` alone if it names none.
fn named(rules: &[Rule]) -> impl Iterator<Item = Option<Rule>> {
    rules.iter().map(|&rule| Some(rule)).chain(rules.is_empty().then_some(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_about_the_next_block_or_about_all_up_to_the_end() {
        let mut ignore = Ignore::default();
        let mut read = |comments: &[&str]| {
            comments.iter().for_each(|comment| ignore.comment(comment, Span::default()));
            ignore.block()
        };
        assert_eq!(read(&[" a comment "]), Ignored::Rules(vec![]));
        assert_eq!(read(&[" refrain-ignore "]), Ignored::Block);
        assert_eq!(read(&[]), Ignored::Rules(vec![]));
        let rules = vec![Rule::NearDuplicate, Rule::SaidAgain];
        assert_eq!(read(&["refrain-ignore said-again, near-duplicate"]), Ignored::Rules(rules));
        assert_eq!(read(&["refrain-ignore-start repetitive"]), Ignored::Rules(vec![Rule::Repetitive]));
        assert_eq!(read(&["refrain-ignore"]), Ignored::Block);
        assert_eq!(read(&[]), Ignored::Rules(vec![Rule::Repetitive]));
        assert_eq!(read(&["refrain-ignore-end"]), Ignored::Rules(vec![]));
        assert_eq!(ignore.finish(), []);
    }

    #[test]
    fn mistakes_are_told() {
        let mut ignore = Ignore::default();
        for comment in
            ["refrain-ignore said-twice", "refrain-ignore-end", "refrain-ignored", "refrain-ignore-start"]
        {
            ignore.comment(comment, Span::new(3, 5));
        }
        assert_eq!(ignore.block(), Ignored::Block);
        let problems = ignore.finish();
        let beginnings = [
            "rule must be exact-duplicate",
            "refrain-ignore-end without",
            "expected refrain-ignore, refrain-ignore-start or refrain-ignore-end, got refrain-ignored",
            "refrain-ignore-start without",
        ];
        assert_eq!(problems.len(), beginnings.len());
        for (problem, beginning) in problems.iter().zip(beginnings) {
            assert!(problem.message.starts_with(beginning), "{problem:?}");
            assert_eq!(problem.span, Span::new(3, 5));
        }
    }
}
