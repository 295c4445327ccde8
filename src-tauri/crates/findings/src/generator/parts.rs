//! The names, texts and ratings that generated findings are composed of.

use crate::generator::dice::Dice;

pub(super) const LAYERS: u64 = 9;

pub(super) const OS_PACKAGES: [&str; 40] = [
    "apt",
    "bash",
    "bsdutils",
    "coreutils",
    "curl",
    "dash",
    "dpkg",
    "e2fsprogs",
    "gcc-10",
    "glibc",
    "gnupg2",
    "gnutls28",
    "gzip",
    "krb5",
    "libcap2",
    "libgcrypt20",
    "libidn2",
    "libksba",
    "libpng1.6",
    "libssh2",
    "libtasn1-6",
    "libwebp",
    "libxml2",
    "lz4",
    "ncurses",
    "nettle",
    "openldap",
    "openssl",
    "p11-kit",
    "pam",
    "pcre2",
    "perl",
    "shadow",
    "sqlite3",
    "systemd",
    "tar",
    "util-linux",
    "wget",
    "xz-utils",
    "zlib",
];

pub(super) const JARS: [&str; 30] = [
    "ch.qos.logback:logback-classic",
    "com.fasterxml.jackson.core:jackson-core",
    "com.fasterxml.jackson.core:jackson-databind",
    "com.fasterxml.woodstox:woodstox-core",
    "com.google.code.gson:gson",
    "com.google.guava:guava",
    "com.google.protobuf:protobuf-java",
    "com.h2database:h2",
    "com.nimbusds:nimbus-jose-jwt",
    "commons-beanutils:commons-beanutils",
    "commons-collections:commons-collections",
    "commons-io:commons-io",
    "io.netty:netty-codec-http",
    "io.netty:netty-codec-http2",
    "io.netty:netty-handler",
    "net.minidev:json-smart",
    "org.apache.commons:commons-compress",
    "org.apache.commons:commons-configuration2",
    "org.apache.commons:commons-text",
    "org.apache.logging.log4j:log4j-core",
    "org.apache.shiro:shiro-core",
    "org.bouncycastle:bcprov-jdk15on",
    "org.eclipse.jetty:jetty-http",
    "org.eclipse.jetty:jetty-io",
    "org.eclipse.jetty:jetty-server",
    "org.eclipse.jetty:jetty-servlets",
    "org.glassfish.jersey.core:jersey-common",
    "org.quartz-scheduler:quartz",
    "org.springframework:spring-core",
    "org.yaml:snakeyaml",
];

pub(super) const SUBJECTS: [&str; 12] = [
    "parse_header",
    "read_chunk",
    "decode_frame",
    "resolve_link",
    "copy_segment",
    "expand_entity",
    "load_class",
    "verify_name",
    "merge_record",
    "scale_image",
    "open_archive",
    "match_pattern",
];

pub(super) const SENTENCES: [&str; 10] = [
    "The function {} does not check the length of its input before it copies it, which leads to a heap overflow.",
    "An attacker who can send requests may make {} loop without end and use up the processor.",
    "Values that {} returns are used after they were freed when a connection is closed early.",
    "Untrusted data reaches {} and is deserialized, so that arbitrary code can be run.",
    "A path with dots passes {} and files outside of the intended folder can be read.",
    "Because {} compares secrets byte by byte, their value can be inferred from the time that it takes.",
    "A document with nested entities makes {} allocate memory exponentially.",
    "An integer in {} overflows on large files, and memory beyond the buffer is read.",
    "Under certain conditions {} follows a symbolic link that a local user controls.",
    "Only configurations that enable {} are affected; a workaround is to disable it.",
];

/// A consistent severity, score and vector.
pub(super) struct Rating {
    pub(super) severity: &'static str,
    pub(super) vendor: &'static str,
    pub(super) score: f64,
    pub(super) vector: &'static str,
}

impl Rating {
    pub(super) const GREATEST: Self =
        Self::new("CRITICAL", "high", 10.0, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H");

    const fn new(severity: &'static str, vendor: &'static str, score: f64, vector: &'static str) -> Self {
        Self { severity, vendor, score, vector }
    }

    pub(super) fn choose(dice: &mut Dice) -> Self {
        match dice.below(100) {
            0..=2 => Self::new("CRITICAL", "high", 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
            3..=4 => Self::new("CRITICAL", "medium", 9.1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H"),
            5..=8 => Self::new("HIGH", "high", 8.8, "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"),
            9..=14 => Self::new("HIGH", "medium", 8.1, "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H"),
            15..=19 => Self::new("HIGH", "medium", 7.8, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"),
            20..=31 => Self::new("HIGH", "medium", 7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"),
            32..=41 => Self::new("MEDIUM", "low", 6.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H"),
            42..=51 => Self::new("MEDIUM", "low", 6.1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"),
            52..=63 => Self::new("MEDIUM", "unimportant", 5.5, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"),
            64..=71 => Self::new("MEDIUM", "low", 5.3, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L"),
            72..=86 => Self::new("LOW", "unimportant", 3.3, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:L"),
            87..=90 => Self::new("INFORMATIONAL", "unimportant", 0.0, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"),
            _ => Self::new("UNTRIAGED", "not yet assigned", 0.0, ""),
        }
    }
}
