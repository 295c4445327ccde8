//! The reference implementation of queries, finding by finding, that the index is tested against.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use findings::{
    Counts, Filter, Finding, Join, Operator, Package, Property, PropertyKind, Query, Severity, Sort, Timestamp, Token,
    View,
};

#[derive(Clone, Copy)]
pub(crate) struct Instance<'f> {
    pub(crate) number: usize,
    pub(crate) finding: &'f Finding,
    pub(crate) ordinal: usize,
    pub(crate) package: Option<&'f Package>,
}

pub(crate) fn instances(findings: &[Finding]) -> Vec<Instance<'_>> {
    let of = |(number, finding): (usize, &'_ Finding)| {
        let ordinals = 0..finding.packages.len().max(1);
        ordinals.map(|ordinal| (number, ordinal)).collect::<Vec<_>>()
    };
    let positions = findings.iter().enumerate().flat_map(of);
    positions
        .map(|(number, ordinal)| {
            let finding = &findings[number];
            Instance { number, finding, ordinal, package: finding.packages.get(ordinal) }
        })
        .collect()
}

pub(crate) fn matched<'f>(findings: &'f [Finding], query: &Query) -> Vec<Instance<'f>> {
    let holds = |instance: &Instance<'_>| {
        group_holds(&query.filter, instance).unwrap_or(true) && text_holds(&query.text, instance)
    };
    instances(findings).into_iter().filter(holds).collect()
}

pub(crate) fn counts(matched: &[Instance<'_>]) -> Counts {
    Counts {
        findings: matched.iter().map(|instance| instance.number).collect::<BTreeSet<_>>().len(),
        instances: matched.len(),
        unique: matched.iter().map(identity).collect::<BTreeSet<_>>().len(),
    }
}

pub(crate) fn identity<'f>(instance: &Instance<'f>) -> (bool, &'f str) {
    let id = instance.finding.vulnerability.id.as_deref().filter(|id| !id.is_empty());
    id.map_or((false, instance.finding.title.as_str()), |id| (true, id))
}

/// The sorted rows of the view, each with its instances.
pub(crate) fn rows<'f>(findings: &'f [Finding], query: &Query) -> Vec<Vec<Instance<'f>>> {
    let matched = matched(findings, query);
    let mut rows: Vec<Vec<Instance<'_>>> = match query.view {
        View::Instances => matched.into_iter().map(|instance| vec![instance]).collect(),
        View::Unique => {
            // Vulnerabilities are ordered by their first instance in the scan, not among the matches.
            let all = instances(findings);
            let mut identities: Vec<_> = Vec::new();
            for identity in all.iter().map(identity) {
                if !identities.contains(&identity) {
                    identities.push(identity);
                }
            }
            let of =
                |wanted| matched.iter().filter(|instance| identity(instance) == wanted).copied().collect::<Vec<_>>();
            identities.into_iter().map(of).filter(|row: &Vec<_>| !row.is_empty()).collect()
        }
    };
    rows.sort_by(|a, b| {
        let orders = query.sort.iter().map(|sort| compare_rows(a, b, *sort, query.view));
        orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    rows
}

pub(crate) fn worst<'f>(row: &[Instance<'f>]) -> Instance<'f> {
    let rank = |instance: &Instance<'_>| {
        (instance.finding.severity, instance.finding.score.map_or(-1, |score| (score * 1000.0) as i64))
    };
    *row.iter().rev().max_by_key(|instance| rank(instance)).unwrap()
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Missing,
    Texts(Vec<String>),
    Number(f64),
    Severity(Severity),
}

fn compare_rows(a: &[Instance<'_>], b: &[Instance<'_>], sort: Sort, view: View) -> Ordering {
    let (a, b) = (row_value(a, sort.by, view), row_value(b, sort.by, view));
    match (&a, &b) {
        (Value::Missing, Value::Missing) => Ordering::Equal,
        (Value::Missing, _) => Ordering::Greater,
        (_, Value::Missing) => Ordering::Less,
        _ if sort.descending => compare(&b, &a),
        _ => compare(&a, &b),
    }
}

fn row_value(row: &[Instance<'_>], property: Property, view: View) -> Value {
    let greatest = || {
        let present = row.iter().map(|instance| value(property, instance)).filter(|value| *value != Value::Missing);
        present.max_by(compare).unwrap_or(Value::Missing)
    };
    match property {
        Property::InstanceCount | Property::FindingCount if view == View::Instances => Value::Missing,
        Property::InstanceCount => Value::Number(row.len() as f64),
        Property::FindingCount => Value::Number(counts(row).findings as f64),
        Property::FirstObservedAt => {
            let present = row.iter().map(|instance| value(property, instance)).filter(|value| *value != Value::Missing);
            present.min_by(compare).unwrap_or(Value::Missing)
        }
        Property::Severity
        | Property::Score
        | Property::Epss
        | Property::FixAvailable
        | Property::ExploitAvailable
        | Property::Kev
        | Property::LastObservedAt => greatest(),
        _ => value(property, &worst(row)),
    }
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Texts(a), Value::Texts(b)) => {
            let (folded_a, folded_b) = (a.join(",").to_lowercase(), b.join(",").to_lowercase());
            natural(&folded_a, &folded_b).then_with(|| a.join("\u{1f}").cmp(&b.join("\u{1f}")))
        }
        (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
        (Value::Severity(a), Value::Severity(b)) => a.cmp(b),
        _ => panic!("one property has one kind of value"),
    }
}

/// Compares runs of digits as numbers; a number compares with a letter as a digit does.
fn natural(a: &str, b: &str) -> Ordering {
    let (a, b) = (pieces(a), pieces(b));
    let orders = a.iter().zip(&b).map(|(a, b)| match (a, b) {
        (Ok(a), Ok(b)) => a.cmp(b),
        (Err(a), Err(b)) => a.cmp(b),
        (Ok(_), Err(b)) => b'0'.cmp(b),
        (Err(a), Ok(_)) => a.cmp(&b'0'),
    });
    orders.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn pieces(text: &str) -> Vec<Result<u128, u8>> {
    let mut pieces = Vec::new();
    for byte in text.bytes() {
        match (byte.is_ascii_digit(), pieces.last_mut()) {
            (true, Some(Ok(number))) => *number = *number * 10 + u128::from(byte - b'0'),
            (true, _) => pieces.push(Ok(u128::from(byte - b'0'))),
            (false, _) => pieces.push(Err(byte)),
        }
    }
    pieces
}

fn value(property: Property, instance: &Instance<'_>) -> Value {
    let (finding, package) = (instance.finding, instance.package);
    let vulnerability = &finding.vulnerability;
    let image = finding.image();
    let text = |text: Option<&str>| match text {
        None | Some("") => Value::Missing,
        Some(text) => Value::Texts(vec![text.to_owned()]),
    };
    let texts = |texts: &[String]| {
        let texts: Vec<_> = texts.iter().filter(|text| !text.is_empty()).cloned().collect();
        if texts.is_empty() { Value::Missing } else { Value::Texts(texts) }
    };
    let number = |number: Option<f64>| number.map_or(Value::Missing, Value::Number);
    let time = |time: Option<Timestamp>| number(time.map(|time| time.epoch_millis() as f64));
    match property {
        Property::VulnerabilityId => text(vulnerability.id.as_deref()),
        Property::Title => text(Some(&finding.title)),
        Property::Severity => Value::Severity(finding.severity),
        Property::Status => text(finding.status.as_ref().map(findings::Status::as_str)),
        Property::Type => text(finding.kind.as_ref().map(findings::Kind::as_str)),
        Property::Score => number(finding.score),
        Property::Epss => number(finding.epss),
        Property::RiskScore => number(finding.risk_score.map(|score| score as f64)),
        Property::VendorSeverity => text(vulnerability.vendor_severity.as_deref()),
        Property::VulnerabilitySource => text(vulnerability.source.as_deref()),
        Property::FixAvailable => text(finding.fix_available.as_ref().map(findings::FixAvailable::as_str)),
        Property::ExploitAvailable => text(finding.exploit_available.as_ref().map(findings::ExploitAvailable::as_str)),
        Property::Kev => text(finding.is_known_exploited().map(|listed| if listed { "YES" } else { "NO" })),
        Property::Cwe => texts(&finding.cwes),
        Property::RelatedId => texts(&vulnerability.related),
        Property::SeenBy => texts(&finding.seen_by.iter().map(|source| source.as_str().to_owned()).collect::<Vec<_>>()),
        Property::Package => text(package.map(|package| package.name.as_str())),
        Property::PackageVersion => text(package.map(Package::full_version).as_deref()),
        Property::FixedIn => text(package.and_then(|package| package.fixed_in.as_deref())),
        Property::PackageManager => text(package.and_then(|package| package.manager.as_deref())),
        Property::PackageArch => text(package.and_then(|package| package.arch.as_deref())),
        Property::FilePath => text(package.and_then(|package| package.file_path.as_deref())),
        Property::Layer => text(package.and_then(|package| package.layer.as_deref())),
        Property::Repository => text(image.map(|image| image.repository.as_str())),
        Property::Digest => text(image.map(|image| image.digest.as_str())),
        Property::Tag => texts(image.map_or(&[], |image| &image.tags)),
        Property::Architecture => text(image.and_then(|image| image.architecture.as_deref())),
        Property::Platform => text(image.and_then(|image| image.platform.as_deref())),
        Property::Account => text(Some(&finding.account)),
        Property::Region => text(finding.resources.iter().find_map(|resource| resource.region.as_deref())),
        Property::FirstObservedAt => time(finding.first_observed_at),
        Property::LastObservedAt => time(finding.last_observed_at),
        Property::UpdatedAt => time(finding.updated_at),
        Property::VendorCreatedAt => time(vulnerability.vendor_created_at),
        Property::VendorUpdatedAt => time(vulnerability.vendor_updated_at),
        Property::InstanceCount | Property::FindingCount => Value::Missing,
    }
}

fn group_holds(filter: &Filter, instance: &Instance<'_>) -> Option<bool> {
    let tokens = filter.tokens.iter().map(|token| token_holds(token, instance));
    let groups = filter.groups.iter().filter_map(|group| group_holds(group, instance));
    let conditions: Vec<bool> = tokens.chain(groups).collect();
    (!conditions.is_empty()).then(|| match filter.join {
        Join::And => conditions.iter().all(|holds| *holds),
        Join::Or => conditions.iter().any(|holds| *holds),
    })
}

fn token_holds(token: &Token, instance: &Instance<'_>) -> bool {
    use Operator as Op;
    let (positive, negated) = match token.operator {
        Op::NotEquals => (Op::Equals, true),
        Op::NotContains => (Op::Contains, true),
        Op::NotStartsWith => (Op::StartsWith, true),
        other => (other, false),
    };
    let Some(property) = token.property else { return text_holds(&token.value, instance) != negated };
    let wanted = token.value.to_lowercase();
    let ordered = |order: Ordering| match positive {
        Op::Equals => order.is_eq(),
        Op::Less => order.is_lt(),
        Op::LessOrEqual => order.is_le(),
        Op::Greater => order.is_gt(),
        _ => positive == Op::GreaterOrEqual && order.is_ge(),
    };
    let text_matches = |text: &String| {
        let text = text.to_lowercase();
        match positive {
            Op::Equals => text == wanted,
            Op::Contains => text.contains(&wanted),
            Op::StartsWith => text.starts_with(&wanted),
            _ => ordered(natural(&text, &wanted)),
        }
    };
    let holds = match value(property, instance) {
        Value::Missing => positive == Op::Equals && token.value.is_empty(),
        _ if positive == Op::Equals && token.value.is_empty() => false,
        Value::Texts(texts) => texts.iter().any(text_matches),
        Value::Severity(severity) if matches!(positive, Op::Equals | Op::Contains | Op::StartsWith) => {
            text_matches(&severity.as_str().to_owned())
        }
        Value::Severity(severity) => ordered(severity.cmp(&Severity::from_service(&token.value.to_uppercase()))),
        Value::Number(number) if property.kind() == PropertyKind::Time => {
            let (from, length) = match Timestamp::parse(&token.value) {
                Some(moment) => (moment, 1.0),
                None => (Timestamp::parse(&format!("{}T00:00:00Z", token.value)).unwrap(), 86_400_000.0),
            };
            let after = number - from.epoch_millis() as f64;
            ordered(if after < 0.0 { Ordering::Less } else { 1.cmp(&i32::from(after < length)) })
        }
        Value::Number(number) => ordered(number.partial_cmp(&token.value.parse().unwrap()).unwrap()),
    };
    holds != negated
}

fn text_holds(text: &str, instance: &Instance<'_>) -> bool {
    let finding = instance.finding;
    let searched = [
        finding.vulnerability.id.as_deref(),
        Some(finding.title.as_str()),
        Some(finding.description.as_str()),
        instance.package.map(|package| package.name.as_str()),
        instance.package.and_then(|package| package.file_path.as_deref()),
    ];
    let searched: Vec<String> = searched.into_iter().flatten().map(str::to_lowercase).collect();
    text.to_lowercase().split_whitespace().all(|word| searched.iter().any(|text| text.contains(word)))
}
