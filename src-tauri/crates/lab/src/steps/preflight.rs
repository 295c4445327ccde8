//! What is known about each permission before it is used. Calls that read prove theirs; IAM's simulation, if the caller may use
//! it, suggests the others. Changes nothing.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::ImageIdentifier;
use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum, PolicyEvaluationDecisionType};
use aws_sdk_inspector2::types::{AggregationType, Service};
use futures::future::{BoxFuture, join_all};

use super::record;
use crate::{
    aws::{
        Aws,
        errors::{code, problem},
        permissions::{self, Need, Scope},
    },
    cloud::{account, inspector, registry_policy, repositories},
    context::Context,
    model::{
        permission::{PermissionLine, PermissionStatus},
        plan::Plan,
        problem::LabError,
    },
    policy::{PolicyOwner, repository_arn, resources},
};

/// A digest that no image has: asking for it needs the permission, and finds nothing.
const NO_DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// One line per permission, in the order of the steps.
pub(crate) async fn lines(context: &Context) -> Result<Vec<PermissionLine>, LabError> {
    let aws = context.aws().await?;
    let owner = owner(context).await?;
    let (answers, simulated) =
        futures::join!(join_all(probes(aws, &context.plan, &owner)), simulate(aws, &context.plan, &owner));
    let mut answered = BTreeMap::new();
    for (action, answer) in answers.into_iter().chain(foreseen(context, aws, &owner).await) {
        merge(&mut answered, action, answer);
    }
    let expected = match simulated {
        Ok(simulated) => {
            for action in simulated.used {
                merge(&mut answered, action, Ok(()));
            }
            simulated.expected
        }
        Err((action, error)) => {
            merge(&mut answered, action, Err(error));
            BTreeMap::new()
        }
    };
    let line = |permission: &permissions::Permission| {
        let (status, reason) =
            answered.remove(permission.action).unwrap_or_else(|| match expected.get(permission.action) {
                Some(true) => (PermissionStatus::ExpectedAllowed, None),
                Some(false) => (PermissionStatus::ExpectedRefused, None),
                None => (PermissionStatus::Unknown, None),
            });
        PermissionLine {
            action: permission.action.to_owned(),
            resources: resources(permission.scope, &context.plan, &owner),
            step: permission.step,
            required: permission.need == Need::Required,
            status,
            reason,
        }
    };
    let lines: Vec<_> = permissions::ALL.iter().map(line).collect();
    if !lines.iter().any(|line| line.required && line.status == PermissionStatus::Refused) {
        context.permitted.put(()).await;
    }
    Ok(lines)
}

/// Fails if a permission that is required is known to be missing: before anything is changed, rather than in the middle.
pub(super) async fn require(context: &Context) -> Result<(), LabError> {
    if context.permitted.cached().await.is_some() {
        return Ok(());
    }
    let aws = context.aws().await?;
    let owner = owner(context).await?;
    let answers = join_all(probes(aws, &context.plan, &owner)).await;
    for (action, answer) in answers.into_iter().chain(foreseen(context, aws, &owner).await) {
        let required = permissions::find(action).is_some_and(|permission| permission.need == Need::Required);
        if let Err(refused) = answer
            && required
            && refused.is_denied()
        {
            return Err(refused);
        }
    }
    context.permitted.put(()).await;
    Ok(())
}

/// Whose policy the run needs.
pub(crate) async fn owner(context: &Context) -> Result<PolicyOwner, LabError> {
    let identity = context.account().await?;
    let region = context.aws().await?.region().to_owned();
    Ok(PolicyOwner { account: identity.account.clone(), region, caller: Some(identity.arn.clone()) })
}

/// A refusal of any resource counts, and anything else only until an answer is there.
fn merge(
    answered: &mut BTreeMap<&'static str, (PermissionStatus, Option<i18n::Message>)>,
    action: &'static str,
    answer: Result<(), LabError>,
) {
    let entry = match answer {
        Ok(()) => (PermissionStatus::Proven, None),
        Err(error) if error.is_denied() => (PermissionStatus::Refused, Some(error.into_problem().message)),
        Err(LabError::Problem(failed)) => (PermissionStatus::Unknown, Some(failed.message)),
        Err(LabError::Cancelled | LabError::ConsentNeeded(_)) => (PermissionStatus::Unknown, None),
    };
    let rank = |status: PermissionStatus| match status {
        PermissionStatus::Refused => 2,
        PermissionStatus::Unknown => 1,
        _ => 0,
    };
    match answered.get(action) {
        Some((earlier, _)) if rank(*earlier) >= rank(entry.0) => {}
        _ => {
            answered.insert(action, entry);
        }
    }
}

/// What the registry's policy denies for certain, by action; and whether it could be read. Without it a denial is found where it
/// happens, which for repositories is after the registry's configuration was changed.
async fn foreseen(context: &Context, aws: &Aws, owner: &PolicyOwner) -> Vec<(&'static str, Result<(), LabError>)> {
    const CREATE: &str = "ecr:CreateRepository";
    const PUT: &str = "ecr:PutRegistryScanningConfiguration";
    let policy = match registry_policy::get(aws).await {
        Ok(policy) => policy,
        Err(error) => return vec![("ecr:GetRegistryPolicy", Err(error))],
    };
    let caller = owner.caller.as_deref().unwrap_or_default();
    let mut foreseen = vec![("ecr:GetRegistryPolicy", Ok(()))];
    foreseen.extend(policy.denial(PUT, "*", caller).map(|denial| (PUT, Err(denial))));
    let denied = |name: &str| policy.denial(CREATE, &repository_arn(owner, name), caller);
    for name in context.plan.repositories() {
        let Some(denial) = denied(name) else { continue };
        // One that is there already is not created.
        if !matches!(repositories::find(aws, name).await, Ok(Some(_))) {
            foreseen.push((CREATE, Err(denial)));
        }
    }
    if let Ok(first) = record::first_name(context, aws).await
        && first == context.plan.record_repository(&context.run)
    {
        foreseen.extend(denied(&first).map(|denial| (CREATE, Err(denial))));
    }
    foreseen
}

type Probe<'a> = BoxFuture<'a, (&'static str, Result<(), LabError>)>;

/// A call whose success, or whose finding nothing, proves a permission.
macro_rules! probe {
    ($action:literal, $request:expr) => {{
        let request = $request.send();
        Box::pin(async move {
            let answer = match request.await {
                Ok(_) => Ok(()),
                // That a repository or an image does not exist is an answer to someone who may ask.
                Err(error) if code(&error).is_some_and(|code| code.ends_with("NotFoundException")) => Ok(()),
                Err(error) => Err(problem($action, error)),
            };
            ($action, answer)
        }) as Probe<'_>
    }};
}

fn probes<'a>(aws: &'a Aws, plan: &'a Plan, owner: &PolicyOwner) -> Vec<Probe<'a>> {
    let mut probes = of_region(aws);
    let image = || ImageIdentifier::builder().image_digest(NO_DIGEST).build();
    let ecr = &aws.ecr;
    for (name, arn) in plan.repositories().into_iter().zip(resources(Scope::Repositories, plan, owner)) {
        probes.push(probe!("ecr:DescribeImages", ecr.describe_images().repository_name(name).image_ids(image())));
        probes.push(probe!("ecr:ListTagsForResource", ecr.list_tags_for_resource().resource_arn(arn)));
        probes.push(probe!(
            "ecr:BatchGetRepositoryScanningConfiguration",
            ecr.batch_get_repository_scanning_configuration().repository_names(name)
        ));
    }
    for name in [&plan.prod, &plan.sandbox] {
        probes.push(probe!("ecr:GetLifecyclePolicy", ecr.get_lifecycle_policy().repository_name(name)));
        probes.push(probe!("ecr:BatchGetImage", ecr.batch_get_image().repository_name(name).image_ids(image())));
        probes.push(probe!(
            "ecr:BatchCheckLayerAvailability",
            ecr.batch_check_layer_availability().repository_name(name).layer_digests(NO_DIGEST)
        ));
        probes.push(probe!(
            "ecr:DescribeImageScanFindings",
            ecr.describe_image_scan_findings().repository_name(name).image_id(image())
        ));
    }
    probes
}

/// Those that no resource belongs to.
fn of_region(aws: &Aws) -> Vec<Probe<'_>> {
    let (ecr, inspector2) = (&aws.ecr, &aws.inspector);
    vec![
        probe!("ecr:GetRegistryScanningConfiguration", ecr.get_registry_scanning_configuration()),
        Box::pin(async move { ("ecr:GetAuthorizationToken", aws.credential().await.map(drop)) }),
        probe!("ecr:DescribeRepositories", ecr.describe_repositories().max_results(1)),
        Box::pin(async move { ("iam:ListAccountAliases", account::alias(aws).await.map(drop)) }),
        Box::pin(async move { ("inspector2:BatchGetAccountStatus", inspector::status(aws).await.map(drop)) }),
        probe!(
            "inspector2:ListAccountPermissions",
            inspector2.list_account_permissions().service(Service::Ecr).max_results(1)
        ),
        probe!("inspector2:ListCoverage", inspector2.list_coverage().max_results(1)),
        probe!("inspector2:ListFindings", inspector2.list_findings().max_results(1)),
        probe!("inspector2:ListFilters", inspector2.list_filters().max_results(1)),
        probe!(
            "inspector2:ListFindingAggregations",
            inspector2.list_finding_aggregations().aggregation_type(AggregationType::AwsEcrContainer).max_results(1)
        ),
    ]
}

/// What a simulation found.
#[derive(Default)]
struct Simulation {
    /// Whether each action is expected to be allowed on all its resources.
    expected: BTreeMap<&'static str, bool>,
    /// The permissions that the simulation itself used.
    used: Vec<&'static str>,
}

/// Simulates the policies of the caller's user or role. Neither the policy of a session nor the registry's is part of that.
async fn simulate(aws: &Aws, plan: &Plan, owner: &PolicyOwner) -> Result<Simulation, (&'static str, LabError)> {
    const SIMULATE: &str = "iam:SimulatePrincipalPolicy";
    let mut simulation = Simulation::default();
    let Some(source) = source(aws, owner, &mut simulation).await? else { return Ok(simulation) };
    for scope in [Scope::Region, Scope::Created, Scope::Repositories, Scope::Pushed, Scope::ServiceLinkedRole] {
        let actions: Vec<_> = permissions::ALL
            .iter()
            .filter(|permission| permission.scope == scope)
            .map(|permission| permission.action)
            .collect();
        let arns = resources(scope, plan, owner);
        let request = aws
            .iam
            .simulate_principal_policy()
            .policy_source_arn(&source)
            .set_action_names(Some(actions.iter().map(|action| (*action).to_owned()).collect()))
            .set_resource_arns((scope != Scope::Region).then_some(arns))
            .context_entries(entry("aws:RequestedRegion", &owner.region))
            .context_entries(entry("iam:AWSServiceName", "inspector2.amazonaws.com"));
        let mut pages = request.into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| (SIMULATE, problem(SIMULATE, error)))?;
            for result in page.evaluation_results() {
                let allowed = *result.eval_decision() == PolicyEvaluationDecisionType::Allowed;
                if let Some(action) = actions.iter().find(|action| **action == result.eval_action_name()) {
                    let all = simulation.expected.entry(action).or_insert(true);
                    *all = *all && allowed;
                }
            }
        }
    }
    simulation.used.push(SIMULATE);
    Ok(simulation)
}

/// The ARN of the caller's user or role. STS reports a role's session without the role's path, so that the role is read.
async fn source(
    aws: &Aws,
    owner: &PolicyOwner,
    simulation: &mut Simulation,
) -> Result<Option<String>, (&'static str, LabError)> {
    const GET_ROLE: &str = "iam:GetRole";
    let caller = owner.caller.as_deref().unwrap_or_default();
    let resource = caller.splitn(6, ':').nth(5).unwrap_or_default();
    match resource.split('/').collect::<Vec<_>>().as_slice() {
        ["user", ..] => Ok(Some(caller.to_owned())),
        ["assumed-role", role, ..] => {
            let response = aws.iam.get_role().role_name(*role).send().await;
            let response = response.map_err(|error| (GET_ROLE, problem(GET_ROLE, error)))?;
            simulation.used.push(GET_ROLE);
            Ok(response.role().map(|role| role.arn().to_owned()))
        }
        _ => Ok(None),
    }
}

fn entry(key: &str, value: &str) -> ContextEntry {
    ContextEntry::builder()
        .context_key_name(key)
        .context_key_type(ContextKeyTypeEnum::String)
        .context_key_values(value)
        .build()
}
