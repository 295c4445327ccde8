//! Small images with known vulnerabilities: what the lab shows, in a few kilobytes.

use practice_images::{SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage};

/// The version of Log4j that has CVE-2021-44228.
pub const VULNERABLE_LOG4J: &str = "2.14.1";

/// A version of Log4j without it.
pub const PATCHED_LOG4J: &str = "2.17.1";

/// Debian 11 with an old OpenSSL.
pub fn debian_11() -> SyntheticLayer {
    let package = |name: &str, version: &str, source: Option<&str>| SyntheticPackage {
        name: name.to_owned(),
        version: version.to_owned(),
        source: source.map(str::to_owned),
    };
    SyntheticLayer {
        os_release: Some(
            "ID=debian\nVERSION_ID=\"11\"\nVERSION_CODENAME=bullseye\nNAME=\"Debian GNU/Linux\"\n".to_owned(),
        ),
        packages: vec![
            package("libssl1.1", "1.1.1k-1+deb11u1", Some("openssl")),
            package("openssl", "1.1.1k-1+deb11u1", None),
            package("zlib1g", "1:1.2.11.dfsg-2", Some("zlib")),
        ],
        ..SyntheticLayer::default()
    }
}

/// A JAR with this version of Log4j.
///
/// # Panics
///
/// If the version is empty.
pub fn log4j(version: &str) -> SyntheticJar {
    let maven = format!("org.apache.logging.log4j:log4j-core:{version}").try_into().expect("these are coordinates");
    SyntheticJar { path: "app/lib/log4j-core.jar".to_owned(), maven: vec![maven], filler: 64 }
}

/// An application with this version of Log4j on Debian 11. `size` bytes of filler are spread over four layers, which do not depend on
/// the version.
pub fn application(tag: &str, log4j_version: &str, size: u64) -> SyntheticImage {
    let filler = SyntheticLayer { filler: size / 4, ..SyntheticLayer::default() };
    let system = SyntheticLayer { filler: size / 4, ..debian_11() };
    let application = SyntheticLayer { jars: vec![log4j(log4j_version)], ..SyntheticLayer::default() };
    SyntheticImage {
        tag: tag.to_owned(),
        layers: vec![system, filler.clone(), filler.clone(), filler, application],
        ..SyntheticImage::default()
    }
}
