//! Candidates on made-up machines.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::*;

struct Machine {
    os: Os,
    vars: BTreeMap<&'static str, String>,
    files: BTreeMap<PathBuf, Vec<u8>>,
    links: BTreeMap<PathBuf, PathBuf>,
}

impl Machine {
    fn new(os: Os) -> Self {
        Self { os, vars: BTreeMap::new(), files: BTreeMap::new(), links: BTreeMap::new() }
    }

    fn var(mut self, name: &'static str, value: &str) -> Self {
        self.vars.insert(name, value.to_owned());
        self
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }

    fn link(mut self, path: &str, to: &str) -> Self {
        self.files.insert(path.into(), Vec::new());
        self.links.insert(path.into(), to.into());
        self
    }

    fn context(self, name: &str, host: &str) -> Self {
        let folder = hex::encode(Sha256::digest(name));
        let text = format!(
            r#"{{"Name":"{name}","Metadata":{{}},"Endpoints":{{"docker":{{"Host":"{host}","SkipTLSVerify":false}}}}}}"#
        );
        self.file(&format!("/home/me/.docker/contexts/meta/{folder}/meta.json"), &text)
    }

    fn current(self, name: &str) -> Self {
        self.file("/home/me/.docker/config.json", &format!(r#"{{"auths":{{}},"currentContext":"{name}"}}"#))
    }

    fn candidates(&self) -> Vec<(String, String, EngineOrigin)> {
        let candidates = candidates(self).into_iter();
        candidates.map(|candidate| (candidate.name, candidate.access.host, candidate.origin)).collect()
    }

    fn hosts(&self) -> Vec<String> {
        self.candidates().into_iter().map(|(_, host, _)| host).collect()
    }
}

impl System for Machine {
    fn os(&self) -> Os {
        self.os
    }

    fn var(&self, name: &str) -> Option<String> {
        self.vars.get(name).cloned()
    }

    fn home(&self) -> Option<PathBuf> {
        Some("/home/me".into())
    }

    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        self.files.get(path).cloned()
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    fn folders(&self, path: &Path) -> Vec<PathBuf> {
        let inside = self.files.keys().filter_map(|file| file.strip_prefix(path).ok()?.components().next());
        let mut folders: Vec<_> = inside.map(|name| path.join(name)).collect();
        folders.dedup();
        folders
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        self.links.get(path).cloned().unwrap_or_else(|| path.to_owned())
    }

    fn user(&self) -> Option<u32> {
        Some(1000)
    }
}

#[test]
fn a_bare_machine_has_the_default_socket_as_its_candidate() {
    assert_eq!(
        Machine::new(Os::Linux).candidates(),
        [("Docker Engine".to_owned(), "unix:///var/run/docker.sock".to_owned(), EngineOrigin::DefaultLocation)]
    );
    assert_eq!(Machine::new(Os::Windows).hosts(), ["npipe:////./pipe/docker_engine"]);
}

#[test]
fn the_environment_precedes_the_current_context_and_the_default_locations() {
    let machine = Machine::new(Os::Linux)
        .var("DOCKER_HOST", "tcp://10.0.0.5:2375")
        .current("colima")
        .context("colima", "unix:///home/me/.colima/default/docker.sock")
        .context("far", "ssh://me@far")
        .file("/home/me/.colima/default/docker.sock", "")
        .file("/run/user/1000/docker.sock", "");
    let expected = [
        ("DOCKER_HOST", "tcp://10.0.0.5:2375", EngineOrigin::Environment),
        ("Colima", "unix:///home/me/.colima/default/docker.sock", EngineOrigin::CurrentContext),
        ("Docker Engine", "unix:///var/run/docker.sock", EngineOrigin::DefaultLocation),
        ("Docker Engine (rootless)", "unix:///run/user/1000/docker.sock", EngineOrigin::DefaultLocation),
        ("far", "ssh://me@far", EngineOrigin::OtherContext),
    ];
    assert_eq!(machine.candidates(), expected.map(|(name, host, origin)| (name.to_owned(), host.to_owned(), origin)));
}

#[test]
fn a_context_named_in_the_environment_precedes_the_current_one() {
    let machine = Machine::new(Os::Mac)
        .var("DOCKER_CONTEXT", "orbstack")
        .current("colima")
        .context("colima", "unix:///home/me/.colima/default/docker.sock")
        .context("orbstack", "unix:///home/me/.orbstack/run/docker.sock");
    assert_eq!(machine.candidates()[0].0, "OrbStack");
    assert_eq!(machine.candidates()[0].2, EngineOrigin::CurrentContext);
}

#[test]
fn the_default_context_is_no_context() {
    let machine = Machine::new(Os::Linux).current("default");
    assert_eq!(machine.hosts(), ["unix:///var/run/docker.sock"]);
    let machine = Machine::new(Os::Linux).var("DOCKER_CONTEXT", "gone");
    assert_eq!(machine.hosts(), ["unix:///var/run/docker.sock"]);
}

#[test]
fn a_socket_with_two_names_is_one_engine() {
    let machine = Machine::new(Os::Mac)
        .link("/var/run/docker.sock", "/home/me/.docker/run/docker.sock")
        .file("/home/me/.docker/run/docker.sock", "")
        .current("desktop-linux")
        .context("desktop-linux", "unix:///home/me/.docker/run/docker.sock");
    assert_eq!(machine.hosts(), ["unix:///home/me/.docker/run/docker.sock"]);
}

#[test]
fn certificates_come_from_the_environment_or_the_contexts_folder() {
    let machine = Machine::new(Os::Linux)
        .var("DOCKER_HOST", "tcp://far:2376")
        .var("DOCKER_TLS_VERIFY", "1")
        .var("DOCKER_CERT_PATH", "/certs");
    assert_eq!(candidates(&machine)[0].access.tls.as_deref(), Some(Path::new("/certs")));

    let folder = hex::encode(Sha256::digest("far"));
    let machine = Machine::new(Os::Linux)
        .current("far")
        .context("far", "tcp://far:2376")
        .file(&format!("/home/me/.docker/contexts/tls/{folder}/docker/ca.pem"), "");
    let tls = candidates(&machine)[0].access.tls.clone().unwrap();
    assert_eq!(tls, Path::new("/home/me/.docker/contexts/tls").join(folder).join("docker"));
}

#[test]
fn the_configured_folder_is_used() {
    let folder = hex::encode(Sha256::digest("lab"));
    let machine = Machine::new(Os::Linux)
        .var("DOCKER_CONFIG", "/etc/mine")
        .file("/etc/mine/config.json", r#"{"currentContext":"lab"}"#)
        .file(
            &format!("/etc/mine/contexts/meta/{folder}/meta.json"),
            r#"{"Name":"lab","Endpoints":{"docker":{"Host":"tcp://lab:2375"}}}"#,
        );
    assert_eq!(machine.hosts()[0], "tcp://lab:2375");
}

#[test]
fn unreadable_files_are_ignored() {
    let machine = Machine::new(Os::Linux)
        .file("/home/me/.docker/config.json", "{ not json")
        .file("/home/me/.docker/contexts/meta/ab/meta.json", "nor this");
    assert_eq!(machine.hosts(), ["unix:///var/run/docker.sock"]);
}

#[test]
fn the_contexts_of_desktop_products_have_the_products_names() {
    let machine = Machine::new(Os::Mac)
        .context("desktop-linux", "unix:///home/me/.docker/run/docker.sock")
        .context("orbstack", "unix:///home/me/.orbstack/run/docker.sock")
        .context("rancher-desktop", "unix:///home/me/.rd/docker.sock")
        .context("colima-dev", "unix:///home/me/.colima/dev/docker.sock")
        .context("build farm", "tcp://10.0.0.5:2376");
    let names: Vec<_> = machine.candidates().into_iter().map(|(name, ..)| name).collect();
    for name in ["Docker Desktop", "OrbStack", "Rancher Desktop", "Colima (dev)", "build farm"] {
        assert!(names.iter().any(|product| product == name), "{name}: {names:?}");
    }
}

#[test]
fn the_socket_that_the_ssh_hint_forwards_to_is_found() {
    let machine = Machine::new(Os::Linux).file("/home/me/.docker/imagelab-ssh.sock", "");
    assert!(machine.hosts().contains(&"unix:///home/me/.docker/imagelab-ssh.sock".to_owned()));
}
