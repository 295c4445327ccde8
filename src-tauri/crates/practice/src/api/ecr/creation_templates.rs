//! Templates for repositories that a push or a pull creates: the practice cloud has none.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::{ecr::check, input},
    cloud::Cloud,
    config::ACCOUNT,
    paging,
    wire::error::ApiResult,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Describe {
    next_token: Option<String>,
    max_results: Option<i64>,
}

pub(super) async fn describe(_: &Cloud, input: Describe) -> ApiResult {
    let size = input::page_size(input.max_results, 100)?;
    let none: Vec<String> = Vec::new();
    let query = "DescribeRepositoryCreationTemplates";
    let page =
        paging::page(none, query, input.next_token.as_deref(), size, String::clone).map_err(check::next_token)?;
    Ok(json!({ "registryId": ACCOUNT, "repositoryCreationTemplates": page.items }))
}
