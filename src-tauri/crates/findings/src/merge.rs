//! One finding out of several tellings of it: by ECR, by Inspector, and by Inspector's details.

use crate::{Details, Finding, Package, Resource, Source};

impl Finding {
    /// Takes in another telling of the same finding. Where only one speaks, it is believed. Where both do: Inspector
    /// before ECR, and of the same service the later. Nothing that was known is forgotten, and to be told the same thing
    /// twice changes nothing.
    pub fn merge(&mut self, other: Self) {
        let other_leads = other.seen_by.contains(&Source::Inspector) || !self.seen_by.contains(&Source::Inspector);
        let (mut lead, follow) =
            if other_leads { (other, std::mem::take(self)) } else { (std::mem::take(self), other) };
        fill(&mut lead, follow);
        *self = lead;
    }

    /// Takes in what `BatchGetFindingDetails` adds.
    pub fn add_details(&mut self, details: Details) {
        prefer(&mut self.epss, details.epss);
        prefer(&mut self.kev, details.kev);
        prefer(&mut self.exploit_observed, details.exploit_observed);
        prefer(&mut self.risk_score, details.risk_score);
        add_missing(&mut self.cwes, details.cwes);
        add_missing(&mut self.evidences, details.evidences);
        add_missing(&mut self.ttps, details.ttps);
        add_missing(&mut self.tools, details.tools);
        add_missing(&mut self.vulnerability.reference_urls, details.reference_urls);
    }
}

fn fill(lead: &mut Finding, follow: Finding) {
    fill_text(&mut lead.arn, follow.arn);
    lead.seen_by.extend(follow.seen_by);
    fill_text(&mut lead.account, follow.account);
    fill_option(&mut lead.kind, follow.kind);
    fill_text(&mut lead.title, follow.title);
    fill_text(&mut lead.description, follow.description);
    if lead.severity_text.is_empty() {
        lead.severity = follow.severity;
        lead.severity_text = follow.severity_text;
    }
    fill_option(&mut lead.status, follow.status);
    fill_option(&mut lead.score, follow.score);
    fill_option(&mut lead.score_details, follow.score_details);

    let (known, told) = (&mut lead.vulnerability, follow.vulnerability);
    fill_option(&mut known.id, told.id);
    fill_option(&mut known.source, told.source);
    fill_option(&mut known.source_url, told.source_url);
    fill_option(&mut known.vendor_severity, told.vendor_severity);
    fill_option(&mut known.vendor_created_at, told.vendor_created_at);
    fill_option(&mut known.vendor_updated_at, told.vendor_updated_at);
    add_missing(&mut known.cvss, told.cvss);
    add_missing(&mut known.related, told.related);
    add_missing(&mut known.reference_urls, told.reference_urls);

    fill_matching(&mut lead.packages, follow.packages, is_same_package, fill_package);
    fill_option(&mut lead.fix_available, follow.fix_available);
    fill_option(&mut lead.exploit_available, follow.exploit_available);
    fill_option(&mut lead.last_known_exploit_at, follow.last_known_exploit_at);
    fill_option(&mut lead.epss, follow.epss);
    fill_option(&mut lead.kev, follow.kev);
    add_missing(&mut lead.cwes, follow.cwes);
    fill_option(&mut lead.exploit_observed, follow.exploit_observed);
    fill_option(&mut lead.risk_score, follow.risk_score);
    add_missing(&mut lead.evidences, follow.evidences);
    add_missing(&mut lead.ttps, follow.ttps);
    add_missing(&mut lead.tools, follow.tools);
    fill_option(&mut lead.remediation.text, follow.remediation.text);
    fill_option(&mut lead.remediation.url, follow.remediation.url);
    fill_matching(&mut lead.resources, follow.resources, |known, told| known.id == told.id, fill_resource);
    fill_option(&mut lead.first_observed_at, follow.first_observed_at);
    fill_option(&mut lead.last_observed_at, follow.last_observed_at);
    fill_option(&mut lead.updated_at, follow.updated_at);
}

fn is_same_package(known: &Package, told: &Package) -> bool {
    // The services differ in whether they name the layer, so a missing one is no difference.
    let same_layer = known.layer.is_none() || told.layer.is_none() || known.layer == told.layer;
    let same_path = known.file_path.is_none() || told.file_path.is_none() || known.file_path == told.file_path;
    let same_arch = known.arch.is_none() || told.arch.is_none() || known.arch == told.arch;
    known.name == told.name && known.version == told.version && same_layer && same_path && same_arch
}

fn fill_package(known: &mut Package, told: Package) {
    fill_option(&mut known.epoch, told.epoch);
    fill_option(&mut known.release, told.release);
    fill_option(&mut known.arch, told.arch);
    fill_option(&mut known.manager, told.manager);
    fill_option(&mut known.file_path, told.file_path);
    fill_option(&mut known.layer, told.layer);
    if known.fixed_in_text.is_none() {
        known.fixed_in = told.fixed_in;
        known.fixed_in_text = told.fixed_in_text;
    }
    fill_option(&mut known.remediation, told.remediation);
    fill_option(&mut known.source_lambda_layer_arn, told.source_lambda_layer_arn);
}

fn fill_resource(known: &mut Resource, told: Resource) {
    fill_text(&mut known.kind, told.kind);
    fill_option(&mut known.partition, told.partition);
    fill_option(&mut known.region, told.region);
    fill_option(&mut known.provider, told.provider);
    fill_option(&mut known.provider_account_id, told.provider_account_id);
    fill_option(&mut known.provider_org_id, told.provider_org_id);
    for (key, value) in told.tags {
        known.tags.entry(key).or_insert(value);
    }
    let Some(told) = told.image else { return };
    let Some(known) = &mut known.image else {
        known.image = Some(told);
        return;
    };
    fill_text(&mut known.repository, told.repository);
    fill_text(&mut known.digest, told.digest);
    add_missing(&mut known.tags, told.tags);
    fill_text(&mut known.registry, told.registry);
    fill_option(&mut known.architecture, told.architecture);
    fill_option(&mut known.platform, told.platform);
    fill_option(&mut known.author, told.author);
    fill_option(&mut known.pushed_at, told.pushed_at);
    fill_option(&mut known.in_use_count, told.in_use_count);
    fill_option(&mut known.last_in_use_at, told.last_in_use_at);
}

fn fill_text(known: &mut String, told: String) {
    if known.is_empty() {
        *known = told;
    }
}

fn fill_option<T>(known: &mut Option<T>, told: Option<T>) {
    if known.is_none() {
        *known = told;
    }
}

fn prefer<T>(known: &mut Option<T>, told: Option<T>) {
    if told.is_some() {
        *known = told;
    }
}

fn add_missing<T: PartialEq>(known: &mut Vec<T>, told: Vec<T>) {
    for item in told {
        if !known.contains(&item) {
            known.push(item);
        }
    }
}

/// Fills each known thing from its first telling, and adds what has none. A known thing is filled once, so that two
/// tellings that differ only in what it lacks stay two.
fn fill_matching<T: PartialEq>(
    known: &mut Vec<T>,
    told: Vec<T>,
    is_same: impl Fn(&T, &T) -> bool,
    fill: impl Fn(&mut T, T),
) {
    let mut filled = vec![false; known.len()];
    for item in told {
        let exact = known.iter().position(|candidate| *candidate == item);
        let place = exact.or_else(|| (0..filled.len()).find(|&at| !filled[at] && is_same(&known[at], &item)));
        match place {
            Some(at) if exact.is_none() => {
                fill(&mut known[at], item);
                filled[at] = true;
            }
            Some(at) => {
                if let Some(seen) = filled.get_mut(at) {
                    *seen = true;
                }
            }
            None => known.push(item),
        }
    }
}
