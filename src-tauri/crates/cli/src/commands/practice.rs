//! `imagelab practice`: the practice cloud and the engine for a shell, until stopped.

use std::{fmt::Write as _, sync::Arc};

use ::practice::{Addressing, Practice as Cloud, PracticeConfig};
use engine::Engine;
use words::Message;

use super::{finish::print, rehearse::no_signals};
use crate::{
    args::Practice,
    console::Console,
    failure::{Exit, Failure},
    folder::Folder,
    place::{start_engine_on, start_practice},
    stop,
};

pub(super) async fn run(options: Practice, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let stop = stop::on_signals(console, "cli-practice-stopping").map_err(|error| no_signals(&error))?;
    let mut ports = folder.ports();
    let config = PracticeConfig {
        port: options.port,
        region: options.region.clone(),
        speed: options.speed.into(),
        addressing: if options.loopback_names { Addressing::Loopback } else { Addressing::AwsNames },
        faults: options.fault.clone(),
        ..PracticeConfig::new(folder.practice(&options.region))
    };
    let cloud = start_practice(config, &mut ports).await?;
    let engine = match start_engine_on(folder, Some(&cloud), options.engine_port, &mut ports).await {
        Ok(engine) => engine,
        Err(failure) => {
            cloud.shutdown().await;
            return Err(failure);
        }
    };
    folder.remember(ports);
    print(console, &exports(console, folder, &cloud, &engine)?)?;
    tell(console, folder, &cloud, &engine);
    stop.cancelled().await;
    engine.shutdown().await;
    cloud.shutdown().await;
    Ok(Exit::Met)
}

/// Lines for a shell. What of the user's own would get in the way is emptied.
fn exports(console: &Console, folder: &Folder, cloud: &Cloud, engine: &Engine) -> Result<String, Failure> {
    let (access_key, secret_key) = cloud.credentials();
    let docker_config = folder.docker_config()?;
    let values = [
        ("AWS_ENDPOINT_URL", cloud.endpoint()),
        ("AWS_REGION", cloud.region().to_owned()),
        ("AWS_DEFAULT_REGION", cloud.region().to_owned()),
        ("AWS_ACCESS_KEY_ID", access_key),
        ("AWS_SECRET_ACCESS_KEY", secret_key),
        ("AWS_SESSION_TOKEN", String::new()),
        ("AWS_PAGER", String::new()),
        ("DOCKER_HOST", engine.docker_host()),
        ("DOCKER_CONFIG", docker_config.display().to_string()),
        ("DOCKER_CONTEXT", String::new()),
        ("DOCKER_TLS_VERIFY", String::new()),
    ];
    let mut lines = String::new();
    for (name, value) in &values {
        let _ = writeln!(lines, "export {name}={}", quoted(value));
    }
    let words = console.words();
    let hint = words.text(&Message::new("cli-practice-old-aws").with("version", "2.13"));
    let _ = write!(lines, "# {hint}\n# alias aws='aws --endpoint-url {}'\n", cloud.endpoint());
    Ok(lines)
}

/// As a shell reads it: what could mean something to it is quoted.
fn quoted(value: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/:._-+=@%,".contains(letter);
    if value.chars().all(plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

fn tell(console: &Console, folder: &Folder, cloud: &Cloud, engine: &Engine) {
    let facts = Message::new("cli-practice-runs")
        .with("account", ::practice::ACCOUNT)
        .with("region", cloud.region())
        .with("endpoint", cloud.endpoint())
        .with("registry", cloud.registry_name())
        .with("registryAddress", cloud.registry_addr())
        .with("public", cloud.public_addr())
        .with("engine", engine.docker_host())
        .with("folder", folder.path().display().to_string());
    console.say(&facts);
    for active in cloud.faults().list() {
        console.say(&Message::new("cli-practice-failing").with("fault", active.fault.to_string()));
    }
    console.say(&Message::new("cli-practice-stop"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_a_value_as_it_is() {
        assert_eq!(quoted("tcp://127.0.0.1:2375"), "tcp://127.0.0.1:2375");
        assert_eq!(quoted("/home/kim/my data"), "'/home/kim/my data'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("$(id)"), "'$(id)'");
    }
}
