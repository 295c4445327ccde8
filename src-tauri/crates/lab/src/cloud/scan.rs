//! An image's scan, as ECR reports it.

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

/// The number of findings per page; ECR allows up to 1000.
const PAGE_SIZE: i32 = 500;

/// The state of a scan, as ECR reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EcrScan {
    /// `ScanNotFoundException`: the image is not scanned, or ECR has not registered the scan yet.
    NotFound,
    /// `ImageNotFoundException`: the image does not exist, or was pushed just now.
    NoImage,
    /// A scan exists.
    Reported {
        /// `ACTIVE`, `PENDING`, …
        status: String,
        /// The service's description of the status.
        description: String,
        /// Whether the findings have a completion time.
        completed: bool,
        /// The number of findings.
        count: usize,
    },
}

impl EcrScan {
    /// How the scan describes itself; empty without one.
    pub(crate) fn description(&self) -> &str {
        match self {
            Self::Reported { description, .. } => description,
            Self::NotFound | Self::NoImage => "",
        }
    }
}

/// The current state of an image's scan.
pub(crate) async fn observe(aws: &Aws, repository: &str, digest: &str) -> Result<EcrScan, LabError> {
    Ok(match describe(aws, repository, digest, Some(1), None).await? {
        ScanResponse::Scan(output) => reported(&output),
        ScanResponse::NoScan => EcrScan::NotFound,
        ScanResponse::NoImage => EcrScan::NoImage,
    })
}

/// One page of a scan's findings, and the token of the next page. Empty if there is no scan.
pub(crate) async fn findings(
    aws: &Aws,
    repository: &str,
    digest: &str,
    token: Option<String>,
) -> Result<(Vec<EnhancedImageScanFinding>, Option<String>), LabError> {
    match describe(aws, repository, digest, Some(PAGE_SIZE), token).await? {
        ScanResponse::Scan(output) => {
            let output = *output;
            let findings = output.image_scan_findings.and_then(|findings| findings.enhanced_findings);
            Ok((findings.unwrap_or_default(), output.next_token))
        }
        ScanResponse::NoScan | ScanResponse::NoImage => Ok((Vec::new(), None)),
    }
}

enum ScanResponse {
    Scan(Box<DescribeImageScanFindingsOutput>),
    NoScan,
    NoImage,
}

async fn describe(
    aws: &Aws,
    repository: &str,
    digest: &str,
    max_results: Option<i32>,
    token: Option<String>,
) -> Result<ScanResponse, LabError> {
    let response = aws
        .ecr
        .describe_image_scan_findings()
        .repository_name(repository)
        .image_id(ImageIdentifier::builder().image_digest(digest).build())
        .set_max_results(max_results)
        .set_next_token(token)
        .send()
        .await;
    match response {
        Ok(output) => Ok(ScanResponse::Scan(Box::new(output))),
        Err(error) => match code(&error) {
            Some("ScanNotFoundException") => Ok(ScanResponse::NoScan),
            Some("ImageNotFoundException") => Ok(ScanResponse::NoImage),
            _ => Err(problem("ecr:DescribeImageScanFindings", error)),
        },
    }
}

fn reported(output: &DescribeImageScanFindingsOutput) -> EcrScan {
    let status = output.image_scan_status();
    let findings = output.image_scan_findings();
    let counts = findings.and_then(|findings| findings.finding_severity_counts());
    EcrScan::Reported {
        status: status.and_then(|status| status.status()).map_or("", |status| status.as_str()).to_owned(),
        description: status.and_then(|status| status.description()).unwrap_or_default().to_owned(),
        completed: findings.is_some_and(|findings| findings.image_scan_completed_at().is_some()),
        count: counts.map_or(0, |counts| counts.values().map(|count| count.unsigned_abs() as usize).sum()),
    }
}
