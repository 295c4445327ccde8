/**
 * Korean particles after a value: a text says both, `이(가)`, and the one that fits the value's last sound is kept. The same rules
 * as Rust's. Where the sound of a foreign word cannot be known, both stay.
 */

/** Both forms as texts have them: the one after a consonant, the one after a vowel. */
const BOTH: Record<string, readonly [string, string]> = {
  "이(가)": ["이", "가"],
  "을(를)": ["을", "를"],
  "은(는)": ["은", "는"],
  "와(과)": ["과", "와"],
  "(으)로": ["으로", "로"],
  "(이)라": ["이라", "라"],
};

const EITHER = /([\p{L}\p{N}])([^\p{L}\p{N}\s]*?)(이\(가\)|을\(를\)|은\(는\)|와\(과\)|\(으\)로|\(이\)라)/gu;

export function particles(text: string): string {
  // Few texts have any.
  if (!text.includes("(")) return text;
  return text.replace(EITHER, (all: string, last: string, between: string, both: string, at: number, whole: string) => {
    const end = endOf(whole.slice(0, at), last);
    const forms = BOTH[both];
    if (end === null || !forms) return all;
    // ㄹ is followed by 로, as a vowel is.
    const open = end === "vowel" || (end === "rieul" && both === "(으)로");
    return last + between + forms[open ? 1 : 0];
  });
}

type End = "vowel" | "rieul" | "consonant";

/** How the last letter or digit ends when it is read aloud; null: nobody knows. */
function endOf(before: string, last: string): End | null {
  const code = (last.codePointAt(0) ?? 0) - 0xac00;
  if (code >= 0 && code < 11172) return code % 28 === 0 ? "vowel" : code % 28 === 8 ? "rieul" : "consonant";
  if (/[0-9]/.test(last)) return "2459".includes(last) ? "vowel" : "178".includes(last) ? "rieul" : "consonant";
  if (!/[A-Za-z]/.test(last)) return null;
  if (/[A-Z]/.test(last) && /[A-Z0-9]$/.test(before)) return "LR".includes(last) ? "rieul" : "MN".includes(last) ? "consonant" : "vowel";
  const second = before.slice(-1).toLowerCase();
  if (last === "l") return "rieul";
  if ("mn".includes(last) || (last === "g" && second === "n")) return "consonant";
  // A name is 네임 and a file 파일; a pilot is 파일럿 and a test 테스트.
  if (last === "e") return "lmn".includes(second) ? null : "vowel";
  return "bckpt".includes(last) && "aeiou".includes(second) ? null : "vowel";
}
