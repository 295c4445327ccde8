//! `ListFindingAggregations`: counting active findings by what they have in common. Each element of the answer has exactly
//! one member, named after the aggregation.

mod group;

use serde::Deserialize;
use serde_json::{Value, json};

use self::group::{Group, groups};
use super::{
    super::Reply,
    check,
    criteria::{COMPARISONS, Dates, Numbers, Strings, check_count, check_strings, dates, numbers, strings},
};
use crate::{
    ACCOUNT,
    cloud::Cloud,
    observe::{self, Observed},
    paging,
    view::resource_id,
    wire::ApiError,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List {
    aggregation_type: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
    account_ids: Strings,
    aggregation_request: Option<serde_json::Map<String, Value>>,
}

/// The members of all aggregation requests together; each aggregation knows some of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Request {
    repositories: Strings,
    resource_ids: Strings,
    image_shas: Strings,
    architectures: Strings,
    image_tags: Strings,
    layer_hashes: Strings,
    package_names: Strings,
    titles: Strings,
    vulnerability_ids: Strings,
    last_in_use_at: Dates,
    in_use_count: Numbers,
    finding_type: Option<String>,
    resource_type: Option<String>,
    sort_order: Option<String>,
    sort_by: Option<String>,
}

/// What findings are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aggregation {
    Repository,
    AwsEcrContainer,
    ImageLayer,
    Package,
    Title,
    FindingType,
    Account,
}

const AGGREGATIONS: [(&str, &str, Aggregation); 7] = [
    ("REPOSITORY", "repositoryAggregation", Aggregation::Repository),
    ("AWS_ECR_CONTAINER", "awsEcrContainerAggregation", Aggregation::AwsEcrContainer),
    ("IMAGE_LAYER", "imageLayerAggregation", Aggregation::ImageLayer),
    ("PACKAGE", "packageAggregation", Aggregation::Package),
    ("TITLE", "titleAggregation", Aggregation::Title),
    ("FINDING_TYPE", "findingTypeAggregation", Aggregation::FindingType),
    ("ACCOUNT", "accountAggregation", Aggregation::Account),
];

/// Those of resources that the practice cloud has none of: their lists are empty.
const OTHERS: [&str; 8] = [
    "AMI",
    "AWS_EC2_INSTANCE",
    "AWS_LAMBDA_FUNCTION",
    "LAMBDA_LAYER",
    "CODE_REPOSITORY",
    "VM_INSTANCE",
    "CONTAINER_IMAGE",
    "SERVERLESS_FUNCTION",
];

pub(super) async fn list(cloud: &Cloud, input: List) -> Reply {
    let size = check::page_size(input.max_results, 1..=100)?;
    let given = check::required("aggregationType", input.aggregation_type)?;
    check_strings("accountIds", &input.account_ids, COMPARISONS)?;
    let Some((_, member, aggregation)) = AGGREGATIONS.into_iter().find(|(name, _, _)| *name == given) else {
        check::one_of(
            "aggregationType",
            &given,
            &AGGREGATIONS.map(|(name, _, _)| name).into_iter().chain(OTHERS).collect::<Vec<_>>(),
        )?;
        return Ok(json!({ "aggregationType": given, "responses": [] }));
    };
    let request = request(member, input.aggregation_request.unwrap_or_default())?;
    request.check(aggregation)?;
    let mut findings = observe::all(cloud).await?;
    findings
        .retain(|finding| !finding.closed && strings(&input.account_ids, [ACCOUNT]) && request.fits(cloud, finding));
    let mut groups = groups(cloud, aggregation, &findings);
    groups.retain(|group| request.fits_group(aggregation, group));
    request.sort(&mut groups);
    let question = format!("ListFindingAggregations {given} {request:?} {:?}", input.account_ids);
    let page = paging::page(groups, &question, input.next_token.as_deref(), size, |group| group.key.clone())
        .map_err(check::next_token)?;
    let responses: Vec<_> = page.items.into_iter().map(|group| json!({ member: group.wire() })).collect();
    Ok(json!({ "aggregationType": given, "responses": responses, "nextToken": page.next }))
}

/// The member of the request that goes with the aggregation, and no other.
fn request(member: &str, mut given: serde_json::Map<String, Value>) -> Result<Request, ApiError> {
    given.retain(|_, value| !value.is_null());
    if let Some(other) = given.keys().find(|key| *key != member) {
        let constraint = format!("must have the member {member}, not {other}");
        return Err(ApiError::field("aggregationRequest", &constraint));
    }
    let request = given.remove(member).unwrap_or_else(|| json!({}));
    serde_json::from_value(request).map_err(|error| ApiError::unreadable(&error))
}

impl Request {
    fn check(&self, aggregation: Aggregation) -> Result<(), ApiError> {
        let text = [
            ("repositories", &self.repositories),
            ("resourceIds", &self.resource_ids),
            ("imageShas", &self.image_shas),
            ("architectures", &self.architectures),
            ("imageTags", &self.image_tags),
            ("layerHashes", &self.layer_hashes),
            ("packageNames", &self.package_names),
            ("titles", &self.titles),
            ("vulnerabilityIds", &self.vulnerability_ids),
        ];
        text.into_iter().try_for_each(|(name, filters)| check_strings(name, filters, COMPARISONS))?;
        check_count("lastInUseAt", self.last_in_use_at.as_deref())?;
        check_count("inUseCount", self.in_use_count.as_deref())?;
        if let Some(order) = &self.sort_order {
            check::one_of("sortOrder", order, &["ASC", "DESC"])?;
        }
        let by: &[&str] = match aggregation {
            Aggregation::Repository => &["CRITICAL", "HIGH", "ALL", "AFFECTED_IMAGES"],
            _ => &["CRITICAL", "HIGH", "ALL"],
        };
        self.sort_by.as_deref().map_or(Ok(()), |given| check::one_of("sortBy", given, by))
    }

    fn fits(&self, cloud: &Cloud, observed: &Observed) -> bool {
        let (found, image) = (observed.found(), &observed.image);
        let id = resource_id(cloud, &image.repository, &image.digest);
        strings(&self.repositories, [image.repository.as_str()])
            && strings(&self.resource_ids, [id.as_str()])
            && strings(&self.image_shas, [image.digest.as_str()])
            && strings(&self.architectures, [observed.report().architecture.as_str()])
            && strings(&self.image_tags, image.tags.iter().map(String::as_str))
            && strings(&self.titles, [found.title.as_str()])
            && strings(&self.vulnerability_ids, found.vulnerability.as_deref())
            && dates(&self.last_in_use_at, None)
            && numbers(&self.in_use_count, Some(0.0))
            && self.finding_type.as_deref().is_none_or(|kind| kind == "PACKAGE_VULNERABILITY")
            && self.resource_type.as_deref().is_none_or(|kind| kind == "AWS_ECR_CONTAINER_IMAGE")
    }

    /// A finding may be in several packages and layers; only the groups asked for are shown.
    fn fits_group(&self, aggregation: Aggregation, group: &Group) -> bool {
        match aggregation {
            Aggregation::Package => strings(&self.package_names, [group.name.as_str()]),
            Aggregation::ImageLayer => strings(&self.layer_hashes, [group.name.as_str()]),
            _ => true,
        }
    }

    /// The most first, unless asked otherwise.
    fn sort(&self, groups: &mut [Group]) {
        let by = self.sort_by.as_deref().unwrap_or("ALL");
        groups.sort_by(|a, b| {
            let ordering = a.weight(by).cmp(&b.weight(by));
            if self.sort_order.as_deref() == Some("ASC") { ordering } else { ordering.reverse() }
        });
    }
}
