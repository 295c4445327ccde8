//! What is masked in a report that is shared, and in the result of a run. Recognizing and masking it is left to `redaction`.

use std::path::Path;

use redaction::{KnownValues, Redactor};
use serde_json::Value;

use super::ReportInput;
use crate::model::{access::Mode, plan::Plan, run_info::RunInfo};

/// The user of the practice cloud, who is no person, and whose name is a word of many texts.
const PRACTICE_USER: &str = "practice";

/// A redactor for what belongs to a run. `values` has the folders of this machine.
pub fn redactor(run: &RunInfo, values: KnownValues) -> Redactor {
    let plan = &run.plan;
    let mut kept: Vec<_> = [plan.filter.as_str(), &plan.tag, &plan.fixed_tag, &run.id.0].map(str::to_owned).into();
    kept.extend(Plan::default().repositories().map(str::to_owned));
    kept.extend((run.mode == Mode::Practice).then(|| PRACTICE_USER.to_owned()));
    let accounts = run.account.clone().into_iter().chain(values.accounts).collect();
    let kept = kept.into_iter().chain(values.kept).collect();
    let personal = prefixes(plan).chain(values.personal).collect();
    Redactor::new(KnownValues { accounts, kept, personal, ..values })
}

/// The prefixes of the plan's repositories, with their names: they are often the names of learners.
fn prefixes(plan: &Plan) -> impl Iterator<Item = (String, String)> {
    let usual = Plan::default();
    let prefix = |name: &str| {
        let usual = usual.repositories();
        let prefix = usual.into_iter().find_map(|usual| name.strip_suffix(usual))?;
        let prefix = prefix.trim_end_matches(|last: char| !last.is_alphanumeric());
        (!prefix.is_empty()).then(|| (prefix.to_owned(), name.to_owned()))
    };
    plan.repositories().map(prefix).into_iter().flatten().collect::<Vec<_>>().into_iter()
}

/// A redactor for what is about this machine, where no account is known. `data` is the data folder.
pub fn machine_redactor(data: &Path) -> Redactor {
    Redactor::new(KnownValues { home: std::env::home_dir(), data: Some(data.to_owned()), ..KnownValues::default() })
}

/// A redactor for what an explorer reads in a registry.
pub fn registry_redactor(account: &str, mode: Mode) -> Redactor {
    let kept = (mode == Mode::Practice).then(|| PRACTICE_USER.to_owned()).into_iter().collect();
    Redactor::new(KnownValues { accounts: vec![account.to_owned()], kept, ..KnownValues::default() })
}

impl ReportInput {
    /// The same report, with what identifies an account, a person or a machine masked in all of its texts.
    #[must_use]
    pub fn masked(mut self, values: KnownValues) -> Self {
        let mut redactor = redactor(&self.run, values);
        // The ARN of the caller is in a check of the first step; others are in the calls.
        for text in [serde_json::to_value(&self.run), serde_json::to_value(&self.transcript)] {
            redactor.learn_json(&text.unwrap_or(Value::Null));
        }
        self.redactor = redactor;
        self
    }
}
