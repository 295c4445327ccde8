//! Requests as inputs: `METHOD PATH`, headers and an empty line, and a body. They are sent as they are: a client library would put them in
//! order first.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// The longest that a server may take to begin its response.
const LIMIT: Duration = Duration::from_secs(20);

/// The most that is read of a response, in bytes.
const RESPONSE: usize = 64 << 10;

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Letters only.
    pub method: String,
    /// With its query. Begins with a slash.
    pub path: String,
    /// Names and values, without those that describe the connection.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The head, as it was sent.
    pub head: String,
    /// As much of the body as was sent in a first part.
    pub body: Vec<u8>,
    /// Whether it answers `HEAD`, and cannot have one.
    pub is_to_head: bool,
}

impl Request {
    /// Reads an input. What no connection could carry is left out.
    pub fn parse(input: &[u8]) -> Self {
        let (head, body) = match input.windows(2).position(|window| window == b"\n\n") {
            Some(end) => (&input[..end], input[end + 2..].to_vec()),
            None => (input, Vec::new()),
        };
        let mut lines = head.split(|byte| *byte == b'\n');
        let first = lines.next().unwrap_or_default();
        let split = first.iter().position(|byte| *byte == b' ').unwrap_or(first.len());
        let letters = first[..split].iter().filter(|byte| byte.is_ascii_uppercase());
        let method: String = letters.take(16).map(|byte| char::from(*byte)).collect();
        let mut path: String = first[split..].iter().filter(|byte| **byte != b' ').copied().map(visible).collect();
        if !path.starts_with('/') {
            path.insert(0, '/');
        }
        let method = if method.is_empty() { "GET".to_owned() } else { method };
        Self { method, path, headers: lines.filter_map(header).collect(), body }
    }

    /// Sends it to `127.0.0.1:<port>`, and reads the beginning of the response.
    pub async fn send(&self, address: &str) -> Result<Response, String> {
        let mut connection = TcpStream::connect(address).await.map_err(|error| format!("{address}: {error}"))?;
        let mut head = format!("{} {} HTTP/1.1\r\nhost: {address}\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.extend(["content-length: ", &self.body.len().to_string(), "\r\nconnection: close\r\n\r\n"]);
        // A server may answer, and close the connection, before it has read everything.
        let _ = connection.write_all(head.as_bytes()).await;
        let _ = connection.write_all(&self.body).await;
        let mut received = Vec::new();
        while received.len() < RESPONSE {
            let limit = if end_of_head(&received).is_some() { Duration::from_millis(50) } else { LIMIT };
            match timeout(limit, connection.read_buf(&mut received)).await {
                Ok(Ok(0) | Err(_)) => break,
                Ok(Ok(_)) => {}
                // A stream of events has no end.
                Err(_) if end_of_head(&received).is_some() => break,
                Err(_) => return Err(format!("no response in {} s", LIMIT.as_secs())),
            }
        }
        Response::parse(&received, self.method == "HEAD")
    }
}

fn end_of_head(received: &[u8]) -> Option<usize> {
    received.windows(4).position(|window| window == b"\r\n\r\n")
}

impl Response {
    fn parse(received: &[u8], is_to_head: bool) -> Result<Self, String> {
        let end = end_of_head(received).ok_or("the connection was closed without a response")?;
        let head = String::from_utf8_lossy(&received[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| format!("no status: {head}"))?;
        Ok(Self { status, head, body: received[end + 4..].to_vec(), is_to_head })
    }

    /// Fails for a fault of the server: 5xx, but for 501 with a sentence.
    pub fn is_no_fault(&self) -> Result<(), String> {
        let text = String::from_utf8_lossy(&self.body);
        let says_why = self.status == 501 && (self.is_to_head || text.split_whitespace().count() > 3);
        if self.status < 500 || says_why { Ok(()) } else { Err(format!("{}: {text}", self.status)) }
    }
}

/// A byte of a path as it may be sent.
fn visible(byte: u8) -> char {
    if byte.is_ascii_graphic() { char::from(byte) } else { '%' }
}

fn header(line: &[u8]) -> Option<(String, String)> {
    let text: String = line.iter().filter(|byte| **byte >= b' ' && byte.is_ascii()).copied().map(char::from).collect();
    let (name, value) = text.split_once(':')?;
    let name: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let of_connection = ["content-length", "transfer-encoding", "connection", "host", "expect", "upgrade"];
    let keep = !name.is_empty() && !of_connection.contains(&name.to_ascii_lowercase().as_str());
    keep.then(|| (name, value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_from_an_input() {
        let request = Request::parse(b"PUT /a b\xffc?d\nContent-Type: text/plain\nhost: x\n\nbody\n\nend");
        assert_eq!((request.method.as_str(), request.path.as_str()), ("PUT", "/ab%c?d"));
        assert_eq!(request.headers, [("Content-Type".to_owned(), "text/plain".to_owned())]);
        assert_eq!(request.body, b"body\n\nend");
        assert_eq!(Request::parse(b"").path, "/");
    }

    #[test]
    fn only_a_501_that_says_why_is_no_fault() {
        let response =
            |status, body: &str| Response { status, head: String::new(), body: body.into(), is_to_head: false };
        assert!(response(404, "").is_no_fault().is_ok());
        assert!(response(501, "the engine does not do this").is_no_fault().is_ok());
        assert!(response(501, "").is_no_fault().is_err());
        assert!(Response { is_to_head: true, ..response(501, "") }.is_no_fault().is_ok());
        assert!(response(500, "the engine does not do this").is_no_fault().is_err());
    }
}
