//! `imagelab practice`: runs the practice cloud and the engine until stopped, for use from a shell. Running it in the background is
//! left to `practice_background`.

use std::{fmt::Write as _, sync::Arc};

use ::practice::{Addressing, PermissionSettings, Practice as Cloud, PracticeConfig};
use engine::Engine;
use i18n::Message;
use lab::{Network, PracticeClock};
use launcher::{
    Folder, RunningPractice, ShellSyntax, Variable, empty_practice, environment, quarantined, start_engine_on,
    start_practice,
};
use tokio_util::sync::CancellationToken;

use super::{
    finish::{output_error, print},
    run::signal_error,
};
use crate::{
    args::practice_cloud::PracticeOptions,
    console::Console,
    failure::{Exit, Failure},
    show, stop,
};

/// Where the practice cloud runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a terminal, which shows the variables.
    Foreground,
    /// In a process of its own, which says when it is ready.
    Background,
}

/// The line by which a process in the background says that it is ready.
pub(super) const READY: &str = "ready";

/// Runs the practice cloud until the process is asked to stop.
pub(super) async fn run(
    options: PracticeOptions,
    place: Place,
    console: &Arc<Console>,
    folder: &Folder,
) -> Result<Exit, Failure> {
    if options.reset {
        empty_practice(folder, Some(&options.region)).await?;
        console.message(&Message::new("cli-practice-emptied").with("region", options.region));
        return Ok(Exit::Met);
    }
    let stop = stop::on_signals(console, "cli-practice-stopping").map_err(|error| signal_error(&error))?;
    let mut ports = folder.ports();
    let config = PracticeConfig {
        advisories: Some(folder.advisories()),
        port: options.port,
        region: options.region.clone(),
        speed: options.speed,
        addressing: if options.loopback_names { Addressing::Loopback } else { Addressing::AwsNames },
        faults: options.fault.clone(),
        permissions: PermissionSettings {
            alias: options.alias.clone(),
            user: options.policy.clone(),
            registry: options.registry_policy.clone(),
            ..PermissionSettings::default()
        },
        ..PracticeConfig::new(folder.practice(&options.region))
    };
    let cloud = start_practice(config, &mut ports).await?;
    let network = Network::of_environment();
    let engine = match start_engine_on(folder, Some(&cloud), &network, options.engine_port).await {
        Ok(engine) => engine,
        Err(failure) => {
            cloud.shutdown().await;
            return Err(failure.into());
        }
    };
    folder.remember(ports);
    let served = serve(place, console, folder, &cloud, &engine, &stop).await;
    engine.shutdown().await;
    cloud.shutdown().await;
    served.map(|()| Exit::Met)
}

/// Shows how the cloud is reached, records it, and waits until it is to stop.
async fn serve(
    place: Place,
    console: &Console,
    folder: &Folder,
    cloud: &Cloud,
    engine: &Engine,
    stop: &CancellationToken,
) -> Result<(), Failure> {
    let record = RunningPractice::this_process(environment(folder, cloud, Some(engine))?);
    record.record(folder)?;
    let shown = match place {
        Place::Foreground => print(console, &lines(console, ShellSyntax::of_system(), &record.variables)).map(|()| {
            print_facts(console, folder, cloud, engine);
            console.message(&Message::new("cli-practice-paste"));
            console.message(&Message::new("cli-practice-interrupt"));
        }),
        Place::Background => {
            print_facts(console, folder, cloud, engine);
            console.message(&Message::new("cli-practice-background"));
            // The process that started this one may have been interrupted: no one knows of this one then.
            console.result_to_reader(&format!("{READY}\n")).map_err(|error| output_error(&error))
        }
    };
    if shown.is_ok() {
        stop.cancelled().await;
    }
    record.forget(folder);
    shown
}

/// The variables as lines for a shell, and what an AWS CLI needs that does not read them.
pub(super) fn lines(console: &Console, shell: ShellSyntax, variables: &[Variable]) -> String {
    let mut lines = String::new();
    for variable in variables {
        let _ = writeln!(lines, "{}", shell.line(variable));
    }
    let endpoint = variables.iter().find(|variable| variable.name == "AWS_ENDPOINT_URL");
    let endpoint = endpoint.and_then(|variable| variable.value.as_deref()).unwrap_or_default();
    let hint = console.localizer().text(&Message::new("cli-practice-old-aws").with("version", "2.13"));
    let command = format!("aws --endpoint-url {endpoint}");
    let alias = if shell == ShellSyntax::Sh { format!("alias aws='{command}'") } else { command };
    let _ = writeln!(lines, "{}\n{}", shell.comment(&hint), shell.comment(&alias));
    lines
}

fn print_facts(console: &Console, folder: &Folder, cloud: &Cloud, engine: &Engine) {
    let facts = Message::new("cli-practice-runs")
        .with("account", ::practice::ACCOUNT)
        .with("region", cloud.region())
        .with("endpoint", cloud.endpoint())
        .with("registry", cloud.registry_name())
        .with("registryAddress", cloud.registry_addr())
        .with("public", cloud.public_addr())
        .with("engine", engine.docker_host())
        .with("folder", folder.path().display().to_string());
    console.message(&facts);
    show::practice_clock(console, Some(PracticeClock::moved_by(cloud.clock().ahead())));
    for repository in cloud.quarantined() {
        console.message(&quarantined(repository));
    }
    if let Some(port) = engine.port() {
        console.message(&Message::new("cli-engine-port-open").with("port", port.to_string()));
    }
    for active in cloud.faults().list() {
        console.message(&Message::new("cli-practice-failing").with("fault", active.fault.to_string()));
    }
}
