//! Whose law a title is where the words around it name a state or a region.

mod chinese;
mod english;
mod tied;

pub(super) use self::{chinese::States, english::Countries};
