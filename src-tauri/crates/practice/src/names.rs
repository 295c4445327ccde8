//! ARNs, registry names, repository addresses, and the host names that the practice cloud serves.

use std::net::SocketAddr;

use crate::config::{ACCOUNT, Addressing};

/// The public registry's host name.
pub(crate) const PUBLIC: &str = "public.ecr.aws";

/// The names of one practice cloud.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) region: String,
    pub(crate) addressing: Addressing,
    pub(crate) private: SocketAddr,
    pub(crate) public: SocketAddr,
}

impl Names {
    /// The endpoint of ECR, Inspector, IAM and STS: `http://127.0.0.1:<port>`.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.private)
    }

    /// `123456789012.dkr.ecr.<region>.amazonaws.com`
    pub(crate) fn registry(&self) -> String {
        format!("{ACCOUNT}.dkr.ecr.{}.amazonaws.com", self.region)
    }

    pub(crate) fn repository_uri(&self, name: &str) -> String {
        match self.addressing {
            Addressing::AwsNames => format!("{}/{name}", self.registry()),
            Addressing::Loopback => format!("{}/{name}", self.private),
        }
    }

    /// The address for `docker login`.
    pub(crate) fn proxy_endpoint(&self) -> String {
        match self.addressing {
            Addressing::AwsNames => format!("https://{}", self.registry()),
            Addressing::Loopback => format!("http://{}", self.private),
        }
    }

    pub(crate) fn repository_arn(&self, name: &str) -> String {
        format!("arn:aws:ecr:{}:{ACCOUNT}:repository/{name}", self.region)
    }

    /// An image's id as a resource of Inspector: `<repository ARN>/sha256:<digest>`.
    pub(crate) fn image_arn(&self, repository: &str, digest: &str) -> String {
        format!("{}/{digest}", self.repository_arn(repository))
    }

    /// The repository that an ARN of this region and account names.
    pub(crate) fn repository_of_arn<'a>(&self, arn: &'a str) -> Option<&'a str> {
        arn.strip_prefix(&self.repository_arn(""))
    }

    pub(crate) fn finding_arn(&self, id: &str) -> String {
        format!("arn:aws:inspector2:{}:{ACCOUNT}:finding/{id}", self.region)
    }

    /// The ARN of a filter that the account keeps.
    pub(crate) fn filter_arn(&self, id: &str) -> String {
        format!("arn:aws:inspector2:{}:{ACCOUNT}:owner/{ACCOUNT}/filter/{id}", self.region)
    }

    /// Whether a `Host` is this machine or a name that the practice cloud serves. A web page whose host name was
    /// rebound to 127.0.0.1 sends that name, and is rejected.
    pub(crate) fn answers_to(&self, host: &str) -> bool {
        let name = local_server::without_port(host).to_ascii_lowercase();
        is_loopback(&name) || name == PUBLIC || name == self.registry() || self.is_endpoint(&name)
    }

    fn is_endpoint(&self, name: &str) -> bool {
        let regional = format!(".{}.amazonaws.com", self.region);
        matches!(name.strip_suffix(&regional), Some("api.ecr" | "ecr" | "inspector2" | "sts"))
            || matches!(name, "sts.amazonaws.com" | "iam.amazonaws.com" | "api.ecr-public.us-east-1.amazonaws.com")
    }
}

/// The ARN of the practice user.
pub(crate) fn user_arn() -> String {
    format!("arn:aws:iam::{ACCOUNT}:user/practice")
}

/// Docker Desktop's name for the host is in the hosts file, so a web page cannot rebind it.
fn is_loopback(name: &str) -> bool {
    name == "host.docker.internal" || local_server::is_loopback(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names {
            region: "ap-northeast-2".into(),
            addressing: Addressing::AwsNames,
            private: "127.0.0.1:5000".parse().unwrap(),
            public: "127.0.0.1:5001".parse().unwrap(),
        }
    }

    #[test]
    fn only_loopback_and_the_clouds_own_names_are_served() {
        for host in [
            "127.0.0.1:5000",
            "localhost",
            "[::1]:80",
            "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com",
            "api.ecr.ap-northeast-2.amazonaws.com:443",
            "public.ecr.aws",
        ] {
            assert!(names().answers_to(host), "{host}");
        }
        for host in ["evil.example", "evil.example:5000", "1.2.3.4", "evil.amazonaws.com", "127.0.0.1.evil.example", ""]
        {
            assert!(!names().answers_to(host), "{host}");
        }
    }

    #[test]
    fn an_arn_of_another_region_names_no_repository() {
        let arn = names().repository_arn("a/b");
        assert_eq!(names().repository_of_arn(&arn), Some("a/b"));
        assert_eq!(names().repository_of_arn("arn:aws:ecr:us-east-1:123456789012:repository/a"), None);
    }
}
