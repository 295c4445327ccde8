//! Finding a run again of which the session has no record: by the tags of its repositories, which also say what the registry was
//! before. Only repositories with the tag of a run are its own; only images with the plan's tags in them are taken for its pushes.

use crate::{
    aws::Aws,
    cloud::{
        configuration, images, inspector,
        runs::{self, RunInRegistry},
    },
    model::{plan::Plan, problem::LabError, scanning_configuration::ScanningConfiguration},
    run::Run,
    scanning::{CONTINUOUS, InspectorStatus},
    session::{
        Session,
        facts::SavedScanning,
        ledger::{Owned, PushedTag, RepositoryOrigin},
    },
};

/// What was found of a lost run.
pub struct Recovered {
    /// The run, to be cleaned up; `None` if there is none.
    pub run: Option<Run>,
    /// What was read of the account.
    pub read: AccountRead,
}

/// What was read of the account when a lost run was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRead {
    /// The account's twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The registry's scanning configuration.
    pub configuration: ScanningConfiguration,
    /// Whether the configuration has the plan's filter, which may then be a lost run's.
    pub has_filter: bool,
    /// Other runs of the lab: their ids and repositories.
    pub others: Vec<(String, Vec<String>)>,
    /// Whether all of the registry's repositories could be read, not only those of the plan's names.
    pub complete: bool,
}

/// A run without a record.
pub(crate) struct LostRun {
    pub(crate) in_registry: RunInRegistry,
    present: ScanningConfiguration,
    inspector: InspectorStatus,
}

/// What was found.
pub(crate) struct Search {
    pub(crate) run: Option<LostRun>,
    pub(crate) read: AccountRead,
}

impl LostRun {
    /// The plan, with the filter that the run has recorded.
    pub(crate) fn plan(&self, plan: Plan) -> Plan {
        match &self.in_registry.filter {
            Some(filter) => Plan { filter: filter.clone(), ..plan },
            None => plan,
        }
    }
}

/// Looks for the run that has created repositories of the plan's names.
pub(crate) async fn find(aws: &Aws, plan: &Plan) -> Result<Search, LabError> {
    let identity = aws.identity().await?;
    let (present, inspector, all) =
        futures::try_join!(configuration::get(aws), inspector::status(aws), runs::all(aws))?;
    let names = plan.repositories();
    let complete = all.complete;
    let mut runs = if complete { all.runs } else { runs::named(aws, &names).await? };
    let is_the_plans = |run: &RunInRegistry| run.repositories.iter().any(|name| names.contains(&name.as_str()));
    let at = runs.iter().position(is_the_plans);
    let in_registry = at.map(|at| runs.remove(at));
    let has_filter =
        present.rules.iter().any(|rule| rule.frequency == CONTINUOUS && rule.filters.contains(&plan.filter));
    let read = AccountRead {
        account: identity.account,
        region: aws.region().to_owned(),
        configuration: present.clone(),
        has_filter,
        others: runs.into_iter().map(|run| (run.run.0, run.repositories)).collect(),
        complete,
    };
    let run = in_registry.map(|in_registry| LostRun { in_registry, present, inspector });
    Ok(Search { run, read })
}

/// Records what the run has created and changed, as far as the cloud shows it.
pub(crate) async fn record(session: &Session, aws: &Aws, lost: &LostRun, plan: &Plan) -> Result<(), LabError> {
    let run = &lost.in_registry.run;
    for name in &lost.in_registry.repositories {
        session.own(run, &Owned::Repository { name: name.clone(), origin: RepositoryOrigin::Created })?;
    }
    let pushed = [(&plan.prod, &plan.tag), (&plan.prod, &plan.fixed_tag), (&plan.sandbox, &plan.tag)];
    for (repository, tag) in pushed.into_iter().filter(|(name, _)| lost.in_registry.repositories.contains(name)) {
        let Some(image) = images::tagged(aws, repository, tag).await? else { continue };
        session.own(
            run,
            &Owned::Tag(PushedTag {
                repository: repository.clone(),
                tag: tag.clone(),
                digest: Some(image.digest),
                ..PushedTag::default()
            }),
        )?;
    }
    session.save_scanning(run, &saved(lost, plan))
}

fn saved(lost: &LostRun, plan: &Plan) -> SavedScanning {
    let former = lost.in_registry.former.clone();
    let former_unknown = former.is_none();
    let (before, inspector_before) = match former {
        Some(former) => (former.configuration, former.inspector),
        None => (lost.present.clone().without_filter(&plan.filter), lost.inspector.clone()),
    };
    SavedScanning {
        put: before.with_lab(plan, true).unwrap_or_else(|_| lost.present.clone()),
        before,
        inspector_before,
        restored: false,
        replaced: None,
        former_unknown,
        disabling: false,
        choice: None,
    }
}
