//! What a lab needs to reach a test environment.

use lab::{Access, AwsAccess, ConsentPolicy, EngineAccess, EngineKind, Mode, Pace};
use testbed::environment::TestEnvironment;

/// The access that a lab on this environment is given.
pub fn access(environment: &TestEnvironment) -> Access {
    let (access_key, secret_key) = environment.practice.credentials();
    let region = environment.practice.region().to_owned();
    Access {
        mode: Mode::Practice,
        aws: AwsAccess::Endpoint { url: environment.practice.endpoint(), region, access_key, secret_key },
        engine: EngineAccess { kind: EngineKind::Builtin, host: environment.engine.docker_host(), tls: None },
        public_registry: None,
        consent: ConsentPolicy::NotNeeded,
        findings_origin: lab::FindingsOrigin::Named("practice".to_owned()),
        pace: Pace::INSTANT,
    }
}
