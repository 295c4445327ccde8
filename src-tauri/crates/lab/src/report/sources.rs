//! The data sources of a report, and the header of exports.

use findings::{
    Timestamp,
    export::{AssessedImage, Attribution, Header},
};
use i18n::{Localizer, Message};

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

/// The header of an export of findings. `endpoint` is the one that took the place of AWS's own, if one did.
pub fn header(
    mode: Mode,
    endpoint: Option<&str>,
    words: &Localizer,
    generated_at: Timestamp,
    assessed: Vec<AssessedImage>,
) -> Header {
    let practice = mode == Mode::Practice;
    let note = match (mode, endpoint) {
        (Mode::Practice, _) => Message::new("report-note-practice"),
        (Mode::Aws, None) => Message::new("report-note-aws"),
        (Mode::Aws, Some(endpoint)) => Message::new("report-note-endpoint").with("endpoint", endpoint),
    };
    Header { practice, note: words.text(&note), generated_at, attributions: attributions(), assessed }
}

/// The name of the cloud that a run was in, as reports and the command line head it.
pub fn cloud(mode: Mode, endpoint: Option<&str>) -> Message {
    match (mode, endpoint) {
        (Mode::Practice, _) => Message::new("report-mode-practice"),
        (Mode::Aws, None) => Message::new("report-mode-aws"),
        (Mode::Aws, Some(endpoint)) => Message::new("report-mode-endpoint").with("endpoint", endpoint),
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn what_ran_at_another_endpoint_is_not_said_to_be_of_an_aws_account() {
        for lang in Lang::ALL {
            let words = Localizer::new(lang);
            let texts = |endpoint| {
                let header = header(Mode::Aws, endpoint, &words, Timestamp::from_epoch_millis(0), Vec::new());
                (header.note, words.text(&cloud(Mode::Aws, endpoint)), header.practice)
            };
            let (note, mode, practice) = texts(Some("http://127.0.0.1:4566"));
            assert!(note.contains("http://127.0.0.1:4566") && mode.contains("http://127.0.0.1:4566") && !practice);
            let (of_aws, mode_of_aws, _) = texts(None);
            assert!(!note.contains(&of_aws) && !mode.contains(&mode_of_aws), "{note} {mode}");
        }
    }
}
