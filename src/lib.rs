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
