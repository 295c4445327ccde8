//! How a fault is written: `SERVICE:OPERATION=KIND[*TIMES][@DURATION]`. Error messages list what is allowed.

use std::{fmt, str::FromStr, time::Duration};

use strum::VariantArray;

use crate::{
    faults::fault::{Fault, FaultKind},
    service::Service,
};

/// Why a text is not a fault. The message says what is allowed instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultSyntaxError {
    /// There is no `=`, or no `:` before it.
    #[error(
        "{0:?} is not of the form SERVICE:OPERATION=KIND[*TIMES][@DURATION], such as ecr:CreateRepository=throttle*3"
    )]
    Form(String),
    /// No such service.
    #[error("there is no service {input:?}; it may be {}", list(Service::VARIANTS.iter().map(|service| service.as_str())))]
    Service {
        /// The part of the text.
        input: String,
    },
    /// The service has no such operation.
    #[error("{service} has no operation {input:?}; it may be * or {}", list(allowed.iter().copied()))]
    Operation {
        /// The service.
        service: &'static str,
        /// The part of the text.
        input: String,
        /// The operations that come closest.
        allowed: Vec<&'static str>,
    },
    /// No such kind of fault.
    #[error("there is no fault {input:?}; it may be {}", list(KINDS.iter().map(|(name, _)| *name)))]
    Kind {
        /// The part of the text.
        input: String,
    },
    /// Only registries have tokens.
    #[error("expired-token is a fault of registry and public; for {0} there is expired-credentials")]
    NoTokens(&'static str),
    /// Not a number of times.
    #[error("{0:?} is not a number of times; it may be a number from 1 on")]
    Times(String),
    /// Not a duration.
    #[error("{0:?} is not a duration; it may be a number with ms, s, m or h, such as 30s")]
    Duration(String),
}

const KINDS: [(&str, FaultKind); 9] = [
    ("throttle", FaultKind::Throttle),
    ("access-denied", FaultKind::AccessDenied),
    ("expired-credentials", FaultKind::ExpiredCredentials),
    ("invalid-credentials", FaultKind::InvalidCredentials),
    ("server-error", FaultKind::ServerError),
    ("slow:DURATION", FaultKind::Slow(Duration::ZERO)),
    ("cut", FaultKind::Cut),
    ("malformed", FaultKind::Malformed),
    ("expired-token", FaultKind::ExpiredToken),
];

impl FromStr for Fault {
    type Err = FaultSyntaxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || FaultSyntaxError::Form(text.to_owned());
        let (target, effect) = text.split_once('=').ok_or_else(form)?;
        let (service, operation) = target.split_once(':').ok_or_else(form)?;
        let (effect, duration) = split_off(effect, '@');
        let (kind, times) = split_off(effect, '*');
        let service: Service = service.parse().map_err(|_| FaultSyntaxError::Service { input: service.to_owned() })?;
        let kind: FaultKind = kind.parse()?;
        if kind == FaultKind::ExpiredToken && !matches!(service, Service::Registry | Service::Public) {
            return Err(FaultSyntaxError::NoTokens(service.as_str()));
        }
        Ok(Self {
            service,
            operation: parse_operation(service, operation)?,
            kind,
            times: times.map(parse_times).transpose()?,
            duration: duration.map(parse_duration).transpose()?,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}={}", self.service.as_str(), self.operation.unwrap_or("*"), self.kind)?;
        if let Some(times) = self.times {
            write!(f, "*{times}")?;
        }
        self.duration.map_or(Ok(()), |duration| write!(f, "@{}", Formatted(duration)))
    }
}

impl FromStr for FaultKind {
    type Err = FaultSyntaxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(duration) = text.strip_prefix("slow:") {
            return parse_duration(duration).map(Self::Slow);
        }
        // The registry's documentation uses the longer name.
        let name = if text == "expired-registry-token" { "expired-token" } else { text };
        let entry = KINDS.iter().find(|(candidate, kind)| *candidate == name && !matches!(kind, Self::Slow(_)));
        entry.map(|(_, kind)| *kind).ok_or_else(|| FaultSyntaxError::Kind { input: text.to_owned() })
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Slow(duration) = self {
            return write!(f, "slow:{}", Formatted(*duration));
        }
        let name = KINDS.iter().find(|(_, kind)| kind == self).map_or("", |(name, _)| *name);
        f.write_str(name)
    }
}

/// A duration in the largest unit that represents it exactly.
struct Formatted(Duration);

impl fmt::Display for Formatted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.as_millis();
        let (unit, name) =
            UNITS.into_iter().rev().find(|(unit, _)| millis.is_multiple_of(u128::from(*unit))).unwrap_or((1, "ms"));
        write!(f, "{}{name}", millis / u128::from(unit))
    }
}

const UNITS: [(u64, &str); 4] = [(1, "ms"), (1_000, "s"), (60_000, "m"), (3_600_000, "h")];

fn parse_operation(service: Service, input: &str) -> Result<Option<&'static str>, FaultSyntaxError> {
    if input == "*" {
        return Ok(None);
    }
    let operations = service.operations();
    match operations.iter().copied().find(|name| *name == input) {
        Some(name) => Ok(Some(name)),
        None => Err(FaultSyntaxError::Operation {
            service: service.as_str(),
            input: input.to_owned(),
            allowed: nearest(input, &operations),
        }),
    }
}

/// The names that resemble the input; all of them if none does.
fn nearest(input: &str, names: &[&'static str]) -> Vec<&'static str> {
    let prefix: String = input.to_ascii_lowercase().chars().take(4).collect();
    let resembles = |name: &&&str| !prefix.is_empty() && name.to_ascii_lowercase().contains(&prefix);
    let similar: Vec<_> = names.iter().filter(resembles).copied().collect();
    if similar.is_empty() { names.to_vec() } else { similar }
}

fn split_off(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(head, tail)| (head, Some(tail)))
}

fn parse_times(text: &str) -> Result<u32, FaultSyntaxError> {
    text.parse().ok().filter(|times| *times > 0).ok_or_else(|| FaultSyntaxError::Times(text.to_owned()))
}

fn parse_duration(text: &str) -> Result<Duration, FaultSyntaxError> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = UNITS.into_iter().find(|(_, name)| *name == unit);
    let millis = unit.zip(number.parse::<u64>().ok()).and_then(|((unit, _), number)| number.checked_mul(unit));
    millis.map(Duration::from_millis).ok_or_else(|| FaultSyntaxError::Duration(text.to_owned()))
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rejection(text: &str) -> String {
        text.parse::<Fault>().unwrap_err().to_string()
    }

    #[test]
    fn a_fault_is_parsed_and_formatted_alike() {
        for text in [
            "ecr:CreateRepository=throttle*3",
            "registry:*=expired-token@30s",
            "inspector2:ListFindings=slow:5s",
            "sts:GetCallerIdentity=access-denied*1@2m",
            "public:GetBlob=cut",
            "registry:PutManifest=slow:1500ms*2",
        ] {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_invalid_fault_is_rejected_with_what_is_allowed() {
        assert!(rejection("throttle").contains("SERVICE:OPERATION=KIND"));
        assert!(rejection("s3:PutObject=cut").contains("ecr, ecr-public, inspector2, iam, sts, registry, public"));
        assert!(rejection("ecr:CreateRepo=cut").contains("CreateRepository"));
        assert!(rejection("ecr:*=explode").contains("throttle, access-denied"));
        assert!(rejection("ecr:*=expired-token").contains("expired-credentials"));
        assert!(rejection("ecr:*=cut*0").contains("from 1 on"));
        assert!(rejection("ecr:*=cut@soon").contains("such as 30s"));
        assert!(rejection("ecr:*=slow:").contains("such as 30s"));
    }

    proptest! {
        #[test]
        fn every_fault_survives_formatting_and_parsing(
            kind in 0..KINDS.len(),
            operation in prop::option::of(0..3usize),
            times in prop::option::of(1..1000u32),
            duration in prop::option::of(0..10_000_000u64),
        ) {
            let kind = match KINDS[kind].1 { FaultKind::Slow(_) => FaultKind::Slow(Duration::from_millis(1234)), kind => kind };
            let names = Service::Registry.operations();
            let fault = Fault {
                service: Service::Registry,
                operation: operation.map(|at| names[at]),
                kind,
                times,
                duration: duration.map(Duration::from_millis),
            };
            prop_assert_eq!(fault.to_string().parse::<Fault>().unwrap(), fault);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "[a-z0-9:=*@é]{0,30}") {
            let _ = text.parse::<Fault>();
        }
    }
}
