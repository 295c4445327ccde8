//! Counts that version 0.1.0 did not store with the outcome of a run: they are counted again from the stored findings.

use findings::{Query, Scan, Scope};

use crate::{
    context::Context,
    loading,
    model::{
        outcome::{ComparisonOutcome, RepositoryOutcome, RunOutcome},
        problem::LabError,
    },
};

/// Adds the counts by vulnerability where they are missing. Where the findings are gone, they stay missing.
pub(crate) async fn complete(context: &Context, outcome: &mut RunOutcome) -> Result<(), LabError> {
    let is_missing = |repositories: &[RepositoryOutcome]| {
        let mut counts = repositories.iter().filter_map(|repository| repository.findings);
        counts.any(|counts| counts.vulnerabilities.is_none())
    };
    let compared = context.session.compared(&context.run)?.filter(|it| it.outcome.vulnerabilities.is_none());
    if !is_missing(&outcome.repositories) && compared.is_none() {
        return Ok(());
    }
    let (run, repositories) = (context.run.0.clone(), std::mem::take(&mut outcome.repositories));
    let prod = context.plan.prod.clone();
    let counted = loading::blocking(&context.findings, move |store| {
        let mut repositories = repositories;
        let scans: Vec<Scan> =
            store.scans()?.into_iter().filter(|scan| scan.key.run == run && scan.finished_at.is_some()).collect();
        let find = |repository: &str, digest: &str| {
            let is_it = |scan: &&Scan| scan.key.repository == repository && scan.key.digest == digest;
            scans.iter().find(is_it).map(|scan| scan.id)
        };
        let before = repositories.iter().find(|it| it.name == prod).and_then(|it| find(&prod, it.digest.as_deref()?));
        for repository in &mut repositories {
            let (Some(counts), Some(digest)) = (&mut repository.findings, &repository.digest) else { continue };
            if let Some(scan) = find(&repository.name, digest).filter(|_| counts.vulnerabilities.is_none()) {
                counts.vulnerabilities = loading::counts(&store.summary(&Query::of_scan(scan))?).vulnerabilities;
            }
        }
        let after = compared.and_then(|compared| find(&prod, &compared.digest));
        let comparison = match (before, after) {
            (Some(before), Some(after)) => {
                let compared = store.compare(&Scope::Scan(before), &Scope::Scan(after))?;
                Some(ComparisonOutcome::from(&compared))
            }
            _ => None,
        };
        Ok((repositories, comparison))
    });
    let (repositories, comparison) = counted.await?;
    outcome.repositories = repositories;
    if let Some(comparison) = comparison {
        outcome.comparison = Some(comparison);
    }
    Ok(())
}
