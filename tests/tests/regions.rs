//! The Regions to choose from, held against the endpoints that botocore knows.

use std::collections::BTreeSet;

use whole_lab_tests::botocore;

#[test]
fn the_regions_are_those_that_botocore_knows_for_both_services() {
    let Some(list) = botocore("regions.py", &[], &[], "") else { return };
    let with_both: BTreeSet<String> = serde_json::from_value(list).expect("a list of names");
    let unknown: Vec<_> = lab::REGIONS.iter().filter(|region| !with_both.contains(**region)).collect();
    assert!(unknown.is_empty(), "without an endpoint of both: {unknown:?}");
    // A botocore that is newer than the list may know a few more.
    let missing = with_both.len() - lab::REGIONS.len();
    assert!(missing < 5, "{missing} Regions are missing: {with_both:?}");
}
