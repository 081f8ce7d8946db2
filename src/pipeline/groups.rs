//! Groups that nobody is in.

use std::collections::BTreeSet;

use crate::{
    count::Tally,
    error::{Error, Result},
    text::GroupBy,
};

/// Says where no document has what makes the groups; a field that is nowhere is a mistake.
pub(super) fn missing(by: &GroupBy, tallies: &[Tally]) -> Result<Option<String>> {
    // The language of a document is known without being declared.
    let asked = !matches!(by, GroupBy::Declared | GroupBy::Language);
    if !asked || tallies.iter().all(Tally::is_empty) || tallies.iter().any(Tally::has_groups) {
        return Ok(None);
    }
    match by {
        GroupBy::Field(name) => {
            let fields: BTreeSet<&str> = tallies.iter().flat_map(Tally::fields).collect();
            let fields: Vec<&str> = fields.into_iter().chain(["language", "year", "issuer", "path:1"]).collect();
            Err(Error::usage(
                format!("no document has the field {name}"),
                format!("--group-by takes {}; --meta brings fields of your own", fields.join(", ")),
            ))
        }
        by => Ok(Some(format!("no document has a group by {by}, so there is nothing to compare"))),
    }
}
