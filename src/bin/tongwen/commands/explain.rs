//! `explain`: coming.

use crate::{Outcome, args::Explain};

pub(super) fn run(args: &Explain) -> Outcome {
    Err(tongwen::Error::usage(format!("not there yet: {args:?}"), "see tongwen --help").into())
}
