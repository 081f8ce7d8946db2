//! A table that every program of the Arrow family takes without a copy.
//!
//! Source: <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, RecordBatch, StructArray,
    cast::AsArray,
    types::{Date32Type, Int64Type},
};
use arrow_schema::{DataType, Field, SchemaRef};
use pyo3::{
    IntoPyObjectExt,
    exceptions::PyTypeError,
    prelude::*,
    types::{PyBytes, PyCapsule, PyDict, PyTuple},
};
use pyo3_arrow::{
    error::PyArrowResult,
    ffi::{ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule},
};

/// Rows in batches.
#[pyclass(module = "tongwen", frozen)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) const fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }

    fn field(&self) -> Arc<Field> {
        let field = Field::new("", DataType::Struct(self.schema.fields().clone()), false);
        Arc::new(field.with_metadata(self.schema.metadata().clone()))
    }
}

#[pymethods]
impl Table {
    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// How many rows there are.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// How many batches they come in.
    #[getter]
    fn num_batches(&self) -> usize {
        self.batches.len()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __iter__(slf: Py<Self>) -> TableRows {
        TableRows { table: slf, batch: 0, row: 0 }
    }

    fn __repr__(&self) -> String {
        format!("<tongwen.Table of {} rows: {}>", self.num_rows(), self.column_names().join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let arrays = self.batches.clone().into_iter().map(|batch| Ok(Arc::new(StructArray::from(batch)) as ArrayRef));
        to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, self.field())), requested_schema)
    }

    /// All rows as one array; several batches are joined.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyTuple>> {
        let batch = arrow_select::concat::concat_batches(&self.schema, &self.batches)?;
        to_array_pycapsules(py, self.field(), &StructArray::from(batch), requested_schema)
    }
}

/// The rows of a table as dicts, one after the other, for whoever has no program of the Arrow family.
#[pyclass(module = "tongwen")]
pub(crate) struct TableRows {
    table: Py<Table>,
    batch: usize,
    row: usize,
}

#[pymethods]
impl TableRows {
    const fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let table = self.table.get();
        while let Some(batch) = table.batches.get(self.batch) {
            if self.row == batch.num_rows() {
                (self.batch, self.row) = (self.batch + 1, 0);
                continue;
            }
            let row = PyDict::new(py);
            for (field, column) in table.schema.fields().iter().zip(batch.columns()) {
                row.set_item(field.name(), cell(py, column, self.row)?)?;
            }
            self.row += 1;
            return Ok(Some(row));
        }
        Ok(None)
    }
}

fn cell<'py>(py: Python<'py>, column: &ArrayRef, at: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(at) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(at).into_bound_py_any(py),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(at).into_bound_py_any(py),
        DataType::Boolean => column.as_boolean().value(at).into_bound_py_any(py),
        DataType::Binary => Ok(PyBytes::new(py, column.as_binary::<i32>().value(at)).into_any()),
        DataType::Date32 => day(py, column.as_primitive::<Date32Type>().value(at)),
        other => Err(PyTypeError::new_err(format!("a column of {other}"))),
    }
}

/// A day, given in days since 1970-01-01. Python knows none before the year 1, where it stays a number.
fn day(py: Python<'_>, days: i32) -> PyResult<Bound<'_, PyAny>> {
    /// 1970-01-01, where 0001-01-01 is 1.
    const EPOCH: i32 = 719_163;
    match days.saturating_add(EPOCH) {
        ordinal @ 1.. => py.import("datetime")?.getattr("date")?.call_method1("fromordinal", (ordinal,)),
        _ => days.into_bound_py_any(py),
    }
}
