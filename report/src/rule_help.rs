//! What the rules mean, in a few sentences, for viewers that show help beside a finding.

use refrain::{Level, Rule};

/// What a rule means and what to do about its findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleHelp {
    pub(crate) rule: Rule,
    /// The level of most of its findings.
    pub(crate) level: Level,
    /// Its name in Pascal case; validators want one that differs from the id, whatever the case.
    pub(crate) name: &'static str,
    /// In one sentence.
    pub(crate) short: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) advice: &'static str,
}

/// All rules, in the order in which they are applied.
pub(crate) const RULES: [RuleHelp; 8] = [
    RuleHelp {
        rule: Rule::ExactDuplicate,
        level: Level::Warning,
        name: "ExactDuplicate",
        short: "The paragraph has the same words as an earlier one.",
        meaning: "All words are the same, in the same order. Upper case, punctuation and white space make no \
            difference. Copies of short paragraphs are notes.",
        advice: "Delete one of the two.",
    },
    RuleHelp {
        rule: Rule::NearDuplicate,
        level: Level::Warning,
        name: "NearDuplicate",
        short: "The paragraph is an edited copy of an earlier one.",
        meaning: "The two share at least half of all runs of three words that stand in either, unless another \
            threshold is set, and what differs is more than numbers.",
        advice: "Keep the better of the two. If they are an old and a new version, one of them is now wrong.",
    },
    RuleHelp {
        rule: Rule::Contained,
        level: Level::Warning,
        name: "ContainedParagraph",
        short: "One earlier paragraph says all of this one.",
        meaning: "At least 80% of the paragraph's runs of three words stand in one stretch of one earlier paragraph, \
            which may be much longer.",
        advice: "Delete the shorter one, or say there only what is new.",
    },
    RuleHelp {
        rule: Rule::Repetitive,
        level: Level::Warning,
        name: "RepetitiveText",
        short: "At least half of the paragraph, or of the document, was said before.",
        meaning: "At least half of the paragraph's runs of three words stand in earlier paragraphs, here one and there \
            another. Of a document: at least half of its words repeat a passage.",
        advice: "Cut it down to what is new. A last paragraph that sums up all others is a common case.",
    },
    RuleHelp {
        rule: Rule::DiffersInNumbers,
        level: Level::Note,
        name: "DiffersInNumbers",
        short: "The paragraph is an edited copy of an earlier one, and only numbers or dates differ.",
        meaning: "The words of the two are the same but for numbers or dates that say something. They are most likely \
            two facts and no copies.",
        advice: "If there are many, a table says it better. Check that no number was forgotten when a text was copied.",
    },
    RuleHelp {
        rule: Rule::Boilerplate,
        level: Level::Note,
        name: "BoilerplateText",
        short: "The paragraph or passage stands in many documents of the set.",
        meaning: "It belongs to the set and not to one document: a footer, a notice, an address.",
        advice: "Put it into the template of the pages, or leave it out when the texts are compared or indexed.",
    },
    RuleHelp {
        rule: Rule::RepeatedPassage,
        level: Level::Note,
        name: "RepeatedPassage",
        short: "A passage comes back.",
        meaning: "Several informative words come back in the same order, with few other words between them, or \
            reworded.",
        advice: "Say it once, and refer to it later with fewer words.",
    },
    RuleHelp {
        rule: Rule::SaidAgain,
        level: Level::Note,
        name: "SaidAgain",
        short: "The document says something in several paragraphs, in whatever words.",
        meaning: "Sentences of several paragraphs share words that are rare in general and come back together here. \
            All places are one finding.",
        advice: "Keep the best wording where readers need it first. In the other places, say what follows from it.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rules_have_help() {
        let error = "no-rule".parse::<Rule>().unwrap_err().to_string();
        let names = error.split_once("must be ").and_then(|(_, names)| names.split_once(", got ")).unwrap().0;
        let names: Vec<String> = names.replace(" or ", ", ").split(", ").map(str::to_owned).collect();
        assert_eq!(names, RULES.map(|help| help.rule.to_string()));
        for RuleHelp { rule, name, .. } in RULES {
            assert_ne!(name.to_lowercase(), rule.to_string());
            assert!(name.to_lowercase().starts_with(&rule.to_string().replace('-', "")));
        }
    }
}
