//! Generated queries: the index returns the same results as the reference implementation.

use std::collections::{BTreeMap, BTreeSet};

use findings::{
    ExploitAvailable, Filter, Finding, FindingsError, FixAvailable, Image, Join, Kev, LOG4SHELL, Operator, Package,
    Property, PropertyKind, Query, Resource, ScanId, Severity, Sort, Source, Status, Timestamp, Token, View,
    Vulnerability,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::Fixture;
use crate::reference::{self, worst};

fn text(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(texts).prop_map(str::to_owned)
}

fn maybe(texts: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(text(texts))
}

fn moment() -> impl Strategy<Value = Option<Timestamp>> {
    option::of(select(vec![0_i64, 1, 86_399_999, 86_400_000, 1_788_220_800_000]).prop_map(Timestamp::from_epoch_millis))
}

fn package() -> impl Strategy<Value = Package> {
    (
        text(&["log4j-core", "zlib", "Zlib", "ünï", "lib 10", "lib 9"]),
        text(&["1.2", "1.10", "1.9"]),
        option::of(0..2_i64),
        maybe(&["1+deb11u1", ""]),
        maybe(&["OS", "JAR"]),
        maybe(&["usr/lib/A.jar", "opt/b 1.jar"]),
        maybe(&["sha256:aa", "sha256:bb"]),
        maybe(&["1.11", "NotAvailable"]),
    )
        .prop_map(|(name, version, epoch, release, manager, file_path, layer, fixed)| {
            let mut package =
                Package { name, version, epoch, release, manager, file_path, layer, ..Package::default() };
            if let Some(fixed) = fixed {
                package.set_fixed_in(&fixed);
            }
            package
        })
}

fn vulnerability() -> impl Strategy<Value = Vulnerability> {
    (
        maybe(&[LOG4SHELL, "CVE-2021-999", "CVE-2021-1000", "Out of support", "CVE-2021-0999"]),
        maybe(&["NVD", "DEBIAN_CVE"]),
        maybe(&["high", "unimportant", "Ünimportant"]),
        moment(),
        prop::collection::vec(text(&["GHSA-1", "GHSA-10", "GHSA-9"]), 0..3),
    )
        .prop_map(|(id, source, vendor_severity, vendor_created_at, related)| Vulnerability {
            id,
            source,
            vendor_severity,
            vendor_created_at,
            related,
            ..Vulnerability::default()
        })
}

fn finding() -> impl Strategy<Value = Finding> {
    let ratings = (
        select(Severity::ALL.to_vec()),
        option::of(select(vec![0.0, 5.0, 7.5, 9.8, 10.0])),
        option::of(select(vec![0.0, 0.004, 0.5, 0.943, 1.0])),
        any::<bool>(),
        option::of(select(vec!["YES", "NO", "PARTIAL"])),
        option::of(select(vec!["YES", "NO"])),
        option::of(select(vec!["ACTIVE", "SUPPRESSED", "SOMETHING_NEW"])),
    );
    let texts = (
        text(&["Out of support", "CVE-2021-999 - zlib", "another title"]),
        text(&["", "Heap overflow in PARSE_header", "A flaw\tin jndi", "ΑΣ Σ"]),
        prop::collection::vec(text(&["CWE-20", "CWE-502"]), 0..3),
        prop::collection::btree_set(select(vec![Source::Ecr, Source::Inspector]), 0..3),
        (moment(), moment(), moment()),
    );
    let image = option::of((text(&["prod", "sandbox"]), prop::collection::vec(text(&["latest", "4.4"]), 0..3)));
    (vulnerability(), prop::collection::vec(package(), 0..4), ratings, texts, image).prop_map(
        |(vulnerability, packages, ratings, texts, image)| {
            let (severity, score, epss, kev, fix, exploit, status) = ratings;
            let (title, description, cwes, seen_by, times) = texts;
            let mut finding = Finding {
                title,
                description,
                vulnerability,
                packages,
                score,
                epss,
                cwes,
                seen_by,
                kev: kev.then(Kev::default),
                fix_available: fix.map(FixAvailable::from),
                exploit_available: exploit.map(ExploitAvailable::from),
                status: status.map(Status::from),
                first_observed_at: times.0,
                last_observed_at: times.1,
                updated_at: times.2,
                ..Finding::default()
            };
            finding.set_severity(severity.as_str());
            finding.resources.extend(image.map(|(repository, tags)| Resource {
                region: Some("us-east-1".to_owned()),
                image: Some(Image { repository, tags, ..Image::default() }),
                ..Resource::default()
            }));
            finding
        },
    )
}

fn findings() -> impl Strategy<Value = Vec<Finding>> {
    prop::collection::vec(finding(), 0..40).prop_map(|mut findings| {
        for (number, finding) in findings.iter_mut().enumerate() {
            finding.arn = format!("arn:{number}");
        }
        findings
    })
}

const WORDS: &[&str] = &[
    "",
    "zlib",
    "LOG4J",
    "CVE-2021-1000",
    "cve-2021",
    "lib 9",
    "1.",
    "e",
    "yes",
    "jar",
    "ünÏ",
    "σ",
    "overflow heap",
    "jndi",
    "out support",
    "GHSA-9",
    "cwe-5",
    "latest",
    "   ",
];

fn token() -> impl Strategy<Value = Token> {
    let property = option::weighted(0.9, select(Property::ALL));
    (property, select(Operator::ALL.to_vec()), text(WORDS), any::<prop::sample::Index>()).prop_filter_map(
        "the property supports the operator",
        |(property, operator, word, index)| {
            use Operator as Op;
            let is_equality = matches!(operator, Op::Equals | Op::NotEquals);
            let is_textual = matches!(operator, Op::Contains | Op::NotContains | Op::StartsWith | Op::NotStartsWith);
            let one_of = |values: &[&str]| {
                let values = if is_equality { values } else { &values[1..] };
                values[index.index(values.len())].to_owned()
            };
            let value = match property.map(Property::kind) {
                None if !is_equality && !matches!(operator, Op::Contains | Op::NotContains) => return None,
                None | Some(PropertyKind::Text | PropertyKind::Texts) => word,
                Some(PropertyKind::Severity) if is_textual => word,
                Some(PropertyKind::Severity) => one_of(&["", "HIGH", "low", "CRITICAL", "Untriaged"]),
                Some(PropertyKind::Count) => return None,
                Some(PropertyKind::Choice) if !is_equality => return None,
                Some(PropertyKind::Choice) => one_of(&["", "YES", "no", "PARTIAL"]),
                Some(_) if is_textual => return None,
                Some(PropertyKind::Number) => one_of(&["", "0", "5", "0.5", "9.8", "-1"]),
                Some(PropertyKind::Time) => one_of(&["", "1970-01-01", "1970-01-02T00:00:00Z", "2026-09-01"]),
            };
            Some(Token { property, operator, value })
        },
    )
}

fn filter() -> impl Strategy<Value = Filter> {
    let join = || select(vec![Join::And, Join::Or]);
    let leaf = (join(), prop::collection::vec(token(), 0..3)).prop_map(|(join, tokens)| Filter {
        join,
        tokens,
        groups: Vec::new(),
    });
    leaf.prop_recursive(3, 8, 3, move |inner| {
        (join(), prop::collection::vec(token(), 0..3), prop::collection::vec(inner, 0..3))
            .prop_map(|(join, tokens, groups)| Filter { join, tokens, groups })
    })
}

fn query() -> impl Strategy<Value = Query> {
    let sort = (select(Property::ALL), any::<bool>()).prop_map(|(by, descending)| Sort { by, descending });
    let text = prop_oneof![3 => Just(String::new()), 1 => text(WORDS)];
    let view = select(vec![View::Instances, View::Unique]);
    (filter(), text, view, prop::collection::vec(sort, 0..4), 0..3_usize, select(vec![0_usize, 1, 3, 10, 2000]))
        .prop_map(|(filter, text, view, sort, page, page_size)| Query {
            filter,
            text,
            view,
            sort,
            page,
            page_size,
            ..Query::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_returns_the_same_as_the_reference(
        findings in findings(),
        queries in prop::collection::vec(query(), 12),
    ) {
        let fixture = Fixture::new();
        let scan = fixture.import_scan("sha256:1", findings.clone());
        for query in queries {
            let query = Query { scope: findings::Scope::Scan(scan), ..query };
            check_page(&fixture, scan, &findings, &query)?;
            check_summary(&fixture, &findings, &query)?;
        }
    }
}

fn check_page(fixture: &Fixture, scan: ScanId, findings: &[Finding], query: &Query) -> Result<(), TestCaseError> {
    let page = fixture.store.query(query).unwrap();
    let rows = reference::rows(findings, query);
    prop_assert_eq!(page.matched, reference::counts(&reference::matched(findings, query)), "{:?}", query);
    prop_assert_eq!(page.total, rows.len());
    let page_size = if query.page_size == 0 { findings::PAGE_SIZE } else { query.page_size.min(1000) };
    prop_assert_eq!(page.page_size, page_size);
    let expected: Vec<_> = rows.iter().skip(query.page * page_size).take(page_size).collect();
    let key = |arn: &str, ordinal| (arn.to_owned(), ordinal);
    let actual: Vec<_> = page.rows.iter().map(|row| key(&row.arn, row.ordinal)).collect();
    let expected_keys: Vec<_> = expected.iter().map(|row| key(&worst(row).finding.arn, worst(row).ordinal)).collect();
    prop_assert_eq!(actual, expected_keys, "{:?}", query);
    for (row, instances) in page.rows.iter().zip(expected) {
        let counted = reference::counts(instances);
        prop_assert_eq!((row.instances, row.findings), (counted.instances, counted.findings));
        prop_assert_eq!(row.scan, scan);
        let finding = worst(instances).finding;
        prop_assert_eq!(row.severity, finding.severity);
        prop_assert_eq!(&row.vulnerability_id, &finding.vulnerability.id);
        let of_all = |read: fn(&Finding) -> Option<f64>| {
            instances.iter().filter_map(|instance| read(instance.finding)).max_by(f64::total_cmp)
        };
        prop_assert_eq!(row.score, of_all(|finding| finding.score));
        prop_assert_eq!(row.epss, of_all(|finding| finding.epss));
        prop_assert_eq!(row.kev, instances.iter().filter_map(|instance| instance.finding.is_known_exploited()).max());
        let is_suppressed = |finding: &Finding| finding.status == Some(Status::Suppressed);
        prop_assert_eq!(row.suppressed, instances.iter().all(|instance| is_suppressed(instance.finding)));
        let first = instances.iter().filter_map(|instance| instance.finding.first_observed_at).min();
        prop_assert_eq!(row.first_observed_at, first);
        let mut packages: Vec<_> =
            instances.iter().filter_map(|instance| instance.package).map(|package| package.name.clone()).collect();
        packages.sort();
        packages.dedup();
        prop_assert_eq!(&row.packages, &packages);
    }
    Ok(())
}

fn check_summary(fixture: &Fixture, findings: &[Finding], query: &Query) -> Result<(), TestCaseError> {
    let summary = fixture.store.summary(query).unwrap();
    let matched = reference::matched(findings, query);
    let of = |holds: &dyn Fn(&reference::Instance<'_>) -> bool| {
        reference::counts(&matched.iter().filter(|instance| holds(instance)).copied().collect::<Vec<_>>())
    };
    prop_assert_eq!(summary.matched, reference::counts(&matched));
    let vulnerabilities = reference::rows(findings, &Query { view: View::Unique, sort: Vec::new(), ..query.clone() });
    for counted in &summary.by_severity {
        let mut expected = of(&|instance| instance.finding.severity == counted.severity);
        expected.unique = vulnerabilities.iter().filter(|row| worst(row).finding.severity == counted.severity).count();
        prop_assert_eq!(counted.counts, expected);
    }
    let mut packages: BTreeMap<&str, usize> = BTreeMap::new();
    for package in matched.iter().filter_map(|instance| instance.package) {
        *packages.entry(&package.name).or_default() += 1;
    }
    prop_assert_eq!(summary.packages, packages.len());
    for bucket in &summary.by_package {
        let expected = of(&|instance| instance.package.is_some_and(|package| package.name == bucket.value));
        prop_assert_eq!(bucket.counts, expected);
        prop_assert_eq!(bucket.instances_by_severity.iter().sum::<usize>(), expected.instances);
        prop_assert_eq!(bucket.unique_by_severity.iter().sum::<usize>(), expected.unique);
    }
    for bucket in &summary.by_layer {
        let is_in = |package: &Package| package.layer.as_ref() == Some(&bucket.value);
        prop_assert_eq!(bucket.counts, of(&|instance| instance.package.is_some_and(is_in)));
        prop_assert_eq!(bucket.unique_by_severity.iter().sum::<usize>(), bucket.counts.unique);
    }
    let has_no_layer = |package: &Package| package.layer.as_deref().is_none_or(str::is_empty);
    prop_assert_eq!(summary.without_layer, of(&|instance| instance.package.is_none_or(has_no_layer)));
    check_fixes_and_scores(&summary, &matched, &vulnerabilities)?;
    prop_assert_eq!(summary.kev, of(&|instance| instance.finding.kev.is_some()));
    prop_assert_eq!(summary.suppressed, of(&|instance| instance.finding.status == Some(Status::Suppressed)));
    prop_assert_eq!(summary.kev_unknown, of(&|instance| instance.finding.is_known_exploited().is_none()));
    let is_log4shell = |row: &&Vec<reference::Instance<'_>>| reference::identity(&row[0]) == (true, LOG4SHELL);
    prop_assert_eq!(summary.log4shell, vulnerabilities.iter().any(|row| is_log4shell(&row)));
    let plotted: usize = summary.points.iter().map(|point| point.unique).sum();
    prop_assert_eq!(plotted + summary.without_point, vulnerabilities.len());
    for point in &summary.points {
        prop_assert!(point.lowest_epss <= point.greatest_epss);
        prop_assert!(
            (point.epss - point.greatest_epss).abs() < 0.0051 && (point.epss - point.lowest_epss).abs() < 0.0051
        );
    }
    let ids: BTreeSet<&str> = matched.iter().filter_map(|one| one.finding.vulnerability.id.as_deref()).collect();
    for point in &summary.points {
        let id = point.vulnerability_id.as_deref();
        prop_assert!(id.is_none_or(|id| point.unique == 1 && id == point.example && ids.contains(id)));
    }
    for point in summary.points.iter().filter(|point| point.log4shell) {
        prop_assert!(summary.log4shell);
        prop_assert_eq!(&point.example, LOG4SHELL);
    }
    Ok(())
}

/// Each vulnerability counts once, with its best fix and its greatest score.
fn check_fixes_and_scores(
    summary: &findings::Summary,
    matched: &[reference::Instance<'_>],
    vulnerabilities: &[Vec<reference::Instance<'_>>],
) -> Result<(), TestCaseError> {
    let of = |holds: &dyn Fn(&reference::Instance<'_>) -> bool| {
        reference::counts(&matched.iter().filter(|instance| holds(instance)).copied().collect::<Vec<_>>())
    };
    for counted in &summary.by_fix {
        let mut expected = of(&|instance| instance.finding.fix_available == counted.fix);
        expected.unique = vulnerabilities.iter().filter(|row| best_fix(row) == counted.fix).count();
        prop_assert_eq!(counted.counts, expected);
    }
    prop_assert_eq!(summary.by_fix.iter().map(|fix| fix.counts.unique).sum::<usize>(), summary.matched.unique);
    prop_assert_eq!(summary.by_fix.iter().map(|fix| fix.counts.instances).sum::<usize>(), matched.len());
    for band in &summary.score_bands {
        let is_in = |score: f64| score >= band.from && (score < band.to || band.to >= 10.0);
        let mut expected = of(&|instance| instance.finding.score.is_some_and(is_in));
        expected.unique = vulnerabilities.iter().filter(|row| greatest_score(row).is_some_and(is_in)).count();
        prop_assert_eq!(band.counts, expected);
    }
    let mut without_score = of(&|instance| instance.finding.score.is_none());
    without_score.unique = vulnerabilities.iter().filter(|row| greatest_score(row).is_none()).count();
    prop_assert_eq!(summary.without_score, without_score);
    Ok(())
}

fn greatest_score(row: &[reference::Instance<'_>]) -> Option<f64> {
    row.iter().filter_map(|instance| instance.finding.score).max_by(f64::total_cmp)
}

fn best_fix(row: &[reference::Instance<'_>]) -> Option<FixAvailable> {
    let fixes = row.iter().filter_map(|instance| instance.finding.fix_available.clone());
    fixes.max_by(|a, b| a.as_str().cmp(b.as_str()))
}

#[test]
fn values_are_counted_by_vulnerabilities_the_most_frequent_first() {
    let fixture = Fixture::new();
    let scan = fixture.import_scan("sha256:1", findings::generator::findings(&findings::generator::Recipe::new(300)));
    let scope = findings::Scope::Scan(scan);
    for &property in Property::ALL {
        let values = fixture.store.values(&scope, property, "", 1000).unwrap();
        assert!(values.is_sorted_by(|a, b| a.unique >= b.unique), "{property:?}");
        if matches!(property.kind(), PropertyKind::Text | PropertyKind::Choice) {
            for counted in values {
                let filter = Filter::all([Token::new(property, Operator::Equals, counted.value)]);
                let page = fixture.store.query(&Query { filter, ..Query::of_scan(scan) }).unwrap();
                assert_eq!((page.matched.instances, page.matched.unique), (counted.instances, counted.unique));
            }
        }
    }
}

#[test]
fn an_unsupported_operator_or_value_is_rejected() {
    let fixture = Fixture::new();
    let scan = fixture.import_scan("sha256:1", []);
    let query = |property, operator, value: &str| {
        let filter = Filter::all([Token::new(property, operator, value)]);
        fixture.store.query(&Query { filter, ..Query::of_scan(scan) })
    };
    assert!(matches!(query(Property::Score, Operator::Contains, "9"), Err(FindingsError::BadOperator { .. })));
    for choice in [Property::Kev, Property::FixAvailable, Property::ExploitAvailable] {
        assert!(query(choice, Operator::Equals, "yes").is_ok() && query(choice, Operator::NotEquals, "yes").is_ok());
        for operator in [Operator::Contains, Operator::StartsWith, Operator::LessOrEqual] {
            assert!(matches!(query(choice, operator, "yes"), Err(FindingsError::BadOperator { .. })), "{choice:?}");
        }
    }
    assert!(matches!(query(Property::Score, Operator::Less, "nine"), Err(FindingsError::BadValue { .. })));
    assert!(matches!(query(Property::UpdatedAt, Operator::Less, "May"), Err(FindingsError::BadValue { .. })));
    assert!(matches!(query(Property::InstanceCount, Operator::Less, "9"), Err(FindingsError::BadOperator { .. })));
    assert!(matches!(query(Property::Severity, Operator::Less, "bad"), Err(FindingsError::BadValue { .. })));
    let nested = (0..20).fold(Filter::default(), |inner, _| Filter { groups: vec![inner], ..Filter::default() });
    let result = fixture.store.query(&Query { filter: nested, ..Query::of_scan(scan) });
    assert!(matches!(result, Err(FindingsError::TooDeep)));
}
