//! What a file holds, by the ending of its name.

use std::path::Path;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// One text.
    Text,
    /// Many texts: JSON Lines or Parquet.
    Records,
}

/// The endings of files with one text, that are read from folders.
const TEXTS: [&str; 9] = ["txt", "md", "mdx", "markdown", "htm", "html", "xhtml", "srt", "vtt"];
/// The endings of files with records; those of lines may be followed by that of a compression.
const LINES: [&str; 2] = ["jsonl", "ndjson"];
const COMPRESSED: [&str; 2] = ["gz", "zst"];

/// What a file with this name holds, if its ending is known.
pub(crate) fn known(path: &Path) -> Option<Content> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    let is_lines = |ending: &str| LINES.contains(&ending);
    let compressed =
        COMPRESSED.contains(&ending) && stem.rsplit_once('.').is_some_and(|(_, it)| is_lines(it));
    if TEXTS.contains(&ending) {
        Some(Content::Text)
    } else if ending == "parquet" || is_lines(ending) || compressed {
        Some(Content::Records)
    } else {
        None
    }
}

/// The known endings, for messages.
pub(crate) fn list() -> String {
    let dotted: Vec<String> =
        TEXTS.iter().chain(&LINES).chain(&["parquet"]).map(|ending| format!(".{ending}")).collect();
    dotted.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_known() {
        let cases = [
            ("a.txt", Some(Content::Text)),
            ("A.MD", Some(Content::Text)),
            ("dir.txt/a.b.srt", Some(Content::Text)),
            ("a.jsonl", Some(Content::Records)),
            ("a.ndjson.gz", Some(Content::Records)),
            ("a.jsonl.ZST", Some(Content::Records)),
            ("a.parquet", Some(Content::Records)),
            ("a.gz", None),
            ("a.txt.gz", None),
            ("a.parquet.gz", None),
            ("a.json", None),
            ("txt", None),
            ("a", None),
        ];
        for (name, expected) in cases {
            assert_eq!(known(Path::new(name)), expected, "{name}");
        }
    }
}
