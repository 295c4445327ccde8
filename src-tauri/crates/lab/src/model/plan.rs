//! What one run will make: names, filter, images. The defaults are the lesson's.

use oci::Reference;
use serde::{Deserialize, Serialize};

use crate::{
    filters,
    model::{
        code::Code,
        problem::{LabError, Problem},
        run_id::RunId,
    },
};

/// The longest name of a repository.
const LONGEST_NAME: usize = 256;
/// The longest name of a repository that images are pushed to. Image engines refuse a name of more than 255 characters with the
/// registry's host, of which the longest is `123456789012.dkr.ecr-fips.us-gov-east-1.amazonaws.com/`; some are left for Regions to come.
const LONGEST_PUSHED: usize = 255 - 55;
/// The length of `-imagelab-` and a run's id.
const RECORD_SUFFIX: usize = 22;

/// What one run will make. The defaults are the lesson's.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Plan {
    /// The filter of the scanning rule, of type WILDCARD.
    pub filter: String,
    /// The watched repository.
    pub prod: String,
    /// The same image, unwatched.
    pub sandbox: String,
    /// A third one, unwatched, that stays empty.
    pub shared: String,
    /// The vulnerable image, as `host/path:tag`.
    pub image: String,
    /// The tag that it is pushed under.
    pub tag: String,
    /// The patched image, as `host/path:tag`.
    pub fixed_image: String,
    /// The tag that the patched image is pushed under; never [`Plan::tag`].
    pub fixed_tag: String,
    /// The one platform that is pulled and pushed, as `os/architecture`.
    pub platform: String,
    /// Whether the registry's existing scanning rules are kept beside the lab's own. Where they are dropped, repositories lose
    /// scanning until clean-up, and their closed findings may not come back.
    pub keep_rules: bool,
    /// Whether a tag that another user's image has is moved to the lab's image until clean-up. Otherwise the push is refused.
    pub move_tags: bool,
    /// Whether layers are mounted from one repository into another until clean-up, so that the second push sends none. The lab
    /// turns that on in the practice cloud only; for an AWS account it shows the command.
    pub share_layers: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            filter: "prod".to_owned(),
            prod: "eks-security-prod".to_owned(),
            sandbox: "eks-security-sandbox".to_owned(),
            shared: "eks-security-shared".to_owned(),
            image: "public.ecr.aws/docker/library/neo4j:4.4.0".to_owned(),
            tag: "latest".to_owned(),
            fixed_image: "public.ecr.aws/docker/library/neo4j:4.4.48".to_owned(),
            fixed_tag: "4.4.48".to_owned(),
            platform: "linux/amd64".to_owned(),
            keep_rules: true,
            move_tags: false,
            share_layers: false,
        }
    }
}

impl Plan {
    /// The three repositories, in the lesson's order.
    pub fn repositories(&self) -> [&str; 3] {
        [&self.prod, &self.sandbox, &self.shared]
    }

    /// The repository that a run creates where all of the plan's are there already: it keeps the record of what the registry was, and
    /// stays empty. Of an id that may be any, `*`, it is a pattern for policies.
    pub(crate) fn record_repository(&self, run: &RunId) -> String {
        let suffix = format!("-imagelab-{run}");
        // A pattern has the same beginning as the names of the ids that it is for.
        let longest = LONGEST_NAME.saturating_sub(suffix.len().max(RECORD_SUFFIX));
        let name: String = self.shared.chars().take(longest).collect();
        // A shorter name may end in a separator, which two of cannot follow each other.
        name.trim_end_matches(|last: char| !last.is_ascii_alphanumeric()).to_owned() + &suffix
    }

    /// The same plan with a prefix before the names of its repositories, so that several learners can share a registry. A prefix that
    /// ends in a letter or a digit is joined to the names by `-`.
    #[must_use]
    pub fn with_prefix(mut self, prefix: &str) -> Self {
        let joint = if prefix.ends_with(|last: char| last.is_ascii_alphanumeric()) { "-" } else { "" };
        for name in [&mut self.prod, &mut self.sandbox, &mut self.shared] {
            *name = [prefix, joint, name].concat();
        }
        self
    }

    /// The two images.
    ///
    /// # Errors
    ///
    /// Problem `plan-image`.
    pub(crate) fn image_references(&self) -> Result<ImageReferences, LabError> {
        Ok(ImageReferences { vulnerable: image_reference(&self.image)?, fixed: image_reference(&self.fixed_image)? })
    }

    /// Whether the plan can work at all.
    ///
    /// # Errors
    ///
    /// Problem `plan-repository`, `plan-repository-long`, `plan-same-names`, `plan-filter`, `plan-filter-misses`, `plan-filter-catches`,
    /// `plan-image`, `plan-tag`, `plan-same-tags` or `plan-platform`.
    pub fn validate(&self) -> Result<(), LabError> {
        let names = self.repositories();
        if let Some(name) = names.into_iter().find(|name| !is_repository(name)) {
            return refuse(Problem::new(Code::PlanRepository).with("name", name));
        }
        // The third one is not pushed to.
        if let Some(name) = names[..2].iter().find(|name| name.len() > LONGEST_PUSHED) {
            let problem = Problem::new(Code::PlanRepositoryLong).with("name", *name).with("length", name.len());
            return refuse(problem.with("most", LONGEST_PUSHED));
        }
        if names[0] == names[1] || names[1] == names[2] || names[0] == names[2] {
            return refuse(Problem::new(Code::PlanSameNames));
        }
        if !filters::is_valid(&self.filter) {
            return refuse(Problem::new(Code::PlanFilter).with("filter", &self.filter));
        }
        if !filters::matches(&self.filter, &self.prod) {
            return refuse(Problem::new(Code::PlanFilterMisses).with("filter", &self.filter).with("name", &self.prod));
        }
        if let Some(name) = names[1..].iter().find(|name| filters::matches(&self.filter, name)) {
            return refuse(Problem::new(Code::PlanFilterCatches).with("filter", &self.filter).with("name", *name));
        }
        self.image_references()?;
        if let Some(tag) = [&self.tag, &self.fixed_tag].into_iter().find(|tag| !oci::is_tag(tag)) {
            return refuse(Problem::new(Code::PlanTag).with("tag", tag));
        }
        if self.tag == self.fixed_tag {
            return refuse(Problem::new(Code::PlanSameTags).with("tag", &self.tag));
        }
        if !is_platform(&self.platform) {
            return refuse(Problem::new(Code::PlanPlatform).with("platform", &self.platform));
        }
        Ok(())
    }
}

/// The images of a plan, as parsed.
#[derive(Clone, Debug)]
pub(crate) struct ImageReferences {
    /// [`Plan::image`].
    pub(crate) vulnerable: Reference,
    /// [`Plan::fixed_image`].
    pub(crate) fixed: Reference,
}

fn refuse(problem: Problem) -> Result<(), LabError> {
    Err(problem.into())
}

/// ECR's rule: runs of lowercase letters and digits joined by `.`, `_`, `__` or any number of `-`, in segments joined by
/// `/`; 2 to 256 characters.
fn is_repository(name: &str) -> bool {
    (2..=LONGEST_NAME).contains(&name.len()) && name.split('/').all(is_segment)
}

fn is_segment(segment: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let separators = segment.split(plain).filter(|between| !between.is_empty());
    segment.starts_with(plain)
        && segment.ends_with(plain)
        && separators
            .into_iter()
            .all(|between| matches!(between, "." | "_" | "__") || between.bytes().all(|byte| byte == b'-'))
}

/// A reference of an image to pull: with a tag or a digest, and a port that exists.
fn image_reference(image: &str) -> Result<Reference, LabError> {
    let is_specific = |reference: &Reference| reference.tag.is_some() || reference.digest.is_some();
    Reference::parse(image)
        .ok()
        .filter(|reference| is_specific(reference) && reference.repository.has_valid_port())
        .ok_or_else(|| Problem::new(Code::PlanImage).with("image", image).into())
}

/// `os/architecture` or `os/architecture/variant`
fn is_platform(platform: &str) -> bool {
    let parts: Vec<_> = platform.split('/').collect();
    let word = |part: &&str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    (2..=3).contains(&parts.len()) && parts.iter().all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_for_the_record_has_a_valid_name_of_the_run() {
        let run = RunId("0123456789ab".to_owned());
        assert_eq!(Plan::default().record_repository(&run), "eks-security-shared-imagelab-0123456789ab");
        for shared in ["a".repeat(256), ["a".repeat(233), "--".to_owned(), "b".repeat(21)].concat()] {
            let name = Plan { shared, ..Plan::default() }.record_repository(&run);
            assert!(is_repository(&name) && name.ends_with("a-imagelab-0123456789ab"), "{name}");
        }
    }

    fn code(change: impl FnOnce(&mut Plan)) -> Option<Code> {
        let mut plan = Plan::default();
        change(&mut plan);
        match plan.validate() {
            Ok(()) => None,
            Err(LabError::Problem(problem)) => Some(problem.code),
            Err(other) => unreachable!("{other}"),
        }
    }

    #[test]
    fn the_lessons_plan_works() {
        assert_eq!(code(|_| ()), None);
    }

    #[test]
    fn a_prefix_comes_before_every_name() {
        let plan = Plan::default().with_prefix("kim");
        assert_eq!(
            plan.repositories(),
            ["kim-eks-security-prod", "kim-eks-security-sandbox", "kim-eks-security-shared"]
        );
        assert_eq!(Plan::default().with_prefix("class/").prod, "class/eks-security-prod");
        assert_eq!(code(|plan| *plan = plan.clone().with_prefix("kim")), None);
        assert_eq!(code(|plan| *plan = plan.clone().with_prefix("Kim")), Some(Code::PlanRepository));
        // A prefix that the filter matches has all three scanned.
        assert_eq!(code(|plan| *plan = plan.clone().with_prefix("prod")), Some(Code::PlanFilterCatches));
    }

    #[test]
    fn repositories_are_named_by_amazons_rule() {
        for name in ["eks/security-prod", "prod--b", "prod.a_b__c", "a/b/prod", &format!("prod{}", "a".repeat(196))] {
            assert_eq!(code(|plan| name.clone_into(&mut plan.prod)), None, "{name}");
        }
        for name in
            ["p", "Prod", "prod-", "-prod", "prod..a", "prod___a", "prod._a", "a//prod", "prod/", "prod a", "prodé"]
        {
            assert_eq!(code(|plan| name.clone_into(&mut plan.prod)), Some(Code::PlanRepository), "{name}");
        }
        assert_eq!(code(|plan| plan.shared.clone_from(&plan.sandbox)), Some(Code::PlanSameNames));
    }

    #[test]
    fn a_name_that_no_engine_can_push_to_is_refused_with_the_plan() {
        let fips = "123456789012.dkr.ecr-fips.us-gov-east-1.amazonaws.com";
        let longest = format!("prod{}", "a".repeat(LONGEST_PUSHED - 4));
        assert!(Reference::parse(&format!("{fips}/{longest}:latest")).is_ok());
        assert_eq!(code(|plan| plan.prod.clone_from(&longest)), None);
        let long = |name: &str| format!("{name}{}", "a".repeat(LONGEST_PUSHED));
        assert_eq!(code(|plan| plan.prod = long("prod")), Some(Code::PlanRepositoryLong));
        assert_eq!(code(|plan| plan.sandbox = long("dev")), Some(Code::PlanRepositoryLong));
        assert_eq!(code(|plan| *plan = plan.clone().with_prefix(&"a".repeat(190))), Some(Code::PlanRepositoryLong));
        // Nothing is pushed to the third one.
        assert_eq!(code(|plan| plan.shared = "a".repeat(256)), None);
        assert_eq!(code(|plan| plan.shared = "a".repeat(257)), Some(Code::PlanRepository));
    }

    #[test]
    fn the_filter_watches_prod_and_nothing_else() {
        assert_eq!(code(|plan| "*-prod".clone_into(&mut plan.filter)), None);
        assert_eq!(code(|plan| "prod-".clone_into(&mut plan.filter)), Some(Code::PlanFilter));
        assert_eq!(code(|plan| "prod*".clone_into(&mut plan.filter)), Some(Code::PlanFilterMisses));
        assert_eq!(code(|plan| "eks".clone_into(&mut plan.filter)), Some(Code::PlanFilterCatches));
    }

    #[test]
    fn images_need_a_tag_or_a_digest() {
        let digest = format!("neo4j@sha256:{}", "a".repeat(64));
        for image in ["neo4j:4.4.0", "localhost/neo4j:1", "127.0.0.1:5000/a/b:x", "[::1]", digest.as_str()] {
            let expected = if image == "[::1]" { Some(Code::PlanImage) } else { None };
            assert_eq!(code(|plan| image.clone_into(&mut plan.image)), expected, "{image}");
        }
        for image in ["neo4j", "public.ecr.aws/neo4j", "a:b:c", "Neo4j:1", "host:99999/a:1", "a@sha256:12", "", ":1"] {
            assert_eq!(code(|plan| image.clone_into(&mut plan.fixed_image)), Some(Code::PlanImage), "{image}");
        }
    }

    #[test]
    fn tags_and_platform_are_well_formed() {
        assert_eq!(code(|plan| "-x".clone_into(&mut plan.tag)), Some(Code::PlanTag));
        assert_eq!(code(|plan| "a".repeat(129).clone_into(&mut plan.fixed_tag)), Some(Code::PlanTag));
        assert_eq!(code(|plan| plan.fixed_tag.clone_from(&plan.tag)), Some(Code::PlanSameTags));
        assert_eq!(code(|plan| "linux/arm64/v8".clone_into(&mut plan.platform)), None);
        assert_eq!(code(|plan| "linux".clone_into(&mut plan.platform)), Some(Code::PlanPlatform));
    }
}
