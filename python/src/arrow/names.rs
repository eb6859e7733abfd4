//! The names of columns, and the nearest to one that is not there.

use pyo3::prelude::*;

use crate::errors::RefrainError;

/// The place of a column.
pub(super) fn find(names: &[String], wanted: &str) -> PyResult<usize> {
    let places: Vec<usize> = (0..names.len()).filter(|&place| names[place] == wanted).collect();
    match places[..] {
        [place] => Ok(place),
        [] => Err(RefrainError::new_err(unknown(names, wanted))),
        [..] => Err(RefrainError::new_err(format!(
            "there are {} columns `{wanted}`; give them different names",
            places.len()
        ))),
    }
}

/// "there is no column `txt`; there are `id`, `text`; is it `text`?"
pub(super) fn unknown(names: &[String], wanted: &str) -> String {
    let listed = match names {
        [] => "none".to_owned(),
        _ => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    let nearest = names.iter().map(|name| (strsim::jaro_winkler(name, wanted), name));
    let nearest = nearest.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = nearest.map(|(_, name)| format!("; is it `{name}`?")).unwrap_or_default();
    format!("there is no column `{wanted}`; there are {listed}{hint}")
}
