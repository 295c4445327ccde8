//! Merging the records of one finding: from ECR, from Inspector, and Inspector's details.
//!
//! Records are destructured, so that the compiler rejects a new field that is not merged.

use crate::model::{Details, Finding, Image, Package, Remediation, Resource, Vulnerability};
use crate::vocabulary::{Severity, Source};

/// Calls `$fill` with each field of `$into` and the local variable of the same name.
macro_rules! for_each_field {
    ($fill:ident, $into:ident, $($field:ident),+) => {
        $($fill(&mut $into.$field, $field);)+
    };
}

impl Finding {
    /// Merges another record of the same finding into this one.
    ///
    /// A value that only one record has is kept. Of two values, Inspector's wins over ECR's, and of the same service the
    /// later one. No value is lost, and merging the same record again changes nothing.
    pub fn merge(&mut self, other: Self) {
        let other_leads = other.seen_by.contains(&Source::Inspector) || !self.seen_by.contains(&Source::Inspector);
        let (mut lead, follow) =
            if other_leads { (other, std::mem::take(self)) } else { (std::mem::take(self), other) };
        fill_finding(&mut lead, follow);
        *self = lead;
    }

    /// Adds the details of `BatchGetFindingDetails`.
    pub fn add_details(&mut self, details: Details) {
        let Details { arn: _, epss, kev, cwes, exploit_observed, risk_score, evidences, ttps, tools, reference_urls } =
            details;
        self.details_read = true;
        for_each_field!(replace_if_some, self, epss, kev, exploit_observed, risk_score);
        for_each_field!(add_missing, self, cwes, evidences, ttps, tools);
        add_missing(&mut self.vulnerability.reference_urls, reference_urls);
    }
}

fn fill_finding(into: &mut Finding, from: Finding) {
    let Finding {
        arn,
        seen_by,
        account,
        kind,
        title,
        description,
        severity,
        severity_text,
        status,
        score,
        score_details,
        vulnerability,
        packages,
        fix_available,
        exploit_available,
        last_known_exploit_at,
        epss,
        details_read,
        kev,
        cwes,
        exploit_observed,
        risk_score,
        evidences,
        ttps,
        tools,
        remediation,
        resources,
        first_observed_at,
        last_observed_at,
        updated_at,
    } = from;
    for_each_field!(fill_text, into, arn, account, title, description);
    into.seen_by.extend(seen_by);
    into.details_read |= details_read;
    for_each_field!(
        fill_option,
        into,
        kind,
        status,
        score,
        score_details,
        fix_available,
        exploit_available,
        last_known_exploit_at,
        epss,
        kev,
        exploit_observed,
        risk_score,
        first_observed_at,
        last_observed_at,
        updated_at
    );
    fill_severity(into, severity, severity_text);
    fill_vulnerability(&mut into.vulnerability, vulnerability);
    fill_matching(&mut into.packages, packages, is_same_package, fill_package);
    for_each_field!(add_missing, into, cwes, evidences, ttps, tools);
    fill_remediation(&mut into.remediation, remediation);
    fill_matching(&mut into.resources, resources, |one, other| one.id == other.id, fill_resource);
}

fn fill_severity(into: &mut Finding, severity: Severity, text: String) {
    if into.severity_text.is_empty() {
        into.severity = severity;
        into.severity_text = text;
    }
}

fn fill_vulnerability(into: &mut Vulnerability, from: Vulnerability) {
    let Vulnerability {
        id,
        source,
        source_url,
        vendor_severity,
        vendor_created_at,
        vendor_updated_at,
        cvss,
        related,
        reference_urls,
    } = from;
    for_each_field!(fill_option, into, id, source, source_url, vendor_severity, vendor_created_at, vendor_updated_at);
    for_each_field!(add_missing, into, cvss, related, reference_urls);
}

fn is_same_package(one: &Package, other: &Package) -> bool {
    // Not every service names the layer, path and architecture: a missing one is not a difference.
    let same_layer = one.layer.is_none() || other.layer.is_none() || one.layer == other.layer;
    let same_path = one.file_path.is_none() || other.file_path.is_none() || one.file_path == other.file_path;
    let same_arch = one.arch.is_none() || other.arch.is_none() || one.arch == other.arch;
    one.name == other.name && one.version == other.version && same_layer && same_path && same_arch
}

fn fill_package(into: &mut Package, from: Package) {
    let Package {
        // The same in both, see `is_same_package`.
        name: _,
        version: _,
        epoch,
        release,
        arch,
        manager,
        file_path,
        layer,
        fixed_in,
        fixed_in_text,
        remediation,
        source_lambda_layer_arn,
    } = from;
    for_each_field!(
        fill_option,
        into,
        epoch,
        release,
        arch,
        manager,
        file_path,
        layer,
        remediation,
        source_lambda_layer_arn
    );
    if into.fixed_in_text.is_none() {
        into.fixed_in = fixed_in;
        into.fixed_in_text = fixed_in_text;
    }
}

fn fill_remediation(into: &mut Remediation, from: Remediation) {
    let Remediation { text, url } = from;
    for_each_field!(fill_option, into, text, url);
}

fn fill_resource(into: &mut Resource, from: Resource) {
    let Resource {
        kind,
        // The same in both.
        id: _,
        partition,
        region,
        provider,
        provider_account_id,
        provider_org_id,
        tags,
        image,
    } = from;
    fill_text(&mut into.kind, kind);
    for_each_field!(fill_option, into, partition, region, provider, provider_account_id, provider_org_id);
    for (key, value) in tags {
        into.tags.entry(key).or_insert(value);
    }
    match (&mut into.image, image) {
        (Some(into), Some(from)) => fill_image(into, from),
        (into, from) => fill_option(into, from),
    }
}

fn fill_image(into: &mut Image, from: Image) {
    let Image {
        repository,
        digest,
        tags,
        registry,
        architecture,
        platform,
        author,
        pushed_at,
        in_use_count,
        last_in_use_at,
    } = from;
    for_each_field!(fill_text, into, repository, digest, registry);
    add_missing(&mut into.tags, tags);
    for_each_field!(fill_option, into, architecture, platform, author, pushed_at, in_use_count, last_in_use_at);
}

fn fill_text(into: &mut String, from: String) {
    if into.is_empty() {
        *into = from;
    }
}

fn fill_option<T>(into: &mut Option<T>, from: Option<T>) {
    if into.is_none() {
        *into = from;
    }
}

fn replace_if_some<T>(into: &mut Option<T>, from: Option<T>) {
    if from.is_some() {
        *into = from;
    }
}

fn add_missing<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
    for item in from {
        if !into.contains(&item) {
            into.push(item);
        }
    }
}

/// Fills each existing item from the first new item that is the same, and adds the new items that match none. An existing
/// item is filled only once, so that two new items that differ only in values that it lacks remain two.
fn fill_matching<T: PartialEq>(
    existing: &mut Vec<T>,
    new: Vec<T>,
    is_same: impl Fn(&T, &T) -> bool,
    fill: impl Fn(&mut T, T),
) {
    let mut filled = vec![false; existing.len()];
    for item in new {
        let exact = existing.iter().position(|candidate| *candidate == item);
        let position = exact.or_else(|| (0..filled.len()).find(|&at| !filled[at] && is_same(&existing[at], &item)));
        match position {
            Some(at) if exact.is_none() => {
                fill(&mut existing[at], item);
                filled[at] = true;
            }
            Some(at) => {
                if let Some(filled) = filled.get_mut(at) {
                    *filled = true;
                }
            }
            None => existing.push(item),
        }
    }
}
