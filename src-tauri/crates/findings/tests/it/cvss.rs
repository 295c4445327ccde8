//! Parsing CVSS vectors.

use findings::{CvssVersion, FindingsError, MetricGroup, cvss_message_ids, explain_cvss};

#[test]
fn every_version_is_parsed_and_scored() {
    let log4shell = explain_cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H").unwrap();
    assert_eq!((log4shell.version, log4shell.score, log4shell.metrics.len()), (CvssVersion::V31, Some(10.0), 8));
    let first = log4shell.metrics[0];
    assert_eq!((first.id, first.value, first.group), ("AV", "N", MetricGroup::Exploitability));
    assert_eq!((first.name_id().as_str(), first.meaning_id().as_str()), ("cvss-attack-vector", "cvss-value-network"));

    // Scores from the NVD: CVE-2021-44228, CVE-2014-0160, CVE-2002-0392.
    assert_eq!(explain_cvss("AV:N/AC:M/Au:N/C:C/I:C/A:C").unwrap().score, Some(9.3));
    assert_eq!(explain_cvss("(AV:N/AC:L/Au:N/C:P/I:N/A:N)").unwrap().score, Some(5.0));
    assert_eq!(explain_cvss("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C").unwrap().score, Some(7.8));
    assert_eq!(explain_cvss("AV:L/AC:L/Au:N/C:N/I:N/A:N").unwrap().score, Some(0.0));
    let with_threat = explain_cvss("CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N/E:P/RL:O/MAV:N").unwrap();
    assert_eq!((with_threat.version, with_threat.score), (CvssVersion::V30, Some(2.2)));
    assert_eq!(with_threat.metrics.last().unwrap().meaning, "network");
    // From the examples of FIRST for version 4.0.
    let v4 = explain_cvss("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/U:Amber").unwrap();
    assert_eq!((v4.version, v4.score), (CvssVersion::V4, Some(10.0)));
    assert_eq!(v4.metrics.last().unwrap().meaning, "amber");
}

#[test]
fn invalid_vectors_are_rejected() {
    let invalid = [
        "",
        "10.0",
        "CVSS:3.1/",
        "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H",
        "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/ZZ:N",
        "AV:N/AC:L/Au:N/C:P/I:N",
    ];
    for vector in invalid {
        assert!(matches!(explain_cvss(vector), Err(FindingsError::BadVector(_))), "{vector}");
    }
}

#[test]
fn message_ids_are_distinct() {
    let ids = cvss_message_ids();
    assert!(ids.is_sorted_by(|a, b| a < b));
    for id in ["cvss-attack-vector", "cvss-authentication", "cvss-value-proof-of-concept", "cvss-automatable"] {
        assert!(ids.iter().any(|existing| existing == id), "{id}");
    }
}
