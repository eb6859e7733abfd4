//! What a page may load and run: its own style and its own script.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

pub(super) const STYLE: &str = include_str!("style.css");
pub(super) const SCRIPT: &str = include_str!("script.js");

/// The content security policy: nothing but this style and this script, by their hashes.
pub(super) fn policy() -> String {
    let [style, script] = [STYLE, SCRIPT].map(hash);
    format!(
        "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
    )
}

/// The hash of a source as a policy writes it.
fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // The example of the specification, Content Security Policy Level 3.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn neither_file_ends_its_element() {
        for source in [STYLE, SCRIPT] {
            let lower = source.to_ascii_lowercase();
            assert!(!lower.contains("</s") && !lower.contains("<!--") && !source.contains(['\r', '\0']));
        }
        assert!(STYLE.len() + SCRIPT.len() < 100_000);
    }
}
