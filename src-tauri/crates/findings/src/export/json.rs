//! A report in JSON: findings as they are stored, which is whole.

use std::io::Write;

use crate::FindingsError;
use crate::export::{Commas, Header, Matches, write_json};

/// Raised when a reader of older reports would misread newer ones.
const VERSION: u32 = 1;

pub(super) fn write(matches: &Matches<'_>, header: &Header, out: &mut impl Write) -> Result<(), FindingsError> {
    write!(out, "{{\"format\":\"image-security-lab/findings\",\"version\":{VERSION},\n\"report\":")?;
    write_json(out, header)?;
    out.write_all(b",\n\"counts\":")?;
    write_json(out, &matches.selection.counts)?;
    out.write_all(b",\n\"scans\":")?;
    write_json(out, &matches.scans()?)?;
    out.write_all(b",\n\"findings\":[")?;
    let mut commas = Commas::default();
    matches.for_each_document(|document, _, _| {
        commas.before_item(out)?;
        Ok(out.write_all(document.as_bytes())?)
    })?;
    out.write_all(b"]}\n")?;
    Ok(())
}
