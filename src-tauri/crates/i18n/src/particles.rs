//! Korean particles after a value: a text contains both forms, `이(가)`, and the one that matches the value's last sound is
//! kept. If the sound of a foreign word is unknown, both are kept. The window implements the same rules
//! (`ui/src/i18n/particles.ts`); both are tested with `tests/fixtures/particles.json`.

/// Both forms as written in texts, the form after a consonant, and the form after a vowel.
const PARTICLES: [(&str, &str, &str); 6] = [
    ("이(가)", "이", "가"),
    ("을(를)", "을", "를"),
    ("은(는)", "은", "는"),
    ("와(과)", "과", "와"),
    (DIRECTION, "으로", "로"),
    ("(이)라", "이라", "라"),
];

const DIRECTION: &str = "(으)로";

/// The last sound of a word when it is read aloud.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastSound {
    Vowel,
    /// ㄹ, which is followed by 로 like a vowel.
    Rieul,
    Consonant,
}

/// The text with the matching particles.
pub(crate) fn choose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let particle = PARTICLES.iter().find(|(both, ..)| rest.starts_with(both));
        if let Some((both, closed, open)) = particle {
            let form = last_sound(&out).map(|end| {
                let open_follows = end == LastSound::Vowel || (end == LastSound::Rieul && *both == DIRECTION);
                if open_follows { *open } else { *closed }
            });
            out.push_str(form.unwrap_or(both));
            rest = &rest[both.len()..];
        } else {
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// The last sound of a text, ignoring quotes and brackets; `None` if it is unknown.
fn last_sound(text: &str) -> Option<LastSound> {
    let mut reversed = text.chars().rev().skip_while(|letter| !letter.is_alphanumeric() && !letter.is_whitespace());
    let last = reversed.next()?;
    let second = reversed.next();
    let is_one_of = |letters: &str| letters.contains(last);
    match last {
        '가'..='힣' => Some(match (u32::from(last) - 0xac00) % 28 {
            0 => LastSound::Vowel,
            8 => LastSound::Rieul,
            _ => LastSound::Consonant,
        }),
        '0'..='9' if is_one_of("2459") => Some(LastSound::Vowel),
        '0'..='9' if is_one_of("178") => Some(LastSound::Rieul),
        '0'..='9' => Some(LastSound::Consonant),
        'A'..='Z' if second.is_some_and(|second| second.is_ascii_uppercase() || second.is_ascii_digit()) => {
            // Abbreviations are read letter by letter.
            Some(if is_one_of("LR") {
                LastSound::Rieul
            } else if is_one_of("MN") {
                LastSound::Consonant
            } else {
                LastSound::Vowel
            })
        }
        'A'..='Z' | 'a'..='z' => last_sound_of_word(last, second.map(|second| second.to_ascii_lowercase())),
        _ => None,
    }
}

/// The last sound of an English word, as it is spelled in Korean: name is 네임 and file 파일, but pilot is 파일럿 and test
/// 테스트.
fn last_sound_of_word(last: char, second: Option<char>) -> Option<LastSound> {
    let after = |letters: &str| second.is_some_and(|second| letters.contains(second));
    match last {
        'l' => Some(LastSound::Rieul),
        'm' | 'n' => Some(LastSound::Consonant),
        'g' if after("n") => Some(LastSound::Consonant),
        'e' if after("lmn") => None,
        'b' | 'c' | 'k' | 'p' | 't' if after("aeiou") => None,
        _ => Some(LastSound::Vowel),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One case of `tests/fixtures/particles.json`, which the window's implementation is tested with too.
    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        expected: String,
    }

    #[test]
    fn every_shared_case_gets_its_particles() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../../../tests/fixtures/particles.json")).unwrap();
        assert!(cases.len() >= 21, "{}", cases.len());
        for Case { text, expected } in cases {
            assert_eq!(choose(&text), expected, "{text}");
        }
    }
}
