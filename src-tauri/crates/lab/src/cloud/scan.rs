//! An image's scan, as ECR tells of it.

use aws_sdk_ecr::{
    operation::describe_image_scan_findings::DescribeImageScanFindingsOutput,
    types::{EnhancedImageScanFinding, ImageIdentifier},
};

use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    model::problem::LabError,
};

/// How many findings a page holds; ECR allows a thousand.
const PAGE: i32 = 500;

/// How a scan stands, in ECR's eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EcrScan {
    /// `ScanNotFoundException`: not taken note of yet, or not scanned at all.
    NotFound,
    /// `ImageNotFoundException`: right after a push, not there yet.
    NoImage,
    /// There is one.
    Reported {
        /// `ACTIVE`, `PENDING`, …
        status: String,
        /// The service's own words for it.
        description: String,
        /// The findings carry the time of their completion.
        completed: bool,
        /// How many findings it counts.
        count: usize,
    },
}

/// How a scan stands.
pub(crate) async fn observe(aws: &Aws, repository: &str, digest: &str) -> Result<EcrScan, LabError> {
    let told = ask(aws, repository, digest, Some(1), None).await?;
    Ok(match told {
        Told::Scan(told) => known(&told),
        Told::NoScan => EcrScan::NotFound,
        Told::NoImage => EcrScan::NoImage,
    })
}

/// One page of a scan's findings, and the token of the next. Empty when there is no scan.
pub(crate) async fn findings(
    aws: &Aws,
    repository: &str,
    digest: &str,
    token: Option<String>,
) -> Result<(Vec<EnhancedImageScanFinding>, Option<String>), LabError> {
    match ask(aws, repository, digest, Some(PAGE), token).await? {
        Told::Scan(told) => {
            let told = *told;
            let findings = told.image_scan_findings.and_then(|findings| findings.enhanced_findings);
            Ok((findings.unwrap_or_default(), told.next_token))
        }
        Told::NoScan | Told::NoImage => Ok((Vec::new(), None)),
    }
}

enum Told {
    Scan(Box<DescribeImageScanFindingsOutput>),
    NoScan,
    NoImage,
}

async fn ask(
    aws: &Aws,
    repository: &str,
    digest: &str,
    most: Option<i32>,
    token: Option<String>,
) -> Result<Told, LabError> {
    let told = aws
        .ecr
        .describe_image_scan_findings()
        .repository_name(repository)
        .image_id(ImageIdentifier::builder().image_digest(digest).build())
        .set_max_results(most)
        .set_next_token(token)
        .send()
        .await;
    match told {
        Ok(told) => Ok(Told::Scan(Box::new(told))),
        Err(error) => match code(&error) {
            Some("ScanNotFoundException") => Ok(Told::NoScan),
            Some("ImageNotFoundException") => Ok(Told::NoImage),
            _ => Err(problem("ecr:DescribeImageScanFindings", error)),
        },
    }
}

fn known(told: &DescribeImageScanFindingsOutput) -> EcrScan {
    let status = told.image_scan_status();
    let findings = told.image_scan_findings();
    let counts = findings.and_then(|findings| findings.finding_severity_counts());
    EcrScan::Reported {
        status: status.and_then(|status| status.status()).map_or("", |status| status.as_str()).to_owned(),
        description: status.and_then(|status| status.description()).unwrap_or_default().to_owned(),
        completed: findings.is_some_and(|findings| findings.image_scan_completed_at().is_some()),
        count: counts.map_or(0, |counts| counts.values().map(|count| count.unsigned_abs() as usize).sum()),
    }
}
