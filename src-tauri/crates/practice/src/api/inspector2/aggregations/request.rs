//! The request of an aggregation: its filters, its order and what is valid in it.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::inspector2::{
        aggregations::{group::Group, kind::Aggregation},
        check,
        criteria::{COMPARISONS, Dates, Numbers, Strings, check_count, check_strings, dates, numbers, strings},
    },
    cloud::Cloud,
    observe::ObservedFinding,
    wire::error::ApiError,
};

/// The members of all aggregation requests together; each aggregation uses some of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Request {
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

/// The request of the aggregation: its own member, and no other.
///
/// # Errors
///
/// Also for a member that the aggregation does not have: one that is ignored selects everything.
pub(super) fn parse(
    member: &str,
    aggregation: Aggregation,
    mut input: serde_json::Map<String, Value>,
) -> Result<Request, ApiError> {
    input.retain(|_, value| !value.is_null());
    if let Some(other) = input.keys().find(|key| *key != member) {
        let constraint = format!("must have the member {member}, not {other}");
        return Err(ApiError::field("aggregationRequest", &constraint));
    }
    let request = input.remove(member).unwrap_or_else(|| json!({}));
    let mut members = request.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    if let Some((name, _)) = members.find(|(name, _)| !aggregation.members().contains(&name.as_str())) {
        let constraint = "is not a member of this aggregation that the practice cloud has";
        return Err(ApiError::field(&format!("aggregationRequest.{member}.{name}"), constraint));
    }
    serde_json::from_value(request).map_err(|error| ApiError::unreadable(&error))
}

impl Request {
    pub(super) fn check(&self, aggregation: Aggregation) -> Result<(), ApiError> {
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
        self.sort_by.as_deref().map_or(Ok(()), |property| check::one_of("sortBy", property, by))
    }

    pub(super) fn fits(&self, cloud: &Cloud, observed: &ObservedFinding) -> bool {
        let (finding, image) = (observed.finding(), &observed.image);
        let id = cloud.names.image_arn(&image.repository, &image.digest);
        strings(&self.repositories, [image.repository.as_str()])
            && strings(&self.resource_ids, [id.as_str()])
            && strings(&self.image_shas, [image.digest.as_str()])
            && strings(&self.architectures, [observed.report().architecture.as_str()])
            && strings(&self.image_tags, image.tags.iter().map(String::as_str))
            && strings(&self.titles, [finding.title.as_str()])
            && strings(&self.vulnerability_ids, finding.vulnerability.as_deref())
            && dates(&self.last_in_use_at, None)
            && numbers(&self.in_use_count, Some(0.0))
            && self.finding_type.as_deref().is_none_or(|kind| kind == "PACKAGE_VULNERABILITY")
            && self.resource_type.as_deref().is_none_or(|kind| kind == "AWS_ECR_CONTAINER_IMAGE")
    }

    /// A finding may be in several packages and layers; only the requested groups are returned.
    pub(super) fn fits_group(&self, aggregation: Aggregation, group: &Group) -> bool {
        match aggregation {
            Aggregation::Package => strings(&self.package_names, [group.name.as_str()]),
            Aggregation::ImageLayer => strings(&self.layer_hashes, [group.name.as_str()]),
            _ => true,
        }
    }

    /// The largest first, unless the request says otherwise.
    pub(super) fn sort(&self, groups: &mut [Group]) {
        let by = self.sort_by.as_deref().unwrap_or("ALL");
        groups.sort_by(|a, b| {
            let ordering = a.weight(by).cmp(&b.weight(by));
            if self.sort_order.as_deref() == Some("ASC") { ordering } else { ordering.reverse() }
        });
    }
}
