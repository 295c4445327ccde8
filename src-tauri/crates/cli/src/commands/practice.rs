//! `imagelab practice`: runs the practice cloud and the engine until stopped, for use from a shell.

use std::{fmt::Write as _, sync::Arc};

use ::practice::{Addressing, PermissionSettings, Practice as Cloud, PracticeConfig};
use engine::Engine;
use i18n::Message;
use lab::Network;
use launcher::{Folder, ShellSyntax, empty_practice, environment, quarantined, start_engine_on, start_practice};

use super::{finish::print, run::signal_error};
use crate::{
    args::Practice,
    console::Console,
    failure::{Exit, Failure},
    stop,
};

pub(super) async fn run(options: Practice, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    if options.reset {
        empty_practice(folder, Some(&options.region)).await?;
        console.message(&Message::new("cli-practice-emptied").with("region", options.region));
        return Ok(Exit::Met);
    }
    let stop = stop::on_signals(console, "cli-practice-stopping").map_err(|error| signal_error(&error))?;
    let mut ports = folder.ports();
    let config = PracticeConfig {
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
    print(console, &exports(console, folder, &cloud, &engine)?)?;
    print_facts(console, folder, &cloud, &engine);
    stop.cancelled().await;
    engine.shutdown().await;
    cloud.shutdown().await;
    Ok(Exit::Met)
}

/// Lines for a shell that set the variables.
fn exports(console: &Console, folder: &Folder, cloud: &Cloud, engine: &Engine) -> Result<String, Failure> {
    let mut lines = String::new();
    for variable in environment(folder, cloud, Some(engine))? {
        let _ = writeln!(lines, "{}", ShellSyntax::of_system().line(&variable));
    }
    let localizer = console.localizer();
    let hint = localizer.text(&Message::new("cli-practice-old-aws").with("version", "2.13"));
    let _ = write!(lines, "# {hint}\n# alias aws='aws --endpoint-url {}'\n", cloud.endpoint());
    Ok(lines)
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
    for repository in cloud.quarantined() {
        console.message(&quarantined(repository));
    }
    if let Some(port) = engine.port() {
        console.message(&Message::new("cli-engine-port-open").with("port", port.to_string()));
    }
    for active in cloud.faults().list() {
        console.message(&Message::new("cli-practice-failing").with("fault", active.fault.to_string()));
    }
    console.message(&Message::new("cli-practice-stop"));
}
