//! Globs that choose files, with the rules of `.gitignore`.

use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Globs relative to a folder. A glob without a slash matches the name of a file or folder anywhere; a folder
/// that matches brings all that is in it.
#[derive(Clone, Debug)]
pub(crate) struct Globs {
    root: PathBuf,
    matcher: Gitignore,
}

impl Globs {
    /// Globs relative to `root`, an absolute path.
    ///
    /// # Errors
    ///
    /// What is wrong with the first glob that is not one.
    pub(crate) fn new<'a>(root: &Path, globs: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new("");
        for glob in globs {
            if glob.trim().is_empty() {
                return Err("an empty glob matches nothing".to_owned());
            }
            // In a `.gitignore` file this would be a comment.
            let escaped = if glob.starts_with('#') { format!("\\{glob}") } else { glob.to_owned() };
            builder.add_line(None, &escaped).map_err(|error| problem(glob, &error))?;
        }
        let matcher = builder.build().map_err(|error| error.to_string())?;
        Ok(Self { root: root.to_owned(), matcher })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.matcher.is_empty()
    }

    /// Whether a file, given by its absolute path, or a folder above it matches.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        if self.is_empty() {
            return false;
        }
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        // The names alone: a path with a root would be refused.
        let names: PathBuf =
            inside.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        names != Path::new("") && self.matcher.matched_path_or_any_parents(names, false).is_ignore()
    }
}

fn problem(glob: &str, error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => format!("`{glob}` is not a glob: {err}"),
        other => format!("`{glob}` is not a glob: {other}"),
    }
}

/// The absolute path of a file, without `.` and `..`, whether or not it exists; links are not followed.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_names_and_folders() {
        let root = absolute(Path::new("some/folder"));
        let cases = [
            ("*.txt", "a.txt", true),
            ("*.txt", "in/a.txt", true),
            ("*.txt", "a.md", false),
            ("drafts", "drafts/a.md", true),
            ("drafts/", "in/drafts/a.md", true),
            ("/drafts", "in/drafts/a.md", false),
            ("in/*.md", "in/a.md", true),
            ("in/*.md", "in/deep/a.md", false),
            ("in/**/*.md", "in/deep/a.md", true),
            ("#a*", "#ab", true),
            ("{a,b}.md", "b.md", true),
        ];
        for (glob, path, expected) in cases {
            let globs = Globs::new(&root, [glob]).unwrap();
            assert_eq!(globs.matches(&root.join(path)), expected, "{glob} {path}");
        }
        let some = Globs::new(&root, ["*.md", "!keep.md"]).unwrap();
        assert_eq!(["a.md", "keep.md"].map(|name| some.matches(&root.join(name))), [true, false]);
        // A file elsewhere is matched by its names.
        assert!(some.matches(&absolute(Path::new("other/a.md"))));
        assert!(Globs::new(&root, ["a{b"]).unwrap_err().starts_with("`a{b` is not a glob: "));
        assert!(Globs::new(&root, [" "]).is_err());
    }

    #[test]
    fn paths_are_cleaned() {
        let here = absolute(Path::new("."));
        assert_eq!(absolute(Path::new("a/./b/../c")), here.join("a").join("c"));
        assert_eq!(absolute(&here.join("..").join("x")), here.parent().unwrap().join("x"));
    }
}
