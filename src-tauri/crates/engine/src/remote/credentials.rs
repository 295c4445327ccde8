//! Credentials that a client sends for one registry; only that registry receives them.

use std::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde::Deserialize;

use crate::failure::Failure;

/// What a client sends in `X-Registry-Auth`, or as the body of a login.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Credentials {
    username: Option<String>,
    password: Option<String>,
    serveraddress: Option<String>,
    identitytoken: Option<String>,
    registrytoken: Option<String>,
}

/// The part of the credentials that is used.
pub(crate) enum Secret<'a> {
    /// No credentials.
    Anonymous,
    Password(&'a str, &'a str),
    /// To be exchanged for a token.
    Identity(&'a str),
    /// A token to use as it is.
    Token(&'a str),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("serveraddress", &self.serveraddress).finish_non_exhaustive()
    }
}

impl Credentials {
    /// The body of a login.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, Failure> {
        if json.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::default());
        }
        serde_json::from_slice::<Option<Self>>(json)
            .map(Option::unwrap_or_default)
            // The parser's message may contain the input.
            .map_err(|_| Failure::bad_request("invalid credentials: not the JSON of an authentication"))
    }

    /// The header of a pull or a push. Clients use either base64 alphabet, with or without padding.
    pub(crate) fn from_header(header: &[u8]) -> Result<Self, Failure> {
        const CONFIG: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        const ENGINE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);
        let safe: Vec<u8> = header
            .iter()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(|byte| match byte {
                b'+' => b'-',
                b'/' => b'_',
                other => *other,
            })
            .collect();
        let json =
            ENGINE.decode(safe).map_err(|_| Failure::bad_request("invalid X-Registry-Auth header: not base64"))?;
        Self::from_json(&json)
    }

    /// The registry they are for, as spelled in references; `None` for any registry.
    pub(crate) fn host(&self) -> Option<&str> {
        let address = self.serveraddress.as_deref().filter(|address| !address.is_empty())?;
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = address.split('/').next().unwrap_or(address);
        Some(if matches!(host, "index.docker.io" | "registry-1.docker.io") { "docker.io" } else { host })
    }

    /// These credentials if they are for this registry, otherwise none, as Docker does.
    pub(crate) fn only_for(self, host: &str) -> Self {
        if self.host().is_none_or(|own| own == host) { self } else { Self::default() }
    }

    pub(crate) fn secret(&self) -> Secret<'_> {
        let is_set = |member: &'_ Option<String>| member.as_deref().is_some_and(|value| !value.is_empty());
        match self {
            Self { registrytoken: Some(token), .. } if is_set(&self.registrytoken) => Secret::Token(token),
            Self { identitytoken: Some(token), .. } if is_set(&self.identitytoken) => Secret::Identity(token),
            Self { username: Some(user), password, .. } if is_set(&self.username) => {
                Secret::Password(user, password.as_deref().unwrap_or_default())
            }
            _ => Secret::Anonymous,
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn every_spelling_of_base64_is_read() {
        // Contains the characters in which the two alphabets differ.
        let json = r#"{"username":"AWS","password":"?>~?>~ÿÿ","auth":null,"email":null,"serveraddress":"https://r.io/v1/","identitytoken":null}"#;
        for encoded in
            [STANDARD.encode(json), STANDARD_NO_PAD.encode(json), URL_SAFE.encode(json), URL_SAFE_NO_PAD.encode(json)]
        {
            let read = Credentials::from_header(encoded.as_bytes()).unwrap();
            assert!(matches!(read.secret(), Secret::Password("AWS", "?>~?>~ÿÿ")));
            assert_eq!(read.host(), Some("r.io"));
        }
    }

    #[test]
    fn empty_and_null_credentials_are_anonymous() {
        for json in ["", "null", "{}", r#"{"username":null,"password":null}"#, r#"{"username":""}"#] {
            assert!(matches!(Credentials::from_json(json.as_bytes()).unwrap().secret(), Secret::Anonymous), "{json}");
        }
    }

    #[test]
    fn credentials_of_another_registry_are_not_used() {
        let read = || Credentials::from_json(br#"{"username":"a","password":"b","serveraddress":"r.io"}"#).unwrap();
        assert!(matches!(read().only_for("r.io").secret(), Secret::Password("a", "b")));
        assert!(matches!(read().only_for("s.io").secret(), Secret::Anonymous));
    }

    #[test]
    fn secrets_are_not_shown() {
        let read = Credentials::from_json(br#"{"username":"user","password":"hidden"}"#).unwrap();
        assert!(!format!("{read:?}").contains("hidden"));
        let error = Credentials::from_json(br#"{"username":"user","password":12345}"#).unwrap_err();
        assert!(!error.message.contains("12345"));
    }
}
