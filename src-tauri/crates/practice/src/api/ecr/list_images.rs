//! `ListImages`: one element per pair of digest and tag.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::{
        ecr::{
            check::{self, ImageId},
            images::Filter,
        },
        input,
    },
    cloud::Cloud,
    json::without_nulls,
    paging,
    wire::error::ApiResult,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List {
    registry_id: Option<String>,
    repository_name: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
    #[serde(default)]
    filter: Filter,
}

pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    input.filter.check()?;
    let size = input::page_size(input.max_results, 100)?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let mut ids = Vec::new();
    for image in cloud.images(&name).await? {
        if !input.filter.keeps_status(cloud.image_status(&name, &image.digest)) {
            continue;
        }
        let digest = Some(image.digest.to_string());
        if image.tags.is_empty() && input.filter.keeps_tags(false) {
            ids.push(ImageId { image_digest: digest.clone(), image_tag: None });
        }
        if input.filter.keeps_tags(true) {
            let tagged = |tag| ImageId { image_digest: digest.clone(), image_tag: Some(tag) };
            ids.extend(image.tags.into_iter().map(tagged));
        }
    }
    let query = format!("ListImages {name} {:?}", input.filter);
    let page =
        paging::page(ids, &query, input.next_token.as_deref(), size, ImageId::to_message).map_err(check::next_token)?;
    Ok(without_nulls(json!({ "imageIds": page.items, "nextToken": page.next })))
}
