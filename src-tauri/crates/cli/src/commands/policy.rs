//! `imagelab policy`: prints the IAM policy that a run needs, or the explorer.

use std::sync::Arc;

use lab::{Code, IamPolicy, LabError, PolicyOwner, Problem, who_am_i};

use super::{finish::print, run::plan};
use crate::{
    args::{Policy, PolicyFormat},
    console::Console,
    failure::{Exit, Failure},
};

pub(super) async fn run(options: Policy, console: &Arc<Console>) -> Result<Exit, Failure> {
    let (format, explorer) = (options.format, options.explorer);
    let plan = plan(&options.plan);
    plan.validate()?;
    let owner = owner(options).await?;
    let policy = if explorer { IamPolicy::for_explorer(&owner) } else { IamPolicy::for_plan(&plan, &owner) };
    let text = match format {
        PolicyFormat::Json => policy.to_json(),
        PolicyFormat::Terraform => policy.to_terraform(),
    };
    print(console, &text)?;
    Ok(Exit::Met)
}

/// The account, the Region and the caller: as given, or else those of the profile, which AWS is asked for.
async fn owner(options: Policy) -> Result<PolicyOwner, Failure> {
    if let (Some(account), Some(region)) = (&options.account, &options.region) {
        return Ok(PolicyOwner { account: account.clone(), region: region.clone(), caller: None });
    }
    match who_am_i(options.profile, options.region).await {
        Ok(caller) => match options.account {
            Some(account) if account != caller.account => {
                Ok(PolicyOwner { account, region: caller.region, caller: None })
            }
            _ => Ok(PolicyOwner { account: caller.account, region: caller.region, caller: Some(caller.arn) }),
        },
        Err(LabError::Problem(problem)) => {
            let details = console_details(&problem);
            Err(Failure::wrong_use(Problem::new(Code::CliPolicyOwner).details(details)))
        }
        Err(other) => Err(other.into()),
    }
}

/// What AWS said, or else the problem's code.
fn console_details(problem: &Problem) -> String {
    problem.details.clone().unwrap_or_else(|| problem.code.to_string())
}
