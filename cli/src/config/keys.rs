//! The keys of `refrain.toml`, and which values each accepts.

use refrain::{Detector, Settings};
use serde_json::{Map, Value, json};

/// The fields of [`Settings`], as keys, and what each accepts.
pub(super) const SETTINGS: [(&str, &str); 19] = [
    ("paragraphs", "\"auto\", \"blank\" or \"line\""),
    ("threshold", "a number greater than 0 and at most 1, such as 0.5"),
    ("shingle", "\"words:N\" or \"chars:N\", such as \"words:3\""),
    ("min-paragraph-tokens", WHOLE),
    ("min-warning-tokens", WHOLE),
    ("min-passage-tokens", "a whole number from 1 on, such as 6"),
    ("search", "\"auto\", \"exact\" or \"banded\""),
    ("recall", "a number greater than 0 and less than 1, such as 0.99"),
    ("lanes", "a whole number from 1 to 65536, such as 128"),
    ("seed", WHOLE),
    ("copies", "a whole number from 1 on, such as 32"),
    ("max-pairs", "a whole number from 1 on, such as 100, or \"none\""),
    ("merge-numbers", "true or false"),
    ("coverage", "\"document\" or \"documents\""),
    (
        "boilerplate",
        "a number of documents from 2 on, such as 5, a share up to 100%, such as \"20%\", or \"none\"",
    ),
    ("verdict.redundancy", POSITIVE),
    ("verdict.padding", POSITIVE),
    ("themes", "\"off\", \"strict\", \"middle\" or \"thorough\""),
    ("background", "\"en/1\", \"none\" or the name of a file made by `refrain background`"),
];

const WHOLE: &str = "a whole number, such as 5";
const POSITIVE: &str = "a number greater than 0, such as 0.3";

/// The keys of the command that may also stand in `[[overrides]]`.
pub(super) const COMMAND: [(&str, &str); 6] = [
    ("ignore-lines", "true or false"),
    ("profile", "\"prose\" or \"reference\""),
    ("fail-on", "\"never\", or one or several of \"warning\", \"note\" and the names of rules"),
    ("max-redundancy", "a share from 0 to 1, such as 0.3, or a percentage, such as \"30%\""),
    ("rules", "a table of rules, such as `repeated-passage = \"off\"`"),
    ("verdict", "a table of `redundancy` and `padding`"),
];

/// The keys that may stand at the top only.
pub(super) const TOP: [(&str, &str); 4] = [
    ("include", "globs, such as [\"*.tmpl\"]"),
    ("exclude", "globs, such as [\"drafts\"]"),
    ("input", "a table of globs and kinds, such as `\"docs/*.tmpl\" = \"markdown\"`"),
    ("overrides", "tables, each begun by `[[overrides]]`, with `files` and the keys that differ for them"),
];

/// What the value of a key must be, if there is such a key.
pub(super) fn accepts(key: &str) -> Option<&'static str> {
    let all = SETTINGS.iter().chain(&COMMAND).chain(&TOP);
    all.into_iter().find(|(name, _)| *name == key).map(|(_, accepts)| *accepts)
}

/// The field of [`Settings`] that a key stands for.
pub(super) fn field_of(key: &str) -> String {
    key.replace('-', "_")
}

/// The fields of these settings as keys with their values.
pub(super) fn flat(settings: &Settings) -> Vec<(String, Value)> {
    let Value::Object(fields) = serde_json::to_value(settings).unwrap_or_default() else { return Vec::new() };
    let mut flat = Vec::new();
    for (field, value) in fields {
        let key = field.replace('_', "-");
        match value {
            Value::Object(inner) => {
                flat.extend(inner.into_iter().map(|(field, value)| (format!("{key}.{field}"), value)));
            }
            value => flat.push((key, value)),
        }
    }
    flat
}

/// The settings with these values of keys; the others have their defaults.
///
/// # Errors
///
/// If a value has the wrong type.
pub(super) fn settings<'a>(
    values: impl IntoIterator<Item = (&'a str, &'a Value)>,
) -> Result<Settings, serde_json::Error> {
    let mut fields = Map::new();
    for (key, value) in values {
        match key.split_once('.') {
            None => {
                fields.insert(field_of(key), value.clone());
            }
            Some((outer, inner)) => {
                let table = fields.entry(field_of(outer)).or_insert_with(|| json!({}));
                table[field_of(inner)] = value.clone();
            }
        }
    }
    serde_json::from_value(Value::Object(fields))
}

/// The value of a setting as the library reads it: `5` as `"5"` documents, `"none"` as no value.
pub(super) fn normal(key: &str, value: Value) -> Value {
    match (key, &value) {
        ("boilerplate" | "max-pairs", Value::String(text)) if text == "none" => Value::Null,
        ("boilerplate", Value::Number(number)) => Value::String(number.to_string()),
        _ => value,
    }
}

/// Whether a setting can have this value.
pub(super) fn is_sound(key: &str, value: &Value) -> bool {
    match (key, value) {
        // The name of a file is looked at when it is read.
        ("background", value) => value.as_str().is_some_and(|name| !name.is_empty()),
        _ => settings([(key, value)]).is_ok_and(|settings| Detector::with_settings(settings).is_ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_settings_is_a_key() {
        let mut fields: Vec<String> = flat(&Settings::default()).into_iter().map(|(key, _)| key).collect();
        let mut keys = SETTINGS.map(|(key, _)| key.to_owned());
        fields.sort();
        keys.sort();
        assert_eq!(fields, keys);
    }

    #[test]
    fn settings_are_read_as_they_are_written() {
        let mut settings = Settings::default();
        settings.threshold = 0.7;
        settings.verdict.padding = 0.9;
        settings.max_pairs = Some(7);
        let flat = flat(&settings);
        assert_eq!(super::settings(flat.iter().map(|(key, value)| (&**key, value))).unwrap(), settings);
    }

    #[test]
    fn values_are_checked() {
        let cases = [
            ("threshold", json!(0.5), true),
            ("threshold", json!(1), true),
            ("threshold", json!(1.5), false),
            ("threshold", json!("0.5"), false),
            ("min-passage-tokens", json!(0), false),
            ("min-passage-tokens", json!(4.5), false),
            ("boilerplate", json!(5), true),
            ("boilerplate", json!("20%"), true),
            ("boilerplate", json!(1), false),
            ("boilerplate", json!("none"), true),
            ("max-pairs", json!("none"), true),
            ("verdict.redundancy", json!(0), false),
            ("verdict.redundancy", json!(0.2), true),
            ("shingle", json!("lines:3"), false),
            ("themes", json!("off"), true),
            ("background", json!(""), false),
            ("background", json!("words.txt"), true),
        ];
        for (key, value, sound) in cases {
            assert_eq!(is_sound(key, &normal(key, value.clone())), sound, "{key} = {value}");
        }
    }
}
