//! The sentence about an operation that the practice cloud does not have.

use http::StatusCode;

/// No client retries this status, unlike other errors of servers.
pub(in crate::wire) const STATUS: StatusCode = StatusCode::NOT_IMPLEMENTED;
/// S3's code for what it does not implement; the other services have none.
pub(in crate::wire) const CODE: &str = "NotImplemented";

/// The longest name of a service or an operation that is repeated to the client, in characters.
const LONGEST_NAME: usize = 256;

/// The sentence for an operation of a service that the practice cloud does not have.
pub(in crate::wire) fn sentence(service: &str, operation: &str) -> String {
    let printable = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(LONGEST_NAME).collect()
    };
    format!(
        "The practice cloud does not have the operation {} of {}. It has a part of ECR, Inspector, IAM and STS.",
        printable(operation),
        printable(service)
    )
}
