//! tongwen 同文: which laws, dates, figures and terms Chinese and English policy documents name, and
//! what goes with what.

pub mod check;
pub mod count;
pub mod engine;
pub mod error;
pub mod eval;
pub mod extract;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod resolve;
pub mod ruleset;
pub mod segment;
pub mod store;
pub mod text;
pub mod value;
pub mod wire;

pub use error::{Error, Result};

/// The digest of the source that this was built from: equal ones give equal counts.
pub const SOURCE: &str = env!("TONGWEN_SOURCE");
