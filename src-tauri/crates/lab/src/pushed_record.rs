//! What a run has pushed, as tags of its repositories: only with this proof is an image in them known to be the run's where the
//! session is lost. Which repositories have the tags is left to `steps/push_record.rs`.

use crate::session::ledger::PushedTag;

/// Between two records. Neither names of repositories nor tags of images have this character.
const SEPARATOR: char = '+';
/// Ends the text. Tags that a longer, earlier text has left behind it do not count, and without it a part is missing.
const END: &str = "++";
/// Almost all digests are of this algorithm, and tags are short.
const ALGORITHM: &str = "sha256:";

/// The records in writing: `name:tag=before@pushed@pushed`. Of a push that has put nothing in the repository and has moved no tag
/// there is none.
pub(crate) fn encode<'a>(pushes: impl IntoIterator<Item = &'a PushedTag>) -> Option<String> {
    let records: Vec<_> = pushes.into_iter().filter_map(encode_one).collect();
    (!records.is_empty()).then(|| records.join(&SEPARATOR.to_string()) + END)
}

fn encode_one(push: &PushedTag) -> Option<String> {
    let short = |digest: &String| digest.strip_prefix(ALGORITHM).unwrap_or(digest).to_owned();
    let pushed: Vec<_> = push.all_pushed().map(|digest| format!("@{}", short(digest))).collect();
    // A tag that keeps another user's image says that this run moves that image's own.
    let before = push.saved_as.as_ref().and(push.before.as_ref());
    if pushed.is_empty() && before.is_none() {
        return None;
    }
    let before = before.map(|digest| format!("={}", short(digest))).unwrap_or_default();
    Some(format!("{}:{}{before}{}", push.repository, push.tag, pushed.concat()))
}

/// The records of a text. `None` if it is incomplete.
pub(crate) fn decode(text: &str) -> Option<Vec<PushedTag>> {
    let (records, _) = text.split_once(END)?;
    records.split(SEPARATOR).map(decode_one).collect()
}

fn decode_one(record: &str) -> Option<PushedTag> {
    let long = |digest: &str| if digest.contains(':') { digest.to_owned() } else { format!("{ALGORITHM}{digest}") };
    let mut parts = record.split('@');
    let (name, before) = match parts.next()?.split_once('=') {
        Some((name, before)) => (name, Some(long(before))),
        None => (record.split('@').next()?, None),
    };
    let (repository, tag) = name.split_once(':')?;
    let pushed: Vec<_> = parts.map(long).collect();
    Some(PushedTag {
        repository: repository.to_owned(),
        tag: tag.to_owned(),
        before,
        digest: pushed.first().cloned(),
        pushed,
        ..PushedTag::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(repository: &str, before: Option<&str>, pushed: &[&str]) -> PushedTag {
        PushedTag {
            repository: repository.to_owned(),
            tag: "4.4.48_a".to_owned(),
            before: before.map(str::to_owned),
            digest: pushed.first().map(|&digest| digest.to_owned()),
            pushed: pushed.iter().map(|&digest| digest.to_owned()).collect(),
            ..PushedTag::default()
        }
    }

    #[test]
    fn records_are_read_as_they_were_written_and_fit_in_tags() {
        let mut moved = push("team/a-prod", Some("sha256:00"), &["sha512:11", "sha256:22"]);
        moved.saved_as = Some("imagelab-before-1".to_owned());
        let nothing = push("a", None, &[]);
        let text = encode([&moved, &nothing, &push("b", None, &["sha256:33"])]).unwrap();
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || "+-=._:/@".contains(c)), "{text}");
        let expected =
            vec![push("team/a-prod", Some("sha256:00"), &["sha512:11", "sha256:22"]), push("b", None, &["sha256:33"])];
        assert_eq!(decode(&format!("{text}left-behind")), Some(expected));
        assert_eq!((decode(&text[..text.len() - 1]), encode([&nothing])), (None, None));
    }

    #[test]
    fn what_was_there_before_is_not_recorded_as_pushed() {
        let mut push = push("a", None, &["sha256:11"]);
        push.preexisting = vec!["sha256:11".to_owned()];
        assert_eq!(encode([&push]), None);
    }
}
