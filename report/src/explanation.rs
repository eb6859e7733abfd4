//! What the rules mean, in words.

use refrain::Rule;

/// What a rule means, and what to do about its findings.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Explanation {
    /// The rule.
    pub rule: Rule,
    /// In one sentence.
    pub short: &'static str,
    /// The level of its findings.
    pub level: &'static str,
    /// What it compares, in a few sentences.
    pub meaning: &'static str,
    /// The same as a formula.
    pub formula: &'static str,
    /// A text of which it has a finding: lines of a document, each with its number in front.
    pub example: &'static str,
    /// What to do about its findings.
    pub advice: &'static str,
    /// When its findings are no fault.
    pub ignore: &'static str,
}

const FULL_OR_NOTE: &str = "warning for running text of 15 words or more (--min-warning-tokens), else a note";

/// All rules, in the order of [`Rule::ALL`].
pub const EXPLANATIONS: [Explanation; 8] = [
    Explanation {
        rule: Rule::ExactDuplicate,
        short: "The paragraph has the same words as an earlier one.",
        level: FULL_OR_NOTE,
        meaning: "All words are the same, in the same order. Upper case, punctuation, white space and the form of \
            apostrophes make no difference.",
        formula: "words of the paragraph = words of an earlier paragraph",
        example: "Line 3: The pool is closed on Mondays, and on all days on which the school next door has a swimming \
            lesson.\nLine 9: The pool is closed on Mondays – and on all days on which the school next door has a \
            swimming lesson!",
        advice: "Delete one of the two. Most often it was pasted twice, or a template printed it twice.",
        ignore: "If the text must be there twice, such as a warning in front of two chapters.",
    },
    Explanation {
        rule: Rule::NearDuplicate,
        short: "The paragraph is an edited copy of an earlier one.",
        level: FULL_OR_NOTE,
        meaning: "The two share at least half of all runs of three words that stand in either (--threshold, --shingle), \
            and what differs is more than numbers, or only the number of a list or a counter.",
        formula: "shared runs / runs in either of the two >= 0.5",
        example: "Line 2: Guests leave their bicycles in the yard behind the house, and get a key at the desk.\n\
            Line 8: Guests leave their bicycles in the shed behind the house, and get a key at the desk.",
        advice: "Keep the better of the two. If both are old and new versions, one of them is now wrong.",
        ignore: "If the difference is the point, as in two forms of a contract. A higher --threshold asks for closer copies.",
    },
    Explanation {
        rule: Rule::Contained,
        short: "One earlier paragraph says all of this one.",
        level: FULL_OR_NOTE,
        meaning: "At least 0.8 of the paragraph's runs of three words stand in one earlier paragraph, in one stretch. The \
            other one may be much longer, so the two need not be alike.",
        formula: "shared runs / runs of this paragraph >= 0.8",
        example: "Line 1: The lift is out of order until the end of May, because a part has to come from Norway, so \
            please take the stairs in the east wing and mind the paint. The porter carries prams and shopping for those who cannot, between eight and ten in the morning and \
            after five in the afternoon.\nLine 7: Because a part has to come from Norway, \
            please take the stairs in the east wing and mind the paint.",
        advice: "Delete the shorter one, or say there only what is new.",
        ignore: "If it is a summary or a quote that is meant to repeat the text.",
    },
    Explanation {
        rule: Rule::Repetitive,
        short: "At least half of the paragraph, or of the document, was said before.",
        level: "warning",
        meaning: "Of a paragraph: at least half of its runs of three words stand in earlier paragraphs, here one and there \
            another, and none of the rules on copies applies. It has 20 words or more. With --coverage documents, earlier \
            documents count, too. Of a document: at least half of its words lie in a later occurrence of a passage.",
        formula: "runs that stand earlier / runs of the paragraph >= 0.5\n\
            words in later occurrences / words of the document >= 0.5",
        example: "Line 1: The new bridge opens in June, after four years of work.\nLine 4: Cyclists get a lane of their own \
            on the east side.\nLine 9: So the new bridge opens in June, after four years of work, and cyclists get a lane \
            of their own on the east side.",
        advice: "Cut it down to what the line \"new here\" shows. A last paragraph that sums up all others is a common case.",
        ignore: "In long texts whose chapters are read one by one. --profile reference judges documents by higher limits.",
    },
    Explanation {
        rule: Rule::DiffersInNumbers,
        short: "The paragraph is an edited copy of an earlier one, and only numbers or dates differ.",
        level: "note",
        meaning: "The two are near-duplicates whose words are the same but for numbers or dates that say something. They \
            are most likely two facts and no copies. No other rule is applied to the paragraph.",
        formula: "as for near-duplicate, and all words that differ are numbers or dates",
        example: "Line 2: The night bus to the airport costs 12 euros and takes an hour, whatever the day of the week.\n\
            Line 4: The night bus to the airport costs 15 euros and takes an hour, whatever the day of the week.",
        advice: "If there are many, a table says it better. Look whether a number was forgotten when a text was copied.",
        ignore: "If the paragraphs are entries of a list. --merge-numbers makes them near-duplicates.",
    },
    Explanation {
        rule: Rule::Boilerplate,
        short: "The paragraph or passage stands in many documents of the set.",
        level: "note",
        meaning: "It belongs to the set and not to a document: a footer, a notice, an address. It is reported once, and \
            does not count as a repetition in each document. Only with --boilerplate N or P%.",
        formula: "documents that have it >= N, or documents that have it / all documents >= P%",
        example: "In 40 of 50 pages: Write to us before the first of the month, and we send you the new timetable for free.",
        advice: "Leave it out when you compare or index the texts, or put it into the template of the pages.",
        ignore: "If you know of it. It is a note.",
    },
    Explanation {
        rule: Rule::RepeatedPassage,
        short: "A passage comes back.",
        level: "note",
        meaning: "Six words or more (--min-passage-tokens) that are informative come back in the same order, with at most \
            two other words between two of them, or reworded. Words count more the fewer sentences have them, so \"at the \
            end of the day\" is no passage by itself.",
        formula: "words that match >= 6, and their weight is enough",
        example: "Line 3: The museum shows paintings that were found in a barn near the border.\n\
            Line 12: Nobody had asked for the paintings that were found in a barn near the border.",
        advice: "Say it once, and refer to it later with fewer words.",
        ignore: "If it is a name, a title, a quote or a refrain. Such notes come last, and those of little weight are not \
            shown without --notes all.",
    },
    Explanation {
        rule: Rule::SaidAgain,
        short: "The document says something in several paragraphs, in whatever words.",
        level: "note",
        meaning: "Sentences of several paragraphs share words that are rare in general and come back together here, in any \
            order. They say the same, so that one place is enough. All places are one finding. --themes sets how much is \
            looked for.",
        formula: "m * sqrt(2m / (a + b)) * (1 + d / (p - 1)) / 2, divided by a value that grows with the document, is at least \
            what the level of --themes asks for; m is the weight of the words that two sentences share, a and b are the \
            weights of the two, d of p - 1 steps between paragraphs lie between them",
        example: "Line 2: By autumn, the bakery wants to heat its ovens with wood from the town forest.\n\
            Line 15: Wood from the town forest, said the baker, will heat the ovens from autumn on.",
        advice: "Keep the best wording where readers need it first. In the other places, say what follows from it.",
        ignore: "If the text comes back to its subject on purpose, as a speech does.",
    },
];

#[cfg(test)]
mod tests {
    use refrain::Detector;

    use super::*;

    #[test]
    fn every_rule_is_explained_once() {
        let explained: Vec<Rule> = EXPLANATIONS.iter().map(|explanation| explanation.rule).collect();
        assert_eq!(explained, Rule::ALL);
    }

    /// Each example is one of its rule: its lines are the paragraphs of a document, or of `documents` equal ones.
    #[test]
    fn the_examples_are_true() {
        for Explanation { rule, example, .. } in &EXPLANATIONS {
            let lines: Vec<&str> = example.lines().map(|line| line.split_once(": ").unwrap().1).collect();
            let text = lines.join("\n\nNothing of the kind was heard before, said others.\n\n");
            let report = match rule {
                Rule::Boilerplate => {
                    let texts = [1, 2, 3].map(|number| format!("Page {number}\n\n{text}"));
                    let detector = Detector::builder().boilerplate(Some(refrain::Boilerplate::Percent(80.0)));
                    detector.build().unwrap().check_all(&texts)
                }
                _ => Detector::new().check(&text),
            };
            let rules: Vec<Rule> = report.findings().iter().map(|finding| finding.rule).collect();
            assert!(rules.contains(rule), "{rule}: {rules:?}");
        }
    }
}
