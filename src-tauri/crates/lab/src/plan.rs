//! What one run will make: names, filter, images. The defaults are the lesson's.

use serde::{Deserialize, Serialize};

/// What one run will make. The defaults are the lesson's.
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
    /// Whether the scanning rules that stand in the registry are kept beside the lab's own.
    pub keep_rules: bool,
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
            keep_rules: false,
        }
    }
}

impl Plan {
    /// The three repositories, in the lesson's order.
    pub fn repositories(&self) -> [&str; 3] {
        [&self.prod, &self.sandbox, &self.shared]
    }
}
