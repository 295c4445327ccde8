//! The query protocol of IAM and STS: a form as request, XML as response.

use crate::service::Service;

const IAM_VERSION: &str = "2010-05-08";
const STS_VERSION: &str = "2011-06-15";

/// The form of a call.
#[derive(Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The values `NAME.member.1`, `NAME.member.2` and so on.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        (1..).map_while(|number| self.get(&format!("{name}.member.{number}"))).collect()
    }

    /// The service that the form is for: both are at the same path, but have different versions.
    pub(crate) fn service(&self) -> Option<Service> {
        match self.get("Version")? {
            IAM_VERSION => Some(Service::Iam),
            STS_VERSION => Some(Service::Sts),
            _ => None,
        }
    }
}

/// The XML namespace of a service.
pub(super) fn namespace(service: Service) -> String {
    match service {
        Service::Iam => format!("https://iam.amazonaws.com/doc/{IAM_VERSION}/"),
        _ => format!("https://sts.amazonaws.com/doc/{STS_VERSION}/"),
    }
}

/// The response body of an operation around the members of its result.
pub(super) fn envelope(service: Service, operation: &str, result: &str, request_id: &str) -> String {
    let namespace = namespace(service);
    format!(
        "<{operation}Response xmlns=\"{namespace}\">\n  <{operation}Result>\n{result}  </{operation}Result>\n  \
         <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</{operation}Response>\n"
    )
}

/// An element with a text.
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", quick_xml::escape::escape(text))
}

/// An element with others in it.
pub(crate) fn parent(name: &str, children: &str) -> String {
    format!("<{name}>\n{children}</{name}>\n")
}
