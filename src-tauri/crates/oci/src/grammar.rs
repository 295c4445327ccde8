//! The grammar of the names in references: repositories and tags by the distribution specification, hosts by Docker's
//! rules.

/// The longest name of a repository, and the longest host and name together.
pub(crate) const LONGEST_NAME: usize = 255;
const LONGEST_TAG: usize = 128;

/// Whether this is a repository name of the distribution specification: components joined by `/`, at most 255 characters.
pub fn is_repository_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME && name.split('/').all(is_component)
}

/// Whether this is a tag of the distribution specification: at most 128 characters.
pub fn is_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= LONGEST_TAG
        && tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|byte| word(byte) || matches!(byte, b'.' | b'-'))
}

/// Whether this is a component of a repository name: `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`.
pub fn is_component(component: &str) -> bool {
    let alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = component.as_bytes();
    let ends = bytes.first().copied().is_some_and(alphanumeric) && bytes.last().copied().is_some_and(alphanumeric);
    ends && component
        .split(|character: char| character.is_ascii_lowercase() || character.is_ascii_digit())
        .all(|between| matches!(between, "" | "." | "_" | "__") || between.bytes().all(|byte| byte == b'-'))
}

/// A name, an IPv4 address or an IPv6 address in brackets, with a port or without.
pub(crate) fn is_host(host: &str) -> bool {
    let (name, port) = match host.rfind(':') {
        Some(colon) if !host.ends_with(']') => (&host[..colon], Some(&host[colon + 1..])),
        _ => (host, None),
    };
    let port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    port && match address {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.split('.').all(label),
    }
}

/// Whether the part before the first slash of a reference is a host, by Docker's rules.
pub(crate) fn is_meant_as_host(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost" || first.to_lowercase() != first
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn repository_names_follow_the_specification() {
        for name in ["a", "docker/library/neo4j", "a.b", "a_b", "a__b", "a-----b", "0/1", "eks-security-prod"] {
            assert!(is_repository_name(name), "{name}");
        }
        for name in ["", "/", "a/", "/a", "a//b", "A", "a..b", "a___b", "a._b", "-a", "a-", ".a", "a/../b", "a b", "é"]
        {
            assert!(!is_repository_name(name), "{name}");
        }
        assert!(is_repository_name(&"a".repeat(255)));
        assert!(!is_repository_name(&"a".repeat(256)));
    }

    #[test]
    fn tags_follow_the_specification() {
        for tag in ["latest", "4.4.0", "_", "A-b.c_", &"t".repeat(128)] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", ".a", "-a", "a/b", "a:b", "a b", &"t".repeat(129)] {
            assert!(!is_tag(tag), "{tag}");
        }
    }

    proptest! {
        #[test]
        fn names_built_by_the_grammar_are_accepted(
            name in "[a-z0-9]{1,4}((\\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}(/[a-z0-9]{1,4}((\\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}){0,3}"
        ) {
            prop_assert!(is_repository_name(&name));
        }

        #[test]
        fn a_name_with_a_foreign_character_is_refused(head in "[a-z0-9]{0,3}", bad in "[^a-z0-9./_-]", tail in "[a-z0-9]{0,3}") {
            let name = format!("{head}{bad}{tail}");
            prop_assert!(!is_repository_name(&name));
        }

        #[test]
        fn no_name_or_tag_is_a_path_that_leaves_its_folder(text in "[a-zA-Z0-9./:_-]{0,40}|\\PC{0,20}") {
            let inside = |text: &str| !text.split('/').any(|part| matches!(part, "" | "." | ".."));
            prop_assert!(!is_repository_name(&text) || inside(&text));
            prop_assert!(!is_tag(&text) || (inside(&text) && !text.contains('/')));
        }
    }
}
