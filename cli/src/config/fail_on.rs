//! Which findings make the command fail, and how redundant a document may be.

use refrain::{Finding, Level, Rule};

use crate::nearest::did_you_mean;

/// Which findings make `check` exit with status 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailOn {
    /// Findings of this level or a higher one.
    level: Option<Level>,
    rules: Vec<Rule>,
}

impl Default for FailOn {
    /// Warnings.
    fn default() -> Self {
        Self { level: Some(Level::Warning), rules: Vec::new() }
    }
}

impl FailOn {
    /// From names: `never` alone, levels, and rules.
    ///
    /// # Errors
    ///
    /// What is wrong with the first name that is none of them.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut fail_on = Self { level: None, rules: Vec::new() };
        let (mut never, mut others) = (false, false);
        for name in names {
            if name == "never" {
                never = true;
            } else if let Ok(level) = name.parse::<Level>() {
                fail_on.level = Some(fail_on.level.map_or(level, |other| other.min(level)));
                others = true;
            } else if let Some(rule) = Rule::ALL.iter().copied().find(|rule| rule.to_string() == name) {
                fail_on.rules.push(rule);
                others = true;
            } else {
                let known: Vec<String> = ["never".to_owned(), "warning".to_owned(), "note".to_owned()]
                    .into_iter()
                    .chain(Rule::ALL.iter().map(Rule::to_string))
                    .collect();
                let hint = did_you_mean(name, known.iter().map(String::as_str));
                return Err(format!("`{name}` is no level and no rule{hint}"));
            }
        }
        match (never, others) {
            (true, true) => Err("`never` stands alone".to_owned()),
            (false, false) => Err("expected `never`, a level or the name of a rule".to_owned()),
            _ => Ok(fail_on),
        }
    }

    /// Whether all warnings make the command fail.
    #[cfg_attr(not(feature = "index"), allow(dead_code, reason = "only an index asks"))]
    pub(crate) fn fails_on_warnings(&self) -> bool {
        self.level.is_some_and(|level| Level::Warning >= level)
    }

    /// Whether a finding makes the command fail. One that is not worth showing does not.
    pub(crate) fn fails(&self, finding: &Finding) -> bool {
        let of_level = self.level.is_some_and(|level| finding.level >= level);
        // Warnings are shown in any case.
        (finding.shown || finding.level == Level::Warning) && (of_level || self.rules.contains(&finding.rule))
    }
}

/// A share as `0.3` or `30%`, from 0 to 1.
pub(crate) fn share(text: &str) -> Result<f64, &'static str> {
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|percent| percent / 100.0),
        None => text.parse(),
    };
    match share {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("expected a share from 0 to 1, such as 0.3, or a percentage, such as 30%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_levels_rules_or_never() {
        let new = |names: &[&str]| FailOn::new(names.iter().copied());
        assert_eq!(new(&["warning"]), Ok(FailOn::default()));
        assert_eq!(new(&["never"]), Ok(FailOn { level: None, rules: vec![] }));
        assert_eq!(new(&["warning", "note"]), Ok(FailOn { level: Some(Level::Note), rules: vec![] }));
        assert_eq!(new(&["said-again"]), Ok(FailOn { level: None, rules: vec![Rule::SaidAgain] }));
        for (names, message) in [
            (&["never", "note"][..], "`never` stands alone"),
            (&[], "expected `never`, a level or the name of a rule"),
            (&["repetetive"], "`repetetive` is no level and no rule; did you mean `repetitive`?"),
            (&["x"], "`x` is no level and no rule"),
        ] {
            assert_eq!(new(names), Err(message.to_owned()));
        }
    }

    #[test]
    fn shares_may_be_percentages() {
        for (text, expected) in [("0.3", 0.3), ("30%", 0.3), ("0", 0.0), ("100%", 1.0)] {
            assert_eq!(share(text), Ok(expected));
        }
        for text in ["", "-1", "1.1", "101%", "nan", "%", "x"] {
            assert!(share(text).is_err(), "{text}");
        }
    }
}
