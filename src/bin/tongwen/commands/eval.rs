//! `eval`: coming.

use crate::{Outcome, args::Eval};

pub(super) fn run(args: &Eval) -> Outcome {
    Err(tongwen::Error::usage(format!("not there yet: {args:?}"), "see tongwen --help").into())
}
