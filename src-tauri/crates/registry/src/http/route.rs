//! Routing. Repository names contain slashes and may contain any word of the API, so the last two or three segments of a
//! path decide.

/// A path below `/v2/`, split but not validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route<'a> {
    pub(super) name: &'a str,
    pub(super) endpoint: Endpoint<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
    /// `<name>/blobs/<digest>`
    Blob(&'a str),
    /// `<name>/blobs/uploads/`
    Uploads,
    /// `<name>/blobs/uploads/<id>`
    Upload(&'a str),
    /// `<name>/manifests/<reference>`
    Manifest(&'a str),
    /// `<name>/tags/list`
    Tags,
    /// `<name>/referrers/<digest>`
    Referrers(&'a str),
}

impl<'a> Route<'a> {
    pub(super) fn parse(path: &'a str) -> Option<Self> {
        let (head, last) = path.rsplit_once('/')?;
        let (name, word) = head.rsplit_once('/')?;
        let (name, endpoint) = match (word, last) {
            ("blobs", "uploads") => (name, Endpoint::Uploads),
            ("blobs", digest) => (name, Endpoint::Blob(digest)),
            ("manifests", reference) => (name, Endpoint::Manifest(reference)),
            ("referrers", digest) => (name, Endpoint::Referrers(digest)),
            ("tags", "list") => (name, Endpoint::Tags),
            ("uploads", id) => {
                let (name, "blobs") = name.rsplit_once('/')? else { return None };
                (name, if id.is_empty() { Endpoint::Uploads } else { Endpoint::Upload(id) })
            }
            _ => return None,
        };
        Some(Self { name, endpoint })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_of_no_endpoint_are_recognized() {
        for path in
            ["", "a", "a/b", "blobs/uploads/", "_catalog", "a/tags", "a/tags/other", "a/uploads/1", "manifests/x"]
        {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }

    /// Names made of the very words that the endpoints are made of.
    fn name() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["blobs", "uploads", "manifests", "tags", "list", "referrers", "a", "v2"]);
        prop::collection::vec(word, 1..5).prop_map(|words| words.join("/"))
    }

    proptest! {
        #[test]
        fn every_endpoint_of_every_name_is_read_back(name in name(), last in "[a-zA-Z0-9_][a-zA-Z0-9._:-]{0,12}") {
            prop_assume!(last != "uploads");
            let last = last.as_str();
            let cases = [
                (format!("{name}/blobs/{last}"), Endpoint::Blob(last)),
                (format!("{name}/blobs/uploads"), Endpoint::Uploads),
                (format!("{name}/blobs/uploads/"), Endpoint::Uploads),
                (format!("{name}/blobs/uploads/{last}"), Endpoint::Upload(last)),
                (format!("{name}/manifests/{last}"), Endpoint::Manifest(last)),
                (format!("{name}/manifests/uploads"), Endpoint::Manifest("uploads")),
                (format!("{name}/manifests/list"), Endpoint::Manifest("list")),
                (format!("{name}/referrers/{last}"), Endpoint::Referrers(last)),
                (format!("{name}/tags/list"), Endpoint::Tags),
            ];
            for (path, endpoint) in cases {
                prop_assert_eq!(Route::parse(&path), Some(Route { name: name.as_str(), endpoint }));
            }
        }

        #[test]
        fn no_path_makes_the_reader_panic(path in "[a-z/:%.]{0,40}") {
            if let Some(route) = Route::parse(&path) {
                prop_assert!(path.starts_with(route.name));
            }
        }
    }
}
