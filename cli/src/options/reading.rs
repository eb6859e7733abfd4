//! How sources are read: what `check` and `compare` take.

use clap::Args;
use refrain::{Document, InputKind, ReadOptions};

use super::values::input_kind;
use crate::input::text_file::TextFile;
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
    /// In plain text, take lines that begin with `# refrain-ignore` for comments, as in Markdown and HTML.
    ///
    /// `# refrain-ignore` is about the next paragraph, `# refrain-ignore-start` about all up to
    /// `# refrain-ignore-end`. Names of rules may follow; without them the paragraphs are not read.
    #[arg(long)]
    ignore_lines: bool,
}

impl ReadingOptions {
    /// How a source is read. `configured` is the kind that a file of settings gives it.
    pub(crate) fn kind(&self, file: &TextFile, configured: Option<InputKind>) -> InputKind {
        self.input.or(configured).or(file.kind).unwrap_or_else(|| InputKind::guess(&file.content))
    }

    /// What is read besides the text. `ignore_lines` is whether a file of settings turns on --ignore-lines.
    pub(crate) fn read_options(&self, ignore_lines: bool) -> ReadOptions {
        let mut options = ReadOptions::default();
        (options.alt_text, options.front_matter) = (self.alt_text, self.front_matter);
        options.ignore_lines = self.ignore_lines || ignore_lines;
        options
    }

    /// Reads a source. Says on standard error what standard input was taken for, and which mistakes there are
    /// in what the source says to this program.
    ///
    /// `configured` is the kind that a file of settings gives it, and whether that file turns on --ignore-lines.
    pub(crate) fn document<'a>(
        &self,
        file: &'a TextFile,
        (configured, ignore_lines): (Option<InputKind>, bool),
    ) -> Document<'a> {
        let kind = self.kind(file, configured);
        if self.input.or(configured).or(file.kind).is_none() && kind != InputKind::Plain {
            stderr::print_line(&format!(
                "hint: standard input is read as {kind}; --input plain reads all of it as text"
            ));
        }
        let options = self.read_options(ignore_lines);
        let document = kind.read(file.name.as_str(), file.content.as_str(), &options);
        for problem in document.problems() {
            let line = 1 + file.content[..problem.span.start].matches('\n').count();
            stderr::print_warning(&format!("{}:{line}: {}", file.name, problem.message));
        }
        document
    }
}
