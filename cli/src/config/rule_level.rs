//! Rules that are off, or of another level.

use std::str::FromStr;

use refrain::{Finding, Level};

/// What becomes of the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleLevel {
    /// They are dropped.
    Off,
    Is(Level),
}

impl FromStr for RuleLevel {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "off" => Ok(Self::Off),
            level => level.parse().map(Self::Is).map_err(|_| ()),
        }
    }
}

impl RuleLevel {
    /// Gives a finding this level. Returns whether it stays.
    pub(crate) fn apply(self, finding: &mut Finding) -> bool {
        let Self::Is(level) = self else { return false };
        if level > finding.level {
            // Who makes a rule a warning wants to see what it finds.
            (finding.shown, finding.hidden) = (true, None);
        }
        finding.level = level;
        true
    }
}
