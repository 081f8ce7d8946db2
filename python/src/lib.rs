//! The engine as the Python module `tongwen._tongwen`; what people call stands in `tongwen/__init__.py`.

mod analysis;
mod documents;
mod engines;
mod failure;
mod mentions;
mod partials;
mod table;

use pyo3::prelude::*;

#[pymodule]
mod _tongwen {
    #[pymodule_export]
    use super::analysis::{analyze, serve};
    #[pymodule_export]
    use super::engines::fingerprints;
    #[pymodule_export]
    use super::mentions::{extract, extract_batch, mention_schema, segment};
    #[pymodule_export]
    use super::partials::{count_schemas, counts, merge, partials, report};
    #[pymodule_export]
    use super::table::Table;

    #[pymodule_init]
    fn init(module: &super::Bound<'_, super::PyModule>) -> super::PyResult<()> {
        use super::PyModuleMethods as _;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
