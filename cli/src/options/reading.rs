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

    /// What is read in addition to the text. `ignore_lines` is whether a file of settings turns on --ignore-lines.
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
        let guessed = self.input.or(configured).or(file.kind).is_none();
        if guessed && file.content.trim_start().starts_with("{\"") {
            stderr::print_line(
                "hint: standard input is read as one text; records (JSON Lines) are read from files that end in .jsonl",
            );
        }
        if guessed && kind != InputKind::Plain {
            stderr::print_line(&format!(
                "hint: standard input is read as {kind}; --input plain reads all of it as text"
            ));
        }
        let options = self.read_options(ignore_lines);
        let document = kind.read(file.name.as_str(), file.content.as_str(), &options);
        print_problems(file, &document);
        if document.text().trim().is_empty() && !file.content.trim().is_empty() {
            stderr::print_line(&format!(
                "hint: {}: a reader sees no text in it ({kind}); --front-matter reads title and description, \
                 --input plain all of it",
                file.name
            ));
        }
        document
    }
}

/// The most mistakes of a file that are said one by one.
const PROBLEMS: usize = 10;

/// Says which mistakes there are in what a source says to this program.
fn print_problems(file: &TextFile, document: &Document<'_>) {
    let (mut line, mut at) = (1, 0);
    for problem in document.problems().iter().take(PROBLEMS) {
        // Problems are in the order of the source, but for what is found at its end.
        if problem.span.start < at {
            (line, at) = (1, 0);
        }
        let between = &file.content[at..problem.span.start];
        line += between.matches(['\n', '\r']).count() - between.matches("\r\n").count();
        at = problem.span.start;
        stderr::print_warning(&format!("{}:{line}: {}", file.name, problem.message));
    }
    if let Some(more @ 1..) = document.problems().len().checked_sub(PROBLEMS) {
        stderr::print_warning(&format!("{}: {more} more such mistakes", file.name));
    }
}
