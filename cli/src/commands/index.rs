//! `refrain index`: what was published before, in an index on disk.

use std::ffi::OsString;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ColorChoice, Subcommand};
use refrain::Document;
use refrain_index::{Entry, ErrorKind, Index as File, Query, Settings};
use serde_json::{Map, Value, json};

use super::check_texts::{CheckedText, InputOptions};
use super::status::Status;
use crate::config::find::Configs;
use crate::error::Error;
use crate::input::metadata_fields::MetadataFields;
use crate::input::text_file::STDIN;
use crate::options::reading::ReadingOptions;
use crate::options::report::OutputFormat;
use crate::options::values::{count, finite, index_file};
use crate::output::{stderr, stdout};
use crate::render::printable::printable;
use crate::render::{numbers, published};

/// Keep what was published in an index, and find what was published before.
///
/// Any run of 12 words or more that a stored document has is found for certain, near-duplicate paragraphs with the
/// recall of the settings, and around both what was edited or reworded.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Index {
    #[command(subcommand)]
    action: Action,
}

const AFTER_HELP: &str = "\
Examples:
  refrain index create published.index
  refrain index add published.index articles/
  refrain index add published.index articles.jsonl --metadata-fields url,date
  fetch 17 | refrain index add published.index --name articles/17
  refrain index check published.index draft.md
  refrain index add --skip-stored published.index articles.jsonl   # goes on after a run that was broken off
  refrain index check --add --format json published.index new/*.md | jq -r '.matches[].stored.name'
  refrain index check published.index new.jsonl --before date
  refrain check --index published.index draft.md

Exit status:
  0  nothing was published before, or the work is done
  1  at least one warning: a run of words or a paragraph was published before (`check`)
  2  error; what was committed stays";

const CHECK_STATUS: &str = "\
Exit status:
  0  nothing was published before, or what is no warning, such as a heading
  1  at least one warning: a run of words or a paragraph was
  2  error; what was committed stays";

#[derive(Debug, Subcommand)]
enum Action {
    /// Create an empty index in a new file.
    ///
    /// Its settings are fixed; for others, create a new index from the documents.
    Create(Create),
    /// Add documents, and commit after every 10,000 paragraphs and at the end.
    ///
    /// A document is known by its name, the path of its file or the file and the id of its record (articles.jsonl#17),
    /// as given here. A name that is stored already is an error, unless --replace or --skip-stored is given. Standard
    /// input is named `<stdin>`, or as --name says.
    Add(Add),
    /// Report what of each document is in the index.
    ///
    /// A stored document of the same name is left out, as it is taken for an earlier version. Standard input has a name
    /// only if --name gives it one.
    Check(CheckIndex),
    /// Remove documents by their names.
    ///
    /// They are not found any more. The file becomes smaller with `compact`.
    Remove(Remove),
    /// List the stored documents, with their metadata, in the order in which they were added.
    List(Look),
    /// Say what the index holds, in numbers.
    Stats(Look),
    /// Prove the index against its texts.
    ///
    /// It reads the whole index and computes all that is stored again, so it takes about as long as adding the documents.
    Verify(Look),
    /// Merge all that was added, and make the file small.
    ///
    /// Checks are fastest after it. Nobody may read the index meanwhile.
    Compact(Compact),
}

#[derive(Args, Debug)]
struct Create {
    /// File of the index; it must not exist.
    #[arg(value_parser = index_file())]
    index: OsString,
    /// Any run of this many words that was published before is found for certain, 4 to 64.
    #[arg(long, value_name = "N", default_value = "12", value_parser = count)]
    guarantee: usize,
    /// Keep hashes and spans only, which takes half as much disk. Then places are named, not quoted, and shares are
    /// estimates.
    #[arg(long)]
    no_texts: bool,
    /// Minimum resemblance of near-duplicates, greater than 0 and at most 1.
    #[arg(long, value_name = "T", default_value = "0.5", value_parser = finite, allow_negative_numbers = true)]
    threshold: f64,
    /// Share of the pairs just at the threshold that are to be found, greater than 0 and less than 1.
    #[arg(long, value_name = "R", default_value = "0.99", value_parser = finite, allow_negative_numbers = true)]
    recall: f64,
}

#[derive(Args, Debug)]
struct Add {
    /// File of the index.
    #[arg(value_parser = index_file())]
    index: OsString,
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    stdin: StdinOptions,
    /// Put documents in place of stored ones with the same names.
    #[arg(long)]
    replace: bool,
    /// Leave out documents whose names are stored already, to resume a run that was broken off.
    #[arg(long, conflicts_with = "replace")]
    skip_stored: bool,
    #[command(flatten)]
    metadata: MetadataOptions,
}

/// How standard input is named.
#[derive(Args, Debug)]
struct StdinOptions {
    /// Name of the document on standard input, `<stdin>` if this is not given.
    ///
    /// How it is read does not depend on it.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    name: Option<String>,
}

/// What is kept with each document.
#[derive(Args, Debug)]
struct MetadataOptions {
    /// A JSON value to keep with each document, such as '{"date": "2024-05-06"}'.
    #[arg(long, value_name = "JSON", value_parser = json_value)]
    metadata: Option<Value>,
    /// Fields of records to keep with their documents, such as url,date; `*` keeps all but the id and the text.
    ///
    /// A dot leads into an object: `meta.url`. They win over the fields of --metadata.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', value_parser = field)]
    metadata_fields: Vec<String>,
}

#[derive(Args, Debug)]
#[command(after_help = CHECK_STATUS)]
struct CheckIndex {
    /// File of the index.
    #[arg(value_parser = index_file())]
    index: OsString,
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    stdin: StdinOptions,
    /// Add each document after its check, both in one transaction.
    #[arg(long)]
    add: bool,
    /// Neither check nor add documents whose names are stored already, to resume a run that was broken off.
    ///
    /// A run may be broken off after a document is added and before its report is written.
    #[arg(long, requires = "add")]
    skip_stored: bool,
    #[command(flatten)]
    metadata: MetadataOptions,
    /// Look only at stored documents whose metadata has a lesser value in a field, such as date=2024-05-01.
    ///
    /// Without a value, as in `--before date`, it is that of the document itself, from its record or from --metadata;
    /// with --add, the field of the record is stored, too. Numbers are compared by value, and texts by their bytes, as
    /// suits dates. A bare number, as in date=2024, is a number, and date='"2024"' is a text. Stored documents without a
    /// value of the same type are left out, with a warning.
    #[arg(long, value_name = "FIELD[=VALUE]", value_parser = before)]
    before: Option<Before>,
    /// Look only at documents that were added before this one, which is stored.
    #[arg(long, value_name = "NAME")]
    before_document: Option<String>,
    /// Maximum number of stored documents to compare each document with, 1 or more.
    #[arg(long, value_name = "N", default_value = "16", value_parser = one_or_more)]
    max_matches: usize,
    /// Output format; the JSON is one line for each document.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

#[derive(Args, Debug)]
struct Remove {
    /// File of the index.
    #[arg(value_parser = index_file())]
    index: OsString,
    /// Names of the documents, as `list --format json` writes them; without it, control characters are replaced.
    #[arg(required = true)]
    names: Vec<String>,
}

#[derive(Args, Debug)]
struct Look {
    /// File of the index.
    #[arg(value_parser = index_file())]
    index: OsString,
    /// Output format; JSON is one line, and of `list` a line for each document.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

#[derive(Args, Debug)]
struct Compact {
    /// File of the index.
    #[arg(value_parser = index_file())]
    index: OsString,
}

fn one_or_more(text: &str) -> Result<usize, &'static str> {
    count(text).ok().filter(|&number| number > 0).ok_or("expected a whole number, 1 or more")
}

fn json_value(text: &str) -> Result<Value, &'static str> {
    serde_json::from_str(text).map_err(|_| "expected JSON, such as {\"date\": \"2024-05-06\"}")
}

fn field(text: &str) -> Result<String, &'static str> {
    if text.is_empty() {
        Err("expected names of fields, such as url,date, or `*`")
    } else {
        Ok(text.to_owned())
    }
}

/// A field of the metadata, and the value that those of stored documents must be less than.
#[derive(Clone, Debug)]
struct Before {
    field: String,
    /// `None` for that of the document itself.
    value: Option<Value>,
}

fn before(text: &str) -> Result<Before, &'static str> {
    let (field, value) = match text.split_once('=') {
        Some((field, value)) => (field, Some(value)),
        None => (text, None),
    };
    if field.is_empty() {
        return Err("expected a field, such as date, or a field and a value, such as date=2024-05-01");
    }
    let value = value.map(|value| {
        let json = serde_json::from_str::<Value>(value).ok();
        json.filter(|json| json.is_number() || json.is_string()).unwrap_or_else(|| value.into())
    });
    Ok(Before { field: field.to_owned(), value })
}

impl Before {
    /// Warns that some checks left out stored documents without a value that can be compared.
    fn warn(&self, checks: usize) {
        let (kind, hint) = match &self.value {
            Some(Value::Number(number)) => {
                ("number", format!("; --before {}='\"{number}\"' compares with a text", self.field))
            }
            Some(_) => ("text", String::new()),
            None => ("value of the same type", String::new()),
        };
        let checks = numbers::count(checks, "check");
        stderr::print_warning(&format!(
            "{checks} left out stored documents that have no {kind} in the field `{}`{hint}",
            self.field
        ));
    }
}

impl StdinOptions {
    /// Fails if there is a name, and standard input is not read.
    fn check(&self, input: &InputOptions) -> Result<(), Error> {
        match self.name.is_some() && !input.reads_stdin() {
            true => Err(Error::new(
                "--name is for standard input, which is not read here; give `-` for it, or leave out --name",
            )),
            false => Ok(()),
        }
    }

    /// Fails if standard input is to be stored without a name, and another one was. `or` is what else can be done.
    fn check_new(&self, index: &File, input: &InputOptions, or: &str) -> Result<(), Error> {
        match self.name.is_none() && input.reads_stdin() && index.get(STDIN)?.is_some() {
            true => Err(Error::new(format!(
                "a document named {STDIN} is stored already; give this one a name with --name{or}"
            ))),
            false => Ok(()),
        }
    }

    /// Names standard input.
    fn rename(&self, texts: &mut [CheckedText]) {
        let Some(name) = &self.name else { return };
        for text in texts.iter_mut().filter(|text| text.file.name == STDIN) {
            text.file.name.clone_from(name);
        }
    }
}

impl MetadataOptions {
    /// The fields that are read from records: those that are kept, and one more that is needed.
    fn fields(&self, needed: Option<&str>) -> MetadataFields {
        MetadataFields::new(self.metadata_fields.iter().map(String::as_str).chain(needed))
    }

    /// What is kept with a document.
    fn of(&self, text: &CheckedText) -> Result<Value, Error> {
        let fields = &text.file.fields;
        match &self.metadata {
            value if fields.is_empty() => Ok(value.clone().unwrap_or_default()),
            None => Ok(Value::Object(fields.clone())),
            Some(Value::Object(given)) => {
                let all = given.iter().chain(fields).map(|(name, value)| (name.clone(), value.clone()));
                Ok(Value::Object(all.collect::<Map<_, _>>()))
            }
            Some(_) => Err(Error::new(
                "--metadata must be an object if fields of records are kept beside it, such as {\"date\": \
                 \"2024-05-06\"}",
            )),
        }
    }
}

impl From<refrain_index::Error> for Error {
    fn from(error: refrain_index::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// Why a document cannot be added, and what leaves out those that are stored.
fn not_added(error: refrain_index::Error) -> Error {
    match error.kind() {
        ErrorKind::Exists => Error::new(format!("{error}; --skip-stored leaves out what is stored")),
        _ => error.into(),
    }
}

/// Nothing is cancelled: an interrupt ends the process, and what was committed is safe.
fn go_on(_: refrain_index::Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

impl Index {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        match &self.action {
            Action::Create(create) => create.run(),
            Action::Add(add) => add.run(),
            Action::Check(check) => check.run(color),
            Action::Remove(remove) => remove.run(),
            Action::List(look) => look.list(color),
            Action::Stats(look) => look.stats(color),
            Action::Verify(look) => look.verify(color),
            Action::Compact(Compact { index }) => {
                File::open(index)?.compact(go_on)?;
                Ok(Status::Done)
            }
        }
    }
}

impl Create {
    fn run(&self) -> Result<Status, Error> {
        let mut settings = Settings::default();
        settings.guarantee = self.guarantee;
        settings.texts = !self.no_texts;
        settings.detector.threshold = self.threshold;
        settings.detector.recall = self.recall;
        File::create(&self.index, settings)?;
        Ok(Status::Done)
    }
}

/// Reads texts with these fields of records, and passes them to `work` some at a time. What cannot be read is printed.
/// Returns whether all could be read.
fn read(
    input: &InputOptions,
    stdin: &StdinOptions,
    fields: &MetadataFields,
    mut work: impl FnMut(Vec<CheckedText>) -> Result<(), Error> + Send,
) -> Result<bool, Error> {
    stdin.check(input)?;
    let named = |mut texts: Vec<CheckedText>| {
        stdin.rename(&mut texts);
        work(texts)
    };
    let errors = input.read_in_batches(&mut Configs::new(None, false, Vec::new())?, fields, named)?;
    errors.iter().for_each(|error| stderr::print_error(error));
    Ok(errors.is_empty())
}

/// Removes the texts whose names are stored. Returns how many these are.
fn skip_stored(index: &File, texts: &mut Vec<CheckedText>) -> Result<usize, Error> {
    let all = texts.len();
    let mut new = Vec::with_capacity(all);
    for text in texts.drain(..) {
        if index.get(&text.file.name)?.is_none() {
            new.push(text);
        }
    }
    *texts = new;
    Ok(all - texts.len())
}

fn print_skipped(skipped: usize) {
    stderr::print_line(&format!("{} skipped, as stored already", numbers::count(skipped, "document")));
}

fn document<'t>(text: &'t CheckedText, reading: &ReadingOptions) -> Document<'t> {
    reading.document(&text.file, (text.effective.input(), text.effective.ignore_lines()))
}

/// Leaves out an earlier version of the document with this name. Without a name of its own, standard input may be any
/// document.
fn without_earlier(query: Query, name: &str) -> Query {
    if name == STDIN { query } else { query.except(name) }
}

impl Add {
    fn run(&self) -> Result<Status, Error> {
        let index = File::open(&self.index)?;
        if !self.replace {
            self.stdin.check_new(&index, &self.input, ", or replace that one with --replace")?;
        }
        let before = index.stats()?.documents;
        let (mut added, mut skipped) = (0, 0);
        let read = read(&self.input, &self.stdin, &self.metadata.fields(None), |mut texts| {
            if self.skip_stored {
                skipped += skip_stored(&index, &mut texts)?;
            }
            let metadata = texts.iter().map(|text| self.metadata.of(text)).collect::<Result<Vec<_>, _>>()?;
            let documents = texts.iter().map(|text| document(text, &self.reading));
            let entries = documents.zip(metadata).map(|(document, metadata)| Entry::new(document, metadata));
            let stored = match self.replace {
                true => index.replace_all(entries, go_on),
                false => index.add_all(entries, go_on),
            };
            added += stored.map_err(not_added)?.documents;
            Ok(())
        });
        let all_read = read.map_err(|error| {
            // Documents that are put in place of others do not change the number of documents.
            let (committed, or_more) = match index.stats() {
                Ok(stats) if !self.replace => (stats.documents.saturating_sub(before), ""),
                _ => (added, " or more"),
            };
            match committed {
                0 => error,
                _ => {
                    let documents = numbers::count(committed as usize, "document");
                    Error::new(format!("{error}; committed before: {documents}{or_more}"))
                }
            }
        })?;
        stderr::print_line(&format!("{} added", numbers::count(added as usize, "document")));
        if self.skip_stored {
            print_skipped(skipped);
        }
        Ok(if all_read { Status::Done } else { Status::Failed })
    }
}

impl CheckIndex {
    fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let index = if self.add { File::open(&self.index) } else { File::open_read_only(&self.index) }?;
        if self.add {
            self.stdin.check_new(&index, &self.input, "")?;
        }
        let own = self.before.as_ref().filter(|before| before.value.is_none());
        let all = self.query(&index)?;
        let (mut found, mut failed) = (false, false);
        let (mut skipped, mut undated) = (0, 0);
        let fields = self.metadata.fields(own.map(|before| &*before.field));
        let all_read = read(&self.input, &self.stdin, &fields, |mut texts| {
            if self.skip_stored {
                skipped += skip_stored(&index, &mut texts)?;
            }
            for text in &texts {
                match self.check(&index, text, own, all.clone(), color)? {
                    Some(report) => {
                        found |= report.has_warnings();
                        undated += usize::from(report.undated > 0);
                    }
                    None => failed = true,
                }
            }
            Ok(())
        })?;
        if self.skip_stored {
            print_skipped(skipped);
        }
        if let Some(before) = self.before.as_ref().filter(|_| undated > 0) {
            before.warn(undated);
        }
        Ok(match (failed || !all_read, found) {
            (true, _) => Status::Failed,
            (false, true) => Status::Found,
            (false, false) => Status::Done,
        })
    }

    /// Checks a document, and prints and returns the report; `None` if it has no value for `own`, the field that stored
    /// documents must be before.
    fn check(
        &self,
        index: &File,
        text: &CheckedText,
        own: Option<&Before>,
        query: Query,
        color: ColorChoice,
    ) -> Result<Option<refrain_index::Report>, Error> {
        let document = document(text, &self.reading);
        let metadata = self.metadata.of(text)?;
        let mut query = without_earlier(query, document.name());
        if let Some(before) = own {
            let Some(value) = Query::value_of(&metadata, &before.field) else {
                let (name, field) = (document.name(), &before.field);
                stderr::print_error(&format!(
                    "{name}: it has no field `{field}`; give one with --metadata, or a value for all with \
                     --before {field}=VALUE"
                ));
                return Ok(None);
            };
            query = query.before_field(&before.field, value.clone());
        }
        let report = if self.add {
            index.check_and_add(Entry::new(&document, metadata), &query).map_err(not_added)?
        } else {
            index.check_with(&document, &query, go_on)?
        };
        match self.format {
            OutputFormat::Json => stdout::write_json(&report)?,
            OutputFormat::Text => {
                stdout::write(color, |out, _| published::write(out, &report, &document, false))?;
            }
        }
        Ok(Some(report))
    }

    /// What is the same for all documents.
    fn query(&self, index: &File) -> Result<Query, Error> {
        let mut query = Query::new().max_matches(self.max_matches);
        if let Some(name) = &self.before_document {
            let Some(stored) = index.get(name)? else {
                return Err(Error::new(format!("--before-document: {}", no_document(name))));
            };
            query = query.before_number(stored.number);
        }
        if let Some(Before { field, value: Some(value) }) = &self.before {
            query = query.before_field(field, value.clone());
        }
        Ok(query)
    }
}

fn no_document(name: &str) -> String {
    format!("there is no document {name} in the index")
}

impl Remove {
    fn run(&self) -> Result<Status, Error> {
        let index = File::open(&self.index)?;
        let mut missing = false;
        for name in &self.names {
            if index.get(name)?.is_none() {
                missing = true;
                stderr::print_error(&no_document(name));
            }
        }
        let removed = index.remove_all(self.names.iter().map(String::as_str))?;
        stderr::print_line(&format!("{} removed", numbers::count(removed as usize, "document")));
        Ok(if missing { Status::Failed } else { Status::Done })
    }
}

impl Look {
    fn list(&self, color: ColorChoice) -> Result<Status, Error> {
        let index = File::open_read_only(&self.index)?;
        let mut listed = Ok(());
        stdout::write(color, |out, _| {
            let mut written = Ok(());
            listed = index.documents(|stored| {
                written = match self.format {
                    OutputFormat::Json => writeln!(out, "{}", json!(stored)),
                    OutputFormat::Text => {
                        let metadata = if stored.metadata.is_null() {
                            String::new()
                        } else {
                            format!("  {}", stored.metadata)
                        };
                        writeln!(out, "{}{}", printable(&stored.name), printable(&metadata))
                    }
                };
                if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            written
        })?;
        listed?;
        Ok(Status::Done)
    }

    fn stats(&self, color: ColorChoice) -> Result<Status, Error> {
        let index = File::open_read_only(&self.index)?;
        let stats = index.stats()?;
        let settings = index.settings();
        if matches!(self.format, OutputFormat::Json) {
            stdout::write_json(&json!({"settings": settings, "stats": stats}))?;
            return Ok(Status::Done);
        }
        stdout::write(color, |out, _| {
            writeln!(out, "documents   {}", stats.documents)?;
            writeln!(out, "paragraphs  {}", stats.paragraphs)?;
            writeln!(out, "words       {}", stats.tokens)?;
            writeln!(out, "bytes       {} of text, {} in the file", stats.bytes, stats.file)?;
            writeln!(out, "postings    {} in {}", stats.postings, numbers::count(stats.runs, "run"))?;
            writeln!(out, "guarantee   {} words", settings.guarantee)?;
            let detector = &settings.detector;
            writeln!(out, "threshold   {}, recall {}", detector.threshold, detector.recall)?;
            writeln!(out, "texts       {}", if settings.texts { "kept" } else { "not kept" })
        })?;
        Ok(Status::Done)
    }

    fn verify(&self, color: ColorChoice) -> Result<Status, Error> {
        let verified = File::open_read_only(&self.index)?.verify(go_on)?;
        match self.format {
            OutputFormat::Json => stdout::write_json(&verified)?,
            OutputFormat::Text => stdout::write(color, |out, _| {
                let how = if verified.from_texts { "computed again from the texts" } else { "read" };
                let documents = numbers::count(verified.documents as usize, "document");
                writeln!(out, "sound: {documents}, {} postings {how}", verified.postings)
            })?,
        }
        Ok(Status::Done)
    }
}

/// What of documents is in an index, for `check --index`.
pub(super) fn look_up(index: &Path, documents: &[Document<'_>]) -> Result<Vec<refrain_index::Report>, Error> {
    let index = File::open_read_only(index)?;
    let check = |document: &Document<'_>| {
        Ok(index.check_with(document, &without_earlier(Query::new(), document.name()), go_on)?)
    };
    documents.iter().map(check).collect()
}
