//! `bench`: coming.

use crate::{Outcome, args::Bench};

pub(super) fn run(args: &Bench) -> Outcome {
    Err(tongwen::Error::usage(format!("not there yet: {args:?}"), "see tongwen --help").into())
}
