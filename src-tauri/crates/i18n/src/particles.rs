//! Korean particles after a value: a text says both, `이(가)`, and the one that fits the value's last sound is kept. Where the sound of
//! a foreign word cannot be known, both stay. The window does the same (`ui/src/i18n/particles.ts`).

/// Both forms as texts have them, the one after a consonant, the one after a vowel.
const BOTH: [(&str, &str, &str); 6] = [
    ("이(가)", "이", "가"),
    ("을(를)", "을", "를"),
    ("은(는)", "은", "는"),
    ("와(과)", "과", "와"),
    (TOWARDS, "으로", "로"),
    ("(이)라", "이라", "라"),
];

const TOWARDS: &str = "(으)로";

/// How a word ends when it is read aloud.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Vowel,
    /// ㄹ: followed by 로, as a vowel is.
    Rieul,
    Consonant,
}

/// The text with the particles that fit.
pub(crate) fn choose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let found = BOTH.iter().find(|(both, ..)| rest.starts_with(both));
        if let Some((both, closed, open)) = found {
            let fits = end_of(&out).map(|end| {
                let open_follows = end == End::Vowel || (end == End::Rieul && *both == TOWARDS);
                if open_follows { *open } else { *closed }
            });
            out.push_str(fits.unwrap_or(both));
            rest = &rest[both.len()..];
        } else {
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// How what was said so far ends; quotes and brackets are not read. `None`: nobody knows.
fn end_of(said: &str) -> Option<End> {
    let mut back = said.chars().rev().skip_while(|letter| !letter.is_alphanumeric() && !letter.is_whitespace());
    let last = back.next()?;
    let second = back.next();
    let written = |letters: &str| letters.contains(last);
    match last {
        '가'..='힣' => Some(match (u32::from(last) - 0xac00) % 28 {
            0 => End::Vowel,
            8 => End::Rieul,
            _ => End::Consonant,
        }),
        '0'..='9' if written("2459") => Some(End::Vowel),
        '0'..='9' if written("178") => Some(End::Rieul),
        '0'..='9' => Some(End::Consonant),
        'A'..='Z' if second.is_some_and(|second| second.is_ascii_uppercase() || second.is_ascii_digit()) => {
            // Read letter by letter.
            Some(if written("LR") {
                End::Rieul
            } else if written("MN") {
                End::Consonant
            } else {
                End::Vowel
            })
        }
        'A'..='Z' | 'a'..='z' => word_end(last, second.map(|second| second.to_ascii_lowercase())),
        _ => None,
    }
}

/// A name is 네임 and a file 파일; a pilot is 파일럿 and a test 테스트.
fn word_end(last: char, second: Option<char>) -> Option<End> {
    let after = |letters: &str| second.is_some_and(|second| letters.contains(second));
    match last {
        'l' => Some(End::Rieul),
        'm' | 'n' => Some(End::Consonant),
        'g' if after("n") => Some(End::Consonant),
        'e' if after("lmn") => None,
        'b' | 'c' | 'k' | 'p' | 't' if after("aeiou") => None,
        _ => Some(End::Vowel),
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
