//! Merging several records of one finding.

use findings::generator::{self, Recipe};
use findings::{Finding, Package, Source};

fn reported_by(source: Source, finding: &Finding) -> Finding {
    Finding { seen_by: [source].into(), ..finding.clone() }
}

#[test]
fn inspector_takes_precedence_over_ecr_and_no_value_is_lost() {
    for whole in generator::findings(&Recipe::new(100)) {
        let mut ecr = reported_by(Source::Ecr, &whole);
        ecr.epss = None;
        ecr.title = "ECR's title".to_owned();
        ecr.cwes.clear();
        ecr.packages.iter_mut().for_each(|package| package.layer = None);
        let mut inspector = reported_by(Source::Inspector, &whole);
        inspector.remediation.text = None;
        for (first, second) in [(&ecr, &inspector), (&inspector, &ecr)] {
            let mut merged = first.clone();
            merged.merge(second.clone());
            assert_eq!(merged, whole);
            let again = merged.clone();
            merged.merge(second.clone());
            assert_eq!(merged, again, "merging the same record again changes nothing");
        }
    }
}

#[test]
fn packages_with_different_paths_stay_separate() {
    let at = |path: &str| Package { name: "a".into(), file_path: Some(path.into()), ..Package::default() };
    let mut one = Finding { packages: vec![at("x.jar")], ..Finding::default() };
    one.merge(Finding { packages: vec![at("y.jar"), at("x.jar")], ..Finding::default() });
    assert_eq!(one.packages.len(), 2);
}
