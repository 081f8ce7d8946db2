//! What a run keeps for the next one, and takes from the last.

use clap::Args;
use tongwen::pipeline::Keep;

/// Analyses are kept in the report folder, so that a run that was stopped goes on and unchanged files are not read again.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Keeping {
    /// Go on where an earlier run into DIR was stopped; so does every run that finds the store of one there.
    #[arg(long, conflicts_with_all = ["fresh", "no_store"])]
    pub(crate) resume: bool,
    /// Forget what earlier runs into DIR have kept, and read every file again.
    #[arg(long)]
    fresh: bool,
    /// Keep nothing in DIR and take nothing from there (the store holds the texts of the documents).
    #[arg(long)]
    no_store: bool,
    /// Read every file to see whether it has changed, whatever its size and times say.
    #[arg(long)]
    no_mtime: bool,
}

impl Keeping {
    /// The same for the pipeline.
    pub(crate) const fn keep(self) -> Keep {
        Keep { store: !self.no_store, fresh: self.fresh, stamps: !self.no_mtime }
    }
}
