//! What the registry was before any run of the lab, as tags of repositories: it is then known where the session is lost, and
//! to runs that begin while another one is under way. Which repositories have the tags is left to `cloud/runs.rs`.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    model::{
        run_id::RunId,
        scanning_configuration::{ScanningConfiguration, ScanningRule},
    },
    pushed_record,
    scanning::InspectorStatus,
    session::ledger::PushedTag,
};

/// The key of the tag that holds the id of the run that created a repository.
pub(crate) const RUN_TAG: &str = "imagelab:run";
/// The tag that marks a repository as part of this lab.
const LAB_TAG: (&str, &str) = ("imagelab:lab", "image-security");
/// The tag of a repository that was kept when its run was cleaned up: the run no longer uses the registry's configuration.
pub(crate) const FINISHED_TAG: (&str, &str) = ("imagelab:finished", "yes");
/// The value of that tag where the run no longer uses the registry's configuration, and something else is still open.
pub(crate) const ONLY_REGISTRY: &str = "registry";
const FILTER_TAG: &str = "imagelab:filter";
const BEFORE_TAG: &str = "imagelab:before";
/// What the setting `BLOB_MOUNTING` was before the run changed it.
const BLOB_MOUNTING_TAG: &str = "imagelab:blob-mounting";
/// The value of that tag where the setting was put back: what it is since is not this run's.
const PUT_BACK: &str = "put-back";
/// What the run has pushed.
const PUSHED_TAG: &str = "imagelab:pushed";
/// The longest value of a tag.
const LONGEST: usize = 256;
/// The most tags of a repository that ECR allows.
const ALL_TAGS: usize = 50;
/// The most tags of what a run has pushed. Of images beyond that it is not known who made them.
const MOST_PUSHED_TAGS: usize = 8;
/// The most tags of a former state: all others but those of what was pushed need six.
const MOST_TAGS: usize = ALL_TAGS - MOST_PUSHED_TAGS - 6;

/// The registry before any run of the lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FormerState {
    pub(crate) configuration: ScanningConfiguration,
    pub(crate) inspector: InspectorStatus,
}

/// As it is written: short, because tags are.
#[derive(Serialize, Deserialize)]
struct Written {
    t: String,
    r: Vec<(String, Vec<String>)>,
    i: InspectorStatus,
}

impl FormerState {
    /// Whether the runs of the lab turned Inspector on. It comes with enhanced scanning: where that was on before, it stays on.
    pub(crate) fn is_inspector_turned_on(&self) -> bool {
        self.inspector.is_off() && !self.configuration.is_enhanced()
    }

    fn encode(&self) -> Option<String> {
        let rules = self.configuration.rules.iter().map(|rule| (rule.frequency.clone(), rule.filters.clone()));
        let written =
            Written { t: self.configuration.scan_type.clone(), r: rules.collect(), i: self.inspector.clone() };
        serde_json::to_vec(&written).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
    }

    fn decode(text: &str) -> Option<Self> {
        let written: Written = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let rules = written.r.into_iter().map(|(frequency, filters)| ScanningRule { frequency, filters });
        Some(Self {
            configuration: ScanningConfiguration { scan_type: written.t, rules: rules.collect() },
            inspector: written.i,
        })
    }
}

/// The tags of the repositories that a run creates. A former state that needs too many tags is left out.
pub(crate) fn tags(run: &RunId, filter: &str, former: Option<&FormerState>) -> BTreeMap<String, String> {
    let mut tags = run_tags(run);
    // A filter may have characters that a tag may not.
    tags.extend(parts(FILTER_TAG, &URL_SAFE_NO_PAD.encode(filter)));
    if let Some(text) = former.and_then(FormerState::encode).filter(|text| text.len() <= MOST_TAGS * LONGEST) {
        tags.extend(parts(BEFORE_TAG, &text));
    }
    tags
}

/// The tags without which a repository is not the run's.
pub(crate) fn run_tags(run: &RunId) -> BTreeMap<String, String> {
    [(RUN_TAG, run.0.as_str()), LAB_TAG].map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

/// The tags of what a run has pushed, to be added to those that are present; `None` if they are too many. Of a run of version 0.1.0
/// the former state may take almost all of them.
pub(crate) fn pushed_tags<'a>(
    pushes: impl IntoIterator<Item = &'a PushedTag>,
    present: &BTreeMap<String, String>,
) -> Option<BTreeMap<String, String>> {
    let text = pushed_record::encode(pushes).unwrap_or_default();
    let tags: BTreeMap<_, _> = parts(PUSHED_TAG, &text).collect();
    // One is left for the mark of a finished run.
    let keys = present.keys().chain(tags.keys()).map(String::as_str).chain([FINISHED_TAG.0]);
    let all = keys.collect::<BTreeSet<_>>().len();
    (tags.len() <= MOST_PUSHED_TAGS && all <= ALL_TAGS).then_some(tags)
}

/// The tag that says what `BLOB_MOUNTING` was before a run changed it, or, with `None`, that it was put back.
pub(crate) fn blob_mounting_tag(before: Option<&str>) -> BTreeMap<String, String> {
    [(BLOB_MOUNTING_TAG.to_owned(), before.unwrap_or(PUT_BACK).to_owned())].into()
}

fn parts<'a>(key: &'a str, text: &'a str) -> impl Iterator<Item = (String, String)> + 'a {
    let chunks = text.as_bytes().chunks(LONGEST);
    chunks.enumerate().map(move |(at, part)| (format!("{key}-{}", at + 1), String::from_utf8_lossy(part).into_owned()))
}

fn joined(tags: &BTreeMap<String, String>, key: &str) -> Option<String> {
    let parts: String = (1..=ALL_TAGS).map_while(|at| tags.get(&format!("{key}-{at}")).map(String::as_str)).collect();
    (!parts.is_empty()).then_some(parts)
}

/// What the tags of a repository of the lab say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunTags {
    pub(crate) run: RunId,
    /// The run's filter; `None` if it is not known.
    pub(crate) filter: Option<String>,
    /// `None` if it is missing or incomplete.
    pub(crate) former: Option<FormerState>,
    /// What it has recorded of its pushes.
    pub(crate) pushed: Vec<PushedTag>,
    /// What `BLOB_MOUNTING` was before it, if the run has changed it and not put it back.
    pub(crate) blob_mounting: Option<String>,
    /// The run was cleaned up, and the repository kept.
    pub(crate) finished: bool,
    /// The run no longer uses the registry's configuration, even if it is not finished.
    pub(crate) settled: bool,
}

impl RunTags {
    /// `None` for a repository that no run created.
    pub(crate) fn read(tags: &BTreeMap<String, String>) -> Option<Self> {
        let run = RunId(tags.get(RUN_TAG)?.clone());
        let filter = joined(tags, FILTER_TAG).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        Some(Self {
            run,
            filter: filter.and_then(|bytes| String::from_utf8(bytes).ok()),
            former: joined(tags, BEFORE_TAG).and_then(|text| FormerState::decode(&text)),
            pushed: joined(tags, PUSHED_TAG).and_then(|text| pushed_record::decode(&text)).unwrap_or_default(),
            blob_mounting: tags.get(BLOB_MOUNTING_TAG).filter(|value| *value != PUT_BACK).cloned(),
            finished: tags.get(FINISHED_TAG.0).is_some_and(|value| value == FINISHED_TAG.1),
            settled: tags.contains_key(FINISHED_TAG.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn former(filters: usize) -> FormerState {
        let filters = (0..filters).map(|at| format!("team-{at}/*-prod")).collect();
        let rules = vec![ScanningRule { frequency: "SCAN_ON_PUSH".to_owned(), filters }];
        FormerState {
            configuration: ScanningConfiguration { scan_type: "BASIC".to_owned(), rules },
            inspector: InspectorStatus("DISABLED".to_owned()),
        }
    }

    #[test]
    fn the_former_state_is_read_from_the_tags_it_was_written_to() {
        let run = RunId("0000".to_owned());
        for filters in [0, 1, 100] {
            let tags = tags(&run, "team/*-prod", Some(&former(filters)));
            assert!(tags.values().all(|value| value.len() <= 256) && tags.len() <= 50, "{tags:?}");
            let legal = |c: char| c.is_ascii_alphanumeric() || "+-=._:/@".contains(c);
            assert!(tags.values().all(|value| value.chars().all(legal)), "{tags:?}");
            let read = RunTags::read(&tags).unwrap();
            assert_eq!((read.former, read.filter.as_deref()), (Some(former(filters)), Some("team/*-prod")));
        }
    }

    #[test]
    fn what_was_pushed_is_not_recorded_where_there_is_no_room_for_it() {
        let push = |at: usize| PushedTag {
            repository: format!("a-{at}"),
            tag: "latest".to_owned(),
            pushed: vec![format!("sha256:{at:064}")],
            ..PushedTag::default()
        };
        let pushes: Vec<_> = (0..40).map(push).collect();
        let present = |count: usize| (0..count).map(|at| (format!("imagelab:before-{at}"), String::new())).collect();
        assert_eq!(pushed_tags(&pushes[..1], &present(48)).unwrap().len(), 1);
        assert_eq!(pushed_tags(&pushes[..1], &present(49)), None);
        assert_eq!(pushed_tags(&[], &present(49)), Some(BTreeMap::new()));
        assert_eq!(pushed_tags(&pushes, &present(3)), None);
        // What is there already takes no more room.
        let mut written: BTreeMap<_, _> = present(48);
        written.extend(pushed_tags(&pushes[..1], &written).unwrap());
        assert!(pushed_tags(&pushes[..1], &written).is_some());
    }

    #[test]
    fn a_setting_that_was_put_back_is_not_put_back_again() {
        let run = RunId("0000".to_owned());
        let read = |before| {
            let tags = run_tags(&run).into_iter().chain(blob_mounting_tag(before)).collect();
            RunTags::read(&tags).unwrap().blob_mounting
        };
        assert_eq!((read(Some("DISABLED")), read(None)), (Some("DISABLED".to_owned()), None));
        assert_eq!(RunTags::read(&run_tags(&run)).unwrap().blob_mounting, None);
    }

    #[test]
    fn a_missing_part_makes_it_unknown_and_what_is_too_long_is_not_written() {
        let run = RunId("0000".to_owned());
        let mut incomplete = tags(&run, "prod", Some(&former(100)));
        assert!(incomplete.len() > 6);
        incomplete.remove("imagelab:before-2");
        assert_eq!(RunTags::read(&incomplete).unwrap().former, None);
        let too_long = tags(&run, "prod", Some(&former(1000)));
        assert_eq!((RunTags::read(&too_long).unwrap().former, too_long.len()), (None, 3));
    }
}
