//! The definitions of the metrics and values of each version of CVSS, in the order of its specification
//! (<https://www.first.org/cvss/v2/guide>, `…/v3.1/specification-document`, `…/v4.0/specification-document`).

use crate::cvss::metric::{CvssVersion, Metric, MetricGroup};

pub(super) struct Definition {
    pub(super) group: MetricGroup,
    pub(super) need: Need,
    pub(super) id: &'static str,
    name: &'static str,
    values: Values,
}

/// Each value in a vector, and its meaning.
type Values = &'static [(&'static str, &'static str)];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Mandatory,
    Optional,
}

impl Definition {
    pub(super) fn with_value(&self, value: &str) -> Option<Metric> {
        self.all_values().find(|metric| metric.value == value)
    }

    pub(super) fn all_values(&self) -> impl Iterator<Item = Metric> + use<> {
        let (group, id, name) = (self.group, self.id, self.name);
        self.values.iter().map(move |&(value, meaning)| Metric { group, id, value, name, meaning })
    }
}

pub(super) fn of(version: CvssVersion) -> &'static [Definition] {
    match version {
        CvssVersion::V2 => V2,
        CvssVersion::V30 | CvssVersion::V31 => V3,
        CvssVersion::V4 => V4,
    }
}

const fn base(group: MetricGroup, id: &'static str, name: &'static str, values: Values) -> Definition {
    Definition { group, need: Need::Mandatory, id, name, values }
}

const fn optional(group: MetricGroup, id: &'static str, name: &'static str, values: Values) -> Definition {
    Definition { group, need: Need::Optional, id, name, values }
}

use MetricGroup::{Environmental, Exploitability, Impact, SubsequentImpact, Supplemental, Temporal, Threat};

const IMPACTS_V2: Values = &[("N", "none"), ("P", "partial"), ("C", "complete")];
const REQUIREMENTS_V2: Values = &[("L", "low"), ("M", "medium"), ("H", "high"), ("ND", "not-defined")];

const V2: &[Definition] = &[
    base(Exploitability, "AV", "access-vector", &[("L", "local"), ("A", "adjacent-network"), ("N", "network")]),
    base(Exploitability, "AC", "access-complexity", &[("H", "high"), ("M", "medium"), ("L", "low")]),
    base(Exploitability, "Au", "authentication", &[("M", "multiple"), ("S", "single"), ("N", "none")]),
    base(Impact, "C", "confidentiality-impact", IMPACTS_V2),
    base(Impact, "I", "integrity-impact", IMPACTS_V2),
    base(Impact, "A", "availability-impact", IMPACTS_V2),
    optional(
        Temporal,
        "E",
        "exploitability",
        &[("U", "unproven"), ("POC", "proof-of-concept"), ("F", "functional"), ("H", "high"), ("ND", "not-defined")],
    ),
    optional(
        Temporal,
        "RL",
        "remediation-level",
        &[
            ("OF", "official-fix"),
            ("TF", "temporary-fix"),
            ("W", "workaround"),
            ("U", "unavailable"),
            ("ND", "not-defined"),
        ],
    ),
    optional(
        Temporal,
        "RC",
        "report-confidence",
        &[("UC", "unconfirmed"), ("UR", "uncorroborated"), ("C", "confirmed"), ("ND", "not-defined")],
    ),
    optional(
        Environmental,
        "CDP",
        "collateral-damage-potential",
        &[
            ("N", "none"),
            ("L", "low"),
            ("LM", "low-medium"),
            ("MH", "medium-high"),
            ("H", "high"),
            ("ND", "not-defined"),
        ],
    ),
    optional(
        Environmental,
        "TD",
        "target-distribution",
        &[("N", "none"), ("L", "low"), ("M", "medium"), ("H", "high"), ("ND", "not-defined")],
    ),
    optional(Environmental, "CR", "confidentiality-requirement", REQUIREMENTS_V2),
    optional(Environmental, "IR", "integrity-requirement", REQUIREMENTS_V2),
    optional(Environmental, "AR", "availability-requirement", REQUIREMENTS_V2),
];

const VECTORS: Values = &[("N", "network"), ("A", "adjacent-network"), ("L", "local"), ("P", "physical")];
const COMPLEXITIES: Values = &[("L", "low"), ("H", "high")];
const PRIVILEGES: Values = &[("N", "none"), ("L", "low"), ("H", "high")];
const IMPACTS: Values = &[("H", "high"), ("L", "low"), ("N", "none")];
const REQUIREMENTS: Values = &[("X", "not-defined"), ("H", "high"), ("M", "medium"), ("L", "low")];
const MODIFIED_VECTORS: Values =
    &[("X", "not-defined"), ("N", "network"), ("A", "adjacent-network"), ("L", "local"), ("P", "physical")];
const MODIFIED_COMPLEXITIES: Values = &[("X", "not-defined"), ("L", "low"), ("H", "high")];
const MODIFIED_PRIVILEGES: Values = &[("X", "not-defined"), ("N", "none"), ("L", "low"), ("H", "high")];
const MODIFIED_IMPACTS: Values = &[("X", "not-defined"), ("H", "high"), ("L", "low"), ("N", "none")];

const V3: &[Definition] = &[
    base(Exploitability, "AV", "attack-vector", VECTORS),
    base(Exploitability, "AC", "attack-complexity", COMPLEXITIES),
    base(Exploitability, "PR", "privileges-required", PRIVILEGES),
    base(Exploitability, "UI", "user-interaction", &[("N", "none"), ("R", "required")]),
    base(Impact, "S", "scope", &[("U", "unchanged"), ("C", "changed")]),
    base(Impact, "C", "confidentiality-impact", IMPACTS),
    base(Impact, "I", "integrity-impact", IMPACTS),
    base(Impact, "A", "availability-impact", IMPACTS),
    optional(
        Temporal,
        "E",
        "exploit-code-maturity",
        &[("X", "not-defined"), ("H", "high"), ("F", "functional"), ("P", "proof-of-concept"), ("U", "unproven")],
    ),
    optional(
        Temporal,
        "RL",
        "remediation-level",
        &[
            ("X", "not-defined"),
            ("U", "unavailable"),
            ("W", "workaround"),
            ("T", "temporary-fix"),
            ("O", "official-fix"),
        ],
    ),
    optional(
        Temporal,
        "RC",
        "report-confidence",
        &[("X", "not-defined"), ("C", "confirmed"), ("R", "reasonable"), ("U", "unknown")],
    ),
    optional(Environmental, "CR", "confidentiality-requirement", REQUIREMENTS),
    optional(Environmental, "IR", "integrity-requirement", REQUIREMENTS),
    optional(Environmental, "AR", "availability-requirement", REQUIREMENTS),
    optional(Environmental, "MAV", "modified-attack-vector", MODIFIED_VECTORS),
    optional(Environmental, "MAC", "modified-attack-complexity", MODIFIED_COMPLEXITIES),
    optional(Environmental, "MPR", "modified-privileges-required", MODIFIED_PRIVILEGES),
    optional(
        Environmental,
        "MUI",
        "modified-user-interaction",
        &[("X", "not-defined"), ("N", "none"), ("R", "required")],
    ),
    optional(Environmental, "MS", "modified-scope", &[("X", "not-defined"), ("U", "unchanged"), ("C", "changed")]),
    optional(Environmental, "MC", "modified-confidentiality-impact", MODIFIED_IMPACTS),
    optional(Environmental, "MI", "modified-integrity-impact", MODIFIED_IMPACTS),
    optional(Environmental, "MA", "modified-availability-impact", MODIFIED_IMPACTS),
];

const MODIFIED_SAFETY_IMPACTS: Values =
    &[("X", "not-defined"), ("S", "safety"), ("H", "high"), ("L", "low"), ("N", "negligible")];

const V4: &[Definition] = &[
    base(Exploitability, "AV", "attack-vector", VECTORS),
    base(Exploitability, "AC", "attack-complexity", COMPLEXITIES),
    base(Exploitability, "AT", "attack-requirements", &[("N", "none"), ("P", "present")]),
    base(Exploitability, "PR", "privileges-required", PRIVILEGES),
    base(Exploitability, "UI", "user-interaction", &[("N", "none"), ("P", "passive"), ("A", "active")]),
    base(Impact, "VC", "vulnerable-confidentiality", IMPACTS),
    base(Impact, "VI", "vulnerable-integrity", IMPACTS),
    base(Impact, "VA", "vulnerable-availability", IMPACTS),
    base(SubsequentImpact, "SC", "subsequent-confidentiality", IMPACTS),
    base(SubsequentImpact, "SI", "subsequent-integrity", IMPACTS),
    base(SubsequentImpact, "SA", "subsequent-availability", IMPACTS),
    optional(
        Threat,
        "E",
        "exploit-maturity",
        &[("X", "not-defined"), ("A", "attacked"), ("P", "proof-of-concept"), ("U", "unreported")],
    ),
    optional(Environmental, "CR", "confidentiality-requirement", REQUIREMENTS),
    optional(Environmental, "IR", "integrity-requirement", REQUIREMENTS),
    optional(Environmental, "AR", "availability-requirement", REQUIREMENTS),
    optional(Environmental, "MAV", "modified-attack-vector", MODIFIED_VECTORS),
    optional(Environmental, "MAC", "modified-attack-complexity", MODIFIED_COMPLEXITIES),
    optional(
        Environmental,
        "MAT",
        "modified-attack-requirements",
        &[("X", "not-defined"), ("N", "none"), ("P", "present")],
    ),
    optional(Environmental, "MPR", "modified-privileges-required", MODIFIED_PRIVILEGES),
    optional(
        Environmental,
        "MUI",
        "modified-user-interaction",
        &[("X", "not-defined"), ("N", "none"), ("P", "passive"), ("A", "active")],
    ),
    optional(Environmental, "MVC", "modified-vulnerable-confidentiality", MODIFIED_IMPACTS),
    optional(Environmental, "MVI", "modified-vulnerable-integrity", MODIFIED_IMPACTS),
    optional(Environmental, "MVA", "modified-vulnerable-availability", MODIFIED_IMPACTS),
    optional(
        Environmental,
        "MSC",
        "modified-subsequent-confidentiality",
        &[("X", "not-defined"), ("H", "high"), ("L", "low"), ("N", "negligible")],
    ),
    optional(Environmental, "MSI", "modified-subsequent-integrity", MODIFIED_SAFETY_IMPACTS),
    optional(Environmental, "MSA", "modified-subsequent-availability", MODIFIED_SAFETY_IMPACTS),
    optional(Supplemental, "S", "safety", &[("X", "not-defined"), ("N", "negligible"), ("P", "present")]),
    optional(Supplemental, "AU", "automatable", &[("X", "not-defined"), ("N", "no"), ("Y", "yes")]),
    optional(
        Supplemental,
        "R",
        "recovery",
        &[("X", "not-defined"), ("A", "automatic"), ("U", "user"), ("I", "irrecoverable")],
    ),
    optional(Supplemental, "V", "value-density", &[("X", "not-defined"), ("D", "diffuse"), ("C", "concentrated")]),
    optional(
        Supplemental,
        "RE",
        "response-effort",
        &[("X", "not-defined"), ("L", "low"), ("M", "moderate"), ("H", "high")],
    ),
    optional(
        Supplemental,
        "U",
        "provider-urgency",
        &[("X", "not-defined"), ("Clear", "clear"), ("Green", "green"), ("Amber", "amber"), ("Red", "red")],
    ),
];
