//! Made-up findings.
