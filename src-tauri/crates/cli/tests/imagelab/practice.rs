//! `imagelab practice`: what it prints, and how it ends.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::{fs::PermissionsExt as _, net::UnixStream},
    process::{Child, Stdio},
};

use crate::TestFolder;

/// A running `imagelab practice`.
struct Running {
    child: Child,
    exports: BTreeMap<String, String>,
}

impl Running {
    fn start(folder: &TestFolder, options: &[&str]) -> Self {
        let arguments = [&["practice", "--speed", "instant"], options].concat();
        let mut child = folder.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut exports = BTreeMap::new();
        // The hint is the last line: all exports precede it.
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            // As a shell reads it: without the quotation marks.
            let words = shlex::split(&line).unwrap_or_default();
            if let [export, assignment] = &words[..]
                && export == "export"
                && let Some((name, value)) = assignment.split_once('=')
            {
                exports.insert(name.to_owned(), value.to_owned());
            }
            if line.starts_with("# alias aws=") {
                break;
            }
        }
        Self { child, exports }
    }

    fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        crate::stopping::signal(&self.child, signal);
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), err)
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

/// The response of the engine on its socket, which its owner alone can use.
fn get_from_socket(docker_host: &str, path: &str) -> String {
    let socket = std::path::Path::new(docker_host.strip_prefix("unix://").expect("it is a socket"));
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(socket), mode(socket.parent().unwrap())), (0o600, 0o700), "{docker_host}");
    let mut stream = UnixStream::connect(socket).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn practice_prints_the_environment_of_a_shell_and_serves_until_stopped() {
    let folder = TestFolder::new();
    let running = Running::start(&folder, &[]);
    let value = |name: &str| running.exports[name].clone();
    let endpoint = value("AWS_ENDPOINT_URL").trim_start_matches("http://").to_owned();
    assert!(endpoint.starts_with("127.0.0.1:"));
    assert_eq!(value("AWS_REGION"), "ap-northeast-2");
    assert_eq!(value("AWS_DEFAULT_REGION"), "ap-northeast-2");
    assert_eq!(value("AWS_PAGER"), "");
    assert!(value("AWS_ACCESS_KEY_ID").len() >= 16 && !value("AWS_SECRET_ACCESS_KEY").is_empty());
    assert!(value("DOCKER_CONFIG").contains("data/docker"));
    assert!(get(&endpoint, "/v2/").starts_with("HTTP/1.1 401"));
    let engine = value("DOCKER_HOST");
    assert!(get_from_socket(&engine, "/_ping").starts_with("HTTP/1.1 200"));

    // A second process on the same folder is refused, whatever its ports.
    let refused = folder.run(&["practice"]).with(2);
    assert!(refused.err.contains("in use"), "{}", refused.err);
    assert!(refused.out.is_empty());

    let (code, err) = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("PRACTICE") && err.contains("123456789012"), "{err}");

    // The exports of the last time are still valid.
    let again = Running::start(&folder, &["--fault", "ecr:CreateRepository=throttle*3"]);
    assert_eq!(again.exports["AWS_ENDPOINT_URL"], format!("http://{endpoint}"));
    assert_eq!(again.exports["DOCKER_HOST"], engine);
    let (code, err) = again.stop("INT");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("Fault: ecr:CreateRepository=throttle*3"), "{err}");
}

#[test]
fn a_port_in_use_is_reported() {
    let folder = TestFolder::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    for option in ["--port", "--engine-port"] {
        let output = folder.run(&["practice", option, &port]).with(2);
        assert!(output.err.contains(&format!("Port {port} of 127.0.0.1")), "{}", output.err);
        assert!(output.out.is_empty());
    }
}

#[test]
fn a_port_of_the_engine_is_opened_on_request_alone_and_said_to_be_open_to_everybody() {
    let folder = TestFolder::new();
    let running = Running::start(&folder, &["--engine-port", "0"]);
    let host = running.exports["DOCKER_HOST"].clone();
    let address = host.strip_prefix("tcp://").expect("it is a port").to_owned();
    assert!(get(&address, "/_ping").starts_with("HTTP/1.1 200"));
    let (code, err) = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    let port = address.rsplit(':').next().unwrap();
    assert!(err.contains(&format!("port {port} of 127.0.0.1: every user of this computer can reach it")), "{err}");
}

#[test]
fn stalled_connections_do_not_keep_the_program_from_stopping() {
    let folder = TestFolder::new();
    let running = Running::start(&folder, &["--engine-port", "0"]);
    let address = |name: &str, scheme: &str| running.exports[name].strip_prefix(scheme).unwrap().to_owned();
    let mut stalled = Vec::new();
    for address in [address("DOCKER_HOST", "tcp://"), address("AWS_ENDPOINT_URL", "http://")] {
        // The rest of the headers of one, and the body of the other, never come.
        for start in
            ["GET /_ping HTTP/1.1\r\nHost: 127", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n"]
        {
            let mut stream = TcpStream::connect(&address).unwrap();
            stream.write_all(start.as_bytes()).unwrap();
            stalled.push(stream);
        }
    }
    let (code, err) = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    drop(stalled);
}

#[test]
fn a_damaged_practice_repository_does_not_keep_the_others_from_starting_and_the_cloud_can_be_emptied() {
    let folder = TestFolder::new();
    let (code, err) = Running::start(&folder, &[]).stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    let state = folder.path().join("data/practice/ap-northeast-2/cloud.json");
    let mut document: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
    document["repositories"]["broken"] = serde_json::json!({ "createdAt": "never" });
    std::fs::write(&state, document.to_string()).unwrap();
    let (code, err) = Running::start(&folder, &[]).stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("The state of the practice repository broken could not be read"), "{err}");
    assert!(err.contains("imagelab practice --reset"), "{err}");

    std::fs::write(&state, "{").unwrap();
    let refused = folder.run(&["practice"]).with(1);
    assert!(refused.err.contains("imagelab practice --reset"), "{}", refused.err);
    folder.run(&["practice", "--reset"]).with(0);
    assert!(!state.exists());
    let (code, err) = Running::start(&folder, &[]).stop("TERM");
    assert_eq!(code, Some(0), "{err}");
}
