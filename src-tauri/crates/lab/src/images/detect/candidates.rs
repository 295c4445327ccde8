//! The addresses at which engines may listen, in order of preference.

use std::path::{Path, PathBuf};

use super::{
    EngineOrigin, context,
    system::{Os, System},
};
use crate::model::access::{EngineAccess, EngineKind};

/// An address at which an engine may listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) access: EngineAccess,
    pub(super) name: String,
    pub(super) origin: EngineOrigin,
}

/// The candidates: first what the user configured, whether or not it exists; then the default locations that exist, and the first of them
/// in any case, so that there is always one to report; then the contexts that are not current.
pub(super) fn candidates(system: &dyn System) -> Vec<Candidate> {
    let mut candidates = CandidateList { system, list: Vec::new() };
    let folder = context::folder(system);

    if let Some(host) = system.var("DOCKER_HOST") {
        let tls = system
            .var("DOCKER_TLS_VERIFY")
            .and_then(|_| system.var("DOCKER_CERT_PATH").map(PathBuf::from).or_else(|| folder.clone()));
        candidates.add("DOCKER_HOST", &host, tls, EngineOrigin::Environment);
    }
    if let Some(folder) = &folder {
        let name = system.var("DOCKER_CONTEXT").filter(|name| name != context::DEFAULT);
        let name = name.or_else(|| context::current(system, folder));
        if let Some(context) = name.and_then(|name| context::named(system, folder, &name)) {
            candidates.add(&context.product(), &context.host, context.tls, EngineOrigin::CurrentContext);
        }
    }
    for (at, (name, path)) in default_locations(system).into_iter().enumerate() {
        if at == 0 || system.exists(&path) {
            candidates.add(name, &address(system.os(), &path), None, EngineOrigin::DefaultLocation);
        }
    }
    for context in folder.iter().flat_map(|folder| context::all(system, folder)) {
        candidates.add(&context.product(), &context.host, context.tls, EngineOrigin::OtherContext);
    }
    candidates.list
}

struct CandidateList<'a> {
    system: &'a dyn System,
    list: Vec<Candidate>,
}

impl CandidateList<'_> {
    fn add(&mut self, name: &str, host: &str, tls: Option<PathBuf>, origin: EngineOrigin) {
        let same = |candidate: &Candidate| self.canonical(&candidate.access.host) == self.canonical(host);
        if !self.list.iter().any(same) {
            let access = EngineAccess { kind: EngineKind::Docker, host: host.to_owned(), tls };
            self.list.push(Candidate { access, name: name.to_owned(), origin });
        }
    }

    /// A comparable form of an address: two paths of one socket are equal.
    fn canonical(&self, host: &str) -> String {
        match host.strip_prefix("unix://") {
            Some(path) => self.system.real_path(Path::new(path)).display().to_string(),
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

/// The socket, in the home folder, that the hint for an `ssh://` context forwards a remote engine's socket to.
const FORWARDED: &str = ".docker/imagelab-ssh.sock";

/// The default locations of well-known programs, beginning with the `docker` command's own.
fn default_locations(system: &dyn System) -> Vec<(&'static str, PathBuf)> {
    let home = |path: &str| system.home().map(|home| home.join(path));
    let runtime = |path: &str| {
        let folder = system.var("XDG_RUNTIME_DIR").map(PathBuf::from);
        let folder = folder.or_else(|| Some(PathBuf::from(format!("/run/user/{}", system.user()?))));
        folder.map(|folder| folder.join(path))
    };
    let at = |path: &str| Some(PathBuf::from(path));
    let places = match system.os() {
        Os::Linux => vec![
            ("Docker Engine", at("/var/run/docker.sock")),
            ("Docker Engine (rootless)", runtime("docker.sock")),
            ("Docker Desktop", home(".docker/desktop/docker.sock")),
            ("Rancher Desktop", home(".rd/docker.sock")),
            ("Colima", home(".colima/default/docker.sock")),
            ("Lima", home(".lima/docker/sock/docker.sock")),
            ("Podman (rootless)", runtime("podman/podman.sock")),
            ("Podman", at("/run/podman/podman.sock")),
            ("SSH", home(FORWARDED)),
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
            ("SSH", home(FORWARDED)),
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
