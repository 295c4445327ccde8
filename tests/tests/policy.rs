//! The lab runs with exactly the IAM policy that it prints: every permission in it is used, and without any one of them exactly
//! that action fails, by name.

use std::collections::BTreeSet;

use lab::{IamPolicy, LabError, PermissionStatus, Plan, PolicyOwner, StepId};
use practice::Policy;
use serde_json::{Value, json};
use testbed::environment::TestEnvironment;
use whole_lab_tests::{Failed, LabRun, is_readable, shown, soak};

const ACCOUNT: &str = practice::ACCOUNT;
const REGION: &str = practice::DEFAULT_REGION;

/// The lab's policy for the practice user.
fn lab_policy() -> IamPolicy {
    let owner = PolicyOwner {
        account: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        caller: Some(format!("arn:aws:iam::{ACCOUNT}:user/practice")),
    };
    IamPolicy::for_plan(&Plan::default(), &owner)
}

/// An account, in which layers are not shared between repositories: so that a run uses everything that it may have to.
async fn account(kind: Account) -> LabRun {
    let prepare = async |environment: &TestEnvironment| {
        let put = environment.ecr.put_account_setting().name("BLOB_MOUNTING").value("DISABLED");
        put.send().await.expect("the setting exists");
        if kind == Account::WithRepositories {
            for name in Plan::default().repositories() {
                environment.create_repository(name).await;
            }
        }
    };
    LabRun::start(|_| (), prepare).await
}

/// What an account has before the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Account {
    /// Nothing: Inspector was never enabled.
    New,
    /// The plan's repositories. Only then is there a repository for the record alone.
    WithRepositories,
}

fn enforce(lab: &LabRun, document: &Value) {
    let policy = Policy::try_from(document.clone()).expect("the lab's policy is one");
    lab.environment.practice.permissions().change(|settings| settings.user = Some(policy));
}

fn allow_everything(lab: &LabRun) {
    lab.environment.practice.permissions().change(|settings| settings.user = None);
}

/// Runs the steps, each after its preview, as a person sees them, until one fails. `None` if all succeed.
async fn first_failure(lab: &LabRun) -> Result<Option<Failed>, String> {
    for step in StepId::ALL {
        let result = match lab.run.preview(step).await {
            Ok(_) => lab.step(step).await?,
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => {}
            Err(LabError::Problem(problem)) => return Ok(Some(Failed { step, problem: *problem })),
            Err(other) => return Err(format!("{step:?}: {other:?}")),
        }
    }
    Ok(None)
}

/// What a run under exactly the lab's policy uses.
async fn used(kind: Account) -> BTreeSet<(String, String)> {
    let lab = account(kind).await;
    let permissions = lab.environment.practice.permissions();
    enforce(&lab, &lab_policy().document());
    permissions.forget_used();
    lab.run.check(StepId::Prepare).await.expect("the session can be written");
    let failed = first_failure(&lab).await.expect("every step ends");
    assert!(failed.is_none(), "{failed:?}");
    let used = permissions.used();
    allow_everything(&lab);
    lab.is_as_before().await.expect("the run has cleaned up");
    used
}

/// Whether a resource of the policy, which may end in `*`, covers one that was used.
fn is_covered(resource: &str, used: &str) -> bool {
    resource.strip_suffix('*').map_or(resource == used, |prefix| used.starts_with(prefix))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_policy_has_exactly_what_a_run_uses() {
    let mut all = used(Account::New).await;
    all.extend(used(Account::WithRepositories).await);
    let policy = lab_policy();
    let mut unused = BTreeSet::new();
    for statement in policy.statements() {
        for action in &statement.actions {
            for resource in &statement.resources {
                let is_used = |(used_action, used_resource): &(String, String)| {
                    used_action == action && is_covered(resource, used_resource)
                };
                if !all.iter().any(is_used) {
                    unused.insert((*action, resource.clone()));
                }
            }
        }
    }
    assert_eq!(unused, BTreeSet::new(), "the policy allows what no run uses");
}

/// How a policy is narrowed.
#[derive(Clone, Debug)]
enum Change {
    /// The action is removed.
    Without(String),
    /// The action is allowed on another repository in place of this one.
    Elsewhere(String, String),
}

impl Change {
    fn action(&self) -> &str {
        match self {
            Self::Without(action) | Self::Elsewhere(action, _) => action,
        }
    }

    /// The account in which a run uses the action.
    fn account(&self) -> Account {
        let is_of_record = matches!(self, Self::Elsewhere(_, resource) if resource.ends_with('*'));
        let needs_repositories = matches!(self.action(), "ecr:BatchDeleteImage" | "ecr:GetLifecyclePolicy");
        if is_of_record || needs_repositories { Account::WithRepositories } else { Account::New }
    }

    /// The document with this change. The action is in a statement of its own.
    fn apply(&self, document: &Value) -> Value {
        let mut document = document.clone();
        let statements = document["Statement"].as_array_mut().expect("a policy has statements");
        let mut own = Vec::new();
        for statement in &mut *statements {
            let actions = statement["Action"].as_array_mut().expect("actions are a list");
            let Some(at) = actions.iter().position(|action| action == self.action()) else { continue };
            actions.remove(at);
            if let Self::Elsewhere(action, from) = self {
                let other = format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/imagelab-other");
                let mut narrowed = statement.clone();
                narrowed["Sid"] = json!("Narrowed");
                narrowed["Action"] = json!([action]);
                let resources = narrowed["Resource"].as_array_mut().expect("resources are a list");
                for resource in resources.iter_mut().filter(|resource| *resource == from.as_str()) {
                    *resource = json!(other);
                }
                own.push(narrowed);
            }
        }
        statements.extend(own);
        statements.retain(|statement| statement["Action"] != json!([]));
        document
    }
}

/// Every action without which a step fails, and every repository that one is needed on.
fn changes() -> Vec<Change> {
    let mut changes = Vec::new();
    for statement in lab_policy().statements().iter().filter(|statement| !statement.sid.starts_with("Optional")) {
        for action in &statement.actions {
            changes.push(Change::Without((*action).to_owned()));
            for resource in statement.resources.iter().filter(|resource| resource.contains(":repository/")) {
                changes.push(Change::Elsewhere((*action).to_owned(), resource.clone()));
            }
        }
    }
    changes
}

/// The run fails at this action and names it; with the whole policy it is finished as if nothing had been.
async fn fails_by_name(change: Change) -> Result<(), String> {
    let lab = account(change.account()).await;
    let before = lab.environment.scanning_configuration().await;
    enforce(&lab, &change.apply(&lab_policy().document()));
    let case = |text: String| format!("{change:?}: {text}");
    let failed = first_failure(&lab).await.map_err(case)?;
    let failed = failed.ok_or_else(|| case("no step failed".to_owned()))?;
    is_readable(&failed.problem).map_err(case)?;
    let text = shown(&failed.problem);
    if !text.contains(change.action()) {
        return Err(case(format!("{:?} does not name it: {text}", failed.step)));
    }
    if let Change::Elsewhere(_, resource) = &change
        && !text.contains(resource.trim_end_matches('*'))
    {
        return Err(case(format!("{:?} does not name the repository: {text}", failed.step)));
    }
    let proven = failed.step <= StepId::Scanning;
    allow_everything(&lab);
    if proven && lab.environment.scanning_configuration().await != before {
        return Err(case("the configuration was replaced first".to_owned()));
    }
    enforce(&lab, &lab_policy().document());
    for step in StepId::ALL.into_iter().filter(|step| *step >= failed.step) {
        lab.step(step).await.map_err(case)?.map_err(|error| case(format!("{step:?}, resumed: {error:?}")))?;
    }
    allow_everything(&lab);
    lab.is_as_before().await.map_err(case)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_any_one_permission_exactly_that_action_fails_by_name() {
    soak::each(soak::cases(changes(), 9), fails_by_name).await;
}

/// The run is finished without the action, and the preflight says so of exactly that one.
async fn is_known_to_be_missing(action: &'static str) -> Result<(), String> {
    let lab = account(Account::New).await;
    enforce(&lab, &Change::Without(action.to_owned()).apply(&lab_policy().document()));
    let lines = lab.run.preflight().await.map_err(|error| format!("{action}: {error:?}"))?;
    let missing = |status| matches!(status, PermissionStatus::Refused | PermissionStatus::ExpectedRefused);
    let missing: Vec<_> = lines.iter().filter(|line| missing(line.status)).map(|line| line.action.as_str()).collect();
    if missing != [action] {
        return Err(format!("{action}: {missing:?} are missing"));
    }
    let failed = first_failure(&lab).await.map_err(|error| format!("{action}: {error}"))?;
    allow_everything(&lab);
    match failed {
        Some(failed) => Err(format!("{action}: {failed:?}")),
        None => lab.is_as_before().await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_useful_permission_the_run_is_finished_and_the_preflight_says_so() {
    let policy = lab_policy();
    let optional = policy.statements().iter().filter(|statement| statement.sid.starts_with("Optional"));
    let actions: Vec<_> = optional.flat_map(|statement| statement.actions.clone()).collect();
    let expected = [
        "ecr:GetRegistryPolicy",
        "inspector2:BatchGetFindingDetails",
        "iam:ListAccountAliases",
        "iam:SimulatePrincipalPolicy",
    ];
    assert_eq!(actions, expected);
    soak::each(actions, is_known_to_be_missing).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_preflight_proves_what_reads_and_expects_the_rest() {
    let lab = account(Account::New).await;
    enforce(&lab, &lab_policy().document());
    let lines = lab.run.preflight().await.expect("the account is read");
    let status = |action: &str| lines.iter().find(|line| line.action == action).expect("it has a line").status;
    assert_eq!(status("ecr:DescribeImages"), PermissionStatus::Proven);
    assert_eq!(status("iam:SimulatePrincipalPolicy"), PermissionStatus::Proven);
    assert_eq!(status("ecr:CreateRepository"), PermissionStatus::ExpectedAllowed);
    assert_eq!(status("iam:CreateServiceLinkedRole"), PermissionStatus::ExpectedAllowed);
    enforce(&lab, &Change::Without("iam:SimulatePrincipalPolicy".to_owned()).apply(&lab_policy().document()));
    let lines = lab.run.preflight().await.expect("the account is read");
    let line = lines.iter().find(|line| line.action == "ecr:CreateRepository").expect("it has a line");
    assert_eq!(line.status, PermissionStatus::Unknown);
    allow_everything(&lab);
    assert_eq!(lab.environment.repositories().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_of_the_registry_that_denies_the_change_is_named_before_it() {
    let lab = account(Account::New).await;
    let registry = json!({ "Statement": { "Effect": "Deny", "Principal": "*",
        "Action": "ecr:PutRegistryScanningConfiguration", "Resource": "*" } });
    let registry = Policy::try_from(registry).expect("this is a policy");
    lab.environment.practice.permissions().change(|settings| settings.registry = Some(registry));
    let failed = first_failure(&lab).await.expect("the step ends").expect("a step fails");
    assert_eq!((failed.step, failed.problem.code), (StepId::Scanning, lab::Code::DeniedByRegistryPolicy));
    assert!(shown(&failed.problem).contains("ecr:PutRegistryScanningConfiguration"), "{failed:?}");
    assert_eq!(lab.environment.scanning_configuration().await, "BASIC");
}

/// The first repository may be created, the next one may not: without foreseeing it, that would be found after the change.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_of_the_registry_that_denies_a_repository_is_foreseen() {
    let lab = account(Account::New).await;
    let prod = format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{}", Plan::default().prod);
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "Fixed", "Effect": "Deny", "Principal": "*",
        "Action": "ecr:CreateRepository", "Resource": prod }] });
    lab.environment.ecr.put_registry_policy().policy_text(policy.to_string()).send().await.expect("it is a policy");
    let lines = lab.run.preflight().await.expect("the account is read");
    let line = lines.iter().find(|line| line.action == "ecr:CreateRepository").expect("it has a line");
    assert_eq!(line.status, PermissionStatus::Refused);
    let failed = first_failure(&lab).await.expect("the step ends").expect("a step fails");
    assert_eq!((failed.step, failed.problem.code), (StepId::Scanning, lab::Code::DeniedByRegistryPolicy));
    let text = shown(&failed.problem);
    assert!(text.contains("ecr:CreateRepository") && text.contains(&prod), "{text}");
    assert_eq!(lab.environment.scanning_configuration().await, "BASIC");
    assert_eq!(lab.environment.repositories().await, Vec::<String>::new());
}
