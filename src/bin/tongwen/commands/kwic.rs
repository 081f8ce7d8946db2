//! `kwic`: coming.

use crate::{Outcome, args::Kwic};

pub(super) fn run(args: &Kwic) -> Outcome {
    Err(tongwen::Error::usage(format!("not there yet: {args:?}"), "see tongwen --help").into())
}
