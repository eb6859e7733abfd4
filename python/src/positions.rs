//! Places in a text, in bytes and in code points.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use crate::errors::RefrainError;

/// The bytes between two places whose code points are counted in advance.
const STEP: usize = 512;

/// The number of code points that begin in these bytes.
pub(crate) fn code_points(bytes: &[u8]) -> usize {
    // All bytes but those of the form 10xxxxxx begin one.
    bytes.iter().map(|&byte| usize::from((byte as i8) >= -0x40)).sum()
}

/// Turns places in a text that are counted in bytes of UTF-8 into places that are counted in code points, as `str`
/// does.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Debug)]
pub(crate) struct Positions {
    text: PyBackedStr,
    /// The number of code points before each block of bytes; empty if the text is ASCII.
    before: Vec<usize>,
}

#[pymethods]
impl Positions {
    #[new]
    fn new(text: PyBackedStr) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for step in text.as_bytes().chunks(STEP) {
                before.push(count);
                count += code_points(step);
            }
            before.push(count);
        }
        Self { text, before }
    }

    /// The code points before a byte.
    fn code_point(&self, byte: usize) -> PyResult<usize> {
        if byte > self.text.len() || !self.text.is_char_boundary(byte) {
            return Err(RefrainError::new_err(format!(
                "byte {byte} is not the beginning of a character of this text of {} bytes; is it another text?",
                self.text.len()
            )));
        }
        let step = byte / STEP;
        Ok(match self.before.get(step) {
            Some(before) => before + code_points(&self.text.as_bytes()[step * STEP..byte]),
            None => byte,
        })
    }
}
