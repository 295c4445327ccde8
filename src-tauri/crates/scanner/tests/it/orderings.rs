//! The version orderings are total orders.

use std::cmp::Ordering;

use proptest::prelude::*;
use scanner::{DebianVersion, MavenVersion};

/// Versions as projects use them, similar enough that comparing them is meaningful.
fn maven() -> impl Strategy<Value = MavenVersion> {
    let version =
        "(0|1|2|10|01)(([.-](0|1|2|10|alpha|beta|m|rc|cr|snapshot|ga|final|sp|foo|x))|(a|b|rc|foo)[0-2]?){0,4}";
    version.prop_filter_map("a version", |text| text.parse().ok())
}

/// Any text that is parsed as a version.
fn any_maven() -> impl Strategy<Value = MavenVersion> {
    "[0-2a-bA\\.\\-]{1,8}|[^ \\t\\n]{1,12}".prop_filter_map("a version", |text| text.parse().ok())
}

fn debian() -> impl Strategy<Value = DebianVersion> {
    "([0-2]:)?[0-2][0-2a-b.+~]{0,5}(-[0-2a-b+~]{1,4})?".prop_filter_map("a version", |text| text.parse().ok())
}

/// Checks that the order is reflexive, antisymmetric and transitive.
fn check_order<V: Ord + std::fmt::Debug>(a: &V, b: &V, c: &V) -> Result<(), TestCaseError> {
    for one in [a, b, c] {
        prop_assert_eq!(one.cmp(one), Ordering::Equal);
        for other in [a, b, c] {
            prop_assert_eq!(one.cmp(other), other.cmp(one).reverse());
        }
    }
    let mut sorted = [a, b, c];
    sorted.sort();
    prop_assert!(sorted[0] <= sorted[2], "{:?}", sorted);
    if a == b {
        prop_assert_eq!(a.cmp(c), b.cmp(c));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn maven_versions_are_ordered(a in maven(), b in maven(), c in maven()) {
        check_order(&a, &b, &c)?;
    }

    #[test]
    fn arbitrary_maven_versions_are_ordered(a in any_maven(), b in any_maven(), c in any_maven()) {
        check_order(&a, &b, &c)?;
    }

    #[test]
    fn debian_versions_are_ordered(a in debian(), b in debian(), c in debian()) {
        check_order(&a, &b, &c)?;
    }

    #[test]
    fn any_text_is_parsed_or_rejected(text in ".{0,40}") {
        if let Ok(version) = text.parse::<MavenVersion>() {
            prop_assert_eq!(version.to_string(), text.clone());
        }
        let _: Result<DebianVersion, _> = text.parse();
    }

    #[test]
    fn maven_ignores_trailing_empty_items(text in "[1-9](\\.[1-9]){0,3}", suffix in "(\\.0|-0|\\.ga|-final|\\.Final|-RELEASE)?") {
        let (one, other): (MavenVersion, MavenVersion) = (text.parse().unwrap(), format!("{text}{suffix}").parse().unwrap());
        prop_assert_eq!(one, other);
    }
}

#[test]
fn debians_own_examples_are_ordered() {
    let order = [
        "1.0~~",
        "1.0~~a",
        "1.0~",
        "1.0",
        "1.0-0.1",
        "1.0-1",
        "1.0-1+b1",
        "1.0-1+deb11u1",
        "1.0a",
        "1.0+",
        "1.2",
        "1.10",
        "1:0.1",
    ];
    let order: Vec<DebianVersion> = order.iter().map(|text| text.parse().unwrap()).collect();
    for pair in order.windows(2) {
        assert!(pair[0] < pair[1], "{} and {}", pair[0], pair[1]);
    }
    let version: DebianVersion = "1:2.36.1-8+deb11u1".parse().unwrap();
    assert_eq!((version.epoch(), version.upstream(), version.revision()), (1, "2.36.1", Some("8+deb11u1")));
    assert_eq!("1.0-0".parse::<DebianVersion>(), "1.0".parse());
}
