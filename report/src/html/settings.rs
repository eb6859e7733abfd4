//! The settings that shaped a report.

use maud::{Markup, html};
use refrain::Report;

use super::figures::percent;
use super::visible::Visible;

pub(super) fn settings(report: &Report) -> Markup {
    let settings = report.settings();
    let mut rows = vec![
        ("Paragraphs are parted by", format!("{:?}", settings.paragraphs).to_lowercase()),
        ("Compared by", settings.shingle.to_string()),
        ("Near-duplicates from", format!("a resemblance of {}", settings.threshold)),
        ("Shortest paragraph compared", format!("{} words", settings.min_paragraph_tokens)),
        ("Shortest paragraph warned of", format!("{} words", settings.min_warning_tokens)),
        ("Shortest passage", format!("{} words", settings.min_passage_tokens)),
        ("Said again", format!("{:?}", settings.themes).to_lowercase()),
        ("Common words", settings.background.clone()),
        ("Repetitive from", format!("{} redundant", percent(settings.verdict.redundancy))),
        (
            "Padded from",
            format!("{} (said again and ending like its opening, added)", settings.verdict.padding),
        ),
    ];
    if let Some(banding) = report.banding() {
        rows.push(("Search", format!("{banding:?}")));
    }
    html! {
        footer {
            details {
                summary { "Settings" }
                dl.settings {
                    @for (name, value) in rows { div { dt { (name) } dd { (Visible(&value)) } } }
                }
            }
            p.small { "Made by refrain " (env!("CARGO_PKG_VERSION")) ". Marks are stronger where the same comes back more often." }
        }
    }
}
