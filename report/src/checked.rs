//! What is written: reports, their documents, and which findings.

use refrain::{Document, Finding, Report};

/// A report and the documents that it is about.
///
/// Documents with different settings are not compared with each other, so one run may have several reports. All
/// formats take a slice of them.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// What was found.
    pub report: &'a Report,
    /// The documents that were checked, in the same order, or none of them, if only the report is at hand. With
    /// documents, SARIF says where findings end, and has fingerprints. Other formats do not need them.
    pub documents: &'a [Document<'a>],
}

impl<'a> Checked<'a> {
    /// A report with its documents.
    ///
    /// # Panics
    ///
    /// If there are documents, but not as many as in the report.
    #[must_use]
    pub fn new(report: &'a Report, documents: &'a [Document<'a>]) -> Self {
        let (given, reported) = (documents.len(), report.documents().len());
        assert!(given == 0 || given == reported, "the report is about {reported} documents, got {given}");
        Self { report, documents }
    }
}

impl<'a> From<&'a Report> for Checked<'a> {
    /// A report without its documents.
    fn from(report: &'a Report) -> Self {
        Self { report, documents: &[] }
    }
}

/// Which findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Select {
    /// Those that are worth [showing](Finding::shown).
    #[default]
    Shown,
    /// Also those that are not.
    All,
}

impl Select {
    /// Whether a finding is written.
    #[must_use]
    pub fn has(self, finding: &Finding) -> bool {
        finding.shown || self == Self::All
    }

    /// The findings of a report that are written, in its order.
    pub fn of(self, report: &Report) -> impl Iterator<Item = &Finding> {
        report.findings().iter().filter(move |finding| self.has(finding))
    }
}
