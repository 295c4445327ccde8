//! Where engines may be, in order of preference.

use std::path::{Path, PathBuf};

use super::{
    EngineOrigin, context,
    system::{Os, System},
};
use crate::model::access::{EngineAccess, EngineKind};

/// A place where an engine may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) access: EngineAccess,
    pub(super) name: String,
    pub(super) origin: EngineOrigin,
}

/// Where engines may be: what the user set, whether or not it is there; then the usual places that are there, and the first
/// of them in any case, so that there is always one to tell of; then contexts that are not current.
pub(super) fn candidates(around: &dyn System) -> Vec<Candidate> {
    let mut found = Found { around, list: Vec::new() };
    let folder = context::folder(around);

    if let Some(host) = around.var("DOCKER_HOST") {
        let tls = around
            .var("DOCKER_TLS_VERIFY")
            .and_then(|_| around.var("DOCKER_CERT_PATH").map(PathBuf::from).or_else(|| folder.clone()));
        found.add("DOCKER_HOST", &host, tls, EngineOrigin::Environment);
    }
    if let Some(folder) = &folder {
        let name = around.var("DOCKER_CONTEXT").filter(|name| name != context::DEFAULT);
        let name = name.or_else(|| context::current(around, folder));
        if let Some(context) = name.and_then(|name| context::named(around, folder, &name)) {
            found.add(&context.name, &context.host, context.tls, EngineOrigin::CurrentContext);
        }
    }
    for (at, (name, path)) in usual(around).into_iter().enumerate() {
        if at == 0 || around.exists(&path) {
            found.add(name, &address(around.os(), &path), None, EngineOrigin::DefaultLocation);
        }
    }
    for context in folder.iter().flat_map(|folder| context::all(around, folder)) {
        found.add(&context.name, &context.host, context.tls, EngineOrigin::OtherContext);
    }
    found.list
}

struct Found<'a> {
    around: &'a dyn System,
    list: Vec<Candidate>,
}

impl Found<'_> {
    fn add(&mut self, name: &str, host: &str, tls: Option<PathBuf>, origin: EngineOrigin) {
        let same = |one: &Candidate| self.place(&one.access.host) == self.place(host);
        if !self.list.iter().any(same) {
            let access = EngineAccess { kind: EngineKind::Docker, host: host.to_owned(), tls };
            self.list.push(Candidate { access, name: name.to_owned(), origin });
        }
    }

    /// Two names of one socket are one place.
    fn place(&self, host: &str) -> String {
        match host.strip_prefix("unix://") {
            Some(path) => self.around.real_path(Path::new(path)).display().to_string(),
            None => host.trim_end_matches('/').to_owned(),
        }
    }
}

fn address(os: Os, path: &Path) -> String {
    match os {
        Os::Windows => format!("npipe://{}", path.display().to_string().replace('\\', "/")),
        Os::Linux | Os::Mac => format!("unix://{}", path.display()),
    }
}

/// The usual places, those first that the `docker` command takes by default.
fn usual(around: &dyn System) -> Vec<(&'static str, PathBuf)> {
    let home = |path: &str| around.home().map(|home| home.join(path));
    let runtime = |path: &str| {
        let folder = around.var("XDG_RUNTIME_DIR").map(PathBuf::from);
        let folder = folder.or_else(|| Some(PathBuf::from(format!("/run/user/{}", around.user()?))));
        folder.map(|folder| folder.join(path))
    };
    let at = |path: &str| Some(PathBuf::from(path));
    let places = match around.os() {
        Os::Linux => vec![
            ("Docker Engine", at("/var/run/docker.sock")),
            ("Docker Engine (rootless)", runtime("docker.sock")),
            ("Docker Desktop", home(".docker/desktop/docker.sock")),
            ("Rancher Desktop", home(".rd/docker.sock")),
            ("Colima", home(".colima/default/docker.sock")),
            ("Lima", home(".lima/docker/sock/docker.sock")),
            ("Podman (rootless)", runtime("podman/podman.sock")),
            ("Podman", at("/run/podman/podman.sock")),
        ],
        Os::Mac => vec![
            ("Docker", at("/var/run/docker.sock")),
            ("Docker Desktop", home(".docker/run/docker.sock")),
            ("OrbStack", home(".orbstack/run/docker.sock")),
            ("Rancher Desktop", home(".rd/docker.sock")),
            ("Colima", home(".colima/default/docker.sock")),
            ("Colima (docker)", home(".colima/docker/docker.sock")),
            ("Lima", home(".lima/default/sock/docker.sock")),
            ("Lima (docker)", home(".lima/docker/sock/docker.sock")),
            ("Podman", home(".local/share/containers/podman/machine/podman.sock")),
        ],
        Os::Windows => vec![
            ("Docker", at("//./pipe/docker_engine")),
            ("Docker Desktop", at("//./pipe/dockerDesktopLinuxEngine")),
            ("Podman", at("//./pipe/podman-machine-default")),
        ],
    };
    places.into_iter().filter_map(|(name, path)| Some((name, path?))).collect()
}

#[cfg(test)]
mod tests;
