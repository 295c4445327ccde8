import { beforeAll, describe, expect, test } from "vitest";
import { Localizer } from "../i18n/localizer";
import type { FilterQuery } from "./filterQuery";
import { valueTextId, VALUES } from "./properties";
import { NOTHING, understand, understandFilter, unquoted } from "./searchText";
import { Vocabulary } from "./vocabulary";

let ko: Localizer;
let en: Localizer;
let vocabulary: Vocabulary;

beforeAll(async () => {
  [ko, en] = await Promise.all([Localizer.load("ko"), Localizer.load("en")]);
  vocabulary = new Vocabulary([ko, en]);
});

const is = (propertyKey: string, value: string, operator = "=") => ({ propertyKey, operator, value });

describe("words", () => {
  test.each([
    ["심각", "severity", "CRITICAL"],
    ["critical", "severity", "CRITICAL"],
    ["Critical", "severity", "CRITICAL"],
    ["CRITICAL", "severity", "CRITICAL"],
    ["crit", "severity", "CRITICAL"],
    ["치명적", "severity", "CRITICAL"],
    ["높음", "severity", "HIGH"],
    ["moderate", "severity", "MEDIUM"],
    ["미분류", "severity", "UNTRIAGED"],
    ["KEV", "kev", "YES"],
    ["실제로 악용됨", "kev", "YES"],
    ["no fix yet", "fixAvailable", "NO"],
    ["수정 버전 있음", "fixAvailable", "YES"],
    ["Log4Shell", "vulnerabilityId", "CVE-2021-44228"],
    ["지원 종료", "vulnerabilityId", "IN-DISCONTINUED-001"],
  ])("%s", (typed, property, value) => {
    expect(understand(typed, vocabulary)).toEqual({ conditions: [is(property, value)], text: "" });
  });

  test("of every severity are understood as they are shown, in both languages", () => {
    for (const value of VALUES.severity) {
      const textId = valueTextId("severity", value) ?? "";
      for (const localizer of [ko, en]) expect(vocabulary.meaningOf(localizer.text(textId)), textId).toEqual({ property: "severity", value });
    }
  });

  test("whose syllables are not composed are the same", () => {
    expect(understand("심각".normalize("NFD"), vocabulary).conditions).toEqual([is("severity", "CRITICAL")]);
  });

  test("that mean nothing are searched for, beside those that do", () => {
    expect(understand("  log4j   Critical jndi ", vocabulary)).toEqual({ conditions: [is("severity", "CRITICAL")], text: "log4j jndi" });
    expect(understand("criticality", vocabulary)).toEqual({ conditions: [], text: "criticality" });
    expect(understand("   ", vocabulary)).toEqual(NOTHING);
  });

  test("in quotes are searched for as they are", () => {
    const quoted = understand('"critical" "heap overflow" high', vocabulary);
    expect(quoted).toEqual({ conditions: [is("severity", "HIGH")], text: '"critical" "heap overflow"' });
    expect(unquoted(quoted.text)).toBe("critical heap overflow");
    expect(understand('"crit', vocabulary)).toEqual({ conditions: [], text: '"crit' });
  });
});

describe("conditions", () => {
  test.each([
    ["심각도 = 심각", is("severity", "CRITICAL")],
    ["Severity>=high", is("severity", "HIGH", ">=")],
    ["severity != 낮음", is("severity", "LOW", "!=")],
    ["EPSS > 50%", is("epss", "0.5", ">")],
    ["score >= 9", is("score", "9", ">=")],
    ["KEV = 예", is("kev", "YES")],
    ["Fix available = Not reported", is("fixAvailable", "")],
    ["Package : log4j", is("package", "log4j", ":")],
    ["Package manager = JAR", is("packageManager", "JAR")],
    ["Updated >= 2026-05-01", is("updatedAt", "2026-05-01", ">=")],
  ])("%s", (typed, condition) => {
    expect(understand(typed, vocabulary)).toEqual({ conditions: [condition], text: "" });
  });

  test.each(["Severity =", "Severity = cri", "Score > x", "Score : 9", "KEV < yes", "Updated > May", "Findings = 3 !"])("%s asks for nothing yet", (typed) => {
    const { conditions } = understand(typed, vocabulary);
    expect(conditions).toEqual([]);
  });

  test("the name of a property alone is a word", () => {
    expect(understand("package", vocabulary)).toEqual({ conditions: [], text: "package" });
  });
});

describe("values", () => {
  test("that are typed as they are shown are those that the shell knows", () => {
    expect(vocabulary.parse("severity", "high")).toBe("HIGH");
    expect(vocabulary.parse("severity", "심각")).toBe("CRITICAL");
    expect(vocabulary.parse("kev", "Yes")).toBe("YES");
    expect(vocabulary.parse("exploitAvailable", "있음")).toBe("YES");
    expect(vocabulary.parse("epss", "97.5 %")).toBe("0.975");
    expect(vocabulary.parse("epss", "0.975")).toBe("0.975");
    expect(vocabulary.parse("package", "yes")).toBe("yes");
    expect(vocabulary.parse("package", "50%")).toBe("50%");
  });

  test("are suggested by all their words", () => {
    expect(vocabulary.wordsFor("severity", "CRITICAL")).toEqual(expect.arrayContaining(["심각", "critical", "치명적", "crit"]));
  });
});

describe("a filter", () => {
  const filter = (operation: "and" | "or", ...tokenGroups: NonNullable<FilterQuery["tokenGroups"]>): FilterQuery => ({ operation, tokens: [], tokenGroups });
  const words = (value: string, operator = ":") => ({ operator, value });

  test("has the conditions that its words mean", () => {
    expect(understandFilter(filter("and", words("critical log4j"), is("package", "curl")), vocabulary)).toEqual(
      filter("and", is("severity", "CRITICAL"), words("log4j"), is("package", "curl")),
    );
  });

  test("keeps several conditions of one text together among alternatives", () => {
    expect(understandFilter(filter("or", is("package", "curl"), words("critical log4j")), vocabulary)).toEqual(
      filter("or", is("package", "curl"), { operation: "and", tokens: [is("severity", "CRITICAL"), words("log4j")] }),
    );
  });

  test("negates what one word means, and leaves several words as they are", () => {
    expect(understandFilter(filter("and", words("critical", "!:")), vocabulary)).toEqual(filter("and", is("severity", "CRITICAL", "!=")));
    expect(understandFilter(filter("and", words("critical log4j", "!:")), vocabulary)).toEqual(filter("and", words("critical log4j", "!:")));
  });

  test("has values as the shell knows them, in groups too", () => {
    const group = (value: string) => ({ operation: "or" as const, tokens: [is("severity", value), words("KEV")] });
    expect(understandFilter(filter("and", group("심각")), vocabulary)).toEqual(
      filter("and", { operation: "or", tokens: [is("severity", "CRITICAL"), is("kev", "YES")] }),
    );
  });

  test("that was understood stays the same", () => {
    const understood = understandFilter(filter("or", words('심각 "high" log4j'), words("x")), vocabulary);
    expect(understandFilter(understood, vocabulary)).toEqual(understood);
  });
});
