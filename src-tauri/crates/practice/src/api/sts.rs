//! STS: the identity of the practice user. Reading it needs no permission, as in AWS.

use crate::{config::ACCOUNT, names::user_arn, wire::error::ApiError};

const VERSION: &str = "2011-06-15";

/// Runs the operation that the form names, and returns its result element.
pub(crate) fn call(form: &[u8]) -> Result<String, ApiError> {
    let field = |name: &str| {
        url::form_urlencoded::parse(form).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    match (field("Action").as_deref(), field("Version").as_deref()) {
        (Some("GetCallerIdentity"), Some(VERSION)) => Ok(identity()),
        (Some(action), version) => {
            let message = format!("Could not find operation {action} for version {}", version.unwrap_or("NO_VERSION"));
            Err(ApiError::new("InvalidAction", message))
        }
        (None, _) => Err(ApiError::new("InvalidAction", "There is no Action in the request")),
    }
}

/// The response body around the result element.
pub(crate) fn envelope(result: &str, request_id: &str) -> String {
    format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/{VERSION}/\">\n{result}  <ResponseMetadata>\n    \
         <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</GetCallerIdentityResponse>\n"
    )
}

fn identity() -> String {
    format!(
        "  <GetCallerIdentityResult>\n    <Arn>{}</Arn>\n    <UserId>AIDAPRACTICE{}</UserId>\n    \
         <Account>{ACCOUNT}</Account>\n  </GetCallerIdentityResult>\n",
        user_arn(),
        &ACCOUNT[4..]
    )
}
