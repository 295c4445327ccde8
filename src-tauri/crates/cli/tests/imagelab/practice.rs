//! The practice cloud for a shell: what it prints, and how it ends.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

use crate::Desk;

/// A running `imagelab practice`.
struct Running {
    child: Child,
    exports: BTreeMap<String, String>,
}

impl Running {
    fn start(desk: &Desk, more: &[&str]) -> Self {
        let arguments = [&["practice", "--speed", "instant"], more].concat();
        let mut child = desk.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut exports = BTreeMap::new();
        // The last line is the hint's: whoever has read it knows everything.
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if let Some((name, value)) = line.strip_prefix("export ").and_then(|line| line.split_once('=')) {
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
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn practice_prints_the_environment_of_a_shell_and_serves_until_stopped() {
    let desk = Desk::new();
    let running = Running::start(&desk, &[]);
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

    // Another one in the same folder is refused, whichever is asked for.
    let refused = desk.run(&["practice"]).with(2);
    assert!(refused.err.contains("in use"), "{}", refused.err);
    assert!(refused.out.is_empty());

    let (code, err) = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("PRACTICE") && err.contains("123456789012"), "{err}");

    // What a shell was told the last time still holds.
    let again = Running::start(&desk, &["--fault", "ecr:CreateRepository=throttle*3"]);
    assert_eq!(again.exports["AWS_ENDPOINT_URL"], format!("http://{endpoint}"));
    assert_eq!(again.exports["DOCKER_HOST"], format!("tcp://{engine}"));
    let (code, err) = again.stop("INT");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("Fault: ecr:CreateRepository=throttle*3"), "{err}");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let desk = Desk::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for option in ["--port", "--engine-port"] {
        let ended = desk.run(&["practice", option, &port]).with(2);
        assert!(ended.err.contains(&format!("Port {port} of 127.0.0.1")), "{}", ended.err);
        assert!(ended.out.is_empty());
    }
}
