//! The engine as the Python module `tongwen._tongwen`; what people call stands in `tongwen/__init__.py`.

mod analysis;
mod attention;
mod counts;
mod documents;
mod engines;
mod failure;
mod files;
mod mention_rows;
mod mentions;
mod options;
mod partials;
mod stamp;
mod table;

use pyo3::prelude::*;

#[pymodule]
mod _tongwen {
    #[pymodule_export]
    use super::analysis::{analyze, serve};
    #[pymodule_export]
    use super::counts::{count_schema, counts, merge};
    #[pymodule_export]
    use super::engines::{fingerprints, is_loaded};
    #[pymodule_export]
    use super::files::{document_schema, read_documents};
    #[pymodule_export]
    use super::mentions::{extract, extract_batch, mention_schema, segment};
    #[pymodule_export]
    use super::options::{check_counts, check_documents, check_report};
    #[pymodule_export]
    use super::partials::{partial_schema, partials, report};
    #[pymodule_export]
    use super::table::Table;

    #[pymodule_init]
    fn init(module: &super::Bound<'_, super::PyModule>) -> super::PyResult<()> {
        use super::PyModuleMethods as _;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
