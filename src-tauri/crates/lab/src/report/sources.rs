//! The data sources of a report, and the header of exports.

use findings::{
    Timestamp,
    export::{AssessedImage, Attribution, Header},
};
use i18n::Localizer;

use crate::model::access::Mode;

/// The sources of vulnerability data, with their licences.
pub fn attributions() -> Vec<Attribution> {
    [
        ("GitHub Advisory Database", "CC-BY-4.0", "https://github.com/advisories"),
        ("National Vulnerability Database (NIST)", "public domain", "https://nvd.nist.gov"),
        (
            "CISA Known Exploited Vulnerabilities Catalog",
            "CC0-1.0",
            "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
        ),
        ("CISA Vulnrichment", "CC0-1.0", "https://github.com/cisagov/vulnrichment"),
        (
            "Exploit Prediction Scoring System (FIRST)",
            "free to use with attribution to FIRST",
            "https://www.first.org/epss/",
        ),
        ("Debian Security Tracker", "facts only", "https://security-tracker.debian.org"),
    ]
    .map(|(name, licence, url)| Attribution { name: name.to_owned(), licence: licence.to_owned(), url: url.to_owned() })
    .to_vec()
}

/// The header of an export of findings of these images.
pub fn header(mode: Mode, words: &Localizer, generated_at: Timestamp, assessed: Vec<AssessedImage>) -> Header {
    let practice = mode == Mode::Practice;
    let note = words.text_by_id(if practice { "report-note-practice" } else { "report-note-aws" });
    Header { practice, note, generated_at, attributions: attributions(), assessed }
}
