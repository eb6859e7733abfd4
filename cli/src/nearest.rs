//! The known name that is nearest to an unknown one.

/// "; did you mean `threshold`?", or nothing if no name is near.
pub(crate) fn did_you_mean<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(unknown, known) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => String::new(),
    }
}

/// The least likeness of a name that may have been meant. Names of unlike words stay below it.
const LEAST: f64 = 0.75;

/// The first of the names that are most like this one, if any is like it.
fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The likeness of very long names takes long to compute, and nobody meant them.
    let unknown: String = unknown.chars().take(100).collect::<String>().to_lowercase();
    let mut best = None;
    for name in known {
        let likeness = strsim::jaro_winkler(&unknown, name);
        if likeness >= LEAST && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["threshold", "themes", "min-passage-tokens", "min-paragraph-tokens", "exclude"];
        let cases = [
            ("treshold", Some("threshold")),
            ("Threshhold", Some("threshold")),
            ("min-pasage-token", Some("min-passage-tokens")),
            ("excludes", Some("exclude")),
            ("colour", None),
            ("", None),
        ];
        for (unknown, expected) in cases {
            assert_eq!(nearest(unknown, names), expected, "{unknown}");
        }
        assert_eq!(did_you_mean("theme", names), "; did you mean `themes`?");
        assert_eq!(did_you_mean(&"x".repeat(1_000_000), names), "");
    }
}
