//! Generating findings that resemble those of a real image, for tests and benchmarks (feature `generator`).
//!
//! The same recipe generates the same findings. The vulnerabilities are fictional except for `Log4Shell`, which is always
//! the first finding; the second is an operating system out of support, which has no CVE.

mod dice;
mod parts;

use std::collections::BTreeSet;

use crate::generator::dice::Dice;
use crate::generator::parts::{JARS, LAYERS, OS_PACKAGES, Rating, SENTENCES, SUBJECTS};
use crate::model::{Cvss, Finding, Image, Kev, Package, Remediation, Resource, ScoreDetails, Vulnerability};
use crate::summary::LOG4SHELL;
use crate::timestamp::Timestamp;
use crate::vocabulary::{ExploitAvailable, FixAvailable, Kind, Source, Status};

/// Which findings to generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The number of findings.
    pub count: usize,
    /// Selects the vulnerabilities: two seeds have some in common, as two images do.
    pub seed: u64,
    /// The account's twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The image's repository.
    pub repository: String,
    /// The image's digest.
    pub digest: String,
    /// Whether the first finding is `Log4Shell`.
    pub log4shell: bool,
}

impl Recipe {
    /// A recipe for findings of the lab's production repository.
    pub fn new(count: usize) -> Self {
        Self {
            count,
            seed: 1,
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            repository: "eks-security-prod".to_owned(),
            digest: format!("sha256:{}", "5ca1ab1e".repeat(8)),
            log4shell: true,
        }
    }
}

/// Generates the findings, one at a time.
pub fn findings(recipe: &Recipe) -> impl Iterator<Item = Finding> + use<> {
    let recipe = recipe.clone();
    (0..recipe.count).map(move |number| finding(&recipe, number))
}

fn finding(recipe: &Recipe, number: usize) -> Finding {
    let mut dice = Dice::new(recipe.seed, number as u64);
    let mut finding = match number {
        0 if recipe.log4shell => log4shell(),
        1 => out_of_support(),
        _ => {
            // A quarter as many vulnerabilities as findings, the low numbers more often.
            let range = (recipe.count as u64 / 3).max(8);
            let chosen = dice.below(range).min(dice.below(range));
            fictional(chosen, &mut dice)
        }
    };
    let id = (Dice::new(recipe.seed, number as u64).next(), Dice::new(!recipe.seed, number as u64).next());
    finding.arn = format!("arn:aws:inspector2:{}:{}:finding/{:016x}{:016x}", recipe.region, recipe.account, id.0, id.1);
    finding.account.clone_from(&recipe.account);
    finding.seen_by = BTreeSet::from([Source::Ecr, Source::Inspector]);
    finding.kind = Some(Kind::PackageVulnerability);
    finding.status = Some(if dice.below(50) == 0 { Status::Suppressed } else { Status::Active });
    let observed = FIRST_SCAN + dice.below(30 * DAY).cast_signed();
    finding.first_observed_at = Some(Timestamp::from_epoch_millis(observed));
    finding.last_observed_at = Some(Timestamp::from_epoch_millis(FIRST_SCAN + (30 * DAY).cast_signed()));
    finding.updated_at = finding.last_observed_at;
    finding.resources = vec![resource(recipe)];
    finding
}

fn resource(recipe: &Recipe) -> Resource {
    let Recipe { account, region, repository, digest, .. } = recipe;
    Resource {
        kind: "AWS_ECR_CONTAINER_IMAGE".to_owned(),
        id: format!("arn:aws:ecr:{region}:{account}:repository/{repository}/{digest}"),
        partition: Some("aws".to_owned()),
        region: Some(region.clone()),
        image: Some(Image {
            repository: repository.clone(),
            digest: digest.clone(),
            tags: vec!["latest".to_owned()],
            registry: account.clone(),
            architecture: Some("amd64".to_owned()),
            platform: Some("DEBIAN_11".to_owned()),
            pushed_at: Some(Timestamp::from_epoch_millis(FIRST_SCAN - 60_000)),
            ..Image::default()
        }),
        ..Resource::default()
    }
}

/// A fictional vulnerability, the same for the same number except for its packages and layers.
fn fictional(number: u64, location: &mut Dice) -> Finding {
    let mut dice = Dice::new(0x5eed, number);
    let id = format!("CVE-{}-{}", 2015 + dice.below(11), 1000 + number);
    let rating = Rating::choose(&mut dice);
    let package = if dice.below(3) == 0 { jar(&mut dice, location) } else { os_package(&mut dice, location) };
    let mut packages = vec![package];
    // One finding in eight lists the same package in a second layer.
    if location.below(8) == 0 {
        let mut second = packages[0].clone();
        second.layer = Some(layer(location));
        packages.push(second);
    }
    let fix = match dice.below(20) {
        0..=11 => Some(FixAvailable::Yes),
        12..=17 => Some(FixAvailable::No),
        18 => Some(FixAvailable::Partial),
        _ => None,
    };
    if matches!(fix, Some(FixAvailable::No)) {
        for package in &mut packages {
            package.set_fixed_in("NotAvailable");
        }
    }
    let is_exploited = rating.score >= 7.0 && dice.below(40) == 0;
    let published = Timestamp::from_epoch_millis(FIRST_SCAN - dice.below(3000 * DAY).cast_signed());
    let mut finding = Finding {
        title: format!("{id} - {}", packages[0].name),
        description: description(&packages[0].name, &mut dice),
        score: Some(rating.score).filter(|score| *score > 0.0),
        vulnerability: Vulnerability {
            source_url: Some(format!("https://nvd.nist.gov/vuln/detail/{id}")),
            source: Some(if packages[0].manager.as_deref() == Some("OS") { "DEBIAN_CVE" } else { "NVD" }.to_owned()),
            vendor_severity: Some(rating.vendor.to_owned()),
            vendor_created_at: Some(published),
            vendor_updated_at: Some(published),
            reference_urls: vec![format!("https://security-tracker.debian.org/tracker/{id}")],
            id: Some(id),
            ..Vulnerability::default()
        },
        packages,
        fix_available: fix,
        exploit_available: Some(if is_exploited { ExploitAvailable::Yes } else { ExploitAvailable::No }),
        // Few vulnerabilities have a high probability of exploitation.
        epss: (dice.below(50) > 0).then(|| ((dice.fraction().powi(6)) * 100_000.0).round() / 100_000.0),
        details_read: true,
        kev: is_exploited.then(|| Kev { date_added: Some(published), ..Kev::default() }),
        cwes: vec![format!("CWE-{}", [20, 22, 78, 79, 89, 119, 125, 190, 400, 416, 476, 502, 787][dice.index(13)])],
        remediation: Remediation { text: Some("None Provided".to_owned()), url: None },
        ..Finding::default()
    };
    rate(&mut finding, &rating);
    finding
}

fn rate(finding: &mut Finding, rating: &Rating) {
    finding.set_severity(rating.severity);
    if rating.vector.is_empty() {
        return;
    }
    let cvss = Cvss {
        version: "3.1".to_owned(),
        vector: rating.vector.to_owned(),
        score: rating.score,
        source: "NVD".to_owned(),
    };
    finding.score_details = Some(ScoreDetails {
        score: rating.score,
        score_source: "NVD".to_owned(),
        cvss_source: Some("NVD".to_owned()),
        version: cvss.version.clone(),
        vector: cvss.vector.clone(),
        adjustments: Vec::new(),
    });
    finding.vulnerability.cvss = vec![cvss];
}

fn os_package(dice: &mut Dice, location: &mut Dice) -> Package {
    let name = OS_PACKAGES[dice.index(OS_PACKAGES.len())];
    let (major, minor) = (1 + dice.below(9), dice.below(30));
    let mut package = Package {
        name: name.to_owned(),
        version: format!("{major}.{minor}.{}", dice.below(10)),
        epoch: Some(0),
        release: Some(format!("{}+deb11u{}", 1 + dice.below(5), 1 + dice.below(4))),
        arch: Some("AMD64".to_owned()),
        manager: Some("OS".to_owned()),
        layer: Some(layer(location)),
        ..Package::default()
    };
    package.set_fixed_in(&format!("0:{major}.{}.0-1+deb11u9", minor + 1));
    package
}

fn jar(dice: &mut Dice, location: &mut Dice) -> Package {
    let name = JARS[dice.index(JARS.len())];
    let artifact = name.rsplit(':').next().unwrap_or(name);
    let (major, minor) = (1 + dice.below(6), dice.below(20));
    let version = format!("{major}.{minor}.{}", dice.below(10));
    let folder = ["var/lib/neo4j/lib", "var/lib/neo4j/plugins", "opt/tools/lib"][location.index(3)];
    let mut package = Package {
        name: name.to_owned(),
        file_path: Some(format!("{folder}/{artifact}-{version}.jar")),
        version,
        manager: Some("JAR".to_owned()),
        layer: Some(layer(location)),
        ..Package::default()
    };
    package.set_fixed_in(&format!("{major}.{}.0", minor + 1));
    package
}

fn layer(location: &mut Dice) -> String {
    format!("sha256:{}", format!("{:08x}", Dice::new(7, location.below(LAYERS)).next() as u32).repeat(8))
}

fn description(package: &str, dice: &mut Dice) -> String {
    let mut text = format!("A flaw was found in {package}: ");
    for _ in 0..2 + dice.below(3) {
        let (subject, sentence) = (SUBJECTS[dice.index(SUBJECTS.len())], SENTENCES[dice.index(SENTENCES.len())]);
        // A unique name, as functions and fields have in real descriptions.
        text.push_str(&sentence.replace("{}", &format!("{subject}_{:x}", dice.below(1 << 20))));
        text.push(' ');
    }
    text.truncate(text.trim_end().len());
    text
}

fn log4shell() -> Finding {
    let jar = |path: &str| {
        let mut package = Package {
            name: "org.apache.logging.log4j:log4j-core".to_owned(),
            version: "2.14.1".to_owned(),
            manager: Some("JAR".to_owned()),
            file_path: Some(path.to_owned()),
            layer: Some(layer(&mut Dice::new(7, 3))),
            ..Package::default()
        };
        package.set_fixed_in("2.15.0");
        package
    };
    let added = Timestamp::from_epoch_millis(1_639_094_400_000);
    let mut finding = Finding {
        title: format!("{LOG4SHELL} - org.apache.logging.log4j:log4j-core"),
        description: "JNDI features of Apache Log4j2 do not protect against LDAP and other endpoints that an attacker \
                      controls: who can write log messages can run code."
            .to_owned(),
        score: Some(10.0),
        vulnerability: Vulnerability {
            id: Some(LOG4SHELL.to_owned()),
            source: Some("NVD".to_owned()),
            source_url: Some(format!("https://nvd.nist.gov/vuln/detail/{LOG4SHELL}")),
            vendor_created_at: Some(added),
            ..Vulnerability::default()
        },
        packages: vec![
            jar("var/lib/neo4j/lib/log4j-core-2.14.1.jar"),
            jar("var/lib/neo4j/labs/apoc-4.4.0.1-core.jar/META-INF/maven/org.apache.logging.log4j/log4j-core"),
        ],
        fix_available: Some(FixAvailable::Yes),
        exploit_available: Some(ExploitAvailable::Yes),
        epss: Some(0.94358),
        details_read: true,
        kev: Some(Kev { date_added: Some(added), ..Kev::default() }),
        cwes: ["CWE-20", "CWE-400", "CWE-502", "CWE-917"].map(str::to_owned).to_vec(),
        ..Finding::default()
    };
    rate(&mut finding, &Rating::GREATEST);
    finding
}

fn out_of_support() -> Finding {
    let mut finding = Finding {
        title: "Unsupported Operating System - Debian 11".to_owned(),
        description: "The operating system is past its vendor's end of life: no further fixes come.".to_owned(),
        fix_available: Some(FixAvailable::No),
        details_read: true,
        ..Finding::default()
    };
    finding.set_severity("CRITICAL");
    finding
}

const DAY: u64 = 86_400_000;
/// 2026-09-01.
const FIRST_SCAN: i64 = 1_788_220_800_000;
