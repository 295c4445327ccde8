//! The rows of `docs/fidelity.toml`, and what each must have.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The name of the row for the operations that have none of their own.
pub(crate) const OTHERS: &str = "every other operation";

/// What is stated of an operation that is called faithful, and tested.
pub(crate) const ASPECTS: [&str; 4] = ["effect", "paging", "errors", "restart"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    pub(crate) fact: Vec<Fact>,
    pub(crate) operation: Vec<Operation>,
    #[serde(default)]
    pub(crate) may_be_skipped: Vec<Skippable>,
}

/// What the practice cloud, the engine or the lab takes for the behaviour of the real one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fact {
    #[serde(rename = "fact")]
    pub(crate) text: String,
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) tests: Vec<String>,
    /// Why no test shows it.
    pub(crate) why: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Documented,
    Inferred,
    Choice,
    Unverified,
    Deviation,
}

/// An operation of a service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    pub(crate) service: String,
    pub(crate) name: String,
    pub(crate) status: Fidelity,
    /// What is missing, or worth knowing.
    #[serde(default)]
    pub(crate) note: String,
    /// Tests through the SDK of what it does.
    #[serde(default)]
    pub(crate) effect: Vec<String>,
    #[serde(default)]
    pub(crate) paging: Vec<String>,
    #[serde(default)]
    pub(crate) errors: Vec<String>,
    #[serde(default)]
    pub(crate) restart: Vec<String>,
    /// Aspects that it does not have, with the reason.
    #[serde(default)]
    pub(crate) without: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fidelity {
    Faithful,
    Partly,
    Absent,
}

/// Tests that may leave themselves out, for a reason of `tests/skipped.txt`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Skippable {
    pub(crate) reason: String,
    pub(crate) tests: Vec<String>,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Inferred => "inferred",
            Self::Choice => "choice",
            Self::Unverified => "unverified",
            Self::Deviation => "deviation",
        }
    }
}

impl Fidelity {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Faithful => "faithful",
            Self::Partly => "partly",
            Self::Absent => "absent",
        }
    }
}

impl Operation {
    /// The tests of an aspect.
    pub(crate) fn tests_of(&self, aspect: &str) -> &[String] {
        match aspect {
            "effect" => &self.effect,
            "paging" => &self.paging,
            "errors" => &self.errors,
            "restart" => &self.restart,
            _ => &[],
        }
    }

    /// `ecr:CreateRepository`
    pub(crate) fn title(&self) -> String {
        format!("{}:{}", self.service, self.name)
    }

    fn problems(&self) -> Vec<String> {
        let title = self.title();
        let unknown = self.without.keys().filter(|aspect| !ASPECTS.contains(&aspect.as_str()));
        let mut problems: Vec<_> = unknown.map(|aspect| format!("{title}: {aspect} is not an aspect")).collect();
        match self.status {
            Fidelity::Faithful => problems.extend(
                ASPECTS
                    .into_iter()
                    .filter(|aspect| self.tests_of(aspect).is_empty() && !self.without.contains_key(*aspect))
                    .map(|aspect| format!("{title}: faithful, but nothing tests its {aspect}")),
            ),
            Fidelity::Partly | Fidelity::Absent if self.note.is_empty() => {
                problems.push(format!("{title}: {}, but nothing says what is missing", self.status.as_str()));
            }
            Fidelity::Partly if self.effect.is_empty() && self.errors.is_empty() => {
                problems.push(format!("{title}: nothing tests it"));
            }
            Fidelity::Partly | Fidelity::Absent => {}
        }
        problems
    }
}

impl Fact {
    fn problem(&self) -> Option<String> {
        let (fact, proved) = (&self.text, !self.tests.is_empty());
        match self.status {
            Status::Unverified if proved => Some(format!("{fact}: a test must not assert what is unverified")),
            Status::Unverified => None,
            _ if proved == self.why.is_some() => Some(format!("{fact}: name its tests, or say why there are none")),
            _ => None,
        }
    }
}

impl Rows {
    pub(crate) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Every test that a row names.
    pub(crate) fn tests(&self) -> impl Iterator<Item = &str> {
        let operations =
            self.operation.iter().flat_map(|row| ASPECTS.into_iter().flat_map(|aspect| row.tests_of(aspect)));
        let skippable = self.may_be_skipped.iter().flat_map(|row| &row.tests);
        self.fact.iter().flat_map(|row| &row.tests).chain(operations).chain(skippable).map(String::as_str)
    }

    /// What the rows lack by themselves.
    pub(crate) fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> = self.fact.iter().filter_map(Fact::problem).collect();
        problems.extend(self.operation.iter().flat_map(Operation::problems));
        problems
    }
}
