//! Whose law a title is where the words around it name a state or a region.

mod chinese;
mod english;

pub(super) use self::{
    chinese::{opening, told_before},
    english::Countries,
};
