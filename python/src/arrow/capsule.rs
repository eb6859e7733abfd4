//! The C structures of Arrow, taken out of capsules and put into them.
//!
//! See "The Arrow PyCapsule interface" in the documentation of Arrow for what each method returns.

#![allow(unsafe_code, reason = "the C data interface is made of pointers")]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayRef, RecordBatchReader, make_array};
use arrow_schema::{ArrowError, Field, FieldRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors::{RefrainError, refused};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// The arrays of a column or, as arrays of structures, of a table.
#[pyclass(frozen, module = "refrain_text._refrain")]
#[derive(Clone, Debug)]
pub(crate) struct Arrays {
    pub(super) field: FieldRef,
    pub(super) chunks: Vec<ArrayRef>,
}

/// Takes over what an object gives as Arrow, without a copy; `None` if it does not speak Arrow.
pub(super) fn import(object: &Bound<'_, PyAny>) -> PyResult<Option<Arrays>> {
    if let Ok(arrays) = object.cast::<Arrays>() {
        return Ok(Some(arrays.get().clone()));
    }
    let method = |name: &str| object.getattr(name).ok().filter(|method| !method.is_none());
    if let Some(method) = method("__arrow_c_stream__") {
        let capsule = method.call0()?;
        let stream = taken::<FFI_ArrowArrayStream>(&capsule, STREAM)?;
        // SAFETY: the capsule has the name of a stream, so it holds one. It is moved out: the capsule keeps an empty
        // one, whose destructor does nothing.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream) };
        return read_stream(stream).map(Some).map_err(broken);
    }
    if let Some(method) = method("__arrow_c_array__") {
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = method.call0()?.extract()?;
        let schema = taken::<FFI_ArrowSchema>(&schema, SCHEMA)?;
        let array = taken::<FFI_ArrowArray>(&array, ARRAY)?;
        // SAFETY: as above; the schema is only read while its capsule lives.
        let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array), &*schema) }.map_err(broken)?;
        // SAFETY: as above.
        let field = Field::try_from(unsafe { &*schema }).map_err(broken)?;
        return Ok(Some(Arrays { field: field.into(), chunks: vec![make_array(data)] }));
    }
    Ok(None)
}

fn read_stream(mut stream: FFI_ArrowArrayStream) -> Result<Arrays, ArrowError> {
    // The reader below keeps the field to itself, and a stream may hold no array that tells its type.
    let mut schema = FFI_ArrowSchema::empty();
    if let Some(get_schema) = stream.get_schema() {
        // SAFETY: the stream calls its own function. If that fails, the schema stays empty, and so does the reader
        // below, which says why.
        unsafe { get_schema(&raw mut stream, &raw mut schema) };
    }
    let reader = ArrayStreamReader::try_new(stream)?;
    let field = Field::try_from(&schema)?;
    Ok(Arrays { field: field.into(), chunks: reader.collect::<Result<_, _>>()? })
}

/// The structure in a capsule of this name.
fn taken<T>(capsule: &Bound<'_, PyAny>, name: &'static CStr) -> PyResult<*mut T> {
    let not_a_capsule = |_| {
        let name = name.to_string_lossy();
        RefrainError::new_err(format!("an object that says it speaks Arrow must return a capsule `{name}`"))
    };
    let capsule = capsule.cast::<PyCapsule>().map_err(|error| not_a_capsule(error.into()))?;
    Ok(capsule.pointer_checked(Some(name)).map_err(not_a_capsule)?.cast().as_ptr())
}

fn broken(error: ArrowError) -> PyErr {
    refused(format!("the Arrow data cannot be read: {error}"))
}

/// A capsule with a stream of the batches of a table.
pub(super) fn export_stream(
    py: Python<'_>,
    batches: impl RecordBatchReader + Send + 'static,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
}

/// Capsules with the type of an array and with the array.
pub(super) fn export_array<'py>(
    py: Python<'py>,
    array: &dyn Array,
) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    let (array, schema) = to_ffi(&array.to_data()).map_err(broken)?;
    Ok((PyCapsule::new_with_value(py, schema, SCHEMA)?, PyCapsule::new_with_value(py, array, ARRAY)?))
}
