//! How sources are read: what `check` and `compare` take.

use clap::Args;
use refrain::{DetectorBuilder, Document, InputKind, ParagraphBreaks, ReadOptions};

use super::values::{breaks, input_kind};
use crate::input::text_file::{STDIN, TextFile};
use crate::output::stderr;

#[derive(Args, Debug)]
pub(crate) struct ReadingOptions {
    /// How to read the input: plain, markdown, html or subtitles [default: by the ending of the name, standard
    /// input by its beginning].
    ///
    /// Of Markdown and HTML the blocks are read that a reader sees, without code, comments and addresses of
    /// links; places are those in the file.
    #[arg(long, value_name = "KIND", value_parser = input_kind)]
    input: Option<InputKind>,
    /// Also read the texts that stand for pictures.
    #[arg(long)]
    alt_text: bool,
    /// Also read the title and the description in the front matter of Markdown or the head of HTML.
    #[arg(long)]
    front_matter: bool,
    /// What separates the paragraphs of plain text: blank (lines), line (ends) or auto.
    ///
    /// With auto, each line is a paragraph if there are no blank lines and the lines are not hard-wrapped; and
    /// list items, lines with a time in front and the turns of a dialogue are paragraphs.
    #[arg(long, value_name = "BREAKS", value_parser = breaks, default_value = "auto")]
    paragraphs: ParagraphBreaks,
}

impl ReadingOptions {
    /// Applies what the detector needs to know.
    pub(crate) fn apply(&self, builder: DetectorBuilder) -> DetectorBuilder {
        builder.paragraphs(self.paragraphs)
    }

    /// Reads a source. Says on standard error what standard input was taken for, and which mistakes there are
    /// in what the source says to this program.
    pub(crate) fn document<'a>(&self, file: &'a TextFile) -> Document<'a> {
        let kind = self.input.or_else(|| InputKind::from_name(&file.name));
        let kind = kind.unwrap_or_else(|| match &*file.name {
            STDIN => guess(&file.content),
            _ => InputKind::Plain,
        });
        let mut options = ReadOptions::default();
        (options.alt_text, options.front_matter) = (self.alt_text, self.front_matter);
        let document = kind.read(file.name.as_str(), file.content.as_str(), &options);
        for problem in document.problems() {
            let line = 1 + file.content[..problem.span.start].matches('\n').count();
            stderr::print_warning(&format!("{}:{line}: {}", file.name, problem.message));
        }
        document
    }
}

/// What standard input looks like.
fn guess(content: &str) -> InputKind {
    let kind = InputKind::guess(content);
    if kind != InputKind::Plain {
        stderr::print_line(&format!(
            "hint: standard input is read as {kind}; --input plain reads all of it as text"
        ));
    }
    kind
}
