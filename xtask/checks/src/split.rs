//! Splits identifiers into their words.

/// The words of an identifier, in lower case: `seenAt`, `seen_at`, `seen-at` and `SEEN_AT` are all `seen`, `at`.
pub(crate) fn words(identifier: &str) -> Vec<String> {
    let characters: Vec<char> = identifier.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &character) in characters.iter().enumerate() {
        let previous = index.checked_sub(1).and_then(|index| characters.get(index));
        let next = characters.get(index + 1);
        let starts_word = character.is_uppercase()
            && (previous.is_some_and(|previous| !previous.is_uppercase())
                || next.is_some_and(|next| next.is_lowercase()));
        if starts_word || !character.is_alphabetic() {
            words.push(std::mem::take(&mut word));
        }
        if character.is_alphabetic() {
            word.extend(character.to_lowercase());
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn identifiers_are_split_at_separators_and_case_changes() {
        assert_eq!(words("seen_at"), ["seen", "at"]);
        assert_eq!(words("seenAt"), ["seen", "at"]);
        assert_eq!(words("SEEN_AT"), ["seen", "at"]);
        assert_eq!(words("HTTPServer2Up"), ["http", "server", "up"]);
        assert_eq!(words("is-new"), ["is", "new"]);
        assert_eq!(words("families"), ["families"]);
    }
}
