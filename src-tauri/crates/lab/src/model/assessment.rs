//! What a scan says of itself that it did not assess: in the description of its status, where the service gives one. What was not
//! assessed may hold anything, so that nothing may be called absent from it.

/// Begin the sentences about what was not looked into at all.
const UNASSESSED: &[&str] = &[
    "Operating system: not assessed",
    "JARs that cannot be identified:",
    "Files that cannot be read:",
    "Parts of the image were left out:",
];

/// Is in the sentence about packages of which the catalogue knows nothing.
const UNKNOWN_PACKAGES: &str = "the catalogue does not have";

/// A description, if it says that something was not assessed.
pub(crate) fn gaps(description: &str) -> Option<String> {
    let says = is_partial(description) || description.contains(UNKNOWN_PACKAGES);
    says.then(|| description.to_owned())
}

/// Whether the image may have a vulnerability that the scan has not found, because it did not look everywhere.
pub(crate) fn is_partial(description: &str) -> bool {
    UNASSESSED.iter().any(|sentence| description.contains(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_not_looked_into_leaves_room_for_a_vulnerability() {
        for partial in [
            "Operating system: not assessed (no file identifies it).",
            "Packages: 1, of which the catalogue does not have 1. JARs that cannot be identified: 1.",
            "Files that cannot be read: 3, among them a.jar (it is truncated).",
            "Parts of the image were left out: a JAR is more than 5 levels deep inside other JARs.",
        ] {
            assert!(is_partial(partial) && gaps(partial).as_deref() == Some(partial), "{partial}");
        }
        let packages = "Packages: 294, of which the catalogue does not have 275.";
        assert!(!is_partial(packages) && gaps(packages).is_some());
        for complete in ["", "Continuous scan is selected for image."] {
            assert!(!is_partial(complete) && gaps(complete).is_none(), "{complete}");
        }
    }
}
