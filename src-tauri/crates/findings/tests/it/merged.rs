//! One finding out of several tellings.

use findings::generator::{self, Recipe};
use findings::{Finding, Package, Source};

fn told_by(source: Source, finding: &Finding) -> Finding {
    Finding { seen_by: [source].into(), ..finding.clone() }
}

#[test]
fn inspector_is_believed_before_ecr_and_nothing_known_is_forgotten() {
    for whole in generator::findings(&Recipe::new(100)) {
        let mut ecr = told_by(Source::Ecr, &whole);
        ecr.epss = None;
        ecr.title = "ECR's title".to_owned();
        ecr.cwes.clear();
        ecr.packages.iter_mut().for_each(|package| package.layer = None);
        let mut inspector = told_by(Source::Inspector, &whole);
        inspector.remediation.text = None;
        for (first, second) in [(&ecr, &inspector), (&inspector, &ecr)] {
            let mut merged = first.clone();
            merged.merge(second.clone());
            assert_eq!(merged, whole);
            let again = merged.clone();
            merged.merge(second.clone());
            assert_eq!(merged, again, "to be told the same thing twice changes nothing");
        }
    }
}

#[test]
fn packages_that_differ_in_place_stay_apart() {
    let at = |path: &str| Package { name: "a".into(), file_path: Some(path.into()), ..Package::default() };
    let mut one = Finding { packages: vec![at("x.jar")], ..Finding::default() };
    one.merge(Finding { packages: vec![at("y.jar"), at("x.jar")], ..Finding::default() });
    assert_eq!(one.packages.len(), 2);
}
