//! What SARIF wants to know of rules in addition to their explanations.

use refrain::{Level, Rule};

/// The name of a rule in Pascal case. Validators want one that differs from the id, whatever the case.
pub(super) fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::ExactDuplicate => "ExactDuplicate",
        Rule::NearDuplicate => "NearDuplicate",
        Rule::Contained => "ContainedParagraph",
        Rule::Repetitive => "RepetitiveText",
        Rule::DiffersInNumbers => "DiffersInNumbers",
        Rule::Boilerplate => "BoilerplateText",
        Rule::RepeatedPassage => "RepeatedPassage",
        _ => "SaidAgain",
    }
}

/// The level of most findings of a rule.
pub(super) fn level(rule: Rule) -> Level {
    match rule {
        Rule::ExactDuplicate | Rule::NearDuplicate | Rule::Contained | Rule::Repetitive => Level::Warning,
        _ => Level::Note,
    }
}
