/**
 * Korean particles after a value: a text has both forms, `이(가)`, and the one that fits the value's last sound is kept. If
 * the sound of a foreign word is unknown, both stay. `particles.rs` of the crate `i18n` has the same rules and the same tests.
 */

/** Both forms as texts have them: the form after a consonant, the form after a vowel. */
const FORMS: Record<string, readonly [string, string]> = {
  "이(가)": ["이", "가"],
  "을(를)": ["을", "를"],
  "은(는)": ["은", "는"],
  "와(과)": ["과", "와"],
  "(으)로": ["으로", "로"],
  "(이)라": ["이라", "라"],
};

const EITHER = /([\p{L}\p{N}])([^\p{L}\p{N}\s]*?)(이\(가\)|을\(를\)|은\(는\)|와\(과\)|\(으\)로|\(이\)라)/gu;

export function particles(text: string): string {
  // Few texts have particles.
  if (!text.includes("(")) return text;
  return text.replace(EITHER, (match: string, last: string, between: string, both: string, offset: number, whole: string) => {
    const sound = soundOf(whole.slice(0, offset), last);
    const forms = FORMS[both];
    if (sound === null || !forms) return match;
    // ㄹ is followed by 로, as a vowel is.
    const afterVowel = sound === "vowel" || (sound === "rieul" && both === "(으)로");
    return last + between + forms[afterVowel ? 1 : 0];
  });
}

type Sound = "vowel" | "rieul" | "consonant";

/** The last sound of a word that ends in the letter or digit `last`; null: unknown. */
function soundOf(before: string, last: string): Sound | null {
  const code = (last.codePointAt(0) ?? 0) - 0xac00;
  if (code >= 0 && code < 11172) return code % 28 === 0 ? "vowel" : code % 28 === 8 ? "rieul" : "consonant";
  if (/[0-9]/.test(last)) return "2459".includes(last) ? "vowel" : "178".includes(last) ? "rieul" : "consonant";
  if (!/[A-Za-z]/.test(last)) return null;
  if (/[A-Z]/.test(last) && /[A-Z0-9]$/.test(before)) return "LR".includes(last) ? "rieul" : "MN".includes(last) ? "consonant" : "vowel";
  const second = before.slice(-1).toLowerCase();
  if (last === "l") return "rieul";
  if ("mn".includes(last) || (last === "g" && second === "n")) return "consonant";
  // `name` is read 네임 and `file` 파일; `pilot` is read 파일럿 and `test` 테스트.
  if (last === "e") return "lmn".includes(second) ? null : "vowel";
  return "bckpt".includes(last) && "aeiou".includes(second) ? null : "vowel";
}
