//! What a user is shown before they consent: whose account it is, what is scanned and costs money from then on, and what the
//! clean-up undoes. The changes themselves are the steps' previews.

use i18n::Message;

use crate::{
    context::Context,
    model::{
        access::AwsAccess,
        caution::cautions,
        consent::{AccountAlias, RunPreview},
        problem::LabError,
        step::StepId,
    },
    never_here,
    scanning_cost::scanning_cost,
    steps::registry::{self, RegistryRead},
};

/// A preview of this run's account, without any steps yet.
pub(crate) async fn of_account(context: &Context) -> Result<RunPreview, LabError> {
    let identity = context.account().await?;
    let aws = context.aws().await?;
    let alias = context.alias(aws).await.clone();
    let named = if let AccountAlias::Named { name } = &alias { Some(name.as_str()) } else { None };
    let never_here = never_here::read(&context.folder)?.contains(&identity.account);
    let cautions = cautions(never_here, named, &identity.arn, profile(&context.access.aws).as_deref());
    Ok(RunPreview {
        account: identity.account.clone(),
        principal: identity.arn.clone(),
        region: aws.region().to_owned(),
        endpoint: aws.endpoint().map(ToOwned::to_owned),
        alias,
        cautions,
        steps: Vec::new(),
        scanning: None,
        undone: Vec::new(),
        lasting: Vec::new(),
    })
}

/// The name of the profile that is used, where one is.
fn profile(access: &AwsAccess) -> Option<String> {
    match access {
        AwsAccess::Endpoint { .. } => None,
        AwsAccess::Profile { profile, .. } => profile.clone().or_else(|| std::env::var("AWS_PROFILE").ok()),
    }
}

/// Adds what the changes of the preview's steps cost, and which of them the clean-up undoes.
pub(crate) async fn add_consequences(context: &Context, preview: &mut RunPreview) -> Result<(), LabError> {
    let has = |step: StepId| preview.steps.iter().any(|preview| preview.step == step);
    let (scanning, repositories) = (has(StepId::Scanning), has(StepId::Repositories));
    let pushes = has(StepId::Push) || has(StepId::Remediate);
    let (mut undone, mut lasting) = (Vec::new(), Vec::new());
    if scanning {
        let read = registry::read(context, context.aws().await?).await?;
        preview.scanning = Some(scanning_cost(context, &read).await?);
        add_settings(context, &read, &mut undone, &mut lasting)?;
    }
    if repositories {
        undone.push(Message::new("undone-repositories"));
    }
    if pushes {
        undone.push(Message::new("undone-images"));
    }
    if scanning || pushes {
        lasting.push(Message::new("lasting-cost"));
    }
    if scanning || repositories || pushes {
        lasting.push(Message::new("lasting-records"));
    }
    (preview.undone, preview.lasting) = (undone, lasting);
    Ok(())
}

/// Adds what the clean-up makes of the registry's scanning configuration and of Inspector.
fn add_settings(
    context: &Context,
    read: &RegistryRead,
    undone: &mut Vec<Message>,
    lasting: &mut Vec<Message>,
) -> Result<(), LabError> {
    let saved = context.session.saved_scanning(&context.run)?.filter(|saved| !saved.restored);
    let Some(former) = saved.map_or_else(|| read.former(), |saved| saved.former()) else {
        undone.push(Message::new("undone-filter"));
        lasting.push(Message::new("lasting-former-unknown").with("runs", read.others.summary()));
        return Ok(());
    };
    let is_shared = !read.others.runs.is_empty();
    let message = |id: &str| {
        let message = Message::new(id).with("configuration", former.configuration.summary());
        message.with("runs", read.others.summary())
    };
    undone.push(message(if is_shared { "undone-by-last-run" } else { "undone-configuration" }));
    if former.is_inspector_turned_on() {
        if !is_shared {
            undone.push(Message::new("undone-inspector"));
        }
        lasting.push(Message::new("lasting-inspector"));
    }
    Ok(())
}
