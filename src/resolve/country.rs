//! Whose law a title is where the words around it name a state or a region.

mod chinese;
mod english;
mod tied;

use self::chinese::opening;
pub(super) use self::{chinese::told_before, english::Countries};
