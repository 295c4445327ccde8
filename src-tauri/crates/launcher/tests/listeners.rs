//! Every listener of the product refuses web pages, and answers programs.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    os::unix::{fs::PermissionsExt as _, net::UnixStream},
    path::{Path, PathBuf},
};

use launcher::{Folder, Ports, start_engine, start_engine_on, start_practice};
use practice::PracticeConfig;
use tempfile::TempDir;

/// A listener, with a path of it that needs no credentials and the names that it answers to.
struct Listener {
    name: &'static str,
    address: Address,
    path: &'static str,
    names: Vec<String>,
}

enum Address {
    Tcp(String),
    Socket(PathBuf),
}

impl Listener {
    /// The status of the response to a request with these headers.
    fn status(&self, headers: &[(&str, &str)]) -> u16 {
        let mut lines = String::new();
        for (name, value) in headers {
            lines.extend([name, ": ", value, "\r\n"]);
        }
        let request = format!("GET {} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n", self.path);
        let mut response = String::new();
        match &self.address {
            Address::Tcp(address) => exchange(TcpStream::connect(address).unwrap(), &request, &mut response),
            Address::Socket(path) => exchange(UnixStream::connect(path).unwrap(), &request, &mut response),
        }
        response.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{response}"))
    }
}

fn exchange(mut stream: impl Read + Write, request: &str, response: &mut String) {
    stream.write_all(request.as_bytes()).unwrap();
    stream.read_to_string(response).unwrap();
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn new_folder(dir: &TempDir, name: &str) -> Folder {
    Folder::find(Some(dir.path().join(name))).unwrap()
}

/// Asserts that a listener answers programs, and refuses what a browser sends for a page.
fn check(listener: &Listener) {
    let own = listener.names.iter().map(String::as_str).chain(["127.0.0.1", "localhost:1", "[::1]:5000"]);
    for host in own {
        for site in [None, Some("none"), Some("same-origin")] {
            let mut headers = vec![("Host", host)];
            headers.extend(site.map(|site| ("Sec-Fetch-Site", site)));
            assert_ne!(listener.status(&headers), 403, "{}: {headers:?}", listener.name);
        }
    }
    let page: [&[(&str, &str)]; 8] = [
        &[("Host", "127.0.0.1"), ("Origin", "https://evil.example")],
        &[("Host", "127.0.0.1"), ("Origin", "null")],
        &[("Host", "127.0.0.1"), ("Sec-Fetch-Site", "cross-site")],
        &[("Host", "127.0.0.1"), ("Sec-Fetch-Site", "same-site")],
        &[("Host", "127.0.0.1"), ("Sec-Fetch-Site", "unheard-of")],
        &[("Host", "evil.example")],
        &[("Host", "evil.example:80"), ("Sec-Fetch-Site", "same-origin")],
        &[("Host", "127.0.0.1.evil.example")],
    ];
    for headers in page {
        assert_eq!(listener.status(headers), 403, "{}: {headers:?}", listener.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_listener_answers_a_web_page() {
    let dir = tempfile::tempdir_in("/tmp").unwrap();
    let (one, other) = (new_folder(&dir, "one"), new_folder(&dir, "other"));
    let mut ports = Ports::default();
    let config = PracticeConfig::new(one.practice(practice::DEFAULT_REGION));
    let practice = start_practice(config, &mut ports).await.unwrap();
    let engine = start_engine(&one, Some(&practice), &lab::Network::default()).await.unwrap();
    let open_engine = start_engine_on(&other, Some(&practice), &lab::Network::default(), Some(0)).await.unwrap();
    let socket = PathBuf::from(engine.docker_host().strip_prefix("unix://").unwrap());
    let tcp = |address: String| Address::Tcp(address);
    let listeners = [
        Listener {
            name: "AWS and the private registry",
            address: tcp(practice.registry_addr()),
            path: "/v2/",
            names: vec![practice.registry_name(), "api.ecr.ap-northeast-2.amazonaws.com".to_owned()],
        },
        Listener {
            name: "the public registry",
            address: tcp(practice.public_addr()),
            path: "/token",
            names: vec!["public.ecr.aws".to_owned()],
        },
        Listener {
            name: "the control address",
            address: tcp(practice.control_addr()),
            path: "/clock/advance",
            names: Vec::new(),
        },
        Listener {
            name: "the engine's port",
            address: tcp(format!("127.0.0.1:{}", open_engine.port().unwrap())),
            path: "/_ping",
            names: Vec::new(),
        },
        Listener {
            name: "the engine's socket",
            address: Address::Socket(socket.clone()),
            path: "/_ping",
            names: vec!["docker".to_owned(), "api.moby.localhost".to_owned()],
        },
    ];
    tokio::task::spawn_blocking(move || listeners.iter().for_each(check)).await.unwrap();

    assert_eq!((mode(&socket), mode(socket.parent().unwrap())), (0o600, 0o700));
    assert_eq!(mode(&one.practice(practice::DEFAULT_REGION).join("control.json")), 0o600);
    let data = [one.path().to_owned(), one.engine(), one.practice(practice::DEFAULT_REGION)];
    assert!(data.iter().all(|folder| mode(folder) == 0o700), "{data:?}");
    engine.shutdown().await;
    open_engine.shutdown().await;
    practice.shutdown().await;
    assert!(!socket.exists());
}

#[tokio::test]
async fn the_labs_databases_are_their_owners_alone() {
    let dir = tempfile::tempdir().unwrap();
    let folder = new_folder(&dir, "data");
    let lab = lab::Lab::open(&folder.lab()).await.unwrap();
    assert_eq!((mode(folder.path()), mode(&folder.lab())), (0o700, 0o700));
    for entry in std::fs::read_dir(folder.lab()).unwrap() {
        let path = entry.unwrap().path();
        if path.display().to_string().contains(".db") {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
    drop(lab);
}

#[test]
fn a_folder_that_is_used_for_something_else_keeps_its_mode() {
    let dir = tempfile::tempdir().unwrap();
    let shared = dir.path().join("shared");
    std::fs::create_dir(&shared).unwrap();
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(shared.join("notes.txt"), "mine").unwrap();
    Folder::find(Some(shared.clone())).unwrap();
    assert_eq!(mode(&shared), 0o755);
}
