//! What is around every page: its head, its bar of controls and its help.

use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::policy::{SCRIPT, STYLE, policy};
use super::visible::Plain;

/// Writes a page: `head` is what stands above the parts of its body, which are written one by one.
pub(super) fn page(
    out: &mut impl io::Write,
    title: &str,
    kind: &str,
    top: Markup,
    parts: impl Iterator<Item = Markup>,
    bottom: &Markup,
) -> io::Result<()> {
    let mut start = String::new();
    let head = html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="generator" content={ "refrain-report " (env!("CARGO_PKG_VERSION")) };
            title { (Plain(title)) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped(format!("<body class=\"{kind}\">")))
        (PreEscaped("<main id=\"top\">"))
        (top)
    };
    head.render_to(&mut start);
    out.write_all(start.as_bytes())?;
    for part in parts {
        out.write_all(part.0.as_bytes())?;
    }
    let end = html! {
        (bottom)
        (PreEscaped("</main>"))
        (controls())
        script { (PreEscaped(SCRIPT)) }
        (PreEscaped("</body></html>\n"))
    };
    out.write_all(end.0.as_bytes())
}

/// The panel of wordings, the bar of controls and the help, all of which need the script.
fn controls() -> Markup {
    html! {
        section #panel aria-label="All wordings" hidden {
            div.head { h2 #panel-title {} button #panel-close type="button" { "Close" } }
            p.msg #panel-msg dir="auto" {}
            div.also #panel-also {}
            div #panel-body tabindex="0" role="region" aria-label="Wordings" {}
        }
        nav #bar aria-label="Walk through what repeats" hidden {
            span.group {
                button #prev-finding type="button" title="Previous finding (K)" aria-label="Previous finding" { "‹" }
                button #now type="button" title="Show all wordings (Enter)" { "No finding chosen" }
                button #next-finding type="button" title="Next finding (J)" aria-label="Next finding" { "›" }
            }
            span.group {
                button #prev-place type="button" title="Previous place (k)" aria-label="Previous place" { "↑" }
                span #place role="status" { "–" }
                button #next-place type="button" title="Next place (j)" aria-label="Next place" { "↓" }
            }
            button #help-open type="button" aria-label="Help on keys" title="Keys (?)" { "?" }
        }
        dialog #help aria-labelledby="help-title" {
            h2 #help-title { "Keys" }
            dl {
                @for (keys, what) in KEYS {
                    div { dt { @for key in *keys { kbd { (key) } " " } } dd { (what) } }
                }
            }
            p { "A click on a marked stretch chooses it; another click goes to the next place." }
            form method="dialog" { button { "Close" } }
        }
    }
}

const KEYS: &[(&[&str], &str)] = &[
    (&["j", "n"], "next place of what is chosen"),
    (&["k", "p"], "previous place"),
    (&["J", "→"], "next finding"),
    (&["K", "←"], "previous finding"),
    (&["Enter"], "all wordings side by side"),
    (&["a"], "show all findings, or only those worth showing"),
    (&["Esc"], "close"),
    (&["?"], "this help"),
];
