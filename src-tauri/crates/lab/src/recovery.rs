//! Finding a run again of which the session has no record: by the tags of its repositories, which also say what the registry was
//! before. Only repositories with the tag of a run are its own, and only images whose digests it has recorded there are its pushes.

use std::collections::BTreeMap;

use crate::{
    aws::Aws,
    cloud::{
        configuration, images, inspector,
        runs::{self, RunInRegistry},
    },
    model::{plan::Plan, problem::LabError, run_id::RunId, scanning_configuration::ScanningConfiguration},
    run::Run,
    scanning::{CONTINUOUS, InspectorStatus},
    session::{
        Session,
        facts::{SavedScanning, SavedSetting},
        ledger::{Owned, PushedTag, RepositoryOrigin},
    },
    steps::foreign_tags,
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
    /// The runs of the lab other than `Recovered::run`: their ids and repositories.
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
    /// The plan, with the filter that the run has recorded, and with its repositories where their names show which is which.
    pub(crate) fn plan(&self, mut plan: Plan) -> Plan {
        if let Some(filter) = &self.in_registry.filter {
            plan.filter.clone_from(filter);
        }
        let repositories = &self.in_registry.repositories;
        let uses_names = plan.repositories().iter().any(|name| repositories.iter().any(|other| other == name));
        if !uses_names {
            let roles = [("prod", &mut plan.prod), ("sandbox", &mut plan.sandbox), ("shared", &mut plan.shared)];
            for (role, name) in roles {
                if let Some(own) = repositories.iter().find(|own| own.ends_with(role)) {
                    name.clone_from(own);
                }
            }
        }
        plan
    }
}

/// Looks for a run: the one with this id, or else the one that has used repositories of the plan's names.
pub(crate) async fn find(session: &Session, aws: &Aws, plan: &Plan, id: Option<&RunId>) -> Result<Search, LabError> {
    let identity = aws.identity().await?;
    let (present, inspector, all) =
        futures::try_join!(configuration::get(aws), inspector::status(aws), runs::all(aws))?;
    let names = plan.repositories();
    let complete = all.complete;
    let mut runs = if complete {
        all.runs
    } else {
        let record = id.map(|id| plan.record_repository(id));
        runs::named(aws, &names.into_iter().chain(record.as_deref()).collect::<Vec<_>>()).await?
    };
    let saving = saving_runs(aws, &names).await?;
    for run in saving.keys() {
        // Of a run that is recorded here it is known why the tag is still there.
        if !runs.iter().any(|other| other.run == *run) && !session.has_run(run)? {
            runs.push(RunInRegistry::without_repositories(run.clone()));
        }
    }
    let uses_names = |run: &RunInRegistry| {
        let record = plan.record_repository(&run.run);
        let is_named = |name: &String| names.contains(&name.as_str()) || *name == record;
        saving.contains_key(&run.run) || run.repositories.iter().any(is_named)
    };
    let at = if let Some(id) = id {
        runs.iter().position(|run| run.run == *id)
    } else {
        // Without its name, a run that this folder has not recorded may be another learner's, and under way.
        let recorded: Vec<_> = runs.iter().map(|run| session.has_run(&run.run)).collect::<Result<_, _>>()?;
        runs.iter().zip(recorded).position(|(run, recorded)| recorded && uses_names(run))
    };
    let in_registry = at.map(|at| runs.remove(at));
    let has_filter =
        present.rules.iter().any(|rule| rule.frequency == CONTINUOUS && rule.filters.contains(&plan.filter));
    let repositories = |run: &RunInRegistry| match run.repositories.as_slice() {
        [] => saving.get(&run.run).cloned().unwrap_or_default(),
        repositories => repositories.to_vec(),
    };
    let read = AccountRead {
        account: identity.account,
        region: aws.region().to_owned(),
        configuration: present.clone(),
        has_filter,
        others: runs.iter().map(|run| (run.run.0.clone(), repositories(run))).collect(),
        complete,
    };
    let run = in_registry.map(|in_registry| LostRun { in_registry, present, inspector });
    Ok(Search { run, read })
}

/// The runs that keep other users' images in these repositories by a tag, also in repositories that they did not create.
async fn saving_runs(aws: &Aws, names: &[&str]) -> Result<BTreeMap<RunId, Vec<String>>, LabError> {
    let mut runs: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for name in names {
        for tag in images::all(aws, name).await?.iter().flat_map(|image| &image.tags) {
            if let Some(run) = foreign_tags::saving_run(tag) {
                let repositories = runs.entry(run).or_default();
                if !repositories.iter().any(|other| other == name) {
                    repositories.push((*name).to_owned());
                }
            }
        }
    }
    Ok(runs)
}

/// What the run is proven to have pushed, and the tags that it has moved. An image that no record of the run names may be another
/// user's, whatever its tag is.
pub(crate) async fn pushes(aws: &Aws, lost: &LostRun) -> Result<Vec<PushedTag>, LabError> {
    let run = &lost.in_registry.run;
    let mut pushes = merged(&lost.in_registry.pushed);
    for push in &mut pushes {
        let Some(before) = &push.before else { continue };
        let image = images::by_digest(aws, &push.repository, before).await?;
        let tags = image.map(|image| image.tags).unwrap_or_default();
        push.saved_as = tags.into_iter().find(|tag| foreign_tags::is_saved_by(run, tag));
        push.preexisting.push(before.clone());
    }
    Ok(pushes)
}

/// Records what the run has created and changed, as far as the cloud proves it. Sends no request: between the record of the run and
/// this one, nothing may fail.
pub(crate) fn record(session: &Session, lost: &LostRun, plan: &Plan, pushes: Vec<PushedTag>) -> Result<(), LabError> {
    let LostRun { in_registry, .. } = lost;
    let run = &in_registry.run;
    session.set_recovered(run)?;
    for name in &in_registry.repositories {
        session.own(run, &Owned::Repository { name: name.clone(), origin: RepositoryOrigin::Created })?;
    }
    for push in pushes {
        if !in_registry.repositories.contains(&push.repository) {
            let (name, origin) = (push.repository.clone(), RepositoryOrigin::Preexisting);
            session.own(run, &Owned::Repository { name, origin })?;
        }
        session.own(run, &Owned::Tag(push))?;
    }
    if let Some(before) = in_registry.blob_mounting.clone() {
        session.save_blob_mounting(run, &SavedSetting { before, restored: false })?;
    }
    session.save_scanning(run, &saved(lost, plan))
}

/// One record of each tag: what was pushed to repositories of others is recorded in several.
fn merged(pushes: &[PushedTag]) -> Vec<PushedTag> {
    let mut merged: BTreeMap<_, PushedTag> = BTreeMap::new();
    for push in pushes {
        let one = merged.entry((&push.repository, &push.tag)).or_insert_with(|| push.clone());
        one.before = one.before.take().or_else(|| push.before.clone());
        let more: Vec<_> = push.pushed.iter().filter(|digest| !one.pushed.contains(digest)).cloned().collect();
        one.pushed.extend(more);
    }
    merged.into_values().collect()
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
        filters_gone: Vec::new(),
        choice: None,
    }
}
