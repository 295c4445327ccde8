//! What the account may configure of Inspector: everything, unless an organization manages it.

use serde::Deserialize;
use serde_json::json;

use crate::{api::inspector2::check, cloud::Cloud, paging, wire::error::ApiResult};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List {
    service: Option<String>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

const SERVICES: [&str; 3] = ["EC2", "ECR", "LAMBDA"];
const SCANNING: [&str; 2] = ["ENABLE_SCANNING", "DISABLE_SCANNING"];
const REPOSITORY: [&str; 2] = ["ENABLE_REPOSITORY", "DISABLE_REPOSITORY"];

pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let size = check::page_size(input.max_results, 1..=1024)?;
    if let Some(service) = &input.service {
        check::one_of("service", service, &SERVICES)?;
    }
    let selected = |service: &str| input.service.as_deref().is_none_or(|requested| requested == service);
    // The model says that a member account has fewer permissions; that these are missing is an assumption.
    let managed = cloud.permissions.read(|settings| settings.inspector_managed);
    let actions = [if managed { &[][..] } else { &SCANNING[..] }, &REPOSITORY].concat();
    let permissions: Vec<_> = SERVICES
        .into_iter()
        .filter(|service| selected(service))
        .flat_map(|service| actions.iter().map(move |action| json!({ "service": service, "operation": action })))
        .collect();
    let query = format!("ListAccountPermissions {:?}", input.service);
    let page = paging::page(permissions, &query, input.next_token.as_deref(), size, ToString::to_string)
        .map_err(check::next_token)?;
    Ok(json!({ "permissions": page.items, "nextToken": page.next }))
}
