//! `SearchVulnerabilities`: one vulnerability by its CVE, from the catalogue and the imported advisories that images are scanned
//! with.

use std::collections::BTreeSet;

use scanner::{Catalogue, Vulnerability};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::inspector2::check,
    cloud::Cloud,
    json::without_nulls,
    moment::Moment,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Search {
    filter_criteria: Option<Criteria>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Criteria {
    vulnerability_ids: Option<Vec<String>>,
}

/// The most related ids and addresses in a response.
const MOST: usize = 100;

/// Searches for one vulnerability. The list is empty for one that neither the built-in catalogue nor the imported advisories have.
pub(super) async fn search(cloud: &Cloud, input: Search) -> ApiResult {
    let criteria = check::required("filterCriteria", input.filter_criteria)?;
    let name = "filterCriteria.vulnerabilityIds";
    let ids = check::required(name, criteria.vulnerability_ids)?;
    check::length(name, &ids, 1..=1)?;
    let id = &ids[0];
    if !is_cve(id) {
        return Err(ApiError::field(name, "must be of the form CVE-YYYY-NUMBER"));
    }
    check::no_token(input.next_token.as_deref())?;
    let imported = cloud.scanner.imported_entries(id).await.map_err(|error| {
        ApiError::new("InternalFailure", format!("The imported advisories cannot be read ({error})."))
    })?;
    // The facts of the built-in ones were read from more sources.
    let built_in = Catalogue::bundled().vulnerabilities().iter().filter(|vulnerability| vulnerability.id == *id);
    let entries: Vec<_> = built_in.chain(&imported).collect();
    let vulnerabilities: Vec<_> = (!entries.is_empty()).then(|| to_json(id, &entries)).into_iter().collect();
    Ok(json!({ "vulnerabilities": vulnerabilities }))
}

/// `CVE-[12][0-9]{3}-[0-9]{1,10}`
fn is_cve(id: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = id.strip_prefix("CVE-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(year, number)| {
        year.len() == 4
            && digits(year)
            && year.starts_with(['1', '2'])
            && (1..=10).contains(&number.len())
            && digits(number)
    })
}

/// The catalogue has an entry for each package and each release of an operating system: what is known of any is reported.
fn to_json(id: &str, entries: &[&Vulnerability]) -> Value {
    let first = |of: fn(&Vulnerability) -> Option<Value>| entries.iter().find_map(|entry| of(entry));
    let all = |of: fn(&Vulnerability) -> &[String]| -> Vec<String> {
        let texts: BTreeSet<_> = entries.iter().flat_map(|entry| of(entry)).collect();
        texts.into_iter().take(MOST).cloned().collect()
    };
    let cvss = |major: &str| {
        let scores = entries.iter().filter_map(|entry| entry.cvss.as_ref());
        let score = scores.into_iter().find(|cvss| cvss.version.starts_with(major))?;
        Some(json!({ "baseScore": score.score, "scoringVector": score.vector }))
    };
    let date = |text: Option<&str>| text.and_then(Moment::of_date).map(Moment::to_json);
    let listed = entries.iter().filter_map(|entry| entry.kev.as_ref()).find(|kev| kev.listed);
    without_nulls(json!({
        "id": id,
        "cwes": all(|entry| &entry.cwes),
        "cisaData": listed.map(|kev| {
            without_nulls(json!({ "dateAdded": date(kev.added.as_deref()), "dateDue": date(kev.due.as_deref()) }))
        }),
        "source": "NVD",
        "description": first(|entry| Some(entry.description.as_str().into())),
        "vendorSeverity": first(|entry| entry.vendor_severity.map(|severity| severity.as_str().into())),
        "cvss4": cvss("4"),
        "cvss3": cvss("3"),
        "cvss2": cvss("2"),
        "relatedVulnerabilities": all(|entry| &entry.aliases),
        "vendorCreatedAt": date(entries.iter().find_map(|entry| entry.published.as_deref())),
        "sourceUrl": format!("https://nvd.nist.gov/vuln/detail/{id}"),
        "referenceUrls": all(|entry| &entry.references),
        "epss": first(|entry| entry.epss.as_ref().map(|epss| json!({ "score": epss.score }))),
    }))
}
