//! What words mean, without knowing that documents exist: numbers, amounts, lengths of time, dates.

mod amount;
mod date;
mod duration;
mod kind;
mod modifier;
mod number;
pub mod numeral;
mod role;

pub use amount::{Amount, Extent, Unit};
pub use date::{Basis, Grain, Point, When};
pub use duration::{Length, TimeUnit};
pub use kind::Kind;
pub use modifier::Modifier;
pub use number::Number;
pub use role::Role;
pub use rust_decimal::Decimal;
