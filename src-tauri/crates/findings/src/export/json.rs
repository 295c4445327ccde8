//! A report in JSON: the complete findings, as they are stored.

use std::io::Write;

use crate::error::FindingsError;
use crate::export::report::{Commas, Header, Matches};

/// The version of the format, increased by changes that readers of the previous version would misread.
const VERSION: u32 = 1;

pub(super) fn write(matches: &Matches<'_>, header: &Header, out: &mut impl Write) -> Result<(), FindingsError> {
    write!(out, "{{\"format\":\"image-security-lab/findings\",\"version\":{VERSION},\n\"report\":")?;
    matches.write_json(out, header)?;
    out.write_all(b",\n\"counts\":")?;
    matches.write_json(out, &matches.selection.counts)?;
    out.write_all(b",\n\"scans\":")?;
    matches.write_json(out, &matches.scans()?)?;
    out.write_all(b",\n\"findings\":[")?;
    let mut commas = Commas::default();
    matches.for_each_document(|document, _, _| {
        commas.before_item(out)?;
        if matches.redactor.is_active() {
            return matches.write_json(out, &serde_json::from_str::<serde_json::Value>(document)?);
        }
        Ok(out.write_all(document.as_bytes())?)
    })?;
    out.write_all(b"]}\n")?;
    Ok(())
}
