//! `imagelab practice`: what it prints, and how it ends.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
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
    let engine = value("DOCKER_HOST").trim_start_matches("tcp://").to_owned();
    assert!(get(&engine, "/_ping").starts_with("HTTP/1.1 200"));

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
    assert_eq!(again.exports["DOCKER_HOST"], format!("tcp://{engine}"));
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
