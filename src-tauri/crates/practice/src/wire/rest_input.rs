//! The input of operations that have parts of it in the URL: Inspector's operations on tags.

use std::borrow::Cow;

use http::request::Parts;
use serde_json::{Map, Value};

/// The input as one JSON object. Any other request's, and a body that is not an object, are returned as they are.
pub(super) fn with_uri<'a>(request: &Parts, body: &'a [u8]) -> Cow<'a, [u8]> {
    let Some(arn) = request.uri.path().strip_prefix("/tags/") else { return Cow::Borrowed(body) };
    let members = if body.is_empty() { Ok(Map::new()) } else { serde_json::from_slice(body) };
    let Ok(mut members) = members else { return Cow::Borrowed(body) };
    members.insert("resourceArn".to_owned(), decoded(arn).into());
    let pairs = url::form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes());
    let keys: Vec<Value> =
        pairs.filter(|(name, _)| name == "tagKeys").map(|(_, key)| key.into_owned().into()).collect();
    if !keys.is_empty() {
        members.insert("tagKeys".to_owned(), keys.into());
    }
    Cow::Owned(Value::Object(members).to_string().into_bytes())
}

/// A part of a path, in which a plus is a plus, unlike in a form.
fn decoded(text: &str) -> String {
    let form = format!("text={}", text.replace('+', "%2B").replace('&', "%26"));
    let mut pairs = url::form_urlencoded::parse(form.as_bytes());
    pairs.next().map(|(_, text)| text.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_url_completes_the_body() {
        let of = |uri: &str, body: &str| {
            let request = http::Request::get(uri).body(()).unwrap().into_parts().0;
            String::from_utf8(with_uri(&request, body.as_bytes()).into_owned()).unwrap()
        };
        let json = |uri: &str, body: &str| serde_json::from_str::<Value>(&of(uri, body)).unwrap();
        assert_eq!(json("/tags/arn%3Aaws%3Aa%2Fb+c", ""), json!({ "resourceArn": "arn:aws:a/b+c" }));
        let keys = json("/tags/a?tagKeys=one&tagKeys=t%20wo", r#"{"tags":{}}"#);
        assert_eq!(keys, json!({ "resourceArn": "a", "tagKeys": ["one", "t wo"], "tags": {} }));
        for (uri, body) in [("/findings/list", "{}"), ("/tags/a", "[]"), ("/tags/a", "{")] {
            assert_eq!(of(uri, body), body);
        }
    }
}
