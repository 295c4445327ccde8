//! A CVSS vector taken apart.
use crate::FindingsError;
/// One metric.
pub struct Metric;
/// Group.
pub enum MetricGroup {}
/// Explains.
pub fn explain_cvss(_vector: &str) -> Result<Vec<Metric>, FindingsError> {
    Ok(vec![])
}
